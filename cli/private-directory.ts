import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Works in a new directory that nobody else may read, for what holds secrets, and removes it however the work ends: with
 * a result, an error, the end of the process or a signal. The work must stop when it is aborted.
 */
export async function inPrivateDirectory<Result>(
  work: (directory: string, aborted: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'trefoil-'));
  const abort = new AbortController();
  const remove = (): void => {
    rmSync(directory, { recursive: true, force: true });
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    abort.abort();
    remove();
    stopListening();
    process.kill(process.pid, signal);
  };
  const stopListening = (): void => {
    process.off('exit', remove);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  process.on('exit', remove);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await work(directory, abort.signal);
  } finally {
    stopListening();
    remove();
  }
}
