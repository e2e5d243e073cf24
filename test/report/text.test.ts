import { describe, expect, it } from 'vitest';
import { stripVTControlCharacters } from 'node:util';
import type { Report } from '../../checks/report.ts';
import type { ReporterOptions } from '../../report/reporter.ts';
import { columns } from '../../report/text/columns.ts';
import { text } from '../../report/text.ts';
import {
  BUCKETS_ENCRYPTED,
  COLOURED,
  comparisonOf,
  controlOf,
  exceptedOf,
  failOf,
  passOf,
  PLACED_IN_SITE,
  PLAIN,
  reportOf,
  subjectOf,
  TRACE,
  unprovenOf,
  WITNESS,
} from '../support/reports.ts';
import { rendered } from '../support/rendered.ts';

const SOURCE = [
  'export function addData(scope: Construct): void {',
  "  const records = new S3Bucket(scope, 'records', { tags });",
  '}',
].join('\n');

const FRAMES = new Map([['stacks/data.ts', SOURCE]]);

const ONE_FAILURE = reportOf({ results: [passOf(PLACED_IN_SITE), failOf()] });

const ONE_OF_EACH = reportOf({
  controls: [BUCKETS_ENCRYPTED, PLACED_IN_SITE, controlOf({ id: 'NET-001', family: 'isolation' })],
  results: [
    passOf(PLACED_IN_SITE),
    failOf(),
    unprovenOf(BUCKETS_ENCRYPTED, { site: 'ireland-2' }),
    exceptedOf(BUCKETS_ENCRYPTED, { site: 'norway' }),
  ],
});

function write(report: Report, options: Partial<ReporterOptions> = {}): string {
  return rendered(text, report, { ...PLAIN, ...options });
}

function linesOf(report: Report, options: Partial<ReporterOptions> = {}): readonly string[] {
  return write(report, options).split('\n');
}

describe('a failure', () => {
  it('is shown with everything that is needed to put it right', () => {
    expect(`\n${write(ONE_FAILURE, { frames: FRAMES })}`).toMatchInlineSnapshot(`
      "
      FAIL: 1 failure that no exception covers (exit 1)

      ┌─ Dublin ──────── FAIL ─┐ ┌─ Ireland-2 ────── n/a ─┐ ┌─ Norway ───────── n/a ─┐
      │ residency       1 pass │ │ residency          n/a │ │ residency          n/a │
      │ encryption      1 FAIL │ │ encryption         n/a │ │ encryption         n/a │
      └────────────────────────┘ └────────────────────────┘ └────────────────────────┘

      1 fail, 0 unproven, 0 excepted, 1 pass, 0 not applicable
      1 stack, 2 resources of 2 types; 2 controls judged
      trefoil 0.1.0, policy enclave, stage change, judged as of 2026-01-31

      ── Dublin: encryption ──────────────────────────────────────────────────────────

      FAIL ENC-001 critical
        S3 buckets encrypt objects with a customer-managed key of their site

        aws_s3_bucket.records in dublin-data
          is encrypted with "AES256", a key of AWS
          at     stacks/data.ts:2:18
              1 │ export function addData(scope: Construct): void {
            > 2 │   const records = new S3Bucket(scope, 'records', { tags });
                │                  ^
              3 │ }
          path   dublin-data/records
          seen   rule[0].apply_server_side_encryption_by_default.sse_algorithm =
                 "AES256"
          write  rule.applyServerSideEncryptionByDefault.sseAlgorithm: 'aws:kms' of
                 S3BucketServerSideEncryptionConfigurationA
          input  cdktf.out/stacks/dublin-data/cdk.tf.json:131:15
          with   aws_kms_key.records (cdktf.out/stacks/dublin-data/cdk.tf.json:210:7)

        why    With a key of AWS anyone who may read the bucket may also decrypt it,
               and no site decides who.
        fix    Add an aws_s3_bucket_server_side_encryption_configuration with
               sse_algorithm = "aws:kms" and a key of the site.
        more   trefoil explain ENC-001

      FAIL: 1 failure that no exception covers (exit 1)
      "
    `);
  });

  it('has no frame without the source or without such a line', () => {
    const short = new Map([['stacks/data.ts', 'only one line']]);
    for (const frames of [new Map(), short]) expect(write(ONE_FAILURE, { frames })).not.toContain('^');
  });

  it('is shown at the JSON where no TypeScript line is recorded', () => {
    const report = reportOf({
      results: [failOf(BUCKETS_ENCRYPTED, { subject: subjectOf({ code: null }), witness: null })],
    });
    expect(write(report)).toContain('    at     cdktf.out/stacks/dublin-data/cdk.tf.json:120:7\n');
  });

  it('says what is missing where no value was seen', () => {
    const witness = {
      path: 'kms_key_id',
      value: null,
      extent: null,
      source: null,
      related: [],
      trace: null,
      remedy: null,
    };
    expect(write(reportOf({ results: [failOf(BUCKETS_ENCRYPTED, { witness })] }))).toContain(
      '    seen   kms_key_id is not set\n',
    );
  });

  it('shows the packet, each hop with its line, and what would stop it', () => {
    const report = reportOf({ results: [failOf(BUCKETS_ENCRYPTED, { witness: { ...WITNESS, trace: TRACE } })] });
    expect(write(report)).toContain(
      [
        '    packet tcp 443 from 10.0.1.5 to 203.0.113.9',
        '    hop 1  aws_subnet.data takes the route to 0.0.0.0/0 (stacks/data.ts:9:5)',
        '    hop 2  the Internet is reached',
        '    closed by taking away aws_route.leak',
        '',
      ].join('\n'),
    );
  });
});

describe('an unproven finding', () => {
  it('says what blocks the proof and what would settle it', () => {
    const blockers = [{ expression: 'var.key', reason: 'has no value in this run' }];
    const output = write(
      reportOf({ results: [unprovenOf(BUCKETS_ENCRYPTED, { message: 'the key is not known', blockers })] }),
    );
    expect(output).toContain('    needs  var.key, which has no value in this run\n');
    expect(output).toContain('What would settle the unproven\n  var.key has no value in this run (1 finding)\n');
  });

  it('is shown in full once for each message, and the others by place', () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      unprovenOf(BUCKETS_ENCRYPTED, { subject: subjectOf({ address: `aws_s3_bucket.b${index}` }) }),
    );
    const lines = linesOf(reportOf({ results: many }));
    expect(lines.filter((line) => line === '    var.region has no value in this run; pass --var-file')).toHaveLength(1);
    expect(lines).toContain('  aws_s3_bucket.b1 in dublin-data  stacks/data.ts:2:18');
    expect(lines).toContain('  + 27 more of ENC-001 at dublin; --format json:report.json lists them all');
    expect(lines).toContain('unproven ENC-001 critical, 40 times');
    expect(lines).toContain('  var.region has no value in this run; pass --var-file (40 findings)');
  });
});

describe('a finding in short', () => {
  it('keeps its place whole where it does not fit beside it', () => {
    const source = { file: `cdktf.out/stacks/${'long-'.repeat(8)}stack/cdk.tf.json`, line: 120, column: 7 };
    const many = Array.from({ length: 4 }, (_, index) =>
      unprovenOf(BUCKETS_ENCRYPTED, {
        subject: subjectOf({ address: `aws_s3_bucket.records${index}`, code: null, source }),
      }),
    );
    const lines = linesOf(reportOf({ results: many }));
    const at = lines.indexOf('  aws_s3_bucket.records3 in dublin-data');
    expect(lines[at + 1]).toBe(`    ${source.file}:120:7`);
  });
});

describe('the first line', () => {
  it.each([
    ['FAIL: 1 failure that no exception covers (exit 1)', ONE_FAILURE],
    ['PASS: everything was judged and nothing failed (exit 0)', reportOf({ results: [passOf()] })],
    ['INCOMPLETE: something was not looked at (exit 3)', reportOf({ results: [] })],
  ])('is %s, as is the last', (line, report) => {
    const lines = linesOf(report);
    expect(lines[0]).toBe(line);
    expect(lines.at(-2)).toBe(line);
  });

  it('is followed by the few inputs that were refused, by name, also when little is wanted', () => {
    const problem = { what: 'there is no such file or directory', why: 'it cannot be judged', fix: 'Check the path.' };
    const problems = [{ code: 'IN-NOTFOUND' as const, path: `${'deep/'.repeat(8)}cdktf.out`, ...problem }];
    const lines = linesOf(reportOf({ problems }), { quiet: true });
    expect(lines.slice(1, 3)).toEqual([
      '  • deep/deep/deep/deep/deep/deep/deep/deep/cdktf.out: there is no such file or',
      '    directory',
    ]);
  });

  it('says of a part that it was a part', () => {
    const filter = { controls: ['ENC-001'], severities: [], sites: [] };
    expect(linesOf(reportOf({ filter, results: [passOf()] }))[0]).toBe(
      'PASS: all that was asked for was judged and nothing failed (exit 0)',
    );
  });

  it('is followed by the reasons of an incomplete run', () => {
    const incompleteBecause = Array.from({ length: 12 }, (_, index) => `stack s${index} was not found`);
    const lines = linesOf(reportOf({ results: [passOf()], complete: false, incompleteBecause }));
    expect(lines.slice(1, 3)).toEqual(['  • stack s0 was not found', '  • stack s1 was not found']);
    expect(lines[11]).toBe('  • + 2 more; --format json lists them');
  });
});

describe('the picture', () => {
  it('shows three sites side by side in 80 columns', () => {
    expect(linesOf(ONE_OF_EACH, { quiet: true }).slice(2, 7)).toEqual([
      '┌─ Dublin ──────── FAIL ─┐ ┌─ Ireland-2 ─ unproven ─┐ ┌─ Norway ──── excepted ─┐',
      '│ residency       1 pass │ │ residency          n/a │ │ residency          n/a │',
      '│ encryption      1 FAIL │ │ encryption  1 unproven │ │ encryption  1 excepted │',
      '│ isolation          n/a │ │ isolation          n/a │ │ isolation          n/a │',
      '└────────────────────────┘ └────────────────────────┘ └────────────────────────┘',
    ]);
  });

  it('shows two in 60 columns, in ASCII where asked', () => {
    expect(linesOf(ONE_OF_EACH, { quiet: true, width: 60, charset: 'ascii' }).slice(2, 4)).toEqual([
      '+- Dublin ----------- FAIL -+ +- Ireland-2 ---- unproven -+',
      '| residency          1 pass | | residency             n/a |',
    ]);
  });

  it.each([40, 60, 80, 200])('keeps its lines even in %i columns, whatever the names', (width) => {
    const sites = ['Dublin', '東京データセンター', 'x'.repeat(100), '\u202e', ''].map((name, index) => ({
      id: `s${index}`,
      name,
    }));
    const lines = linesOf(reportOf({ sites, results: [passOf(undefined, { site: 's1' })] }), { width, quiet: true });
    const drawn = lines.filter((line) => /^[┌│└]/.test(line));
    const counts = new Set(drawn.map(columns));
    expect(drawn.length).toBeGreaterThan(4);
    expect(Math.max(...counts)).toBeLessThanOrEqual(width);
    // The last row may hold fewer boxes.
    expect(counts.size).toBeLessThanOrEqual(2);
  });
});

describe('the layout', () => {
  it.each([60, 80, 110])('keeps within %i columns but for words that are longer', (width) => {
    const tooLong = linesOf(ONE_OF_EACH, { width, frames: FRAMES }).filter((line) => columns(line) > width);
    expect(tooLong.filter((line) => !/^\s*(?:\w+ +)?\S+$/.test(line))).toEqual([]);
  });

  it('says the same in colour', () => {
    const coloured = write(ONE_OF_EACH, { ...COLOURED, frames: FRAMES });
    expect(coloured).not.toBe(stripVTControlCharacters(coloured));
    expect(stripVTControlCharacters(coloured)).toBe(write(ONE_OF_EACH, { frames: FRAMES }));
  });

  it('is only ASCII where asked', () => {
    expect(write(ONE_OF_EACH, { charset: 'ascii', frames: FRAMES })).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('is the summary alone when quiet', () => {
    const quiet = write(ONE_OF_EACH, { quiet: true });
    expect(quiet).not.toContain('aws_s3_bucket.records');
    expect(write(ONE_OF_EACH).startsWith(quiet)).toBe(true);
  });
});

describe('the rest', () => {
  it('names the exception and its end', () => {
    expect(write(ONE_OF_EACH)).toContain('    under  EX-7 until 2026-06-30: moves to the new key in June\n');
  });

  it('counts what is not applicable and what is planned apart', () => {
    const controls = [BUCKETS_ENCRYPTED, controlOf({ id: 'KEY-004' }), controlOf({ id: 'MON-001', status: 'planned' })];
    const output = write(reportOf({ controls, results: [passOf()] }));
    expect(output).toContain('0 fail, 0 unproven, 0 excepted, 1 pass, 1 not applicable\n');
    expect(output).toContain('1 stack, 2 resources of 2 types; 2 controls judged; in no verdict: 1 planned\n');
    expect(output).toContain('Not applicable, population 0\n  KEY-004\n');
  });

  it('names of what is not applicable only what was asked for', () => {
    const controls = [BUCKETS_ENCRYPTED, controlOf({ id: 'KEY-004', severity: 'high' })];
    const asked = (filter: Partial<Report['filter']>): string =>
      write(
        reportOf({ controls, results: [passOf()], filter: { controls: [], severities: [], sites: [], ...filter } }),
      );
    expect(asked({ controls: ['KEY-004'] })).toContain('population 0\n  KEY-004\n');
    expect(asked({ controls: [BUCKETS_ENCRYPTED.id] })).not.toContain('population 0');
    expect(asked({ severities: ['high'] })).toContain('population 0\n  KEY-004\n');
    expect(asked({ severities: ['low'] })).not.toContain('population 0');
  });

  it('says when only a part was asked for', () => {
    const filter = { controls: ['ENC-001'], severities: ['high' as const], sites: ['dublin'] };
    expect(write(reportOf({ filter, results: [passOf()] }))).toContain(
      'Only what was asked for: control ENC-001, severity high, site dublin\n',
    );
  });

  it('explains inputs and exceptions that were refused', () => {
    const parts = { what: 'is empty', why: 'nothing can be judged', fix: 'Synthesise again.' };
    const location = { file: 'exceptions.yaml', line: 3, column: 5 };
    const output = write(
      reportOf({
        results: [passOf()],
        problems: Array.from({ length: 11 }, () => ({ code: 'IN-EMPTY' as const, path: 'a.tf.json', ...parts })),
        exceptionProblems: [{ code: 'PO-EXPIRED', location, ...parts }],
      }),
    );
    expect(output).toContain('  • 11 inputs could not be judged\n  • exceptions.yaml:3:5: is empty\n');
    expect(output).toContain(
      '  IN-EMPTY a.tf.json\n    is empty\n    why    nothing can be judged\n    fix    Synthesise again.\n',
    );
    expect(output).toContain('  + 1 more; --format json:report.json lists them all\n');
    expect(output).toContain('Exceptions that do not apply\n\n  PO-EXPIRED exceptions.yaml:3:5\n');
  });
});

describe('a comparison', () => {
  const other = { change: 'existing', subject: subjectOf({ address: 'aws_s3_bucket.other' }) } as const;
  const report = reportOf({
    results: [failOf(undefined, other), failOf(undefined, { change: 'new' })],
    comparison: comparisonOf(),
  });

  it('is summed up', () => {
    const lines = linesOf(report);
    expect(lines[0]).toBe('FAIL: 1 failure that no exception covers, new or worsened; 1 existing failure');
    expect(lines).toContain('Against base.json of 2026-01-30: 1 new, 0 worsened, 1 existing, 2 fixed; only');
    const all = write(reportOf({ ...report, comparison: comparisonOf({ blocks: 'all' }) }), { width: 110 });
    expect(all).toContain('1 existing, 2 fixed\n');
  });

  it('shows what is new before what is known, each under its own heading', () => {
    const headings = linesOf(report).filter((line) => line.startsWith('FAIL ENC-001'));
    expect(headings).toEqual(['FAIL ENC-001 critical, new', 'FAIL ENC-001 critical, existing']);
  });

  it('lists its limits and what is fixed', () => {
    const shown = write(report);
    expect(shown).toContain('\nLimits of the comparison\n  the base is incomplete\n');
    expect(shown).toContain(
      [
        'Fixed: 2',
        '  ENC-001 aws_s3_bucket.ledger in dublin-data passes now',
        '    was    fail: is encrypted with "AES256", a key of AWS',
        '  ENC-001 aws_s3_bucket.old in dublin-data is gone',
        '    was    unproven: var.region has no value in this run; pass --var-file',
      ].join('\n'),
    );
  });

  it('says how many fixed findings it does not list', () => {
    const [finding] = comparisonOf().fixed;
    if (finding === undefined) throw new Error('the support has a fixed finding');
    const fixed = Array.from({ length: 20 }, () => finding);
    expect(write(reportOf({ ...report, comparison: comparisonOf({ fixed }) }))).toContain(
      '  + 8 more; --format json:report.json lists them all',
    );
  });
});
