import { inAddresses } from './membership.ts';
import type { Drop, Packet, Place, Removal, Trace } from './question.ts';
import { start } from './simulator/hops.ts';
import type { End, Position, Step, Terms } from './simulator/journey.ts';
import { isSamePlace, partsOf } from './simulator/parts.ts';
import { search, type Searched } from './simulator/search.ts';
import type { Addresses, Topology } from './topology.ts';

/** One packet, from one place to any of several. */
export interface Walk {
  readonly packet: Packet;
  readonly from: Place;
  readonly to: readonly Place[];
  readonly without: Removal;
  /** Destinations that the packet shall have when it gets there; null for all. */
  readonly destinations?: Addresses | null;
  /** May: what may be there is there. Must: only what is there for certain. */
  readonly model: 'may' | 'must';
}

export const NOTHING_REMOVED: Removal = { certain: new Set(), doubtful: new Map() };

/** Packets of its own that a relay tries when it is asked why nothing arrives. */
const RELAYED = 8;

/**
 * The way with the fewest hops on which a packet gets from a place to another; null when there is none. Every choice that
 * AWS makes by itself is tried: zones, targets of a balancer, the packets that a relay opens.
 */
export function walk(topology: Topology, walking: Walk): Trace | null {
  const { goal } = searchFor(topology, walking, null);
  if (goal === null) return null;
  const { from, packet, to } = walking;
  const place = to.find((wanted) => isAt(goal.position, wanted, walking.destinations ?? null));
  return place === undefined ? null : { from, to: place, packet, hops: goal.branch.hops };
}

/** Where the ways of a packet end that does not get where it shall, and why. Each reason at one place is told once. */
export function drops(topology: Topology, walking: Walk): readonly Drop[] {
  return distinctDrops(searchFor(topology, { ...walking, to: [] }, RELAYED).ends);
}

/** Each reason at one place once, the shortest way to it. */
export function distinctDrops(ends: readonly End[]): readonly Drop[] {
  const seen = new Map<string, Drop>();
  for (const { at, reason, by, hops } of ends) {
    const key = JSON.stringify([at.name, reason]);
    if (!seen.has(key)) seen.set(key, { at, reason, by, hops });
  }
  return [...seen.values()];
}

function searchFor(
  topology: Topology,
  { packet, from, to, without, model, destinations = null }: Walk,
  limit: number | null,
): Searched {
  const likely = destinations === null ? to.flatMap(addressesOf) : [destinations];
  const terms: Terms = {
    parts: partsOf(topology),
    model,
    without,
    likely,
    wanted: destinations,
    remembers: false,
    reply: null,
  };
  const isGoal = ({ position }: Step): boolean => to.some((place) => isAt(position, place, destinations));
  return search({ terms, start: start(terms, from, packet), isGoal, limit });
}

/** Whether a packet is at a place, with one of some destinations. By a route that is hidden it may be anywhere. */
export function isAt(position: Position, wanted: Place, destinations: Addresses | null): boolean {
  if (position.kind === 'anywhere') return true;
  if (position.kind !== 'arrived') return false;
  const { place, packet } = position;
  if (destinations !== null && inAddresses(packet.destination, destinations).kind === 'no') return false;
  return isSamePlace(place, wanted);
}

/** Addresses by which packets get to a place. */
export function addressesOf(place: Place): readonly Addresses[] {
  switch (place.kind) {
    case 'subnet':
      return [place.subnet.addresses];
    case 'interface':
      return [place.interface.addresses];
    case 'outside':
      return [place.outside.addresses];
    case 'managed':
      return [];
  }
}
