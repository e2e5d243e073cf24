import { spawn } from 'node:child_process';
import { readdir, readFile, realpath, rm } from 'node:fs/promises';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { CliError, systemReason } from './errors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { pathExists } from './path-exists.ts';

export interface SynthOptions {
  readonly output: string | null;
  readonly context: readonly (readonly [key: string, value: string | boolean])[];
  readonly quiet: boolean;
}

/** The parts of `cdktf.json` that a synth needs. */
interface Configuration {
  readonly app: string;
  readonly output: string | null;
  readonly context: { readonly [key: string]: unknown };
}

/** Runs the user's program with the preload that records source lines. */
export async function synth(options: SynthOptions, io: Io): Promise<ExitCode> {
  const configuration = await readConfiguration(io.cwd);
  const output = options.output ?? configuration.output ?? 'cdktf.out';
  const directory = resolve(io.cwd, output);
  if (!options.quiet) await io.stderr.write(`trefoil: running ${configuration.app}\n`);
  await removeLastSynth(directory);
  await runApp(configuration.app, io, {
    ...io.environment,
    CDKTF_OUTDIR: output,
    CDKTF_CONTEXT_JSON: JSON.stringify({ ...configuration.context, ...Object.fromEntries(options.context) }),
    TREFOIL_SYNTH_ROOT: await realpath(io.cwd),
    NODE_OPTIONS: withRequire(io.environment['NODE_OPTIONS'], io.preload),
  });
  if (!(await pathExists(join(directory, 'manifest.json')))) {
    throw failure(
      `${configuration.app} wrote no ${output}/manifest.json`,
      'Call app.synth() at the end of the program.',
    );
  }
  if (!options.quiet) await io.stderr.write(`trefoil: synthesised into ${output}\n`);
  return EXIT.ok;
}

async function readConfiguration(cwd: string): Promise<Configuration> {
  let text: string;
  try {
    text = await readFile(join(cwd, 'cdktf.json'), 'utf8');
  } catch (cause) {
    throw misconfigured(`cdktf.json cannot be read: ${systemReason(cause)}`, cause);
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw misconfigured(`cdktf.json is no JSON: ${systemReason(cause)}`, cause);
  }
  if (!isRecord(content)) throw misconfigured('cdktf.json is no JSON object');
  const { app, output, context = {} } = content;
  if (typeof app !== 'string' || app.trim() === '')
    throw misconfigured('cdktf.json names no program: "app" is missing');
  if (output !== undefined && (typeof output !== 'string' || output === '')) {
    throw misconfigured('"output" of cdktf.json is no directory name');
  }
  if (!isRecord(context)) throw misconfigured('"context" of cdktf.json is no object');
  return { app, output: output ?? null, context };
}

/** What the program would not overwrite must not be judged as if it were new: a stack that is gone, all after a crash. */
async function removeLastSynth(directory: string): Promise<void> {
  if (!(await pathExists(join(directory, 'manifest.json')))) return;
  await rm(join(directory, 'manifest.json'));
  const stacks = join(directory, 'stacks');
  for (const entry of await readdir(stacks, { withFileTypes: true }).catch(() => [])) {
    if (entry.isDirectory()) await rm(join(stacks, entry.name, 'cdk.tf.json'), { force: true });
  }
}

async function runApp(app: string, io: Io, environment: NodeJS.ProcessEnv): Promise<void> {
  // The program's own output is diagnostics here, and goes to stderr.
  const child = spawn(app, { cwd: io.cwd, env: environment, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      // Output that cannot be shown does not stop the program.
      io.stderr.write(text).catch(() => {});
    });
  }
  const ended = await new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      done({ code, signal });
    });
  });
  if (ended.code === 0) return;
  const how = ended.signal === null ? `exit ${ended.code ?? 'unknown'}` : `signal ${constants.signals[ended.signal]}`;
  throw failure(`the program ended with ${how}: ${app}`, 'Put right what it says above, then run again.');
}

/** `NODE_OPTIONS` reaches every Node process that the command starts: npx, the loader, the program. */
function withRequire(options: string | undefined, file: string): string {
  const quoted = `"${file.replaceAll(/[\\"]/g, String.raw`\$&`)}"`;
  return [options, `--require ${quoted}`].filter((part) => part !== undefined && part !== '').join(' ');
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function misconfigured(message: string, cause?: unknown): CliError {
  return new CliError({
    code: 'CLI-CONFIG',
    message,
    fix: 'Run in the directory of cdktf.json, with "app": "npx tsx main.ts" or the like in it.',
    cause,
  });
}

/** The estate could not be looked at. */
function failure(message: string, fix: string): CliError {
  return new CliError({ code: 'CLI-SYNTH', message, fix, exitCode: EXIT.incomplete });
}
