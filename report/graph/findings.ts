import { type Result } from '../../checks/report.ts';
import { compareText } from '../../model/text-order.ts';
import { groupBy } from '../group.ts';
import type { GraphNode, NetworkGraph } from './network-graph.ts';

/** Findings that a box names before it counts the rest. */
const MOST_CONTROLS = 4;

/** Verdicts that are drawn, with the marks that tell them apart without colour. */
const MARKS = [
  ['fail', '✗'],
  ['unproven', '?'],
] as const;

/** A network whose boxes say what fails, or is unproven, of what is in them. */
export function withFindings(graph: NetworkGraph, results: readonly Result[]): NetworkGraph {
  const grave = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'unproven');
  if (grave.length === 0) return graph;
  const bySubject = groupBy(grave, ({ subject }) => keyOf(subject.stack, subject.address));
  return { ...graph, nodes: graph.nodes.map((node) => marked(node, bySubject)) };
}

function marked(node: GraphNode, bySubject: ReadonlyMap<string, readonly Result[]>): GraphNode {
  const own = new Set(node.resources.map(({ stack, address }) => keyOf(stack, address)));
  const found = [...own].flatMap((key) => bySubject.get(key) ?? []);
  if (found.length === 0) return node;
  const lines = MARKS.flatMap(([verdict, mark]) => {
    const controls = new Set(found.filter((result) => result.verdict === verdict).map(({ control }) => control));
    const named = [...controls].toSorted(compareText);
    const left = named.length - MOST_CONTROLS;
    const more = left > 0 ? [`+ ${left} more`] : [];
    return named.length === 0 ? [] : [`${mark} ${verdict}: ${[...named.slice(0, MOST_CONTROLS), ...more].join(', ')}`];
  });
  return { ...node, lines: [...lines, ...node.lines] };
}

function keyOf(stack: string | null, address: string): string {
  return JSON.stringify([stack, address]);
}
