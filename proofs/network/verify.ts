import { type Cell, isWithin } from './checker/cells.ts';
import { Reader } from './checker/reader.ts';
import { digestOf } from './flow/digest.ts';
import type { FlowGraph } from './flow/graph.ts';
import type { Certificate, Place, Question } from './question.ts';

export type Verification =
  | { readonly kind: 'ok' }
  /** An edge by which packets get into the sets from outside them, or a node that should hold or lack some. */
  | { readonly kind: 'broken'; readonly at: string };

/**
 * Checks a certificate without the engine that made it: that every packet is in the set of a target, that no edge leads a
 * packet from outside its node's set into the next node's, and that the places that are proved have none. By arithmetic
 * over intervals, edge by edge; nothing is searched.
 */
export function verify(
  graph: FlowGraph,
  {
    question,
    certificate,
    proved,
  }: { readonly question: Question; readonly certificate: Certificate; readonly proved: readonly Place[] },
): Verification {
  if (certificate.graph !== digestOf(graph)) return { kind: 'broken', at: 'another graph' };
  const reader = readerOf(graph);
  const sets = new Map<string, readonly Cell[]>();
  for (const { node, boxes } of certificate.nodes)
    sets.set(
      node,
      boxes.flatMap((box) => reader.cell(box)),
    );
  const setOf = (node: number): readonly Cell[] => sets.get(graph.nodes[node]?.name ?? '') ?? [];
  const isThere = (node: number): boolean => {
    const owner = graph.nodes[node]?.owner ?? null;
    return owner === null || !question.without.certain.has(owner);
  };
  const wanted = reader.everything.flatMap((cell) => reader.narrow(cell, 1, question.destinations, 'may'));
  const targets = question.to.flatMap((place) => graph.ends(place)).map((node) => ({ node, cells: wanted }));
  if (graph.hidden !== null && targets.length > 0) targets.push({ node: graph.hidden, cells: [...reader.everything] });
  for (const { node, cells } of targets) {
    if (isThere(node) && !isWithin(cells, setOf(node))) return { kind: 'broken', at: graph.nodes[node]?.name ?? '' };
  }
  for (const { from, to, terms, change } of graph.edges) {
    if (!isThere(from) || !isThere(to)) continue;
    let cells = reader.before(change, setOf(to));
    for (const term of terms) cells = cells.length === 0 ? cells : reader.through(cells, term);
    if (!isWithin(cells, setOf(from))) {
      return { kind: 'broken', at: `${graph.nodes[from]?.name} -> ${graph.nodes[to]?.name}` };
    }
  }
  for (const place of proved) {
    const start = graph.starts(place);
    const sent = start === null ? [...reader.everything] : setOf(start);
    if (sent.some((cell) => reader.serve(cell, question.services) !== null)) {
      return { kind: 'broken', at: start === null ? 'no such place' : (graph.nodes[start]?.name ?? '') };
    }
  }
  return { kind: 'ok' };
}

const READERS = new WeakMap<FlowGraph, Reader>();

/** What is read of a graph is the same for all of its certificates. */
function readerOf(graph: FlowGraph): Reader {
  const known = READERS.get(graph);
  if (known !== undefined) return known;
  const made = new Reader(graph);
  READERS.set(graph, made);
  return made;
}
