import { expect, test } from 'vitest';
import { nearest, suggest } from '../../policy/suggestion.ts';

const KEYS = ['region', 'account', 'zoneIds', 'outposts'];

test.each([
  ['regoin', 'region'],
  ['Region', 'region'],
  ['zoneids', 'zoneIds'],
  ['acount', 'account'],
  ['outpost', 'outposts'],
  ['bucket', null],
  ['x', null],
  ['', null],
  ['r'.repeat(10_000), null],
])('%j is near %j', (word, candidate) => {
  expect(nearest(word, KEYS)).toBe(candidate);
});

test('a fix names the candidate, else only the fallback', () => {
  expect(suggest('regoin', KEYS, 'remove it.')).toBe('Did you mean region? Otherwise remove it.');
  expect(suggest('bucket', KEYS, 'remove it.')).toBe('Remove it.');
});
