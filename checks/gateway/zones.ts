import type { Place } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, describeHidden, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import type { Policy, Site } from '../../policy/policy.ts';
import { siteOf } from '../../policy/sites.ts';
import type { Context } from '../check.ts';
import { workloadsIn } from '../isolation/gateway-tier.ts';
import { exposureOf, SUBNET_TYPES } from '../subnet-tier.ts';

/** A zone, or an Outpost in one, as far as the input tells it from others. */
export interface Zone {
  /** Equal keys are equal zones; of the keys of one form, different ones are different zones. */
  readonly key: string;
  /** Null where keys cannot be told apart: a zone that only a reference names. */
  readonly form: 'id' | 'name' | 'outpost' | null;
  readonly label: string;
}

/** A zone in which a site has subnets of the enclave. */
export interface ZoneInUse {
  readonly zone: Zone;
  readonly subnet: Resource;
  /** What leaves open whether the subnet is one of the enclave at this site. */
  readonly doubt: Hidden | null;
}

/** The zones in which the subnets of a site lie, but for those that may face the outside and hold no workloads. */
export function zonesInUse(
  site: Site,
  context: Context,
): { readonly zones: readonly ZoneInUse[]; readonly open: readonly Hidden[] } {
  const { estate, policy } = context;
  const zones: ZoneInUse[] = [];
  const open: Hidden[] = [];
  for (const subnet of estate.ofType(...SUBNET_TYPES)) {
    const exposure = exposureOf(subnet, policy);
    const place = estate.place(subnet);
    const isOfSite = isAt(place, subnet, site, policy);
    if (isOfSite === false || (exposure === 'gateway' && workloadsIn(subnet, context).length === 0)) continue;
    const doubt = isHidden(isOfSite) ? isOfSite : doubtOf(subnet, exposure, policy);
    const zone = zoneOf(place, subnet);
    if (isHidden(zone)) open.push(zone);
    else zones.push({ zone, subnet, doubt });
  }
  return { zones, open };
}

function doubtOf(subnet: Resource, exposure: string | null | Hidden, { tags }: Policy): Hidden | null {
  if (isHidden(exposure)) return exposure;
  if (subnet.init.isSymbolic) {
    return unknown('instances', subnet.address, 'has a count or for_each that only the plan knows');
  }
  if (exposure !== null) return null;
  return unknown('missing-object', `${subnet.address}.tags`, `name no tier of the policy in ${tags.tier}`);
}

/** Whether a resource is of a site, by what the policy says of its stack. */
export function isAt(place: Place, { stack }: Resource, site: Site, policy: Policy): boolean | Hidden {
  const assignment = siteOf(place, stack, policy);
  switch (assignment.kind) {
    case 'site':
      return assignment.site.id === site.id;
    case 'hidden':
      return policy.stacks.some(({ name, sites }) => name === stack && sites.includes(site.id))
        ? assignment.value
        : false;
    case 'unassigned':
      return false;
  }
}

/** The Outpost of a resource, else its zone: by id, by name, or by what refers to it. */
export function zoneOf(place: Place, resource: Resource): Zone | Hidden {
  return outpostOf(place) ?? regionalZoneOf(place, resource);
}

/** The zone in the Region; for an Outpost the one that it is anchored to. */
export function regionalZoneOf(place: Place, resource: Resource): Zone | Hidden {
  for (const form of ['id', 'name'] as const) {
    const value = form === 'id' ? place.zoneId : place.zone;
    const text = asString(value);
    if (text === null) continue;
    if (!isHidden(text)) return { key: `${form} ${text}`, form, label: text };
    return byReference(value) ?? text;
  }
  return unknown('operation', `${resource.address}.availability_zone`, 'is not set, so AWS chooses the zone');
}

function outpostOf({ outpost }: Place): Zone | Hidden | null {
  const arn = asString(outpost);
  if (arn === null || arn === '') return null;
  if (isHidden(arn)) return byReference(outpost) ?? arn;
  return { key: `outpost ${arn}`, form: 'outpost', label: arn };
}

function byReference(value: Value): Zone | null {
  if (value.kind !== 'reference') return null;
  const label = describeHidden(value);
  return { key: `${value.target.stack} ${label}`, form: null, label };
}

/** Zones in which gateways stand, and what hides whether they stand in more. */
export interface Coverage {
  readonly zones: readonly Zone[];
  readonly open: readonly Hidden[];
}

/** Whether a zone is covered; what leaves it open where names of different forms cannot be compared. */
export function covers({ zones, open }: Coverage, zone: Zone): boolean | Hidden {
  if (zones.some(({ key }) => key === zone.key)) return true;
  const [first] = open;
  if (first !== undefined) return first;
  switch (zone.form) {
    case null:
      return unknown('operation', zone.label, 'may be a zone with a gateway');
    case 'outpost':
      return unknown('operation', zone.label, 'is an Outpost, whose traffic only an appliance on it takes for certain');
    case 'id':
    case 'name': {
      const other = zones.find(({ form }) => form !== zone.form && form !== 'outpost');
      return other === undefined
        ? false
        : unknown('operation', `${zone.label} and ${other.label}`, 'may be one zone or two');
    }
  }
}
