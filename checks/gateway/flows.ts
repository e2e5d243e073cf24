import { parseCidr } from '../../model/aws/cidr.ts';
import { prepare } from '../../proofs/network/ask.ts';
import { connect } from '../../proofs/network/connect.ts';
import { describePacket } from '../../proofs/network/describe.ts';
import type { Connection, Drop, Place, Removal } from '../../proofs/network/question.ts';
import type { Addresses, Doubts, Services, Subnet } from '../../proofs/network/topology.ts';
import { isHidden } from '../../model/value.ts';
import type { DeclaredFlow, FlowEnd, OutsideNetwork } from '../../policy/policy.ts';
import type { Context } from '../check.ts';
import { tierOf } from '../subnet-tier.ts';
import { subnetPlaces } from './cut.ts';
import { type Enclave, enclaveOf, siteOfPart } from './enclave.ts';

/** An end of a flow in the network: where packets start or arrive, and the addresses that they have there. */
export interface FlowPlaces {
  readonly places: readonly Place[];
  /** Null: those of the places. */
  readonly addresses: Addresses | null;
}

const PROTOCOL_NUMBERS = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58 } as const satisfies Record<
  DeclaredFlow['protocol'],
  number
>;

/** Echo requests, which people take for whether ICMP works: type 8 of ICMP, 128 of ICMPv6. */
const ECHO = { icmp: 8 * 256, icmpv6: 128 * 256 } as const;

/** Whether a flow works; of one that does not, where its first packet ends. */
export type FlowConnection =
  | { readonly kind: 'works' }
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'unproven'; readonly because: Doubts };

/** Whether a declared flow works with the gateways in place: its request arrives, and its reply comes back. */
export function connectionOf(flow: DeclaredFlow, context: Context): FlowConnection {
  const { from, to } = endsOf(flow, context);
  if (from.places.length === 0) return { kind: 'blocked', reason: 'nothing of the estate is where it begins' };
  if (to.places.length === 0) return { kind: 'blocked', reason: 'nothing of the estate is where it ends' };
  prepareFlows(context);
  const connection = requestOf(flow, context);
  switch (connection.kind) {
    case 'works':
      return { kind: 'works' };
    case 'unproven':
      return { kind: 'unproven', because: connection.because };
    case 'blocked':
      return { kind: 'blocked', reason: reasonOf(connection.direction, connection.drops) };
  }
}

const PREPARED = new WeakSet<Enclave>();

/** Lets the proof cut packets once, as fine as all flows need. */
function prepareFlows(context: Context): void {
  const enclave = enclaveOf(context);
  if (PREPARED.has(enclave)) return;
  PREPARED.add(enclave);
  const { flows } = context.policy.network;
  prepare(
    enclave.topology,
    flows.map((flow) => ({ destinations: placesOf(flow.to, context).addresses, services: servicesOf(flow) })),
  );
}

const CONNECTIONS = new WeakMap<Enclave, Map<DeclaredFlow, Connection>>();

/**
 * The connection that a flow asks for, found once. People's own way in serves no flow: it admits persons, not networks.
 */
export function requestOf(flow: DeclaredFlow, context: Context): Connection {
  const enclave = enclaveOf(context);
  const connections = CONNECTIONS.get(enclave) ?? new Map<DeclaredFlow, Connection>();
  CONNECTIONS.set(enclave, connections);
  const known = connections.get(flow);
  if (known !== undefined) return known;
  const connection = connectionIn(enclave, flow, context);
  connections.set(flow, connection);
  return connection;
}

function connectionIn(enclave: Enclave, flow: DeclaredFlow, context: Context): Connection {
  const { from, to } = endsOf(flow, context);
  return connect(enclave.topology, {
    from: from.places,
    sources: from.addresses,
    to: to.places,
    destinations: to.addresses,
    services: servicesOf(flow),
    without: accessGateways(enclave),
  });
}

function accessGateways({ gateways }: Enclave): Removal {
  const ofPeople = gateways.filter(({ gateway }) => gateway.purpose === 'employee-access');
  return {
    certain: new Set(ofPeople.flatMap(({ approval }) => (approval.kind === 'absent' ? [] : [approval.resource]))),
    doubtful: new Map(),
  };
}

function endsOf({ from, to }: DeclaredFlow, context: Context): { readonly from: FlowPlaces; readonly to: FlowPlaces } {
  return { from: placesOf(from, context), to: placesOf(to, context) };
}

function reasonOf(direction: 'request' | 'reply', drops: readonly Drop[]): string {
  const last = drops.at(-1);
  if (last === undefined) return `its ${direction} has no way at all`;
  const packet = last.hops.at(-1)?.packet;
  const what = packet === undefined ? `its ${direction}` : `its ${direction} ${describePacket(packet)}`;
  return `${what} ends at ${last.at.name}: ${last.reason}`;
}

/** The service of a flow on the axis of `ServiceRange`. */
export function servicesOf({ protocol, port }: Pick<DeclaredFlow, 'protocol' | 'port'>): Services {
  const value = protocol === 'icmp' || protocol === 'icmpv6' ? ECHO[protocol] : (port ?? 0);
  const service = PROTOCOL_NUMBERS[protocol] * 65_536 + value;
  return { ranges: [{ first: service, last: service }], doubts: [] };
}

export function placesOf(end: FlowEnd, context: Context): FlowPlaces {
  const enclave = enclaveOf(context);
  if (end.kind === 'tier') return { places: subnetPlaces(subnetsOf(end, enclave, context)), addresses: null };
  const network = context.policy.network.outside.find(({ id }) => id === end.network);
  return network === undefined ? { places: [], addresses: null } : outsidePlaces(network, enclave);
}

function subnetsOf(
  { site, tier }: Extract<FlowEnd, { kind: 'tier' }>,
  { topology }: Enclave,
  context: Context,
): readonly Subnet[] {
  return topology.subnets.filter(({ origin: { resource } }) => {
    if (resource === null) return false;
    const own = siteOfPart(resource, context);
    const ownTier = tierOf(resource, context.policy);
    return (
      own !== null && !isHidden(own) && own.id === site && ownTier !== null && !isHidden(ownTier) && ownTier.id === tier
    );
  });
}

/** Behind which of what the estate leads to a network lies, nothing says: any that may have its addresses. */
function outsidePlaces(network: OutsideNetwork, { topology }: Enclave): FlowPlaces {
  const isPrivate = network.kind === 'on-premises';
  const places = topology.outsides
    .filter(({ kind }) => (isPrivate ? kind === 'on-premises' : kind === 'internet' || kind === 'foreign-network'))
    .map((outside): Place => ({ kind: 'outside', outside }));
  const ranges = network.cidrs.flatMap((cidr) => parseCidr(cidr) ?? []);
  return { places, addresses: { ranges, unknowns: [], doubts: [] } };
}
