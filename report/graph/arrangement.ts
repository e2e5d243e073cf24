import { type LayeredEdge, type LayeredGraph, layeredGraph, layOut } from './layered.ts';
import type { Nesting } from './nesting.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Area extends Point, Size {}

/** A group laid out: everything from its own upper left corner. */
export interface Arrangement extends Size {
  /** Upper left corners of its members. */
  readonly members: ReadonlyMap<string, Point>;
  /** Groups among the members, laid out. */
  readonly inner: ReadonlyMap<string, Arrangement>;
  /** Lines of this level, by number: of one that joins two members all of it, of others from a member to the border. */
  readonly lines: ReadonlyMap<number, readonly Point[]>;
  readonly plates: ReadonlyMap<number, Area>;
  /** Where lines cross the border. */
  readonly ports: ReadonlyMap<number, Point>;
}

export interface Sizes {
  node(id: string): Size;
  title(group: string): Size;
  plate(line: number): Size;
}

type Side = 'top' | 'bottom';

const PADDING = { root: 24, side: 16, bottom: 12 };
const TOP = 'top';
const BOTTOM = 'bottom';
/** Between lines, and between a title and what passes it. */
const APART = 16;
/** Boxes beyond it are laid out by the faster of the two rankers. */
const MANY = 80;

/**
 * Lays out one group and those in it. dagre's own groups overlap what is not in them, so each is laid out alone, with a
 * port on its border for each line that leaves it, and is then one box among others.
 */
export function arrange(
  nesting: Nesting,
  sizes: Sizes,
  group: string | null,
  sides: ReadonlyMap<number, Side>,
): Arrangement {
  const members = nesting.membersOf(group);
  const order = orderOf(nesting, group, sides);
  const isAbove = (a: string, b: string): boolean => (order.get(a) ?? 0) < (order.get(b) ?? 0);
  const inner = new Map<string, Arrangement>();
  for (const member of members) {
    if (!nesting.isGroup(member)) continue;
    const own = new Map<number, Side>();
    for (const [line, side] of sides) if (nesting.endIn(line, group) === member) own.set(line, side);
    for (const { line, from, to } of nesting.linesOf(group)) {
      if (from !== member && to !== member) continue;
      own.set(line, isAbove(member, from === member ? to : from) ? 'bottom' : 'top');
    }
    inner.set(member, arrange(nesting, sizes, member, own));
  }
  const graph = graphOf(nesting, { sizes, group, sides, inner, isAbove });
  layOut(graph);
  return read(nesting, graph, { sizes, group, sides, inner, isAbove });
}

interface Level {
  readonly sizes: Sizes;
  readonly group: string | null;
  readonly sides: ReadonlyMap<number, Side>;
  readonly inner: ReadonlyMap<string, Arrangement>;
  readonly isAbove: (a: string, b: string) => boolean;
}

function graphOf(nesting: Nesting, { sizes, group, sides, inner, isAbove }: Level): LayeredGraph {
  const members = nesting.membersOf(group);
  const graph = layeredGraph({
    rankdir: 'TB',
    nodesep: group === null ? 40 : 26,
    ranksep: group === null ? 64 : 44,
    edgesep: 18,
    ranker: members.length > MANY ? 'tight-tree' : 'network-simplex',
    rankalign: group === null ? 'top' : 'center',
  });
  const below = new Set<string>();
  const above = new Set<string>();
  for (const member of members) {
    const { width, height } = inner.get(member) ?? sizes.node(member);
    graph.setNode(memberName(member), { width, height });
  }
  for (const { line, from, to } of nesting.linesOf(group)) {
    const [upper, lower] = isAbove(from, to) ? [from, to] : [to, from];
    below.add(lower);
    above.add(upper);
    graph.setEdge(memberName(upper), memberName(lower), { ...sizes.plate(line), labelpos: 'c' }, String(line));
  }
  if (group === null) return graph;
  graph.setNode(TOP, { width: 1, height: sizes.title(group).height });
  graph.setNode(BOTTOM, { width: 1, height: 1 });
  for (const [line, side] of sides) {
    const member = memberName(nesting.endIn(line, group));
    const [upper, lower] = side === 'top' ? [TOP, member] : [member, BOTTOM];
    graph.setEdge(upper, lower, {}, String(line));
  }
  for (const member of members) {
    if (!below.has(member)) graph.setEdge(TOP, memberName(member), { weight: 0 }, TOP);
    if (!above.has(member)) graph.setEdge(memberName(member), BOTTOM, { weight: 0 }, BOTTOM);
  }
  return graph;
}

/** A line as dagre leads it, from the upper end to the lower one, without the points at its ends. */
interface Course {
  readonly line: number;
  readonly upper: string;
  readonly lower: string;
  readonly inside: readonly Point[];
}

/** How far lines go to the left of the boxes and to the right: dagre takes the extent of a graph from its boxes alone. */
function reachOf(graph: LayeredGraph): { readonly before: number; readonly beyond: number } {
  let before = 0;
  let beyond = 0;
  for (const { v, w, name = '' } of graph.edges()) {
    for (const { x } of graph.edge(v, w, name).points ?? []) {
      before = Math.max(before, -x);
      beyond = Math.max(beyond, x);
    }
  }
  return { before, beyond };
}

function read(nesting: Nesting, graph: LayeredGraph, level: Level): Arrangement {
  const { sizes, group, sides, inner, isAbove } = level;
  const { before, beyond } = reachOf(graph);
  const used = before + Math.max(extentOf(graph.graph(), 'width'), beyond);
  const tall = extentOf(graph.graph(), 'height');
  const title = group === null ? { width: 0, height: 0 } : sizes.title(group);
  const crossing = Array.from(sides.values()).filter((side) => side === 'top').length;
  const content = Math.max(used, title.width + crossing * APART);
  const left = group === null ? PADDING.root : PADDING.side;
  const width = content + 2 * left;
  const dx = left + (content - used) / 2 + before;
  const dy = group === null ? PADDING.root : 0;
  const move = ({ x = 0, y = 0 }: { readonly x?: number | undefined; readonly y?: number | undefined }): Point => ({
    x: x + dx,
    y: y + dy,
  });
  const height = group === null ? tall + 2 * PADDING.root : tall + PADDING.bottom;
  const boxes = new Map<string, Box>();
  for (const member of nesting.membersOf(group)) {
    const { x, y, width, height: own, rank = 0 } = graph.node(memberName(member));
    const centre = move({ x, y });
    boxes.set(member, { x: centre.x - width / 2, y: centre.y - own / 2, width, height: own, rank });
  }
  const plates = new Map<number, Area>();
  const courses: Course[] = [];
  const take = (line: number, upper: string, lower: string): LayeredEdge => {
    const label = graph.edge(upper, lower, String(line));
    const points = label.points ?? [];
    courses.push({ line, upper, lower, inside: points.slice(1, -1).map(move) });
    return label;
  };
  const forward = new Set<number>();
  for (const { line, from, to } of nesting.linesOf(group)) {
    if (isAbove(from, to)) forward.add(line);
    const [upper, lower] = isAbove(from, to) ? [from, to] : [to, from];
    const label = take(line, memberName(upper), memberName(lower));
    const { width, height: own } = sizes.plate(line);
    const { x, y } = move(label);
    if (width > 0) plates.set(line, { x: x - width / 2, y: y - own / 2, width, height: own });
  }
  for (const [line, side] of sides) {
    const member = memberName(nesting.endIn(line, group));
    if (side === 'top') take(line, TOP, member);
    else {
      forward.add(line);
      take(line, member, BOTTOM);
    }
  }
  const ends = endsOf(courses, { boxes, inner, width, height, title });
  const lines = new Map<number, readonly Point[]>();
  const ports = new Map<number, Point>();
  for (const { line, upper, lower, inside } of courses) {
    const points = [
      ...(ends.get(`${line} ${upper}`) ?? []),
      ...inside,
      ...(ends.get(`${line} ${lower}`) ?? []).toReversed(),
    ];
    lines.set(line, forward.has(line) ? points : points.toReversed());
    const [first] = points;
    const last = points.at(-1);
    if (upper === TOP && first !== undefined) ports.set(line, first);
    if (lower === BOTTOM && last !== undefined) ports.set(line, last);
  }
  return { width, height, members: boxes, inner, lines, plates, ports };
}

/** Of no box at all the extent is minus infinity. */
function extentOf(label: ReturnType<LayeredGraph['graph']>, side: 'width' | 'height'): number {
  return Math.max(0, label[side] ?? 0);
}

interface Box extends Area {
  readonly rank: number;
}

/**
 * The points at the ends of lines, from the end inwards. Each goes straight up or down between the boxes of a layer, so
 * that it crosses none, and lines at one side of a box stand apart.
 */
function endsOf(
  courses: readonly Course[],
  {
    boxes,
    inner,
    width,
    height,
    title,
  }: {
    readonly boxes: ReadonlyMap<string, Box>;
    readonly inner: ReadonlyMap<string, Arrangement>;
    readonly width: number;
    readonly height: number;
    readonly title: Size;
  },
): ReadonlyMap<string, readonly Point[]> {
  const layers = new Map<number, { top: number; bottom: number }>();
  for (const { rank, y, height: own } of boxes.values()) {
    const { top, bottom } = layers.get(rank) ?? { top: y, bottom: y };
    layers.set(rank, { top: Math.min(top, y), bottom: Math.max(bottom, y + own) });
  }
  const named = new Map(Array.from(boxes, ([id, box]) => [memberName(id), { id, box }]));
  const ends = new Map<string, readonly Point[]>();
  const bySide = new Map<string, { readonly line: number; readonly x: number }[]>();
  const entering: { readonly line: number; readonly x: number }[] = [];
  const at = (line: number, end: string, side: Side, x: number): void => {
    if (end === TOP) entering.push({ line, x });
    else if (end === BOTTOM) ends.set(`${line} ${end}`, [{ x, y: height }]);
    else {
      const key = `${side} ${end}`;
      bySide.set(key, [...(bySide.get(key) ?? []), { line, x }]);
    }
  };
  for (const { line, upper, lower, inside } of courses) {
    at(line, upper, 'bottom', inside[0]?.x ?? 0);
    at(line, lower, 'top', inside.at(-1)?.x ?? 0);
  }
  // What comes in from above passes the title at its right.
  let free = title.width;
  const sorted = entering.toSorted((a, b) => a.x - b.x || a.line - b.line);
  for (const [index, { line, x: wanted }] of sorted.entries()) {
    // Those after it need their room as well.
    const last = width - APART * (sorted.length - index);
    free = Math.min(Math.max(wanted, free + APART), last);
    ends.set(`${line} ${TOP}`, [
      { x: free, y: 0 },
      { x: free, y: title.height },
    ]);
  }
  for (const [key, meeting] of bySide) {
    const [side = '', ...rest] = key.split(' ');
    const name = rest.join(' ');
    const found = named.get(name);
    if (found === undefined) continue;
    const { id, box } = found;
    const layer = layers.get(box.rank) ?? { top: box.y, bottom: box.y + box.height };
    const edge = side === 'top' ? box.y : box.y + box.height;
    const clear = side === 'top' ? layer.top : layer.bottom;
    const sorted = meeting.toSorted((a, b) => a.x - b.x || a.line - b.line);
    for (const [index, { line, x: wanted }] of sorted.entries()) {
      const port = inner.get(id)?.ports.get(line);
      const slot = box.x + (box.width * (index + 1)) / (sorted.length + 1);
      const alone = Math.min(box.x + box.width - 12, Math.max(box.x + 12, wanted));
      const x = port === undefined ? (sorted.length === 1 ? alone : slot) : box.x + port.x;
      ends.set(
        `${line} ${name}`,
        clear === edge
          ? [{ x, y: edge }]
          : [
              { x, y: edge },
              { x, y: clear },
            ],
      );
    }
  }
  return ends;
}

/** What stands above what: the way from the outside in, so that lines of one group have one direction. */
function orderOf(
  nesting: Nesting,
  group: string | null,
  sides: ReadonlyMap<number, Side>,
): ReadonlyMap<string, number> {
  const members = nesting.membersOf(group);
  const neighbours = new Map<string, string[]>(members.map((member) => [member, []]));
  for (const { from, to } of nesting.linesOf(group)) {
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  const at = (side: Side): readonly string[] =>
    Array.from(sides).flatMap(([line, own]) => (own === side ? [nesting.endIn(line, group)] : []));
  const down = distances(group === null ? nesting.outermost : at('top'), neighbours);
  const up = distances(at('bottom'), neighbours);
  const sorted = members.map((member, index) => {
    const depth = down.get(member);
    const height = up.get(member);
    // What no way leads to from above stands as far from the bottom as its lines need.
    return { member, index, depth: depth ?? (height === undefined ? 0 : members.length - height) };
  });
  sorted.sort((a, b) => a.depth - b.depth || a.index - b.index);
  return new Map(sorted.map(({ member }, position) => [member, position]));
}

function distances(
  starts: readonly string[],
  neighbours: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>(starts.map((id) => [id, 0]));
  const queue = [...found.keys()];
  // The list grows while it is read.
  for (const id of queue) {
    for (const next of neighbours.get(id) ?? []) {
      if (found.has(next)) continue;
      found.set(next, (found.get(id) ?? 0) + 1);
      queue.push(next);
    }
  }
  return found;
}

function memberName(id: string): string {
  return `member:${id}`;
}
