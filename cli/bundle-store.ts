import { closeSync, fsyncSync, lstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createTar } from 'nanotar';
import { InputError } from '../model/input-error.ts';
import { compareText } from '../model/text-order.ts';
import { STATEMENT_FILE } from '../report/bundle.ts';
import type { BundleFiles } from './bundle-content.ts';
import { joinShown, listDirectory, shownPathOf } from './directory.ts';
import { CliError, systemReason } from './errors.ts';
import { EXIT } from './exit-code.ts';
import { refusal } from './gate-refusal.ts';
import type { Io } from './io.ts';
import { writeOutputFile } from './output-file.ts';
import { readRegularFile } from './read-file.ts';

/** Of one file, or of a bundle as tar. */
const LARGEST = 1024 * 1024 * 1024;
const BLOCK = 512;
/** Nobody's and of no time, so that the same files are the same archive. */
const ATTRIBUTES = { mode: '644', uid: 0, gid: 0, mtime: 0 };

/** Writes a bundle as a tar archive, by the ending of the path, or else as a new directory. */
export async function writeBundle(path: string, files: BundleFiles, io: Io, inputs: readonly string[]): Promise<void> {
  if (path.endsWith('.tar')) await writeOutputFile({ path, bytes: tarOf(files) }, io.cwd, inputs);
  else writeDirectory(path, resolve(io.cwd, path), files);
}

/** Under its name only when it is whole. */
function writeDirectory(path: string, target: string, files: BundleFiles): void {
  if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) {
    throw new CliError({
      code: 'CLI-EXISTS',
      message: `${path} exists`,
      fix: 'Name a directory that is not there yet, or a file that ends in .tar.',
    });
  }
  const temporary = join(dirname(target), `.trefoil-${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
  try {
    mkdirSync(temporary);
    for (const [name, bytes] of files) writeNew(join(temporary, name), bytes);
    renameSync(temporary, target);
  } catch (cause) {
    rmSync(temporary, { recursive: true, force: true });
    throw new CliError({
      code: 'OUT-WRITE',
      message: `${path} was not written: ${systemReason(cause)}`,
      fix: 'Name a place in a directory that is there and can be written.',
      exitCode: EXIT.output,
      cause,
    });
  }
}

function writeNew(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const descriptor = openSync(path, 'wx', 0o644);
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Reads a bundle, as a directory or a tar archive. Nothing of it is unpacked.
 *
 * @throws {CliError} BUNDLE-MISSING, BUNDLE-FORM or BUNDLE-LINK.
 */
export async function readBundle(path: string, io: Io): Promise<BundleFiles> {
  const absolute = resolve(io.cwd, path);
  const shown = shownPathOf(io.cwd, absolute);
  try {
    const found = await lstat(absolute).catch(() => null);
    if (found === null) throw missing(`there is nothing at ${shown}`);
    const files = found.isDirectory() ? await directoryFiles(absolute, shown) : await archiveFiles(absolute, shown);
    if (!files.has(STATEMENT_FILE)) throw missing(`${shown} has no ${STATEMENT_FILE}`);
    return files;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw malformed(`${shown} cannot be read: ${error.problem.what}`, error);
  }
}

async function directoryFiles(absolute: string, shown: string): Promise<BundleFiles> {
  const files = new Map<string, Uint8Array>();
  const open = [''];
  for (let within = open.pop(); within !== undefined; within = open.pop()) {
    const directory = join(absolute, within);
    const { names, directories, links } = await listDirectory(directory, joinShown(shown, within));
    const [link] = links;
    if (link !== undefined) {
      throw refusal('BUNDLE-LINK', {
        what: `${joinShown(shown, pathIn(within, link))} is a symbolic link`,
        why: 'what it leads to is not in the bundle, and may be another file tomorrow',
        fix: 'Copy the bundle with the files themselves.',
      });
    }
    for (const name of names) {
      const request = {
        path: join(directory, name),
        shownPath: joinShown(shown, pathIn(within, name)),
        root: null,
        maxBytes: LARGEST,
      };
      files.set(pathIn(within, name), (await readRegularFile(request)).bytes);
    }
    open.push(...directories.map((name) => pathIn(within, name)));
  }
  return files;
}

function pathIn(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}

async function archiveFiles(absolute: string, shown: string): Promise<BundleFiles> {
  const { bytes } = await readRegularFile({ path: absolute, shownPath: shown, root: null, maxBytes: LARGEST });
  const files = filesIn(bytes);
  // What another program has packed may hold what readers of archives see differently: hidden headers, a file twice.
  if (files === null || !Buffer.from(tarOf(files)).equals(bytes)) {
    throw malformed(`${shown} is no tar archive as "trefoil evidence" writes it`);
  }
  return files;
}

function tarOf(files: BundleFiles): Uint8Array {
  const sorted = [...files].toSorted(([left], [right]) => compareText(left, right));
  return createTar(
    sorted.map(([name, data]) => ({ name, data })),
    { attrs: ATTRIBUTES },
  );
}

/** The regular files of an archive; null for what is none. What it passes over is found out by packing them again. */
function filesIn(bytes: Uint8Array): BundleFiles | null {
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0;) {
    const name = textIn(bytes, at, 100);
    const size = /^[0-7]{11}$/.exec(textIn(bytes, at + 124, 12))?.[0];
    if (size === undefined) return null;
    const length = Number.parseInt(size, 8);
    const start = at + BLOCK;
    if (start + length > bytes.length) return null;
    files.set(name, bytes.subarray(start, start + length));
    at = start + Math.ceil(length / BLOCK) * BLOCK;
  }
  return files;
}

function textIn(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}

function missing(what: string): CliError {
  return refusal('BUNDLE-MISSING', {
    what,
    why: 'there is no evidence to verify',
    fix: 'Name what "trefoil evidence" wrote.',
  });
}

function malformed(what: string, cause?: unknown): CliError {
  return refusal(
    'BUNDLE-FORM',
    {
      what,
      why: 'what cannot be read as one thing only proves nothing',
      fix: 'Pass the bundle on as it was written.',
    },
    cause,
  );
}
