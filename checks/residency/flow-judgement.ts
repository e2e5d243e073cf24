import { describeCountry } from '../../model/aws/countries.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, type Hidden, isHidden } from '../../model/value.ts';
import type { Policy, Site } from '../../policy/policy.ts';
import { countryAllowed, siteOf } from '../../policy/sites.ts';
import type { Flow } from '../../proofs/flows/flow.ts';
import type { Context } from '../check.ts';
import { classOf } from './class-of-flow.ts';
import { holderOfTag } from './delivered-class.ts';
import {
  restingPlace,
  type Spot,
  spotOfRegion,
  spotOfResource,
  spotOfZone,
  spotsOfAccount,
  spotsOfBucket,
} from './spots.ts';

/** Whether the policy lets data of its class and site move so. */
export type FlowJudgement =
  | { readonly kind: 'pass' }
  /** `place` is where it goes, as text: `us-east-1`; `reason` a clause why that is refused. */
  | { readonly kind: 'fail'; readonly country: string | null; readonly place: string; readonly reason: string }
  | { readonly kind: 'unproven'; readonly because: Hidden | string };

/** Data that moves, or that rests where it is. */
type Movement = Pick<Flow, 'from' | 'source' | 'open'> & {
  readonly mover: { readonly direction: Direction };
  readonly end?: Flow['end'];
  /** Where it is not by the tags of `source` or `from`. */
  readonly dataClass?: string | null | Hidden;
};
type Direction = Flow['mover']['direction'] | 'rest';

const PASS: FlowJudgement = { kind: 'pass' };

/**
 * Judges by the data class and the site of the resource whose data moves. Inside the country of its site every class
 * may move. Restricted data goes nowhere else; other data where the policy allows the country, or where the site has
 * a supporting place for its class.
 */
export function judgeFlow(flow: Flow, context: Context): FlowJudgement {
  const judgement = judgeEnd(flow, context);
  const [hidden] = flow.open;
  return judgement.kind === 'fail' && hidden !== undefined ? unproven(hidden) : judgement;
}

/** Judges the place where a resource keeps data as one that the data moves to. */
export function judgeRest(resource: Resource, dataClass: string | null | Hidden, context: Context): FlowJudgement {
  const movement = { from: resource, source: resource, open: [], mover: { direction: 'rest' }, dataClass } as const;
  return judgeSpot(movement, restingPlace(resource, context), context);
}

function judgeEnd(flow: Flow, context: Context): FlowJudgement {
  const { policy, estate } = context;
  const { end } = flow;
  switch (end.kind) {
    case 'unknown':
      return unproven(end.because);
    case 'recipients':
      return refused(end.recipients, 'what is sent there is kept wherever the recipient is');
    case 'world':
      return judgeWorld(flow, end.places, context);
    case 'host':
      return isRegistered(end.host, policy)
        ? PASS
        : refused(end.host, 'the host is outside AWS and is no destination of the policy');
    case 'account':
      return judgeAccount(flow, end.account, context);
    case 'bucket':
      return judgeBucket(flow, end.bucket, context);
    case 'regions':
      return judgeAny(flow, end.regions, end.profile, context);
    case 'zone':
      return judgeSpot(flow, spotOfZone(end.zone, policy), context);
    case 'region': {
      const isOther = flow.mover.direction === 'out' && end.account !== null && !isOwn(end.account, policy);
      const judgement = judgeSpot(flow, spotOfRegion(end.region), context);
      if (!isOther || judgement.kind === 'fail') return judgement;
      return refused(end.region, `the account ${end.account} is none of the policy`);
    }
    case 'resource': {
      // Where the resource itself is, is for RES-001 to judge.
      if (end.resource === flow.from) return PASS;
      const judgement = judgeSpot(flow, spotOfResource(end.resource, estate, policy), context);
      return flow.mover.direction === 'out' ? judgement : worst([judgement, judgeTaken(flow, end.resource, context)]);
    }
  }
}

/**
 * What is taken from a store has the class and the site of the store, whatever the tag of what takes it says. In which
 * zone or on which rack that is, other controls tell; here its Region is enough.
 */
function judgeTaken({ from, open, mover }: Flow, store: Resource, context: Context): FlowJudgement {
  const resting = restingPlace(from, context);
  const region = asString(context.estate.place(from).region);
  const isUnclear = typeof resting === 'string' || isHidden(resting);
  const spot = isUnclear && typeof region === 'string' ? spotOfRegion(region) : resting;
  // Where it is at all is for RES-001 to judge.
  if (typeof spot === 'string' || isHidden(spot)) return PASS;
  return judgeSpot({ from, source: store, open, mover }, { ...spot, place: store.address }, context);
}

function judgeSpot(flow: Movement, spot: Spot | Hidden | string, context: Context): FlowJudgement {
  const { policy, asOf } = context;
  if (typeof spot === 'string' || isHidden(spot)) return unproven(spot);
  const { place, region, country } = spot;
  const allowed = countryAllowed(country, policy, asOf);
  if (allowed.kind === 'refused') {
    return isMigration(flow, region, policy) ? PASS : refused(place, allowed.reason, country);
  }
  const site = siteOfSource(flow, context);
  if (typeof site === 'string' || isHidden(site)) return unproven(site);
  if (country === site.country) return PASS;
  const dataClass = flow.dataClass === undefined ? classOf(flow, context) : flow.dataClass;
  const own = describeCountry(site.country);
  const there = `${place} (${describeCountry(country)})`;
  if (isHidden(dataClass)) return unproven(dataClass);
  if (dataClass === null) {
    return unproven(
      `${way(flow)} ${there}, and no tag ${policy.tags.dataClass}${holderOfTag(flow.from)} tells which data leaves ${own}`,
    );
  }
  if (supports(site, spot, dataClass)) return flow.open[0] === undefined ? PASS : unproven(flow.open[0]);
  const known = policy.dataClasses.find(({ id }) => id === dataClass);
  if (known === undefined) return unproven(`holds ${dataClass} data, a class that the policy does not have`);
  if (known.isRestricted) return refused(place, `${dataClass} data of ${site.id} stays in ${own}`, country);
  return flow.open[0] === undefined ? PASS : unproven(flow.open[0]);
}

/** What everybody may get at leaves the jurisdiction; what comes from everywhere does not. */
function judgeWorld(flow: Flow, places: string, context: Context): FlowJudgement {
  if (flow.mover.direction === 'out') return refused(places, 'that is not bounded by the jurisdiction');
  const dataClass = classOf(flow, context);
  if (isHidden(dataClass)) return unproven(dataClass);
  const { policy } = context;
  const known = policy.dataClasses.find(({ id }) => id === dataClass);
  if (known === undefined) {
    return unproven(`${way(flow)} ${places}, and no tag ${policy.tags.dataClass} tells which data that is`);
  }
  return known.isRestricted ? refused(places, `${known.id} data stays in the country of its site`) : PASS;
}

function judgeAccount(flow: Flow, account: string, context: Context): FlowJudgement {
  const { policy } = context;
  if (account === 'all') return refused('everybody', 'that is not bounded by the jurisdiction');
  if (account === policy.network.organisation) return PASS;
  if (policy.network.principals.some(({ principal }) => principal.includes(account))) return PASS;
  const spots = spotsOfAccount(account, policy);
  if (spots.length === 0) return refused(`account ${account}`, 'the account is none of the policy');
  return worst(spots.map((spot) => judgeSpot(flow, spot, context)));
}

/** Where AWS chooses among Regions, at least two: all are allowed, or no choice is that leaves out the refused ones. */
function judgeAny(flow: Flow, regions: readonly string[], profile: string, context: Context): FlowJudgement {
  const judgements = regions.map((region) => judgeSpot(flow, spotOfRegion(region), context));
  const refusals = judgements.filter(({ kind }) => kind === 'fail');
  const [refusal] = refusals;
  if (refusal?.kind === 'fail' && refusals.length >= regions.length - 1) {
    return refused(`the Regions of ${profile}`, refusal.reason);
  }
  if (refusals.length > 0) return unproven(`runs in Regions that ${profile} chooses, of which some are refused`);
  return worst(judgements);
}

/** A name of a bucket tells no place, but the policy names the archives of the monitor. */
function judgeBucket(flow: Flow, bucket: string, context: Context): FlowJudgement {
  const spots = spotsOfBucket(bucket, context.policy);
  if (spots.length === 0) {
    return unproven(
      `names the bucket ${bucket}, which is not in the estate: its name tells neither Region nor account`,
    );
  }
  return worst(spots.map((spot) => judgeSpot(flow, spot, context)));
}

function worst(judgements: readonly FlowJudgement[]): FlowJudgement {
  return judgements.find(({ kind }) => kind === 'fail') ?? judgements.find(({ kind }) => kind === 'unproven') ?? PASS;
}

/** What is moved out of a transitional site into the enclave is what the site is for. */
function isMigration({ mover }: Movement, region: string, { sites }: Policy): boolean {
  return mover.direction === 'in' && sites.some((site) => site.role === 'transitional' && site.region === region);
}

function isOwn(account: string, { sites, network }: Policy): boolean {
  return (
    sites.some((site) => site.account === account) ||
    network.principals.some(({ principal }) => principal.includes(account))
  );
}

function isRegistered(host: string, { network }: Policy): boolean {
  return network.outside.some(({ domains }) =>
    domains.some((domain) => (domain.startsWith('.') ? host.endsWith(domain) : host === domain)),
  );
}

function supports({ supportingPlaces }: Site, { region, country }: Spot, dataClass: string): boolean {
  return supportingPlaces.some(
    (place) => place.region === region && place.country === country && place.dataClasses.includes(dataClass),
  );
}

function siteOfSource({ source }: Movement, context: Context): Site | Hidden | string {
  return siteOfResource(source, context);
}

/** The site that answers for a resource; what hides it, or why it is of none. */
export function siteOfResource(resource: Resource, { estate, policy }: Context): Site | Hidden | string {
  const assignment = siteOf(estate.place(resource), resource.stack, policy);
  switch (assignment.kind) {
    case 'site':
      return assignment.site;
    case 'hidden':
      return assignment.value;
    case 'unassigned':
      return `belongs to no site: ${assignment.reason}`;
  }
}

const WAYS: Readonly<Record<Direction, string>> = {
  out: 'sends data to',
  in: 'takes data from',
  rest: 'keeps data in',
};

function way({ mover }: Movement): string {
  return WAYS[mover.direction];
}

function refused(place: string, reason: string, country: string | null = null): FlowJudgement {
  return { kind: 'fail', country, place, reason };
}

function unproven(because: Hidden | string): FlowJudgement {
  return { kind: 'unproven', because };
}
