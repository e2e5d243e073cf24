import { performance } from 'node:perf_hooks';

/** A clock for the parts of a run. */
export interface Marks {
  /** Ends a part: what has passed since the one before is its time. */
  readonly mark: (part: string) => void;
  /** Milliseconds of each part, in their order, and their sum as `total`. */
  readonly times: () => { readonly [part: string]: number };
}

export function startMarks(): Marks {
  const marks: [string, number][] = [];
  let last = performance.now();
  return {
    mark: (part) => {
      const now = performance.now();
      marks.push([part, now - last]);
      last = now;
    },
    times: () => {
      const total = marks.reduce((sum, [, time]) => sum + time, 0);
      return Object.fromEntries([...marks, ['total', total] as const].map(([part, time]) => [part, Math.round(time)]));
    },
  };
}

/** Milliseconds of the processor that the process has taken, which others on the machine change less than the clock. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
