import type { JsonNode } from '../json/json.ts';
import { asItems, isHidden, type Value } from '../value.ts';
import { fieldOf } from './json-fields.ts';
import { valueRead } from './value-read.ts';
import { type Written, writtenAt } from './written.ts';

const HIDDEN: Written = { kind: 'hidden' };

interface Items {
  readonly items: readonly JsonNode[];
  readonly unknowns: readonly JsonNode[];
}

/**
 * What is written for each planned item. The order of a list is kept, that of a set is not, and a plan does not show
 * which of the two it is; so an item is paired only where no other written one could be it, or where it makes no
 * difference which of them is.
 */
export function pairOf({ items, unknowns }: Items, written: Written): (index: number) => Written {
  if (written.kind === 'none' || written.kind === 'hidden') return () => HIDDEN;
  // Of HCL it is not known which of what a list mentions makes an item, nor what is made of it.
  if (written.kind === 'mentions') return () => ({ ...written, isPart: true });
  const candidates = candidatesOf(written);
  if (candidates === null || candidates.length !== items.length) return () => HIDDEN;
  if (items.length === 1) return () => candidates[0] ?? HIDDEN;
  if (items.every((item) => item.kind !== 'object' && item.kind !== 'array'))
    return scalarPairs({ items, unknowns }, candidates);
  const possible = items.map((item, index) =>
    candidates.flatMap((candidate, at) => (mayBe(item, unknowns[index] ?? null, candidate) ? [at] : [])),
  );
  const pairs = new Map<number, Written>();
  for (const [index, options] of possible.entries()) {
    const alike = possible.flatMap((others, at) => (isSameList(others, options) ? [at] : []));
    const isDisjoint = possible.every(
      (others, at) => alike.includes(at) || others.every((option) => !options.includes(option)),
    );
    // As many items as they could be, and no other item could be one of them.
    if (!isDisjoint || alike.length !== options.length) continue;
    const isEqual = alike.every((at) => isSameItem(items, unknowns, alike[0] ?? at, at));
    const option = options[alike.indexOf(index)];
    if (option !== undefined && (alike.length === 1 || isEqual)) pairs.set(index, candidates[option] ?? HIDDEN);
  }
  return (index) => pairs.get(index) ?? HIDDEN;
}

/**
 * Strings of a list that refer to objects: those that are equal are paired, the others in their order. In a list it is
 * theirs; in a set any order makes the same set.
 */
function scalarPairs({ items, unknowns }: Items, candidates: readonly Written[]): (index: number) => Written {
  const rest = new Map(candidates.map((candidate, at) => [at, candidate]));
  const pairs = new Map<number, Written>();
  for (const [index, item] of items.entries()) {
    for (const [at, candidate] of rest) {
      const value = candidate.kind === 'exact' ? knownOf(candidate.value) : null;
      if (value === null || !isKnown(item, unknowns[index])) continue;
      if (!mayBe(item, null, { kind: 'exact', value })) continue;
      pairs.set(index, candidate);
      rest.delete(at);
      break;
    }
  }
  const isOpen = [...rest.values()].every((candidate) => candidate.kind === 'exact' && isHidden(candidate.value));
  const others = [...rest.values()];
  for (const index of items.keys()) {
    if (!pairs.has(index)) pairs.set(index, isOpen ? (others.shift() ?? HIDDEN) : HIDDEN);
  }
  return (index) => pairs.get(index) ?? HIDDEN;
}

/** The value of what is written, or what a state had of it. */
function knownOf(value: Value): Value | null {
  if (!isHidden(value)) return value;
  return value.kind === 'reference' ? valueRead(value) : null;
}

function isKnown(item: JsonNode, unknown: JsonNode | undefined): boolean {
  return item.kind !== 'null' && !isTrue(unknown ?? null);
}

function candidatesOf(written: Written): readonly Written[] | null {
  switch (written.kind) {
    case 'blocks':
      return written.items;
    case 'block':
      return [written];
    case 'exact': {
      const { items, open } = asItems(written.value);
      return open.length > 0 ? null : items.map((value) => ({ kind: 'exact', value }));
    }
    case 'mentions':
    case 'none':
    case 'hidden':
      return null;
  }
}

/** Whether something written may have been planned as an item. */
function mayBe(item: JsonNode, unknown: JsonNode | null, written: Written): boolean {
  if (isTrue(unknown) || written.kind === 'none' || written.kind === 'hidden') return true;
  switch (item.kind) {
    case 'object':
      if (written.kind === 'mentions') return true;
      return item.members.every(({ key, value }) =>
        mayBe(value, unknown?.kind === 'object' ? fieldOf(unknown, key) : null, writtenAt(written, key)),
      );
    case 'array': {
      const candidates = candidatesOf(written);
      if (candidates === null) return true;
      const hasHidden = candidates.some((candidate) => candidate.kind === 'exact' && isHidden(candidate.value));
      if (hasHidden) return true;
      return (
        candidates.length === item.items.length &&
        item.items.every((one, index) =>
          candidates.some((candidate) =>
            mayBe(one, unknown?.kind === 'array' ? (unknown.items[index] ?? null) : null, candidate),
          ),
        )
      );
    }
    case 'null':
      return true;
    case 'string':
    case 'number':
    case 'boolean':
      return written.kind !== 'exact' || mayBeScalar(item, written.value);
  }
}

function mayBeScalar(item: Extract<JsonNode, { kind: 'string' | 'number' | 'boolean' }>, value: Value): boolean {
  const text = item.kind === 'number' ? item.text : String(item.value);
  switch (value.kind) {
    case 'string':
      return value.value === text;
    case 'number':
      return Number(value.text) === Number(text);
    case 'boolean':
      return String(value.value) === text;
    // What is not written may have a default.
    case 'null':
    case 'reference':
    case 'template':
    case 'unknown':
      return true;
    case 'list':
    case 'object':
      return false;
  }
}

function isSameItem(items: readonly JsonNode[], unknowns: readonly JsonNode[], first: number, second: number): boolean {
  return (
    sameJson(items[first] ?? null, items[second] ?? null) && sameJson(unknowns[first] ?? null, unknowns[second] ?? null)
  );
}

export function sameJson(first: JsonNode | null, second: JsonNode | null): boolean {
  if (first === null || second === null) return first === second;
  if (first.kind === 'object') {
    return (
      second.kind === 'object' &&
      first.members.length === second.members.length &&
      first.members.every(({ key, value }) => {
        const other = second.members.find((member) => member.key === key);
        return other !== undefined && sameJson(value, other.value);
      })
    );
  }
  if (first.kind === 'array') {
    return (
      second.kind === 'array' &&
      first.items.length === second.items.length &&
      first.items.every((item, index) => sameJson(item, second.items[index] ?? null))
    );
  }
  if (first.kind === 'number') return second.kind === 'number' && first.text === second.text;
  if (first.kind === 'null') return second.kind === 'null';
  return first.kind === second.kind && 'value' in second && first.value === second.value;
}

function isSameList(first: readonly number[], second: readonly number[]): boolean {
  return first.length === second.length && first.every((item, index) => item === second[index]);
}

function isTrue(node: JsonNode | null): boolean {
  return node?.kind === 'boolean' && node.value;
}
