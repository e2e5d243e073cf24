import { setFlagsFromString } from 'node:v8';

/**
 * Lets the engine wait longer before it optimises a function. Most runs are over before optimised code pays for itself:
 * Node 20 spends a third of their time on making it. Three times the default budget still optimises what large estates
 * run (docs/benchmarks.md). Only where it was measured: an engine that does not know the flag complains on stderr.
 */
export function delayOptimisation(): void {
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=400000');
}

/**
 * Lets the engine collect garbage sooner: its memory grows by a part at most before it does, where it would double.
 * Large estates take half the memory and hardly more time (docs/benchmarks.md), small ones only time.
 */
export function spareMemory(percent: number): void {
  if (process.versions.node.startsWith('20.')) setFlagsFromString(`--heap-growing-percent=${String(percent)}`);
}
