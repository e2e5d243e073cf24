import type { Estate } from './estate.ts';
import type { Path, Resource } from './resource.ts';
import type { Hidden, Value } from './value.ts';

/** An argument in one of the blocks that may repeat, with the meaning of its absence. */
export interface NestedArgument {
  readonly path: Path;
  readonly value: Value;
  /** False where a block around it is not written. */
  readonly isInBlock: boolean;
}

export interface NestedArguments {
  readonly items: readonly NestedArgument[];
  /** What hides whether there are more blocks. */
  readonly open: readonly Hidden[];
}

/**
 * An argument in every block that has it, by the names of the blocks and its own. Where a block is not there, it is
 * one argument: with the value that the absence of the block means. `within` is one block to look in.
 */
export function nestedArguments(
  estate: Estate,
  resource: Resource,
  names: readonly string[],
  within: Path = [],
): NestedArguments {
  const argument = names.at(-1);
  if (argument === undefined) return { items: [], open: [] };
  const open: Hidden[] = [];
  let containers: readonly { readonly path: Path; readonly isWritten: boolean }[] = [{ path: within, isWritten: true }];
  for (const name of names.slice(0, -1)) {
    containers = containers.flatMap(({ path, isWritten }) => {
      const blocks = resource.blocks(...path, name);
      open.push(...blocks.open);
      if (blocks.items.length > 0) return blocks.items.map((block) => ({ path: block.path, isWritten }));
      return blocks.open.length > 0 ? [] : [{ path: [...path, name], isWritten: false }];
    });
  }
  const items = containers.map(({ path, isWritten }) => {
    const whole = [...path, argument];
    return { path: whole, value: estate.effective(resource, ...whole), isInBlock: isWritten };
  });
  return { items, open };
}
