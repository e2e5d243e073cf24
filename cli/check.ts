import { Chalk } from 'chalk';
import type { Severity } from '../checks/check.ts';
import { type Blocks, findings } from '../checks/report.ts';
import type { Appendix } from '../report/appendix.ts';
import { reporters } from '../report/index.ts';
import type { ReporterOptions } from '../report/reporter.ts';
import { readCodeFrames } from './code-frames.ts';
import { colourLevel, showsUnicode } from './colour.ts';
import { CliError, errorLine } from './errors.ts';
import { type ExitCode, exitCodeOf, worstExit } from './exit-code.ts';
import type { Io } from './io.ts';
import { type Against, judge, type Judgement, type JudgeOptions } from './judge.ts';
import { type Destination, refuseSharedDestinations } from './option-values.ts';
import { writeOutputFile } from './output-file.ts';
import type { GlobalOptions } from './program.ts';
import { writeParts } from './stdout.ts';
import { toolDigest } from './tool-digest.ts';

/** What a verdict about a change is compared with. */
export interface ChangeOptions {
  readonly base?: string;
  readonly block: Blocks;
}

export interface CheckOptions extends JudgeOptions, ChangeOptions, GlobalOptions {
  readonly paths: readonly string[];
  readonly format: readonly Destination[];
  readonly control: readonly string[];
  readonly severity: readonly Severity[];
  readonly site: readonly string[];
}

/** Columns of a report that goes to no terminal, so that its bytes are the same everywhere. */
const DEFAULT_WIDTH = 100;

/** Judges an estate and writes its reports. */
export async function check(options: CheckOptions, io: Io): Promise<ExitCode> {
  const destinations: readonly Destination[] =
    options.format.length > 0 ? options.format : [{ format: 'text', file: null }];
  refuseSharedDestinations(destinations);
  const filter = { controls: options.control, severities: options.severity, sites: options.site };
  const against = againstOf(options);
  const judgement = await judge({ ...options, filter, ...(against === null ? {} : { against }) }, io);
  const { report, inputs } = judgement;
  const frames = await readCodeFrames(findings(report), io.cwd);
  const appendix = destinations.some(({ format }) => format === 'html') ? await appendixFor(judgement, io) : null;
  const codes: ExitCode[] = [exitCodeOf(report)];
  // Files first: what is printed last on a terminal is the verdict.
  for (const { format, file } of destinations.toSorted(
    (left, right) => Number(left.file === null) - Number(right.file === null),
  )) {
    const render = (forTerminal: ReporterOptions): Iterable<string> =>
      reporters[format](report, { ...forTerminal, appendix });
    try {
      if (file === null) await writeParts(io, render(terminalOptions(options, frames, io)));
      else await writeOutputFile({ path: file, parts: render(fileOptions(options, frames)) }, io.cwd, inputs);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      // The other reports are still worth having; the exit code says that one is missing.
      await io.stderr.write(errorLine(error.code, error.message, error.fix));
      codes.push(error.exitCode);
    }
  }
  return worstExit(...codes);
}

/** The pictures and their layout are loaded for the format that shows them. */
async function appendixFor({ context, report }: Judgement, io: Io): Promise<Appendix> {
  const { appendixOf } = await import('../report/appendix-of.ts');
  return appendixOf(context, report, await toolDigest(io));
}

/** Without a base every finding is a change, and the caller who meant only changes to block would not know. */
export function againstOf({ base, block }: ChangeOptions): Against | null {
  if (base !== undefined) return { base, blocks: block };
  if (block === 'all') return null;
  throw new CliError({
    code: 'CLI-VALUE',
    message: `--block ${block} needs a base to tell what has changed`,
    fix: 'Give --base an earlier JSON report, or the directory of the stacks before the change.',
  });
}

type Frames = ReporterOptions['frames'];

export function terminalOptions(options: GlobalOptions, frames: Frames, io: Io): ReporterOptions {
  return {
    colour: new Chalk({ level: colourLevel(options.color, io.stdout, io.environment) }),
    width: io.stdout.columns ?? DEFAULT_WIDTH,
    charset: showsUnicode(io.stdout, io.environment) ? 'unicode' : 'ascii',
    frames,
    quiet: options.quiet,
  };
}

export function fileOptions({ quiet }: GlobalOptions, frames: Frames): ReporterOptions {
  return { colour: new Chalk({ level: 0 }), width: DEFAULT_WIDTH, charset: 'unicode', frames, quiet };
}
