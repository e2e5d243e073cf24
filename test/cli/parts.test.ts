import { expect, it } from 'vitest';
import { joined } from '../../cli/parts.ts';

it('keeps the text and its order in a few long parts', () => {
  const parts = Array.from({ length: 3000 }, (_, index) => `${index}${'x'.repeat(1000)}`);
  const fewer = [...joined(parts)];
  expect(fewer.join('')).toBe(parts.join(''));
  expect(fewer).toHaveLength(3);
});

it('has nothing to write of nothing', () => {
  expect([...joined([])]).toEqual([]);
  expect([...joined(['', ''])]).toEqual([]);
});
