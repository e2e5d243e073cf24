import manifest from '../package.json' with { type: 'json' };
import { catalogue, checks } from '../checks/index.ts';
import type { Filter, Report, Stage } from '../checks/report.ts';
import { run } from '../checks/run.ts';
import type { Estate, InputDigest } from '../model/estate.ts';
import { DEFAULT_JSON_LIMITS } from '../model/json/read.ts';
import { parseEstate } from '../model/synth/estate.ts';
import { loadStack } from '../model/synth/stack-files.ts';
import { readVariableFile, type VariableFile } from '../model/synth/tfvars.ts';
import { LARGEST_POLICY } from '../policy/document.ts';
import { loadExceptions, loadPolicy } from '../policy/load.ts';
import type { Exception, Policy } from '../policy/policy.ts';
import { suggest } from '../policy/suggestion.ts';
import { CliError, PolicyError } from './errors.ts';
import type { Io } from './io.ts';
import { alternatives } from './option-values.ts';
import { startProgress } from './progress.ts';
import { type Inputs, readInputs } from './read-inputs.ts';
import { readNamedFile, readTextFile, type TextFile } from './text-file.ts';

export interface JudgeOptions {
  readonly policy: string;
  readonly exceptions: readonly string[];
  readonly stage: Stage;
  readonly varFile: readonly string[];
  /** ISO day. */
  readonly asOf: string;
}

export interface JudgeRequest extends JudgeOptions {
  readonly paths: readonly string[];
  readonly filter: Filter;
  readonly quiet: boolean;
}

export interface Judgement {
  readonly report: Report;
  /** Every file that the run has read, which no output may replace. */
  readonly inputs: readonly string[];
}

/** Sites that a report has beside those of the policy. */
const OTHER_SITES = ['estate', 'unassigned'];
const CONTROL_IDS = catalogue.map(({ id }) => id);

/** Reads what was named and judges it: the whole pipeline up to the report. */
export async function judge(request: JudgeRequest, io: Io): Promise<Judgement> {
  const { filter, asOf, stage } = request;
  refuseControls(filter.controls);
  const policyFile = await readTextFile(
    {
      path: request.policy,
      maxBytes: LARGEST_POLICY,
      fix: 'Name the policy with --policy, or write one with "trefoil init".',
    },
    io,
  );
  const policy = policyOf(policyFile);
  refuseSites(filter.sites, policy);
  const variableFiles: VariableFile[] = [];
  const variableDigests: InputDigest[] = [];
  for (const path of request.varFile) {
    const file = await readNamedFile(
      { path, maxBytes: DEFAULT_JSON_LIMITS.maxBytes, fix: 'Name a file of variables.' },
      io,
    );
    variableFiles.push(readVariableFile(file.path, file.bytes));
    variableDigests.push({ path: file.path, sha256: file.sha256 });
  }
  const exceptionFiles: TextFile[] = [];
  for (const path of request.exceptions) {
    const fix = 'Name a file of exceptions.';
    exceptionFiles.push(await readTextFile({ path, maxBytes: LARGEST_POLICY, fix }, io));
  }
  const exceptions = exceptionsOf(exceptionFiles, policy);

  const progress = startProgress(io, request.quiet);
  try {
    await progress('reading');
    const found = await readInputs(request.paths, { cwd: io.cwd });
    await progress(`joining ${found.stacks.length} stacks`);
    const estate = estateOf(found, variableFiles);
    await progress(`judging ${estate.resources.length} resources`);
    const report = run({
      checks,
      catalogue,
      estate,
      policy,
      exceptions,
      inputs: [...found.digests, ...variableDigests],
      policyFile: digestOf(policyFile),
      exceptionFiles: exceptionFiles.map(digestOf),
      asOf,
      stage,
      version: manifest.version,
      filter,
    });
    const inputs = [policyFile, ...exceptionFiles, ...variableFiles, ...found.digests].map(({ path }) => path);
    return { report, inputs };
  } finally {
    await progress(null);
  }
}

function estateOf({ stacks, problems, declaredStacks }: Inputs, variableFiles: readonly VariableFile[]): Estate {
  const loads = stacks.map((stack) => loadStack(stack, { variableFiles, limits: DEFAULT_JSON_LIMITS }));
  return parseEstate({
    stacks: loads.flatMap((load) => (load.kind === 'loaded' ? [load.input] : [])),
    problems: [...problems, ...loads.flatMap((load) => (load.kind === 'refused' ? load.problems : []))],
    declaredStacks,
  });
}

function policyOf({ path, text }: TextFile): Policy {
  const result = loadPolicy({ path, text, controlIds: CONTROL_IDS });
  if (result.kind === 'refused') throw new PolicyError(result.problems);
  return result.policy;
}

/** Every error of every file at once. */
function exceptionsOf(files: readonly TextFile[], policy: Policy): readonly Exception[] {
  const results = files.map(({ path, text }) => loadExceptions({ path, text, policy, controlIds: CONTROL_IDS }));
  const problems = results.flatMap((result) => (result.kind === 'refused' ? result.problems : []));
  if (problems.length > 0) throw new PolicyError(problems);
  return results.flatMap((result) => (result.kind === 'exceptions' ? result.exceptions : []));
}

function digestOf({ path, sha256 }: TextFile): { readonly path: string; readonly sha256: string } {
  return { path, sha256 };
}

/** A filter that matches nothing by a typing error would leave nothing to fail. */
function refuseControls(ids: readonly string[]): void {
  for (const id of ids) {
    if (checks.some((check) => check.id === id)) continue;
    const isPlanned = CONTROL_IDS.includes(id);
    throw new CliError({
      code: 'CLI-CONTROL',
      message: isPlanned ? `${id} is planned, and nothing judges it yet` : `there is no control "${id}"`,
      fix: isPlanned ? '"trefoil list" tells which are implemented.' : suggest(id, CONTROL_IDS, 'see "trefoil list".'),
    });
  }
}

function refuseSites(ids: readonly string[], policy: Policy): void {
  const known = [...policy.sites.map(({ id }) => id), ...OTHER_SITES];
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown === undefined) return;
  const fix = suggest(unknown, known, `use ${alternatives(known)}.`);
  throw new CliError({ code: 'CLI-SITE', message: `there is no site "${unknown}"`, fix });
}
