import type { ListValue, Value } from '../../value.ts';
import { type Conversion, convert } from '../convert.ts';
import { orderedItems, sortedUnique } from '../order.ts';
import { DYNAMIC, listForm, typeOf } from '../type.ts';
import { unify } from '../unify.ts';
import { type FunctionTable, KNOWN, listOf, tupleOf } from './definition.ts';

export const SETS: FunctionTable = {
  setintersection: { parameters: [KNOWN], rest: KNOWN, apply: (values) => combine(values, intersect) },
  setproduct: { parameters: [], rest: KNOWN, apply: product },
  setsubtract: { parameters: [KNOWN, KNOWN], apply: (values) => combine(values, subtract) },
  setunion: {
    parameters: [KNOWN],
    rest: KNOWN,
    apply: (values) => combine(values, (left, right) => [...left, ...right]),
  },
};

type Combine = (left: readonly Value[], right: readonly Value[]) => readonly Value[];

/** Sets of primitives, brought to one item type. */
function combine(values: readonly Value[], step: Combine): Conversion {
  const given: Value[] = [];
  for (const value of values) {
    const set = convert(value, { kind: 'set', element: DYNAMIC });
    if (set === 'invalid' || set === 'unsure') return set;
    // An empty set may have an item type that does not go with the others, unless it is a literal.
    const isEmpty = set.kind === 'list' && set.items.length === 0;
    if (isEmpty && !(value.kind === 'list' && listForm(value) === 'tuple')) return 'unsure';
    given.push(set);
  }
  const type = unify(given.map(typeOf));
  if (type === null) return 'invalid';
  const sets: (readonly Value[])[] = [];
  for (const value of given) {
    const converted = convert(value, type);
    if (converted === 'invalid' || converted === 'unsure') return converted;
    if (converted.kind !== 'list') return 'unsure';
    const items = converted.items.every(isPrimitive) ? sortedUnique(converted.items) : null;
    if (items === null) return 'unsure';
    sets.push(items);
  }
  const [first = [], ...rest] = sets;
  const items = sortedUnique(rest.reduce(step, first));
  return items === null ? 'unsure' : { kind: 'list', items, set: true };
}

function isPrimitive({ kind }: Value): boolean {
  return kind === 'string' || kind === 'number' || kind === 'boolean';
}

function intersect(left: readonly Value[], right: readonly Value[]): readonly Value[] {
  const keys = new Set(right.map(keyOf));
  return left.filter((item) => keys.has(keyOf(item)));
}

function subtract(left: readonly Value[], right: readonly Value[]): readonly Value[] {
  const keys = new Set(right.map(keyOf));
  return left.filter((item) => !keys.has(keyOf(item)));
}

function keyOf(item: Value): string {
  switch (item.kind) {
    case 'string':
    case 'boolean':
      return `${item.kind} ${item.value}`;
    case 'number':
      return `number ${item.text}`;
    default:
      return item.kind;
  }
}

const MAXIMUM_COMBINATIONS = 10_000;

function product(values: readonly Value[]): Conversion {
  if (values.length < 2) return 'invalid';
  const lists: ListValue[] = [];
  for (const value of values) {
    if (value.kind !== 'list') return value.origin === undefined ? 'invalid' : 'unsure';
    lists.push(value);
  }
  if (lists.some((list) => listForm(list) === 'declared')) return 'unsure';
  let rows: readonly (readonly Value[])[] = [[]];
  for (const list of lists) {
    const items = unified(list);
    if (items === null) return 'unsure';
    if (rows.length * items.length > MAXIMUM_COMBINATIONS) return 'unsure';
    rows = rows.flatMap((row) => items.map((item) => [...row, item]));
  }
  if (rows.length === 0) return 'unsure';
  // A product with a set in it is a set of lists, whose order is not computed here.
  if (lists.some((list) => list.set))
    return rows.length > 1 ? 'unsure' : { kind: 'list', items: rows.map(tupleOf), set: true };
  return listOf(rows.map(tupleOf));
}

/** The items of one list in the one type that they share. */
function unified(list: ListValue): readonly Value[] | null {
  if (orderedItems(list) === null) return null;
  const converted = convert(list, { kind: list.set ? 'set' : 'list', element: DYNAMIC });
  return typeof converted === 'string' || converted.kind !== 'list' ? null : converted.items;
}
