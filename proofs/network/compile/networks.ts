import type { AddressRange } from '../../../model/aws/cidr.ts';
import { isVpc, VPC_TYPES } from '../../../model/aws/vpc-defaults.ts';
import type { Resource } from '../../../model/resource.ts';
import { asBoolean, asNumber, type Hidden, isHidden, type Value, unknown } from '../../../model/value.ts';
import type { Addresses, Unknown, Vpc } from '../topology.ts';
import { addressesOf, ownBlock } from './addresses.ts';
import { type Compilation, type Draft, originOf } from './compilation.ts';
import { defaultVpcOf } from './default-vpcs.ts';
import { doubtsOf, NO, regionOf, SUBNET_TYPES, vpcOf } from './reading.ts';
import { settleZones, zoneOf } from './zones.ts';

/** The CIDR block that AWS gives every default VPC, and the size of its subnets. */
const DEFAULT_VPC_BLOCK = '172.31.0.0/16';
const DEFAULT_SUBNET_LENGTH = 20;
/** The shortest prefixes that AWS allows. */
const VPC_LENGTH = 16;
const VPC_IPV6_LENGTH = 44;
const SUBNET_IPV6_LENGTH = 44;

interface Blocks {
  readonly ranges: AddressRange[];
  readonly unknowns: Unknown[];
  readonly doubts: Hidden[];
}

/** VPCs and subnets with all of their address blocks. */
export function compileNetworks(c: Compilation): void {
  const blocks = new Map<Draft<Vpc>, Blocks>();
  for (const resource of c.estate.ofType(...VPC_TYPES).filter(isVpc)) {
    const own = { ranges: [], unknowns: [], doubts: [] };
    const vpc: Draft<Vpc> = {
      origin: originOf(resource),
      doubts: doubtsOf(resource),
      region: regionOf(c, resource),
      addresses: own,
    };
    blocks.set(vpc, own);
    addIpv4(c, resource, own);
    addIpv6(c, resource, own);
    c.vpcs.set(resource, vpc);
    c.understood.add(resource);
  }
  addSecondaryBlocks(c, blocks);
  for (const resource of c.estate.ofType(...SUBNET_TYPES)) addSubnet(c, resource);
  for (const [vpc, subnets] of c.subnetsOf) settleZones(vpc, subnets);
}

function addIpv4(c: Compilation, resource: Resource, blocks: Blocks): void {
  const value = resource.attribute('cidr_block');
  if (value.kind !== 'null') add(blocks, addressesOf(c, value));
  else if (resource.type === 'aws_default_vpc')
    add(blocks, addressesOf(c, { kind: 'string', value: DEFAULT_VPC_BLOCK }));
  else if (resource.attribute('ipv4_ipam_pool_id').kind !== 'null') {
    const length = lengthOf(resource.attribute('ipv4_netmask_length'), VPC_LENGTH);
    blocks.unknowns.push(ownBlock(c, resource, 'cidr_block', { family: 4, length }));
  }
}

function addIpv6(c: Compilation, resource: Resource, blocks: Blocks): void {
  const value = resource.attribute('ipv6_cidr_block');
  if (value.kind !== 'null') {
    add(blocks, addressesOf(c, value));
    return;
  }
  const isFromPool = ['ipv6_ipam_pool_id', 'ipv6_pool'].some((name) => resource.attribute(name).kind !== 'null');
  const isGenerated = asBoolean(resource.attribute('assign_generated_ipv6_cidr_block'));
  if (isHidden(isGenerated)) blocks.doubts.push(isGenerated);
  if (isFromPool) {
    const length = lengthOf(resource.attribute('ipv6_netmask_length'), VPC_IPV6_LENGTH);
    const within = { family: 6, first: 0n, last: (1n << 128n) - 1n } as const;
    blocks.unknowns.push(ownBlock(c, resource, 'ipv6_cidr_block', { family: 6, length, within }));
  } else if (isGenerated === true) {
    blocks.unknowns.push(ownBlock(c, resource, 'ipv6_cidr_block', { family: 6, length: 56 }));
  }
}

function lengthOf(value: Value, shortest: number): number {
  const length = asNumber(value);
  return typeof length === 'number' ? length : shortest;
}

function addSecondaryBlocks(c: Compilation, blocks: ReadonlyMap<Draft<Vpc>, Blocks>): void {
  const types = ['aws_vpc_ipv4_cidr_block_association', 'aws_vpc_ipv6_cidr_block_association'] as const;
  for (const association of c.estate.ofType(...types)) {
    c.understood.add(association);
    const named = association.attribute('vpc_id');
    const target = c.estate.resolve(named, VPC_TYPES);
    const own = blocks.get(vpcOf(c, named));
    if (own === undefined) {
      // The block may be of any VPC, unless its VPC is known to be another's.
      if (target.kind === 'hidden') for (const { doubts } of blocks.values()) doubts.push(target.value);
      continue;
    }
    const added: Blocks = { ranges: [], unknowns: [], doubts: [] };
    if (association.type === 'aws_vpc_ipv4_cidr_block_association') addIpv4(c, association, added);
    else addIpv6(c, association, added);
    if (association.init.isSymbolic) own.doubts.push(...doubtsOf(association));
    else add(own, added);
  }
}

function add(blocks: Blocks, { ranges, unknowns, doubts }: Addresses): void {
  blocks.ranges.push(...ranges);
  blocks.unknowns.push(...unknowns);
  blocks.doubts.push(...doubts);
}

function addSubnet(c: Compilation, resource: Resource): void {
  const vpc = vpcOfSubnet(c, resource);
  const subnet = {
    origin: originOf(resource),
    doubts: doubtsOf(resource),
    vpc,
    addresses: addressesOfSubnet(c, resource, vpc),
    zone: zoneOf(c, resource),
    tables: [],
    acls: [],
    blocksIngress: NO,
    blocksEgress: NO,
  };
  c.subnets.set(resource, subnet);
  c.understood.add(resource);
  if (!isShown(c, vpc) && !namesNone(resource)) c.unmodelled.push({ resource, reason: IN_UNSEEN_VPC });
  const siblings = c.subnetsOf.get(vpc);
  if (siblings === undefined) c.subnetsOf.set(vpc, [subnet]);
  else siblings.push(subnet);
}

/** Gateways and peers of a VPC that is not seen are not seen either. */
const IN_UNSEEN_VPC = 'is in a VPC that the input does not show';

function isShown(c: Compilation, { origin: { resource } }: Vpc): boolean {
  return resource !== null && c.vpcs.has(resource);
}

/** Terraform makes no such subnet. */
function namesNone(resource: Resource): boolean {
  return resource.type === 'aws_subnet' && resource.attribute('vpc_id').kind === 'null';
}

/** A default subnet names no VPC: it is of the default VPC of its Region and account. */
function vpcOfSubnet(c: Compilation, resource: Resource): Draft<Vpc> {
  if (resource.type !== 'aws_default_subnet') return vpcOf(c, resource.attribute('vpc_id'));
  const name = `the default VPC of the Region of ${resource.address}`;
  return defaultVpcOf(c, resource) ?? vpcOf(c, unknown('missing-object', name, 'is not in the estate'));
}

function addressesOfSubnet(c: Compilation, resource: Resource, vpc: Vpc): Addresses {
  const blocks: Blocks = { ranges: [], unknowns: [], doubts: [] };
  for (const family of [4, 6] as const) {
    const attribute = family === 4 ? 'cidr_block' : 'ipv6_cidr_block';
    const value = resource.attribute(attribute);
    const isUnset = value.kind === 'null';
    if (isUnset && !isChosenByAws(resource, family)) continue;
    const parent = isUnset || isPartOf(c, value, vpc) ? partOf(vpc, family) : null;
    if (parent === null) {
      if (isUnset) blocks.doubts.push(unseenBlock(resource, attribute));
      else add(blocks, addressesOf(c, value));
      continue;
    }
    const length = resource.type === 'aws_default_subnet' && family === 4 ? DEFAULT_SUBNET_LENGTH : shortest(family);
    blocks.unknowns.push(ownBlock(c, resource, attribute, { family, length, ...parent }));
  }
  return blocks;
}

function shortest(family: 4 | 6): number {
  return family === 4 ? VPC_LENGTH : SUBNET_IPV6_LENGTH;
}

function isChosenByAws(resource: Resource, family: 4 | 6): boolean {
  if (resource.attribute(family === 4 ? 'ipv4_ipam_pool_id' : 'ipv6_ipam_pool_id').kind !== 'null') return true;
  return family === 4 && resource.type === 'aws_default_subnet';
}

/** Whether a hidden block is computed from the VPC's own, and so lies in it. */
function isPartOf(c: Compilation, value: Value, vpc: Vpc): boolean {
  if (value.kind !== 'unknown' || value.term?.kind !== 'call' || !value.term.name.startsWith('cidrsubnet'))
    return false;
  return (
    value.references.length > 0 && value.references.every(({ target }) => c.estate.find(target) === vpc.origin.resource)
  );
}

/** What is known of a part of the VPC's blocks; null when nothing is. */
function partOf({ addresses }: Vpc, family: 4 | 6): Pick<Unknown, 'parent' | 'within'> | null {
  const parents = addresses.unknowns.filter((candidate) => candidate.family === family);
  const ranges = addresses.ranges.filter((candidate) => candidate.family === family);
  const [parent] = parents;
  const [within] = ranges;
  if (addresses.doubts.length > 0 || parents.length + ranges.length !== 1) return null;
  if (parent !== undefined) return { parent, within: parent.within };
  return within === undefined ? null : { parent: null, within };
}

function unseenBlock({ address }: Resource, attribute: string): Hidden {
  return unknown('default', `${address}.${attribute}`, 'is chosen by AWS');
}
