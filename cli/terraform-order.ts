import type { RootModule } from './terraform-modules.ts';

/** What became of a module: `done` lets those go on that come after it. */
export interface OrderedResult<Result> {
  readonly module: RootModule;
  /** Null when a module before it has failed, and it was not begun. */
  readonly result: Result | null;
}

export interface OrderedWork<Result> {
  /** How many at a time. */
  readonly parallelism: number;
  readonly work: (module: RootModule) => Promise<Result>;
  readonly isFailure: (result: Result) => boolean;
}

/**
 * Works through modules in the order of their dependencies, several at a time. What comes after a failure is not begun;
 * the rest goes on. The dependencies have no cycle; those that are not among the modules do not count.
 */
export async function inOrder<Result>(
  modules: readonly RootModule[],
  { parallelism, work, isFailure }: OrderedWork<Result>,
): Promise<readonly OrderedResult<Result>[]> {
  const running = new Map<string, Promise<void>>();
  const results = new Map<string, OrderedResult<Result>>();
  const failed = new Set<string>();
  const waiting = new Map(modules.map((module) => [module.name, module]));
  const begin = async (module: RootModule): Promise<void> => {
    const result = await work(module);
    results.set(module.name, { module, result });
    if (isFailure(result)) failed.add(module.name);
  };
  try {
    while (waiting.size > 0 || running.size > 0) {
      for (const module of waiting.values()) {
        const { name, after } = module;
        if (after.some((before) => failed.has(before))) {
          waiting.delete(name);
          failed.add(name);
          results.set(name, { module, result: null });
        } else if (running.size < parallelism && !after.some((before) => waiting.has(before) || running.has(before))) {
          waiting.delete(name);
          running.set(
            name,
            begin(module).finally(() => running.delete(name)),
          );
        }
      }
      if (running.size > 0) await Promise.race(running.values());
    }
  } finally {
    // Nothing is left behind by an error of one.
    await Promise.allSettled(running.values());
  }
  return modules.flatMap(({ name }) => results.get(name) ?? []);
}
