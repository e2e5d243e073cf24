import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POLICY_TEMPLATE } from '../../policy/template.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'trefoil-bin-'));
const bin = join(work, 'package/dist/cli/bin.js');
const cwd = join(work, 'estate');

beforeAll(() => {
  execFileSync(process.execPath, ['scripts/build.mjs', '--no-types', '--outdir', join(work, 'package/dist')], {
    cwd: ROOT,
  });
  writeFileSync(join(work, 'package/package.json'), '{"type":"module"}');
  mkdirSync(join(cwd, 'cdktf.out/stacks/ledger'), { recursive: true });
  writeFileSync(join(cwd, 'enclave.yaml'), POLICY_TEMPLATE);
  // More findings than a pipe buffers.
  const buckets = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`ledger-${index}`, {}]));
  const stack = { resource: { aws_s3_bucket: buckets, aws_no_such_type: buckets } };
  writeFileSync(join(cwd, 'cdktf.out/stacks/ledger/cdk.tf.json'), JSON.stringify(stack));
});

afterAll(() => {
  rmSync(work, { recursive: true });
});

function run(
  command: string,
  environment: NodeJS.ProcessEnv = process.env,
): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', command], {
    cwd,
    env: { ...environment, TREFOIL: `${process.execPath} ${bin}` },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

describe('the program', () => {
  it('ends with the exit code of the report', () => {
    expect(run('$TREFOIL check --format json').status).not.toBe(0);
    expect(run('$TREFOIL --version')).toMatchObject({ status: 0, stderr: '' });
    expect(run('$TREFOIL check --bogus').status).toBe(2);
  });

  it('ends quietly with the real verdict when its reader stops reading', () => {
    const whole = run('$TREFOIL check --format json');
    const cut = run('$TREFOIL check --format json | head -c 10; exit "${PIPESTATUS[0]}"');
    expect(cut).toEqual({ status: whole.status, stdout: whole.stdout.slice(0, 10), stderr: '' });
  });

  it('writes all of a long report to a slow reader', () => {
    const whole = run('$TREFOIL check --format json');
    expect(whole.stdout.length).toBeGreaterThan(200_000);
    const slow = run('$TREFOIL check --format json | (sleep 1; cat)');
    expect(slow.stdout).toBe(whole.stdout);
  });

  it('ends with 74 when standard output is full', () => {
    expect(run('$TREFOIL check > /dev/full')).toMatchObject({
      status: 74,
      stderr: expect.stringContaining('error[OUT-STDOUT]'),
    });
    expect(run('$TREFOIL check >&-').status).not.toBe(0);
  });

  it('ends with its verdict when standard error is closed or full', () => {
    const { status } = run('$TREFOIL check');
    expect(run('$TREFOIL check 2>&-').status).toBe(status);
    expect(run('$TREFOIL check --bogus 2>/dev/full').status).not.toBe(0);
  });

  it('keeps the old report when the new one does not fit', () => {
    writeFileSync(join(cwd, 'report.json'), 'old');
    const { status, stderr } = run('ulimit -f 8; $TREFOIL check --format json:report.json');
    expect({ status, stderr }).toEqual({ status: 74, stderr: expect.stringContaining('error[OUT-WRITE] report.json') });
    expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toBe('old');
    expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('leaves no temporary file when it is ended', async () => {
    const ends = Array.from({ length: 6 }, async (_, index) => {
      const child = spawn(process.execPath, [bin, 'check', '--format', `json:ended-${index}.json`], { cwd });
      setTimeout(() => child.kill('SIGTERM'), 250 + 100 * index);
      return new Promise<{ code: number | null; signal: string | null }>((resolve) => {
        child.on('exit', (code, signal) => {
          resolve({ code, signal });
        });
      });
    });
    for (const { code, signal } of await Promise.all(ends)) expect(signal ?? code).toBeOneOf(['SIGTERM', 1, 3]);
    expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    for (const name of readdirSync(cwd).filter((file) => file.startsWith('ended-'))) {
      expect(() => JSON.parse(readFileSync(join(cwd, name), 'utf8')) as unknown).not.toThrow();
    }
  });

  it('needs no home, no locale and no terminal', () => {
    const bare = run('$TREFOIL check --format json', { PATH: process.env['PATH'] });
    expect(bare).toEqual(
      run('$TREFOIL check --format json', { ...process.env, LANG: 'tr_TR', TZ: 'xx', COLUMNS: 'abc' }),
    );
  });

  it('runs nothing and reads only what it was given', () => {
    const flags = `--experimental-permission --allow-fs-read=${cwd}/* --allow-fs-read=${work}/* --allow-fs-read=${ROOT}*`;
    const allowed = run(`${process.execPath} ${flags} ${bin} check --format json`);
    expect({ ...allowed, stderr: '' }).toEqual({ ...run('$TREFOIL check --format json'), stderr: '' });
  });

  it('is executable', () => {
    expect(run(`${bin} --version`)).toMatchObject({ status: 0 });
    expect(existsSync(join(work, 'package/dist/cli/preload.cjs'))).toBe(true);
    expect(readFileSync(join(work, 'package/dist/third-party-licences.txt'), 'utf8')).toContain('commander 14');
  });
});

describe('cold start', () => {
  it('loads one file for the program and a few that it shares, and no package', () => {
    const { stderr } = run('NODE_DEBUG=esm $TREFOIL --version');
    expect(stderr).toContain('dist/cli/bin.js');
    expect(stderr).not.toContain('node_modules');
  });
});
