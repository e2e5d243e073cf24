import type { Estate } from '../estate.ts';
import type { Path, Resource } from '../resource.ts';
import { asItems, display, type Hidden, isHidden, unknown, type Value } from '../value.ts';
import { isVpc, VPC_TYPES, vpcOfDefault } from './vpc-defaults.ts';

/** A route as somebody wrote it: a block of a table, or a resource of its own. */
export interface Route {
  readonly resource: Resource;
  readonly path: Path;
  attribute(name: string): Value;
}

/** What the input shows of one route table. */
export interface RouteTable {
  /** For messages: `aws_route_table.data`, `the main route table of aws_vpc.ledger`. */
  readonly name: string;
  /** Null for one that AWS makes and nobody adopts, or that is outside the estate. */
  readonly resource: Resource | null;
  readonly routes: readonly Route[];
  /** What may add routes that the input does not show. */
  readonly open: readonly Hidden[];
  /** VPN gateways whose routes the table learns; `open` says so too. */
  readonly propagations: readonly Propagation[];
}

export interface Propagation {
  readonly resource: Resource;
  readonly path: Path;
  /** The VPN gateway, or what hides which. */
  readonly gateway: Value;
  readonly hidden: Hidden;
}

/** The route tables that may decide for a subnet. */
export interface SubnetRouting {
  /** Of known associations, else the main table of the VPC. Several contradict each other. */
  readonly tables: readonly RouteTable[];
  /** Tables that may be the subnet's instead, because what they are associated with is not known. */
  readonly possible: readonly RouteTable[];
  /** True when `tables` rest on a known association, which what is possible cannot undo. */
  readonly isExplicit: boolean;
  /** Routes of tables that are not known, which may be any of these. */
  readonly stray: readonly Route[];
  /** What hides the table. */
  readonly open: readonly Hidden[];
}

const TABLE_TYPES = ['aws_route_table', 'aws_default_route_table'] as const;
const SUBNET_TYPES = ['aws_subnet', 'aws_default_subnet'] as const;

const READERS = new WeakMap<Estate, RoutingIndex>();

/** The routing of a subnet: its own route table, or the main one of its VPC that AWS falls back to. */
export function routingOf(estate: Estate, subnet: Resource): SubnetRouting {
  return readerOf(estate).subnet(subnet);
}

/** The route table that AWS makes with a VPC, and the routes that may be in it. */
export function defaultRouting(estate: Estate, vpc: Resource): Pick<SubnetRouting, 'tables' | 'stray'> {
  return readerOf(estate).vpc(vpc);
}

/** The route table that a value names, the same object for the same table of an estate; null where it hides which. */
export function routeTableOf(estate: Estate, value: Value): RouteTable | null {
  return readerOf(estate).named(value);
}

function readerOf(estate: Estate): RoutingIndex {
  const known = READERS.get(estate);
  if (known !== undefined) return known;
  const reader = new RoutingIndex(estate);
  READERS.set(estate, reader);
  return reader;
}

/** Identity of a route table: a resource, the default of a VPC, or a literal id. */
type TableKey = string;

/** Routes and associations by table; built once for an estate. */
class RoutingIndex {
  readonly #estate: Estate;
  readonly #resources = new Map<TableKey, Resource>();
  readonly #routes = new Map<TableKey, Route[]>();
  readonly #open = new Map<TableKey, Hidden[]>();
  readonly #propagations = new Map<TableKey, Propagation[]>();
  readonly #tables = new Map<TableKey, RouteTable>();
  readonly #known = new Set<TableKey>();
  /** Tables that exist however `count` and `for_each` turn out. */
  readonly #certain = new Set<TableKey>();
  readonly #stray: Route[] = [];
  readonly #associations = new Map<Resource, Value[]>();
  readonly #mains = new Map<Resource, Value[]>();
  /** Tables of associations whose subnet, or whose VPC, is not known or that may not exist. */
  readonly #possible: Value[] = [];
  readonly #possibleMains: Value[] = [];

  constructor(estate: Estate) {
    this.#estate = estate;
    // First, because which table is the main one depends on them.
    this.#addAssociations('aws_route_table_association', 'subnet_id', SUBNET_TYPES);
    this.#addAssociations('aws_main_route_table_association', 'vpc_id', VPC_TYPES);
    for (const table of estate.ofType(...TABLE_TYPES)) this.#addTable(table);
    for (const route of estate.ofType('aws_route')) {
      const key = this.#keyOf(route.attribute('route_table_id'));
      const read = routeOf(route);
      if (key !== null) append(this.#routes, key, read);
      // A literal id may be that of any table.
      if (key === null || isLiteral(key)) this.#stray.push(read);
    }
    for (const propagation of estate.ofType('aws_vpn_gateway_route_propagation')) {
      const key = this.#keyOf(propagation.attribute('route_table_id'));
      const hidden = propagated(propagation.address);
      if (key !== null) {
        append(this.#open, key, hidden);
        const gateway = propagation.attribute('vpn_gateway_id');
        append(this.#propagations, key, { resource: propagation, path: [], gateway, hidden });
      }
      if (key === null || isLiteral(key)) this.#stray.push(routeOf(propagation));
    }
  }

  subnet(subnet: Resource): SubnetRouting {
    const explicit = this.#associations.get(subnet) ?? [];
    const possible = [...this.#possible];
    const isExplicit = explicit.length > 0;
    const vpc = this.#estate.resolve(subnet.attribute('vpc_id'), VPC_TYPES);
    const values: Value[] = [...explicit];
    const open: Hidden[] = [];
    const tables: RouteTable[] = [];
    if (!isExplicit) {
      if (subnet.type === 'aws_default_subnet') open.push(defaultVpc(subnet));
      else if (vpc.kind === 'resource' && isVpc(vpc.resource)) {
        values.push(...(this.#mains.get(vpc.resource) ?? []));
        possible.push(...this.#possibleMains);
        if (values.length === 0) tables.push(this.#defaultTable(vpc.resource));
      } else open.push(unseenVpc(subnet));
    }
    return {
      tables: [...tables, ...values.map((value) => this.#table(value))],
      possible: possible.map((value) => this.#table(value)),
      isExplicit,
      stray: this.#stray,
      open,
    };
  }

  vpc(vpc: Resource): Pick<SubnetRouting, 'tables' | 'stray'> {
    return { tables: [this.#defaultTable(vpc)], stray: this.#stray };
  }

  #addTable(table: Resource): void {
    const key = this.#keyOfTable(table);
    this.#known.add(key);
    if (!table.init.isSymbolic) this.#certain.add(key);
    this.#resources.set(key, table);
    const { items, open } = table.blocks('route');
    for (const block of items) {
      append(this.#routes, key, { resource: table, path: block.path, attribute: (name) => block.attribute(name) });
    }
    const gateways = asItems(table.attribute('propagating_vgws'));
    for (const hidden of [...open, ...gateways.open]) append(this.#open, key, hidden);
    gateways.items.forEach((gateway, index) => {
      const hidden = propagated(`${table.address}.propagating_vgws`);
      if (index === 0) append(this.#open, key, hidden);
      append(this.#propagations, key, { resource: table, path: ['propagating_vgws', index], gateway, hidden });
    });
    // An adopted table of a VPC that is not known, or a literal id, may be the main table of any.
    if (table.type === 'aws_default_route_table' && key === resourceKey(table)) {
      this.#possibleMains.push({ kind: 'reference', target: table.init.id, path: ['id'] });
    }
  }

  #addAssociations(type: string, argument: string, targets: readonly string[]): void {
    const isMain = argument === 'vpc_id';
    for (const association of this.#estate.ofType(type)) {
      const table = association.attribute('route_table_id');
      const target = this.#estate.resolve(association.attribute(argument), targets);
      const known = isMain ? this.#mains : this.#associations;
      const possible = isMain ? this.#possibleMains : this.#possible;
      // What a data source reads may be any of the estate's own.
      const isOwn = target.kind === 'resource' && target.resource.init.mode === 'managed';
      if (isOwn && !association.init.isSymbolic) append(known, target.resource, table);
      else if (target.kind !== 'none') possible.push(table);
    }
  }

  #defaultTable(vpc: Resource): RouteTable {
    const key = defaultKey(vpc);
    return this.#made(key, () => {
      const isAdopted = this.#certain.has(key);
      const open = [...(this.#open.get(key) ?? [])];
      if (!isAdopted && vpc.type === 'aws_default_vpc') open.push(defaultVpc(vpc));
      return this.#tableOf(key, `the main route table of ${vpc.address}`, open);
    });
  }

  named(value: Value): RouteTable | null {
    const vpc = this.#vpcOfTable(value);
    if (vpc !== null) return this.#defaultTable(vpc);
    const key = this.#keyOf(value);
    if (key === null) return null;
    return this.#made(key, () => {
      const open = [...(this.#open.get(key) ?? [])];
      if (!this.#known.has(key))
        open.push(unknown('missing-object', display(value), 'is a route table outside the estate'));
      return this.#tableOf(key, 'the route table', open);
    });
  }

  #table(value: Value): RouteTable {
    const named = this.named(value);
    if (named !== null) return named;
    const hidden = isHidden(value) ? value : unknown('missing-object', 'route_table_id', 'names no route table');
    return { name: 'a route table', resource: null, routes: [], open: [hidden], propagations: [] };
  }

  #made(key: TableKey, make: () => RouteTable): RouteTable {
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#tables.set(key, made);
    return made;
  }

  #tableOf(key: TableKey, name: string, open: readonly Hidden[]): RouteTable {
    const resource = this.#resources.get(key) ?? null;
    const propagations = this.#propagations.get(key) ?? [];
    return { name: resource?.address ?? name, resource, routes: this.#of(key), open, propagations };
  }

  #of(key: TableKey): readonly Route[] {
    return this.#routes.get(key) ?? [];
  }

  /** The VPC whose default table a value names. By `main_route_table_id` it does only until another table is main. */
  #vpcOfTable(value: Value): Resource | null {
    const vpc = vpcOfDefault(this.#estate, value, 'routeTable');
    if (vpc === null) return null;
    const isMain = (value.kind === 'reference' ? value : value.origin)?.path[0] === 'main_route_table_id';
    return isMain && (this.#mains.has(vpc) || this.#possibleMains.length > 0) ? null : vpc;
  }

  #keyOfTable(table: Resource): TableKey {
    if (table.type !== 'aws_default_route_table') return resourceKey(table);
    const vpc = this.#vpcOfTable(table.attribute('default_route_table_id'));
    return vpc === null ? resourceKey(table) : defaultKey(vpc);
  }

  /** Null for a value that hides which table it names. */
  #keyOf(value: Value): TableKey | null {
    const vpc = this.#vpcOfTable(value);
    if (vpc !== null) return defaultKey(vpc);
    const target = this.#estate.resolve(value, TABLE_TYPES);
    switch (target.kind) {
      case 'resource':
        return target.resource.init.mode === 'managed' ? this.#keyOfTable(target.resource) : null;
      case 'outside':
        return target.text;
      case 'hidden':
      case 'none':
        return null;
    }
  }
}

/** A resource that is a route; a propagation reads as one without a target. */
function routeOf(resource: Resource): Route {
  return { resource, path: [], attribute: (name) => resource.attribute(name) };
}

function resourceKey({ stack, address }: Resource): TableKey {
  return `${stack}\n${address}`;
}

/** Keys of resources join stack and address by a line break, which no id has. */
function isLiteral(key: TableKey): boolean {
  return !key.includes('\n');
}

function defaultKey(vpc: Resource): TableKey {
  return `default of ${resourceKey(vpc)}`;
}

function propagated(expression: string): Hidden {
  return unknown('missing-object', expression, 'adds the routes that a VPN gateway learns');
}

function defaultVpc({ address }: Resource): Hidden {
  return unknown('default', address, 'has the main route table of the default VPC, which AWS opens to the Internet');
}

function unseenVpc({ address }: Resource): Hidden {
  return unknown('missing-object', `${address}.vpc_id`, 'is a VPC outside the estate, whose main route table decides');
}

function append<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
