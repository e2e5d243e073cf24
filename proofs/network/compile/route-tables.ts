import {
  type Route as WrittenRoute,
  type RouteTable as WrittenTable,
  routeTableOf,
  routingOf,
} from '../../../model/aws/routing.ts';
import type { Resource } from '../../../model/resource.ts';
import { display, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type { Choice, Destination, Doubts, Route, RouteTable, Subnet, Vpc } from '../topology.ts';
import { CERTAIN, type Compilation, type Draft, originOf } from './compilation.ts';
import { destinationsOf } from './prefix-lists.ts';
import { bothDoubts, doubtsOf } from './reading.ts';
import { localOrigin, propagatedRoutes, routesOf } from './routes.ts';

const UNDERSTOOD = [
  'aws_route_table',
  'aws_default_route_table',
  'aws_route',
  'aws_route_table_association',
  'aws_main_route_table_association',
  'aws_vpn_gateway_route_propagation',
  'aws_vpc_route_server_propagation',
] as const;

/** The route tables of subnets and of the doors that have one; last, because routes lead to all else. */
export function compileRouteTables(c: Compilation): void {
  const tables = new Tables(c);
  for (const [resource, subnet] of c.subnets) subnet.tables = tables.ofSubnet(resource, subnet);
  tables.addEdgeTables();
  for (const type of UNDERSTOOD) for (const resource of c.estate.ofType(type)) c.understood.add(resource);
}

class Tables {
  readonly #c: Compilation;
  readonly #made = new Map<WrittenTable, Map<Vpc, RouteTable>>();
  readonly #locals = new Map<Vpc, readonly Route[]>();
  /** Routes that an endpoint adds, by table. */
  readonly #added = new Map<WrittenTable, Route[]>();
  /** What else may add routes, by table. */
  readonly #open = new Map<WrittenTable, Hidden[]>();
  /** The same for tables that are not known, which may be any. */
  readonly #strayRoutes: Route[] = [];
  readonly #strayOpen: Hidden[] = [];

  constructor(c: Compilation) {
    this.#c = c;
    for (const { table, route } of c.addedRoutes) {
      const written = routeTableOf(c.estate, table);
      if (written !== null) append(this.#added, written, route);
      else this.#strayRoutes.push({ ...route, doubts: bothDoubts(route.doubts, [unseenTable(table)]) });
    }
    for (const propagation of c.estate.ofType('aws_vpc_route_server_propagation')) {
      const hidden = unknown('missing-object', propagation.address, 'adds the routes that a route server learns');
      const written = routeTableOf(c.estate, propagation.attribute('route_table_id'));
      if (written === null) this.#strayOpen.push(hidden);
      else append(this.#open, written, hidden);
    }
  }

  ofSubnet(resource: Resource, subnet: Draft<Subnet>): readonly Choice<RouteTable>[] {
    const { tables, possible, isExplicit, stray, open } = routingOf(this.#c.estate, resource);
    if (open.length > 0) return [{ item: this.#unseen(subnet, open), doubts: CERTAIN }];
    // A subnet has one association: one that is known leaves no room for another.
    const others = isExplicit ? [] : possible;
    const several = tables.length < 2 ? CERTAIN : [contradiction(resource, tables)];
    const doubts = [...several, ...others.map((table) => possibly(resource, table))];
    return [
      ...tables.map((table) => ({ item: this.#table(table, subnet.vpc, stray), doubts })),
      ...others.map((table) => ({ item: this.#table(table, subnet.vpc, stray), doubts: [possibly(resource, table)] })),
    ];
  }

  /** Tables that decide for what comes in by a gateway. */
  addEdgeTables(): void {
    const { estate } = this.#c;
    for (const association of estate.ofType('aws_route_table_association')) {
      const gateway = association.attribute('gateway_id');
      if (gateway.kind === 'null') continue;
      const target = estate.resolve(gateway);
      const isOwn = target.kind === 'resource' && target.resource.init.mode === 'managed';
      const entered = isOwn ? this.#c.doorsOf.get(target.resource) : this.#c.doors;
      const unseen = isOwn ? CERTAIN : [unseenGateway(gateway)];
      for (const door of entered ?? []) {
        if (!isOwn && door.kind !== 'internet' && door.kind !== 'vpn') continue;
        const doubts = bothDoubts(doubtsOf(association), unseen);
        const table = this.#edgeTable(association.attribute('route_table_id'), door.vpc);
        // One that may not be there leaves what is without it.
        const without = { item: this.#localOnly(door.vpc), doubts };
        const isFirst = doubts.length > 0 && door.tables.length === 0;
        door.tables = [...door.tables, { item: table, doubts }, ...(isFirst ? [without] : [])];
      }
    }
  }

  #edgeTable(value: Value, vpc: Vpc): RouteTable {
    const written = routeTableOf(this.#c.estate, value);
    if (written !== null) return this.#table(written, vpc, []);
    return { ...this.#localOnly(vpc), open: [unseenTable(value)] };
  }

  #table(written: WrittenTable, vpc: Vpc, stray: readonly WrittenRoute[]): RouteTable {
    const known = this.#made.get(written)?.get(vpc);
    if (known !== undefined) return known;
    const made = this.#compile(written, vpc, stray);
    const byVpc = this.#made.get(written) ?? new Map<Vpc, RouteTable>();
    this.#made.set(written, byVpc.set(vpc, made));
    return made;
  }

  #compile(written: WrittenTable, vpc: Vpc, stray: readonly WrittenRoute[]): RouteTable {
    const { name, resource, propagations } = written;
    const learned = new Set(propagations.map(({ hidden }) => hidden));
    const own = written.routes.flatMap((route) => this.#ownRoutes(route, resource, vpc));
    return {
      origin: resource === null ? { name, resource: null, path: [] } : originOf(resource),
      doubts: resource === null ? CERTAIN : doubtsOf(resource),
      routes: [
        ...this.#local(vpc).filter((local) => !isReplaced(local, own)),
        ...own,
        ...(this.#added.get(written) ?? []),
        ...propagations.flatMap((propagation) => propagatedRoutes(this.#c, propagation, vpc)),
        ...this.#possibleRoutes(stray, vpc),
      ],
      open: [
        ...written.open.filter((hidden) => !learned.has(hidden)),
        ...(this.#open.get(written) ?? []),
        ...this.#strayOpen,
      ],
    };
  }

  /** A table that lists its routes removes those that are resources of their own, whenever it is applied. */
  #ownRoutes(route: WrittenRoute, table: Resource | null, vpc: Vpc): readonly Route[] {
    const routes = routesOf(this.#c, route, vpc);
    const isInline = table !== null && table.attribute('route').kind !== 'null';
    if (!isInline || route.resource === table) return routes;
    const detail = `may be removed by ${table.address}, which lists its own routes`;
    const removable = [unknown('operation', route.resource.address, detail)];
    return routes.map((one) => ({ ...one, doubts: bothDoubts(one.doubts, removable) }));
  }

  #possibleRoutes(stray: readonly WrittenRoute[], vpc: Vpc): readonly Route[] {
    const routes = stray.flatMap((route) => {
      const hidden = [unseenTable(route.attribute('route_table_id'))];
      return routesOf(this.#c, route, vpc).map((one) => ({ ...one, doubts: bothDoubts(one.doubts, hidden) }));
    });
    return [...routes, ...this.#strayRoutes];
  }

  /** What AWS routes inside the VPC without being told. */
  #local(vpc: Vpc): readonly Route[] {
    const known = this.#locals.get(vpc);
    if (known !== undefined) return known;
    const origin = localOrigin(vpc);
    const made = destinationsOf(vpc.addresses).map((destination): Route => {
      const doubts = destination.kind === 'any' ? destination.doubts : CERTAIN;
      return { origin, doubts, destination, precedence: 'local', target: { kind: 'local' } };
    });
    this.#locals.set(vpc, made);
    return made;
  }

  #localOnly(vpc: Vpc): RouteTable {
    return { origin: localOrigin(vpc), doubts: CERTAIN, routes: this.#local(vpc), open: [] };
  }

  #unseen(subnet: Subnet, open: Doubts): RouteTable {
    const origin = { name: `the route table of ${subnet.origin.name}`, resource: null, path: [] };
    return { origin, doubts: CERTAIN, routes: this.#local(subnet.vpc), open };
  }
}

/** A route to a whole block of the VPC takes the place of its local route. */
function isReplaced({ destination: local }: Route, routes: readonly Route[]): boolean {
  return routes.some(
    ({ destination, doubts, target }) =>
      doubts.length === 0 && target.kind !== 'local' && target.kind !== 'hidden' && isSameBlock(local, destination),
  );
}

function isSameBlock(left: Destination, right: Destination): boolean {
  if (left.kind === 'unknown') return right.kind === 'unknown' && left.unknown === right.unknown;
  if (left.kind !== 'range' || right.kind !== 'range') return false;
  const [one, other] = [left.range, right.range];
  return one.family === other.family && one.first === other.first && one.last === other.last;
}

function contradiction({ address }: Resource, tables: readonly WrittenTable[]): Hidden {
  const names = tables.map(({ name }) => name).join(', ');
  return unknown('operation', address, `is associated with several route tables: ${names}`);
}

function possibly({ address }: Resource, { name }: WrittenTable): Hidden {
  return unknown(
    'operation',
    name,
    `may be the route table of ${address}, because what it is associated with is not known`,
  );
}

function unseenTable(value: Value): Hidden {
  return isHidden(value) ? value : unknown('missing-object', display(value), 'may be any route table');
}

function unseenGateway(value: Value): Hidden {
  return isHidden(value) ? value : unknown('missing-object', display(value), 'may be any gateway');
}

function append<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
