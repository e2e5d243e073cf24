import type { Interface, Vpc } from '../topology.ts';
import type { FlowPlan } from './plan.ts';
import { EVERY_ADDRESS, type Direction, type Term } from './term.ts';

/** H3: from the router of a VPC into the subnet of the destination, by its list. */
export function local(plan: FlowPlan, vpc: Vpc): number {
  const { builder } = plan;
  const name = builder.nameOf(vpc);
  const { index, isNew } = builder.node(`local in ${name}`, { origin: vpc.origin, doubts: vpc.doubts });
  if (!isNew) return index;
  for (const subnet of plan.subnetsOf.get(vpc) ?? []) {
    for (const { item, doubts } of plan.acls(subnet)) {
      // Subnets with the same list share what it lets in.
      const past = builder.node(`let in by ${builder.nameOf(item)} of ${name}`, { origin: item.origin });
      if (past.isNew) builder.edge(index, past.index, { terms: [builder.acl(item, 'ingress')], origin: item.origin });
      builder.edge(past.index, plan.delivers(subnet), { terms: [builder.destination(subnet.addresses)], doubts });
    }
  }
  return index;
}

/** H4: from a subnet to its interfaces, by their groups. */
export function delivery(plan: FlowPlan, own: Interface): void {
  const { builder } = plan;
  builder.edge(plan.delivers(own.subnet), plan.arrives(own), {
    terms: [builder.destination(own.addresses), ...groups(own, 'ingress')],
    origin: own.origin,
  });
}

/** H5: an interface as the next hop of a route takes what is its own and forwards the rest, if it forwards. */
export function forwards(plan: FlowPlan, own: Interface): number {
  const { builder } = plan;
  const name = builder.nameOf(own);
  const { origin, doubts, owner, subnet } = own;
  const { index, isNew } = builder.node(`next hop ${name}`, { origin, doubts });
  if (!isNew) return index;
  const ingress = groups(own, 'ingress');
  builder.edge(index, plan.delivers(subnet), { terms: [builder.destination(own.addresses), ...ingress] });
  if (!own.forwards.holds && own.forwards.doubts.length === 0) return index;
  const forwarded = builder.node(`forwarded by ${name}`, { origin, owner }).index;
  builder.edge(index, forwarded, {
    terms: [builder.notDestination(own.addresses), ...ingress],
    doubts: own.forwards.doubts,
  });
  builder.edge(forwarded, plan.emits(subnet), { terms: groups(own, 'egress') });
  return index;
}

/** H1: packets of an interface itself. */
export function start(plan: FlowPlan, own: Interface): number {
  const { builder } = plan;
  const { index, isNew } = builder.node(`sent by ${builder.nameOf(own)}`, { origin: own.origin, doubts: own.doubts });
  if (!isNew) return index;
  builder.edge(index, plan.emits(own.subnet), { terms: [...sources(plan, own), ...groups(own, 'egress')] });
  return index;
}

export function groups(own: Interface, direction: Direction): readonly Term[] {
  return own.allowsAll ? [] : [{ kind: 'groups', groups: own.groups, direction, vpc: own.subnet.vpc }];
}

function sources(plan: FlowPlan, { addresses, forwards: forwarding }: Interface): readonly Term[] {
  const own = plan.builder.source(addresses);
  if (forwarding.doubts.length === 0) return forwarding.holds ? [] : [own];
  return [{ ...own, among: [...own.among, { item: EVERY_ADDRESS, doubts: forwarding.doubts }] }];
}
