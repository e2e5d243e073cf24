import type { Resource } from '../../../model/resource.ts';
import type { Place } from '../question.ts';
import type { Addresses, Choice, Doubts, Origin, SecurityGroup, Subnet, Topology, Vpc } from '../topology.ts';
import type { Change, Term } from './term.ts';

/** A point that packets pass. */
export interface FlowNode {
  /** Unique, and the same for the same input. */
  readonly name: string;
  readonly origin: Origin | null;
  readonly doubts: Doubts;
  /** Gateway whose removal takes the node away. */
  readonly owner: Resource | null;
}

/** A way from one point to the next, for the packets that meet every term. */
export interface FlowEdge {
  readonly from: number;
  readonly to: number;
  readonly terms: readonly Term[];
  readonly change: Change;
  /** What hides whether there is this way at all. */
  readonly doubts: Doubts;
  /** The route, association or attachment that makes it. */
  readonly origin: Origin | null;
}

/** Addresses that carry a group. */
export interface Member extends Choice<Addresses> {
  /** Where they carry it. Rules in other VPCs that name the group may mean them, or not. */
  readonly vpc: Vpc;
}

/** The network as points and ways between them: every question is about sets of packets over it. */
export interface FlowGraph {
  readonly topology: Topology;
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  /** Indices of edges, by the node that they leave and by the one that they reach. */
  readonly out: readonly (readonly number[])[];
  readonly in: readonly (readonly number[])[];
  /** Where packets of a place start, and where they arrive. */
  starts(place: Place): number | null;
  ends(place: Place): readonly number[];
  /** Where packets are that something in a subnet has sent, past groups. */
  leaves(subnet: Subnet): number | null;
  /** Addresses of the interfaces that carry a group, and of the clients of balancers that do. */
  readonly members: ReadonlyMap<SecurityGroup, readonly Member[]>;
  /** Where routes lead whose target the input hides: perhaps to anything. Null when there are none. */
  readonly hidden: number | null;
}
