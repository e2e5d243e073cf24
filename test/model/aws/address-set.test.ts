import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { ALL_ADDRESSES, complement, parseAddresses, subtract } from '../../../model/aws/address-set.ts';
import { type AddressRange, union } from '../../../model/aws/cidr.ts';

const small = fc
  .tuple(fc.constantFrom(4 as const, 6 as const), fc.bigInt(0n, 40n), fc.bigInt(0n, 40n))
  .map(([family, one, two]): AddressRange => ({ family, first: one < two ? one : two, last: one < two ? two : one }));
const ranges = fc.array(small, { maxLength: 6 });

const has = (set: readonly AddressRange[], family: 4 | 6, address: bigint) =>
  set.some((range) => range.family === family && range.first <= address && address <= range.last);

describe('address sets', () => {
  it('complement twice is the union', () => {
    fc.assert(fc.property(ranges, (set) => assert.deepEqual(complement(complement(set)), union(set))));
  });

  it('subtracts address by address', () => {
    fc.assert(
      fc.property(ranges, ranges, (left, right) => {
        const rest = subtract(left, right);
        for (const family of [4, 6] as const) {
          for (let address = 0n; address <= 41n; address += 1n) {
            assert.equal(has(rest, family, address), has(left, family, address) && !has(right, family, address));
          }
        }
      }),
    );
  });

  it('has the whole of both families in its complement of nothing', () => {
    assert.deepEqual(complement([]), ALL_ADDRESSES);
    assert.deepEqual(complement(ALL_ADDRESSES), []);
  });

  it.each([
    ['192.0.2.1', [{ family: 4, first: 0xc0000201n, last: 0xc0000201n }]],
    ['192.0.2.0/24', [{ family: 4, first: 0xc0000200n, last: 0xc00002ffn }]],
    ['192.0.2.1-192.0.2.9', [{ family: 4, first: 0xc0000201n, last: 0xc0000209n }]],
    ['::1', [{ family: 6, first: 1n, last: 1n }]],
    ['192.0.2.9-192.0.2.1', null],
    ['192.0.2.1-::1', null],
    ['192.0.2.0/24-192.0.3.0', null],
    ['192.0.2.1-192.0.2.9-192.0.2.11', null],
    ['80', null],
    ['', null],
  ])('reads %s', (text, expected) => {
    assert.deepEqual(parseAddresses(text), expected);
  });
});
