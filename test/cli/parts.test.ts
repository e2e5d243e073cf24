import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encoded, joined } from '../../cli/parts.ts';

describe('joined', () => {
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
});

describe('encoded', () => {
  it('is the text in UTF-8, whatever its parts', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      // Around what there is room for.
      fc.integer({ min: 349_000, max: 350_000 }).map((length) => '\u20ac'.repeat(length)),
      fc.constant('x'.repeat(1_100_000)),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        // Each is copied before the next is asked for.
        const bytes = Buffer.concat(Array.from(encoded(parts), (piece) => Uint8Array.from(piece)));
        expect(bytes.equals(Buffer.concat(parts.map((text) => Buffer.from(text, 'utf8'))))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('yields a few long pieces', () => {
    const parts = Array.from({ length: 3000 }, () => 'x'.repeat(1000));
    expect(Array.from(encoded(parts), ({ length }) => length).length).toBeLessThanOrEqual(4);
    expect([...encoded(['', ''])]).toEqual([]);
  });
});
