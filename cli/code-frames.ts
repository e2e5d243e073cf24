import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Result } from '../checks/report.ts';
import { InputError } from '../model/input-error.ts';
import { readRegularFile } from './read-file.ts';

/** A source file that people write is smaller. */
const LARGEST_SOURCE = 2 * 1024 * 1024;
/** Enough for every finding that anyone reads. */
const MOST_FILES = 500;
const SOURCE_FILE = /\.[cm]?[jt]sx?$/;

/**
 * The source files that findings name, for code frames. The names come out of the checked input, which could ask for
 * any file of this machine to be printed: only source files inside the project are read.
 */
export async function readCodeFrames(findings: readonly Result[], cwd: string): Promise<ReadonlyMap<string, string>> {
  const root = await realpath(cwd);
  const frames = new Map<string, string>();
  for (const file of sourceFiles(findings)) {
    try {
      const request = { path: resolve(cwd, file), shownPath: file, root, maxBytes: LARGEST_SOURCE };
      const { bytes } = await readRegularFile(request);
      frames.set(file, new TextDecoder().decode(bytes));
    } catch (error) {
      // A finding without a frame still names the line.
      if (!(error instanceof InputError)) throw error;
    }
  }
  return frames;
}

function sourceFiles(findings: readonly Result[]): readonly string[] {
  const files = findings.flatMap(({ subject, witness }) => [
    subject.code?.file,
    ...(witness?.related ?? []).map(({ code }) => code?.file),
  ]);
  const named = new Set(files.filter((file) => file !== undefined && SOURCE_FILE.test(file)));
  return [...named].filter((file) => file !== undefined).slice(0, MOST_FILES);
}
