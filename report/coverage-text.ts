import { type Look, LOOKS, type TypeCoverage } from '../checks/coverage.ts';
import { describeClasses } from '../model/aws/resource-class.ts';
import { count } from './conclusion.ts';
import { escapeLine } from './escape.ts';
import type { ReporterOptions } from './reporter.ts';
import { paintVerdict, paragraph, type Style, styleOf } from './text/style.ts';
import type { CoverageReport } from './coverage-json.ts';

const MOST_REASONS = 8;
const MOST_UNPROVEN = 50;

/** What each look is, as people read it. */
const MEANINGS: Readonly<Record<Look, string>> = {
  inspected: 'a control that is about their type has judged or read them',
  general: 'only controls over all resources have judged them: place, and how they are written',
  inert: 'their type does nothing with data',
  vouched: 'no control has judged them, and the policy classifies their type',
  uninspected: 'their type is known, and no control has looked at them',
  unproven: 'completeness is not proved of them',
};

/** For people at a terminal: the counts, which add up, then every type by how it was looked at. */
export function coverageText(report: CoverageReport, exitCode: number, options: ReporterOptions): string {
  const style = styleOf(options);
  const head = [...headline(report, exitCode, style), '', ...countLines(report, style)];
  const lines = options.quiet
    ? head
    : [...head, ...LOOKS.flatMap((look) => lookLines(look, report, style)), ...stackLines(report, style)];
  return lines.map((line) => `${escapeLine(line).trimEnd()}\n`).join('');
}

function headline(report: CoverageReport, exitCode: number, style: Style): readonly string[] {
  const { resources, types, stacks, incompleteBecause } = report;
  const isWhole = incompleteBecause.length === 0;
  const word = isWhole ? 'ACCOUNTED FOR' : 'INCOMPLETE';
  const seen = `${count(resources, 'resource')} of ${count(types, 'type')} in ${count(stacks.length, 'stack')}`;
  const [first = '', ...rest] = paragraph(style, { indent: 0, text: `${word}: ${seen} (exit ${exitCode})` });
  const left = incompleteBecause.length - MOST_REASONS;
  return [
    paintVerdict(style, isWhole ? 'pass' : 'incomplete', word) + first.slice(word.length),
    ...rest,
    ...[...incompleteBecause.slice(0, MOST_REASONS), ...(left > 0 ? [`+ ${left} more`] : [])].flatMap((text) =>
      paragraph(style, { indent: 2, label: `${style.glyphs.bullet} `, text }),
    ),
  ];
}

function countLines({ counts, resources, difference }: CoverageReport, style: Style): readonly string[] {
  const width = String(resources).length;
  const line = (number: number, what: string): readonly string[] =>
    paragraph(style, { indent: 2, label: `${String(number).padStart(width)} `, text: what });
  return [
    ...LOOKS.flatMap((look) => line(counts[look], `${look}: ${MEANINGS[look]}`)),
    ...line(resources, `in all; difference ${difference}`),
  ];
}

function lookLines(look: Look, report: CoverageReport, style: Style): readonly string[] {
  const rows = report.byType.filter(({ counts }) => counts[look] > 0);
  if (rows.length === 0) return [];
  const title = `${look[0]?.toUpperCase() ?? ''}${look.slice(1)}: ${MEANINGS[look]}`;
  return [
    '',
    ...paragraph(style, { indent: 0, text: title }).map((line) => style.colour.bold(line)),
    ...rows.flatMap((row) => typeLines(look, row, style)),
    ...(look === 'unproven' ? unprovenLines(report, style) : []),
  ];
}

function typeLines(look: Look, row: TypeCoverage, style: Style): readonly string[] {
  const { type, classes, reason, from, controls, readBy, counts, suggestion } = row;
  const line = (label: string, text: string): readonly string[] => paragraph(style, { indent: 4, label, text });
  const said = classes === null || classes.length === 0 ? '' : `: ${describeClasses(classes)}`;
  const judged = controls
    .map(({ control, resources }) => (resources === row.resources ? control : `${control} (${resources})`))
    .join(', ');
  return [
    ...paragraph(style, { indent: 2, text: `${type} ${counts[look]}${said}` }),
    ...(reason === null ? [] : line('why', from === 'policy' ? `${reason} (the policy)` : reason)),
    ...(suggestion === null ? [] : line('schema', suggestion)),
    ...(judged === '' ? [] : line('by', judged)),
    ...(readBy.length === 0 ? [] : line('read', `by ${readBy.join(', ')}`)),
  ];
}

function unprovenLines({ unproven }: CoverageReport, style: Style): readonly string[] {
  const left = unproven.length - MOST_UNPROVEN;
  return [
    ...unproven
      .slice(0, MOST_UNPROVEN)
      .flatMap(({ stack, address, message }) =>
        paragraph(style, { indent: 2, label: `${style.glyphs.bullet} `, text: `${stack}:${address} ${message}` }),
      ),
    ...(left > 0 ? paragraph(style, { indent: 2, text: `+ ${left} more; --format json lists them` }) : []),
  ];
}

function stackLines({ stacks }: CoverageReport, style: Style): readonly string[] {
  if (stacks.length === 0) return [];
  const line = (text: string): readonly string[] => paragraph(style, { indent: 2, text });
  return [
    '',
    style.colour.bold('By stack'),
    ...stacks.flatMap(({ stack, resources, counts }) => {
      const parts = LOOKS.filter((look) => counts[look] > 0).map((look) => `${counts[look]} ${look}`);
      return line(`${stack} ${resources}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`);
    }),
  ];
}
