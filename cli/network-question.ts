import manifest from '../package.json' with { type: 'json' };
import { catalogue, checks } from '../checks/index.ts';
import type { Context } from '../checks/check.ts';
import { run } from '../checks/run.ts';
import { withheldData } from '../report/withheld-data.ts';
import type { Io } from './io.ts';
import { startProgress } from './progress.ts';
import { readEstate, readPolicy, readSchema, readVariables } from './read-estate.ts';

/** What every question about the network needs to know. */
export interface EstateOptions {
  readonly policy: string;
  readonly varFile: readonly string[];
  /** ISO day. */
  readonly asOf: string;
  /** What `terraform providers schema -json` printed. */
  readonly providerSchema?: string;
}

export interface QuestionRequest extends EstateOptions {
  readonly paths: readonly string[];
  readonly quiet: boolean;
}

export interface QuestionGround {
  readonly context: Context;
  /** Why the input does not show the whole estate, as `check` says it; empty when it does. */
  readonly incompleteBecause: readonly string[];
  /** Every file that was read, which no output may replace. */
  readonly inputs: readonly string[];
}

/** The one control that tells whether the input is the estate that the policy expects. */
const COMPLETENESS = checks.filter(({ id }) => id === 'CHG-001');

/** Reads the estate and the policy that a question is about, and answers it in plain data, without sensitive values. */
export async function onEstate<Answer>(
  request: QuestionRequest,
  io: Io,
  answer: (ground: QuestionGround) => Answer,
): Promise<Answer> {
  const { file, policy } = await readPolicy(request.policy, io);
  const variables = await readVariables(request.varFile, io);
  const schema = await readSchema(request.providerSchema ?? null, io);
  const schemaTypes = schema === null ? {} : { schemaTypes: schema.types };
  const progress = startProgress(io, request.quiet);
  try {
    const { estate, digests } = await readEstate({ paths: request.paths, variables }, io, progress);
    await progress(`asking ${estate.resources.length} resources`);
    const { asOf } = request;
    const { incompleteBecause } = run({
      checks: COMPLETENESS,
      catalogue,
      estate,
      policy,
      exceptions: [],
      inputs: [],
      policyFile: { path: file.path, sha256: file.sha256 },
      exceptionFiles: [],
      asOf,
      stage: 'change',
      version: manifest.version,
      filter: { controls: [], severities: [], sites: [] },
      ...schemaTypes,
    });
    const inputs = [file, ...variables, ...digests, ...(schema === null ? [] : [schema.digest])].map(
      ({ path }) => path,
    );
    return withheldData(
      answer({ context: { estate, policy, asOf, ...schemaTypes }, incompleteBecause, inputs }),
      (text) => estate.withhold(text),
    );
  } finally {
    await progress(null);
  }
}
