import { visible } from '../escape.ts';
import { clip, columns } from '../text/columns.ts';
import { type Area, arrange, type Arrangement, type Point, type Size } from './arrangement.ts';
import { Nesting } from './nesting.ts';
import type { GatewayStatus, GraphEdge, GraphGroup, GraphNode, Picture } from './network-graph.ts';

/** Places in pixels, from the upper left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly groups: readonly Placed<GraphGroup>[];
  readonly nodes: readonly Placed<GraphNode>[];
  readonly edges: readonly PlacedEdge[];
}

export interface Placed<Item> extends Area {
  readonly item: Item;
  readonly texts: readonly PlacedText[];
}

export interface PlacedText {
  readonly text: string;
  /** `label`: what it is called. `detail`: what is listed or said besides. */
  readonly role: 'label' | 'detail' | 'status';
  /** Left end of the base line. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface PlacedEdge {
  readonly item: GraphEdge;
  readonly points: readonly Point[];
  readonly texts: readonly PlacedText[];
  /** Behind the texts; null without any. */
  readonly plate: Area | null;
}

/** Beyond it a picture is neither laid out in a bearable time nor read by anybody. */
export const MOST_BOXES = 400;
export const MOST_LINES = 1000;

/** Widths of one column of the monospaced font at the sizes of the roles, and heights of a line. */
export const FONT = {
  label: { size: 13, column: 7.8, line: 18 },
  detail: { size: 11, column: 6.6, line: 15 },
  status: { size: 11, column: 6.6, line: 15 },
} as const;

const PAD = 10;
/** Of a longer text the title, which a pointer shows, has the rest. */
const WIDEST = 44;
const EDGE_LABELS = 2;
const WIDEST_EDGE = 34;
const PLATE = { x: 4, y: 2 };
const TITLE = { x: PAD, y: 3 };

interface Text {
  readonly text: string;
  readonly role: PlacedText['role'];
}

/** What a box says of its status. */
export type StatusWords = Readonly<Record<Exclude<GatewayStatus, 'none'>, string>>;

/**
 * Lays a picture out in layers, the outside above and what is farthest from it below, boxes in boxes. The same picture
 * gives the same places.
 */
export function layoutOf(picture: Picture, words: StatusWords = GATEWAY_WORDS): Layout {
  const nodes = new Map(picture.nodes.map((item) => [item.id, nodeTexts(item, words)]));
  const groups = new Map(picture.groups.map((item) => [item.id, groupTexts(item)]));
  const lines = picture.edges.map(edgeTexts);
  const nesting = new Nesting(picture);
  const root = arrange(
    nesting,
    {
      node: (id) => sizeOf(nodes.get(id) ?? [], { x: PAD, y: PAD - 2 }),
      title: (id) => sizeOf(groups.get(id) ?? [], TITLE),
      plate: (line) => sizeOf(lines[line] ?? [], PLATE),
    },
    null,
    new Map(),
  );
  const places = placesIn(root);
  return {
    width: root.width,
    height: root.height,
    groups: picture.groups.map((item) => {
      const area = places.areas.get(item.id) ?? NOWHERE;
      const texts = groups.get(item.id) ?? [];
      return { item, ...area, texts: stack(texts, area.x + PAD, area.y + TITLE.y) };
    }),
    nodes: picture.nodes.map((item) => {
      const { x, y } = places.areas.get(item.id) ?? NOWHERE;
      const texts = nodes.get(item.id) ?? [];
      return { item, x, y, ...sizeOf(texts, { x: PAD, y: PAD - 2 }), texts: stack(texts, x + PAD, y + PAD - 2) };
    }),
    edges: picture.edges.map((item, line): PlacedEdge => {
      const plate = places.plates.get(line) ?? null;
      const texts = plate === null ? [] : stack(lines[line] ?? [], plate.x + PLATE.x, plate.y + PLATE.y);
      return { item, points: pathOf(nesting, places, item, line), texts, plate };
    }),
  };
}

/** Everything in the coordinates of the whole picture. */
interface Places {
  readonly areas: Map<string, Area>;
  /** Pieces of lines by group, the empty name for the whole, and number. */
  readonly pieces: Map<string, ReadonlyMap<number, readonly Point[]>>;
  readonly plates: Map<number, Area>;
}

const NOWHERE: Area = { x: 0, y: 0, width: 0, height: 0 };

function placesIn(root: Arrangement): Places {
  const places: Places = { areas: new Map(), pieces: new Map(), plates: new Map() };
  place(root, { id: '', x: 0, y: 0 }, places);
  return places;
}

/** Groups are two deep at most. */
function place(arrangement: Arrangement, at: Point & { readonly id: string }, places: Places): void {
  const move = ({ x, y }: Point): Point => ({ x: x + at.x, y: y + at.y });
  const { members, inner, lines, plates } = arrangement;
  places.pieces.set(at.id, new Map(Array.from(lines, ([line, points]) => [line, points.map(move)])));
  for (const [line, plate] of plates) places.plates.set(line, { ...plate, ...move(plate) });
  for (const [id, corner] of members) {
    const within = inner.get(id);
    const point = move(corner);
    places.areas.set(id, { ...point, width: within?.width ?? 0, height: within?.height ?? 0 });
    if (within !== undefined) place(within, { id, ...point }, places);
  }
}

/** A line from its start through the borders of the groups between. */
function pathOf(nesting: Nesting, { pieces }: Places, { from, to }: GraphEdge, line: number): readonly Point[] {
  const level = nesting.levelOf(line);
  const groupsOf = (id: string): readonly string[] => nesting.pathOf(id).slice(level, -1);
  const piece = (group: string): readonly Point[] => pieces.get(group)?.get(line) ?? [];
  const shared = level === 0 ? '' : (nesting.pathOf(from)[level - 1] ?? '');
  return [
    ...groupsOf(from).toReversed().flatMap(piece),
    ...piece(shared),
    ...groupsOf(to).flatMap((group) => piece(group).toReversed()),
  ];
}

/** Texts below each other, from an upper left corner. */
function stack(texts: readonly Text[], x: number, y: number): readonly PlacedText[] {
  let bottom = y;
  return texts.map(({ text, role }) => {
    const { line, column, size } = FONT[role];
    bottom += line;
    return { text, role, x, y: bottom - (line - size) / 2 - 2, width: columns(text) * column };
  });
}

function nodeTexts({ label, lines, status }: GraphNode, words: StatusWords): readonly Text[] {
  return [
    { text: short(label), role: 'label' },
    ...(status === 'none' ? [] : [{ text: words[status], role: 'status' } as const]),
    ...lines.map((line): Text => ({ text: short(line), role: 'detail' })),
  ];
}

export const GATEWAY_WORDS: StatusWords = {
  approved: '✓ approved gateway',
  refused: '✗ gateway refused',
  doubtful: '? gateway unproven',
};

function groupTexts({ label, detail }: GraphGroup): readonly Text[] {
  return [
    { text: short(label), role: 'label' },
    ...(detail === null ? [] : [{ text: short(detail), role: 'detail' } as const]),
  ];
}

function edgeTexts({ labels }: GraphEdge): readonly Text[] {
  const shown = labels.length <= EDGE_LABELS + 1 ? labels : labels.slice(0, EDGE_LABELS);
  const texts = shown.map((label): Text => ({ text: clip(visible(label), WIDEST_EDGE, '…'), role: 'detail' }));
  const left = labels.length - shown.length;
  return left === 0 ? texts : [...texts, { text: `+ ${left} more`, role: 'detail' }];
}

function sizeOf(texts: readonly Text[], pad: Point): Size {
  if (texts.length === 0) return { width: 0, height: 0 };
  const width = Math.max(...texts.map(({ text, role }) => columns(text) * FONT[role].column));
  const height = texts.reduce((sum, { role }) => sum + FONT[role].line, 0);
  return { width: width + 2 * pad.x, height: height + 2 * pad.y };
}

function short(text: string): string {
  return clip(visible(text), WIDEST, '…');
}
