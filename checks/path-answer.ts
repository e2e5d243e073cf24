import type { Resource } from '../model/resource.ts';
import { unknown } from '../model/value.ts';
import { ask } from '../proofs/network/ask.ts';
import { connect, type Connecting } from '../proofs/network/connect.ts';
import { describeAddress, describePlace } from '../proofs/network/describe.ts';
import type { Drop, Place, Trace } from '../proofs/network/question.ts';
import { NOTHING_REMOVED } from '../proofs/network/simulate.ts';
import type { Addresses, Services, Topology } from '../proofs/network/topology.ts';
import { inAddresses } from '../proofs/network/membership.ts';
import { type Blocker, blockersOf, type Context } from './check.ts';
import { removalOf } from './gateway/cut.ts';
import { type Enclave, enclaveOf } from './gateway/enclave.ts';
import type { PathEnd } from './path-end.ts';

/** Senders that are asked one by one where their requests end. */
const MOST_SENDERS = 6;

export interface PathQuestion {
  readonly from: PathEnd;
  readonly to: PathEnd;
  readonly services: Services;
  /** Whether approved gateways are taken out of the network first. */
  readonly withoutGateways: boolean;
}

/** Whether a connection works from one end to the other: a request that arrives, and a reply that comes back. */
export type PathAnswer =
  | {
      readonly kind: 'works';
      readonly request: Trace;
      readonly reply: Trace;
      readonly gateways: readonly PassedGateway[];
    }
  /** `direction`: of what the drops are. Where it gets farthest comes first. */
  | {
      readonly kind: 'blocked';
      readonly direction: 'request' | 'reply';
      readonly drops: readonly Drop[];
      readonly reason: string;
    }
  | { readonly kind: 'unproven'; readonly because: readonly Blocker[] };

/** A gateway of the policy on the way, and whether it counts. */
export interface PassedGateway {
  readonly id: string;
  readonly status: 'approved' | 'refused' | 'doubtful';
}

/** Answers the question for the estate; everything that it does not know may make the answer unproven. */
export function pathAnswer(question: PathQuestion, context: Context): PathAnswer {
  const enclave = enclaveOf(context);
  const { topology } = enclave;
  const answer = answerIn(question, enclave);
  if (answer.kind !== 'blocked' || topology.unmodelled.length === 0) return answer;
  const unmodelled = topology.unmodelled.map(({ resource, reason }) =>
    unknown('missing-object', `${resource.stack}:${resource.address}`, reason),
  );
  return { kind: 'unproven', because: blockersOf(unmodelled) };
}

function answerIn({ from, to, services, withoutGateways }: PathQuestion, enclave: Enclave): PathAnswer {
  const { topology } = enclave;
  const nowhere = [from, to].find(({ places }) => places.length === 0);
  if (nowhere !== undefined) {
    const reason = `nothing in the estate leads to ${nowhere.meaning}`;
    return { kind: 'blocked', direction: 'request', drops: [], reason };
  }
  const without = withoutGateways ? removalOf(enclave, null) : NOTHING_REMOVED;
  const { findings } = ask(topology, {
    from: from.places,
    to: to.places,
    without,
    destinations: to.addresses,
    services,
  });
  const open = findings.filter(({ finding }) => finding.kind !== 'none');
  const connecting = {
    from: open.map((found) => found.from),
    sources: from.addresses,
    to: to.places,
    destinations: to.addresses,
    services,
    without,
  };
  if (open.length === 0) {
    const drops = dropsOf(topology, { ...connecting, from: from.places });
    return { kind: 'blocked', direction: 'request', drops, reason: 'no packet gets there, whatever sends it' };
  }
  const connection = connect(topology, connecting);
  switch (connection.kind) {
    case 'works': {
      const { request, reply } = connection;
      const stranger = strangerIn(request, from.addresses);
      if (stranger !== null) return { kind: 'unproven', because: [{ expression: from.text, reason: stranger }] };
      return { kind: 'works', request, reply, gateways: gatewaysOn([request, reply], enclave) };
    }
    case 'unproven':
      return { kind: 'unproven', because: blockersOf(connection.because) };
    case 'blocked': {
      const { direction } = connection;
      if (direction === 'reply') {
        const reason = 'a request arrives, and no reply comes back';
        return { kind: 'blocked', direction, drops: farthestFirst(connection.drops), reason };
      }
      const drops = dropsOf(topology, connecting);
      return { kind: 'blocked', direction, drops, reason: 'no request arrives from what is there' };
    }
  }
}

/** Where requests of what is there end, each end once; of many senders the first few stand for all. */
function dropsOf(topology: Topology, connecting: Connecting): readonly Drop[] {
  const found = new Map<string, Drop>();
  for (const from of sendersIn(topology, connecting.from).slice(0, MOST_SENDERS)) {
    const connection = connect(topology, { ...connecting, from: [from] });
    for (const drop of connection.kind === 'blocked' ? connection.drops : []) {
      const key = JSON.stringify([drop.at.name, drop.reason]);
      if (!found.has(key)) found.set(key, drop);
    }
  }
  return farthestFirst([...found.values()]);
}

function farthestFirst(found: readonly Drop[]): readonly Drop[] {
  return found.toSorted((a, b) => b.hops.length - a.hops.length);
}

/** Of subnets the interfaces that ask by themselves; what only answers sends no request. */
function sendersIn({ interfaces, relays }: Topology, places: readonly Place[]): readonly Place[] {
  const answering = new Set(
    relays.flatMap(({ from }) => from.flatMap((entry) => (entry.kind === 'interface' ? [entry.interface] : []))),
  );
  return places.flatMap((place): readonly Place[] => {
    if (place.kind !== 'subnet') return [place];
    const hosts = interfaces.filter((own) => own.subnet === place.subnet && !answering.has(own));
    return hosts.length === 0 ? [place] : hosts.map((own) => ({ kind: 'interface', interface: own }));
  });
}

/** The addresses of what is in a subnet are not all known: one that works says nothing of another. */
function strangerIn({ packet, from }: Trace, wanted: Addresses | null): string | null {
  if (wanted === null || inAddresses(packet.source, wanted).kind !== 'no') return null;
  return `is not what was seen to get through: that is ${describeAddress(packet.source)} at ${describePlace(from)}`;
}

function gatewaysOn(traces: readonly Trace[], { topology, gateways }: Enclave): readonly PassedGateway[] {
  const owners = ownersIn(topology);
  const passed = new Set(
    traces.flatMap(({ hops }) =>
      hops.flatMap(({ at }) => (at.resource === null ? [] : [at.resource, ...(owners.get(at.resource) ?? [])])),
    ),
  );
  return gateways.flatMap(({ gateway, approval }) =>
    approval.kind !== 'absent' && passed.has(approval.resource) ? [{ id: gateway.id, status: approval.kind }] : [],
  );
}

/** What a policy declares as the gateway, by what packets pass: an endpoint, an interface, a relay. */
function ownersIn({ inspections, interfaces, relays }: Topology): ReadonlyMap<Resource, ReadonlySet<Resource>> {
  const owners = new Map<Resource, Set<Resource>>();
  for (const { origin, owner } of [...inspections, ...interfaces, ...relays]) {
    if (origin.resource === null || owner === null) continue;
    const known = owners.get(origin.resource);
    if (known === undefined) owners.set(origin.resource, new Set([owner]));
    else known.add(owner);
  }
  return owners;
}
