import type { AddressRange } from '../../../model/aws/cidr.ts';
import type { Resource } from '../../../model/resource.ts';
import { unknown, type Value } from '../../../model/value.ts';
import type { Addresses, Doubts, Interface, Relay, Services, Unknown } from '../topology.ts';
import { joinAddresses } from './addresses.ts';
import { CERTAIN, type Compilation, EVERY_SERVICE, originOf } from './compilation.ts';
import { groupsOf } from './group-choices.ts';
import { interfaceIn } from './interface-parts.ts';
import { bothDoubts, doubtsOf, subnetChoices } from './reading.ts';
import { serviceRange } from './services.ts';

const LAST_PORT = 65_535;

export const EVERY_TCP: Services = serviceRange(6, 0, LAST_PORT);

/**
 * The interfaces of something that AWS puts into subnets: those that the hosts have made of it, else one for each subnet.
 * Where the input hides a subnet, what it belongs to becomes unmodelled.
 */
export function serviceInterfaces(
  c: Compilation,
  owner: Resource,
  subnets: Value,
  groups: Value,
): readonly Interface[] {
  const known = c.interfacesOf.get(owner);
  if (known !== undefined) return known;
  const { items, open } = subnetChoices(c, subnets);
  if (open.length > 0) {
    c.unmodelled.push({ resource: owner, reason: 'opens connections from a subnet that the input does not show' });
  }
  return items.map((subnet) => interfaceIn(c, { owner, subnet, groups: groupsOf(c, groups, subnet.item.vpc) }));
}

/** Adds a relay that exists as its resource does. One that comes from or leads to nowhere is none. */
export function addRelay(
  c: Compilation,
  resource: Resource,
  parts: Pick<Relay, 'kind' | 'from' | 'to' | 'owner'> & { readonly doubts?: Doubts },
): void {
  if (parts.from.length === 0 || parts.to.length === 0) return;
  c.relays.push({
    origin: originOf(resource),
    ...parts,
    doubts: bothDoubts(doubtsOf(resource), parts.doubts ?? CERTAIN),
  });
}

/** The addresses of everything that belongs to a resource; any when nothing of it is seen. */
export function addressesOfOwner(c: Compilation, owner: Resource): Addresses {
  const interfaces = c.interfacesOf.get(owner) ?? [];
  if (interfaces.length > 0) return joinAddresses(interfaces.map(({ addresses }) => addresses));
  return {
    ranges: [],
    unknowns: [],
    doubts: [unknown('missing-object', owner.address, 'has addresses that are not seen')],
  };
}

/** One service, or several together; every service where none is given. */
export function joinServices(sets: readonly Services[]): Services {
  if (sets.length === 0) return EVERY_SERVICE;
  return { ranges: sets.flatMap(({ ranges }) => ranges), doubts: sets.flatMap(({ doubts }) => doubts) };
}

/** The addresses that both sets have. Where unknown blocks make that hard to say, they may. */
export function intersect(left: Addresses, right: Addresses): Addresses {
  const ranges: AddressRange[] = [];
  for (const one of left.ranges) {
    for (const other of right.ranges) {
      const common = overlap(one, other);
      if (common !== null) ranges.push(common);
    }
  }
  const unknowns = new Set<Unknown>();
  for (const [own, others] of [
    [left, right],
    [right, left],
  ] as const) {
    for (const item of own.unknowns) if (others.unknowns.includes(item) || liesIn(item, others)) unknowns.add(item);
  }
  return { ranges, unknowns: [...unknowns], doubts: bothDoubts(left.doubts, right.doubts) };
}

function liesIn({ within }: Unknown, { ranges }: Addresses): boolean {
  return ranges.some((range) => overlap(range, within) !== null);
}

function overlap(left: AddressRange, right: AddressRange): AddressRange | null {
  if (left.family !== right.family) return null;
  const first = left.first > right.first ? left.first : right.first;
  const last = left.last < right.last ? left.last : right.last;
  return first > last ? null : { family: left.family, first, last };
}
