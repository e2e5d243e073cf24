import { describeRange, describeService } from './describe.ts';
import type { PacketExtent } from './question.ts';
import type { Family } from './sets/address-atoms.ts';
import { type Bits, join, runs } from './sets/bits.ts';
import type { Box } from './sets/boxes.ts';
import type { Space } from './sets/space.ts';

/** What some packets are from, to and of, as text that does not depend on how the engine numbers addresses. */
export function extentOf(space: Space, boxes: readonly Box[]): PacketExtent {
  return {
    sources: addressesIn(space, boxes, 'source'),
    destinations: addressesIn(space, boxes, 'destination'),
    services: servicesIn(space, boxes),
  };
}

function addressesIn(space: Space, boxes: readonly Box[], side: 'source' | 'destination'): readonly string[] {
  const found = space.families.flatMap((family) => addressesOfFamily(space, family, boxes, side));
  // As long as it is: thousands of extents are kept.
  return found.slice();
}

/** Addresses that only AWS knows are left out: which of them are told apart, other parts of the network decide. */
function addressesOfFamily(
  space: Space,
  family: Family,
  boxes: readonly Box[],
  side: 'source' | 'destination',
): readonly string[] {
  const atoms = space.addresses(family);
  let all: Bits | null = null;
  for (const box of boxes) if (box.family === family) all = join(all, box[side]);
  if (all === null) return [];
  return runs(all, atoms.numbers).map(([first, end]) =>
    first === 0 && end === atoms.numbers
      ? `any IPv${family}`
      : describeRange({ family, first: atoms.range(first).first, last: atoms.range(end - 1).last }),
  );
}

function servicesIn({ services: atoms }: Space, boxes: readonly Box[]): readonly string[] {
  let all: Bits | null = null;
  for (const { services } of boxes) all = join(all, services);
  if (all === null) return [];
  return runs(all, atoms.size).map(([first, end]) => {
    if (first === 0 && end === atoms.size) return 'any';
    const [low, high] = [atoms.range(first).first, atoms.range(end - 1).last];
    return low === high ? describeService(low) : `${describeService(low)} to ${describeService(high)}`;
  });
}
