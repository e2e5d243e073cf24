import type { Resource } from '../../../model/resource.ts';
import { asBoolean, asItems, asString, isHidden, type Value } from '../../../model/value.ts';
import type { Addresses, Choice, SecurityGroup, Subnet, Truth } from '../topology.ts';
import { addressesOf, hasFamily, ownAddress } from './addresses.ts';
import { CERTAIN, type Compilation, NO_ADDRESSES } from './compilation.ts';
import { groupsOf } from './group-choices.ts';
import { interfaceIn } from './interface-parts.ts';
import { NO, subnetChoices } from './reading.ts';
import { BALANCER_TYPES } from './target-groups.ts';

/** The interfaces of load balancers: one in each of their subnets. */
export function compileBalancers(c: Compilation): void {
  for (const type of BALANCER_TYPES) {
    for (const balancer of c.estate.ofType(type)) {
      c.understood.add(balancer);
      addInterfaces(c, balancer, kindOf(c, balancer));
    }
  }
  for (const balancer of c.estate.ofType('aws_elb')) {
    c.understood.add(balancer);
    addInterfaces(c, balancer, 'classic');
  }
}

export type BalancerKind = 'application' | 'network' | 'gateway' | 'classic';

/** A balancer whose type is hidden is taken for one that no security group filters. */
export function kindOf(c: Compilation, balancer: Resource): BalancerKind {
  const type = asString(c.estate.effective(balancer, 'load_balancer_type'));
  return type === 'application' || type === 'gateway' ? type : 'network';
}

function addInterfaces(c: Compilation, balancer: Resource, kind: BalancerKind): void {
  const { items: mappings, open } = balancer.blocks('subnet_mapping');
  const subnets = subnetChoices(c, balancer.attribute('subnets'));
  const isHiddenSomewhere = open.length + subnets.open.length > 0;
  for (const subnet of subnets.items) addInterface(c, balancer, kind, subnet, NO_ADDRESSES);
  let isComplete = !isHiddenSomewhere;
  for (const mapping of mappings) {
    const mapped = subnetChoices(c, mapping.attribute('subnet_id'));
    const given = ['private_ipv4_address', 'ipv6_address'].map((name) => addressesOf(c, mapping.attribute(name)));
    for (const subnet of mapped.items) {
      addInterface(c, balancer, kind, subnet, {
        ranges: given.flatMap(({ ranges }) => ranges),
        unknowns: given.flatMap(({ unknowns }) => unknowns),
        doubts: given.flatMap(({ doubts }) => doubts),
      });
    }
    if (mapped.open.length > 0) isComplete = false;
  }
  if (isComplete && c.interfacesOf.has(balancer)) return;
  c.unmodelled.push({ resource: balancer, reason: 'stands in subnets that the estate does not show' });
}

function addInterface(
  c: Compilation,
  balancer: Resource,
  kind: BalancerKind,
  subnet: Choice<Subnet>,
  given: Addresses,
): void {
  const isGiven = given.ranges.length + given.unknowns.length + given.doubts.length > 0;
  interfaceIn(c, {
    owner: balancer,
    subnet,
    groups: filteredBy(c, balancer, kind, subnet.item),
    addresses: isGiven ? given : chosenAddresses(c, balancer, subnet.item),
    isPublic: publicity(c, balancer, kind),
  });
}

function filteredBy(
  c: Compilation,
  balancer: Resource,
  kind: BalancerKind,
  subnet: Subnet,
): readonly Choice<SecurityGroup>[] | 'none' {
  const groups: Value = balancer.attribute('security_groups');
  if (kind === 'gateway') return 'none';
  const { items, open } = asItems(groups);
  // Only a network load balancer can do without.
  return kind === 'network' && items.length + open.length === 0 ? 'none' : groupsOf(c, groups, subnet.vpc);
}

/** The addresses that AWS chooses in a subnet, by the families that a balancer serves. */
function chosenAddresses(c: Compilation, balancer: Resource, subnet: Subnet): Addresses {
  const type = asString(balancer.attribute('ip_address_type'));
  const families = type === null || type === 'ipv4' ? ([4] as const) : ([4, 6] as const);
  const own = families.filter((family) => hasFamily(subnet, family));
  return {
    ...NO_ADDRESSES,
    unknowns: own.map((family) => ownAddress(c, balancer, subnet, family)),
    doubts: isHidden(type) ? [type] : CERTAIN,
  };
}

/** Facing the Internet unless it is internal. */
function publicity(c: Compilation, balancer: Resource, kind: BalancerKind): Truth {
  if (kind === 'gateway') return NO;
  const isInternal = asBoolean(c.estate.effective(balancer, 'internal'));
  if (isHidden(isInternal)) return { holds: true, doubts: [isInternal] };
  const type = asString(balancer.attribute('ip_address_type'));
  return { holds: isInternal !== true && type !== 'dualstack-without-public-ipv4', doubts: CERTAIN };
}
