import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { display } from '../../../model/value.ts';
import { estateFrom, resourceIn } from '../../support/terraform-json.ts';

const shown = (stacks: { readonly [name: string]: unknown }, address: string, ...path: (string | number)[]): string =>
  display(resourceIn(estateFrom(stacks), 'west', address).attribute(...path));

describe('the blocks of a stack', () => {
  it('keeps both of two resource blocks, as Terraform does', () => {
    const text = '{"resource":{"aws_sqs_queue":{"a":{}}},"resource":{"aws_sqs_queue":{"b":{}}}}';
    expect(estateFrom({ west: text }).resources.map(({ address }) => address)).toEqual([
      'aws_sqs_queue.a',
      'aws_sqs_queue.b',
    ]);
  });

  it('reads arrays at every label level', () => {
    const west = { resource: [{ aws_sqs_queue: [{ a: [{ name: 'a' }] }] }, { aws_sqs_queue: { b: {} } }] };
    expect(estateFrom({ west }).resources.map(({ address }) => address)).toEqual([
      'aws_sqs_queue.a',
      'aws_sqs_queue.b',
    ]);
  });

  it.each([
    { name: 'a resource declared twice', text: '{"resource":{"aws_sqs_queue":{"a":{},"a":{}}}}', code: 'IN-DUPKEY' },
    { name: 'an argument written twice', text: '{"resource":{"t":{"a":{"x":1,"x":2}}}}', code: 'IN-DUPKEY' },
    { name: 'an unknown block', text: '{"Resource":{}}', code: 'IN-SCHEMA' },
    { name: 'a string for a block', text: '{"resource":"none"}', code: 'IN-SCHEMA' },
    { name: 'a list of numbers for a body', text: '{"resource":{"t":{"a":[1]}}}', code: 'IN-SCHEMA' },
    { name: 'a count written twice', text: '{"resource":{"t":{"a":{"count":1,"count":0}}}}', code: 'IN-DUPKEY' },
    {
      name: 'a provider configured twice',
      text: '{"provider":{"aws":[{"alias":"x"},{"alias":"x"}]}}',
      code: 'IN-DUPKEY',
    },
    { name: 'two backends', text: '{"terraform":{"backend":{"s3":{},"local":{}}}}', code: 'IN-DUPKEY' },
    { name: 'a name like an address', text: '{"resource":{"t":{"a[0]":{}}}}', code: 'IN-SCHEMA' },
    { name: 'an action', text: '{"action":{"t":{"a":{}}}}', code: 'IN-SCHEMA' },
    { name: 'an ephemeral resource', text: '{"ephemeral":{"t":{"a":{}}}}', code: 'IN-SCHEMA' },
  ])('refuses $name with its place', ({ text, code }) => {
    const [problem] = estateFrom({ west: text }).problems;
    expect(problem).toMatchObject({ code, path: 'west/cdk.tf.json', location: { line: 1 } });
  });

  it('judges the other stacks when one is refused', () => {
    const estate = estateFrom({ west: '{"Resource":{}}', north: { resource: { aws_sqs_queue: { a: {} } } } });
    expect(estate.stacks.map(({ name }) => name)).toEqual(['north']);
    expect(estate.problems).toHaveLength(1);
  });

  it('treats names of Object.prototype as names', () => {
    const estate = estateFrom({ west: '{"resource":{"__proto__":{"constructor":{"toString":"x"}}}}' });
    expect(display(resourceIn(estate, 'west', '__proto__.constructor').attribute('toString'))).toBe('"x"');
    expect(display(resourceIn(estate, 'west', '__proto__.constructor').attribute('valueOf'))).toBe('null');
  });
});

describe('values', () => {
  it('reads a configured attribute through a reference and remembers where it came from', () => {
    const west = {
      resource: {
        aws_s3_bucket: { ledger: { bucket: 'ledger-data' } },
        aws_s3_bucket_versioning: { ledger: { bucket: '${aws_s3_bucket.ledger.bucket}' } },
      },
    };
    const value = resourceIn(estateFrom({ west }), 'west', 'aws_s3_bucket_versioning.ledger').attribute('bucket');
    expect(value).toMatchObject({
      kind: 'string',
      value: 'ledger-data',
      origin: { target: { stack: 'west', address: 'aws_s3_bucket.ledger' }, path: ['bucket'] },
    });
  });

  it('keeps a computed attribute as a reference', () => {
    const west = {
      resource: { aws_kms_key: { data: {} }, aws_sqs_queue: { a: { kms_master_key_id: '${aws_kms_key.data.arn}' } } },
    };
    expect(shown({ west }, 'aws_sqs_queue.a', 'kms_master_key_id')).toBe('aws_kms_key.data.arn');
  });

  it('does not take the default of a variable for its value', () => {
    const west = {
      variable: { region: { default: 'eu-west-1' } },
      resource: { aws_sqs_queue: { a: { region: '${var.region}' } } },
    };
    expect(resourceIn(estateFrom({ west }), 'west', 'aws_sqs_queue.a').attribute('region')).toMatchObject({
      kind: 'unknown',
      reason: 'variable',
    });
    const given = estateFrom({ west }, { region: 'us-east-1' });
    expect(display(resourceIn(given, 'west', 'aws_sqs_queue.a').attribute('region'))).toBe('"us-east-1"');
  });

  it('withholds the value of a sensitive variable, also inside a string', () => {
    const west = {
      variable: { pin: { sensitive: true } },
      resource: { aws_sqs_queue: { a: { name: 'q-${var.pin}' } } },
    };
    const name = resourceIn(estateFrom({ west }, { pin: 'hunter2' }), 'west', 'aws_sqs_queue.a').attribute('name');
    expect(name).toMatchObject({ kind: 'string', value: 'q-hunter2', sensitive: true });
    expect(display(name)).toBe('(sensitive)');
  });

  it.each([
    { name: 'locals that need each other', locals: { a: '${local.b}', b: '${local.a}' }, reason: 'cycle' },
    { name: 'a local that is not there', locals: { a: '${local.none}' }, reason: 'invalid' },
    { name: 'an expression that does not parse', locals: { a: '${1 +}' }, reason: 'invalid' },
    { name: 'a path of the machine', locals: { a: '${path.module}' }, reason: 'environment' },
    { name: 'an output of a module', locals: { a: '${module.vpc.id}' }, reason: 'module' },
    { name: 'a resource that is not declared', locals: { a: '${aws_vpc.none.id}' }, reason: 'missing-object' },
  ])('does not know $name', ({ locals, reason }) => {
    const west = { locals, resource: { aws_sqs_queue: { a: { name: '${local.a}' } } } };
    expect(resourceIn(estateFrom({ west }), 'west', 'aws_sqs_queue.a').attribute('name')).toMatchObject({
      kind: 'unknown',
      reason,
    });
  });

  it.each(['${aws_sqs_queue.b.name.part}', '${aws_sqs_queue.b.redrive.part}', '${try(aws_sqs_queue.b.name[0], 1)}'])(
    'ends on a part of an argument that has none: %s',
    (name) => {
      const west = { resource: { aws_sqs_queue: { a: { name }, b: { name: 'b', redrive: ['x', 'y'] } } } };
      expect(resourceIn(estateFrom({ west }), 'west', 'aws_sqs_queue.a').attribute('name')).toMatchObject({
        kind: 'unknown',
        references: [{ target: { address: 'aws_sqs_queue.b' } }],
      });
    },
  );

  it('ends on resources that name each other and on a chain of 10,000 locals', () => {
    const west = {
      locals: Object.fromEntries(
        Array.from({ length: 10_000 }, (_, index) => [`l${index}`, index === 9999 ? 'end' : `\${local.l${index + 1}}`]),
      ),
      resource: {
        aws_sqs_queue: {
          a: { name: '${aws_sqs_queue.b.name}' },
          b: { name: '${aws_sqs_queue.a.name}' },
          c: { name: '${local.l0}' },
        },
      },
    };
    const estate = estateFrom({ west });
    expect(resourceIn(estate, 'west', 'aws_sqs_queue.a').attribute('name')).toMatchObject({ reason: 'cycle' });
    expect(display(resourceIn(estate, 'west', 'aws_sqs_queue.c').attribute('name'))).toBe('"end"');
  });
});

describe('instances', () => {
  const queues = (body: { readonly [key: string]: unknown }) => ({
    west: {
      variable: { n: {} },
      locals: { names: { a: 'first', b: 'second' } },
      resource: { aws_sqs_queue: { q: body } },
    },
  });
  const addresses = (body: { readonly [key: string]: unknown }) =>
    estateFrom(queues(body)).resources.map(({ address }) => address);

  it('expands count and for_each that are known', () => {
    expect(addresses({ count: 2 })).toEqual(['aws_sqs_queue.q[0]', 'aws_sqs_queue.q[1]']);
    expect(addresses({ for_each: '${local.names}' })).toEqual(['aws_sqs_queue.q["a"]', 'aws_sqs_queue.q["b"]']);
    expect(addresses({ for_each: '${toset(["x"])}' })).toEqual(['aws_sqs_queue.q["x"]']);
    expect(addresses({ count: 0 })).toEqual([]);
  });

  it('gives each instance its key and value', () => {
    const body = { for_each: '${local.names}', name: '${each.key}-${each.value}' };
    expect(shown(queues(body), 'aws_sqs_queue.q["b"]', 'name')).toBe('"b-second"');
    expect(shown(queues({ count: 2, name: 'q${count.index}' }), 'aws_sqs_queue.q[1]', 'name')).toBe('"q1"');
  });

  it('keeps one symbolic instance where the number is not known', () => {
    const [resource] = estateFrom(queues({ count: '${var.n}', name: 'q${count.index}' })).resources;
    expect(resource?.init.isSymbolic).toBe(true);
    expect(resource?.attribute('name')).toMatchObject({ kind: 'template' });
  });

  it('refuses a stack of more instances than can be judged', () => {
    const queues30 = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`q${index}`, { count: 9999 }]));
    const estate = estateFrom({ west: { resource: { aws_sqs_queue: queues30 } } });
    expect(estate.problems).toMatchObject([{ code: 'IN-TOOLARGE' }]);
    expect(estate.stacks).toEqual([]);
  });

  it('quotes instance keys as Terraform does', () => {
    expect(addresses({ for_each: { 'a$${b}\u0007': 1 } })).toEqual(['aws_sqs_queue.q["a$${b}\\u0007"]']);
  });

  it.each([
    { name: 'a count that is no whole number', body: { count: 1.5 } },
    { name: 'a count below zero', body: { count: -1 } },
    { name: 'a for_each over a block of a resource', body: { for_each: '${aws_vpc.v.tags}' } },
  ])('leaves $name to the plan', ({ body }) => {
    const west = { resource: { aws_vpc: { v: { tags: { a: 'x' } } }, aws_sqs_queue: { q: body } } };
    expect(resourceIn(estateFrom({ west }), 'west', 'aws_sqs_queue.q').init.isSymbolic).toBe(true);
  });

  it('expands dynamic blocks, and says what hides them', () => {
    const group = (forEach: unknown) => ({
      west: {
        variable: { ports: {} },
        resource: {
          aws_security_group: {
            desk: {
              ingress: { from_port: 22 },
              dynamic: { ingress: { for_each: forEach, content: { from_port: '${ingress.value}' } } },
            },
          },
        },
      },
    });
    const desk = (forEach: unknown) => resourceIn(estateFrom(group(forEach)), 'west', 'aws_security_group.desk');
    expect(
      desk([443, 8443])
        .blocks('ingress')
        .items.map((block) => display(block.attribute('from_port'))),
    ).toEqual(['22', '443', '8443']);
    expect(desk('${var.ports}').blocks('ingress').open).toHaveLength(1);
  });
});

describe('the provider of a resource', () => {
  const stack = (body: { readonly [key: string]: unknown }) => ({
    west: {
      terraform: {
        required_providers: {
          aws: { source: 'hashicorp/aws', version: '6.25.0' },
          legacy: { source: 'hashicorp/aws', version: '5.100.0' },
        },
      },
      provider: {
        aws: [{ region: 'eu-west-1' }, { alias: 'north', region: 'eu-north-1' }],
        legacy: { region: 'eu-central-1' },
      },
      resource: { aws_sqs_queue: { q: body } },
    },
  });
  const provider = (body: { readonly [key: string]: unknown }) => {
    const { init } = resourceIn(estateFrom(stack(body)), 'west', 'aws_sqs_queue.q');
    return [init.provider.body === null ? null : display(init.provider.body.value('region')), init.providerMajor];
  };

  it.each([
    { body: {}, region: '"eu-west-1"', major: 6 },
    { body: { provider: 'aws.north' }, region: '"eu-north-1"', major: 6 },
    { body: { provider: ' aws . north ' }, region: '"eu-north-1"', major: 6 },
    { body: { provider: 'legacy' }, region: '"eu-central-1"', major: 5 },
    { body: { provider: 'aws.south' }, region: null, major: 6 },
    { body: { provider: ['aws.north'] }, region: null, major: null },
    { body: { provider: '${aws.north}' }, region: null, major: null },
    { body: { provider: null }, region: null, major: null },
  ])('is the one that $body names', ({ body, region, major }) => {
    expect(provider(body)).toEqual([region, major]);
  });
});

describe('stacks that refer to each other', () => {
  const consumer = {
    data: { terraform_remote_state: { 'cross-stack-reference-input-keys': { backend: 's3', config: {} } } },
    resource: {
      aws_sqs_queue: {
        a: { kms_master_key_id: '${data.terraform_remote_state.cross-stack-reference-input-keys.outputs.key}' },
      },
    },
  };
  const producer = {
    resource: { aws_kms_key: { data: {} } },
    output: { key: { value: '${aws_kms_key.data.arn}', sensitive: true } },
  };

  it('resolves an output to the resource of the producer', () => {
    const estate = estateFrom({ west: consumer, keys: producer });
    const value = resourceIn(estate, 'west', 'aws_sqs_queue.a').attribute('kms_master_key_id');
    expect(estate.resolve(value)).toMatchObject({ kind: 'resource', resource: { init: { id: { stack: 'keys' } } } });
  });

  const s3 = (key: string, bucket: unknown = 'state') => ({ bucket, key, region: 'eu-west-1' });
  const keeping = (key: string, value = 'of keys') => ({
    terraform: { backend: { s3: s3(key) } },
    output: { key: { value } },
  });
  const reading = (name: string, remote: { readonly [key: string]: unknown }) => ({
    data: { terraform_remote_state: { [name]: { backend: 's3', ...remote } } },
    resource: { aws_sqs_queue: { a: { name: `\${data.terraform_remote_state.${name}.outputs.key}` } } },
  });
  const nameOf = (stacks: { readonly [name: string]: unknown }) =>
    resourceIn(estateFrom(stacks), 'west', 'aws_sqs_queue.a').attribute('name');

  it('finds the producer by the place of its state, whatever the names', () => {
    const stacks = { keys: keeping('keys.tfstate'), other: keeping('other.tfstate', 'of other') };
    const remote = { config: s3('keys.tfstate'), workspace: '${terraform.workspace}' };
    expect(display(nameOf({ ...stacks, west: reading('shared', remote) }))).toBe('"of keys"');
    expect(display(nameOf({ ...stacks, west: reading('cross-stack-reference-input-other', remote) }))).toBe(
      '"of keys"',
    );
  });

  it.each([
    { name: 'kept elsewhere than named', remote: { config: s3('rogue.tfstate') }, reason: 'missing-producer' },
    { name: 'of another backend', remote: { backend: 'gcs', config: {} }, reason: 'missing-producer' },
    { name: 'of another workspace', remote: { config: s3('keys.tfstate'), workspace: 'old' }, reason: 'data-source' },
  ])('does not know the output of a state $name', ({ remote, reason }) => {
    const west = reading('cross-stack-reference-input-keys', remote);
    expect(nameOf({ keys: keeping('keys.tfstate'), west })).toMatchObject({ kind: 'unknown', reason });
  });

  it('does not know the output of a state that two stacks keep, or none', () => {
    const west = reading('shared', { config: s3('keys.tfstate') });
    expect(nameOf({ a: keeping('keys.tfstate'), b: keeping('keys.tfstate'), west })).toMatchObject({
      reason: 'data-source',
      detail: 'is the state of several stacks, which overwrite each other',
    });
    expect(nameOf({ west })).toMatchObject({ reason: 'data-source' });
  });

  it('does not know the output of a stack that is refused', () => {
    const twice = '{"name":"a","name":"b"}';
    const keys = `{"output":{"key":{"value":"\${aws_sqs_queue.b.name}"}},"resource":{"aws_sqs_queue":{"a":${twice},"b":${twice}}}}`;
    const west = reading('cross-stack-reference-input-keys', { config: {} });
    expect(nameOf({ keys, west })).toMatchObject({ reason: 'missing-producer' });
  });

  it('follows a chain of stacks, and ends on a circle of them', () => {
    const via = (key: string) => `\${data.terraform_remote_state.cross-stack-reference-input-${key}.outputs.key}`;
    const link = (to: string) => ({
      data: { terraform_remote_state: { [`cross-stack-reference-input-${to}`]: { backend: 's3', config: {} } } },
      output: { key: { value: via(to) } },
      resource: { aws_sqs_queue: { a: { name: via(to) } } },
    });
    expect(display(nameOf({ west: link('middle'), middle: link('keys'), keys: keeping('keys.tfstate') }))).toBe(
      '"of keys"',
    );
    expect(nameOf({ west: link('middle'), middle: link('west') })).toMatchObject({ reason: 'cycle' });
  });

  it('does not know the output of a stack that is not there', () => {
    const value = resourceIn(estateFrom({ west: consumer }), 'west', 'aws_sqs_queue.a').attribute('kms_master_key_id');
    expect(value).toMatchObject({ kind: 'unknown', reason: 'missing-producer' });
  });

  it('does not know an output that the producer lacks', () => {
    const value = resourceIn(estateFrom({ west: consumer, keys: {} }), 'west', 'aws_sqs_queue.a').attribute(
      'kms_master_key_id',
    );
    expect(value).toMatchObject({ kind: 'unknown', reason: 'missing-producer' });
  });
});

it('never throws on the shape of a document', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (body) => {
      const estate = estateFrom({
        west: { resource: { aws_sqs_queue: { a: body } }, locals: body, provider: { aws: body } },
      });
      for (const resource of estate.resources) {
        for (const name of resource.init.body.names) display(resource.attribute(name, 'x', 0));
        estate.place(resource);
      }
      const isBlock = typeof body === 'object' && body !== null && !Array.isArray(body);
      expect(!isBlock || estate.resources.length > 0 || estate.problems.length > 0).toBe(true);
    }),
    { numRuns: 500 },
  );
});
