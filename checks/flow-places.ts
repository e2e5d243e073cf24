import type { Resource } from '../model/resource.ts';
import { asString, display, type Hidden, isHidden } from '../model/value.ts';
import type { FlowEnd } from '../proofs/flows/flow.ts';
import { blockersOf, type Context } from './check.ts';
import { siteOfResource } from './residency/flow-judgement.ts';
import { canRestOnRack, restOf } from './residency/rack.ts';
import { restingPlace, type Spot, spotOfRegion, spotOfZone, spotsOfAccount, spotsOfBucket } from './residency/spots.ts';

/** Where data rests, comes from or goes to, as far as the input tells. */
export interface DataPlace {
  readonly kind: FlowEnd['kind'];
  /** What is there, for people: an address, `us-east-1`, `edge locations all over the world`. */
  readonly name: string;
  /** Of a resource of the estate; null for everything else. */
  readonly stack: string | null;
  readonly address: string | null;
  readonly region: string | null;
  /** What says more than the Region where it is: a rack, or a zone by its name; null where nothing does. */
  readonly within: string | null;
  /** ISO 3166-1 alpha-2; null where none is known, as of hosts, recipients and places all over the world. */
  readonly country: string | null;
  /** Id of the site of the policy that answers for it; null where none does or nothing tells which. */
  readonly site: string | null;
}

type Whereabouts = Pick<DataPlace, 'region' | 'within' | 'country' | 'site'>;

const NOWHERE: Whereabouts = { region: null, within: null, country: null, site: null };

/** Where a resource keeps its data. */
export function placeOfResource(resource: Resource, context: Context): DataPlace {
  const { stack, address } = resource;
  const site = siteOfResource(resource, context);
  const spot = restingPlace(resource, context);
  const known: Whereabouts = isUnknown(spot)
    ? { ...NOWHERE, region: regionOf(resource, context) }
    : { ...shownOf(resource, spot, context), country: spot.country, site: null };
  return { kind: 'resource', name: address, stack, address, ...known, site: isUnknown(site) ? null : site.id };
}

/** Where a flow ends, by what its argument names. */
export function placeOfEnd(end: FlowEnd, context: Context): DataPlace {
  const { policy } = context;
  const named = (name: string, where: Whereabouts = NOWHERE): DataPlace => ({
    kind: end.kind,
    name,
    stack: null,
    address: null,
    ...where,
  });
  switch (end.kind) {
    case 'resource':
      return placeOfResource(end.resource, context);
    case 'region': {
      const account = end.account === null ? '' : ` of account ${end.account}`;
      return named(`${end.region}${account}`, { ...oneOf([spotOfRegion(end.region)]), region: end.region });
    }
    case 'regions':
      return named(`a Region that ${end.profile} chooses`, oneOf(end.regions.map(spotOfRegion)));
    case 'zone': {
      const where = oneOf([spotOfZone(end.zone, policy)]);
      // A Region stands where a zone may be named, too.
      return named(end.zone, { ...where, within: where.region === end.zone ? null : end.zone });
    }
    case 'bucket':
      return named(`bucket ${end.bucket}`, oneOf(spotsOfBucket(end.bucket, policy)));
    case 'account': {
      if (end.account === 'all') return named('everybody');
      const sites = policy.sites.filter(({ account }) => account === end.account);
      const [site = null] = sites;
      const where = oneOf(spotsOfAccount(end.account, policy));
      return named(`account ${end.account}`, { ...where, site: sites.length === 1 ? (site?.id ?? null) : null });
    }
    case 'host':
      return named(`host ${end.host}`);
    case 'recipients':
      return named(end.recipients);
    case 'world':
      return named(end.places);
    case 'unknown':
      return named('an unknown place');
  }
}

/** A clause that tells what hides an answer. */
export function describeUnknown(because: Hidden | string): string {
  if (typeof because === 'string') return because;
  return blockersOf([because])
    .map(({ expression, reason }) => `${expression} ${reason}`)
    .join('');
}

function isUnknown(found: object | string): found is Hidden | string {
  return typeof found === 'string' || isHidden(found);
}

/** What all of several places have in common. */
function oneOf(spots: readonly (Spot | string)[]): Whereabouts {
  const only = (what: 'region' | 'country'): string | null => {
    const values = new Set(spots.map((spot) => (typeof spot === 'string' ? null : spot[what])));
    const [value = null] = values;
    return values.size === 1 ? value : null;
  };
  return { ...NOWHERE, region: only('region'), country: only('country') };
}

function regionOf(resource: Resource, { estate }: Context): string | null {
  const { region } = estate.place(resource);
  if (region.sensitive) return display(region);
  const text = asString(region);
  return isHidden(text) ? null : text;
}

/** What is said of a spot: a sensitive Region or zone is not. */
function shownOf(resource: Resource, spot: Spot, context: Context): Pick<Whereabouts, 'region' | 'within'> {
  const { estate } = context;
  const { zone, zoneId } = estate.place(resource);
  const isSensitive = zone.sensitive === true || zoneId.sensitive === true;
  // The Region of a sensitive zone would tell half of it.
  const region = isSensitive ? regionOf(resource, context) : (regionOf(resource, context) ?? spot.region);
  if (canRestOnRack(resource.type) && restOf(resource, estate).kind === 'rack')
    return { region, within: 'Outposts rack' };
  return { region, within: spot.place === spot.region || spot.place === region ? null : spot.place };
}
