import { describe, expect, it } from 'vitest';
import { closing } from '../../../proofs/network/closing.ts';
import type { Question } from '../../../proofs/network/question.ts';
import type { Topology } from '../../../proofs/network/topology.ts';
import { called, networkOf } from '../../support/network/compiled.ts';

const ENDPOINT =
  '${one([for s in aws_networkfirewall_firewall.wall.firewall_status[0].sync_states : s.attachment[0].endpoint_id if s.attachment[0].subnet_id == aws_subnet.wall.id])}';

/** Data behind a firewall, behind which a NAT gateway leads to the Internet; `routes` are those of the data. */
function network(...routes: readonly object[]): Topology {
  const subnet = (third: number) => ({
    vpc_id: '${aws_vpc.main.id}',
    cidr_block: `10.0.${third}.0/24`,
    availability_zone: 'eu-west-1a',
  });
  const uses = (name: string) => ({
    subnet_id: `\${aws_subnet.${name}.id}`,
    route_table_id: `\${aws_route_table.${name}.id}`,
  });
  return networkOf({
    aws_vpc: { main: { cidr_block: '10.0.0.0/16', enable_dns_support: false } },
    aws_subnet: { data: subnet(1), wall: subnet(2), edge: subnet(3) },
    aws_internet_gateway: { world: { vpc_id: '${aws_vpc.main.id}' } },
    aws_nat_gateway: {
      edge: { subnet_id: '${aws_subnet.edge.id}', allocation_id: 'eipalloc-1', private_ip: '10.0.3.9' },
    },
    aws_networkfirewall_firewall: {
      wall: { vpc_id: '${aws_vpc.main.id}', subnet_mapping: [{ subnet_id: '${aws_subnet.wall.id}' }] },
    },
    aws_route_table: {
      data: { vpc_id: '${aws_vpc.main.id}' },
      wall: {
        vpc_id: '${aws_vpc.main.id}',
        route: [{ cidr_block: '0.0.0.0/0', nat_gateway_id: '${aws_nat_gateway.edge.id}' }],
      },
      edge: {
        vpc_id: '${aws_vpc.main.id}',
        route: [{ cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.world.id}' }],
      },
    },
    aws_route_table_association: { data: uses('data'), wall: uses('wall'), edge: uses('edge') },
    aws_route: Object.fromEntries(
      [{ destination_cidr_block: '0.0.0.0/0', vpc_endpoint_id: ENDPOINT }, ...routes].map((route, index) => [
        `data${index}`,
        { route_table_id: '${aws_route_table.data.id}', ...route },
      ]),
    ),
  });
}

/** Data whose way out is translated before it is inspected; a route of the edge leads past the firewall. */
function networkWithLeakyEdge(): Topology {
  const subnet = (third: number) => ({
    vpc_id: '${aws_vpc.main.id}',
    cidr_block: `10.0.${third}.0/24`,
    availability_zone: 'eu-west-1a',
  });
  const table = (...route: readonly object[]) => ({ vpc_id: '${aws_vpc.main.id}', route });
  const uses = (name: string) => ({
    subnet_id: `\${aws_subnet.${name}.id}`,
    route_table_id: `\${aws_route_table.${name}.id}`,
  });
  const world = '${aws_internet_gateway.world.id}';
  return networkOf({
    aws_vpc: { main: { cidr_block: '10.0.0.0/16', enable_dns_support: false } },
    aws_subnet: { data: subnet(1), wall: subnet(2), edge: subnet(3) },
    aws_internet_gateway: { world: { vpc_id: '${aws_vpc.main.id}' } },
    aws_nat_gateway: { edge: { subnet_id: '${aws_subnet.edge.id}', allocation_id: 'eipalloc-edge' } },
    aws_networkfirewall_firewall: {
      wall: { vpc_id: '${aws_vpc.main.id}', subnet_mapping: [{ subnet_id: '${aws_subnet.wall.id}' }] },
    },
    aws_route_table: {
      data: table({ cidr_block: '0.0.0.0/0', nat_gateway_id: '${aws_nat_gateway.edge.id}' }),
      edge: table({ cidr_block: '0.0.0.0/0', vpc_endpoint_id: ENDPOINT }),
      wall: table({ cidr_block: '0.0.0.0/0', gateway_id: world }),
      arrivals: table({ cidr_block: '10.0.3.0/24', vpc_endpoint_id: ENDPOINT }),
    },
    aws_route_table_association: {
      data: uses('data'),
      wall: uses('wall'),
      edge: uses('edge'),
      arrivals: { gateway_id: world, route_table_id: '${aws_route_table.arrivals.id}' },
    },
    aws_route: {
      leak: {
        route_table_id: '${aws_route_table.edge.id}',
        destination_cidr_block: '198.51.100.0/24',
        gateway_id: world,
      },
    },
  });
}

/** From the data to anything outside, without the firewall. */
function waysOut(topology: Topology): Question {
  return {
    from: [{ kind: 'subnet', subnet: called(topology.subnets, 'aws_subnet.data') }],
    to: topology.outsides.map((outside) => ({ kind: 'outside', outside })),
    without: { certain: new Set(topology.inspections.flatMap(({ owner }) => owner ?? [])), doubtful: new Map() },
    destinations: null,
    services: null,
  };
}

const names = (topology: Topology) => closing(topology, waysOut(topology)).map(({ name }) => name);

describe('the smallest change', () => {
  it('is nothing where nothing gets through', () => {
    expect(names(network())).toEqual([]);
  });

  it('is the route past the gateway, not what leads through it as well', () => {
    const past = { destination_cidr_block: '198.51.100.0/24', nat_gateway_id: '${aws_nat_gateway.edge.id}' };
    expect(names(network(past))).toEqual(['aws_route.data1']);
  });

  it('is every route past the gateway, not the one way on that they share with it', () => {
    const past = (destination_cidr_block: string, nat: string) => ({
      destination_cidr_block,
      nat_gateway_id: `\${aws_nat_gateway.${nat}.id}`,
    });
    const topology = network(past('198.51.100.0/24', 'edge'), past('203.0.113.0/24', 'spare'));
    expect(names(topology)).toEqual(['aws_route.data1', 'aws_route.data2']);
  });

  it('is the route that differs, not the ways that everything takes before it', () => {
    expect(names(networkWithLeakyEdge())).toEqual(['aws_route.leak']);
  });

  it('leaves out what no packet can take', () => {
    const past = { destination_cidr_block: '198.51.100.0/24', nat_gateway_id: '${aws_nat_gateway.edge.id}' };
    const six = { destination_ipv6_cidr_block: '::/0', gateway_id: '${aws_internet_gateway.world.id}' };
    expect(names(network(past, six))).toEqual(['aws_route.data1']);
  });
});
