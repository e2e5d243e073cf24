import type { Estate } from '../../../model/estate.ts';
import { type NestedArguments, nestedArguments } from '../../../model/nested-arguments.ts';
import type { Path, Resource } from '../../../model/resource.ts';
import { asBoolean, asString, type Hidden, isHidden, type Value } from '../../../model/value.ts';
import type { Condition, Part } from './store-form.ts';

/** Where a part stands in a resource: once for each of its blocks. */
export interface PartPlaces {
  readonly items: readonly PartPlace[];
  /** What hides whether there are more. */
  readonly open: readonly Hidden[];
}

export interface PartPlace {
  readonly path: Path;
  /** What hides whether it is there at all. */
  readonly because: Hidden | null;
}

/** The places of a part whose conditions hold, or may hold. */
export function placesOf(store: Resource, part: Part, estate: Estate): PartPlaces {
  const { paths, open } = blocksAt(store, part.in);
  const items = paths.flatMap((path): readonly PartPlace[] => {
    const clues = (part.when ?? []).map((condition) => holds(store, condition, part, path, estate));
    return clues.includes(false) ? [] : [{ path, because: clues.find(isHidden) ?? null }];
  });
  return { items, open };
}

/** An argument of a part at one of its places: in the part's block where it lies there, else of the whole resource. */
export function argumentsAt(
  store: Resource,
  argument: string,
  part: Part,
  path: Path,
  estate: Estate,
): NestedArguments {
  const block = part.in === undefined ? null : `${part.in}.`;
  return block !== null && argument.startsWith(block)
    ? nestedArguments(estate, store, argument.slice(block.length).split('.'), path)
    : nestedArguments(estate, store, argument.split('.'));
}

/** The provider takes an empty string for an omitted argument. */
export function isUnwritten(value: Value): boolean {
  return (
    value.kind === 'null' ||
    (value.kind === 'list' && value.items.length === 0) ||
    (value.kind === 'string' && value.value === '')
  );
}

function blocksAt(
  store: Resource,
  names: string | undefined,
): { readonly paths: readonly Path[]; readonly open: Hidden[] } {
  const open: Hidden[] = [];
  let paths: readonly Path[] = [[]];
  for (const name of names?.split('.') ?? []) {
    paths = paths.flatMap((path) => {
      const blocks = store.blocks(...path, name);
      open.push(...blocks.open);
      return blocks.items.map((block) => block.path);
    });
  }
  return { paths, open };
}

/** Of an argument that may stand in several blocks, in any of them. */
function holds(store: Resource, condition: Condition, part: Part, path: Path, estate: Estate): boolean | Hidden {
  const { items, open } = argumentsAt(store, condition.argument, part, path, estate);
  const clues = items.map((item) => {
    if (!('is' in condition)) return isWritten(store.attribute(...item.path), condition.isGiven);
    const { is } = condition;
    if (typeof is !== 'boolean') {
      const text = asString(item.value);
      return isHidden(text) ? text : text !== null && is.includes(text);
    }
    const state = asBoolean(item.value);
    return isHidden(state) ? state : (state ?? false) === is;
  });
  return clues.find((clue) => clue === true) ?? [...clues, ...open].find(isHidden) ?? false;
}

function isWritten(value: Value, wanted: boolean): boolean | Hidden {
  // A reference stands for something that will be there; a value of the run may be null.
  return value.kind === 'unknown' ? value : isUnwritten(value) !== wanted;
}
