import type { Report, Result } from '../checks/report.ts';
import { conclude, controlsAskedFor } from './conclusion.ts';
import { cut, visible } from './escape.ts';
import type { Reporter } from './reporter.ts';
import { runFaults } from './run-faults.ts';
import { countsLine } from './sentence.ts';

/** The columns, in their order. New ones are added at the end. */
export const CSV_COLUMNS = [
  'record',
  'verdict',
  'control',
  'severity',
  'family',
  'site',
  'stack',
  'address',
  'construct_path',
  'file',
  'line',
  'column',
  'message',
  'argument',
  'value',
  'also',
  'needs',
  'fix',
  'change',
  'exception',
  'exception_ends',
  'exception_reason',
  'owner',
  'approver',
  'ticket',
  'id',
  'fingerprint',
  'exception_starts',
  'compensating_controls',
] as const;

type Cells = { readonly [column in (typeof CSV_COLUMNS)[number]]?: string | number | null };

/** What a spreadsheet shows in a cell, less than the 32,767 characters that one holds. */
const LONGEST_CELL = 10_000;

/**
 * RFC 4180 in UTF-8, for spreadsheets: a row for each result, for each control without a subject, for all that was not
 * looked at, and the verdict of the run in the last row, without which the file is cut.
 */
export const csv: Reporter = (report) => render(report);

function* render(report: Report): Generator<string> {
  yield `${CSV_COLUMNS.join(',')}\r\n`;
  for (const result of report.results) yield row(resultCells(result));
  for (const { id, family, severity, population, title } of controlsAskedFor(report)) {
    if (population > 0) continue;
    yield row({ record: 'control', verdict: 'not-applicable', control: id, severity, family, message: title });
  }
  for (const { kind, code, place, text } of runFaults(report)) {
    yield row({ record: 'fault', verdict: kind, message: text, id: code, ...placeCells(place) });
  }
  const { verdict, because, exitCode } = conclude(report);
  yield row({ record: 'run', verdict, message: `${because} (exit ${exitCode}); ${countsLine(report)}` });
}

function resultCells(result: Result): Cells {
  const { subject, witness, exception } = result;
  return {
    record: 'result',
    verdict: result.verdict,
    control: result.control,
    severity: result.severity,
    family: result.family,
    site: result.site,
    stack: subject.stack,
    address: subject.address,
    construct_path: subject.constructPath,
    ...placeCells(subject.code ?? subject.source),
    message: result.message,
    ...(result.verdict === 'pass' ? {} : { fix: result.fix }),
    argument: witness?.path ?? null,
    value: witness?.value ?? null,
    also: result.also.join('; '),
    needs: result.blockers.map(({ expression, reason }) => `${expression}, which ${reason}`).join('; '),
    change: result.change,
    ...(exception === null
      ? {}
      : {
          exception: exception.id,
          exception_ends: exception.ends,
          exception_reason: exception.reason,
          owner: exception.owner,
          approver: exception.approver,
          ticket: exception.ticket,
          exception_starts: exception.starts,
          compensating_controls: exception.compensatingControls.join('; '),
        }),
    id: result.id,
    fingerprint: result.fingerprint,
  };
}

function placeCells(place: { readonly file: string; readonly line: number; readonly column: number } | null): Cells {
  return place === null ? {} : { file: place.file, line: place.line, column: place.column };
}

function row(cells: Cells): string {
  return `${CSV_COLUMNS.map((column) => cell(cells[column] ?? '')).join(',')}\r\n`;
}

/** What means nothing to a spreadsheet at any place in a cell; most texts are of these alone. */
const PLAIN_CELL = /^[A-Za-z0-9][A-Za-z0-9 .:/_()[\]-]*$/;

function cell(value: string | number): string {
  if (typeof value === 'number' || value === '') return String(value);
  if (PLAIN_CELL.test(value) && value.length <= LONGEST_CELL && !value.endsWith(' ')) return value;
  const text = harmless(visible(cut(value, LONGEST_CELL)));
  return /[",;\r\n]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Text that no spreadsheet takes for a formula: an apostrophe before what begins one, at the start and, for those that
 * part cells at semicolons, after one. Tabs and line breaks, behind which others look for one, are no more in it.
 */
function harmless(text: string): string {
  return text
    .replace(/^(?=[\s"']*[=+\-@\uff0b\uff0d\uff1d\uff20])/, "'")
    .replace(/(;[\s"']*)(?=[=+\-@\uff0b\uff0d\uff1d\uff20])/g, "$1'");
}
