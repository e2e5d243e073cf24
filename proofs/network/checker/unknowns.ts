import type { FlowGraph } from '../flow/graph.ts';
import type { Term } from '../flow/term.ts';
import type { Unknown } from '../topology.ts';
import { type Family, type Spans, union } from './cells.ts';

/** Unknowns that lie within the same known addresses, by their numbers. */
interface Neighbours {
  readonly first: bigint;
  readonly last: bigint;
  readonly numbers: readonly [bigint, bigint];
  /** Index of the nearest before them that reaches further; -1 when none does. */
  readonly wider: number;
}

/** One past the last address. */
export const WIDTH = { 4: 1n << 32n, 6: 1n << 128n } as const;

/**
 * The unknowns of a graph as numbers behind the addresses of their family. Those that may be the same addresses stand side
 * by side, so that sets of them are few spans.
 */
export class Unknowns {
  readonly #known = new Map<string, { readonly unknown: Unknown; readonly number: bigint }>();
  /** Numbers of a block and of all its parts. */
  readonly #parts = new Map<string, Spans>();
  /** In the order of where they begin. */
  readonly #neighbours: { readonly [family in Family]: readonly Neighbours[] };

  constructor(graph: FlowGraph) {
    const parts = new Map<string, (readonly [bigint, bigint])[]>();
    for (const [index, unknown] of mentionedIn(graph).toSorted(byPlace).entries()) {
      const number = WIDTH[unknown.family] + BigInt(index);
      this.#known.set(unknown.name, { unknown, number });
      for (let block: Unknown | null = unknown; block !== null; block = block.parent) {
        const own = parts.get(block.name) ?? [];
        own.push([number, number]);
        parts.set(block.name, own);
      }
    }
    for (const [name, spans] of parts) this.#parts.set(name, union(spans));
    const all = [...this.#known.values()];
    this.#neighbours = {
      4: neighboursOf(all.filter(({ unknown }) => unknown.family === 4)),
      6: neighboursOf(all.filter(({ unknown }) => unknown.family === 6)),
    };
  }

  find(name: string): { readonly unknown: Unknown; readonly number: bigint } | null {
    return this.#known.get(name) ?? null;
  }

  all(family: Family): Spans {
    return this.#neighbours[family].map(({ numbers }) => numbers);
  }

  /** A block that is unknown itself, with all its parts. */
  parts(name: string): Spans {
    return this.#parts.get(name) ?? [];
  }

  /** Unknowns that may be among some numbers, which are in order and apart; or that surely are. */
  among(numbers: Spans, family: Family, reading: 'may' | 'must'): Spans {
    const neighbours = this.#neighbours[family];
    const found: (readonly [bigint, bigint])[] = [];
    for (const [first, last] of numbers) {
      let index = beginningUpTo(last, neighbours) - 1;
      for (let near = neighbours[index]; near !== undefined; near = neighbours[index]) {
        const isApart = near.last < first;
        if (!isApart && (reading === 'may' || (first <= near.first && near.last <= last))) found.push(near.numbers);
        index = isApart ? near.wider : index - 1;
      }
    }
    return union(found);
  }

  /** Addresses that some unknowns may be. */
  within(numbers: Spans, family: Family): Spans {
    return union(
      this.#neighbours[family]
        .filter((near) => numbers.some(([first, last]) => first <= near.numbers[1] && near.numbers[0] <= last))
        .map(({ first, last }) => [first, last] as const),
    );
  }
}

function neighboursOf(
  unknowns: readonly { readonly unknown: Unknown; readonly number: bigint }[],
): readonly Neighbours[] {
  const found: { first: bigint; last: bigint; numbers: [bigint, bigint]; wider: number }[] = [];
  for (const { unknown, number } of unknowns) {
    const { first, last } = unknown.within;
    const before = found.at(-1);
    if (before?.first === first && before.last === last) {
      before.numbers[1] = number;
      continue;
    }
    let wider = found.length - 1;
    for (let near = found[wider]; near !== undefined && near.last <= last; near = found[wider]) wider = near.wider;
    found.push({ first, last, numbers: [number, number], wider });
  }
  return found;
}

/** How many begin at an address or before it. */
function beginningUpTo(address: bigint, neighbours: readonly Neighbours[]): number {
  let low = 0;
  let high = neighbours.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((neighbours[middle]?.first ?? 0n) <= address) low = middle + 1;
    else high = middle;
  }
  return low;
}

function byPlace({ family, within }: Unknown, other: Unknown): number {
  if (family !== other.family) return family - other.family;
  if (within.first !== other.within.first) return within.first < other.within.first ? -1 : 1;
  if (within.last !== other.within.last) return within.last < other.within.last ? -1 : 1;
  return 0;
}

/** Every unknown that the graph mentions, and the blocks that they are parts of. */
function mentionedIn(graph: FlowGraph): readonly Unknown[] {
  const found = new Map<string, Unknown>();
  const read = new Set<object>();
  const add = (unknowns: readonly Unknown[]): void => {
    for (const unknown of unknowns) {
      for (let block: Unknown | null = unknown; block !== null && !found.has(block.name); block = block.parent)
        found.set(block.name, block);
    }
  };
  for (const { terms } of graph.edges) {
    for (const term of terms) {
      const shared = term.kind === 'lookup' ? term.table : term;
      if (!read.has(shared)) for (const unknowns of unknownsIn(term)) add(unknowns);
      read.add(shared);
    }
  }
  for (const members of graph.members.values()) for (const { item } of members) add(item.unknowns);
  return [...found.values()];
}

function unknownsIn(term: Term): readonly (readonly Unknown[])[] {
  switch (term.kind) {
    case 'address':
      return term.among.map(({ item }) => item.unknowns);
    case 'lookup':
      return term.table.entries.map(({ destination }) => (destination.kind === 'unknown' ? [destination.unknown] : []));
    case 'acl':
      return term.acl[term.direction].map(({ addresses }) => addresses.unknowns);
    case 'groups':
      return term.groups.flatMap(({ item }) =>
        item[term.direction].map(({ peer }) => (peer.kind === 'addresses' ? peer.addresses.unknowns : [])),
      );
    case 'family':
    case 'services':
      return [];
  }
}
