import type { Address } from '../question.ts';
import { blocksOf, familyOf, inAddresses } from '../membership.ts';
import type { Addresses } from '../topology.ts';

interface Span {
  readonly first: bigint;
  readonly last: bigint;
  /** Greatest `last` of this span and of those that start before it. */
  readonly reach: bigint;
  readonly order: number;
}

/** Things by the addresses that they have or may have. */
export class AddressIndex<Item> {
  readonly #items: readonly (readonly [Item, Addresses])[];
  readonly #spans: { readonly 4: readonly Span[]; readonly 6: readonly Span[] };
  readonly #named = new Map<string, number[]>();
  readonly #open: readonly number[];

  constructor(items: readonly (readonly [Item, Addresses])[]) {
    this.#items = items;
    this.#spans = { 4: spansOf(items, 4), 6: spansOf(items, 6) };
    this.#open = items.flatMap(([, { doubts }], order) => (doubts.length > 0 ? [order] : []));
    for (const [order, [, { unknowns }]] of items.entries()) {
      for (const { name } of unknowns) {
        const known = this.#named.get(name);
        if (known === undefined) this.#named.set(name, [order]);
        else known.push(order);
      }
    }
  }

  /** Those that have or may have an address, in the order in which they were given. */
  at(address: Address): readonly Item[] {
    const [first, last] =
      address.kind === 'number'
        ? [address.value, address.value]
        : [address.unknown.within.first, address.unknown.within.last];
    const orders = new Set(this.#open);
    const spans = this.#spans[familyOf(address)];
    for (let index = startingBy(spans, last) - 1; index >= 0; index--) {
      const span = spans[index];
      if (span === undefined || span.reach < first) break;
      if (span.last >= first) orders.add(span.order);
    }
    if (address.kind === 'unknown') {
      for (const { name } of blocksOf(address.unknown)) {
        for (const order of this.#named.get(name) ?? []) orders.add(order);
      }
    }
    return [...orders]
      .toSorted((left, right) => left - right)
      .flatMap((order) => {
        const found = this.#items[order];
        return found !== undefined && inAddresses(address, found[1]).kind !== 'no' ? [found[0]] : [];
      });
  }
}

function spansOf(items: readonly (readonly [unknown, Addresses])[], family: 4 | 6): readonly Span[] {
  const sorted = items
    .flatMap(([, { ranges }], order) =>
      ranges.filter((range) => range.family === family).map(({ first, last }) => ({ first, last, order })),
    )
    .toSorted((left, right) =>
      left.first < right.first ? -1 : left.first > right.first ? 1 : left.order - right.order,
    );
  let reach = -1n;
  return sorted.map((span) => {
    if (span.last > reach) reach = span.last;
    return { ...span, reach };
  });
}

/** How many spans start at an address or before it. */
function startingBy(spans: readonly Span[], address: bigint): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle]?.first ?? 0n) <= address) low = middle + 1;
    else high = middle;
  }
  return low;
}
