import { realpath, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
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

/**
 * Refuses a base that cannot be compared with, before work is done that takes longer.
 * @throws CliError also for one that holds what is judged: compared with itself nothing would ever be new.
 */
export async function refuseBase(base: string, judged: readonly string[], io: Io): Promise<void> {
  if (!(await isDirectory(base, io))) {
    await readBaseReport(base, io);
    return;
  }
  const real = await realPathOf(base, io);
  for (const path of judged) {
    const own = await realPathOf(path, io);
    if (real === null || own === null || !`${own}${sep}`.startsWith(`${real}${sep}`)) continue;
    throw new CliError({
      code: 'CLI-BASE',
      message: `${base} holds ${path}, which is judged: compared with itself nothing is new`,
      fix: 'Name the stacks as they were before the change, in a directory of their own.',
    });
  }
}

/** Null for what is not there, of which others tell more. */
async function realPathOf(path: string, io: Io): Promise<string | null> {
  return realpath(resolve(io.cwd, path)).catch(() => null);
}

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
    const origin = { path: file.path, inputs: [{ path: file.path, sha256: file.sha256 }] };
    return { base: read.report, origin, exceptionsOf: 'base' };
  }
  throw new CliError({ code: CODES[read.defect], message: `${file.path} ${read.what}`, fix: FIXES[read.defect] });
}
