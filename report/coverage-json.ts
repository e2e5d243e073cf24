import type { Coverage } from '../checks/coverage.ts';
import { stringifyJson } from './escape.ts';

/** What a run of `coverage` says besides the counts. */
export interface CoverageReport extends Coverage {
  /** Why the input does not show the whole estate; empty when it does. */
  readonly incompleteBecause: readonly string[];
}

/** For programs, as `coverage.schema.json` says; `schemaVersion` grows when a part goes away or changes its meaning. */
export function coverageJson(report: CoverageReport): string {
  return `${stringifyJson({ schemaVersion: 1, ...report }, 2)}\n`;
}
