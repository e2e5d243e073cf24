// Packs the package as it would be published, and asks of the tarball what a person who installs it may expect: it is
// well-formed, runs nothing on installation, brings less than 5 MB, and its command and its API start.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const LIMIT = 5_000_000;
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];
/** Folders of the checkout that are no business of an installation. */
const UNWANTED = /^(?:test|stacks|bench|scripts|docs|node_modules|cdktf\.out|\.ci|\.github)\//;

const work = mkdtempSync(join(tmpdir(), 'trefoil-package-'));
try {
  inspect(work);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function inspect(directory) {
  const [packed] = JSON.parse(run(root, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', directory));
  const tarball = join(directory, packed.filename);
  console.log(`${packed.filename}: ${packed.files.length} files, ${packed.unpackedSize} bytes unpacked`);
  const unwanted = packed.files.map(({ path }) => path).filter((path) => UNWANTED.test(path));
  demand(unwanted.length === 0, `the tarball holds ${unwanted.slice(0, 5).join(', ')}`);

  const publint = [join('node_modules', 'publint', 'src', 'cli.js'), 'run', tarball, '--strict'];
  demand(spawnSync(process.execPath, publint, { cwd: root, stdio: 'inherit' }).status === 0, 'publint has complaints');

  writeFileSync(join(directory, 'package.json'), JSON.stringify({ name: 'user', version: '1.0.0', private: true }));
  run(directory, 'npm', 'install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', tarball);
  const bytes = sizeOf(join(directory, 'node_modules'));
  console.log(`installed: ${bytes} bytes, limit ${LIMIT}`);
  demand(bytes < LIMIT, `an installation takes ${bytes} bytes`);

  const installed = join(directory, 'node_modules', 'trefoil');
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  const scripts = INSTALL_SCRIPTS.filter((name) => manifest.scripts?.[name] !== undefined);
  demand(scripts.length === 0, `the package runs ${scripts.join(', ')} on installation`);

  const version = run(directory, join('node_modules', '.bin', 'trefoil'), '--version').trim();
  demand(version.includes(manifest.version), `trefoil --version prints ${version}`);
  const load = "import('trefoil').then((api) => console.log(Object.keys(api).length))";
  demand(Number(run(directory, process.execPath, '-e', load)) > 0, 'the API exports nothing');
  console.log(`trefoil ${version} starts, and its API loads`);
}

function run(cwd, command, ...args) {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function demand(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

function sizeOf(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
