import type { AddressRange } from '../../model/aws/cidr.ts';
import { parseCidr } from '../../model/aws/cidr.ts';
import { GROUP_TYPES } from '../../model/aws/security-group-rules.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asItems, asString, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';
import { SUBNET_TYPES } from '../subnet-tier.ts';
import { gatewayTarget } from './declared-gateways.ts';
import { balancerSubnets, interfacesOf } from './gateway-networks.ts';

export const ACCESS_INSTANCE = 'aws_verifiedaccess_instance';
export const ACCESS_GROUP = 'aws_verifiedaccess_group';
export const ACCESS_ENDPOINT = 'aws_verifiedaccess_endpoint';
export const CLIENT_VPN = 'aws_ec2_client_vpn_endpoint';
const ASSOCIATION = 'aws_ec2_client_vpn_network_association';

/** Types of which an employee-access gateway is made. */
export const ACCESS_TYPES = [ACCESS_INSTANCE, ACCESS_GROUP, ACCESS_ENDPOINT, CLIENT_VPN, ASSOCIATION] as const;

/** Where what comes through the declared employee-access gateways comes from, as the enclave sees it. */
export interface AccessGateways {
  readonly groups: ReadonlySet<Resource>;
  /** Addresses of the subnets in which they stand. */
  readonly ranges: readonly AddressRange[];
  /** What hides more of either. */
  readonly open: readonly Hidden[];
}

interface Found {
  readonly groups: Set<Resource>;
  readonly ranges: AddressRange[];
  readonly open: Hidden[];
}

const KNOWN = new WeakMap<Policy, WeakMap<Estate, AccessGateways>>();

/** The security groups and subnets of the employee-access gateways; found once for an estate. */
export function accessGateways(estate: Estate, policy: Policy): AccessGateways {
  const byEstate = KNOWN.get(policy) ?? new WeakMap<Estate, AccessGateways>();
  KNOWN.set(policy, byEstate);
  const known = byEstate.get(estate) ?? find(estate, policy);
  byEstate.set(estate, known);
  return known;
}

function find(estate: Estate, policy: Policy): AccessGateways {
  const found: Found = { groups: new Set(), ranges: [], open: [] };
  for (const gateway of policy.gateways.filter(({ purpose }) => purpose === 'employee-access')) {
    const target = gatewayTarget(gateway, estate);
    if (target.kind === 'hidden') found.open.push(target.value);
    if (target.kind === 'resource') addGateway(target.resource, found, estate);
  }
  return found;
}

function addGateway(gateway: Resource, found: Found, estate: Estate): void {
  switch (gateway.type) {
    case ACCESS_INSTANCE:
      for (const endpoint of endpointsOf(gateway, found, estate)) addEndpoint(endpoint, found, estate);
      break;
    case CLIENT_VPN: {
      addGroups(gateway.attribute('security_group_ids'), found, estate);
      const { items, open } = estate.companions(gateway, ASSOCIATION, 'client_vpn_endpoint_id');
      found.open.push(...open.map(({ value }) => value));
      addSubnets(
        items.map((association) => association.attribute('subnet_id')),
        found,
        estate,
      );
      break;
    }
    case 'aws_lb':
    case 'aws_alb':
      addBalancer(gateway, found, estate);
      break;
    default: {
      const { items, open } = interfacesOf(gateway, estate);
      found.open.push(...open);
      for (const item of items) {
        addGroups(item.attribute('vpc_security_group_ids'), found, estate);
        addGroups(item.attribute('security_groups'), found, estate);
      }
      addSubnets(
        items.map((item) => item.attribute('subnet_id')),
        found,
        estate,
      );
    }
  }
}

function endpointsOf(instance: Resource, found: Found, estate: Estate): readonly Resource[] {
  const groups = estate.companions(instance, ACCESS_GROUP, 'verifiedaccess_instance_id');
  const endpoints = groups.items.map((group) => estate.companions(group, ACCESS_ENDPOINT, 'verified_access_group_id'));
  for (const { open } of [groups, ...endpoints]) found.open.push(...open.map(({ value }) => value));
  return endpoints.flatMap(({ items }) => items);
}

function addEndpoint(endpoint: Resource, found: Found, estate: Estate): void {
  addGroups(endpoint.attribute('security_group_ids'), found, estate);
  for (const options of ['load_balancer_options', 'cidr_options', 'rds_options']) {
    const { items, open } = asItems(endpoint.attribute(options, 'subnet_ids'));
    addSubnets([...items, ...open], found, estate);
  }
  const balancer = estate.resolve(endpoint.attribute('load_balancer_options', 'load_balancer_arn'), [
    'aws_lb',
    'aws_alb',
  ]);
  if (balancer.kind === 'resource') addBalancer(balancer.resource, found, estate);
  if (balancer.kind === 'hidden') found.open.push(balancer.value);
}

/** A balancer that a gateway hands its people to is a part of it. */
function addBalancer(balancer: Resource, found: Found, estate: Estate): void {
  addGroups(balancer.attribute('security_groups'), found, estate);
  addSubnets(balancerSubnets(balancer), found, estate);
}

function addGroups(value: Value, { groups, open }: Found, estate: Estate): void {
  const { items, open: hidden } = asItems(value);
  open.push(...hidden);
  for (const item of items) {
    const target = estate.resolve(item, GROUP_TYPES);
    if (target.kind === 'resource') groups.add(target.resource);
    if (target.kind === 'hidden') open.push(target.value);
    if (target.kind === 'outside') open.push(unknown('missing-object', target.text, 'is a group outside the estate'));
  }
}

function addSubnets(values: readonly Value[], { ranges, open }: Found, estate: Estate): void {
  for (const value of values) {
    const target = estate.resolve(value, SUBNET_TYPES);
    if (target.kind === 'hidden') open.push(target.value);
    if (target.kind === 'outside') open.push(unknown('missing-object', target.text, 'is a subnet outside the estate'));
    if (target.kind !== 'resource') continue;
    const { resource } = target;
    for (const name of ['cidr_block', 'ipv6_cidr_block']) {
      const text = asString(resource.attribute(name));
      if (isHidden(text)) open.push(text);
      else if (text !== null) ranges.push(...[parseCidr(text) ?? []].flat());
    }
  }
}
