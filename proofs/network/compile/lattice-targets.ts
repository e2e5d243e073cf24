import { parseCidr } from '../../../model/aws/cidr.ts';
import type { Resource } from '../../../model/resource.ts';
import { asString, asStrings, unknown, type Value } from '../../../model/value.ts';
import type { Addresses, Doubts, Interface, RelayExit, Services } from '../topology.ts';
import { addressesOf, joinAddresses } from './addresses.ts';
import { admittedBy } from './admission.ts';
import { ownerOfAttribute, vpcChoices } from './candidates.ts';
import { CERTAIN, type Compilation, NO_ADDRESSES } from './compilation.ts';
import { interfaceIn } from './interface-parts.ts';
import { bothDoubts, doubtsOf, NO } from './reading.ts';
import { addressesOfOwner, EVERY_TCP, joinServices, serviceInterfaces } from './relay-parts.ts';
import { servicesOf } from './services.ts';

export const SERVICE = 'aws_vpclattice_service';
export const CONFIGURATION = 'aws_vpclattice_resource_configuration';
export const GATEWAY = 'aws_vpclattice_resource_gateway';
export const LISTENER = 'aws_vpclattice_listener';
export const RULE = 'aws_vpclattice_listener_rule';
export const GROUP = 'aws_vpclattice_target_group';
export const TARGET = 'aws_vpclattice_target_group_attachment';

/** Addresses from which VPC Lattice comes to its targets. */
const LINK_LOCAL = parseCidr('169.254.171.0/24');

const TARGET_TYPES = ['aws_instance', 'aws_lb', 'aws_alb'];
const INTERFACED: ReadonlySet<string> = new Set([...TARGET_TYPES, 'aws_network_interface']);

/** A part of a service network, with what hides whether it is. */
export interface Part<Item> {
  readonly item: Item;
  readonly doubts: Doubts;
}

/** The targets of a service: of every group that a listener or a rule forwards to. */
export function serviceExits(c: Compilation, service: Resource): readonly Part<RelayExit>[] {
  const byId = [LISTENER, RULE].map((type) => c.estate.companions(service, type, 'service_identifier'));
  const byArn = c.estate.companions(service, LISTENER, 'service_arn');
  const forwards = [...byId, byArn].flatMap(({ items, open }) => [
    ...items.map((item) => ({ item, doubts: doubtsOf(item) })),
    ...open.map(({ resource, value }) => ({ item: resource, doubts: [value] })),
  ]);
  return forwards.flatMap(({ item, doubts }) => {
    const action = item.type === LISTENER ? 'default_action' : 'action';
    const groups = item
      .blocks(action)
      .items.flatMap((block) =>
        block.blocks('forward').items.flatMap((forward) => forward.blocks('target_groups').items),
      );
    return groups.flatMap((group) => {
      const target = c.estate.resolve(group.attribute('target_group_identifier'), [GROUP]);
      const named =
        target.kind === 'resource' ? [target.resource] : target.kind === 'hidden' ? c.estate.ofType(GROUP) : [];
      const unseen = target.kind === 'hidden' ? [target.value] : CERTAIN;
      return named.flatMap((one) => groupExits(c, one, bothDoubts(doubts, unseen)));
    });
  });
}

function groupExits(c: Compilation, group: Resource, doubts: Doubts): readonly Part<RelayExit>[] {
  // A function runs outside any VPC, or sends from one by interfaces of its own.
  if (asString(group.attribute('type')) === 'LAMBDA') return [];
  const targets = c.estate.companions(group, TARGET, 'target_group_identifier');
  return [
    ...targets.items.map((item) => ({ item, doubts: doubtsOf(item) })),
    ...targets.open.map(({ resource, value }) => ({ item: resource, doubts: [value] })),
  ].flatMap(({ item: target, doubts: own }) =>
    targetInterfaces(c, group, target).map((at) => ({
      item: { kind: 'delivery', interface: at, services: servicesAt(at) } as const,
      doubts: bothDoubts(doubts, own),
    })),
  );
}

/** Where a target is: the interfaces of the instance or balancer, or the address in its subnet. */
function targetInterfaces(c: Compilation, group: Resource, target: Resource): readonly Interface[] {
  const value = target.attribute('target', 'id');
  const owner = ownerOfAttribute(c, value, INTERFACED);
  const named = owner === null ? c.estate.resolve(value, TARGET_TYPES) : null;
  const resource = owner ?? (named?.kind === 'resource' ? named.resource : null);
  const known = resource === null ? undefined : c.interfacesOf.get(resource);
  if (known !== undefined) return known;
  const text = asString(value);
  const range = typeof text === 'string' ? c.range(text) : null;
  if (range !== null) {
    const vpcs = vpcChoices(c, group.attribute('config', 'vpc_identifier'), group);
    const subnets = vpcs
      .flatMap(({ item }) => c.subnetsOf.get(item) ?? [])
      .filter(({ addresses }) =>
        addresses.ranges.some(
          ({ family, first, last }) => family === range.family && first <= range.first && range.last <= last,
        ),
      );
    if (subnets.length > 0) {
      const addresses: Addresses = { ranges: [range], unknowns: [], doubts: CERTAIN };
      return subnets.map((item) =>
        interfaceIn(c, { owner: target, subnet: { item, doubts: CERTAIN }, groups: 'none', addresses }),
      );
    }
  }
  c.unmodelled.push({ resource: target, reason: 'is a target of VPC Lattice that the input does not show' });
  return [];
}

/** Groups of a target must let VPC Lattice in; where no rule says so for sure, they may. */
function servicesAt(own: Interface): Services {
  const ranges = [...own.subnet.vpc.addresses.ranges, ...(LINK_LOCAL === null ? [] : [LINK_LOCAL])];
  const admitted = admittedBy(own, { ranges, unknowns: [], doubts: CERTAIN });
  if (admitted.ranges.length > 0) return admitted;
  const why = unknown('operation', own.origin.name, 'has security groups that may let VPC Lattice in');
  return { ranges: [], doubts: [...admitted.doubts, why] };
}

/** From the resource gateway to what a configuration names; a group is all of its members. */
export function resourceExits(c: Compilation, configuration: Resource): readonly Part<RelayExit>[] {
  const members = c.estate.companions(configuration, CONFIGURATION, 'resource_configuration_group_id');
  const gateway = gatewayOf(c, configuration);
  const own = ownExits(c, configuration, gateway);
  return [
    ...own.map((item) => ({ item, doubts: CERTAIN })),
    ...members.items.flatMap((member) =>
      ownExits(c, member, gatewayOf(c, member) ?? gateway).map((item) => ({ item, doubts: doubtsOf(member) })),
    ),
  ];
}

function gatewayOf(c: Compilation, configuration: Resource): Resource | null {
  const target = c.estate.resolve(configuration.attribute('resource_gateway_identifier'), [GATEWAY]);
  return target.kind === 'resource' ? target.resource : null;
}

function ownExits(c: Compilation, configuration: Resource, gateway: Resource | null): readonly RelayExit[] {
  const definitions = configuration.blocks('resource_configuration_definition');
  if (definitions.items.length + definitions.open.length === 0) return [];
  if (gateway === null) {
    c.unmodelled.push({ resource: configuration, reason: 'goes by a resource gateway that the input does not show' });
    return [];
  }
  const destinations = joinAddresses([
    ...definitions.items.map((block) => {
      const address = block.attribute('ip_resource', 'ip_address');
      if (address.kind !== 'null') return addressesOf(c, address);
      const arn = block.attribute('arn_resource', 'arn');
      const target = c.estate.resolve(arn, ['aws_db_instance', 'aws_rds_cluster']);
      if (target.kind === 'resource') return addressesOfOwner(c, target.resource);
      const why = unknown('operation', configuration.address, 'has the addresses that its name or ARN stands for');
      return { ...NO_ADDRESSES, doubts: [why] };
    }),
    ...definitions.open.map((hidden) => ({ ...NO_ADDRESSES, doubts: [hidden] })),
  ]);
  const services = portServices(configuration);
  return serviceInterfaces(c, gateway, gateway.attribute('subnet_ids'), gateway.attribute('security_group_ids')).map(
    (own) => ({ kind: 'interface', interface: own, destinations, services, keepsSource: NO }),
  );
}

/** `443` or `8000-8010`, of TCP. */
function portServices(configuration: Resource): Services {
  const { known, hidden } = asStrings(configuration.attribute('port_ranges'));
  const sets = known.map((text) => {
    const [first = '', last = first] = text.split('-');
    return servicesOf(literal('tcp'), literal(first.trim()), literal(last.trim()));
  });
  if (sets.length + hidden.length === 0) return EVERY_TCP;
  return joinServices([...sets, { ranges: [], doubts: hidden }]);
}

function literal(value: string): Value {
  return { kind: 'string', value };
}
