import * as library from '@dagrejs/dagre';

/** A box: its size before the layout, its centre and layer after. */
export interface LayeredNode {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
  readonly rank?: number;
}

/** A line: the size of its label before the layout, the label's centre and the line's points after. */
export interface LayeredEdge {
  readonly width?: number;
  readonly height?: number;
  readonly labelpos?: 'c';
  readonly weight?: number;
  readonly x?: number;
  readonly y?: number;
  readonly points?: readonly { readonly x: number; readonly y: number }[];
}

interface LayeredSettings {
  readonly rankdir: 'TB';
  readonly nodesep: number;
  readonly ranksep: number;
  readonly edgesep: number;
  readonly ranker: 'network-simplex' | 'tight-tree';
  readonly rankalign: 'top' | 'center';
  readonly width?: number;
  readonly height?: number;
}

/** What is used of dagre's graphs; the layout writes into the labels. */
export interface LayeredGraph {
  setGraph(settings: LayeredSettings): unknown;
  graph(): LayeredSettings;
  setNode(name: string, node: LayeredNode): unknown;
  node(name: string): LayeredNode;
  nodes(): readonly string[];
  setEdge(from: string, to: string, edge: LayeredEdge, name: string): unknown;
  edge(from: string, to: string, name: string): LayeredEdge;
  edges(): readonly { readonly v: string; readonly w: string; readonly name?: string }[];
}

interface Library {
  readonly Graph: new (options: { readonly directed: true; readonly multigraph: true }) => LayeredGraph;
  readonly layout: (graph: LayeredGraph) => void;
}

// Its own declarations name files without their endings, which the resolution of ES modules does not find.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const dagre = library as unknown as Library;

export function layeredGraph(settings: LayeredSettings): LayeredGraph {
  const graph = new dagre.Graph({ directed: true, multigraph: true });
  graph.setGraph(settings);
  return graph;
}

/** A graph after the layout: its settings, its boxes and its lines in their order. */
interface Placing {
  readonly graph: LayeredSettings;
  readonly nodes: readonly LayeredNode[];
  readonly edges: readonly LayeredEdge[];
}

/** The same networks are in the picture of the enclave and in those of its sites, and many networks have one form. */
const PLACINGS = new Map<string, Placing>();
/** Pictures of a run have fewer forms; a program that draws for long forgets them. */
const MOST_PLACINGS = 500;

/** Gives every box and line of the graph its place. */
export function layOut(graph: LayeredGraph): void {
  const form = formOf(graph);
  const known = PLACINGS.get(form);
  if (known === undefined) {
    dagre.layout(graph);
    if (PLACINGS.size >= MOST_PLACINGS) PLACINGS.clear();
    PLACINGS.set(form, placingOf(graph));
    return;
  }
  Object.assign(graph.graph(), known.graph);
  for (const [index, name] of graph.nodes().entries()) Object.assign(graph.node(name), known.nodes[index]);
  for (const [index, edge] of graph.edges().entries()) Object.assign(edgeOf(graph, edge), known.edges[index]);
}

/** All that the layout depends on. */
function formOf(graph: LayeredGraph): string {
  const numbers = new Map(graph.nodes().map((name, index) => [name, index]));
  return JSON.stringify([
    graph.graph(),
    graph.nodes().map((name) => graph.node(name)),
    graph.edges().map((edge) => [numbers.get(edge.v), numbers.get(edge.w), edgeOf(graph, edge)]),
  ]);
}

function placingOf(graph: LayeredGraph): Placing {
  return {
    graph: { ...graph.graph() },
    nodes: graph.nodes().map((name) => ({ ...graph.node(name) })),
    edges: graph.edges().map((edge) => ({ ...edgeOf(graph, edge) })),
  };
}

function edgeOf(graph: LayeredGraph, { v, w, name = '' }: ReturnType<LayeredGraph['edges']>[number]): LayeredEdge {
  return graph.edge(v, w, name);
}
