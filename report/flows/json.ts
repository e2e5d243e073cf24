import type { FlowMap, FlowQuestion } from '../../checks/flow-map.ts';
import { stringifyJson } from '../escape.ts';

/** What a run of `flows` says besides the map. */
export interface FlowReport extends FlowMap {
  /** Why the input does not show the whole estate; empty when it does. */
  readonly incompleteBecause: readonly string[];
}

/** What was asked for: `restricted data at dublin`. */
export function describeQuestion({ dataClass, site }: FlowQuestion, data: string): string {
  return `${dataClass === null ? '' : `${dataClass} `}${data}${site === null ? '' : ` at ${site}`}`;
}

/** For programs, as `flows.schema.json` says; `schemaVersion` grows when a part goes away or changes its meaning. */
export function flowsJson(report: FlowReport): string {
  return `${stringifyJson({ schemaVersion: 1, ...report }, 2)}\n`;
}
