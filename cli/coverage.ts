import { coverageOf } from '../checks/coverage.ts';
import { coverageJson } from '../report/coverage-json.ts';
import { coverageText } from '../report/coverage-text.ts';
import { terminalOptions } from './check.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { judge, type JudgeOptions } from './judge.ts';
import type { ListFormat } from './option-values.ts';
import type { GlobalOptions } from './program.ts';
import { writeStdout } from './stdout.ts';

export interface CoverageOptions extends Omit<JudgeOptions, 'exceptions' | 'stage'>, GlobalOptions {
  readonly paths: readonly string[];
  readonly format: ListFormat;
}

const EVERYTHING = { controls: [], severities: [], sites: [] };

/** Prints what of an estate was looked at, by which controls, and what was not. No finding changes its exit code. */
export async function coverage(options: CoverageOptions, io: Io): Promise<ExitCode> {
  const { report, context } = await judge({ ...options, exceptions: [], stage: 'change', filter: EVERYTHING }, io);
  const { incompleteBecause } = report;
  const covered = { ...coverageOf(context, report), incompleteBecause };
  const exitCode = incompleteBecause.length > 0 ? EXIT.incomplete : EXIT.ok;
  const text =
    options.format === 'json'
      ? coverageJson(covered)
      : coverageText(covered, exitCode, terminalOptions(options, new Map(), io));
  await writeStdout(io, text);
  return exitCode;
}
