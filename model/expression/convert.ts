import type { ListValue, NullValue, ObjectValue, Value } from '../value.ts';
import { formatNumber, parseNumber } from './number.ts';
import { orderedItems, ownEntries, ownItems, sortedUnique } from './order.ts';
import { textValue } from './text.ts';
import { type Type, typeOf, UNSURE } from './type.ts';
import { unify } from './unify.ts';

/** The converted value; `invalid` where Terraform refuses, `unsure` where the input does not show the result. */
export type Conversion = Value | 'invalid' | 'unsure';

/** Converts as Terraform does: between primitives, and in depth between collections. Hidden values stay symbols. */
export function convert(value: Value, type: Type): Conversion {
  if (value.kind === 'null') return convertNull(value, type);
  if (value.kind === 'reference' || value.kind === 'unknown') return convertHidden(value, type);
  const converted = convertKnown(value, type);
  if (typeof converted === 'string' || !value.sensitive || converted.sensitive) return converted;
  return { ...converted, sensitive: true };
}

/** A null that has a type of its own may not convert; to text nearly all do. */
function convertNull(value: NullValue, type: Type): Conversion {
  if (type.kind === 'dynamic') return value;
  return value.typed && type.kind !== 'string' && type.kind !== 'unsure' ? 'unsure' : { ...value, typed: true };
}

/** A symbol stands for the converted value too, unless a conversion to another shape could change what it is. */
function convertHidden(value: Value, type: Type): Conversion {
  return type.kind === 'string' || type.kind === 'dynamic' || type.kind === 'unsure' ? value : 'unsure';
}

function convertKnown(value: Value, type: Type): Conversion {
  switch (type.kind) {
    case 'dynamic':
      return value;
    case 'unsure':
      return convertUnsure(value);
    case 'string':
      return toText(value);
    case 'number':
      return toNumber(value);
    case 'boolean':
      return toBoolean(value);
    case 'list':
    case 'set':
      return value.kind === 'list'
        ? toSequence(value, type.kind, type.element)
        : value.kind === 'object'
          ? refuse(value)
          : 'invalid';
    case 'map':
      return value.kind === 'object' ? toMap(value, type.element) : value.kind === 'list' ? refuse(value) : 'invalid';
    case 'tuple':
      return value.kind === 'list' ? toTuple(value, type.items) : 'invalid';
    case 'object':
      return value.kind === 'object' ? toObject(value, type.attributes) : 'invalid';
  }
}

/** A block written without its list, or the reverse, may be what the schema wants. */
function refuse(value: ListValue | ObjectValue): Conversion {
  return typeOf(value).kind === 'unsure' ? 'unsure' : 'invalid';
}

/** To a type that is not seen: text stays text, collections keep their items, all else might change. */
function convertUnsure(value: Value): Conversion {
  if (value.kind === 'string' || value.kind === 'template') return value;
  if (value.kind === 'list') {
    const items = convertAll(value.items, () => UNSURE);
    return typeof items === 'string' ? items : { kind: 'list', items, collection: 'declared' };
  }
  if (value.kind === 'object') {
    const entries = convertEntries(value, () => UNSURE);
    return typeof entries === 'string' ? entries : { kind: 'object', entries, collection: 'declared' };
  }
  return 'unsure';
}

function toText(value: Value): Conversion {
  switch (value.kind) {
    case 'string':
    case 'template':
      return value;
    case 'boolean':
      return textValue(String(value.value));
    case 'number': {
      const number = parseNumber(value.text);
      return number === null || number === 'unsure' ? 'unsure' : textValue(formatNumber(number));
    }
    default:
      return 'invalid';
  }
}

function toNumber(value: Value): Conversion {
  if (value.kind === 'number') return value;
  if (value.kind === 'template') return 'unsure';
  if (value.kind !== 'string') return 'invalid';
  const number = parseNumber(value.value);
  if (number === null) return 'invalid';
  return number === 'unsure' ? 'unsure' : { kind: 'number', text: formatNumber(number) };
}

function toBoolean(value: Value): Conversion {
  if (value.kind === 'boolean') return value;
  if (value.kind === 'template') return 'unsure';
  if (value.kind !== 'string') return 'invalid';
  if (value.value === 'true' || value.value === '1') return { kind: 'boolean', value: true };
  if (value.value === 'false' || value.value === '0') return { kind: 'boolean', value: false };
  return 'invalid';
}

function toSequence(value: ListValue, kind: 'list' | 'set', wanted: Type): Conversion {
  const own = ownItems(value);
  const element = elementType(own, wanted);
  if (typeof element === 'string') return element;
  if (kind === 'list') {
    const ordered = orderedItems(value);
    if (ordered === null) return 'unsure';
    const items = convertAll(ordered, () => element);
    return typeof items === 'string' ? items : { kind: 'list', items, collection: 'list' };
  }
  const items = convertAll(own, () => element);
  return typeof items === 'string'
    ? items
    : { kind: 'list', items: sortedUnique(items) ?? distinctSymbols(items), set: true };
}

/** Equal references stand for one item; what else is equal is not known. */
function distinctSymbols(items: readonly Value[]): readonly Value[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    if (item.kind !== 'reference') return true;
    const key = JSON.stringify([item.target.stack, item.target.address, item.path]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function toMap(value: ObjectValue, wanted: Type): Conversion {
  const element = elementType(
    ownEntries(value).map(([, item]) => item),
    wanted,
  );
  if (typeof element === 'string') return element;
  const entries = convertEntries(value, () => element);
  return typeof entries === 'string' ? entries : { kind: 'object', entries, collection: 'map' };
}

function elementType(items: readonly Value[], wanted: Type): Type | 'invalid' | 'unsure' {
  if (wanted.kind !== 'dynamic') return wanted;
  const types = items.map(typeOf);
  // Next to a bare null a collection may be refused.
  if (types.some(({ kind }) => kind === 'dynamic') && items.some(({ kind }) => kind === 'list' || kind === 'object')) {
    return 'unsure';
  }
  return unify(types) ?? 'invalid';
}

function toTuple(value: ListValue, types: readonly Type[]): Conversion {
  if (value.set) return 'invalid';
  if (typeOf(value).kind === 'unsure') return 'unsure';
  if (value.items.length !== types.length) return 'invalid';
  const items = convertAll(value.items, (index) => types[index] ?? UNSURE);
  return typeof items === 'string' ? items : { kind: 'list', items };
}

function toObject(value: ObjectValue, attributes: ReadonlyMap<string, Type>): Conversion {
  if (typeOf(value).kind === 'unsure') return 'unsure';
  const entries = new Map<string, Value>();
  for (const [name, type] of attributes) {
    const given = value.entries.get(name);
    if (given === undefined) return 'invalid';
    const converted = convert(given, type);
    if (typeof converted === 'string') return converted;
    entries.set(name, converted);
  }
  return { kind: 'object', entries };
}

function convertAll(items: readonly Value[], typeAt: (index: number) => Type): readonly Value[] | 'invalid' | 'unsure' {
  const converted: Value[] = [];
  for (const [index, item] of items.entries()) {
    const result = convert(item, typeAt(index));
    if (typeof result === 'string') return result;
    converted.push(result);
  }
  return converted;
}

function convertEntries(value: ObjectValue, typeAt: () => Type): Map<string, Value> | 'invalid' | 'unsure' {
  const entries = new Map<string, Value>();
  for (const [key, item] of ownEntries(value)) {
    const result = convert(item, typeAt());
    if (typeof result === 'string') return result;
    entries.set(key, result);
  }
  return entries;
}
