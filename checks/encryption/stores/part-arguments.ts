import type { Estate } from '../../../model/estate.ts';
import { type NestedArguments, nestedArguments } from '../../../model/nested-arguments.ts';
import type { Path, Resource } from '../../../model/resource.ts';
import { asBoolean, asItems, asString, type Hidden, isHidden, type Value } from '../../../model/value.ts';
import type { Condition, Part, StoreUser } from './store-form.ts';

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

/** Where something may stand in a resource, and under which conditions. */
type Standing = Pick<Part, 'in' | 'when'>;

/** The places of a part whose conditions hold, or may hold. */
export function placesOf(store: Resource, part: Standing, estate: Estate): PartPlaces {
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
  part: Standing,
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

function holds(store: Resource, condition: Condition, part: Standing, path: Path, estate: Estate): boolean | Hidden {
  if ('anyUser' in condition) return any(condition.anyUser.flatMap((user) => usersSay(store, user, estate)));
  // Of an argument that may stand in several blocks, in any of them.
  const { items, open } = argumentsAt(store, condition.argument, part, path, estate);
  const clues = items.map((item) =>
    'is' in condition ? has(item.value, condition.is) : isWritten(store.attribute(...item.path), condition.isGiven),
  );
  return any([...clues, ...open]);
}

function usersSay(
  store: Resource,
  { type, by, argument, is }: StoreUser,
  estate: Estate,
): readonly (boolean | Hidden)[] {
  const { items, open } = estate.companions(store, type, by);
  const clues = items.flatMap((user) => {
    const found = nestedArguments(estate, user, argument.split('.'));
    const values = found.items.flatMap(({ value }) => {
      const list = asItems(value);
      return [...list.items.map((item) => has(item, is)), ...list.open];
    });
    return [...values, ...found.open];
  });
  return [...clues, ...open.map(({ value }) => value)];
}

function any(clues: readonly (boolean | Hidden)[]): boolean | Hidden {
  return clues.includes(true) || (clues.find(isHidden) ?? false);
}

function has(value: Value, wanted: boolean | readonly string[]): boolean | Hidden {
  if (typeof wanted === 'boolean') {
    const state = asBoolean(value);
    return isHidden(state) ? state : (state ?? false) === wanted;
  }
  const text = asString(value);
  return isHidden(text) ? text : text !== null && wanted.includes(text);
}

function isWritten(value: Value, wanted: boolean): boolean | Hidden {
  const { items, open } = asItems(value);
  const item = items.find((candidate) => !isHidden(candidate));
  const blocker = [...items, ...open].find(isHidden);
  // A reference stands for something that will be there; a value of the run, or a dynamic block, may be nothing.
  if (item === undefined && blocker?.kind === 'unknown') return blocker;
  return isUnwritten(value) !== wanted;
}
