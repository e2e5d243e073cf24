import type { AddressRange } from '../../../model/aws/cidr.ts';
import type { Hidden } from '../../../model/value.ts';
import type { Addresses, Interface, SecurityRule, Services } from '../topology.ts';
import { EVERY_SERVICE } from './compilation.ts';

/**
 * The services that the security groups of an interface let in from some of the addresses: for what a service of AWS
 * brings to it past routes and lists, but not past its groups.
 */
export function admittedBy(own: Pick<Interface, 'allowsAll' | 'groups'>, from: Addresses): Services {
  if (own.allowsAll) return EVERY_SERVICE;
  const ranges: Services['ranges'][number][] = [];
  const doubts: Hidden[] = [];
  for (const { item, doubts: choice } of own.groups) {
    doubts.push(...item.open);
    for (const rule of item.ingress) {
      const unsure = [...choice, ...item.doubts, ...rule.doubts, ...rule.services.doubts, ...peerDoubts(rule, from)];
      if (unsure.length > 0) doubts.push(...unsure);
      else if (admits(rule, from)) ranges.push(...rule.services.ranges);
    }
  }
  return { ranges, doubts };
}

function admits({ peer }: SecurityRule, from: Addresses): boolean {
  if (peer.kind === 'group') return false;
  const { ranges, unknowns } = peer.addresses;
  return (
    ranges.some((range) => from.ranges.some((other) => overlaps(range, other))) ||
    unknowns.some((unknown) => from.unknowns.includes(unknown))
  );
}

function peerDoubts({ peer }: SecurityRule, from: Addresses): readonly Hidden[] {
  if (peer.kind === 'group') return [];
  return [...peer.addresses.doubts, ...from.doubts];
}

function overlaps(left: AddressRange, right: AddressRange): boolean {
  return left.family === right.family && left.first <= right.last && right.first <= left.last;
}
