import type { AddressRange } from '../../../model/aws/cidr.ts';
import { blocksOf, inAddresses, type Verdict } from '../membership.ts';
import type { Address } from '../question.ts';
import type { Addresses, Destination, Services, Topology, Unknown } from '../topology.ts';
import { AddressIndex } from './address-index.ts';

/** An address of a set that may have it. */
export interface Sample {
  readonly address: Address;
  readonly verdict: Verdict;
}

export const ANYWHERE: Addresses = {
  ranges: [
    { family: 4, first: 0n, last: (1n << 32n) - 1n },
    { family: 6, first: 0n, last: (1n << 128n) - 1n },
  ],
  unknowns: [],
  doubts: [],
};
const EVERY_SERVICE = 2 ** 24;

const KNOWN = new WeakMap<Topology, Samples>();

/** Which addresses and services a network tells apart; made once. */
export function samplesOf(topology: Topology): Samples {
  const known = KNOWN.get(topology);
  if (known !== undefined) return known;
  const made = new Samples(topology);
  KNOWN.set(topology, made);
  return made;
}

/**
 * One address of each part of a set that some filter of the network tells from the rest: whatever holds of one of a part
 * holds of all of it. So to try them is to try every packet.
 */
export class Samples {
  readonly #cuts: { readonly 4: readonly bigint[]; readonly 6: readonly bigint[] };
  readonly #unknowns: AddressIndex<Unknown>;
  readonly #members = new Map<string, Unknown[]>();
  readonly #services: readonly number[];

  constructor(topology: Topology) {
    const { ranges, unknowns, services } = literalsOf(topology);
    this.#cuts = { 4: cutsOf(ranges, 4), 6: cutsOf(ranges, 6) };
    this.#unknowns = new AddressIndex(
      Array.from(unknowns.values(), (own) => [own, { ranges: [own.within], unknowns: [], doubts: [] }]),
    );
    for (const own of unknowns.values()) {
      for (const { name } of blocksOf(own)) {
        const members = this.#members.get(name);
        if (members === undefined) this.#members.set(name, [own]);
        else members.push(own);
      }
    }
    this.#services = [...services].toSorted((left, right) => left - right);
  }

  /** Those that certainly are of the set come first. */
  *addresses(addresses: Addresses): Generator<Sample> {
    const doubtful: Sample[] = [];
    for (const address of this.#candidates(addresses)) {
      const verdict = inAddresses(address, addresses);
      if (verdict.kind === 'yes') yield { address, verdict };
      if (verdict.kind === 'perhaps') doubtful.push({ address, verdict });
    }
    yield* doubtful;
  }

  *services({ ranges, doubts }: Services): Generator<number> {
    for (const { first, last } of doubts.length > 0 ? [...ranges, { first: 0, last: EVERY_SERVICE - 1 }] : ranges) {
      yield first;
      for (let index = above(this.#services, first); index < this.#services.length; index++) {
        const service = this.#services[index];
        if (service === undefined || service > last) break;
        yield service;
      }
    }
  }

  *#candidates({ ranges, unknowns, doubts }: Addresses): Generator<Address> {
    const spans = doubts.length > 0 ? [...ranges, ...ANYWHERE.ranges] : ranges;
    for (const span of spans) yield* this.#numbers(span);
    for (const block of unknowns) {
      yield { kind: 'unknown', unknown: block };
      for (const unknown of this.#members.get(block.name) ?? []) yield { kind: 'unknown', unknown };
    }
    for (const within of spans) {
      const probe = { name: '', family: within.family, parent: null, within, length: 0 };
      for (const unknown of this.#unknowns.at({ kind: 'unknown', unknown: probe })) yield { kind: 'unknown', unknown };
    }
  }

  *#numbers({ family, first, last }: AddressRange): Generator<Address> {
    const cuts = this.#cuts[family];
    let start = first;
    for (let index = above(cuts, first); start <= last; index++) {
      const cut = cuts[index];
      const end = cut === undefined || cut > last ? last : cut - 1n;
      yield { kind: 'number', family, value: hostIn(start, end) };
      start = end + 1n;
    }
  }
}

/** An address as hosts have it: AWS keeps the first four of every subnet. */
function hostIn(first: bigint, last: bigint): bigint {
  return last - first >= 8n ? first + 4n : first;
}

/** Index of the first item above a value. */
function above<Item extends number | bigint>(items: readonly Item[], value: Item): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && item <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function cutsOf(ranges: readonly AddressRange[], family: 4 | 6): readonly bigint[] {
  const cuts = new Set<bigint>();
  for (const range of ranges) if (range.family === family) cuts.add(range.first).add(range.last + 1n);
  return [...cuts].toSorted((left, right) => (left < right ? -1 : 1));
}

interface Literals {
  readonly ranges: readonly AddressRange[];
  readonly unknowns: ReadonlyMap<string, Unknown>;
  readonly services: ReadonlySet<number>;
}

/** Every address and service that something in the network is written with. */
function literalsOf(topology: Topology): Literals {
  const ranges: AddressRange[] = [];
  const unknowns = new Map<string, Unknown>();
  const services = new Set<number>();
  const name = (unknown: Unknown): void => {
    for (const block of blocksOf(unknown)) {
      unknowns.set(block.name, block);
      ranges.push(block.within);
    }
  };
  const take = (addresses: Addresses): void => {
    for (const range of addresses.ranges) ranges.push(range);
    for (const unknown of addresses.unknowns) name(unknown);
  };
  const serve = ({ ranges: spans }: Services): void => {
    for (const { first, last } of spans) services.add(first).add(last + 1);
  };
  const lead = (destination: Destination): void => {
    if (destination.kind === 'range') ranges.push(destination.range);
    if (destination.kind === 'unknown') name(destination.unknown);
  };
  const tables = new Set(
    [...topology.subnets, ...topology.doors].flatMap((part) => part.tables.map(({ item }) => item)),
  );
  const transitTables = new Set(topology.attachments.flatMap((part) => part.tables.map(({ item }) => item)));
  const acls = new Set(topology.subnets.flatMap((subnet) => subnet.acls.map(({ item }) => item)));
  const groups = new Set(topology.interfaces.flatMap((own) => own.groups.map(({ item }) => item)));
  for (const { addresses } of [
    ...topology.vpcs,
    ...topology.subnets,
    ...topology.interfaces,
    ...topology.nats,
    ...topology.outsides,
  ]) {
    take(addresses);
  }
  for (const { forwards, outside } of topology.doors) {
    take(forwards);
    take(outside.addresses);
  }
  for (const { routes } of [...tables, ...transitTables]) for (const { destination } of routes) lead(destination);
  for (const { ingress, egress } of acls) {
    for (const rule of [...ingress, ...egress]) {
      take(rule.addresses);
      serve(rule.services);
    }
  }
  for (const { ingress, egress } of groups) {
    for (const rule of [...ingress, ...egress]) {
      if (rule.peer.kind === 'addresses') take(rule.peer.addresses);
      serve(rule.services);
    }
  }
  for (const { from, to } of topology.relays) {
    for (const { services: taken } of from) serve(taken);
    for (const exit of to) {
      if (exit.kind === 'outside') continue;
      serve(exit.services);
      if (exit.kind === 'interface') take(exit.destinations);
    }
  }
  return { ranges, unknowns, services };
}
