import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, it } from 'vitest';
import { EXAMPLE_POLICY, EXAMPLE_STACK_BASE } from '../../checks/example-policy.ts';
import { trefoil } from './recording-io.ts';

const work = mkdtempSync(join(tmpdir(), 'trefoil-coverage-'));
const validate = new Ajv().compile(
  JSON.parse(readFileSync(new URL('../../report/coverage.schema.json', import.meta.url), 'utf8')) as object,
);

afterAll(() => {
  rmSync(work, { recursive: true });
});

function project(name: string, resource: object): string {
  const cwd = join(work, name);
  mkdirSync(join(cwd, 'cdktf.out/stacks/west'), { recursive: true });
  writeFileSync(join(cwd, 'enclave.yaml'), JSON.stringify(EXAMPLE_POLICY));
  writeFileSync(
    join(cwd, 'cdktf.out/stacks/west/cdk.tf.json'),
    JSON.stringify({ ...EXAMPLE_STACK_BASE['west'], resource }, null, 2),
  );
  return cwd;
}

const known = project('known', {
  aws_iot_thing: { receipts: {} },
  aws_ecr_lifecycle_policy: { old: { repository: 'app', policy: '{}' } },
});
const newer = project('newer', { aws_quantum_vault: { deep: { kms_key_id: 'x' } }, aws_quantum_label: { a: {} } });

writeFileSync(
  join(newer, 'schema.json'),
  JSON.stringify({
    format_version: '1.0',
    provider_schemas: {
      'registry.terraform.io/hashicorp/aws': {
        resource_schemas: {
          aws_quantum_vault: { block: { attributes: { kms_key_id: { optional: true } } } },
          aws_quantum_label: { block: { attributes: { name: { required: true } } } },
        },
      },
    },
  }),
);

describe('trefoil coverage', () => {
  it('counts what was looked at, by which controls, and what is inert and why', async () => {
    const { exitCode, stdout, stderr } = await trefoil(['coverage'], { cwd: known });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "ACCOUNTED FOR: 2 resources of 2 types in 1 stack (exit 0)

        0 inspected: a control that is about their type has judged or read them
        1 general: only controls over all resources have judged them: place, and how they are written
        1 inert: their type does nothing with data
        0 vouched: no control has judged them, and the policy classifies their type
        0 uninspected: their type is known, and no control has looked at them
        0 unproven: completeness is not proved of them
        2 in all; difference 0

      General: only controls over all resources have judged them: place, and how they are written
        aws_iot_thing 1: stores data
          why    a device and its attributes
          by     CHG-002, KEY-008, RES-001, RES-008, RES-016

      Inert: their type does nothing with data
        aws_ecr_lifecycle_policy 1: inert
          why    deletes old images
          by     CHG-002, KEY-008, RES-001, RES-008, RES-016

      By stack
        west 2: 1 general, 1 inert
      "
    `);
  });

  it('prints the summary only with --quiet', async () => {
    const { stdout } = await trefoil(['coverage', '--quiet'], { cwd: known });
    expect(stdout.split('\n').filter((line) => /^[A-Z]/.test(line))).toEqual([
      'ACCOUNTED FOR: 2 resources of 2 types in 1 stack (exit 0)',
    ]);
  });

  it.each([known, newer])('prints JSON as the schema says', async (cwd) => {
    const { stdout } = await trefoil(['coverage', '-f', 'json', '--quiet'], { cwd });
    const json: unknown = JSON.parse(stdout);
    expect(validate(json) || validate.errors).toBe(true);
    expect(json).toMatchObject({ schemaVersion: 1, resources: 2, types: 2, difference: 0 });
  });

  it('is incomplete where a type has no row, whatever a schema suggests of it', async () => {
    const without = await trefoil(['coverage'], { cwd: newer });
    expect(without.exitCode).toBe(3);
    expect(without.stdout).toMatch(/^INCOMPLETE: 2 resources of 2 types in 1 stack \(exit 3\)$/m);
    expect(without.stdout).toContain('2 unproven');
    expect(without.stdout).not.toContain('schema');
    const { exitCode, stdout } = await trefoil(['coverage', '--provider-schema', 'schema.json'], { cwd: newer });
    expect(exitCode).toBe(3);
    expect(stdout).toContain('schema stores data, by the argument kms_key_id');
  });

  it('fits into a narrow terminal', async () => {
    const { stdout } = await trefoil(['coverage', '--no-color'], { cwd: known, isTerminal: true });
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  it('looks at findings no more than at passes', async () => {
    const cwd = project('failing', { aws_sqs_queue: { receipts: { region: 'us-east-1' } } });
    expect((await trefoil(['check'], { cwd })).exitCode).toBe(1);
    expect((await trefoil(['coverage'], { cwd })).exitCode).toBe(0);
  });

  it('of nothing is incomplete', async () => {
    const { exitCode, stdout } = await trefoil(['coverage', 'nowhere'], { cwd: known });
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^INCOMPLETE: 0 resources of 0 types in 0 stacks \(exit 3\)$/m);
  });
});

describe('--provider-schema of check', () => {
  it('says what the arguments of a new type suggest, is an input of the report, and proves nothing', async () => {
    const { exitCode, stdout } = await trefoil(
      ['check', '--control', 'CHG-001', '--provider-schema', 'schema.json', '-f', 'json'],
      { cwd: newer },
    );
    expect(exitCode).toBe(3);
    const report = JSON.parse(stdout) as {
      readonly inputs: readonly { readonly path: string }[];
      readonly results: readonly { readonly id: string; readonly message: string }[];
    };
    expect(report.inputs.map(({ path }) => path)).toContain('schema.json');
    const messageOf = (id: string) => report.results.find((result) => result.id === id)?.message;
    expect(messageOf('CHG-001:west:aws_quantum_vault.deep')).toBe(
      'is of type aws_quantum_vault, which no table knows and whose arguments in the given schema suggest: stores data, by the argument kms_key_id; classify it under resourceTypes of the policy, with the reason',
    );
    expect(messageOf('CHG-001:west:aws_quantum_label.a')).toContain('whose arguments in the given schema show nothing');
  });

  it('refuses a file that is no such schema, and one that is not there', async () => {
    const wrong = await trefoil(['check', '--provider-schema', 'enclave.yaml'], { cwd: newer });
    expect(wrong.exitCode).toBe(3);
    expect(wrong.stderr).toContain('is no schema of providers');
    const absent = await trefoil(['check', '--provider-schema', 'absent.json'], { cwd: newer });
    expect([absent.exitCode, absent.stderr]).toEqual([2, expect.stringContaining('error[CLI-READ] absent.json')]);
  });
});
