import { SEVERITIES } from '../checks/check.ts';
import type { Report, Result } from '../checks/report.ts';
import { formatLocation } from '../model/source.ts';
import { conclude, count } from './conclusion.ts';
import { groupBy } from './group.ts';
import { code, prose } from './markdown-text.ts';
import { type Row, verdictMatrix } from './matrix.ts';
import { describeRemedy } from './remedy.ts';
import type { Reporter } from './reporter.ts';
import { type RunFault, runFaults } from './run-faults.ts';
import { askedFor, countsLine, justification } from './sentence.ts';

/** Bytes of a comment: services take some 65,000 characters, and whoever posts it may add to it. */
export const MOST_BYTES = 60_000;

/** What the end of a comment that was cut takes at the most. */
const RESERVED = 1000;

/** By this the next run finds the comment to replace. */
const MARK = '<!-- trefoil report -->';

const MOST_ROWS = 20;
const MOST_FAULTS = 10;
/** Findings of one control and verdict. */
const MOST_ALIKE = 8;

const LONGEST_NAME = 200;
const LONGEST_TEXT = 400;

/** A part of the comment, and the findings that it tells of. */
interface Block {
  readonly text: string;
  readonly findings: number;
}

/** A comment for a pull request, in the Markdown of GitHub and GitLab: at most 60 kB, and it says what it leaves out. */
export const markdown: Reporter = (report) => {
  const head = headOf(report);
  const foot = `${footOf(report)}\n`;
  const blocks = blocksOf(report);
  const room = MOST_BYTES - RESERVED - bytesOf(head) - bytesOf(foot);
  const fitting: Block[] = [];
  let used = 0;
  for (const block of blocks) {
    used += bytesOf(block.text) + 1;
    if (used > room) break;
    fitting.push(block);
  }
  return [head, ...fitting.map(({ text }) => `\n${text}`), ...omitted(report, fitting, blocks.length), `\n${foot}`];
};

function headOf(report: Report): string {
  const { verdict, because, exitCode } = conclude(report);
  const asked = askedFor(report);
  return [
    MARK,
    `## trefoil: ${verdict.toUpperCase()}`,
    '',
    `${because} (exit ${exitCode}). ${countsLine(report)}.`,
    ...(asked === null ? [] : ['', `Only what was asked for: ${prose(asked, LONGEST_TEXT)}.`]),
    '',
  ].join('\n');
}

function footOf({ tool, policy, stage, asOf }: Report): string {
  return (
    `trefoil ${code(tool.version, LONGEST_NAME)}, policy ${code(policy.name, LONGEST_NAME)} ` +
    `(sha256 ${code(policy.sha256, LONGEST_NAME)}), stage ${stage}, judged as of ${code(asOf, LONGEST_NAME)}`
  );
}

/** What no block that fits tells of. Said in any case: a comment that ends early must not look like good news. */
function omitted(report: Report, fitting: readonly Block[], blocks: number): readonly string[] {
  const total = report.results.filter(({ verdict }) => verdict !== 'pass').length;
  const shown = fitting.reduce((sum, { findings }) => sum + findings, 0);
  if (shown === total && fitting.length === blocks) return [];
  return [
    `\n**Not all is shown: ${total - shown} of ${count(total, 'finding')} are left out.** A comment tells of ` +
      `${MOST_ALIKE} of a control at most and holds ${MOST_BYTES / 1000} kB; the formats json, sarif and csv hold every finding.\n`,
  ];
}

function blocksOf(report: Report): readonly Block[] {
  return [
    ...faultBlocks('Not looked at', runFaults(report), 'incomplete'),
    ...faultBlocks('Exceptions that do not apply', runFaults(report), 'refused'),
    ...matrixBlock(report),
    ...findingBlocks(report, 'fail', 'Failures'),
    ...findingBlocks(report, 'unproven', 'Unproven'),
    ...findingBlocks(report, 'excepted', 'Excepted'),
  ];
}

function faultBlocks(title: string, all: readonly RunFault[], kind: RunFault['kind']): readonly Block[] {
  const faults = all.filter((fault) => fault.kind === kind);
  if (faults.length === 0) return [];
  const lines = faults.slice(0, MOST_FAULTS).map(({ code: id, place, text }) => {
    const at = place === null ? '' : `${code(formatLocation(place), LONGEST_NAME)} `;
    return `- ${id === kind ? '' : `${code(id, LONGEST_NAME)} `}${at}${prose(text, LONGEST_TEXT)}`;
  });
  const left = faults.length - lines.length;
  const more = left > 0 ? [`- ${left} more`] : [];
  return [{ text: `### ${title}: ${faults.length}\n\n${[...lines, ...more].join('\n')}\n`, findings: 0 }];
}

/** The sites as rows, the families as columns. */
function matrixBlock(report: Report): readonly Block[] {
  const { families, rows } = verdictMatrix(report);
  if (rows.length === 0 || families.length === 0) return [];
  const left = rows.length - MOST_ROWS;
  const lines = [
    `| Site | ${families.join(' | ')} |`,
    `| --- | ${families.map(() => '---').join(' | ')} |`,
    ...rows.slice(0, MOST_ROWS).map(matrixRow),
  ];
  return [{ text: `${lines.join('\n')}\n${left > 0 ? `\n${count(left, 'more row')}\n` : ''}`, findings: 0 }];
}

function matrixRow({ name, cells }: Row): string {
  const words = cells.map(({ verdict, counts }) => {
    if (verdict === 'not-applicable') return 'n/a';
    return verdict === 'fail' ? `**FAIL ${counts.fail}**` : `${verdict} ${counts[verdict]}`;
  });
  return `| ${prose(name, LONGEST_NAME)} | ${words.join(' | ')} |`;
}

function findingBlocks(report: Report, verdict: 'fail' | 'unproven' | 'excepted', title: string): readonly Block[] {
  const found = report.results.filter((result) => result.verdict === verdict);
  const groups = groupBy(found.toSorted(byGravity), ({ control }) => control);
  const titles = new Map(report.controls.map((control) => [control.id, control.title]));
  return Array.from(groups.values(), (group, index) => {
    const heading = index === 0 ? `### ${title}: ${found.length}\n\n` : '';
    return { text: `${heading}${groupText(group, titles)}`, findings: Math.min(group.length, MOST_ALIKE) };
  });
}

/** What is new stands before what the base has found too. */
function byGravity(left: Result, right: Result): number {
  return (
    SEVERITIES.indexOf(right.severity) - SEVERITIES.indexOf(left.severity) ||
    Number(left.change === 'existing') - Number(right.change === 'existing')
  );
}

function groupText(group: readonly Result[], titles: ReadonlyMap<string, string>): string {
  const [head] = group;
  if (head === undefined) return '';
  const title = titles.get(head.control);
  const left = group.length - MOST_ALIKE;
  const fix = head.verdict === 'fail' ? [`\nFix: ${prose(head.fix, LONGEST_TEXT)}`] : [];
  return [
    `**${code(head.control, LONGEST_NAME)}** ${head.severity}${title === undefined ? '' : `: ${prose(title, LONGEST_TEXT)}`}\n`,
    ...group.slice(0, MOST_ALIKE).map(findingText),
    ...(left > 0 ? [`- ${left} more of this control`] : []),
    ...fix,
    '',
  ].join('\n');
}

function findingText({ subject, message, change, exception, witness }: Result): string {
  const { stack, address } = subject;
  const place = subject.code ?? subject.source;
  const where = [
    code(address, LONGEST_NAME),
    ...(stack === null || stack === address ? [] : [`in ${code(stack, LONGEST_NAME)}`]),
    ...(place === null ? [] : [`at ${code(formatLocation(place), LONGEST_NAME)}`]),
    ...(change === null ? [] : [`(${change})`]),
  ].join(' ');
  const remedy = witness?.remedy ?? null;
  const trace = witness?.trace ?? null;
  return [
    `- ${where}: ${prose(message, LONGEST_TEXT)}`,
    ...(trace === null ? [] : [`  - lets through ${code(trace.packet, LONGEST_TEXT)}`]),
    ...(exception === null ? [] : [`  - under ${prose(justification(exception), LONGEST_TEXT)}`]),
    ...(exception !== null || remedy === null || subject.constructPath === null
      ? []
      : [`  - write ${code(describeRemedy(remedy), LONGEST_TEXT)}`]),
  ].join('\n');
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
