import type { ResourceClass } from '../model/aws/resource-class.ts';
import type { SourceLocation } from '../model/source.ts';

/** What `enclave.yaml` says, validated. Every part keeps its place in the file for messages (`locate`). */
export interface Policy {
  readonly version: 1;
  readonly name: string;
  readonly description: string;
  /** AWS partition of everything: `aws`, `aws-eusc`. */
  readonly partition: string;
  readonly jurisdiction: Jurisdiction;
  readonly sites: readonly Site[];
  readonly stacks: readonly ExpectedStack[];
  readonly dataClasses: readonly DataClass[];
  readonly tags: { readonly dataClass: string; readonly site: string; readonly tier: string };
  readonly tiers: readonly Tier[];
  readonly globalServices: readonly GlobalService[];
  readonly keys: KeyRules;
  readonly network: NetworkRules;
  readonly gateways: readonly Gateway[];
  readonly tls: TlsRules;
  readonly state: StateRules;
  readonly monitor: Monitor | null;
  readonly evidence: readonly Evidence[];
  readonly gate: GateRules;
  /** Resource types that someone classified, with the reason; said against the tables, it wins. */
  readonly resourceTypes: readonly ClassifiedType[];
  readonly exceptions: readonly Exception[];
  /** Where a part stands in the policy file, by JSON pointer (`/sites/0/region`). */
  locate(pointer: string): SourceLocation;
}

export interface Jurisdiction {
  /** A named set of `model/aws/jurisdictions.ts` (`EU`, `EEA`, `EEA+UK`, `EEA+UK+CH`) that bounds the countries. */
  readonly set: string;
  readonly source: string;
  readonly countries: readonly AllowedCountry[];
}

/** ISO 3166-1 alpha-2 country in which data may be, and why that is lawful until when. */
export interface AllowedCountry {
  readonly country: string;
  readonly legalBasis: string;
  readonly decision: string;
  /** ISO dates, inclusive; `expires` null for none. */
  readonly since: string;
  readonly expires: string | null;
}

export const SITE_ROLES = ['data-centre', 'monitor', 'transitional'] as const;
export type SiteRole = (typeof SITE_ROLES)[number];

/** A data centre of the enclave, or another place that the policy names and judges like one. */
export interface Site {
  readonly id: string;
  readonly name: string;
  readonly role: SiteRole;
  /** Country in which its data rests. */
  readonly country: string;
  readonly region: string;
  readonly account: string;
  /** AZ ids (`euw1-az1`); empty when the site is an Outpost only. */
  readonly zoneIds: readonly string[];
  /** ARNs of the Outposts that are the site; empty for a Region site. */
  readonly outposts: readonly string[];
  /** Places of the site outside its country, and the only data classes that may rest there. */
  readonly supportingPlaces: readonly SupportingPlace[];
}

export interface SupportingPlace {
  readonly region: string;
  readonly country: string;
  readonly dataClasses: readonly string[];
  readonly reason: string;
}

/** A stack that the estate must contain. A link between sites names several. */
export interface ExpectedStack {
  readonly name: string;
  readonly sites: readonly string[];
  /** The stack exists only while it is switched on; its absence is no failure. */
  readonly isOptional: boolean;
}

export interface DataClass {
  readonly id: string;
  readonly description: string;
  /** Personal data that must never leave its site's country. */
  readonly isRestricted: boolean;
}

/** A network tier by the value of the tier tag. */
export interface Tier {
  readonly id: string;
  /** `enclave`: no direct path outside. `gateway`: may hold gateways, their NAT and front doors. */
  readonly exposure: 'enclave' | 'gateway';
}

export interface GlobalService {
  /** A resource type or a prefix ending in `*`: `aws_iam_*`. */
  readonly resourceType: string;
  readonly reason: string;
  /** What its global control plane learns: `role names and policies`. */
  readonly metadataExposure: string;
}

export interface KeyRules {
  /** Keys must be customer-managed KMS keys of the estate; literal ARNs that are also allowed. */
  readonly register: readonly RegisteredKey[];
  readonly maximumRotationDays: number;
  /** Days that must pass between the order to delete a key and its deletion. */
  readonly minimumDeletionDays: number;
  /** Pairs of sites whose resources may use the other's keys, with the reason. */
  readonly sharing: readonly { readonly key: string; readonly sites: readonly string[]; readonly reason: string }[];
  /** Data whose keys AWS alone may not hold, by site, and who may. */
  readonly custody: readonly CustodyRule[];
  /** Data classes whose buckets must refuse objects under any key but their own. */
  readonly uploads: readonly string[];
}

export type KeyHolder = 'cloudhsm' | 'external' | 'imported';

export interface CustodyRule {
  readonly site: string;
  readonly dataClasses: readonly string[];
  readonly holders: readonly KeyHolder[];
  readonly reason: string;
}

export interface RegisteredKey {
  readonly arn: string;
  readonly site: string;
  readonly owner: string;
  readonly reason: string;
}

export interface NetworkRules {
  /** CIDRs, prefix list ids or service prefix lists that security groups may open to, with the reason. */
  readonly approvedPeers: readonly { readonly peer: string; readonly reason: string }[];
  /** Approved exclusions of VPC Block Public Access, by resource address pattern of the excluded VPC or subnet. */
  readonly publicAccessExclusions: readonly {
    readonly stack: string;
    readonly address: string;
    readonly mode: string;
    readonly reason: string;
  }[];
  /** Public addresses that may exist: those of gateways. */
  readonly publicAddresses: readonly { readonly stack: string; readonly address: string; readonly reason: string }[];
  /** AWS organisation of the estate's accounts (`o-…`); null when the policy names none. */
  readonly organisation: string | null;
  readonly outside: readonly OutsideNetwork[];
  readonly flows: readonly DeclaredFlow[];
  /** Pairs of sites whose networks may be linked. */
  readonly links: readonly { readonly sites: readonly string[]; readonly reason: string }[];
  /** Accounts, organisations and services outside the estate that parts of it may be shared with. */
  readonly principals: readonly { readonly principal: string; readonly reason: string }[];
  /** Endpoint services of others that interface endpoints may lead to. */
  readonly endpointServices: readonly { readonly service: string; readonly reason: string }[];
  /** Pairs of tiers between which every packet passes a gateway, within a site too. */
  readonly separatedTiers: readonly { readonly tiers: readonly string[]; readonly reason: string }[];
  /** Ports that only the employee-access gateway may reach. */
  readonly adminPorts: readonly number[];
}

export const OUTSIDE_KINDS = ['internet', 'on-premises', 'partner', 'monitor'] as const;

/** A network outside the enclave with which it exchanges packets, through a gateway. */
export interface OutsideNetwork {
  readonly id: string;
  readonly kind: (typeof OUTSIDE_KINDS)[number];
  readonly cidrs: readonly string[];
  /** As domain lists of gateways write them: `.example.com`. */
  readonly domains: readonly string[];
  /** Public addresses at which its VPN connections end. */
  readonly customerGateways: readonly string[];
  /** Direct Connect locations at which its lines end. */
  readonly locations: readonly { readonly code: string; readonly country: string }[];
  readonly reason: string;
}

export const FLOW_PROTOCOLS = ['tcp', 'udp', 'icmp', 'icmpv6'] as const;

/** A connection that must work, replies included. */
export interface DeclaredFlow {
  readonly id: string;
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  readonly protocol: (typeof FLOW_PROTOCOLS)[number];
  /** Destination port; null for ICMP. */
  readonly port: number | null;
  readonly reason: string;
}

/** Written `site/tier`, or as the id of a network outside. */
export type FlowEnd =
  | { readonly kind: 'tier'; readonly site: string; readonly tier: string }
  | { readonly kind: 'outside'; readonly network: string };

export const GATEWAY_KINDS = ['network-firewall', 'appliance', 'verified-access', 'client-vpn'] as const;

/** An approved inspection point of a site. */
export interface Gateway {
  readonly id: string;
  readonly site: string;
  readonly purpose: 'data-transmission' | 'employee-access';
  readonly kind: (typeof GATEWAY_KINDS)[number];
  readonly stack: string;
  readonly address: string;
  /** Machine image that an appliance must run, because someone inspected it; null when none is registered. */
  readonly image: string | null;
  /** The registered decision not to inspect TLS; null when inspection is required. */
  readonly tlsWaiver: string | null;
}

export interface TlsRules {
  /** Names of accepted security policies: `ELBSecurityPolicy-TLS13-1-2-2021-06`. */
  readonly securityPolicies: readonly string[];
  /** Whether accepted policies must offer no cipher without ephemeral keys. */
  readonly forwardSecrecy: boolean;
  /** Endpoints that take only clients with a certificate. */
  readonly clientCertificates: readonly ClientCertificateEndpoint[];
  /** Who may issue the certificates of the enclave; null where the policy leaves it open. */
  readonly authorities: readonly string[] | null;
}

export type ClientCertificateEndpoint = 'load-balancers' | 'apis' | 'brokers';

export interface StateRules {
  readonly backends: readonly string[];
}

export interface Monitor {
  readonly site: string;
  readonly firm: string;
  readonly account: string;
  /** Names (or ARNs) of the archive buckets that gateway logs must reach. */
  readonly archives: readonly string[];
}

/** A fact that Terraform cannot show, attested by someone, for a while. */
export interface Evidence {
  readonly id: string;
  readonly kind:
    | 'outpost-country'
    | 'key-rotation'
    | 'appliance'
    | 'image-root-device'
    | 'request-encryption'
    | 'key-custody'
    | 'network-encryption';
  /** ARN, `stack:address` or gateway id that the fact is about. */
  readonly subject: string;
  /** The fact; for `outpost-country` and `key-custody` the ISO 3166-1 alpha-2 code. */
  readonly states: string;
  readonly issuer: string;
  readonly issued: string;
  readonly expires: string;
  readonly document: string;
  /** Ed25519 public key (SPKI, Base64) of who must have signed a statement of the fact; absent where none is asked for. */
  readonly key?: string;
}

/** What a signed statement says of a fact. Its signature is that of the key. */
export interface Attestation extends Omit<Evidence, 'id' | 'document' | 'key'> {
  readonly key: string;
}

export interface GateRules {
  /** Severities at which an unproven finding blocks a change (exit 3); at `apply` high and critical always do. */
  readonly unprovenBlocksChange: readonly ('low' | 'medium' | 'high' | 'critical')[];
  /** Longest duration of an exception of a kind that the next key does not name. */
  readonly maximumExceptionDays: number;
  /** Longest durations by the severity of the control, or for a whole stack. */
  readonly maximumExceptionDaysFor: ExceptionDays;
  /** Ids of controls that nobody may except, beside those that the tool never lets be excepted. */
  readonly neverExcepted: readonly string[];
}

export type ExceptionDays = { readonly [kind in ExceptionKind]?: number };

export type ExceptionKind = 'low' | 'medium' | 'high' | 'critical' | 'stack';

export interface ClassifiedType {
  readonly type: string;
  readonly scope: 'regional' | 'global';
  /** What it does with data; empty where the policy does not say. */
  readonly classes: readonly ResourceClass[];
  readonly reason: string;
}

/** An approved, scoped, expiring permission to fail. */
export interface Exception {
  readonly id: string;
  readonly control: string;
  readonly stack: string;
  /** Exact address of the subject, or `*` for the whole stack where the control and the site allow it. */
  readonly address: string;
  /** Of the failure that was approved; null for a whole stack. */
  readonly fingerprint: string | null;
  readonly reason: string;
  readonly owner: string;
  readonly approver: string;
  readonly ticket: string;
  readonly compensatingControls: readonly string[];
  /** First and last day on which it applies. */
  readonly created: string;
  readonly expires: string;
  readonly location: SourceLocation;
}
