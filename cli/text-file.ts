import { relative, resolve, sep } from 'node:path';
import { InputError } from '../model/input-error.ts';
import type { StackFile } from '../model/synth/stack-files.ts';
import { CliError } from './errors.ts';
import type { Io } from './io.ts';
import { readRegularFile } from './read-file.ts';

export interface TextFile {
  /** Relative to the run, with forward slashes. */
  readonly path: string;
  readonly sha256: string;
  readonly text: string;
}

interface FileRequest {
  readonly path: string;
  readonly maxBytes: number;
  /** What to do when it cannot be read. */
  readonly fix: string;
}

/** Reads a file that the caller names by itself: the policy, exceptions, values of variables. */
export async function readNamedFile({ path, maxBytes, fix }: FileRequest, io: Io): Promise<StackFile> {
  const absolute = resolve(io.cwd, path);
  const shownPath = relative(io.cwd, absolute).split(sep).join('/');
  try {
    return await readRegularFile({ path: absolute, shownPath, root: null, maxBytes });
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    throw new CliError({ code: 'CLI-READ', message: `${shownPath}: ${cause.problem.what}`, fix, cause });
  }
}

export async function readTextFile(request: FileRequest, io: Io): Promise<TextFile> {
  const { path, bytes, sha256 } = await readNamedFile(request, io);
  try {
    return { path, sha256, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (cause) {
    throw new CliError({ code: 'CLI-READ', message: `${path} is no UTF-8 text`, fix: 'Save it as UTF-8.', cause });
  }
}
