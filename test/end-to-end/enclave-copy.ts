import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report, Result } from '../../checks/report.ts';
import type { SourceLocation } from '../../model/source.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What the program needs of the repository to synthesise the enclave and to judge it. */
const PARTS = ['stacks', 'cdktf.json', 'enclave.yaml', 'exceptions', 'package.json', 'tsconfig.json'];

/** One exact replacement in a file of the enclave. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The parts of the JSON report that are looked at here. */
export interface JudgedReport extends Pick<Report, 'complete' | 'incompleteBecause' | 'problems' | 'summary'> {
  readonly results: readonly (Pick<Result, 'control' | 'verdict' | 'message'> & {
    readonly source: SourceLocation | null;
  })[];
}

export interface Judgement {
  readonly status: number | null;
  readonly report: JudgedReport;
  readonly stderr: string;
}

/** A copy of the enclave's program, with the checker built as it ships. */
export class EnclaveCopy {
  readonly #work = mkdtempSync(join(tmpdir(), 'trefoil-enclave-'));
  readonly directory = join(this.#work, 'enclave');
  readonly #bin = join(this.#work, 'package/dist/cli/bin.js');

  constructor() {
    execFileSync(process.execPath, ['scripts/build.mjs', '--no-types', '--outdir', join(this.#work, 'package/dist')], {
      cwd: ROOT,
    });
    writeFileSync(join(this.#work, 'package/package.json'), '{"type":"module"}');
    mkdirSync(this.directory);
    for (const part of PARTS) cpSync(join(ROOT, part), join(this.directory, part), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(this.directory, 'node_modules'));
  }

  /** Makes the edits, does the work, and takes the edits back. */
  edited<Answer>(edits: readonly Edit[], work: () => Answer): Answer {
    const originals = new Map(edits.map(({ file }) => [file, this.read(file)]));
    for (const { file, from, to } of edits) {
      const text = this.read(file);
      const [before, after, ...more] = text.split(from);
      if (before === undefined || after === undefined || more.length > 0) {
        throw new Error(`${file} has ${JSON.stringify(from)} ${more.length === 0 ? 'nowhere' : 'more than once'}`);
      }
      writeFileSync(join(this.directory, file), `${before}${to}${after}`);
    }
    try {
      return work();
    } finally {
      for (const [file, text] of originals) writeFileSync(join(this.directory, file), text);
    }
  }

  synth(...options: readonly string[]): void {
    const { status, stderr } = this.#run('synth', '--quiet', ...options);
    if (status !== 0) throw new Error(`trefoil synth ended with ${status}: ${stderr}`);
  }

  check(...options: readonly string[]): Judgement {
    const { status, stdout, stderr } = this.#run(
      'check',
      '--format',
      'json',
      ...(options.includes('--as-of') ? [] : ['--as-of', '2026-11-01']),
      ...options,
    );
    if (stdout === '') throw new Error(`trefoil check ended with ${status} and no report: ${stderr}`);
    return { status, report: JSON.parse(stdout), stderr };
  }

  /** The line (counted from 1) on which a text stands that a file has once. */
  lineOf(file: string, text: string): number {
    const [before, ...after] = this.read(file).split(text);
    if (before === undefined || after.length !== 1) throw new Error(`${file} has ${JSON.stringify(text)} not once`);
    return before.split('\n').length;
  }

  read(file: string): string {
    return readFileSync(join(this.directory, file), 'utf8');
  }

  remove(): void {
    rmSync(this.#work, { recursive: true });
  }

  #run(...args: readonly string[]): {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  } {
    return spawnSync(process.execPath, [this.#bin, ...args], {
      cwd: this.directory,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
  }
}
