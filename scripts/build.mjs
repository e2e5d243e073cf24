// Builds dist/: the program and the library as ES modules that share chunks, the preload as CommonJS (Node loads it
// with `--require`), declarations, and the JSON schemas. What a command does not need stays in a chunk that it does not
// load. Why so: docs/decisions/0002-bundle-and-cold-start.md.
// `--outdir <directory> --no-types` builds elsewhere and without declarations, for tests of the built program.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({
  options: { outdir: { type: 'string', default: 'dist' }, 'no-types': { type: 'boolean', default: false } },
});
const root = fileURLToPath(new URL('../', import.meta.url));
const outdir = resolve(root, values.outdir);
const SCHEMAS = [
  'policy/policy.schema.json',
  'policy/exceptions.schema.json',
  'report/report.schema.json',
  'report/graph/graph.schema.json',
  'report/coverage.schema.json',
  'report/flows/flows.schema.json',
];

/** Packages that are published with others inside. */
const INLINED = { 'node_modules/@dagrejs/dagre': ['node_modules/@dagrejs/graphlib'] };

/** `target` is the floor of `engines`, so that nothing newer gets in. */
const common = { absWorkingDir: root, bundle: true, platform: 'node', target: 'node20.9', logLevel: 'warning' };

rmSync(outdir, { recursive: true, force: true });
const [{ metafile }] = await Promise.all([
  build({
    ...common,
    entryPoints: { 'cli/bin': 'cli/bin.ts', index: 'index.ts' },
    outdir,
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    metafile: true,
    // Half the bytes to install and to read at each start. Names stay, so that a crash can be reported.
    minifyWhitespace: true,
    // Packages in CommonJS require Node's modules, which an ES module can only import.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
  }),
  build({
    ...common,
    entryPoints: ['cli/preload/preload.ts'],
    outfile: join(outdir, 'cli/preload.cjs'),
    format: 'cjs',
  }),
]);
chmodSync(join(outdir, 'cli/bin.js'), 0o755);
for (const schema of SCHEMAS) {
  mkdirSync(dirname(join(outdir, schema)), { recursive: true });
  copyFileSync(join(root, schema), join(outdir, schema));
}
writeFileSync(join(outdir, 'third-party-licences.txt'), licences(Object.keys(metafile.inputs)));
if (!values['no-types']) declarations();

/** The licence of every package that is in the bundle, as the licences ask for. */
function licences(inputs) {
  const named = inputs.map((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean);
  const packages = new Set(named.flatMap((path) => [path, ...(INLINED[path] ?? [])]));
  const texts = [...packages].toSorted().map((path) => {
    const { name, version } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, path)).find((entry) => /^licen[cs]e(?:\.\w+)?$/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence text`);
    return `${name} ${version}\n\n${readFileSync(join(root, path, file), 'utf8').trim()}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

function declarations() {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--project', 'tsconfig.build.json', '--outDir', outdir];
  const { status } = spawnSync(process.execPath, [compiler, ...options], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
  const needed = reachable(join(outdir, 'index.d.ts'));
  for (const entry of readdirSync(outdir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && path.endsWith('.d.ts') && !needed.has(path)) rmSync(path);
  }
}

/** Declarations that a reader of the API's gets to; those of inner files would only be bytes to install. */
function reachable(entry) {
  const found = new Set([entry]);
  for (const path of found) {
    for (const [, from] of readFileSync(path, 'utf8').matchAll(/(?:from |import\()['"](\.[^'"]+)['"]/g)) {
      found.add(join(dirname(path), from.replace(/\.[jt]s$/, '.d.ts')));
    }
  }
  return found;
}
