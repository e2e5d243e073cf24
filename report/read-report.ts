import type { Base, BaseResult } from '../checks/compare.ts';
import type { ControlStatus, Report, Result, ResultHop, ResultWitness } from '../checks/report.ts';
import { InputError } from '../model/input-error.ts';
import type { JsonDocument, JsonNode } from '../model/json/json.ts';
import { duplicatesWithin, firstMember, toPlain } from '../model/json/plain.ts';
import { quote } from '../model/json/quote.ts';
import { readJson } from '../model/json/read.ts';
import type { SourceLocation } from '../model/source.ts';
import type { Validator } from '../policy/validation.ts';
import { REPORT_SCHEMA_VERSION } from './json.ts';
import { validate } from './validate-report.generated.ts';

const matchesSchema: Validator = validate;

/** Why something is no report to rely on. */
export type ReportDefect = 'json' | 'format' | 'version' | 'content';

/** A report as its schema describes it, as far as somebody reads it. */
export interface WrittenReport
  extends Base, Pick<Report, 'stage' | 'inputs' | 'problems' | 'incompleteBecause' | 'summary' | 'unprovenBlocks'> {
  readonly policy: Report['policy'];
  readonly controls: readonly ControlStatus[];
  readonly results: readonly WrittenResult[];
}

/** Of a place a report has `source` for readers, which is one of the two others. */
interface WrittenPlace {
  readonly code: SourceLocation | null;
  readonly input: SourceLocation | null;
}

export interface WrittenResult
  extends BaseResult, WrittenPlace, Pick<Result, 'messageId' | 'fix' | 'also' | 'fingerprint' | 'blockers' | 'change'> {
  readonly exception: Result['exception'];
  readonly witness: WrittenWitness | null;
}

interface WrittenWitness extends Omit<ResultWitness, 'related' | 'trace'> {
  readonly related: readonly WrittenResource[];
  readonly trace: {
    readonly packet: string;
    readonly hops: readonly (WrittenPlace & Omit<ResultHop, 'source' | 'code'>)[];
    readonly closedBy: readonly string[];
  } | null;
}

/** A resource has a place in the input. */
interface WrittenResource extends Pick<
  ResultWitness['related'][number],
  'stack' | 'address' | 'constructPath' | 'code'
> {
  readonly input: SourceLocation;
}

export type ReportRead =
  | { readonly kind: 'report'; readonly report: WrittenReport }
  /** `what` continues the name of the file, as a clause. */
  | { readonly kind: 'refused'; readonly defect: ReportDefect; readonly what: string };

/** Reads a report that the `json` format wrote, of this schema version. Anything else is refused, never read in part. */
export function readReport(file: string, bytes: Uint8Array): ReportRead {
  const document = parse(file, bytes);
  if (typeof document === 'string') return refused('json', document);
  const { root } = document;
  const tool = memberOf(root, 'tool');
  const name = tool === null ? null : textOf(memberOf(tool, 'name'));
  const version = textOf(memberOf(root, 'schemaVersion'));
  if (name !== 'trefoil' || version === null) return refused('format', 'is no JSON report of trefoil');
  if (version !== REPORT_SCHEMA_VERSION) {
    return refused(
      'version',
      `is a report of version ${quote(version)}, and this is the version ${REPORT_SCHEMA_VERSION}`,
    );
  }
  const [repeated] = duplicatesWithin(root);
  if (repeated !== undefined) {
    const { line, column } = document.locate(repeated.again.keyOffset);
    return refused('content', `has the key ${quote(repeated.again.key)} twice, again at ${line}:${column}`);
  }
  const content: unknown = toPlain(root);
  if (!matchesSchema(content)) {
    const at = matchesSchema.errors?.[0]?.instancePath ?? '';
    return refused('content', `is not as its schema says, at ${quote(at === '' ? '/' : at)}`);
  }
  // The schema that has just held describes all of `WrittenReport`.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const report = content as WrittenReport;
  const contradiction = contradictionIn(report);
  return contradiction === null ? { kind: 'report', report } : refused('content', contradiction);
}

/** What the report says in two places, and differently: a finding that somebody took out or put in leaves such a trace. */
function contradictionIn({ results, summary, controls }: WrittenReport): string | null {
  const counts = { pass: 0, fail: 0, unproven: 0, excepted: 0 };
  const implemented = new Set(controls.filter(({ status }) => status === 'implemented').map(({ id }) => id));
  for (const { id, control, verdict, subject } of results) {
    counts[verdict] += 1;
    if (!implemented.has(control)) return `has a result of ${control}, which it did not judge`;
    if (id !== `${control}:${subject.stack ?? ''}:${subject.address}`) {
      return `has the result ${quote(id)} with another control or subject`;
    }
  }
  for (const verdict of ['pass', 'fail', 'unproven', 'excepted'] as const) {
    if (counts[verdict] !== summary[verdict]) {
      return `counts ${summary[verdict]} ${verdict} and holds ${counts[verdict]}`;
    }
  }
  return null;
}

/** The document, or what is wrong with it. */
function parse(file: string, bytes: Uint8Array): JsonDocument | string {
  try {
    return readJson(file, bytes);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { what, location } = error.problem;
    return location === undefined
      ? `is no JSON: ${what}`
      : `is no JSON, at ${location.line}:${location.column}: ${what}`;
  }
}

function memberOf(node: JsonNode, key: string): JsonNode | null {
  return node.kind === 'object' ? (firstMember(node, key)?.value ?? null) : null;
}

function textOf(node: JsonNode | null): string | null {
  return node?.kind === 'string' ? node.value : null;
}

function refused(defect: ReportDefect, what: string): ReportRead {
  return { kind: 'refused', defect, what };
}
