/**
 * Writes docs/controls/ from the catalogue, the checks and the frameworks, removes pages of controls that are gone, and
 * writes docs/encryption-matrix.md from the tables of stores, docs/transport-matrix.md from those of channels, and
 * docs/peer-rules.md from the table of other scanners' rules.
 *
 *   npm run docs              writes what differs
 *   npm run docs -- --check   exits 1 when a page is out of date
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { controlPages } from './control-pages.ts';
import { encryptionMatrix } from './encryption-matrix.ts';
import { peerRules } from './peer-rules.ts';
import { transportMatrix } from './transport-matrix.ts';

const DOCS = fileURLToPath(new URL('../docs/', import.meta.url));
const FOLDER = join(DOCS, 'controls');

const TABLES = new Map([
  ['encryption-matrix.md', encryptionMatrix()],
  ['peer-rules.md', peerRules()],
  ['transport-matrix.md', transportMatrix()],
]);

const { values: options } = parseArgs({ options: { check: { type: 'boolean' } } });
const pages = new Map([...[...controlPages()].map(([name, text]) => [`controls/${name}`, text] as const), ...TABLES]);
mkdirSync(FOLDER, { recursive: true });
const present = new Map(
  [...readdirSync(FOLDER).map((name) => `controls/${name}`), ...readdirSync(DOCS).filter((name) => TABLES.has(name))]
    .filter((name) => name.endsWith('.md'))
    .map((name) => [name, readFileSync(join(DOCS, name), 'utf8')]),
);
const stale = [...new Set([...pages.keys(), ...present.keys()])]
  .filter((name) => pages.get(name) !== present.get(name))
  .toSorted((left, right) => (left < right ? -1 : 1));

for (const name of stale) {
  const text = pages.get(name);
  if (options.check) console.error(`out of date: docs/${name}; run npm run docs`);
  else if (text === undefined) rmSync(join(DOCS, name));
  else writeFileSync(join(DOCS, name), text);
}
if (options.check && stale.length > 0) process.exitCode = 1;
