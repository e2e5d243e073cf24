import { readdir } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { readError } from './read-file.ts';

/** The entries of a directory, sorted by name. */
export interface Listing {
  /** Everything but directories. */
  readonly names: readonly string[];
  readonly directories: readonly string[];
  /** Those among `names` that are symbolic links, which may lead to a directory. */
  readonly links: readonly string[];
}

export async function listDirectory(path: string, shownPath: string): Promise<Listing> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const namesOf = (wanted: typeof entries) => wanted.map(({ name }) => name).toSorted();
    return {
      names: namesOf(entries.filter((entry) => !entry.isDirectory())),
      directories: namesOf(entries.filter((entry) => entry.isDirectory())),
      links: namesOf(entries.filter((entry) => entry.isSymbolicLink())),
    };
  } catch (error) {
    throw readError(shownPath, error);
  }
}

/** The path as messages and reports name it: relative to `cwd`, with forward slashes. */
export function shownPathOf(cwd: string, path: string): string {
  const way = relative(cwd, path);
  return way === '' ? '.' : way.split(sep).join('/');
}

export function joinShown(directory: string, name: string): string {
  return directory === '.' ? name : `${directory}/${name}`;
}
