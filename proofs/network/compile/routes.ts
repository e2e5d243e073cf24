import type { Propagation, Route as WrittenRoute } from '../../../model/aws/routing.ts';
import type { Resource } from '../../../model/resource.ts';
import { asString, display, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type { Choice, Destination, Doubts, Inspection, Origin, Route, Target, Vpc } from '../topology.ts';
import { addressesOf } from './addresses.ts';
import { CERTAIN, type Compilation, originOf } from './compilation.ts';
import { firewallPick, type Pick } from './firewall-endpoints.ts';
import { destinationsOf, prefixesOf } from './prefix-lists.ts';
import { bothDoubts, doubtsOf } from './reading.ts';

const DESTINATIONS = [
  'cidr_block',
  'ipv6_cidr_block',
  'destination_cidr_block',
  'destination_ipv6_cidr_block',
] as const;
const PREFIX_LIST = 'destination_prefix_list_id';

const TARGETS = [
  'gateway_id',
  'nat_gateway_id',
  'network_interface_id',
  'transit_gateway_id',
  'vpc_peering_connection_id',
  'vpc_endpoint_id',
  'egress_only_gateway_id',
  'carrier_gateway_id',
  'local_gateway_id',
  'core_network_arn',
  'instance_id',
  'odb_network_arn',
] as const;

const ANYTHING = (doubts: Doubts): Target => ({ kind: 'hidden', doubts });

/** The routes that one written route is: one for each prefix and each next hop that it may have. */
export function routesOf(c: Compilation, written: WrittenRoute, vpc: Vpc): readonly Route[] {
  const origin = originOf(written.resource, written.path);
  const doubts = doubtsOf(written.resource);
  const targets = targetsOf(c, written, vpc);
  return prefixesOfRoute(c, written).flatMap(({ destination, precedence }) =>
    targets.map(({ item, doubts: choice }): Route => ({
      origin,
      doubts: bothDoubts(doubts, choice),
      destination,
      precedence,
      target: item,
    })),
  );
}

/** The routes that a table learns from a VPN gateway: what its connections are known to forward, and what else they may. */
export function propagatedRoutes(c: Compilation, { resource, path, gateway }: Propagation, vpc: Vpc): readonly Route[] {
  const origin = originOf(resource, path);
  return gatewayOf(c, gateway, vpc).flatMap(({ item: target, doubts }) => {
    const shared = { origin, precedence: 'propagated', target } as const;
    const exists = bothDoubts(doubtsOf(resource), doubts);
    if (target.kind !== 'door') {
      const why = target.kind === 'hidden' ? target.doubts : [unseen(gateway)];
      return [{ ...shared, doubts: bothDoubts(exists, why), destination: { kind: 'any', doubts: why } } as const];
    }
    return destinationsOf(target.door.forwards).map((destination): Route => {
      const learned = destination.kind === 'any' ? destination.doubts : CERTAIN;
      return { ...shared, doubts: bothDoubts(exists, learned), destination };
    });
  });
}

interface Prefix {
  readonly destination: Destination;
  readonly precedence: Route['precedence'];
}

function prefixesOfRoute(c: Compilation, written: WrittenRoute): readonly Prefix[] {
  const found: Prefix[] = [];
  for (const name of DESTINATIONS) {
    for (const destination of destinationsOf(addressesOf(c, written.attribute(name)))) {
      found.push({ destination, precedence: 'static' });
    }
  }
  const list = written.attribute(PREFIX_LIST);
  if (isSet(list)) {
    for (const destination of prefixesOf(c, list).destinations) found.push({ destination, precedence: 'prefix-list' });
    return found;
  }
  if (found.length > 0) return found;
  const hidden = unknown('missing-object', written.resource.address, 'has no destination that is known');
  return [{ destination: { kind: 'any', doubts: [hidden] }, precedence: 'static' }];
}

function targetsOf(c: Compilation, written: WrittenRoute, vpc: Vpc): readonly Choice<Target>[] {
  const named = TARGETS.flatMap((name) => {
    const value = written.attribute(name);
    return isSet(value) ? [{ name, value }] : [];
  });
  const [only, ...more] = named;
  if (only === undefined) {
    return [
      { item: ANYTHING([unknown('missing-object', written.resource.address, 'names no target')]), doubts: CERTAIN },
    ];
  }
  if (more.length === 0) return targetOf(c, only.name, only.value, vpc);
  const doubts = [unknown('invalid', written.resource.address, 'names several targets')];
  return named.flatMap(({ name, value }) =>
    targetOf(c, name, value, vpc).map((choice) => ({ ...choice, doubts: bothDoubts(choice.doubts, doubts) })),
  );
}

function targetOf(c: Compilation, name: string, value: Value, vpc: Vpc): readonly Choice<Target>[] {
  switch (name) {
    case 'gateway_id':
    case 'egress_only_gateway_id':
    case 'carrier_gateway_id':
    case 'local_gateway_id':
      if (asString(value) === 'local') return [{ item: { kind: 'local' }, doubts: CERTAIN }];
      return gatewayOf(c, value, vpc);
    case 'vpc_endpoint_id':
      return endpointOf(c, value);
    case 'network_interface_id':
    case 'instance_id':
      return interfaceOf(c, value);
    default:
      return resourceOf(c, value);
  }
}

/** A gateway of the table's VPC; which is the one that counts where the resource is attached to several. */
function gatewayOf(c: Compilation, value: Value, vpc: Vpc): readonly Choice<Target>[] {
  const resource = resolved(c, value);
  const doors = resource === null ? [] : (c.doorsOf.get(resource) ?? []);
  const door = doors.find((candidate) => candidate.vpc === vpc);
  return door === undefined ? resourceOf(c, value) : [{ item: { kind: 'door', door }, doubts: CERTAIN }];
}

function resourceOf(c: Compilation, value: Value): readonly Choice<Target>[] {
  const resource = resolved(c, value);
  const target = resource === null ? undefined : c.targets.get(resource);
  return [{ item: target ?? ANYTHING([unseen(value)]), doubts: CERTAIN }];
}

function interfaceOf(c: Compilation, value: Value): readonly Choice<Target>[] {
  const resource = resolved(c, value) ?? ownerOf(c, value);
  const target = resource === null ? undefined : c.targets.get(resource);
  if (target !== undefined) return [{ item: target, doubts: CERTAIN }];
  const interfaces = resource === null ? [] : (c.interfacesOf.get(resource) ?? []);
  const [only, ...more] = interfaces;
  if (only === undefined) return [{ item: ANYTHING([unseen(value)]), doubts: CERTAIN }];
  const doubts = more.length === 0 ? CERTAIN : [unseen(value)];
  return interfaces.map((item) => ({ item: { kind: 'interface', interface: item }, doubts }));
}

function endpointOf(c: Compilation, value: Value): readonly Choice<Target>[] {
  const named = resolved(c, value) ?? ownerOf(c, value);
  if (named !== null) return inspectionOf(c, named, { kind: 'any' }, unseen(value));
  const picked = value.kind === 'unknown' ? firewallPick(c, value) : null;
  if (picked !== null) return inspectionOf(c, picked.firewall, picked.pick, unseen(value));
  return [{ item: ANYTHING([unseen(value)]), doubts: CERTAIN }];
}

/** The endpoint of a firewall or association that is picked, or every one that it may be. */
function inspectionOf(c: Compilation, owner: Resource, pick: Pick, hidden: Hidden): readonly Choice<Target>[] {
  const inspections = c.inspectionsOf.get(owner) ?? [];
  if (inspections.length === 0) {
    return [{ item: c.targets.get(owner) ?? ANYTHING([hidden]), doubts: CERTAIN }];
  }
  const chosen = inspections.filter((inspection) => isPicked(c, inspection, pick));
  const all = chosen.length > 0 ? chosen : inspections;
  const isOne = all.length === 1 && (chosen.length === 1 || pick.kind === 'any');
  return all.map((inspection) => ({
    item: { kind: 'inspection', inspection },
    doubts: isOne ? CERTAIN : [hidden],
  }));
}

function isPicked(c: Compilation, { subnet }: Inspection, pick: Pick): boolean {
  if (pick.kind === 'any') return true;
  if (subnet === null) return false;
  if (pick.kind === 'subnet') return subnet.origin.resource === pick.subnet;
  if (subnet.zone.kind === 'hidden') return false;
  const zone = typeof pick.zone === 'string' ? pick.zone : c.subnets.get(pick.zone)?.zone;
  return typeof zone === 'object' ? zone.kind === 'known' && zone.name === subnet.zone.name : zone === subnet.zone.name;
}

/** The resource that a value names by an attribute that is no identity, such as a computed list of endpoint ids. */
function ownerOf(c: Compilation, value: Value): Resource | null {
  const reference = value.kind === 'reference' ? value : value.origin;
  return reference === undefined ? null : c.estate.find(reference.target);
}

function resolved(c: Compilation, value: Value): Resource | null {
  const target = c.estate.resolve(value);
  return target.kind === 'resource' ? target.resource : null;
}

function isSet(value: Value): boolean {
  return value.kind !== 'null' && !(value.kind === 'string' && value.value === '');
}

function unseen(value: Value): Hidden {
  return isHidden(value) ? value : unknown('missing-object', display(value), 'is outside the estate');
}

/** As a hop names a route that nobody writes. */
export function localOrigin(vpc: Vpc): Origin {
  return { name: `the local route of ${vpc.origin.name}`, resource: vpc.origin.resource, path: [] };
}
