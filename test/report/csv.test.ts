import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csv, CSV_COLUMNS } from '../../report/csv.ts';
import { cut, visible } from '../../report/escape.ts';
import { parseCsv } from '../support/csv-rows.ts';
import { anyText } from '../support/hostile-strings.ts';
import { rendered } from '../support/rendered.ts';
import { BUCKETS_ENCRYPTED, exceptedOf, failOf, passOf, PLAIN, reportOf, unprovenOf } from '../support/reports.ts';

type Row = { readonly [column: string]: string };

function rowsOf(...parts: Parameters<typeof reportOf>): readonly Row[] {
  const [header = [], ...rows] = parseCsv(rendered(csv, reportOf(...parts), PLAIN));
  expect(header).toEqual([...CSV_COLUMNS]);
  return rows.map((cells) => Object.fromEntries(cells.map((cell, index) => [header[index] ?? '', cell])));
}

it('has a row for each result, each control without a subject, and the run', () => {
  const rows = rowsOf({ results: [passOf(), failOf(), unprovenOf(), exceptedOf()] });
  expect(rows.map(({ record, verdict, control }) => [record, verdict, control])).toEqual([
    ['result', 'pass', 'ENC-001'],
    ['result', 'fail', 'ENC-001'],
    ['result', 'unproven', 'ENC-001'],
    ['result', 'excepted', 'ENC-001'],
    ['control', 'not-applicable', 'RES-001'],
    ['run', 'fail', ''],
  ]);
  expect(rows[1]).toMatchObject({ file: 'stacks/data.ts', line: '2', column: '18', value: '"AES256"' });
  expect(rows[3]).toMatchObject({ exception: 'EX-7', exception_ends: '2026-06-30', approver: 'Grace Hopper' });
});

it('has a row for what was not looked at, and ends with a run that is no pass', () => {
  const rows = rowsOf({
    results: [passOf()],
    complete: false,
    incompleteBecause: ['the stack norway-data is missing'],
  });
  expect(rows.slice(-2)).toMatchObject([
    { record: 'fault', verdict: 'incomplete', message: 'the stack norway-data is missing' },
    { record: 'run', verdict: 'incomplete' },
  ]);
});

it.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['  =1', "'  =1"],
  ['"=1', `'"=1`],
  ['\t=1', '\\u{9}=1'],
  ['\r=1', '\\u{d}=1'],
  ['\uff1d1', "'\uff1d1"],
  ['a;=1', "a;'=1"],
  ['a; "@x', `a; "'@x`],
  ['a-1=b', 'a-1=b'],
  ['plain, "quoted"', 'plain, "quoted"'],
])('writes %j as %j', (message, expected) => {
  expect(rowsOf({ results: [failOf(BUCKETS_ENCRYPTED, { message })] })[0]?.['message']).toBe(expected);
});

it('begins no cell with what a spreadsheet computes, and loses no text', () => {
  fc.assert(
    fc.property(anyText, (message) => {
      const [row] = rowsOf({ results: [failOf(BUCKETS_ENCRYPTED, { message })] });
      const cell = row?.['message'] ?? '';
      expect(cell).not.toMatch(/^[=+\-@\t\r]|;\s*[=+\-@]/);
      expect(cell.replace(/^'/, '').replaceAll(/(;[\s"']*)'/g, '$1')).toBe(
        visible(cut(message, 10_000)).replaceAll(/^'|(;[\s"']*)'/g, '$1'),
      );
    }),
  );
});
