import { constants, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gunzip } from '../../../model/secrets/inflate.ts';

it('unpacks whatever was packed, at each level and by each strategy', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 2000 }),
      fc.nat({ max: 40 }),
      fc.constantFrom(0, 1, 6, 9),
      fc.constantFrom(constants.Z_DEFAULT_STRATEGY, constants.Z_HUFFMAN_ONLY, constants.Z_FIXED, constants.Z_RLE),
      (bytes, times, level, strategy) => {
        const whole = Buffer.concat(Array.from({ length: times }, () => bytes));
        expect(Buffer.from(gunzip(gzipSync(whole, { level, strategy })) ?? [1]).equals(whole)).toBe(true);
      },
    ),
  );
});

it('skips what the head of the file may have', () => {
  const plain = gzipSync('ledger');
  const head = Buffer.from(plain.subarray(0, 10));
  head[3] = 4 | 8 | 16 | 2;
  const extra = [Buffer.from([2, 0, 7, 7]), Buffer.from('name\0'), Buffer.from('comment\0'), Buffer.from([0, 0])];
  const whole = Buffer.concat([head, ...extra, plain.subarray(10)]);
  expect(new TextDecoder().decode(gunzip(whole) ?? new Uint8Array())).toBe('ledger');
});

it('gives null for what is no whole gzip file, and never throws', () => {
  const packed = gzipSync('ledger '.repeat(50));
  for (let end = 0; end < packed.length - 8; end += 1) expect(gunzip(packed.subarray(0, end))).toBeNull();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      gunzip(Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0]), bytes]));
    }),
  );
});

it('stops at more than any text that AWS takes compressed', () => {
  expect(gunzip(gzipSync(Buffer.alloc(5 * 1024 * 1024)))).toBeNull();
});
