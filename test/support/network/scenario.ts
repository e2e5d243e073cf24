/**
 * Small networks as a person would draw them, everything about them known. The differential tests render each as
 * Terraform and ask the proof; `brute-force.ts` walks packets over the same drawing and shares no code with the product.
 */
export interface Scenario {
  readonly seed: number;
  readonly vpcs: readonly VpcDrawing[];
  readonly subnets: readonly SubnetDrawing[];
  readonly tables: readonly TableDrawing[];
  readonly acls: readonly AclDrawing[];
  readonly groups: readonly GroupDrawing[];
  readonly hosts: readonly HostDrawing[];
  readonly nats: readonly NatDrawing[];
  readonly firewalls: readonly { readonly id: string; readonly subnet: string }[];
  readonly peerings: readonly { readonly id: string; readonly vpcs: readonly [string, string] }[];
  readonly transit: TransitDrawing | null;
}

export interface VpcDrawing {
  readonly id: string;
  readonly v4: string;
  readonly v6: string;
  readonly hasInternetGateway: boolean;
  readonly hasEgressOnlyGateway: boolean;
  /** Route table of subnets without one of their own. */
  readonly mainTable: string | null;
  /** Route table of the Internet gateway. */
  readonly edgeTable: string | null;
}

export interface SubnetDrawing {
  readonly id: string;
  readonly vpc: string;
  readonly v4: string;
  readonly v6: string;
  readonly zone: string;
  readonly table: string | null;
  readonly acl: string | null;
}

export interface TableDrawing {
  readonly id: string;
  readonly vpc: string;
  readonly routes: readonly RouteDrawing[];
}

export interface RouteDrawing {
  readonly destination: string;
  readonly target: {
    readonly kind: 'internet' | 'egress-only' | 'nat' | 'host' | 'firewall' | 'peering' | 'transit';
    /** Of the host, NAT, firewall or peering; the VPC for its gateways. */
    readonly id: string;
  };
}

export interface AclDrawing {
  readonly id: string;
  readonly vpc: string;
  readonly rules: readonly {
    readonly number: number;
    readonly egress: boolean;
    readonly allows: boolean;
    readonly cidr: string;
    readonly ports: Ports;
  }[];
}

export interface GroupDrawing {
  readonly id: string;
  readonly vpc: string;
  readonly rules: readonly {
    readonly egress: boolean;
    /** A block, or another group. */
    readonly peer: { readonly cidr: string } | { readonly group: string };
    readonly ports: Ports;
  }[];
}

/** TCP from and to a port, or everything. */
export type Ports = { readonly from: number; readonly to: number } | 'all';

export interface HostDrawing {
  readonly id: string;
  readonly subnet: string;
  readonly v4: string;
  readonly v6: string;
  readonly groups: readonly string[];
  readonly forwards: boolean;
  readonly isPublic: boolean;
}

export interface NatDrawing {
  readonly id: string;
  readonly subnet: string;
  readonly address: string;
  readonly isPublic: boolean;
}

export interface TransitDrawing {
  readonly tables: readonly { readonly id: string; readonly routes: readonly TransitRouteDrawing[] }[];
  readonly attachments: readonly {
    readonly vpc: string;
    readonly subnets: readonly string[];
    readonly applianceMode: boolean;
    /** Table of what comes in by it; null: dropped. */
    readonly table: string | null;
    readonly propagatesTo: readonly string[];
  }[];
}

export interface TransitRouteDrawing {
  readonly destination: string;
  /** VPC of the attachment; null for a blackhole. */
  readonly vpc: string | null;
}

/** Addresses on the Internet that packets go to and come from. */
export const WORLD = { v4: ['203.0.113.9', '198.51.100.7'], v6: ['2a00::9'] } as const;

/** Ports that packets are sent to; rules begin and end around them. */
export const PORTS = [22, 443, 5432] as const;

/** A generator of numbers that a seed decides (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below;
  };
}

/** Draws the network of a seed: the same seed, the same network. */
export function drawScenario(seed: number): Scenario {
  const next = random(seed);
  const below = (count: number): number => Math.floor(next(count));
  const chance = (share: number): boolean => next(1) < share;
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const some = <Item>(items: readonly Item[], share: number): readonly Item[] => items.filter(() => chance(share));
  const count = (least: number, most: number): readonly number[] =>
    Array.from({ length: least + below(most - least + 1) }, (_, index) => index);

  const vpcIds = count(1, 3).map((index) => `v${index}`);
  const subnets = vpcIds.flatMap((vpc, v) =>
    count(1, 3).map((s) => ({
      id: `${vpc}s${s}`,
      vpc,
      v4: `10.${v}.${s}.0/24`,
      v6: `2001:db8:${v}:${s}::/64`,
      zone: pick(['a', 'b']),
    })),
  );
  const ofVpc = (vpc: string) => subnets.filter((subnet) => subnet.vpc === vpc);

  const ports = (): Ports =>
    chance(0.4)
      ? 'all'
      : pick([
          { from: 443, to: 443 },
          { from: 0, to: 1023 },
          { from: 22, to: 443 },
        ]);
  const block = (): string =>
    pick([
      '0.0.0.0/0',
      '0.0.0.0/0',
      '::/0',
      '10.0.0.0/8',
      '203.0.113.0/24',
      '2a00::/12',
      pick(subnets).v4,
      pick(subnets).v6,
      '10.1.0.0/16',
      '2001:db8::/32',
    ]);

  const groups = vpcIds.flatMap((vpc) => {
    const ids = count(1, 2).map((index) => `${vpc}g${index}`);
    return ids.map((id) => ({
      id,
      vpc,
      rules: [false, true].flatMap((egress) =>
        count(0, 3).map(() => ({
          egress,
          peer: chance(0.25) ? { group: pick(ids) } : { cidr: block() },
          ports: ports(),
        })),
      ),
    }));
  });

  const acls = vpcIds.flatMap((vpc) =>
    count(0, 1).map((index) => ({
      id: `${vpc}a${index}`,
      vpc,
      rules: [false, true].flatMap((egress) => [
        ...count(0, 2).map((rule) => ({
          number: 10 + rule * 10,
          egress,
          allows: chance(0.5),
          cidr: block(),
          ports: ports(),
        })),
        { number: 100, egress, allows: true, cidr: '0.0.0.0/0', ports: 'all' as const },
        { number: 101, egress, allows: true, cidr: '::/0', ports: 'all' as const },
      ]),
    })),
  );

  const hosts = subnets.flatMap((subnet) =>
    count(0, 2).map((index) => ({
      id: `${subnet.id}h${index}`,
      subnet: subnet.id,
      v4: subnet.v4.replace('0/24', String(10 + index)),
      v6: subnet.v6.replace('::/64', `::${10 + index}`),
      groups: [pick(groups.filter(({ vpc }) => vpc === subnet.vpc)).id],
      forwards: chance(0.25),
      isPublic: chance(0.3),
    })),
  );
  const nats = some(subnets, 0.25).map((subnet) => ({
    id: `${subnet.id}n`,
    subnet: subnet.id,
    address: subnet.v4.replace('0/24', '200'),
    isPublic: chance(0.7),
  }));
  const firewalls = some(subnets, 0.3).map((subnet) => ({ id: `${subnet.id}f`, subnet: subnet.id }));
  const pairs = vpcIds.flatMap((first, index) => vpcIds.slice(index + 1).map((second) => [first, second] as const));
  const peerings = some(pairs, 0.3).map(([first, second]) => ({
    id: `${first}${second}`,
    vpcs: [first, second] as const,
  }));
  const gateways = vpcIds.map((vpc) => ({ vpc, internet: chance(0.6), egressOnly: chance(0.3) }));
  const transit = chance(0.6) ? drawTransit() : null;

  function drawTransit(): TransitDrawing {
    const tableIds = count(1, 2).map((index) => `t${index}`);
    const attached = some(vpcIds, 0.8);
    return {
      tables: tableIds.map((id) => ({
        id,
        routes: unique(
          count(0, 3).map(() => ({
            destination: pick(['0.0.0.0/0', '10.0.0.0/8', '10.1.0.0/16', pick(subnets).v4, '::/0', '2001:db8::/32']),
            vpc: attached.length === 0 || chance(0.15) ? null : pick(attached),
          })),
        ),
      })),
      attachments: attached.map((vpc) => {
        const zones = new Map(ofVpc(vpc).map((subnet) => [subnet.zone, subnet.id]));
        const chosen = [...zones.values()].filter((_id, index) => index === 0 || chance(0.6));
        return {
          vpc,
          subnets: chosen,
          applianceMode: chance(0.3),
          table: chance(0.85) ? pick(tableIds) : null,
          propagatesTo: some(tableIds, 0.3),
        };
      }),
    };
  }

  function drawRoutes(vpc: string): readonly RouteDrawing[] {
    const own = ofVpc(vpc).map(({ id }) => id);
    const gateway = gateways.find((candidate) => candidate.vpc === vpc);
    const targets: RouteDrawing['target'][] = [
      ...(gateway?.internet === true ? [{ kind: 'internet' as const, id: vpc }] : []),
      ...(gateway?.egressOnly === true ? [{ kind: 'egress-only' as const, id: vpc }] : []),
      ...nats.filter(({ subnet }) => own.includes(subnet)).map(({ id }) => ({ kind: 'nat' as const, id })),
      ...hosts.filter(({ subnet }) => own.includes(subnet)).map(({ id }) => ({ kind: 'host' as const, id })),
      ...firewalls.filter(({ subnet }) => own.includes(subnet)).map(({ id }) => ({ kind: 'firewall' as const, id })),
      ...peerings.filter(({ vpcs }) => vpcs.includes(vpc)).map(({ id }) => ({ kind: 'peering' as const, id })),
      ...(transit?.attachments.some((attachment) => attachment.vpc === vpc) === true
        ? [{ kind: 'transit' as const, id: 'tgw' }]
        : []),
    ];
    if (targets.length === 0) return [];
    // AWS refuses a route for just the addresses of the VPC.
    const isTaken = ({ destination }: RouteDrawing) => destination === cidrs(vpc).v4 || destination === cidrs(vpc).v6;
    return unique(
      count(0, 4).map(() => {
        const target = pick(targets);
        const destination =
          target.kind === 'egress-only'
            ? pick(['::/0', '2a00::/12'])
            : target.kind === 'nat'
              ? pick(['0.0.0.0/0', '10.0.0.0/8', '203.0.113.0/24'])
              : pick([
                  '0.0.0.0/0',
                  '::/0',
                  '10.0.0.0/8',
                  '203.0.113.0/24',
                  '2a00::/12',
                  pick(subnets).v4,
                  pick(subnets).v6,
                  '10.1.0.0/16',
                ]);
        return { destination, target };
      }),
    ).filter((route) => !isTaken(route));
  }

  const tables = vpcIds.flatMap((vpc) =>
    count(1, 2).map((index) => ({ id: `${vpc}r${index}`, vpc, routes: drawRoutes(vpc) })),
  );
  // A gateway's table may only lead to hosts and firewalls, for whole subnets.
  const edgeTables = gateways
    .filter(({ internet }) => internet && chance(0.5))
    .map(({ vpc }) => ({
      id: `${vpc}edge`,
      vpc,
      routes: unique(
        drawRoutes(vpc)
          .filter(({ target }) => target.kind === 'host' || target.kind === 'firewall')
          .map(({ target }) => ({ destination: chance(0.7) ? pick(ofVpc(vpc)).v4 : pick(ofVpc(vpc)).v6, target })),
      ),
    }));
  const tablesOf = (vpc: string) => tables.filter((table) => table.vpc === vpc).map(({ id }) => id);

  return {
    seed,
    vpcs: vpcIds.map((id, index) => {
      const gateway = gateways[index];
      return {
        id,
        ...cidrs(id),
        hasInternetGateway: gateway?.internet ?? false,
        hasEgressOnlyGateway: gateway?.egressOnly ?? false,
        mainTable: chance(0.4) ? pick(tablesOf(id)) : null,
        edgeTable: edgeTables.find(({ vpc }) => vpc === id)?.id ?? null,
      };
    }),
    subnets: subnets.map((subnet) => ({
      ...subnet,
      table: chance(0.8) ? pick(tablesOf(subnet.vpc)) : null,
      acl: chance(0.5) ? (acls.find(({ vpc }) => vpc === subnet.vpc)?.id ?? null) : null,
    })),
    tables: [...tables, ...edgeTables],
    acls,
    groups,
    hosts,
    nats,
    firewalls,
    peerings,
    transit,
  };
}

function cidrs(vpc: string): { readonly v4: string; readonly v6: string } {
  const index = vpc.slice(1);
  return { v4: `10.${index}.0.0/16`, v6: `2001:db8:${index}::/48` };
}

/** A table takes one route for a destination. */
function unique<Route extends { readonly destination: string }>(routes: readonly Route[]): readonly Route[] {
  return [...new Map(routes.map((route) => [route.destination, route])).values()];
}
