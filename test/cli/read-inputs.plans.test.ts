import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { POLICY_TEMPLATE } from '../../policy/template.ts';
import { reporters } from '../../report/index.ts';
import { planText, type PlannedStack } from '../support/plan-text.ts';
import { trefoil } from './recording-io.ts';

const work = mkdtempSync(join(tmpdir(), 'trefoil-plan-files-'));

afterAll(() => {
  rmSync(work, { recursive: true });
});

function bucket(name: string): PlannedStack {
  return {
    resources: [
      {
        address: 'aws_s3_bucket.ledger',
        after: { bucket: name },
        unknown: { id: true, arn: true },
        expressions: { bucket: { constant_value: name } },
      },
    ],
  };
}

function directory(name: string, files: Readonly<Record<string, string>>): string {
  const cwd = join(work, name);
  for (const [path, text] of Object.entries({ 'enclave.yaml': POLICY_TEMPLATE, ...files })) {
    mkdirSync(join(cwd, path, '..'), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  return cwd;
}

interface Shown {
  readonly population: { readonly stacks: readonly { readonly name: string }[]; readonly resources: number };
  readonly inputs: readonly { readonly path: string }[];
  readonly problems: readonly { readonly code: string; readonly path: string }[];
}

async function check(cwd: string, ...paths: readonly string[]): Promise<{ exitCode: number; report: Shown }> {
  const { exitCode, stdout } = await trefoil(['check', ...paths, '--format', 'json'], { cwd });
  return { exitCode, report: JSON.parse(stdout) };
}

describe('plan files on the command line', () => {
  it('are judged by the name of their file, or of their directory', async () => {
    const cwd = directory('names', {
      'plans/keys.json': planText(bucket('a')),
      'plans/data.plan.json': planText(bucket('b')),
      'network/plan.json': planText(bucket('c')),
    });
    const { report } = await check(cwd, 'plans/keys.json', 'plans/data.plan.json', 'network/plan.json');
    expect(report.population.stacks.map(({ name }) => name)).toEqual(['data', 'keys', 'network']);
    expect(report.problems).toEqual([]);
    expect(report.inputs.map(({ path }) => path)).toContain('plans/data.plan.json');
  });

  it('stand for the synthesised stack of their name, whose files are inputs too', async () => {
    const stack = { resource: { aws_s3_bucket: { ledger: { bucket: 'old' }, second: { bucket: 'second' } } } };
    const cwd = directory('twins', {
      'ledger/cdk.tf.json': JSON.stringify(stack),
      'ledger/plan.json': planText(bucket('new')),
    });
    const { report } = await check(cwd, 'ledger', 'ledger/plan.json');
    expect(report.population).toMatchObject({ stacks: [{ name: 'ledger', resources: 1 }], resources: 1 });
    expect(report.inputs.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['ledger/cdk.tf.json', 'ledger/plan.json']),
    );
  });

  it('are read once, however often they are given', async () => {
    const cwd = directory('once', { 'ledger.json': planText(bucket('a')) });
    const { report } = await check(cwd, 'ledger.json', './ledger.json');
    expect(report.problems).toEqual([]);
    expect(report.population.stacks).toHaveLength(1);
  });

  it('are refused where two are of one stack', async () => {
    const cwd = directory('same', { 'a/ledger.json': planText(bucket('a')), 'b/ledger.json': planText(bucket('b')) });
    const { exitCode, report } = await check(cwd, 'a/ledger.json', 'b/ledger.json');
    expect(report.problems.map(({ code, path }) => `${code} ${path}`)).toEqual(['IN-DUPSTACK b/ledger.json']);
    expect(exitCode).not.toBe(0);
  });
});

describe('a plan file that cannot be judged', () => {
  const whole = bucket('ledger');
  const partial = planText({ ...whole, fields: { complete: false } });

  it.each([
    ['B01 that is not there', 'missing.json', null, 'IN-NOTFOUND'],
    ['B02 that is empty', 'ledger.json', '', 'IN-EMPTY'],
    ['B06 a log', 'ledger.json', '{"@level":"info","@message":"","@module":""}\n{}', 'IN-UILOG'],
    ['B07 behind a line of a wrapper', 'ledger.json', `[command]/bin/terraform show\n${planText(whole)}`, 'IN-WRAPPER'],
    ['B08 a binary plan', 'ledger.tfplan', 'PK\u0003\u0004xxxx', 'IN-BINPLAN'],
    ['B39 that failed', 'ledger.json', planText({ ...whole, fields: { errored: true } }), 'PLAN-ERRORED'],
    ['B40 that is not complete', 'ledger.json', partial, 'PLAN-PARTIAL'],
    ['B42 of another format', 'ledger.json', planText({ ...whole, fields: { format_version: '2.0' } }), 'PLAN-FORMAT'],
    ['B43 a state', 'ledger.json', '{"format_version":"1.0","values":{}}', 'IN-STATE'],
    ['B44 with nothing in it', 'ledger.json', planText({ resources: [] }), 'PLAN-EMPTY'],
  ])('%s ends the run with exit code 3', async (name, file, text, code) => {
    const cwd = directory(name.slice(0, 3), text === null ? {} : { [file]: text });
    const { exitCode, report } = await check(cwd, file);
    expect(report.problems.map((problem) => `${problem.code} ${problem.path}`)).toEqual([`${code} ${file}`]);
    expect(report.population.resources).toBe(0);
    expect(exitCode).toBe(3);
  });

  it('never lets the synthesised stack answer for it', async () => {
    const stack = { resource: { aws_s3_bucket: { ledger: { bucket: 'ledger' } } } };
    const cwd = directory('instead', { 'ledger/cdk.tf.json': JSON.stringify(stack), 'ledger/plan.json': partial });
    const { exitCode, report } = await check(cwd, 'ledger', 'ledger/plan.json');
    expect(report.population.resources).toBe(0);
    expect(exitCode).toBe(3);
  });
});

describe('what a plan holds in secret', () => {
  it('is in no report', async () => {
    const secret = 'c4n4ry-7731';
    const cwd = directory('secret', {
      'ledger.json': planText({
        resources: [
          {
            address: 'aws_db_instance.ledger',
            after: { password: secret, identifier: `db-${secret}`, storage_encrypted: false, username: secret },
            sensitive: { password: true, identifier: true },
            before: { password: secret },
            expressions: { password: { references: ['var.password'] } },
          },
        ],
        variables: { password: { value: secret } },
        root: { variables: { password: { sensitive: true } } },
      }),
    });
    for (const format of Object.keys(reporters)) {
      const { stdout, stderr } = await trefoil(['check', 'ledger.json', '--format', format], { cwd });
      expect(`${format} ${stdout} ${stderr}`).not.toContain(secret);
    }
  });
});
