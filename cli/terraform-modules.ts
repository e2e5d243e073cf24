import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { InputError } from '../model/input-error.ts';
import { quote } from '../model/json/quote.ts';
import { DEFAULT_JSON_LIMITS } from '../model/json/read.ts';
import { type ManifestStack, readManifest } from '../model/synth/manifest.ts';
import { suggest } from '../policy/suggestion.ts';
import { shownPathOf } from './directory.ts';
import { discoverStacks } from './discover-stacks.ts';
import { CliError } from './errors.ts';
import type { Io } from './io.ts';
import { pathExists } from './path-exists.ts';
import { readRegularFile } from './read-file.ts';
import { manifestError } from './stack-problems.ts';

/** A root module to plan. */
export interface RootModule {
  /** Of the stack. */
  readonly name: string;
  /** Absolute. */
  readonly directory: string;
  /** Names of the stacks that come before. */
  readonly after: readonly string[];
}

export interface ModuleRequest {
  /** Output directory of a synth; null when only `directories` are meant. */
  readonly synth: string | null;
  readonly directories: readonly string[];
  /** Names of the stacks to plan; empty for all. */
  readonly names: readonly string[];
}

/** Finds the root modules that are to be planned. */
export async function rootModules(request: ModuleRequest, io: Io): Promise<readonly RootModule[]> {
  const { synth, directories, names } = request;
  const found = synth === null ? [] : [...(await synthesisedModules(synth, io))];
  for (const directory of directories) found.push(await namedModule(directory, io));
  refuseNames(found);
  for (const name of names) {
    if (found.some((module) => module.name === name)) continue;
    const known = found.map((module) => module.name);
    const fix = suggest(name, known, 'leave the name out to plan all stacks.');
    throw new CliError({ code: 'PLAN-STACK', message: `there is no stack ${quote(name)}`, fix });
  }
  return found.filter(({ name }) => names.length === 0 || names.includes(name));
}

/** A root module that no manifest lists; nothing is known of what it depends on. */
async function namedModule(given: string, io: Io): Promise<RootModule> {
  const directory = resolve(io.cwd, given);
  const stats = await stat(directory).catch(() => null);
  if (stats?.isDirectory() !== true) {
    throw new CliError({
      code: 'PLAN-STACK',
      message: `--dir ${given} is no directory`,
      fix: 'Name the directory of a root module.',
    });
  }
  return { name: basename(directory), directory, after: [] };
}

async function synthesisedModules(synth: string, io: Io): Promise<readonly RootModule[]> {
  const root = resolve(io.cwd, synth);
  const path = join(root, 'manifest.json');
  if (!(await pathExists(path))) {
    throw new CliError({
      code: 'PLAN-STACK',
      message: `${shownPathOf(io.cwd, path)} is not there`,
      fix: 'Run "trefoil synth" first, or name root modules with --dir.',
    });
  }
  const maxBytes = DEFAULT_JSON_LIMITS.maxBytes;
  // Refuses a manifest that leads out of its directory, which is where Terraform would run.
  const { directories, problems } = await discoverStacks([synth], { cwd: io.cwd, maxBytes });
  const [problem] = problems;
  if (problem !== undefined) throw new InputError(problem);
  const shownPath = shownPathOf(io.cwd, path);
  const { bytes } = await readRegularFile({ path, shownPath, root, maxBytes });
  const stacks = readManifest(shownPath, bytes);
  const names = new Map(stacks.map((stack) => [stack.constructPath ?? stack.name, stack.name]));
  const modules = stacks.flatMap((stack) => {
    const after = stack.dependencies.map((dependency) => {
      const name = names.get(dependency);
      if (name === undefined) throw manifestError(stack, `depends on ${quote(dependency)}, which is no stack`);
      return name;
    });
    const directory = directories.find(({ name }) => name === stack.name);
    return directory === undefined ? [] : [{ name: stack.name, directory: directory.path, after }];
  });
  refuseCycles(modules, stacks);
  return modules;
}

function refuseCycles(modules: readonly RootModule[], stacks: readonly ManifestStack[]): void {
  const open = new Map(modules.map((module) => [module.name, module]));
  const isReady = ({ after }: RootModule): boolean => after.every((name) => !open.has(name));
  for (let ready = [...open.values()].filter(isReady); ready.length > 0; ready = [...open.values()].filter(isReady)) {
    for (const { name } of ready) open.delete(name);
  }
  const stuck = stacks.find(({ name }) => open.has(name));
  if (stuck !== undefined) throw manifestError(stuck, 'depends on a stack that depends on it');
}

/** Each plan goes to a directory of the stack's name, and is judged by it. */
function refuseNames(modules: readonly RootModule[]): void {
  const seen = new Set<string>();
  for (const { name } of modules) {
    // cdktf itself allows no other characters.
    if (!/^[\w][\w.-]*$/.test(name)) {
      throw new CliError({
        code: 'PLAN-STACK',
        message: `${quote(name)} is no name of a stack`,
        fix: 'Use letters, digits, "-", "_" and ".", and a letter, digit or "_" to begin with.',
      });
    }
    if (seen.has(name)) {
      throw new CliError({
        code: 'PLAN-STACK',
        message: `two root modules are called ${quote(name)}`,
        fix: 'Give their directories different names, or plan one at a time.',
      });
    }
    seen.add(name);
  }
}
