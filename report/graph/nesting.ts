import type { Picture } from './network-graph.ts';

/** A line between two members of a group, by its number in the picture. */
export interface LevelLine {
  readonly line: number;
  readonly from: string;
  readonly to: string;
}

/** Which box is in which, and at which level a line runs: in the innermost group that holds both of its ends. */
export class Nesting {
  readonly #members = new Map<string | null, string[]>();
  readonly #lines = new Map<string | null, LevelLine[]>();
  readonly #paths = new Map<string, readonly string[]>();
  readonly #ends: { readonly from: string; readonly to: string }[] = [];
  readonly #groups: ReadonlySet<string>;
  /** Networks outside, from which everything else is looked at. */
  readonly outermost: readonly string[];

  constructor({ groups, nodes, edges }: Picture) {
    this.#groups = new Set(groups.map(({ id }) => id));
    this.outermost = nodes.flatMap(({ id, kind }) => (kind === 'outside' && !id.startsWith('services:') ? [id] : []));
    const parents = new Map([...groups, ...nodes].map(({ id, parent }) => [id, parent]));
    for (const [id, parent] of parents) {
      append(this.#members, parent, id);
      const path: string[] = [];
      for (let at: string | null = id; at !== null; at = parents.get(at) ?? null) path.unshift(at);
      this.#paths.set(id, path);
    }
    for (const [line, { from, to }] of edges.entries()) {
      this.#ends.push({ from, to });
      const [a, b] = [this.pathOf(from), this.pathOf(to)];
      const level = this.levelOf(line);
      const [start, end] = [a[level], b[level]];
      if (start !== undefined && end !== undefined) {
        append(this.#lines, level === 0 ? null : (a[level - 1] ?? null), { line, from: start, to: end });
      }
    }
  }

  isGroup(id: string): boolean {
    return this.#groups.has(id);
  }

  membersOf(group: string | null): readonly string[] {
    return this.#members.get(group) ?? [];
  }

  linesOf(group: string | null): readonly LevelLine[] {
    return this.#lines.get(group) ?? [];
  }

  /** The groups that a box is in, the outermost first, and itself. */
  pathOf(id: string): readonly string[] {
    return this.#paths.get(id) ?? [id];
  }

  /** How many groups hold both ends of a line. */
  levelOf(line: number): number {
    const ends = this.#ends[line];
    if (ends === undefined) return 0;
    const [a, b] = [this.pathOf(ends.from), this.pathOf(ends.to)];
    let level = 0;
    while (a[level] === b[level] && a[level] !== undefined) level += 1;
    return level;
  }

  /** The member of a group in which a line that leaves the group has its end. */
  endIn(line: number, group: string | null): string {
    const ends = this.#ends[line];
    for (const id of ends === undefined ? [] : [ends.from, ends.to]) {
      const path = this.pathOf(id);
      const index = group === null ? 0 : path.indexOf(group) + 1;
      const member = group !== null && index === 0 ? undefined : path[index];
      if (member !== undefined) return member;
    }
    throw new TypeError('a line that does not enter the group');
  }
}

function append<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
