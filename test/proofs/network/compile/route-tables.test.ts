import { describe, expect, it } from 'vitest';
import type { Destination, Route, RouteTable, Target, Topology } from '../../../../proofs/network/topology.ts';
import { called, networkOf, TWO_ZONES } from '../../../support/network/compiled.ts';

const VPC = '${aws_vpc.main.id}';
const TABLE = '${aws_route_table.own.id}';
const INTERNET = { aws_internet_gateway: { out: { vpc_id: VPC } } };

type Blocks = { readonly [type: string]: { readonly [name: string]: object } };

function network(resources: Blocks, variable: { readonly [name: string]: object } = {}): Topology {
  return networkOf({ ...TWO_ZONES, ...resources }, { variable });
}

function tables(resources: Blocks, variable: { readonly [name: string]: object } = {}) {
  return called(network(resources, variable).subnets, 'aws_subnet.a').tables.map(({ item, doubts }) => ({
    name: `${item.origin.name}${doubts.length > 0 ? ' ?' : ''}`,
    routes: routes(item),
    isOpen: item.open.length > 0,
  }));
}

/** The routes of the one table that is certainly the subnet's. */
function routesWith(resources: Blocks, variable: { readonly [name: string]: object } = {}): readonly string[] {
  const [table, ...more] = tables(
    {
      aws_route_table: { own: { vpc_id: VPC } },
      aws_route_table_association: { a: { subnet_id: '${aws_subnet.a.id}', route_table_id: TABLE } },
      ...resources,
    },
    variable,
  );
  if (table?.name !== 'aws_route_table.own' || more.length > 0) throw new TypeError('the subnet has another table');
  return table.routes;
}

function routes(table: RouteTable): readonly string[] {
  return table.routes.map(routeText);
}

function routeText({ destination, precedence, target, doubts }: Route): string {
  return `${destinationText(destination)} ${precedence} ${targetText(target)}${doubts.length > 0 ? ' ?' : ''}`;
}

function destinationText(destination: Destination): string {
  if (destination.kind === 'any') return 'any';
  if (destination.kind === 'unknown') return destination.unknown.name;
  const { family, first, last } = destination.range;
  const bits = family === 4 ? 32 : 128;
  return `${first.toString(16).padStart(bits / 4, '0')}/${bits - (last - first + 1n).toString(2).length + 1}`;
}

function targetText(target: Target): string {
  switch (target.kind) {
    case 'door':
      return target.door.origin.name;
    case 'nat':
      return target.nat.origin.name;
    case 'interface':
      return target.interface.origin.name;
    case 'transit':
      return target.gateway.origin.name;
    case 'peering':
      return target.peering.origin.name;
    case 'outside':
      return target.outside.name;
    default:
      return target.kind;
  }
}

const LOCAL = '0a000000/16 local local';
const OUT = '00000000/0 static aws_internet_gateway.out';

describe('the table of a subnet', () => {
  it('is the main one of its VPC, which has the local routes alone', () => {
    expect(tables({})).toEqual([{ name: 'the main route table of aws_vpc.main', routes: [LOCAL], isOpen: false }]);
  });

  it('is the one that it is associated with', () => {
    const own = {
      aws_route_table: { own: { vpc_id: VPC } },
      aws_route_table_association: { a: { subnet_id: '${aws_subnet.a.id}', route_table_id: TABLE } },
    };
    expect(tables(own)).toEqual([{ name: 'aws_route_table.own', routes: [LOCAL], isOpen: false }]);
  });

  it('is the main one that an association makes so, and the default one loses what an adoption does not list', () => {
    const main = {
      aws_route_table: { own: { vpc_id: VPC } },
      aws_main_route_table_association: { main: { vpc_id: VPC, route_table_id: TABLE } },
    };
    expect(tables(main).map(({ name }) => name)).toEqual(['aws_route_table.own']);
    const adopted = {
      ...INTERNET,
      aws_default_route_table: {
        main: {
          default_route_table_id: '${aws_vpc.main.default_route_table_id}',
          route: [{ cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.out.id}' }],
        },
      },
    };
    expect(tables(adopted)).toEqual([{ name: 'aws_default_route_table.main', routes: [LOCAL, OUT], isOpen: false }]);
  });

  it('may be another where an association may not exist, or its subnet is hidden', () => {
    const own = (association: object) => ({
      aws_route_table: { own: { vpc_id: VPC } },
      aws_route_table_association: { a: { route_table_id: TABLE, ...association } },
    });
    const expected = ['the main route table of aws_vpc.main ?', 'aws_route_table.own ?'];
    const symbolic = tables(own({ subnet_id: '${aws_subnet.a.id}', count: '${var.x}' }), { x: {} });
    expect(symbolic.map(({ name }) => name)).toEqual(expected);
    expect(tables(own({ subnet_id: '${var.x}' }), { x: {} }).map(({ name }) => name)).toEqual(expected);
  });

  it('cannot be another than a known association says', () => {
    const own = {
      aws_route_table: { own: { vpc_id: VPC }, other: { vpc_id: VPC } },
      aws_route_table_association: {
        a: { subnet_id: '${aws_subnet.a.id}', route_table_id: TABLE },
        x: { subnet_id: '${var.x}', route_table_id: '${aws_route_table.other.id}' },
      },
    };
    expect(tables(own, { x: {} }).map(({ name }) => name)).toEqual(['aws_route_table.own']);
  });

  it('is any of several associations that contradict each other', () => {
    const both = {
      aws_route_table: { own: { vpc_id: VPC }, other: { vpc_id: VPC } },
      aws_route_table_association: {
        a: { subnet_id: '${aws_subnet.a.id}', route_table_id: TABLE },
        b: { subnet_id: '${aws_subnet.a.id}', route_table_id: '${aws_route_table.other.id}' },
      },
    };
    expect(tables(both).map(({ name }) => name)).toEqual(['aws_route_table.own ?', 'aws_route_table.other ?']);
  });
});

describe('routes', () => {
  const toInternet = { cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.out.id}' };

  it('stand in their table, or are resources of their own', () => {
    expect(routesWith({ ...INTERNET, aws_route_table: { own: { vpc_id: VPC, route: [toInternet] } } })).toEqual([
      LOCAL,
      OUT,
    ]);
    const separate = {
      aws_route: {
        out: {
          route_table_id: TABLE,
          destination_cidr_block: '0.0.0.0/0',
          gateway_id: '${aws_internet_gateway.out.id}',
        },
      },
    };
    expect(routesWith({ ...INTERNET, ...separate })).toEqual([LOCAL, OUT]);
  });

  it('that are resources of their own may be removed by a table that lists its routes', () => {
    expect(
      routesWith({
        ...INTERNET,
        aws_route_table: { own: { vpc_id: VPC, route: [toInternet] } },
        aws_route: {
          more: {
            route_table_id: TABLE,
            destination_cidr_block: '192.0.2.0/24',
            gateway_id: '${aws_internet_gateway.out.id}',
          },
        },
      }),
    ).toEqual([LOCAL, OUT, 'c0000200/24 static aws_internet_gateway.out ?']);
  });

  it('lead to every kind of next hop', () => {
    const to = (target: object, number: number) => ({
      route_table_id: TABLE,
      destination_cidr_block: `192.0.2.${number}/32`,
      ...target,
    });
    expect(
      routesWith({
        ...INTERNET,
        aws_egress_only_internet_gateway: { six: { vpc_id: VPC } },
        aws_nat_gateway: { nat: { subnet_id: '${aws_subnet.b.id}', connectivity_type: 'private' } },
        aws_network_interface: { host: { subnet_id: '${aws_subnet.b.id}', source_dest_check: false } },
        aws_instance: { router: { subnet_id: '${aws_subnet.b.id}', source_dest_check: false } },
        aws_ec2_transit_gateway: { hub: {} },
        aws_vpc_peering_connection: { peer: { vpc_id: VPC, peer_vpc_id: 'vpc-9' } },
        aws_route: {
          r0: to({ gateway_id: 'local' }, 0),
          r1: to({ nat_gateway_id: '${aws_nat_gateway.nat.id}' }, 1),
          r2: to({ network_interface_id: '${aws_network_interface.host.id}' }, 2),
          r3: to({ network_interface_id: '${aws_instance.router.primary_network_interface_id}' }, 3),
          r4: to({ transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}' }, 4),
          r5: to({ vpc_peering_connection_id: '${aws_vpc_peering_connection.peer.id}' }, 5),
          r6: to({ gateway_id: '${aws_nat_gateway.nat.id}' }, 6),
          r7: to({ gateway_id: 'igw-1' }, 7),
          r8: {
            route_table_id: TABLE,
            destination_ipv6_cidr_block: '::/0',
            egress_only_gateway_id: '${aws_egress_only_internet_gateway.six.id}',
          },
        },
      }),
    ).toEqual([
      LOCAL,
      'c0000200/32 static local',
      'c0000201/32 static aws_nat_gateway.nat',
      'c0000202/32 static aws_network_interface.host',
      'c0000203/32 static aws_instance.router',
      'c0000204/32 static aws_ec2_transit_gateway.hub',
      'c0000205/32 static aws_vpc_peering_connection.peer',
      'c0000206/32 static aws_nat_gateway.nat',
      'c0000207/32 static hidden',
      `${'0'.repeat(32)}/0 static aws_egress_only_internet_gateway.six`,
    ]);
  });

  it('to a prefix list are one for each prefix, behind what is written', () => {
    expect(
      routesWith({
        ...INTERNET,
        aws_ec2_managed_prefix_list: {
          offices: {
            name: 'offices',
            address_family: 'IPv4',
            max_entries: 5,
            entry: [{ cidr: '192.0.2.0/24' }, { cidr: '198.51.100.0/25' }],
          },
        },
        aws_route: {
          own: {
            route_table_id: TABLE,
            destination_prefix_list_id: '${aws_ec2_managed_prefix_list.offices.id}',
            gateway_id: '${aws_internet_gateway.out.id}',
          },
        },
      }),
    ).toEqual([
      LOCAL,
      'c0000200/24 prefix-list aws_internet_gateway.out',
      'c6336400/25 prefix-list aws_internet_gateway.out',
    ]);
    const foreign = {
      aws_route: {
        own: {
          route_table_id: TABLE,
          destination_prefix_list_id: 'pl-1',
          gateway_id: '${aws_internet_gateway.out.id}',
        },
      },
    };
    expect(routesWith({ ...INTERNET, ...foreign })).toEqual([LOCAL, 'any prefix-list aws_internet_gateway.out']);
  });

  it('may lead anywhere, and to anything, where the input hides it', () => {
    const route = (parts: object) => ({
      aws_route: { own: { route_table_id: TABLE, gateway_id: '${aws_internet_gateway.out.id}', ...parts } },
    });
    expect(routesWith({ ...INTERNET, ...route({ destination_cidr_block: '${var.x}' }) }, { x: {} })).toEqual([
      LOCAL,
      'any static aws_internet_gateway.out',
    ]);
    expect(
      routesWith({ ...INTERNET, ...route({ destination_cidr_block: '0.0.0.0/0', gateway_id: '${var.x}' }) }, { x: {} }),
    ).toEqual([LOCAL, '00000000/0 static hidden']);
    expect(
      routesWith({ ...INTERNET, ...route({ destination_cidr_block: '0.0.0.0/0', count: '${var.x}' }) }, { x: {} }),
    ).toEqual([LOCAL, `${OUT} ?`]);
    expect(
      routesWith(
        { ...INTERNET, ...route({ destination_cidr_block: '0.0.0.0/0', route_table_id: '${var.x}' }) },
        { x: {} },
      ),
    ).toEqual([LOCAL, `${OUT} ?`]);
  });

  it('to a whole block of the VPC take the place of its local route, when they are certain', () => {
    const whole = (more: object) => ({
      aws_instance: { router: { subnet_id: '${aws_subnet.b.id}', source_dest_check: false } },
      aws_route: {
        own: {
          route_table_id: TABLE,
          destination_cidr_block: '10.0.0.0/16',
          network_interface_id: '${aws_instance.router.primary_network_interface_id}',
          ...more,
        },
      },
    });
    expect(routesWith(whole({}))).toEqual(['0a000000/16 static aws_instance.router']);
    expect(routesWith(whole({ count: '${var.x}' }), { x: {} })).toEqual([
      LOCAL,
      '0a000000/16 static aws_instance.router ?',
    ]);
  });

  it('learned from a VPN gateway are what its connections forward', () => {
    const vpn = {
      aws_vpn_gateway: { own: { vpc_id: VPC } },
      aws_customer_gateway: { office: { bgp_asn: 65000, type: 'ipsec.1', ip_address: '192.0.2.1' } },
      aws_vpn_connection: {
        office: {
          vpn_gateway_id: '${aws_vpn_gateway.own.id}',
          customer_gateway_id: '${aws_customer_gateway.office.id}',
          type: 'ipsec.1',
          static_routes_only: true,
        },
      },
      aws_vpn_connection_route: {
        office: { vpn_connection_id: '${aws_vpn_connection.office.id}', destination_cidr_block: '172.16.0.0/12' },
      },
    };
    const propagation = {
      aws_vpn_gateway_route_propagation: {
        own: { route_table_id: TABLE, vpn_gateway_id: '${aws_vpn_gateway.own.id}' },
      },
    };
    const inline = { aws_route_table: { own: { vpc_id: VPC, propagating_vgws: ['${aws_vpn_gateway.own.id}'] } } };
    const expected = [LOCAL, 'ac100000/12 propagated aws_vpn_gateway.own'];
    expect(routesWith({ ...vpn, ...propagation })).toEqual(expected);
    expect(routesWith({ ...vpn, ...inline })).toEqual(expected);
    const learning = {
      ...vpn,
      aws_vpn_connection: { office: { ...vpn.aws_vpn_connection.office, static_routes_only: false } },
    };
    expect(routesWith({ ...learning, ...propagation })).toEqual([LOCAL, 'any propagated aws_vpn_gateway.own ?']);
  });

  it('of a gateway endpoint lead to its service', () => {
    expect(
      routesWith({
        aws_vpc_endpoint: {
          s3: { vpc_id: VPC, service_name: 'com.amazonaws.eu-west-1.s3', route_table_ids: [TABLE] },
        },
      }),
    ).toEqual([LOCAL, 'prefix list com.amazonaws.eu-west-1.s3 prefix-list s3 in eu-west-1']);
  });

  it('may be any that a route server learns', () => {
    const server = { aws_vpc_route_server_propagation: { own: { route_server_id: 'rs-1', route_table_id: TABLE } } };
    const own = {
      aws_route_table: { own: { vpc_id: VPC } },
      aws_route_table_association: { a: { subnet_id: '${aws_subnet.a.id}', route_table_id: TABLE } },
    };
    expect(tables({ ...own, ...server }).map(({ isOpen }) => isOpen)).toEqual([true]);
    const elsewhere = { aws_route_table: { own: { vpc_id: VPC } }, ...server };
    expect(tables(elsewhere).map(({ isOpen }) => isOpen)).toEqual([false]);
  });
});

describe('tables of gateways', () => {
  const edge = (association: object) => ({
    ...INTERNET,
    aws_network_interface: { host: { subnet_id: '${aws_subnet.b.id}', source_dest_check: false } },
    aws_route_table: {
      own: {
        vpc_id: VPC,
        route: [
          { cidr_block: '10.0.1.0/24', network_interface_id: '${aws_network_interface.host.id}' },
          { cidr_block: '10.0.0.0/16', network_interface_id: '${aws_network_interface.host.id}' },
        ],
      },
    },
    aws_route_table_association: { edge: { route_table_id: TABLE, ...association } },
  });
  const doorTables = (resources: Blocks, variable = {}) =>
    network(resources, variable).doors.map(({ tables: own }) =>
      own.map(({ item, doubts }) => `${item.origin.name}${doubts.length > 0 ? ' ?' : ''}`),
    );

  it('decide for what comes in by it', () => {
    const found = network(edge({ gateway_id: '${aws_internet_gateway.out.id}' }));
    expect(found.doors[0]?.tables.map(({ item, doubts }) => [routes(item), doubts])).toEqual([
      [['0a000100/24 static aws_network_interface.host', '0a000000/16 static aws_network_interface.host'], []],
    ]);
    expect(called(found.subnets, 'aws_subnet.a').tables[0]?.item.origin.name).toBe(
      'the main route table of aws_vpc.main',
    );
  });

  it('are none by default, and may be none where the association may not exist', () => {
    expect(doorTables(INTERNET)).toEqual([[]]);
    const both = [['aws_route_table.own ?', 'the local route of aws_vpc.main ?']];
    expect(doorTables(edge({ gateway_id: '${aws_internet_gateway.out.id}', count: '${var.x}' }), { x: {} })).toEqual(
      both,
    );
    expect(doorTables(edge({ gateway_id: '${var.x}' }), { x: {} })).toEqual(both);
  });
});
