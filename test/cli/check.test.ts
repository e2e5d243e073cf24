import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXAMPLE_POLICY, EXAMPLE_STACK_BASE } from '../../checks/example-policy.ts';
import { type Run, trefoil } from './recording-io.ts';

const work = mkdtempSync(join(tmpdir(), 'trefoil-base-'));

afterAll(() => {
  rmSync(work, { recursive: true });
});

type Volumes = { readonly [name: string]: { readonly encrypted: boolean; readonly [argument: string]: unknown } };

const OPEN = { availability_zone: 'eu-west-1a', size: 1, encrypted: false };
const CLOSED = { ...OPEN, encrypted: true, kms_key_id: '${aws_kms_key.ledger.arn}' };

function writeStack(directory: string, volumes: Volumes): void {
  mkdirSync(join(directory, 'stacks/west'), { recursive: true });
  const json = { ...EXAMPLE_STACK_BASE['west'], resource: { aws_kms_key: { ledger: {} }, aws_ebs_volume: volumes } };
  writeFileSync(join(directory, 'stacks/west/cdk.tf.json'), JSON.stringify(json));
}

/** A project with the stack as it was in `main.out` and as it is in `cdktf.out`. */
function project(name: string, before: Volumes, after: Volumes): string {
  const cwd = join(work, name);
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'enclave.yaml'), JSON.stringify(EXAMPLE_POLICY));
  writeStack(join(cwd, 'main.out'), before);
  writeStack(join(cwd, 'cdktf.out'), after);
  return cwd;
}

/** The volumes are what changes here, so theirs is the only control that is asked for. */
function check(cwd: string, ...argv: readonly string[]): Promise<Run> {
  return trefoil(['check', '--control', 'ENC-003', '--as-of', '2026-11-01', ...argv], { cwd });
}

interface Shown {
  readonly results: readonly {
    readonly verdict: string;
    readonly change: string | null;
    readonly subject: { readonly address: string };
  }[];
  readonly comparison: {
    readonly base: { readonly path: string };
    readonly limits: readonly string[];
    readonly fixed: readonly { readonly id: string; readonly because: string }[];
  } | null;
}

function shown({ stdout }: Run): Shown {
  return JSON.parse(stdout) as Shown;
}

async function reportOfBase(cwd: string): Promise<void> {
  await check(cwd, 'main.out', '--format', 'json:base.json');
}

describe('check --base', () => {
  const cwd = project(
    'both',
    { ledger: OPEN, records: OPEN, old: OPEN },
    { ledger: OPEN, records: CLOSED, fresh: OPEN },
  );

  it.each(['base.json', 'main.out'])('tells what the change brings, from %s', async (base) => {
    await reportOfBase(cwd);
    const { results, comparison } = shown(await check(cwd, '--base', base, '--format', 'json'));
    expect(results.map(({ subject, change }) => [subject.address, change])).toEqual([
      ['aws_ebs_volume.fresh', 'new'],
      ['aws_ebs_volume.ledger', 'existing'],
      ['aws_ebs_volume.records', null],
    ]);
    expect(comparison?.fixed.map(({ id, because }) => [id, because])).toEqual([
      ['ENC-003:west:aws_ebs_volume.old', 'gone'],
      ['ENC-003:west:aws_ebs_volume.records', 'passes'],
    ]);
    expect(comparison?.base.path).toBe(base);
  });

  it('reads neither the base nor a word of it where none is given', async () => {
    const { results, comparison } = shown(await check(cwd, '--format', 'json'));
    expect(comparison).toBeNull();
    expect(results.every(({ change }) => change === null)).toBe(true);
  });

  it('compares before it filters', async () => {
    await reportOfBase(cwd);
    const { results, comparison } = shown(
      await check(cwd, '--base', 'base.json', '--format', 'json', '--site', 'estate'),
    );
    expect([results, comparison?.fixed]).toEqual([[], []]);
  });

  it('keeps the base from being replaced by a report', async () => {
    await reportOfBase(cwd);
    const before = readFileSync(join(cwd, 'base.json'), 'utf8');
    const { exitCode, stderr } = await check(cwd, '--base', 'base.json', '--format', 'json:base.json');
    expect(exitCode).toBe(74);
    expect(stderr).toContain('error[OUT-INPUT] base.json is an input of this run');
    expect(readFileSync(join(cwd, 'base.json'), 'utf8')).toBe(before);
  });

  it.each([
    { name: 'none.json', content: null, code: 'CLI-BASE', says: 'none.json: there is no such file or directory' },
    { name: 'text.json', content: 'not json', code: 'CLI-BASEJSON', says: 'text.json is no JSON, at 1:1' },
    { name: 'other.json', content: '{}', code: 'CLI-BASEFORMAT', says: 'other.json is no JSON report of trefoil' },
    {
      name: 'future.json',
      content: '{"schemaVersion":"9.0","tool":{"name":"trefoil"}}',
      code: 'CLI-BASEVERSION',
      says: 'future.json is a report of version "9.0"',
    },
    {
      name: 'spoilt.json',
      content: '{"schemaVersion":"1.4","tool":{"name":"trefoil"}}',
      code: 'CLI-BASECONTENT',
      says: 'spoilt.json is not as its schema says',
    },
  ])('refuses $name', async ({ name, content, code, says }) => {
    if (content !== null) writeFileSync(join(cwd, name), content);
    const { exitCode, stdout, stderr } = await check(cwd, '--base', name);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`error[${code}] ${says}`);
  });
});

describe('a base that holds what is judged', () => {
  it.each([
    { base: 'cdktf.out', judged: [] },
    { base: 'cdktf.out/stacks/..', judged: ['cdktf.out/stacks/west'] },
    { base: '.', judged: ['cdktf.out/stacks/west/cdk.tf.json'] },
    { base: 'link', judged: [] },
  ])('is refused: $base', async ({ base, judged }) => {
    const cwd = project(`itself ${base.replaceAll('/', '-')}`, { ledger: OPEN }, { ledger: OPEN });
    symlinkSync('cdktf.out', join(cwd, 'link'));
    const { exitCode, stdout, stderr } = await check(cwd, ...judged, '--base', base, '--block', 'changes');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`error[CLI-BASE] ${base} holds `);
  });

  it('is not one whose name begins alike', async () => {
    const cwd = project('alike', { ledger: OPEN }, { ledger: OPEN });
    writeStack(join(cwd, 'cdktf.out.before'), { ledger: OPEN });
    expect((await check(cwd, '--base', 'cdktf.out.before', '--block', 'changes')).exitCode).toBe(0);
  });
});

describe('check --block', () => {
  it('needs a base', async () => {
    const cwd = project('alone', {}, {});
    const { exitCode, stderr } = await check(cwd, '--block', 'changes');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error[CLI-VALUE] --block changes needs a base to tell what has changed');
    expect((await check(cwd, '--base', 'main.out', '--block', 'none')).stderr).toContain(
      'error[CLI-VALUE] there is nothing to block called "none"',
    );
  });

  it('lets known failures stand, and stops a new one', async () => {
    const known = project('known', { ledger: OPEN }, { ledger: { ...OPEN, size: 2 } });
    expect((await check(known, '--base', 'main.out')).exitCode).toBe(1);
    const { exitCode, stdout } = await check(known, '--base', 'main.out', '--block', 'changes');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^FAIL: nothing new or worsened blocks; 1 existing failure did not block \(exit 0\)/);
    expect(stdout).toContain('aws_ebs_volume.ledger in west');

    const fresh = project('fresh', { ledger: OPEN }, { ledger: OPEN, records: OPEN });
    expect((await check(fresh, '--base', 'main.out', '--block', 'changes')).exitCode).toBe(1);
  });

  it('makes no incomplete run complete', async () => {
    const cwd = project('incomplete', { ledger: OPEN }, { ledger: OPEN });
    writeFileSync(join(cwd, 'cdktf.out/stacks/west/more.tf.json'), '{');
    const run = await check(cwd, '--base', 'main.out', '--block', 'changes', '--format', 'json');
    expect(run.exitCode).toBe(3);
    const { comparison } = shown(run);
    expect(comparison?.fixed).toEqual([]);
    expect(comparison?.limits).toContainEqual(
      expect.stringMatching(/of the base cannot be compared: not all was read$/),
    );
  });

  it('stops a failure that a base left out', async () => {
    const cwd = project('partial', { ledger: OPEN }, { ledger: OPEN });
    await trefoil(['check', 'main.out', '--control', 'ENC-005', '-f', 'json:base.json'], { cwd });
    const run = await check(cwd, '--base', 'base.json', '--block', 'changes', '--format', 'json');
    expect(run.exitCode).toBe(1);
    expect(shown(run).comparison?.limits).toContain(
      'the base holds only a part of its results, so findings of the others count as new',
    );
  });
});

describe('the page', () => {
  it('has the maps of the estate, the change against the base, and the same bytes each time', async () => {
    const cwd = project('page', { ledger: CLOSED }, { ledger: OPEN });
    const argv = ['cdktf.out', '--base', 'main.out', '--format', 'html:report.html'];
    const { exitCode } = await check(cwd, ...argv);
    const page = readFileSync(join(cwd, 'report.html'), 'utf8');
    expect(exitCode).toBe(1);
    expect(page.match(/src="data:image\/svg\+xml;base64,/g)).toHaveLength(2);
    expect(page).toContain('id="ENC-003:west:aws_ebs_volume.ledger"');
    expect(page).toContain('data-change="new"');
    await check(cwd, ...argv);
    expect(readFileSync(join(cwd, 'report.html'), 'utf8')).toBe(page);
  });

  it('says what of an estate could not be read', async () => {
    const cwd = project('broken', {}, {});
    writeFileSync(join(cwd, 'cdktf.out/stacks/west/cdk.tf.json'), '{"resource": {');
    const { exitCode, stdout } = await trefoil(['check', '--format', 'html'], { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('IN-PARSE');
    expect(stdout).toContain('; the run is incomplete');
    expect(stdout.trimEnd().endsWith('</html>')).toBe(true);
  });
});
