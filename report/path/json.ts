import { stringifyJson } from '../escape.ts';
import type { PathReport } from './path-report.ts';

/** For programs: `schemaVersion` grows when a part goes away or changes its meaning. */
export function pathJson(report: PathReport): string {
  return `${stringifyJson({ schemaVersion: 1, ...report }, 2)}\n`;
}
