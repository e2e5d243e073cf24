// `npm run bench`: judges generated estates of 1,000, 10,000 and 30,000 resources, or of the sizes that are given, and
// tells what flows and residency add to it, what every format does, and what encryption and keys do; proves
// generated networks of the last two sizes, and finds a leak that is planted in each; reads and judges generated plans of
// 10,000 and 100,000 resources; times the built program on the
// synthesised enclave (`npm start` makes it). Prints the best of several runs, in milliseconds. Every run is a process of
// its own, so none is warmed by another. A proof or a leak that is not found ends it with 1.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const sizes = process.argv.length > 2 ? process.argv.slice(2) : ['1000', '10000', '30000'];
const networkSizes = sizes.slice(-2);
// Cells of 25 resources, of which a plan shows 24: 102,720 of them.
const planSizes = process.argv.length > 2 ? sizes.slice(-1) : ['10000', '107000'];
const RUNS = 5;
const STARTS = 15;

const directory = mkdtempSync(join(tmpdir(), 'trefoil-bench-'));
try {
  const estates = await bundle(directory, 'run');
  printTable(sizes.map((size) => best(estates, [size])));
  const flows = await bundle(directory, 'flows-run');
  printTable(sizes.map((size) => best(flows, [size])));
  const formats = await bundle(directory, 'formats-run');
  // 10,000 verdicts: all of an estate, and more findings than any has.
  const tenThousand = [['1240'], ['16000', '7500', '2500']];
  printTable([...sizes.map((size) => [size]), ...tenThousand].map((share) => best(formats, share)));
  const keys = await bundle(directory, 'keys-run');
  printTable(sizes.map((size) => best(keys, [size])));
  const networks = await bundle(directory, 'network-run');
  const proved = networkSizes.map((size) => best(networks, [size]));
  printTable([...proved, ...networkSizes.map((size) => best(networks, [size, 'leak'])), growthOf(proved)]);
  const plans = await bundle(directory, 'plan-run');
  printTable(planSizes.map((size) => best(plans, [size])));
} finally {
  rmSync(directory, { recursive: true });
}
if (existsSync(join(root, 'cdktf.out'))) printTable(starts());

async function bundle(directory, name) {
  const outfile = join(directory, `${name}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [`bench/${name}.ts`],
    outfile,
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
  return outfile;
}

function best(program, args) {
  const runs = Array.from({ length: RUNS }, () => run(program, args));
  return runs.toSorted((left, right) => left.total - right.total)[0];
}

function run(program, args) {
  const { status, error, stdout } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`the run of ${args.join(' ')} ended with ${status}`);
  return JSON.parse(stdout);
}

/** How many times as much of everything the largest needs as the smallest. */
function growthOf(rows) {
  const [first, last] = [rows[0], rows.at(-1)];
  return Object.fromEntries(
    Object.keys(first).map((name) => [
      name,
      typeof first[name] === 'number' ? `× ${(last[name] / first[name]).toFixed(1)}` : 'growth',
    ]),
  );
}

function printTable(rows) {
  const names = Object.keys(rows[0]);
  const lines = [
    names,
    names.map(() => '---:'),
    ...rows.map((row) => names.map((name) => row[name].toLocaleString('en'))),
  ];
  console.log(`${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
}

/** What commands cost over a Node that does nothing; taken in turns, so that all meet the same load of the machine. */
function starts() {
  const program = join(root, 'dist', 'cli', 'bin.js');
  const commands = [
    ['-e', '0'],
    [program, '--version'],
    [program, 'check', '-q'],
  ];
  const times = commands.map(() => []);
  for (let start = 0; start < STARTS; start += 1) {
    commands.forEach((args, index) => times[index].push(timeOf(args)));
  }
  const [bare = 0, ...others] = times.map((all) => Math.min(...all));
  return others.map((time, index) => ({
    command: ['trefoil', ...commands[index + 1].slice(1)].join(' '),
    'wall ms': Math.round(time),
    'over bare Node': Math.round(time - bare),
  }));
}

function timeOf(args) {
  const from = performance.now();
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
  return performance.now() - from;
}
