import { CliError, systemReason } from './errors.ts';
import { EXIT } from './exit-code.ts';
import type { Io } from './io.ts';
import { joined } from './parts.ts';

/** Writes an answer to standard output. */
export async function writeStdout(io: Io, text: string): Promise<void> {
  await writeParts(io, [text]);
}

/** Writes a report to standard output. */
export async function writeParts(io: Io, parts: Iterable<string>): Promise<void> {
  try {
    for (const text of joined(parts)) await io.stdout.write(text);
  } catch (cause) {
    throw new CliError({
      code: 'OUT-STDOUT',
      message: `standard output was not written: ${systemReason(cause)}`,
      fix: 'Write to a file or a pipe that takes it.',
      exitCode: EXIT.output,
      cause,
    });
  }
}
