// `npm start`: synthesises the enclave of this repository, judges it, and writes the reports to reports/. Ends with the
// exit code of the first step that does not end with 0.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const REPORTS = ['text', 'json:reports/report.json', 'sarif:reports/report.sarif'];

mkdirSync(join(root, 'reports'), { recursive: true });
process.exitCode = trefoil('synth') || trefoil('check', ...REPORTS.flatMap((report) => ['--format', report]));

function trefoil(...args) {
  const { status, error } = spawnSync(process.execPath, [join('dist', 'cli', 'bin.js'), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (error !== undefined) throw error;
  return status ?? 70;
}
