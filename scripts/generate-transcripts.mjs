// Writes the transcripts of README.md and docs/flows.md, and docs/flows.svg, from real runs of the built program on a copy
// of the enclave's stacks. Each transcript stands between `<!-- transcript: NAME -->` and `<!-- end -->`. The date of
// judgement is fixed, so that the bytes are.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const AS_OF = '2026-11-22';
/** A pull request that sends what the edges of the sites in Ireland let out past their firewalls. */
const PAST_THE_FIREWALL = {
  file: 'stacks/gateway/gateway-network.ts',
  from: "edge.routes, '0.0.0.0/0', { vpcEndpointId: endpoint });",
  to: "edge.routes, '0.0.0.0/0', { gatewayId: internet.id });",
};
/** A pull request that keeps a copy of the profiles of the sites in Ireland in the United States. */
const TO_ANOTHER_COUNTRY = {
  file: 'stacks/data/data-stack.ts',
  from: 'pointInTimeRecovery: { enabled: true },',
  to: "pointInTimeRecovery: { enabled: true }, replica: [{ regionName: 'us-east-1' }],",
};

const copy = mkdtempSync(join(tmpdir(), 'trefoil-readme-'));
try {
  for (const part of ['stacks', 'cdktf.json', 'enclave.yaml', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

  trefoil(0, 'synth', '--quiet');
  const start = trefoil(0, 'check', '--as-of', AS_OF);
  const map = trefoil(0, 'flows', '--site', 'norway', '--as-of', AS_OF);
  const picture = trefoil(0, 'flows', '--format', 'svg', '--as-of', AS_OF);
  edited(PAST_THE_FIREWALL);
  const finding = trefoil(1, 'check', '--site', 'ireland-2', '--control', 'GTW-001', '--as-of', AS_OF);
  edited(TO_ANOTHER_COUNTRY);
  const outside = trefoil(1, 'flows', '--site', 'dublin', '--data-class', 'restricted', '--as-of', AS_OF);

  fill('README.md', { start, finding });
  fill('docs/flows.md', { map, outside });
  writeFileSync(join(root, 'docs/flows.svg'), picture);
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

/** Synthesises the stacks with one edit, and puts the file back. */
function edited({ file, from, to }) {
  const original = readFileSync(join(copy, file), 'utf8');
  if (original.split(from).length !== 2) throw new Error(`${file} does not have ${from} once`);
  writeFileSync(join(copy, file), original.replace(from, to));
  trefoil(0, 'synth', '--quiet');
  writeFileSync(join(copy, file), original);
}

function fill(file, transcripts) {
  let text = readFileSync(join(root, file), 'utf8');
  for (const [name, transcript] of Object.entries(transcripts)) {
    const [before, rest, ...more] = text.split(`<!-- transcript: ${name} -->\n`);
    const end = rest?.indexOf('<!-- end -->') ?? -1;
    if (end === -1 || more.length > 0) throw new Error(`${file} has no place for the transcript ${name}`);
    text = `${before}<!-- transcript: ${name} -->\n\n\`\`\`text\n${transcript.trimEnd()}\n\`\`\`\n\n${rest.slice(end)}`;
  }
  writeFileSync(join(root, file), text);
}
