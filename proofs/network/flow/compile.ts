import type { Place } from '../question.ts';
import { keptBy } from '../membership.ts';
import type { Interface, Relay, SecurityGroup, Topology } from '../topology.ts';
import { type FlowBuilder, together } from './builder.ts';
import { doorEntry } from './doors.ts';
import type { FlowEdge, FlowGraph, Member } from './graph.ts';
import { delivery, start } from './hosts.ts';
import { emissionName, FlowPlan, mayKeepSource } from './plan.ts';
import { handoverName, managed, outsideStart, relay, subnetStart } from './relays.ts';
import { emission, Tables } from './tables.ts';
import { EVERY_ADDRESS } from './term.ts';
import { peeringArrival, transitArrival } from './transit.ts';

const NO_EDGES: readonly number[] = [];

const GRAPHS = new WeakMap<Topology, FlowGraph>();

/** The flow graph of a topology; made once. */
export function compileFlowGraph(topology: Topology): FlowGraph {
  const known = GRAPHS.get(topology);
  if (known !== undefined) return known;
  const graph = compile(topology);
  GRAPHS.set(topology, graph);
  return graph;
}

function compile(topology: Topology): FlowGraph {
  const plan = new FlowPlan(topology);
  const { builder } = plan;
  const tables = new Tables(plan);
  for (const subnet of topology.subnets) {
    subnetStart(plan, subnet);
    emission(plan, tables, subnet);
  }
  for (const own of topology.interfaces) {
    start(plan, own);
    delivery(plan, own);
  }
  for (const outside of topology.outsides) {
    outsideStart(plan, outside);
    builder.outside(outside);
  }
  for (const door of topology.doors) doorEntry(plan, tables, door);
  for (const attachment of topology.attachments) transitArrival(plan, attachment);
  for (const peering of topology.peerings) peeringArrival(plan, peering);
  for (const own of topology.relays) relay(plan, own);
  for (const own of topology.managed) managed(plan, own);
  plan.finish();
  builder.finish();
  const { nodes, edges } = builder;
  return {
    topology,
    nodes,
    edges,
    out: byNode(edges, nodes.length, ({ from }) => from),
    in: byNode(edges, nodes.length, ({ to }) => to),
    starts: (place) => builder.find(startName(builder, place)),
    ends: (place) =>
      endNames(builder, place)
        .map((name) => builder.find(name))
        .filter((index) => index !== null),
    leaves: (subnet) => builder.find(emissionName(builder.nameOf(subnet))),
    members: membersOf(topology),
    hidden: builder.hidden,
  };
}

function startName(builder: FlowBuilder, place: Place): string {
  switch (place.kind) {
    case 'subnet':
      return `sent in ${builder.nameOf(place.subnet)}`;
    case 'interface':
      return `sent by ${builder.nameOf(place.interface)}`;
    case 'outside':
      return `sent by ${builder.nameOf(place.outside)}`;
    case 'managed':
      return `sent by ${builder.nameOf(place.managed)}`;
  }
}

function endNames(builder: FlowBuilder, place: Place): readonly string[] {
  switch (place.kind) {
    case 'subnet': {
      const name = builder.nameOf(place.subnet);
      return [`delivered in ${name}`, handoverName(name)];
    }
    case 'interface':
      return [`arrives at ${builder.nameOf(place.interface)}`];
    case 'outside':
      return [`arrives at ${builder.nameOf(place.outside)}`];
    case 'managed':
      return [`arrives at ${builder.nameOf(place.managed)}`];
  }
}

function byNode(
  edges: readonly FlowEdge[],
  size: number,
  nodeOf: (edge: FlowEdge) => number,
): readonly (readonly number[])[] {
  const lists: number[][] = Array.from({ length: size }, () => []);
  for (const [index, edge] of edges.entries()) lists[nodeOf(edge)]?.push(index);
  // A list that was added to has room for many more than the few edges that most nodes have.
  return lists.map((list) => (list.length === 0 ? NO_EDGES : list.slice()));
}

function membersOf({ interfaces, relays }: Topology): ReadonlyMap<SecurityGroup, readonly Member[]> {
  const members = new Map<SecurityGroup, Member[]>();
  const add = (group: SecurityGroup, member: Member): void => {
    const known = members.get(group);
    if (known === undefined) members.set(group, [member]);
    else known.push(member);
  };
  for (const { addresses, doubts, groups, subnet } of interfaces) {
    for (const group of groups) {
      add(group.item, { item: addresses, doubts: together(doubts, group.doubts), vpc: subnet.vpc });
    }
  }
  // Whoever comes by a balancer that keeps its address is let in by rules that name the balancer's group.
  const balancers = new Set(relays.flatMap(vouchersOf));
  for (const own of balancers) {
    const member = { item: EVERY_ADDRESS, doubts: [keptBy(own)], vpc: own.subnet.vpc };
    for (const { item } of own.groups) add(item, member);
  }
  return members;
}

/** Interfaces of balancers that keep the addresses of clients. */
function vouchersOf({ kind, to }: Relay): readonly Interface[] {
  if (kind !== 'load-balancer') return [];
  return to.flatMap((exit) => (exit.kind === 'interface' && mayKeepSource(exit) ? [exit.interface] : []));
}
