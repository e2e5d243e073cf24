import type { FlowGraph } from './flow/graph.ts';
import { elsewhere, everyPacket, isThere, type Setting } from './setting.ts';
import type { Family } from './sets/address-atoms.ts';
import { type Box, encloses, hull } from './sets/boxes.ts';

/** For each family the smallest box around what arrives at a node. */
export type Hulls = { readonly [family in Family]: Box | null };

/** What tells which nodes and edges there are. */
type Walkable = Pick<Setting, 'graph' | 'without' | 'model'>;

const NOTHING: Hulls = { 4: null, 6: null };

/**
 * What may arrive at each node from the places of a question, roughly: one box a family. What is outside of it needs no
 * exact answer, which keeps the sets of the exact answer small.
 */
export function reachable(
  setting: Setting,
  { from, slice }: { readonly from: ReadonlyMap<number, readonly Box[]>; readonly slice: Uint8Array },
): readonly Hulls[] {
  const { graph, filters, model } = setting;
  const hulls = graph.nodes.map(() => NOTHING);
  const waiting = new Uint8Array(graph.nodes.length);
  const queue: number[] = [];
  const grow = (node: number, boxes: readonly Box[]): void => {
    const grown = enclose(hulls[node] ?? NOTHING, boxes);
    if (grown === null) return;
    hulls[node] = grown;
    if (waiting[node] === 0) queue.push(node);
    waiting[node] = 1;
  };
  for (const [node, boxes] of from) if (slice[node] === 1) grow(node, boxes);
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head] ?? 0;
    waiting[node] = 0;
    const boxes = boxesOf(hulls[node] ?? NOTHING);
    for (const index of graph.out[node] ?? []) {
      const edge = graph.edges[index];
      if (edge === undefined || slice[edge.to] !== 1 || (model === 'must' && edge.doubts.length > 0)) continue;
      const passed = filters.roughlyThrough(boxes, edge.terms, model);
      if (passed.length === 0) continue;
      if (edge.change === 'none') grow(edge.to, passed);
      else if (edge.change === 'any-packet') grow(edge.to, everyPacket(setting.space));
      else if (edge.change === 'other-destination') grow(edge.to, elsewhere(setting.space, passed));
      else grow(edge.to, translated(setting, passed));
    }
  }
  return hulls;
}

export function boxesOf(hulls: Hulls): readonly Box[] {
  return [hulls[4], hulls[6]].filter((box) => box !== null);
}

/** The smallest boxes around some; null when there are none. */
export function hullsOf(boxes: readonly Box[] | undefined): Hulls | null {
  return boxes === undefined ? null : enclose(NOTHING, boxes);
}

/** After an address translation: IPv4 of any source, and of NAT64 of any destination. */
function translated({ space }: Setting, boxes: readonly Box[]): readonly Box[] {
  const { full } = space.addresses(4);
  return boxes.map(({ family, destination, services }) => ({
    family: 4,
    source: full,
    destination: family === 4 ? destination : full,
    services,
  }));
}

/** Null when nothing is new. */
function enclose(hulls: Hulls, boxes: readonly Box[]): Hulls | null {
  const v4 = around(hulls[4], boxes, 4);
  const v6 = around(hulls[6], boxes, 6);
  return v4 === hulls[4] && v6 === hulls[6] ? null : { 4: v4, 6: v6 };
}

function around(own: Box | null, boxes: readonly Box[], family: Family): Box | null {
  let grown = own;
  for (const box of boxes) {
    if (box.family !== family || (grown !== null && encloses(grown, box))) continue;
    grown = grown === null ? box : hull(grown, box);
  }
  return grown;
}

/** Nodes on a way from a place of the question to a target, whatever the packet. */
export function sliceOf(
  setting: Walkable,
  { from, targets }: { readonly from: readonly number[]; readonly targets: Iterable<number> },
): Uint8Array {
  const { graph } = setting;
  const ahead = spread(setting, { from, next: graph.out, end: 'to', within: null });
  // A way to a target goes through nothing that is not ahead, and of one place little is.
  return spread(setting, { from: targets, next: graph.in, end: 'from', within: ahead });
}

function spread(
  setting: Walkable,
  {
    from,
    next,
    end,
    within,
  }: {
    readonly from: Iterable<number>;
    readonly next: FlowGraph['out'];
    readonly end: 'from' | 'to';
    /** The nodes that count; null for all. */
    readonly within: Uint8Array | null;
  },
): Uint8Array {
  const { graph, model } = setting;
  const found = new Uint8Array(graph.nodes.length);
  const queue: number[] = [];
  const reach = (node: number): void => {
    const point = graph.nodes[node];
    if (within !== null && within[node] !== 1) return;
    if (found[node] === 1 || point === undefined || !isThere(point, setting)) return;
    found[node] = 1;
    queue.push(node);
  };
  for (const node of from) reach(node);
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const index of next[node] ?? []) {
      const edge = graph.edges[index];
      if (edge !== undefined && (model === 'may' || edge.doubts.length === 0)) reach(edge[end]);
    }
  }
  return found;
}
