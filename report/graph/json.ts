import { stringifyJson } from '../escape.ts';
import type { NetworkGraph } from './network-graph.ts';

/** For programs, as `graph.schema.json` says; `schemaVersion` grows when a part goes away or changes its meaning. */
export function graphJson(picture: NetworkGraph): string {
  return `${stringifyJson({ schemaVersion: 1, ...picture }, 2)}\n`;
}
