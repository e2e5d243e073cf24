import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSealedProject } from '../support/sealed-project.ts';
import { type Run, trefoil } from './recording-io.ts';

const root = mkdtempSync(join(tmpdir(), 'reproduce-'));
const work = join(root, 'project');
const environment = { PATH: process.env['PATH'], HOME: root };

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Ada Guardian', '-c', 'user.email=ada@example.org'];
  const options = { cwd: work, env: { ...environment, GIT_CONFIG_NOSYSTEM: '1' }, encoding: 'utf8' } as const;
  return execFileSync('git', [...identity, ...args], options).trim();
}

async function evidence(out: string, ...args: readonly string[]): Promise<Run> {
  return trefoil(['evidence', 'synth', 'more', '--key', 'seal.key', '-o', out, ...args], { cwd: work, environment });
}

async function reproduce(bundle: string): Promise<Run> {
  const args = ['verify', bundle, '--public-key', 'seal.pub', '--reproduce'];
  return trefoil(args, { cwd: work, environment });
}

beforeAll(async () => {
  execFileSync('mkdir', [work]);
  writeSealedProject(work);
  writeFileSync(join(work, 'CODEOWNERS'), '/enclave.yaml @law\n');
  git('init', '-q');
  git('add', 'enclave.yaml', 'CODEOWNERS');
  git('commit', '-q', '-m', 'first');
  await evidence('with', '--policy-history');
  await evidence('without');
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

describe('CHG-003, as "trefoil verify --reproduce" decides it', () => {
  it('passes a run that is signed, gives the same bytes, and is by a policy as it was committed', async () => {
    const run = await reproduce('with');
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain(
      `CHG-003 pass: signed, the same bytes again, and the policy is the one of commit ${git('rev-parse', 'HEAD')}\n`,
    );
  });

  it('has the commit and the owners in the report of the bundle', () => {
    expect(JSON.parse(readFileSync(join(work, 'with/report.json'), 'utf8'))).toMatchObject({
      policy: {
        history: {
          kind: 'known',
          state: 'committed',
          lastChange: { author: 'Ada Guardian' },
          owners: { path: 'CODEOWNERS', lines: [{ line: 1, text: '/enclave.yaml @law' }] },
        },
      },
    });
    expect(readFileSync(join(work, 'with/report.html'), 'utf8')).toContain('/enclave.yaml @law');
  });

  it('is unproven where nobody asked git', async () => {
    const run = await reproduce('without');
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain('CHG-003 unproven: written without --policy-history');
    expect(readFileSync(join(work, 'without/report.json'), 'utf8')).not.toContain('"history"');
  });

  it('is unproven where there is no git', async () => {
    const surroundings = { cwd: work, environment: { PATH: '/nowhere' } };
    const args = ['evidence', 'synth', 'more', '--key', 'seal.key', '-o', 'blind', '--policy-history'];
    await trefoil(args, surroundings);
    const run = await trefoil(['verify', 'blind', '--public-key', 'seal.pub', '--reproduce'], surroundings);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain(
      'CHG-003 unproven: the commit of the policy is not known: there is no git on the PATH',
    );
  });

  it('does not decide it without --reproduce', async () => {
    const run = await trefoil(['verify', 'with', '--public-key', 'seal.pub'], { cwd: work, environment });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).not.toContain('CHG-003');
  });

  it('fails a run by a policy that nobody committed', async () => {
    const before = readFileSync(join(work, 'enclave.yaml'));
    appendFileSync(join(work, 'enclave.yaml'), '\n');
    await evidence('edited', '--policy-history');
    const run = await reproduce('edited');
    writeFileSync(join(work, 'enclave.yaml'), before);
    expect(run).toMatchObject({ exitCode: 4, stdout: '' });
    expect(run.stderr).toMatch(
      /^error\[BUNDLE-UNCOMMITTED\] CHG-003 fails: the policy is not the one of commit [\da-f]{40}; /,
    );
  });

  it('fails where another commit is checked out, and says which was judged', async () => {
    const then = git('rev-parse', 'HEAD');
    git('commit', '-q', '--allow-empty', '-m', 'second');
    const run = await reproduce('with');
    const now = git('rev-parse', 'HEAD');
    git('reset', '-q', '--soft', then);
    expect(run).toMatchObject({ exitCode: 4, stdout: '' });
    expect(run.stderr).toContain(`committed at commit ${now}`);
    expect(run.stderr).toContain(`committed at commit ${then}`);
    expect(run.stderr).toMatch(/^error\[BUNDLE-INPUT\] git says of enclave\.yaml/);
  });

  it('fails where the owners are others', async () => {
    const path = join(work, 'CODEOWNERS');
    cpSync(path, join(root, 'kept'));
    writeFileSync(path, '* @anybody\n');
    const run = await reproduce('with');
    cpSync(join(root, 'kept'), path);
    expect(run.exitCode).toBe(4);
    expect(run.stderr).toContain('error[BUNDLE-INPUT]');
  });
});
