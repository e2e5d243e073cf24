import { quoteDot } from './escape.ts';
import type { GraphEdge, GraphNode, NetworkGraph } from './network-graph.ts';

/** The picture for Graphviz and what reads its language. Names are numbers, so that only labels hold text of the input. */
export function dot(picture: NetworkGraph): string {
  const { title, groups, nodes, edges } = picture;
  const names = new Map([
    ...groups.map(({ id }, index) => [id, `cluster_${index}`] as const),
    ...nodes.map(({ id }, index) => [id, `n${index}`] as const),
  ]);
  const nameOf = (id: string): string => names.get(id) ?? 'missing';
  const within = (parent: string | null, depth: number): readonly string[] => {
    const indent = '  '.repeat(depth);
    return [
      ...groups
        .filter((group) => group.parent === parent)
        .flatMap((group) => [
          `${indent}subgraph ${nameOf(group.id)} {`,
          `${indent}  label=${labelOf([group.label, ...(group.detail === null ? [] : [group.detail])])}; style=${group.kind === 'vpc' ? 'dashed' : 'solid'};`,
          // Sites hold VPCs, and VPCs hold no group.
          ...within(group.id, depth + 1),
          `${indent}}`,
        ]),
      ...nodes
        .filter((node) => node.parent === parent)
        .map((node) => `${indent}${nameOf(node.id)} [${attributes(node)}];`),
    ];
  };
  return [
    'digraph network {',
    `  graph [label=${quoteDot(title)}, labelloc=t, compound=true, fontname="monospace"];`,
    '  node [shape=box, fontname="monospace", fontsize=11];',
    '  edge [fontname="monospace", fontsize=9];',
    ...within(null, 1),
    ...edges.map((edge) => `  ${nameOf(edge.from)} -> ${nameOf(edge.to)} [${edgeAttributes(edge)}];`),
    '}',
    '',
  ].join('\n');
}

function attributes({ kind, label, lines, status }: GraphNode): string {
  const words = status === 'none' ? [] : [status === 'approved' ? 'approved gateway' : `gateway ${status}`];
  const style = STATUS[status] ?? (kind === 'outside' || kind === 'site' ? 'style="rounded"' : 'style="solid"');
  return `label=${labelOf([label, ...words, ...lines])}, ${style}`;
}

const STATUS: { readonly [status in GraphNode['status']]: string | null } = {
  none: null,
  approved: 'color="#1a7f37", penwidth=2',
  refused: 'color="#cf222e", penwidth=2',
  doubtful: 'color="#9a6700", penwidth=2, style="dashed"',
};

function edgeAttributes({ labels, isMutual, status }: GraphEdge): string {
  return [
    `label=${labelOf(labels)}`,
    ...(isMutual ? ['dir=both'] : []),
    ...(status === 'plain' ? [] : [EDGES[status]]),
  ].join(', ');
}

const EDGES = {
  flow: 'color="#0a63c9", penwidth=2',
  unproven: 'color="#9a6700", penwidth=2, style="dashed"',
  fail: 'color="#cf222e", penwidth=3',
} as const;

/** Lines of a label; Graphviz takes `\n` for a new one. */
function labelOf(lines: readonly string[]): string {
  return `"${lines.map((line) => quoteDot(line).slice(1, -1)).join('\\n')}"`;
}
