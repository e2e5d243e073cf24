import { type Hidden, type ReferenceValue, unknown } from '../../model/value.ts';
import { Blame } from './blame.ts';
import { certificateOf } from './certificate.ts';
import { Filters } from './filters/filters.ts';
import { compileFlowGraph } from './flow/compile.ts';
import type { FlowGraph } from './flow/graph.ts';
import { type Solution, solve } from './fixpoint.ts';
import type { Certificate, Packet, Place, Question } from './question.ts';
import { reachable } from './reach.ts';
import { Sampler } from './sample.ts';
import { everyPacket, type Setting } from './setting.ts';
import type { Box } from './sets/boxes.ts';
import { Space } from './sets/space.ts';
import type { Addresses, Doubts, Services, Topology, Unmodelled } from './topology.ts';

/** What holds for a place, before the packet is walked. */
export type Decision =
  | { readonly kind: 'none' }
  | { readonly kind: 'path'; readonly packet: Packet }
  | { readonly kind: 'unproven'; readonly because: Doubts; readonly packet: Packet | null };

export interface Decided {
  /** In the order of `Question.from`. */
  readonly decisions: readonly Decision[];
  readonly certificate: () => Certificate;
}

interface Engine {
  readonly graph: FlowGraph;
  readonly addresses: readonly Addresses[];
  readonly services: readonly Services[];
  readonly space: Space;
  readonly filters: Filters;
  readonly sampler: Sampler;
}

const ENGINES = new WeakMap<Topology, Engine>();

/**
 * Cuts packets as fine as questions will need. `ask` does so by itself, but anew for each question that is finer than
 * those before; who has many says so first.
 */
export function prepare(topology: Topology, questions: readonly Pick<Question, 'destinations' | 'services'>[]): void {
  engineFor(topology, questions);
}

/** Decides a question in both models. */
export function decide(topology: Topology, question: Question): Decided {
  const engine = engineFor(topology, [question]);
  const { graph, space, filters, sampler } = engine;
  const starts = question.from.map((place) => startOf(graph, place));
  const targets = targetsOf(engine, question);
  const may: Setting = { graph, space, filters, without: question.without, model: 'may' };
  const sendable = sendableOf(engine, question);
  const within = reachable(may, { from: new Map(starts.map((start) => [start, sendable])), targets: targets.keys() });
  const perhaps = solve(may, { targets, within });
  const sent = ({ sets }: Solution, start: number): readonly Box[] => sets[start]?.boxes ?? [];
  const open = starts.filter((start) => sent(perhaps, start).length > 0);
  const must: Setting = { ...may, model: 'must' };
  const surely =
    open.length === 0 || perhaps.isCertain
      ? perhaps
      : solve(must, {
          targets,
          within: reachable(must, { from: new Map(open.map((start) => [start, sendable])), targets: targets.keys() }),
        });
  const blame = new Blame(may, { solution: perhaps, targets: new Set(targets.keys()) });
  const decisions = starts.map((start): Decision => {
    const possible = sent(perhaps, start);
    if (possible.length === 0) return proved(topology.unmodelled);
    const certain = perhaps.crowded.length > 0 && surely === perhaps ? [] : sent(surely, start);
    const packet = sampler.packet(certain);
    if (packet !== null) return { kind: 'path', packet };
    const crowded = [...new Set([...perhaps.crowded, ...surely.crowded])].map((node) => tooMany(graph, node));
    return { kind: 'unproven', because: [...blame.of(start), ...crowded], packet: sampler.packet(possible) };
  });
  return { decisions, certificate: () => certificateOf(may, perhaps, targets.keys()) };
}

/** With something that may carry traffic and is not modelled, nothing is proved. */
function proved(unmodelled: readonly Unmodelled[]): Decision {
  if (unmodelled.length === 0) return { kind: 'none' };
  const because = unmodelled.map(({ resource }): ReferenceValue => ({
    kind: 'reference',
    target: resource.init.id,
    path: [],
  }));
  return { kind: 'unproven', because, packet: null };
}

function tooMany(graph: FlowGraph, node: number): Hidden {
  const name = graph.nodes[node]?.name ?? 'the network';
  return unknown('limit', name, 'tells more sets of packets apart than the proof follows');
}

function engineFor(topology: Topology, questions: readonly Pick<Question, 'destinations' | 'services'>[]): Engine {
  const known = ENGINES.get(topology);
  if (
    known !== undefined &&
    questions.every(({ destinations, services }) => known.space.fits(destinations, services))
  ) {
    return known;
  }
  const graph = compileFlowGraph(topology);
  const addresses = [...(known?.addresses ?? []), ...questions.flatMap(({ destinations }) => destinations ?? [])];
  const services = [...(known?.services ?? []), ...questions.flatMap((question) => question.services ?? [])];
  const space = new Space(graph, { addresses, services });
  const filters = new Filters(space);
  const engine = { graph, addresses, services, space, filters, sampler: new Sampler(topology, space) };
  ENGINES.set(topology, engine);
  return engine;
}

export function startOf(graph: FlowGraph, place: Place): number {
  const start = graph.starts(place);
  if (start === null) throw new TypeError(`the topology has no such place: ${JSON.stringify(place.kind)}`);
  return start;
}

/** Every packet that the question asks for, at each node where one of its places is reached. */
function targetsOf(
  { graph, filters, space }: Engine,
  { to, destinations }: Question,
): ReadonlyMap<number, readonly Box[]> {
  const every = everyPacket(space);
  const wanted =
    destinations === null
      ? every
      : filters.through(
          every,
          [
            {
              kind: 'address',
              side: 'destination',
              family: null,
              among: [{ item: destinations, doubts: [] }],
              isNegated: false,
            },
          ],
          'may',
        );
  const targets = new Map<number, readonly Box[]>();
  for (const place of to) for (const node of graph.ends(place)) targets.set(node, wanted);
  if (graph.hidden !== null && targets.size > 0) targets.set(graph.hidden, every);
  return targets;
}

/** The packets that the question is about, as they are sent. */
function sendableOf({ filters, space }: Engine, { services }: Question): readonly Box[] {
  const every = everyPacket(space);
  return services === null ? every : filters.through(every, [{ kind: 'services', services }], 'may');
}
