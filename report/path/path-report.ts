import type { Blocker } from '../../checks/check.ts';
import type { PassedGateway, PathAnswer, PathQuestion } from '../../checks/path-answer.ts';
import type { SourceLocation } from '../../model/source.ts';
import { describePacket, describePlace, describeService } from '../../proofs/network/describe.ts';
import type { Drop, Hop, Trace } from '../../proofs/network/question.ts';
import type { Origin } from '../../proofs/network/topology.ts';

/** The answer to a question for a path, as data: all that its formats read. */
export interface PathReport {
  readonly question: {
    readonly from: PathReportEnd;
    readonly to: PathReportEnd;
    /** `tcp 443`. */
    readonly service: string;
    readonly isDefaultService: boolean;
    readonly withoutGateways: boolean;
  };
  readonly answer: PathAnswer['kind'];
  /** In a clause. */
  readonly reason: string;
  /** Gateways of the policy that request and reply pass. */
  readonly gateways: readonly PassedGateway[];
  readonly request: PathTrace | null;
  readonly reply: PathTrace | null;
  /** Of what the ends are told, when it is blocked. */
  readonly direction: 'request' | 'reply' | null;
  /** Where every branch ends; the one that gets farthest first. */
  readonly ends: readonly PathDrop[];
  readonly because: readonly Blocker[];
  /** Why the input does not show everything; with one of these nothing is certain. */
  readonly incompleteBecause: readonly string[];
}

interface PathReportEnd {
  readonly text: string;
  readonly meaning: string;
  readonly places: readonly string[];
}

export interface PathTrace {
  readonly from: string;
  readonly to: string;
  readonly packet: string;
  readonly hops: readonly PathHop[];
}

export interface PathHop {
  readonly at: string;
  /** What happens there, as a clause. */
  readonly what: string;
  /** The packet as it goes on. */
  readonly packet: string;
  readonly by: PathOrigin | null;
}

/** What decides a hop or an end, and where it is written. */
export interface PathOrigin {
  readonly name: string;
  readonly stack: string;
  readonly address: string;
  readonly constructPath: string | null;
  readonly source: SourceLocation;
  readonly code: SourceLocation | null;
}

export interface PathDrop {
  readonly at: string;
  readonly reason: string;
  readonly by: PathOrigin | null;
  readonly hops: readonly PathHop[];
}

export function pathReport(
  { from, to, services, withoutGateways }: PathQuestion,
  answer: PathAnswer,
  {
    isDefaultService,
    incompleteBecause,
  }: Pick<PathReport, 'incompleteBecause'> & { readonly isDefaultService: boolean },
): PathReport {
  const [service] = services.ranges;
  const question = {
    from: endOf(from),
    to: endOf(to),
    service: service === undefined ? 'nothing' : describeService(service.first),
    isDefaultService,
    withoutGateways,
  };
  const nothing = {
    gateways: [],
    request: null,
    reply: null,
    direction: null,
    ends: [],
    because: [],
    incompleteBecause,
  };
  switch (answer.kind) {
    case 'works': {
      const { request, reply, gateways } = answer;
      const reason = 'a request arrives, and its reply comes back';
      return {
        ...nothing,
        question,
        answer: answer.kind,
        reason,
        gateways,
        request: traceOf(request),
        reply: traceOf(reply),
      };
    }
    case 'blocked': {
      const { direction, drops, reason } = answer;
      return { ...nothing, question, answer: answer.kind, reason, direction, ends: drops.map(dropOf) };
    }
    case 'unproven':
      return {
        ...nothing,
        question,
        answer: answer.kind,
        reason: 'it depends on what the input does not show',
        because: answer.because,
      };
  }
}

function endOf({ text, meaning, places }: PathQuestion['from']): PathReportEnd {
  return { text, meaning, places: [...new Set(places.map(describePlace))] };
}

function traceOf({ from, to, packet, hops }: Trace): PathTrace {
  return { from: describePlace(from), to: describePlace(to), packet: describePacket(packet), hops: hops.map(hopOf) };
}

function hopOf({ at, what, by, packet }: Hop): PathHop {
  return { at: at.name, what, packet: describePacket(packet), by: originOf(by ?? at) };
}

function dropOf({ at, reason, by, hops }: Drop): PathDrop {
  return { at: at.name, reason, by: originOf(by ?? at), hops: hops.map(hopOf) };
}

function originOf({ name, resource, path }: Origin): PathOrigin | null {
  if (resource === null) return null;
  const { stack, address, init } = resource;
  return {
    name,
    stack,
    address,
    constructPath: init.constructPath,
    source: resource.locate(...path),
    code: init.code[0] ?? null,
  };
}
