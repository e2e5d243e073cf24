import type { DataFlow } from '../../checks/flow-map.ts';
import type { DataStore } from '../../checks/data-store.ts';
import { byVerdict, FLOW_VERDICTS, type FlowVerdict, verdictsOf } from '../../checks/flow-verdict.ts';
import type { DataPlace } from '../../checks/flow-places.ts';
import { describeCountry } from '../../model/aws/countries.ts';
import { compareText } from '../../model/text-order.ts';
import { count } from '../conclusion.ts';
import type { GraphEdge, GraphGroup, GraphNode, GraphResource, Picture } from '../graph/network-graph.ts';
import { describeQuestion, type FlowReport } from './json.ts';

/** What a box lists before it counts the rest. */
const MOST_NAMES = 6;
/** Stores that a pointer on a box shows, the gravest first; the box counts them all. */
const MOST_STORES = 40;

/** Marks that tell verdicts apart without colour. */
export const MARKS: Readonly<Record<FlowVerdict, string>> = { outside: '✗', unproven: '?', inside: '✓' };

/** Verdicts as boxes and lines of every picture show them: what may be is drawn as a gateway that counts is. */
const BOXES = { outside: 'refused', unproven: 'doubtful', inside: 'approved' } as const;
const LINES = { outside: 'fail', unproven: 'unproven', inside: 'flow' } as const;

/** Where data is that is in no known country, by the kind of its place. */
const NOWHERE: Readonly<Record<DataPlace['kind'], string>> = {
  account: 'Elsewhere',
  host: 'Elsewhere',
  recipients: 'Elsewhere',
  world: 'Elsewhere',
  bucket: 'Not known',
  region: 'Not known',
  regions: 'Not known',
  resource: 'Not known',
  unknown: 'Not known',
  zone: 'Not known',
};

/** A map by country: a group for each, in it a box for each place of a site, and lines for what moves between the boxes. */
export function flowsPicture(report: FlowReport): Picture {
  const boxes = new Map<string, Box>();
  const boxOf = (place: DataPlace): Box => {
    const id = boxId(place);
    const box = boxes.get(id) ?? { id, place, names: new Map(), stores: [], within: [], passing: [] };
    boxes.set(id, box);
    return box;
  };
  for (const store of report.stores) {
    const box = boxOf(store.place);
    box.stores.push(store);
    note(box, store.place, store.verdict);
  }
  const lines = new Map<string, Line>();
  for (const flow of report.flows) {
    const [from, to] = [boxOf(flow.from), boxOf(flow.to)];
    note(from, flow.from, flow.verdict);
    note(to, flow.to, flow.verdict);
    if (from === to) {
      from.within.push(flow);
      continue;
    }
    from.passing.push(flow);
    to.passing.push(flow);
    const key = JSON.stringify([from.id, to.id, flow.verdict]);
    const line = lines.get(key) ?? { from: from.id, to: to.id, verdict: flow.verdict, flows: [] };
    lines.set(key, line);
    line.flows.push(flow);
  }
  // In the order of the stores, which is that of the stacks: it keeps what belongs together side by side.
  const drawn = [...boxes.values()];
  return {
    title: `${report.name}: where ${describeQuestion(report, 'data')} rests and travels`,
    groups: groupsOf(drawn, report),
    nodes: drawn.map(nodeOf),
    edges: [...lines.values()].map(edgeOf),
  };
}

interface Box {
  readonly id: string;
  readonly place: DataPlace;
  /** What is there that is in no known country, with its gravest verdict. */
  readonly names: Map<string, FlowVerdict>;
  readonly stores: DataStore[];
  /** Flows that stay in it. */
  readonly within: DataFlow[];
  readonly passing: DataFlow[];
}

interface Line {
  readonly from: string;
  readonly to: string;
  readonly verdict: FlowVerdict;
  readonly flows: DataFlow[];
}

/** One box for each place of a site in a country, and two for what is in none. */
function boxId({ kind, country, site, region, within }: DataPlace): string {
  return JSON.stringify(country === null ? [null, NOWHERE[kind]] : [country, site, region, within]);
}

function note({ names }: Box, { name, country }: DataPlace, verdict: FlowVerdict): void {
  if (country !== null) return;
  const known = names.get(name) ?? verdict;
  names.set(name, FLOW_VERDICTS.find((one) => one === known || one === verdict) ?? verdict);
}

function groupId(country: string | null): string {
  return `country:${country ?? ''}`;
}

function groupsOf(boxes: readonly Box[], { countries }: FlowReport): readonly GraphGroup[] {
  const present = new Set(boxes.map(({ place }) => place.country));
  return [...present]
    .toSorted((left, right) => Number(left === null) - Number(right === null))
    .map((country) => {
      const basis = countries.find((entry) => entry.country === country);
      const isAllowed = basis?.isAllowed ?? false;
      return {
        id: groupId(country),
        kind: isAllowed ? 'site' : 'elsewhere',
        label:
          country === null ? 'No known country' : `${isAllowed ? '' : `${MARKS.outside} `}${describeCountry(country)}`,
        detail: basis?.reason ?? null,
        parent: null,
        resource: null,
      };
    });
}

function nodeOf({ id, place, names, stores, within, passing }: Box): GraphNode {
  const { country, site, region, within: part, kind } = place;
  // What leaves or comes to a place does not make what rests there outside.
  const judged = stores.length > 0 && country !== null ? stores : [...stores, ...within, ...passing];
  const worst = FLOW_VERDICTS.find((verdict) => judged.some((one) => one.verdict === verdict));
  const shown = FLOW_VERDICTS.flatMap((verdict) =>
    [...names].flatMap(([name, own]) => (own === verdict ? [`${MARKS[verdict]} ${name}`] : [])),
  );
  const left = shown.length - MOST_NAMES;
  const where = [region, part].filter((text) => text !== null).join(', ') || 'no known Region';
  const heading = site ?? where;
  return {
    id,
    kind: 'site',
    label: country === null ? NOWHERE[kind] : heading,
    lines: [
      ...(country === null ? [] : [site === null ? 'of no known site' : where]),
      ...shown.slice(0, MOST_NAMES),
      ...(left > 0 ? [`+ ${left} more`] : []),
      ...storeLines(stores),
      ...verdictLines(within).map((text) => `within: ${text}`),
    ],
    parent: groupId(country),
    status: worst === undefined ? 'none' : BOXES[worst],
    reasons: [...new Set(judged.flatMap(({ reason }) => (reason === null ? [] : [reason])))],
    resources: stores.toSorted(byVerdict).slice(0, MOST_STORES).map(resourceOf),
  };
}

/** `restricted: 14 stores`, by class. */
function storeLines(stores: readonly DataStore[]): readonly string[] {
  const classes = [...new Set(stores.map(({ dataClass }) => dataClass))].toSorted(
    (left, right) => Number(left === null) - Number(right === null) || compareText(left ?? '', right ?? ''),
  );
  return classes.flatMap((dataClass) => {
    const own = stores.filter((store) => store.dataClass === dataClass);
    const { inside, outside, unproven } = verdictsOf(own);
    const grave = [...(outside > 0 ? [`${outside} outside`] : []), ...(unproven > 0 ? [`${unproven} unproven`] : [])];
    return [
      `${dataClass ?? 'class not told'}: ${count(own.length, 'store')}${inside === own.length ? '' : `, ${grave.join(', ')}`}`,
    ];
  });
}

/** `✓ 3 flows inside`, the gravest first. */
function verdictLines(flows: readonly DataFlow[]): readonly string[] {
  const counts = verdictsOf(flows);
  return FLOW_VERDICTS.filter((verdict) => counts[verdict] > 0).map(
    (verdict) => `${MARKS[verdict]} ${count(counts[verdict], 'flow')} ${verdict}`,
  );
}

function edgeOf({ from, to, verdict, flows }: Line): GraphEdge {
  const classes = new Set(flows.map(({ dataClass }) => dataClass ?? 'class not told'));
  return {
    from,
    to,
    isMutual: false,
    labels: [
      ...verdictLines(flows),
      [...new Set(flows.map(({ family }) => family))].toSorted(compareText).join(', '),
      [...classes].toSorted(compareText).join(', '),
    ],
    status: LINES[verdict],
  };
}

function resourceOf({ place, source, constructPath }: DataStore): GraphResource {
  return { stack: place.stack ?? '', address: place.address ?? '', constructPath, source, code: null };
}
