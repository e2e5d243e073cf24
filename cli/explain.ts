import { checks } from '../checks/index.ts';
import type { ControlMetadata } from '../checks/check.ts';
import { findings } from '../checks/report.ts';
import { controlLines } from '../report/text/control.ts';
import { type ExplainedFinding, findingLines } from '../report/text/finding.ts';
import { styleOf } from '../report/text/style.ts';
import { resultOf } from '../report/written-result.ts';
import { terminalOptions } from './check.ts';
import { readCodeFrames } from './code-frames.ts';
import { CliError } from './errors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { controlOf, findingNotFound } from './finding-id.ts';
import type { Io } from './io.ts';
import { judge, type JudgeOptions } from './judge.ts';
import type { GlobalOptions } from './program.ts';
import { readWrittenReport } from './read-written-report.ts';
import { writeStdout } from './stdout.ts';

export interface ExplainOptions extends JudgeOptions, GlobalOptions {
  readonly paths: readonly string[];
  /** The JSON report that a finding is taken from; without one the paths are judged again. */
  readonly report?: string;
}

/** Explains a control, or a finding with the control behind it. */
export async function explain(id: string, options: ExplainOptions, io: Io): Promise<ExitCode> {
  const control = controlOf(id);
  if (id === control.id) {
    if (options.report !== undefined) throw needsFinding(id);
    const check = checks.find((candidate) => candidate.id === id) ?? null;
    const style = styleOf(terminalOptions(options, new Map(), io));
    await writeStdout(io, asText(controlLines(control, check, style)));
    return EXIT.ok;
  }
  const found =
    options.report === undefined ? await judged(id, control, options, io) : await written(id, options.report, io);
  const frames = await readCodeFrames([found.result], io.cwd);
  const style = styleOf(terminalOptions(options, frames, io));
  await writeStdout(io, asText(findingLines({ control, ...found, frames }, style)));
  return EXIT.ok;
}

type Found = Pick<ExplainedFinding, 'result' | 'run'>;

async function judged(id: string, control: ControlMetadata, options: ExplainOptions, io: Io): Promise<Found> {
  const filter = { controls: [control.id], severities: [], sites: [] };
  const { report } = await judge({ ...options, filter }, io);
  const result = findings(report).find((finding) => finding.id === id);
  if (result === undefined) throw findingNotFound(id, { name: 'this estate', ...report });
  return { result, run: report };
}

async function written(id: string, file: string, io: Io): Promise<Found> {
  const report = await readWrittenReport(file, io);
  const result = report.results.find((candidate) => candidate.id === id);
  if (result === undefined || result.verdict === 'pass') throw findingNotFound(id, { name: file, ...report });
  return { result: resultOf(result), run: report };
}

function needsFinding(id: string): CliError {
  return new CliError({
    code: 'CLI-VALUE',
    message: `${id} is a control, which no report is needed for`,
    fix: 'Name a finding of the report, or leave --report out.',
  });
}

function asText(lines: readonly string[]): string {
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}
