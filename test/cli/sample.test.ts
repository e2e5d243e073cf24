import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSealedProject } from '../support/sealed-project.ts';
import { trefoil } from './recording-io.ts';

const work = mkdtempSync(join(tmpdir(), 'sample-'));

beforeAll(async () => {
  writeSealedProject(work);
  await trefoil(['evidence', 'synth', 'more', '--key', 'seal.key', '-o', 'bundle'], { cwd: work });
  await trefoil(['evidence', 'synth', 'more', '--key', 'seal.key', '-o', 'bundle.tar'], { cwd: work });
});

afterAll(() => {
  rmSync(work, { recursive: true });
});

const run = (...args: readonly string[]) => trefoil(['sample', ...args], { cwd: work });

interface Drawn {
  readonly population: number;
  readonly drawn: readonly { readonly id: string; readonly draw: string; readonly control: string }[];
}

async function drawn(...args: readonly string[]): Promise<Drawn> {
  const { stdout } = await run(...args, '--format', 'json');
  const sample: Drawn = JSON.parse(stdout);
  return sample;
}

const KEY = ['--public-key', 'seal.pub'];

describe('trefoil sample', () => {
  it('draws what anybody can draw with a digest and the seed', async () => {
    const report: { readonly results: readonly { readonly id: string }[] } = JSON.parse(
      readFileSync(join(work, 'bundle/report.json'), 'utf8'),
    );
    const byHand = report.results
      .map(({ id }) => [createHash('sha256').update(`2026-Q1\n${id}`).digest('hex'), id])
      .toSorted(([left = ''], [right = '']) => (left < right ? -1 : 1))
      .slice(0, 5)
      .map(([, id]) => id);
    const sample = await drawn('bundle', ...KEY, '--seed', '2026-Q1', '--size', '5');
    expect(sample.drawn.map(({ id }) => id)).toEqual(byHand);
    expect(sample.population).toBe(report.results.length);
  });

  it('draws the same from the archive and from the report, and another sample by another seed', async () => {
    const wanted = ['--seed', '1', '--size', '4'];
    const one = await drawn('bundle', ...KEY, ...wanted);
    expect(await drawn('bundle.tar', ...KEY, ...wanted)).toEqual(one);
    expect(await drawn('bundle/report.json', ...wanted)).toEqual(one);
    expect(await drawn('bundle', ...KEY, '--seed', '2', '--size', '4')).not.toEqual(one);
    expect((await drawn('bundle', ...KEY, '--seed', '1', '--size', '6')).drawn.slice(0, 4)).toEqual(one.drawn);
  });

  it('prints it for people', async () => {
    const { stdout, exitCode } = await run('bundle', ...KEY, '--seed', '1', '--size', '2');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^2 of \d+ results, drawn by seed "1"\n1\. pass [A-Z]/);
  });

  it('draws from one control', async () => {
    const { drawn: results } = await drawn('bundle', ...KEY, '--seed', '1', '--control', 'CHG-001');
    expect(new Set(results.map(({ control }) => control))).toEqual(new Set(['CHG-001']));
  });

  it.each([
    {
      what: 'a size of nothing',
      args: ['bundle', ...KEY, '--seed', '1', '--size', '0'],
      code: 'CLI-VALUE',
      exitCode: 2,
    },
    { what: 'no seed', args: ['bundle', ...KEY], code: 'CLI-ARGUMENT', exitCode: 2 },
    {
      what: 'no such verdict',
      args: ['bundle', ...KEY, '--seed', '1', '--verdict', 'ok'],
      code: 'CLI-VALUE',
      exitCode: 2,
    },
    {
      what: 'nothing to draw from',
      args: ['bundle', ...KEY, '--seed', '1', '--verdict', 'fail'],
      code: 'CLI-VALUE',
      exitCode: 2,
    },
    { what: 'a bundle without a key', args: ['bundle.tar', '--seed', '1'], code: 'CLI-READ', exitCode: 2 },
    { what: 'what is no report', args: ['enclave.yaml', '--seed', '1'], code: 'CLI-READ', exitCode: 2 },
  ])('refuses $what', async ({ args, code, exitCode }) => {
    const refused = await run(...args);
    expect(refused).toMatchObject({ exitCode, stdout: '' });
    expect(refused.stderr).toContain(`error[${code}]`);
  });

  it('refuses a report that is not the one that was signed', async () => {
    const path = join(work, 'bundle/report.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"pass"', '"fail"'));
    const refused = await run('bundle', ...KEY, '--seed', '1');
    writeFileSync(path, text);
    expect(refused).toMatchObject({ exitCode: 4, stdout: '' });
    expect(refused.stderr).toContain('error[BUNDLE-EDITED]');
  });
});
