import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainItem } from '../../../model/json/taken-item.ts';

function itemOf(text: string, offset = 0) {
  const repeated: string[] = [];
  const members = text.replaceAll(/"(?:[^"\\]|\\.)*"/gs, '').split(':').length - 1;
  const plain = plainItem({ text, members, offset }, ({ again }) => {
    repeated.push(`${again.key} at ${again.keyOffset}`);
  });
  return { plain, repeated };
}

it('is the data that the text holds', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (given) => {
      const text = JSON.stringify(given);
      expect(itemOf(text)).toEqual({ plain: JSON.parse(text), repeated: [] });
    }),
  );
});

it.each([
  ['{"a":1,"a":2}', ['a at 17']],
  ['{"a":{"b":[{"c":1,"d":":","c":3}]}}', ['c at 36']],
  ['{"__proto__":1,"__proto__":2}', ['__proto__ at 25']],
  ['{"a":1,"\\u0061":2}', ['a at 17']],
  ['{"a":1,"b":{"a":1}}', []],
])('tells the key that stands twice in %s', (text, repeated) => {
  expect(itemOf(text, 10).repeated).toEqual(repeated);
});

it('replaces half of a surrogate pair, as the whole document would', () => {
  expect(itemOf('{"a":"\\ud800","b":"\\ud83d\\ude00"}').plain).toEqual({ a: '\ufffd', b: '😀' });
});

it.each([
  ['{"a":01}', 'expected "," or "}", found "1"', 16],
  ['{"a":[1}', 'expected "," or "]", found "}"', 17],
  ['{"a":NaN}', 'expected a JSON value, found "N"', 15],
])('refuses %s at its place', (text, what, offset) => {
  expect(() => itemOf(text, 10)).toThrow(expect.objectContaining({ message: what, offset }));
});
