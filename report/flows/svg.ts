import { verdictsOf } from '../../checks/flow-verdict.ts';
import { count } from '../conclusion.ts';
import type { Picture } from '../graph/network-graph.ts';
import { type Captions, drawSvg } from '../graph/svg.ts';
import type { FlowReport } from './json.ts';
import { MARKS } from './picture.ts';

const BOXES: Captions['boxes'] = {
  approved: `${MARKS.inside} inside`,
  refused: `${MARKS.outside} outside`,
  doubtful: `${MARKS.unproven} unproven`,
};

const LEGEND: Captions['legend'] = [
  { kind: 'box', name: 'gateway', words: 'data rests inside' },
  { kind: 'box', name: 'refused', words: 'outside' },
  { kind: 'box', name: 'doubtful', words: 'unproven' },
  { kind: 'box', name: 'site', words: 'country that the policy allows' },
  { kind: 'box', name: 'elsewhere', words: 'not allowed, or not known' },
  { kind: 'line', name: 'flow', words: 'data travels inside' },
  { kind: 'line', name: 'unproven', words: 'unproven' },
  { kind: 'line', name: 'fail', words: 'outside' },
];

/** The map as SVG. */
export function flowsSvg(report: FlowReport, picture: Picture): string {
  return drawSvg(picture, {
    boxes: BOXES,
    lines: { plain: 'travels', flow: 'is inside', unproven: 'is unproven', fail: 'is outside' },
    legend: LEGEND,
    summary: summary(report),
    description: describeFlows(picture),
  });
}

function summary({ stores, flows, incompleteBecause }: FlowReport): string {
  const all = verdictsOf([...stores, ...flows]);
  const parts = [
    `${count(stores.length, 'store')} and ${count(flows.length, 'flow')}`,
    ...(all.outside + all.unproven === 0 ? ['all inside'] : []),
    ...graveWords('outside', verdictsOf(stores).outside, verdictsOf(flows).outside),
    ...graveWords('unproven', verdictsOf(stores).unproven, verdictsOf(flows).unproven),
    ...(incompleteBecause.length > 0 ? ['the input does not show the whole estate'] : []),
  ];
  return parts.join('; ');
}

function graveWords(word: string, stores: number, flows: number): readonly string[] {
  const parts = [...(stores > 0 ? [count(stores, 'store')] : []), ...(flows > 0 ? [count(flows, 'flow')] : [])];
  return parts.length === 0 ? [] : [`${word}: ${parts.join(' and ')}`];
}

/** The whole map in words. */
export function describeFlows({ groups, nodes, edges }: Picture): string {
  const names = new Map(nodes.map(({ id, label, parent }) => [id, `${label} (${groupName(parent)})`]));
  const rests = nodes.map(({ id, lines }) => `${names.get(id) ?? ''}: ${lines.join(', ')}`);
  const lines = edges.map(
    ({ from, to, labels }) => `from ${names.get(from) ?? ''} to ${names.get(to) ?? ''}: ${labels.join(', ')}`,
  );
  return [...rests, ...lines].map((text) => `${text}.`).join(' ');

  function groupName(parent: string | null): string {
    return groups.find(({ id }) => id === parent)?.label ?? '';
  }
}
