import { describeHidden } from '../../../model/value.ts';
import { NO, not, unless, type Verdict } from '../membership.ts';
import type { Resource } from '../../../model/resource.ts';
import type { Hop, Packet, Place, Removal } from '../question.ts';
import type {
  Addresses,
  Doubts,
  Door,
  Inspection,
  Interface,
  Nat,
  Origin,
  Peering,
  Relay,
  RelayEntry,
  RelayExit,
  Subnet,
  TransitAttachment,
  Zone,
} from '../topology.ts';
import type { Filtering } from './filters.ts';
import type { Parts } from './parts.ts';

/** Where a packet is between two hops. */
export type Position =
  /** Something in a subnet has sent it, or sent it on. */
  | { readonly kind: 'leaving'; readonly subnet: Subnet; readonly packet: Packet }
  /** In the subnet of its destination. */
  | { readonly kind: 'inside'; readonly subnet: Subnet; readonly packet: Packet }
  /** In a transit gateway, where it came in by an attachment, from a zone or none. */
  | {
      readonly kind: 'transit';
      readonly attachment: TransitAttachment;
      readonly zone: Zone | null;
      readonly packet: Packet;
    }
  /** Taken by a relay, which opens connections of its own. */
  | { readonly kind: 'relayed'; readonly relay: Relay; readonly packet: Packet }
  /** Past a NAT gateway. */
  | { readonly kind: 'translated'; readonly nat: Nat; readonly packet: Packet }
  /** About to be sent by an interface of a relay, past its groups. */
  | { readonly kind: 'opened'; readonly interface: Interface; readonly packet: Packet }
  /** Handed over by a relay at an interface, past everything. */
  | { readonly kind: 'handed'; readonly interface: Interface; readonly packet: Packet }
  | { readonly kind: 'arrived'; readonly place: Place; readonly packet: Packet }
  /** A reply back at the NAT gateway that translated its request. */
  | { readonly kind: 'returned'; readonly nat: Nat; readonly packet: Packet }
  /** Where a route leads whose target is hidden: perhaps to anything. */
  | { readonly kind: 'anywhere'; readonly packet: Packet };

/** What keeps state of a connection, and so must see its replies. */
export type Box = Inspection | Interface;

/** What a reply must undo or pass again. */
export type Event =
  | { readonly kind: 'sent'; readonly from: Place; readonly packet: Packet }
  | { readonly kind: 'passed'; readonly box: Box }
  | { readonly kind: 'translated'; readonly nat: Nat; readonly before: Packet; readonly after: Packet }
  | { readonly kind: 'relayed'; readonly relay: Relay; readonly entry: RelayEntry; readonly before: Packet }
  | {
      readonly kind: 'opened';
      readonly relay: Relay;
      readonly exit: RelayExit;
      readonly after: Packet;
      /** Whether it goes on with the source of the client. */
      readonly keepsSource: boolean;
    }
  | { readonly kind: 'left'; readonly by: Way; readonly packet: Packet };

/** How a packet left the network, by which its reply comes back. */
export type Way =
  | { readonly kind: 'door'; readonly door: Door }
  | { readonly kind: 'attachment'; readonly attachment: TransitAttachment }
  | { readonly kind: 'peering'; readonly peering: Peering }
  | { readonly kind: 'route'; readonly subnet: Subnet };

/** The packet on one of the ways that it may take from a position. */
export interface Branch {
  readonly packet: Packet;
  readonly hops: readonly Hop[];
  readonly events: readonly Event[];
  readonly doubts: Doubts;
  /** How many of the boxes of the request a reply has passed. */
  readonly passed: number;
  /** Where it has been, as the search tells positions apart. */
  readonly path: readonly string[];
}

export interface Step {
  readonly position: Position;
  readonly branch: Branch;
}

/** Where a branch ends, and what hides whether it does. */
export interface End {
  readonly at: Origin;
  readonly reason: string;
  readonly by: Origin | null;
  readonly hops: readonly Hop[];
  readonly doubts: Doubts;
}

/** How the replies of a connection differ: what keeps state lets them pass, and nothing else may see them. */
export interface ReplyRules {
  /** In the order in which the reply must pass them. */
  readonly boxes: readonly Box[];
  /** The NAT gateway that waits for the reply. */
  readonly nat: Nat | null;
}

export interface Terms {
  readonly parts: Parts;
  readonly model: 'may' | 'must';
  readonly without: Removal;
  /** Addresses of the places that the packet shall reach: a relay tries them first. */
  readonly likely: readonly Addresses[];
  /** Destinations that it shall have there; null for all. */
  readonly wanted: Addresses | null;
  /** Whether packets that are alike but have come by other ways are told apart, because their replies may differ. */
  readonly remembers: boolean;
  /** Whether a packet that leaves a subnet may arrive at all; a relay opens no others. */
  readonly leads: (subnet: Subnet, packet: Packet) => boolean;
  /** Null for what is not a reply. */
  readonly reply: ReplyRules | null;
}

/** Where and why a branch goes no further. */
interface Stop {
  readonly at: Origin;
  readonly reason: string;
  readonly by?: Origin | null;
}

interface Pass {
  readonly at: Origin;
  readonly what: string;
  readonly by?: Origin | null;
}

/** Why a reply is dropped by what keeps state and has none of its connection. */
export const UNSEEN = 'has not seen the request (asymmetric routing)';

/** Collects what becomes of a packet at one position: the steps that it may take, and the ends of its ways. */
export class Junction {
  readonly terms: Terms;
  readonly steps: Step[] = [];
  readonly ends: End[] = [];
  /** Further steps, too many to take before others. */
  more: Iterator<Step, void> | null = null;

  constructor(terms: Terms) {
    this.terms = terms;
  }

  get parts(): Parts {
    return this.terms.parts;
  }

  go(position: Position, branch: Branch): void {
    this.steps.push({ position, branch });
  }

  end({ hops, doubts }: Branch, { at, reason, by = null }: Stop): void {
    this.ends.push({ at, reason, by, hops, doubts });
  }

  /** The branch if it goes on; null when it does not, with nothing said. */
  when(branch: Branch, verdict: Verdict): Branch | null {
    if (verdict.kind === 'yes') return branch;
    if (verdict.kind !== 'perhaps' || this.terms.model === 'must') return null;
    return { ...branch, doubts: [...branch.doubts, ...verdict.doubts] };
  }

  /** The branch if it goes on; otherwise null, and the reason is kept. */
  pass(branch: Branch, verdict: Verdict, stop: Stop): Branch | null {
    const next = this.when(branch, verdict);
    if (next !== null) return next;
    if (verdict.kind === 'perhaps') this.#endInDoubt(branch, stop.at, verdict.doubts);
    else this.end(branch, stop);
    return null;
  }

  /** The branch both ways: where something is so, and where it is not. */
  split(branch: Branch, verdict: Verdict, at: Origin): { readonly yes: Branch | null; readonly no: Branch | null } {
    if (verdict.kind === 'perhaps' && this.terms.model === 'must') this.#endInDoubt(branch, at, verdict.doubts);
    return { yes: this.when(branch, verdict), no: this.when(branch, not(verdict)) };
  }

  /** The branch past a list or groups, with the hop that says by what rule. */
  filter(branch: Branch, filtering: Filtering, at: Origin): Branch | null {
    const next = this.pass(branch, filtering.verdict, { at, ...filtering.denied });
    if (next === null || filtering.pass === null) return next;
    return hop(next, { at, ...filtering.pass });
  }

  /** The branch past what may not be there at all. */
  exists(branch: Branch, { origin, doubts }: { readonly origin: Origin; readonly doubts: Doubts }): Branch | null {
    return this.pass(branch, unless(doubts), { at: origin, reason: 'is not there' });
  }

  /** The branch past what the question may have taken out of the network. */
  stays(
    branch: Branch,
    { origin, owner }: { readonly origin: Origin; readonly owner: Resource | null },
  ): Branch | null {
    if (owner === null) return branch;
    const { certain, doubtful } = this.terms.without;
    const verdict = certain.has(owner) ? NO : unless(doubtful.get(owner) ?? []);
    return this.pass(branch, verdict, { at: origin, reason: 'is an approved gateway, which the question takes out' });
  }

  /** Through something that keeps state; a reply passes what its request has passed, in the other order, and nothing else. */
  through(branch: Branch, box: Box): Branch | null {
    const { reply } = this.terms;
    if (reply === null) return { ...branch, events: [...branch.events, { kind: 'passed', box }] };
    if (reply.boxes[branch.passed] === box) return { ...branch, passed: branch.passed + 1 };
    this.end(branch, { at: box.origin, reason: UNSEEN });
    return null;
  }

  #endInDoubt(branch: Branch, at: Origin, doubts: Doubts): void {
    const names = [...new Set(doubts.map(describeHidden))];
    this.ends.push({
      at,
      reason: `it depends on ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`,
      by: null,
      hops: branch.hops,
      doubts: [...branch.doubts, ...doubts],
    });
  }
}

export function hop(branch: Branch, { at, what, by = null }: Pass): Branch {
  // Not spread and added to, which leaves room for many more in each of the thousands of ways that are kept.
  return { ...branch, hops: branch.hops.concat({ at, what, by, packet: branch.packet }) };
}

export function withEvent(branch: Branch, event: Event): Branch {
  return { ...branch, events: [...branch.events, event] };
}
