import { DEFAULT_JSON_LIMITS } from '../model/json/read.ts';
import { readReport, type WrittenReport } from '../report/read-report.ts';
import { CliError } from './errors.ts';
import type { Io } from './io.ts';
import { readNamedFile } from './text-file.ts';

/** Reads the JSON report of an earlier run. @throws CliError for anything else. */
export async function readWrittenReport(path: string, io: Io): Promise<WrittenReport> {
  const fix = 'Name a JSON report of an earlier run.';
  const file = await readNamedFile({ path, maxBytes: DEFAULT_JSON_LIMITS.maxBytes, fix }, io);
  const read = readReport(file.path, file.bytes);
  if (read.kind === 'report') return read.report;
  throw new CliError({
    code: 'CLI-REPORT',
    message: `${file.path} ${read.what}`,
    fix: 'Write it again with "trefoil check --format json:report.json", and edit nothing in it.',
  });
}
