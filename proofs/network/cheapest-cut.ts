/** The cost of what cannot be cut. */
export const UNCUTTABLE = Number.POSITIVE_INFINITY;

interface Arc<Item> {
  readonly to: number;
  /** Index of the arc back. */
  readonly back: number;
  capacity: number;
  readonly item: Item;
}

/** Ways between numbered points, of which each has a cost to cut it. */
export class Ways<Item> {
  readonly #arcs: Arc<Item>[] = [];
  /** Arcs by the point that they leave; every second arc of the list is one back. */
  readonly #out = new Map<number, number[]>();

  add({
    from,
    to,
    cost,
    item,
  }: {
    readonly from: number;
    readonly to: number;
    readonly cost: number;
    readonly item: Item;
  }): void {
    const index = this.#arcs.length;
    this.#arcs.push({ to, back: index + 1, capacity: cost, item }, { to: from, back: index, capacity: 0, item });
    this.#leaving(from).push(index);
    this.#leaving(to).push(index + 1);
  }

  items(): readonly Item[] {
    return this.#arcs.filter((_, index) => index % 2 === 0).map(({ item }) => item);
  }

  /**
   * What to cut, at the least cost, so that no way leads from the start to an end, the nearest to the start of equal
   * ones; null when nothing does. Ford and Fulkerson by shortest ways, which is quick for the few ways of a finding.
   */
  cheapestCut(start: number, ends: ReadonlySet<number>): readonly Item[] | null {
    for (;;) {
      const { way, seen } = this.#shortest(start, ends);
      if (way === null) {
        return this.#arcs
          .filter(({ back, to }, index) => index % 2 === 0 && seen.has(this.#arcs[back]?.to ?? to) && !seen.has(to))
          .map(({ item }) => item);
      }
      const least = Math.min(...way.map(({ capacity }) => capacity));
      if (least === UNCUTTABLE) return null;
      for (const arc of way) {
        const back = this.#arcs[arc.back];
        arc.capacity -= least;
        if (back !== undefined) back.capacity += least;
      }
    }
  }

  #shortest(
    start: number,
    ends: ReadonlySet<number>,
  ): { readonly way: readonly Arc<Item>[] | null; readonly seen: ReadonlyMap<number, number> } {
    const by = new Map<number, number>([[start, -1]]);
    const queue = [start];
    for (let head = 0; head < queue.length; head++) {
      const point = queue[head] ?? start;
      if (ends.has(point)) return { way: this.#back(start, point, by), seen: by };
      for (const index of this.#out.get(point) ?? []) {
        const arc = this.#arcs[index];
        if (arc === undefined || arc.capacity === 0 || by.has(arc.to)) continue;
        by.set(arc.to, index);
        queue.push(arc.to);
      }
    }
    return { way: null, seen: by };
  }

  #back(start: number, end: number, by: ReadonlyMap<number, number>): readonly Arc<Item>[] {
    const way: Arc<Item>[] = [];
    for (let point = end; point !== start;) {
      const arc = this.#arcs[by.get(point) ?? -1];
      if (arc === undefined) break;
      way.push(arc);
      point = this.#arcs[arc.back]?.to ?? start;
    }
    return way;
  }

  #leaving(point: number): number[] {
    const known = this.#out.get(point);
    if (known !== undefined) return known;
    const made: number[] = [];
    this.#out.set(point, made);
    return made;
  }
}
