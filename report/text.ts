import type { InputProblem } from '../model/input-error.ts';
import { formatLocation, type SourceLocation } from '../model/source.ts';
import type { PolicyProblem } from '../policy/problem.ts';
import type { Report } from '../checks/report.ts';
import { conclude, controlsAskedFor, count, countControls, otherReasons } from './conclusion.ts';
import { escapeLine } from './escape.ts';
import { verdictMatrix } from './matrix.ts';
import type { Reporter } from './reporter.ts';
import { askedFor, countsLine, originLine } from './sentence.ts';
import { comparisonLine, comparisonSection } from './text/comparison.ts';
import { findingSections } from './text/findings.ts';
import { picture } from './text/picture.ts';
import { paintVerdict, paragraph, type Style, styleOf } from './text/style.ts';

const MOST_REASONS = 10;
const MOST_PROBLEMS = 10;
const FEW_PROBLEMS = 3;
const MOST_BLOCKERS = 8;
const MOST_HATCHES = 8;

/** For people at a terminal: the verdict, the sites in a picture, then each finding with its place, reason and fix. */
export const text: Reporter = (report, options) => {
  const style = styleOf(options);
  const matrix = verdictMatrix(report);
  const controls = new Map(report.controls.map((control) => [control.id, control]));
  const head = [...verdictLines(report, style), '', ...picture(matrix, style), '', ...totals(report, style)];
  const lines = options.quiet
    ? head
    : [
        ...head,
        ...problems('Input that could not be judged', report.problems, style),
        ...problems('Exceptions that do not apply', report.exceptionProblems, style),
        ...findingSections(matrix, { controls, frames: options.frames }, style),
        ...comparisonSection(report, style),
        ...settling(report, style),
        ...escapeHatches(report, style),
        ...notJudged(report, style),
        '',
        ...ending(report, style),
      ];
  return lines.map((line) => `${escapeLine(line).trimEnd()}\n`);
};

function verdictLines(report: Report, style: Style): readonly string[] {
  const reasons = otherReasons(report);
  const bullet = (line: string): readonly string[] =>
    paragraph(style, { indent: 2, label: `${style.glyphs.bullet} `, text: line, paint: style.colour.yellow });
  return [
    ...ending(report, style),
    ...inBrief(report.problems, 'input').flatMap(bullet),
    ...inBrief(report.exceptionProblems, 'exception').flatMap(bullet),
    ...reasons.slice(0, MOST_REASONS).flatMap(bullet),
    ...(reasons.length > MOST_REASONS
      ? bullet(`+ ${reasons.length - MOST_REASONS} more; --format json lists them`)
      : []),
  ];
}

/** What was refused, by name while that is brief; `--quiet` shows no more of it. */
function inBrief(refused: readonly (InputProblem | PolicyProblem)[], noun: string): readonly string[] {
  if (refused.length > FEW_PROBLEMS) return [`${count(refused.length, noun)} could not be judged`];
  return refused.map(({ what, ...place }) => `${placeOf(place)}: ${what}`);
}

function ending(report: Report, style: Style): readonly string[] {
  const { verdict, because, exitCode } = conclude(report);
  const [first = '', ...rest] = paragraph(style, {
    indent: 0,
    text: `${verdict.toUpperCase()}: ${because} (exit ${exitCode})`,
  });
  const word = verdict.toUpperCase();
  return [paintVerdict(style, verdict, word) + first.slice(word.length), ...rest];
}

function totals(report: Report, style: Style): readonly string[] {
  const { population } = report;
  const asked = askedFor(report);
  const line = (text: string): readonly string[] => paragraph(style, { indent: 0, text });
  return [
    ...line(countsLine(report)),
    ...line(
      `${count(population.stacks.length, 'stack')}, ${count(population.resources, 'resource')} of ` +
        `${count(population.types.length, 'type')}; ` +
        countControls(report.controls, (judged) => `${count(judged, 'control')} judged`),
    ),
    ...(asked === null ? [] : line(`Only what was asked for: ${asked}`)),
    ...(report.comparison === null ? [] : line(comparisonLine(report, report.comparison))),
    ...line(originLine(report)),
  ];
}

function problems(heading: string, found: readonly (InputProblem | PolicyProblem)[], style: Style): readonly string[] {
  if (found.length === 0) return [];
  const left = found.length - MOST_PROBLEMS;
  return [
    '',
    style.colour.bold(heading),
    ...found
      .slice(0, MOST_PROBLEMS)
      .flatMap(({ code, what, why, fix, ...place }) => [
        '',
        ...paragraph(style, { indent: 2, text: `${code} ${placeOf(place)}`, paint: style.colour.yellow }),
        ...paragraph(style, { indent: 4, text: what }),
        ...paragraph(style, { indent: 4, label: 'why', text: why }),
        ...paragraph(style, { indent: 4, label: 'fix', text: fix }),
      ]),
    ...(left > 0 ? [`  + ${left} more; --format json:report.json lists them all`] : []),
  ];
}

/** Named whether or not a control fails on them: a reviewer decides whether each is wanted. */
function escapeHatches({ escapeHatches: hatches }: Report, style: Style): readonly string[] {
  if (hatches.length === 0) return [];
  const left = hatches.length - MOST_HATCHES;
  return [
    '',
    style.colour.bold(`Escape hatches: ${hatches.length}`),
    ...hatches.slice(0, MOST_HATCHES).flatMap(({ kind, stack, address, what, source, code }) =>
      paragraph(style, {
        indent: 2,
        text: `${kind} ${what} of ${address} in ${stack} (${formatLocation(code ?? source)})`,
      }),
    ),
    ...(left > 0 ? [`  + ${left} more; --format json:report.json lists them all`] : []),
  ];
}

function placeOf(place: { readonly path?: string; readonly location?: SourceLocation }): string {
  return place.location === undefined ? (place.path ?? '') : formatLocation(place.location);
}

/** The values that block most proofs, first: settling one of them decides several findings. */
function settling({ results }: Report, style: Style): readonly string[] {
  const blocked = new Map<string, number>();
  for (const { verdict, blockers } of results) {
    if (verdict !== 'unproven') continue;
    for (const sentence of new Set(blockers.map(({ expression, reason }) => `${expression} ${reason}`))) {
      blocked.set(sentence, (blocked.get(sentence) ?? 0) + 1);
    }
  }
  if (blocked.size === 0) return [];
  const all = Array.from(blocked).toSorted(([, left], [, right]) => right - left);
  const left = all.length - MOST_BLOCKERS;
  return [
    '',
    style.colour.bold('What would settle the unproven'),
    ...all
      .slice(0, MOST_BLOCKERS)
      .flatMap(([sentence, times]) =>
        paragraph(style, { indent: 2, text: `${sentence} (${count(times, 'finding')})` }),
      ),
    ...(left > 0 ? [`  + ${left} more; --format json:report.json lists them all`] : []),
  ];
}

function notJudged(report: Report, style: Style): readonly string[] {
  const without = controlsAskedFor(report).filter(({ population }) => population === 0);
  if (without.length === 0) return [];
  return [
    '',
    style.colour.bold('Not applicable, population 0'),
    ...paragraph(style, { indent: 2, text: without.map(({ id }) => id).join(', ') }),
  ];
}
