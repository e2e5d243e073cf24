import type {
  Choice,
  Doubts,
  Peering,
  Subnet,
  TransitAttachment,
  TransitGateway,
  TransitTable,
  Truth,
  Vpc,
  Zone,
} from '../topology.ts';
import { choicesOf, together } from './builder.ts';
import { local } from './hosts.ts';
import type { FlowPlan } from './plan.ts';
import type { Next } from './tables.ts';
import type { Lookup, Term } from './term.ts';

/** H10: into a transit gateway by the attachments of the VPC that have a subnet in the zone of the sender. */
export function transitEntry(plan: FlowPlan, gateway: TransitGateway, sender: Subnet): readonly Next[] {
  const { builder } = plan;
  const entries: Next[] = [];
  for (const attachment of plan.attachments(gateway, sender.vpc)) {
    if (attachment.end.kind !== 'vpc') continue;
    for (const { item: subnet, doubts } of attachment.end.subnets) {
      const match = sameZone(subnet.zone, sender.zone);
      if (match === null) continue;
      for (const acl of plan.acls(subnet)) {
        const more = [builder.acl(acl.item, 'ingress')];
        const hidden = together(gateway.doubts, attachment.doubts, doubts, subnet.doubts, match, acl.doubts);
        for (const { to, doubts: choice } of tablesOf(plan, attachment, sender.zone)) {
          entries.push({ to, doubts: together(hidden, choice), more });
        }
      }
    }
  }
  return entries;
}

/** Packets of the outside behind an attachment. */
export function transitArrival(plan: FlowPlan, attachment: TransitAttachment): void {
  if (attachment.end.kind !== 'outside') return;
  const { builder } = plan;
  const { outside } = attachment.end;
  const from = builder.node(`sent by ${builder.nameOf(outside)}`, { origin: outside.origin }).index;
  for (const { to, doubts } of tablesOf(plan, attachment, null)) {
    builder.edge(from, to, {
      terms: [builder.source(outside.addresses)],
      doubts: together(attachment.gateway.doubts, attachment.doubts, doubts),
      origin: attachment.origin,
    });
  }
}

/** H11: to the other VPC's own addresses and nowhere else. */
export function peeringExit(plan: FlowPlan, peering: Peering, vpc: Vpc): readonly Next[] {
  const { builder } = plan;
  const { sides, doubts } = peering;
  const others = sides[0] === vpc ? [sides[1]] : sides[1] === vpc ? [sides[0]] : [];
  return others.map((other) => ({
    to: 'kind' in other ? builder.outside(other) : local(plan, other),
    doubts,
    more: [builder.destination(other.addresses)],
  }));
}

export function peeringArrival(plan: FlowPlan, { sides, doubts, origin }: Peering): void {
  const { builder } = plan;
  for (const [one, other] of [sides, [sides[1], sides[0]]] as const) {
    if (!('kind' in one) || 'kind' in other) continue;
    const from = builder.node(`sent by ${builder.nameOf(one)}`, { origin: one.origin }).index;
    builder.edge(from, local(plan, other), {
      terms: [builder.source(one.addresses), builder.destination(other.addresses)],
      doubts,
      origin,
    });
  }
}

/** The tables that decide for what comes in by an attachment, which remember the zone that it came from. */
function tablesOf(
  plan: FlowPlan,
  attachment: TransitAttachment,
  zone: Zone | null,
): readonly { readonly to: number; readonly doubts: Doubts }[] {
  return choicesOf(attachment.tables).map(({ item, doubts }) => ({ to: tableNode(plan, item, zone), doubts }));
}

function tableNode(plan: FlowPlan, table: TransitTable, zone: Zone | null): number {
  const { builder } = plan;
  const { index, isNew } = builder.node(`${builder.nameOf(table)}${plan.zoneName(zone)}`, {
    origin: table.origin,
    doubts: table.doubts,
  });
  if (isNew) plan.later(() => expand(plan, { index, table, zone }));
  return index;
}

function lookupOf(plan: FlowPlan, table: TransitTable): Lookup {
  const known = plan.transitLookups.get(table);
  if (known !== undefined) return known;
  const entries = table.routes.map(({ destination, rank, target, doubts }) => {
    const name = target.kind === 'attachment' ? plan.builder.nameOf(target.attachment) : target.kind;
    return { destination, rank, kind: 'other', target: name, doubts } as const;
  });
  const lookup = { entries, open: table.open };
  plan.transitLookups.set(table, lookup);
  return lookup;
}

function expand(
  plan: FlowPlan,
  { index, table, zone }: { index: number; table: TransitTable; zone: Zone | null },
): void {
  const { builder } = plan;
  const lookup = lookupOf(plan, table);
  const seen = new Set<string>();
  const terms = (target: string): readonly Term[] => [{ kind: 'lookup', table: lookup, target }];
  for (const { target, origin } of table.routes) {
    if (target.kind === 'blackhole') continue;
    const name = target.kind === 'attachment' ? builder.nameOf(target.attachment) : target.kind;
    if (seen.has(name)) continue;
    seen.add(name);
    if (target.kind === 'hidden') {
      builder.edge(index, builder.hiddenNode(), { terms: terms(name), doubts: target.doubts, origin });
      continue;
    }
    const { attachment } = target;
    for (const { to, doubts = [] } of leave(plan, attachment, zone)) {
      builder.edge(index, to, { terms: terms(name), doubts: together(attachment.doubts, doubts), origin });
    }
  }
  if (table.open.length > 0 && !seen.has('hidden')) {
    builder.edge(index, builder.hiddenNode(), { terms: terms('hidden'), doubts: table.open, origin: table.origin });
  }
}

/** Out of a transit gateway by an attachment. */
function leave(plan: FlowPlan, attachment: TransitAttachment, zone: Zone | null): readonly Next[] {
  const { builder } = plan;
  const { end } = attachment;
  switch (end.kind) {
    case 'vpc':
      return deliveries(end.subnets, end.applianceMode, zone).map(({ item, doubts }) => ({
        to: plan.emits(item),
        doubts,
      }));
    case 'peering':
      return tablesOf(plan, end.other, null).map(({ to, doubts }) => ({
        to,
        doubts: together(end.other.doubts, end.other.gateway.doubts, doubts),
      }));
    case 'inspection': {
      const { inspection } = end;
      const { index, isNew } = builder.node(
        `inspected by ${builder.nameOf(inspection)} at ${builder.nameOf(attachment)}${plan.zoneName(zone)}`,
        { origin: inspection.origin, doubts: inspection.doubts, owner: inspection.owner },
      );
      if (isNew) {
        for (const { to, doubts } of tablesOf(plan, attachment, zone)) builder.edge(index, to, { doubts });
      }
      return [{ to: index }];
    }
    case 'outside':
      return [{ to: builder.outside(end.outside) }];
  }
}

/** The subnets of an attachment at which a packet may come out that entered the gateway in a zone. */
function deliveries(
  subnets: readonly Choice<Subnet>[],
  applianceMode: Truth,
  zone: Zone | null,
): readonly Choice<Subnet>[] {
  const all = subnets.map(({ item, doubts }) => ({ item, doubts: together(doubts, item.doubts) }));
  const isOn = applianceMode.holds && applianceMode.doubts.length === 0;
  if (isOn || zone === null) return all;
  const matches = all.map(({ item, doubts }) => ({ item, doubts, match: sameZone(item.zone, zone) }));
  const inZone = matches.filter(({ match }) => match !== null);
  const isAttached = inZone.some(({ doubts, match }) => doubts.length === 0 && match?.length === 0);
  const may = applianceMode.doubts.length > 0;
  // What hides that the zone of the sender is attached hides as well that packets go to other zones.
  const attached = together(...inZone.map(({ doubts, match }) => together(doubts, match ?? [])));
  return matches.flatMap(({ item, doubts, match }) => {
    if (match !== null) {
      const single = all.length === 1 ? [] : match;
      return [{ item, doubts: together(doubts, single) }];
    }
    if (inZone.length === 0) return [{ item, doubts }];
    if (!isAttached) return [{ item, doubts: together(doubts, attached, applianceMode.doubts) }];
    return may ? [{ item, doubts: together(doubts, applianceMode.doubts) }] : [];
  });
}

/** Null for two zones; otherwise what hides that they are one. */
function sameZone(left: Zone, right: Zone): Doubts | null {
  if (left.kind === 'known' && right.kind === 'known') return left.name === right.name ? [] : null;
  if (left === right) return [];
  return together(left.kind === 'hidden' ? left.doubts : [], right.kind === 'hidden' ? right.doubts : []);
}
