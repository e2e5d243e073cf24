import { describeAddress } from '../describe.ts';
import { both, inAddresses, truth, unless } from '../membership.ts';
import type { Inspection, Interface, Outside, Subnet, Vpc } from '../topology.ts';
import { type Direction, filterByAcl, filterByGroups } from './filters.ts';
import { type Branch, hop, type Junction, type Way, withEvent } from './journey.ts';
import { enterRelays } from './relays.ts';

/** By the list of a subnet, unless the packet is in it already. */
export function letIn(
  junction: Junction,
  branch: Branch,
  { to, from }: { to: Subnet; from: Subnet | null },
): Branch | null {
  if (to === from) return branch;
  return junction.filter(branch, filterByAcl(to, branch.packet, 'ingress'), to.origin);
}

/** By the groups of an interface, which let replies pass by their state. */
export function byGroups(
  junction: Junction,
  branch: Branch,
  { own, direction }: { own: Interface; direction: Direction },
): Branch | null {
  if (junction.terms.reply !== null) return branch;
  const { parts } = junction;
  const side = { direction, parts, voucher: voucherOf(junction, branch) };
  return junction.filter(branch, filterByGroups(own, branch.packet, side), own.origin);
}

/** The balancer that has sent a packet on as its client wrote it: known where ways are told apart. */
function voucherOf({ terms }: Junction, { events }: Branch): Interface | null {
  if (!terms.remembers) return null;
  const last = events.findLast(({ kind }) => kind === 'opened' || kind === 'translated');
  if (last?.kind !== 'opened' || !last.keepsSource || last.relay.kind !== 'load-balancer') return null;
  return last.exit.kind === 'interface' ? last.exit.interface : null;
}

/** H3: from the router of a VPC into the subnet of the destination. */
export function intoVpc(junction: Junction, branch: Branch, { vpc, from }: { vpc: Vpc; from: Subnet | null }): void {
  const { destination } = branch.packet;
  const there = junction.exists(branch, vpc);
  if (there === null) return;
  const subnets = junction.parts
    .subnetsOf(vpc)
    .at(destination)
    .filter((subnet) => subnet !== from);
  if (subnets.length === 0) {
    junction.end(there, {
      at: vpc.origin,
      reason: `no subnet of ${vpc.origin.name} has ${describeAddress(destination)}`,
    });
  }
  for (const subnet of subnets) {
    const at = subnet.origin;
    const verdict = both(inAddresses(destination, subnet.addresses), unless(subnet.doubts));
    const near = junction.pass(there, verdict, { at, reason: 'is another subnet' });
    const passed = near === null ? null : letIn(junction, near, { to: subnet, from });
    if (passed !== null) {
      const what = `delivers to ${describeAddress(destination)}`;
      junction.go({ kind: 'inside', subnet, packet: passed.packet }, hop(passed, { at, what }));
    }
  }
}

/** H4: in the subnet of its destination, to those that have the address. */
export function deliver(junction: Junction, branch: Branch, subnet: Subnet): void {
  const { packet } = branch;
  const { destination } = packet;
  const { reply } = junction.terms;
  const there = junction.exists(branch, subnet);
  if (there === null) return;
  junction.go({ kind: 'arrived', place: { kind: 'subnet', subnet }, packet }, there);
  const nat = reply?.nat ?? null;
  if (nat !== null && nat.subnet === subnet) {
    const back = junction.when(there, inAddresses(destination, nat.addresses));
    if (back !== null) junction.go({ kind: 'returned', nat, packet }, back);
  }
  const hosts = junction.parts.hostsOf(subnet).at(destination);
  if (hosts.length === 0) {
    const reason = `no interface in ${subnet.origin.name} has ${describeAddress(destination)}`;
    junction.end(there, { at: subnet.origin, reason });
  }
  for (const own of hosts) {
    const verdict = both(inAddresses(destination, own.addresses), unless(own.doubts));
    const near = junction.pass(there, verdict, { at: own.origin, reason: 'has another address' });
    const passed = near === null ? null : byGroups(junction, near, { own, direction: 'ingress' });
    if (passed === null) continue;
    junction.go({ kind: 'arrived', place: { kind: 'interface', interface: own }, packet }, passed);
    enterRelays(junction, passed, own);
  }
}

/** H5: an interface that a route names takes what is its own, and forwards the rest if its source/destination check is off. */
export function nextHop(
  junction: Junction,
  branch: Branch,
  { own, from }: { own: Interface; from: Subnet | null },
): void {
  const { origin: at, subnet } = own;
  const near = letIn(junction, branch, { to: subnet, from });
  const there = near === null ? null : junction.exists(near, own);
  const taken = there === null ? null : byGroups(junction, there, { own, direction: 'ingress' });
  if (taken === null) return;
  const { packet } = taken;
  const { yes, no } = junction.split(taken, inAddresses(packet.destination, own.addresses), at);
  if (yes !== null) junction.go({ kind: 'inside', subnet, packet }, yes);
  if (no === null) return;
  const reason = 'does not forward what is not its own (source/destination check)';
  const forwarding = junction.pass(no, truth(own.forwards), { at, reason });
  const left = forwarding === null ? null : junction.stays(forwarding, own);
  const seen = left === null ? null : junction.through(left, own);
  const passed = seen === null ? null : byGroups(junction, seen, { own, direction: 'egress' });
  if (passed !== null) junction.go({ kind: 'leaving', subnet, packet }, hop(passed, { at, what: 'forwards it' }));
}

/** H6: an endpoint of a firewall, at which packets come back as they are. */
export function inspect(
  junction: Junction,
  branch: Branch,
  { inspection, from }: { inspection: Inspection; from: Subnet | null },
): void {
  const { origin: at, subnet } = inspection;
  if (subnet === null) {
    junction.end(branch, { at, reason: 'is attached to a transit gateway and has no endpoint in the VPC' });
    return;
  }
  const near = letIn(junction, branch, { to: subnet, from });
  const passed = near === null ? null : inspected(junction, near, inspection);
  if (passed !== null) junction.go({ kind: 'leaving', subnet, packet: passed.packet }, passed);
}

/** The branch past a firewall that is still there. */
export function inspected(junction: Junction, branch: Branch, inspection: Inspection): Branch | null {
  const there = junction.exists(branch, inspection);
  const left = there === null ? null : junction.stays(there, inspection);
  const seen = left === null ? null : junction.through(left, inspection);
  return seen === null ? null : hop(seen, { at: inspection.origin, what: 'inspects it and sends it on' });
}

/** H14: the end of a way beyond the network. */
export function arriveOutside(
  junction: Junction,
  branch: Branch,
  { outside, by }: { outside: Outside; by: Way },
): void {
  const { packet } = branch;
  const left = withEvent(branch, { kind: 'left', by, packet });
  junction.go({ kind: 'arrived', place: { kind: 'outside', outside }, packet }, left);
}
