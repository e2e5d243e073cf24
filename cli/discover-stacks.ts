import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { InputDigest } from '../model/estate.ts';
import { InputError, type InputProblem } from '../model/input-error.ts';
import { type ManifestStack, readManifest } from '../model/synth/manifest.ts';
import { isConfiguration, roleOf } from '../model/synth/stack-files.ts';
import { type Listing, listDirectory, shownPathOf } from './directory.ts';
import { escapeError, irregularError, isWithin, kindOf, readError, readRegularFile } from './read-file.ts';
import { manifestError, nested, noStack, tooDeep, unlisted } from './stack-problems.ts';

/** A directory that is a Terraform root module. */
export interface StackDirectory {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly shownPath: string;
  /** Real path of what was given, which no link may leave. */
  readonly root: string;
}

/** A file that is no configuration, and so can be but a plan. */
export interface PlanPath extends Omit<StackDirectory, 'root'> {
  /** The directory of the file, which no link may leave. */
  readonly root: string;
}

export interface DiscoveredStacks {
  readonly plans: readonly PlanPath[];
  readonly directories: readonly StackDirectory[];
  readonly declaredStacks: readonly string[];
  readonly problems: readonly InputProblem[];
  readonly digests: readonly InputDigest[];
}

const MANIFEST = 'manifest.json';
const STACKS = 'stacks';
const DEEPEST_DIRECTORY = 32;

/** Where version control, Terraform and package managers keep what they downloaded. */
const DOWNLOADS = new Set(['.git', '.terraform', '.terragrunt-cache', 'node_modules']);

/** Beside those, where CDKTF keeps the files that a stack uploads and the modules that it calls. */
const NO_STACKS = new Set([...DOWNLOADS, 'assets']);

/** Finds the root modules that the paths name; what is wrong with them becomes a problem. */
export async function discoverStacks(
  paths: readonly string[],
  options: { readonly cwd: string; readonly maxBytes: number },
): Promise<DiscoveredStacks> {
  const discovery = new Discovery(options.cwd, options.maxBytes);
  for (const path of paths) await discovery.add(path);
  discovery.finish();
  if (paths.length === 0) discovery.problems.push(noStack('.', 'no input was given'));
  return discovery;
}

/** Where a walk through directories is. */
interface Walk {
  readonly root: string;
  readonly depth: number;
  /** Real paths of the directories that led here, so that links do not go round. */
  readonly above: readonly string[];
}

class Discovery implements DiscoveredStacks {
  readonly directories: StackDirectory[] = [];
  readonly plans: PlanPath[] = [];
  readonly declaredStacks: string[] = [];
  readonly problems: InputProblem[] = [];
  readonly digests: InputDigest[] = [];
  readonly #cwd: string;
  readonly #maxBytes: number;
  /** Real paths of what has been found: an input may be given twice, or inside another. */
  readonly #known = new Set<string>();
  /** Root modules inside directories of stacks, which may still be given themselves. */
  readonly #nested: { readonly real: string; readonly shownPath: string }[] = [];

  constructor(cwd: string, maxBytes: number) {
    this.#cwd = cwd;
    this.#maxBytes = maxBytes;
  }

  async add(given: string): Promise<void> {
    const path = resolve(this.#cwd, given);
    await this.#attempt(async () => {
      const stats = await fileSystem(this.#shown(path), () => stat(path, { bigint: true }));
      const problemsBefore = this.problems.length;
      let count = 1;
      if (stats.isDirectory()) {
        count = await this.#directory(path, { root: await this.#realDirectory(path, null), depth: 0, above: [] });
      } else if (!stats.isFile()) {
        throw irregularError(this.#shown(path), kindOf(stats));
      } else if (roleOf(basename(path)) === 'configuration') {
        const directory = dirname(path);
        const root = await this.#realDirectory(directory, null);
        this.#stack(basename(directory), directory, { real: root, root });
      } else if (roleOf(basename(path)) === 'other') {
        await this.#plan(path);
      } else {
        throw new InputError(noStack(this.#shown(path), 'the file is not a *.tf.json file that Terraform loads'));
      }
      if (count === 0 && this.problems.length === problemsBefore) {
        throw new InputError(noStack(this.#shown(path), 'no stack was found in it'));
      }
    });
  }

  /** To be called after the last input. */
  finish(): void {
    for (const { real, shownPath } of this.#nested) {
      if (this.#isNew(real)) this.problems.push(nested(shownPath));
    }
  }

  /** Adds the stacks in and below a directory, and gives their number, with those that were known already. */
  async #directory(path: string, { root, depth, above }: Walk): Promise<number> {
    const real = await this.#realDirectory(path, root);
    if (above.includes(real)) return 0;
    const listing = await listDirectory(path, this.#shown(path));
    const isModule = listing.names.some(isConfiguration);
    if (listing.names.includes(MANIFEST) && (hasStacks(listing) || !isModule)) {
      if (this.#isNew(real)) await this.#synthOutput(path, root, listing);
      return 1;
    }
    if (isModule) {
      this.#stack(basename(path), path, { real, root });
      await this.#findNested(path, depth, DOWNLOADS);
      return 1;
    }
    if (depth >= DEEPEST_DIRECTORY) throw new InputError(tooDeep(this.#shown(path), DEEPEST_DIRECTORY));
    let count = 0;
    for (const name of await this.#subdirectories(path, listing)) {
      await this.#attempt(async () => {
        count += await this.#directory(join(path, name), { root, depth: depth + 1, above: [...above, real] });
      });
    }
    return count;
  }

  /** Terraform can be run in a directory inside that of a stack, too. What links lead to is found where it lies. */
  async #findNested(path: string, depth: number, skipped: ReadonlySet<string>): Promise<void> {
    if (depth >= DEEPEST_DIRECTORY) throw new InputError(tooDeep(this.#shown(path), DEEPEST_DIRECTORY));
    const { directories } = await listDirectory(path, this.#shown(path));
    for (const name of directories.filter((directory) => !skipped.has(directory))) {
      await this.#attempt(async () => {
        const directory = join(path, name);
        const { names } = await listDirectory(directory, this.#shown(directory));
        if (names.some(isConfiguration)) {
          this.#nested.push({ real: await this.#realDirectory(directory, null), shownPath: this.#shown(directory) });
        }
        await this.#findNested(directory, depth + 1, DOWNLOADS);
      });
    }
  }

  /** Where stacks can be. */
  async #subdirectories(path: string, { directories, links }: Listing): Promise<readonly string[]> {
    const linked: string[] = [];
    for (const name of links) {
      if (await mayBeDirectory(join(path, name))) linked.push(name);
    }
    return [...directories, ...linked].filter((name) => !DOWNLOADS.has(name)).toSorted();
  }

  async #synthOutput(path: string, root: string, listing: Listing): Promise<void> {
    const manifestPath = join(path, MANIFEST);
    const shownPath = this.#shown(manifestPath);
    const file = await readRegularFile({ path: manifestPath, shownPath, root, maxBytes: this.#maxBytes });
    this.digests.push({ path: file.path, sha256: file.sha256 });
    const stacks = readManifest(shownPath, file.bytes);
    if (stacks.length === 0) this.problems.push(noStack(shownPath, 'the manifest lists no stack'));
    const listed = new Set<string>();
    for (const stack of stacks) {
      this.declaredStacks.push(stack.name);
      await this.#attempt(async () => {
        const real = await this.#manifestStack(path, root, stack);
        if (listed.has(real)) throw manifestError(stack, 'lies in the directory of another stack');
        listed.add(real);
      });
    }
    if (listing.names.some(isConfiguration)) this.problems.push(unlisted(this.#shown(path)));
    if (hasStacks(listing)) {
      await this.#attempt(() => this.#unlistedStacks(join(path, STACKS), root, listed));
    }
  }

  /** Adds a stack of the manifest and gives the real path of its directory. */
  async #manifestStack(path: string, root: string, stack: ManifestStack): Promise<string> {
    const synthesised = resolve(path, stack.synthesizedStackPath);
    const directory = dirname(synthesised);
    if (!isWithin(path, directory)) throw manifestError(stack, 'lies outside the directory of the manifest');
    if (resolve(path, stack.workingDirectory) !== directory) {
      throw manifestError(stack, 'is synthesised to one directory and applied from another');
    }
    const real = await this.#realDirectory(directory, root).catch((error: unknown) => {
      const isMissing = error instanceof InputError && error.problem.code === 'IN-NOTFOUND';
      throw isMissing ? manifestError(stack, 'is not on disk', error) : error;
    });
    const { names } = await listDirectory(directory, this.#shown(directory));
    if (!names.includes(basename(synthesised))) throw manifestError(stack, 'is not on disk');
    this.#stack(stack.name, directory, { real, root });
    await this.#findNested(directory, 0, NO_STACKS);
    return real;
  }

  /** Terraform can be run in a directory whether or not the manifest lists it. */
  async #unlistedStacks(path: string, root: string, listed: ReadonlySet<string>): Promise<void> {
    await this.#realDirectory(path, root);
    const listing = await listDirectory(path, this.#shown(path));
    if (listing.names.some(isConfiguration)) this.problems.push(unlisted(this.#shown(path)));
    for (const name of await this.#subdirectories(path, listing)) {
      await this.#attempt(async () => {
        const directory = join(path, name);
        if (listed.has(await this.#realDirectory(directory, root))) return;
        const { names } = await listDirectory(directory, this.#shown(directory));
        if (names.some(isConfiguration)) this.problems.push(unlisted(this.#shown(directory)));
      });
    }
  }

  #stack(name: string, path: string, { real, root }: { readonly real: string; readonly root: string }): void {
    this.declaredStacks.push(name);
    if (this.#isNew(real)) this.directories.push({ name, path, shownPath: this.#shown(path), root });
  }

  async #plan(path: string): Promise<void> {
    const name = stackOfPlan(path);
    this.declaredStacks.push(name);
    const root = await this.#realDirectory(dirname(path), null);
    const real = await fileSystem(this.#shown(path), () => realpath(path));
    if (this.#isNew(real)) this.plans.push({ name, path, shownPath: this.#shown(path), root });
  }

  async #realDirectory(path: string, root: string | null): Promise<string> {
    const real = await fileSystem(this.#shown(path), () => realpath(path));
    if (root !== null && !isWithin(root, real)) throw escapeError(this.#shown(path));
    return real;
  }

  #isNew(realPath: string): boolean {
    const isNew = !this.#known.has(realPath);
    this.#known.add(realPath);
    return isNew;
  }

  #shown(path: string): string {
    return shownPathOf(this.#cwd, path);
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.problems.push(error.problem);
    }
  }
}

/** `plans/dublin-keys.json` is of the stack dublin-keys, and so is `dublin-keys/plan.json`. */
function stackOfPlan(path: string): string {
  const file = basename(path);
  const [name = file] = file.split('.', 1);
  return file === 'plan.json' || name === '' ? basename(dirname(path)) : name;
}

function hasStacks({ directories, links }: Listing): boolean {
  return directories.includes(STACKS) || links.includes(STACKS);
}

/** Whether a link leads to a directory; true also where that cannot be told, so that going there tells why. */
async function mayBeDirectory(link: string): Promise<boolean> {
  try {
    return (await stat(link)).isDirectory();
  } catch (error) {
    const leadsNowhere = error instanceof Error && 'code' in error && ['ENOENT', 'ELOOP'].includes(String(error.code));
    return !leadsNowhere;
  }
}

async function fileSystem<Result>(shownPath: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw readError(shownPath, error);
  }
}
