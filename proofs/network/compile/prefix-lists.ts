import type { Resource } from '../../../model/resource.ts';
import { asString, describeHidden, display, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type { Addresses, Destination, Unknown } from '../topology.ts';
import { addressesOf, EVERY_IPV4, GLOBAL_UNICAST, joinAddresses } from './addresses.ts';
import { CERTAIN, type Compilation, NO_ADDRESSES } from './compilation.ts';
import { doubtsOf } from './reading.ts';

const LIST_TYPES = ['aws_ec2_managed_prefix_list'] as const;
const DATA_TYPES: ReadonlySet<string> = new Set(['aws_prefix_list', 'aws_ec2_managed_prefix_list']);
/** How the lists that AWS keeps begin. */
const OF_AWS = /^com\.amazonaws\./;

/** What a prefix list stands for: as one set, and prefix by prefix for the choice of routes. */
export interface Prefixes {
  readonly addresses: Addresses;
  readonly destinations: readonly Destination[];
}

const READ = new WeakMap<Compilation, Map<Resource, Prefixes>>();

/** The prefixes of the list that a value names. What another account or a person may change has doubts. */
export function prefixesOf(c: Compilation, value: Value): Prefixes {
  const target = c.estate.resolve(value, LIST_TYPES);
  if (target.kind === 'none') return { addresses: NO_ADDRESSES, destinations: [] };
  if (target.kind === 'resource' && target.resource.type === 'aws_ec2_managed_prefix_list') {
    if (target.resource.init.mode === 'managed') return ownPrefixes(c, target.resource);
  }
  const service = serviceOf(c, value);
  if (service !== null) return prefixesOfService(c, service);
  const hidden = isHidden(value)
    ? value
    : unknown('missing-object', display(value), 'is a prefix list outside the estate');
  return open(hidden);
}

/** The prefixes of a service that AWS keeps a list of, by its name: `com.amazonaws.eu-west-1.s3`. */
export function prefixesOfService(c: Compilation, name: string): Prefixes {
  const listed = servicePrefixes(c, name);
  return {
    addresses: { ranges: [], unknowns: [listed], doubts: CERTAIN },
    destinations: [{ kind: 'unknown', unknown: listed }],
  };
}

/** The addresses of a prefix list that AWS keeps, such as `com.amazonaws.eu-west-1.s3`. */
export function servicePrefixes(c: Compilation, name: string): Unknown {
  const family = name.includes('.ipv6.') ? 6 : 4;
  return c.unknown(`prefix list ${name}`, () => ({
    name: `prefix list ${name}`,
    family,
    parent: null,
    within: family === 4 ? EVERY_IPV4 : GLOBAL_UNICAST,
    // No prefix of a service is as short as a default route, which must not take its traffic.
    length: family === 4 ? 8 : 16,
  }));
}

/** The service whose list a value names: by a data source, or by the gateway endpoint that routes to it. */
function serviceOf(c: Compilation, value: Value): string | null {
  const reference = value.kind === 'reference' ? value : value.origin;
  const source = reference === undefined ? null : c.estate.find(reference.target);
  if (source === null) return null;
  if (source.type === 'aws_vpc_endpoint') return awsName(source.attribute('service_name'));
  if (source.init.mode !== 'data' || !DATA_TYPES.has(source.type)) return null;
  return awsName(source.attribute('name')) ?? awsName(filterOf(source));
}

function awsName(value: Value): string | null {
  const name = asString(value);
  return typeof name === 'string' && OF_AWS.test(name) ? name : null;
}

function filterOf(source: Resource): Value {
  const { items } = source.blocks('filter');
  const named = items.find((block) => asString(block.attribute('name')) === 'prefix-list-name');
  return named?.attribute('values', 0) ?? { kind: 'null' };
}

function ownPrefixes(c: Compilation, list: Resource): Prefixes {
  const lists = READ.get(c) ?? new Map<Resource, Prefixes>();
  READ.set(c, lists);
  const known = lists.get(list);
  if (known !== undefined) return known;
  c.understood.add(list);
  const { items, open: more } = list.blocks('entry');
  const entries: Prefixes[] = [...items.map((block) => entryOf(c, block.attribute('cidr'))), ...more.map(open)];
  const companions = c.estate.companions(list, 'aws_ec2_managed_prefix_list_entry', 'prefix_list_id');
  for (const resource of companions.items) {
    c.understood.add(resource);
    entries.push(entryOf(c, resource.attribute('cidr')), ...doubtsOf(resource).map(open));
  }
  entries.push(...companions.open.map(({ value }) => open(value)), ...doubtsOf(list).map(open));
  const made = {
    addresses: joinAddresses(entries.map(({ addresses }) => addresses)),
    destinations: entries.flatMap(({ destinations }) => destinations),
  };
  lists.set(list, made);
  return made;
}

function entryOf(c: Compilation, value: Value): Prefixes {
  const addresses = addressesOf(c, value);
  return { addresses, destinations: destinationsOf(addresses) };
}

/** Each block of a set as the prefix of a route. */
export function destinationsOf({ ranges, unknowns, doubts }: Addresses): readonly Destination[] {
  return [
    ...ranges.map((range): Destination => ({ kind: 'range', range })),
    ...unknowns.map((block): Destination => ({ kind: 'unknown', unknown: block })),
    ...doubts.map((hidden): Destination => ({ kind: 'any', doubts: [hidden] })),
  ];
}

function open(hidden: Hidden): Prefixes {
  const why = [unknown('missing-object', describeHidden(hidden), 'may hold any prefix')];
  const doubts = hidden.kind === 'unknown' ? [hidden] : why;
  return { addresses: { ranges: [], unknowns: [], doubts }, destinations: [{ kind: 'any', doubts }] };
}
