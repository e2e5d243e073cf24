import type { ControlStatus, Report, Result } from '../checks/report.ts';
import { formatProblem } from '../model/input-error.ts';
import { DECIDED_BY_COMMAND } from '../policy/catalogue.ts';

/** What a report says as a whole, and the exit code that says it. */
export interface Conclusion {
  /** `refused` when nothing failed, but an exception does not apply as it was written. */
  readonly verdict: 'pass' | 'fail' | 'unproven' | 'incomplete' | 'refused';
  readonly exitCode: 0 | 1 | 2 | 3;
  /** One sentence without a full stop: `2 failures that no exception covers`. */
  readonly because: string;
}

/**
 * Concludes from what is in the report alone. A refused exception outweighs a failure, that an incomplete run, and
 * that an unproven finding; only a complete run that judged something may end with 0. Where only changes block, what the
 * base has found too does not; the verdict is still what holds of the estate.
 */
export function conclude(report: Report): Conclusion {
  const judged = concludeResults(report);
  const refused = report.exceptionProblems.length;
  if (refused === 0) return judged;
  return {
    verdict: judged.exitCode === 0 && judged.verdict !== 'fail' ? 'refused' : judged.verdict,
    exitCode: 2,
    because: `${judged.because}; ${count(refused, 'problem')} with exceptions`,
  };
}

function concludeResults(report: Report): Conclusion {
  const counts = countVerdicts(report.results);
  const incomplete = !isComplete(report);
  const failures = blocking(report, 'fail');
  const unproven = blocking(report, 'unproven');
  const brought = blocksChangesOnly(report) ? ', new or worsened' : '';
  const aside = knownAside(failures.known, unproven.known);
  if (failures.blocking > 0) {
    const because = `${count(failures.blocking, 'failure')} that no exception covers${brought}${aside}`;
    return { verdict: 'fail', exitCode: 1, because: incomplete ? `${because}; the run is incomplete` : because };
  }
  if (incomplete) return { verdict: 'incomplete', exitCode: 3, because: `something was not looked at${aside}` };
  if (unproven.blocking > 0) {
    const findings = count(unproven.blocking, 'unproven finding');
    return {
      verdict: 'unproven',
      exitCode: 3,
      because: `${findings}${unproven.isBySeverity ? ` of a severity that blocks at stage ${report.stage}` : ''}${brought}${aside}`,
    };
  }
  if (aside !== '') {
    const verdict = failures.known > 0 ? 'fail' : 'unproven';
    return { verdict, exitCode: 0, because: `nothing new or worsened blocks${aside}` };
  }
  if (counts.unproven > 0) {
    return {
      verdict: 'unproven',
      exitCode: 0,
      because: `nothing failed; ${count(counts.unproven, 'unproven finding')} of no severity that blocks at stage ${report.stage}`,
    };
  }
  const excepted = counts.excepted > 0 ? `; ${count(counts.excepted, 'failure')} under an exception` : '';
  const scope = isFiltered(report) ? 'all that was asked for' : 'everything';
  return { verdict: 'pass', exitCode: 0, because: `${scope} was judged and nothing failed${excepted}` };
}

/** How many results of a verdict block, and how many would if the base had not found them too. */
function blocking(report: Report, verdict: 'fail' | 'unproven') {
  const grave = report.results.filter((result) => result.verdict === verdict && isGrave(report, result));
  const known = grave.filter((result) => isKnown(report, result)).length;
  return {
    blocking: grave.length - known,
    known,
    isBySeverity: grave.every((result) => isGraveBySeverity(report, result)),
  };
}

/** Whether a result alone keeps the run from ending with 0. */
export function isBlocking(report: Report, result: Result): boolean {
  return isGrave(report, result) && !isKnown(report, result);
}

function isGrave(report: Report, result: Result): boolean {
  if (result.verdict !== 'fail' && result.verdict !== 'unproven') return false;
  // Of any severity: a failure that is hidden where it was known would be a known unproven finding from then on.
  const isWorse = blocksChangesOnly(report) && result.change === 'worsened';
  return isWorse || isGraveBySeverity(report, result);
}

function isGraveBySeverity({ unprovenBlocks }: Report, { verdict, severity }: Result): boolean {
  return verdict === 'fail' || unprovenBlocks.includes(severity);
}

/** Whether the base has found it too, and only changes block. */
function isKnown(report: Report, { change }: Result): boolean {
  return blocksChangesOnly(report) && change === 'existing';
}

function blocksChangesOnly({ comparison }: Report): boolean {
  return comparison?.blocks === 'changes';
}

/** `; 12 existing failures did not block`, or nothing. */
function knownAside(failures: number, unproven: number): string {
  const known = [
    ...(failures > 0 ? [count(failures, 'existing failure')] : []),
    ...(unproven > 0 ? [count(unproven, 'existing unproven finding')] : []),
  ];
  return known.length === 0 ? '' : `; ${known.join(' and ')} did not block`;
}

/** Why something was not looked at; empty for a complete run. Fails closed where the report contradicts itself. */
export function incompleteReasons(report: Report): readonly string[] {
  if (isComplete(report)) return [];
  const reasons = [...report.incompleteBecause];
  if (report.results.length === 0) {
    reasons.push(isFiltered(report) ? 'nothing of what was asked for was judged' : 'nothing was judged');
  }
  if (reasons.length === 0 && report.problems.length === 0) reasons.push('the run did not say why');
  return [...new Set(reasons)];
}

/** Whether only a part of the results was asked for. */
export function isFiltered({ filter: { controls, severities, sites } }: Report): boolean {
  return controls.length + severities.length + sites.length > 0;
}

/** The controls that a check decides and that were asked for. */
export function controlsAskedFor({ controls, filter }: Report): readonly ControlStatus[] {
  return controls.filter(
    ({ id, severity, status }) =>
      status === 'implemented' &&
      (filter.controls.length === 0 || filter.controls.includes(id)) &&
      (filter.severities.length === 0 || filter.severities.includes(severity)),
  );
}

/** The reasons that are not an input problem, which the report holds in parts of its own. */
export function otherReasons(report: Report): readonly string[] {
  const ofProblems = new Set(report.problems.map(formatProblem));
  return incompleteReasons(report).filter((reason) => !ofProblems.has(reason));
}

export function isComplete({ complete, incompleteBecause, problems, results }: Report): boolean {
  return complete && incompleteBecause.length === 0 && problems.length === 0 && results.length > 0;
}

export type VerdictCounts = { readonly [verdict in Result['verdict']]: number };

export function countVerdicts(results: readonly Result[]): VerdictCounts {
  const counts = { pass: 0, fail: 0, unproven: 0, excepted: 0 };
  for (const { verdict } of results) counts[verdict] += 1;
  return counts;
}

/** `1 failure`, `12 failures`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** How many controls checks decide, in words of the caller, and why the others count in no verdict. */
export function countControls(
  controls: readonly Pick<ControlStatus, 'id' | 'status'>[],
  decided: (number: number) => string,
): string {
  const others = controls.filter(({ status }) => status === 'planned');
  const byCommand = others.filter(({ id }) => DECIDED_BY_COMMAND.has(id)).length;
  const planned = others.length - byCommand;
  const counts = [
    ...(byCommand === 0 ? [] : [`${byCommand} decided by a command`]),
    ...(planned === 0 ? [] : [`${planned} planned`]),
  ];
  const implemented = decided(controls.length - others.length);
  return counts.length === 0 ? implemented : `${implemented}; in no verdict: ${counts.join(', ')}`;
}
