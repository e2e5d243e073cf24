import type {
  Addresses,
  Choice,
  Doubts,
  Interface,
  NetworkAcl,
  Outside,
  Route,
  SecurityGroup,
  Subnet,
  Target,
  Topology,
  TransitTable,
  TransitRoute,
  Truth,
  Unknown,
  Zone,
} from '../../../proofs/network/topology.ts';
import {
  addresses,
  doubt,
  EVERYWHERE,
  hiddenAddress,
  Network,
  NO,
  permit,
  resource,
  route,
  rule,
  services,
  tcp,
  transitRoute,
  YES,
} from './topology.ts';

/** A network drawn by chance, full of what a topology can hide, and the ends that are worth asking about. */
export interface RandomNetwork {
  readonly topology: Topology;
  readonly hosts: readonly Interface[];
  readonly subnets: readonly Subnet[];
  readonly outsides: readonly Outside[];
}

export const PORTS = [443, 8080];

/** Deterministic chance, by a seed. */
class Chance {
  #state: number;
  #doubts = 0;
  readonly #doubtful: number;

  /** `doubtful`: how many things of a hundred are in doubt. */
  constructor(seed: number, doubtful: number) {
    this.#state = seed * 2_654_435_761;
    this.#doubtful = doubtful;
  }

  roll(sides: number): number {
    this.#state = (Math.imul(this.#state ^ (this.#state >>> 15), 0x2c1b_3c6d) + 0x9e37_79b9) >>> 0;
    const mixed = Math.imul(this.#state ^ (this.#state >>> 13), 0x297a_2d39) >>> 0;
    return ((mixed ^ (mixed >>> 16)) >>> 0) % sides;
  }

  in(hundred: number): boolean {
    return this.roll(100) < hundred;
  }

  of<Item>(items: readonly Item[]): Item {
    const item = items[this.roll(items.length)];
    if (item === undefined) throw new TypeError('nothing to choose from');
    return item;
  }

  doubts(): Doubts {
    return this.in(this.#doubtful) ? [doubt(`var.v${++this.#doubts}`)] : [];
  }

  truth(hundred: number): Truth {
    const doubts = this.doubts();
    return { holds: this.in(hundred), doubts };
  }
}

const CIDRS = [
  '0.0.0.0/0',
  '10.0.0.0/8',
  '10.0.0.0/16',
  '10.1.0.0/16',
  '10.0.1.0/24',
  '10.1.0.64/27',
  '10.1.0.0/23',
  '203.0.113.0/24',
];

export interface Drawing {
  /** How many things of a hundred are in doubt. */
  readonly doubtful: number;
  /** With a relay and hidden targets, by which another packet may arrive than the one that was sent. */
  readonly detours: boolean;
}

export function drawNetwork(seed: number, { doubtful, detours }: Drawing): RandomNetwork {
  const chance = new Chance(seed, doubtful);
  const net = new Network();
  const internet = net.outside('the Internet');
  const office = net.outside('the office', { kind: 'on-premises', addresses: addresses('192.168.0.0/16') });
  const vpcs = [0, 1].map((number) => net.vpc(`10.${number}.0.0/16`, { doubts: chance.doubts() }));
  const gateway = net.transitGateway({ doubts: chance.doubts() });
  const transitTables = [0, 1].map(() => net.transitTable(gateway, { open: detours ? chance.doubts() : [] }));
  const groups = [0, 1, 2].map(() => groupOf(net, chance));
  const doors = vpcs.flatMap((vpc) => [
    net.door('internet', vpc, internet, { doubts: chance.doubts() }),
    net.door('vpn', vpc, office, { forwards: addresses('192.168.0.0/16'), doubts: chance.doubts() }),
  ]);
  const peering = net.peering([vpcs[0] ?? net.vpc('10.9.0.0/16'), vpcs[1] ?? net.vpc('10.9.0.0/16')], {
    doubts: chance.doubts(),
  });
  const owner = resource('aws_networkfirewall_firewall.site');
  const subnets: Subnet[] = [];
  const hosts: Interface[] = [];
  for (const [number, vpc] of vpcs.entries()) {
    const targets: Target[] = [
      { kind: 'transit', gateway },
      { kind: 'peering', peering },
      { kind: 'blackhole' },
      ...doors.filter((door) => door.vpc === vpc).map((door) => ({ kind: 'door', door }) as const),
    ];
    for (const index of [0, 1, 2]) {
      const block = `10.${number}.${index}.0/24`;
      const subnet = net.subnet(vpc, block, {
        zone: zoneOf(chance),
        acls: choose(chance, () => aclOf(net, chance)),
        tables: choose(chance, () =>
          net.table([...net.locals(vpc), ...routesOf(chance, { targets, hosts, detours })], {
            open: detours && chance.in(5) ? chance.doubts() : [],
          }),
        ),
        blocksEgress: chance.truth(10),
        blocksIngress: chance.truth(10),
        doubts: chance.doubts(),
      });
      subnets.push(subnet);
      if (chance.in(30))
        targets.push({ kind: 'nat', nat: net.nat(subnet, `10.${number}.${index}.5`, { doubts: chance.doubts() }) });
      if (chance.in(30)) {
        targets.push({ kind: 'inspection', inspection: net.inspection(subnet, { owner, doubts: chance.doubts() }) });
      }
      for (const host of [20, 30]) {
        const own = net.interface(subnet, hostAddress(chance, `10.${number}.${index}`, host), {
          groups: groups.filter(() => chance.in(60)).map((item) => ({ item, doubts: chance.doubts() })),
          forwards: chance.in(25) ? YES : NO,
          isPublic: chance.truth(40),
          doubts: chance.doubts(),
        });
        hosts.push(own);
        if (own.forwards.holds) targets.push({ kind: 'interface', interface: own });
      }
    }
    const own = subnets.filter((subnet) => subnet.vpc === vpc);
    net.attachment(
      chance.of(transitTables),
      {
        kind: 'vpc',
        vpc,
        subnets: own.filter(() => chance.in(70)).map((item) => ({ item, doubts: chance.doubts() })),
        applianceMode: chance.truth(30),
      },
      { doubts: chance.doubts() },
    );
  }
  for (const table of transitTables) fillTransit(chance, net, table);
  if (detours) addRelay(chance, net, hosts);
  return { topology: net.topology, hosts, subnets, outsides: [internet, office] };
}

function addRelay(chance: Chance, net: Network, hosts: readonly Interface[]): void {
  const [front, back] = [chance.of(hosts), chance.of(hosts)];
  net.relay(
    [{ kind: 'interface', interface: front, services: services(tcp(443)) }],
    [
      {
        kind: 'interface',
        interface: front,
        destinations: back.addresses,
        services: services(tcp(8080)),
        keepsSource: NO,
      },
    ],
    { doubts: chance.doubts() },
  );
}

function choose<Item>(chance: Chance, make: () => Item): readonly Choice<Item>[] {
  const doubts = chance.doubts();
  const first = { item: make(), doubts };
  return doubts.length > 0 && chance.in(50) ? [first, { item: make(), doubts }] : [first];
}

function zoneOf(chance: Chance): Zone {
  const doubts = chance.doubts();
  return doubts.length > 0 ? { kind: 'hidden', doubts } : { kind: 'known', name: chance.of(['a', 'b']) };
}

/** Fixed, or one that only AWS knows, which is none of the fixed ones. */
function hostAddress(chance: Chance, prefix: string, host: number): Addresses {
  if (chance.doubts().length === 0) return addresses(`${prefix}.${host}`);
  return addresses(hiddenAddress(`host ${host} in ${prefix}`, `${prefix}.64/26`));
}

function someAddresses(chance: Chance): Addresses {
  const doubts = chance.doubts();
  return { ...addresses(...(chance.in(20) ? [chance.of(CIDRS), chance.of(CIDRS)] : [chance.of(CIDRS)])), doubts };
}

function someServices(chance: Chance): ReturnType<typeof services> {
  return chance.in(60) ? services() : { ...services(tcp(chance.of(PORTS))), doubts: chance.doubts() };
}

function aclOf(net: Network, chance: Chance): NetworkAcl {
  const rules = () => [
    ...[100, 110]
      .filter(() => chance.in(30))
      .map((number) =>
        rule({
          number,
          allows: chance.in(50),
          addresses: someAddresses(chance),
          services: someServices(chance),
          doubts: chance.doubts(),
        }),
      ),
    ...(chance.in(90) ? [rule({ number: 200, addresses: EVERYWHERE })] : []),
  ];
  return net.acl({ ingress: rules(), egress: rules(), open: chance.in(10) ? chance.doubts() : [] });
}

function groupOf(net: Network, chance: Chance): SecurityGroup {
  const rules = () =>
    [0, 1].map(() => permit({ peer: someAddresses(chance), services: someServices(chance), doubts: chance.doubts() }));
  const group = net.group({ ingress: rules(), egress: rules(), open: chance.in(5) ? chance.doubts() : [] });
  return chance.in(50) ? group : net.group({ ingress: [permit({ peer: group })], egress: group.egress });
}

function routesOf(
  chance: Chance,
  { targets, hosts, detours }: { targets: readonly Target[]; hosts: readonly Interface[]; detours: boolean },
): readonly Route[] {
  const unknowns = hosts.flatMap((host): readonly Unknown[] => host.addresses.unknowns);
  return Array.from({ length: 1 + chance.roll(4) }, (): Route => {
    const to =
      unknowns.length > 0 && chance.in(15)
        ? chance.of(unknowns)
        : chance.in(8)
          ? ({ kind: 'any', doubts: [doubt('var.destination')] } as const)
          : chance.of(CIDRS);
    const precedence = chance.in(70) ? 'static' : chance.of(['prefix-list', 'propagated'] as const);
    const target: Target =
      detours && chance.in(4) ? { kind: 'hidden', doubts: [doubt('var.target')] } : chance.of(targets);
    return route(to, target, precedence, chance.doubts());
  });
}

function fillTransit(chance: Chance, net: Network, table: TransitTable & { routes: TransitRoute[] }): void {
  const own = net.attachments.filter(({ gateway }) => gateway === table.gateway);
  for (let count = 0; count < 3; count++) {
    const target = chance.in(85) ? chance.of(own) : ({ kind: 'blackhole' } as const);
    table.routes.push(transitRoute(chance.of(CIDRS), target, chance.roll(3), chance.doubts()));
  }
}
