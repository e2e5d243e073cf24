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

/** Gives every box and line of the graph its place. */
export function layOut(graph: LayeredGraph): void {
  dagre.layout(graph);
}
