import { UNCUTTABLE, Ways } from './cheapest-cut.ts';
import { type Possible, solvePossible } from './decide.ts';
import { wayBack } from './fixpoint.ts';
import type { FlowEdge, FlowGraph } from './flow/graph.ts';
import type { Question, Removal } from './question.ts';
import { isThere } from './setting.ts';
import type { Origin, Topology } from './topology.ts';

/** What is on the way to a gateway, or on from it, costs so much that it goes only where nothing else will do. */
const USED = 1_000;

/**
 * The smallest change after which nothing gets through: routes, associations and connections to take away. What packets
 * take to a gateway that the question takes out, or on from it, is spared where the step past it can be taken away.
 * Empty when no such change is known.
 */
export function closing(topology: Topology, question: Question): readonly Origin[] {
  const possible = solvePossible(topology, question);
  const { before, after } = aroundGateways(possible.may.graph, question.without);
  const ways = new Ways<Origin | null>();
  const { graph } = possible.may;
  // Backwards, so that of equal changes the one nearest to the end is taken: what is nearer to the start serves more.
  const end = graph.nodes.length;
  for (const to of possible.ends) ways.add({ from: end, to, cost: UNCUTTABLE, item: null });
  for (const edge of carrying(possible)) {
    const isRemovable = edge.origin !== null && edge.origin.resource !== null && isStated(edge);
    const isUsed = before[edge.to] === 1 || after[edge.from] === 1;
    const cost = !isRemovable ? UNCUTTABLE : (isUsed ? USED : 1) * (isRoute(edge) ? 1 : 2);
    ways.add({ from: edge.to, to: edge.from, cost, item: edge.origin });
  }
  const cut = ways.cheapestCut(end, new Set(possible.starts)) ?? [];
  return distinct(cut.flatMap((origin) => origin ?? []));
}

/** A route, or a door, peering or relay itself: not the table that a subnet uses or the list that it passes. */
function isStated({ terms, origin }: FlowEdge): boolean {
  const type = origin?.resource?.type ?? '';
  if (/^aws_(default_)?(subnet|network_acl|vpc)$/.test(type)) return false;
  return isRoute({ terms }) || !/^aws_(default_)?route_table$/.test(type);
}

/** To take a route away is a smaller change than to take away the door or connection that it leads to. */
function isRoute({ terms }: Pick<FlowEdge, 'terms'>): boolean {
  return terms.some(({ kind }) => kind === 'lookup');
}

/** Edges by which something gets from a start to an end. */
function carrying({ may, starts, perhaps }: Possible): readonly FlowEdge[] {
  const { graph } = may;
  const found: FlowEdge[] = [];
  const seen = new Set(starts);
  const queue = [...starts];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const index of graph.out[node] ?? []) {
      const edge = graph.edges[index];
      const to = edge === undefined ? undefined : graph.nodes[edge.to];
      if (edge === undefined || to === undefined || !isThere(to, may)) continue;
      if (wayBack(may, edge, perhaps.sets[edge.to]?.boxes ?? []).length === 0) continue;
      found.push(edge);
      if (seen.has(edge.to)) continue;
      seen.add(edge.to);
      queue.push(edge.to);
    }
  }
  return found;
}

/** Nodes from which edges lead to a gateway that is taken out, and those to which they lead from one. */
interface AroundGateways {
  readonly graph: FlowGraph;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** The same for all places of a question. */
const AROUND = new WeakMap<Removal, AroundGateways>();

function aroundGateways(graph: FlowGraph, without: Removal): AroundGateways {
  const known = AROUND.get(without);
  if (known?.graph === graph) return known;
  const gateways = graph.nodes.flatMap(({ owner }, node) =>
    owner !== null && without.certain.has(owner) ? [node] : [],
  );
  const found = { graph, before: beyond(graph, gateways, 'in'), after: beyond(graph, gateways, 'out') };
  AROUND.set(without, found);
  return found;
}

function beyond(graph: FlowGraph, gateways: readonly number[], direction: 'in' | 'out'): Uint8Array {
  const found = new Uint8Array(graph.nodes.length);
  const queue = [...gateways];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const index of graph[direction][node] ?? []) {
      const next = graph.edges[index]?.[direction === 'in' ? 'from' : 'to'];
      if (next === undefined || found[next] === 1) continue;
      found[next] = 1;
      queue.push(next);
    }
  }
  return found;
}

function distinct(origins: readonly Origin[]): readonly Origin[] {
  const seen = new Set<string>();
  return origins.filter(({ name, resource, path }) => {
    const key = JSON.stringify([name, resource?.stack ?? null, path]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
