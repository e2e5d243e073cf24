import { describe, expect, it } from 'vitest';
import { json } from '../../report/json.ts';
import { readReport } from '../../report/read-report.ts';
import { resultOf } from '../../report/written-result.ts';
import { INPUT_ERROR_CODES } from '../../model/input-error.ts';
import { HOSTILE } from '../support/hostile-strings.ts';
import {
  comparisonOf,
  exceptedOf,
  failOf,
  passOf,
  PLAIN,
  reportOf,
  subjectOf,
  TRACE,
  unprovenOf,
  WITNESS,
} from '../support/reports.ts';
import { rendered } from '../support/rendered.ts';

const REPORT = reportOf({
  results: [
    passOf(),
    failOf(undefined, { change: 'new', witness: { ...WITNESS, trace: TRACE } }),
    unprovenOf(),
    exceptedOf(),
    ...HOSTILE.map((name) => failOf(undefined, { message: name, subject: subjectOf({ address: name }) })),
  ],
});
const TEXT = rendered(json, REPORT, PLAIN);

function read(text: string) {
  return readReport('base.json', new TextEncoder().encode(text));
}

/** As Terraform reads half of a surrogate pair, and so do we. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, '\ufffd');
}

describe('readReport', () => {
  it.each(INPUT_ERROR_CODES)('reads a report that could not judge an input because of %s', (code) => {
    const problem = { code, path: 'a.tf.json', what: 'x', why: 'y', fix: 'z' };
    const report = reportOf({ results: [passOf()], complete: false, problems: [problem] });
    expect(read(rendered(json, report, PLAIN)).kind).toBe('report');
  });

  it('reads results as they were before they were written', () => {
    const written = read(TEXT);
    if (written.kind !== 'report') throw new Error(written.what);
    const results = REPORT.results.slice(0, 4);
    expect(written.report.results.slice(0, 4).map(resultOf)).toEqual(results);
  });

  it('reads what the json format wrote', () => {
    const result = read(rendered(json, reportOf({ ...REPORT, comparison: comparisonOf() }), PLAIN));
    if (result.kind === 'refused') throw new Error(result.what);
    const { tool, asOf, complete, results } = result.report;
    expect({ ...tool }).toEqual(REPORT.tool);
    expect([asOf, complete]).toEqual([REPORT.asOf, true]);
    expect(results.map(({ id, verdict, message }) => [id, verdict, message])).toEqual(
      REPORT.results.map(({ id, verdict, message }) => [wellFormed(id), verdict, wellFormed(message)]),
    );
    expect(results.map(({ parts }) => parts)).toEqual(REPORT.results.map(({ parts }) => parts));
    expect(results[1]?.parts).toHaveLength(1);
  });

  it.each<[what: string, text: string, defect: string, says: string]>([
    ['nothing', '', 'json', 'is no JSON: the file is empty'],
    ['a part', TEXT.slice(0, 500), 'json', 'is no JSON, at '],
    ['a wrapper line', `::set-output::\n${TEXT}`, 'json', 'is no JSON, at 1:1'],
    ['a list', '[]', 'format', 'is no JSON report of trefoil'],
    ['a word', '"trefoil"', 'format', 'is no JSON report of trefoil'],
    ['a plan', '{"format_version":"1.2","resource_changes":[]}', 'format', 'is no JSON report of trefoil'],
    ['SARIF', '{"version":"2.1.0","runs":[]}', 'format', 'is no JSON report of trefoil'],
    [
      'a report of another tool',
      TEXT.replace('"name":"trefoil"', '"name":"other"'),
      'format',
      'is no JSON report of trefoil',
    ],
    [
      'a report without a version',
      TEXT.replace('"schemaVersion": "1.4",', ''),
      'format',
      'is no JSON report of trefoil',
    ],
    [
      'an older report',
      TEXT.replace('"1.4"', '"1.1"'),
      'version',
      'is a report of version "1.1", and this is the version 1.4',
    ],
    ['a newer report', TEXT.replace('"1.4"', '"2.0"'), 'version', 'is a report of version "2.0"'],
    [
      'two lists of results',
      TEXT.replace('"asOf":', '"results": [], "asOf":'),
      'content',
      'has the key "results" twice, again at ',
    ],
    [
      'a key twice in a result',
      TEXT.replace('"verdict":"fail"', '"verdict":"fail","verdict":"pass"'),
      'content',
      'has the key "verdict" twice',
    ],
    [
      'an unknown member',
      TEXT.replace('"asOf":', '"__proto__": {}, "asOf":'),
      'content',
      'is not as its schema says, at "/"',
    ],
    [
      'an unknown verdict',
      TEXT.replace('"verdict":"fail"', '"verdict":"failed"'),
      'content',
      'is not as its schema says, at "/results/1/verdict"',
    ],
    [
      'a result without its verdict',
      TEXT.replace('"verdict":"fail",', ''),
      'content',
      'is not as its schema says, at "/results/1/',
    ],
    ['a verdict that was changed', TEXT.replace(/"fail": ?\d+/, '"fail": 0'), 'content', 'counts 0 fail and holds '],
    [
      'a failure of which nothing fails',
      TEXT.replace(/"parts":\["[0-9a-f]{24}"\]/, '"parts":[]'),
      'content',
      'is not as its schema says, at "/results/1/parts"',
    ],
    [
      'a pass of which something fails',
      TEXT.replace(/("verdict":"pass".*?"parts":)\[\]/, `$1["${'a'.repeat(24)}"]`),
      'content',
      'is not as its schema says, at "/results/0/parts"',
    ],
    [
      'an unproven result without a reason',
      TEXT.replace(/("verdict":"unproven".*?"parts":)\[[^\]]*\]/, '$1[]'),
      'content',
      'is not as its schema says, at "/results/2/parts"',
    ],
    [
      'a failure that is no digest',
      TEXT.replace(/"parts":\["[0-9a-f]{24}"/, '"parts":["*"'),
      'content',
      'is not as its schema says, at "/results/1/parts/0"',
    ],
    [
      'a result that was taken out',
      TEXT.replace(/\n {4}\{"id":"ENC-001:dublin-data:aws_s3_bucket.records".*/, ''),
      'content',
      'counts 1 pass and holds 0',
    ],
    [
      'a result of another subject',
      TEXT.replace('"address":"aws_s3_bucket.records"', '"address":"aws_s3_bucket.x"'),
      'content',
      'with another control or subject',
    ],
    [
      'a control that was not judged',
      TEXT.replaceAll('"status":"implemented"', '"status":"planned"'),
      'content',
      'has a result of ENC-001, which it did not judge',
    ],
  ])('refuses %s', (_, text, defect, says) => {
    expect(text).not.toBe(TEXT);
    expect(read(text)).toEqual({ kind: 'refused', defect, what: expect.stringContaining(says) });
  });
});
