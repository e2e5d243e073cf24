import { both, familyOf, inAddresses, inServices, type Verdict, YES } from '../membership.ts';
import type { Address, Packet } from '../question.ts';
import type { Interface, Outside, Relay, RelayExit, Vpc } from '../topology.ts';
import { filterByGroups } from './filters.ts';
import { type Branch, hop, type Junction, type Step, withEvent } from './journey.ts';
import { type Sample, type Samples, samplesOf } from './samples.ts';

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

/** H12: out of a relay, as packets of its own. Any that an exit may send may be the one. */
export function leaveRelay(junction: Junction, branch: Branch, relay: Relay): void {
  junction.more = exits(junction, branch, relay);
}

function* exits(junction: Junction, branch: Branch, relay: Relay): Generator<Step> {
  for (const exit of relay.to) {
    if (exit.kind === 'outside') {
      for (const packet of packetsBeyond(junction, branch.packet)) {
        const place = { kind: 'outside', outside: exit.outside } as const;
        const opened = withEvent({ ...branch, packet }, { kind: 'opened', relay, exit, after: packet });
        yield { position: { kind: 'arrived', place, packet }, branch: opened };
      }
      continue;
    }
    for (const { packet, verdict } of packetsOf(junction, { before: branch.packet, exit })) {
      const chosen = junction.when({ ...branch, packet }, verdict);
      if (chosen === null) continue;
      const opened = withEvent(chosen, { kind: 'opened', relay, exit, after: packet });
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
  const opened = there === null ? null : hop(there, { at: own.origin, what: 'opens a connection of its own' });
  const filtering = filterByGroups(own, packet, { direction: 'egress', parts });
  const passed = opened === null ? null : junction.filter(opened, filtering, own.origin);
  if (passed !== null) junction.go({ kind: 'leaving', subnet: own.subnet, packet }, passed);
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

/** What came in, and where it goes on. */
interface Opening {
  readonly before: Packet;
  readonly exit: Exclude<RelayExit, { readonly kind: 'outside' }>;
}

interface Candidate {
  readonly packet: Packet;
  readonly verdict: Verdict;
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
      for (const { address: source, verdict } of sourcesFor(samples, destination, opening)) {
        for (const service of servicesFor(samples, opening)) {
          const sent = both(reachable, verdict, inServices(service, exit.services));
          if (sent.kind !== 'no') yield { packet: { source, destination, service }, verdict: sent };
        }
      }
    }
  }
}

/** A delivery keeps the source where the families allow; a connection of its own comes from the interface. */
function* sourcesFor(samples: Samples, destination: Address, { before, exit }: Opening): Generator<Sample> {
  if (exit.kind === 'delivery') {
    const isAlike = familyOf(before.source) === familyOf(destination);
    yield { address: isAlike ? before.source : destination, verdict: YES };
    return;
  }
  for (const sample of samples.addresses(exit.interface.addresses)) {
    if (familyOf(sample.address) === familyOf(destination)) yield sample;
  }
}

/** The service of what came in, if the exit sends it, before others. */
function* servicesFor(samples: Samples, { before, exit }: Opening): Generator<number> {
  if (inServices(before.service, exit.services).kind === 'yes') yield before.service;
  yield* samples.services(exit.services);
}
