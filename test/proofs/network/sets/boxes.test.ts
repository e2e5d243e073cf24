import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  and,
  type Bits,
  contains,
  fill,
  minus,
  or,
  overlaps,
  runs,
  span,
} from '../../../../proofs/network/sets/bits.ts';
import { type Box, encloses, meet, PacketSet, sameBoxes } from '../../../../proofs/network/sets/boxes.ts';

/** Four words: those in the middle may be full, or empty. */
const SIZE = 100;

function bitsOf(atoms: Iterable<number>): Bits {
  const bits = new Uint32Array((SIZE + 31) >>> 5);
  for (const atom of atoms) fill(bits, atom, atom + 1);
  return bits;
}

function atomsOf(bits: Bits | null): readonly number[] {
  return bits === null
    ? []
    : runs(bits, SIZE).flatMap(([first, end]) => Array.from({ length: end - first }, (_, index) => first + index));
}

const atoms = fc.uniqueArray(fc.nat(SIZE - 1)).map((list) => list.toSorted((a, b) => a - b));

describe('bits', () => {
  it('agree with sets of numbers', () => {
    fc.assert(
      fc.property(atoms, atoms, (left, right) => {
        const [a, b] = [bitsOf(left), bitsOf(right)];
        expect(atomsOf(and(a, b))).toEqual(left.filter((atom) => right.includes(atom)));
        expect(atomsOf(minus(a, b))).toEqual(left.filter((atom) => !right.includes(atom)));
        expect(atomsOf(or(a, b))).toEqual([...new Set([...left, ...right])].toSorted((x, y) => x - y));
        expect(contains(a, b)).toBe(right.every((atom) => left.includes(atom)));
        expect(overlaps(a, b) && left.length > 0).toBe(right.some((atom) => left.includes(atom)));
      }),
    );
  });

  it('fill spans across words', () => {
    fc.assert(
      fc.property(fc.nat(SIZE), fc.nat(SIZE), (first, end) => {
        const wanted = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
        expect(atomsOf(span(SIZE, first, end))).toEqual(wanted);
      }),
    );
  });
});

const side = fc.uniqueArray(fc.nat(3), { minLength: 1 }).map(bitsOf);
const box: fc.Arbitrary<Box> = fc.record({
  family: fc.constantFrom(4, 6),
  source: side,
  destination: side,
  services: side,
});

/** Every packet of boxes, as text. */
function packetsOf(boxes: readonly Box[]): ReadonlySet<string> {
  const packets = new Set<string>();
  for (const { family, source, destination, services } of boxes) {
    for (const from of atomsOf(source)) {
      for (const to of atomsOf(destination))
        for (const service of atomsOf(services)) packets.add(`${family} ${from} ${to} ${service}`);
    }
  }
  return packets;
}

describe('sets of packets', () => {
  it('hold exactly what was added, in whatever boxes', () => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 12 }), (boxes) => {
        const set = new PacketSet();
        for (const [index, added] of boxes.entries()) {
          const before = packetsOf(boxes.slice(0, index));
          const isNew = [...packetsOf([added])].some((packet) => !before.has(packet));
          expect(set.add(added) || !isNew).toBe(true);
        }
        expect(packetsOf(set.boxes)).toEqual(packetsOf(boxes));
        expect(boxes.every((added) => set.boxes.length > 1 || set.includes(added))).toBe(true);
      }),
    );
  });

  it('are within the boxes around them', () => {
    fc.assert(
      fc.property(fc.array(box, { minLength: 1, maxLength: 8 }), (boxes) => {
        const set = new PacketSet();
        for (const added of boxes) set.add(added);
        set.enclose();
        expect(set.boxes.length).toBeLessThanOrEqual(2);
        expect(boxes.every((added) => set.includes(added))).toBe(true);
      }),
    );
  });

  it('meet in what both hold', () => {
    fc.assert(
      fc.property(box, box, (left, right) => {
        const met = meet(left, right);
        const both = [...packetsOf([left])].filter((packet) => packetsOf([right]).has(packet));
        expect(packetsOf(met === null ? [] : [met])).toEqual(new Set(both));
        expect(encloses(left, right)).toBe(both.length === packetsOf([right]).size);
      }),
    );
  });

  it('are the same when all of their boxes are, in their order', () => {
    const copyOf = ({ family, source, destination, services }: Box): Box => {
      return { family, source: source.slice(), destination: destination.slice(), services: services.slice() };
    };
    fc.assert(
      fc.property(fc.array(box, { maxLength: 3 }), fc.array(box, { maxLength: 3 }), (left, right) => {
        expect(sameBoxes(left, left.map(copyOf))).toBe(true);
        const [first, second] = [left, right].map((boxes) =>
          boxes.map((own) => [...packetsOf([own])].toSorted().join()),
        );
        expect(sameBoxes(left, right)).toBe(JSON.stringify(first) === JSON.stringify(second));
      }),
    );
  });
});
