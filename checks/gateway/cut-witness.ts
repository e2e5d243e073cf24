import type { Resource } from '../../model/resource.ts';
import { closing } from '../../proofs/network/closing.ts';
import { describePacket } from '../../proofs/network/describe.ts';
import type { Hop, Place, Question, Trace } from '../../proofs/network/question.ts';
import type { At, WitnessTrace } from '../check.ts';
import type { Enclave } from './enclave.ts';

/** The gateways of the policy that a way passes and that inspect nothing, and why. */
export function refusedOn({ hops }: Trace, { gateways }: Enclave): readonly string[] {
  const passed = new Set(hops.flatMap(({ at, by }) => [at.resource, by?.resource ?? null]));
  return gateways.flatMap(({ gateway, approval }) =>
    approval.kind === 'refused' && passed.has(approval.resource)
      ? [`${gateway.id}: ${approval.reasons.join('; ')}`]
      : [],
  );
}

/** The witness of a way: the packet, its hops, and at the place to change the smallest change that closes it. */
export function atTrace(trace: Trace, enclave: Enclave, question: Question): At {
  const toTakeAway = closing(enclave.topology, { ...question, from: [trace.from] });
  const first = toTakeAway.find(({ resource }) => resource !== null) ?? null;
  const resource = first?.resource ?? null;
  return {
    related: relatedTo(trace.hops),
    ...(first === null || resource === null ? {} : { location: resource.locate(...first.path) }),
    trace: witnessTrace(
      trace,
      toTakeAway.map(({ name }) => name),
    ),
  };
}

function witnessTrace({ packet, hops }: Trace, closedBy: readonly string[]): WitnessTrace {
  return {
    packet: describePacket(packet),
    hops: hops.map(({ at, what, by }) => {
      const decider = by ?? at;
      return {
        at: at.name,
        what,
        by: decider.resource === null ? null : { resource: decider.resource, path: decider.path },
      };
    }),
    closedBy,
  };
}

function relatedTo(hops: readonly Hop[]): readonly Resource[] {
  const related = new Set<Resource>();
  for (const { at, by } of hops) {
    for (const origin of [by, at]) if (origin !== null && origin.resource !== null) related.add(origin.resource);
  }
  return [...related];
}

/** Where a way ends, for people. */
export function placeName(place: Place): string {
  switch (place.kind) {
    case 'subnet':
      return place.subnet.origin.name;
    case 'interface':
      return place.interface.origin.name;
    case 'outside':
      return place.outside.name;
    case 'managed':
      return place.managed.origin.name;
  }
}
