import { inAddresses } from './membership.ts';
import type { Drop, Packet, Place, Removal, Trace } from './question.ts';
import { start } from './simulator/hops.ts';
import type { End, Position, Step, Terms } from './simulator/journey.ts';
import { addressesOf, partOf, partsOf } from './simulator/parts.ts';
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
  const { from, packet, to, destinations = null } = walking;
  const place = goal === null ? null : goalAt(goal.position, goalsOf(to), destinations);
  return goal === null || place === null ? null : { from, to: place, packet, hops: goal.branch.hops };
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
  const goals = goalsOf(to);
  const terms: Terms = {
    parts: partsOf(topology),
    model,
    without,
    likely: destinations === null ? goals.addresses : [destinations],
    wanted: destinations,
    remembers: false,
    leads: () => true,
    reply: null,
  };
  const isGoal = ({ position }: Step): boolean => goalAt(position, goals, destinations) !== null;
  return search({ terms, start: start(terms, from, packet), isGoal, limit, most: null });
}

/** Places that a packet shall reach, by the parts of the network that they are. */
export interface Goals {
  readonly places: ReadonlyMap<object, Place>;
  /** Addresses by which packets get there. */
  readonly addresses: readonly Addresses[];
}

const GOALS = new WeakMap<readonly Place[], Goals>();

/** Made once for the places of a question, which may be many and asked about often. */
export function goalsOf(to: readonly Place[]): Goals {
  const known = GOALS.get(to);
  if (known !== undefined) return known;
  const made = { places: new Map(to.map((place) => [partOf(place), place])), addresses: to.flatMap(addressesOf) };
  GOALS.set(to, made);
  return made;
}

/** The place at which a packet is, with one of some destinations. By a route that is hidden it may be at any. */
export function goalAt(position: Position, { places }: Goals, destinations: Addresses | null): Place | null {
  if (position.kind === 'anywhere') {
    const [any] = places.values();
    return any ?? null;
  }
  if (position.kind !== 'arrived') return null;
  const { place, packet } = position;
  if (destinations !== null && inAddresses(packet.destination, destinations).kind === 'no') return null;
  return places.get(partOf(place)) ?? null;
}
