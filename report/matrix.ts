import { FAMILIES, type Family, type Verdict } from '../checks/check.ts';
import type { ControlStatus, Filter, Report, Result } from '../checks/report.ts';
import { countVerdicts, type VerdictCounts } from './conclusion.ts';
import { groupBy } from './group.ts';

/** The verdict per site and family. */
export interface Matrix {
  /** Families that a control of this version decides, in the order of the catalogue. */
  readonly families: readonly Family[];
  readonly rows: readonly Row[];
}

export interface Row {
  readonly site: string;
  readonly name: string;
  readonly verdict: Verdict;
  /** One per family of the matrix. */
  readonly cells: readonly Cell[];
  /** Everything judged at the site, in the order of the report. */
  readonly results: readonly Result[];
}

export interface Cell {
  readonly family: Family;
  /** The gravest verdict of its results; `not-applicable` when there are none. */
  readonly verdict: Verdict;
  readonly counts: VerdictCounts;
  readonly results: readonly Result[];
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['estate', 'Whole estate'],
  ['unassigned', 'No known site'],
]);

/** Sites in the order of the policy, then the results of no one site where there are any; only what was asked for. */
export function verdictMatrix(report: Report): Matrix {
  const families = FAMILIES.filter(
    (family) =>
      report.controls.some((control) => control.family === family && isJudged(control, report.filter)) ||
      report.results.some((result) => result.family === family),
  );
  const bySite = groupBy(report.results, ({ site }) => site);
  const names = new Map([...NAMES, ...report.sites.map(({ id, name }) => [id, name] as const)]);
  const asked = report.sites.map(({ id }) => id).filter((id) => isAsked(report.filter.sites, id));
  const sites = new Set([...asked, ...bySite.keys()]);
  const rows = Array.from(sites, (site) => row(site, names.get(site) ?? site, families, bySite.get(site) ?? []));
  return { families, rows };
}

function isJudged({ id, severity, status }: ControlStatus, { controls, severities }: Filter): boolean {
  return status === 'implemented' && isAsked(controls, id) && isAsked(severities, severity);
}

function isAsked<Item>(wanted: readonly Item[], item: Item): boolean {
  return wanted.length === 0 || wanted.includes(item);
}

function row(site: string, name: string, families: readonly Family[], results: readonly Result[]): Row {
  const byFamily = groupBy(results, ({ family }) => family);
  const cells = families.map((family): Cell => {
    const own = byFamily.get(family) ?? [];
    const counts = countVerdicts(own);
    return { family, verdict: gravest(counts), counts, results: own };
  });
  return { site, name, verdict: gravest(countVerdicts(results)), cells, results };
}

function gravest(counts: VerdictCounts): Verdict {
  if (counts.fail > 0) return 'fail';
  if (counts.unproven > 0) return 'unproven';
  if (counts.excepted > 0) return 'excepted';
  return counts.pass > 0 ? 'pass' : 'not-applicable';
}
