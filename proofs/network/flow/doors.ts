import type { Addresses, Choice, Door, Vpc } from '../topology.ts';
import { choicesOf, together } from './builder.ts';
import { local } from './hosts.ts';
import type { FlowPlan } from './plan.ts';
import type { Tables } from './tables.ts';
import type { AddressTerm, Term } from './term.ts';

/** H8: out by a door, past what its kind asks of a packet. */
export function doorExit(plan: FlowPlan, door: Door): number {
  const { builder } = plan;
  const { index, isNew } = builder.node(`out by ${builder.nameOf(door)}`, { origin: door.origin, doubts: door.doubts });
  if (isNew) builder.edge(index, builder.outside(door.outside), { terms: exitTerms(plan, door), origin: door.origin });
  return index;
}

function exitTerms(plan: FlowPlan, door: Door): readonly Term[] {
  const { builder } = plan;
  const beyond = builder.destination(door.outside.addresses);
  switch (door.kind) {
    case 'internet':
      return [publicAddresses('source', [...interfaces(plan, door.vpc), ...translators(plan, door.vpc)]), beyond];
    case 'egress-only':
      return [{ kind: 'family', family: 6 }, beyond];
    case 'carrier':
      return [beyond];
    case 'vpn':
      return [{ kind: 'family', family: 4 }, builder.destination(door.forwards)];
    case 'local':
      return [builder.destination(door.forwards)];
  }
}

/** H9: in by a door, to its tables or to the local route. */
export function doorEntry(plan: FlowPlan, tables: Tables, door: Door): void {
  if (door.kind === 'egress-only') return;
  const { builder } = plan;
  const from = builder.node(`sent by ${builder.nameOf(door.outside)}`, { origin: door.outside.origin }).index;
  const entered = builder.node(`in by ${builder.nameOf(door)}`, { origin: door.origin, doubts: door.doubts }).index;
  builder.edge(from, entered, {
    terms: [builder.source(door.outside.addresses), ...entryTerms(plan, door)],
    origin: door.origin,
  });
  const choices = choicesOf(door.tables);
  for (const { item, doubts } of choices) {
    builder.edge(entered, tables.node(item, { kind: 'door', door }), { doubts, origin: item.origin });
  }
  // Without a table that is associated for certain, the local route alone may decide.
  const isAssociated = choices.length > 1 || choices.some(({ doubts }) => doubts.length === 0);
  if (!isAssociated) {
    const doubts = together(...choices.map((choice) => choice.doubts));
    builder.edge(entered, local(plan, door.vpc), { terms: [builder.destination(door.vpc.addresses)], doubts });
  }
}

function entryTerms(plan: FlowPlan, door: Door): readonly Term[] {
  const within = plan.builder.destination(door.vpc.addresses);
  if (door.kind === 'vpn') return [{ kind: 'family', family: 4 }, within];
  if (door.kind !== 'internet') return [within];
  const blocked: readonly Choice<Addresses>[] = (plan.subnetsOf.get(door.vpc) ?? [])
    .filter(({ blocksIngress }) => blocksIngress.holds || blocksIngress.doubts.length > 0)
    .map(({ addresses, doubts, blocksIngress }) => ({
      item: addresses,
      doubts: together(doubts, blocksIngress.doubts),
    }));
  return [
    { ...within, family: 6 },
    publicAddresses('destination', interfaces(plan, door.vpc)),
    ...(blocked.length === 0
      ? []
      : [{ kind: 'address', side: 'destination', family: null, among: blocked, isNegated: true } as const]),
  ];
}

/** An Internet gateway translates for those alone that have a public address; of IPv6 every address is one. */
function publicAddresses(side: 'source' | 'destination', among: readonly Choice<Addresses>[]): AddressTerm {
  return { kind: 'address', side, family: 4, among, isNegated: false };
}

function interfaces(plan: FlowPlan, vpc: Vpc): readonly Choice<Addresses>[] {
  return (plan.publicInterfacesOf.get(vpc) ?? []).map(({ addresses, doubts, isPublic }) => ({
    item: addresses,
    doubts: together(doubts, isPublic.doubts),
  }));
}

function translators(plan: FlowPlan, vpc: Vpc): readonly Choice<Addresses>[] {
  return (plan.natsOf.get(vpc) ?? [])
    .filter(({ isPublic }) => isPublic.holds || isPublic.doubts.length > 0)
    .map(({ addresses, doubts, isPublic }) => ({ item: addresses, doubts: together(doubts, isPublic.doubts) }));
}
