import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareText } from '../../model/text-order.ts';

it('orders as the default sort does, whatever the locale', () => {
  expect(['ä', 'z', 'a', 'Z', 'I', 'ı'].toSorted(compareText)).toEqual(['I', 'Z', 'a', 'z', 'ä', 'ı']);
  fc.assert(
    fc.property(fc.array(fc.string()), (texts) => {
      expect(texts.toSorted(compareText)).toEqual(texts.toSorted());
    }),
  );
});
