import { setFlagsFromString } from 'node:v8';

/**
 * Lets the engine wait longer before it optimises a function. Most runs are over before optimised code pays for itself:
 * Node 20 spends a third of their time on making it. Three times the default budget still optimises what large estates
 * run (docs/benchmarks.md). Only where it was measured: an engine that does not know the flag complains on stderr.
 */
export function delayOptimisation(): void {
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=400000');
}
