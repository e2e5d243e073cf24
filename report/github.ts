import { SEVERITIES } from '../checks/check.ts';
import type { Report, Result } from '../checks/report.ts';
import { formatLocation, type SourceLocation } from '../model/source.ts';
import { conclude, count, isBlocking } from './conclusion.ts';
import { cut, escapeText, relativePath } from './escape.ts';
import type { Reporter } from './reporter.ts';
import { runFaults } from './run-faults.ts';
import { askedFor, countsLine, fullSentence, subjectName, verdictLine } from './sentence.ts';

/** Annotations of a kind that GitHub shows of a step; it drops the rest without a word. */
export const MOST_OF_A_KIND = 10;

const LONGEST_TITLE = 200;
const LONGEST_MESSAGE = 1000;
const LONGEST_PATH = 1000;

const KINDS = ['error', 'warning', 'notice'] as const;
type Kind = (typeof KINDS)[number];

interface Annotation {
  readonly kind: Kind;
  readonly title: string;
  readonly place: SourceLocation | null;
  readonly message: string;
}

/**
 * Workflow commands of GitHub Actions, which its runner turns into annotations of the lines of a pull request: an error
 * for what blocks, a warning for other findings, a notice for what is excepted, and the verdict of the run first. At most
 * ten of a kind, the last of which tells how many there are besides.
 */
export const github: Reporter = (report) => {
  const all = [verdictOf(report), ...faultsOf(report), ...findingsOf(report)];
  return KINDS.flatMap((kind) => fitting(all.filter((annotation) => annotation.kind === kind))).map(command);
};

function verdictOf(report: Report): Annotation {
  const { verdict, exitCode } = conclude(report);
  const passed = verdict === 'pass' ? 'notice' : 'warning';
  const asked = askedFor(report);
  return {
    kind: exitCode === 0 ? passed : 'error',
    title: `trefoil ${verdict.toUpperCase()}`,
    place: null,
    message: `${verdictLine(report)}. ${countsLine(report)}.${asked === null ? '' : ` Only what was asked for: ${asked}.`}`,
  };
}

function faultsOf(report: Report): readonly Annotation[] {
  return runFaults(report).map(({ kind, code, place, text }) => ({
    kind: 'error',
    title: kind === code ? `trefoil ${kind}` : `trefoil ${kind}: ${code}`,
    place,
    message: text,
  }));
}

/** The gravest first, for the runner takes the first of each kind. */
function findingsOf(report: Report): readonly Annotation[] {
  return report.results
    .filter(({ verdict }) => verdict !== 'pass')
    .toSorted((left, right) => SEVERITIES.indexOf(right.severity) - SEVERITIES.indexOf(left.severity))
    .map((result) => annotationOf(report, result));
}

function annotationOf(report: Report, result: Result): Annotation {
  const { control, severity, verdict, change, subject } = result;
  const known = change === null ? '' : `, ${change}`;
  return {
    kind: isBlocking(report, result) ? 'error' : verdict === 'excepted' ? 'notice' : 'warning',
    title: `${control} ${verdict} (${severity}${known}): ${subjectName(subject)}`,
    place: subject.code ?? subject.source,
    message: fullSentence(result),
  };
}

/** The last place goes to the count of those for which there is none. */
function fitting(annotations: readonly Annotation[]): readonly Annotation[] {
  const [first] = annotations;
  if (first === undefined || annotations.length <= MOST_OF_A_KIND) return annotations;
  const shown = annotations.slice(0, MOST_OF_A_KIND - 1);
  const left = annotations.length - shown.length;
  const message =
    `GitHub shows ${MOST_OF_A_KIND} annotations of a kind in a step. ` +
    'The formats sarif, json, junit and csv hold every finding.';
  return [...shown, { kind: first.kind, title: `trefoil: ${count(left, `more ${first.kind}`)}`, place: null, message }];
}

function command({ kind, title, place, message }: Annotation): string {
  const file = place === null ? null : relativePath(place.file);
  const at = place === null || file !== null ? '' : ` (${formatLocation(place)})`;
  const properties = [
    ...(place === null || file === null
      ? []
      : [`file=${property(file, LONGEST_PATH)}`, `line=${place.line}`, `col=${place.column}`]),
    `title=${property(title, LONGEST_TITLE)}`,
  ];
  return `::${kind} ${properties.join(',')}::${data(`${message}${at}`, LONGEST_MESSAGE)}\n`;
}

/** As the runner reads it back: `%25`, and `%0D` and `%0A` for line breaks, which the text of trefoil never has. */
function data(text: string, longest: number): string {
  return escapeText(cut(text, longest), 'unicode')
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A');
}

function property(text: string, longest: number): string {
  return data(text, longest).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
