import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { type AddressRange, covers, coversWorld, parseCidr, union } from '../../../model/aws/cidr.ts';

function range(text: string): AddressRange {
  const parsed = parseCidr(text);
  assert.ok(parsed, text);
  return parsed;
}

describe('parseCidr', () => {
  it('reads both families, in long and short forms', () => {
    assert.deepEqual(range('10.0.0.0/8'), { family: 4, first: 0x0a000000n, last: 0x0affffffn });
    assert.deepEqual(range('2001:db8::/32'), range('2001:0DB8:0:0:0:0:0:0/32'));
    assert.deepEqual(range('::1/128'), { family: 6, first: 1n, last: 1n });
    assert.deepEqual(range('64:ff9b::192.0.2.33/128'), range('64:ff9b::c000:221/128'));
  });

  it('takes every form of everything for everything', () => {
    for (const text of ['0.0.0.0/0', '0/0', '0.0/0', '10.1.2.3/0', '::ffff:0:0/96', '::ffff:0.0.0.0/96']) {
      assert.deepEqual(range(text), { family: 4, first: 0n, last: (1n << 32n) - 1n }, text);
    }
    for (const text of ['::/0', '0000::/0', '0:0:0:0:0:0:0:0/0', 'fd00::/0']) {
      assert.deepEqual(range(text), { family: 6, first: 0n, last: (1n << 128n) - 1n }, text);
    }
  });

  it('drops host bits', () => {
    assert.deepEqual(range('10.0.0.1/8'), range('10.0.0.0/8'));
    assert.deepEqual(range('2001:db8::1/32'), range('2001:db8::/32'));
  });

  it('takes IPv4-mapped blocks for IPv4', () => {
    assert.deepEqual(range('::ffff:10.0.0.0/104'), range('10.0.0.0/8'));
    assert.equal(range('::ffff:0:0/95').family, 6);
  });

  it('refuses what is no CIDR block or has several readings', () => {
    const texts = ['', '/', '10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '10.1/16', '010.0.0.0/8', '256.0.0.0/8', 'a/0'];
    const more = ['10.0.0.0/8/8', '10.0.0.0/-1', '::/129', ':::/0', '1::2::3/64', '1:2:3:4:5:6:7/64', '12345::/16'];
    for (const text of [...texts, ...more, '::10.0.0.0:1/64', '1:2:3:4:5:6:7::8/64', 'fe80::1%eth0/64', ' ::/0']) {
      assert.equal(parseCidr(text), null, text);
    }
  });
});

describe('coversWorld', () => {
  it('sees through splits', () => {
    assert.ok(coversWorld([range('0.0.0.0/1'), range('128.0.0.0/1')]));
    assert.ok(coversWorld([range('128.0.0.0/2'), range('0.0.0.0/1'), range('192.0.0.0/2')]));
    assert.ok(coversWorld([range('2000::/4'), range('3000::/4')]));
    assert.ok(coversWorld([range('::/1'), range('8000::/1')]));
  });

  it('is not fooled by nearly everything', () => {
    assert.ok(!coversWorld([range('0.0.0.0/1'), range('128.0.0.0/2'), range('192.0.0.0/3')]));
    assert.ok(!coversWorld([range('8000::/1')]));
    assert.ok(!coversWorld([]));
  });
});

// A small world: blocks inside one /24 of IPv4, against a set of its addresses.
const smallBlock = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }))
  .map(([host, prefix]) => ({ text: `192.0.2.${host}/${prefix}`, host, prefix }));

function bits({ host, prefix }: { readonly host: number; readonly prefix: number }): ReadonlySet<number> {
  const size = 2 ** (32 - prefix);
  const first = Math.floor(host / size) * size;
  return new Set(Array.from({ length: size }, (_, index) => first + index));
}

describe('ranges against a naive set of bits', () => {
  it('cover exactly what the sets contain', () => {
    fc.assert(
      fc.property(fc.array(smallBlock, { maxLength: 8 }), smallBlock, (blocks, wanted) => {
        const all = new Set(blocks.flatMap((block) => [...bits(block)]));
        const expected = [...bits(wanted)].every((host) => all.has(host));
        assert.equal(
          covers(
            blocks.map(({ text }) => range(text)),
            range(wanted.text),
          ),
          expected,
        );
      }),
    );
  });

  it('unite to the same addresses in disjoint pieces', () => {
    fc.assert(
      fc.property(fc.array(smallBlock, { maxLength: 8 }), (blocks) => {
        const all = new Set(blocks.flatMap((block) => [...bits(block)]));
        const pieces = union(blocks.map(({ text }) => range(text)));
        const hosts = pieces.flatMap(({ first, last }) =>
          Array.from({ length: Number(last - first) + 1 }, (_, index) => Number(first & 0xffn) + index),
        );
        assert.deepEqual(
          hosts,
          [...all].toSorted((left, right) => left - right),
        );
      }),
    );
  });

  it('read IPv6 as its eight groups', () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const text = groups.map((part) => part.toString(16)).join(':');
        const value = groups.reduce((sum, part) => sum * 65_536n + BigInt(part), 0n);
        // 0:0:0:0:0:ffff:x:y is IPv4; the comparison is of the address alone.
        assert.equal(range(`${text}/128`).last & 0xffff_ffffn, value & 0xffff_ffffn);
        if (value >> 32n !== 0xffffn) assert.equal(range(`${text}/128`).first, value);
      }),
    );
  });
});
