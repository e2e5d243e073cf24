import type { Drawing } from './appendix.ts';
import { flowsPicture } from './flows/picture.ts';
import { describeFlows, flowsSvg } from './flows/svg.ts';
import type { FlowReport } from './flows/json.ts';
import { MOST_BOXES, MOST_LINES } from './graph/layout.ts';
import type { NetworkGraph, Picture } from './graph/network-graph.ts';
import { describeNetwork, svg } from './graph/svg.ts';

/** The network as a document shows it. */
export function networkDrawing(graph: NetworkGraph): Drawing {
  const { title, ways } = graph;
  const tooLarge = sizeReason(graph, 'trefoil graph --site draws one site, and --format dot the whole');
  if (tooLarge !== null) return { title, picture: null, reason: tooLarge, ways };
  return { title, picture: drawn(svg(graph), describeNetwork(graph)), reason: null, ways };
}

/** Where data rests and travels, as a document shows it. */
export function flowsDrawing(report: FlowReport): Drawing {
  const picture = flowsPicture(report);
  const { title } = picture;
  const tooLarge = sizeReason(picture, 'trefoil flows --site draws one site, and --format text lists the whole');
  if (tooLarge !== null) return { title, picture: null, reason: tooLarge, ways: [] };
  return { title, picture: drawn(flowsSvg(report, picture), describeFlows(picture)), reason: null, ways: [] };
}

function sizeReason({ nodes, edges }: Picture, instead: string): string | null {
  if (nodes.length <= MOST_BOXES && edges.length <= MOST_LINES) return null;
  return `a picture of ${nodes.length} boxes and ${edges.length} lines is too large to read; ${instead}`;
}

function drawn(text: string, description: string): Drawing['picture'] {
  const [, width, height] = /^<svg [^>]*viewBox="0 0 (\d+) (\d+)"/.exec(text) ?? [];
  return { svg: text, width: Number(width), height: Number(height), description };
}
