import type { AddressRange } from '../../../model/aws/cidr.ts';
import type { Resource } from '../../../model/resource.ts';
import {
  asItems,
  asString,
  display,
  type Hidden,
  isHidden,
  type ReferenceValue,
  unknown,
  type Value,
} from '../../../model/value.ts';
import type { Addresses, Subnet, Unknown } from '../topology.ts';
import { CERTAIN, type Compilation, NO_ADDRESSES } from './compilation.ts';
import { subnetChoices } from './reading.ts';

export const EVERY_IPV4: AddressRange = { family: 4, first: 0n, last: (1n << 32n) - 1n };
const EVERY_IPV6: AddressRange = { family: 6, first: 0n, last: (1n << 128n) - 1n };
/** Of which AWS gives the blocks that it generates. */
export const GLOBAL_UNICAST: AddressRange = { family: 6, first: 1n << 125n, last: (1n << 126n) - 1n };

/** The addresses that a value names: CIDR blocks, single addresses, attributes of the estate's own resources. */
export function addressesOf(c: Compilation, value: Value): Addresses {
  const { items, open } = asItems(value);
  const ranges: AddressRange[] = [];
  const unknowns: Unknown[] = [];
  const doubts: Hidden[] = [];
  for (const item of [...items, ...open]) {
    if (isHidden(item)) {
      const own = unknownOf(c, item);
      if (own === null) doubts.push(item);
      else unknowns.push(own);
      continue;
    }
    const text = asString(item);
    if (text === null || text === '') continue;
    const range = isHidden(text) ? null : c.range(text);
    if (range === null) doubts.push(unknown('invalid', display(item), 'is no block of addresses'));
    else ranges.push(range);
  }
  // Lists that were added to have room for many more than one block.
  return { ranges: ranges.slice(), unknowns: unknowns.slice(), doubts };
}

/** Union of sets of addresses. */
export function joinAddresses(sets: readonly Addresses[]): Addresses {
  const [only, ...more] = sets.filter(
    ({ ranges, unknowns, doubts }) => ranges.length + unknowns.length + doubts.length > 0,
  );
  if (only === undefined) return NO_ADDRESSES;
  if (more.length === 0) return only;
  return {
    ranges: sets.flatMap(({ ranges }) => ranges),
    unknowns: sets.flatMap(({ unknowns }) => unknowns),
    doubts: sets.flatMap(({ doubts }) => doubts),
  };
}

const FAMILIES = [4, 6] as const;

/** Attributes of resources that hold one address of the subnet they are in. */
const HOST_ATTRIBUTES: ReadonlySet<string> = new Set(['private_ip', 'private_ips', 'ip_address', 'private_ip_address']);

/** The unknown that an expression stands for: a reference to what AWS chooses, alone or with the length of one address. */
function unknownOf(c: Compilation, value: Hidden): Unknown | null {
  if (value.kind === 'template') {
    const [hole, length, ...rest] = value.parts;
    if (typeof hole !== 'object' || hole.kind !== 'reference' || rest.length > 0) return null;
    const named = unknownOfReference(c, hole);
    return named !== null && length === `/${named.family === 4 ? 32 : 128}` && named.length === Number(length.slice(1))
      ? named
      : null;
  }
  return value.kind === 'reference' ? unknownOfReference(c, value) : null;
}

function unknownOfReference(c: Compilation, { target, path }: ReferenceValue): Unknown | null {
  const resource = c.estate.find(target);
  const [attribute] = path;
  if (resource === null || attribute === undefined || resource.init.isSymbolic) return null;
  switch (resource.type) {
    case 'aws_vpc':
    case 'aws_default_vpc':
    case 'aws_subnet':
    case 'aws_default_subnet': {
      const family = attribute === 'cidr_block' ? 4 : attribute === 'ipv6_cidr_block' ? 6 : null;
      const owner = c.vpcs.get(resource) ?? c.subnets.get(resource);
      return owner?.addresses.unknowns.find((candidate) => candidate.family === family) ?? null;
    }
    case 'aws_eip':
      return attribute === 'public_ip' ? publicAddress(c, resource) : null;
    default: {
      if (!HOST_ATTRIBUTES.has(String(attribute))) return null;
      const { items, open } = subnetChoices(c, resource.attribute('subnet_id'));
      const [only, ...more] = items;
      return only !== undefined && more.length + open.length === 0 ? ownAddress(c, resource, only.item, 4) : null;
    }
  }
}

/** The public address of an Elastic IP. */
function publicAddress(c: Compilation, eip: Resource): Unknown {
  return c.unknown(keyOf(eip, 'public_ip'), () => ({
    name: nameOf(eip, 'public_ip'),
    family: 4,
    parent: null,
    within: EVERY_IPV4,
    length: 32,
  }));
}

/**
 * The addresses that AWS gives a resource in a subnet: one unknown for each subnet and family, the same for every
 * expression that means it.
 */
export function ownAddress(c: Compilation, owner: Resource, subnet: Subnet, family: 4 | 6): Unknown {
  const attribute = `${family === 4 ? 'private_ip' : 'ipv6_addresses'} in ${subnet.origin.name}`;
  return c.unknown(keyOf(owner, attribute), () => ({
    name: nameOf(owner, attribute),
    family,
    parent: subnet.addresses.unknowns.find((candidate) => candidate.family === family) ?? null,
    within:
      subnet.addresses.ranges.find((range) => range.family === family) ??
      subnet.addresses.unknowns.find((candidate) => candidate.family === family)?.within ??
      (family === 4 ? EVERY_IPV4 : EVERY_IPV6),
    length: family === 4 ? 32 : 128,
  }));
}

/** A block whose numbers AWS or a variable chooses. `length` is the shortest that its prefix may have. */
export function ownBlock(
  c: Compilation,
  owner: Resource,
  attribute: string,
  block: Pick<Unknown, 'family' | 'length'> & Partial<Pick<Unknown, 'parent' | 'within'>>,
): Unknown {
  const parent = block.parent ?? null;
  return c.unknown(keyOf(owner, attribute), () => ({
    name: nameOf(owner, attribute),
    family: block.family,
    parent,
    within: block.within ?? parent?.within ?? (block.family === 4 ? EVERY_IPV4 : GLOBAL_UNICAST),
    length: block.length,
  }));
}

/** The addresses that AWS chooses for a resource: IPv4 where the subnet has it, IPv6 where the subnet gives it. */
export function hostAddresses(c: Compilation, owner: Resource, subnet: Subnet): Addresses {
  const families = FAMILIES.filter((family) => hasFamily(subnet, family));
  return { ranges: [], unknowns: families.map((family) => ownAddress(c, owner, subnet, family)), doubts: CERTAIN };
}

export function hasFamily({ addresses }: Subnet, family: 4 | 6): boolean {
  const isOf = (block: { readonly family: 4 | 6 }) => block.family === family;
  return addresses.doubts.length > 0 || addresses.ranges.some(isOf) || addresses.unknowns.some(isOf);
}

function keyOf({ stack, address }: Resource, attribute: string): string {
  return `${stack}\n${address}.${attribute}`;
}

function nameOf({ stack, address }: Resource, attribute: string): string {
  return `${address}.${attribute} of ${stack}`;
}
