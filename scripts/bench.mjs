// `npm run bench`: judges generated estates of 1,000, 10,000 and 30,000 resources, or of the sizes that are given, and
// prints the best of five runs of each, in milliseconds. Every run is a process of its own, so none is warmed by another.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const sizes = process.argv.length > 2 ? process.argv.slice(2) : ['1000', '10000', '30000'];
const RUNS = 5;

const directory = mkdtempSync(join(tmpdir(), 'trefoil-bench-'));
try {
  const bundle = join(directory, 'bench.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['bench/run.ts'],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    target: 'node20.9',
    format: 'esm',
    logLevel: 'warning',
    // Packages in CommonJS require Node's modules, which an ES module can only import.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
  });
  printTable(sizes.map((size) => best(Array.from({ length: RUNS }, () => run(bundle, size)))));
} finally {
  rmSync(directory, { recursive: true });
}

function run(bundle, size) {
  const { status, error, stdout } = spawnSync(process.execPath, [bundle, size], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`the run of ${size} resources ended with ${status}`);
  return JSON.parse(stdout);
}

function best(runs) {
  return runs.toSorted((left, right) => left.total - right.total)[0];
}

function printTable(rows) {
  const names = Object.keys(rows[0]);
  const lines = [
    names,
    names.map(() => '---:'),
    ...rows.map((row) => names.map((name) => row[name].toLocaleString('en'))),
  ];
  console.log(lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n'));
}
