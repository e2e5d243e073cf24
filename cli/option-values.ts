import { SEVERITIES, type Severity } from '../checks/check.ts';
import { type Blocks, BLOCKS, type Stage, STAGES } from '../checks/report.ts';
import { type Format, reporters } from '../report/index.ts';
import { FLOW_PROTOCOLS } from '../policy/policy.ts';
import { CliError, type CliErrorCode } from './errors.ts';

/** One output of a run: a format and the file that it goes to, null for standard output. */
export interface Destination {
  readonly format: Format;
  readonly file: string | null;
}

export const LIST_FORMATS = ['text', 'json'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

export function parseListFormat(text: string): ListFormat {
  return oneFormat(text, LIST_FORMATS);
}

/** The catalogue of controls is a document of its own besides. */
export const CATALOGUE_FORMATS = [...LIST_FORMATS, 'oscal'] as const;
export type CatalogueFormat = (typeof CATALOGUE_FORMATS)[number];

export function parseCatalogueFormat(text: string): CatalogueFormat {
  return oneFormat(text, CATALOGUE_FORMATS);
}

function oneFormat<Name extends string>(text: string, formats: readonly Name[]): Name {
  const format = formats.find((known) => known === text);
  if (format === undefined) {
    throw invalid(`there is no format "${text}"`, `Use ${alternatives(formats)}.`, 'CLI-FORMAT');
  }
  return format;
}

export const GRAPH_FORMATS = ['svg', 'dot', 'json'] as const;

export const FLOWS_FORMATS = ['text', 'svg', 'json'] as const;

/** The one output of a command, and the file that it goes to, null for standard output. */
interface OnlyDestination<Name extends string> {
  readonly format: Name;
  readonly file: string | null;
}

export type GraphDestination = OnlyDestination<(typeof GRAPH_FORMATS)[number]>;
export type FlowsDestination = OnlyDestination<(typeof FLOWS_FORMATS)[number]>;

/** `svg:network.svg` or `dot`. */
export function parseGraphDestination(text: string): GraphDestination {
  return onlyDestination(text, GRAPH_FORMATS, 'network');
}

/** `svg:flows.svg` or `text`. */
export function parseFlowsDestination(text: string): FlowsDestination {
  return onlyDestination(text, FLOWS_FORMATS, 'flows');
}

function onlyDestination<Name extends string>(
  text: string,
  formats: readonly Name[],
  example: string,
): OnlyDestination<Name> {
  const [name = '', ...rest] = text.split(':');
  const format = formats.find((known) => known === name);
  const file = rest.length === 0 ? null : rest.join(':');
  if (format === undefined) {
    const fix = `Use ${alternatives(formats)}, with ":file" for a file.`;
    throw invalid(`there is no format "${name}"`, fix, 'CLI-FORMAT');
  }
  if (file === '') {
    const ending = format === 'text' ? 'txt' : format;
    throw invalid(`--format ${text} names no file`, `Write ${format}:${example}.${ending} or ${format} alone.`);
  }
  return { format, file };
}

export function parseProtocol(text: string): (typeof FLOW_PROTOCOLS)[number] {
  const protocol = FLOW_PROTOCOLS.find((known) => known === text);
  if (protocol === undefined) throw invalid(`there is no protocol "${text}"`, `Use ${alternatives(FLOW_PROTOCOLS)}.`);
  return protocol;
}

const LAST_PORT = 65_535;

export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= LAST_PORT) return port;
  throw invalid(`"${text}" is no port`, `Write a number from 0 to ${LAST_PORT}.`);
}

const LARGEST_SAMPLE = 100_000;

export function parseSize(text: string): number {
  const size = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (size >= 1 && size <= LARGEST_SAMPLE) return size;
  throw invalid(`"${text}" is no size of a sample`, `Write a number from 1 to ${LARGEST_SAMPLE}.`);
}

/** The verdicts of results; what is not applicable has none. */
export const DRAWN_VERDICTS = ['pass', 'fail', 'unproven', 'excepted'] as const;

export function parseVerdict(text: string): (typeof DRAWN_VERDICTS)[number] {
  const verdict = DRAWN_VERDICTS.find((known) => known === text);
  if (verdict === undefined) throw invalid(`there is no verdict "${text}"`, `Use ${alternatives(DRAWN_VERDICTS)}.`);
  return verdict;
}

export function parseParallelism(text: string): number {
  const number = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (number > 0) return number;
  throw invalid(`"${text}" is no number of stacks`, 'Write a number from 1 to 999.');
}

/** `sarif:out.sarif` or `text`. Everything after the first colon is the file. */
export function parseDestination(text: string): Destination {
  const colon = text.indexOf(':');
  const format = colon === -1 ? text : text.slice(0, colon);
  const file = colon === -1 ? null : text.slice(colon + 1);
  if (!isFormat(format)) {
    throw new CliError({
      code: 'CLI-FORMAT',
      message: `there is no format "${format}"`,
      fix: `Use ${alternatives(Object.keys(reporters))}, with ":file" for a file.`,
    });
  }
  if (file === '') throw invalid(`--format ${text} names no file`, `Write ${format}:report or ${format} alone.`);
  return { format, file };
}

/** Two outputs in one place would overwrite or interleave each other. */
export function refuseSharedDestinations(destinations: readonly Destination[]): void {
  const seen = new Set<string | null>();
  for (const { file } of destinations) {
    if (seen.has(file)) {
      const place = file ?? 'standard output';
      throw new CliError({
        code: 'CLI-TWICE',
        message: `two formats go to ${place}`,
        fix: 'Give each its own file, as in --format json:report.json.',
      });
    }
    seen.add(file);
  }
}

/** A day that is in the calendar, as YYYY-MM-DD. */
export function parseDate(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // The engine takes 2026-02-30 for the 2nd of March.
  if (Number.isNaN(time) || isoDay(new Date(time)) !== text) {
    throw invalid(`"${text}" is no date`, 'Write a day of the calendar as YYYY-MM-DD.', 'CLI-DATE');
  }
  return text;
}

/** The day in UTC. */
export function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

export function parseStage(text: string): Stage {
  const stage = STAGES.find((known) => known === text);
  if (stage === undefined) throw invalid(`there is no stage "${text}"`, `Use ${alternatives(STAGES)}.`);
  return stage;
}

export function parseBlocks(text: string): Blocks {
  const blocks = BLOCKS.find((known) => known === text);
  if (blocks === undefined) throw invalid(`there is nothing to block called "${text}"`, `Use ${alternatives(BLOCKS)}.`);
  return blocks;
}

export function parseSeverity(text: string): Severity {
  const severity = SEVERITIES.find((known) => known === text);
  if (severity === undefined) throw invalid(`there is no severity "${text}"`, `Use ${alternatives(SEVERITIES)}.`);
  return severity;
}

/** `key=value` of the program's context; `true` and `false` are booleans, as in `cdktf.json`. */
export function parseContext(text: string): readonly [key: string, value: string | boolean] {
  const equals = text.indexOf('=');
  if (equals < 1) throw invalid(`--context ${text} has no key and value`, 'Write --context key=value.');
  const value = text.slice(equals + 1);
  return [text.slice(0, equals), value === 'true' ? true : value === 'false' ? false : value];
}

export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

function isFormat(text: string): text is Format {
  return Object.hasOwn(reporters, text);
}

function invalid(message: string, fix: string, code: CliErrorCode = 'CLI-VALUE'): CliError {
  return new CliError({ code, message, fix });
}
