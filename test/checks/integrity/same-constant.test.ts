import { describe, expect, it } from 'vitest';
import { type Sameness, sameConstant } from '../../../checks/integrity/same-constant.ts';
import { boolean, NULL, string, unknown, type Value } from '../../../model/value.ts';

const HIDDEN = unknown('operation', 'x', 'is known after apply');

function number(text: string): Value {
  return { kind: 'number', text };
}

function list(...items: readonly Value[]): Value {
  return { kind: 'list', items };
}

function object(entries: { readonly [key: string]: Value }): Value {
  return { kind: 'object', entries: new Map(Object.entries(entries)) };
}

const CASES: readonly [what: string, written: Value, planned: Value, sameness: Sameness][] = [
  ['equal text', string('a'), string('a'), 'same'],
  ['other text', string('a'), string('b'), 'different'],
  ['a number as text', string('5'), number('5'), 'same'],
  ['a number with a fraction of nothing', string('5.0'), number('5'), 'same'],
  ['other numbers', number('5'), number('6'), 'different'],
  ['a boolean as text', string('true'), boolean(true), 'same'],
  ['another boolean', boolean(true), boolean(false), 'different'],
  ['what is not written', NULL, string('a'), 'same'],
  ['an expression', HIDDEN, string('a'), 'same'],
  ['what is known after apply', string('a'), HIDDEN, 'unknown'],
  ['nothing for something', string('a'), NULL, 'different'],
  ['nothing for an empty text', string(''), NULL, 'same'],
  ['nothing for false', boolean(false), NULL, 'same'],
  ['nothing for true', boolean(true), NULL, 'different'],
  ['a list for a text', string('a'), list(string('a')), 'different'],
  ['another case', string('Name.Example.'), string('name.example'), 'unknown'],
  ['a digest of it', string('#!/bin/sh'), string('0123456789abcdef0123456789abcdef01234567'), 'unknown'],
  ['JSON in another order', string('{"a":1, "b":[2]}'), string('{"b":[2],"a":1}'), 'same'],
  ['JSON with another value', string('{"a":1}'), string('{"a":2}'), 'different'],
  ['JSON with a key once more', string('{"a":1}'), string('{"a":2,"a":1}'), 'different'],
  ['what is no JSON after all', string('{a'), string('{b'), 'different'],
  ['items in their order', list(string('a'), string('b')), list(string('a'), string('b')), 'same'],
  ['items of a set', list(string('a'), string('b')), list(string('b'), string('a')), 'same'],
  ['one item more', list(string('a')), list(string('a'), string('b')), 'different'],
  ['one item less', list(string('a'), string('b')), list(string('a')), 'different'],
  ['one item twice', list(string('a'), string('b')), list(string('a'), string('a')), 'different'],
  ['an item that is not known', list(string('a'), string('b')), list(HIDDEN, string('a')), 'unknown'],
  ['a list that may grow', list(HIDDEN), list(string('a'), string('b')), 'unknown'],
  ['nothing for no items', list(), NULL, 'same'],
  ['a block and a list of it', object({ a: string('x') }), list(object({ a: string('x') })), 'same'],
  ['a list of a block and the block', list(object({ a: string('x') })), object({ a: string('x') }), 'same'],
  ['a block with more in it', object({ a: string('x') }), object({ a: string('x'), b: string('y') }), 'same'],
  ['a block with less in it', object({ a: string('x') }), object({}), 'different'],
  ['a block among several', object({ a: string('x') }), list(object({ a: string('x') }), object({})), 'different'],
  ['no block', object({ a: string('x') }), NULL, 'different'],
  ['nothing for an empty block', object({}), NULL, 'same'],
  ['a text for a block', object({ a: string('x') }), string('x'), 'different'],
];

describe('sameConstant', () => {
  it.each(CASES)('%s', (_, written, planned, sameness) => {
    expect(sameConstant(written, planned)).toBe(sameness);
  });
});
