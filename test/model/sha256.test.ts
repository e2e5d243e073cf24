import { createHash } from 'node:crypto';
import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from '../../model/sha256.ts';

function reference(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

test('is the digest of the standard', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('is what Node computes, at each length around blocks and the room for short texts, and for any text', () => {
  for (let length = 0; length <= 400; length += 1) {
    expect(sha256('x'.repeat(length))).toBe(reference('x'.repeat(length)));
  }
  assert(
    property(string({ unit: 'binary', maxLength: 600 }), (text) => {
      expect(sha256(text)).toBe(reference(text));
    }),
  );
});

test('gives as many digits as are asked for', () => {
  for (let digits = 1; digits <= 64; digits += 1) {
    expect(sha256('abc', digits)).toBe(reference('abc').slice(0, digits));
  }
});
