import { closeSync, fsyncSync, lstatSync, openSync, renameSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CliError, type CliErrorCode, systemCode, systemReason } from './errors.ts';
import { EXIT } from './exit-code.ts';
import { encoded } from './parts.ts';

/** A file to write, by the path as the caller gave it. */
export type OutputFile = { readonly path: string } & (
  { readonly parts: Iterable<string> } | { readonly bytes: Uint8Array }
);

/**
 * Writes a file as a whole or not at all: the old content stays until the new one is safely on the disk. Follows no
 * symbolic link and replaces nothing that the run has read.
 */
export async function writeOutputFile(file: OutputFile, cwd: string, inputs: readonly string[]): Promise<void> {
  const target = resolve(cwd, file.path);
  const read = inputs.map((input) => resolve(cwd, input));
  try {
    refuseWrongTarget(file.path, target, read);
    await undisturbed(() => {
      replaceFile(target, 'bytes' in file ? [file.bytes] : encoded(file.parts));
    });
  } catch (cause) {
    // Neither ours nor the system's: a defect.
    if (cause instanceof CliError || systemCode(cause) === null) throw cause;
    throw failure('OUT-WRITE', `${file.path} was not written: ${systemReason(cause)}`, fixOf(cause), cause);
  }
}

function refuseWrongTarget(path: string, target: string, inputs: readonly string[]): void {
  const found = lstatSync(target, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (found.isSymbolicLink()) {
    throw failure(
      'OUT-SYMLINK',
      `${path} is a symbolic link, and the report would land elsewhere`,
      'Name the file itself.',
    );
  }
  if (!found.isFile()) {
    throw failure('OUT-NOTREGULAR', `${path} is no regular file`, 'Leave the file out to write to standard output.');
  }
  const isInput = inputs.some((input) => {
    const read = statSync(input, { throwIfNoEntry: false });
    return read?.dev === found.dev && read.ino === found.ino;
  });
  if (isInput) {
    throw failure('OUT-INPUT', `${path} is an input of this run`, 'Write the report to a file of its own.');
  }
}

function replaceFile(target: string, parts: Iterable<Uint8Array>): void {
  const directory = dirname(target);
  // `wx` refuses a file or link that somebody put there first.
  const temporary = join(directory, `.trefoil-${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
  const descriptor = openSync(temporary, 'wx', 0o644);
  try {
    try {
      for (const bytes of parts) writeAll(descriptor, bytes);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, target);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  }
  syncDirectory(directory);
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
}

/** Makes the rename itself durable. Not every file system can; the file is whole either way. */
function syncDirectory(directory: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(directory, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(descriptor);
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'ENOTSUP', 'EISDIR'].includes(systemCode(error) ?? '')) throw error;
  } finally {
    closeSync(descriptor);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Holds back the signals that end the process, so that none leaves a temporary file; then lets them end it. */
async function undisturbed(work: () => void): Promise<void> {
  const received = new Set<NodeJS.Signals>();
  const listener = (signal: NodeJS.Signals): void => {
    received.add(signal);
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  try {
    work();
    // Listeners are called in a later turn of the event loop.
    await setImmediate();
  } finally {
    for (const signal of SIGNALS) process.off(signal, listener);
    for (const signal of received) process.kill(process.pid, signal);
  }
}

function fixOf(cause: unknown): string {
  switch (systemCode(cause)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'Create the directory first.';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'Free some space, then run again.';
    default:
      return 'Name a file in a directory that can be written.';
  }
}

function failure(code: CliErrorCode, message: string, fix: string, cause?: unknown): CliError {
  return new CliError({ code, message, fix, exitCode: EXIT.output, cause });
}
