import type { Estate, Target } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asItems, type Hidden, unknown, type Value } from '../../model/value.ts';
import { SUBNET_TYPES } from '../subnet-tier.ts';

export const VPC_TYPES = ['aws_vpc', 'aws_default_vpc'] as const;
export const ENDPOINTS = 'aws_networkfirewall_vpc_endpoint_association';

/** The interfaces by which an appliance forwards: its own, which have its arguments, or ones made apart. */
export interface Interfaces {
  readonly items: readonly Resource[];
  readonly open: readonly Hidden[];
}

/** VPCs that hold endpoints of a firewall or interfaces of an appliance. */
export interface Networks {
  readonly vpcs: readonly Resource[];
  readonly open: readonly Hidden[];
}

export function networksOf(gateway: Resource, estate: Estate): Networks {
  const { values, open } = partsOf(gateway, estate);
  const vpcs = new Set<Resource>();
  const hidden: Hidden[] = [...open];
  for (const value of values) {
    const found = only(estate.resolve(value, VPC_TYPES), 'VPC');
    if (found !== null && 'init' in found) vpcs.add(found);
    else if (found !== null) hidden.push(found);
  }
  return { vpcs: [...vpcs], open: hidden };
}

/** The interfaces of an instance. */
export function interfacesOf(instance: Resource, estate: Estate): Interfaces {
  const blocks = [instance.blocks('primary_network_interface'), instance.blocks('network_interface')];
  const open = blocks.flatMap((part) => part.open);
  const named = blocks.flatMap((part) => part.items).map((block) => block.attribute('network_interface_id'));
  if (named.length === 0) return { items: open.length === 0 ? [instance] : [], open };
  const items: Resource[] = [];
  const hidden: Hidden[] = [...open];
  for (const value of named) {
    const found = only(estate.resolve(value, ['aws_network_interface']), 'network interface');
    if (found !== null && 'init' in found) items.push(found);
    else if (found !== null) hidden.push(found);
  }
  return { items, open: hidden };
}

/** The subnets of a load balancer, and what hides whether it has more. */
export function balancerSubnets(balancer: Resource): readonly Value[] {
  const listed = asItems(balancer.attribute('subnets'));
  const mapped = balancer.blocks('subnet_mapping');
  return [
    ...listed.items,
    ...listed.open,
    ...mapped.items.map((block) => block.attribute('subnet_id')),
    ...mapped.open,
  ];
}

interface Values {
  readonly values: readonly Value[];
  readonly open: readonly Hidden[];
}

function partsOf(gateway: Resource, estate: Estate): Values {
  switch (gateway.type) {
    case 'aws_networkfirewall_firewall':
      return ofFirewall(gateway, estate);
    case 'aws_instance': {
      const interfaces = interfacesOf(gateway, estate);
      const inSubnets = ofSubnets(
        gateway,
        interfaces.items.map((item) => item.attribute('subnet_id')),
        estate,
      );
      return { values: inSubnets.values, open: [...interfaces.open, ...inSubnets.open] };
    }
    default:
      return ofSubnets(gateway, balancerSubnets(gateway), estate);
  }
}

function ofFirewall(firewall: Resource, estate: Estate): Values {
  const { items, open } = estate.companions(firewall, ENDPOINTS, 'firewall_arn');
  return {
    values: [firewall, ...items].map((resource) => resource.attribute('vpc_id')),
    open: open.map(({ value }) => value),
  };
}

/** The networks of the subnets in which a gateway stands. */
function ofSubnets({ address }: Resource, subnets: readonly Value[], estate: Estate): Values {
  const values: Value[] = [];
  const open: Hidden[] = [];
  for (const value of subnets) {
    const subnet = only(estate.resolve(value, SUBNET_TYPES), 'subnet');
    if (subnet === null) open.push(unknown('missing-object', `${address}.subnet_id`, 'is not set'));
    else if ('init' in subnet) values.push(subnet.attribute('vpc_id'));
    else open.push(subnet);
  }
  return { values, open };
}

/** The managed resource that a value names, or what hides it; null when it names none. */
function only(target: Target, what: string): Resource | Hidden | null {
  switch (target.kind) {
    case 'resource': {
      const { resource } = target;
      if (resource.init.mode === 'managed') return resource;
      return unknown('data-source', resource.address, `is a ${what} outside the estate`);
    }
    case 'outside':
      return unknown('missing-object', target.text, `is a ${what} outside the estate`);
    case 'hidden':
      return target.value;
    case 'none':
      return null;
  }
}
