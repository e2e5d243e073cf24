import type {
  Choice,
  Door,
  Interface,
  Nat,
  NetworkAcl,
  RelayExit,
  Subnet,
  Topology,
  TransitAttachment,
  TransitGateway,
  TransitTable,
  Vpc,
  Zone,
} from '../topology.ts';
import { choicesOf, FlowBuilder } from './builder.ts';
import type { Lookup } from './term.ts';

/** The topology by what the flow graph looks up in it, and the graph while it is being made. */
export class FlowPlan {
  readonly topology: Topology;
  readonly builder = new FlowBuilder();
  readonly subnetsOf: ReadonlyMap<Vpc, readonly Subnet[]>;
  readonly interfacesOf: ReadonlyMap<Subnet, readonly Interface[]>;
  readonly publicInterfacesOf: ReadonlyMap<Vpc, readonly Interface[]>;
  readonly natsOf: ReadonlyMap<Vpc, readonly Nat[]>;
  readonly doorsOf: ReadonlyMap<Vpc, readonly Door[]>;
  /** Interfaces at which relays listen that may keep the source of what they take. */
  readonly keepers: ReadonlySet<Interface>;
  /** Attachments of a transit gateway to a VPC. */
  readonly #attachments: ReadonlyMap<TransitGateway, ReadonlyMap<Vpc, readonly TransitAttachment[]>>;
  readonly #acls = new Map<readonly Choice<NetworkAcl>[], readonly Choice<NetworkAcl>[]>();
  readonly transitLookups = new Map<TransitTable, Lookup>();
  readonly #hiddenZones = new Map<Zone, number>();
  readonly #waiting: (() => void)[] = [];

  constructor(topology: Topology) {
    this.topology = topology;
    this.subnetsOf = groupBy(topology.subnets, ({ vpc }) => vpc);
    this.interfacesOf = groupBy(topology.interfaces, ({ subnet }) => subnet);
    this.publicInterfacesOf = groupBy(
      topology.interfaces.filter(({ isPublic }) => isPublic.holds || isPublic.doubts.length > 0),
      ({ subnet }) => subnet.vpc,
    );
    this.natsOf = groupBy(topology.nats, ({ vpc }) => vpc);
    this.doorsOf = groupBy(topology.doors, ({ vpc }) => vpc);
    this.keepers = new Set(
      topology.relays
        .filter(({ to }) => to.some(mayKeepSource))
        .flatMap(({ from }) => from.flatMap((entry) => (entry.kind === 'interface' ? [entry.interface] : []))),
    );
    const attachments = new Map<TransitGateway, Map<Vpc, TransitAttachment[]>>();
    for (const attachment of topology.attachments) {
      if (attachment.end.kind !== 'vpc') continue;
      const ofGateway = attachments.get(attachment.gateway) ?? new Map<Vpc, TransitAttachment[]>();
      attachments.set(attachment.gateway, ofGateway);
      const ofVpc = ofGateway.get(attachment.end.vpc);
      if (ofVpc === undefined) ofGateway.set(attachment.end.vpc, [attachment]);
      else ofVpc.push(attachment);
    }
    this.#attachments = attachments;
  }

  attachments(gateway: TransitGateway, vpc: Vpc): readonly TransitAttachment[] {
    return this.#attachments.get(gateway)?.get(vpc) ?? [];
  }

  /** The lists that a subnet may have, each with what hides whether it has it. */
  acls(subnet: Subnet): readonly Choice<NetworkAcl>[] {
    const known = this.#acls.get(subnet.acls);
    if (known !== undefined) return known;
    const choices = choicesOf(subnet.acls);
    this.#acls.set(subnet.acls, choices);
    return choices;
  }

  /** Does something once what is being made is made: chains of tables may be as long as the input likes. */
  later(work: () => void): void {
    this.#waiting.push(work);
  }

  finish(): void {
    for (let work = this.#waiting.pop(); work !== undefined; work = this.#waiting.pop()) work();
  }

  /** How names of nodes tell the zone in which a packet entered a transit gateway. */
  zoneName(zone: Zone | null): string {
    if (zone === null) return '';
    if (zone.kind === 'known') return ` from zone ${zone.name}`;
    const number = this.#hiddenZones.get(zone) ?? this.#hiddenZones.size + 1;
    this.#hiddenZones.set(zone, number);
    return ` from hidden zone ${number}`;
  }

  emits(subnet: Subnet): number {
    return this.builder.node(emissionName(this.builder.nameOf(subnet)), {
      origin: subnet.origin,
      doubts: subnet.doubts,
    }).index;
  }

  delivers(subnet: Subnet): number {
    return this.builder.node(`delivered in ${this.builder.nameOf(subnet)}`, {
      origin: subnet.origin,
      doubts: subnet.doubts,
    }).index;
  }

  arrives(own: Interface): number {
    return this.builder.node(`arrives at ${this.builder.nameOf(own)}`, { origin: own.origin, doubts: own.doubts })
      .index;
  }
}

/** The name of the node of what leaves a subnet. */
export function emissionName(subnet: string): string {
  return `emitted in ${subnet}`;
}

export function mayKeepSource(exit: RelayExit): boolean {
  return exit.kind === 'interface' && (exit.keepsSource.holds || exit.keepsSource.doubts.length > 0);
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
