import type { Managed, Outside, Relay, RelayEntry, RelayExit, Subnet, Vpc } from '../topology.ts';
import { groups, start } from './hosts.ts';
import type { FlowPlan } from './plan.ts';
import type { Term } from './term.ts';

/** H12: what comes in at any entry may go on, as packets of the relay's own, at any exit. */
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
  const { origin, doubts, subnet, addresses } = exit.interface;
  const { index } = builder.node(`sent on by ${name}`, { origin, doubts });
  builder.edge(relayed, index, { change: 'any-packet' });
  const services: Term = { kind: 'services', services: exit.services };
  if (exit.kind === 'delivery') {
    const terms = [builder.destination(addresses), services];
    builder.edge(index, plan.arrives(exit.interface), { terms });
    builder.edge(index, handedOver(plan, subnet), { terms });
    return;
  }
  builder.edge(index, plan.emits(subnet), {
    terms: [
      builder.source(addresses),
      builder.destination(exit.destinations),
      services,
      ...groups(exit.interface, 'egress'),
    ],
  });
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
