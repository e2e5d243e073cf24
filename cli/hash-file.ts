import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, realpath, stat } from 'node:fs/promises';
import { InputError } from '../model/input-error.ts';
import { changedError, irregularError, kindOf, readError } from './read-file.ts';

interface HashRequest {
  /** Absolute. */
  readonly path: string;
  /** As messages name it. */
  readonly shownPath: string;
  /** Receives what is hashed, in order. */
  readonly take?: (bytes: Uint8Array) => Promise<void>;
}

const CHUNK = 1024 * 1024;

/**
 * The SHA-256 of a regular file of any size, read once and never whole. A file that changes meanwhile is refused.
 *
 * @throws {InputError}
 */
export async function hashRegularFile({ path, shownPath, take }: HashRequest): Promise<string> {
  try {
    const real = await realpath(path);
    // Opening a pipe waits for its writer, and a device may act on being opened.
    const found = await stat(real, { bigint: true });
    if (!found.isFile()) throw irregularError(shownPath, kindOf(found));
    const file = await open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    try {
      const before = await file.stat({ bigint: true });
      if (!before.isFile()) throw irregularError(shownPath, kindOf(before));
      const hash = createHash('sha256');
      const chunk = new Uint8Array(CHUNK);
      let length = 0;
      for (;;) {
        const { bytesRead } = await file.read(chunk, 0, CHUNK);
        if (bytesRead === 0) break;
        length += bytesRead;
        if (BigInt(length) > before.size) break;
        const bytes = chunk.subarray(0, bytesRead);
        hash.update(bytes);
        await take?.(bytes);
      }
      const after = await file.stat({ bigint: true });
      if (BigInt(length) !== before.size || after.ctimeNs !== before.ctimeNs) throw changedError(shownPath);
      return hash.digest('hex');
    } finally {
      await file.close();
    }
  } catch (error) {
    throw error instanceof InputError ? error : readError(shownPath, error);
  }
}

/** @throws {InputError} when nothing is there. */
export async function isSymbolicLink(path: string, shownPath: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (error) {
    throw readError(shownPath, error);
  }
}
