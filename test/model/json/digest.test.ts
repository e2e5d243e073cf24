import { expect, it } from 'vitest';
import { digestOfNodes } from '../../../model/json/digest.ts';
import { readJson } from '../../../model/json/read.ts';

const digestOf = (text: string): string => digestOfNodes([readJson('a.json', new TextEncoder().encode(text)).root]);

it('is of what is written, not of its layout', () => {
  expect(digestOf('{"a": [1, "x"]}')).toBe(digestOf('{\n  "a":[1,"\\u0078"]\n}'));
  expect(digestOf('{"a":[1,"x"]}')).toMatch(/^[0-9a-f]{12}$/);
});

it.each([
  ['another value', '{"a":1}', '{"a":2}'],
  ['another key', '{"a":1}', '{"b":1}'],
  ['another kind', '{"a":1}', '{"a":"1"}'],
  ['another order of a list', '[1,2]', '[2,1]'],
  ['the first of a key twice', '{"a":1,"a":3}', '{"a":2,"a":3}'],
  ['the last digit of a long number', '[9007199254740992]', '[9007199254740993]'],
  ['the key of a prototype', '{}', '{"__proto__":{"a":1}}'],
])('is another of %s', (_, one, other) => {
  expect(digestOf(one)).not.toBe(digestOf(other));
});
