// Builds dist/: the program and the library as ES modules that share chunks, the preload as CommonJS (Node loads it
// with `--require`), declarations, and the JSON schemas. What a command does not need stays in a chunk that it does not
// load. Why so: docs/decisions/0002-bundle-and-cold-start.md.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');
const SCHEMAS = ['policy/policy.schema.json', 'policy/exceptions.schema.json', 'report/report.schema.json'];

/** The floor of `engines`, so that nothing newer gets in. */
const common = { absWorkingDir: root, bundle: true, platform: 'node', target: 'node20.9', logLevel: 'warning' };

rmSync(dist, { recursive: true, force: true });
await Promise.all([
  build({
    ...common,
    entryPoints: { 'cli/bin': 'cli/bin.ts', index: 'index.ts' },
    outdir: dist,
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    packages: 'external',
  }),
  build({ ...common, entryPoints: ['cli/preload/preload.ts'], outfile: join(dist, 'cli/preload.cjs'), format: 'cjs' }),
]);
chmodSync(join(dist, 'cli/bin.js'), 0o755);
for (const schema of SCHEMAS) {
  mkdirSync(dirname(join(dist, schema)), { recursive: true });
  copyFileSync(join(root, schema), join(dist, schema));
}
declarations();

function declarations() {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--project', 'tsconfig.build.json'];
  const { status } = spawnSync(process.execPath, [compiler, ...options], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
