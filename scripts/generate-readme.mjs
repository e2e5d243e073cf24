// Writes the transcripts of README.md from real runs of the built program, on a copy of the enclave's stacks. Each stands
// between `<!-- transcript: NAME -->` and `<!-- end -->`. The date of judgement is fixed, so that the bytes are.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const AS_OF = '2026-11-22';
/** A pull request that sends what the edges of the sites in Ireland let out past their firewalls. */
const EDIT = {
  file: 'stacks/gateway/gateway-network.ts',
  from: "edge.routes, '0.0.0.0/0', { vpcEndpointId: endpoint });",
  to: "edge.routes, '0.0.0.0/0', { gatewayId: internet.id });",
};

const copy = mkdtempSync(join(tmpdir(), 'trefoil-readme-'));
try {
  for (const part of ['stacks', 'cdktf.json', 'enclave.yaml', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

  trefoil(0, 'synth', '--quiet');
  const start = trefoil(0, 'check', '--as-of', AS_OF);
  const original = readFileSync(join(copy, EDIT.file), 'utf8');
  if (original.split(EDIT.from).length !== 2) throw new Error(`${EDIT.file} does not have ${EDIT.from} once`);
  writeFileSync(join(copy, EDIT.file), original.replace(EDIT.from, EDIT.to));
  trefoil(0, 'synth', '--quiet');
  const finding = trefoil(1, 'check', '--site', 'ireland-2', '--control', 'GTW-001', '--as-of', AS_OF);

  const readme = join(root, 'README.md');
  const text = readFileSync(readme, 'utf8');
  writeFileSync(readme, fill(fill(text, 'start', start), 'finding', finding));
} finally {
  rmSync(copy, { recursive: true });
}

function trefoil(expected, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli/bin.js'), ...args], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8', NO_COLOR: '1' },
  });
  if (status !== expected) throw new Error(`trefoil ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

function fill(text, name, transcript) {
  const [before, rest, ...more] = text.split(`<!-- transcript: ${name} -->\n`);
  const end = rest?.indexOf('<!-- end -->') ?? -1;
  if (end === -1 || more.length > 0) throw new Error(`README.md has no place for the transcript ${name}`);
  return `${before}<!-- transcript: ${name} -->\n\n\`\`\`text\n${transcript.trimEnd()}\n\`\`\`\n\n${rest.slice(end)}`;
}
