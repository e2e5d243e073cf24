import type {
  Doubts,
  Door,
  Inspection,
  Nat,
  Origin,
  Route,
  RouteTable,
  Subnet,
  Target,
  Truth,
  Vpc,
} from '../topology.ts';
import { choicesOf, together } from './builder.ts';
import { doorExit } from './doors.ts';
import { forwards, local } from './hosts.ts';
import type { FlowPlan } from './plan.ts';
import { peeringExit, transitEntry } from './transit.ts';
import type { Lookup, Term } from './term.ts';
import { NAT64 } from './term.ts';

/** Whose packets a table routes: those of a subnet, or those that come in by a door. */
export type RoutedAt =
  { readonly kind: 'subnet'; readonly subnet: Subnet } | { readonly kind: 'door'; readonly door: Door };

interface Reading {
  readonly lookup: Lookup;
  readonly targets: ReadonlyMap<string, { readonly target: Target; readonly origin: Origin }>;
  /** Subnets that a target stands in: packets that are routed there do not pass its list again. */
  readonly homes: ReadonlySet<Subnet>;
  readonly needsZone: boolean;
  readonly needsBlock: boolean;
}

const PRECEDENCE = { local: 0, static: 0, 'prefix-list': 1, propagated: 2 } as const;

/** H2 to H8, H10 and H11: the node at which a table decides for the packets of a subnet or a door. */
export class Tables {
  readonly #plan: FlowPlan;
  readonly #readings = new Map<RouteTable, Reading>();

  constructor(plan: FlowPlan) {
    this.#plan = plan;
  }

  /** Subnets that a table treats alike share a node. */
  node(table: RouteTable, at: RoutedAt): number {
    const { builder } = this.#plan;
    const reading = this.#read(table);
    const vpc = at.kind === 'subnet' ? at.subnet.vpc : at.door.vpc;
    const parts = [builder.nameOf(table), 'in', builder.nameOf(vpc)];
    if (at.kind === 'door') parts.push('from', builder.nameOf(at.door));
    else {
      const { subnet } = at;
      const { zone, blocksEgress } = subnet;
      const isOwn =
        reading.homes.has(subnet) ||
        (reading.needsZone && zone.kind === 'hidden') ||
        (reading.needsBlock && blocksEgress.doubts.length > 0);
      if (isOwn) parts.push('from', builder.nameOf(subnet));
      else {
        if (reading.needsZone && zone.kind === 'known') parts.push('zone', zone.name);
        if (reading.needsBlock && blocksEgress.holds) parts.push('without egress');
      }
    }
    const { index, isNew } = builder.node(parts.join(' '), { origin: table.origin, doubts: table.doubts });
    if (isNew) this.#plan.later(() => this.#expand({ index, reading, at, vpc }));
    return index;
  }

  #read(table: RouteTable): Reading {
    const known = this.#readings.get(table);
    if (known !== undefined) return known;
    const targets = new Map<string, { readonly target: Target; readonly origin: Origin }>();
    const homes = new Set<Subnet>();
    const entries = table.routes.map((route) => {
      const { destination, precedence, doubts, target, origin } = route;
      const name = this.#nameOf(route);
      if (!targets.has(name)) targets.set(name, { target, origin });
      const home = homeOf(target);
      if (home !== null) homes.add(home);
      const kind = precedence === 'local' || precedence === 'propagated' ? precedence : 'other';
      return { destination, rank: PRECEDENCE[precedence], kind, target: name, doubts } as const;
    });
    if (table.open.length > 0)
      targets.set('hidden', { target: { kind: 'hidden', doubts: table.open }, origin: table.origin });
    const kinds = [...targets.values()].map(({ target }) => target.kind);
    const reading = {
      lookup: { entries, open: table.open },
      targets,
      homes,
      needsZone: kinds.includes('transit'),
      needsBlock: kinds.includes('door'),
    };
    this.#readings.set(table, reading);
    return reading;
  }

  #nameOf({ target }: Route): string {
    const { builder } = this.#plan;
    switch (target.kind) {
      case 'local':
      case 'blackhole':
      case 'hidden':
        return target.kind;
      case 'door':
        return builder.nameOf(target.door);
      case 'nat':
        return builder.nameOf(target.nat);
      case 'interface':
        return builder.nameOf(target.interface);
      case 'inspection':
        return builder.nameOf(target.inspection);
      case 'transit':
        return builder.nameOf(target.gateway);
      case 'peering':
        return builder.nameOf(target.peering);
      case 'outside':
        return builder.nameOf(target.outside);
    }
  }

  #expand({ index, reading, at, vpc }: { index: number; reading: Reading; at: RoutedAt; vpc: Vpc }): void {
    const { builder } = this.#plan;
    for (const [name, { target, origin }] of reading.targets) {
      if (at.kind === 'door' && !isEdgeTarget(target, at.door)) continue;
      const terms: readonly Term[] = [{ kind: 'lookup', table: reading.lookup, target: name }];
      for (const { to, doubts = [], more = [] } of this.#next(target, at, vpc)) {
        builder.edge(index, to, { terms: [...terms, ...more], doubts, origin });
      }
    }
  }

  #next(target: Target, at: RoutedAt, vpc: Vpc): readonly Next[] {
    const { builder } = this.#plan;
    switch (target.kind) {
      case 'local':
        return [{ to: local(this.#plan, vpc) }];
      case 'blackhole':
        return [];
      case 'hidden':
        return [{ to: builder.hiddenNode(), doubts: target.doubts }];
      case 'outside':
        return [{ to: builder.outside(target.outside) }];
      case 'interface':
        return this.#into(target.interface.subnet, at, forwards(this.#plan, target.interface));
      case 'inspection':
        return this.#inspected(target.inspection, at);
      case 'nat':
        return this.#translated(target.nat, at);
      case 'door':
        return at.kind === 'door'
          ? []
          : unblocked(target.door, at.subnet.blocksEgress, doorExit(this.#plan, target.door));
      case 'transit':
        return at.kind === 'door' ? [] : transitEntry(this.#plan, target.gateway, at.subnet);
      case 'peering':
        return peeringExit(this.#plan, target.peering, vpc);
    }
  }

  #inspected(inspection: Inspection, at: RoutedAt): readonly Next[] {
    const { subnet, owner, origin, doubts } = inspection;
    if (subnet === null) return [];
    const { builder } = this.#plan;
    const { index, isNew } = builder.node(`inspected by ${builder.nameOf(inspection)}`, { origin, doubts, owner });
    if (isNew) builder.edge(index, this.#plan.emits(subnet));
    return this.#into(subnet, at, index);
  }

  /** H7: the source becomes an address of the gateway, and of NAT64 the destination the one that is embedded. */
  #translated(nat: Nat, at: RoutedAt): readonly Next[] {
    const { builder } = this.#plan;
    const name = builder.nameOf(nat);
    const { index, isNew } = builder.node(`translated by ${name}`, { origin: nat.origin, doubts: nat.doubts });
    if (isNew) {
      const after = builder.node(`leaves ${name}`, { origin: nat.origin }).index;
      builder.edge(index, after, { terms: [{ kind: 'family', family: 4 }], change: 'any-source' });
      builder.edge(index, after, { terms: [builder.destination(NAT64)], change: 'to-ipv4' });
      const terms = [builder.source(nat.addresses)];
      if (nat.subnet !== null) builder.edge(after, this.#plan.emits(nat.subnet), { terms });
      else {
        for (const door of this.#plan.doorsOf.get(nat.vpc) ?? []) {
          if (door.kind === 'internet') builder.edge(after, doorExit(this.#plan, door), { terms });
        }
      }
    }
    return nat.subnet === null ? [{ to: index }] : this.#into(nat.subnet, at, index);
  }

  /** By the list of the subnet in which a target stands, unless the packet is routed there already. */
  #into(home: Subnet, at: RoutedAt, to: number): readonly Next[] {
    if (at.kind === 'subnet' && at.subnet === home) return [{ to }];
    return this.#plan
      .acls(home)
      .map(({ item, doubts }) => ({ to, doubts, more: [this.#plan.builder.acl(item, 'ingress')] }));
  }
}

export interface Next {
  readonly to: number;
  readonly doubts?: Doubts;
  readonly more?: readonly Term[];
}

/** H1: what leaves something in a subnet stays in it, or passes its list and its table. */
export function emission(plan: FlowPlan, tables: Tables, subnet: Subnet): void {
  const { builder } = plan;
  const from = plan.emits(subnet);
  builder.edge(from, plan.delivers(subnet), { terms: [builder.destination(subnet.addresses)] });
  const leaves = builder.notDestination(subnet.addresses);
  for (const table of choicesOf(subnet.tables)) {
    const to = tables.node(table.item, { kind: 'subnet', subnet });
    for (const { item, doubts } of plan.acls(subnet)) {
      builder.edge(from, to, {
        terms: [leaves, builder.acl(item, 'egress')],
        doubts: together(table.doubts, doubts),
        origin: table.item.origin,
      });
    }
  }
}

function homeOf(target: Target): Subnet | null {
  switch (target.kind) {
    case 'interface':
      return target.interface.subnet;
    case 'inspection':
      return target.inspection.subnet;
    case 'nat':
      return target.nat.subnet;
    default:
      return null;
  }
}

/** H9: edge tables lead within the VPC, and from a VPN gateway not to an endpoint of a gateway load balancer. */
function isEdgeTarget(target: Target, door: Door): boolean {
  if (target.kind === 'inspection') return door.kind !== 'vpn' || target.inspection.kind !== 'gateway-load-balancer';
  return target.kind === 'local' || target.kind === 'interface' || target.kind === 'hidden';
}

/** Block Public Access stops what goes out to the Internet, whatever gateway it would take. */
function unblocked(door: Door, blocks: Truth, to: number): readonly Next[] {
  if (door.kind === 'vpn' || door.kind === 'local') return [{ to }];
  return blocks.holds && blocks.doubts.length === 0 ? [] : [{ to, doubts: blocks.doubts }];
}
