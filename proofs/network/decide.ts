import { type Hidden, unknown } from '../../model/value.ts';
import { Blame } from './blame.ts';
import { certificateOf } from './certificate.ts';
import { Filters } from './filters/filters.ts';
import { compileFlowGraph } from './flow/compile.ts';
import type { FlowGraph } from './flow/graph.ts';
import type { Term } from './flow/term.ts';
import { type Solution, solve } from './fixpoint.ts';
import { extentOf } from './extent.ts';
import type { Certificate, Packet, PacketExtent, Place, Question } from './question.ts';
import { sliceOf } from './reach.ts';
import { Sampler } from './sample.ts';
import { everyPacket, type Setting } from './setting.ts';
import { type Box, sameBoxes } from './sets/boxes.ts';
import { type Distinctions, Space } from './sets/space.ts';
import type { Addresses, Doubts, Topology, Unmodelled } from './topology.ts';

/** What holds for a place, before the packet is walked. */
export type Decision =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'path';
      readonly packet: Packet;
      readonly certain: PacketExtent;
      readonly possible: PacketExtent;
    }
  | { readonly kind: 'unproven'; readonly because: Doubts; readonly packet: Packet | null };

export interface Decided {
  /** In the order of `Question.from`. */
  readonly decisions: readonly Decision[];
  readonly certificate: () => Certificate;
}

/** A flow graph with its packets cut fine enough for some of its edges. */
interface Engine {
  readonly graph: FlowGraph;
  readonly space: Space;
  readonly filters: Filters;
  readonly sampler: Sampler;
}

/** The engine that questions about much of a network share, and what it tells apart. */
interface Shared {
  readonly engine: Engine;
  readonly distinctions: Distinctions;
}

type Named = Pick<Question, 'destinations' | 'services'>;

const SHARED = new WeakMap<Topology, Shared>();

/** How many times as many edges as a question is about the network has, for the question to have packets of its own. */
const SMALL = 4;

/**
 * Cuts packets as fine as questions will need. `ask` does so by itself, but anew for each question that is finer than
 * those before; who has many says so first.
 */
export function prepare(topology: Topology, questions: readonly Named[]): void {
  sharedEngine(topology, questions);
}

/** All that may get from the places of a question to its ends. */
export interface Possible {
  readonly engine: Engine;
  readonly may: Setting;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly targets: ReadonlyMap<number, readonly Box[]>;
  readonly sending: (from: readonly number[]) => ReadonlyMap<number, readonly Box[]>;
  readonly perhaps: Solution;
}

/** Solves a question in the model in which everything is there that may be. */
export function solvePossible(topology: Topology, question: Question): Possible {
  const graph = compileFlowGraph(topology);
  const starts = question.from.map((place) => startOf(graph, place));
  const ends = question.to.flatMap((place) => graph.ends(place));
  if (graph.hidden !== null && ends.length > 0) ends.push(graph.hidden);
  const { without } = question;
  const slice = sliceOf({ graph, without, model: 'may' }, { from: starts, targets: ends });
  const engine = engineFor(topology, question, slice);
  const { space, filters } = engine;
  const may: Setting = { graph, space, filters, without, model: 'may' };
  const targets = targetsOf(engine, question, ends);
  const sendable = sendableOf(engine, question);
  const sending = (from: readonly number[]): ReadonlyMap<number, readonly Box[]> =>
    new Map(from.map((start) => [start, sendable]));
  const perhaps = solve(may, { from: sending(starts), targets, slice });
  return { engine, may, starts, ends, targets, sending, perhaps };
}

/** Solves it in the model in which only what is certain is there. */
export function solveSurely({ may, starts, ends, targets, sending, perhaps }: Possible): Solution {
  const open = starts.filter((start) => sentFrom(perhaps, start).length > 0);
  if (open.length === 0 || (perhaps.isCertain && perhaps.crowded.length === 0)) return perhaps;
  const must: Setting = { ...may, model: 'must' };
  return solve(must, { from: sending(open), targets, slice: sliceOf(must, { from: open, targets: ends }) });
}

function sentFrom({ sets }: Solution, start: number): readonly Box[] {
  return sets[start]?.boxes ?? [];
}

/** Decides a question in both models. */
export function decide(topology: Topology, question: Question): Decided {
  const possibility = solvePossible(topology, question);
  const { engine, may, starts, ends, perhaps } = possibility;
  const { sampler } = engine;
  const { graph } = may;
  const surely = solveSurely(possibility);
  const blame = new Blame(may, { solution: perhaps, targets: new Set(ends) });
  const decisions = starts.map((start): Decision => {
    const possible = sentFrom(perhaps, start);
    if (possible.length === 0) return proved(topology.unmodelled);
    const certain = sentFrom(surely, start);
    const packet = sampler.packet(certain);
    if (packet !== null) {
      const extent = extentOf(engine.space, certain);
      // Nothing in doubt: the same boxes, and one text for both, since a large network has thousands of such ways.
      return {
        kind: 'path',
        packet,
        certain: extent,
        possible: sameBoxes(certain, possible) ? extent : extentOf(engine.space, possible),
      };
    }
    const crowded = [...new Set([...perhaps.crowded, ...surely.crowded])].map((node) => tooMany(graph, node));
    return { kind: 'unproven', because: [...blame.of(start), ...crowded], packet: sampler.packet(possible) };
  });
  return { decisions, certificate: () => certificateOf(may, perhaps, ends) };
}

/** With something that may carry traffic and is not modelled, nothing is proved. */
function proved(unmodelled: readonly Unmodelled[]): Decision {
  if (unmodelled.length === 0) return { kind: 'none' };
  const because = unmodelled.map(({ resource, reason }) => unknown('operation', resource.address, reason));
  return { kind: 'unproven', because, packet: null };
}

function tooMany(graph: FlowGraph, node: number): Hidden {
  const name = graph.nodes[node]?.name ?? 'the network';
  return unknown('limit', name, 'tells more sets of packets apart than the proof follows');
}

/** A question about a small part of a network cuts packets for that part alone, which is less work. */
function engineFor(topology: Topology, question: Question, slice: Uint8Array): Engine {
  const latest = LATEST.get(topology) ?? [];
  const known = latest.find((asked) => isPartOf(question, asked.question));
  if (known !== undefined) return known.engine;
  const graph = compileFlowGraph(topology);
  const edges = graph.edges.filter(({ from, to }) => slice[from] === 1 && slice[to] === 1);
  if (edges.length * SMALL > graph.edges.length) return sharedEngine(topology, [question]);
  const engine = makeEngine(graph, { edges, ...namedIn([question]) });
  if (question.from.length > 1) LATEST.set(topology, [{ question, engine }, ...latest].slice(0, MOST_LATEST));
  return engine;
}

interface Asked {
  readonly question: Question;
  readonly engine: Engine;
}

/** Of these questions some are asked again of single places, which is about parts of their parts of the network. */
const LATEST = new WeakMap<Topology, readonly Asked[]>();
const MOST_LATEST = 3;

/** Whether a question is another one but for its places, which are among those of the other. */
function isPartOf(question: Question, whole: Question): boolean {
  const isSame =
    question.to === whole.to &&
    question.without === whole.without &&
    question.destinations === whole.destinations &&
    question.services === whole.services;
  return isSame && question.from.every((place) => whole.from.includes(place));
}

function sharedEngine(topology: Topology, questions: readonly Named[]): Engine {
  const known = SHARED.get(topology);
  const isFine = questions.every(({ destinations, services }) => known?.engine.space.fits(destinations, services));
  if (known !== undefined && isFine) return known.engine;
  const graph = compileFlowGraph(topology);
  const { addresses, services } = namedIn(questions);
  const distinctions = {
    edges: graph.edges,
    addresses: [...(known?.distinctions.addresses ?? []), ...addresses],
    services: [...(known?.distinctions.services ?? []), ...services],
  };
  const engine = makeEngine(graph, distinctions);
  SHARED.set(topology, { engine, distinctions });
  return engine;
}

function namedIn(questions: readonly Named[]): Omit<Distinctions, 'edges'> {
  return {
    addresses: questions.flatMap(({ destinations }) => destinations ?? []),
    services: questions.flatMap(({ services }) => services ?? []),
  };
}

function makeEngine(graph: FlowGraph, distinctions: Distinctions): Engine {
  const space = new Space(graph, distinctions);
  return { graph, space, filters: new Filters(space), sampler: new Sampler(graph.topology, space) };
}

function startOf(graph: FlowGraph, place: Place): number {
  const start = graph.starts(place);
  if (start === null) throw new TypeError(`the topology has no such place: ${JSON.stringify(place.kind)}`);
  return start;
}

/** Every packet that the question asks for, at each node where one of its places is reached. */
function targetsOf(
  { graph, filters, space }: Engine,
  { destinations }: Question,
  ends: readonly number[],
): ReadonlyMap<number, readonly Box[]> {
  const every = everyPacket(space);
  const wanted = destinations === null ? every : filters.through(every, [destinedTo(destinations)], 'may');
  return new Map(ends.map((node) => [node, node === graph.hidden ? every : wanted]));
}

function destinedTo(destinations: Addresses): Term {
  const among = [{ item: destinations, doubts: [] }];
  return { kind: 'address', side: 'destination', family: null, among, isNegated: false };
}

/** The packets that the question is about, as they are sent. */
function sendableOf({ filters, space }: Engine, { services }: Question): readonly Box[] {
  const every = everyPacket(space);
  return services === null ? every : filters.through(every, [{ kind: 'services', services }], 'may');
}
