import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOT } from './source-files.ts';

const directory = mkdtempSync(join(tmpdir(), 'trefoil-summary-'));
afterAll(() => rmSync(directory, { recursive: true }));

const PASSED_FILE = { status: 'passed', assertionResults: [{ status: 'passed' }] };
const FAILED_FILE = { status: 'failed', assertionResults: [{ status: 'failed' }] };
const BROKEN_FILE = { status: 'failed', assertionResults: [] };

it.each([
  { what: 'a clean run', run: results(7, 0, [PASSED_FILE]), steps: '0', line: '7 passed, 0 failed', code: 0 },
  {
    what: 'a failed test, which fails its step too',
    run: results(6, 1, [FAILED_FILE]),
    steps: '1',
    line: '6 passed, 1 failed',
    code: 1,
  },
  {
    what: 'a failed test and another failed step',
    run: results(6, 1, [FAILED_FILE]),
    steps: '2',
    line: '6 passed, 2 failed',
    code: 1,
  },
  { what: 'a failed step', run: results(7, 0, [PASSED_FILE]), steps: '1', line: '7 passed, 1 failed', code: 1 },
  {
    what: 'a test file that does not load',
    run: results(7, 0, [BROKEN_FILE]),
    steps: '1',
    line: '7 passed, 1 failed',
    code: 1,
  },
  { what: 'no tests', run: results(0, 0, []), steps: '0', line: '0 passed, 1 failed', code: 1 },
  { what: 'a summary that is cut off', run: '{"numPassedTests":7,', steps: '0', line: '0 passed, 1 failed', code: 1 },
  { what: 'a summary without counts', run: '{"testResults":[]}', steps: '0', line: '0 passed, 1 failed', code: 1 },
  {
    what: 'a step count that is none',
    run: results(7, 0, [PASSED_FILE]),
    steps: '',
    line: '7 passed, 1 failed',
    code: 1,
  },
])('ends $what with "$line"', ({ run, steps, line, code }) => {
  const file = join(directory, 'vitest.json');
  writeFileSync(file, run);
  const { status, stdout } = spawnSync(process.execPath, ['scripts/ci-summary.mjs', file, steps], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(line);
  expect(status).toBe(code);
});

it('takes a summary that is not there for a failure', () => {
  const args = ['scripts/ci-summary.mjs', join(directory, 'none.json'), '0'];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  expect(stdout).toMatch(/\n0 passed, 1 failed\n$/);
  expect(status).toBe(1);
});

function results(passed: number, failed: number, files: readonly unknown[]): string {
  const counts = { numPassedTests: passed, numFailedTests: failed, numPendingTests: 0, numTodoTests: 0 };
  return JSON.stringify({ ...counts, testResults: files });
}
