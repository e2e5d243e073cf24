import type { Context } from '../../checks/check.ts';
import type { Enclave } from '../../checks/gateway/enclave.ts';
import type { Site } from '../../policy/policy.ts';
import { describePacket, describePlace } from '../../proofs/network/describe.ts';
import type { Trace } from '../../proofs/network/question.ts';
import { Boxes } from './boxes.ts';
import { Lines } from './lines.ts';
import type { GraphWay, NetworkGraph } from './network-graph.ts';

/** A way to mark: one that must not be there or may be there, or that of a flow. */
export interface MarkedTrace extends Pick<GraphWay, 'kind' | 'name'> {
  readonly trace: Trace;
}

/** The network of an enclave, or of one of its sites, with ways marked. */
export function drawNetwork(
  context: Context,
  enclave: Enclave,
  { site, traces }: { readonly site: Site | null; readonly traces: readonly MarkedTrace[] },
): NetworkGraph {
  const { topology } = enclave;
  const boxes = new Boxes(context, enclave, site);
  const lines = new Lines(topology, boxes);
  const ways = traces.map((marked) => lines.mark(wayOf(marked, boxes)));
  const all = lines.all();
  const joined = new Set(all.flatMap(({ from, to }) => (boxes.isDrawn(from) ? [to] : boxes.isDrawn(to) ? [from] : [])));
  const isOfInterest = (id: string): boolean => boxes.isDrawn(id) || (boxes.isLink(id) && joined.has(id));
  const edges = all.filter(({ from, to }) => isOfInterest(from) || isOfInterest(to));
  const drawn = boxes.drawn(new Set(edges.flatMap(({ from, to }) => [from, to])));
  const { name } = context.policy;
  return {
    title: site === null ? name : `${name}: ${site.name}`,
    ...drawn,
    edges,
    ways,
    missing: topology.unmodelled.map(({ resource, reason }) => `${resource.stack}:${resource.address} ${reason}`),
  };
}

function wayOf({ kind, name, trace }: MarkedTrace, boxes: Boxes): GraphWay {
  const visited = [boxes.ofPlace(trace.from), ...trace.hops.map((hop) => boxes.ofHop(hop)), boxes.ofPlace(trace.to)];
  const nodes = visited.filter((id) => id !== null);
  return {
    kind,
    name,
    from: describePlace(trace.from),
    to: describePlace(trace.to),
    packet: describePacket(trace.packet),
    nodes: nodes.filter((id, index) => id !== nodes[index - 1]),
  };
}
