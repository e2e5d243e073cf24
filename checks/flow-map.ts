import type { FlowFamily } from '../proofs/flows/mover.ts';
import { UNTAGGED_STORES } from '../model/aws/untagged-stores.ts';
import type { Target } from '../model/estate.ts';
import type { Resource } from '../model/resource.ts';
import type { SourceLocation } from '../model/source.ts';
import { tagText } from '../model/tags.ts';
import { type Hidden, isHidden } from '../model/value.ts';
import type { Flow } from '../proofs/flows/flow.ts';
import { flowsOf } from '../proofs/flows/flows.ts';
import type { Context } from './check.ts';
import { classificationOf } from './classification.ts';
import { type DataPlace, describeUnknown, placeOfEnd, placeOfResource } from './flow-places.ts';
import { classOf, judgeFlow, type FlowJudgement, judgeRest } from './residency/flow-judgement.ts';
import { canRestOnRack } from './residency/rack.ts';
import { formatPath } from './result.ts';

/** Whether data may be where it rests or goes; the gravest first. */
export const FLOW_VERDICTS = ['outside', 'unproven', 'inside'] as const;
export type FlowVerdict = (typeof FLOW_VERDICTS)[number];

/**
 * What a resource has to do with data; each has exactly one of these. `stores`: its type keeps data. `moves`: an argument of
 * it moves data. `both`. `still`: its type can move data, and no argument of it does. `neither`. `unclassified`: no table
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
  /** Sorted by stack and address. */
  readonly stores: readonly DataStore[];
  /** Resources with an argument that moves data, sorted by stack and address. */
  readonly movers: readonly DataMover[];
  /** In the order of the movers and their arguments. */
  readonly flows: readonly DataFlow[];
  /** Resources of the estate, less those that are accounted for: zero, or there is no map to print. */
  readonly difference: number;
}

interface Judged {
  readonly verdict: FlowVerdict;
  /** A clause why it is not inside; null where it is. */
  readonly reason: string | null;
}

interface Held {
  /** What the tag says; null where none does or nothing tells what it says. */
  readonly dataClass: string | null;
}

export interface DataStore extends Judged, Held {
  readonly type: string;
  readonly place: DataPlace;
  readonly constructPath: string | null;
  readonly source: SourceLocation;
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
  const moved = new Map<Resource, DataFlow[]>();
  for (const flow of flowsOf(estate)) {
    const drawn = drawFlow(flow, placeOf, context);
    const kept = isAskedFor(drawn, [drawn.from, drawn.to], question, context) ? [drawn] : [];
    moved.set(flow.from, [...(moved.get(flow.from) ?? []), ...kept]);
  }
  const counts = { stores: 0, moves: 0, both: 0, still: 0, neither: 0, unclassified: 0, aside: 0 };
  const stores: DataStore[] = [];
  const movers: DataMover[] = [];
  for (const resource of estate.resources) {
    const classes = classificationOf(resource.type, context.policy.resourceTypes)?.classes ?? null;
    const flows = moved.get(resource);
    const isStored = classes === null || classes.includes('stores');
    const stored = isStored ? drawStore(resource, { hasFlows: flows !== undefined, placeOf }, context) : null;
    const isStore = stored !== null && isAskedFor(stored, [stored.place], question, context);
    const isMover = flows !== undefined && flows.length > 0;
    if (isStore) stores.push(stored);
    if (isMover) movers.push({ type: resource.type, place: placeOf(resource), flows: verdictsOf(flows) });
    counts[roleOf({ classes, isStore, isMover, isAside: stored !== null || flows !== undefined })] += 1;
  }
  const map: FlowMap = {
    name: context.policy.name,
    ...question,
    resources: estate.resources.length,
    counts,
    stores,
    movers,
    flows: estate.resources.flatMap((resource) => moved.get(resource) ?? []),
    difference: estate.resources.length - ROLES.reduce((sum, role) => sum + counts[role], 0),
  };
  reconcile(map, [...moved.values()].flat().length);
  return map;
}

/** How many of some rests or flows have each verdict. */
export function verdictsOf(judged: readonly Judged[]): { readonly [verdict in FlowVerdict]: number } {
  const count = (wanted: FlowVerdict): number => judged.filter(({ verdict }) => verdict === wanted).length;
  return { outside: count('outside'), unproven: count('unproven'), inside: count('inside') };
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

function drawStore(
  resource: Resource,
  { hasFlows, placeOf }: { readonly hasFlows: boolean; readonly placeOf: (resource: Resource) => DataPlace },
  context: Context,
): DataStore {
  const { type, init, stack, address } = resource;
  const owner = ownerOf(resource, context);
  const dataClass = storedClass(resource, owner, context);
  // What binds a disk to a host is where the disk is; a copy of a database is where it says itself.
  const bearer =
    owner?.kind === 'resource' && canRestOnRack(owner.resource.type) && !hasFlows ? owner.resource : resource;
  const place = { ...placeOf(bearer), name: address, stack, address };
  const shared = { type, place, dataClass: isHidden(dataClass) ? null : dataClass, constructPath: init.constructPath };
  const source = init.location;
  if (classificationOf(type, context.policy.resourceTypes) === null) {
    return { ...shared, source, verdict: 'unproven', reason: 'no table knows its type, so it may keep data' };
  }
  if (place.region === null && context.estate.place(resource).region.kind === 'null') {
    return { ...shared, source, verdict: 'unproven', reason: 'is global: it has no Region and no country' };
  }
  return { ...shared, source, ...judged(judgeRest(bearer, dataClass, context)) };
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
    dataClass: isHidden(dataClass) ? null : dataClass,
    from: mover.direction === 'out' ? here : there,
    to: mover.direction === 'out' ? there : here,
    ...judged(judgeFlow(flow, context)),
  };
}

/** What a resource that takes no tags belongs to; null where its type takes some, or names nothing. */
function ownerOf(resource: Resource, { estate }: Context): Target | null {
  const argument = UNTAGGED_STORES.get(resource.type) ?? null;
  return argument === null ? null : estate.resolve(resource.attribute(argument), ['aws_s3_bucket'], resource);
}

/** By its tag, or by that of what it belongs to where its type takes none. */
function storedClass(resource: Resource, owner: Target | null, context: Context): string | null | Hidden {
  if (!UNTAGGED_STORES.has(resource.type)) return classOf({ source: resource, from: resource }, context);
  if (owner?.kind === 'hidden') return owner.value;
  return owner?.kind === 'resource' ? tagText(owner.resource, context.policy.tags.dataClass) : null;
}

function judged(judgement: FlowJudgement): Judged {
  switch (judgement.kind) {
    case 'pass':
      return { verdict: 'inside', reason: null };
    case 'fail':
      return { verdict: 'outside', reason: judgement.reason };
    case 'unproven':
      return { verdict: 'unproven', reason: describeUnknown(judgement.because) };
  }
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
