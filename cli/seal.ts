import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Report } from '../checks/report.ts';
import { InputError } from '../model/input-error.ts';
import { otherReasons } from '../report/conclusion.ts';
import { visible } from '../report/escape.ts';
import { type SealedPlan, sealOf, statementText } from '../report/statement.ts';
import { shownPathOf } from './directory.ts';
import { IN_TOTO_PAYLOAD_TYPE, signEnvelope } from './dsse.ts';
import { CliError, inputErrorLine } from './errors.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import type { Io } from './io.ts';
import { judge, type JudgeOptions } from './judge.ts';
import { writeOutputFile } from './output-file.ts';
import { inPrivateDirectory } from './private-directory.ts';
import { startProgress } from './progress.ts';
import { readPrivateKey } from './seal-keys.ts';
import { showPlan } from './show-plan.ts';
import { writeStdout } from './stdout.ts';
import { toolDigest } from './tool-digest.ts';

export interface SealOptions extends Omit<JudgeOptions, 'stage'> {
  /** Names of the stacks of the plans, in their order; empty to take them from the paths. */
  readonly stack: readonly string[];
  /** Where the plans were made, in their order; empty for where they are. */
  readonly dir: readonly string[];
  /** Synthesised stacks to judge with the plans. */
  readonly stacks: readonly string[];
  readonly terraform: string;
  /** An earlier report, for controls of what may only shrink; it excuses nothing. */
  readonly base?: string;
  readonly key: string | null;
  readonly output: string;
  readonly quiet: boolean;
}

/** A plan that the caller names, before anything of it is read. */
interface NamedPlan {
  readonly path: string;
  readonly shownPath: string;
  readonly stack: string;
  readonly directory: string;
}

const NO_FILTER = { controls: [], severities: [], sites: [] };
/** What tells no stack from another, as the name of a plan. */
const NAMES_OF_NO_STACK = ['plan', 'tfplan', ''];
const MOST_FINDINGS = 20;

/** Judges binary plans by what Terraform shows of them, and signs what came out, whatever it was. */
export async function seal(plans: readonly string[], options: SealOptions, io: Io): Promise<ExitCode> {
  const startedAt = io.now();
  const named = nameFrom(plans, options, io);
  const privateKey = await readPrivateKey(options.key, io);
  const { report, inputs, sealed, jsonPaths } = await inPrivateDirectory((directory, aborted) =>
    judgePlans(named, { directory, aborted }, options, io),
  );
  const content = sealOf(report, {
    plans: sealed,
    jsonPaths,
    toolSha256: await toolDigest(io),
    sealedAt: startedAt.toISOString().replace(/\.\d{3}Z$/, 'Z'),
  });
  const text = signEnvelope(IN_TOTO_PAYLOAD_TYPE, Buffer.from(statementText(content), 'utf8'), privateKey);
  const read = [...inputs, ...plans, ...(options.key === null ? [] : [options.key])];
  await writeOutputFile({ path: options.output, parts: [text] }, io.cwd, read);
  if (!options.quiet) await io.stderr.write(whatStandsInTheWay(report, sealed, jsonPaths));
  const names = named.map(({ shownPath, stack }) => `${shownPath} (${stack})`).join(', ');
  await writeStdout(io, `${visible(`sealed ${names} as ${content.verdict}: ${content.because}; ${options.output}`)}\n`);
  return exitCodeOf(report);
}

interface Surroundings {
  readonly directory: string;
  readonly aborted: AbortSignal;
}

interface JudgedPlans {
  readonly report: Report;
  readonly inputs: readonly string[];
  readonly sealed: readonly SealedPlan[];
  /** As the report names the JSON of the plans, in their order. */
  readonly jsonPaths: readonly string[];
}

async function judgePlans(
  named: readonly NamedPlan[],
  { directory, aborted }: Surroundings,
  options: SealOptions,
  io: Io,
): Promise<JudgedPlans> {
  const sealed: SealedPlan[] = [];
  const jsonPaths: string[] = [];
  const progress = startProgress(io, options.quiet);
  for (const plan of named) {
    await progress(`showing ${plan.shownPath}`);
    const into = join(directory, plan.stack);
    await mkdir(into, { mode: 0o700 });
    const request = { ...plan, terraform: options.terraform, into, aborted };
    const { sha256, jsonPath, jsonSha256 } = await showPlan(request, io).catch(asUnreadable);
    refuseTwice(sealed, plan.shownPath, sha256);
    sealed.push({ stack: plan.stack, path: plan.shownPath, sha256, jsonSha256 });
    jsonPaths.push(shownPathOf(io.cwd, jsonPath));
  }
  const { policy, exceptions, evidence = [], varFile, asOf, quiet, base, providerSchema } = options;
  const paths = [...jsonPaths, ...options.stacks];
  const { report, inputs } = await judge(
    {
      policy,
      exceptions,
      evidence,
      varFile,
      asOf,
      quiet,
      paths,
      stage: 'apply',
      filter: NO_FILTER,
      ...(providerSchema === undefined ? {} : { providerSchema }),
      ...(base === undefined ? {} : { against: { base, blocks: 'all' } }),
    },
    io,
  );
  return { report, inputs: inputs.filter((path) => !jsonPaths.includes(path)), sealed, jsonPaths };
}

function refuseTwice(sealed: readonly SealedPlan[], shownPath: string, sha256: string): void {
  const same = sealed.find((plan) => plan.sha256 === sha256);
  if (same === undefined) return;
  const message = `${shownPath} is the same plan as ${same.path}`;
  throw new CliError({ code: 'SEAL-PLAN', message, fix: 'Name each plan once.' });
}

/** A plan that is named and cannot be read is a mistake in the call, as for every file that is named by itself. */
function asUnreadable(cause: unknown): never {
  if (!(cause instanceof InputError)) throw cause;
  const { path, what } = cause.problem;
  const fix = 'Name the file that "terraform plan -out" wrote.';
  throw new CliError({ code: 'CLI-READ', message: `${path}: ${what}`, fix, cause });
}

function nameFrom(plans: readonly string[], { stack, dir }: SealOptions, io: Io): readonly NamedPlan[] {
  for (const [name, given] of [
    ['--stack', stack],
    ['--dir', dir],
  ] as const) {
    if (given.length === 0 || given.length === plans.length) continue;
    throw stackError(
      `${name} is given ${given.length} times for ${plans.length} plans`,
      'Give it once for each plan, in their order, or not at all.',
    );
  }
  const named = plans.map((plan, index) => {
    const path = resolve(io.cwd, plan);
    return {
      path,
      shownPath: shownPathOf(io.cwd, path),
      stack: stack[index] ?? stackOf(path),
      directory: resolve(io.cwd, dir[index] ?? dirname(path)),
    };
  });
  const wrong = named.find((plan) => !/^[\w.-]+$/.test(plan.stack) || /^\.+$/.test(plan.stack));
  if (wrong !== undefined) {
    throw stackError(`${wrong.shownPath} has no usable name of a stack: "${wrong.stack}"`, 'Name it with --stack.');
  }
  const again = named.find((plan, index) => named.findIndex(({ stack: other }) => other === plan.stack) !== index);
  if (again !== undefined) {
    throw stackError(
      `two plans are of stack ${again.stack}`,
      'Name the stack of each plan with --stack, in their order.',
    );
  }
  return named;
}

/** `dublin-data.tfplan` and `dublin-data/plan.tfplan` are both of dublin-data. */
function stackOf(path: string): string {
  const [name = ''] = basename(path).split('.');
  return NAMES_OF_NO_STACK.includes(name) ? basename(dirname(path)) : name;
}

function stackError(message: string, fix: string): CliError {
  return new CliError({ code: 'SEAL-STACK', message, fix });
}

/** Why the gate will refuse, or an empty text. The paths of the JSON are gone, so the plans stand for it. */
function whatStandsInTheWay(report: Report, sealed: readonly SealedPlan[], jsonPaths: readonly string[]): string {
  const named = (path: string): string => sealed[jsonPaths.indexOf(path)]?.path ?? path;
  const problems = report.problems.map(({ location, ...problem }) => {
    const place = location === undefined ? {} : { location: { ...location, file: named(location.file) } };
    return inputErrorLine({ ...problem, ...place, path: named(problem.path) });
  });
  const blocking = report.results.filter(
    ({ verdict, severity }) =>
      verdict === 'fail' || (verdict === 'unproven' && report.unprovenBlocks.includes(severity)),
  );
  const shown = blocking.slice(0, MOST_FINDINGS).map(({ verdict, id, message }) => `${verdict} ${id}: ${message}`);
  const left = blocking.length - shown.length;
  const lines = [...otherReasons(report), ...shown, ...(left > 0 ? [`and ${left} more`] : [])];
  return [...problems, ...lines.map((line) => `trefoil: ${visible(line)}\n`)].join('');
}
