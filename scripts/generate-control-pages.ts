/**
 * Writes docs/controls/ from the catalogue, the checks and the frameworks, and removes pages of controls that are gone.
 *
 *   npm run docs              writes what differs
 *   npm run docs -- --check   exits 1 when a page is out of date
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { controlPages } from './control-pages.ts';

const FOLDER = fileURLToPath(new URL('../docs/controls/', import.meta.url));

const { values: options } = parseArgs({ options: { check: { type: 'boolean' } } });
const pages = controlPages();
mkdirSync(FOLDER, { recursive: true });
const present = new Map(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.md'))
    .map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]),
);
const stale = [...new Set([...pages.keys(), ...present.keys()])]
  .filter((name) => pages.get(name) !== present.get(name))
  .toSorted((left, right) => (left < right ? -1 : 1));

for (const name of stale) {
  const text = pages.get(name);
  if (options.check) console.error(`out of date: docs/controls/${name}; run npm run docs`);
  else if (text === undefined) rmSync(join(FOLDER, name));
  else writeFileSync(join(FOLDER, name), text);
}
if (options.check && stale.length > 0) process.exitCode = 1;
