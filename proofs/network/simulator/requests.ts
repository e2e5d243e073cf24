import { familyOf, inAddresses } from '../membership.ts';
import type { Address, Packet, Place, Removal } from '../question.ts';
import type { Addresses, Interface, Services, Subnet } from '../topology.ts';
import { fromIpv4 } from './nat.ts';
import { addressesOf, type Parts } from './parts.ts';
import { samplesOf } from './samples.ts';

/** A packet that opens a connection, and who sends it. */
export interface Opening {
  readonly from: Place;
  readonly packet: Packet;
}

/** Whether anything at some places can talk to something at others. */
export interface Connecting {
  readonly from: readonly Place[];
  readonly to: readonly Place[];
  /** Sources that a request has when something outside sends it; null for all that the places have. */
  readonly sources?: Addresses | null;
  /** Destinations that a request has when it arrives; null for all that the places have. */
  readonly destinations: Addresses | null;
  readonly services: Services;
  /** Gateways that are taken out of the network; none unless said. */
  readonly without?: Removal;
}

/** What asks at the places: real interfaces, or whatever will be in a subnet that has none. */
export function clientsOf(parts: Parts, { from }: Pick<Connecting, 'from'>): readonly Place[] {
  // A balancer or an endpoint answers, and asks nothing by itself.
  return endsOf(parts, from, (own) => parts.entriesAt(own).length === 0);
}

/** Requests of clients to real interfaces, or to whatever will be in a subnet that has none. */
export function* requestsOf(
  parts: Parts,
  { to, sources = null, destinations, services }: Omit<Connecting, 'from'>,
  { clients, isAsked }: { readonly clients: readonly Place[]; readonly isAsked: (addresses: Addresses) => boolean },
): Generator<Opening> {
  const samples = samplesOf(parts.topology);
  const servers = [...endsOf(parts, to, () => true), ...listenersOf(parts)].filter((place) =>
    addressesOf(place).every(isAsked),
  );
  // By turns, so that every client and every server has been tried before any pair of them is tried twice.
  for (let turn = 0; turn < servers.length; turn++) {
    for (const [index, client] of clients.entries()) {
      const server = servers[(index + turn) % servers.length];
      if (server === undefined) continue;
      for (const [source, destination] of pairs(parts, { client, server, sources, destinations })) {
        for (const service of samples.services(services))
          yield { from: client, packet: { source, destination, service } };
      }
    }
  }
}

interface Pair {
  readonly client: Place;
  readonly server: Place;
  readonly sources: Addresses | null;
  readonly destinations: Addresses | null;
}

/** Addresses of one family for a request; compute of AWS sends and takes packets that nobody sees. */
function* pairs(
  { topology }: Parts,
  { client, server, sources: asked, destinations }: Pair,
): Generator<readonly [Address, Address]> {
  const samples = samplesOf(topology);
  const [own] = addressesOf(client);
  const sources = client.kind === 'outside' && asked !== null ? asked : own;
  const [targets] = addressesOf(server);
  const wanted = server.kind === 'outside' && destinations !== null ? destinations : (targets ?? sources);
  for (const { address: destination } of wanted === undefined ? [] : samples.addresses(wanted)) {
    if (targets !== undefined && inAddresses(destination, targets).kind === 'no') continue;
    for (const { address: source } of samples.addresses(sources ?? wanted ?? NOWHERE)) {
      if (familyOf(source) === familyOf(destination)) yield [source, destination];
      else if (destination.kind === 'number' && destination.family === 4) yield [source, fromIpv4(destination.value)];
    }
  }
}

const NOWHERE: Addresses = { ranges: [], unknowns: [], doubts: [] };

/** What is in the places: of a subnet its interfaces, or whatever will be in it when there are none. */
function endsOf(parts: Parts, places: readonly Place[], isEnd: (own: Interface) => boolean): readonly Place[] {
  return places.flatMap((place): readonly Place[] => {
    if (place.kind !== 'subnet') return [place];
    const hosts = distinctHosts(parts, place.subnet).filter(isEnd);
    return hosts.length === 0 ? [place] : hosts.map((own) => ({ kind: 'interface', interface: own }));
  });
}

/** Interfaces to which a relay listens: what is behind it is asked for by its address. */
function listenersOf({ topology }: Parts): readonly Place[] {
  const entries = topology.relays.flatMap(({ from }) => from);
  const listening = new Set(entries.flatMap((entry) => (entry.kind === 'interface' ? [entry.interface] : [])));
  return Array.from(listening, (own) => ({ kind: 'interface', interface: own }));
}

/** One of the interfaces that differ in nothing but their address. */
function distinctHosts(parts: Parts, subnet: Subnet): readonly Interface[] {
  const hosts = new Map<string, Interface>();
  for (const own of parts.interfacesIn(subnet)) {
    const groups = own.groups.map(({ item, doubts }) => `${parts.numberOf(item)}${doubts.length > 0 ? '?' : ''}`);
    const truths = [own.isPublic, own.forwards].map(({ holds, doubts }) => `${holds}${doubts.length > 0 ? '?' : ''}`);
    const families = [4, 6].map((family) =>
      [...own.addresses.ranges, ...own.addresses.unknowns].some((part) => part.family === family),
    );
    const key = [own.doubts.length > 0, own.allowsAll, ...groups.toSorted(), ...truths, ...families].join(' ');
    if (!hosts.has(key)) hosts.set(key, own);
  }
  return [...hosts.values()];
}
