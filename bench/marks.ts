import { performance } from 'node:perf_hooks';

/** A clock for the parts of a run. */
export interface Marks {
  /** Ends a part: what has passed since the one before is its time. */
  readonly mark: (part: string) => void;
  /** Milliseconds of each part, in their order, and their sum as `total`. */
  readonly times: () => { readonly [part: string]: number };
}

/** Of the clock on the wall, or of what the processor spends on the process, which others on the machine change less. */
export function startMarks(clock: () => number = () => performance.now()): Marks {
  const marks: [string, number][] = [];
  let last = clock();
  return {
    mark: (part) => {
      const now = clock();
      marks.push([part, now - last]);
      last = now;
    },
    times: () => {
      const total = marks.reduce((sum, [, time]) => sum + time, 0);
      return Object.fromEntries([...marks, ['total', total] as const].map(([part, time]) => [part, Math.round(time)]));
    },
  };
}

/** Milliseconds of the processor that the process has taken. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
