import { formatLocation } from '../../model/source.ts';
import { escapeXml, visible } from '../escape.ts';
import { clip, columns, wrap } from '../text/columns.ts';
import type { Area, Point } from './arrangement.ts';
import {
  FONT,
  GATEWAY_WORDS,
  layoutOf,
  type Placed,
  type PlacedEdge,
  type PlacedText,
  type StatusWords,
} from './layout.ts';
import type { EdgeStatus, GraphGroup, GraphNode, GraphResource, NetworkGraph, Picture } from './network-graph.ts';
import { type LegendEntry, NETWORK_LEGEND, STYLE } from './svg-style.ts';

const FOOTER = 44;
const LEGEND_ROW = 22;
/** Room for a title and the entries of a legend, however little is drawn. */
const NARROWEST = 640;
const MARGIN = 24;
const NOTE = { column: 7.2, line: 17 };
const HEADING = { column: 10.8, line: 26 };

/** What is said in and of a picture beside its own words. */
export interface Captions {
  readonly boxes: StatusWords;
  readonly lines: Readonly<Record<EdgeStatus, string>>;
  readonly legend: readonly LegendEntry[];
  /** Below the title. */
  readonly summary: string;
  /** For who does not see the picture. */
  readonly description: string;
}

/** The network as SVG. */
export function svg(picture: NetworkGraph): string {
  return drawSvg(picture, {
    boxes: GATEWAY_WORDS,
    lines: WORDS,
    legend: NETWORK_LEGEND,
    summary: summary(picture),
    description: describeNetwork(picture),
  });
}

/** A picture as SVG that needs nothing beside it: for browsers, light and dark, and for readers of its titles. */
export function drawSvg(picture: Picture, captions: Captions): string {
  const layout = layoutOf(picture, captions.boxes);
  const width = Math.ceil(Math.max(layout.width, NARROWEST));
  const legend = legendOf(captions.legend, width);
  const header = headerOf(picture.title, captions.summary, width);
  const height = Math.ceil(header.height + layout.height + legend.height);
  const left = (width - layout.width) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escapeXml(picture.title)}</title>`,
    `<desc id="description">${escapeXml(captions.description)}</desc>`,
    `<style>${STYLE}</style>`,
    MARKERS,
    `<rect class="page" width="${width}" height="${height}"/>`,
    header.text,
    `<g transform="translate(${fixed(left)} ${header.height})">`,
    ...layout.groups.map(group),
    ...layout.edges.map((edge) => line(edge, captions)),
    ...layout.nodes.map((box) => node(box, captions)),
    // Last, so that nothing is drawn over a text.
    ...layout.groups.map(({ texts }) => texts.map((one) => text(one, 'halo')).join('')),
    ...layout.edges.map((edge) => plate(edge, captions)),
    '</g>',
    `<g transform="translate(0 ${height - legend.height + 14})">${legend.text}</g>`,
    '</svg>',
    '',
  ].join('\n');
}

/** The title and what is to be said of the whole, in as many lines as they need. */
function headerOf(heading: string, note: string, width: number): { readonly text: string; readonly height: number } {
  const room = width - 2 * MARGIN;
  let y = 6;
  const rows = [
    ...wrapped(heading, room, HEADING).map((row) => ({ row, kind: 'heading', ...HEADING })),
    ...wrapped(note, room, NOTE).map((row) => ({ row, kind: 'note', ...NOTE })),
  ].map(({ row, kind, line: step, column }) => {
    y += step;
    const length = columns(row) * column;
    return `<text class="${kind}" x="${MARGIN}" y="${y}" textLength="${fixed(length)}" lengthAdjust="spacingAndGlyphs">${escapeXml(row)}</text>`;
  });
  return { text: rows.join('\n'), height: y + 8 };
}

function wrapped(content: string, room: number, { column }: { readonly column: number }): readonly string[] {
  const most = Math.floor(room / column);
  return wrap(visible(content), most).map((row) => clip(row, most, '…'));
}

/** The network in words. */
export function describeNetwork({ groups, nodes, edges, ways }: NetworkGraph): string {
  const sites = groups.filter(({ kind }) => kind === 'site').map(({ label }) => label);
  const approved = nodes.filter(({ status }) => status === 'approved').map(({ label }) => label);
  const ends = ways.map(({ kind, name, from, to }) => `${name} ${WORDS[kind]} from ${from} to ${to}`);
  return [
    `Sites: ${sites.join(', ') || 'none'}.`,
    `Approved gateways: ${approved.join(', ') || 'none'}.`,
    `${nodes.length} boxes and ${edges.length} lines.`,
    ...(ends.length === 0 ? [] : [`Ways: ${ends.join('; ')}.`]),
  ].join(' ');
}

const WORDS = { plain: 'leads to', fail: 'fails', unproven: 'is unproven', flow: 'works' } as const;

function summary({ ways, missing }: NetworkGraph): string {
  const failing = new Set(ways.filter(({ kind }) => kind === 'fail').map(({ name }) => name));
  const open = new Set(ways.filter(({ kind }) => kind === 'unproven').map(({ name }) => name));
  return [
    failing.size > 0
      ? `${[...failing].join(', ')}: ways past the gateways, in red`
      : 'no way past the gateways was found',
    ...(open.size > 0 ? [`${[...open].join(', ')}: unproven`] : []),
    ...(missing.length > 0
      ? [`${missing.length === 1 ? '1 part is' : `${missing.length} parts are`} not modelled and not drawn`]
      : []),
    'tiers of one VPC reach each other by its local route, which is not drawn',
  ].join('; ');
}

function group({ item, ...area }: Placed<GraphGroup>): string {
  return `<g>${title(groupTitle(item))}${rect(area, item.kind, 8)}</g>`;
}

function node({ item, texts, ...area }: Placed<GraphNode>, { boxes }: Captions): string {
  return `<g>${title(nodeTitle(item, boxes))}${rect(area, classOf(item), item.kind === 'outside' || item.kind === 'site' ? 18 : 4)}${texts
    .map((one) => text(one, one.role === 'status' && item.status !== 'approved' ? `${item.status}-word` : ''))
    .join('')}</g>`;
}

function classOf({ kind, status }: GraphNode): string {
  if (status === 'approved') return 'gateway';
  if (status !== 'none') return status;
  return kind === 'outside' || kind === 'site' ? 'outside' : 'box';
}

function line({ item, points }: PlacedEdge, captions: Captions): string {
  const back = item.isMutual ? ` marker-start="url(#tail-${item.status})"` : '';
  return (
    `<g>${title(edgeTitle(item, captions))}` +
    `<path class="edge ${item.status}" d="${curve(points)}" marker-end="url(#head-${item.status})"${back}/></g>`
  );
}

function plate({ item, plate: area, texts }: PlacedEdge, captions: Captions): string {
  if (area === null) return '';
  return `<g>${title(edgeTitle(item, captions))}${rect(area, 'plate', 3)}${texts
    .map((one) => text(one, `word ${item.status}`))
    .join('')}</g>`;
}

function text({ text: content, role, x, y, width }: PlacedText, more: string): string {
  const length = `textLength="${fixed(width)}" lengthAdjust="spacingAndGlyphs"`;
  return `<text class="${`${role} ${more}`.trim()}" x="${fixed(x)}" y="${fixed(y)}" ${length} xml:space="preserve">${escapeXml(content)}</text>`;
}

function rect({ x, y, width, height }: Area, kind: string, radius: number): string {
  return `<rect class="${kind}" x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" height="${fixed(height)}" rx="${radius}"/>`;
}

function title(content: string): string {
  return `<title>${escapeXml(content)}</title>`;
}

function groupTitle({ label, detail, resource }: GraphGroup): string {
  return [label, ...(detail === null ? [] : [detail]), ...(resource === null ? [] : [resourceText(resource)])].join(
    ' | ',
  );
}

function nodeTitle({ label, lines, status, reasons, resources }: GraphNode, words: StatusWords): string {
  return [
    label,
    ...(status === 'none' ? [] : [`${words[status]}${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}`]),
    ...lines,
    ...resources.map(resourceText),
  ].join(' | ');
}

function resourceText({ stack, address, source, code }: GraphResource): string {
  return `${stack}:${address} (${formatLocation(code ?? source)})`;
}

function edgeTitle({ labels, status }: PlacedEdge['item'], { lines }: Captions): string {
  const words = status === 'plain' && labels.length > 0 ? [] : [lines[status]];
  return [...words, ...labels].join(' | ');
}

/** Through the middles of the segments, so that corners are round. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  const parts = [`M${at(first)}`];
  for (const [index, point] of rest.slice(0, -1).entries()) {
    const next = rest[index + 1] ?? last;
    const end = index === rest.length - 2 ? last : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    parts.push(`Q${at(point)} ${at(end)}`);
  }
  if (rest.length === 1) parts.push(`L${at(last)}`);
  return parts.join('');
}

function at({ x, y }: Point): string {
  return `${fixed(x)} ${fixed(y)}`;
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const MARKERS = `<defs>${(['plain', 'flow', 'unproven', 'fail'] as const)
  .flatMap((status) => [
    marker(`head-${status}`, status, 'auto', 'M0 0L8 4L0 8z', 7.5),
    marker(`tail-${status}`, status, 'auto', 'M8 0L0 4L8 8z', 0.5),
  ])
  .join('')}</defs>`;

function marker(id: string, status: string, orient: string, path: string, tip: number): string {
  return `<marker id="${id}" viewBox="0 0 8 8" refX="${tip}" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="${orient}"><path class="head ${status}" d="${path}"/></marker>`;
}

/** In as many rows as the page needs. */
function legendOf(legend: readonly LegendEntry[], room: number): { readonly text: string; readonly height: number } {
  let x = MARGIN;
  let y = 0;
  const parts = legend.map(({ kind, name, words }) => {
    const width = columns(words) * FONT.detail.column;
    if (x > MARGIN && x + 36 + width > room - MARGIN) {
      x = MARGIN;
      y += LEGEND_ROW;
    }
    const mark =
      kind === 'line'
        ? `<path class="edge ${name}" d="M${fixed(x)} ${y + 7}h28" marker-end="url(#head-${name})"/>`
        : `<rect class="${name}" x="${fixed(x)}" y="${y}" width="28" height="14" rx="3"/>`;
    const label = text({ text: words, role: 'detail', x: x + 36, y: y + 11, width }, '');
    x += 36 + width + 22;
    return mark + label;
  });
  return { text: parts.join(''), height: FOOTER + y };
}
