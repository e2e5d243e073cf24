import type {
  GraphEdge,
  GraphGroup,
  GraphNode,
  GraphResource,
  NetworkGraph,
} from '../../report/graph/network-graph.ts';

/** A picture with what the test names, and nothing else. */
export function pictureOf(parts: Partial<NetworkGraph> = {}): NetworkGraph {
  return { title: 'ledger enclave', groups: [], nodes: [], edges: [], ways: [], missing: [], ...parts };
}

export function groupOf(id: string, parts: Partial<GraphGroup> = {}): GraphGroup {
  return { id, kind: 'vpc', label: id, detail: null, parent: null, resource: null, ...parts };
}

export function nodeOf(id: string, parts: Partial<GraphNode> = {}): GraphNode {
  return { id, kind: 'tier', label: id, lines: [], parent: null, status: 'none', reasons: [], resources: [], ...parts };
}

export function edgeOf(from: string, to: string, parts: Partial<GraphEdge> = {}): GraphEdge {
  return { from, to, isMutual: false, labels: [], status: 'plain', ...parts };
}

/** A picture in which every text is one of a hostile input. */
export function hostilePicture(text: string): NetworkGraph {
  const place = { file: text, line: 1, column: 1 };
  const resource: GraphResource = { stack: text, address: text, constructPath: text, source: place, code: place };
  return pictureOf({
    title: text,
    groups: [
      groupOf('site', { kind: 'site', label: text, detail: text }),
      groupOf('vpc', { label: text, detail: text, parent: 'site', resource }),
    ],
    nodes: [
      nodeOf('tier', { label: text, lines: [text, text], parent: 'vpc', resources: [resource] }),
      nodeOf('gateway', {
        kind: 'gateway',
        label: text,
        parent: 'vpc',
        status: 'refused',
        reasons: [text],
        resources: [resource],
      }),
      nodeOf(text, { kind: 'outside', label: text }),
    ],
    edges: [
      edgeOf('tier', 'gateway', { labels: [text, text, text, text] }),
      edgeOf('gateway', text, { labels: [text], status: 'fail', isMutual: true }),
    ],
    ways: [{ kind: 'fail', name: text, from: text, to: text, packet: text, nodes: ['tier', 'gateway', text] }],
    missing: [text],
  });
}
