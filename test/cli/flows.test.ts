import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, it } from 'vitest';
import { EXAMPLE_POLICY, EXAMPLE_STACK_BASE } from '../../checks/example-policy.ts';
import { trefoil } from './recording-io.ts';

const work = mkdtempSync(join(tmpdir(), 'trefoil-flows-'));
const validate = new Ajv().compile(
  JSON.parse(readFileSync(new URL('../../report/flows/flows.schema.json', import.meta.url), 'utf8')) as object,
);

afterAll(() => {
  rmSync(work, { recursive: true });
});

function project(name: string, stacks: { readonly [stack: string]: object }): string {
  const cwd = join(work, name);
  for (const [stack, resource] of Object.entries(stacks)) {
    const directory = join(cwd, 'cdktf.out/stacks', stack);
    mkdirSync(directory, { recursive: true });
    const json = { ...EXAMPLE_STACK_BASE[stack], resource };
    writeFileSync(join(directory, 'cdk.tf.json'), JSON.stringify(json, null, 2));
  }
  writeFileSync(join(cwd, 'enclave.yaml'), JSON.stringify(EXAMPLE_POLICY));
  return cwd;
}

const restricted = { tags: { 'ledger:data-class': 'restricted' } };
const operational = { tags: { 'ledger:data-class': 'operational' } };
const copied = (bucket: string) => ({
  aws_s3_bucket_replication_configuration: {
    ledger: {
      bucket: '${aws_s3_bucket.ledger.id}',
      role: 'arn:aws:iam::111111111111:role/copier',
      rule: [{ status: 'Enabled', destination: { bucket } }],
    },
  },
});

const inside = project('inside', {
  west: {
    aws_s3_bucket: { ledger: { ...restricted }, copies: { ...restricted } },
    ...copied('${aws_s3_bucket.copies.arn}'),
    aws_ecr_lifecycle_policy: { old: { repository: 'app', policy: '{}' } },
  },
});
const outside = project('outside', {
  west: {
    aws_s3_bucket: { ledger: { ...restricted }, far: { region: 'us-east-1', ...restricted } },
    ...copied('${aws_s3_bucket.far.arn}'),
  },
});
const unproven = project('unproven', {
  west: { aws_s3_bucket: { ledger: { ...operational } }, ...copied('arn:aws:s3:::elsewhere') },
});
const several = project('several', {
  west: {
    aws_sqs_queue: { receipts: { ...operational } },
    aws_s3_bucket: { ledger: { ...restricted }, drafts: {} },
  },
  monitor: { aws_sqs_queue: { alerts: { ...operational } } },
});

describe('trefoil flows', () => {
  it('tells where data rests and travels, by country', async () => {
    const { exitCode, stdout, stderr } = await trefoil(['flows'], { cwd: inside });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "INSIDE: 3 stores and 1 flow (exit 0)

                   stores    flows
        outside         0        0
        unproven        0        0
        inside          3        1

        2 stores: keep data
        0 moves: move data
        1 both: keep data and move it
        0 still: could move data by their type, and no argument of them does
        1 neither: neither keep data nor move it
        0 unclassified: may keep data: no table knows their type
        0 aside: keep or move other data than was asked for
        4 resources in all; difference 0

      Where data rests
        Ireland (IE): 3 stores, all inside
          west, eu-west-1, restricted: 3
            inside   west:aws_s3_bucket.copies
            inside   west:aws_s3_bucket.ledger
            inside   west:aws_s3_bucket_replication_configuration.ledger

      Where data travels
        Within Ireland (IE): 1 flow, inside
          inside   west:aws_s3_bucket_replication_configuration.ledger rule[0].destination.bucket
                   replica, restricted
                   from west:aws_s3_bucket.ledger (west, eu-west-1)
                   to west:aws_s3_bucket.copies (west, eu-west-1)
      "
    `);
  });

  it('ends with 1 where data is outside, and tells why', async () => {
    const { exitCode, stdout } = await trefoil(['flows'], { cwd: outside });
    expect(exitCode).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "OUTSIDE: 3 stores and 1 flow (exit 1)

                   stores    flows
        outside         1        1
        unproven        0        0
        inside          2        0

        2 stores: keep data
        0 moves: move data
        1 both: keep data and move it
        0 still: could move data by their type, and no argument of them does
        0 neither: neither keep data nor move it
        0 unclassified: may keep data: no table knows their type
        0 aside: keep or move other data than was asked for
        3 resources in all; difference 0

      Where data rests
        Ireland (IE): 2 stores, all inside
          west, eu-west-1, restricted: 2
            inside   west:aws_s3_bucket.ledger
            inside   west:aws_s3_bucket_replication_configuration.ledger
        United States (US): 1 store, outside
          west, us-east-1, restricted: 1
            outside  west:aws_s3_bucket.far: United States (US) is outside EEA

      Where data travels
        From Ireland (IE) to United States (US): 1 flow, outside
          outside  west:aws_s3_bucket_replication_configuration.ledger rule[0].destination.bucket
                   replica, restricted
                   from west:aws_s3_bucket.ledger (west, eu-west-1)
                   to west:aws_s3_bucket.far (west, us-east-1)
                   why United States (US) is outside EEA
      "
    `);
  });

  it('ends with 3 where it is unproven', async () => {
    const { exitCode, stdout } = await trefoil(['flows'], { cwd: unproven });
    expect(exitCode).toBe(3);
    expect(stdout).toContain('UNPROVEN: 2 stores and 1 flow (exit 3)');
    expect(stdout).toContain('From Ireland (IE) to no known country: 1 flow, unproven');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'to bucket elsewhere why names the bucket elsewhere, which is not in the estate',
    );
  });

  it('of nothing is incomplete', async () => {
    const { exitCode, stdout } = await trefoil(['flows', 'nowhere'], { cwd: inside });
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^INCOMPLETE: 0 stores and 0 flows \(exit 3\)$/m);
  });

  it('prints the summary only with --quiet', async () => {
    const { stdout } = await trefoil(['flows', '--quiet'], { cwd: outside });
    expect(stdout).toMatch(/^OUTSIDE: 3 stores and 1 flow \(exit 1\)$/m);
    expect(stdout).not.toContain('Where data');
  });

  it.each([inside, outside, unproven, several])('prints JSON as the schema says', async (cwd) => {
    const { stdout } = await trefoil(['flows', '-f', 'json'], { cwd });
    const json: unknown = JSON.parse(stdout);
    expect(validate(json) || validate.errors).toBe(true);
    expect(json).toMatchObject({ schemaVersion: 1, name: 'ledger enclave', difference: 0, incompleteBecause: [] });
  });

  it('writes to a file, and never over an input', async () => {
    const { exitCode, stdout } = await trefoil(['flows', '-f', 'json:flows.json'], { cwd: inside });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(validate(JSON.parse(readFileSync(join(inside, 'flows.json'), 'utf8')))).toBe(true);
    const refused = await trefoil(['flows', '-f', 'text:enclave.yaml'], { cwd: inside });
    expect(refused.exitCode).toBe(74);
    expect(refused.stderr).toContain('OUT-INPUT');
  });

  it('draws a map by country', async () => {
    const { exitCode, stdout } = await trefoil(['flows', '-f', 'svg', '--site', 'west'], { cwd: outside });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(stdout).toContain('ledger enclave: where data at west rests and travels');
    expect(stdout).toContain('>✗ 1 flow outside</text>');
  });

  it('fits into a narrow terminal', async () => {
    const { stdout } = await trefoil(['flows', '--no-color'], { cwd: outside, isTerminal: true });
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });
});

describe('trefoil flows of a part', () => {
  const listed = async (...argv: readonly string[]): Promise<readonly string[]> => {
    const { stdout } = await trefoil(['flows', '-f', 'json', ...argv], { cwd: several });
    const { stores } = JSON.parse(stdout) as { stores: { place: { stack: string; address: string } }[] };
    return stores.map(({ place }) => `${place.stack}:${place.address}`);
  };

  it('lists data of one site', async () => {
    expect(await listed('--site', 'monitor')).toEqual(['monitor:aws_sqs_queue.alerts']);
  });

  it('lists data of one class, and what no tag tells the class of', async () => {
    expect(await listed('--data-class', 'restricted')).toEqual([
      'west:aws_s3_bucket.drafts',
      'west:aws_s3_bucket.ledger',
    ]);
  });

  it('lists data of one class at one site, and says so', async () => {
    const { exitCode, stdout } = await trefoil(['flows', '--site', 'west', '--data-class', 'operational'], {
      cwd: several,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('INSIDE: 2 stores and 0 flows of operational data at west (exit 0)');
    expect(stdout).toContain('2 aside: keep or move other data than was asked for');
  });

  it('says what a schema suggests of a type that no table knows', async () => {
    const cwd = project('newer', { west: { aws_quantum_vault: { deep: {} } } });
    const block = { attributes: { kms_key_id: { type: 'string', optional: true } } };
    const schemas = { 'registry.terraform.io/hashicorp/aws': { resource_schemas: { aws_quantum_vault: { block } } } };
    writeFileSync(join(cwd, 'schema.json'), JSON.stringify({ provider_schemas: schemas }));
    const without = await trefoil(['flows'], { cwd });
    expect(without.stdout).not.toContain('schema');
    const { exitCode, stdout } = await trefoil(['flows', '--provider-schema', 'schema.json'], { cwd });
    expect(exitCode).toBe(3);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'may keep data; its arguments in the given schema suggest: stores data, by the argument kms_key_id',
    );
  });

  it('says that there is none', async () => {
    const argv = ['flows', '--site', 'north', '--data-class', 'operational'];
    const { exitCode, stdout } = await trefoil(argv, { cwd: several });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('NONE: 0 stores and 0 flows of operational data at north (exit 0)');
  });

  it.each([
    { argv: ['--site', 'wst'], code: 'CLI-SITE', says: 'there is no site "wst"', fix: 'Did you mean west?' },
    { argv: ['--site', 'atlantis'], code: 'CLI-SITE', says: 'there is no site', fix: 'Use west, north or monitor.' },
    {
      argv: ['--data-class', 'secret'],
      code: 'CLI-CLASS',
      says: 'there is no data class "secret"',
      fix: 'Use restricted or operational.',
    },
    { argv: ['--data-class', '__proto__'], code: 'CLI-CLASS', says: 'there is no data class', fix: 'Use restricted' },
    { argv: ['--format', 'png'], code: 'CLI-FORMAT', says: 'there is no format "png"', fix: 'Use text' },
    { argv: ['--format', 'text:'], code: 'CLI-VALUE', says: 'names no file', fix: 'Write text:flows.txt or text' },
  ])('refuses $argv', async ({ argv, code, says, fix }) => {
    const { exitCode, stdout, stderr } = await trefoil(['flows', ...argv], { cwd: several });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(code);
    expect(stderr).toContain(says);
    expect(stderr).toContain(fix);
  });
});
