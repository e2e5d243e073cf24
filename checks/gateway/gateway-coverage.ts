import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asItems, asString, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import type { Site } from '../../policy/policy.ts';
import type { Context } from '../check.ts';
import { gatewayTarget } from './declared-gateways.ts';
import { SERVICE } from './fleet.ts';
import { ENDPOINTS, interfacesOf } from './gateway-networks.ts';
import { SUBNET_TYPES } from '../subnet-tier.ts';
import { type Coverage, isAt, regionalZoneOf, type Zone, zoneOf } from './zones.ts';

/** What the gateways of a site for its data cover together. */
export function coverageAt(site: Site, context: Context): Coverage {
  const { estate, policy } = context;
  const parts = policy.gateways
    .filter((gateway) => gateway.site === site.id && gateway.purpose === 'data-transmission')
    .map((gateway): Coverage => {
      const target = gatewayTarget(gateway, estate);
      if (target.kind === 'hidden') return { zones: [], open: [target.value] };
      if (target.kind === 'absent') return { zones: [], open: [] };
      return coverageOf(target.resource, site, context);
    });
  return { zones: parts.flatMap(({ zones }) => zones), open: parts.flatMap(({ open }) => open) };
}

/** The zones of a site in which a gateway takes traffic. */
function coverageOf(gateway: Resource, site: Site, context: Context): Coverage {
  const parts = partsOf(gateway, site, context);
  const zones: Zone[] = [];
  const open: Hidden[] = [];
  for (const part of parts) {
    if (isHidden(part)) open.push(part);
    else zones.push(part);
  }
  return { zones, open };
}

type Part = Zone | Hidden;

function partsOf(gateway: Resource, site: Site, context: Context): readonly Part[] {
  switch (gateway.type) {
    case 'aws_networkfirewall_firewall':
      return ofFirewall(gateway, site, context);
    case 'aws_instance':
      return ofAppliance(gateway, context);
    default:
      return ofFleet(gateway, site, context);
  }
}

/** The endpoints that lead to a fleet of appliances, through the service of its load balancer. */
function ofFleet(balancer: Resource, site: Site, context: Context): readonly Part[] {
  const { estate } = context;
  const services = estate.companions(balancer, SERVICE, 'gateway_load_balancer_arns');
  const parts = estate.ofType('aws_vpc_endpoint').flatMap((endpoint): readonly Part[] => {
    const leads = leadsTo(endpoint.attribute('service_name'), services.items, estate);
    if (leads === false) return [];
    if (isHidden(leads)) return [leads];
    if (endpoint.init.isSymbolic) return [maybe(endpoint.address)];
    const { items, open } = asItems(endpoint.attribute('subnet_ids'));
    return [...items.flatMap((value) => ofSubnet(value, site, context)), ...open];
  });
  return [...parts, ...services.open.map(({ value }) => value)];
}

/** Whether the service that an endpoint names is one of these. */
function leadsTo(name: Value, services: readonly Resource[], estate: Estate): boolean | Hidden {
  if (name.kind === 'string' && name.value.startsWith('com.amazonaws.vpce.')) {
    return unknown('missing-object', name.sensitive ? '(sensitive)' : name.value, 'may be the service of the fleet');
  }
  if (name.kind !== 'reference') return isHidden(name) ? name : false;
  const service = estate.find(name.target);
  if (service === null || service.init.mode === 'data') return name;
  return services.includes(service);
}

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

function ofSubnets(holder: Resource, site: Site, context: Context): readonly Part[] {
  const { items, open } = holder.blocks('subnet_mapping');
  return [...items.flatMap((block) => ofSubnet(block.attribute('subnet_id'), site, context)), ...open];
}

/** The zone of an endpoint; those at other sites are no gateway of this one. */
function ofSubnet(value: Value, site: Site, { estate, policy }: Context): readonly Part[] {
  const subnet = subnetOf(value, estate);
  if (isHidden(subnet)) return [subnet];
  const place = estate.place(subnet);
  const isOfSite = isAt(place, subnet, site, policy);
  if (isHidden(isOfSite)) return [isOfSite];
  if (!isOfSite) return [];
  // AWS offers no endpoint on a rack: one there would not take its traffic.
  const outpost = asString(place.outpost);
  if (isHidden(outpost)) return [outpost];
  return [outpost === null || outpost === '' ? regionalZoneOf(place, subnet) : unavailable(subnet)];
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
  return unknown('operation', address, 'lies on an Outpost, where AWS offers no endpoint of a gateway');
}
