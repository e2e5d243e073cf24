// Runs every generator and fails when a file of the checkout changed, came or went: what is committed must be what the
// generators write. Changes files in place, so run it in a copy, as .ci/run does; without `git` it needs no history.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
/** What no generator's output is committed to. */
const IGNORED = new Set(['.git', 'node_modules', 'dist', 'cdktf.out', 'reports', 'coverage']);

const scripts = readdirSync(join(root, 'scripts')).filter((name) => /^(?:generate|compile)-.*\.mjs$/.test(name));
const commands = [
  ...scripts.toSorted().map((name) => [process.execPath, join('scripts', name)]),
  ['npm', 'run', '--silent', 'docs'],
];

const before = digests();
const broken = commands.filter(([command = '', ...args]) => {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  return status !== 0;
});
const after = digests();

for (const command of broken) console.error(`failed: ${command.join(' ')}`);
const stale = [...new Set([...before.keys(), ...after.keys()])]
  .filter((file) => before.get(file) !== after.get(file))
  .toSorted();
for (const file of stale) console.error(`stale: ${file}; run its generator and commit the result`);
if (broken.length + stale.length > 0) process.exitCode = 1;
else console.log(`${commands.length} generators wrote what is committed`);

function digests() {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.split(/[/\\]/).some((part) => IGNORED.has(part)));
  return new Map(
    files.map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest('hex'),
    ]),
  );
}
