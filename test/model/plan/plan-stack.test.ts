import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Estate } from '../../../model/estate.ts';
import { parseEstate } from '../../../model/synth/estate.ts';
import { display, type Value } from '../../../model/value.ts';
import { type PlannedStack, planText } from '../../support/plan-text.ts';
import { stackInput } from '../../support/stack-input.ts';

function estateOf(
  plans: Readonly<Record<string, PlannedStack>>,
  synthesised: Readonly<Record<string, object>> = {},
): Estate {
  const estate = parseEstate({
    stacks: Object.entries(synthesised).map(([name, text]) => stackInput(name, text)),
    plans: Object.entries(plans).map(([name, stack]) => ({
      name,
      path: `${name}.json`,
      chunks: [new TextEncoder().encode(planText(stack))],
      sha256: '',
    })),
    problems: [],
    declaredStacks: [],
  });
  expect(estate.problems).toEqual([]);
  return estate;
}

function value(estate: Estate, address: string, ...path: readonly (string | number)[]): Value {
  const [stack = ''] = estate.stacks
    .filter(({ origin }) => origin === 'plan')
    .map(({ name }) => name)
    .slice(-1);
  const found = estate.find({ stack, address });
  if (found === null) throw new Error(`there is no ${address}`);
  return found.attribute(...path);
}

function reference(address: string, attribute: string, stack = 'west'): object {
  return { kind: 'reference', target: { stack, address }, path: [attribute] };
}

const VPC = { address: 'aws_vpc.main', after: { cidr_block: '10.0.0.0/16' }, unknown: { id: true }, expressions: {} };

/** What HCL leaves of `aws_vpc.main.id`, or of any function of it. */
const VPC_ID = { references: ['aws_vpc.main.id', 'aws_vpc.main'] };

function subnet(expressions: object, rest: object = {}): PlannedStack {
  return {
    resources: [
      VPC,
      { address: 'aws_subnet.app', after: {}, unknown: { id: true, vpc_id: true }, expressions, ...rest },
    ],
  };
}

describe('what HCL leaves of an expression', () => {
  it('is unknown and tells what it mentions, since a function of an id or a choice mentions the same', () => {
    expect(value(estateOf({ west: subnet({ vpc_id: VPC_ID }) }), 'aws_subnet.app', 'vpc_id')).toMatchObject({
      kind: 'unknown',
      detail: 'is known after apply',
      references: [reference('aws_vpc.main', 'id')],
    });
  });

  it.each([
    [
      'a second object is mentioned',
      { references: ['aws_vpc.main.id', 'aws_vpc.main', 'aws_vpc.other.id', 'aws_vpc.other'] },
    ],
    ['a variable is mentioned too', { references: ['aws_vpc.main.id', 'aws_vpc.main', 'var.suffix'] }],
    ['a local value is mentioned', { references: ['local.vpc'] }],
    ['the object is mentioned without an attribute', { references: ['aws_vpc.main'] }],
    ['the attribute is no identity', { references: ['aws_vpc.main.main_route_table_id', 'aws_vpc.main'] }],
    ['nothing is mentioned', {}],
    ['the key of the instance decides', { references: ['each.key', 'aws_vpc.main.id', 'aws_vpc.main'] }],
  ])('is unknown where %s', (_, expression) => {
    const found = value(estateOf({ west: subnet({ vpc_id: expression }) }), 'aws_subnet.app', 'vpc_id');
    expect(found).toMatchObject({ kind: 'unknown', detail: 'is known after apply' });
  });

  it('is unknown for an argument that names nothing, and keeps what is mentioned', () => {
    const stack = subnet({ cidr_block: VPC_ID }, { unknown: { cidr_block: true } });
    expect(value(estateOf({ west: stack }), 'aws_subnet.app', 'cidr_block')).toMatchObject({
      kind: 'unknown',
      references: [reference('aws_vpc.main', 'id')],
    });
  });

  it('is unknown for a set that is not known as a whole, which may hold literals too', () => {
    const groups = { references: ['aws_security_group.app.id', 'aws_security_group.app'] };
    const estate = estateOf({
      west: {
        resources: [
          { address: 'aws_security_group.app', after: {}, unknown: { id: true }, expressions: {} },
          {
            address: 'aws_lb.front',
            after: {},
            unknown: { security_groups: true },
            sensitive: { security_groups: [] },
            expressions: { security_groups: groups },
          },
        ],
      },
    });
    expect(value(estate, 'aws_lb.front', 'security_groups')).toMatchObject({ kind: 'unknown' });
  });

  it('is unknown for the items of a list, however many objects are mentioned', () => {
    const of = (names: readonly string[]): object => ({
      references: names.flatMap((name) => [`aws_subnet.${name}.id`, `aws_subnet.${name}`]),
    });
    const subnets = ['a', 'b'].map((name) => ({
      address: `aws_subnet.${name}`,
      after: {},
      unknown: { id: true },
      expressions: {},
    }));
    const group = (names: readonly string[]): PlannedStack => ({
      resources: [
        ...subnets,
        {
          address: 'aws_db_subnet_group.g',
          after: { subnet_ids: ['subnet-0', null, null] },
          unknown: { subnet_ids: [false, true, true] },
          expressions: { subnet_ids: of(names) },
        },
      ],
    });
    expect(value(estateOf({ west: group(['a', 'b']) }), 'aws_db_subnet_group.g', 'subnet_ids')).toMatchObject({
      items: [
        { value: 'subnet-0' },
        { kind: 'unknown', references: [reference('aws_subnet.a', 'id'), reference('aws_subnet.b', 'id')] },
        { kind: 'unknown', references: [reference('aws_subnet.a', 'id'), reference('aws_subnet.b', 'id')] },
      ],
    });
    expect(value(estateOf({ west: group(['a']) }), 'aws_db_subnet_group.g', 'subnet_ids')).toMatchObject({
      items: [{ value: 'subnet-0' }, { kind: 'unknown' }, { kind: 'unknown' }],
    });
  });

  it('names an instance only with its key', () => {
    const counted = (references: readonly string[]): PlannedStack => ({
      resources: [
        { ...VPC, address: 'aws_vpc.main[0]', index: 0, repetition: { count_expression: { constant_value: 1 } } },
        { address: 'aws_subnet.app', after: {}, unknown: { vpc_id: true }, expressions: { vpc_id: { references } } },
      ],
    });
    const exact = counted(['aws_vpc.main[0].id', 'aws_vpc.main[0]', 'aws_vpc.main']);
    expect(value(estateOf({ west: exact }), 'aws_subnet.app', 'vpc_id')).toMatchObject({
      references: [reference('aws_vpc.main[0]', 'id')],
    });
    const open = counted(['aws_vpc.main']);
    expect(value(estateOf({ west: open }), 'aws_subnet.app', 'vpc_id')).not.toMatchObject({
      references: [reference('aws_vpc.main[0]', 'id')],
    });
  });

  it('links a known value only where it is that of what is mentioned', () => {
    const known = (id: string): PlannedStack => ({
      resources: [
        { ...VPC, after: { id: 'vpc-1' }, before: { id: 'vpc-1' }, unknown: {} },
        { address: 'aws_subnet.app', after: { vpc_id: id }, expressions: { vpc_id: VPC_ID } },
      ],
    });
    const same = estateOf({ west: known('vpc-1') });
    expect(value(same, 'aws_subnet.app', 'vpc_id')).toEqual(reference('aws_vpc.main', 'id'));
    const other = estateOf({ west: known('vpc-2') });
    expect(value(other, 'aws_subnet.app', 'vpc_id')).toEqual({ kind: 'string', value: 'vpc-2' });
    expect(other.resolve(value(other, 'aws_subnet.app', 'vpc_id'), ['aws_vpc'])).toEqual({
      kind: 'outside',
      text: 'vpc-2',
    });
  });
});

describe('what the configuration of a plan does not have', () => {
  it.each([
    ['a resource', 'aws_subnet.app'],
    ['a resource of a module', 'module.net["k"].aws_subnet.app'],
  ])('is refused where the plan makes it: %s', (_, address) => {
    const text = planText({ resources: [VPC, { address, after: {}, unknown: { vpc_id: true }, expressions: null }] });
    const plans = [{ name: 'west', path: 'west.json', chunks: [new TextEncoder().encode(text)], sha256: '' }];
    const { problems, stacks } = parseEstate({ stacks: [], plans, problems: [], declaredStacks: [] });
    expect(problems).toMatchObject([
      {
        code: 'PLAN-INCONSISTENT',
        what: `${JSON.stringify(address)} stands in resource_changes and not in configuration`,
      },
    ]);
    expect(stacks).toEqual([]);
  });

  it('is removed where the plan destroys it', () => {
    const gone = { address: 'aws_subnet.app', actions: ['delete'], before: { vpc_id: 'vpc-1' }, expressions: null };
    const { stacks } = estateOf({ west: { resources: [VPC, gone] } });
    expect(stacks[0]?.removed.map(({ address }) => address)).toEqual(['aws_subnet.app']);
  });
});

describe('what is not written', () => {
  const group = { address: 'aws_security_group.app', expressions: { name: { constant_value: 'app' } } };

  it('is omitted where a provider computes one value of it', () => {
    const estate = estateOf({
      west: { resources: [{ ...group, after: {}, unknown: { owner_id: true }, sensitive: {} }] },
    });
    expect(value(estate, 'aws_security_group.app', 'owner_id')).toEqual({ kind: 'null' });
  });

  it('may be blocks that dynamic makes, which the synthesised stack tells', () => {
    const stack = { resources: [{ ...group, after: {}, unknown: { ingress: true }, sensitive: { ingress: [] } }] };
    expect(value(estateOf({ west: stack }), 'aws_security_group.app', 'ingress')).toMatchObject({
      kind: 'unknown',
      reason: 'default',
    });
    const twin = { resource: { aws_security_group: { app: { name: 'app' } } } };
    expect(value(estateOf({ west: stack }, { west: twin }), 'aws_security_group.app', 'ingress')).toEqual({
      kind: 'null',
    });
    const open = { for_each: '${[timestamp()]}', content: { from_port: '${ingress.value}' } };
    const dynamic = { resource: { aws_security_group: { app: { name: 'app', dynamic: { ingress: open } } } } };
    expect(value(estateOf({ west: stack }, { west: dynamic }), 'aws_security_group.app', 'ingress')).toMatchObject({
      kind: 'unknown',
    });
  });

  it('is omitted where the provider computes a collection that is never blocks', () => {
    const table = {
      address: 'aws_route_table.app',
      expressions: { vpc_id: { constant_value: 'vpc-1' } },
      after: { vpc_id: 'vpc-1' },
      unknown: { propagating_vgws: true, route: true },
      sensitive: { propagating_vgws: [], route: [] },
    };
    const estate = estateOf({ west: { resources: [table] } });
    expect(value(estate, 'aws_route_table.app', 'propagating_vgws')).toEqual({ kind: 'null' });
    expect(value(estate, 'aws_route_table.app', 'route')).toMatchObject({ kind: 'unknown', reason: 'default' });
    const written = { ...table, expressions: { propagating_vgws: { references: ['var.gateways'] } } };
    expect(
      value(estateOf({ west: { resources: [written] } }), 'aws_route_table.app', 'propagating_vgws'),
    ).toMatchObject({ kind: 'unknown', detail: 'is known after apply' });
  });

  it('may be blocks of a block too, unless no block of the synthesised stack has them', () => {
    const cluster = {
      address: 'aws_eks_cluster.app',
      expressions: { vpc_config: [{ subnet_ids: { constant_value: ['subnet-1'] } }] },
      after: { vpc_config: [{ subnet_ids: ['subnet-1'] }] },
      unknown: { vpc_config: [{ access_rules: true, subnet_ids: [false] }] },
      sensitive: { vpc_config: [{ access_rules: [], subnet_ids: [false] }] },
    };
    const twinOf = (vpcConfig: unknown) => ({
      west: { resource: { aws_eks_cluster: { app: { vpc_config: vpcConfig } } } },
    });
    const ofPlan = (synthesised?: Readonly<Record<string, object>>) =>
      value(
        estateOf({ west: { resources: [cluster] } }, synthesised),
        'aws_eks_cluster.app',
        'vpc_config',
        0,
        'access_rules',
      );
    expect(ofPlan()).toMatchObject({ kind: 'unknown', reason: 'default' });
    expect(ofPlan(twinOf({ subnet_ids: ['subnet-1'] }))).toEqual({ kind: 'null' });
    expect(ofPlan(twinOf([{ subnet_ids: ['subnet-1'] }, {}]))).toEqual({ kind: 'null' });
    expect(ofPlan(twinOf([{ subnet_ids: ['subnet-1'] }, { access_rules: ['0.0.0.0/0'] }]))).toMatchObject({
      kind: 'unknown',
    });
    expect(ofPlan(twinOf('${timestamp()}'))).toMatchObject({ kind: 'unknown' });
    expect(ofPlan(twinOf([]))).toMatchObject({ kind: 'unknown' });
    expect(ofPlan(twinOf({ dynamic: { access_rules: { for_each: '${[timestamp()]}', content: {} } } }))).toMatchObject({
      kind: 'unknown',
    });
  });

  it('is known where it is made anew, and computed or written where it was there before', () => {
    const ingress = [{ from_port: 22, cidr_blocks: ['0.0.0.0/0'] }];
    const made = estateOf({ west: { resources: [{ ...group, after: { ingress } }] } });
    expect(display(value(made, 'aws_security_group.app', 'ingress', 0, 'from_port'))).toBe('22');
    const kept = estateOf({ west: { resources: [{ ...group, after: { ingress }, before: { ingress } }] } });
    expect(value(kept, 'aws_security_group.app', 'ingress')).toMatchObject({ kind: 'unknown' });
  });
});

describe('the Region of a provider', () => {
  const region = (expression: object, fields: object = {}): Value | undefined => {
    const aws = {
      name: 'aws',
      full_name: 'registry.terraform.io/hashicorp/aws',
      expressions: { region: expression },
    };
    const root = { variables: { region: { default: 'eu-central-1' } } };
    const variables = { region: { value: 'eu-central-1' } };
    const stack = { resources: [VPC], providers: { aws }, root, variables, fields };
    return estateOf({ west: stack }).stacks[0]?.providers[0]?.body?.value('region');
  };
  const VARIABLE = { constant_value: '${var.region}' };

  it.each([
    ['Terraform 1.11', {}],
    ['Terraform 1.10', { terraform_version: '1.10.0' }],
    ['a version that is not told', { terraform_version: undefined }],
    ['a plan that leaves the variable out', { variables: {} }],
  ])('is unknown where it is a variable with its default, which may be ephemeral: %s', (_, fields) => {
    expect(region(VARIABLE, fields)).toMatchObject({ kind: 'unknown', reason: 'variable', expression: 'var.region' });
  });

  it.each([
    ['it is a literal', { constant_value: 'eu-central-1' }, {}, 'eu-central-1'],
    ['Terraform has no ephemeral variables', VARIABLE, { terraform_version: '1.9.8' }, 'eu-central-1'],
    ['it is not the default', VARIABLE, { variables: { region: { value: 'us-east-1' } } }, 'us-east-1'],
  ])('is known where %s', (_, expression, fields, expected) => {
    expect(region(expression, fields)).toEqual({ kind: 'string', value: expected });
  });
});

describe('modules', () => {
  it.each([[false], [true]])('take what HCL mentions for no more than that, sensitive or not (%s)', (sensitive) => {
    const mentioned = { references: ['aws_kms_key.k.arn', 'aws_kms_key.k'] };
    const queue = { address: 'aws_sqs_queue.q', mode: 'managed', type: 'aws_sqs_queue', name: 'q' };
    const estate = estateOf({
      west: {
        resources: [
          { address: 'aws_kms_key.k', after: {}, unknown: { arn: true, id: true }, expressions: {} },
          {
            address: 'module.store.aws_sqs_queue.q',
            after: {},
            unknown: { kms_master_key_id: true, id: true },
            expressions: null,
          },
        ],
        root: {
          module_calls: {
            store: {
              source: './store',
              expressions: { key: mentioned },
              module: {
                resources: [{ ...queue, expressions: { kms_master_key_id: { constant_value: '${var.key}' } } }],
                variables: { key: { sensitive } },
              },
            },
          },
        },
      },
    });
    const given = value(estate, 'module.store.aws_sqs_queue.q', 'kms_master_key_id');
    expect(given).toMatchObject({ kind: 'unknown', references: [reference('aws_kms_key.k', 'arn')] });
    expect(given.sensitive ?? false).toBe(sensitive);
  });

  it('hand variables in and outputs out', () => {
    const inner = {
      address: 'aws_subnet.inner',
      mode: 'managed',
      type: 'aws_subnet',
      name: 'inner',
      provider_config_key: 'aws',
    };
    const estate = estateOf({
      west: {
        resources: [
          VPC,
          {
            address: 'module.net["k"].aws_subnet.inner',
            after: {},
            unknown: { id: true, vpc_id: true },
            expressions: null,
          },
          {
            address: 'aws_instance.app',
            after: {},
            unknown: { subnet_id: true },
            expressions: { subnet_id: { references: ['module.net["k"].subnet_id', 'module.net["k"]', 'module.net'] } },
          },
        ],
        root: {
          module_calls: {
            net: {
              source: './net',
              expressions: { vpc: VPC_ID },
              for_each_expression: { references: ['var.keys'] },
              module: {
                resources: [{ ...inner, expressions: { vpc_id: { references: ['var.vpc'] } } }],
                variables: { vpc: {} },
                outputs: { subnet_id: { expression: { references: ['aws_subnet.inner.id', 'aws_subnet.inner'] } } },
              },
            },
          },
        },
      },
    });
    expect(value(estate, 'module.net["k"].aws_subnet.inner', 'vpc_id')).toMatchObject({
      kind: 'unknown',
      references: [reference('aws_vpc.main', 'id')],
    });
    expect(value(estate, 'aws_instance.app', 'subnet_id')).toMatchObject({
      kind: 'unknown',
      references: [reference('module.net["k"].aws_subnet.inner', 'id')],
    });
    expect(estate.stacks[0]?.modules).toEqual([]);
  });
});

describe('stacks that read each other', () => {
  const STATE = 'data.terraform_remote_state.cross-stack-reference-input-keys';
  const consumer = (arn: string): PlannedStack => ({
    resources: [
      {
        address: 'aws_sqs_queue.q',
        after: { kms_master_key_id: arn },
        expressions: {
          kms_master_key_id: {
            constant_value: `\${${STATE}.outputs.arn}`,
            references: [`${STATE}.outputs.arn`, `${STATE}.outputs`, STATE],
          },
        },
      },
    ],
    data: [{ address: STATE, values: { backend: 's3', config: {}, workspace: null, outputs: { arn } } }],
  });
  const output = {
    arn: { expression: { constant_value: '${aws_kms_key.k.arn}', references: ['aws_kms_key.k.arn', 'aws_kms_key.k'] } },
  };
  const producer = (arn: string | null): PlannedStack => ({
    resources: [
      arn === null
        ? { address: 'aws_kms_key.k', after: {}, unknown: { arn: true }, expressions: {} }
        : { address: 'aws_kms_key.k', after: { arn }, before: { arn }, expressions: {} },
    ],
    outputs: output,
  });
  const ARN = 'arn:aws:kms:eu-west-1:410000000011:key/1';
  const OTHER = 'arn:aws:kms:eu-west-1:410000000011:key/2';
  const synthesised = {
    resource: { aws_kms_key: { k: {} } },
    output: { arn: { value: '${aws_kms_key.k.arn}' } },
  };

  it('are joined by their plans, where the value is the same', () => {
    const estate = estateOf({ keys: producer(ARN), queues: consumer(ARN) });
    expect(value(estate, 'aws_sqs_queue.q', 'kms_master_key_id')).toEqual(reference('aws_kms_key.k', 'arn', 'keys'));
  });

  it('are not joined where the producer has changed since, or makes the object anew', () => {
    for (const arn of [OTHER, null]) {
      const estate = estateOf({ keys: producer(arn), queues: consumer(ARN) });
      expect(value(estate, 'aws_sqs_queue.q', 'kms_master_key_id')).toEqual({ kind: 'string', value: ARN });
    }
  });

  it('are joined where the producer is only synthesised', () => {
    const estate = estateOf({ queues: consumer(ARN) }, { keys: synthesised });
    expect(value(estate, 'aws_sqs_queue.q', 'kms_master_key_id')).toEqual(reference('aws_kms_key.k', 'arn', 'keys'));
  });

  it('are not joined where the value is another than the state had, as ignore_changes or a condition leaves it', () => {
    const { resources, data } = consumer(ARN);
    const kept = resources.map((resource) => ({ ...resource, after: { kms_master_key_id: OTHER } }));
    const chosen = kept.map((resource) => ({
      ...resource,
      expressions: { kms_master_key_id: { references: [`${STATE}.outputs.arn`, `${STATE}.outputs`, STATE] } },
    }));
    for (const queues of [kept, chosen].map((all) => ({ resources: all, ...(data === undefined ? {} : { data }) }))) {
      const estate = estateOf({ queues }, { keys: synthesised });
      expect(value(estate, 'aws_sqs_queue.q', 'kms_master_key_id')).toEqual({ kind: 'string', value: OTHER });
    }
  });

  it('are joined item by item, whatever order a set has', () => {
    const subnets = ['a', 'b'].map((name) => `\${${STATE}.outputs.${name}}`);
    const queues = {
      resources: [
        {
          address: 'aws_db_subnet_group.g',
          after: { subnet_ids: ['subnet-1', 'subnet-2'] },
          expressions: { subnet_ids: { constant_value: subnets } },
        },
      ],
      data: [{ address: STATE, values: { backend: 's3', config: {}, outputs: { a: 'subnet-2', b: 'subnet-1' } } }],
    };
    const keys = {
      resource: { aws_subnet: { a: {}, b: {} } },
      output: { a: { value: '${aws_subnet.a.id}' }, b: { value: '${aws_subnet.b.id}' } },
    };
    expect(value(estateOf({ queues }, { keys }), 'aws_db_subnet_group.g', 'subnet_ids')).toMatchObject({
      items: [reference('aws_subnet.b', 'id', 'keys'), reference('aws_subnet.a', 'id', 'keys')],
    });
  });

  it('are joined where the consumer is only synthesised', () => {
    const queues = {
      data: { terraform_remote_state: { 'cross-stack-reference-input-keys': { backend: 's3', config: {} } } },
      resource: { aws_sqs_queue: { q: { kms_master_key_id: `\${${STATE}.outputs.arn}` } } },
    };
    const estate = estateOf({ keys: producer(null) }, { queues });
    const queue = estate.find({ stack: 'queues', address: 'aws_sqs_queue.q' });
    expect(queue?.attribute('kms_master_key_id')).toEqual(reference('aws_kms_key.k', 'arn', 'keys'));
  });

  it('have the values of the state where the producer is not among the inputs', () => {
    const estate = estateOf({ queues: consumer(ARN) });
    expect(value(estate, 'aws_sqs_queue.q', 'kms_master_key_id')).toEqual({ kind: 'string', value: ARN });
  });
});

describe('a stack that was synthesised too', () => {
  it('is judged by its plan, and lends it construct paths, places and what plans do not show', () => {
    const twin = {
      terraform: { backend: { s3: { bucket: 'state' } } },
      resource: {
        aws_s3_bucket: {
          data: { '//': { metadata: { path: 'west/data' } }, bucket: 'old', lifecycle: { ignore_changes: ['tags'] } },
        },
      },
    };
    const resources = [
      { address: 'aws_s3_bucket.data', after: { bucket: 'new' }, expressions: { bucket: { constant_value: 'new' } } },
    ];
    const estate = estateOf({ west: { resources } }, { west: twin });
    const [stack, ...more] = estate.stacks;
    expect(more).toEqual([]);
    expect(stack).toMatchObject({ origin: 'plan', path: 'west.json', backend: { type: 's3', isDeclared: true } });
    expect(stack?.resources[0]?.attribute('bucket')).toEqual({ kind: 'string', value: 'new' });
    expect(stack?.resources[0]?.init).toMatchObject({
      constructPath: 'west/data',
      lifecycle: { ignoreChanges: ['tags'] },
    });
    expect(stack?.resources[0]?.locate('bucket').file).toBe('west/cdk.tf.json');
  });
});

describe('objects beside those of their addresses', () => {
  it('are removed where a replacement left them, and stay where they are forgotten', () => {
    const own = { address: 'aws_sqs_queue.q', mode: 'managed', type: 'aws_sqs_queue', name: 'q' };
    const gone = { actions: ['delete'], before: { name: 'left' }, after: null };
    const changes = [
      { ...own, change: { actions: ['create'], before: null, after: { name: 'new' } } },
      { ...own, deposed: 'a1', change: gone },
      { ...own, deposed: 'b2', change: { ...gone, actions: ['forget'] } },
    ];
    const resources = [{ address: own.address, after: { name: 'new' }, expressions: {} }];
    const text = planText({ resources, fields: { resource_changes: changes } });
    const bytes = new TextEncoder().encode(text);
    const plans = [{ name: 'west', path: 'west.json', chunks: [bytes], sha256: '' }];
    const estate = parseEstate({ stacks: [], plans, problems: [], declaredStacks: [] });
    expect(estate.problems).toEqual([]);
    expect(estate.stacks[0]?.removed.map(({ address }) => address)).toEqual(['aws_sqs_queue.q (deposed object a1)']);
    expect(estate.resources.map(({ address }) => address)).toEqual([
      'aws_sqs_queue.q',
      'aws_sqs_queue.q (deposed object b2)',
    ]);
  });
});

it('judges what a replacement forgets beside what takes its place', () => {
  const own = { address: 'aws_s3_bucket.b', mode: 'managed', type: 'aws_s3_bucket', name: 'b' };
  const before = { bucket: 'old', acl: 'public-read' };
  const change = { actions: ['create', 'forget'], before, after: { bucket: 'new', acl: 'private' } };
  const resources = [{ address: own.address, after: change.after, expressions: {} }];
  const text = planText({ resources, fields: { resource_changes: [{ ...own, change }] } });
  const plans = [{ name: 'west', path: 'west.json', chunks: [Buffer.from(text)], sha256: '' }];
  const estate = parseEstate({ stacks: [], plans, problems: [], declaredStacks: [] });
  expect(estate.problems).toEqual([]);
  const told = estate.resources.map((resource) => [
    resource.address,
    resource.attribute('acl'),
    resource.init.change?.actions,
  ]);
  expect(told).toEqual([
    ['aws_s3_bucket.b', { kind: 'string', value: 'private' }, ['create', 'forget']],
    ['aws_s3_bucket.b (forgotten object)', { kind: 'string', value: 'public-read' }, ['forget']],
  ]);
});

describe('a literal id', () => {
  it('names what the plan knows by it', () => {
    const estate = estateOf({
      west: {
        resources: [
          {
            ...VPC,
            after: { id: 'vpc-1', arn: 'arn:aws:ec2:eu-west-1:410000000011:vpc/vpc-1' },
            before: { id: 'vpc-1' },
            unknown: {},
          },
          {
            address: 'aws_subnet.app',
            after: { vpc_id: 'vpc-1' },
            expressions: { vpc_id: { constant_value: 'vpc-1' } },
          },
        ],
      },
    });
    const target = estate.resolve(value(estate, 'aws_subnet.app', 'vpc_id'), ['aws_vpc']);
    expect(target).toMatchObject({ kind: 'resource', resource: { address: 'aws_vpc.main' } });
  });
});

describe('information', () => {
  it('is never made up: with a value taken away, what was unknown is not known', () => {
    const names = ['name', 'vpc_id', 'tags', 'enabled'] as const;
    fc.assert(
      fc.property(fc.subarray([...names]), fc.boolean(), (hidden, isReplaced) => {
        const all: Record<string, unknown> = { name: 'n', vpc_id: 'vpc-1', tags: { a: 'b' }, enabled: true };
        const after = Object.fromEntries(
          Object.entries(all).filter(([name]) => !hidden.some((other) => other === name)),
        );
        const unknown = Object.fromEntries(hidden.map((name) => [name, true]));
        const expressions = {
          name: { references: ['var.n'] },
          vpc_id: VPC_ID,
          tags: { references: ['var.t'] },
          enabled: {},
        };
        const estate = estateOf({
          west: {
            resources: [
              VPC,
              { address: 'aws_subnet.app', after, unknown, expressions, ...(isReplaced ? { before: all } : {}) },
            ],
          },
        });
        for (const name of names) {
          const found = value(estate, 'aws_subnet.app', name);
          const isHidden = hidden.some((other) => other === name);
          expect(['unknown', 'reference'].includes(found.kind)).toBe(isHidden);
        }
      }),
      { numRuns: 50 },
    );
  });
});
