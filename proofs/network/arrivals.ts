import { solvePossible, solveSurely } from './decide.ts';
import type { FlowGraph } from './flow/graph.ts';
import { EVERY_ADDRESS, NAT64 } from './flow/term.ts';
import type { Model } from './filters/rules.ts';
import type { Address, Packet, Place, Question } from './question.ts';
import type { Family } from './sets/address-atoms.ts';
import { type Bits, has, join, overlaps } from './sets/bits.ts';
import type { Box } from './sets/boxes.ts';
import type { Space } from './sets/space.ts';
import type { Addresses, Subnet, Topology } from './topology.ts';

/** What the proof leaves to try of the packets that places may send. */
export interface Arrivals {
  /** Whether anything from a place arrives at all. */
  readonly isOpen: (from: Place) => boolean;
  /** Whether anything that arrives is sent to some addresses. */
  readonly isAsked: (addresses: Addresses) => boolean;
  /** Whether a packet from a place is one of those that arrive. */
  readonly includes: (from: Place, packet: Packet) => boolean;
  /** Whether a packet that leaves a subnet, whoever sent it, is one of those that arrive. */
  readonly includesLeaving: (subnet: Subnet, packet: Packet) => boolean;
}

/** Which packets get from the places of a question to its ends, in a model: those of which the proof does not say that they do not. */
export function arrivalsOf(topology: Topology, question: Question): { readonly [model in Model]: () => Arrivals } {
  const possible = solvePossible(topology, question);
  const { graph, space } = possible.may;
  const arrivals = (sets: readonly ({ readonly boxes: readonly Box[] } | null)[]): Arrivals => {
    const sent = new Map(question.from.map((place, index) => [place, sets[possible.starts[index] ?? -1]?.boxes ?? []]));
    const asked = destinationsOf([...sent.values()].flat());
    return {
      isAsked: (addresses) => !space.fits(addresses, null) || isAmong(space, addresses, asked),
      isOpen: (from) => (sent.get(from)?.length ?? 0) > 0,
      includes: (from, packet) => isIn(space, packet, sent.get(from) ?? []),
      includesLeaving: (subnet, packet) => isIn(space, packet, sets[graph.leaves(subnet) ?? -1]?.boxes ?? []),
    };
  };
  return {
    may: () => arrivals(possible.perhaps.sets),
    must: () => {
      const surely = solveSurely(possible);
      // What is crowded lacks packets, and what a balancer vouches for is certain to the walk alone.
      const lacksSome = surely.crowded.length > 0 || hasVouchers(graph);
      return arrivals((lacksSome ? possible.perhaps : surely).sets);
    },
  };
}

/** Whether rules that name a group let in whoever comes by a balancer that carries it. */
function hasVouchers({ members }: FlowGraph): boolean {
  return [...members.values()].some((carriers) => carriers.some(({ item }) => item === EVERY_ADDRESS));
}

type Destinations = { readonly [family in Family]: Bits | null };

function destinationsOf(boxes: readonly Box[]): Destinations {
  const found: { [family in Family]: Bits | null } = { 4: null, 6: null };
  for (const { family, destination } of boxes) found[family] = join(found[family], destination);
  return found;
}

/** Whether something is sent to some addresses, or to those of NAT64 that may stand for them. */
function isAmong(space: Space, addresses: Addresses, destinations: Destinations): boolean {
  return [addresses, NAT64].some((named) => isReached(space, named, destinations));
}

function isReached(space: Space, addresses: Addresses, destinations: Destinations): boolean {
  return space.families.some((family) => {
    const { may } = space.addresses(family).read(addresses);
    const wanted = destinations[family];
    return may !== null && wanted !== null && overlaps(may, wanted);
  });
}

function isIn(space: Space, { source, destination, service }: Packet, boxes: readonly Box[]): boolean {
  const from = atomOf(space, source);
  const to = atomOf(space, destination);
  // Nothing in the network tells what has no atom from the rest.
  if (from === null || to === null) return true;
  const at = space.services.atom(service);
  const { family } = to;
  return boxes.some(
    (box) =>
      box.family === family &&
      from.family === family &&
      has(box.source, from.atom) &&
      has(box.destination, to.atom) &&
      has(box.services, at),
  );
}

function atomOf(space: Space, address: Address): { readonly family: Family; readonly atom: number } | null {
  if (address.kind === 'number') {
    return { family: address.family, atom: space.addresses(address.family).atom(address.value) };
  }
  const { family } = address.unknown;
  const atom = space.addresses(family).atomOfUnknown(address.unknown);
  return atom === null ? null : { family, atom };
}
