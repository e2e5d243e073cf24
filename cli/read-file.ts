import { createHash } from 'node:crypto';
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { InputError, type InputErrorCode } from '../model/input-error.ts';
import { tooLarge } from '../model/json/utf8-text.ts';
import type { InputDigest } from '../model/estate.ts';
import type { StackFile } from '../model/synth/stack-files.ts';

export interface FileRequest {
  /** Absolute. */
  readonly path: string;
  /** As messages and reports name it. */
  readonly shownPath: string;
  /** The real path of the directory that the file must be in, wherever links lead; null for anywhere. */
  readonly root: string | null;
  readonly maxBytes: number;
}

/** A file that need not fit in memory. */
export interface LargeFile extends InputDigest {
  /** In bytes. */
  readonly size: number;
  /**
   * The bytes that the digest is of, read from the file when they are asked for.
   *
   * @throws {InputError} at the end, where they are others by then; what was made of them is worth nothing.
   */
  readonly chunks: Iterable<Uint8Array>;
}

/** Neither waits for the writer of a pipe, nor follows a link that came in place of the file. */
const OPENING = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/** Bytes that are read at a time. */
const CHUNK = 1024 * 1024;

/**
 * Reads a regular file whole, and nothing else: pipes, devices and directories are refused before they are read,
 * and so is a file that changes meanwhile.
 *
 * @throws {InputError} for whatever keeps the content from being known.
 */
export async function readRegularFile(request: FileRequest): Promise<StackFile> {
  return withRegularFile(request, async (file) => {
    const bytes = await readUnchanged(file, request);
    return { path: request.shownPath, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
}

/**
 * Reads a regular file for its digest, and keeps none of it.
 *
 * @throws {InputError} as `readRegularFile`.
 */
export async function openLargeFile(request: FileRequest): Promise<LargeFile> {
  const { shownPath } = request;
  return withRegularFile(request, async (file, path) => {
    const before = await file.stat({ bigint: true });
    const hash = createHash('sha256');
    const buffer = new Uint8Array(CHUNK);
    for (let position = 0; ;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK, position);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
    const after = await file.stat({ bigint: true });
    if (after.ctimeNs !== before.ctimeNs || after.size !== before.size) throw changedError(shownPath);
    const sha256 = hash.digest('hex');
    const size = Number(before.size);
    return {
      path: shownPath,
      sha256,
      size,
      chunks: { [Symbol.iterator]: () => chunksOf(path, { shownPath, sha256 }) },
    };
  });
}

function* chunksOf(
  path: string,
  { shownPath, sha256 }: { readonly shownPath: string; readonly sha256: string },
): Generator<Uint8Array> {
  const attempt = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw readError(shownPath, error);
    }
  };
  const file = attempt(() => openSync(path, OPENING));
  try {
    const stats = attempt(() => fstatSync(file, { bigint: true }));
    if (!stats.isFile()) throw changedError(shownPath);
    const hash = createHash('sha256');
    for (;;) {
      const chunk = new Uint8Array(CHUNK);
      const length = attempt(() => readSync(file, chunk));
      if (length === 0) break;
      hash.update(chunk.subarray(0, length));
      yield chunk.subarray(0, length);
    }
    if (hash.digest('hex') !== sha256) throw changedError(shownPath);
  } finally {
    closeSync(file);
  }
}

async function withRegularFile<Result>(
  request: FileRequest,
  work: (file: FileHandle, path: string) => Promise<Result>,
): Promise<Result> {
  const { shownPath } = request;
  try {
    const path = await realpath(request.path);
    if (request.root !== null && !isWithin(request.root, path)) throw escapeError(shownPath);
    // Opening a pipe waits for its writer, and a device may act on being opened.
    refuseIrregular(await stat(path, { bigint: true }), request);
    const file = await open(path, OPENING);
    try {
      refuseIrregular(await file.stat({ bigint: true }), request);
      return await work(file, path);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw error instanceof InputError ? error : readError(shownPath, error);
  }
}

/** Whether `path` is `root` or lies below it; both absolute and without links. */
export function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

export function escapeError(path: string): InputError {
  return new InputError({
    code: 'IN-ESCAPE',
    path,
    what: 'a symbolic link leads out of the directory that was given',
    why: 'whoever wrote the directory could have any file of this machine read',
    fix: 'Replace the link by what it points to, or give the directory that holds both.',
  });
}

/** Wraps an error of the file system. */
export function readError(path: string, cause: unknown): InputError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : null;
  // Not an error of the file system: a mistake of ours, which must not pass as a mistake in the input.
  if (code === null) throw cause;
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
  const problemCode: InputErrorCode = isMissing ? 'IN-NOTFOUND' : 'IN-READ';
  return new InputError(
    {
      code: problemCode,
      path,
      what: isMissing ? 'there is no such file or directory' : `it cannot be read (${code})`,
      why: 'what it holds cannot be judged',
      fix: isMissing ? 'Check the path; synthesise first.' : 'Check its permissions and what it links to.',
    },
    cause,
  );
}

export function irregularError(path: string, kind: string): InputError {
  return new InputError({
    code: 'IN-NOTREGULAR',
    path,
    what: `it is a ${kind}, not a regular file`,
    why: 'reading it may never end or give something else each time',
    fix: 'Write the content to a file and pass that.',
  });
}

export function changedError(path: string): InputError {
  return new InputError({
    code: 'IN-CHANGED',
    path,
    what: 'the file changed while it was read',
    why: 'what was read may be neither the old nor the new content',
    fix: 'Let the command that writes it finish, and run again.',
  });
}

/** What is at a path that is no regular file. */
export function kindOf(stats: BigIntStats): string {
  if (stats.isDirectory()) return 'directory';
  if (stats.isFIFO()) return 'named pipe';
  if (stats.isSocket()) return 'socket';
  return stats.isCharacterDevice() || stats.isBlockDevice() ? 'device' : 'special file';
}

function refuseIrregular(stats: BigIntStats, { shownPath, maxBytes }: FileRequest): void {
  if (!stats.isFile()) throw irregularError(shownPath, kindOf(stats));
  if (stats.size > BigInt(maxBytes)) {
    throw new InputError({ ...tooLarge(Number(stats.size), maxBytes), path: shownPath });
  }
}

async function readUnchanged(file: FileHandle, request: FileRequest): Promise<Uint8Array> {
  const before = await file.stat({ bigint: true });
  const size = Number(before.size);
  // One byte more than expected tells whether the file grew.
  const bytes = new Uint8Array(size + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length);
    length += bytesRead;
    if (bytesRead === 0 || length > size) break;
  }
  const after = await file.stat({ bigint: true });
  // The change time moves with every write and, unlike the modification time, cannot be set back.
  if (length !== size || after.ctimeNs !== before.ctimeNs) {
    throw changedError(request.shownPath);
  }
  return bytes.subarray(0, size);
}
