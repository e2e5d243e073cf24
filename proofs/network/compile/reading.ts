import type { AddressRange } from '../../../model/aws/cidr.ts';
import { VPC_TYPES, vpcOfDefault } from '../../../model/aws/vpc-defaults.ts';
import type { Resource } from '../../../model/resource.ts';
import {
  asBoolean,
  asItems,
  asNumber,
  asString,
  describeHidden,
  display,
  type Hidden,
  isHidden,
  type ReferenceValue,
  unknown,
  type Value,
} from '../../../model/value.ts';
import type {
  Addresses,
  Choice,
  Doubts,
  Interface,
  Origin,
  SecurityGroup,
  Services,
  Subnet,
  Truth,
  Unknown,
  Vpc,
} from '../topology.ts';
import { CERTAIN, type Compilation, type Draft, EVERY_SERVICE, NO_ADDRESSES, originOf } from './compilation.ts';

export const SUBNET_TYPES = ['aws_subnet', 'aws_default_subnet'] as const;
export const GROUP_TYPES = ['aws_security_group', 'aws_default_security_group'] as const;

export const EVERY_IPV4: AddressRange = { family: 4, first: 0n, last: (1n << 32n) - 1n };
const EVERY_IPV6: AddressRange = { family: 6, first: 0n, last: (1n << 128n) - 1n };
/** Of which AWS gives the blocks that it generates. */
export const GLOBAL_UNICAST: AddressRange = { family: 6, first: 1n << 125n, last: (1n << 126n) - 1n };

/** Things that a value names, and what hides further ones or lies outside the estate. */
export interface Choices<Item> {
  readonly items: readonly Choice<Item>[];
  readonly open: Doubts;
}

const EXISTENCE = new WeakMap<Resource, Doubts>();

/** Doubts whether a resource exists, because its `count` or `for_each` is not known. */
export function doubtsOf(resource: Resource): Doubts {
  if (!resource.init.isSymbolic) return CERTAIN;
  const known = EXISTENCE.get(resource);
  if (known !== undefined) return known;
  const made = [
    unknown('instances', resource.address, 'may not exist: its count or for_each is not known', [
      { kind: 'reference', target: resource.init.id, path: [] },
    ]),
  ];
  EXISTENCE.set(resource, made);
  return made;
}

/** Both together, without repeating what they share. */
export function bothDoubts(left: Doubts, right: Doubts): Doubts {
  if (right.length === 0) return left;
  if (left.length === 0) return right;
  return [...new Set([...left, ...right])];
}

/** A switch; `absent` where it is omitted and no table of defaults says more. */
export function truthOf(value: Value, absent: boolean): Truth {
  const holds = asBoolean(value);
  if (isHidden(holds)) return { holds: absent, doubts: [holds] };
  return { holds: holds ?? absent, doubts: CERTAIN };
}

/** The Region of a resource; null when the input hides it. */
export function regionOf(c: Compilation, resource: Resource): string | null {
  const { region } = c.estate.place(resource);
  return region.kind === 'string' ? region.value : null;
}

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
  return { ranges, unknowns, doubts };
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

export function addressesWithin(range: AddressRange): Addresses {
  return { ranges: [range], unknowns: [], doubts: CERTAIN };
}

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
export function publicAddress(c: Compilation, eip: Resource): Unknown {
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

const PROTOCOLS: ReadonlyMap<string, number> = new Map([
  ['icmp', 1],
  ['tcp', 6],
  ['udp', 17],
  ['icmpv6', 58],
]);
const PER_PROTOCOL = 65_536;

/**
 * The services of a rule: its protocol by name or number, `-1` and `all` for every one, and its two ports, which for
 * ICMP are type and code, -1 for all of them.
 */
export function servicesOf(protocol: Value, from: Value, to: Value): Services {
  const name = asString(protocol);
  if (isHidden(name)) return { ranges: [], doubts: [name] };
  if (name === null || name === '-1' || name === 'all') return EVERY_SERVICE;
  const number = PROTOCOLS.get(name.toLowerCase()) ?? (/^\d{1,3}$/.test(name) ? Number(name) : null);
  if (number === null || number > 255) {
    return { ranges: [], doubts: [unknown('invalid', JSON.stringify(name), 'is no protocol')] };
  }
  if (number === 6 || number === 17) return portsOf(number, from, to);
  if (number === 1 || number === 58) return messagesOf(number, from, to);
  return serviceRange(number, 0, PER_PROTOCOL - 1);
}

/** One protocol with all of its ports or messages from `first` to `last`. */
export function serviceRange(protocol: number, first: number, last: number): Services {
  return {
    ranges: [{ first: protocol * PER_PROTOCOL + first, last: protocol * PER_PROTOCOL + last }],
    doubts: CERTAIN,
  };
}

export function tcp(port: number): Services {
  return serviceRange(6, port, port);
}

function portsOf(protocol: number, from: Value, to: Value): Services {
  const [first, last] = [asNumber(from), asNumber(to)];
  const hidden = [first, last].filter(isHidden);
  if (hidden.length > 0) return { ranges: [], doubts: hidden };
  if (isPort(first) && isPort(last)) return first <= last ? serviceRange(protocol, first, last) : NO_SERVICE;
  // AWS reads ports that are left out, or -1, as all of them.
  return serviceRange(protocol, 0, PER_PROTOCOL - 1);
}

const NO_SERVICE: Services = { ranges: [], doubts: CERTAIN };

function messagesOf(protocol: number, type: Value, code: Value): Services {
  const [first, second] = [asNumber(type), asNumber(code)];
  const hidden = [first, second].filter(isHidden);
  if (hidden.length > 0) return { ranges: [], doubts: hidden };
  if (!isOctet(first)) return serviceRange(protocol, 0, PER_PROTOCOL - 1);
  return isOctet(second)
    ? serviceRange(protocol, first * 256 + second, first * 256 + second)
    : serviceRange(protocol, first * 256, first * 256 + 255);
}

function isPort(value: number | null | Hidden): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < PER_PROTOCOL;
}

function isOctet(value: number | null | Hidden): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 256;
}

/** The subnets that a value (one or a list) names. What is hidden or outside the estate is in `open`. */
export function subnetChoices(c: Compilation, value: Value): Choices<Draft<Subnet>> {
  return choicesOf(c, value, SUBNET_TYPES, c.subnets);
}

/** The VPC that a value names. One that the estate only names is a part of the network of which nothing is known. */
export function vpcOf(c: Compilation, value: Value): Draft<Vpc> {
  const target = c.estate.resolve(value, VPC_TYPES);
  const own = target.kind === 'resource' ? c.vpcs.get(target.resource) : undefined;
  if (own !== undefined) return own;
  const named = nameOfForeign(value);
  const known = c.foreignVpcs.get(named);
  if (known !== undefined) return known;
  const doubts = [isHidden(value) ? value : unknown('missing-object', named, 'is a VPC outside the estate')];
  const made: Draft<Vpc> = {
    origin: { name: `VPC ${named}`, resource: target.kind === 'resource' ? target.resource : null, path: [] },
    doubts: CERTAIN,
    region: null,
    addresses: { ranges: [], unknowns: [], doubts },
  };
  c.foreignVpcs.set(named, made);
  return made;
}

function nameOfForeign(value: Value): string {
  if (isHidden(value)) return describeHidden(value);
  const text = asString(value);
  return typeof text === 'string' ? text : 'that is not named';
}

function choicesOf<Item>(
  c: Compilation,
  value: Value,
  types: readonly string[],
  known: ReadonlyMap<Resource, Item>,
): Choices<Item> {
  const { items, open } = asItems(value);
  const found: Choice<Item>[] = [];
  const hidden: Hidden[] = [];
  for (const item of [...items, ...open]) {
    const target = c.estate.resolve(item, types);
    switch (target.kind) {
      case 'resource': {
        const own = known.get(target.resource);
        if (own !== undefined) found.push({ item: own, doubts: CERTAIN });
        else hidden.push(unknown('missing-object', target.resource.address, 'is not made by the estate'));
        break;
      }
      case 'hidden':
        hidden.push(target.value);
        for (const own of referredTo(c, target.value, known)) found.push({ item: own, doubts: [target.value] });
        break;
      case 'outside':
        hidden.push(unknown('missing-object', JSON.stringify(target.text), 'is outside the estate'));
        break;
      case 'none':
        break;
    }
  }
  return { items: found, open: hidden };
}

/** What an expression that could not be evaluated mentions, of which it may be any. */
function referredTo<Item>(c: Compilation, value: Hidden, known: ReadonlyMap<Resource, Item>): ReadonlySet<Item> {
  const mentioned = new Set<Item>();
  if (value.kind !== 'unknown') return mentioned;
  for (const reference of value.references) {
    const resource = c.estate.find(reference.target);
    const own = resource === null ? undefined : known.get(resource);
    if (own !== undefined) mentioned.add(own);
  }
  return mentioned;
}

/**
 * The security groups that an argument gives something in a VPC: the VPC's default group when it gives none. A group that
 * is not seen allows what it may, and may be any of the VPC's.
 */
export function groupsOf(c: Compilation, value: Value, vpc: Vpc): readonly Choice<SecurityGroup>[] {
  const { items, open } = asItems(value);
  if (items.length + open.length === 0) return [{ item: defaultGroupOf(c, vpc), doubts: CERTAIN }];
  const groups: Choice<SecurityGroup>[] = [];
  for (const item of [...items, ...open]) {
    const own = groupNamed(c, item);
    if (own !== null) {
      groups.push({ item: own, doubts: CERTAIN });
      continue;
    }
    const target = c.estate.resolve(item, GROUP_TYPES);
    if (target.kind === 'none') continue;
    const hidden =
      target.kind === 'hidden'
        ? target.value
        : unknown('missing-object', nameOfForeign(item), 'is a security group outside the estate');
    groups.push({ item: unseenGroup(c, hidden), doubts: CERTAIN });
    for (const candidate of c.groupsOf.get(vpc) ?? []) groups.push({ item: candidate, doubts: [hidden] });
  }
  return groups.length === 0 ? [{ item: defaultGroupOf(c, vpc), doubts: CERTAIN }] : groups;
}

/** The group of the estate that a value names, also one that AWS makes with a VPC or a cluster; null for any other. */
export function groupNamed(c: Compilation, value: Value): SecurityGroup | null {
  const vpc = vpcOfDefault(c.estate, value, 'securityGroup');
  const owner = vpc === null ? undefined : c.vpcs.get(vpc);
  if (owner !== undefined) return defaultGroupOf(c, owner);
  if (value.kind === 'reference' && value.path.at(-1) === 'cluster_security_group_id') {
    const cluster = c.estate.find(value.target);
    return (cluster === null ? undefined : c.clusterGroups.get(cluster)) ?? null;
  }
  const target = c.estate.resolve(value, GROUP_TYPES);
  return target.kind === 'resource' ? (c.securityGroups.get(target.resource) ?? null) : null;
}

/** The group that AWS makes with a VPC. */
export function defaultGroupOf(c: Compilation, vpc: Vpc): Draft<SecurityGroup> {
  const known = c.defaultGroups.get(vpc);
  if (known !== undefined) return known;
  const name = `the default security group of ${vpc.origin.name}`;
  const made: Draft<SecurityGroup> = {
    origin: { name, resource: null, path: [] },
    doubts: CERTAIN,
    ingress: [],
    egress: [],
    open: [unknown('missing-object', name, 'is not seen')],
  };
  c.defaultGroups.set(vpc, made);
  return made;
}

/** A group of whose rules nothing is known. */
export function unseenGroup(c: Compilation, hidden: Hidden): SecurityGroup {
  const name = describeHidden(hidden);
  const known = c.foreignGroups.get(name);
  if (known !== undefined) return known;
  const made: SecurityGroup = {
    origin: { name: `security group ${name}`, resource: null, path: [] },
    doubts: CERTAIN,
    ingress: [],
    egress: [],
    open: [hidden],
  };
  c.foreignGroups.set(name, made);
  return made;
}

export interface InterfaceParts {
  /** What it belongs to. */
  readonly owner: Resource;
  readonly subnet: Choice<Subnet>;
  /** `none` where no security group filters it. */
  readonly groups: readonly Choice<SecurityGroup>[] | 'none';
  /** The owner, unless given. */
  readonly origin?: Origin;
  /** Whether it exists, besides the doubts about its owner and its subnet. */
  readonly doubts?: Doubts;
  /** What AWS chooses in the subnet, unless given. */
  readonly addresses?: Addresses;
  readonly forwards?: Truth;
  readonly isPublic?: Truth;
}

export const NO: Truth = { holds: false, doubts: CERTAIN };
export const YES: Truth = { holds: true, doubts: CERTAIN };

/** Adds an interface to the network. */
export function interfaceIn(c: Compilation, parts: InterfaceParts): Draft<Interface> {
  const { owner, subnet, groups } = parts;
  const made: Draft<Interface> = {
    origin: parts.origin ?? originOf(owner),
    doubts: bothDoubts(bothDoubts(doubtsOf(owner), subnet.doubts), parts.doubts ?? CERTAIN),
    subnet: subnet.item,
    addresses: parts.addresses ?? hostAddresses(c, owner, subnet.item),
    groups: groups === 'none' ? [] : groups,
    allowsAll: groups === 'none',
    forwards: parts.forwards ?? NO,
    isPublic: parts.isPublic ?? NO,
    owner,
  };
  c.addInterface(made);
  return made;
}

/** The addresses that AWS chooses for a resource: IPv4 where the subnet has it, IPv6 where the subnet gives it. */
export function hostAddresses(c: Compilation, owner: Resource, subnet: Subnet): Addresses {
  const unknowns: Unknown[] = [];
  if (hasFamily(subnet, 4)) unknowns.push(ownAddress(c, owner, subnet, 4));
  if (hasFamily(subnet, 6)) unknowns.push(ownAddress(c, owner, subnet, 6));
  return { ranges: [], unknowns, doubts: CERTAIN };
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
