import { flowMapOf } from '../checks/flow-map.ts';
import { verdictsOf } from '../checks/flow-verdict.ts';
import type { Policy } from '../policy/policy.ts';
import { suggest } from '../policy/suggestion.ts';
import type { FlowReport } from '../report/flows/json.ts';
import { fileOptions, terminalOptions } from './check.ts';
import { CliError } from './errors.ts';
import { EXIT, type ExitCode, worstExit } from './exit-code.ts';
import { refuseLarge } from './graph.ts';
import type { Io } from './io.ts';
import { type EstateOptions, onEstate } from './network-question.ts';
import { alternatives, type FlowsDestination } from './option-values.ts';
import { writeOutputFile } from './output-file.ts';
import type { GlobalOptions } from './program.ts';
import { writeStdout } from './stdout.ts';

export interface FlowsOptions extends EstateOptions, GlobalOptions {
  readonly paths: readonly string[];
  readonly site: string | null;
  readonly dataClass: string | null;
  readonly format: FlowsDestination;
}

/** Tells where data of a site and a class rests and travels, and whether it may. */
export async function flows(options: FlowsOptions, io: Io): Promise<ExitCode> {
  const { site, dataClass, format } = options;
  const { report, inputs } = await onEstate(options, io, ({ context, incompleteBecause, inputs }) => {
    refuseUnknown(options, context.policy);
    return { report: { ...flowMapOf(context, { site, dataClass }), incompleteBecause }, inputs };
  });
  const exitCode = exitCodeOf(report);
  const text = await render(report, exitCode, options, io);
  if (format.file === null) await writeStdout(io, text);
  else await writeOutputFile({ path: format.file, parts: [text] }, io.cwd, inputs);
  return exitCode;
}

/** As for `check`, with "inside" for "nothing failed": docs/decisions/0011-exit-codes-of-questions.md. */
function exitCodeOf({ stores, flows: moving, incompleteBecause }: FlowReport): ExitCode {
  const { outside, unproven } = verdictsOf([...stores, ...moving]);
  return worstExit(
    outside > 0 ? EXIT.failure : EXIT.ok,
    unproven > 0 || incompleteBecause.length > 0 ? EXIT.incomplete : EXIT.ok,
  );
}

async function render(report: FlowReport, exitCode: ExitCode, options: FlowsOptions, io: Io): Promise<string> {
  const { format, file } = options.format;
  switch (format) {
    case 'text': {
      const { flowsText } = await import('../report/flows/text.ts');
      const frames = new Map<string, never>();
      return flowsText(
        report,
        exitCode,
        file === null ? terminalOptions(options, frames, io) : fileOptions(options, frames),
      );
    }
    case 'json':
      return (await import('../report/flows/json.ts')).flowsJson(report);
    case 'svg': {
      const { flowsPicture } = await import('../report/flows/picture.ts');
      const picture = flowsPicture(report);
      await refuseLarge(picture, 'Ask for one site with --site or one class with --data-class, or take --format text.');
      return (await import('../report/flows/svg.ts')).flowsSvg(report, picture);
    }
  }
}

/** A word that nobody knows by a typing error would leave nothing to list. */
function refuseUnknown({ site, dataClass }: FlowsOptions, { sites, dataClasses }: Policy): void {
  const asked = [
    { what: 'site', word: site, known: sites.map(({ id }) => id), code: 'CLI-SITE' },
    { what: 'data class', word: dataClass, known: dataClasses.map(({ id }) => id), code: 'CLI-CLASS' },
  ] as const;
  for (const { what, word, known, code } of asked) {
    if (word === null || known.includes(word)) continue;
    const fix = suggest(word, known, `use ${alternatives(known)}.`);
    throw new CliError({ code, message: `there is no ${what} "${word}"`, fix });
  }
}
