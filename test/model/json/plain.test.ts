import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/json/json.ts';
import {
  allMembers,
  duplicates,
  duplicatesWithin,
  firstMember,
  lastMember,
  toPlain,
} from '../../../model/json/plain.ts';
import { quote } from '../../../model/json/quote.ts';
import { readJson } from '../../../model/json/read.ts';

describe('members', () => {
  const resource = objectFrom('{"a": 1, "__proto__": 2, "a": 3, "a": 4}');

  it('finds the first, the last and all members of a key', () => {
    expect(firstMember(resource, 'a')?.value).toMatchObject({ text: '1' });
    expect(lastMember(resource, 'a')?.value).toMatchObject({ text: '4' });
    expect(allMembers(resource, 'a').map(({ keyOffset }) => keyOffset)).toEqual([1, 25, 33]);
  });

  it('finds no member that an object merely inherits', () => {
    expect(firstMember(resource, 'constructor')).toBeNull();
    expect(lastMember(resource, 'toString')).toBeNull();
    expect(firstMember(resource, '__proto__')?.value).toMatchObject({ text: '2' });
  });

  it('pairs each repetition with the first', () => {
    expect(duplicates(resource).map(({ first, again }) => [first.keyOffset, again.keyOffset])).toEqual([
      [1, 25],
      [1, 33],
    ]);
    expect(duplicates(objectFrom('{"a": {"b": 1, "b": 2}, "constructor": 1}'))).toEqual([]);
  });

  it('finds repetitions at any depth, in document order', () => {
    const root = objectFrom('{"z": [{"b": 1, "b": 2}], "a": {"c": {"d": 1, "d": 2}}, "z": 0}');
    expect(duplicatesWithin(root).map(({ again }) => again.key)).toEqual(['z', 'b', 'd']);
  });
});

it('finds a million repetitions', () => {
  expect(duplicatesWithin(objectFrom(`{${'"a":1,'.repeat(1_000_000)}"a":1}`))).toHaveLength(1_000_000);
});

describe('toPlain', () => {
  it('keeps hostile keys as data', () => {
    const plain = toPlain(objectFrom('{"__proto__": {"polluted": true}, "constructor": [null, false, "s", 1.5]}'));
    expect(Object.getPrototypeOf(plain)).toBeNull();
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(JSON.stringify(plain)).toBe('{"__proto__":{"polluted":true},"constructor":[null,false,"s",1.5]}');
  });

  it('keeps the last of equal keys', () => {
    expect(JSON.stringify(toPlain(objectFrom('{"a": 1, "a": 2}')))).toBe('{"a":2}');
  });

  it('needs no call stack for depth', () => {
    const depth = 100_000;
    const limits = { maxDepth: depth, maxBytes: 10 * depth };
    const { root } = readJson('x.json', Buffer.from('['.repeat(depth) + ']'.repeat(depth)), limits);
    let levels = 0;
    for (let value: unknown = toPlain(root); Array.isArray(value); value = value[0]) levels += 1;
    expect(levels).toBe(depth);
    expect(duplicatesWithin(root)).toEqual([]);
  });
});

describe('quote', () => {
  it('shows what a terminal would act on as escapes', () => {
    expect(quote('a"b\u001b[2J\u202e\u009b\n')).toBe('"a\\"b\\u001b[2J\\u202e\\u009b\\n"');
  });

  it('cuts long text and says so', () => {
    expect(quote('k'.repeat(1_000_000))).toBe(`"${'k'.repeat(60)}" (the first 60 of 1000000 characters)`);
  });
});

function objectFrom(text: string): JsonObject {
  const { root } = readJson('x.json', Buffer.from(text));
  if (root.kind !== 'object') throw new Error(`expected an object, found ${root.kind}`);
  return root;
}
