import { catalogue } from '../checks/index.ts';
import { readProviderSchema, type SchemaTypes } from '../model/aws/provider-schema.ts';
import type { Estate, InputDigest } from '../model/estate.ts';
import { DEFAULT_JSON_LIMITS } from '../model/json/read.ts';
import { parseEstate } from '../model/synth/estate.ts';
import { loadStack } from '../model/synth/stack-files.ts';
import { readVariableFile, type VariableFile } from '../model/synth/tfvars.ts';
import { LARGEST_POLICY } from '../policy/document.ts';
import { loadPolicy } from '../policy/load.ts';
import type { Policy } from '../policy/policy.ts';
import { spareMemory } from './engine.ts';
import { PolicyError } from './errors.ts';
import type { Io } from './io.ts';
import type { Progress } from './progress.ts';
import { readInputs } from './read-inputs.ts';
import { readNamedFile, readTextFile, type TextFile } from './text-file.ts';

export const CONTROL_IDS = catalogue.map(({ id }) => id);

/** @throws PolicyError with every error of the file. */
export async function readPolicy(path: string, io: Io): Promise<{ readonly file: TextFile; readonly policy: Policy }> {
  const fix = 'Name the policy with --policy, or write one with "trefoil init".';
  const file = await readTextFile({ path, maxBytes: LARGEST_POLICY, fix }, io);
  const result = loadPolicy({ path: file.path, text: file.text, controlIds: CONTROL_IDS });
  if (result.kind === 'refused') throw new PolicyError(result.problems);
  return { file, policy: result.policy };
}

/** A file of variables, and the digest of what was read. */
export type ReadVariables = VariableFile & InputDigest;

export async function readVariables(paths: readonly string[], io: Io): Promise<readonly ReadVariables[]> {
  const read: ReadVariables[] = [];
  for (const path of paths) {
    const fix = 'Name a file of variables.';
    const file = await readNamedFile({ path, maxBytes: DEFAULT_JSON_LIMITS.maxBytes, fix }, io);
    read.push({ ...readVariableFile(file.path, file.bytes), sha256: file.sha256 });
  }
  return read;
}

/** The types that a schema of providers shows, and the digest of what was read; null where none is named. */
export async function readSchema(
  path: string | null,
  io: Io,
): Promise<{ readonly types: SchemaTypes; readonly digest: InputDigest } | null> {
  if (path === null) return null;
  const fix = 'Name what "terraform providers schema -json" has printed.';
  const file = await readNamedFile({ path, maxBytes: DEFAULT_JSON_LIMITS.maxBytes, fix }, io);
  return { types: readProviderSchema(file.path, file.bytes), digest: { path: file.path, sha256: file.sha256 } };
}

/** Bytes of plans that make an estate of more than 10,000 resources. */
const LARGE = 32 * 1024 * 1024;

/** Percents by which memory grows between collections of garbage: while a plan is read, little of it is in use. */
const GROWTH_READING = 60;
const GROWTH_JUDGING = 6;

/** Reads the stacks that paths name, and joins them. */
export async function readEstate(
  { paths, variables }: { readonly paths: readonly string[]; readonly variables: readonly VariableFile[] },
  io: Io,
  progress: Progress,
): Promise<{ readonly estate: Estate; readonly digests: readonly InputDigest[] }> {
  await progress('reading');
  const { stacks, plans, problems, declaredStacks, digests } = await readInputs(paths, { cwd: io.cwd });
  await progress(`joining ${stacks.length + plans.length} stacks`);
  const isLarge = plans.reduce((total, { size }) => total + size, 0) > LARGE;
  if (isLarge) spareMemory(GROWTH_READING);
  const loads = stacks.map((stack) => loadStack(stack, { variableFiles: variables, limits: DEFAULT_JSON_LIMITS }));
  const estate = parseEstate({
    stacks: loads.flatMap((load) => (load.kind === 'loaded' ? [load.input] : [])),
    plans,
    problems: [...problems, ...loads.flatMap((load) => (load.kind === 'refused' ? load.problems : []))],
    declaredStacks,
  });
  if (isLarge) spareMemory(GROWTH_JUDGING);
  return { estate, digests };
}
