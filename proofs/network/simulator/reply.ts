import type { Hop, Packet, Place, Trace } from '../question.ts';
import type { Doubts, Interface, Nat, Origin } from '../topology.ts';
import { type Answering, startHandingBack, startReply } from './hops.ts';
import type { Box, End, Junction, Position, Step, Terms } from './journey.ts';
import { isSamePlace } from './parts.ts';
import { search } from './search.ts';

/** A request from its start to its end. */
export interface Request {
  readonly from: Place;
  readonly to: Place;
  readonly packet: Packet;
  readonly step: Step;
}

export type Replied =
  | { readonly kind: 'back'; readonly trace: Trace; readonly doubts: Doubts }
  | { readonly kind: 'dropped'; readonly ends: readonly End[] };

/** A part of a request between those that open or rewrite connections; the reply comes back leg by leg. */
interface Leg {
  readonly packet: Packet;
  readonly boxes: readonly Box[];
  readonly start: LegStart;
  readonly answering: Answering;
}

type LegStart =
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'nat'; readonly nat: Nat }
  | {
      readonly kind: 'relay';
      readonly interface: Interface;
      readonly origin: Origin;
      /** The reply is written to the client, and comes back by the relay all the same. */
      readonly keepsSource: boolean;
    };

/** Ports of clients at the ends of the ranges that systems and NAT gateways choose from. */
const CLIENT_PORTS = [1024, 32_768, 49_152, 65_535] as const;

const PROTOCOL = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const;

/** The reply of a request, to every port that its client may use. */
export function reply(terms: Terms, request: Request): Replied {
  const legs = legsOf(request);
  let first: Extract<Replied, { readonly kind: 'back' }> | null = null;
  const doubts = new Set<Doubts[number]>();
  for (const service of repliesTo(request.packet.service)) {
    const back = comeBack(terms, request, { legs, service });
    if (back.kind === 'dropped') return back;
    for (const doubt of back.doubts) doubts.add(doubt);
    first ??= back;
  }
  const { from, to, packet } = request;
  const nothing: Trace = { from: to, to: from, packet: turned(packet, packet.service), hops: [] };
  return { kind: 'back', trace: first?.trace ?? nothing, doubts: [...doubts] };
}

/** What lists see of a reply: the client's port as its destination, or the echo reply. */
function repliesTo(service: number): readonly number[] {
  const protocol = Math.floor(service / 65_536);
  const type = (service % 65_536) >>> 8;
  if (protocol === PROTOCOL.tcp || protocol === PROTOCOL.udp)
    return CLIENT_PORTS.map((port) => protocol * 65_536 + port);
  if (protocol === PROTOCOL.icmp && type === 8) return [PROTOCOL.icmp * 65_536];
  if (protocol === PROTOCOL.icmpv6 && type === 128) return [PROTOCOL.icmpv6 * 65_536 + 129 * 256];
  return [service];
}

function comeBack(
  terms: Terms,
  { from, to, packet: sent }: Request,
  { legs, service }: { readonly legs: readonly Leg[]; readonly service: number },
): Replied {
  const hops: Hop[] = [];
  const doubts: Doubts[number][] = [];
  for (const [index, leg] of [...legs.entries()].toReversed()) {
    const boxes = leg.boxes.toReversed();
    const rules = { boxes, nat: leg.start.kind === 'nat' ? leg.start.nat : null };
    const legTerms: Terms = { ...terms, remembers: false, reply: rules };
    const missed: End[] = [];
    const { goal, ends } = search({
      terms: legTerms,
      start: answer(legTerms, leg, turned(leg.packet, service)),
      isGoal: (step) => isBack(step, leg.start) && hasPassed(step, { boxes, missed }),
      limit: null,
      most: null,
    });
    if (goal === null) {
      return { kind: 'dropped', ends: [...missed, ...ends].map((end) => ({ ...end, hops: [...hops, ...end.hops] })) };
    }
    const before = turned(legs[index - 1]?.packet ?? sent, service);
    hops.push(...goal.branch.hops, ...handedBack(leg.start, before));
    doubts.push(...goal.branch.doubts);
  }
  const packet = turned(legs.at(-1)?.packet ?? sent, service);
  return { kind: 'back', trace: { from: to, to: from, packet, hops }, doubts };
}

function turned({ source, destination }: Packet, service: number): Packet {
  return { source: destination, destination: source, service };
}

function isBack({ position }: Step, start: LegStart): boolean {
  if (start.kind === 'nat') return position.kind === 'returned' && position.nat === start.nat;
  if (position.kind !== 'arrived') return false;
  const { place } = position;
  return start.kind === 'relay'
    ? place.kind === 'interface' && place.interface === start.interface
    : isSamePlace(place, start.place);
}

/** By routes of its own, but to a balancer that kept the client's address past any. */
function answer(terms: Terms, { start, answering }: Leg, packet: Packet): Junction {
  return start.kind === 'relay' && start.keepsSource && answering.kind === 'subnet'
    ? startHandingBack(terms, packet, { from: answering.subnet, to: start.interface })
    : startReply(terms, answering, packet);
}

/** What keeps state of the request must see the reply, or it drops what the client says next. */
function hasPassed(
  { branch }: Step,
  { boxes, missed }: { readonly boxes: readonly Box[]; readonly missed: End[] },
): boolean {
  const next = boxes[branch.passed];
  if (next === undefined) return true;
  const reason = 'does not see the reply of a request that it has seen (asymmetric routing)';
  missed.push({ at: next.origin, reason, by: null, hops: branch.hops, doubts: branch.doubts });
  return false;
}

/** What a translator or a relay does with the reply at the end of its leg of the way back. */
function handedBack(start: LegStart, packet: Packet): readonly Hop[] {
  if (start.kind === 'place') return [];
  return start.kind === 'nat'
    ? [{ at: start.nat.origin, what: 'translates the destination back', by: null, packet }]
    : [{ at: start.origin, what: 'answers the connection that it took', by: null, packet }];
}

function legsOf({ from, packet: sent, step }: Request): readonly Leg[] {
  const legs: Leg[] = [];
  let start: LegStart | null = { kind: 'place', place: from };
  let packet = sent;
  let boxes: Box[] = [];
  const close = (answering: Answering | null): void => {
    if (start !== null && answering !== null) legs.push({ packet, boxes, start, answering });
    boxes = [];
    start = null;
  };
  for (const event of step.branch.events) {
    switch (event.kind) {
      case 'sent':
        break;
      case 'passed':
        boxes.push(event.box);
        break;
      case 'translated': {
        const { nat, after } = event;
        close(nat.subnet === null ? { kind: 'vpc', vpc: nat.vpc } : { kind: 'subnet', subnet: nat.subnet });
        start = { kind: 'nat', nat };
        packet = after;
        break;
      }
      case 'relayed': {
        const { entry } = event;
        close(entry.kind === 'interface' ? { kind: 'subnet', subnet: entry.interface.subnet } : null);
        break;
      }
      case 'opened': {
        const { exit, after, relay, keepsSource } = event;
        if (exit.kind === 'interface')
          start = { kind: 'relay', interface: exit.interface, origin: relay.origin, keepsSource };
        packet = after;
        break;
      }
      case 'left':
        close(event.by.kind === 'route' ? { kind: 'vpc', vpc: event.by.subnet.vpc } : event.by);
        break;
    }
  }
  close(answeringAt(step.position));
  return legs;
}

/** What is in a subnet answers from there; what is outside has left by something already. */
function answeringAt(position: Position): Answering | null {
  if (position.kind !== 'arrived') return null;
  const { place } = position;
  if (place.kind === 'subnet') return { kind: 'subnet', subnet: place.subnet };
  return place.kind === 'interface' ? { kind: 'subnet', subnet: place.interface.subnet } : null;
}
