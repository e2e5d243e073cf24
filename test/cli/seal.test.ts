import { generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
  existsSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStatement } from '../../report/read-statement.ts';
import type { Seal } from '../../report/statement.ts';
import { CANARY, planModule, terraformEnvironment, writeSealedProject } from '../support/sealed-project.ts';
import { OTHER_KEY, PLAN_BYTES, SEAL_KEY, sha256 } from '../support/seals.ts';
import { hasTerraform } from '../support/terraform-console.ts';
import { type Run, trefoil } from './recording-io.ts';

const work = mkdtempSync(join(tmpdir(), 'seal-'));

beforeAll(() => {
  writeSealedProject(work);
});

afterAll(() => {
  rmSync(work, { recursive: true });
});

const PRIVATE = [SEAL_KEY, OTHER_KEY].map(({ privatePem }) => privatePem.split('\n')[1] ?? '');

async function seal(args: readonly string[], environment: Record<string, string> = {}, cwd = work): Promise<Run> {
  const run = await trefoil(['seal', ...args], { cwd, environment: { ...terraformEnvironment(), ...environment } });
  for (const secret of [CANARY, ...PRIVATE]) expect(run.stdout + run.stderr).not.toContain(secret);
  expect(run.stderr).not.toMatch(/^\s+at /m);
  return run;
}

async function gate(plan: string, file: string, args: readonly string[] = []): Promise<Run> {
  return trefoil(['gate', plan, '--seal', file, '--public-key', 'seal.pub', ...args], { cwd: work });
}

function contentOf(file: string): Seal {
  const { payload }: { readonly payload: string } = JSON.parse(readFileSync(join(work, file), 'utf8'));
  const bytes = Buffer.from(payload, 'base64');
  for (const secret of [CANARY, ...PRIVATE]) expect(bytes.includes(secret)).toBe(false);
  const reading = readStatement(bytes);
  if (reading.kind !== 'seal') throw new Error(`no seal: ${JSON.stringify(reading)}`);
  return reading.seal;
}

function digestOf(file: string): string {
  return sha256(readFileSync(join(work, file)));
}

const EC_KEY = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
  publicKeyEncoding: { format: 'pem', type: 'spki' },
}).privateKey;

describe.skipIf(!hasTerraform())('with the real Terraform, trefoil seal', () => {
  const ARGS = ['ledger/plan.tfplan', '--stacks', 'synth', '--key', 'seal.key'];

  beforeAll(() => {
    planModule(join(work, 'ledger'));
    planModule(join(work, 'receipts'));
  });

  it('seals what it judged, and the gate lets that very plan through', async () => {
    const { exitCode, stdout, stderr } = await seal([...ARGS, '-o', 'pass.json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toBe(
      'sealed ledger/plan.tfplan (ledger) as pass: everything was judged and nothing failed; pass.json\n',
    );
    expect(contentOf('pass.json')).toMatchObject({
      plans: [
        {
          stack: 'ledger',
          path: 'ledger/plan.tfplan',
          sha256: digestOf('ledger/plan.tfplan'),
          jsonSha256: expect.stringMatching(/^[\da-f]{64}$/),
        },
      ],
      sealedAt: '2026-03-01T23:59:59Z',
      asOf: '2026-03-01',
      stage: 'apply',
      verdict: 'pass',
      policy: { name: 'ledger enclave', path: 'enclave.yaml', sha256: digestOf('enclave.yaml') },
      inputs: [
        { path: 'synth/ledger/cdk.tf.json', sha256: digestOf('synth/ledger/cdk.tf.json') },
        { path: 'synth/perimeter/cdk.tf.json', sha256: digestOf('synth/perimeter/cdk.tf.json') },
      ],
    });
    expect(await gate('ledger/plan.tfplan', 'pass.json', ['--policy', 'enclave.yaml'])).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
  });

  it('compares with an earlier report, names it, and excuses nothing by it', async () => {
    const cwd = work;
    await trefoil(['check', 'synth', '--format', 'json:base.json'], { cwd });
    const { exitCode } = await seal([...ARGS, '--base', 'base.json', '-o', 'based.json']);
    expect(exitCode).toBe(0);
    expect(contentOf('based.json').inputs).toContainEqual({ path: 'base.json', sha256: digestOf('base.json') });
    const open = ['receipts/plan.tfplan', '--stacks', 'synth', '--key', 'seal.key', '-o', 'open.json'];
    const without = await seal(open);
    expect(without.exitCode).not.toBe(0);
    expect((await seal([...open, '--base', 'base.json'])).exitCode).toBe(without.exitCode);
    expect((await seal([...ARGS, '--base', 'ledger/plan.tfplan'])).stderr).toContain('error[CLI-BASEJSON]');
  });

  it('writes the same bytes each time', async () => {
    await seal([...ARGS, '-o', 'first.json']);
    await seal([...ARGS, '-o', 'second.json']);
    expect(digestOf('first.json')).toBe(digestOf('second.json'));
  });

  it('gives the gate nothing for another plan, nor for this one with a byte flipped', async () => {
    await seal([...ARGS, '-o', 'only.json']);
    const refused = { exitCode: 4, stdout: '', stderr: expect.stringContaining('error[GATE-PLAN]') };
    expect(await gate('receipts/plan.tfplan', 'only.json')).toEqual(refused);
    const plan = readFileSync(join(work, 'ledger/plan.tfplan'));
    for (const index of [0, plan.length >> 1, plan.length - 1]) {
      const tampered = Buffer.from(plan);
      tampered[index] = (tampered[index] ?? 0) ^ 1;
      writeFileSync(join(work, 'tampered.tfplan'), tampered);
      expect(await gate('tampered.tfplan', 'only.json')).toEqual(refused);
    }
  });

  it('seals several plans in one, and each goes through by it', async () => {
    const plans = ['ledger/plan.tfplan', 'receipts/plan.tfplan'];
    const { exitCode } = await seal([
      ...plans,
      '--stacks',
      'synth',
      '--stacks',
      'more',
      '--key',
      'seal.key',
      '-o',
      'both.json',
    ]);
    expect(exitCode).toBe(0);
    expect(contentOf('both.json').plans.map(({ stack }) => stack)).toEqual(['ledger', 'receipts']);
    const [ledger, receipts] = await Promise.all(plans.map((plan) => gate(plan, 'both.json')));
    expect([ledger?.exitCode, receipts?.exitCode]).toEqual([0, 0]);
  });

  it('lets none of several plans through when one of them stands in the way', async () => {
    const plans = ['receipts/plan.tfplan', 'ledger/plan.tfplan'];
    const { exitCode } = await seal([
      ...plans,
      ...'--stack receipts --stack ledger --stacks synth --key seal.key -o neither.json'.split(' '),
    ]);
    // Where receipts keeps its state is in no plan, and its synthesised stack is not given.
    expect(exitCode).toBe(3);
    const runs = await Promise.all(plans.map((plan) => gate(plan, 'neither.json')));
    expect(runs.map(({ stderr }) => stderr)).toEqual(plans.map(() => expect.stringContaining('GATE-VERDICT')));
  });

  it('seals a failure as a failure, and says what failed', async () => {
    const { exitCode, stdout, stderr } = await seal(
      'ledger/plan.tfplan --stack unexpected --stacks synth --key seal.key -o fail.json'.split(' '),
    );
    expect(exitCode).toBe(1);
    expect(stdout).toContain('as fail: ');
    expect(stderr).toMatch(/^trefoil: fail CHG-001:unexpected:/m);
    expect(contentOf('fail.json')).toMatchObject({ verdict: 'fail', exitCode: 1 });
    expect((await gate('ledger/plan.tfplan', 'fail.json')).stderr).toContain('GATE-VERDICT');
  });

  it('seals an incomplete run as such', async () => {
    const { exitCode, stderr } = await seal(['receipts/plan.tfplan', '--key', 'seal.key', '-o', 'incomplete.json']);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('the stack perimeter is expected by the policy');
    expect(contentOf('incomplete.json').complete).toBe(false);
    expect((await gate('receipts/plan.tfplan', 'incomplete.json')).exitCode).toBe(4);
  });

  it('takes the key from the environment, and the plan from where it was moved', async () => {
    copyFileSync(join(work, 'ledger/plan.tfplan'), join(work, 'moved.tfplan'));
    const { exitCode } = await seal(
      ['moved.tfplan', '--stack', 'ledger', '--dir', 'ledger', '--stacks', 'synth', '-o', 'moved.json'],
      { TREFOIL_SEAL_KEY: SEAL_KEY.privatePem },
    );
    expect(exitCode).toBe(0);
    expect((await gate('ledger/plan.tfplan', 'moved.json')).exitCode).toBe(0);
  });

  it('judges as of the day that it is asked for, which the gate refuses', async () => {
    expect((await seal([...ARGS, '--as-of', '2026-02-01', '-o', 'early.json'])).exitCode).toBe(0);
    expect((await gate('ledger/plan.tfplan', 'early.json')).stderr).toContain('GATE-DAY');
  });

  it.each([
    { what: 'cut off', damage: (plan: Buffer) => plan.subarray(0, plan.length >> 1) },
    { what: 'of nothing but a beginning', damage: () => PLAN_BYTES },
  ])('seals no plan that is $what', async ({ damage }) => {
    writeFileSync(join(work, 'ledger/bad.tfplan'), damage(readFileSync(join(work, 'ledger/plan.tfplan'))));
    const { exitCode, stdout, stderr } = await seal(['ledger/bad.tfplan', '--key', 'seal.key', '-o', 'bad.json']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toMatch(/^error\[SEAL-SHOW\] terraform cannot show ledger\/bad\.tfplan \(exit 1\): [^\n]+\n$/);
    expect(() => digestOf('bad.json')).toThrow('ENOENT');
  });

  it('replaces no input with the seal', async () => {
    for (const output of ['ledger/plan.tfplan', 'seal.key', 'enclave.yaml', 'synth/ledger/cdk.tf.json']) {
      const before = digestOf(output);
      const { exitCode, stderr } = await seal([...ARGS, '-o', output]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 74, stderr: expect.stringContaining('OUT-INPUT') });
      expect(digestOf(output)).toBe(before);
    }
  });
});

describe('trefoil seal', () => {
  /** A program that stands where Terraform does, and what it does. */
  function program(name: string, script: string): string {
    writeFileSync(join(work, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(work, name), 0o755);
    return `./${name}`;
  }

  beforeAll(() => {
    writeFileSync(join(work, 'any.tfplan'), PLAN_BYTES);
  });

  it('keeps the key, and what would change or add to the output, from Terraform', async () => {
    const print = program('print-environment', 'env >&2; exit 1');
    const { exitCode, stderr } = await seal(['any.tfplan', '--terraform', print], {
      TREFOIL_SEAL_KEY: SEAL_KEY.privatePem,
      TF_LOG: 'TRACE',
      TF_CLI_ARGS_show: 'other.tfplan',
      TF_REATTACH_PROVIDERS: '{}',
      TF_WORKSPACE: 'kept',
    });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('TF_WORKSPACE=kept');
    expect(stderr).not.toMatch(/TREFOIL_SEAL_KEY|TF_LOG|TF_CLI_ARGS|TF_REATTACH/);
  });

  it.each(['.', '', './tools', 'tools'])(
    'runs no program of the tree by the relative entry "%s" of PATH',
    async (entry) => {
      mkdirSync(join(work, 'tools'), { recursive: true });
      for (const path of ['planted', 'tools/planted']) program(path, 'touch "$0.ran"; echo "{}"');
      const { exitCode, stderr } = await seal(['any.tfplan', '--terraform', 'planted', '--key', 'seal.key'], {
        PATH: `${entry}:${process.env['PATH'] ?? ''}:${entry}`,
      });
      expect([exitCode, stderr]).toEqual([3, expect.stringContaining('SEAL-SHOW')]);
      expect(['planted.ran', 'tools/planted.ran'].filter((path) => existsSync(join(work, path)))).toEqual([]);
    },
  );

  it('has the plan shown that it hashed, though another takes its place meanwhile', async () => {
    mkdirSync(join(work, 'swapped'));
    writeFileSync(join(work, 'swapped/ledger.tfplan'), PLAN_BYTES);
    const swap = program('swap', 'echo other > ledger.tfplan; cmp -s "$4" ../any.tfplan && echo "{}"');
    await seal(['swapped/ledger.tfplan', '--terraform', swap, '--key', 'seal.key', '-o', 'swapped.json']);
    expect(contentOf('swapped.json')).toMatchObject({
      plans: [{ stack: 'ledger', sha256: sha256(PLAN_BYTES), jsonSha256: sha256('{}\n') }],
      complete: false,
    });
  });

  it.each([
    { what: 'nothing', prints: '' },
    { what: 'a state', prints: '{"format_version":"1.0","terraform_version":"1.11.4","values":{}}' },
    { what: 'a plan of nothing', prints: '{"format_version":"1.2","planned_values":{"root_module":{}}}' },
    { what: 'what is no JSON', prints: 'Plan: 1 to add' },
  ])('seals no pass when Terraform prints $what', async ({ prints }) => {
    const show = program('show', `cat <<'END'\n${prints}\nEND`);
    const { exitCode, stderr } = await seal([
      'any.tfplan',
      '--stack',
      'ledger',
      '--terraform',
      show,
      '--stacks',
      'synth',
      '--key',
      'seal.key',
      '-o',
      'odd.json',
    ]);
    expect(exitCode).toBe(3);
    // The JSON is gone: what is said of it is said of the plan.
    expect(stderr).not.toContain('/plan.json');
    expect(stderr).toMatch(/^error\[(?:IN|PLAN)-[A-Z]+\] any\.tfplan/);
    expect(contentOf('odd.json')).toMatchObject({ verdict: 'incomplete', complete: false });
  });

  it.each([
    { what: 'no key', args: ['any.tfplan'], code: 'SEAL-KEY', exitCode: 2 },
    { what: 'a public key', args: ['any.tfplan', '--key', 'seal.pub'], code: 'SEAL-KEY', exitCode: 2 },
    { what: 'a key that is not there', args: ['any.tfplan', '--key', 'gone.key'], code: 'CLI-READ', exitCode: 2 },
    { what: 'a plan that is not there', args: ['gone.tfplan', '--key', 'seal.key'], code: 'CLI-READ', exitCode: 2 },
    { what: 'a directory', args: ['synth', '--key', 'seal.key'], code: 'CLI-READ', exitCode: 2 },
    {
      what: 'a plan in JSON',
      args: ['synth/ledger/cdk.tf.json', '--stack', 'a', '--key', 'seal.key'],
      code: 'SEAL-PLAN',
      exitCode: 3,
    },
    {
      what: 'too few stacks',
      args: ['any.tfplan', 'b.tfplan', '--stack', 'a', '--key', 'seal.key'],
      code: 'SEAL-STACK',
      exitCode: 2,
    },
    {
      what: 'too many directories',
      args: ['any.tfplan', '--dir', 'a', '--dir', 'b', '--key', 'seal.key'],
      code: 'SEAL-STACK',
      exitCode: 2,
    },
    {
      what: 'two plans of one stack',
      args: ['a/x.tfplan', 'b/x.tfplan', '--key', 'seal.key'],
      code: 'SEAL-STACK',
      exitCode: 2,
    },
    {
      what: 'a stack that is a way out',
      args: ['any.tfplan', '--stack', '..', '--key', 'seal.key'],
      code: 'SEAL-STACK',
      exitCode: 2,
    },
    {
      what: 'a stack with a slash',
      args: ['any.tfplan', '--stack', 'a/b', '--key', 'seal.key'],
      code: 'SEAL-STACK',
      exitCode: 2,
    },
    {
      what: 'no Terraform',
      args: ['any.tfplan', '--terraform', './gone', '--key', 'seal.key'],
      code: 'SEAL-SHOW',
      exitCode: 3,
    },
    {
      what: 'no directory',
      args: ['any.tfplan', '--dir', 'gone', '--key', 'seal.key'],
      code: 'SEAL-SHOW',
      exitCode: 3,
    },
  ])('refuses $what', async ({ args, code, exitCode }) => {
    const run = await seal([...args, '-o', 'refused.json']);
    expect(run).toEqual({
      exitCode,
      stdout: '',
      stderr: expect.stringMatching(new RegExp(`^error\\[${code}\\] [^\\n]+ Fix: [^\\n]+\\n$`)),
    });
    expect(() => digestOf('refused.json')).toThrow('ENOENT');
  });

  it('refuses the same plan twice', async () => {
    const show = program('empty', 'echo "{}"');
    const { exitCode, stderr } = await seal([
      'any.tfplan',
      'any.tfplan',
      '--stack',
      'a',
      '--stack',
      'b',
      '--terraform',
      show,
      '--key',
      'seal.key',
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('any.tfplan is the same plan as any.tfplan');
  });

  it.each([
    { what: 'a key of another kind', pem: EC_KEY },
    { what: 'what is no key inside', pem: '-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n' },
    {
      what: 'an encrypted key',
      pem: '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n',
    },
    { what: 'two keys', pem: SEAL_KEY.privatePem + OTHER_KEY.privatePem },
    { what: 'a key with something before it', pem: `key: ${SEAL_KEY.privatePem}` },
  ])('refuses $what for a key, and shows nothing of it', async ({ pem }) => {
    const { exitCode, stderr } = await seal(['any.tfplan'], { TREFOIL_SEAL_KEY: pem });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error\[SEAL-KEY\] TREFOIL_SEAL_KEY /);
    expect(stderr).not.toContain(pem.split('\n')[1]);
  });

  it('tells a key with a passphrase from what is none', async () => {
    const pem = '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n';
    const { stderr } = await seal(['any.tfplan'], { TREFOIL_SEAL_KEY: pem });
    expect(stderr).toContain('protected by a passphrase');
  });

  it('prints no key whose text is given for the name of its file', async () => {
    const { exitCode, stderr } = await seal(['any.tfplan', '--key', SEAL_KEY.privatePem]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error\[SEAL-KEY\] [^\n]+ Fix: [^\n]+\n$/);
    expect(stderr).not.toContain(SEAL_KEY.privatePem.split('\n')[1]);
  });

  it('says in its help that it runs Terraform, and the gate that it runs nothing', async () => {
    expect((await trefoil(['seal', '--help'])).stdout).toContain('Runs Terraform');
    expect((await trefoil(['gate', '--help'])).stdout).toContain('runs nothing');
  });
});
