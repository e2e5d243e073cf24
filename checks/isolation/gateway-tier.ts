import type { Estate } from '../../model/estate.ts';
import { nestedArguments } from '../../model/nested-arguments.ts';
import type { Resource } from '../../model/resource.ts';
import { asItems, type Hidden, unknown } from '../../model/value.ts';
import { topologyOf } from '../../proofs/network/compile/topology-of.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Context } from '../check.ts';
import { gatewayTarget } from '../gateway/declared-gateways.ts';
import { machinesOf } from '../gateway/fleet.ts';
import { PLACES } from './default-network.ts';

/** Types that stand in a subnet and are the network itself, a front door or a way to a gateway. */
const NETWORK_PARTS: ReadonlySet<string> = new Set([
  'aws_alb',
  'aws_default_network_acl',
  'aws_ec2_client_vpn_endpoint',
  'aws_ec2_client_vpn_network_association',
  'aws_ec2_subnet_cidr_reservation',
  'aws_ec2_transit_gateway_multicast_domain_association',
  'aws_ec2_transit_gateway_vpc_attachment',
  'aws_elb',
  'aws_flow_log',
  'aws_launch_template',
  'aws_lb',
  'aws_nat_gateway',
  'aws_network_acl',
  'aws_network_acl_association',
  'aws_network_interface',
  'aws_networkfirewall_firewall',
  'aws_networkfirewall_vpc_endpoint_association',
  'aws_ram_resource_association',
  'aws_route53_resolver_endpoint',
  'aws_route_table_association',
  'aws_verifiedaccess_endpoint',
  'aws_vpc_block_public_access_exclusion',
  'aws_vpc_endpoint',
  'aws_vpc_endpoint_subnet_association',
  'aws_vpc_route_server_endpoint',
]);

/** What the appliances of a fleet are made by, where something hides which of them are. */
const FLEET_PARTS: ReadonlySet<string> = new Set(['aws_instance', 'aws_autoscaling_group']);

const SUBNET_PLACES = PLACES.filter(([first]) => first !== 'vpc_id');

/** What stands in a subnet. */
interface Occupancy {
  readonly workloads: readonly Resource[];
  /** What hides whether more does. */
  readonly possible: readonly Hidden[];
}

type Occupants = ReadonlyMap<Resource, Occupancy>;

const EMPTY: Occupancy = { workloads: [], possible: [] };

const OCCUPANTS = new WeakMap<Policy, WeakMap<Estate, Occupants>>();

/** What stands in a subnet and is neither a gateway, nor registered to face the Internet, nor a part of the network. */
export function workloadsIn(subnet: Resource, context: Context): readonly Resource[] {
  return occupancyOf(subnet, context).workloads;
}

/** As `workloadsIn`, with what hides whether there are more. */
export function occupancyOf(subnet: Resource, context: Context): Occupancy {
  const { estate, policy } = context;
  const byEstate = OCCUPANTS.get(policy) ?? new WeakMap<Estate, Occupants>();
  OCCUPANTS.set(policy, byEstate);
  const found = byEstate.get(estate) ?? occupants(context);
  byEstate.set(estate, found);
  return found.get(subnet) ?? EMPTY;
}

function occupants({ estate, policy }: Context): Occupants {
  const isWorkload = judgeOf(policy, estate);
  const certain = new Map<Resource, Set<Resource>>();
  const possible = new Map<Resource, Set<Hidden>>();
  const stands = (resource: Resource, subnet: Resource, doubts: readonly Hidden[]) => {
    const verdict = isWorkload(resource);
    if (verdict === 'no') return;
    const all = verdict === 'yes' ? doubts : [...doubts, verdict];
    if (all.length === 0) add(certain, subnet, resource);
    for (const doubt of all) add(possible, subnet, doubt);
  };
  for (const resource of estate.resources) {
    const doubts = resource.init.isSymbolic ? [mayBeThere(resource)] : [];
    for (const subnet of subnetsOf(resource, estate)) stands(resource, subnet, doubts);
  }
  // Whatever else puts an interface there: a template, a cluster, an interface of its own that an instance has.
  for (const { owner, subnet, doubts } of topologyOf(estate).interfaces) {
    const { resource } = subnet.origin;
    if (owner !== null && resource !== null) stands(owner, resource, doubts);
  }
  return new Map(
    [...new Set([...certain.keys(), ...possible.keys()])].map((subnet) => [
      subnet,
      { workloads: [...(certain.get(subnet) ?? [])], possible: [...(possible.get(subnet) ?? [])] },
    ]),
  );
}

function mayBeThere({ address }: Resource): Hidden {
  return unknown('instances', address, 'is no gateway, and may be there: its count or for_each is not known');
}

function add<Item>(map: Map<Resource, Set<Item>>, subnet: Resource, item: Item): void {
  const items = map.get(subnet);
  if (items === undefined) map.set(subnet, new Set([item]));
  else items.add(item);
}

/** Whether what stands in a subnet of gateways is none: it is in order (`no`), or nobody knows. */
type Judge = (resource: Resource) => 'no' | 'yes' | Hidden;

function judgeOf({ gateways, network }: Policy, estate: Estate): Judge {
  const registered = new Set(
    [...gateways, ...network.publicAddresses].map(({ stack, address }) => keyOf(stack, address)),
  );
  const fleets = gateways
    .filter(({ kind }) => kind === 'appliance')
    .map((gateway) => gatewayTarget(gateway, estate))
    .flatMap((target) => (target.kind === 'resource' ? [machinesOf(target.resource, estate)] : []));
  const machines = new Set(fleets.flatMap(({ items }) => items));
  const [hidden] = fleets.flatMap(({ open }) => open);
  return (resource) => {
    const { type, stack, address } = resource;
    if (NETWORK_PARTS.has(type) || registered.has(keyOf(stack, address)) || machines.has(resource)) return 'no';
    return hidden !== undefined && FLEET_PARTS.has(type) ? hidden : 'yes';
  };
}

function keyOf(stack: string, address: string): string {
  return `${stack}\n${address}`;
}

function subnetsOf(resource: Resource, estate: Estate): ReadonlySet<Resource> {
  const subnets = new Set<Resource>();
  for (const path of SUBNET_PLACES) {
    if (!resource.init.body.names.includes(path[0])) continue;
    for (const { value } of nestedArguments(estate, resource, path).items) {
      const { items, open } = asItems(value);
      for (const item of [...items, ...open]) {
        const target = estate.resolve(item, ['aws_subnet']);
        if (target.kind === 'resource' && target.resource.type.endsWith('_subnet')) subnets.add(target.resource);
      }
    }
  }
  return subnets;
}
