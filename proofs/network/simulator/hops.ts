import { describeAddress } from '../describe.ts';
import { either, inAddresses, NO, truth, YES } from '../membership.ts';
import type { Packet, Place } from '../question.ts';
import type { Interface, Managed, Outside, Peering, Route, Subnet, Vpc } from '../topology.ts';
import { enterByDoor, leaveByDoor } from './doors.ts';
import { choicesOf, filterByAcl } from './filters.ts';
import { type Branch, hop, Junction, type Position, type Terms, type Way, withEvent } from './journey.ts';
import { sendTranslated, translate } from './nat.ts';
import { enterRelays, handBack, handOver, leaveRelay, send } from './relays.ts';
import { takeRoutes, hide } from './tables.ts';
import { enterByAttachment, enterTransit, routeTransit } from './transit.ts';
import { arriveOutside, byGroups, deliver, inspect, intoVpc, nextHop } from './vpc.ts';

/** The first steps of a packet from a place. */
export function start(terms: Terms, place: Place, packet: Packet): Junction {
  const junction = new Junction(terms);
  const branch = withEvent(branchOf(packet), { kind: 'sent', from: place, packet });
  switch (place.kind) {
    case 'subnet':
      sendFromSubnet(junction, branch, place.subnet);
      break;
    case 'interface':
      sendFromInterface(junction, branch, place.interface);
      break;
    case 'outside':
      sendFromOutside(junction, branch, place.outside);
      break;
    case 'managed':
      sendFromManaged(junction, branch, place.managed);
      break;
  }
  return junction;
}

/** Where a reply starts: in the subnet of what answers, or where it comes in again. */
export type Answering =
  | { readonly kind: 'subnet'; readonly subnet: Subnet }
  | { readonly kind: 'vpc'; readonly vpc: Vpc }
  | Exclude<Way, { readonly kind: 'route' }>;

/** The first steps of a reply. */
export function startReply(terms: Terms, at: Answering, packet: Packet): Junction {
  const junction = new Junction(terms);
  const branch = branchOf(packet);
  switch (at.kind) {
    case 'subnet':
      junction.go({ kind: 'leaving', subnet: at.subnet, packet }, branch);
      break;
    case 'vpc':
      intoVpc(junction, branch, { vpc: at.vpc, from: null });
      break;
    case 'door':
      enterByDoor(junction, branch, at.door);
      break;
    case 'attachment':
      enterByAttachment(junction, branch, at.attachment);
      break;
    case 'peering':
      enterByPeering(junction, branch, at.peering);
      break;
  }
  return junction;
}

/** The first steps of a reply to a client whose address a balancer kept: AWS gives it back to the balancer, past any route. */
export function startHandingBack(
  terms: Terms,
  packet: Packet,
  ends: { readonly from: Subnet; readonly to: Interface },
): Junction {
  const junction = new Junction(terms);
  handBack(junction, branchOf(packet), ends);
  return junction;
}

/** What becomes of a packet at a position. */
export function follow(terms: Terms, position: Position, branch: Branch): Junction {
  const junction = new Junction(terms);
  switch (position.kind) {
    case 'leaving':
      leave(junction, branch, position.subnet);
      break;
    case 'inside':
      deliver(junction, branch, position.subnet);
      break;
    case 'transit':
      routeTransit(junction, branch, position);
      break;
    case 'translated':
      sendTranslated(junction, branch, position.nat);
      break;
    case 'relayed':
      leaveRelay(junction, branch, position.relay);
      break;
    case 'opened':
      send(junction, branch, position.interface);
      break;
    case 'handed':
      handOver(junction, branch, position.interface);
      break;
    case 'arrived':
    case 'returned':
    case 'anywhere':
      break;
  }
  return junction;
}

function branchOf(packet: Packet): Branch {
  return { packet, hops: [], events: [], doubts: [], passed: 0, path: [] };
}

function sendFromSubnet(junction: Junction, branch: Branch, subnet: Subnet): void {
  const { packet } = branch;
  const { origin: at, addresses } = subnet;
  const there = junction.exists(branch, subnet);
  if (there === null) return;
  enterFromHost(junction, there, subnet.vpc);
  const reason = `${describeAddress(packet.source)} is no address of ${at.name}`;
  const own = junction.pass(there, inAddresses(packet.source, addresses), { at, reason });
  if (own !== null) junction.go({ kind: 'leaving', subnet, packet }, own);
}

function sendFromInterface(junction: Junction, branch: Branch, own: Interface): void {
  const { packet } = branch;
  const { origin: at, subnet, addresses, forwards } = own;
  const there = junction.exists(branch, own);
  if (there === null) return;
  enterFromHost(junction, there, subnet.vpc);
  const verdict = either([inAddresses(packet.source, addresses), truth(forwards)]);
  const sent = junction.pass(there, verdict, { at, reason: 'source is not its address (source/destination check)' });
  const passed = sent === null ? null : byGroups(junction, sent, { own, direction: 'egress' });
  if (passed !== null) junction.go({ kind: 'leaving', subnet, packet }, passed);
}

/** H12: what any host of a VPC reaches whatever its routes and groups. */
function enterFromHost(junction: Junction, branch: Branch, vpc: Vpc): void {
  if (junction.parts.entriesAt(vpc).length === 0) return;
  const there = junction.exists(branch, vpc);
  if (there !== null) enterRelays(junction, there, vpc);
}

function sendFromOutside(junction: Junction, branch: Branch, outside: Outside): void {
  const { parts } = junction;
  for (const door of parts.doorsOf(outside)) enterByDoor(junction, branch, door);
  for (const attachment of parts.arrivalsFrom(outside)) enterByAttachment(junction, branch, attachment);
  for (const peering of parts.peeringsOf(outside)) enterByPeering(junction, branch, peering);
  enterRelays(junction, branch, outside);
  for (const managed of parts.managedBehind(outside)) {
    const there = junction.exists(branch, managed);
    if (there === null) continue;
    const called = hop(there, { at: managed.origin, what: `is called from ${outside.name}` });
    junction.go({ kind: 'arrived', place: { kind: 'managed', managed }, packet: branch.packet }, called);
  }
}

/** H13. */
function sendFromManaged(junction: Junction, branch: Branch, managed: Managed): void {
  const { origin: at, directions, outside } = managed;
  const verdict = directions.includes('out') ? YES : NO;
  const there = junction.exists(branch, managed);
  const sent = there === null ? null : junction.pass(there, verdict, { at, reason: `cannot call ${outside.name}` });
  if (sent === null) return;
  const { packet } = branch;
  const called = hop(sent, { at, what: `calls ${outside.name}` });
  junction.go({ kind: 'arrived', place: { kind: 'outside', outside }, packet }, called);
}

/** H1: what leaves something in a subnet stays in it, or passes its list and its table. */
function leave(junction: Junction, branch: Branch, subnet: Subnet): void {
  const { packet } = branch;
  const { origin: at } = subnet;
  const there = junction.exists(branch, subnet);
  if (there === null) return;
  const { yes, no } = junction.split(there, inAddresses(packet.destination, subnet.addresses), at);
  if (yes !== null) {
    const what = `delivers to ${describeAddress(packet.destination)}`;
    junction.go({ kind: 'inside', subnet, packet }, hop(yes, { at, what }));
  }
  const passed = no === null ? null : junction.filter(no, filterByAcl(subnet, packet, 'egress'), at);
  if (passed === null) return;
  if (subnet.tables.length === 0) junction.end(passed, { at, reason: 'has no route table' });
  for (const { item: table, holds } of choicesOf(subnet.tables)) {
    const used = junction.pass(passed, holds, { at: table.origin, reason: 'is another table' });
    if (used !== null) {
      takeRoutes(junction, used, { table, at, to: (route, next) => take(junction, next, { route, from: subnet }) });
    }
  }
}

/** H3 to H8, H10 and H11: to the target of a route. */
function take(
  junction: Junction,
  branch: Branch,
  { route, from }: { readonly route: Route; readonly from: Subnet },
): void {
  const { target } = route;
  switch (target.kind) {
    case 'local':
      return intoVpc(junction, branch, { vpc: from.vpc, from });
    case 'door':
      return leaveByDoor(junction, branch, { door: target.door, from });
    case 'nat':
      return translate(junction, branch, { nat: target.nat, from });
    case 'interface':
      return nextHop(junction, branch, { own: target.interface, from });
    case 'inspection':
      return inspect(junction, branch, { inspection: target.inspection, from });
    case 'transit':
      return enterTransit(junction, branch, { gateway: target.gateway, from });
    case 'peering':
      return leaveByPeering(junction, branch, { peering: target.peering, from });
    case 'outside':
      return arriveOutside(junction, branch, { outside: target.outside, by: { kind: 'route', subnet: from } });
    case 'hidden':
      return hide(junction, branch, { origin: route.origin, doubts: target.doubts });
    case 'blackhole':
      return junction.end(branch, { at: from.origin, reason: 'leads nowhere', by: route.origin });
  }
}

/** H11: to the other VPC's own addresses and nowhere else. */
function leaveByPeering(
  junction: Junction,
  branch: Branch,
  { peering, from }: { readonly peering: Peering; readonly from: Subnet },
): void {
  const { origin: at, sides } = peering;
  const { destination } = branch.packet;
  const there = junction.exists(branch, peering);
  if (there === null) return;
  const other = sides[0] === from.vpc ? sides[1] : sides[1] === from.vpc ? sides[0] : null;
  if (other === null) {
    junction.end(there, { at, reason: `does not connect ${from.vpc.origin.name}` });
    return;
  }
  const name = isOutside(other) ? other.name : other.origin.name;
  const reason = `${describeAddress(destination)} is no address of ${name}`;
  const own = junction.pass(there, inAddresses(destination, other.addresses), { at, reason });
  if (own === null) return;
  const passed = hop(own, { at, what: `leads to ${name}` });
  if (isOutside(other)) arriveOutside(junction, passed, { outside: other, by: { kind: 'peering', peering } });
  else intoVpc(junction, passed, { vpc: other, from: null });
}

/** H11: from an outside side into the VPC on the other one. */
function enterByPeering(junction: Junction, branch: Branch, peering: Peering): void {
  const { origin: at, sides } = peering;
  const { source, destination } = branch.packet;
  for (const [outside, vpc] of [sides, [sides[1], sides[0]]] as const) {
    if (!isOutside(outside) || isOutside(vpc)) continue;
    const there = junction.exists(branch, peering);
    const foreign = `${describeAddress(source)} is no address of ${outside.name}`;
    const sent =
      there === null ? null : junction.pass(there, inAddresses(source, outside.addresses), { at, reason: foreign });
    const reason = `${describeAddress(destination)} is no address of ${vpc.origin.name}`;
    const own = sent === null ? null : junction.pass(sent, inAddresses(destination, vpc.addresses), { at, reason });
    if (own !== null) intoVpc(junction, hop(own, { at, what: `leads to ${vpc.origin.name}` }), { vpc, from: null });
  }
}

function isOutside(side: Vpc | Outside): side is Outside {
  return 'kind' in side;
}
