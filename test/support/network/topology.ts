import { type AddressRange, parseCidr } from '../../../model/aws/cidr.ts';
import { Resource } from '../../../model/resource.ts';
import { NULL, type UnknownValue, unknown } from '../../../model/value.ts';
import type { Place, Question, Removal } from '../../../proofs/network/question.ts';
import type {
  AclRule,
  Addresses,
  Choice,
  Destination,
  Door,
  Doubts,
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
  RouteTable,
  SecurityGroup,
  SecurityRule,
  ServiceRange,
  Services,
  Subnet,
  Target,
  Topology,
  TransitAttachment,
  TransitGateway,
  TransitRoute,
  TransitTable,
  Truth,
  Unknown,
  Vpc,
} from '../../../proofs/network/topology.ts';

/** Topologies made by hand: small builders whose defaults let everything pass, so that a test says only what it is about. */

export const YES: Truth = { holds: true, doubts: [] };
export const NO: Truth = { holds: false, doubts: [] };

export function doubt(expression: string): UnknownValue {
  return unknown('variable', expression, 'has no value in this run');
}

export function perhaps(expression: string): Truth {
  return { holds: false, doubts: [doubt(expression)] };
}

export function range(text: string): AddressRange {
  const suffix = text.includes('/') ? '' : text.includes(':') ? '/128' : '/32';
  const parsed = parseCidr(text + suffix);
  if (parsed === null) throw new TypeError(`no CIDR block: ${text}`);
  return parsed;
}

/** Blocks and single addresses by text, unknown ones as they are. */
export function addresses(...parts: readonly (string | Unknown)[]): Addresses {
  return {
    ranges: parts.filter((part) => typeof part === 'string').map(range),
    unknowns: parts.filter((part) => typeof part !== 'string'),
    doubts: [],
  };
}

export const EVERYWHERE = addresses('0.0.0.0/0', '::/0');

/** What the Internet has: neither private nor reserved addresses. */
const PUBLIC = addresses('1.0.0.0/8', '8.0.0.0/8', '93.0.0.0/8', '198.51.100.0/24', '203.0.113.0/24', '2000::/3');

export const tcp = (first: number, last: number = first): ServiceRange => ({
  first: 6 * 65_536 + first,
  last: 6 * 65_536 + last,
});
export const udp = (first: number, last: number = first): ServiceRange => ({
  first: 17 * 65_536 + first,
  last: 17 * 65_536 + last,
});

export function services(...ranges: readonly ServiceRange[]): Services {
  return { ranges: ranges.length === 0 ? [{ first: 0, last: 2 ** 24 - 1 }] : ranges, doubts: [] };
}

/** A resource that only has an identity: the owner of a gateway. */
export function resource(address: string): Resource {
  const [type = '', name = ''] = address.split('.');
  const location = { file: 'made-up/cdk.tf.json', line: 1, column: 1 };
  return new Resource({
    id: { stack: 'made-up', address },
    mode: 'managed',
    type,
    name,
    key: null,
    isSymbolic: false,
    constructPath: null,
    location,
    code: [],
    provider: { name: 'aws', alias: null, stack: 'made-up', body: null, location: null },
    providerMajor: 6,
    lifecycle: { preventDestroy: NULL, ignoreChanges: [], location: null },
    body: { names: [], value: () => NULL, locate: () => location },
    overrides: [],
    provisioner: null,
    change: null,
  });
}

export function origin(name: string): Origin {
  return { name, resource: null, path: [] };
}

/** Sure of an item. */
export function sure<Item>(item: Item): readonly Choice<Item>[] {
  return [{ item, doubts: [] }];
}

type Given<Part> = Partial<Omit<Part, 'origin' | 'doubts'>> & { readonly name?: string; readonly doubts?: Doubts };

/** Makes the parts of one topology and keeps them. */
export class Network {
  readonly vpcs: Vpc[] = [];
  readonly subnets: Subnet[] = [];
  readonly interfaces: Interface[] = [];
  readonly doors: Door[] = [];
  readonly nats: Nat[] = [];
  readonly inspections: Inspection[] = [];
  readonly transitGateways: TransitGateway[] = [];
  readonly attachments: TransitAttachment[] = [];
  readonly peerings: Peering[] = [];
  readonly relays: Relay[] = [];
  readonly outsides: Outside[] = [];
  readonly managed: Managed[] = [];
  /** Its name tells the parts of one network from those of another. */
  readonly #prefix: string;
  #count = 0;

  constructor(prefix: string = '') {
    this.#prefix = prefix;
  }

  #thing(
    kind: string,
    { name, doubts = [] }: { readonly name?: string; readonly doubts?: Doubts },
  ): {
    readonly origin: Origin;
    readonly doubts: Doubts;
  } {
    this.#count++;
    return { origin: origin(this.#prefix + (name ?? `${kind}-${this.#count}`)), doubts };
  }

  get topology(): Topology {
    const { vpcs, subnets, interfaces, doors, nats, inspections, transitGateways } = this;
    const { attachments, peerings, relays, outsides, managed } = this;
    return {
      vpcs,
      subnets,
      interfaces,
      doors,
      nats,
      inspections,
      transitGateways,
      attachments,
      peerings,
      relays,
      outsides,
      managed,
      unmodelled: [],
    };
  }

  vpc(cidr: string | Addresses, given: Given<Vpc> = {}): Vpc {
    const own = typeof cidr === 'string' ? addresses(cidr) : cidr;
    const made: Vpc = { region: 'eu-west-1', addresses: own, ...given, ...this.#thing('vpc', given) };
    this.vpcs.push(made);
    return made;
  }

  table(routes: readonly Route[] = [], given: Given<RouteTable> = {}): RouteTable {
    return { routes, open: [], ...given, ...this.#thing('table', given) };
  }

  /** The local routes of a VPC: one for each of its blocks. */
  locals(vpc: Vpc): readonly Route[] {
    return [
      ...vpc.addresses.ranges.map((block) => route({ kind: 'range', range: block }, { kind: 'local' }, 'local')),
      ...vpc.addresses.unknowns.map((block) => route({ kind: 'unknown', unknown: block }, { kind: 'local' }, 'local')),
    ];
  }

  /** By default with the VPC's local routes and those given, and a list that lets everything pass. */
  subnet(
    vpc: Vpc,
    cidr: string | Addresses,
    { routes = [], ...given }: Given<Subnet> & { readonly routes?: readonly Route[] } = {},
  ): Subnet {
    const made: Subnet = {
      vpc,
      addresses: typeof cidr === 'string' ? addresses(cidr) : cidr,
      zone: { kind: 'known', name: 'a' },
      tables: sure(this.table([...this.locals(vpc), ...routes])),
      acls: sure(this.acl()),
      blocksIngress: NO,
      blocksEgress: NO,
      ...given,
      ...this.#thing('subnet', given),
    };
    this.subnets.push(made);
    return made;
  }

  acl(given: Given<NetworkAcl> = {}): NetworkAcl {
    return { ingress: [rule()], egress: [rule()], open: [], ...given, ...this.#thing('acl', given) };
  }

  group(given: Given<SecurityGroup> = {}): SecurityGroup {
    return { ingress: [permit()], egress: [permit()], open: [], ...given, ...this.#thing('group', given) };
  }

  interface(subnet: Subnet, own: string | Addresses, given: Given<Interface> = {}): Interface {
    const made: Interface = {
      subnet,
      addresses: typeof own === 'string' ? addresses(own) : own,
      groups: [],
      allowsAll: given.groups === undefined,
      forwards: NO,
      isPublic: NO,
      owner: null,
      ...given,
      ...this.#thing('interface', given),
    };
    this.interfaces.push(made);
    return made;
  }

  outside(name: string, given: Partial<Omit<Outside, 'name'>> = {}): Outside {
    const made: Outside = {
      kind: 'internet',
      name: this.#prefix + name,
      origin: null,
      addresses: PUBLIC,
      region: null,
      ...given,
    };
    this.outsides.push(made);
    return made;
  }

  door(kind: Door['kind'], vpc: Vpc, outside: Outside, given: Given<Door> = {}): Door {
    const made: Door = {
      kind,
      vpc,
      outside,
      tables: [],
      forwards: EVERYWHERE,
      ...given,
      ...this.#thing('door', given),
    };
    this.doors.push(made);
    return made;
  }

  nat(subnet: Subnet, own: string, given: Given<Nat> = {}): Nat {
    const made: Nat = {
      subnet,
      vpc: subnet.vpc,
      isPublic: YES,
      addresses: addresses(own),
      ...given,
      ...this.#thing('nat', given),
    };
    this.nats.push(made);
    return made;
  }

  inspection(subnet: Subnet | null, given: Given<Inspection> = {}): Inspection {
    const made: Inspection = {
      kind: 'network-firewall',
      subnet,
      owner: null,
      ...given,
      ...this.#thing('inspection', given),
    };
    this.inspections.push(made);
    return made;
  }

  transitGateway(given: Given<TransitGateway> = {}): TransitGateway {
    const made: TransitGateway = { region: 'eu-west-1', ...given, ...this.#thing('transit-gateway', given) };
    this.transitGateways.push(made);
    return made;
  }

  /** Without routes until `routes` fills them, since attachments and tables name each other. */
  transitTable(gateway: TransitGateway, given: Given<TransitTable> = {}): TransitTable & { routes: TransitRoute[] } {
    return { gateway, open: [], ...given, routes: [], ...this.#thing('transit-table', given) };
  }

  attachment(
    table: TransitTable,
    end: TransitAttachment['end'],
    given: Given<TransitAttachment> = {},
  ): TransitAttachment {
    const made: TransitAttachment = {
      gateway: table.gateway,
      tables: sure(table),
      end,
      ...given,
      ...this.#thing('attachment', given),
    };
    this.attachments.push(made);
    return made;
  }

  peering(sides: Peering['sides'], given: Given<Peering> = {}): Peering {
    const made: Peering = { sides, ...given, ...this.#thing('peering', given) };
    this.peerings.push(made);
    return made;
  }

  relay(from: Relay['from'], to: Relay['to'], given: Given<Relay> = {}): Relay {
    const made: Relay = { kind: 'load-balancer', owner: null, ...given, from, to, ...this.#thing('relay', given) };
    this.relays.push(made);
    return made;
  }

  managedCompute(outside: Outside, directions: Managed['directions'], given: Given<Managed> = {}): Managed {
    const made: Managed = { outside, directions, ...this.#thing('managed', given) };
    this.managed.push(made);
    return made;
  }
}

export function route(
  to: string | Unknown | Destination,
  target: Target,
  precedence: Route['precedence'] = 'static',
  doubts: Doubts = [],
): Route {
  const destination: Destination =
    typeof to === 'string' ? { kind: 'range', range: range(to) } : 'kind' in to ? to : { kind: 'unknown', unknown: to };
  const name = typeof to === 'string' ? to : destination.kind;
  return { origin: origin(`route to ${name}`), doubts, destination, precedence, target };
}

/** A rule of a list; by default it allows everything. */
export function rule(given: Partial<Omit<AclRule, 'origin'>> = {}): AclRule {
  const number = given.number ?? 100;
  return {
    origin: origin(`rule ${number}`),
    doubts: [],
    number,
    allows: true,
    addresses: EVERYWHERE,
    services: services(),
    ...given,
  };
}

/** A rule of a group; by default it allows everything. */
export function permit(
  given: { readonly peer?: Addresses | SecurityGroup; readonly services?: Services; readonly doubts?: Doubts } = {},
): SecurityRule {
  const peer = given.peer ?? EVERYWHERE;
  return {
    origin: origin('permit'),
    doubts: given.doubts ?? [],
    peer: 'ingress' in peer ? { kind: 'group', group: peer } : { kind: 'addresses', addresses: peer },
    services: given.services ?? services(),
  };
}

export function transitRoute(
  to: string | Destination,
  target: TransitAttachment | TransitRoute['target'],
  rank: number = 0,
  doubts: Doubts = [],
): TransitRoute {
  const destination: Destination = typeof to === 'string' ? { kind: 'range', range: range(to) } : to;
  return {
    origin: origin('transit route'),
    doubts,
    destination,
    rank,
    target: 'end' in target ? { kind: 'attachment', attachment: target } : target,
  };
}

/** A part of a subnet, or of the world, whose place only AWS knows. */
export function hiddenAddress(name: string, within: string, given: Partial<Unknown> = {}): Unknown {
  const block = range(within);
  return { name, family: block.family, parent: null, within: block, length: block.family === 4 ? 32 : 128, ...given };
}

export function at(part: Subnet | Interface | Outside | Managed): Place {
  if ('acls' in part) return { kind: 'subnet', subnet: part };
  if ('allowsAll' in part) return { kind: 'interface', interface: part };
  if ('directions' in part) return { kind: 'managed', managed: part };
  return { kind: 'outside', outside: part };
}

export const NOTHING_REMOVED: Removal = { certain: new Set(), doubtful: new Map() };

/** Whether anything gets from places to places. */
export function between(
  from: readonly (Subnet | Interface | Outside | Managed)[],
  to: readonly (Subnet | Interface | Outside | Managed)[],
  given: Partial<Omit<Question, 'from' | 'to'>> = {},
): Question {
  return { from: from.map(at), to: to.map(at), without: NOTHING_REMOVED, destinations: null, services: null, ...given };
}
