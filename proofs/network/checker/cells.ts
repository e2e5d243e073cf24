/** First and last; sorted and apart. Unknown addresses have numbers behind those of their family. */
export type Spans = readonly (readonly [bigint, bigint])[];
export type Family = 4 | 6;

/** Packets: every source with every destination and every service. */
export interface Cell {
  readonly family: Family;
  readonly sides: readonly [sources: Spans, destinations: Spans, services: Spans];
}

const SIDES = [0, 1, 2] as const;
export const ALL_SERVICES: Spans = [[0n, (1n << 24n) - 1n]];

/** A cell with one side replaced; none when that is empty. */
export function on({ family, sides }: Cell, side: 0 | 1 | 2, spans: Spans): readonly Cell[] {
  if (spans.length === 0) return [];
  return [
    { family, sides: [side === 0 ? spans : sides[0], side === 1 ? spans : sides[1], side === 2 ? spans : sides[2]] },
  ];
}

/** The packets that two cells of one family share; none when there are none. */
export function both(left: Cell, right: Cell): readonly Cell[] {
  let shared: readonly Cell[] = [left];
  for (const side of SIDES) {
    shared = shared.flatMap((cell) => on(cell, side, meet(cell.sides[side], right.sides[side])));
  }
  return shared;
}

/** The packets of a cell that are not in another, in at most three cells. */
export function cut(cell: Cell, hit: Cell): readonly Cell[] {
  if (cell.family !== hit.family || SIDES.some((side) => meet(cell.sides[side], hit.sides[side]).length === 0))
    return [cell];
  const rest: Cell[] = [];
  let middle = cell;
  for (const side of SIDES) {
    rest.push(...on(middle, side, minus(middle.sides[side], hit.sides[side])));
    middle = on(middle, side, meet(middle.sides[side], hit.sides[side]))[0] ?? middle;
  }
  return rest;
}

export function isWithin(cells: readonly Cell[], set: readonly Cell[]): boolean {
  return cells.every((cell) => {
    let rest: readonly Cell[] = [cell];
    for (const hit of set) rest = rest.flatMap((part) => cut(part, hit));
    return rest.length === 0;
  });
}

export function union(spans: Spans): Spans {
  const merged: [bigint, bigint][] = [];
  for (const [first, last] of spans.toSorted((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))) {
    const previous = merged.at(-1);
    if (previous === undefined || first > previous[1] + 1n) merged.push([first, last]);
    else if (last > previous[1]) previous[1] = last;
  }
  return merged;
}

export function meet(left: Spans, right: Spans): Spans {
  const both: [bigint, bigint][] = [];
  let index = 0;
  for (const [first, last] of left) {
    while (index < right.length && (right[index]?.[1] ?? 0n) < first) index++;
    for (let next = index; next < right.length; next++) {
      const [start, end] = right[next] ?? [0n, 0n];
      if (start > last) break;
      both.push([start > first ? start : first, end < last ? end : last]);
    }
  }
  return both;
}

export function minus(left: Spans, right: Spans): Spans {
  const rest: [bigint, bigint][] = [];
  let index = 0;
  for (const [first, last] of left) {
    while (index < right.length && (right[index]?.[1] ?? 0n) < first) index++;
    let open = first;
    for (let next = index; next < right.length; next++) {
      const [start, end] = right[next] ?? [0n, 0n];
      if (start > last) break;
      if (start > open) rest.push([open, start - 1n]);
      open = end + 1n;
    }
    if (open <= last) rest.push([open, last]);
  }
  return rest;
}
