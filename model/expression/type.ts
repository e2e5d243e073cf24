import type { ListValue, ObjectValue, Value } from '../value.ts';

/**
 * Terraform's types. `dynamic` is the type of a bare `null`; `unsure` stands for a type that the input does not show,
 * such as that of an attribute of a resource.
 */
export type Type =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'dynamic' | 'unsure' }
  | { readonly kind: 'list' | 'set'; readonly element: Type }
  | { readonly kind: 'map'; readonly element: Type }
  | { readonly kind: 'tuple'; readonly items: readonly Type[] }
  | { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, Type> };

export const STRING: Type = { kind: 'string' };
export const NUMBER: Type = { kind: 'number' };
export const BOOLEAN: Type = { kind: 'boolean' };
export const DYNAMIC: Type = { kind: 'dynamic' };
export const UNSURE: Type = { kind: 'unsure' };

type ListForm = 'tuple' | 'list' | 'set' | 'declared';

export function listForm(value: ListValue): ListForm {
  if (value.set) return 'set';
  if (value.collection !== undefined) return value.collection;
  return value.origin === undefined ? 'tuple' : 'declared';
}

type ObjectForm = 'object' | 'map' | 'declared';

export function objectForm(value: ObjectValue): ObjectForm {
  if (value.collection !== undefined) return value.collection;
  return value.origin === undefined ? 'object' : 'declared';
}

export function typeOf(value: Value): Type {
  switch (value.kind) {
    case 'string':
      return value.origin === undefined || isOnlyText(value.value) ? STRING : UNSURE;
    case 'template':
      return STRING;
    case 'number':
      return value.origin === undefined ? NUMBER : UNSURE;
    case 'boolean':
      return value.origin === undefined ? BOOLEAN : UNSURE;
    case 'null':
      return value.typed || value.origin !== undefined ? UNSURE : DYNAMIC;
    case 'reference':
    case 'unknown':
      return UNSURE;
    case 'list':
      return typeOfList(value);
    case 'object':
      return typeOfObject(value);
  }
}

/** True for text that no argument of another type would take: an argument converts what is written in it. */
export function isOnlyText(text: string): boolean {
  return text !== 'true' && text !== 'false' && !/^[+-]?[\d.]/.test(text) && !/^[+-]?inf/i.test(text);
}

function typeOfList(value: ListValue): Type {
  const form = listForm(value);
  if (form === 'declared') return UNSURE;
  if (form === 'tuple') return { kind: 'tuple', items: value.items.map(typeOf) };
  return { kind: form, element: commonType(value.items) };
}

function typeOfObject(value: ObjectValue): Type {
  const form = objectForm(value);
  if (form === 'declared') return UNSURE;
  if (form === 'map') return { kind: 'map', element: commonType([...value.entries.values()]) };
  return { kind: 'object', attributes: new Map(Array.from(value.entries, ([key, item]) => [key, typeOf(item)])) };
}

/** The type of items that are known to share one: that of any item that shows it. An empty list does not. */
function commonType(items: readonly Value[]): Type {
  let best: Type = UNSURE;
  for (const item of items) {
    const type = typeOf(item);
    if (type.kind === 'dynamic' || type.kind === 'unsure') continue;
    if (isCertain(type)) return type;
    best = type;
  }
  return best;
}

/** True when no part of the type is hidden. */
function isCertain(type: Type): boolean {
  switch (type.kind) {
    case 'unsure':
    case 'dynamic':
      return false;
    case 'string':
    case 'number':
    case 'boolean':
      return true;
    case 'list':
    case 'set':
    case 'map':
      return isCertain(type.element);
    case 'tuple':
      return type.items.every(isCertain);
    case 'object':
      return [...type.attributes.values()].every(isCertain);
  }
}

/** True when a part of the type is not seen. */
export function hasUnsure(type: Type): boolean {
  switch (type.kind) {
    case 'unsure':
      return true;
    case 'string':
    case 'number':
    case 'boolean':
    case 'dynamic':
      return false;
    case 'list':
    case 'set':
    case 'map':
      return hasUnsure(type.element);
    case 'tuple':
      return type.items.some(hasUnsure);
    case 'object':
      return [...type.attributes.values()].some(hasUnsure);
  }
}

export function isPrimitive(type: Type): boolean {
  return type.kind === 'string' || type.kind === 'number' || type.kind === 'boolean';
}

export function sameType(left: Type, right: Type): boolean {
  switch (left.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'dynamic':
    case 'unsure':
      return left.kind === right.kind;
    case 'list':
    case 'set':
    case 'map':
      return right.kind === left.kind && sameType(left.element, right.element);
    case 'tuple':
      return right.kind === 'tuple' && sameTypes(left.items, right.items);
    case 'object':
      return right.kind === 'object' && sameAttributes(left.attributes, right.attributes);
  }
}

function sameTypes(left: readonly Type[], right: readonly Type[]): boolean {
  return left.length === right.length && left.every((type, index) => sameType(type, right[index] ?? UNSURE));
}

function sameAttributes(left: ReadonlyMap<string, Type>, right: ReadonlyMap<string, Type>): boolean {
  if (left.size !== right.size) return false;
  return Array.from(left).every(([key, type]) => {
    const other = right.get(key);
    return other !== undefined && sameType(type, other);
  });
}
