import type { Resource } from '../../../model/resource.ts';
import { asItems, asString, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type { Addresses, Choice, Doubts, Interface, RelayExit, SecurityGroup, Subnet, Vpc } from '../topology.ts';
import { addressesOf, hasFamily, ownAddress } from './addresses.ts';
import { readByDataSource, whyUnseen } from './candidates.ts';
import { CERTAIN, type Compilation, EVERY_SERVICE, NO_ADDRESSES, originOf } from './compilation.ts';
import { consumed } from './endpoint-services.ts';
import { groupsOf } from './group-choices.ts';
import { interfaceIn } from './interface-parts.ts';
import type { LoadBalancers } from './load-balancers.ts';
import { prefixesOfService } from './prefix-lists.ts';
import { bothDoubts, doubtsOf, subnetChoices } from './reading.ts';
import { addRelay } from './relay-parts.ts';
import { outsideOf, prefixLists, serviceOf } from './service-names.ts';

export const ENDPOINT = 'aws_vpc_endpoint';

/** Endpoints: ways from a VPC to services of AWS and of others that no gateway of the VPC sees. */
export function compileEndpoints(c: Compilation, associations: Associations, balancers: LoadBalancers): void {
  for (const endpoint of c.estate.ofType(ENDPOINT)) {
    const type = asString(c.estate.effective(endpoint, 'vpc_endpoint_type'));
    c.understood.add(endpoint);
    switch (type) {
      case 'Gateway':
        addGateway(c, endpoint, associations);
        break;
      case 'Interface':
        addInterface(c, endpoint, associations, balancers);
        break;
      case 'Resource':
      case 'ServiceNetwork':
        // What they lead to is read with VPC Lattice.
        interfacesOf(c, endpoint, associations);
        break;
      case 'GatewayLoadBalancer':
        break;
      default:
        c.unmodelled.push({ resource: endpoint, reason: 'is an endpoint of a kind that the input does not show' });
    }
  }
  for (const source of c.estate.dataOfType(ENDPOINT)) {
    c.understood.add(source);
    c.targets.set(source, { kind: 'hidden', doubts: [readByDataSource(source)] });
  }
}

/** What is tied to endpoints by resources of its own. */
export class Associations {
  readonly #c: Compilation;
  readonly #tables = new Map<Resource, { readonly table: Value; readonly by: Resource }[]>();
  readonly #subnets = new Map<Resource, { readonly subnet: Value; readonly by: Resource }[]>();
  readonly #groups = new Map<Resource, { readonly group: Value; readonly replaces: boolean }[]>();

  constructor(c: Compilation) {
    this.#c = c;
    for (const by of c.estate.ofType('aws_vpc_endpoint_route_table_association')) {
      const table = by.attribute('route_table_id');
      const endpoint = this.#endpointOf(by);
      if (endpoint.kind === 'known') append(this.#tables, endpoint.resource, { table, by });
      else addUnseenRoute(c, by, table, endpoint.why);
    }
    for (const by of c.estate.ofType('aws_vpc_endpoint_subnet_association')) {
      const endpoint = this.#endpointOf(by);
      if (endpoint.kind === 'known')
        append(this.#subnets, endpoint.resource, { subnet: by.attribute('subnet_id'), by });
      else c.unmodelled.push({ resource: by, reason: 'gives a subnet to an endpoint that the estate does not show' });
    }
    for (const by of c.estate.ofType('aws_vpc_endpoint_security_group_association')) {
      const endpoint = this.#endpointOf(by);
      const replaces = asString(by.attribute('replace_default_association')) === 'true';
      if (endpoint.kind === 'known') {
        append(this.#groups, endpoint.resource, { group: by.attribute('security_group_id'), replaces });
      }
    }
  }

  tables(endpoint: Resource): readonly { readonly table: Value; readonly by: Resource }[] {
    const { items, open } = asItems(endpoint.attribute('route_table_ids'));
    return [...[...items, ...open].map((table) => ({ table, by: endpoint })), ...(this.#tables.get(endpoint) ?? [])];
  }

  subnets(endpoint: Resource): { readonly items: readonly EndpointSubnet[]; readonly open: Doubts } {
    const open: Hidden[] = [];
    const found = new Map<Subnet, EndpointSubnet>();
    const add = (value: Value, given: Addresses, doubts: Doubts) => {
      const choices = subnetChoices(this.#c, value);
      open.push(...choices.open);
      for (const choice of choices.items) {
        if (found.has(choice.item) && given === NO_ADDRESSES) continue;
        found.set(choice.item, { item: choice.item, doubts: bothDoubts(choice.doubts, doubts), given });
      }
    };
    add(endpoint.attribute('subnet_ids'), NO_ADDRESSES, CERTAIN);
    const { items, open: hidden } = endpoint.blocks('subnet_configuration');
    open.push(...hidden);
    for (const block of items) {
      const given = addressesOf(this.#c, { kind: 'list', items: [block.attribute('ipv4'), block.attribute('ipv6')] });
      add(block.attribute('subnet_id'), given, CERTAIN);
    }
    for (const { subnet, by } of this.#subnets.get(endpoint) ?? []) add(subnet, NO_ADDRESSES, doubtsOf(by));
    return { items: [...found.values()], open };
  }

  groups(endpoint: Resource, vpc: Vpc): readonly Choice<SecurityGroup>[] {
    const own = endpoint.attribute('security_group_ids');
    const more = this.#groups.get(endpoint) ?? [];
    if (more.length === 0) return groupsOf(this.#c, own, vpc);
    const { items, open } = asItems(own);
    const added: Value = { kind: 'list', items: more.map(({ group }) => group) };
    const isDefault = items.length + open.length === 0;
    // Further groups come besides the default one, unless one takes its place.
    const first = isDefault && more.some(({ replaces }) => replaces) ? [] : groupsOf(this.#c, own, vpc);
    return [...first, ...groupsOf(this.#c, added, vpc)];
  }

  #endpointOf(
    by: Resource,
  ): { readonly kind: 'known'; readonly resource: Resource } | { readonly kind: 'unseen'; readonly why: Hidden } {
    this.#c.understood.add(by);
    const target = this.#c.estate.resolve(by.attribute('vpc_endpoint_id'), [ENDPOINT]);
    const why = whyUnseen(target);
    if (target.kind === 'resource' && why === null) return { kind: 'known', resource: target.resource };
    return { kind: 'unseen', why: why ?? unknown('missing-object', by.address, 'names no endpoint') };
  }
}

interface EndpointSubnet extends Choice<Subnet> {
  /** Addresses that it is given there. */
  readonly given: Addresses;
}

function addUnseenRoute(c: Compilation, by: Resource, table: Value, why: Hidden): void {
  const doubts = bothDoubts(doubtsOf(by), [why]);
  c.addedRoutes.push({
    table,
    by,
    route: {
      origin: originOf(by),
      doubts,
      destination: { kind: 'any', doubts },
      precedence: 'prefix-list',
      target: { kind: 'hidden', doubts },
    },
  });
}

/** A gateway endpoint is a route to the prefix list of its service in each of its tables. */
function addGateway(c: Compilation, endpoint: Resource, associations: Associations): void {
  const service = serviceOf(c, endpoint);
  if (service.kind !== 'aws') {
    c.unmodelled.push({ resource: endpoint, reason: 'routes to a service that the input does not show' });
    return;
  }
  const outside = outsideOf(c, service);
  c.targets.set(endpoint, { kind: 'outside', outside });
  const [ipv4, ipv6] = prefixLists(service);
  const type = asString(endpoint.attribute('ip_address_type'));
  const lists = type === null || type === 'ipv4' ? [ipv4] : type === 'ipv6' ? [ipv6] : [ipv4, ipv6];
  for (const { table, by } of associations.tables(endpoint)) {
    const doubts = by === endpoint ? doubtsOf(endpoint) : bothDoubts(doubtsOf(endpoint), doubtsOf(by));
    for (const destination of lists.flatMap((list) => prefixesOfService(c, list).destinations)) {
      c.addedRoutes.push({
        table,
        by,
        route: {
          origin: originOf(by),
          doubts: isHidden(type) ? bothDoubts(doubts, [type]) : doubts,
          destination,
          precedence: 'prefix-list',
          target: { kind: 'outside', outside },
        },
      });
    }
  }
}

/** An interface endpoint takes connections in its subnets, and passes them on to its service. */
function addInterface(c: Compilation, endpoint: Resource, associations: Associations, balancers: LoadBalancers): void {
  const interfaces = interfacesOf(c, endpoint, associations);
  const service = serviceOf(c, endpoint);
  if (service.kind === 'own') {
    const { services, exits, doubts } = consumed(c, service.resource, balancers, endpoint);
    relay(c, endpoint, interfaces, exits, doubts, services);
  } else relay(c, endpoint, interfaces, [{ kind: 'outside', outside: outsideOf(c, service) }]);
}

function relay(
  c: Compilation,
  endpoint: Resource,
  interfaces: readonly Interface[],
  to: readonly RelayExit[],
  doubts: Doubts = CERTAIN,
  services = EVERY_SERVICE,
): void {
  const from = interfaces.map((item) => ({ kind: 'interface', interface: item, services }) as const);
  addRelay(c, endpoint, { kind: 'interface-endpoint', from, to, owner: endpoint, doubts });
}

/** The interfaces of an endpoint, one in each of its subnets. */
function interfacesOf(c: Compilation, endpoint: Resource, associations: Associations): readonly Interface[] {
  const { items, open } = associations.subnets(endpoint);
  if (open.length > 0) {
    c.unmodelled.push({ resource: endpoint, reason: 'stands in subnets that the estate does not show' });
  }
  return items.map((subnet) =>
    interfaceIn(c, {
      owner: endpoint,
      subnet,
      groups: associations.groups(endpoint, subnet.item.vpc),
      addresses: addressesIn(c, endpoint, subnet),
    }),
  );
}

function addressesIn(c: Compilation, endpoint: Resource, { item, given }: EndpointSubnet): Addresses {
  const type = asString(endpoint.attribute('ip_address_type'));
  const families =
    type === null || type === 'ipv4' ? [4 as const] : type === 'ipv6' ? [6 as const] : [4 as const, 6 as const];
  const isGiven = (family: 4 | 6) => [...given.ranges, ...given.unknowns].some((one) => one.family === family);
  const chosen = families.filter((family) => !isGiven(family) && hasFamily(item, family));
  return {
    ranges: given.ranges,
    unknowns: [...given.unknowns, ...chosen.map((family) => ownAddress(c, endpoint, item, family))],
    doubts: isHidden(type) ? [...given.doubts, type] : given.doubts,
  };
}

function append<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
