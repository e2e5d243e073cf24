import { resolve } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { catalogue, checks } from '../checks/index.ts';
import type { ComparisonRequest } from '../checks/compare.ts';
import type { Context } from '../checks/check.ts';
import type { Blocks, Filter, Report, Stage } from '../checks/report.ts';
import { run, type RunInput } from '../checks/run.ts';
import type { InputDigest } from '../model/estate.ts';
import { LARGEST_POLICY } from '../policy/document.ts';
import { loadExceptions } from '../policy/load.ts';
import type { Exception, Policy } from '../policy/policy.ts';
import type { PolicyHistory } from '../policy/policy-history.ts';
import { suggest } from '../policy/suggestion.ts';
import { shownPathOf } from './directory.ts';
import { CliError, PolicyError } from './errors.ts';
import { readEvidence } from './evidence.ts';
import type { Io } from './io.ts';
import { alternatives } from './option-values.ts';
import { type Progress, startProgress } from './progress.ts';
import { isDirectory, readBaseReport, refuseBase } from './read-base.ts';
import { CONTROL_IDS, readEstate, readPolicy, readSchema, readVariables, type ReadVariables } from './read-estate.ts';
import { readTextFile, type TextFile } from './text-file.ts';

export interface JudgeOptions {
  readonly policy: string;
  readonly exceptions: readonly string[];
  /** Signed statements of facts that Terraform cannot show. */
  readonly evidence?: readonly string[];
  readonly stage: Stage;
  readonly varFile: readonly string[];
  /** ISO day. */
  readonly asOf: string;
  /** What `terraform providers schema -json` printed. */
  readonly providerSchema?: string;
  /** Whether to ask git for the commit of the policy; the same files alone then no longer give the same report. */
  readonly policyHistory?: boolean;
}

export interface JudgeRequest extends JudgeOptions {
  readonly paths: readonly string[];
  readonly filter: Filter;
  readonly quiet: boolean;
  /** What to compare the findings with. */
  readonly against?: Against;
}

/** An earlier report, or the directory of the stacks as they were, and what blocks then. */
export interface Against {
  readonly base: string;
  readonly blocks: Blocks;
}

export interface Judgement {
  readonly report: Report;
  /** What was judged. */
  readonly context: Context;
  /** Every file that the run has read, which no output may replace. */
  readonly inputs: readonly string[];
}

/** Sites that a report has beside those of the policy. */
const OTHER_SITES = ['estate', 'unassigned'];

/** Reads what was named and judges it: the whole pipeline up to the report. */
export async function judge(request: JudgeRequest, io: Io): Promise<Judgement> {
  const { filter, asOf, stage } = request;
  refuseControls(filter.controls);
  const { file: policyFile, policy } = await readPolicy(request.policy, io);
  refuseSites(filter.sites, policy);
  // Git works while the inputs are read.
  const asked = request.policyHistory === true ? historyOf(policyFile, io) : null;
  const variables = await readVariables(request.varFile, io);
  const exceptionFiles: TextFile[] = [];
  for (const path of request.exceptions) {
    const fix = 'Name a file of exceptions.';
    exceptionFiles.push(await readTextFile({ path, maxBytes: LARGEST_POLICY, fix }, io));
  }
  const exceptions = exceptionsOf(exceptionFiles, policy);
  const evidence = await readEvidence(request.evidence ?? [], policy, io);
  const schema = await readSchema(request.providerSchema ?? null, io);

  const against = request.against ?? null;
  if (against !== null) await refuseBase(against.base, request.paths, io);
  const progress = startProgress(io, request.quiet);
  try {
    const { estate, digests } = await readEstate({ paths: request.paths, variables }, io, progress);
    await progress(`judging ${estate.resources.length} resources`);
    const history = await asked;
    const setting = {
      checks,
      catalogue,
      policy,
      exceptions,
      attestations: evidence.map(({ attestation }) => attestation),
      policyFile: { ...digestOf(policyFile), ...(history === null ? {} : { history }) },
      exceptionFiles: exceptionFiles.map(digestOf),
      asOf,
      stage,
      version: manifest.version,
      ...(schema === null ? {} : { schemaTypes: schema.types }),
    };
    const schemaDigests = schema === null ? [] : [schema.digest];
    const comparison = against === null ? null : await baseOf(against, setting, variables, io, progress);
    const report = run({
      ...setting,
      estate,
      inputs: [...digests, ...variables.map(digestOf), ...evidence.map(digestOf), ...schemaDigests],
      filter,
      ...(comparison === null ? {} : { comparison }),
    });
    const inputs = [
      ...[policyFile, ...exceptionFiles, ...variables, ...evidence, ...digests, ...schemaDigests].map(
        ({ path }) => path,
      ),
      ...(comparison?.origin.inputs ?? []).map(({ path }) => path),
    ];
    const { schemaTypes, attestations } = setting;
    const known = { estate, policy, asOf, exceptions, attestations };
    return { report, context: schemaTypes === undefined ? known : { ...known, schemaTypes }, inputs };
  } finally {
    await progress(null);
  }
}

/** What starts a process is loaded by whoever asked for it only. */
async function historyOf(policyFile: InputDigest, io: Io): Promise<PolicyHistory> {
  const { policyHistory } = await import('./policy-history.ts');
  return policyHistory(policyFile, io);
}

/** Stacks as they were are judged as those of the run are: policy, exceptions, variables and day are the same. */
async function baseOf(
  { base, blocks }: Against,
  setting: Omit<RunInput, 'estate' | 'inputs' | 'filter' | 'comparison'>,
  variables: readonly ReadVariables[],
  io: Io,
  progress: Progress,
): Promise<ComparisonRequest> {
  if (!(await isDirectory(base, io))) return { ...(await readBaseReport(base, io)), blocks };
  const { estate, digests } = await readEstate({ paths: [base], variables }, io, progress);
  await progress(`judging ${estate.resources.length} resources of the base`);
  const inputs = [...digests, ...variables.map(digestOf)];
  const report = run({ ...setting, estate, inputs, filter: { controls: [], severities: [], sites: [] } });
  return {
    base: report,
    origin: { path: shownPathOf(io.cwd, resolve(io.cwd, base)), inputs },
    exceptionsOf: 'run',
    blocks,
  };
}

/** Every error of every file at once. */
function exceptionsOf(files: readonly TextFile[], policy: Policy): readonly Exception[] {
  const results = files.map(({ path, text }) => loadExceptions({ path, text, policy, controlIds: CONTROL_IDS }));
  const problems = results.flatMap((result) => (result.kind === 'refused' ? result.problems : []));
  if (problems.length > 0) throw new PolicyError(problems);
  return results.flatMap((result) => (result.kind === 'exceptions' ? result.exceptions : []));
}

function digestOf({ path, sha256 }: InputDigest): InputDigest {
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

export function refuseSites(ids: readonly string[], policy: Policy): void {
  const known = [...policy.sites.map(({ id }) => id), ...OTHER_SITES];
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown === undefined) return;
  const fix = suggest(unknown, known, `use ${alternatives(known)}.`);
  throw new CliError({ code: 'CLI-SITE', message: `there is no site "${unknown}"`, fix });
}
