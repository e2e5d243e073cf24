import type { Resource } from '../model/resource.ts';
import { unknown } from '../model/value.ts';
import { connect } from '../proofs/network/connect.ts';
import { describeAddress, describePlace } from '../proofs/network/describe.ts';
import type { Drop, Trace } from '../proofs/network/question.ts';
import type { Addresses, Services, Topology } from '../proofs/network/topology.ts';
import { inAddresses } from '../proofs/network/membership.ts';
import { type Blocker, blockersOf, type Context } from './check.ts';
import { removalOf } from './gateway/cut.ts';
import { type Enclave, enclaveOf } from './gateway/enclave.ts';
import type { PathEnd } from './path-end.ts';

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
export function pathAnswer({ from, to, services, withoutGateways }: PathQuestion, context: Context): PathAnswer {
  const enclave = enclaveOf(context);
  const { topology } = enclave;
  const unmodelled = topology.unmodelled.map(({ resource, reason }) =>
    unknown('missing-object', `${resource.stack}:${resource.address}`, reason),
  );
  const blocked = (answer: PathAnswer): PathAnswer =>
    unmodelled.length === 0 ? answer : { kind: 'unproven', because: blockersOf(unmodelled) };
  const [nowhere] = [from, to].filter(({ places }) => places.length === 0);
  if (nowhere !== undefined) {
    const reason = `nothing in the estate leads to ${nowhere.meaning}`;
    return blocked({ kind: 'blocked', direction: 'request', drops: [], reason });
  }
  const connection = connect(topology, {
    from: from.places,
    sources: from.addresses,
    to: to.places,
    destinations: to.addresses,
    services,
    ...(withoutGateways ? { without: removalOf(enclave, null) } : {}),
  });
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
      const drops = connection.drops.toSorted((a, b) => b.hops.length - a.hops.length);
      const what =
        connection.direction === 'request' ? 'no request arrives' : 'a request arrives, and no reply comes back';
      return blocked({ kind: 'blocked', direction: connection.direction, drops, reason: what });
    }
  }
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
