import { compareText } from '../../model/text-order.ts';
import { SEVERITIES } from '../../checks/check.ts';
import { CHANGES, type ControlStatus, type Result, type ResultTrace } from '../../checks/report.ts';
import { formatLocation } from '../../model/source.ts';
import { groupBy } from '../group.ts';
import type { Cell, Matrix, Row } from '../matrix.ts';
import { describeRemedy } from '../remedy.ts';
import { clip, columns } from './columns.ts';
import { codeFrame } from './frame.ts';
import { clean, paintVerdict, paragraph, type Style } from './style.ts';

const IN_FULL = 3;
const IN_SHORT = 12;
const RELATED = 5;
const BODY = 4;

const ORDER = ['fail', 'unproven', 'excepted'] as const satisfies readonly Result['verdict'][];

interface Sources {
  readonly controls: ReadonlyMap<string, ControlStatus>;
  readonly frames: ReadonlyMap<string, string>;
}

/** Everything that somebody must act on or know of: by site and family, the gravest first, alike findings together. */
export function findingSections(matrix: Matrix, sources: Sources, style: Style): readonly string[] {
  return matrix.rows.flatMap((row) => row.cells.flatMap((cell) => section(row, cell, sources, style)));
}

function section(row: Row, cell: Cell, sources: Sources, style: Style): readonly string[] {
  const found = cell.results.filter(({ verdict }) => verdict !== 'pass').toSorted(byGravity);
  if (found.length === 0) return [];
  const groups = groupBy(found, ({ verdict, control, change }) => `${verdict} ${control} ${change}`);
  const heading = `${clip(clean(style, row.name, 80), style.width - 20, style.glyphs.ellipsis)}: ${cell.family}`;
  const rule = style.glyphs.horizontal.repeat(Math.max(2, style.width - columns(heading) - 4));
  return [
    '',
    style.colour.dim(style.glyphs.horizontal.repeat(2)) + ` ${style.colour.bold(heading)} ` + style.colour.dim(rule),
    ...Array.from(groups.values(), (group) => ['', ...groupLines(group, row, sources, style)]).flat(),
  ];
}

function byGravity(left: Result, right: Result): number {
  return (
    order(left) - order(right) ||
    Number(left.change === 'existing') - Number(right.change === 'existing') ||
    SEVERITIES.indexOf(right.severity) - SEVERITIES.indexOf(left.severity) ||
    compareText(left.control, right.control) ||
    rank(left) - rank(right)
  );
}

function rank({ change }: Result): number {
  return change === null ? 0 : CHANGES.indexOf(change);
}

function order({ verdict }: Result): number {
  return verdict === 'pass' ? ORDER.length : ORDER.indexOf(verdict);
}

/** Findings of one control with one verdict and one change at one site. */
function groupLines(group: readonly Result[], row: Row, { controls, frames }: Sources, style: Style): string[] {
  const [head] = group;
  if (head === undefined) return [];
  const control = controls.get(head.control);
  const inFull = tellingOnes(group);
  const others = group.filter((result) => !inFull.includes(result));
  const inShort = others.slice(0, IN_SHORT);
  const hidden = others.length - inShort.length;
  const fixes = new Set(group.map(({ fix }) => fix));
  const commonFix = fixes.size === 1;

  const verdict = head.verdict === 'fail' ? 'FAIL' : head.verdict;
  const lines = [
    paintVerdict(style, head.verdict, verdict) +
      ` ${style.colour.bold(clean(style, head.control, 40))} ${head.severity}${head.change === null ? '' : `, ${head.change}`}` +
      (group.length > 1 ? style.colour.dim(`, ${group.length} times`) : ''),
  ];
  if (control !== undefined) lines.push(...paragraph(style, { indent: 2, text: control.title }));

  for (const result of inFull) {
    lines.push('', ...full(result, frames, style));
    if (!commonFix) lines.push(...paragraph(style, { indent: BODY, label: 'fix', text: result.fix }));
  }
  if (inShort.length > 0) lines.push('', ...inShort.flatMap((result) => short(result, style)));
  if (hidden > 0) lines.push(...more(hidden, head.control, row, style));

  lines.push('');
  if (control !== undefined) lines.push(...paragraph(style, { indent: 2, label: 'why', text: control.why }));
  if (commonFix) lines.push(...paragraph(style, { indent: 2, label: 'fix', text: head.fix }));
  lines.push(...paragraph(style, { indent: 2, label: 'more', text: `trefoil explain ${head.control}` }));
  return lines;
}

/** The findings to show in full: of those that are no failure, one for each message says it all. */
function tellingOnes(group: readonly Result[]): readonly Result[] {
  if (group[0]?.verdict === 'fail') return group.slice(0, IN_FULL);
  const byMessage = groupBy(group, ({ message, exception }) => `${exception?.id ?? ''} ${message}`);
  return Array.from(byMessage.values(), ([first]) => first)
    .filter((result) => result !== undefined)
    .slice(0, IN_FULL);
}

function full(result: Result, frames: ReadonlyMap<string, string>, style: Style): readonly string[] {
  const { subject, witness } = result;
  const place = subject.code ?? subject.source;
  const line = (label: string, text: string): readonly string[] => paragraph(style, { indent: BODY, label, text });
  const lines = [
    ...paragraph(style, { indent: 2, text: subjectOf(result), paint: style.colour.bold }),
    ...paragraph(style, { indent: BODY, text: result.message }),
    ...alsoOf(result, style),
  ];
  if (place !== null) lines.push(...line('at', formatLocation(place)));
  const frame = place === null ? undefined : frames.get(place.file);
  if (place !== null && frame !== undefined) lines.push(...codeFrame(frame, place, BODY + 4, style));
  if (subject.constructPath !== null) lines.push(...line('path', subject.constructPath));
  if (witness !== null && witness.path !== '') {
    lines.push(
      ...line('seen', witness.value === null ? `${witness.path} is not set` : `${witness.path} = ${witness.value}`),
    );
  } else if (witness !== null && witness.value !== null) lines.push(...line('seen', witness.value));
  if (witness !== null && witness.extent !== null) lines.push(...line('for', witness.extent));
  if (witness !== null && witness.remedy !== null && isOfCdktf(result)) {
    lines.push(...line('write', describeRemedy(witness.remedy)));
  }
  const input = witness?.source ?? (subject.code === null ? null : subject.source);
  if (input !== null) lines.push(...line('input', formatLocation(input)));
  for (const related of witness?.related.slice(0, RELATED) ?? []) {
    lines.push(...line('with', `${related.address} (${formatLocation(related.code ?? related.source)})`));
  }
  const left = (witness?.related.length ?? 0) - RELATED;
  if (left > 0) lines.push(...line('', `+ ${left} more resources`));
  if (witness !== null && witness.trace !== null) lines.push(...traceLines(witness.trace, style));
  lines.push(...settledBy(result, style), ...exceptionOf(result, style));
  return lines;
}

/** The packet, each hop with the line that decides it, and what would stop it. */
function traceLines({ packet, hops, closedBy }: ResultTrace, style: Style): readonly string[] {
  const width = String(hops.length).length;
  return [
    ...paragraph(style, { indent: BODY, label: 'packet', text: packet }),
    ...hops.flatMap(({ at, what, code, source }, index) => {
      const place = code ?? source;
      const text = place === null ? `${at} ${what}` : `${at} ${what} (${formatLocation(place)})`;
      return paragraph(style, { indent: BODY, label: `hop ${String(index + 1).padStart(width)}`, text });
    }),
    ...closedBy.flatMap((text) => paragraph(style, { indent: BODY, label: 'closed', text: `by taking away ${text}` })),
  ];
}

/** Other programs than those of CDKTF have no constructs to write. */
function isOfCdktf({ subject }: Result): boolean {
  return subject.kind !== 'resource' || subject.constructPath !== null;
}

function subjectOf({ subject }: Result): string {
  return subject.stack === null || subject.stack === subject.address
    ? subject.address
    : `${subject.address} in ${subject.stack}`;
}

/** What blocks the proof, unless the message has said it. */
function settledBy({ blockers, message }: Result, style: Style): readonly string[] {
  return blockers
    .filter(({ expression, reason }) => !message.includes(`${expression} ${reason}`))
    .slice(0, RELATED)
    .flatMap(({ expression, reason }) =>
      paragraph(style, { indent: BODY, label: 'needs', text: `${expression}, which ${reason}` }),
    );
}

function exceptionOf({ exception }: Result, style: Style): readonly string[] {
  if (exception === null) return [];
  const { id, ends, reason, owner, approver, ticket } = exception;
  return [
    ...paragraph(style, { indent: BODY, label: 'under', text: `${id} until ${ends}: ${reason}` }),
    ...paragraph(style, { indent: BODY, label: 'owner', text: `${owner}; approved by ${approver}, ${ticket}` }),
  ];
}

/** What else fails there: nothing of it shows once an exception covers the first. */
function alsoOf({ also }: Result, style: Style): readonly string[] {
  const left = also.length - RELATED;
  return [
    ...also.slice(0, RELATED).flatMap((text) => paragraph(style, { indent: BODY, label: 'also', text })),
    ...(left > 0 ? paragraph(style, { indent: BODY, label: 'also', text: `+ ${left} more` }) : []),
  ];
}

/** On one line where it fits; the place is what somebody needs, so it is never cut. */
function short(result: Result, style: Style): readonly string[] {
  const place = result.subject.code ?? result.subject.source;
  const subject = clean(style, subjectOf(result), 400);
  const room = style.width - 2;
  const under = exceptionOf(result, style);
  if (place === null) return [`  ${clip(subject, room, style.glyphs.ellipsis)}`, ...under];
  const line = `${subject}  ${clean(style, formatLocation(place), 400)}`;
  if (columns(line) <= room) return [`  ${line}`, ...under];
  return [
    `  ${clip(subject, room, style.glyphs.ellipsis)}`,
    ...paragraph(style, { indent: BODY, text: formatLocation(place) }),
    ...under,
  ];
}

function more(hidden: number, control: string, { site }: Row, style: Style): readonly string[] {
  const text = `+ ${hidden} more of ${control} at ${site}; --format json:report.json lists them all`;
  return paragraph(style, { indent: 2, text, paint: style.colour.bold });
}
