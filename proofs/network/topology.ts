import type { AddressRange } from '../../model/aws/cidr.ts';
import type { Path, Resource } from '../../model/resource.ts';
import type { Hidden } from '../../model/value.ts';

/**
 * The network of an estate in the terms of AWS: all that a packet can meet, joined across stacks. Nothing is decided here
 * but what the input says; what it hides stays as doubts, which a proof of absence reads as "it may be so" and a witness as "it may not".
 */
export interface Topology {
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly interfaces: readonly Interface[];
  readonly doors: readonly Door[];
  readonly nats: readonly Nat[];
  readonly inspections: readonly Inspection[];
  readonly transitGateways: readonly TransitGateway[];
  readonly attachments: readonly TransitAttachment[];
  readonly peerings: readonly Peering[];
  readonly relays: readonly Relay[];
  readonly outsides: readonly Outside[];
  /** Compute that runs in a network of AWS, outside any VPC. */
  readonly managed: readonly Managed[];
  /** What can carry traffic and is not modelled: with one of them, nothing about the estate is proved. */
  readonly unmodelled: readonly Unmodelled[];
}

/** What hides whether something is so. Empty: it is certain. Not empty: it may be so, or not. */
export type Doubts = readonly Hidden[];

/** What a hop, a reason or a picture names. */
export interface Origin {
  /** As people read it: `aws_subnet.data`, `the main route table of aws_vpc.ledger`. */
  readonly name: string;
  /** Null for what AWS adds by itself. */
  readonly resource: Resource | null;
  /** The part of the resource, such as one of its inline routes. */
  readonly path: Path;
}

interface Thing {
  readonly origin: Origin;
  /** Whether it exists at all. */
  readonly doubts: Doubts;
}

/** A choice of the input: of several, or of one with doubts, any may hold. Exactly one without doubts is certain. */
export interface Choice<Item> {
  readonly item: Item;
  readonly doubts: Doubts;
}

/** Yes or no; with doubts, perhaps the other. */
export interface Truth {
  readonly holds: boolean;
  readonly doubts: Doubts;
}

/**
 * A block of addresses, or one address, whose numbers only AWS knows: of an interface without a fixed address, a
 * generated IPv6 block, a managed prefix list. Two unknowns share no address unless one is the other's parent.
 */
export interface Unknown {
  readonly name: string;
  readonly family: 4 | 6;
  /** Block that it is a part of and that is itself unknown. */
  readonly parent: Unknown | null;
  /** Known addresses within which it lies: the subnet's CIDR, or the whole family. */
  readonly within: AddressRange;
  /** Prefix length for the choice of routes: 32 or 128 for one address; the shortest that it may have for a block. */
  readonly length: number;
}

/** A set of addresses. */
export interface Addresses {
  readonly ranges: readonly AddressRange[];
  readonly unknowns: readonly Unknown[];
  /** Set when any other address may belong to it as well. */
  readonly doubts: Doubts;
}

/**
 * Protocol and destination port on one axis: `protocol * 65536 + port`, for ICMP `protocol * 65536 + type * 256 + code`,
 * for other protocols all of their 65536. From 0 to 2^24 - 1; both ends included.
 */
export interface ServiceRange {
  readonly first: number;
  readonly last: number;
}

export interface Services {
  readonly ranges: readonly ServiceRange[];
  /** Set when any other service may belong to it as well. */
  readonly doubts: Doubts;
}

export interface Vpc extends Thing {
  readonly region: string | null;
  /** Every CIDR block, secondary ones and IPv6 included. */
  readonly addresses: Addresses;
}

export interface Subnet extends Thing {
  readonly vpc: Vpc;
  readonly addresses: Addresses;
  readonly zone: Zone;
  readonly tables: readonly Choice<RouteTable>[];
  readonly acls: readonly Choice<NetworkAcl>[];
  /** Whether VPC Block Public Access stops what comes in from the Internet, and what goes out to it. */
  readonly blocksIngress: Truth;
  readonly blocksEgress: Truth;
}

/** Two subnets with the same name are in one zone, with different names in two. */
export type Zone =
  { readonly kind: 'known'; readonly name: string } | { readonly kind: 'hidden'; readonly doubts: Doubts };

/** A table of a VPC: of subnets, or (edge-associated) of a door. */
export interface RouteTable extends Thing {
  readonly routes: readonly Route[];
  /** What may add routes of any destination and target. */
  readonly open: Doubts;
}

export interface Route extends Thing {
  readonly destination: Destination;
  /** For equal prefixes: `local` and `static` beat `prefix-list`, which beats `propagated`. */
  readonly precedence: 'local' | 'static' | 'prefix-list' | 'propagated';
  readonly target: Target;
}

/** One prefix, so that the longest can be chosen; `any` when nothing is known of it. */
export type Destination =
  | { readonly kind: 'range'; readonly range: AddressRange }
  | { readonly kind: 'unknown'; readonly unknown: Unknown }
  | { readonly kind: 'any'; readonly doubts: Doubts };

/** The next hop of a VPC route. */
export type Target =
  | { readonly kind: 'local' }
  | { readonly kind: 'door'; readonly door: Door }
  | { readonly kind: 'nat'; readonly nat: Nat }
  | { readonly kind: 'interface'; readonly interface: Interface }
  | { readonly kind: 'inspection'; readonly inspection: Inspection }
  | { readonly kind: 'transit'; readonly gateway: TransitGateway }
  | { readonly kind: 'peering'; readonly peering: Peering }
  /** Straight to something outside: a gateway endpoint's service, a core network that is not seen. */
  | { readonly kind: 'outside'; readonly outside: Outside }
  | { readonly kind: 'blackhole' }
  /** The input hides it: it may be anything. */
  | { readonly kind: 'hidden'; readonly doubts: Doubts };

export interface NetworkAcl extends Thing {
  /** In the order of their numbers; the first that matches decides, and none matching denies. */
  readonly ingress: readonly AclRule[];
  readonly egress: readonly AclRule[];
  /** What may add rules of any number. */
  readonly open: Doubts;
}

export interface AclRule extends Thing {
  readonly number: number;
  readonly allows: boolean;
  /** Source of ingress, destination of egress. */
  readonly addresses: Addresses;
  readonly services: Services;
}

export interface SecurityGroup extends Thing {
  readonly ingress: readonly SecurityRule[];
  readonly egress: readonly SecurityRule[];
  /** What may add rules that allow anything. */
  readonly open: Doubts;
}

export interface SecurityRule extends Thing {
  /** Source of ingress, destination of egress: addresses, or the interfaces that carry a group. */
  readonly peer:
    | { readonly kind: 'addresses'; readonly addresses: Addresses }
    | { readonly kind: 'group'; readonly group: SecurityGroup };
  readonly services: Services;
}

/** An elastic network interface, or all the alike ones of a fleet, with what stands behind it. */
export interface Interface extends Thing {
  readonly subnet: Subnet;
  readonly addresses: Addresses;
  /** Union of all; none when `allowsAll`. */
  readonly groups: readonly Choice<SecurityGroup>[];
  /** No security group filters it: a network load balancer without one, a NAT gateway, an endpoint of a firewall. */
  readonly allowsAll: boolean;
  /** Forwards packets of others, because its source/destination check is off. */
  readonly forwards: Truth;
  /** Has a public IPv4 address, so that an Internet gateway serves it in both directions. IPv6 needs none. */
  readonly isPublic: Truth;
  /** What it belongs to: the instance, balancer, endpoint. A policy declares gateways by it. */
  readonly owner: Resource | null;
}

/** A way between a VPC and something outside: the gateways that are attached to a VPC. */
export interface Door extends Thing {
  readonly kind: 'internet' | 'egress-only' | 'carrier' | 'vpn' | 'local';
  readonly vpc: Vpc;
  readonly outside: Outside;
  /** Edge association: routes of what comes in. None: the VPC's local route alone. */
  readonly tables: readonly Choice<RouteTable>[];
  /** Destinations that it forwards outside; doubts when it learns more by BGP. */
  readonly forwards: Addresses;
}

export interface Nat extends Thing {
  /** Zonal: its subnet, by whose list and table translated packets go on. Regional: null, straight to the Internet. */
  readonly subnet: Subnet | null;
  readonly vpc: Vpc;
  /** Without doubts and false: private, which never reaches an Internet gateway. */
  readonly isPublic: Truth;
  /** Own private addresses, which the translated packets have as source. */
  readonly addresses: Addresses;
}

/** An endpoint of a firewall or of a gateway load balancer: packets come back at it, and its subnet's table applies. */
export interface Inspection extends Thing {
  readonly kind: 'network-firewall' | 'gateway-load-balancer';
  /** Null for a firewall attached to a transit gateway. */
  readonly subnet: Subnet | null;
  /** The firewall, or the gateway load balancer. A policy declares gateways by it. */
  readonly owner: Resource | null;
}

export interface TransitGateway extends Thing {
  readonly region: string | null;
}

export interface TransitTable extends Thing {
  readonly gateway: TransitGateway;
  readonly routes: readonly TransitRoute[];
  readonly open: Doubts;
}

export interface TransitRoute extends Thing {
  readonly destination: Destination;
  /** Smaller wins among equal prefixes: 0 static, 1 prefix list, 2 VPC, 3 Direct Connect, 4 Connect, 5 VPN, 6 peering. */
  readonly rank: number;
  readonly target:
    | { readonly kind: 'attachment'; readonly attachment: TransitAttachment }
    | { readonly kind: 'blackhole' }
    | { readonly kind: 'hidden'; readonly doubts: Doubts };
}

/** One side of a connection to a transit gateway. A peering is two attachments, one at each gateway. */
export interface TransitAttachment extends Thing {
  readonly gateway: TransitGateway;
  /** Table that decides for what comes in by it. None: it is dropped. */
  readonly tables: readonly Choice<TransitTable>[];
  readonly end:
    | {
        readonly kind: 'vpc';
        readonly vpc: Vpc;
        readonly subnets: readonly Choice<Subnet>[];
        /** On: both directions of a connection use one zone, chosen among all. Off: the zone of the sender, if attached. */
        readonly applianceMode: Truth;
      }
    /** `other` is the attachment at the other gateway; what leaves by one comes in by the other. */
    | { readonly kind: 'peering'; readonly other: TransitAttachment }
    | { readonly kind: 'inspection'; readonly inspection: Inspection }
    | { readonly kind: 'outside'; readonly outside: Outside };
}

/** A VPC peering connection. Not transitive: it delivers to the other VPC's own addresses and nowhere else. */
export interface Peering extends Thing {
  readonly sides: readonly [Vpc | Outside, Vpc | Outside];
}

export type RelayKind =
  | 'load-balancer'
  | 'interface-endpoint'
  | 'endpoint-service'
  | 'verified-access'
  | 'client-vpn'
  | 'instance-connect'
  | 'accelerator'
  | 'cdn-origin'
  | 'lattice'
  | 'mirror'
  | 'dns'
  | 'other';

/**
 * Takes connections (or copies packets) at one place and opens its own at another, past routes, lists and groups in
 * between: what comes in at any of `from` may go on at any of `to`.
 */
export interface Relay extends Thing {
  readonly kind: RelayKind;
  readonly from: readonly RelayEntry[];
  readonly to: readonly RelayExit[];
  /** What a policy declares as the gateway: the Verified Access instance, the Client VPN endpoint, the balancer. */
  readonly owner: Resource | null;
}

export type RelayEntry =
  /** What is delivered to an interface, on some services. */
  | { readonly kind: 'interface'; readonly interface: Interface; readonly services: Services }
  | { readonly kind: 'outside'; readonly outside: Outside; readonly services: Services }
  /** From any host of a VPC, whatever its routes and groups: its resolver, its Lattice association. */
  | { readonly kind: 'vpc'; readonly vpc: Vpc; readonly services: Services };

export type RelayExit =
  /** Sends on from an interface (its groups, its subnet's list and table apply) to some addresses. */
  | {
      readonly kind: 'interface';
      readonly interface: Interface;
      readonly destinations: Addresses;
      readonly services: Services;
      /**
       * Whether the packet that goes on keeps the source of the one that came in, if both are of one family. Otherwise it
       * has an address of the interface.
       */
      readonly keepsSource: Truth;
    }
  /** Delivers at an interface, whatever stands between: a Lattice target, a mirror target. */
  | { readonly kind: 'delivery'; readonly interface: Interface; readonly services: Services }
  | { readonly kind: 'outside'; readonly outside: Outside };

/** Something beyond the estate that sends packets, takes them, or both. */
export interface Outside {
  readonly kind: 'internet' | 'on-premises' | 'foreign-network' | 'service' | 'foreign-service';
  /** `the Internet`, `s3 in eu-west-1`, `the network behind aws_customer_gateway.partner`. */
  readonly name: string;
  readonly origin: Origin | null;
  /** Addresses that it may have; everything for the Internet. */
  readonly addresses: Addresses;
  /** Region of a service; null for what has none. */
  readonly region: string | null;
}

export interface Managed extends Thing {
  readonly outside: Outside;
  /** `out`: it can call the Internet; `in`: the Internet can call it. */
  readonly directions: readonly ('in' | 'out')[];
}

export interface Unmodelled {
  readonly resource: Resource;
  /** A clause: `carries traffic by routes that only its BGP peers know`. */
  readonly reason: string;
}
