import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CANARY, writeSealedProject } from '../support/sealed-project.ts';
import { SEAL_KEY, sha256 } from '../support/seals.ts';
import { type Run, trefoil } from './recording-io.ts';

const work = mkdtempSync(join(tmpdir(), 'bundle-'));
const ARGS = ['synth', 'more', '--key', 'seal.key'];

beforeAll(() => {
  writeSealedProject(work);
});

afterAll(() => {
  rmSync(work, { recursive: true });
});

async function evidence(args: readonly string[], environment: Record<string, string> = {}): Promise<Run> {
  const run = await trefoil(['evidence', ...args], { cwd: work, environment });
  for (const secret of [CANARY, SEAL_KEY.privatePem.split('\n')[1] ?? '']) {
    expect(run.stdout + run.stderr).not.toContain(secret);
  }
  return run;
}

function filesIn(directory: string): readonly string[] {
  const entries = readdirSync(join(work, directory), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(work, directory).length + 1))
    .toSorted();
}

function statementOf(directory: string) {
  const envelope: { readonly payload: string } = JSON.parse(
    readFileSync(join(work, directory, 'statement.json'), 'utf8'),
  );
  const statement: {
    readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
    readonly predicate: { readonly [name: string]: unknown };
  } = JSON.parse(Buffer.from(envelope.payload, 'base64').toString());
  return statement;
}

describe('trefoil evidence', () => {
  it('writes a directory with all that shows how the estate was judged', async () => {
    const run = await evidence([...ARGS, '-o', 'first']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toMatch(
      /^first: number 1 of its chain, 9 files, pass: everything was judged and nothing failed\nsha256 of statement\.json: [\da-f]{64}\n$/,
    );
    expect(filesIn('first')).toEqual([
      'README.txt',
      'certificates.json',
      'coverage.json',
      'policy/enclave.yaml',
      'report.html',
      'report.json',
      'report.txt',
      'self-test.json',
      'statement.json',
    ]);
    for (const name of filesIn('first')) expect(readFileSync(join(work, 'first', name), 'utf8')).not.toContain(CANARY);
  });

  it('signs the digest of every file, how it was called and what came out', () => {
    const { subject, predicate } = statementOf('first');
    expect(subject).toEqual(
      filesIn('first')
        .filter((name) => name !== 'statement.json')
        .map((name) => ({ name, digest: { sha256: sha256(readFileSync(join(work, 'first', name))) } })),
    );
    expect(predicate).toMatchObject({
      createdAt: '2026-03-01T23:59:59Z',
      sequence: 1,
      previous: null,
      run: { paths: ['synth', 'more'], policy: 'enclave.yaml', asOf: '2026-03-01', stage: 'change' },
      verdict: 'pass',
      complete: true,
      policy: { sha256: sha256(readFileSync(join(work, 'enclave.yaml'))) },
    });
    const stdout = sha256(readFileSync(join(work, 'first', 'statement.json')));
    expect(stdout).toMatch(/^[\da-f]{64}$/);
  });

  it('tells how every control judged what is known', () => {
    const {
      controls,
    }: { readonly controls: readonly { readonly control: string; readonly wrong: readonly string[] }[] } = JSON.parse(
      readFileSync(join(work, 'first', 'self-test.json'), 'utf8'),
    );
    const report: { readonly controls: readonly { readonly id: string; readonly status: string }[] } = JSON.parse(
      readFileSync(join(work, 'first', 'report.json'), 'utf8'),
    );
    const judged = report.controls.filter(({ status }) => status === 'implemented').map(({ id }) => id);
    expect(controls.map(({ control }) => control).toSorted()).toEqual(judged.toSorted());
    expect(controls.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  });

  it('writes the same bytes for the same run, and a tar of the same files', async () => {
    await evidence([...ARGS, '-o', 'again']);
    expect(filesIn('again')).toEqual(filesIn('first'));
    for (const name of filesIn('first')) {
      expect(readFileSync(join(work, 'again', name))).toEqual(readFileSync(join(work, 'first', name)));
    }
    await evidence([...ARGS, '-o', 'one.tar']);
    await evidence([...ARGS, '-o', 'two.tar']);
    expect(readFileSync(join(work, 'one.tar'))).toEqual(readFileSync(join(work, 'two.tar')));
  });

  it('takes the key from the environment, and follows the bundle before', async () => {
    const run = await evidence(['synth', 'more', '-o', 'second', '--previous', 'first'], {
      TREFOIL_SEAL_KEY: SEAL_KEY.privatePem,
    });
    expect(run.stdout).toContain('second: number 2 of its chain');
    const digest = sha256(readFileSync(join(work, 'first', 'statement.json')));
    expect(statementOf('second').predicate).toMatchObject({ sequence: 2, previous: digest });
  });

  it('writes evidence of a failure too, and ends as the check does', async () => {
    mkdirSync(join(work, 'open', 'receipts'), { recursive: true });
    const stack: { resource?: unknown } = JSON.parse(readFileSync(join(work, 'more/receipts/cdk.tf.json'), 'utf8'));
    stack.resource = { aws_s3_bucket: { receipts: { bucket: 'receipts' } } };
    writeFileSync(join(work, 'open/receipts/cdk.tf.json'), JSON.stringify(stack));
    const run = await evidence(['synth', 'open', '--key', 'seal.key', '-o', 'failed']);
    expect(run.exitCode).toBe(1);
    expect(statementOf('failed').predicate).toMatchObject({ verdict: 'fail', exitCode: 1 });
  });

  it.each([
    { what: 'a directory that is there', args: [...ARGS, '-o', 'first'], code: 'CLI-EXISTS', exitCode: 2 },
    { what: 'no key', args: ['synth', '-o', 'none'], code: 'SEAL-KEY', exitCode: 2 },
    { what: 'a place that is not there', args: [...ARGS, '-o', 'no/where/new'], code: 'OUT-WRITE', exitCode: 74 },
    { what: 'the same for a tar', args: [...ARGS, '-o', 'no/where.tar'], code: 'OUT-WRITE', exitCode: 74 },
    {
      what: 'an input as output',
      args: [...ARGS, '--policy', 'p.tar', '-o', 'p.tar'],
      code: 'OUT-INPUT',
      exitCode: 74,
    },
    {
      what: 'nothing before it',
      args: [...ARGS, '-o', 'n', '--previous', 'gone'],
      code: 'BUNDLE-MISSING',
      exitCode: 4,
    },
    {
      what: 'a stranger before it',
      args: [...ARGS, '-o', 'n', '--previous', 'synth'],
      code: 'BUNDLE-MISSING',
      exitCode: 4,
    },
  ])('refuses $what and leaves nothing behind', async ({ args, code, exitCode }) => {
    writeFileSync(join(work, 'p.tar'), readFileSync(join(work, 'enclave.yaml')));
    const before = readdirSync(work).toSorted();
    const run = await evidence(args);
    expect(run).toMatchObject({ exitCode, stdout: '' });
    expect(run.stderr).toContain(`error[${code}]`);
    expect(readdirSync(work).toSorted()).toEqual(before);
    expect(existsSync(join(work, 'none'))).toBe(false);
  });
});
