import type { Estate } from './estate.ts';
import type { Path, Resource } from './resource.ts';
import type { Hidden, Value } from './value.ts';

/** An argument in one of the blocks that may repeat, with the meaning of its absence. */
export interface NestedArgument {
  readonly path: Path;
  readonly value: Value;
}

export interface NestedArguments {
  readonly items: readonly NestedArgument[];
  /** What hides whether there are more blocks. */
  readonly open: readonly Hidden[];
}

/**
 * An argument in every block that has it, by the names of the blocks and its own. Where a block is not there, it is
 * one argument: with the value that the absence of the block means.
 */
export function nestedArguments(estate: Estate, resource: Resource, names: readonly string[]): NestedArguments {
  const argument = names.at(-1);
  if (argument === undefined) return { items: [], open: [] };
  const open: Hidden[] = [];
  let containers: readonly Path[] = [[]];
  for (const name of names.slice(0, -1)) {
    containers = containers.flatMap((path) => {
      const blocks = resource.blocks(...path, name);
      open.push(...blocks.open);
      if (blocks.items.length === 0 && blocks.open.length === 0) return [[...path, name]];
      return blocks.items.map((block) => block.path);
    });
  }
  const items = containers.map((container) => {
    const path = [...container, argument];
    return { path, value: estate.effective(resource, ...path) };
  });
  return { items, open };
}
