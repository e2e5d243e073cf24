import type { Resource } from '../model/resource.ts';
import type { SecurityGroup, Subnet, Topology, TransitAttachment, Vpc } from '../proofs/network/topology.ts';
import {
  addresses,
  hiddenAddress,
  Network,
  permit,
  resource,
  route,
  rule,
  services,
  sure,
  tcp,
  transitRoute,
  YES,
} from '../test/support/network/topology.ts';

/** A made-up enclave of three sites, each with a hub that inspects, and spokes behind a transit gateway. */
export interface Enclave {
  readonly topology: Topology;
  /** Terraform resources that would declare it. */
  readonly resources: number;
  readonly sites: readonly { readonly subnets: readonly Subnet[]; readonly firewall: Resource }[];
}

const SUBNETS = 12;
const ZONES = ['a', 'b', 'c'];

/** Deterministic chance. */
class Dice {
  #state = 7;

  roll(sides: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * sides);
  }
}

/** `leak`: one subnet of the second site has a way to the Internet of its own. */
export function generateEnclave(vpcsPerSite: number, { leak = false }: { readonly leak?: boolean } = {}): Enclave {
  const net = new Network();
  const dice = new Dice();
  const internet = net.outside('the Internet');
  let resources = 0;
  const gateways = [0, 1, 2].map((site) => net.transitGateway({ name: `tgw${site}` }));
  const spokeTables = gateways.map((gateway, site) => net.transitTable(gateway, { name: `spoke${site}` }));
  const hubTables = gateways.map((gateway, site) => net.transitTable(gateway, { name: `hub${site}` }));
  const sites: { subnets: readonly Subnet[]; firewall: Resource }[] = [];
  for (const [site, gateway] of gateways.entries()) {
    const firewall = resource(`aws_networkfirewall_firewall.site${site}`);
    const enclave: Subnet[] = [];
    const spokeTable = spokeTables[site];
    const hubTable = hubTables[site];
    if (spokeTable === undefined || hubTable === undefined) continue;
    for (let number = 0; number < vpcsPerSite; number++) {
      const base = site * vpcsPerSite + number;
      const block = (subnet: number, length: number): string =>
        `10.${Math.floor(base / 4)}.${(base % 4) * 64 + subnet * 4}.0/${length}`;
      const vpc = net.vpc(block(0, 18), { name: `v${site}_${number}` });
      resources += 1;
      const isHub = number === 0;
      const groups = groupsOf(net, dice);
      const acls = [0, 1, 2].map(() => aclOf(net, dice));
      resources += groups.length * 4 + acls.length * 11 + 1;
      const subnets: Subnet[] = [];
      const add = (routes: Parameters<typeof net.table>[0] = []): Subnet => {
        const index = subnets.length;
        const acl = acls[Math.floor(index / 4)] ?? net.acl();
        const made = net.subnet(vpc, block(index, 22), {
          name: `v${site}_${number}_s${index}`,
          zone: { kind: 'known', name: `${site}${ZONES[index % 3]}` },
          acls: sure(acl),
          routes: routes ?? [],
        });
        subnets.push(made);
        resources += 4;
        return made;
      };
      const transit = { kind: 'transit', gateway } as const;
      if (isHub) {
        const door = net.door('internet', vpc, internet);
        const publics = ZONES.map(() => add([route('0.0.0.0/0', { kind: 'door', door })]));
        const nats = publics.map((subnet, index) =>
          net.nat(subnet, `10.${Math.floor(base / 4)}.${(base % 4) * 64 + index * 4}.9`),
        );
        const inspected = nats.map((nat) =>
          add([route('0.0.0.0/0', { kind: 'nat', nat }), route('10.0.0.0/8', transit)]),
        );
        const inspections = inspected.map((subnet) => net.inspection(subnet, { owner: firewall }));
        const landings = inspections.map((inspection) => add([route('0.0.0.0/0', { kind: 'inspection', inspection })]));
        const attachment = attach(net, hubTable, { vpc, subnets: landings, appliance: true });
        spokeTable.routes.push(transitRoute('0.0.0.0/0', attachment));
        resources += 12;
      } else {
        for (let index = 0; index < SUBNETS; index++) add([route('0.0.0.0/0', transit)]);
        const attachment = attach(net, spokeTable, { vpc, subnets: subnets.slice(0, 3), appliance: false });
        hubTable.routes.push(transitRoute(block(0, 18), attachment));
        enclave.push(...subnets);
        resources += 3;
      }
      hosts(net, { vpc, subnets, groups, dice, base });
      resources += 32;
    }
    sites.push({ subnets: enclave, firewall });
  }
  resources += mesh(net, { hubTables, vpcsPerSite });
  if (leak) plantLeak(net, sites[1]?.subnets[77 % ((vpcsPerSite - 1) * SUBNETS)]);
  return { topology: net.topology, resources, sites };
}

function groupsOf(net: Network, dice: Dice): readonly SecurityGroup[] {
  const ports = [443, 22, 5432, 8080];
  return Array.from({ length: 15 }, () =>
    net.group({
      ingress: [0, 1].map(() =>
        permit({
          peer: addresses(`10.${dice.roll(32)}.${dice.roll(64) * 4}.0/22`),
          services: services(tcp(ports[dice.roll(4)] ?? 443)),
        }),
      ),
      egress: [
        permit({
          peer: addresses(dice.roll(3) > 0 ? '10.0.0.0/8' : '0.0.0.0/0'),
          services: services(tcp(ports[dice.roll(4)] ?? 443)),
        }),
      ],
    }),
  );
}

function aclOf(net: Network, dice: Dice): ReturnType<Network['acl']> {
  const rules = () => [
    ...Array.from({ length: 4 }, (_, index) =>
      rule({
        number: 100 + index,
        allows: index > 0,
        addresses: addresses(`${20 + dice.roll(100)}.${dice.roll(256)}.0.0/16`),
        services: services(tcp(0, 65_535)),
      }),
    ),
    rule({ number: 200, addresses: addresses('0.0.0.0/0') }),
  ];
  return net.acl({ ingress: rules(), egress: rules() });
}

function attach(
  net: Network,
  table: ReturnType<Network['transitTable']>,
  { vpc, subnets, appliance }: { readonly vpc: Vpc; readonly subnets: readonly Subnet[]; readonly appliance: boolean },
): TransitAttachment {
  const choices = subnets.map((item) => ({ item, doubts: [] }));
  const applianceMode = appliance ? YES : { holds: false, doubts: [] };
  return net.attachment(table, { kind: 'vpc', vpc, subnets: choices, applianceMode });
}

/** Instances, a third of them without a fixed address, and a balancer before two. */
function hosts(
  net: Network,
  {
    subnets,
    groups,
    dice,
    base,
  }: {
    readonly vpc: Vpc;
    readonly subnets: readonly Subnet[];
    readonly groups: readonly SecurityGroup[];
    readonly dice: Dice;
    readonly base: number;
  },
): void {
  const made = Array.from({ length: 30 }, (_, index) => {
    const number = dice.roll(subnets.length);
    const subnet = subnets[number];
    if (subnet === undefined) throw new TypeError('no subnet');
    const within = `10.${Math.floor(base / 4)}.${(base % 4) * 64 + number * 4}`;
    const own =
      index % 3 === 0
        ? addresses(hiddenAddress(`eni-${base}-${index}`, `${within}.0/22`))
        : addresses(`${within}.${20 + index * 5}`);
    const carried = [groups[dice.roll(15)], groups[dice.roll(15)]].filter((group) => group !== undefined);
    return net.interface(subnet, own, { groups: carried.map((item) => ({ item, doubts: [] })) });
  });
  const [balancer, ...targets] = made;
  if (balancer === undefined) return;
  net.relay(
    [{ kind: 'interface', interface: balancer, services: services(tcp(443)) }],
    targets.slice(0, 2).map((target) => ({
      kind: 'interface',
      interface: balancer,
      destinations: target.addresses,
      services: services(tcp(8080)),
    })),
  );
}

/** Peerings between the transit gateways of all sites. */
function mesh(
  net: Network,
  {
    hubTables,
    vpcsPerSite,
  }: { readonly hubTables: readonly ReturnType<Network['transitTable']>[]; readonly vpcsPerSite: number },
): number {
  let made = 0;
  for (const [site, table] of hubTables.entries()) {
    for (const [far, other] of hubTables.entries()) {
      if (far <= site) continue;
      // The two sides of a peering name each other.
      const near = net.attachment(table, {
        kind: 'vpc',
        vpc: net.vpcs[0] ?? net.vpc('10.0.0.0/8'),
        subnets: [],
        applianceMode: YES,
      });
      const away = net.attachment(other, { kind: 'peering', other: near });
      Object.assign(near, { end: { kind: 'peering', other: away } });
      for (let number = 1; number < vpcsPerSite; number++) {
        table.routes.push(transitRoute(blockOf(far * vpcsPerSite + number), near));
        other.routes.push(transitRoute(blockOf(site * vpcsPerSite + number), away));
        made += 2;
      }
    }
  }
  return made;
}

function blockOf(base: number): string {
  return `10.${Math.floor(base / 4)}.${(base % 4) * 64}.0/18`;
}

function plantLeak(net: Network, subnet: Subnet | undefined): void {
  if (subnet === undefined) return;
  const internet = net.outsides[0];
  if (internet === undefined) return;
  const door = net.door('internet', subnet.vpc, internet, { name: 'leak' });
  const table = subnet.tables[0]?.item;
  if (table === undefined) return;
  Object.assign(table, { routes: [...table.routes, route('93.184.216.0/24', { kind: 'door', door })] });
  const own = subnet.addresses.ranges[0]?.first ?? 0n;
  const address = [24n, 16n, 8n, 0n].map((shift) => ((own + 200n) >> shift) & 255n).join('.');
  net.interface(subnet, address, { isPublic: YES });
}
