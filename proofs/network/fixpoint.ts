import type { Change } from './flow/term.ts';
import { NAT64 } from './flow/term.ts';
import type { FlowEdge } from './flow/graph.ts';
import { boxesOf, type Hulls, hullsOf, reachable } from './reach.ts';
import { elsewhere, everyPacket, type Setting } from './setting.ts';
import { type Bits, fill, join, runs } from './sets/bits.ts';
import { type Box, meet, PacketSet } from './sets/boxes.ts';

/** Boxes of one node beyond which they are replaced by those around them, or no longer followed. */
const MOST_BOXES = 512;

/** Boxes of one node beyond which it is worth to know what arrives there. */
const FEW_BOXES = 8;

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

interface Ends {
  /** What the places of the question send. */
  readonly from: ReadonlyMap<number, readonly Box[]>;
  readonly targets: ReadonlyMap<number, readonly Box[]>;
  /** Nodes on a way from the ones to the others. */
  readonly slice: Uint8Array;
}

/**
 * The packets at each node that get to a target. From many places to few it mostly takes few boxes; where it does not,
 * and from few places to many, only those packets are followed that may arrive at a node at all.
 */
export function solve(setting: Setting, { from, targets, slice }: Ends): Solution {
  if (from.size > targets.size) {
    const [every4 = null, every6 = null] = everyPacket(setting.space);
    const every: Hulls = { 4: every4, 6: every6 };
    const nothing: Hulls = { 4: null, 6: null };
    const open = Array.from(slice, (isOnWay, node) => (isOnWay === 0 ? nothing : (hullsOf(from.get(node)) ?? every)));
    const plain = new BackwardSets(setting, open);
    if (plain.solve(targets, FEW_BOXES)) return plain.solution;
  }
  const narrow = new BackwardSets(setting, reachable(setting, { from, slice }));
  narrow.solve(targets, null);
  return narrow.solution;
}

/** The packets that an edge leads into the boxes. */
export function wayBack(setting: Setting, { terms, change }: FlowEdge, boxes: readonly Box[]): readonly Box[] {
  return setting.filters.through(before(setting, change, boxes), terms, setting.model);
}

class BackwardSets {
  readonly #sets: (PacketSet | null)[];
  readonly #crowded = new Set<number>();
  #isCertain = true;
  readonly #setting: Setting;
  readonly #hulls: readonly Hulls[];
  readonly #within: readonly (readonly Box[])[];
  readonly #fresh: (PacketSet | null)[];
  readonly #queue: number[] = [];

  constructor(setting: Setting, within: readonly Hulls[]) {
    this.#setting = setting;
    this.#hulls = within;
    this.#within = within.map(boxesOf);
    this.#sets = setting.graph.nodes.map(() => null);
    this.#fresh = setting.graph.nodes.map(() => null);
  }

  get solution(): Solution {
    return { sets: this.#sets, within: this.#hulls, crowded: [...this.#crowded], isCertain: this.#isCertain };
  }

  /**
   * The least sets that hold the targets and every edge's way back. False when a node takes more than so many boxes, and
   * then they are not complete.
   */
  solve(targets: ReadonlyMap<number, readonly Box[]>, most: number | null): boolean {
    for (const [node, boxes] of targets) this.#grow(node, boxes);
    for (let head = 0; head < this.#queue.length; head++) {
      const node = this.#queue[head] ?? 0;
      if (most !== null && (this.#sets[node]?.boxes.length ?? 0) > most) return false;
      this.#goBack(node);
    }
    return true;
  }

  #goBack(node: number): void {
    const { graph, filters, model } = this.#setting;
    const boxes = this.#take(node);
    for (const index of graph.in[node] ?? []) {
      const edge = graph.edges[index];
      if (edge === undefined || (this.#within[edge.from] ?? []).length === 0) continue;
      if (edge.doubts.length > 0) {
        if (model === 'must') continue;
        this.#isCertain = false;
      }
      if (this.#isCertain) this.#isCertain = edge.terms.every((term) => filters.isCertain(term));
      this.#grow(edge.from, wayBack(this.#setting, edge, boxes));
    }
  }

  /** What was added to a node since it was taken last. */
  #take(node: number): readonly Box[] {
    const fresh = this.#fresh[node];
    this.#fresh[node] = null;
    return fresh?.boxes ?? [];
  }

  #grow(node: number, found: readonly Box[]): void {
    const within = this.#within[node] ?? [];
    const boxes = found.flatMap((box) => within.map((own) => meet(box, own)).filter((met) => met !== null));
    if (boxes.length === 0) return;
    const { graph, without, model } = this.#setting;
    const set = this.#sets[node] ?? new PacketSet();
    const fresh = this.#fresh[node] ?? new PacketSet();
    const isWaiting = fresh.boxes.length > 0;
    for (const box of boxes) {
      if (model === 'must' && set.boxes.length >= MOST_BOXES) {
        this.#crowded.add(node);
        break;
      }
      if (set.add(box)) fresh.add(box);
    }
    if (set.boxes.length > MOST_BOXES) {
      this.#crowded.add(node);
      set.enclose();
      for (const box of set.boxes) fresh.add(box);
    }
    if (fresh.boxes.length === 0) return;
    this.#sets[node] = set;
    this.#fresh[node] = fresh;
    if (!isWaiting) this.#queue.push(node);
    const { doubts, owner } = graph.nodes[node] ?? { doubts: [], owner: null };
    if (doubts.length > 0 || (owner !== null && without.doubtful.has(owner))) this.#isCertain = false;
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
    case 'other-destination':
      return elsewhere(space, boxes);
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
