import type { Io } from './io.ts';

/** Says what is going on; null when it is over. */
export type Progress = (step: string | null) => Promise<void>;

const ERASE_LINE = '\r\u001B[K';

/** One line on stderr that replaces itself, on a terminal only: a log gets nothing. */
export function startProgress(io: Io, isQuiet: boolean): Progress {
  if (isQuiet || !io.stderr.isTerminal) return async () => {};
  return async (step) => {
    await io.stderr.write(step === null ? ERASE_LINE : `${ERASE_LINE}trefoil: ${step}`);
  };
}
