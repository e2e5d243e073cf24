import type { Addresses, Choice, Destination, Doubts, NetworkAcl, SecurityGroup, Services, Vpc } from '../topology.ts';

/** A condition on the packets that take an edge, in the words of the network: the engine and the checker read it each in their own way. */
export type Term =
  | AddressTerm
  | { readonly kind: 'family'; readonly family: 4 | 6 }
  | { readonly kind: 'services'; readonly services: Services }
  /** A network ACL as it filters by its side: sources of what comes in, destinations of what goes out. */
  | { readonly kind: 'acl'; readonly acl: NetworkAcl; readonly direction: Direction }
  /** Any of the security groups. */
  | {
      readonly kind: 'groups';
      readonly groups: readonly Choice<SecurityGroup>[];
      readonly direction: Direction;
      /** Where their rules apply: those that name a group certainly mean its members in this VPC alone. */
      readonly vpc: Vpc;
    }
  /** What a table sends to one of its targets. */
  | { readonly kind: 'lookup'; readonly table: Lookup; readonly target: string };

export type Direction = 'ingress' | 'egress';

/** An address of the packet is, or is not, in one of several sets; packets of another family than `family` pass. */
export interface AddressTerm {
  readonly kind: 'address';
  readonly side: 'source' | 'destination';
  readonly family: 4 | 6 | null;
  readonly among: readonly Choice<Addresses>[];
  readonly isNegated: boolean;
}

/** A route table of a VPC or of a transit gateway, as the choice of the longest prefix needs it. */
export interface Lookup {
  readonly entries: readonly LookupEntry[];
  /** What may add routes of any destination, target and precedence. */
  readonly open: Doubts;
}

export interface LookupEntry {
  readonly destination: Destination;
  /** Smaller wins among equal prefixes. */
  readonly rank: number;
  /** A propagated route loses against a local one, however long its prefix. */
  readonly kind: 'local' | 'propagated' | 'other';
  /** Entries of one target lead the same way. */
  readonly target: string;
  readonly doubts: Doubts;
}

/** What becomes of the packet on an edge. */
export type Change =
  | 'none'
  /** It goes on with any source of IPv4; the next edge says which. */
  | 'any-source'
  /** From IPv6 under 64:ff9b::/96 to the IPv4 destination that it embeds, with any source. */
  | 'to-ipv4'
  /** It goes on with its source, to any destination of the family on any service; the next edge says which. */
  | 'other-destination'
  /** Another packet goes on, of either family; the next edge says which. */
  | 'any-packet';

export const EVERY_ADDRESS: Addresses = {
  ranges: [
    { family: 4, first: 0n, last: (1n << 32n) - 1n },
    { family: 6, first: 0n, last: (1n << 128n) - 1n },
  ],
  unknowns: [],
  doubts: [],
};

/** 64:ff9b::/96, under which NAT64 writes the addresses of IPv4. */
export const NAT64: Addresses = {
  ranges: [{ family: 6, first: 0x64ff9bn << 96n, last: (0x64ff9bn << 96n) | 0xffff_ffffn }],
  unknowns: [],
  doubts: [],
};
