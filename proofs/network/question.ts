import type { Resource } from '../../model/resource.ts';
import type { Addresses, Doubts, Interface, Managed, Origin, Outside, Services, Subnet, Unknown } from './topology.ts';

/** An end of a path. A subnet stands for whatever is or will be in it: any of its addresses, no security group. */
export type Place =
  | { readonly kind: 'subnet'; readonly subnet: Subnet }
  | { readonly kind: 'interface'; readonly interface: Interface }
  | { readonly kind: 'outside'; readonly outside: Outside }
  | { readonly kind: 'managed'; readonly managed: Managed };

/** One address of a packet: a number, or one that only AWS knows. */
export type Address =
  | { readonly kind: 'number'; readonly family: 4 | 6; readonly value: bigint }
  | { readonly kind: 'unknown'; readonly unknown: Unknown };

/** A packet as filters see it: none of them looks at the source port. */
export interface Packet {
  readonly source: Address;
  readonly destination: Address;
  /** On the axis of `ServiceRange`. */
  readonly service: number;
}

/** Approved gateways that the question takes out of the network, by the resource that a policy declares. */
export interface Removal {
  readonly certain: ReadonlySet<Resource>;
  /** Those of which it is not known whether they inspect: what hides it. They stay when the proof is harder with them. */
  readonly doubtful: ReadonlyMap<Resource, Doubts>;
}

/** Which packets get from where to where? */
export interface Question {
  readonly from: readonly Place[];
  readonly to: readonly Place[];
  readonly without: Removal;
  /** Only packets with these destinations at `to` and these services when sent; null for all. */
  readonly destinations: Addresses | null;
  readonly services: Services | null;
}

/** One step of a packet: where it is, and what decided that it goes on. */
export interface Hop {
  /** What it is at or passes: the subnet, table, gateway, endpoint. */
  readonly at: Origin;
  /** What it did there, as a clause: `takes the route to 0.0.0.0/0`. */
  readonly what: string;
  /** The rule, route or association that decided it; null when there was nothing to decide. */
  readonly by: Origin | null;
  /** The packet as it leaves this hop. */
  readonly packet: Packet;
}

export interface Trace {
  readonly from: Place;
  readonly to: Place;
  readonly packet: Packet;
  readonly hops: readonly Hop[];
}

/** What packets are from, to and of, each by itself: which of them go together it does not say. */
export interface PacketExtent {
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  readonly services: readonly string[];
}

/** What holds for one of the places that a question asks from. */
export type Finding =
  /** Nothing gets through, however the unknowns turn out. */
  | { readonly kind: 'none' }
  /**
   * This packet gets through, however the unknowns turn out. The simulator walked it. `certain` is of all packets that
   * do, `possible` of those, too, that the unknowns decide.
   */
  | {
      readonly kind: 'path';
      readonly trace: Trace;
      readonly certain: PacketExtent;
      readonly possible: PacketExtent;
    }
  /** It depends. `because` is a smallest set of what must be known to decide it; `trace` a way that may exist. */
  | { readonly kind: 'unproven'; readonly because: Doubts; readonly trace: Trace | null };

export interface Answer {
  /** In the order of `Question.from`. */
  readonly findings: readonly { readonly from: Place; readonly finding: Finding }[];
  /** Re-verifiable reason why nothing gets through from the places whose finding is `none`. */
  readonly certificate: Certificate;
}

/**
 * An inductive invariant: for each node of the flow graph the packets that may get from there to a target, complete when
 * every edge leads a packet outside the set to a packet outside the set. `verify.ts` checks it without the engine.
 */
export interface Certificate {
  /** Digest of the flow graph that it is about. */
  readonly graph: string;
  readonly nodes: readonly { readonly node: string; readonly boxes: readonly CertificateBox[] }[];
}

/** Sets of packets, as text that does not depend on how the engine numbers addresses. */
export interface CertificateBox {
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  readonly services: readonly string[];
}

/** Why a packet does not arrive: where it ends, and by what. */
export interface Drop {
  readonly at: Origin;
  readonly reason: string;
  readonly by: Origin | null;
  readonly hops: readonly Hop[];
}

/** A connection: a request that arrives, and a reply that comes back. */
export type Connection =
  | { readonly kind: 'works'; readonly request: Trace; readonly reply: Trace }
  | { readonly kind: 'blocked'; readonly direction: 'request' | 'reply'; readonly drops: readonly Drop[] }
  | { readonly kind: 'unproven'; readonly because: Doubts };
