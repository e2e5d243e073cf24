import { unknown } from '../../model/value.ts';
import { type Arrivals, arrivalsOf } from './arrivals.ts';
import type { Connection, Drop, Place, Trace } from './question.ts';
import { start } from './simulator/hops.ts';
import { type End, Junction, type Step, type Terms } from './simulator/journey.ts';
import { type Parts, partsOf } from './simulator/parts.ts';
import { reply } from './simulator/reply.ts';
import { clientsOf, type Connecting, type Opening, requestsOf } from './simulator/requests.ts';
import { search } from './simulator/search.ts';
import { distinctDrops, drops, goalAt, type Goals, goalsOf, NOTHING_REMOVED } from './simulate.ts';
import type { Doubts, Topology } from './topology.ts';

export type { Connecting } from './simulator/requests.ts';

/**
 * Finds a request that arrives and whose reply comes back: routed by itself, to any port of the client, through the
 * firewalls and forwarders that saw the request and no others, and past lists, which know nothing of connections.
 */
export function connect(topology: Topology, connecting: Connecting): Connection {
  const asked = askedBy(topology, connecting);
  const sure = talk(asked, 'must');
  if (sure.works !== null) return { kind: 'works', request: sure.works.request, reply: sure.works.reply };
  const perhaps = talk(asked, 'may');
  if (perhaps.works !== null) return { kind: 'unproven', because: perhaps.works.doubts };
  if (perhaps.isCutShort) return { kind: 'unproven', because: [TOO_MANY] };
  const { unanswered } = perhaps;
  if (unanswered !== null) return { kind: 'blocked', direction: 'reply', drops: distinctDrops(unanswered) };
  return { kind: 'blocked', direction: 'request', drops: dropsOfRequest(topology, connecting) };
}

/** Requests that are tried; who may ask whom are more only where hundreds of hosts face hundreds of others. */
const MOST_REQUESTS = 5000;

/** Positions of requests that are tried; they are more only where balancers lead to balancers whose targets are hidden. */
const MOST_POSITIONS = 10_000;

const TOO_MANY = unknown(
  'limit',
  'the flow',
  `has more than ${MOST_REQUESTS} requests to try, or ${MOST_POSITIONS} positions of requests`,
);

interface Talk {
  readonly works: { readonly request: Trace; readonly reply: Trace; readonly doubts: Doubts } | null;
  /** Where the reply ends of the first request that arrives. */
  readonly unanswered: readonly End[] | null;
  /** Whether there was more to try. */
  readonly isCutShort: boolean;
}

/** Who may ask what, and who answers. */
interface Asked {
  readonly connecting: Connecting;
  readonly parts: Parts;
  readonly clients: readonly Place[];
  readonly goals: Goals;
  /** Requests that the proof says do not arrive need no walk, and they are most. */
  readonly arrivals: ReturnType<typeof arrivalsOf>;
}

function askedBy(topology: Topology, connecting: Connecting): Asked {
  const { destinations, services, without = NOTHING_REMOVED } = connecting;
  const parts = partsOf(topology);
  const clients = clientsOf(parts, connecting);
  const to = connecting.to.flatMap((place) => answeringIn(parts, place));
  const arrivals = arrivalsOf(topology, { from: clients, to, without, destinations, services });
  return { connecting, parts, clients, goals: goalsOf(to), arrivals };
}

/** Every request in turn, those with the fewest hops first, until the reply of one comes back. */
function talk({ connecting, parts, clients, goals, arrivals }: Asked, model: Terms['model']): Talk {
  const { destinations, without = NOTHING_REMOVED } = connecting;
  const { isOpen, isAsked, includes, includesLeaving } = arrivals[model]();
  const terms: Terms = {
    parts,
    model,
    without,
    likely: destinations === null ? goals.addresses : [destinations],
    wanted: destinations,
    remembers: true,
    leads: includesLeaving,
    reply: null,
  };
  const found: { works: Talk['works']; unanswered: Talk['unanswered'] } = { works: null, unanswered: null };
  const isGoal = (step: Step): boolean => {
    const place = goalAt(step.position, goals, destinations);
    if (place === null) return false;
    const request = { ...openingOf(step), to: place, step };
    // Where a hidden route leads nobody can follow: what hides it is why nothing is said.
    const back = reply(terms, request);
    if (back.kind === 'dropped') {
      found.unanswered ??= back.ends;
      return false;
    }
    const { from, packet } = request;
    const { hops, doubts } = step.branch;
    found.works = {
      request: { from, to: place, packet, hops },
      reply: back.trace,
      doubts: [...new Set([...doubts, ...back.doubts])],
    };
    return true;
  };
  const senders = new Junction(terms);
  const tries = { left: MOST_REQUESTS };
  const openings = requestsOf(parts, connecting, { clients: clients.filter(isOpen), isAsked });
  senders.more = stepsOf(terms, filterOf(openings, includes), tries);
  const { isCutShort } = search({ terms, start: senders, isGoal, limit: null, most: MOST_POSITIONS });
  return { ...found, isCutShort: isCutShort || tries.left <= 0 };
}

/** What answers in a subnet: its interfaces, past their groups, or whatever will be in it when there are none. */
function answeringIn(parts: Parts, place: Place): readonly Place[] {
  const hosts = place.kind === 'subnet' ? parts.interfacesIn(place.subnet) : [];
  return hosts.length === 0 ? [place] : hosts.map((own) => ({ kind: 'interface', interface: own }));
}

function* filterOf(openings: Iterable<Opening>, includes: Arrivals['includes']): Generator<Opening, void> {
  for (const opening of openings) if (includes(opening.from, opening.packet)) yield opening;
}

/** The first steps of requests, until too many have been tried; those that nobody may send cost next to nothing. */
function* stepsOf(terms: Terms, openings: Iterable<Opening>, tries: { left: number }): Generator<Step, void> {
  for (const { from, packet } of openings) {
    const { steps, more } = start(terms, from, packet);
    tries.left -= steps.length > 0 ? 1 : 0.02;
    if (tries.left <= 0) return;
    yield* steps;
    for (let next = more?.next(); next !== undefined && next.done !== true; next = more?.next()) yield next.value;
  }
}

function openingOf({ branch }: Step): Opening {
  const [first] = branch.events;
  if (first?.kind !== 'sent') throw new TypeError('a packet that nobody has sent');
  return first;
}

/** Of the first request, as the one that stands for all. */
function dropsOfRequest(topology: Topology, connecting: Connecting): readonly Drop[] {
  const { to, destinations, without = NOTHING_REMOVED } = connecting;
  const parts = partsOf(topology);
  const clients = clientsOf(parts, connecting);
  for (const { from, packet } of requestsOf(parts, connecting, { clients, isAsked: () => true })) {
    return drops(topology, { packet, from, to, without, model: 'may', destinations });
  }
  return [];
}
