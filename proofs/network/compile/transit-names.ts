import type { Resource } from '../../../model/resource.ts';
import { asItems, asString, type Hidden, unknown, type Value } from '../../../model/value.ts';
import type { Choice, Doubts, TransitAttachment, TransitGateway, TransitRoute, TransitTable } from '../topology.ts';
import { mentionedBy, nameOfValue, readByDataSource, referenceOf, whyUnseen } from './candidates.ts';
import { CERTAIN, type Compilation, type Draft, originOf } from './compilation.ts';
import { type Choices, doubtsOf } from './reading.ts';
import { gatewayChoices, isManaged } from './transit-gateways.ts';

const GATEWAY = 'aws_ec2_transit_gateway';
const TABLE = 'aws_ec2_transit_gateway_route_table';

/** A table whose routes are still being read. */
export interface OpenTable extends Draft<TransitTable> {
  readonly routes: TransitRoute[];
  readonly open: Hidden[];
}

/** What has the id of an attachment, by the types that have one. */
const ATTACHMENT_TYPES: ReadonlySet<string> = new Set([
  'aws_ec2_transit_gateway_vpc_attachment',
  'aws_ec2_transit_gateway_vpc_attachment_accepter',
  'aws_ec2_transit_gateway_peering_attachment',
  'aws_ec2_transit_gateway_peering_attachment_accepter',
  'aws_ec2_transit_gateway_connect',
  'aws_vpn_connection',
  'aws_vpn_concentrator',
  'aws_dx_gateway_association',
  'aws_networkfirewall_firewall',
  'aws_networkfirewall_firewall_transit_gateway_attachment_accepter',
  'aws_networkmanager_transit_gateway_peering',
]);

/** Arguments of data sources that read an attachment by what stands behind it. */
const READ_BY = ['id', 'transit_gateway_attachment_id', 'transit_gateway_connect_id', 'vpn_connection_id'] as const;

/** Tables and attachments of transit gateways, by what names them. */
export class TransitNames {
  readonly #c: Compilation;
  /** One for each gateway that a table may be of. */
  readonly #tables = new Map<Resource, readonly OpenTable[]>();
  readonly #ofGateway = new Map<TransitGateway, OpenTable[]>();
  readonly #defaults = new Map<TransitGateway, OpenTable>();
  readonly #attachments = new Map<TransitGateway, Draft<TransitAttachment>[]>();

  constructor(c: Compilation) {
    this.#c = c;
    for (const attachment of c.attachments) append(this.#attachments, attachment.gateway, attachment);
    for (const resource of c.estate.ofType(TABLE)) {
      c.understood.add(resource);
      const gateways = gatewayChoices(c, resource.attribute('transit_gateway_id'), resource);
      const tables = gateways.map(({ item, doubts }) =>
        this.#add({ origin: originOf(resource), doubts: [...doubtsOf(resource), ...doubts], gateway: item }),
      );
      this.#tables.set(resource, tables);
      const [table] = tables;
      if (table !== undefined) c.transitTables.set(resource, table);
    }
  }

  /** Every table of a gateway that is seen. */
  tablesOf(gateway: TransitGateway): readonly OpenTable[] {
    return this.#ofGateway.get(gateway) ?? [];
  }

  allTables(): readonly OpenTable[] {
    return [...this.#ofGateway.values()].flat();
  }

  attachmentsOf(gateway: TransitGateway): readonly Draft<TransitAttachment>[] {
    return this.#attachments.get(gateway) ?? [];
  }

  /** The table that AWS makes with a gateway; of a gateway that the estate does not make, nothing is known of it. */
  defaultOf(gateway: TransitGateway): OpenTable {
    const known = this.#defaults.get(gateway);
    if (known !== undefined) return known;
    const isSeen = isManaged(gateway);
    const name = `the ${isSeen ? 'default' : 'unseen'} route table of ${gateway.origin.name}`;
    const made = this.#add({ origin: { name, resource: null, path: [] }, doubts: CERTAIN, gateway });
    if (!isSeen) made.open.push(unknown('missing-object', gateway.origin.name, 'has route tables that are not seen'));
    this.#defaults.set(gateway, made);
    return made;
  }

  /** A table of which only a hidden name is known. */
  unseenOf(gateway: TransitGateway, doubts: Doubts): OpenTable {
    const name = `a route table of ${gateway.origin.name}`;
    return { origin: { name, resource: null, path: [] }, doubts: CERTAIN, gateway, routes: [], open: [...doubts] };
  }

  /** The attachments that a name may mean: all of them where it is hidden. */
  candidates({ items, open }: Choices<Draft<TransitAttachment>>): readonly Choice<Draft<TransitAttachment>>[] {
    if (open.length === 0) return items;
    const named = new Set(items.map(({ item }) => item));
    const others = this.#c.attachments.filter((attachment) => !named.has(attachment));
    return [...items, ...others.map((item) => ({ item, doubts: open }))];
  }

  /** The tables that a value names; in `open` why it may be another. */
  tables(value: Value): Choices<OpenTable> {
    const reference = referenceOf(value);
    const [attribute] = reference?.path ?? [];
    if (attribute === 'association_default_route_table_id' || attribute === 'propagation_default_route_table_id') {
      const owner = reference === null ? null : this.#c.estate.find(reference.target);
      const gateway = owner === null ? undefined : this.#c.transitGateways.get(owner);
      if (gateway !== undefined) return certainly([this.defaultOf(gateway)]);
    }
    const target = this.#c.estate.resolve(value, [TABLE]);
    const known = target.kind === 'resource' ? this.#tables.get(target.resource) : undefined;
    if (known !== undefined) return certainly(known);
    if (target.kind === 'resource' && target.resource.init.mode === 'data') return this.#readTables(target.resource);
    const why = whyUnseen(target);
    return { items: [], open: [why ?? unknown('missing-object', nameOfValue(value), 'names no route table')] };
  }

  /** The tables that a data source may read. */
  #readTables(source: Resource): Choices<OpenTable> {
    this.#c.understood.add(source);
    const byId = source.attribute('id');
    if (byId.kind !== 'null') return this.tables(byId);
    const filters = filtersOf(source);
    const gateways = (filters.get('transit-gateway-id') ?? []).flatMap((value) => {
      const target = this.#c.estate.resolve(value, [GATEWAY]);
      const found = target.kind === 'resource' ? this.#c.transitGateways.get(target.resource) : undefined;
      return found === undefined ? [] : [found];
    });
    const [gateway, ...more] = gateways;
    const isDefault = ['default-association-route-table', 'default-propagation-route-table'].some((name) =>
      (filters.get(name) ?? []).some((value) => asString(value) === 'true'),
    );
    if (gateway !== undefined && more.length === 0 && isDefault) return certainly([this.defaultOf(gateway)]);
    const doubts = [readByDataSource(source)];
    const tables = gateways.length > 0 ? gateways.flatMap((item) => this.tablesOf(item)) : this.allTables();
    return { items: tables.map((item) => ({ item, doubts })), open: doubts };
  }

  /** The attachments that a value names; of a peering both sides. */
  attachments(value: Value): Choices<Draft<TransitAttachment>> {
    const reference = referenceOf(value);
    const owner = reference === null ? null : this.#c.estate.find(reference.target);
    if (owner !== null) return this.#attachmentsBy(owner, value);
    const mentioned = mentionedBy(this.#c, value, ATTACHMENT_TYPES);
    const [only, ...more] = mentioned;
    if (only !== undefined && more.length === 0) return this.#attachmentsBy(only, value);
    const why = whyUnseen(this.#c.estate.resolve(value));
    const open = [why ?? unknown('missing-object', nameOfValue(value), 'names no attachment of the estate')];
    const candidates = mentioned.flatMap((resource) => this.#c.attachmentsOf.get(resource) ?? []);
    return { items: candidates.map((item) => ({ item, doubts: open })), open };
  }

  #attachmentsBy(owner: Resource, value: Value): Choices<Draft<TransitAttachment>> {
    const known = this.#c.attachmentsOf.get(owner);
    if (known !== undefined) return certainly(known);
    if (owner.init.mode === 'data') {
      this.#c.understood.add(owner);
      for (const argument of READ_BY) {
        const by = owner.attribute(argument);
        if (by.kind !== 'null') return this.attachments(by);
      }
      return { items: [], open: [readByDataSource(owner)] };
    }
    return { items: [], open: [unknown('missing-object', nameOfValue(value), 'names no attachment of the estate')] };
  }

  #add(parts: Pick<TransitTable, 'origin' | 'doubts' | 'gateway'>): OpenTable {
    const made = { ...parts, routes: [], open: [] };
    append(this.#ofGateway, parts.gateway, made);
    return made;
  }
}

function certainly<Item>(items: readonly Item[]): Choices<Item> {
  return { items: items.map((item): Choice<Item> => ({ item, doubts: CERTAIN })), open: CERTAIN };
}

function filtersOf(source: Resource): ReadonlyMap<string, readonly Value[]> {
  const filters = new Map<string, readonly Value[]>();
  for (const filter of source.blocks('filter').items) {
    const name = asString(filter.attribute('name'));
    if (typeof name === 'string') filters.set(name, asItems(filter.attribute('values')).items);
  }
  return filters;
}

function append<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
