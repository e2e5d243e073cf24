import type { JsonArray, JsonMember, JsonNode, JsonObject } from './json.ts';

/** A JSON value as JavaScript data. Objects have no prototype, so a key such as `__proto__` is a key like any other. */
export type PlainJson = null | boolean | number | string | readonly PlainJson[] | { readonly [key: string]: PlainJson };

type PlainContainer = { [key: string]: PlainJson } | PlainJson[];

/** A key that an object has more than once. */
export interface DuplicateKey {
  readonly first: JsonMember;
  /** A later member with the same key; one entry for each. */
  readonly again: JsonMember;
}

export function firstMember(object: JsonObject, key: string): JsonMember | null {
  for (const member of object.members) if (member.key === key) return member;
  return null;
}

/** The member that readers see which keep one value per key. */
export function lastMember(object: JsonObject, key: string): JsonMember | null {
  return object.members.findLast((member) => member.key === key) ?? null;
}

export function allMembers(object: JsonObject, key: string): readonly JsonMember[] {
  return object.members.filter((member) => member.key === key);
}

/** Every repetition of a key in the object itself, in document order; nested objects are not looked into. */
export function duplicates(object: JsonObject): readonly DuplicateKey[] {
  const firsts = new Map<string, JsonMember>();
  const found: DuplicateKey[] = [];
  for (const member of object.members) {
    const first = firsts.get(member.key);
    if (first === undefined) firsts.set(member.key, member);
    else found.push({ first, again: member });
  }
  return found;
}

/** Every repetition of a key in any object of the value, in document order of the objects, but for what is skipped. */
export function duplicatesWithin(
  root: JsonNode,
  isSkipped: (node: JsonNode) => boolean = () => false,
): readonly DuplicateKey[] {
  const found: DuplicateKey[] = [];
  const open: JsonNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'array') for (const item of node.items.toReversed()) open.push(item);
    if (node.kind !== 'object' || isSkipped(node)) continue;
    for (const repetition of duplicates(node)) found.push(repetition);
    for (const { value } of node.members.toReversed()) open.push(value);
  }
  return found;
}

/**
 * The value as `JSON.parse` would give it, for printing only: of equal keys the last stays and numbers lose precision.
 */
export function toPlain(root: JsonNode): PlainJson {
  const open: [JsonObject | JsonArray, PlainContainer][] = [];
  const convert = (node: JsonNode): PlainJson => {
    switch (node.kind) {
      case 'null':
        return null;
      case 'number':
        return Number(node.text);
      case 'boolean':
      case 'string':
        return node.value;
      case 'array':
        return opened(node, []);
      case 'object':
        return opened(node, { __proto__: null });
    }
  };
  const opened = <T extends PlainContainer>(node: JsonObject | JsonArray, into: T): T => {
    open.push([node, into]);
    return into;
  };
  const plain = convert(root);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, into] = next;
    if (Array.isArray(into)) {
      if (node.kind === 'array') for (const item of node.items) into.push(convert(item));
    } else if (node.kind === 'object') {
      for (const { key, value } of node.members) into[key] = convert(value);
    }
  }
  return plain;
}

export function isList(value: PlainJson): value is readonly PlainJson[] {
  return Array.isArray(value);
}
