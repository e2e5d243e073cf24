import type { Io, Output } from '../../cli/io.ts';
import { main } from '../../cli/main.ts';

export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Surroundings {
  readonly cwd?: string;
  readonly environment?: Io['environment'];
  readonly preload?: string;
  readonly isTerminal?: boolean;
  /** What writing to standard output fails with. */
  readonly stdoutError?: Error;
}

/** Runs the command line in this process and keeps what it writes. The day is 2026-03-01. */
export async function trefoil(argv: readonly string[], surroundings: Surroundings = {}): Promise<Run> {
  const { cwd = '/', environment = {}, preload = '/preload.cjs', isTerminal = false, stdoutError } = surroundings;
  const stdout = recording(isTerminal, stdoutError);
  const stderr = recording(isTerminal);
  const now = (): Date => new Date('2026-03-01T23:59:59Z');
  const exitCode = await main(argv, { stdout, stderr, cwd, environment, now, preload });
  return { exitCode, stdout: stdout.written(), stderr: stderr.written() };
}

function recording(isTerminal: boolean, error?: Error): Output & { written(): string } {
  let text = '';
  return {
    isTerminal,
    columns: isTerminal ? 80 : null,
    write: async (part) => {
      if (error !== undefined) throw error;
      text += part;
    },
    written: () => text,
  };
}

/** An error as the file system gives it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: as the system says it`), { code });
}
