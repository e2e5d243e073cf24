import { type AddressRange, parseCidr } from '../model/aws/cidr.ts';
import type { Resource } from '../model/resource.ts';
import type { Addresses, Interface, Outside, Subnet, Topology } from '../proofs/network/topology.ts';
import type { Place } from '../proofs/network/question.ts';
import { flowEnd } from '../policy/flow-end.ts';
import type { Context } from './check.ts';
import { enclaveOf } from './gateway/enclave.ts';
import { placesOf } from './gateway/flows.ts';

/** One end of a way that somebody asks for. */
export interface PathEnd {
  /** As it was written. */
  readonly text: string;
  /** What it was taken for: `the tier workload of dublin`. */
  readonly meaning: string;
  readonly places: readonly Place[];
  /** Addresses that packets have there; null for all of the places. */
  readonly addresses: Addresses | null;
}

export type ResolvedEnd =
  | { readonly kind: 'end'; readonly end: PathEnd }
  /** Nothing has this name. */
  | { readonly kind: 'unknown' }
  /** Resources of several stacks have it. */
  | { readonly kind: 'ambiguous'; readonly names: readonly string[] }
  /** It is there, and no packet starts or arrives at it. */
  | { readonly kind: 'no-place'; readonly meaning: string };

/** The Internet, for those who ask. */
const INTERNET = 'internet';

/**
 * What somebody means by the end of a way: `internet`, an address or a CIDR block, the id of a network of the policy,
 * `site/tier`, a resource (`stack:address`, or the address alone), or a construct path with all that is below it.
 */
export function pathEnd(text: string, context: Context): ResolvedEnd {
  const { topology } = enclaveOf(context);
  if (text === INTERNET) {
    const internet = topology.outsides.filter(({ kind }) => kind === 'internet');
    return end(text, 'the Internet', outsidePlaces(internet), internet[0]?.addresses ?? null);
  }
  const range = parseCidr(text) ?? parseCidr(`${text}/${text.includes(':') ? 128 : 32}`);
  if (range !== null) return end(text, `the addresses ${text}`, placesAt(range, topology), only(range));
  return policyEnd(text, context) ?? resourceEnd(text, context);
}

/** Every name that `pathEnd` knows, for suggestions. */
export function pathEndNames(context: Context): readonly string[] {
  const { estate, policy } = context;
  const { topology } = enclaveOf(context);
  const sites = policy.sites.flatMap(({ id }) => policy.tiers.map((tier) => `${id}/${tier.id}`));
  const placed = estate.resources.filter((resource) => placesOfResource(resource, topology).length > 0);
  return [
    INTERNET,
    ...policy.network.outside.map(({ id }) => id),
    ...sites,
    ...placed.map(nameOf),
    ...placed.map(({ address }) => address),
    ...placed.flatMap(({ init }) => init.constructPath ?? []),
  ];
}

function policyEnd(text: string, context: Context): ResolvedEnd | null {
  const { policy } = context;
  const written = flowEnd(text);
  const places = placesOf(written, context);
  if (written.kind === 'outside') {
    if (!policy.network.outside.some(({ id }) => id === written.network)) return null;
    return end(text, `the network ${text} of the policy`, places.places, places.addresses);
  }
  const isKnown =
    policy.sites.some(({ id }) => id === written.site) && policy.tiers.some(({ id }) => id === written.tier);
  if (!isKnown) return null;
  const meaning = `the tier ${written.tier} of ${written.site}`;
  return places.places.length === 0
    ? { kind: 'no-place', meaning }
    : end(text, meaning, places.places, places.addresses);
}

function resourceEnd(text: string, context: Context): ResolvedEnd {
  const { estate } = context;
  const { topology } = enclaveOf(context);
  const named = estate.resources.filter((resource) => nameOf(resource) === text || resource.address === text);
  const [first, second] = named;
  if (second !== undefined) return { kind: 'ambiguous', names: named.map(nameOf) };
  if (first !== undefined) {
    const places = placesOfResource(first, topology);
    return places.length === 0 ? { kind: 'no-place', meaning: nameOf(first) } : end(text, nameOf(first), places, null);
  }
  const below = estate.resources.filter(({ init: { constructPath } }) =>
    constructPath === null ? false : constructPath === text || constructPath.startsWith(`${text}/`),
  );
  if (below.length === 0) return { kind: 'unknown' };
  const meaning = `the construct ${text}`;
  const places = [...new Set(below.flatMap((resource) => placesOfResource(resource, topology)))];
  return places.length === 0 ? { kind: 'no-place', meaning } : end(text, meaning, places, null);
}

/** Interfaces of a resource and the places that it is itself; of a VPC its subnets. */
function placesOfResource(resource: Resource, topology: Topology): readonly Place[] {
  return placeIndex(topology).get(resource) ?? [];
}

const INDEXES = new WeakMap<Topology, ReadonlyMap<Resource, readonly Place[]>>();

function placeIndex(topology: Topology): ReadonlyMap<Resource, readonly Place[]> {
  const known = INDEXES.get(topology);
  if (known !== undefined) return known;
  const index = new Map<Resource, Place[]>();
  const add = (resource: Resource | null, place: Place): void => {
    if (resource === null) return;
    const places = index.get(resource);
    if (places === undefined) index.set(resource, [place]);
    else places.push(place);
  };
  for (const own of topology.interfaces) {
    const place: Place = { kind: 'interface', interface: own };
    for (const resource of new Set([own.owner, own.origin.resource])) add(resource, place);
  }
  for (const subnet of topology.subnets) {
    const place: Place = { kind: 'subnet', subnet };
    for (const resource of new Set([subnet.origin.resource, subnet.vpc.origin.resource])) add(resource, place);
  }
  for (const managed of topology.managed) add(managed.origin.resource, { kind: 'managed', managed });
  for (const outside of topology.outsides) add(outside.origin?.resource ?? null, { kind: 'outside', outside });
  INDEXES.set(topology, index);
  return index;
}

/** What may have an address: the interfaces that are known to, else subnets, and what lies outside. */
function placesAt(range: AddressRange, { interfaces, subnets, outsides }: Topology): readonly Place[] {
  const exact = interfaces.filter(({ addresses }) => addresses.ranges.some((own) => isWithin(own, range)));
  const wanted = new Set<Subnet>(exact.map(({ subnet }) => subnet));
  const others = subnets.filter(
    (subnet) => !(wanted.has(subnet) && range.first === range.last) && overlaps(subnet.addresses, range),
  );
  const beyond = outsides.filter(
    ({ kind, addresses }) => kind !== 'service' && kind !== 'foreign-service' && overlaps(addresses, range),
  );
  return [
    ...exact.map((own: Interface): Place => ({ kind: 'interface', interface: own })),
    ...others.map((subnet): Place => ({ kind: 'subnet', subnet })),
    // What a subnet has, nothing outside has as well.
    ...(exact.length + others.length > 0 && range.first === range.last ? [] : outsidePlaces(beyond)),
  ];
}

function outsidePlaces(outsides: readonly Outside[]): readonly Place[] {
  return outsides.map((outside) => ({ kind: 'outside', outside }));
}

function isWithin(inner: AddressRange, outer: AddressRange): boolean {
  return inner.family === outer.family && outer.first <= inner.first && inner.last <= outer.last;
}

function overlaps({ ranges, unknowns, doubts }: Addresses, range: AddressRange): boolean {
  const meets = ({ family, first, last }: AddressRange): boolean =>
    family === range.family && first <= range.last && range.first <= last;
  return doubts.length > 0 || ranges.some(meets) || unknowns.some(({ within }) => meets(within));
}

function only(range: AddressRange): Addresses {
  return { ranges: [range], unknowns: [], doubts: [] };
}

function end(text: string, meaning: string, places: readonly Place[], addresses: Addresses | null): ResolvedEnd {
  return { kind: 'end', end: { text, meaning, places, addresses } };
}

function nameOf({ stack, address }: Resource): string {
  return `${stack}:${address}`;
}
