import type { ListValue, ObjectValue, Value } from '../value.ts';
import { compare, parseNumber } from './number.ts';
import { compareText } from './text.ts';
import { listForm } from './type.ts';

/** The items in the order in which Terraform visits them; null when the input does not show it. */
export function orderedItems(value: ListValue): readonly Value[] | null {
  switch (listForm(value)) {
    case 'tuple':
    case 'list':
      return value.items;
    case 'set':
      return sortedUnique(ownItems(value));
    case 'declared':
      return isAscending(value.items) ? ownItems(value) : null;
  }
}

/** The items with where they were read from, in the order of the input. */
export function ownItems(value: ListValue): readonly Value[] {
  return value.items.map((item, index) => inherited(item, value, index));
}

/** The entries with where they were read from. */
export function ownEntries(value: ObjectValue): readonly (readonly [string, Value])[] {
  return Array.from(value.entries, ([key, item]) => [key, inherited(item, value, key)]);
}

/** A part of what was read through a reference was read through the longer reference. */
export function inherited(item: Value, container: ListValue | ObjectValue, step: string | number): Value {
  const { origin } = container;
  if (origin !== undefined && item.origin === undefined && item.kind !== 'reference' && item.kind !== 'unknown') {
    return { ...item, origin: { ...origin, path: [...origin.path, step] } };
  }
  const isDeclared = container.collection === 'declared' && item.origin === undefined;
  if (isDeclared && item.kind === 'list' && item.collection === undefined) return { ...item, collection: 'declared' };
  if (isDeclared && item.kind === 'object' && item.collection === undefined) return { ...item, collection: 'declared' };
  return item;
}

/** A set has its items once and in the order of their values; of hidden or structured items it is not known. */
export function sortedUnique(items: readonly Value[]): readonly Value[] | null {
  if (items.length < 2) return items;
  if (!items.every((item) => item.kind === items[0]?.kind && isPlainItem(item))) return null;
  const sorted = items.toSorted(comparePlain);
  return sorted.filter((item, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || comparePlain(previous, item) !== 0;
  });
}

/** True when a set of these items would have them in this order too. */
function isAscending(items: readonly Value[]): boolean {
  if (items.length < 2) return true;
  return items.every((item, index) => {
    const previous = items[index - 1];
    return item.kind === 'string' && (previous?.kind !== 'string' || compareText(previous.value, item.value) < 0);
  });
}

function isPlainItem(item: Value): boolean {
  return item.kind === 'string' || item.kind === 'boolean' || (item.kind === 'number' && isParsed(item.text));
}

function isParsed(text: string): boolean {
  const number = parseNumber(text);
  return number !== null && number !== 'unsure';
}

function comparePlain(left: Value, right: Value): number {
  if (left.kind === 'string' && right.kind === 'string') return compareText(left.value, right.value);
  if (left.kind === 'boolean' && right.kind === 'boolean') return Number(left.value) - Number(right.value);
  if (left.kind !== 'number' || right.kind !== 'number') return 0;
  const first = parseNumber(left.text);
  const second = parseNumber(right.text);
  if (first === null || second === null || first === 'unsure' || second === 'unsure') return 0;
  return compare(first, second);
}
