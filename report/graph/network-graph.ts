import type { SourceLocation } from '../../model/source.ts';

/** The network as it is drawn: boxes in boxes, and lines between the innermost. Every format is made of it. */
export interface NetworkGraph {
  readonly title: string;
  /** Sites and VPCs; a group stands after the one that it is in. */
  readonly groups: readonly GraphGroup[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Ways of packets through it: those that must not be there, and the declared flows. */
  readonly ways: readonly GraphWay[];
  /** What carries traffic and is not modelled, so that the picture lacks it. */
  readonly missing: readonly string[];
}

/** Boxes in boxes and lines, as all pictures have them. */
export type Picture = Pick<NetworkGraph, 'title' | 'groups' | 'nodes' | 'edges'>;

export interface GraphGroup {
  readonly id: string;
  readonly kind: 'site' | 'elsewhere' | 'vpc';
  readonly label: string;
  readonly detail: string | null;
  readonly parent: string | null;
  readonly resource: GraphResource | null;
}

export const NODE_KINDS = [
  'tier',
  'gateway',
  'inspection',
  'door',
  'transit',
  'link',
  'relay',
  'managed',
  'outside',
  'site',
] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

/** Whether a gateway counts; `none` for what the policy declares as no gateway. */
export type GatewayStatus = 'none' | 'approved' | 'refused' | 'doubtful';

export interface GraphNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  /** What the box lists below its label, such as the subnets of a tier. */
  readonly lines: readonly string[];
  readonly parent: string | null;
  readonly status: GatewayStatus;
  /** Why a gateway is refused or doubtful. */
  readonly reasons: readonly string[];
  readonly resources: readonly GraphResource[];
}

export interface GraphResource {
  readonly stack: string;
  readonly address: string;
  readonly constructPath: string | null;
  readonly source: SourceLocation;
  readonly code: SourceLocation | null;
}

export type EdgeStatus = 'plain' | 'flow' | 'unproven' | 'fail';

/** What leads from one box to another. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** It leads back as well. */
  readonly isMutual: boolean;
  /** Destinations of routes, names of endpoints; controls and flows first. */
  readonly labels: readonly string[];
  readonly status: EdgeStatus;
}

export interface GraphWay {
  readonly kind: Exclude<EdgeStatus, 'plain'>;
  /** `GTW-001`, or the id of a flow. */
  readonly name: string;
  /** As the places are called. */
  readonly from: string;
  readonly to: string;
  readonly packet: string;
  /** Boxes that it goes through, from its start to its end. */
  readonly nodes: readonly string[];
}
