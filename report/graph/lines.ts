import { describeDestination } from '../../proofs/network/describe.ts';
import type {
  Door,
  Peering,
  Relay,
  RelayEntry,
  RelayExit,
  RouteTable,
  Target,
  Topology,
  TransitAttachment,
  Vpc,
} from '../../proofs/network/topology.ts';
import type { Boxes } from './boxes.ts';
import type { GraphEdge, GraphWay } from './network-graph.ts';

interface Line {
  readonly from: string;
  readonly to: string;
  isMutual: boolean;
  readonly labels: Set<string>;
  readonly controls: Set<string>;
  readonly flows: Set<string>;
  endpoints: number;
  status: GraphEdge['status'];
}

/** More than that are counted; the ways of the picture name them. */
const FEW_FLOWS = 2;

const GRAVITY: readonly GraphEdge['status'][] = ['plain', 'flow', 'unproven', 'fail'];

/** The lines of a picture: whatever passes packets from one box to another, once for each pair. */
export class Lines {
  readonly #boxes: Boxes;
  readonly #lines = new Map<string, Line>();

  constructor(topology: Topology, boxes: Boxes) {
    this.#boxes = boxes;
    for (const subnet of topology.subnets) {
      for (const { item } of subnet.tables) this.#routes(boxes.of(subnet), item);
    }
    const open = publicTiers(topology, boxes);
    for (const door of topology.doors) this.#door(door, open.get(door.vpc) ?? []);
    for (const own of topology.interfaces) {
      if (own.forwards.holds) this.#add(boxes.of(own), boxes.of(own.subnet), null);
    }
    for (const inspection of topology.inspections) {
      if (inspection.subnet !== null) this.#add(boxes.of(inspection), boxes.of(inspection.subnet), null);
    }
    for (const attachment of topology.attachments) this.#attachment(attachment);
    for (const peering of topology.peerings) this.#peering(peering);
    for (const relay of topology.relays) this.#relay(relay);
    for (const managed of topology.managed) {
      const outside = boxes.outside(managed.outside);
      if (managed.directions.includes('out')) this.#add(boxes.of(managed), outside, null);
      if (managed.directions.includes('in')) this.#add(outside, boxes.of(managed), null);
    }
  }

  /** Marks the lines that a way takes, draws those that were not there, and says which boxes it goes through. */
  mark({ kind, name, nodes: visited, ...way }: GraphWay): GraphWay {
    const nodes = visited.filter((id, index) => !this.#isHome(id, visited[index - 1], visited[index + 1]));
    for (const [index, to] of nodes.entries()) {
      const from = nodes[index - 1];
      if (from === undefined || from === to) continue;
      const line = this.#lineBetween(from, to);
      (kind === 'flow' ? line.flows : line.controls).add(name);
      if (GRAVITY.indexOf(kind) > GRAVITY.indexOf(line.status)) line.status = kind;
    }
    return { ...way, kind, name, nodes };
  }

  /** A route to an endpoint enters the tier of the endpoint only for its list. */
  #isHome(tier: string, before: string | undefined, after: string | undefined): boolean {
    if (before === undefined || after === undefined) return false;
    return this.#leads(before, after) && this.#leads(after, tier);
  }

  #leads(from: string, to: string): boolean {
    return this.#lines.has(keyOf(from, to)) || this.#lines.get(keyOf(to, from))?.isMutual === true;
  }

  all(): readonly GraphEdge[] {
    return Array.from(this.#lines.values(), ({ from, to, isMutual, labels, controls, flows, endpoints, status }) => ({
      from,
      to,
      isMutual,
      labels: [
        ...controls,
        ...(flows.size > FEW_FLOWS ? [`${flows.size} flows`] : flows),
        ...labels,
        ...(endpoints === 0 ? [] : [endpoints === 1 ? '1 endpoint' : `${endpoints} endpoints`]),
      ],
      status,
    }));
  }

  #routes(from: string | null, { routes }: RouteTable): void {
    for (const { destination, target } of routes) {
      this.#add(from, this.#targetOf(target), describeDestination(destination));
    }
  }

  #targetOf(target: Target): string | null {
    switch (target.kind) {
      case 'door':
        return this.#boxes.of(target.door);
      case 'nat':
        return this.#boxes.of(target.nat);
      case 'interface':
        return this.#boxes.of(target.interface);
      case 'inspection':
        return this.#boxes.of(target.inspection);
      case 'transit':
        return this.#boxes.of(target.gateway);
      case 'peering':
        return this.#boxes.of(target.peering);
      case 'outside':
        return this.#boxes.outside(target.outside);
      // All tiers of a VPC reach each other by it.
      case 'local':
      case 'blackhole':
      case 'hidden':
        return null;
    }
  }

  #door(door: Door, open: readonly string[]): void {
    const box = this.#boxes.of(door);
    const outside = this.#boxes.outside(door.outside);
    this.#add(box, outside, null);
    if (door.kind === 'egress-only') return;
    this.#add(outside, box, null);
    for (const { item } of door.tables) this.#routes(box, item);
    if (door.kind === 'internet' && door.tables.length === 0) for (const tier of open) this.#add(box, tier, null);
  }

  #attachment(attachment: TransitAttachment): void {
    const { gateway, end } = attachment;
    const box = this.#boxes.of(gateway);
    switch (end.kind) {
      case 'vpc':
        for (const { item } of end.subnets) this.#add(box, this.#boxes.of(item), null);
        return;
      case 'peering':
        this.#add(box, this.#boxes.of(attachment), null);
        return this.#add(this.#boxes.of(attachment), box, null);
      case 'inspection':
        this.#add(box, this.#boxes.of(end.inspection), null);
        return this.#add(this.#boxes.of(end.inspection), box, null);
      case 'outside':
        this.#add(box, this.#boxes.outside(end.outside), null);
        return this.#add(this.#boxes.outside(end.outside), box, null);
    }
  }

  #peering(peering: Peering): void {
    const box = this.#boxes.of(peering);
    for (const side of peering.sides) {
      if (!isVpc(side)) {
        this.#add(box, this.#boxes.outside(side), null);
        continue;
      }
      const tiers = this.#boxes.tiersOf(side);
      const routed = tiers.filter((tier) => this.#lines.has(keyOf(tier, box ?? '')));
      for (const tier of routed.length > 0 ? routed : tiers.slice(0, 1)) this.#add(box, tier, null);
    }
  }

  #relay(relay: Relay): void {
    const box = this.#boxes.of(relay);
    for (const entry of relay.from) this.#add(this.#entryOf(entry), box, null);
    for (const exit of relay.to) {
      const to = this.#exitOf(exit);
      if (relay.kind !== 'interface-endpoint' || exit.kind !== 'outside') this.#add(box, to, null);
      else if (box !== null && to !== null && box !== to) this.#lineBetween(box, to).endpoints += 1;
    }
  }

  /** From an interface in a tier to the relay in the same tier there is no line. */
  #entryOf(entry: RelayEntry): string | null {
    switch (entry.kind) {
      case 'interface':
        return this.#boxes.of(entry.interface);
      case 'outside':
        return this.#boxes.outside(entry.outside);
      case 'vpc':
        return null;
    }
  }

  #exitOf(exit: RelayExit): string | null {
    return exit.kind === 'outside' ? this.#boxes.outside(exit.outside) : this.#boxes.of(exit.interface);
  }

  #add(from: string | null, to: string | null, label: string | null): void {
    if (from === null || to === null || from === to) return;
    const line = this.#lineBetween(from, to);
    if (line.from !== from) line.isMutual = true;
    if (label !== null) line.labels.add(label);
  }

  #lineBetween(from: string, to: string): Line {
    const known = this.#lines.get(keyOf(from, to)) ?? this.#lines.get(keyOf(to, from));
    if (known !== undefined) return known;
    const made: Line = {
      from,
      to,
      isMutual: false,
      labels: new Set(),
      controls: new Set(),
      flows: new Set(),
      endpoints: 0,
      status: 'plain',
    };
    this.#lines.set(keyOf(from, to), made);
    return made;
  }
}

function keyOf(from: string, to: string): string {
  return JSON.stringify([from, to]);
}

function isVpc(side: Peering['sides'][number]): side is Vpc {
  return !('kind' in side);
}

/** Where the Internet gateway of a VPC delivers by itself: the tiers with a public address. */
function publicTiers({ interfaces, nats }: Topology, boxes: Boxes): ReadonlyMap<Vpc, readonly string[]> {
  const open = new Map<Vpc, Set<string>>();
  const add = (vpc: Vpc, box: string | null): void => {
    if (box === null) return;
    const tiers = open.get(vpc) ?? new Set();
    open.set(vpc, tiers.add(box));
  };
  for (const own of interfaces) if (own.isPublic.holds) add(own.subnet.vpc, boxes.of(own));
  for (const nat of nats) if (nat.isPublic.holds) add(nat.vpc, boxes.of(nat));
  return new Map(Array.from(open, ([vpc, tiers]) => [vpc, [...tiers]]));
}
