import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import type { Site } from '../../policy/policy.ts';
import type { Context } from '../check.ts';
import { ENDPOINTS, interfacesOf } from './gateway-networks.ts';
import { SUBNET_TYPES } from './subnet-tier.ts';
import { type Coverage, isAt, regionalZoneOf, type Zone, zoneOf } from './zones.ts';

/** The zones of a site in which a gateway takes traffic. */
export function coverageOf(gateway: Resource, site: Site, context: Context): Coverage {
  const parts = gateway.type === 'aws_instance' ? ofAppliance(gateway, context) : ofFirewall(gateway, site, context);
  const zones: Zone[] = [];
  const open: Hidden[] = [];
  for (const part of parts) {
    if (isHidden(part)) open.push(part);
    else zones.push(part);
  }
  return { zones, open };
}

type Part = Zone | Hidden;

function ofAppliance(instance: Resource, { estate }: Context): readonly Part[] {
  const { items, open } = interfacesOf(instance, estate);
  const parts = items.flatMap((item) => {
    const place = estate.place(item);
    // On an Outpost it takes the traffic of the rack and, in the same network, of the zone that the rack belongs to.
    return [zoneOf(place, item), regionalZoneOf(place, item)];
  });
  return [...parts, ...open];
}

function ofFirewall(firewall: Resource, site: Site, context: Context): readonly Part[] {
  const { estate } = context;
  const { items, open } = estate.companions(firewall, ENDPOINTS, 'firewall_arn');
  const certain = [firewall, ...items.filter(({ init }) => !init.isSymbolic)];
  const uncertain = items.filter(({ init }) => init.isSymbolic).map(({ address }) => maybe(address));
  return [
    ...certain.flatMap((holder) => ofSubnets(holder, site, context)),
    ...ofZones(firewall),
    ...uncertain,
    ...open.map(({ value }) => value),
  ];
}

/** Endpoints in subnets of the site; those at other sites are no gateway of this one. */
function ofSubnets(holder: Resource, site: Site, { estate, policy }: Context): readonly Part[] {
  const { items, open } = holder.blocks('subnet_mapping');
  const parts = items.flatMap((block): readonly Part[] => {
    const subnet = subnetOf(block.attribute('subnet_id'), estate);
    if (isHidden(subnet)) return [subnet];
    const place = estate.place(subnet);
    const isOfSite = isAt(place, subnet, site, policy);
    if (isHidden(isOfSite)) return [isOfSite];
    if (!isOfSite) return [];
    // AWS offers no endpoint on a rack: one there would not take its traffic.
    const outpost = asString(place.outpost);
    if (isHidden(outpost)) return [outpost];
    return [outpost === null || outpost === '' ? regionalZoneOf(place, subnet) : unavailable(subnet)];
  });
  return [...parts, ...open];
}

/** A firewall of a transit gateway has zones of its own, by id. */
function ofZones(firewall: Resource): readonly Part[] {
  if (firewall.attribute('transit_gateway_id').kind === 'null') return [];
  const { items, open } = firewall.blocks('availability_zone_mapping');
  const parts = items.map((block): Part => {
    const text = asString(block.attribute('availability_zone_id'));
    if (text === null)
      return unknown('missing-object', `${firewall.address}.availability_zone_mapping`, 'names no zone');
    return isHidden(text) ? text : { key: `id ${text}`, form: 'id', label: text };
  });
  return [...parts, ...open];
}

function subnetOf(value: Value, estate: Estate): Resource | Hidden {
  const target = estate.resolve(value, SUBNET_TYPES);
  switch (target.kind) {
    case 'resource':
      return target.resource;
    case 'hidden':
      return target.value;
    case 'outside':
      return unknown('missing-object', target.text, 'is a subnet outside the estate');
    case 'none':
      return unknown('missing-object', 'subnet_mapping.subnet_id', 'names no subnet');
  }
}

function maybe(address: string): Hidden {
  return unknown('instances', address, 'has a count or for_each that only the plan knows');
}

function unavailable({ address }: Resource): Hidden {
  return unknown('operation', address, 'lies on an Outpost, where AWS offers no firewall endpoint');
}
