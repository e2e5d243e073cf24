import type { Resource } from '../../../model/resource.ts';
import { asString, type Hidden, isHidden, unknown } from '../../../model/value.ts';
import type { Choice, Doubts, TransitAttachment, TransitGateway, TransitTable, Truth } from '../topology.ts';
import { CERTAIN, type Compilation, type Draft } from './compilation.ts';
import { bothDoubts, doubtsOf, truthOf, YES } from './reading.ts';
import { gatewayChoices, isManaged } from './transit-gateways.ts';
import { type OpenTable, TransitNames } from './transit-names.ts';
import { addTransitRoutes } from './transit-routes.ts';
import { attachUnseen } from './transit.ts';

type Role = 'association' | 'propagation';

/** Which table decides for each attachment of a transit gateway, and what is in the tables; after every attachment is made. */
export function compileTransitTables(c: Compilation): void {
  attachUnseen(c);
  const names = new TransitNames(c);
  const defaults = new Defaults(c, names);
  associate(c, names, defaults);
  addTransitRoutes(c, names, (attachment) => defaults.of(attachment, 'propagation'));
  addPolicyTables(c, names);
}

/** What a gateway does by itself with each attachment: it associates it with a table, and propagates it to one. */
class Defaults {
  readonly #c: Compilation;
  readonly #names: TransitNames;
  readonly #changed: Record<Role, Map<TransitGateway, Choice<OpenTable>[]>> = {
    association: new Map(),
    propagation: new Map(),
  };
  readonly #tables: Record<Role, Map<TransitGateway, readonly Choice<OpenTable>[]>> = {
    association: new Map(),
    propagation: new Map(),
  };

  constructor(c: Compilation, names: TransitNames) {
    this.#c = c;
    this.#names = names;
    this.#readChanges('association');
    this.#readChanges('propagation');
  }

  /** Tables that the gateway of an attachment takes for it without being told. */
  of(attachment: TransitAttachment, role: Role): readonly Choice<OpenTable>[] {
    const wanted = this.#isWanted(attachment, role);
    if (!wanted.holds && wanted.doubts.length === 0) return [];
    return this.#ofGateway(attachment.gateway, role).map(({ item, doubts }) => ({
      item,
      doubts: bothDoubts(doubts, wanted.doubts),
    }));
  }

  #ofGateway(gateway: TransitGateway, role: Role): readonly Choice<OpenTable>[] {
    const known = this.#tables[role].get(gateway);
    if (known !== undefined) return known;
    const made = this.#read(gateway, role);
    this.#tables[role].set(gateway, made);
    return made;
  }

  #read(gateway: TransitGateway, role: Role): readonly Choice<OpenTable>[] {
    const resource = gateway.origin.resource;
    if (resource === null || !isManaged(gateway)) return [{ item: this.#names.defaultOf(gateway), doubts: CERTAIN }];
    const isOn = asString(this.#c.estate.effective(resource, `default_route_table_${role}`));
    const changed = this.#changed[role].get(gateway) ?? [];
    if (isOn !== 'enable' && !isHidden(isOn)) return changed;
    const doubts = bothDoubts(
      isHidden(isOn) ? [isOn] : CERTAIN,
      changed.flatMap((choice) => choice.doubts),
    );
    return [{ item: this.#names.defaultOf(gateway), doubts }, ...changed];
  }

  /** Another table may be made the default one, before or after an attachment is made. */
  #readChanges(role: Role): void {
    for (const change of this.#c.estate.ofType(`aws_ec2_transit_gateway_default_route_table_${role}`)) {
      this.#c.understood.add(change);
      const tables = this.#names.tables(change.attribute('transit_gateway_route_table_id'));
      const order = unknown(
        'operation',
        change.address,
        'may change the default before or after an attachment is made',
      );
      const hidden =
        tables.open.length === 0 ? [] : gatewayChoices(this.#c, change.attribute('transit_gateway_id'), change);
      const unseen = hidden.map(({ item, doubts }) => ({
        item: this.#names.unseenOf(item, tables.open),
        doubts: bothDoubts(tables.open, doubts),
      }));
      for (const { item, doubts } of [...tables.items, ...unseen]) {
        const choice = { item, doubts: [order, ...doubts, ...doubtsOf(change)] };
        const known = this.#changed[role].get(item.gateway);
        if (known === undefined) this.#changed[role].set(item.gateway, [choice]);
        else known.push(choice);
      }
    }
  }

  /** Whether an attachment leaves it to its gateway. */
  #isWanted({ origin }: TransitAttachment, role: Role): Truth {
    const { resource } = origin;
    if (resource === null) return YES;
    const argument = `transit_gateway_default_route_table_${role}`;
    switch (resource.type) {
      case 'aws_ec2_transit_gateway_vpc_attachment': {
        const accepter = 'aws_ec2_transit_gateway_vpc_attachment_accepter';
        // Of a shared gateway, its owner says it where the attachment is accepted.
        const { items } = this.#c.estate.companions(resource, accepter, 'transit_gateway_attachment_id');
        return truthOf(this.#c.estate.effective(items[0] ?? resource, argument), true);
      }
      case 'aws_ec2_transit_gateway_vpc_attachment_accepter':
      case 'aws_ec2_transit_gateway_connect':
        return truthOf(this.#c.estate.effective(resource, argument), true);
      default:
        return YES;
    }
  }
}

interface Association extends Choice<TransitTable> {
  readonly replaces: boolean;
}

function associate(c: Compilation, names: TransitNames, defaults: Defaults): void {
  const explicit = new Map<TransitAttachment, Association[]>();
  for (const association of c.estate.ofType('aws_ec2_transit_gateway_route_table_association')) {
    c.understood.add(association);
    readAssociation(association, names, explicit);
  }
  for (const attachment of c.attachments) {
    attachment.tables = tablesOf(attachment, explicit.get(attachment) ?? [], defaults.of(attachment, 'association'));
  }
}

function readAssociation(
  association: Resource,
  names: TransitNames,
  explicit: Map<TransitAttachment, Association[]>,
): void {
  const replaces = truthOf(association.attribute('replace_existing_association'), false).holds;
  const tables = names.tables(association.attribute('transit_gateway_route_table_id'));
  const attachments = names.attachments(association.attribute('transit_gateway_attachment_id'));
  const own = doubtsOf(association);
  const add = (attachment: TransitAttachment, item: TransitTable, doubts: Doubts) => {
    const entry = { item, doubts: bothDoubts(own, doubts), replaces };
    const known = explicit.get(attachment);
    if (known === undefined) explicit.set(attachment, [entry]);
    else known.push(entry);
  };
  for (const table of tables.items) {
    for (const attachment of attachments.items) {
      // The two sides of a peering have one id: the table tells which is meant.
      if (attachment.item.gateway !== table.item.gateway) continue;
      add(attachment.item, table.item, bothDoubts(table.doubts, attachment.doubts));
    }
    if (attachments.open.length === 0) continue;
    for (const attachment of names.attachmentsOf(table.item.gateway)) {
      add(attachment, table.item, bothDoubts(table.doubts, attachments.open));
    }
  }
  if (tables.open.length === 0) return;
  for (const { item, doubts } of names.candidates(attachments)) {
    const hidden = bothDoubts(tables.open, doubts);
    add(item, names.unseenOf(item.gateway, hidden), hidden);
  }
}

/** An attachment has one association: one that is written takes the place of the default, where it may. */
function tablesOf(
  { origin }: TransitAttachment,
  explicit: readonly Association[],
  byDefault: readonly Choice<TransitTable>[],
): readonly Choice<TransitTable>[] {
  if (explicit.length === 0) return byDefault;
  const written = explicit.map(({ item, doubts }) => ({ item, doubts }));
  const isCertain = explicit.some(({ doubts }) => doubts.length === 0);
  if (isCertain && (byDefault.length === 0 || explicit.some(({ replaces }) => replaces))) return written;
  const doubts = isCertain ? [besidesDefault(origin.name)] : CERTAIN;
  return [...written, ...byDefault].map((choice) => ({
    item: choice.item,
    doubts: bothDoubts(choice.doubts, doubts),
  }));
}

function besidesDefault(address: string): Hidden {
  return unknown('operation', address, 'is associated with a table besides the default one, of which AWS allows one');
}

/** A policy routes by source and port, by rules that Terraform does not show. */
function addPolicyTables(c: Compilation, names: TransitNames): void {
  for (const table of c.estate.ofType('aws_ec2_transit_gateway_policy_table')) c.understood.add(table);
  for (const association of c.estate.ofType('aws_ec2_transit_gateway_policy_table_association')) {
    c.understood.add(association);
    c.unmodelled.push({
      resource: association,
      reason: 'routes what comes in by a policy whose rules Terraform does not show',
    });
    const doubts = [unknown('missing-object', association.address, 'routes by a policy that is not seen')];
    const { items } = names.attachments(association.attribute('transit_gateway_attachment_id'));
    for (const { item } of items) routeByPolicy(item, names, doubts);
  }
}

function routeByPolicy(attachment: Draft<TransitAttachment>, names: TransitNames, doubts: Doubts): void {
  attachment.tables = [
    ...attachment.tables.map((choice) => ({ item: choice.item, doubts: bothDoubts(choice.doubts, doubts) })),
    { item: names.unseenOf(attachment.gateway, doubts), doubts },
  ];
}
