import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE_POLICY, EXAMPLE_STACK_BASE } from '../../checks/example-policy.ts';
import { reporters } from '../../report/index.ts';
import { trefoil } from '../cli/recording-io.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'trefoil-reproducible-'));
const bin = join(work, 'package/dist/cli/bin.js');
const FORMATS = Object.keys(reporters);
const RUNS = 20;

/** Names in an order that differs between locales. */
const BUCKETS = ['ledger', 'Ledger', 'ledger_a', 'ledger_B', 'lager', 'l\u00e4ger', 'zeta', 'i', 'I'];

const STACKS = new Map(
  ['west', 'east', 'north'].map((name) => [
    name,
    JSON.stringify({
      ...EXAMPLE_STACK_BASE[name],
      resource: {
        aws_s3_bucket: Object.fromEntries(BUCKETS.map((bucket) => [bucket, { bucket: `${name}-${bucket}` }])),
        aws_db_instance: { ledger: { engine: 'postgres', storage_encrypted: '${var.encrypted}' } },
        aws_sqs_queue: { receipts: {} },
      },
      variable: { encrypted: {} },
    }),
  ]),
);

const TIME_ZONES = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns', 'Asia/Kolkata'];
const LOCALES = ['C', 'tr_TR.UTF-8', 'sv_SE.UTF-8', 'de_DE.UTF-8'];
const UMASKS = ['0000', '0022', '0077', '0027'];

beforeAll(() => {
  execFileSync(process.execPath, ['scripts/build.mjs', '--no-types', '--outdir', join(work, 'package/dist')], {
    cwd: ROOT,
  });
  writeFileSync(join(work, 'package/package.json'), '{"type":"module"}');
});

afterAll(() => {
  rmSync(work, { recursive: true });
});

/** The estate in a directory of its own, its stacks written and named in an order of the run. */
function laidOut(run: number): { readonly cwd: string; readonly argv: readonly string[] } {
  const cwd = join(work, ...Array.from({ length: 1 + (run % 4) }, (_, depth) => `run-${run}-${'d'.repeat(depth * 9)}`));
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, 'enclave.yaml'), JSON.stringify(EXAMPLE_POLICY));
  const order = inOrderOf(run, [...STACKS]);
  for (const [name, text] of order) {
    mkdirSync(join(cwd, 'out/stacks', name), { recursive: true });
    writeFileSync(join(cwd, 'out/stacks', name, 'cdk.tf.json'), text);
  }
  const paths = inOrderOf(run + 1, order).map(([name]) => `out/stacks/${name}`);
  const formats = inOrderOf(run, FORMATS).map((format) => `--format=${format}:report.${format}`);
  return { cwd, argv: ['check', ...formats, '--as-of=2026-11-01', '--', ...paths] };
}

/** Another order for each run, the same in every process. */
function inOrderOf<Item>(run: number, items: readonly Item[]): readonly Item[] {
  const key = (index: number): string => createHash('sha256').update(`${run} ${index}`).digest('hex');
  return Array.from(items.entries())
    .toSorted(([left], [right]) => (key(left) < key(right) ? -1 : 1))
    .map(([, item]) => item);
}

function reportsIn(cwd: string): readonly (readonly [string, string])[] {
  return FORMATS.map((format) => [format, readFileSync(join(cwd, `report.${format}`), 'utf8')] as const);
}

function digestsOf(reports: readonly (readonly [string, string])[]): readonly string[] {
  return reports.map(([format, text]) => `${format} ${createHash('sha256').update(text).digest('hex')}`);
}

describe('every report has the same bytes', () => {
  it(`in ${RUNS} runs in directories of other names, with stacks written and named in other orders`, async () => {
    const digests = new Set<string>();
    for (let run = 0; run < RUNS; run += 1) {
      const { cwd, argv } = laidOut(run);
      const environment = { TZ: TIME_ZONES[run % 4], LANG: LOCALES[run % 4], COLUMNS: String(40 + run) };
      const { exitCode, stdout, stderr } = await trefoil(argv, { cwd, environment });
      expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 1, stdout: '', stderr: '' });
      const reports = reportsIn(cwd);
      for (const [, text] of reports) expect(text).not.toContain('run-');
      digests.add(digestsOf(reports).join('\n'));
    }
    expect([...digests]).toHaveLength(1);
  });

  it('in processes of other time zones, locales and umasks', () => {
    const digests = TIME_ZONES.map((zone, index) => {
      const { cwd, argv } = laidOut(RUNS + index);
      const locale = LOCALES[index] ?? 'C';
      const environment = { ...process.env, TZ: zone, LANG: locale, LC_ALL: locale, LANGUAGE: locale };
      const command = ['-c', 'umask "$1"; shift; exec "$@"', 'bash', UMASKS[index] ?? '0022', process.execPath, bin];
      const { status } = spawnSync('bash', [...command, ...argv], { cwd, env: environment, encoding: 'utf8' });
      // The shell may say that it does not have the locale; trefoil asks the system for none.
      expect(status).toBe(1);
      return digestsOf(reportsIn(cwd)).join('\n');
    });
    expect([...new Set(digests)]).toHaveLength(1);
  });
});

describe('a run without a verdict', () => {
  const OLD = 'the report of yesterday\n';
  const crashing = new Proxy(
    {},
    {
      get: () => {
        throw new Error('the ledger burnt');
      },
    },
  );

  it.each(FORMATS)('prints no %s when trefoil crashes', async (format) => {
    const { cwd, argv } = laidOut(2 * RUNS);
    const paths = argv.slice(argv.indexOf('--as-of=2026-11-01'));
    const { exitCode, stdout, stderr } = await trefoil(['check', '--format', format, ...paths], {
      cwd,
      environment: crashing,
    });
    expect([exitCode, stdout]).toEqual([70, '']);
    expect(stderr).toContain('error[CLI-CRASH] trefoil crashed, and there is no verdict');
  });

  it.each(FORMATS)('leaves the %s of an earlier run as it was when the policy is refused', async (format) => {
    const { cwd, argv } = laidOut(2 * RUNS);
    const file = join(cwd, `report.${format}`);
    writeFileSync(file, OLD);
    const { exitCode, stdout } = await trefoil(['check', '--policy=none.yaml', ...argv.slice(1)], { cwd });
    expect([exitCode, stdout, readFileSync(file, 'utf8')]).toEqual([2, '', OLD]);
  });
});
