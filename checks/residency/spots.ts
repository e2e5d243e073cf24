import { outpostOfArn } from '../../model/aws/arn.ts';
import { regionCountry, zoneCountry } from '../../model/aws/jurisdictions.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, type Hidden, isHidden, type Value } from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Context } from '../check.ts';
import { restOf } from './rack.ts';

/** A place with a country. */
export interface Spot {
  /** The zone, the site of the rack, else the Region. */
  readonly place: string;
  readonly region: string;
  readonly country: string;
}

export function spotOfRegion(region: string): Spot | string {
  const country = regionCountry(region);
  return country === null ? `names ${region}, whose country no table knows` : { place: region, region, country };
}

/** A zone, or the ARN of an Outpost, which is where the policy says that its site is. */
export function spotOfZone(zone: string, policy: Policy): Spot | string {
  const outpost = outpostOfArn(zone);
  if (outpost !== null) return spotOfRack([outpost], policy) ?? `names the Outpost ${outpost}, which is of no site`;
  const place = zoneCountry(zone);
  return place.kind === 'unknown' ? place.why : { place: zone, region: place.region, country: place.country };
}

function spotOfRack(outposts: readonly string[], { sites }: Policy): Spot | null {
  const owners = outposts.map((outpost) =>
    sites.find((site) => site.outposts.some((arn) => outpostOfArn(arn) === outpost)),
  );
  const [site] = owners;
  if (site === undefined || owners.some((owner) => owner !== site)) return null;
  return { place: site.id, region: site.region, country: site.country };
}

export function spotOfResource(resource: Resource, estate: Estate, policy: Policy): Spot | Hidden | string {
  const spot = restingPlace(resource, { estate, policy });
  return typeof spot === 'string' || isHidden(spot) ? spot : { ...spot, place: `${resource.address} in ${spot.place}` };
}

/** By the rack, else the zone, else the Region of a resource. */
export function restingPlace(
  resource: Resource,
  { estate, policy }: Pick<Context, 'estate' | 'policy'>,
): Spot | Hidden | string {
  const { region, zone, zoneId } = estate.place(resource);
  const rest = restOf(resource, estate);
  if (rest.kind === 'hidden') return rest.value;
  if (rest.kind === 'rack') {
    return spotOfRack(rest.outposts, policy) ?? `goes to ${resource.address} on an Outpost that is of no site`;
  }
  for (const value of [zoneId, zone]) {
    const text = asString(value);
    if (typeof text === 'string' && text !== '') return withheld(spotOfZone(text, policy), value);
  }
  const text = asString(region);
  if (isHidden(text)) return text;
  return text === null ? `names ${resource.address}, which has no Region` : withheld(spotOfRegion(text), region);
}

/** Where a sensitive value leads counts, and is not said. */
function withheld(spot: Spot | string, { sensitive }: Value): Spot | string {
  if (!sensitive) return spot;
  return typeof spot === 'string' ? 'is in a place that is sensitive' : { ...spot, place: '(sensitive)' };
}

/** Where the sites of an account are. */
export function spotsOfAccount(account: string, { sites }: Policy): readonly Spot[] {
  return sites
    .filter((site) => site.account === account)
    .map(({ country, region }) => ({ country, region, place: `account ${account}` }));
}

/** A name of a bucket tells no place, but the policy names the archives of the monitor: any of its places. */
export function spotsOfBucket(bucket: string, { monitor, sites }: Policy): readonly Spot[] {
  const isArchive = (monitor?.archives ?? []).some((name) => name === bucket || name.endsWith(`:::${bucket}`));
  const site = isArchive ? sites.find(({ id }) => id === monitor?.site) : undefined;
  if (site === undefined) return [];
  return [site, ...site.supportingPlaces].map(({ region, country }) => ({ region, country, place: bucket }));
}
