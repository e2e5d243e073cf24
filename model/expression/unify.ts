import { isPrimitive, sameType, STRING, type Type, UNSURE } from './type.ts';

/** The type that values of all these types become when they must share one; null where Terraform finds none. */
export function unify(types: readonly Type[]): Type | null {
  const [first, ...rest] = types;
  if (first === undefined) return UNSURE;
  if (types.some((type) => type.kind === 'unsure')) return unifyUnsure(types);
  if (rest.every((type) => sameType(type, first))) return first;
  // What a bare null makes of the collections next to it is left to Terraform.
  if (types.some(({ kind }) => kind === 'dynamic') && types.some((type) => !isScalar(type))) return UNSURE;
  const structural = types.filter((type) => type.kind !== 'dynamic');
  const objects = types.filter((type) => type.kind === 'object');
  const tuples = types.filter((type) => type.kind === 'tuple');
  if (objects.length > 0 && tuples.length > 0) return null;
  if (objects.length > 0 && objects.length === structural.length) return unifyObjects(objects);
  if (tuples.length > 0 && tuples.length === structural.length) return unifyTuples(tuples);
  const collection = unifyCollections(structural);
  if (collection !== undefined) return collection;
  return byPreference(types).find((wanted) => types.every((type) => isConvertible(type, wanted))) ?? null;
}

function isScalar(type: Type): boolean {
  return type.kind === 'dynamic' || isPrimitive(type);
}

/** With a hidden type among them: every primitive becomes a string next to a string; all else stays open. */
function unifyUnsure(types: readonly Type[]): Type {
  const isTextual = types.every(({ kind }) => kind === 'string' || kind === 'unsure' || kind === 'dynamic');
  return isTextual && types.some(({ kind }) => kind === 'string') ? STRING : UNSURE;
}

type ObjectType = Type & { readonly kind: 'object' };
type TupleType = Type & { readonly kind: 'tuple' };

function unifyObjects(types: readonly ObjectType[]): Type | null {
  const names = [...(types[0]?.attributes.keys() ?? [])];
  const isAlike = types.every(
    ({ attributes }) => attributes.size === names.length && names.every((name) => attributes.has(name)),
  );
  if (!isAlike) {
    const element = unify(types.flatMap(({ attributes }) => [...attributes.values()]));
    return element === null ? null : { kind: 'map', element };
  }
  const attributes = new Map<string, Type>();
  for (const name of names) {
    const unified = unify(types.map((type) => type.attributes.get(name) ?? UNSURE));
    if (unified === null) return null;
    attributes.set(name, unified);
  }
  return { kind: 'object', attributes };
}

/** Lists with tuples become lists, maps with objects maps, of the one type that all the items share. */
function unifyCollections(types: readonly Type[]): Type | null | undefined {
  if (types.some(({ kind }) => kind === 'list') && types.every(({ kind }) => kind === 'list' || kind === 'tuple')) {
    const element = unify(types.flatMap(itemTypes));
    return element === null ? null : { kind: 'list', element };
  }
  if (types.some(({ kind }) => kind === 'map') && types.every(({ kind }) => kind === 'map' || kind === 'object')) {
    const element = unify(types.flatMap(itemTypes));
    return element === null ? null : { kind: 'map', element };
  }
  return undefined;
}

function itemTypes(type: Type): readonly Type[] {
  if ('element' in type) return [type.element];
  if (type.kind === 'tuple') return type.items;
  return type.kind === 'object' ? [...type.attributes.values()] : [];
}

function unifyTuples(types: readonly TupleType[]): Type | null {
  const length = types[0]?.items.length ?? 0;
  if (types.some(({ items }) => items.length !== length)) {
    const element = unify(types.flatMap(({ items }) => items));
    return element === null ? null : { kind: 'list', element };
  }
  const items: Type[] = [];
  for (let index = 0; index < length; index++) {
    const unified = unify(types.map((type) => type.items[index] ?? UNSURE));
    if (unified === null) return null;
    items.push(unified);
  }
  return { kind: 'tuple', items };
}

/** Most preferred first: each type after all that are preferred to it, else in the given order. */
function byPreference(types: readonly Type[]): readonly Type[] {
  const remaining = [...types];
  const ordered: Type[] = [];
  while (remaining.length > 0) {
    const index = Math.max(
      0,
      remaining.findIndex((type) => remaining.every((other) => preference(type, other) <= 0)),
    );
    ordered.push(...remaining.splice(index, 1));
  }
  return ordered;
}

/** Negative when the first type is to be preferred. */
function preference(left: Type, right: Type): number {
  if (left.kind === 'dynamic' || right.kind === 'dynamic') {
    return Number(left.kind === 'dynamic') - Number(right.kind === 'dynamic');
  }
  if (left.kind === right.kind && (left.kind === 'list' || left.kind === 'set' || left.kind === 'map')) {
    return 'element' in right ? preference(left.element, right.element) : 0;
  }
  return rank(left) - rank(right);
}

function rank({ kind }: Type): number {
  switch (kind) {
    case 'string':
    case 'list':
    case 'map':
      return 0;
    case 'tuple':
    case 'object':
    case 'number':
    case 'boolean':
      return 1;
    case 'set':
      return 2;
    case 'dynamic':
    case 'unsure':
      return 3;
  }
}

/** Whether Terraform has a conversion between the types, which may still fail for a value (`"a"` to number). */
function isConvertible(from: Type, to: Type): boolean {
  if (from.kind === 'dynamic' || from.kind === 'unsure' || to.kind === 'dynamic' || to.kind === 'unsure') return true;
  switch (to.kind) {
    case 'string':
      return from.kind === 'string' || from.kind === 'number' || from.kind === 'boolean';
    case 'number':
    case 'boolean':
      return from.kind === to.kind || from.kind === 'string';
    case 'list':
    case 'set':
      if (from.kind === 'list' || from.kind === 'set') return isConvertible(from.element, to.element);
      return from.kind === 'tuple' && from.items.every((item) => isConvertible(item, to.element));
    case 'map':
      if (from.kind === 'map') return isConvertible(from.element, to.element);
      return from.kind === 'object' && [...from.attributes.values()].every((type) => isConvertible(type, to.element));
    case 'tuple':
      if (from.kind !== 'tuple' || from.items.length !== to.items.length) return false;
      return from.items.every((item, index) => isConvertible(item, to.items[index] ?? UNSURE));
    case 'object':
      if (from.kind === 'map') return [...to.attributes.values()].every((type) => isConvertible(from.element, type));
      if (from.kind !== 'object') return false;
      return Array.from(to.attributes).every(([name, type]) => {
        const given = from.attributes.get(name);
        return given !== undefined && isConvertible(given, type);
      });
  }
}
