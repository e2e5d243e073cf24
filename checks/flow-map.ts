import type { FlowFamily } from '../proofs/flows/mover.ts';
import type { Resource } from '../model/resource.ts';
import type { SourceLocation } from '../model/source.ts';
import { compareText } from '../model/text-order.ts';
import type { Flow } from '../proofs/flows/flow.ts';
import { flowsFrom } from '../proofs/flows/flows.ts';
import { unlistedFlowsFrom } from '../proofs/flows/scan.ts';
import { countryAllowed } from '../policy/sites.ts';
import type { Context } from './check.ts';
import { classificationOf } from './classification.ts';
import { type DataPlace, placeOfEnd, placeOfResource } from './flow-places.ts';
import { type DataStore, drawStore, toldClass } from './data-store.ts';
import { FLOW_VERDICTS, type FlowVerdict, type Held, type Judged, judged, verdictsOf } from './flow-verdict.ts';
import { classOf } from './residency/class-of-flow.ts';
import { judgeFlow } from './residency/flow-judgement.ts';
import { formatPath } from './result.ts';

/**
 * What a resource has to do with data; each has exactly one of these. `stores`: its type keeps data. `moves`: an argument of
 * it moves data, or may: no row of the table knows it, and it names a place elsewhere. `both`. `still`: its type can move data, and no argument of it does. `neither`. `unclassified`: no table
 * knows its type, so it may keep data. `aside`: it stores or moves, and none of that is of the site and data class asked for.
 */
export const ROLES = ['stores', 'moves', 'both', 'still', 'neither', 'unclassified', 'aside'] as const;
export type Role = (typeof ROLES)[number];
export type RoleCounts = { readonly [role in Role]: number };

/** Which part of an estate is asked for; null for all of it. */
export interface FlowQuestion {
  readonly site: string | null;
  readonly dataClass: string | null;
}

/** Where data rests and travels. */
export interface FlowMap extends FlowQuestion {
  /** What the policy calls the enclave. */
  readonly name: string;
  /** Of the whole estate. */
  readonly resources: number;
  readonly counts: RoleCounts;
  /** Where data rests, comes from or goes to, sorted by code. */
  readonly countries: readonly CountryBasis[];
  /** Sorted by stack and address. */
  readonly stores: readonly DataStore[];
  /** Resources with an argument that moves data, sorted by stack and address. */
  readonly movers: readonly DataMover[];
  /** In the order of the movers and their arguments. */
  readonly flows: readonly DataFlow[];
  /** Resources of the estate, less those that are accounted for: zero, or there is no map to print. */
  readonly difference: number;
}

/** Whether the policy allows data in a country at all. */
export interface CountryBasis {
  readonly country: string;
  readonly isAllowed: boolean;
  /** The legal basis, or a clause why there is none. */
  readonly reason: string;
}

export interface DataMover {
  readonly type: string;
  readonly place: DataPlace;
  readonly flows: { readonly [verdict in FlowVerdict]: number };
}

export interface DataFlow extends Judged, Held {
  /** The resource with the argument. */
  readonly by: { readonly stack: string; readonly address: string; readonly source: SourceLocation };
  /** `rule[0].destination.bucket`; empty for the resource as a whole. */
  readonly argument: string;
  /** `unlisted` for what no row of the table knows. */
  readonly family: FlowFamily;
  /** What the argument does, as a sentence. */
  readonly why: string;
  /** In the direction in which data goes. */
  readonly from: DataPlace;
  readonly to: DataPlace;
}

/**
 * Maps where the data of an estate rests and travels. What is of no known site or class may be of the one asked for, and
 * is not left out.
 * @throws Error when the counts do not reconcile, which is a defect of ours.
 */
export function flowMapOf(context: Context, question: FlowQuestion): FlowMap {
  const { estate } = context;
  const places = new Map<Resource, DataPlace>();
  const placeOf = (resource: Resource): DataPlace => {
    const place = places.get(resource) ?? placeOfResource(resource, context);
    places.set(resource, place);
    return place;
  };
  const moved = new Map<Resource, readonly DataFlow[]>();
  const counts = { stores: 0, moves: 0, both: 0, still: 0, neither: 0, unclassified: 0, aside: 0 };
  const stores: DataStore[] = [];
  const movers: DataMover[] = [];
  for (const resource of estate.resources) {
    const classes = classificationOf(resource.type, context.policy.resourceTypes)?.classes ?? null;
    const listed = flowsFrom(resource, estate);
    const all = [...listed, ...unlistedFlowsFrom(resource, estate)];
    const flows = all
      .map((flow) => drawFlow(flow, placeOf, context))
      .filter((drawn) => isAskedFor(drawn, [drawn.from, drawn.to], question, context));
    moved.set(resource, flows);
    const isStored = classes === null || classes.includes('stores');
    const stored = isStored ? drawStore(resource, { hasFlows: listed.length > 0, placeOf }, context) : null;
    const isStore = stored !== null && isAskedFor(stored, [stored.place], question, context);
    const isMover = flows.length > 0;
    if (isStore) stores.push(stored);
    if (isMover) movers.push({ type: resource.type, place: placeOf(resource), flows: verdictsOf(flows) });
    counts[roleOf({ classes, isStore, isMover, isAside: stored !== null || all.length > 0 })] += 1;
  }
  const flows = estate.resources.flatMap((resource) => moved.get(resource) ?? []);
  const map: FlowMap = {
    name: context.policy.name,
    ...question,
    resources: estate.resources.length,
    counts,
    countries: countriesOf(
      [...stores.map(({ place }) => place), ...flows.flatMap(({ from, to }) => [from, to])],
      context,
    ),
    stores,
    movers,
    flows,
    difference: estate.resources.length - ROLES.reduce((sum, role) => sum + counts[role], 0),
  };
  reconcile(map, [...moved.values()].flat().length);
  return map;
}

function countriesOf(places: readonly DataPlace[], { policy, asOf }: Context): readonly CountryBasis[] {
  const countries = new Set(places.flatMap(({ country }) => (country === null ? [] : [country])));
  return [...countries].toSorted(compareText).map((country) => {
    const judgement = countryAllowed(country, policy, asOf);
    const isAllowed = judgement.kind === 'allowed';
    return { country, isAllowed, reason: isAllowed ? judgement.basis.legalBasis : judgement.reason };
  });
}

interface Parts {
  readonly classes: readonly string[] | null;
  readonly isStore: boolean;
  readonly isMover: boolean;
  readonly isAside: boolean;
}

function roleOf({ classes, isStore, isMover, isAside }: Parts): Role {
  if (isStore && classes === null) return 'unclassified';
  if (isStore) return isMover ? 'both' : 'stores';
  if (isMover) return 'moves';
  if (isAside) return 'aside';
  return classes?.includes('moves') ? 'still' : 'neither';
}

/** What is not known to be of another class, at a place that is not known to be of another site. */
function isAskedFor(
  { dataClass }: Held,
  places: readonly DataPlace[],
  { site, dataClass: wanted }: FlowQuestion,
  { policy }: Context,
): boolean {
  const isOfClass = wanted === null || dataClass === wanted || !policy.dataClasses.some(({ id }) => id === dataClass);
  if (!isOfClass || site === null) return isOfClass;
  // Where data comes from, goes to or rests among the resources of no known site, it may be this one.
  return places.some((place) => place.site === site || (place.kind === 'resource' && place.site === null));
}

function drawFlow(flow: Flow, placeOf: (resource: Resource) => DataPlace, context: Context): DataFlow {
  const { from, source, mover, path, end } = flow;
  const here = placeOf(source);
  const dataClass = classOf(flow, context);
  const there = end.kind === 'resource' ? placeOf(end.resource) : placeOfEnd(end, context);
  return {
    by: { stack: from.stack, address: from.address, source: from.locate(...path) },
    argument: formatPath(path),
    family: mover.family,
    why: mover.why,
    dataClass: toldClass(dataClass, [source, from], context),
    from: mover.direction === 'out' ? here : there,
    to: mover.direction === 'out' ? there : here,
    ...judged(judgeFlow(flow, context)),
  };
}

/** Each resource once, and each flow with its mover; else something was left out or counted twice. */
function reconcile({ resources, counts, stores, movers, flows, difference }: FlowMap, kept: number): void {
  const sums = [
    { what: 'the roles', found: resources - difference, wanted: resources },
    { what: 'the stores', found: stores.length, wanted: counts.stores + counts.both + counts.unclassified },
    { what: 'the flows', found: flows.length, wanted: kept },
    {
      what: 'the movers',
      found: movers.reduce((sum, { flows: own }) => sum + FLOW_VERDICTS.reduce((so, one) => so + own[one], 0), 0),
      wanted: flows.length,
    },
  ];
  for (const { what, found, wanted } of sums) {
    if (found !== wanted) throw new Error(`${what} account for ${found} of ${wanted}`);
  }
}
