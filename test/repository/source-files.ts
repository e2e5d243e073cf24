import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, with a slash at the end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Everything that people write: the layers, the tests and what surrounds them. */
const FOLDERS = ['model', 'proofs', 'policy', 'checks', 'report', 'cli', 'stacks', 'test', 'bench', 'scripts'];
const SOURCE = /\.[cm]?[jt]sx?$/;

/** The paths of all source files below the checkout, with forward slashes, sorted. */
export function sourceFiles(): readonly string[] {
  const below = FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap(filesBelow);
  const top = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isFile());
  return [...top.map(({ name }) => name), ...below].filter((file) => SOURCE.test(file)).toSorted();
}

export function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

export function readJson(file: string): unknown {
  return JSON.parse(read(file));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length).replaceAll('\\', '/'))
    .filter((file) => !file.includes('/node_modules/') && !file.includes('/cdktf.out/'));
}
