import type { Resource } from '../../../model/resource.ts';
import type { Removal } from '../../../proofs/network/question.ts';
import type {
  AclRule,
  Addresses,
  Choice,
  Doubts,
  Interface,
  Outside,
  RelayEntry,
  RelayExit,
  Route,
  SecurityGroup,
  SecurityRule,
  Services,
  Subnet,
  Target,
  TransitAttachment,
  TransitTable,
  Truth,
  Unknown,
  Vpc,
  Zone,
} from '../../../proofs/network/topology.ts';
import {
  addresses,
  doubt,
  hiddenAddress,
  Network,
  NOTHING_REMOVED,
  permit,
  range,
  resource,
  route,
  rule,
  services,
  sure,
  tcp,
  transitRoute,
  udp,
} from './topology.ts';

/** Numbers that a seed decides (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  number(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(end: number): number {
    return Math.floor(this.number() * end);
  }

  chance(of: number): boolean {
    return this.number() < of;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new TypeError('nothing to pick from');
    return item;
  }

  some<Item>(items: readonly Item[], most: number): readonly Item[] {
    const count = this.below(most + 1);
    return items.length === 0 ? [] : Array.from({ length: count }, () => this.pick(items));
  }
}

export interface RandomNetwork {
  readonly network: Network;
  readonly without: Removal;
}

/** A small network of every kind of part; `doubtful` is the share of its parts that the input hides. */
export function randomNetwork(seed: number): RandomNetwork {
  return new Maker(seed).make();
}

const BLOCKS = ['10.0.0.0/16', '10.1.0.0/16', '10.0.0.0/17'] as const;

class Maker {
  readonly #dice: Dice;
  readonly #doubtful: number;
  readonly #network = new Network();
  readonly #owners: readonly Resource[] = ['aws_lb.a', 'aws_instance.b', 'aws_networkfirewall_firewall.c'].map(
    resource,
  );
  readonly #unknowns: Unknown[] = [];
  readonly #groups: SecurityGroup[] = [];
  readonly #outsides: Outside[] = [];
  #doubts = 0;

  constructor(seed: number) {
    this.#dice = new Dice(seed);
    this.#doubtful = this.#dice.chance(0.4) ? 0 : 0.12;
  }

  make(): RandomNetwork {
    const dice = this.#dice;
    const network = this.#network;
    this.#outsides.push(
      network.outside('the Internet'),
      network.outside('the office', {
        kind: 'on-premises',
        addresses: addresses('10.9.0.0/16', '198.51.100.0/25', '2a0e::/32'),
      }),
    );
    this.#makeGroups();
    const vpcs = Array.from({ length: 1 + dice.below(3) }, (_, index) => this.#vpc(index));
    for (const vpc of vpcs) {
      for (let index = 0; index < 1 + dice.below(3); index++) this.#subnet(vpc, index);
      if (dice.chance(0.2)) this.#subnet(vpc, 0);
    }
    for (const subnet of network.subnets) {
      for (let index = 0; index < dice.below(3); index++) this.#interface(subnet, index);
    }
    this.#makeDoors(vpcs);
    this.#makeTransit(vpcs);
    this.#makeTables();
    this.#makeRelays();
    return { network, without: this.#removal() };
  }

  #hide(): Doubts {
    if (!this.#dice.chance(this.#doubtful)) return [];
    this.#doubts++;
    return [doubt(`var.hidden_${this.#doubts}`)];
  }

  #truth(share: number): Truth {
    return { holds: this.#dice.chance(share), doubts: this.#hide() };
  }

  #choice<Item>(make: () => Item): readonly Choice<Item>[] {
    if (!this.#dice.chance(this.#doubtful)) return sure(make());
    return Array.from({ length: 1 + this.#dice.below(2) }, () => ({
      item: make(),
      doubts: [doubt(`var.choice_${this.#doubts++}`)],
    }));
  }

  #unknown(name: string, within: string, given: Partial<Unknown> = {}): Unknown {
    const made = hiddenAddress(name, within, given);
    this.#unknowns.push(made);
    return made;
  }

  #addresses(): Addresses {
    const dice = this.#dice;
    const parts: (string | Unknown)[] = [
      dice.pick([
        '0.0.0.0/0',
        '::/0',
        '10.0.0.0/8',
        '10.0.0.0/24',
        '10.0.1.0/24',
        '10.1.0.0/16',
        '10.0.0.0/28',
        '203.0.113.0/24',
        '198.51.100.0/24',
        '64:ff9b::/96',
        '2a05:d014:1::/64',
        '2000::/3',
      ]),
    ];
    if (dice.chance(0.3)) parts.push(dice.pick(['0.0.0.0/0', '::/0']));
    if (this.#unknowns.length > 0 && dice.chance(0.3)) parts.push(dice.pick(this.#unknowns));
    const made = addresses(...parts);
    return { ...made, doubts: this.#hide() };
  }

  #services(): Services {
    const dice = this.#dice;
    const made = dice.chance(0.5)
      ? services()
      : services(dice.pick([tcp(443), tcp(80, 443), tcp(1024, 65_535), udp(53)]));
    return { ...made, doubts: this.#hide() };
  }

  #aclRules(): readonly AclRule[] {
    const dice = this.#dice;
    const rules: AclRule[] = [];
    for (let number = 100; dice.chance(0.7) && number < 400; number += 100) {
      rules.push(
        rule({
          number,
          allows: dice.chance(0.6),
          addresses: this.#addresses(),
          services: this.#services(),
          doubts: this.#hide(),
        }),
      );
    }
    return dice.chance(0.8) ? [...rules, rule({ number: 500 })] : rules;
  }

  #makeGroups(): void {
    for (let index = 0; index < 3; index++) {
      const ingress: SecurityRule[] = [];
      const egress: SecurityRule[] = [];
      const group = this.#network.group({ ingress, egress, open: this.#hide(), doubts: this.#hide() });
      this.#groups.push(group);
      for (const rules of [ingress, egress]) {
        for (let count = 0; count < 1 + this.#dice.below(2); count++) {
          const peer = this.#dice.chance(0.3) ? this.#dice.pick(this.#groups) : this.#addresses();
          rules.push(permit({ peer, services: this.#services(), doubts: this.#hide() }));
        }
      }
    }
  }

  #vpc(index: number): Vpc {
    const dice = this.#dice;
    const block = index === 2 ? dice.pick(['10.2.0.0/16', '10.0.0.0/16']) : (BLOCKS[index] ?? '10.2.0.0/16');
    const v6 = dice.chance(0.5) ? `2a05:d014:${index + 1}::/56` : null;
    const hidden =
      v6 === null && dice.chance(0.5) ? this.#unknown(`block of vpc ${index}`, '2000::/3', { length: 56 }) : null;
    const own = addresses(block, ...(v6 === null ? [] : [v6]), ...(hidden === null ? [] : [hidden]));
    return this.#network.vpc(own, { doubts: this.#hide() });
  }

  #zone(): Zone {
    return this.#dice.chance(this.#doubtful)
      ? { kind: 'hidden', doubts: [doubt(`var.zone_${this.#doubts++}`)] }
      : { kind: 'known', name: this.#dice.pick(['a', 'b']) };
  }

  #subnet(vpc: Vpc, index: number): Subnet {
    const { ranges, unknowns } = vpc.addresses;
    const [block] = ranges;
    const v6 = ranges.find(({ family }) => family === 6);
    const base = (block?.first ?? 0n) + BigInt(index * 256);
    const parent = unknowns[0];
    const own: Addresses = {
      ranges: [
        { family: 4, first: base, last: base + 255n },
        ...(v6 === undefined
          ? []
          : [
              {
                family: 6,
                first: v6.first + (BigInt(index) << 64n),
                last: v6.first + (BigInt(index + 1) << 64n) - 1n,
              } as const,
            ]),
      ],
      unknowns:
        parent === undefined
          ? []
          : [this.#unknown(`block ${index} of ${vpc.origin.name}`, '2000::/3', { parent, length: 64 })],
      doubts: [],
    };
    return this.#network.subnet(vpc, own, {
      zone: this.#zone(),
      tables: [],
      acls: this.#choice(() =>
        this.#network.acl({ ingress: this.#aclRules(), egress: this.#aclRules(), open: this.#hide() }),
      ),
      blocksIngress: this.#truth(0.05),
      blocksEgress: this.#truth(0.05),
      doubts: this.#hide(),
    });
  }

  #interface(subnet: Subnet, index: number): Interface {
    const dice = this.#dice;
    const [v4, v6] = subnet.addresses.ranges;
    const [parent] = subnet.addresses.unknowns;
    const first = (v4?.first ?? 0n) + BigInt(10 + index);
    const own: Addresses = dice.chance(0.3)
      ? addresses(
          hiddenAddressIn(
            `address of host ${this.#network.interfaces.length}`,
            v4 ?? range('10.0.0.0/24'),
            this.#unknowns,
          ),
        )
      : { ranges: [{ family: 4, first, last: first }], unknowns: [], doubts: [] };
    const six = v6 === undefined ? [] : [{ family: 6 as const, first: v6.first + 10n, last: v6.first + 10n }];
    const hidden =
      parent === undefined
        ? []
        : [this.#unknown(`IPv6 of host ${this.#network.interfaces.length}`, '2000::/3', { parent })];
    const groups = dice.chance(0.4) ? null : dice.some(this.#groups, 2);
    return this.#network.interface(
      subnet,
      { ranges: [...own.ranges, ...six], unknowns: [...own.unknowns, ...hidden], doubts: [] },
      {
        forwards: this.#truth(0.3),
        isPublic: this.#truth(0.5),
        owner: dice.chance(0.5) ? dice.pick(this.#owners) : null,
        doubts: this.#hide(),
        ...(groups === null ? {} : { groups: groups.map((item) => ({ item, doubts: this.#hide() })) }),
      },
    );
  }

  #makeDoors(vpcs: readonly Vpc[]): void {
    const dice = this.#dice;
    const [internet, office] = this.#outsides;
    if (internet === undefined || office === undefined) return;
    for (const vpc of vpcs) {
      const subnets = this.#network.subnets.filter((subnet) => subnet.vpc === vpc);
      if (dice.chance(0.8)) this.#network.door('internet', vpc, internet, { doubts: this.#hide() });
      if (dice.chance(0.3)) this.#network.door('egress-only', vpc, internet, { doubts: this.#hide() });
      if (dice.chance(0.3))
        this.#network.door('vpn', vpc, office, { forwards: this.#forwards(), doubts: this.#hide() });
      if (dice.chance(0.2)) this.#network.door('carrier', vpc, internet, { doubts: this.#hide() });
      if (dice.chance(0.2))
        this.#network.door('local', vpc, office, { forwards: this.#forwards(), doubts: this.#hide() });
      for (const subnet of subnets) {
        const base = (subnet.addresses.ranges[0]?.first ?? 0n) + 200n;
        const own = { ranges: [{ family: 4, first: base, last: base } as const], unknowns: [], doubts: [] };
        if (dice.chance(0.2)) {
          this.#network.nat(subnet, '10.255.0.1', {
            addresses: own,
            isPublic: this.#truth(0.7),
            doubts: this.#hide(),
            ...(dice.chance(0.2) ? { subnet: null, vpc } : {}),
          });
        }
        if (dice.chance(0.3)) {
          this.#network.inspection(subnet, {
            kind: dice.pick(['network-firewall', 'gateway-load-balancer']),
            owner: dice.pick(this.#owners),
            doubts: this.#hide(),
          });
        }
      }
    }
    const [one, other] = vpcs;
    if (one !== undefined && other !== undefined && dice.chance(0.5)) {
      this.#network.peering([one, other], { doubts: this.#hide() });
    }
    if (one !== undefined && dice.chance(0.2)) this.#network.peering([office, one], { doubts: this.#hide() });
    for (const outside of this.#outsides) {
      if (dice.chance(0.3)) {
        this.#network.managedCompute(outside, dice.pick([['in'], ['out'], ['in', 'out']] as const), {
          doubts: this.#hide(),
        });
      }
    }
  }

  #forwards(): Addresses {
    return { ...addresses(this.#dice.pick(['10.9.0.0/16', '0.0.0.0/0'])), doubts: this.#hide() };
  }

  #makeTransit(vpcs: readonly Vpc[]): void {
    const dice = this.#dice;
    const tables: (TransitTable & { routes: unknown[] })[] = [];
    const gateways = Array.from({ length: dice.below(3) }, () =>
      this.#network.transitGateway({ doubts: this.#hide() }),
    );
    for (const gateway of gateways) {
      for (let count = 0; count < 1 + dice.below(2); count++) {
        tables.push(this.#network.transitTable(gateway, { open: this.#hide(), doubts: this.#hide() }));
      }
    }
    for (const gateway of gateways) {
      const own = tables.filter((table) => table.gateway === gateway);
      for (const vpc of vpcs) {
        if (dice.chance(0.25)) continue;
        const subnets = this.#network.subnets.filter((subnet) => subnet.vpc === vpc && dice.chance(0.6));
        const end = {
          kind: 'vpc',
          vpc,
          subnets: subnets.map((item) => ({ item, doubts: this.#hide() })),
          applianceMode: this.#truth(0.3),
        } as const;
        this.#attach(own, end);
      }
      if (dice.chance(0.3)) {
        const inspection = this.#network.inspection(null, { owner: dice.pick(this.#owners), doubts: this.#hide() });
        this.#attach(own, { kind: 'inspection', inspection });
      }
      const office = this.#outsides[1];
      if (dice.chance(0.3) && office !== undefined) this.#attach(own, { kind: 'outside', outside: office });
    }
    const [one, other] = gateways;
    if (one !== undefined && other !== undefined && dice.chance(0.7)) this.#peer(tables, one, other);
    for (const table of tables) this.#fill(table);
  }

  #attach(tables: readonly TransitTable[], end: TransitAttachment['end']): void {
    this.#network.attachment(this.#dice.pick(tables), end, {
      doubts: this.#hide(),
      tables: this.#dice.chance(0.05) ? [] : this.#choice(() => this.#dice.pick(tables)),
    });
  }

  #peer(tables: readonly TransitTable[], one: TransitTable['gateway'], other: TransitTable['gateway']): void {
    const tableOf = (gateway: TransitTable['gateway']): TransitTable =>
      this.#dice.pick(tables.filter((table) => table.gateway === gateway));
    const far: { -readonly [Key in keyof TransitAttachment]: TransitAttachment[Key] } = {
      ...this.#network.attachment(tableOf(other), { kind: 'outside', outside: this.#dice.pick(this.#outsides) }),
    };
    this.#network.attachments.pop();
    const near = this.#network.attachment(tableOf(one), { kind: 'peering', other: far }, { doubts: this.#hide() });
    far.end = { kind: 'peering', other: near };
    far.doubts = this.#hide();
    this.#network.attachments.push(far);
  }

  #fill(table: TransitTable & { routes: unknown[] }): void {
    const dice = this.#dice;
    const targets = this.#network.attachments.filter(({ gateway }) => gateway === table.gateway);
    for (let count = 0; count < 1 + dice.below(4); count++) {
      const destination = this.#destination();
      const target = dice.chance(0.1) || targets.length === 0 ? ({ kind: 'blackhole' } as const) : dice.pick(targets);
      const hidden = this.#hide();
      table.routes.push(
        transitRoute(
          destination,
          hidden.length > 0 && dice.chance(0.3) ? { kind: 'hidden', doubts: hidden } : target,
          dice.pick([0, 0, 1, 2, 5]),
          this.#hide(),
        ),
      );
    }
  }

  #destination(): Route['destination'] {
    const dice = this.#dice;
    if (dice.chance(this.#doubtful / 4)) return { kind: 'any', doubts: [doubt(`var.destination_${this.#doubts++}`)] };
    if (this.#unknowns.length > 0 && dice.chance(0.15)) return { kind: 'unknown', unknown: dice.pick(this.#unknowns) };
    const text = dice.pick([
      '0.0.0.0/0',
      '0.0.0.0/0',
      '::/0',
      '10.0.0.0/8',
      '10.1.0.0/16',
      '10.0.0.0/16',
      '10.0.1.0/24',
      '10.1.0.0/24',
      '10.9.0.0/16',
      '203.0.113.0/24',
      '64:ff9b::/96',
    ]);
    return { kind: 'range', range: range(text) };
  }

  #makeTables(): void {
    const dice = this.#dice;
    for (const subnet of this.#network.subnets) {
      const choices = this.#choice(() =>
        this.#network.table([...this.#network.locals(subnet.vpc), ...this.#routes(subnet.vpc)], {
          open: dice.chance(0.3) ? this.#hide() : [],
          doubts: this.#hide(),
        }),
      );
      Object.assign(subnet, { tables: dice.chance(0.03) ? [] : choices });
    }
    for (const door of this.#network.doors) {
      if (!dice.chance(0.4)) continue;
      Object.assign(door, {
        tables: this.#choice(() => this.#network.table([...this.#network.locals(door.vpc), ...this.#routes(door.vpc)])),
      });
    }
  }

  #routes(vpc: Vpc): readonly Route[] {
    const dice = this.#dice;
    const targets = this.#targets(vpc);
    return Array.from({ length: 1 + dice.below(4) }, () => {
      const hidden = this.#hide();
      const target: Target =
        hidden.length > 0 && dice.chance(0.2)
          ? { kind: 'hidden', doubts: hidden }
          : targets.length === 0 || dice.chance(0.05)
            ? { kind: 'blackhole' }
            : dice.pick(targets);
      const precedence = dice.pick(['static', 'static', 'static', 'prefix-list', 'propagated'] as const);
      return route(this.#destination(), target, precedence, this.#hide());
    });
  }

  #targets(vpc: Vpc): readonly Target[] {
    const { doors, nats, interfaces, inspections, transitGateways, peerings } = this.#network;
    const dice = this.#dice;
    const targets: Target[] = [
      ...doors.filter((door) => door.vpc === vpc).map((door): Target => ({ kind: 'door', door })),
      ...nats.filter((nat) => nat.vpc === vpc).map((nat): Target => ({ kind: 'nat', nat })),
      ...interfaces
        .filter(({ subnet }) => subnet.vpc === vpc)
        .map((own): Target => ({ kind: 'interface', interface: own })),
      ...inspections
        .filter(({ subnet }) => subnet?.vpc === vpc)
        .map((inspection): Target => ({ kind: 'inspection', inspection })),
      ...transitGateways.flatMap((gateway): Target[] => [
        { kind: 'transit', gateway },
        { kind: 'transit', gateway },
      ]),
      ...peerings
        .filter(({ sides }) => sides[0] === vpc || sides[1] === vpc)
        .map((peering): Target => ({ kind: 'peering', peering })),
    ];
    if (dice.chance(0.2)) targets.push({ kind: 'outside', outside: dice.pick(this.#outsides) });
    return targets;
  }

  #makeRelays(): void {
    const dice = this.#dice;
    const { interfaces, vpcs } = this.#network;
    for (let count = dice.below(3); count > 0; count--) {
      const entry = (): RelayEntry =>
        dice.chance(0.6) && interfaces.length > 0
          ? { kind: 'interface', interface: dice.pick(interfaces), services: this.#services() }
          : dice.chance(0.6)
            ? { kind: 'outside', outside: dice.pick(this.#outsides), services: this.#services() }
            : { kind: 'vpc', vpc: dice.pick(vpcs), services: this.#services() };
      const exit = (): RelayExit =>
        interfaces.length === 0 || dice.chance(0.1)
          ? { kind: 'outside', outside: dice.pick(this.#outsides) }
          : dice.chance(0.25)
            ? { kind: 'delivery', interface: dice.pick(interfaces), services: this.#services() }
            : {
                kind: 'interface',
                interface: dice.pick(interfaces),
                destinations: this.#addresses(),
                services: this.#services(),
                keepsSource: { holds: dice.chance(0.5), doubts: this.#hide() },
              };
      this.#network.relay(
        Array.from({ length: 1 + dice.below(2) }, entry),
        Array.from({ length: 1 + dice.below(2) }, exit),
        { owner: dice.chance(0.3) ? dice.pick(this.#owners) : null, doubts: this.#hide() },
      );
    }
  }

  #removal(): Removal {
    const dice = this.#dice;
    if (dice.chance(0.4)) return NOTHING_REMOVED;
    const certain = new Set(dice.some(this.#owners, 2));
    const doubtful = new Map(
      dice
        .some(this.#owners, this.#doubtful === 0 ? 0 : 1)
        .filter((owner) => !certain.has(owner))
        .map((owner) => [owner, [doubt('var.approved')]] as const),
    );
    return { certain, doubtful };
  }
}

function hiddenAddressIn(name: string, within: Unknown['within'], unknowns: Unknown[]): Unknown {
  const made: Unknown = { name, family: 4, parent: null, within, length: 32 };
  unknowns.push(made);
  return made;
}
