import type { Resource } from '../../model/resource.ts';
import { sha256 } from '../../model/sha256.ts';
import { string } from '../../model/value.ts';
import { closing } from '../../proofs/network/closing.ts';
import { describePacket, describePlace } from '../../proofs/network/describe.ts';
import type { Finding, Hop, PacketExtent, Question, Trace } from '../../proofs/network/question.ts';
import type { Origin, Topology } from '../../proofs/network/topology.ts';
import type { At, WitnessTrace } from '../check.ts';
import type { Enclave } from './enclave.ts';

/** The gateways of the policy that a way passes and that inspect nothing, and why. */
export function refusedOn({ hops }: Trace, { gateways, topology }: Enclave): readonly string[] {
  const refused = gateways.flatMap(({ gateway, approval }) =>
    approval.kind === 'refused' ? [{ gateway, approval }] : [],
  );
  if (refused.length === 0) return [];
  const passed = passedBy(hops, topology);
  return refused.flatMap(({ gateway, approval }) =>
    passed.has(approval.resource) ? [`${gateway.id}: ${approval.reasons.join('; ')}`] : [],
  );
}

/** The gateways that a way passes and that do inspect. */
export function approvedOn({ hops }: Trace, { gateways, topology }: Enclave): readonly string[] {
  const passed = passedBy(hops, topology);
  return gateways.flatMap(({ gateway, approval }) =>
    approval.kind === 'approved' && passed.has(approval.resource) ? [gateway.id] : [],
  );
}

/** What a way passes, and what that belongs to: the firewall of an endpoint, the instance of an interface. */
function passedBy(hops: readonly Hop[], topology: Topology): ReadonlySet<Resource> {
  const passed = new Set(relatedTo(hops));
  for (const part of [...topology.inspections, ...topology.relays, ...topology.interfaces]) {
    if (part.owner !== null && part.origin.resource !== null && passed.has(part.origin.resource)) {
      passed.add(part.owner);
    }
  }
  return passed;
}

type PathFinding = Extract<Finding, { kind: 'path' }>;

const AXES = ['sources', 'destinations', 'services'] as const;

/** Ranges that a report writes out. */
const MOST_RANGES = 4;

/** The witness of a way: the packet, its hops, and at the place to change the smallest change that closes it. */
export function atPath({ trace, certain, possible }: PathFinding, enclave: Enclave, question: Question): At {
  const toTakeAway = closingOf(trace, enclave, question);
  const first = toTakeAway.find(({ resource }) => resource !== null) ?? null;
  const resource = first?.resource ?? null;
  return {
    related: relatedTo(trace.hops),
    ...(first === null || resource === null ? {} : { location: resource.locate(...first.path) }),
    trace: witnessTrace(
      trace,
      toTakeAway.map(({ name }) => name),
    ),
    extent: { ...extentOf(certain), ...(isSame(certain, possible) ? {} : extentOf(possible, 'possible ')) },
  };
}

/** All that gets through, of which the packet is one: an exception for some of it covers no more. */
function extentOf(packets: PacketExtent, prefix = ''): NonNullable<At['extent']> {
  return Object.fromEntries(AXES.map((axis) => [`${prefix}${axis}`, string(abridged(packets[axis]))]));
}

function isSame(left: PacketExtent, right: PacketExtent): boolean {
  return AXES.every((axis) => left[axis].join() === right[axis].join());
}

/** Many ranges are as many as people read, with a digest that tells them all apart. */
function abridged(ranges: readonly string[]): string {
  if (ranges.length <= MOST_RANGES) return ranges.join(', ');
  const others = `and ${ranges.length - MOST_RANGES} more (${sha256(ranges.join()).slice(0, 12)})`;
  return [...ranges.slice(0, MOST_RANGES), others].join(', ');
}

/** Findings of an enclave for which it is worth to look for the smallest change: the first show what the others are. */
const MOST_CLOSINGS = 25;

const CLOSINGS = new WeakMap<Enclave, Map<string, readonly Origin[]>>();

/** The smallest change that closes a way; none beyond those that people read, because each takes a pass of the graph. */
function closingOf({ from, to, hops }: Trace, enclave: Enclave, question: Question): readonly Origin[] {
  const known = CLOSINGS.get(enclave) ?? new Map<string, readonly Origin[]>();
  CLOSINGS.set(enclave, known);
  const removed = [...question.without.certain].map(({ stack, address }) => `${stack} ${address}`);
  const way = hops.map(({ at, by }) => `${at.name} ${by?.name ?? ''}`);
  const key = JSON.stringify([describePlace(from), describePlace(to), question.to.length, removed, way]);
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= MOST_CLOSINGS) return [];
  const toTakeAway = closing(enclave.topology, { ...question, from: [from] });
  known.set(key, toTakeAway);
  return toTakeAway;
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
