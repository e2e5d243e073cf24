import type { Notification, Result as SarifResult } from 'sarif';
import { SEVERITIES, type Severity } from '../checks/check.ts';
import type { Report } from '../checks/report.ts';
import { formatLocation } from '../model/source.ts';
import type { PolicyProblem } from '../policy/problem.ts';
import { otherReasons } from './conclusion.ts';
import { type Artifacts, messageText, physicalLocation } from './sarif-location.ts';

/** Results that GitHub accepts in a run; it refuses a file with more. */
export const MOST_RESULTS = 25_000;

/** Results of a run that GitHub shows, the gravest. */
const MOST_SHOWN = 5_000;

/** A result that is written only when it is in the file: there may be far more of them than services take. */
export interface SarifEntry {
  readonly ruleId: string;
  readonly kind: 'pass' | 'fail' | 'open' | 'notApplicable';
  readonly severity: Severity;
  readonly write: () => SarifResult;
}

/** What is cut off is what matters least; alike, the order of the report stays. */
export function byGravity(left: SarifEntry, right: SarifEntry): number {
  return gravity(left) - gravity(right);
}

function gravity(entry: SarifEntry): number {
  return isFound(entry) ? -1 - SEVERITIES.indexOf(entry.severity) : 0;
}

function isFound({ kind }: SarifEntry): boolean {
  return kind === 'fail' || kind === 'open';
}

/** What the tool tells of its own run: what it did not look at. */
export function incompleteNotifications(report: Report, files: Artifacts): readonly Notification[] {
  return [
    ...otherReasons(report).map((reason) => notification('incomplete', `Incomplete: ${reason}.`)),
    ...report.problems.map((problem): Notification => {
      const { code, path, location, what, why, fix } = problem;
      const physical = physicalLocation(location ?? { file: path, line: 1, column: 1 }, files);
      return {
        ...notification(code, `${location === undefined ? path : formatLocation(location)} ${what}; ${why}. ${fix}`),
        ...(physical === null ? {} : { locations: [{ physicalLocation: physical }] }),
      };
    }),
  ];
}

/** What is wrong with an exception that somebody wrote. */
export function exceptionNotification(
  { code, location, what, why, fix }: PolicyProblem,
  files: Artifacts,
): Notification {
  const physical = physicalLocation(location, files);
  return {
    ...notification(code, `${formatLocation(location)} ${what}; ${why}. ${fix}`),
    ...(physical === null ? {} : { locations: [{ physicalLocation: physical }] }),
  };
}

/** What the limits of services keep out of the file, or out of sight. */
export function cutNotifications(all: readonly SarifEntry[]): readonly Notification[] {
  const left = all.slice(MOST_RESULTS);
  if (left.length === 0) return shownNotifications(all);
  const findings = left.filter(isFound).length;
  const text =
    `${left.length} of ${all.length} results are not in this file, ${findings} of them findings: ` +
    `a SARIF run holds at most ${MOST_RESULTS}. The json format holds all.`;
  return [{ ...notification('results-cut', text), level: findings > 0 ? 'error' : 'warning' }];
}

/** Only of findings: services that read no `kind` take no more than those. */
function shownNotifications(all: readonly SarifEntry[]): readonly Notification[] {
  const findings = all.filter(isFound).length;
  if (findings <= MOST_SHOWN) return [];
  const text = `GitHub shows ${MOST_SHOWN} of the ${findings} findings. The json format holds all.`;
  return [{ ...notification('results-not-shown', text), level: 'note' }];
}

function notification(id: string, text: string): Notification {
  return { descriptor: { id }, level: 'error', message: { text: messageText(text) } };
}
