// A copy of the enclave's stacks for scripts that show what the built program prints of them, and the places in documents
// that it is shown at: between `<!-- transcript: NAME -->` and `<!-- end -->`.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Does the work in a copy that is removed afterwards. */
export function inEnclaveCopy(work) {
  const directory = mkdtempSync(join(tmpdir(), 'trefoil-transcripts-'));
  try {
    for (const part of ['stacks', 'cdktf.json', 'enclave.yaml', 'package.json', 'tsconfig.json']) {
      cpSync(join(root, part), join(directory, part), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
    work(new EnclaveCopy(directory));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

class EnclaveCopy {
  constructor(directory) {
    this.directory = directory;
  }

  /** What a run prints, which must end with the expected code. */
  trefoil(expected, ...args) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli/bin.js'), ...args], {
      cwd: this.directory,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, LC_ALL: 'C.UTF-8', NO_COLOR: '1' },
    });
    if (status !== expected) throw new Error(`trefoil ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
    return stdout;
  }

  /** Synthesises the stacks with one edit, and puts the file back. */
  synthesiseWith({ file, from, to }) {
    const path = join(this.directory, file);
    const original = readFileSync(path, 'utf8');
    if (original.split(from).length !== 2) throw new Error(`${file} does not have ${from} once`);
    writeFileSync(path, original.replace(from, to));
    this.trefoil(0, 'synth', '--quiet');
    writeFileSync(path, original);
  }

  write(file, text) {
    writeFileSync(join(this.directory, file), text);
  }
}

export function fill(file, transcripts) {
  let text = readFileSync(join(root, file), 'utf8');
  for (const [name, transcript] of Object.entries(transcripts)) {
    const [before, rest, ...more] = text.split(`<!-- transcript: ${name} -->\n`);
    const end = rest?.indexOf('<!-- end -->') ?? -1;
    if (end === -1 || more.length > 0) throw new Error(`${file} has no place for the transcript ${name}`);
    text = `${before}<!-- transcript: ${name} -->\n\n\`\`\`text\n${transcript.trimEnd()}\n\`\`\`\n\n${rest.slice(end)}`;
  }
  writeFileSync(join(root, file), text);
}
