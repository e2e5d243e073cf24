import type { Resource } from '../../../model/resource.ts';
import { asString, type Hidden, isHidden, unknown } from '../../../model/value.ts';
import type { Choice, Destination, Doubts, TransitAttachment, TransitRoute } from '../topology.ts';
import { addressesOf } from './addresses.ts';
import { CERTAIN, type Compilation, type Draft, originOf, type Propagated } from './compilation.ts';
import { destinationsOf, prefixesOf } from './prefix-lists.ts';
import { bothDoubts, type Choices, doubtsOf, truthOf } from './reading.ts';
import type { OpenTable, TransitNames } from './transit-names.ts';
import { VPC_RANK } from './transit.ts';

const STATIC_RANK = 0;
const PREFIX_LIST_RANK = 1;

/** Tables that an attachment is propagated to by its gateway. */
type DefaultPropagation = (attachment: TransitAttachment) => readonly Choice<OpenTable>[];

/** Fills the tables: routes that are written, and what attachments propagate. */
export function addTransitRoutes(c: Compilation, names: TransitNames, byDefault: DefaultPropagation): void {
  for (const route of c.estate.ofType('aws_ec2_transit_gateway_route')) {
    c.understood.add(route);
    const destinations = destinationsOf(addressesOf(c, route.attribute('destination_cidr_block')));
    addWritten(names, route, destinations, STATIC_RANK);
  }
  for (const reference of c.estate.ofType('aws_ec2_transit_gateway_prefix_list_reference')) {
    c.understood.add(reference);
    const { destinations } = prefixesOf(c, reference.attribute('prefix_list_id'));
    addWritten(names, reference, destinations, PREFIX_LIST_RANK);
  }
  const propagation = new Propagation(c);
  for (const attachment of c.attachments) {
    for (const { item, doubts } of byDefault(attachment)) propagation.add(item, attachment, doubts);
  }
  for (const resource of c.estate.ofType('aws_ec2_transit_gateway_route_table_propagation')) {
    c.understood.add(resource);
    addPropagation(names, resource, propagation);
  }
}

function addWritten(
  names: TransitNames,
  route: Resource,
  destinations: readonly Destination[],
  rank: TransitRoute['rank'],
): void {
  const tables = names.tables(route.attribute('transit_gateway_route_table_id'));
  const attachments = names.attachments(route.attribute('transit_gateway_attachment_id'));
  const blackhole = truthOf(route.attribute('blackhole'), false);
  const add = (table: OpenTable, doubts: Doubts) => {
    for (const { item: target, doubts: hidden } of targetsIn(table, route, attachments, blackhole)) {
      const all = bothDoubts(bothDoubts(doubtsOf(route), doubts), hidden);
      for (const destination of destinations) {
        table.routes.push({
          origin: originOf(route),
          doubts: destination.kind === 'any' ? bothDoubts(all, destination.doubts) : all,
          destination,
          rank,
          target,
        });
      }
    }
  };
  for (const { item, doubts } of tables.items) add(item, doubts);
  if (tables.open.length === 0) return;
  const known = new Set(tables.items.map(({ item }) => item));
  for (const table of tablesAround(names, attachments)) if (!known.has(table)) add(table, tables.open);
}

/** The tables that a route to some attachments can be in: of their gateways, or any where those are hidden. */
function tablesAround(names: TransitNames, { items, open }: Choices<TransitAttachment>): readonly OpenTable[] {
  if (items.length === 0 || open.length > 0) return names.allTables();
  return [...new Set(items.map(({ item }) => item.gateway))].flatMap((gateway) => names.tablesOf(gateway));
}

function targetsIn(
  table: OpenTable,
  route: Resource,
  { items, open }: Choices<TransitAttachment>,
  blackhole: { readonly holds: boolean; readonly doubts: Doubts },
): readonly Choice<TransitRoute['target']>[] {
  if (blackhole.holds && blackhole.doubts.length === 0) return [{ item: { kind: 'blackhole' }, doubts: CERTAIN }];
  // The two sides of a peering have one id: the table tells which is meant.
  const own = items.filter(({ item }) => item.gateway === table.gateway);
  const [only, ...more] = own;
  if (only !== undefined && more.length + open.length + blackhole.doubts.length === 0) {
    return [{ item: { kind: 'attachment', attachment: only.item }, doubts: bothDoubts(only.doubts, only.item.doubts) }];
  }
  const doubts = [...open, ...blackhole.doubts, ...(own.length === 1 ? [] : [noOne(route)])];
  return [{ item: { kind: 'hidden', doubts }, doubts }];
}

function noOne({ address }: Resource): Hidden {
  return unknown('missing-object', address, "names no one attachment of its table's gateway");
}

function addPropagation(names: TransitNames, resource: Resource, propagation: Propagation): void {
  const tables = names.tables(resource.attribute('transit_gateway_route_table_id'));
  const attachments = names.attachments(resource.attribute('transit_gateway_attachment_id'));
  const own = doubtsOf(resource);
  for (const table of tables.items) {
    const doubts = bothDoubts(own, table.doubts);
    for (const attachment of attachments.items) {
      if (attachment.item.gateway !== table.item.gateway) continue;
      propagation.add(table.item, attachment.item, bothDoubts(doubts, attachment.doubts));
    }
    if (attachments.open.length === 0) continue;
    for (const attachment of names.attachmentsOf(table.item.gateway)) {
      propagation.add(table.item, attachment, bothDoubts(doubts, attachments.open));
    }
  }
  if (tables.open.length === 0) return;
  for (const { item, doubts } of names.candidates(attachments)) {
    for (const table of names.tablesOf(item.gateway)) {
      propagation.add(table, item, bothDoubts(bothDoubts(own, tables.open), doubts));
    }
  }
}

/** Puts what attachments propagate into tables. */
class Propagation {
  readonly #c: Compilation;
  readonly #prefixes = new Map<TransitAttachment, readonly Propagated[]>();
  /** Attachments that a table has for sure. */
  readonly #certain = new Map<OpenTable, Set<TransitAttachment>>();

  constructor(c: Compilation) {
    this.#c = c;
  }

  add(table: OpenTable, attachment: Draft<TransitAttachment>, doubts: Doubts): void {
    const certain = this.#certain.get(table) ?? new Set();
    if (certain.has(attachment)) return;
    if (doubts.length === 0) this.#certain.set(table, certain.add(attachment));
    const all = bothDoubts(attachment.doubts, doubts);
    for (const prefix of this.#of(attachment)) {
      table.routes.push({
        origin: attachment.origin,
        doubts: bothDoubts(all, prefix.doubts),
        destination: prefix.destination,
        rank: prefix.rank,
        target: { kind: 'attachment', attachment },
      });
    }
  }

  #of(attachment: Draft<TransitAttachment>): readonly Propagated[] {
    const known = this.#prefixes.get(attachment);
    if (known !== undefined) return known;
    const made = this.#c.propagates.get(attachment) ?? blocksOf(this.#c, attachment);
    this.#prefixes.set(attachment, made);
    return made;
  }
}

/** The blocks of an attached VPC; those of IPv6 only where the attachment supports it. */
function blocksOf(c: Compilation, { end, origin }: TransitAttachment): readonly Propagated[] {
  if (end.kind !== 'vpc') return [];
  const withoutIpv6 = origin.resource === null ? CERTAIN : ipv6Doubts(c, origin.resource);
  return destinationsOf(end.vpc.addresses).map((destination) => ({
    destination,
    rank: VPC_RANK,
    doubts: destination.kind === 'any' ? destination.doubts : familyOf(destination) === 6 ? withoutIpv6 : CERTAIN,
  }));
}

function familyOf(destination: Exclude<Destination, { kind: 'any' }>): 4 | 6 {
  return destination.kind === 'range' ? destination.range.family : destination.unknown.family;
}

function ipv6Doubts(c: Compilation, attachment: Resource): Doubts {
  const support = asString(c.estate.effective(attachment, 'ipv6_support'));
  if (isHidden(support)) return [support];
  return support === 'enable'
    ? CERTAIN
    : [unknown('operation', `${attachment.address}.ipv6_support`, 'is not enabled, so that IPv6 may not pass')];
}
