import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ComparisonRequest } from '../checks/compare.ts';
import { DEFAULT_JSON_LIMITS } from '../model/json/read.ts';
import { readReport, type ReportDefect } from '../report/read-report.ts';
import { CliError, type CliErrorCode, systemReason } from './errors.ts';
import type { Io } from './io.ts';
import { readNamedFile } from './text-file.ts';

const CODES = {
  json: 'CLI-BASEJSON',
  format: 'CLI-BASEFORMAT',
  version: 'CLI-BASEVERSION',
  content: 'CLI-BASECONTENT',
} as const satisfies Record<ReportDefect, CliErrorCode>;

/** What to do when a base cannot be relied on: everything would look new, or worse, known. */
const FIXES = {
  json: 'Write it again with "trefoil check --format json:base.json".',
  format: 'Give a report of "trefoil check --format json", or the directory of the stacks before the change.',
  version: 'Judge the base again with this version, or give the directory of the stacks before the change.',
  content: 'Write it again with "trefoil check --format json:base.json", and edit nothing in it.',
} as const satisfies Record<ReportDefect, string>;

export async function isDirectory(path: string, io: Io): Promise<boolean> {
  try {
    return (await stat(resolve(io.cwd, path))).isDirectory();
  } catch (cause) {
    const fix = 'Name an earlier JSON report, or the directory of the stacks before the change.';
    throw new CliError({ code: 'CLI-BASE', message: `${path}: ${systemReason(cause)}`, fix, cause });
  }
}

/** Reads an earlier report to compare with. @throws CliError for anything else. */
export async function readBaseReport(path: string, io: Io): Promise<Omit<ComparisonRequest, 'blocks'>> {
  const fix = 'Name a JSON report of an earlier run.';
  const file = await readNamedFile({ path, maxBytes: DEFAULT_JSON_LIMITS.maxBytes, fix }, io);
  const read = readReport(file.path, file.bytes);
  if (read.kind === 'report') {
    return { base: read.report, origin: { path: file.path, inputs: [{ path: file.path, sha256: file.sha256 }] } };
  }
  throw new CliError({ code: CODES[read.defect], message: `${file.path} ${read.what}`, fix: FIXES[read.defect] });
}
