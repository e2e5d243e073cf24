import type { JsonArray, JsonNode, JsonObject } from '../json/json.ts';
import { firstMember } from '../json/plain.ts';

/** The value of a key; null where there is none, and where it is JSON's null. */
export function fieldOf(object: JsonObject, key: string): JsonNode | null {
  const node = firstMember(object, key)?.value ?? null;
  return node?.kind === 'null' ? null : node;
}

export function objectField(object: JsonObject, key: string): JsonObject | null {
  const node = fieldOf(object, key);
  return node?.kind === 'object' ? node : null;
}

export function arrayField(object: JsonObject, key: string): JsonArray | null {
  const node = fieldOf(object, key);
  return node?.kind === 'array' ? node : null;
}

export function textField(object: JsonObject, key: string): string | null {
  const node = fieldOf(object, key);
  return node?.kind === 'string' ? node.value : null;
}

/** The objects of a list, by key of the object that has it. */
export function objectsIn(object: JsonObject, key: string): readonly JsonObject[] {
  return (arrayField(object, key)?.items ?? []).filter((item) => item.kind === 'object');
}

export function textsIn(object: JsonObject, key: string): readonly string[] {
  return (arrayField(object, key)?.items ?? []).flatMap((item) => (item.kind === 'string' ? [item.value] : []));
}

/** The members of an object that are objects themselves, by key. */
export function objectsByKey(object: JsonObject | null): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const { key, value } of object?.members ?? []) if (value.kind === 'object') found.set(key, value);
  return found;
}
