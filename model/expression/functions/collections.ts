import { boolean, isHidden, type ListValue, type ObjectValue, type Value } from '../../value.ts';
import { type Conversion, convert } from '../convert.ts';
import { isEqual } from '../equality.ts';
import { orderedItems, ownEntries, ownItems } from '../order.ts';
import { compareText, textValue } from '../text.ts';
import { BOOLEAN, DYNAMIC, listForm, objectForm, STRING, type Type, typeOf, UNSURE } from '../type.ts';
import { unify } from '../unify.ts';
import {
  ANY,
  ANY_OR_NULL,
  asTexts,
  COUNT,
  declaredList,
  type FunctionTable,
  integerAt,
  integerValue,
  isSimpleText,
  listAt,
  listOf,
  type Parameter,
  TEXT,
  TEXT_LIST,
  tupleOf,
} from './definition.ts';

const ANY_LIST: Parameter = { type: { kind: 'list', element: DYNAMIC }, allowsHidden: true };
const SYMBOLIC_TEXTS: Parameter = { ...TEXT_LIST, allowsHidden: true };

export const COLLECTIONS: FunctionTable = {
  alltrue: { parameters: [ANY], apply: (values) => quantify(values, false) },
  anytrue: { parameters: [ANY], apply: (values) => quantify(values, true) },
  chunklist: { parameters: [ANY_LIST, COUNT], apply: chunk },
  coalesce: { parameters: [], rest: ANY_OR_NULL, apply: coalesce },
  coalescelist: { parameters: [], rest: ANY_OR_NULL, apply: coalesceList },
  compact: { parameters: [SYMBOLIC_TEXTS], apply: compact },
  concat: { parameters: [], rest: ANY, apply: concatenate },
  contains: { parameters: [ANY, ANY], apply: contains },
  distinct: { parameters: [ANY_LIST], apply: distinct },
  element: { parameters: [ANY, COUNT], apply: element },
  flatten: { parameters: [ANY], apply: flatten },
  index: { parameters: [ANY, ANY], apply: indexOf },
  keys: { parameters: [ANY], apply: keys },
  length: { parameters: [ANY], apply: length },
  lookup: { parameters: [ANY, TEXT, ANY_OR_NULL], optional: 1, apply: lookup },
  matchkeys: { parameters: [ANY_LIST, ANY_LIST, ANY_LIST], apply: matchKeys },
  merge: { parameters: [], rest: ANY_OR_NULL, apply: merge },
  one: { parameters: [ANY], apply: one },
  reverse: { parameters: [ANY], apply: reverse },
  slice: { parameters: [ANY, COUNT, COUNT], apply: slice },
  sort: { parameters: [TEXT_LIST], apply: sort },
  transpose: { parameters: [{ type: { kind: 'map', element: { kind: 'list', element: STRING } } }], apply: transpose },
  values: { parameters: [ANY], apply: valuesOf },
  zipmap: { parameters: [TEXT_LIST, ANY], apply: zip },
};

/** A list argument that may be hidden; a scalar is refused unless its type is not seen. */
function listOrOutcome(value: Value | undefined): ListValue | 'invalid' | 'unsure' {
  if (value === undefined) return 'invalid';
  if (value.kind === 'list') return value;
  if (value.kind === 'reference' || value.kind === 'unknown') return 'unsure';
  return value.origin === undefined ? 'invalid' : 'unsure';
}

function objectOrOutcome(value: Value | undefined): ObjectValue | 'invalid' | 'unsure' {
  if (value === undefined) return 'invalid';
  if (value.kind === 'object') return value;
  if (value.kind === 'reference' || value.kind === 'unknown') return 'unsure';
  return value.origin === undefined ? 'invalid' : 'unsure';
}

function quantify(values: readonly Value[], deciding: boolean): Conversion {
  const list = listOrOutcome(values[0]);
  if (typeof list === 'string') return list;
  let isOpen = false;
  let isDecided = false;
  for (const item of ownItems(list)) {
    if (item.kind === 'null') {
      isDecided ||= !deciding;
      continue;
    }
    if (isHidden(item)) {
      isOpen = true;
      continue;
    }
    const flag = convert(item, BOOLEAN);
    if (flag === 'invalid' || flag === 'unsure') return flag;
    isDecided ||= flag.kind === 'boolean' && flag.value === deciding;
  }
  if (isDecided) return boolean(deciding);
  return isOpen ? 'unsure' : boolean(!deciding);
}

function chunk(values: readonly Value[]): Conversion {
  const list = listOrOutcome(values[0]);
  if (typeof list === 'string') return list;
  const size = integerAt(values, 1);
  if (size === null) return 'unsure';
  if (size < 0) return 'invalid';
  // An empty list of lists does not go where one of strings does; the item type is not kept.
  if (list.items.length === 0) return 'unsure';
  if (size === 0) return listOf([list]);
  const chunks: Value[] = [];
  for (let start = 0; start < list.items.length; start += size) {
    chunks.push(listOf(list.items.slice(start, start + size)));
  }
  return listOf(chunks);
}

/** The first that is neither null nor an empty string, in the type that all share. */
function coalesce(values: readonly Value[]): Conversion {
  if (values.length === 0) return 'invalid';
  const type = unify(values.map(typeOf));
  if (type === null) return 'invalid';
  for (const value of values) {
    if (value.kind === 'null') {
      if (value.origin !== undefined) return 'unsure';
      continue;
    }
    if (value.kind === 'reference' || value.kind === 'unknown') return 'unsure';
    if (value.kind === 'template' && !value.parts.some((part) => typeof part === 'string')) return 'unsure';
    const converted = convert(value, type);
    if (converted === 'unsure' || converted === 'invalid') return converted;
    if (converted.kind !== 'string' || converted.value !== '') return converted;
  }
  return 'invalid';
}

function coalesceList(values: readonly Value[]): Conversion {
  if (values.length === 0) return 'invalid';
  const lists = values.map((value) => {
    if (value.kind !== 'null') return listOrOutcome(value);
    return value.typed || value.origin !== undefined ? 'unsure' : 'invalid';
  });
  if (lists.some((list) => list === 'invalid' || (list !== 'unsure' && list.set))) return 'invalid';
  for (const list of lists) {
    if (list === 'unsure' || list === 'invalid') return list;
    if (list.items.length > 0) return list;
  }
  return 'invalid';
}

function compact(values: readonly Value[]): Conversion {
  const list = listOrOutcome(values[0]);
  if (typeof list === 'string') return list;
  const kept = list.items.filter((item) => item.kind !== 'null' && (item.kind !== 'string' || item.value !== ''));
  const isOpen = kept.some(
    (item) => isHidden(item) && !(item.kind === 'template' && item.parts.some((part) => typeof part === 'string')),
  );
  return isOpen ? 'unsure' : listOf(kept);
}

function concatenate(values: readonly Value[]): Conversion {
  if (values.length === 0) return 'invalid';
  const lists: ListValue[] = [];
  for (const value of values) {
    const list = listOrOutcome(value);
    if (typeof list === 'string') return list;
    if (list.set) return 'invalid';
    lists.push(list);
  }
  const items = lists.flatMap(ownItems);
  const forms = new Set(lists.map(listForm));
  if (forms.size === 1 && forms.has('tuple')) return tupleOf(items);
  if (forms.size > 1 && !forms.has('declared')) return tupleOf(items);
  if (lists.length === 1 && lists[0] !== undefined) return lists[0];
  // Lists of different item types meet in one type, which a hidden item type leaves open.
  const type = unify(lists.map(typeOf));
  if (type === null || type.kind !== 'list') return convert(declaredList(items), UNSURE);
  return convert(listOf(items), type);
}

function contains(values: readonly Value[]): Conversion {
  const list = listOrOutcome(values[0]);
  if (typeof list === 'string') return list;
  const wanted = values[1];
  if (wanted === undefined) return 'invalid';
  const matches = ownItems(list).map((item) => isEqual(item, wanted));
  if (matches.includes(true)) return boolean(true);
  return matches.includes(null) ? 'unsure' : boolean(false);
}

function distinct(values: readonly Value[]): Conversion {
  const list = listOrOutcome(values[0]);
  if (typeof list === 'string') return list;
  const kept: Value[] = [];
  for (const item of list.items) {
    const matches = kept.map((other) => isEqual(other, item));
    if (matches.includes(true)) continue;
    if (matches.includes(null)) return 'unsure';
    kept.push(item);
  }
  return listOf(kept);
}

function element(values: readonly Value[]): Conversion {
  const list = listOrOutcome(values[0]);
  if (typeof list === 'string') return list;
  const index = integerAt(values, 1);
  if (list.set) return 'invalid';
  // Releases of Terraform differ on negative indexes.
  if (index === null || index < 0) return 'unsure';
  if (list.items.length === 0) return 'invalid';
  return ownItems(list)[index % list.items.length] ?? 'invalid';
}

/** A symbol inside may be a list that would be flattened too, unless its name says that it is text. */
function flatten(values: readonly Value[]): Conversion {
  const list = listOrOutcome(values[0]);
  if (typeof list === 'string') return list;
  const flat: Value[] = [];
  const pending: Value[] = [list];
  while (pending.length > 0) {
    const next = pending.pop();
    if (next === undefined) break;
    if (next.kind === 'list') {
      const items = orderedItems(next);
      if (items === null) return 'unsure';
      pending.push(...items.toReversed());
    } else if (next.kind === 'unknown' || (next.kind === 'reference' && !isTextual(next.path))) return 'unsure';
    else if (next.kind === 'null' && (next.typed || next.origin !== undefined)) return 'unsure';
    else flat.push(next);
  }
  return tupleOf(flat);
}

/** Attributes of these names are strings throughout the providers. */
export function isTextual(path: readonly (string | number)[]): boolean {
  const last = path.at(-1);
  return typeof last === 'string' && /(?:^|_)(?:id|arn|name)$/.test(last);
}

function indexOf(values: readonly Value[]): Conversion {
  const list = listOrOutcome(values[0]);
  if (typeof list === 'string') return list;
  const wanted = values[1];
  if (wanted === undefined || list.set || list.items.length === 0) return 'invalid';
  for (const [index, item] of ownItems(list).entries()) {
    const isMatch = isEqual(item, wanted);
    if (isMatch === null) return 'unsure';
    if (isMatch) return integerValue(index);
  }
  return 'invalid';
}

function sortedEntries(object: ObjectValue): readonly (readonly [string, Value])[] {
  return ownEntries(object).toSorted(([left], [right]) => compareText(left, right));
}

function listLike(object: ObjectValue, items: readonly Value[]): Value {
  const form = objectForm(object);
  if (form === 'object') return tupleOf(items);
  return form === 'map' ? listOf(items) : declaredList(items);
}

function keys(values: readonly Value[]): Conversion {
  const object = objectOrOutcome(values[0]);
  if (typeof object === 'string') return object;
  return listLike(
    object,
    sortedEntries(object).map(([key]) => textValue(key)),
  );
}

function valuesOf(values: readonly Value[]): Conversion {
  const object = objectOrOutcome(values[0]);
  if (typeof object === 'string') return object;
  return listLike(
    object,
    sortedEntries(object).map(([, item]) => item),
  );
}

function length(values: readonly Value[]): Conversion {
  const [value] = values;
  if (value === undefined) return 'invalid';
  switch (value.kind) {
    case 'string':
      return isSimpleText(value.value) ? integerValue(value.value.length) : 'unsure';
    case 'list': {
      const form = listForm(value);
      const items = form === 'tuple' || form === 'list' ? value.items : orderedItems(value);
      return items === null ? 'unsure' : integerValue(items.length);
    }
    case 'object':
      return objectForm(value) === 'declared' ? 'unsure' : integerValue(value.entries.size);
    case 'reference':
    case 'template':
    case 'unknown':
      return 'unsure';
    default:
      return value.origin === undefined ? 'invalid' : 'unsure';
  }
}

function lookup(values: readonly Value[]): Conversion {
  const object = objectOrOutcome(values[0]);
  if (typeof object === 'string') return object;
  const [, key, fallback] = values;
  if (key?.kind !== 'string') return 'unsure';
  const form = objectForm(object);
  const element = form === 'map' ? typeOf(object) : null;
  const elementType = element?.kind === 'map' ? element.element : UNSURE;
  if (fallback !== undefined && form === 'map' && !isSameOrUnsure(typeOf(fallback), elementType)) {
    return elementType.kind === 'unsure' ? 'unsure' : 'invalid';
  }
  const found = ownEntries(object).find(([name]) => name === key.value)?.[1];
  if (found !== undefined) return found;
  if (form === 'declared' && object.origin !== undefined && fallback === undefined) return 'unsure';
  return fallback ?? 'invalid';
}

function isSameOrUnsure(type: Type, element: Type): boolean {
  return type.kind === element.kind && type.kind !== 'unsure' && unify([type, element]) === element;
}

function matchKeys(values: readonly Value[]): Conversion {
  const [items, names, wanted] = [listOrOutcome(values[0]), listOrOutcome(values[1]), listOrOutcome(values[2])];
  if (items === 'invalid' || names === 'invalid' || wanted === 'invalid') return 'invalid';
  if (items === 'unsure' || names === 'unsure' || wanted === 'unsure') return 'unsure';
  if (items.items.length !== names.items.length) return 'invalid';
  // Terraform brings keys and search set to one type first.
  const type = unify([typeOf(names), typeOf(wanted)]);
  if (type === null) return 'invalid';
  if (!isEvenlyTyped(names, wanted)) return 'unsure';
  const kept: Value[] = [];
  for (const [index, name] of names.items.entries()) {
    const matches = wanted.items.map((other) => isEqual(name, other));
    const item = items.items[index];
    if (matches.includes(true) && item !== undefined) kept.push(item);
    else if (matches.includes(null)) return 'unsure';
  }
  return listOf(kept);
}

function isEvenlyTyped(left: ListValue, right: ListValue): boolean {
  const kinds = new Set([...left.items, ...right.items].map(({ kind }) => kind));
  return kinds.size <= 1;
}

function merge(values: readonly Value[]): Conversion {
  const entries = new Map<string, Value>();
  const forms = new Set<string>();
  for (const value of values) {
    if (value.kind === 'null') {
      if (value.typed || value.origin !== undefined) return 'unsure';
      continue;
    }
    const object = objectOrOutcome(value);
    if (typeof object === 'string') return object;
    forms.add(objectForm(object));
    for (const [key, item] of ownEntries(object)) entries.set(key, item);
  }
  if (values.length > 0 && forms.size === 0) return 'unsure';
  const isPlain =
    forms.size === 0 || (forms.size === 1 && forms.has('object')) || (forms.size === 2 && !forms.has('declared'));
  return isPlain ? { kind: 'object', entries } : { kind: 'object', entries, collection: 'declared' };
}

function one(values: readonly Value[]): Conversion {
  const list = listOrOutcome(values[0]);
  if (typeof list === 'string') return list;
  const items = ownItems(list);
  const [only] = items;
  if (items.length > 1) return list.set && orderedItems(list) === null ? 'unsure' : 'invalid';
  return only ?? { kind: 'null', typed: true };
}

function reverse(values: readonly Value[]): Conversion {
  const list = listOrOutcome(values[0]);
  if (typeof list === 'string') return list;
  const items = orderedItems(list);
  if (items === null) return 'unsure';
  const reversed = items.toReversed();
  const form = listForm(list);
  if (form === 'tuple') return tupleOf(reversed);
  return form === 'declared' ? declaredList(reversed) : listOf(reversed);
}

function slice(values: readonly Value[]): Conversion {
  const list = listOrOutcome(values[0]);
  if (typeof list === 'string') return list;
  const start = integerAt(values, 1);
  const end = integerAt(values, 2);
  if (start === null || end === null) return 'unsure';
  if (list.set || start < 0 || end < start || end > list.items.length) return 'invalid';
  const items = ownItems(list).slice(start, end);
  const form = listForm(list);
  if (form === 'tuple') return tupleOf(items);
  return form === 'declared' ? declaredList(items) : listOf(items);
}

function sort(values: readonly Value[]): Conversion {
  const texts = asTexts(listAt(values, 0).items);
  if (texts === null) return 'invalid';
  return listOf(texts.toSorted(compareText).map(textValue));
}

function transpose(values: readonly Value[]): Conversion {
  const [object] = values;
  if (object?.kind !== 'object') return 'unsure';
  const turned = new Map<string, Value[]>();
  for (const [key, list] of sortedEntries(object)) {
    const texts = list.kind === 'list' ? asTexts(list.items) : null;
    if (texts === null) return list.kind === 'null' ? 'unsure' : 'invalid';
    for (const text of texts) {
      const group = turned.get(text);
      if (group === undefined) turned.set(text, [textValue(key)]);
      else group.push(textValue(key));
    }
  }
  const entries = new Map(Array.from(turned, ([key, items]) => [key, listOf(items)]));
  return { kind: 'object', entries, collection: 'map' };
}

function zip(values: readonly Value[]): Conversion {
  const list = listOrOutcome(values[1]);
  if (typeof list === 'string') return list;
  const names = asTexts(listAt(values, 0).items);
  if (names === null || list.set) return 'invalid';
  if (names.length !== list.items.length) return 'invalid';
  const items = ownItems(list);
  const entries = new Map(
    names.flatMap((name, index) => {
      const item = items[index];
      return item === undefined ? [] : [[name, item] as const];
    }),
  );
  const form = listForm(list);
  if (form === 'tuple') return { kind: 'object', entries };
  return { kind: 'object', entries, collection: form === 'list' ? 'map' : 'declared' };
}
