import { FONT } from './layout.ts';

/** Colours of the two schemes by class: fill, then stroke. Plain rules, since not every viewer knows variables. */
const SCHEMES = {
  light: {
    page: '#ffffff',
    ink: '#1b1f24',
    dim: '#57606a',
    site: ['#f6f8fa', '#8c959f'],
    vpc: ['#ffffff', '#8c959f'],
    box: ['#eef4fb', '#4a77a8'],
    outside: ['#fff4e0', '#b5751a'],
    gateway: ['#e3f5e6', '#1a7f37'],
    refused: ['#ffe9e7', '#cf222e'],
    doubtful: ['#fff8c5', '#9a6700'],
    edge: '#6e7781',
    flow: '#0a63c9',
    unproven: '#9a6700',
    fail: '#cf222e',
  },
  dark: {
    page: '#0d1117',
    ink: '#e6edf3',
    dim: '#9aa4af',
    site: ['#161b22', '#6e7681'],
    vpc: ['#0d1117', '#6e7681'],
    box: ['#14263d', '#5b91cc'],
    outside: ['#33250c', '#d29a3d'],
    gateway: ['#0f2d19', '#3fb950'],
    refused: ['#3d1416', '#ff7b72'],
    doubtful: ['#33290a', '#d8a827'],
    edge: '#8b949e',
    flow: '#6cb0ff',
    unproven: '#d8a827',
    fail: '#ff7b72',
  },
} as const;

export const STYLE = [
  'text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace}',
  `.label{font-size:${FONT.label.size}px;font-weight:600}`,
  `.detail{font-size:${FONT.detail.size}px}`,
  `.status{font-size:${FONT.status.size}px;font-weight:600}`,
  '.heading{font-size:18px;font-weight:600}',
  '.note{font-size:12px}',
  '.halo{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}',
  '.site{stroke-width:1.5}',
  '.vpc,.elsewhere{stroke-dasharray:5 4}',
  '.box{stroke-width:1.2}',
  '.gateway,.refused,.doubtful{stroke-width:2.4}',
  '.edge{fill:none;stroke-width:1.3}',
  '.flow{stroke-width:2.4}',
  '.unproven{stroke-width:2.4;stroke-dasharray:7 4}',
  '.fail{stroke-width:3.4}',
  scheme('light'),
  `@media (prefers-color-scheme:dark){${scheme('dark')}}`,
].join('');

function scheme(name: keyof typeof SCHEMES): string {
  const { page, ink, dim, site, vpc, box, outside, gateway, refused, doubtful, edge, flow, unproven, fail } =
    SCHEMES[name];
  const area = (selector: string, [fill, stroke]: readonly [string, string]): string =>
    `${selector}{fill:${fill};stroke:${stroke}}`;
  const line = (kind: string, colour: string): string =>
    `.${kind}.edge{stroke:${colour}}.${kind}.head{fill:${colour}}.${kind}.word{fill:${colour}}`;
  return [
    `.page,.plate{fill:${page}}text{fill:${ink}}.note,.detail{fill:${dim}}.halo{stroke:${page}}`,
    area('.site,.elsewhere', site),
    area('.vpc', vpc),
    area('.box', box),
    area('.outside,.stub', outside),
    area('.gateway', gateway),
    area('.refused', refused),
    area('.doubtful', doubtful),
    line('plain', edge),
    line('flow', flow),
    line('unproven', unproven),
    line('fail', fail),
    `.plain.word{fill:${ink}}`,
    `.status{fill:${gateway[1]}}.refused-word{fill:${refused[1]}}.doubtful-word{fill:${doubtful[1]}}`,
  ].join('');
}

export interface LegendEntry {
  readonly kind: 'box' | 'line';
  /** Its class. */
  readonly name: string;
  readonly words: string;
}

/** What the kinds of box and line mean. */
export const NETWORK_LEGEND: readonly LegendEntry[] = [
  { kind: 'box', name: 'gateway', words: 'approved gateway' },
  { kind: 'box', name: 'refused', words: 'refused' },
  { kind: 'box', name: 'doubtful', words: 'unproven' },
  { kind: 'box', name: 'box', words: 'part of a VPC' },
  { kind: 'box', name: 'outside', words: 'outside' },
  { kind: 'line', name: 'plain', words: 'leads to' },
  { kind: 'line', name: 'flow', words: 'declared flow' },
  { kind: 'line', name: 'unproven', words: 'unproven way' },
  { kind: 'line', name: 'fail', words: 'failing way' },
];
