import type { Place } from '../question.ts';
import type {
  Addresses,
  Doubts,
  Door,
  Interface,
  Managed,
  Nat,
  Outside,
  Peering,
  Relay,
  RelayEntry,
  RelayExit,
  SecurityGroup,
  Subnet,
  Topology,
  TransitAttachment,
  TransitGateway,
  Truth,
  Vpc,
} from '../topology.ts';
import { keptBy } from '../membership.ts';
import { AddressIndex } from './address-index.ts';
import { ANYWHERE } from './samples.ts';

/** What an Internet gateway translates for. */
export type Translated = Pick<Interface | Nat, 'addresses' | 'isPublic' | 'doubts'> & { readonly isNat: boolean };

export interface Member {
  readonly addresses: Addresses;
  /** Where it carries the group. */
  readonly vpc: Vpc;
  readonly doubts: Doubts;
}

export interface Entry {
  readonly relay: Relay;
  readonly entry: RelayEntry;
}

const KNOWN = new WeakMap<Topology, Parts>();

/** The topology by what a packet on its way looks up; made once. */
export function partsOf(topology: Topology): Parts {
  const known = KNOWN.get(topology);
  if (known !== undefined) return known;
  const made = new Parts(topology);
  KNOWN.set(topology, made);
  return made;
}

export class Parts {
  readonly topology: Topology;
  readonly #subnets: ReadonlyMap<Vpc, readonly Subnet[]>;
  readonly #interfaces: ReadonlyMap<Subnet, readonly Interface[]>;
  readonly #doors: ReadonlyMap<Vpc | Outside, readonly Door[]>;
  readonly #nats: ReadonlyMap<Vpc, readonly Nat[]>;
  readonly #attachments: ReadonlyMap<TransitGateway, ReadonlyMap<Vpc, readonly TransitAttachment[]>>;
  readonly #arrivals: ReadonlyMap<Outside, readonly TransitAttachment[]>;
  readonly #peerings: ReadonlyMap<Outside | Vpc, readonly Peering[]>;
  readonly #managed: ReadonlyMap<Outside, readonly Managed[]>;
  readonly #entries: ReadonlyMap<Interface | Outside | Vpc, readonly Entry[]>;
  readonly #carriers: ReadonlyMap<SecurityGroup, readonly Member[]>;
  readonly #subnetIndex = new Map<Vpc, AddressIndex<Subnet>>();
  readonly #interfaceIndex = new Map<Subnet, AddressIndex<Interface>>();
  readonly #publicIndex = new Map<Vpc, AddressIndex<Translated>>();
  readonly #memberIndex = new Map<SecurityGroup, AddressIndex<Member>>();
  readonly #numbers = new Map<object, number>();

  constructor(topology: Topology) {
    this.topology = topology;
    this.#subnets = groupBy(topology.subnets, ({ vpc }) => [vpc]);
    this.#interfaces = groupBy(topology.interfaces, ({ subnet }) => [subnet]);
    this.#doors = groupBy(topology.doors, ({ vpc, outside }) => [vpc, outside]);
    this.#nats = groupBy(topology.nats, ({ vpc }) => [vpc]);
    const byGateway = groupBy(topology.attachments, ({ gateway }) => [gateway]);
    this.#attachments = new Map(
      Array.from(byGateway, ([gateway, attachments]) => [
        gateway,
        groupBy(attachments, ({ end }) => (end.kind === 'vpc' ? [end.vpc] : [])),
      ]),
    );
    this.#arrivals = groupBy(topology.attachments, ({ end }) => (end.kind === 'outside' ? [end.outside] : []));
    this.#peerings = groupBy(topology.peerings, ({ sides }) => [...new Set(sides)]);
    this.#managed = groupBy(topology.managed, ({ outside, directions }) =>
      directions.includes('in') ? [outside] : [],
    );
    const entries = topology.relays.flatMap((relay) => relay.from.map((entry) => ({ relay, entry })));
    this.#entries = groupBy(entries, ({ entry }) => [placeOf(entry)]);
    this.#carriers = carriersOf(topology);
  }

  interfacesIn(subnet: Subnet): readonly Interface[] {
    return this.#interfaces.get(subnet) ?? [];
  }

  doorsOf(place: Vpc | Outside): readonly Door[] {
    return this.#doors.get(place) ?? [];
  }

  /** Attachments of a transit gateway to a VPC. */
  attachmentsOf(gateway: TransitGateway, vpc: Vpc): readonly TransitAttachment[] {
    return this.#attachments.get(gateway)?.get(vpc) ?? [];
  }

  /** Attachments by which an outside sends into a transit gateway. */
  arrivalsFrom(outside: Outside): readonly TransitAttachment[] {
    return this.#arrivals.get(outside) ?? [];
  }

  peeringsOf(side: Outside | Vpc): readonly Peering[] {
    return this.#peerings.get(side) ?? [];
  }

  /** Compute of AWS that an outside can call. */
  managedBehind(outside: Outside): readonly Managed[] {
    return this.#managed.get(outside) ?? [];
  }

  entriesAt(place: Interface | Outside | Vpc): readonly Entry[] {
    return this.#entries.get(place) ?? [];
  }

  subnetsOf(vpc: Vpc): AddressIndex<Subnet> {
    return indexed(this.#subnetIndex, vpc, () =>
      (this.#subnets.get(vpc) ?? []).map((subnet) => [subnet, subnet.addresses]),
    );
  }

  hostsOf(subnet: Subnet): AddressIndex<Interface> {
    return indexed(this.#interfaceIndex, subnet, () => this.interfacesIn(subnet).map((host) => [host, host.addresses]));
  }

  /** Interfaces and NAT gateways of a VPC that have, or may have, a public address. */
  publicOf(vpc: Vpc): AddressIndex<Translated> {
    return indexed(this.#publicIndex, vpc, () =>
      [
        ...(this.#subnets.get(vpc) ?? [])
          .flatMap((subnet) => this.interfacesIn(subnet))
          .map((host) => ({ ...pick(host), isNat: false })),
        ...(this.#nats.get(vpc) ?? []).map((nat) => ({ ...pick(nat), isNat: true })),
      ]
        .filter(({ isPublic }) => mayHold(isPublic))
        .map((own) => [own, own.addresses]),
    );
  }

  /** Whether a relay listens there that sends on with the source that it gets, or may. */
  mayKeepSource(own: Interface): boolean {
    return this.entriesAt(own).some(({ relay }) => relay.to.some(isTransparent));
  }

  /** Those that carry a security group, and the clients of balancers that do. */
  membersOf(group: SecurityGroup): AddressIndex<Member> {
    return indexed(this.#memberIndex, group, () =>
      (this.#carriers.get(group) ?? []).map((member) => [member, member.addresses]),
    );
  }

  /** A number that tells a part from all others. */
  numberOf(part: object): number {
    const known = this.#numbers.get(part);
    if (known !== undefined) return known;
    const made = this.#numbers.size;
    this.#numbers.set(part, made);
    return made;
  }
}

export function isSamePlace(left: Place, right: Place): boolean {
  return partOf(left) === partOf(right);
}

/** The part of the network that a place is. */
export function partOf(place: Place): Subnet | Interface | Outside | Managed {
  switch (place.kind) {
    case 'subnet':
      return place.subnet;
    case 'interface':
      return place.interface;
    case 'outside':
      return place.outside;
    case 'managed':
      return place.managed;
  }
}

/** The addresses of a place; compute outside of any network has none. */
export function addressesOf(place: Place): readonly Addresses[] {
  switch (place.kind) {
    case 'subnet':
      return [place.subnet.addresses];
    case 'interface':
      return [place.interface.addresses];
    case 'outside':
      return [place.outside.addresses];
    case 'managed':
      return [];
  }
}

function pick({ addresses, isPublic, doubts }: Interface | Nat): Pick<Interface, 'addresses' | 'isPublic' | 'doubts'> {
  return { addresses, isPublic, doubts };
}

function mayHold({ holds, doubts }: Truth): boolean {
  return holds || doubts.length > 0;
}

function placeOf(entry: RelayEntry): Interface | Outside | Vpc {
  switch (entry.kind) {
    case 'interface':
      return entry.interface;
    case 'outside':
      return entry.outside;
    case 'vpc':
      return entry.vpc;
  }
}

function isTransparent(exit: RelayExit): boolean {
  return exit.kind === 'interface' && mayHold(exit.keepsSource);
}

function carriersOf({ interfaces, relays }: Topology): ReadonlyMap<SecurityGroup, readonly Member[]> {
  const carriers = interfaces.flatMap(({ addresses, doubts, groups, subnet: { vpc } }) =>
    groups.map(({ item, doubts: own }) => ({ group: item, addresses, vpc, doubts: [...doubts, ...own] })),
  );
  // Whoever comes by a balancer that keeps its address is let in by rules that name the balancer's group.
  const balancers = new Set(
    relays
      .filter(({ kind }) => kind === 'load-balancer')
      .flatMap(({ to }) => to.flatMap((exit) => (isTransparent(exit) && 'interface' in exit ? [exit.interface] : []))),
  );
  const clients = [...balancers].flatMap((own) =>
    own.groups.map(({ item }) => ({
      group: item,
      addresses: ANYWHERE,
      vpc: own.subnet.vpc,
      doubts: [keptBy(own)],
    })),
  );
  return groupBy([...carriers, ...clients], ({ group }) => [group]);
}

function indexed<Key, Item>(
  indices: Map<Key, AddressIndex<Item>>,
  key: Key,
  items: () => readonly (readonly [Item, Addresses])[],
): AddressIndex<Item> {
  const known = indices.get(key);
  if (known !== undefined) return known;
  const made = new AddressIndex(items());
  indices.set(key, made);
  return made;
}

function groupBy<Item, Key>(
  items: readonly Item[],
  keysOf: (item: Item) => readonly Key[],
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}
