import type { Notification, Result as SarifResult } from 'sarif';
import { SEVERITIES } from '../checks/check.ts';
import type { Report } from '../checks/report.ts';
import { formatLocation } from '../model/source.ts';
import type { PolicyProblem } from '../policy/problem.ts';
import { otherReasons } from './conclusion.ts';
import { type ArtifactIndexes, messageText, physicalLocation } from './sarif-location.ts';

/** Results that GitHub accepts in a run; it refuses a file with more. */
export const MOST_RESULTS = 25_000;

/** Results of a run that GitHub shows, the gravest. */
const MOST_SHOWN = 5_000;

/** What is cut off is what matters least; alike, the order of the report stays. */
export function byGravity(left: SarifResult, right: SarifResult): number {
  return gravity(left) - gravity(right);
}

function gravity({ kind, properties }: SarifResult): number {
  const isFound = kind === 'fail' || kind === 'open';
  const severity: unknown = properties?.['severity'];
  return isFound ? -1 - SEVERITIES.findIndex((known) => known === severity) : 0;
}

/** What the tool tells of its own run: what it did not look at. */
export function incompleteNotifications(report: Report, indexes: ArtifactIndexes): readonly Notification[] {
  return [
    ...otherReasons(report).map((reason) => notification('incomplete', `Incomplete: ${reason}.`)),
    ...report.problems.map((problem): Notification => {
      const { code, path, location, what, why, fix } = problem;
      const physical = physicalLocation(location ?? { file: path, line: 1, column: 1 }, indexes);
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
  indexes: ArtifactIndexes,
): Notification {
  const physical = physicalLocation(location, indexes);
  return {
    ...notification(code, `${formatLocation(location)} ${what}; ${why}. ${fix}`),
    ...(physical === null ? {} : { locations: [{ physicalLocation: physical }] }),
  };
}

/** What the limits of services keep out of the file, or out of sight. */
export function cutNotifications(all: readonly SarifResult[]): readonly Notification[] {
  const left = all.slice(MOST_RESULTS);
  if (left.length === 0) return shownNotifications(all);
  const findings = left.filter((result) => result.kind === 'fail' || result.kind === 'open').length;
  const text =
    `${left.length} of ${all.length} results are not in this file, ${findings} of them findings: ` +
    `a SARIF run holds at most ${MOST_RESULTS}. The json format holds all.`;
  return [{ ...notification('results-cut', text), level: findings > 0 ? 'error' : 'warning' }];
}

/** Only of findings: services that read no `kind` take no more than those. */
function shownNotifications(all: readonly SarifResult[]): readonly Notification[] {
  const findings = all.filter((result) => result.kind === 'fail' || result.kind === 'open').length;
  if (findings <= MOST_SHOWN) return [];
  const text = `GitHub shows ${MOST_SHOWN} of the ${findings} findings. The json format holds all.`;
  return [{ ...notification('results-not-shown', text), level: 'note' }];
}

function notification(id: string, text: string): Notification {
  return { descriptor: { id }, level: 'error', message: { text: messageText(text) } };
}
