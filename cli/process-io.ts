import { fileURLToPath } from 'node:url';
import type { WriteStream } from 'node:tty';
import { systemCode } from './errors.ts';
import type { Io, Output } from './io.ts';

/** The real process. */
export function processIo(entry: string): Io {
  return {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    cwd: process.cwd(),
    environment: process.env,
    now: () => new Date(),
    preload: fileURLToPath(new URL('preload.cjs', entry)),
  };
}

function outputOf(stream: WriteStream): Output {
  // Each failed write rejects below; without a listener Node would also throw it as an uncaught exception.
  stream.on('error', () => {});
  return {
    isTerminal: stream.isTTY,
    columns: stream.isTTY ? stream.columns : null,
    write: async (text) => {
      await new Promise<void>((resolve, reject) => {
        stream.write(text, (error) => {
          // A reader such as `head` that has seen enough does not change the verdict.
          if (error === null || error === undefined || isReaderGone(error)) resolve();
          else reject(error);
        });
      });
    },
  };
}

function isReaderGone(error: Error): boolean {
  const code = systemCode(error);
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
}
