import {
  both,
  either,
  familyOf,
  HANDED_SOURCE,
  inAddresses,
  inServices,
  NO,
  not,
  truth,
  unless,
  type Verdict,
  YES,
} from '../membership.ts';
import type { Address, Packet } from '../question.ts';
import type { Interface, Outside, Relay, RelayExit, Subnet, Vpc } from '../topology.ts';
import { filterByAcl, filterByGroups } from './filters.ts';
import { type Branch, hop, type Junction, type Step, withEvent } from './journey.ts';
import type { Parts } from './parts.ts';
import { ANYWHERE, type Sample, type Samples, samplesOf } from './samples.ts';

/** H12: into the relays that take connections at a place. */
export function enterRelays(junction: Junction, branch: Branch, place: Interface | Outside | Vpc): void {
  // A reply goes back by the state of the relay.
  if (junction.terms.reply !== null) return;
  for (const { relay, entry } of junction.parts.entriesAt(place)) {
    const there = junction.exists(branch, relay);
    const left = there === null ? null : junction.stays(there, relay);
    const verdict = inServices(branch.packet.service, entry.services);
    const taken =
      left === null ? null : junction.pass(left, verdict, { at: relay.origin, reason: 'does not listen for it' });
    if (taken === null) continue;
    const { packet } = taken;
    const seen = withEvent(taken, { kind: 'relayed', relay, entry, before: packet });
    junction.go({ kind: 'relayed', relay, packet }, hop(seen, { at: relay.origin, what: 'takes the connection' }));
  }
}

/** H12: out of a relay, as packets of its own or with the client's source. Any that an exit may send may be the one. */
export function leaveRelay(junction: Junction, branch: Branch, relay: Relay): void {
  junction.more = exits(junction, branch, relay);
}

function* exits(junction: Junction, branch: Branch, relay: Relay): Generator<Step> {
  for (const exit of relay.to) {
    if (exit.kind === 'outside') {
      for (const packet of packetsBeyond(junction, branch.packet)) {
        const place = { kind: 'outside', outside: exit.outside } as const;
        const opened = withEvent(
          { ...branch, packet },
          { kind: 'opened', relay, exit, after: packet, keepsSource: false },
        );
        yield { position: { kind: 'arrived', place, packet }, branch: opened };
      }
      continue;
    }
    for (const { packet, verdict, keepsSource } of packetsOf(junction, { before: branch.packet, exit })) {
      const chosen = junction.when({ ...branch, packet }, verdict);
      if (chosen === null) continue;
      if (exit.kind === 'interface' && !junction.terms.leads(exit.interface.subnet, packet)) continue;
      const opened = withEvent(chosen, { kind: 'opened', relay, exit, after: packet, keepsSource });
      const kind = exit.kind === 'delivery' ? 'handed' : 'opened';
      yield { position: { kind, interface: exit.interface, packet }, branch: opened };
    }
  }
}

/** What a relay sends outside may be anything: the packet as it came, or one to a destination that is wanted. */
function* packetsBeyond({ terms, parts }: Junction, packet: Packet): Generator<Packet> {
  yield packet;
  if (terms.wanted === null) return;
  for (const { address } of samplesOf(parts.topology).addresses(terms.wanted))
    yield { ...packet, destination: address };
}

/** Past the groups of the interface by which a relay sends. */
export function send(junction: Junction, branch: Branch, own: Interface): void {
  const { packet } = branch;
  const { parts } = junction;
  const there = junction.exists(branch, own);
  const opened = there === null ? null : hop(there, { at: own.origin, what: sentOn(branch) });
  const filtering = filterByGroups(own, packet, { direction: 'egress', parts, voucher: null });
  const passed = opened === null ? null : junction.filter(opened, filtering, own.origin);
  if (passed !== null) junction.go({ kind: 'leaving', subnet: own.subnet, packet }, passed);
}

function sentOn({ events }: Branch): string {
  const last = events.at(-1);
  const keeps = last?.kind === 'opened' && last.keepsSource;
  return keeps ? "sends it on with the client's address" : 'opens a connection of its own';
}

/** At an interface past everything, and so in its subnet. */
export function handOver(junction: Junction, branch: Branch, own: Interface): void {
  const { packet } = branch;
  const { subnet } = own;
  const there = junction.exists(branch, own);
  if (there === null) return;
  const handed = hop(there, { at: own.origin, what: 'is handed the connection' });
  junction.go({ kind: 'arrived', place: { kind: 'interface', interface: own }, packet }, handed);
  const within = junction.exists(handed, subnet);
  if (within !== null) junction.go({ kind: 'arrived', place: { kind: 'subnet', subnet }, packet }, within);
  enterRelays(junction, handed, own);
}

/** From a target to its balancer: past the lists of both subnets, and within the VPC or over a peering. */
export function handBack(
  junction: Junction,
  branch: Branch,
  { from, to }: { readonly from: Subnet; readonly to: Interface },
): void {
  const { packet } = branch;
  const there = junction.exists(branch, from);
  const near = there === null ? null : adjacent(junction, there, { from, to: to.subnet });
  const sent =
    near === null || from === to.subnet
      ? near
      : junction.filter(near, filterByAcl(from, packet, 'egress'), from.origin);
  const back =
    sent === null || from === to.subnet
      ? sent
      : junction.filter(sent, filterByAcl(to.subnet, packet, 'ingress'), to.subnet.origin);
  if (back === null) return;
  const taken = hop(back, { at: to.origin, what: 'takes the reply to the client' });
  junction.go({ kind: 'arrived', place: { kind: 'interface', interface: to }, packet }, taken);
}

/** A balancer keeps no client's address to where its VPC is not connected by peering. */
function adjacent(
  junction: Junction,
  branch: Branch,
  { from, to }: { readonly from: Subnet; readonly to: Subnet },
): Branch | null {
  if (from.vpc === to.vpc) return branch;
  const peerings = junction.parts.peeringsOf(to.vpc).filter(({ sides }) => sides.some((side) => side === from.vpc));
  const verdict = either(peerings.map(({ doubts }) => unless(doubts)));
  const reason = `does not give the reply back to ${to.vpc.origin.name}, with which it has no peering`;
  return junction.pass(branch, verdict, { at: from.vpc.origin, reason });
}

/** What came in, and where it goes on. */
interface Opening {
  readonly before: Packet;
  readonly exit: Exclude<RelayExit, { readonly kind: 'outside' }>;
}

interface Candidate {
  readonly packet: Packet;
  readonly verdict: Verdict;
  readonly keepsSource: boolean;
}

interface Source extends Sample {
  readonly keepsSource?: boolean;
}

/** Packets that an exit may send: one of each kind that the network tells apart, those to where they shall go first. */
function* packetsOf({ terms, parts }: Junction, opening: Opening): Generator<Candidate> {
  const { exit } = opening;
  const samples = samplesOf(parts.topology);
  const destinations = exit.kind === 'interface' ? exit.destinations : exit.interface.addresses;
  const sets = exit.kind === 'interface' ? [...terms.likely, destinations] : [destinations];
  for (const set of sets) {
    for (const { address: destination } of samples.addresses(set)) {
      const reachable = inAddresses(destination, destinations);
      if (reachable.kind === 'no') continue;
      for (const { address: source, verdict, keepsSource = false } of sourcesFor(parts, destination, opening)) {
        for (const service of servicesFor(samples, opening)) {
          const sent = both(reachable, verdict, inServices(service, exit.services));
          if (sent.kind !== 'no') yield { packet: { source, destination, service }, verdict: sent, keepsSource };
        }
      }
    }
  }
}

/** The source of the client where the exit keeps it and the families allow; otherwise an address of the interface. */
function* sourcesFor(parts: Parts, destination: Address, { before, exit }: Opening): Generator<Source> {
  const isAlike = familyOf(before.source) === familyOf(destination);
  if (exit.kind === 'delivery' && !parts.mayKeepSource(exit.interface)) {
    // Nobody looks at it.
    yield { address: isAlike ? before.source : destination, verdict: YES };
    return;
  }
  const keeps = exit.kind === 'interface' && isAlike ? truth(exit.keepsSource) : NO;
  if (keeps.kind !== 'no') yield { address: before.source, verdict: keeps, keepsSource: true };
  const opens = not(keeps);
  if (opens.kind === 'no') return;
  const samples = samplesOf(parts.topology);
  for (const { address, verdict } of samples.addresses(exit.interface.addresses)) {
    if (familyOf(address) === familyOf(destination)) yield { address, verdict: both(verdict, opens) };
  }
  if (exit.kind === 'interface') return;
  for (const { address } of samples.addresses(ANYWHERE)) {
    if (familyOf(address) === familyOf(destination)) yield { address, verdict: unless([HANDED_SOURCE]) };
  }
}

/** The service of what came in, if the exit sends it, before others. */
function* servicesFor(samples: Samples, { before, exit }: Opening): Generator<number> {
  if (inServices(before.service, exit.services).kind === 'yes') yield before.service;
  yield* samples.services(exit.services);
}
