import type { Change } from './flow/term.ts';
import { NAT64 } from './flow/term.ts';
import type { FlowEdge } from './flow/graph.ts';
import { boxesOf, type Hulls } from './reach.ts';
import { everyPacket, type Setting } from './setting.ts';
import { type Bits, fill, join, runs } from './sets/bits.ts';
import { type Box, meet, PacketSet } from './sets/boxes.ts';

/** Boxes of one node beyond which they are replaced by those around them, or no longer followed. */
export const MOST_BOXES = 512;

export interface Solution {
  /** For each node the packets that get from there to a target; null for none. */
  readonly sets: readonly (PacketSet | null)[];
  /** What may arrive at each node at all; the sets say nothing of other packets. */
  readonly within: readonly Hulls[];
  /** Nodes at which the boxes became too many. */
  readonly crowded: readonly number[];
  /** Whether nothing on any way was in doubt, so that the other model gives the same. */
  readonly isCertain: boolean;
}

/**
 * The packets at each node that get to a target, of those that may arrive there: the least sets that hold the targets and
 * every edge's way back.
 */
export function solve(
  setting: Setting,
  { targets, within }: { readonly targets: ReadonlyMap<number, readonly Box[]>; readonly within: readonly Hulls[] },
): Solution {
  const { graph, model } = setting;
  const solution = new BackwardSets(setting, within);
  for (const [node, boxes] of targets) solution.grow(node, boxes);
  for (let node = solution.next(); node !== null; node = solution.next()) {
    const boxes = solution.take(node);
    for (const index of graph.in[node] ?? []) {
      const edge = graph.edges[index];
      if (edge === undefined || !solution.isReached(edge.from)) continue;
      if (edge.doubts.length > 0) {
        if (model === 'must') continue;
        solution.isCertain = false;
      }
      if (solution.isCertain && !edge.terms.every((term) => setting.filters.isCertain(term)))
        solution.isCertain = false;
      solution.grow(edge.from, wayBack(setting, edge, boxes));
    }
  }
  return { sets: solution.sets, within, crowded: [...solution.crowded], isCertain: solution.isCertain };
}

/** The packets that an edge leads into the boxes. */
export function wayBack(setting: Setting, { terms, change }: FlowEdge, boxes: readonly Box[]): readonly Box[] {
  return setting.filters.through(before(setting, change, boxes), terms, setting.model);
}

class BackwardSets {
  readonly sets: (PacketSet | null)[];
  readonly crowded = new Set<number>();
  isCertain = true;
  readonly #setting: Setting;
  readonly #within: readonly (readonly Box[])[];
  readonly #fresh: (PacketSet | null)[];
  readonly #queue: number[] = [];
  #head = 0;

  constructor(setting: Setting, within: readonly Hulls[]) {
    this.#setting = setting;
    this.#within = within.map(boxesOf);
    this.sets = setting.graph.nodes.map(() => null);
    this.#fresh = setting.graph.nodes.map(() => null);
  }

  isReached(node: number): boolean {
    const within = this.#within[node];
    return within !== undefined && within.length > 0;
  }

  next(): number | null {
    return this.#queue[this.#head++] ?? null;
  }

  /** What was added to a node since it was taken last. */
  take(node: number): readonly Box[] {
    const fresh = this.#fresh[node];
    this.#fresh[node] = null;
    return fresh?.boxes ?? [];
  }

  grow(node: number, found: readonly Box[]): void {
    const within = this.#within[node] ?? [];
    const boxes = found.flatMap((box) => within.map((own) => meet(box, own)).filter((met) => met !== null));
    if (boxes.length === 0) return;
    const { graph, without, model } = this.#setting;
    const set = this.sets[node] ?? new PacketSet();
    const fresh = this.#fresh[node] ?? new PacketSet();
    const isWaiting = fresh.boxes.length > 0;
    for (const box of boxes) {
      if (model === 'must' && set.boxes.length >= MOST_BOXES) {
        this.crowded.add(node);
        break;
      }
      if (set.add(box)) fresh.add(box);
    }
    if (set.boxes.length > MOST_BOXES) {
      this.crowded.add(node);
      set.enclose();
      for (const box of set.boxes) fresh.add(box);
    }
    if (fresh.boxes.length === 0) return;
    this.sets[node] = set;
    this.#fresh[node] = fresh;
    if (!isWaiting) this.#queue.push(node);
    const { doubts, owner } = graph.nodes[node] ?? { doubts: [], owner: null };
    if (doubts.length > 0 || (owner !== null && without.doubtful.has(owner))) this.isCertain = false;
  }
}

/** The packets that a change may turn into some of the boxes. */
function before(setting: Setting, change: Change, boxes: readonly Box[]): readonly Box[] {
  const { space } = setting;
  switch (change) {
    case 'none':
      return boxes;
    case 'any-source':
      return boxes.filter(({ family }) => family === 4).map((box) => ({ ...box, source: space.addresses(4).full }));
    case 'to-ipv4':
      return boxes.flatMap(({ family, destination, services }) => {
        const embedded = family === 4 ? embed(setting, destination) : null;
        return embedded === null
          ? []
          : [{ family: 6, source: space.addresses(6).full, destination: embedded, services } as const];
      });
    case 'any-packet':
      return boxes.length === 0 ? [] : everyPacket(space);
  }
}

/** The addresses under the prefix of NAT64 that embed some of IPv4. */
function embed({ space, model }: Setting, destination: Bits): Bits | null {
  const [prefix] = NAT64.ranges;
  if (prefix === undefined) return null;
  const from = space.addresses(4);
  const to = space.addresses(6);
  const numbers = model === 'may' ? (join(destination, from.numbersUnder(destination)) ?? destination) : destination;
  let embedded: Bits | null = null;
  for (const [first, end] of runs(numbers, from.numbers)) {
    embedded ??= new Uint32Array(to.full.length);
    const low = prefix.first | from.range(first).first;
    const high = prefix.first | from.range(end - 1).last;
    fill(embedded, ...to.between(low, high + 1n));
  }
  return embedded;
}
