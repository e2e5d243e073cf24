import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { EXAMPLE_POLICY, EXAMPLE_STACK_BASE } from '../../checks/example-policy.ts';
import { buildProgram } from '../../cli/program.ts';
import { POLICY_TEMPLATE } from '../../policy/template.ts';
import { writeSealedProject } from '../support/sealed-project.ts';
import { read, ROOT } from './source-files.ts';

const SCRIPTS = readdirSync(join(ROOT, 'ci')).filter((name) => name.endsWith('.sh'));
const TEMPLATES = readdirSync(join(ROOT, 'ci')).filter((name) => /\.ya?ml$/.test(name));
const KIT = [
  'action.yml',
  '.pre-commit-hooks.yaml',
  '.github/workflows/judge.yml',
  ...[...SCRIPTS, ...TEMPLATES].map((name) => `ci/${name}`),
];

const work = mkdtempSync(join(tmpdir(), 'trefoil ci '));
const trefoil = join(work, 'node_modules/.bin/trefoil');

beforeAll(() => {
  const built = join(work, 'package/dist');
  execFileSync(process.execPath, ['scripts/build.mjs', '--no-types', '--outdir', built], { cwd: ROOT });
  writeFileSync(join(work, 'package/package.json'), '{"type":"module"}');
  mkdirSync(join(work, 'node_modules/.bin'), { recursive: true });
  writeFileSync(trefoil, `#!/bin/sh\nexec '${process.execPath}' '${join(built, 'cli/bin.js')}' "$@"\n`);
  chmodSync(trefoil, 0o755);
});

afterAll(() => {
  rmSync(work, { recursive: true });
});

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: { readonly [name: string]: string };
}

interface Action {
  readonly inputs: { readonly [name: string]: { readonly description: string; readonly default: string } };
  readonly outputs: { readonly [name: string]: unknown };
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action = parse(read('action.yml')) as Action;

describe('the kit', () => {
  it.each(SCRIPTS)('ci/%s is a script that bash accepts, and stops at an error', (name) => {
    expect(spawnSync('bash', ['-n', join(ROOT, 'ci', name)]).status).toBe(0);
    expect(read(`ci/${name}`)).toMatch(/^#!\/usr\/bin\/env bash\n(?:#.*\n)*set -euo pipefail\n/);
    expect(statSync(join(ROOT, 'ci', name)).mode & 0o111).not.toBe(0);
  });

  it.each(KIT.filter((file) => /\.ya?ml$/.test(file)))('%s is YAML without errors and warnings', (file) => {
    const documents = [parseAllDocuments(read(file))].flat();
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
  });

  it('docs/ci.md shows workflows as safe as ours', () => {
    const blocks = Array.from(
      read('docs/ci.md').matchAll(/^```yaml\n(?<code>[\s\S]*?)^```/gm),
      ({ groups }) => groups?.['code'] ?? '',
    );
    expect(blocks).toHaveLength(2);
    for (const block of blocks) {
      const workflow = parse(block) as {
        readonly permissions: unknown;
        readonly jobs: { readonly [job: string]: { readonly permissions: unknown; readonly steps?: readonly Step[] } };
      };
      expect(workflow.permissions).toEqual({});
      const jobs = Object.values(workflow.jobs);
      for (const { permissions } of jobs) expect(permissions).toEqual({ contents: 'read' });
      for (const { run } of jobs.flatMap(({ steps = [] }) => steps)) expect(run ?? '').not.toContain('${{');
      const uses = Array.from(block.matchAll(/uses: (.*)$/gm), ([, used]) => used ?? '');
      for (const used of uses) expect(used).toMatch(/@(?:[0-9a-f]{40} # v\d+\.\d+\.\d+|FULL_SHA)$/);
    }
  });

  it('ci/gitlab.yml limits every job, and pastes no input into a script', () => {
    const [, jobs] = parseAllDocuments(read('ci/gitlab.yml')).map((document) => document.toJS() as object);
    const entries = Object.entries(jobs ?? {}).filter(([name]) => !name.startsWith('.'));
    expect(entries.map(([name]) => name)).toEqual(['trefoil-synth', 'trefoil-judge']);
    for (const [, { timeout, script }] of entries as [string, { timeout?: string; script: readonly string[] }][]) {
      expect(timeout).toMatch(/^\d+ minutes$/);
      expect(script.join('\n')).not.toContain('$[[');
      expect(spawnSync('bash', ['-n'], { input: script.join('\n') }).status).toBe(0);
    }
  });

  it('the scripts of judge.yml are accepted by bash', () => {
    const workflow = parse(read('.github/workflows/judge.yml')) as {
      readonly jobs: { readonly [job: string]: { readonly steps: readonly Step[] } };
    };
    const scripts = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    expect(scripts).toHaveLength(3);
    for (const script of scripts) expect(spawnSync('bash', ['-n'], { input: script }).status).toBe(0);
  });

  it.each(KIT)('%s swallows no exit code', (file) => {
    expect(read(file)).not.toMatch(/\|\|\s*(?:true|:)(?:\s|$)|continue-on-error|allow_failure/m);
  });
});

describe('action.yml', () => {
  it('is composite, and pastes no expression into its script', () => {
    expect(action.runs.using).toBe('composite');
    for (const { run = '', shell } of action.runs.steps) {
      expect(run).not.toContain('${{');
      expect(shell).toBe('bash');
    }
  });

  it('gives every input to the script, which reads no other variable of its own', () => {
    const env = action.runs.steps[0]?.env ?? {};
    expect(Object.values(env)).toEqual(Object.keys(action.inputs).map((name) => `\${{ inputs.${name} }}`));
    const used = new Set(Array.from(read('ci/check.sh').matchAll(/\bCHECK_[A-Z_]+/g), ([name]) => name));
    expect([...used].toSorted()).toEqual(Object.keys(env).toSorted());
  });

  it('uses nothing that would have to be downloaded', () => {
    expect(action.runs.steps.flatMap(({ uses }) => uses ?? [])).toEqual([]);
    expect(read('ci/check.sh')).not.toMatch(/\b(?:curl|wget|npm|npx|git (?:fetch|clone))\b/);
  });
});

describe('the script of the action', () => {
  let count = 0;

  /** A repository whose first commit has a policy, and whose working tree another. */
  function repository(): string {
    count += 1;
    const cwd = join(work, `repository ${count}`);
    mkdirSync(join(cwd, 'cdktf.out/stacks/ledger'), { recursive: true });
    writeFileSync(join(cwd, 'cdktf.out/stacks/ledger/cdk.tf.json'), JSON.stringify({ resource: {} }));
    writeFileSync(join(cwd, 'enclave.yaml'), POLICY_TEMPLATE);
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd, stdio: 'pipe' });
    git('init', '--quiet', '--initial-branch', 'main');
    git('add', 'enclave.yaml');
    git('commit', '--quiet', '--no-gpg-sign', '-m', 'policy');
    git('branch', '$(touch${IFS}hostile)');
    return cwd;
  }

  interface Ran {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
    readonly output: string;
    readonly summary: string;
  }

  function run(cwd: string, inputs: Readonly<Record<string, string>> = {}): Ran {
    const given = Object.entries(action.inputs).map(([name, input]) => [
      `CHECK_${name === 'trefoil' ? 'COMMAND' : name.replaceAll('-', '_').toUpperCase()}`,
      inputs[name] ?? (name === 'trefoil' ? trefoil : input.default),
    ]);
    const files = { GITHUB_OUTPUT: join(cwd, '.output'), GITHUB_STEP_SUMMARY: join(cwd, '.summary') };
    for (const file of Object.values(files)) writeFileSync(file, '');
    const env = { PATH: process.env['PATH'], ...files, ...Object.fromEntries(given) };
    const { status, stdout, stderr } = spawnSync('bash', [join(ROOT, 'ci/check.sh')], { cwd, env, encoding: 'utf8' });
    const [output, summary] = Object.values(files).map((file) => readFileSync(file, 'utf8'));
    return { status, stdout, stderr, output: output ?? '', summary: summary ?? '' };
  }

  it('judges, reports and ends with the exit code', () => {
    const cwd = repository();
    const { status, stdout, stderr, output, summary } = run(cwd, { formats: 'json:report.json\n' });
    expect(stderr).toBe('');
    const direct = spawnSync(trefoil, ['check'], { cwd, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: direct.status, stdout: direct.stdout });
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).toMatchObject({ tool: { name: 'trefoil' } });
    expect(output).toBe(`exit-code=${status ?? ''}\nsarif=trefoil.sarif\n`);
    expect(JSON.parse(readFileSync(join(cwd, 'trefoil.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    const lines = summary.trimEnd().split('\n').slice(2);
    expect(lines.filter((line) => !line.startsWith('    '))).toEqual([]);
    expect(lines.map((line) => line.slice(4)).join('\n')).toBe(stdout.trimEnd());
  });

  it('takes policy and exceptions from the commit, whatever lies on disk', () => {
    const cwd = repository();
    writeFileSync(join(cwd, 'enclave.yaml'), 'a policy of the change');
    expect(run(cwd).status).toBe(2);
    const { status, stdout } = run(cwd, { 'policy-commit': 'HEAD' });
    expect([1, 3]).toContain(status);
    expect(stdout).not.toBe('');
    for (const inputs of [{ exceptions: 'mine.yaml' }, { policy: 'mine.yaml' }]) {
      writeFileSync(join(cwd, 'mine.yaml'), POLICY_TEMPLATE);
      const refused = run(cwd, { 'policy-commit': 'main', ...inputs });
      expect(refused).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('is not in commit') });
    }
  });

  it.each<Readonly<Record<string, string>>>([
    { 'policy-commit': '$(touch${IFS}hostile)', paths: '$(touch hostile)' },
    { 'policy-commit': '--output=hostile' },
    { 'policy-commit': 'HEAD; touch hostile' },
    { policy: '`touch hostile`' },
    { exceptions: '; touch hostile\n$(touch hostile)' },
    { paths: '--policy=/dev/null\n-x' },
    { paths: '"; touch hostile; "' },
    { paths: '' },
    { stage: 'apply --block all' },
    { base: '$(touch hostile)' },
    { block: 'changes' },
    { sarif: 'a\nexit-code=0' },
    { formats: 'text:$(touch hostile)/x' },
    { version: '0.0.0' },
    { directory: '$(touch hostile)' },
    { trefoil: 'touch hostile' },
  ])('runs nothing of its inputs, and passes with none: %o', (inputs) => {
    const cwd = repository();
    const { status, output } = run(cwd, inputs);
    expect(status).not.toBe(0);
    expect(output).not.toContain('exit-code=0');
    expect(existsSync(join(cwd, 'hostile'))).toBe(false);
  });

  it('accepts the version that is expected', () => {
    const { version } = JSON.parse(read('package.json')) as { readonly version: string };
    expect([1, 3]).toContain(run(repository(), { version }).status);
  });
});

const hasTerraform = spawnSync('terraform', ['version']).status === 0;
if (!hasTerraform) process.stderr.write('!!! NO TERRAFORM: the test of ci/apply.sh is skipped.\n');

it.skipIf(!hasTerraform)('ci/apply.sh applies nothing that the gate does not let through', () => {
  const cwd = join(work, 'apply');
  mkdirSync(join(cwd, '$(touch hostile)/ledger'), { recursive: true });
  const entry = { resource: { terraform_data: { entry: { input: 'entry' } } } };
  writeFileSync(join(cwd, '$(touch hostile)/ledger/main.tf.json'), JSON.stringify(entry));
  writeFileSync(join(cwd, 'enclave.yaml'), POLICY_TEMPLATE);
  const key = generateKeyPairSync('ed25519');
  writeFileSync(join(cwd, 'seal.pub'), key.publicKey.export({ format: 'pem', type: 'spki' }));
  const env = {
    PATH: `${join(work, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
    HOME: cwd,
    TF_CLI_CONFIG_FILE: '/dev/null',
    CHECKPOINT_DISABLE: '1',
    TREFOIL_SEAL_KEY: key.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
  const args = [join(ROOT, 'ci/apply.sh'), '$(touch hostile)/ledger', 'enclave.yaml', 'seal.pub'];
  const { status, stderr } = spawnSync('bash', args, { cwd, env, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 4, stderr: expect.stringContaining('error[GATE-') });
  expect(readdirSync(join(cwd, args[1] ?? '')).toSorted()).toEqual(
    expect.arrayContaining(['main.tf.json', 'plan.tfplan', 'seal.json']),
  );
  expect(existsSync(join(cwd, args[1] ?? '', 'terraform.tfstate'))).toBe(false);
  expect(existsSync(join(cwd, 'hostile'))).toBe(false);
});

describe.skipIf(!hasTerraform)('what the gate lets through,', () => {
  /** A project that complies, in which nothing is planned yet, and what its jobs have in their environment. */
  function project(name: string) {
    const cwd = join(work, name);
    mkdirSync(cwd);
    writeSealedProject(cwd);
    const env = {
      PATH: `${join(work, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      HOME: cwd,
      TF_CLI_CONFIG_FILE: '/dev/null',
      CHECKPOINT_DISABLE: '1',
      TREFOIL_SEAL_KEY: readFileSync(join(cwd, 'seal.key'), 'utf8'),
    };
    return { cwd, env };
  }

  const isApplied = (directory: string): boolean => existsSync(join(directory, 'terraform.tfstate'));

  it('ci/apply.sh applies, and leaves files that its owner alone reads', () => {
    const { cwd, env } = project('apply allowed');
    const args = [join(ROOT, 'ci/apply.sh'), 'ledger', 'enclave.yaml', 'seal.pub', 'synth'];
    const { status, stdout } = spawnSync('bash', args, { cwd, env, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('Apply complete!') });
    for (const file of ['plan.tfplan', 'seal.json', 'terraform.tfstate']) {
      expect(statSync(join(cwd, 'ledger', file)).mode & 0o077).toBe(0);
    }
    // Without the stacks the run is incomplete, and the seal says so.
    rmSync(join(cwd, 'ledger/terraform.tfstate'));
    const refused = spawnSync('bash', args.slice(0, -1), { cwd, env, encoding: 'utf8' });
    expect(refused).toMatchObject({ status: 4, stderr: expect.stringContaining('error[GATE-') });
    expect(isApplied(join(cwd, 'ledger'))).toBe(false);
  });

  it('the steps of ci/atlantis.yaml seal and let through, and stop where a step fails', () => {
    const { cwd, env } = project('atlantis');
    const atlantis = parse(read('ci/atlantis.yaml')) as {
      readonly workflows: {
        readonly trefoil: Readonly<
          Record<'plan' | 'apply', { readonly steps: readonly (string | { readonly run: string })[] }>
        >;
      };
    };
    const directory = join(cwd, 'ledger');
    const plan = join(directory, 'ledger-default.tfplan');
    const step = (stage: 'plan' | 'apply') => {
      for (const one of atlantis.workflows.trefoil[stage].steps) {
        const script =
          typeof one === 'string'
            ? { init: 'terraform init', plan: 'terraform plan -out "$PLANFILE"', apply: 'terraform apply "$PLANFILE"' }[
                one
              ]
            : one.run.replaceAll('/etc/trefoil', '..').replace('--stack ', '--stacks ../synth --stack ');
        const variables = { ...env, PLANFILE: plan, DIR: directory };
        const { status } = spawnSync('sh', ['-c', script ?? 'exit 99'], { cwd: directory, env: variables });
        if (status !== 0) return { status, script };
      }
      return { status: 0 };
    };
    expect(step('plan')).toEqual({ status: 0 });
    expect(isApplied(directory)).toBe(false);
    writeFileSync(`${plan}.kept`, readFileSync(plan));
    writeFileSync(plan, 'another plan');
    expect(step('apply')).toMatchObject({ status: 4 });
    writeFileSync(plan, readFileSync(`${plan}.kept`));
    expect(step('apply')).toEqual({ status: 0 });
    expect(isApplied(directory)).toBe(true);
  });

  it('the commands of docs/ci.md plan, seal and apply as they stand', () => {
    const { cwd, env } = project('documented');
    renameSync(join(cwd, 'synth'), join(cwd, 'cdktf.out'));
    const documented = Array.from(
      read('docs/ci.md').matchAll(/^```sh\n(?<code>[\s\S]*?)^```/gm),
      ({ groups }) => groups?.['code'] ?? '',
    );
    const script = documented
      .filter((code) => /trefoil (?:plan|seal)/.test(code))
      .join('')
      // The stack has a backend that needs the network; what is planned here has none.
      .replace('trefoil plan', 'trefoil plan --dir ledger')
      .replace('=cdktf.out/stacks/dublin-data', '=ledger');
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd, env, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'trefoil: planned ledger (1 of 1)\n' });
    expect(stdout).toContain('Apply complete!');
    expect(isApplied(join(cwd, 'ledger'))).toBe(true);
  });
});

describe('the judging job on what a stranger made,', () => {
  let count = 0;

  function judged(prepare: (stacks: string) => void) {
    count += 1;
    const cwd = join(work, `judge ${count}`);
    const temporary = join(cwd, 'runner temp');
    const stacks = join(temporary, 'stacks');
    mkdirSync(join(stacks, 'stacks/west'), { recursive: true });
    writeFileSync(join(cwd, 'enclave.yaml'), JSON.stringify(EXAMPLE_POLICY));
    writeFileSync(join(stacks, 'stacks/west/cdk.tf.json'), JSON.stringify(EXAMPLE_STACK_BASE['west']));
    writeFileSync(join(cwd, 'secret.tf.json'), '{"locals":{"canary":"canary-58c1"}}');
    prepare(stacks);
    const workflow = parse(read('.github/workflows/judge.yml')) as {
      readonly jobs: { readonly judge: { readonly steps: readonly (Step & { readonly id?: string })[] } };
    };
    const script = workflow.jobs.judge.steps.find(({ id }) => id === 'check')?.run ?? '';
    const files = { GITHUB_OUTPUT: join(cwd, '.output'), GITHUB_STEP_SUMMARY: join(cwd, '.summary') };
    const env = {
      PATH: `${join(work, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      HOME: cwd,
      RUNNER_TEMP: temporary,
      POLICY: 'enclave.yaml',
      EXCEPTIONS: '',
      ...files,
    };
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', script], { cwd, env, encoding: 'utf8' });
    const [output, summary] = Object.values(files).map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : ''));
    return { status, said: `${stdout}${stderr}${summary ?? ''}`, output };
  }

  it.each<[what: string, prepare: (stacks: string) => void]>([
    [
      'a policy and exceptions',
      (at) => {
        writeFileSync(join(at, 'enclave.yaml'), POLICY_TEMPLATE);
        writeFileSync(
          join(at, 'stacks/west/open.tf.json'),
          JSON.stringify({ resource: { aws_ebs_volume: { a: {} } } }),
        );
      },
    ],
    [
      'a link out',
      (at) => {
        symlinkSync(join(at, '../../secret.tf.json'), join(at, 'stacks/west/more.tf.json'));
      },
    ],
    [
      'a directory that is a link out',
      (at) => {
        symlinkSync(join(at, '../..'), join(at, 'stacks/east'));
      },
    ],
    [
      'a manifest that leads out',
      (at) => {
        const west = { name: 'west', synthesizedStackPath: '../../secret.tf.json', workingDirectory: '../..' };
        writeFileSync(join(at, 'manifest.json'), JSON.stringify({ version: '0.21.0', stacks: { west } }));
      },
    ],
    [
      'deep JSON',
      (at) => {
        writeFileSync(join(at, 'stacks/west/deep.tf.json'), '['.repeat(1_000_000));
      },
    ],
    [
      'names that are commands',
      (at) => {
        for (const name of ['::error::mine', '--policy=mine', '$(touch hostile)', 'a\nverdict=0', '\u001b[2J']) {
          mkdirSync(join(at, 'stacks', name));
          writeFileSync(
            join(at, 'stacks', name, 'cdk.tf.json'),
            JSON.stringify({ resource: { [name]: { [name]: {} } } }),
          );
        }
      },
    ],
    [
      'nothing',
      (at) => {
        rmSync(at, { recursive: true });
      },
    ],
  ])('%s, does not pass and tells nothing of the machine', (_, prepare) => {
    const { status, said, output } = judged(prepare);
    expect([1, 2, 3]).toContain(status);
    expect(output).toBe(`verdict=${status ?? ''}\n`);
    expect(said).not.toContain('canary-58c1');
    expect(said).not.toMatch(/^\s*::|\u001b/m);
  });
});

describe('every command and option that is shown exists:', () => {
  const program = buildProgram(
    {
      stdout: { isTerminal: false, columns: null, write: async () => {} },
      stderr: { isTerminal: false, columns: null, write: async () => {} },
      cwd: '/',
      environment: {},
      now: () => new Date('2026-03-01T00:00:00Z'),
      preload: '',
    },
    () => {},
  );

  interface Shown {
    readonly command: string;
    readonly options: readonly string[];
  }

  /** Calls of trefoil, with what continues them on the next lines. */
  function callsIn(text: string): readonly Shown[] {
    const joined = text.replaceAll(/\\\n\s*/g, ' ').replaceAll(/\n\s+(?=--)/g, ' ');
    return Array.from(
      joined.matchAll(/(?<![\w/.-])trefoil (?<command>[a-z]+)\b(?<rest>[^\n`|;&]*)/g),
      ({ groups }) => ({
        command: groups?.['command'] ?? '',
        options: Array.from(
          (groups?.['rest'] ?? '').replace(/ -- .*/, '').matchAll(/--[a-z][a-z-]*/g),
          ([option]) => option,
        ),
      }),
    );
  }

  function unknownOf({ command, options }: Shown): readonly string[] {
    const found = program.commands.find((known) => known.name() === command);
    if (found === undefined) return [`trefoil ${command}`];
    const known = [found, program].flatMap((owner: Command) => owner.options.map(({ long }) => long));
    return options.filter((option) => !known.includes(option)).map((option) => `trefoil ${command} ${option}`);
  }

  it.each([
    ['ci/gitlab.yml', 2],
    ['ci/atlantis.yaml', 2],
    ['ci/apply.sh', 2],
    ['.pre-commit-hooks.yaml', 2],
    ['.github/workflows/judge.yml', 2],
    ['docs/ci.md', 8],
  ] as const)('in %s', (file, least) => {
    // Prose that says what trefoil does is not a call of it.
    const text = file.endsWith('.md')
      ? Array.from(
          read(file).matchAll(/^ *```sh\n(?<code>[\s\S]*?)^ *```|`(?<inline>[^`\n]+)`/gm),
          ({ groups }) => groups?.['code'] ?? groups?.['inline'] ?? '',
        ).join('\n')
      : read(file).replaceAll(/^\s*(?:-\s+)?(?:#|name:|description:).*$/gm, '');
    const calls = callsIn(text);
    expect(calls.length).toBeGreaterThanOrEqual(least);
    expect(calls.flatMap(unknownOf)).toEqual([]);
  });

  it('in the arguments that the scripts gather', () => {
    const gathered = ['ci/check.sh', '.github/workflows/judge.yml'].flatMap((file) =>
      Array.from(read(file).matchAll(/^.*args\+?=\(.*$/gm), ([line]) => line),
    );
    expect(gathered.length).toBeGreaterThan(5);
    const options = gathered.flatMap((line) => Array.from(line.matchAll(/--[a-z][a-z-]*/g), ([option]) => option));
    expect(unknownOf({ command: 'check', options })).toEqual([]);
  });
});
