import { expect, it } from 'vitest';
import { withheldData } from '../../report/withheld-data.ts';

const withhold = (text: string): string => text.replaceAll('hunter2', '(sensitive)');

it('withholds in every text at any depth, and leaves what it was given as it is', () => {
  const data = { a: ['x', { b: 'is hunter2' }, 1, null], c: { d: true } };
  expect(withheldData(data, withhold)).toEqual({ a: ['x', { b: 'is (sensitive)' }, 1, null], c: { d: true } });
  expect(data.a[1]).toEqual({ b: 'is hunter2' });
});

it('keeps the order of members, and names as they are', () => {
  const data = { z: 'hunter2', stack: 'hunter2', a: 'hunter2' };
  expect(JSON.stringify(withheldData(data, withhold))).toBe('{"z":"(sensitive)","stack":"hunter2","a":"(sensitive)"}');
});

it('takes __proto__ for the name of a member', () => {
  const data: unknown = JSON.parse('{"__proto__":{"a":"hunter2"}}');
  expect(JSON.stringify(withheldData(data, withhold))).toBe('{"__proto__":{"a":"(sensitive)"}}');
});

it('gives back the very data where there is nothing to withhold', () => {
  const data = { a: ['x', { b: 'y' }] };
  expect(withheldData(data, withhold)).toBe(data);
});
