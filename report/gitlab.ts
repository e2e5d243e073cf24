import type { Severity } from '../checks/check.ts';
import type { Report, Result } from '../checks/report.ts';
import { sha256 } from '../model/sha256.ts';
import type { SourceLocation } from '../model/source.ts';
import { isBlocking } from './conclusion.ts';
import { cut, relativePath, stringifyJson, visible } from './escape.ts';
import type { Reporter } from './reporter.ts';
import { type RunFault, runFaults } from './run-faults.ts';
import { fullSentence } from './sentence.ts';

const LONGEST_DESCRIPTION = 1000;
const LONGEST_PATH = 1000;

/** Hexadecimal digits of a fingerprint. */
const DIGITS = 40;

type Level = 'info' | 'minor' | 'major' | 'critical' | 'blocker';

const BLOCKING = {
  low: 'minor',
  medium: 'major',
  high: 'critical',
  critical: 'blocker',
} as const satisfies Record<Severity, Level>;

const OPEN = {
  low: 'info',
  medium: 'minor',
  high: 'major',
  critical: 'critical',
} as const satisfies Record<Severity, Level>;

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: Level;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/**
 * A Code Quality report of GitLab: the findings, and a blocker for all that was not looked at and every exception that
 * was refused, so that a list without issues stands for a complete run in which all that was judged passes. What does
 * not block is one level lower than what does; what is excepted is `info`.
 */
export const gitlab: Reporter = (report) => render(report);

function* render(report: Report): Generator<string> {
  let separator = '[\n';
  for (const issue of issues(report)) {
    yield `${separator}  ${stringifyJson(issue)}`;
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

function* issues(report: Report): Generator<Issue> {
  const fallback = report.policy.path;
  for (const fault of runFaults(report)) yield faultIssue(fault, fallback);
  for (const result of report.results) {
    if (result.verdict !== 'pass') yield resultIssue(report, result, fallback);
  }
}

function faultIssue({ kind, code, place, text }: RunFault, fallback: string): Issue {
  const name = kind === code ? `trefoil/${kind}` : `trefoil/${code}`;
  return {
    description: description(`The run is ${kind === 'refused' ? 'refused' : 'incomplete'}: ${text}`),
    check_name: name,
    fingerprint: fingerprint([name, place?.file ?? '', text]),
    severity: 'blocker',
    location: location(place, fallback),
  };
}

function resultIssue(report: Report, result: Result, fallback: string): Issue {
  const { id, control, verdict, subject } = result;
  return {
    description: description(`${control} ${verdict}: ${fullSentence(result)}`),
    check_name: control,
    fingerprint: fingerprint([id, verdict, result.fingerprint ?? '']),
    severity: levelOf(report, result),
    location: location(subject.code ?? subject.source, fallback),
  };
}

function levelOf(report: Report, result: Result): Level {
  if (result.verdict === 'excepted') return 'info';
  return (isBlocking(report, result) ? BLOCKING : OPEN)[result.severity];
}

/** The same finding has the same in the next pipeline, wherever its line has gone to; a graver one has another. */
function fingerprint(parts: readonly string[]): string {
  return sha256(JSON.stringify(['trefoil-gitlab-1', ...parts]), DIGITS);
}

function description(text: string): string {
  return visible(cut(text, LONGEST_DESCRIPTION));
}

/** GitLab drops issues without a path in the repository; what has none is shown at the policy, by name at the least. */
function location(place: SourceLocation | null, fallback: string): Issue['location'] {
  const file = place === null ? null : relativePath(place.file);
  if (place !== null && file !== null) return { path: path(file), lines: { begin: place.line } };
  const other = relativePath(fallback) ?? fallback.split(/[/\\]/).at(-1) ?? '';
  return { path: path(other), lines: { begin: 1 } };
}

function path(file: string): string {
  return visible(cut(file, LONGEST_PATH));
}
