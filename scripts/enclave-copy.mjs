// A copy of the enclave's stacks for scripts that show what the built program prints of them, and the places in documents
// that it is shown at: between `<!-- transcript: NAME -->` and `<!-- end -->`.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** What the work comes to in a copy that is removed afterwards. */
export function inEnclaveCopy(work) {
  const directory = mkdtempSync(join(tmpdir(), 'trefoil-transcripts-'));
  try {
    for (const part of ['stacks', 'cdktf.json', 'enclave.yaml', 'package.json', 'tsconfig.json']) {
      cpSync(join(root, part), join(directory, part), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
    return work(new EnclaveCopy(directory));
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
    return this.#run(expected, args).stdout;
  }

  /** What a run that ends with the expected code says is wrong. */
  refusal(expected, ...args) {
    return this.#run(expected, args).stderr;
  }

  #run(expected, args) {
    const run = spawnSync(process.execPath, [join(root, 'dist/cli/bin.js'), ...args], {
      cwd: this.directory,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, LC_ALL: 'C.UTF-8', NO_COLOR: '1' },
    });
    if (run.status === expected) return run;
    throw new Error(`trefoil ${args.join(' ')} ended with ${run.status}: ${run.stdout}${run.stderr}`);
  }

  /** Synthesises the stacks with some edits, and puts the files back. */
  synthesiseWith(...edits) {
    const originals = new Map(edits.map(({ file }) => [file, readFileSync(join(this.directory, file), 'utf8')]));
    for (const { file, from, to } of edits) {
      const path = join(this.directory, file);
      const text = readFileSync(path, 'utf8');
      if (text.split(from).length !== 2) throw new Error(`${file} does not have ${from} once`);
      writeFileSync(
        path,
        text.replace(from, () => to),
      );
    }
    this.trefoil(0, 'synth', '--quiet');
    for (const [file, text] of originals) writeFileSync(join(this.directory, file), text);
  }

  read(file) {
    return readFileSync(join(this.directory, file), 'utf8');
  }

  write(file, text, mode = 0o644) {
    const path = join(this.directory, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode });
  }

  /** Commits some files to a new repository: the same commit for the same files. */
  commit(...files) {
    const people = { NAME: 'Ada Byron', EMAIL: 'ada@example.org', DATE: '2026-11-20T09:00:00Z' };
    const who = ['AUTHOR', 'COMMITTER'].flatMap((role) =>
      Object.entries(people).map(([what, value]) => [`GIT_${role}_${what}`, value]),
    );
    const env = { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: '1', ...Object.fromEntries(who) };
    for (const args of [
      ['init', '--quiet'],
      ['add', ...files],
      ['commit', '--quiet', '--message', 'The policy of the enclave'],
    ]) {
      const { status, stderr } = spawnSync('git', args, { cwd: this.directory, env, encoding: 'utf8' });
      if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    }
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
