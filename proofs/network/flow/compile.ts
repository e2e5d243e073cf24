import type { Place } from '../question.ts';
import type { Addresses, Choice, Interface, SecurityGroup, Topology } from '../topology.ts';
import { together } from './builder.ts';
import { doorEntry } from './doors.ts';
import type { FlowEdge, FlowGraph } from './graph.ts';
import { delivery, start } from './hosts.ts';
import { FlowPlan } from './plan.ts';
import { handoverName, managed, outsideStart, relay, subnetStart } from './relays.ts';
import { emission, Tables } from './tables.ts';
import { peeringArrival, transitArrival } from './transit.ts';

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
  const { nodes, edges } = builder;
  return {
    topology,
    nodes,
    edges,
    out: byNode(edges, nodes.length, ({ from }) => from),
    in: byNode(edges, nodes.length, ({ to }) => to),
    starts: (place) => builder.find(startName(plan, place)),
    ends: (place) =>
      endNames(plan, place)
        .map((name) => builder.find(name))
        .filter((index) => index !== null),
    members: membersOf(topology.interfaces),
    hidden: builder.hidden,
  };
}

function startName({ builder }: FlowPlan, place: Place): string {
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

function endNames({ builder }: FlowPlan, place: Place): readonly string[] {
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
  return lists;
}

function membersOf(interfaces: readonly Interface[]): ReadonlyMap<SecurityGroup, readonly Choice<Addresses>[]> {
  const members = new Map<SecurityGroup, Choice<Addresses>[]>();
  for (const { addresses, doubts, groups } of interfaces) {
    for (const group of groups) {
      const choice = { item: addresses, doubts: together(doubts, group.doubts) };
      const known = members.get(group.item);
      if (known === undefined) members.set(group.item, [choice]);
      else known.push(choice);
    }
  }
  return members;
}
