import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { EXAMPLE_POLICY } from '../../checks/example-policy.ts';
import { POLICY_TEMPLATE } from '../../policy/template.ts';
import { type Run, trefoil } from './recording-io.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'trefoil plan '));
const hasTerraform = spawnSync('terraform', ['version']).status === 0;
const environment = {
  PATH: process.env['PATH'],
  HOME: work,
  TF_CLI_CONFIG_FILE: '/dev/null',
  CHECKPOINT_DISABLE: '1',
};
let count = 0;

afterAll(() => {
  rmSync(work, { recursive: true });
});

interface Stack {
  readonly dependencies?: readonly string[];
  readonly configuration?: object;
  readonly path?: string;
}

const ENTRY = { resource: { terraform_data: { entry: { input: 'entry' } } } };
const TWO: Record<string, Stack> = { receipts: { dependencies: ['ledger'] }, ledger: {} };

/** A synthesised app as cdktf writes it, and a policy. */
function app(stacks: Readonly<Record<string, Stack>> = TWO): string {
  count += 1;
  const cwd = join(work, String(count));
  const manifest: Record<string, object> = Object.create(null);
  mkdirSync(join(cwd, 'cdktf.out/stacks'), { recursive: true });
  for (const [name, { dependencies = [], configuration = ENTRY, path = `stacks/${name}` }] of Object.entries(stacks)) {
    manifest[name] = {
      name,
      constructPath: name,
      dependencies,
      synthesizedStackPath: `${path}/cdk.tf.json`,
      workingDirectory: path,
    };
    mkdirSync(join(cwd, 'cdktf.out', path), { recursive: true });
    writeFileSync(join(cwd, 'cdktf.out', path, 'cdk.tf.json'), JSON.stringify(configuration));
  }
  writeFileSync(join(cwd, 'cdktf.out/manifest.json'), JSON.stringify({ version: '0.21.0', stacks: manifest }));
  writeFileSync(join(cwd, 'enclave.yaml'), POLICY_TEMPLATE);
  return cwd;
}

async function plan(cwd: string, ...args: readonly string[]): Promise<Run> {
  return trefoil(['plan', ...args], { cwd, environment });
}

function plans(cwd: string): readonly string[] {
  return readdirSync(cwd, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?:^|\/)(?:plan\.[^/]*|\.trefoil[^/]*)$/.test(path))
    .toSorted();
}

const PLANS_OF_TWO = [
  'cdktf.out/stacks/ledger/plan.json',
  'cdktf.out/stacks/ledger/plan.tfplan',
  'cdktf.out/stacks/receipts/plan.json',
  'cdktf.out/stacks/receipts/plan.tfplan',
];

if (!hasTerraform) process.stderr.write('!!! NO TERRAFORM: the tests of "trefoil plan" are skipped.\n');

describe.skipIf(!hasTerraform)('plan, with the real Terraform,', () => {
  it('plans the stacks in their order, for nobody else to read, and ends as check does on the plans', async () => {
    const cwd = app();
    const { exitCode, stdout, stderr } = await plan(cwd, '--format', 'json');
    expect(stderr).toBe('trefoil: planned ledger (1 of 2)\ntrefoil: planned receipts (2 of 2)\n');
    expect(plans(cwd)).toEqual(PLANS_OF_TWO);
    for (const file of PLANS_OF_TWO) expect(statSync(join(cwd, file)).mode & 0o777).toBe(0o600);
    const files = PLANS_OF_TWO.filter((file) => file.endsWith('.json'));
    const checked = await trefoil(['check', 'cdktf.out', ...files, '--format', 'json'], { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: checked.exitCode, stdout: checked.stdout });
    const { inputs } = JSON.parse(stdout) as { readonly inputs: readonly { readonly path: string }[] };
    expect(inputs.map(({ path }) => path)).toEqual(expect.arrayContaining(files));
  });

  it('shows on a terminal one line that is gone at the end', async () => {
    const { stderr } = await trefoil(['plan', 'ledger'], { cwd: app(), environment, isTerminal: true });
    expect(stderr).toContain('\r\u001b[Ktrefoil: planning 1 of 1: ledger');
    expect(stderr.endsWith('\r\u001b[K')).toBe(true);
    expect(stderr).not.toContain('\n');
  });

  it('plans only the stacks that are named, and into another directory', async () => {
    const cwd = app();
    await plan(cwd, 'receipts', '--out-dir', 'plans', '--quiet', '--no-init');
    expect(plans(cwd)).toEqual(['plans/receipts/plan.json', 'plans/receipts/plan.tfplan']);
  });

  it('plans root modules without a manifest, and passes variables and arguments on', async () => {
    const cwd = app();
    const module = {
      variable: { book: { type: 'string' }, page: { type: 'string' } },
      resource: { terraform_data: { entry: { input: '${var.book}/${var.page}' } } },
    };
    mkdirSync(join(cwd, 'archive'));
    writeFileSync(join(cwd, 'archive/main.tf.json'), JSON.stringify(module));
    writeFileSync(join(cwd, 'book.tfvars.json'), '{"book":"ledger; touch x"}');
    await plan(cwd, '--dir', 'archive', '--var-file', 'book.tfvars.json', '--', '-var', 'page=$(touch y)');
    expect(plans(cwd)).toEqual(['archive/plan.json', 'archive/plan.tfplan']);
    const { planned_values: values } = JSON.parse(readFileSync(join(cwd, 'archive/plan.json'), 'utf8'));
    expect(values.root_module.resources[0].values.input).toBe('ledger; touch x/$(touch y)');
    expect(readdirSync(join(cwd, 'archive')).toSorted()).toEqual(['main.tf.json', 'plan.json', 'plan.tfplan']);
  });

  it('goes on with what does not depend on a failure, leaves no old plan, and ends incomplete', async () => {
    const cwd = app({ ...TWO, archive: {} });
    await plan(cwd);
    expect(plans(cwd)).toHaveLength(6);
    const ledger = join(cwd, 'cdktf.out/stacks/ledger');
    writeFileSync(
      join(ledger, 'cdk.tf.json'),
      JSON.stringify({
        variable: { balance: { type: 'number', default: 0 }, diary: { type: 'string', sensitive: true } },
        resource: {
          terraform_data: {
            entry: {
              input: '${var.diary}',
              lifecycle: {
                precondition: {
                  condition: '${var.balance > 1}',
                  error_message: 'Balance is off\u001b[2J\u202e.\n::error::not ours\n##[error]nor this.',
                },
              },
            },
          },
        },
      }),
    );
    writeFileSync(join(ledger, 'diary.auto.tfvars.json'), '{"diary":"a secret"}');
    const { exitCode, stderr } = await plan(cwd);
    expect([1, 3]).toContain(exitCode);
    expect(stderr).toContain('Balance is off\\u{1b}[2J\\u{202e}.');
    expect(stderr).not.toMatch(/^\s*::|##\[/m);
    expect(stderr).not.toContain('a secret');
    expect(stderr).toMatch(
      /error\[PLAN-FAILED\] ledger was not planned: "terraform plan" ended with exit 1 in cdktf\.out\/stacks\/ledger\./,
    );
    expect(stderr).toContain('error[PLAN-FAILED] receipts was not planned: a stack that it depends on has failed.');
    expect(stderr).toContain('trefoil: planned archive');
    expect(plans(cwd)).toEqual(['cdktf.out/stacks/archive/plan.json', 'cdktf.out/stacks/archive/plan.tfplan']);
  });

  it('judges nothing when nothing was planned', async () => {
    const cwd = app({ ledger: { configuration: { resource: { terraform_data: { entry: { inptu: 1 } } } } } });
    expect(await plan(cwd)).toMatchObject({ exitCode: 3, stdout: '', stderr: expect.stringContaining('"inptu"') });
    expect(plans(cwd)).toEqual([]);
  });

  it('replaces a link in place of a plan and not what it leads to', async () => {
    const cwd = app({ ledger: {} });
    writeFileSync(join(cwd, 'diary'), 'mine');
    symlinkSync('../../../diary', join(cwd, 'cdktf.out/stacks/ledger/plan.json'));
    await plan(cwd);
    expect(readFileSync(join(cwd, 'diary'), 'utf8')).toBe('mine');
    expect(JSON.parse(readFileSync(join(cwd, 'cdktf.out/stacks/ledger/plan.json'), 'utf8'))).toBeTypeOf('object');
  });

  it('compares with a base as check does, and lets what it has found stand', async () => {
    const cwd = app();
    const found = ['--policy', 'policy.yaml', '--format', 'json'];
    const own = ['ledger', 'receipts'].map((name) => ({ name, sites: ['west'] }));
    const stacks = [...own, ...EXAMPLE_POLICY.stacks.map((stack) => ({ ...stack, optional: true }))];
    const resourceTypes = [{ type: 'terraform_data', scope: 'regional', reason: 'keeps values of the state alone' }];
    writeFileSync(join(cwd, 'policy.yaml'), JSON.stringify({ ...EXAMPLE_POLICY, stacks, resourceTypes }));
    const base = await plan(cwd, ...found);
    expect(base.exitCode).toBe(1);
    writeFileSync(join(cwd, 'base.json'), base.stdout);
    expect((await plan(cwd, ...found, '--base', 'base.json')).exitCode).toBe(1);
    const known = await plan(cwd, ...found, '--base', 'base.json', '--block', 'changes');
    expect(known).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('"change":"existing"') });
    const paths = PLANS_OF_TWO.filter((file) => file.endsWith('.json'));
    const change = ['--base', 'base.json', '--block', 'changes'];
    const checked = await trefoil(['check', 'cdktf.out', ...paths, ...found, ...change], { cwd });
    expect(known.stdout).toBe(checked.stdout);
    const itself = await plan(cwd, ...found, '--base', 'cdktf.out', '--block', 'changes');
    expect(itself).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('error[CLI-BASE]') });
  });

  it('says when a plan cannot be written', async () => {
    const cwd = app({ ledger: {} });
    mkdirSync(join(cwd, 'cdktf.out/stacks/ledger/plan.json/in-the-way'), { recursive: true });
    const { exitCode, stderr } = await plan(cwd);
    expect({ exitCode, stderr }).toEqual({ exitCode: 74, stderr: expect.stringContaining('error[OUT-WRITE]') });
  });
});

describe.skipIf(!hasTerraform)('an interrupt', () => {
  /** Terraform waits in `file()` until somebody writes into the pipe. */
  function waitingApp(): string {
    const cwd = app({
      ledger: { configuration: { resource: { terraform_data: { entry: { input: '${file("pipe")}' } } } } },
    });
    execFileSync('mkfifo', [join(cwd, 'cdktf.out/stacks/ledger/pipe')]);
    return cwd;
  }

  function begin(cwd: string): ChildProcess {
    const args = ['--import', import.meta.resolve('tsx'), join(ROOT, 'cli/bin.ts'), 'plan', '--no-init'];
    return spawn(process.execPath, args, { cwd, env: environment, stdio: 'ignore' });
  }

  /** Whether Terraform waits; if so, it goes on. */
  function letGoOn(cwd: string): boolean {
    try {
      closeSync(openSync(join(cwd, 'cdktf.out/stacks/ledger/pipe'), constants.O_WRONLY | constants.O_NONBLOCK));
      return true;
    } catch {
      return false;
    }
  }

  async function endOf(child: ChildProcess): Promise<NodeJS.Signals | null> {
    return new Promise((resolve) => {
      child.on('close', (_code, signal) => {
        resolve(signal);
      });
    });
  }

  it.each([1, 2])('given %i times ends Terraform and leaves nothing half-written', async (times) => {
    const cwd = waitingApp();
    const child = begin(cwd);
    const ended = endOf(child);
    while (!letGoOn(cwd)) await setTimeout(20);
    expect(plans(cwd)).toEqual([expect.stringContaining('/ledger/.trefoil-')]);
    child.kill('SIGINT');
    await setTimeout(300);
    if (times === 2) child.kill('SIGINT');
    // Terraform looks for interrupts only when it is not waiting.
    else while (child.exitCode === null && child.signalCode === null) await setTimeout(20, letGoOn(cwd));
    expect(await ended).toBe('SIGINT');
    expect(plans(cwd)).toEqual([]);
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(cwd);
  });
});

describe('plan refuses', () => {
  it.each([
    { what: 'a stack that is not there', args: ['ledgr'], code: 'PLAN-STACK' },
    { what: 'a directory that is not there', args: ['--dir', 'nowhere'], code: 'PLAN-STACK' },
    { what: 'a synth that is not there', args: ['--synth', 'nowhere'], code: 'PLAN-STACK' },
    { what: 'two root modules of one name', args: ['--dir', 'a/ledger', '--dir', 'b/ledger'], code: 'PLAN-STACK' },
    { what: 'a plan of a part', args: ['--', '-target=terraform_data.entry'], code: 'PLAN-ARGUMENT' },
    { what: 'the same with two dashes and apart', args: ['--', '--target', 'x.y'], code: 'PLAN-ARGUMENT' },
    { what: 'all but a part', args: ['--', '-exclude=x.y'], code: 'PLAN-ARGUMENT' },
    { what: 'another place for the plan', args: ['ledger', '--', '-out', 'x'], code: 'PLAN-ARGUMENT' },
    { what: 'a plan without the configuration', args: ['--', '-refresh-only'], code: 'PLAN-ARGUMENT' },
    { what: 'changes alone to block without a base', args: ['--block', 'changes'], code: 'CLI-VALUE' },
    { what: 'a base that is not there', args: ['--base', 'base.json'], code: 'CLI-BASE' },
    { what: 'a base that is no report', args: ['--base', 'cdktf.out/manifest.json'], code: 'CLI-BASEFORMAT' },
    { what: 'no stack at a time', args: ['--parallelism', '0'], code: 'CLI-VALUE' },
    { what: 'a program that is not there', args: ['--terraform', './no terraform'], code: 'PLAN-TERRAFORM' },
  ])('$what', async ({ args, code }) => {
    const cwd = app();
    for (const directory of ['a/ledger', 'b/ledger']) mkdirSync(join(cwd, directory), { recursive: true });
    const { exitCode, stdout, stderr } = await plan(cwd, ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`error[${code}]`);
    expect(plans(cwd)).toEqual([]);
  });

  it.each([
    { TF_CLI_ARGS: '-no-color' },
    { TF_CLI_ARGS_plan: '-lock=false -target=x.y' },
    { TF_CLI_ARGS_plan: '"-target" x.y' },
  ])('arguments of the environment that change what is planned: %o', async (variables) => {
    const run = await trefoil(['plan'], { cwd: app(), environment: { ...environment, ...variables } });
    expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('error[PLAN-ARGUMENT]') });
  });

  it.each(['../ledger', '-target=x', 'a b', '\u001b[2J', '$(touch x)', '.', '', 'ledger/../../x'])(
    'a manifest with a stack called %j, and runs nothing',
    async (name) => {
      const cwd = app({ [name]: { path: 'stacks/ledger' } });
      const { exitCode, stdout, stderr } = await plan(cwd, '--out-dir', 'plans');
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toContain('is no name of a stack');
      expect(stderr).not.toContain('\u001b');
      expect(plans(cwd)).toEqual([]);
    },
  );

  it.each([
    { what: 'a directory outside', stacks: { ledger: { path: '../ledger' } }, says: 'lies outside' },
    { what: 'an unknown dependency', stacks: { ledger: { dependencies: ['diary'] } }, says: 'depends on "diary"' },
    {
      what: 'dependencies in a circle',
      stacks: { ledger: { dependencies: ['receipts'] }, receipts: { dependencies: ['ledger'] } },
      says: 'depends on a stack that depends on it',
    },
  ])('a manifest with $what', async ({ stacks, says }) => {
    const cwd = app(stacks);
    const run = await plan(cwd);
    expect(run).toMatchObject({ exitCode: 3, stdout: '', stderr: expect.stringContaining(says) });
    expect(plans(cwd)).toEqual([]);
  });
});

describe('the program to run', () => {
  // What the real Terraform does not do: say by what it was started and with what.
  function recorder(cwd: string, name: string): string {
    const path = join(cwd, name);
    writeFileSync(path, `#!/bin/sh\nenv | grep -c '^TF_LOG\\|^TREFOIL_SEAL' >>"$0.log"\nexit 1\n`);
    chmodSync(path, 0o755);
    return path;
  }

  it('is the first of what is given, TREFOIL_TERRAFORM and TERRAFORM_BINARY_NAME', async () => {
    const cwd = app();
    for (const name of ['given', 'ours', 'cdktf']) recorder(cwd, name);
    const used = (): readonly string[] =>
      ['given', 'ours', 'cdktf'].filter((name) => existsSync(join(cwd, `${name}.log`)));
    const variables = { TREFOIL_TERRAFORM: './ours', TERRAFORM_BINARY_NAME: './cdktf' };
    await trefoil(['plan'], { cwd, environment: { ...environment, TERRAFORM_BINARY_NAME: './cdktf' } });
    expect(used()).toEqual(['cdktf']);
    await trefoil(['plan'], { cwd, environment: { ...environment, ...variables } });
    expect(used()).toEqual(['ours', 'cdktf']);
    await trefoil(['plan', '--terraform', './given'], { cwd, environment: { ...environment, ...variables } });
    expect(used()).toEqual(['given', 'ours', 'cdktf']);
  });

  it('gets neither the key of seals nor an order to log secrets', async () => {
    const cwd = app();
    recorder(cwd, 'given');
    const secrets = { TF_LOG: 'trace', TF_LOG_PROVIDER: 'trace', TREFOIL_SEAL_KEY: 'key' };
    await trefoil(['plan', '--terraform', './given'], { cwd, environment: { ...environment, ...secrets } });
    expect(readFileSync(join(cwd, 'given.log'), 'utf8')).toBe('0\n');
  });
});
