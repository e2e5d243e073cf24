import { compareText } from '../model/text-order.ts';
import type { InputDigest } from '../model/estate.ts';
import { InputError, type InputProblem } from '../model/input-error.ts';
import { DEFAULT_JSON_LIMITS } from '../model/json/read.ts';
import type { PlanFile } from '../model/plan/plan-document.ts';
import { PLAN_LIMITS } from '../model/plan/plan-json.ts';
import { roleOf, type StackFiles } from '../model/synth/stack-files.ts';
import { joinShown, listDirectory } from './directory.ts';
import { discoverStacks, type StackDirectory } from './discover-stacks.ts';
import { type LargeFile, openLargeFile, readRegularFile } from './read-file.ts';

export interface ReadInputsOptions {
  /** Absolute; what paths are given and shown relative to. */
  readonly cwd: string;
  /** Of a single file; 256 MiB, and 1 GiB of a plan, unless said otherwise. */
  readonly maxFileBytes?: number;
}

/** What there was to read, and what of it could be read. */
export interface Inputs {
  /** Sorted by directory. A stack with one file that cannot be read is not among them. */
  readonly stacks: readonly StackFiles[];
  /** Sorted by path. */
  readonly plans: readonly (PlanFile & LargeFile)[];
  /** Names of all stacks that the inputs promise, read or not, sorted. */
  readonly declaredStacks: readonly string[];
  readonly problems: readonly InputProblem[];
  /** Of every file that was read, sorted by path. */
  readonly digests: readonly InputDigest[];
}

/** As many files as Node's thread pool reads at a time; more would only take file descriptors. */
const CONCURRENCY = 4;

/**
 * Reads the stacks that the paths name. A path is the output directory of cdktf or cdktn, a directory of `*.tf.json`
 * files, a directory of such directories at any depth, one `*.tf.json` file, which stands for its directory, or the
 * plan of a stack as JSON, `STACK.json` or `STACK/plan.json`.
 * What cannot be read becomes a problem, never an exception.
 */
export async function readInputs(paths: readonly string[], options: ReadInputsOptions): Promise<Inputs> {
  const maxBytes = options.maxFileBytes ?? DEFAULT_JSON_LIMITS.maxBytes;
  const found = await discoverStacks(paths, { cwd: options.cwd, maxBytes });
  const problems = [...found.problems];
  const directories = found.directories.toSorted((a, b) => compareText(a.shownPath, b.shownPath));
  const attempt = async <Result>(work: () => Promise<Result>): Promise<Result | null> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(error.problem);
      return null;
    }
  };
  const read = await mapBounded(directories, (directory) => attempt(() => readStack(directory, maxBytes)));
  const planPaths = found.plans.toSorted((a, b) => compareText(a.shownPath, b.shownPath));
  const readPlans = await mapBounded(planPaths, ({ name, path, shownPath, root }) =>
    attempt(async () => {
      const request = { path, shownPath, root, maxBytes: options.maxFileBytes ?? PLAN_LIMITS.maxBytes };
      return { ...(await openLargeFile(request)), name };
    }),
  );
  const plans = readPlans.filter((plan) => plan !== null);
  const stacks = read.filter((stack) => stack !== null);
  const files = [...stacks.flatMap((stack) => stack.files), ...plans].map(({ path, sha256 }) => ({ path, sha256 }));
  return {
    stacks,
    plans,
    declaredStacks: [...new Set(found.declaredStacks)].toSorted(compareText),
    problems: problems.toSorted((a, b) => compareText(a.path, b.path) || compareText(a.code, b.code)),
    digests: [...found.digests, ...files].toSorted((a, b) => compareText(a.path, b.path)),
  };
}

async function readStack(stack: StackDirectory, maxBytes: number): Promise<StackFiles> {
  const { names } = await listDirectory(stack.path, stack.shownPath);
  const files = [];
  for (const name of names.filter(isRead)) {
    const shownPath = joinShown(stack.shownPath, name);
    files.push(await readRegularFile({ path: `${stack.path}/${name}`, shownPath, root: stack.root, maxBytes }));
  }
  return {
    name: stack.name,
    directory: stack.shownPath,
    files,
    otherNames: names.filter((name) => !isRead(name)),
  };
}

function isRead(name: string): boolean {
  return ['configuration', 'json-variables'].includes(roleOf(name));
}

async function mapBounded<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return results;
}
