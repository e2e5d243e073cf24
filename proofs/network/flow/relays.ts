import { HANDED_SOURCE } from '../membership.ts';
import type { Addresses, Managed, Outside, Relay, RelayEntry, RelayExit, Subnet, Vpc } from '../topology.ts';
import { groups, start } from './hosts.ts';
import { type FlowPlan, mayKeepSource } from './plan.ts';
import { EVERY_ADDRESS, type Term } from './term.ts';

/** H12: what comes in at any entry may go on, at any exit: as packets of the relay's own, or with the source that they came with. */
export function relay(plan: FlowPlan, own: Relay): void {
  const { builder } = plan;
  const { origin, doubts, owner } = own;
  const { index } = builder.node(`relayed by ${builder.nameOf(own)}`, { origin, doubts, owner });
  for (const entry of own.from) {
    const terms: readonly Term[] = [{ kind: 'services', services: entry.services }];
    builder.edge(entryNode(plan, entry), index, { terms, origin });
  }
  for (const [number, exit] of own.to.entries())
    relayExit(plan, index, { name: `${builder.nameOf(own)} to ${number + 1}`, exit });
}

function entryNode(plan: FlowPlan, entry: RelayEntry): number {
  const { builder } = plan;
  switch (entry.kind) {
    case 'interface':
      return plan.arrives(entry.interface);
    case 'outside':
      return builder.node(`sent by ${builder.nameOf(entry.outside)}`, { origin: entry.outside.origin }).index;
    case 'vpc':
      return hosts(plan, entry.vpc);
  }
}

/** Any host of a VPC, whatever its routes and groups. */
function hosts(plan: FlowPlan, vpc: Vpc): number {
  const { builder } = plan;
  const { index, isNew } = builder.node(`hosts of ${builder.nameOf(vpc)}`, { origin: vpc.origin, doubts: vpc.doubts });
  if (!isNew) return index;
  for (const subnet of plan.subnetsOf.get(vpc) ?? []) {
    builder.edge(subnetStart(plan, subnet), index);
    for (const own of plan.interfacesOf.get(subnet) ?? []) builder.edge(start(plan, own), index);
  }
  return index;
}

/** H1: whatever is in a subnet sends with one of its addresses, past no security group. */
export function subnetStart(plan: FlowPlan, subnet: Subnet): number {
  const { builder } = plan;
  const { origin, doubts, addresses } = subnet;
  const { index, isNew } = builder.node(`sent in ${builder.nameOf(subnet)}`, { origin, doubts });
  if (isNew) builder.edge(index, plan.emits(subnet), { terms: [builder.source(addresses)] });
  return index;
}

function relayExit(
  plan: FlowPlan,
  relayed: number,
  { name, exit }: { readonly name: string; readonly exit: RelayExit },
): void {
  const { builder } = plan;
  if (exit.kind === 'outside') {
    builder.edge(relayed, builder.outside(exit.outside), { change: 'any-packet' });
    return;
  }
  if (exit.kind === 'delivery') handsOver(plan, relayed, { name, exit });
  else sendsOn(plan, relayed, { name, exit });
}

interface Leaving<Kind extends RelayExit['kind']> {
  readonly name: string;
  readonly exit: Extract<RelayExit, { readonly kind: Kind }>;
}

/** Past everything: to the interface, and so into its subnet. */
function handsOver(plan: FlowPlan, relayed: number, { name, exit }: Leaving<'delivery'>): void {
  const { builder } = plan;
  const { origin, doubts, subnet, addresses } = exit.interface;
  const { index } = builder.node(`sent on by ${name}`, { origin, doubts });
  builder.edge(relayed, index, { change: 'any-packet' });
  const terms: readonly Term[] = [builder.destination(addresses), { kind: 'services', services: exit.services }];
  builder.edge(index, plan.arrives(exit.interface), {
    // What source it has matters only to what keeps it.
    terms: plan.keepers.has(exit.interface) ? [...terms, sourceOfHandedOver(plan, addresses)] : terms,
  });
  builder.edge(index, handedOver(plan, subnet), { terms });
}

/** The source of what a relay hands over is certain where it does not matter, and may be any. */
function sourceOfHandedOver({ builder }: FlowPlan, addresses: Addresses): Term {
  const own = builder.source(addresses);
  return { ...own, among: [...own.among, { item: EVERY_ADDRESS, doubts: [HANDED_SOURCE] }] };
}

/** From its interface, with an address of it or with the source of what came in. */
function sendsOn(plan: FlowPlan, relayed: number, { name, exit }: Leaving<'interface'>): void {
  const { builder } = plan;
  const { origin, doubts, subnet, addresses } = exit.interface;
  const { holds, doubts: unsure } = exit.keepsSource;
  const emitted = plan.emits(subnet);
  const sent: readonly Term[] = [
    builder.destination(exit.destinations),
    { kind: 'services', services: exit.services },
    ...groups(exit.interface, 'egress'),
  ];
  const own: readonly Term[] = [builder.source(addresses), ...sent];
  if (!holds || unsure.length > 0) {
    const { index } = builder.node(`sent on by ${name}`, { origin, doubts });
    builder.edge(relayed, index, { change: 'any-packet', doubts: unsure });
    builder.edge(index, emitted, { terms: own });
  }
  if (!mayKeepSource(exit)) return;
  const { index } = builder.node(`sent on with its source by ${name}`, { origin, doubts });
  builder.edge(relayed, index, { change: 'other-destination', doubts: unsure });
  builder.edge(index, emitted, { terms: sent });
  // A client of the other family cannot keep its address.
  for (const [family, other] of FAMILIES) {
    if (!mayHave(exit.destinations, family.family) || !mayHave(addresses, family.family)) continue;
    const translated = builder.node(`sent on as IPv${family.family} by ${name}`, { origin, doubts }).index;
    builder.edge(relayed, translated, { terms: [other], change: 'any-packet' });
    builder.edge(translated, emitted, { terms: [family, ...own] });
  }
}

type FamilyTerm = Extract<Term, { readonly kind: 'family' }>;
const V4: FamilyTerm = { kind: 'family', family: 4 };
const V6: FamilyTerm = { kind: 'family', family: 6 };
/** Each family, and the other one. */
const FAMILIES = [
  [V4, V6],
  [V6, V4],
] as const;

function mayHave({ ranges, unknowns, doubts }: Addresses, family: 4 | 6): boolean {
  return doubts.length > 0 || [...ranges, ...unknowns].some((part) => part.family === family);
}

/** What relays deliver in a subnet, past its interfaces' groups. */
function handedOver(plan: FlowPlan, subnet: Subnet): number {
  const { builder } = plan;
  const { origin, doubts } = subnet;
  return builder.node(handoverName(builder.nameOf(subnet)), { origin, doubts }).index;
}

export function handoverName(subnet: string): string {
  return `handed over in ${subnet}`;
}

/** H13. */
export function managed(plan: FlowPlan, own: Managed): void {
  const { builder } = plan;
  const name = builder.nameOf(own);
  const { origin, doubts, outside, directions } = own;
  const sends = builder.node(`sent by ${name}`, { origin, doubts }).index;
  const takes = builder.node(`arrives at ${name}`, { origin, doubts }).index;
  if (directions.includes('out')) builder.edge(sends, builder.outside(outside));
  if (directions.includes('in')) builder.edge(outsideStart(plan, outside), takes);
}

export function outsideStart(plan: FlowPlan, outside: Outside): number {
  const { builder } = plan;
  return builder.node(`sent by ${builder.nameOf(outside)}`, { origin: outside.origin }).index;
}
