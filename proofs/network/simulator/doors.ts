import { describeAddress } from '../describe.ts';
import { both, either, familyOf, inAddresses, not, truth, unless, type Verdict, YES } from '../membership.ts';
import type { Door, Route, Subnet } from '../topology.ts';
import { choicesOf } from './filters.ts';
import { type Branch, hop, type Junction, UNSEEN } from './journey.ts';
import { arriveOutside, inspect, intoVpc, nextHop } from './vpc.ts';
import { takeRoutes } from './tables.ts';

/** H8: out by a door, from the subnet in which the packet is routed, or from a regional NAT gateway. */
export function leaveByDoor(
  junction: Junction,
  branch: Branch,
  { door, from }: { door: Door; from: Subnet | null },
): void {
  const { origin: at, outside } = door;
  const there = junction.exists(branch, door);
  const free = there === null ? null : unblocked(junction, there, { door, from });
  const passed = free === null ? null : byKind(junction, free, door);
  if (passed === null) return;
  arriveOutside(junction, hop(passed, { at, what: `leaves for ${outside.name}` }), {
    outside,
    by: { kind: 'door', door },
  });
}

function unblocked(
  junction: Junction,
  branch: Branch,
  { door, from }: { door: Door; from: Subnet | null },
): Branch | null {
  if (from === null || door.kind === 'vpn' || door.kind === 'local') return branch;
  const reason = `VPC Block Public Access stops what leaves ${from.origin.name}`;
  return junction.pass(branch, not(truth(from.blocksEgress)), { at: door.origin, reason });
}

function byKind(junction: Junction, branch: Branch, door: Door): Branch | null {
  const { origin: at, outside } = door;
  const { source, destination } = branch.packet;
  const isIpv4 = familyOf(destination) === 4;
  const beyond = (from: Branch, addresses = outside.addresses): Branch | null =>
    junction.pass(from, inAddresses(destination, addresses), {
      at,
      reason: `does not lead to ${describeAddress(destination)}`,
    });
  switch (door.kind) {
    case 'internet': {
      const reason = `${describeAddress(source)} has no public address`;
      const verdict = isIpv4 ? hasPublicAddress(junction, { door, side: 'source' }, branch) : YES;
      const known = junction.pass(branch, verdict, { at, reason });
      return known === null ? null : beyond(known);
    }
    case 'egress-only':
      if (junction.terms.reply !== null) junction.end(branch, { at, reason: UNSEEN });
      else if (isIpv4) junction.end(branch, { at, reason: 'carries IPv6 alone' });
      else return beyond(branch);
      return null;
    case 'carrier':
      return beyond(branch);
    case 'vpn':
      if (isIpv4) return beyond(branch, door.forwards);
      junction.end(branch, { at, reason: 'carries IPv4 alone' });
      return null;
    case 'local':
      return beyond(branch, door.forwards);
  }
}

/** An Internet gateway translates for those alone that have a public address; by itself a NAT gateway only sends. */
function hasPublicAddress(
  junction: Junction,
  { door, side }: { door: Door; side: 'source' | 'destination' },
  { packet }: Branch,
): Verdict {
  const address = packet[side];
  const isAwaited = junction.terms.reply !== null && junction.terms.reply.nat !== null;
  return either(
    junction.parts
      .publicOf(door.vpc)
      .at(address)
      .filter(({ isNat }) => side === 'source' || !isNat || isAwaited)
      .map(({ addresses, isPublic, doubts }) => both(inAddresses(address, addresses), truth(isPublic), unless(doubts))),
  );
}

/** H9: in by a door, to its tables or to the local route. */
export function enterByDoor(junction: Junction, branch: Branch, door: Door): void {
  const { origin: at, outside, vpc } = door;
  const { source } = branch.packet;
  const reason = `${describeAddress(source)} is no address of ${outside.name}`;
  const own = junction.pass(branch, inAddresses(source, outside.addresses), { at, reason });
  const there = own === null ? null : junction.exists(own, door);
  const passed = there === null ? null : letInByKind(junction, there, door);
  if (passed === null) return;
  const entered = hop(passed, { at, what: `lets it in from ${outside.name}` });
  const nat = junction.terms.reply?.nat ?? null;
  if (nat !== null && nat.subnet === null && nat.vpc === vpc) {
    const back = junction.when(entered, inAddresses(entered.packet.destination, nat.addresses));
    if (back !== null) junction.go({ kind: 'returned', nat, packet: back.packet }, back);
  }
  const tables = choicesOf(door.tables);
  for (const { item: table, holds } of tables) {
    const used = junction.pass(entered, holds, { at: table.origin, reason: 'is another table' });
    if (used !== null)
      takeRoutes(junction, used, { table, at, to: (route, next) => follow(junction, next, { route, door }) });
  }
  // Without a table that is associated for certain, the local route alone may decide.
  const [only] = tables;
  const isLocal = only === undefined ? YES : tables.length > 1 ? not(YES) : not(only.holds);
  const local = junction.when(entered, isLocal);
  if (local !== null) intoVpc(junction, local, { vpc, from: null });
}

/** What an edge table may lead to. */
function follow(junction: Junction, branch: Branch, { route, door }: { route: Route; door: Door }): void {
  const { target } = route;
  const { origin: at, vpc } = door;
  const from = null;
  if (target.kind === 'local') intoVpc(junction, branch, { vpc, from });
  else if (target.kind === 'interface') nextHop(junction, branch, { own: target.interface, from });
  else if (target.kind !== 'inspection') junction.end(branch, { at, reason: 'cannot send it there', by: route.origin });
  else if (door.kind === 'vpn' && target.inspection.kind === 'gateway-load-balancer')
    junction.end(branch, { at, reason: 'cannot send to an endpoint of a gateway load balancer', by: route.origin });
  else inspect(junction, branch, { inspection: target.inspection, from });
}

function letInByKind(junction: Junction, branch: Branch, door: Door): Branch | null {
  const { origin: at, vpc } = door;
  const { destination } = branch.packet;
  const { reply } = junction.terms;
  const isIpv4 = familyOf(destination) === 4;
  if (door.kind === 'egress-only' && reply === null) {
    junction.end(branch, { at, reason: 'lets nothing in' });
    return null;
  }
  if (door.kind === 'vpn' && !isIpv4) {
    junction.end(branch, { at, reason: 'carries IPv4 alone' });
    return null;
  }
  const name = describeAddress(destination);
  if (door.kind !== 'internet' || !isIpv4) {
    const reason = `${name} is no address of ${vpc.origin.name}`;
    const within = junction.pass(branch, inAddresses(destination, vpc.addresses), { at, reason });
    return within === null || door.kind !== 'internet' ? within : unblockedIn(junction, within, door);
  }
  const verdict = hasPublicAddress(junction, { door, side: 'destination' }, branch);
  const known = junction.pass(branch, verdict, { at, reason: `${name} has no public address` });
  return known === null ? null : unblockedIn(junction, known, door);
}

/** Block Public Access lets in what a NAT gateway waits for. */
function unblockedIn(junction: Junction, branch: Branch, { origin: at, vpc }: Door): Branch | null {
  const { reply } = junction.terms;
  if (reply !== null && reply.nat !== null) return branch;
  const { destination } = branch.packet;
  const blocked = junction.parts
    .subnetsOf(vpc)
    .at(destination)
    .map(({ addresses, blocksIngress, doubts }) =>
      both(inAddresses(destination, addresses), truth(blocksIngress), unless(doubts)),
    );
  const reason = `VPC Block Public Access stops what comes in to ${describeAddress(destination)}`;
  return junction.pass(branch, not(either(blocked)), { at, reason });
}
