import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { catalogue, checks } from '../../checks/index.ts';
import { POLICY_TEMPLATE } from '../../policy/template.ts';
import { systemError, trefoil } from './recording-io.ts';

const work = mkdtempSync(join(tmpdir(), 'trefoil-main-'));

afterAll(() => {
  rmSync(work, { recursive: true });
});

const ONE_BUCKET = { resource: { aws_s3_bucket: { ledger: { bucket: 'ledger' } } } };

/** A directory with the policy of `trefoil init` and one stack. */
function project(name: string, stack: unknown = ONE_BUCKET): string {
  const cwd = join(work, name);
  mkdirSync(join(cwd, 'cdktf.out/stacks/ledger'), { recursive: true });
  writeFileSync(join(cwd, 'enclave.yaml'), POLICY_TEMPLATE);
  writeFileSync(join(cwd, 'cdktf.out/stacks/ledger/cdk.tf.json'), JSON.stringify(stack));
  return cwd;
}

describe('usage errors', () => {
  const cwd = project('usage');

  it.each([
    { argv: 'bogus', code: 'CLI-COMMAND', says: "unknown command 'bogus'" },
    { argv: '__proto__', code: 'CLI-COMMAND', says: "unknown command '__proto__'" },
    { argv: 'toString', code: 'CLI-COMMAND', says: "unknown command 'toString'" },
    { argv: 'check --bogus', code: 'CLI-FLAG', says: "unknown option '--bogus'" },
    { argv: '--bogus', code: 'CLI-FLAG', says: "unknown option '--bogus'" },
    { argv: 'check --quiet -q', code: 'CLI-TWICE', says: '--quiet is given twice' },
    { argv: '--debug list --debug', code: 'CLI-TWICE', says: '--debug is given twice' },
    { argv: 'check --policy a --policy b', code: 'CLI-TWICE', says: '--policy is given twice' },
    { argv: 'check --as-of 2026-01-01 --as-of 2026-01-01', code: 'CLI-TWICE', says: '--as-of is given twice' },
    { argv: 'check --format json --format text', code: 'CLI-TWICE', says: 'two formats go to standard output' },
    { argv: 'check --format json:a --format sarif:a', code: 'CLI-TWICE', says: 'two formats go to a' },
    { argv: 'check --policy', code: 'CLI-VALUE', says: "option '--policy <file>' argument missing" },
    { argv: 'check --stage prod', code: 'CLI-VALUE', says: 'there is no stage "prod"' },
    { argv: 'check --severity grave', code: 'CLI-VALUE', says: 'there is no severity "grave"' },
    { argv: 'check --severity __proto__', code: 'CLI-VALUE', says: 'there is no severity "__proto__"' },
    { argv: 'check --format xml', code: 'CLI-FORMAT', says: 'there is no format "xml"' },
    { argv: 'check --format __proto__', code: 'CLI-FORMAT', says: 'there is no format "__proto__"' },
    { argv: 'check --format toString', code: 'CLI-FORMAT', says: 'there is no format "toString"' },
    { argv: 'check --format constructor:a', code: 'CLI-FORMAT', says: 'there is no format "constructor"' },
    { argv: 'check --format json:', code: 'CLI-VALUE', says: '--format json: names no file' },
    { argv: 'list --format sarif', code: 'CLI-FORMAT', says: 'there is no format "sarif"' },
    { argv: 'check --as-of 2026-02-30', code: 'CLI-DATE', says: '"2026-02-30" is no date' },
    { argv: 'check --as-of tomorrow', code: 'CLI-DATE', says: '"tomorrow" is no date' },
    { argv: 'check --as-of 2026-1-1', code: 'CLI-DATE', says: '"2026-1-1" is no date' },
    { argv: 'check --control ENC-999', code: 'CLI-CONTROL', says: 'there is no control "ENC-999"' },
    { argv: 'check --control __proto__', code: 'CLI-CONTROL', says: 'there is no control "__proto__"' },
    { argv: 'check --control toString', code: 'CLI-CONTROL', says: 'there is no control "toString"' },
    { argv: 'check --site mars', code: 'CLI-SITE', says: 'there is no site "mars"' },
    { argv: 'check --site __proto__', code: 'CLI-SITE', says: 'there is no site "__proto__"' },
    { argv: 'explain ENC-999', code: 'CLI-CONTROL', says: 'there is no control "ENC-999"' },
    { argv: 'explain __proto__', code: 'CLI-CONTROL', says: 'there is no control "__proto__"' },
    { argv: 'explain', code: 'CLI-ARGUMENT', says: 'missing required argument' },
    { argv: 'completion', code: 'CLI-ARGUMENT', says: "missing required argument 'shell'" },
    { argv: 'completion toString', code: 'CLI-VALUE', says: 'there is no shell "toString"' },
    { argv: 'synth here', code: 'CLI-ARGUMENT', says: "too many arguments for 'synth'" },
    { argv: 'synth --context ledger', code: 'CLI-VALUE', says: '--context ledger has no key and value' },
    { argv: 'check --policy none.yaml', code: 'CLI-READ', says: 'none.yaml: there is no such file or directory' },
    { argv: 'check --policy .', code: 'CLI-READ', says: 'it is a directory, not a regular file' },
    { argv: 'check --policy /dev/zero', code: 'CLI-READ', says: 'it is a device, not a regular file' },
    { argv: 'check --exceptions none.yaml', code: 'CLI-READ', says: 'none.yaml: there is no such file or directory' },
    { argv: 'check --var-file none.json', code: 'CLI-READ', says: 'none.json: there is no such file or directory' },
    { argv: 'init', code: 'CLI-EXISTS', says: 'enclave.yaml exists' },
  ])('$argv', async ({ argv, code, says }) => {
    const { exitCode, stdout, stderr } = await trefoil(argv.split(' '), { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^error\\[${code}\\] .+\\. Fix: .+\\.\n$`));
    expect(stderr).toContain(says);
  });

  it('shows the help to a call without a command', async () => {
    const { exitCode, stdout, stderr } = await trefoil([]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: trefoil /);
  });

  it('cannot make a terminal act', async () => {
    const { stderr } = await trefoil(['check', '--format', '\u001B[2J::error::\n\u202E'], { cwd });
    expect(stderr).toContain(String.raw`there is no format "\u{1b}[2J"`);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  it('tells all errors of a policy, with their places', async () => {
    const path = join(cwd, 'wrong.yaml');
    writeFileSync(path, 'version: 1\nname: ledger\nnmae: ledger\n');
    const { exitCode, stderr } = await trefoil(['check', '--policy', 'wrong.yaml'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error\[PO-UNKNOWNKEY\] wrong\.yaml:3:1 /m);
    expect(stderr.split('\n').length).toBeGreaterThan(3);
  });
});

describe('answers', () => {
  it('the version', async () => {
    expect(await trefoil(['--version'])).toEqual({ exitCode: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it('the help, with the exit codes', async () => {
    const { exitCode, stdout, stderr } = await trefoil(['--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "Usage: trefoil [options] [command]

      Proves that infrastructure written in CDKTF keeps a European data enclave an enclave.

      Options:
        -V, --version                          print the version
        -q, --quiet                            print the summary only, and no progress
        --no-color                             write no colour, as NO_COLOR=1 does; FORCE_COLOR=1 forces
                                               it
        --debug                                print the stack of a crash
        -h, --help                             print help

      Commands:
        synth [options]                        run the program of cdktf.json and record its source lines
        check [options] [paths...]             judge an estate
        path [options] <from> <to> [paths...]  answer whether a connection works, and by which way
        graph [options] [paths...]             draw the network: sites, tiers, gateways and ways past them
        flows [options] [paths...]             tell where data rests and travels, by country
        coverage [options] [paths...]          tell what of an estate is looked at, and what is not
        list [options]                         list the controls
        explain [options] <id> [paths...]      explain a control or a finding
        except [options] <finding> [paths...]  draft an exception for a finding
        plan [options] [stacks...]             plan stacks with Terraform and judge the plans
        seal [options] <plans...>              judge binary plans and sign what came out
        gate [options] <plan>                  let a plan through when its seal allows it
        evidence [options] [paths...]          judge an estate and write signed evidence
        verify [options] <bundle>              verify a bundle of evidence
        sample [options] <bundle>              draw an auditor's sample of what was judged
        init [options]                         write a commented policy to start from
        completion <shell>                     print a completion script
        help [command]                         print the help of a command

      Exit codes:
        0   everything was evaluated and nothing failed
        1   a failure that no exception covers
        2   a mistake in the call, the policy or an exception
        3   incomplete: not all was looked at, or unproven at a severity that blocks
        4   the evidence does not verify, and the plan must not be applied
        70  trefoil crashed, and there is no verdict
        74  a report could not be written
      "
    `);
  });

  it('the help of a command, which says when it runs a program', async () => {
    const { exitCode, stdout } = await trefoil(['synth', '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Runs your program');
    expect(stdout).toContain('Exit codes:');
    expect((await trefoil(['help', 'check'])).stdout).toContain('runs nothing');
  });

  it('the list of controls', async () => {
    const { exitCode, stdout } = await trefoil(['list', '--format', 'json']);
    expect(exitCode).toBe(0);
    const listed = JSON.parse(stdout) as readonly { readonly id: string; readonly status: string }[];
    expect(listed.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id));
    expect(listed.filter(({ status }) => status === 'implemented').map(({ id }) => id)).toEqual(
      checks.map(({ id }) => id),
    );
    expect(listed[0]).toEqual({
      id: 'RES-001',
      family: 'residency',
      severity: 'critical',
      title: catalogue[0]?.title,
      status: expect.stringMatching(/^(?:implemented|planned)$/),
      resourceTypes: expect.any(Array),
    });
  });

  it('the list of controls as text', async () => {
    const { stdout } = await trefoil(['list']);
    for (const { id, title } of catalogue) expect(stdout).toMatch(new RegExp(`^  ${id} .*${escapeRegExp(title)}`, 'm'));
    expect(stdout).toMatch(/^  CHG-003 .*\(by command\)$/m);
    expect(stdout).toMatch(/^  SUP-001 .*\(planned\)$/m);
    expect(stdout).toContain(
      `${checks.length} implemented; in no verdict: 1 decided by a command, ${catalogue.length - checks.length - 1} planned\n`,
    );
  });

  it('what a control is for', async () => {
    const { exitCode, stdout } = await trefoil(['explain', 'ENC-001']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ENC-001 encryption, critical, /);
    expect(stdout).toContain('GDPR: Art. 32(1)(a)');
  });

  it('what a finding is about, judged again', async () => {
    const cwd = project('explained', { resource: { aws_no_such_type: { ledger: {} } } });
    const id = 'CHG-001:ledger:aws_no_such_type.ledger';
    const { exitCode, stdout } = await trefoil(['explain', id], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('aws_no_such_type.ledger in ledger');
    expect(stdout).toContain('cdktf.out/stacks/ledger/cdk.tf.json:1:');
    expect(stdout).toContain('maps   GDPR: ');
    expect(await trefoil(['explain', 'CHG-001:ledger:aws_s3_bucket.none'], { cwd })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('error[CLI-FINDING] this estate has no finding'),
    });
  });

  it('a control, with what complies and what fails in CDKTF', async () => {
    const { stdout } = await trefoil(['explain', 'ENC-005']);
    expect(stdout).toContain('fails  ... is not encrypted at rest: <argument> is <state>');
    expect(stdout).toContain("  new DbInstance(this, 'ledger-db-instance', {");
    expect(stdout).toMatch(/\nComplies, in CDKTF [^\n]*\n(?:.*\n)*\nFails, in CDKTF /);
    expect(await trefoil(['explain', 'ENC-055'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Fix: Did you mean ENC-005?'),
    });
  });

  it('a finding of a report, alike to the one that is judged again', async () => {
    const cwd = project('reported');
    const id = 'ENC-001:ledger:aws_s3_bucket.ledger';
    const asOf = ['--as-of', '2026-03-01'];
    await trefoil(['check', '--format', 'json:report.json', ...asOf], { cwd });
    const judged = await trefoil(['explain', id, ...asOf], { cwd });
    const written = await trefoil(['explain', id, '--report', 'report.json'], { cwd });
    expect(judged).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('aws_s3_bucket.ledger in ledger') });
    expect(written).toEqual(judged);
    expect(written.stdout).toMatch(/ {2}read {3}cdktf\.out\/stacks\/ledger\/cdk\.tf\.json, sha256\s+[0-9a-f]{64}\n/);
    expect(written.stdout).toMatch(
      / {2}policy replace with the name of the enclave, enclave\.yaml, sha256\s+[0-9a-f]{64}\n/,
    );

    expect(
      await trefoil(['explain', 'ENC-001:ledger:aws_s3_bucket.legder', '--report', 'report.json'], { cwd }),
    ).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `error[CLI-FINDING] report.json has no finding "ENC-001:ledger:aws_s3_bucket.legder". Fix: Did you mean ${id}? Otherwise of ENC-001 there is ${id}.\n`,
    });
    expect((await trefoil(['explain', 'NET-001:ledger:x', '--report', 'report.json'], { cwd })).stderr).toContain(
      'Fix: There is no finding of NET-001 here: take the id from a report of the same paths and policy.',
    );
    for (const [argv, says] of [
      [['explain', id, '--report', 'none.json'], 'error[CLI-READ] none.json'],
      [['explain', id, '--report', 'enclave.yaml'], 'error[CLI-REPORT] enclave.yaml is no JSON'],
      [['explain', 'ENC-001', '--report', 'report.json'], 'error[CLI-VALUE] ENC-001 is a control'],
    ] as const) {
      expect(await trefoil(argv, { cwd })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(says) });
    }
  });

  it('a policy to start from, which can be judged by', async () => {
    const cwd = join(work, 'init');
    mkdirSync(cwd);
    expect(await trefoil(['init'], { cwd })).toMatchObject({ exitCode: 0, stdout: '' });
    expect(readFileSync(join(cwd, 'enclave.yaml'), 'utf8')).toBe(POLICY_TEMPLATE);
    writeFileSync(join(cwd, 'enclave.yaml'), 'mine');
    expect((await trefoil(['init'], { cwd })).exitCode).toBe(2);
    expect(readFileSync(join(cwd, 'enclave.yaml'), 'utf8')).toBe('mine');
    expect((await trefoil(['init', '--force'], { cwd })).exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'enclave.yaml'), 'utf8')).toBe(POLICY_TEMPLATE);
  });
});

describe('check', () => {
  it('does not pass what is not there', async () => {
    const cwd = project('absent');
    const { exitCode, stdout } = await trefoil(['check', 'nowhere'], { cwd });
    expect(exitCode).toBe(3);
    expect(stdout).toContain('IN-NOTFOUND nowhere');
    expect(stdout).toContain('• nowhere: there is no such file or directory');
    expect(stdout).toContain('• the stack replace-with-stack-name is expected by the policy');
  });

  it('does not pass what it cannot read', async () => {
    const cwd = project('broken');
    writeFileSync(join(cwd, 'cdktf.out/stacks/ledger/cdk.tf.json'), '{"resource":');
    const { exitCode, stdout } = await trefoil(['check', '--format', 'json'], { cwd });
    expect(exitCode).not.toBe(0);
    const report = JSON.parse(stdout) as { readonly complete: boolean; readonly problems: readonly unknown[] };
    expect(report.complete).toBe(false);
    expect(report.problems).toHaveLength(1);
  });

  it('judges as of today in UTC unless told otherwise', async () => {
    const cwd = project('day');
    expect((await trefoil(['check'], { cwd })).stdout).toContain('judged as of 2026-03-01');
    expect((await trefoil(['check', '--as-of', '2024-02-29'], { cwd })).stdout).toContain('judged as of 2024-02-29');
  });

  it('gives the same bytes wherever and whoever runs it', async () => {
    const outputs = ['one', 'two'].map(async (name) => trefoil(['check', '--format', 'json'], { cwd: project(name) }));
    const [first, second] = await Promise.all(outputs);
    expect(first).toEqual(second);
    const environment = { LANG: 'tr_TR', TZ: 'Pacific/Kiritimati', COLUMNS: 'abc', NO_COLOR: '' };
    expect(await trefoil(['check', '--format', 'json'], { cwd: join(work, 'one'), environment })).toEqual(first);
  });

  it('writes colour and progress to a terminal only', async () => {
    const cwd = project('colour');
    const environment = { TERM: 'xterm' };
    const toPipe = await trefoil(['check'], { cwd, environment });
    expect(toPipe.stdout).not.toContain('\u001B');
    expect(toPipe.stderr).toBe('');
    const toTerminal = await trefoil(['check'], { cwd, environment, isTerminal: true });
    expect(toTerminal.stdout).toContain('\u001B[');
    expect(toTerminal.stderr).toContain('trefoil: judging');
    const plain = await trefoil(['check', '--no-color', '--quiet'], { cwd, environment, isTerminal: true });
    expect(plain.stdout).not.toContain('\u001B');
    expect(plain.stderr).toBe('');
  });

  it('writes several reports, and each as it writes it to standard output', async () => {
    const cwd = project('several');
    const argv = ['check', '--format', 'sarif:out.sarif', '--format', 'json', '--format', 'text:out.txt'];
    const { stdout } = await trefoil(argv, { cwd });
    expect(JSON.parse(stdout)).toHaveProperty('schemaVersion');
    expect(JSON.parse(readFileSync(join(cwd, 'out.sarif'), 'utf8'))).toHaveProperty('version', '2.1.0');
    expect((await trefoil(['check'], { cwd })).stdout).toBe(readFileSync(join(cwd, 'out.txt'), 'utf8'));
  });
});

describe('a report that cannot be written', () => {
  const cwd = project('unwritable');
  symlinkSync('enclave.yaml', join(cwd, 'link'));
  const inputs = ['enclave.yaml', 'cdktf.out/stacks/ledger/cdk.tf.json', './cdktf.out/../enclave.yaml'];

  it.each([
    { file: 'none/report.json', code: 'OUT-WRITE' },
    { file: 'link', code: 'OUT-SYMLINK' },
    { file: '/dev/full', code: 'OUT-NOTREGULAR' },
    { file: 'cdktf.out', code: 'OUT-NOTREGULAR' },
    ...inputs.map((file) => ({ file, code: 'OUT-INPUT' })),
  ])('to $file ends with 74, and the others are written', async ({ file, code }) => {
    const before = inputs.map((input) => readFileSync(join(cwd, input), 'utf8'));
    const { exitCode, stdout, stderr } = await trefoil(['check', '-f', `json:${file}`, '-f', 'text'], { cwd });
    expect(exitCode).toBe(74);
    expect(stderr).toContain(`error[${code}] ${file}`);
    expect(stdout).toContain('judged as of');
    expect(inputs.map((input) => readFileSync(join(cwd, input), 'utf8'))).toEqual(before);
  });

  it.each(['check', 'list', '--help', '--version', 'completion bash', 'explain ENC-001'])(
    'to standard output ends with 74: %s',
    async (argv) => {
      const { exitCode, stderr } = await trefoil(argv.split(' '), { cwd, stdoutError: systemError('ENOSPC') });
      expect(exitCode).toBe(74);
      expect(stderr).toContain('error[OUT-STDOUT] standard output was not written: no space is left on the device.');
    },
  );
});

describe('a crash', () => {
  it('is 70, and shows its stack only to those who ask', async () => {
    const stdoutError = systemError('ENOSPC');
    const cwd = project('crash');
    const now = { cwd, environment: new Proxy({}, { get: crash }), stdoutError };
    const { exitCode, stderr } = await trefoil(['check'], now);
    expect(exitCode).toBe(70);
    expect(stderr).toBe(
      'error[CLI-CRASH] trefoil crashed, and there is no verdict: the ledger burnt. Fix: Report it with the output of --debug.\n',
    );
    expect((await trefoil(['check', '--debug'], now)).stderr).toMatch(/\n    at .*crash /);
  });
});

function crash(): never {
  throw new Error('the ledger burnt');
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
