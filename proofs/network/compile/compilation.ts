import { type AddressRange, parseCidr } from '../../../model/aws/cidr.ts';
import type { Estate } from '../../../model/estate.ts';
import type { Path, Resource } from '../../../model/resource.ts';
import type { Value } from '../../../model/value.ts';
import type {
  Addresses,
  Destination,
  Doubts,
  Door,
  Inspection,
  Interface,
  Managed,
  Nat,
  NetworkAcl,
  Origin,
  Outside,
  Peering,
  Relay,
  Route,
  SecurityGroup,
  Services,
  Subnet,
  Target,
  TransitAttachment,
  TransitGateway,
  TransitTable,
  Unknown,
  Unmodelled,
  Vpc,
} from '../topology.ts';

/** A part of the network whose lists are still being filled; phases later in the compilation fill them. */
export type Draft<Part> = { -readonly [Key in keyof Part]: Part[Key] };

/** A prefix that an attachment of a transit gateway propagates, with the rank of `TransitRoute`. */
export interface Propagated {
  readonly destination: Destination;
  readonly rank: number;
  readonly doubts: Doubts;
}

export interface AddedRoute {
  /** What names the table. */
  readonly table: Value;
  /** The endpoint or association that adds the route. */
  readonly by: Resource;
  readonly route: Route;
}

/**
 * What the phases of the compilation share. Each phase is a function over it in a file of its own; `topology-of.ts` runs
 * them in order: ground (VPCs, subnets, lists, groups), hosts (interfaces), doors and connections, whatever else attaches
 * to a transit gateway, transit tables, tables, relays.
 */
export class Compilation {
  readonly estate: Estate;

  readonly vpcs = new Map<Resource, Draft<Vpc>>();
  /** VPCs that the estate only names, by what names them. */
  readonly foreignVpcs = new Map<string, Draft<Vpc>>();
  /** The security group that AWS makes with a VPC, adopted or not. */
  readonly defaultGroups = new Map<Vpc, Draft<SecurityGroup>>();
  /** The security group that a Kubernetes cluster makes for itself and its nodes. */
  readonly clusterGroups = new Map<Resource, Draft<SecurityGroup>>();
  /** Security groups that the estate only names, by what names them. */
  readonly foreignGroups = new Map<string, SecurityGroup>();
  readonly subnetsOf = new Map<Vpc, Draft<Subnet>[]>();
  readonly groupsOf = new Map<Vpc, Draft<SecurityGroup>[]>();
  readonly subnets = new Map<Resource, Draft<Subnet>>();
  readonly securityGroups = new Map<Resource, Draft<SecurityGroup>>();
  readonly acls = new Map<Resource, Draft<NetworkAcl>>();
  readonly interfaces: Draft<Interface>[] = [];
  /** Interfaces by the resource that they belong to: the instance, balancer, endpoint, `aws_network_interface`. */
  readonly interfacesOf = new Map<Resource, Draft<Interface>[]>();
  readonly doors: Draft<Door>[] = [];
  readonly nats: Draft<Nat>[] = [];
  readonly inspections: Draft<Inspection>[] = [];
  readonly transitGateways = new Map<Resource, TransitGateway>();
  /** Transit gateways that the estate only names, by what names them. */
  readonly foreignTransitGateways = new Map<string, TransitGateway>();
  readonly transitTables = new Map<Resource, Draft<TransitTable>>();
  readonly attachments: Draft<TransitAttachment>[] = [];
  /** Attachments by the resource whose id or attachment id names them: both sides of a peering, one of everything else. */
  readonly attachmentsOf = new Map<Resource, Draft<TransitAttachment>[]>();
  /** What an attachment that does not end in a VPC tells the tables it propagates to. */
  readonly propagates = new Map<TransitAttachment, readonly Propagated[]>();
  readonly peerings: Peering[] = [];
  readonly relays: Relay[] = [];
  readonly managed: Managed[] = [];
  readonly unmodelled: Unmodelled[] = [];
  /** By name, so that everything that leads to the same outside leads to one node. */
  readonly outsides = new Map<string, Outside>();
  /** What a route that names a resource leads to. Of a firewall or an interface endpoint only the subnet tells which. */
  readonly targets = new Map<Resource, Target>();
  /** Doors by their resource: a local gateway has one for each VPC, a gateway of a hidden VPC one for each candidate. */
  readonly doorsOf = new Map<Resource, Draft<Door>[]>();
  /** Endpoints by the firewall, association or endpoint that a route names. */
  readonly inspectionsOf = new Map<Resource, Draft<Inspection>[]>();
  /** Routes that something other than a table and `aws_route` puts into tables. */
  readonly addedRoutes: AddedRoute[] = [];
  /** Resources that a phase has understood, or that carry no traffic by themselves: none of them is unmodelled. */
  readonly understood = new Set<Resource>();
  readonly #ranges = new Map<string, AddressRange | null>();
  readonly #unknowns = new Map<string, Unknown>();

  constructor(estate: Estate) {
    this.estate = estate;
  }

  /** The one outside of a name; made on first use. */
  outside(name: string, make: () => Outside): Outside {
    const known = this.outsides.get(name);
    if (known !== undefined) return known;
    const made = make();
    this.outsides.set(name, made);
    return made;
  }

  /** The one unknown of a key, which every expression that means the same addresses gives. */
  unknown(key: string, make: () => Unknown): Unknown {
    const known = this.#unknowns.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#unknowns.set(key, made);
    return made;
  }

  /** The addresses of a CIDR block or of one address; null for what is neither. The same object for the same text. */
  range(text: string): AddressRange | null {
    const known = this.#ranges.get(text);
    if (known !== undefined) return known;
    const made = parseCidr(text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`);
    this.#ranges.set(text, made);
    return made;
  }

  addInterface(made: Draft<Interface>): void {
    this.interfaces.push(made);
    if (made.owner === null) return;
    const known = this.interfacesOf.get(made.owner);
    if (known === undefined) this.interfacesOf.set(made.owner, [made]);
    else known.push(made);
  }
}

export function originOf(resource: Resource, path: Path = []): Origin {
  return { name: resource.address, resource, path };
}

/** Nothing is hidden. */
export const CERTAIN: Doubts = [];

export const NO_ADDRESSES: Addresses = { ranges: [], unknowns: [], doubts: CERTAIN };

export const EVERY_SERVICE: Services = { ranges: [{ first: 0, last: 2 ** 24 - 1 }], doubts: CERTAIN };
