import { spawn } from 'node:child_process';
import { type FileHandle, open } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { CliError, systemReason } from './errors.ts';
import { EXIT } from './exit-code.ts';
import { hashRegularFile } from './hash-file.ts';
import type { Io } from './io.ts';
import { terraformEnvironment } from './terraform-environment.ts';

export interface ShowRequest {
  /** The binary plan: absolute, and as messages name it. */
  readonly path: string;
  readonly shownPath: string;
  /** Absolute: the initialised directory that the plan was made in. */
  readonly directory: string;
  /** The program to run: a name or a path. */
  readonly terraform: string;
  /** Absolute: a directory that nobody else reads. The JSON becomes `plan.json` in it. */
  readonly into: string;
  readonly aborted: AbortSignal;
}

export interface ShownPlan {
  readonly sha256: string;
  readonly jsonPath: string;
  readonly jsonSha256: string;
}

/** A saved plan is a ZIP archive. Terraform also shows states and pointers to runs elsewhere, which cannot be sealed. */
const ZIP = 'PK\u0003\u0004';
const MOST_DIAGNOSTICS = 2000;

/**
 * Has Terraform write a binary plan as JSON. Terraform gets a copy that nobody else can write, and the digest is of
 * that copy: what is hashed is what is shown.
 */
export async function showPlan(request: ShowRequest, io: Io): Promise<ShownPlan> {
  const copy = join(request.into, 'plan.tfplan');
  const sha256 = await copyPlan(request, copy);
  const jsonPath = join(request.into, 'plan.json');
  const output = await open(jsonPath, 'wx', 0o600);
  try {
    await run(request, copy, output, io);
  } finally {
    await output.close();
  }
  return { sha256, jsonPath, jsonSha256: await hashRegularFile({ path: jsonPath, shownPath: request.shownPath }) };
}

async function copyPlan({ path, shownPath }: ShowRequest, copy: string): Promise<string> {
  const target = await open(copy, 'wx', 0o600);
  try {
    let start = '';
    const sha256 = await hashRegularFile({
      path,
      shownPath,
      take: async (bytes) => {
        if (start.length < ZIP.length) start += Buffer.from(bytes.subarray(0, ZIP.length)).toString('latin1');
        await target.writeFile(bytes);
      },
    });
    if (start.startsWith(ZIP)) return sha256;
  } finally {
    await target.close();
  }
  throw new CliError({
    code: 'SEAL-PLAN',
    message: `${shownPath} is no binary plan`,
    fix: 'Pass the file that "terraform plan -out" wrote, not what "terraform show" prints of it, and no plan that OpenTofu has encrypted.',
    exitCode: EXIT.incomplete,
  });
}

async function run(
  { shownPath, directory, terraform, aborted }: ShowRequest,
  copy: string,
  output: FileHandle,
  io: Io,
): Promise<void> {
  // A path is relative to where the caller is, not to where Terraform runs.
  const program = terraform.includes('/') || terraform.includes(sep) ? resolve(io.cwd, terraform) : terraform;
  const child = spawn(program, ['show', '-json', '-no-color', copy], {
    cwd: directory,
    env: terraformEnvironment(io),
    stdio: ['ignore', output.fd, 'pipe'],
    signal: aborted,
  });
  let diagnostics = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (diagnostics.length < MOST_DIAGNOSTICS) diagnostics += text;
  });
  const ended = await new Promise<{ readonly exitCode: number | null } | { readonly cause: unknown }>((done) => {
    child.on('error', (cause) => {
      done({ cause });
    });
    child.on('close', (exitCode) => {
      done({ exitCode });
    });
  });
  if ('cause' in ended) {
    const fix = 'Install it, name it with --terraform, and check --dir.';
    throw showError(`${terraform} did not start in the directory of ${shownPath}: ${systemReason(ended.cause)}`, fix);
  }
  if (ended.exitCode === 0) return;
  const said = diagnostics
    .slice(0, MOST_DIAGNOSTICS)
    .replaceAll(copy, shownPath)
    .replace(/[\s│╷╵]+/g, ' ')
    .trim();
  throw showError(
    `${terraform} cannot show ${shownPath} (exit ${ended.exitCode ?? 'by a signal'}): ${said}`,
    'Pass with --dir the directory that the plan was made in, initialised, and the version that made it.',
  );
}

function showError(message: string, fix: string): CliError {
  return new CliError({ code: 'SEAL-SHOW', message, fix, exitCode: EXIT.incomplete });
}
