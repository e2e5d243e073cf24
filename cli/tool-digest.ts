import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { compareText } from '../model/text-order.ts';
import type { Io } from './io.ts';
import { pathExists } from './path-exists.ts';

/**
 * The SHA-256 of the program that runs, over all its code as `sha256sum` lists it by path; null where it runs from its
 * sources. It tells apart versions that share a number, and accidents; a program that lies can state any digest.
 */
export async function toolDigest({ preload }: Io): Promise<string | null> {
  const root = dirname(dirname(preload));
  if (!(await pathExists(join(root, 'cli', 'bin.js'))) || !(await pathExists(preload))) return null;
  const paths = await readdir(root, { recursive: true });
  const hash = createHash('sha256');
  for (const path of paths.filter((name) => /\.c?js$/.test(name)).toSorted(compareText)) {
    const sha256 = createHash('sha256')
      .update(await readFile(join(root, path)))
      .digest('hex');
    hash.update(`${sha256}  ./${path.split(sep).join('/')}\n`);
  }
  return hash.digest('hex');
}
