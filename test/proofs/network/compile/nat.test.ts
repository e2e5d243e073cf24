import { describe, expect, it } from 'vitest';
import { networkOf, reasons, text, TWO_ZONES } from '../../../support/network/compiled.ts';

const SUBNET = '${aws_subnet.a.id}';

function nats(gateway: object, more: object = {}) {
  return networkOf({ ...TWO_ZONES, aws_nat_gateway: { out: gateway }, ...more }).nats;
}

describe('NAT gateways', () => {
  it('is public in its subnet unless it says that it is private', () => {
    expect(nats({ subnet_id: SUBNET, allocation_id: 'eipalloc-1' })[0]).toMatchObject({
      isPublic: { holds: true, doubts: [] },
      subnet: { origin: { name: 'aws_subnet.a' } },
    });
    expect(nats({ subnet_id: SUBNET, connectivity_type: 'private' })[0]?.isPublic).toEqual({
      holds: false,
      doubts: [],
    });
  });

  it('translates to the addresses that it is given, and to what AWS chooses besides', () => {
    const given = nats({ subnet_id: SUBNET, connectivity_type: 'private', private_ip: '10.0.1.7' });
    expect(given.map(({ addresses }) => text(addresses))).toEqual([['10.0.1.7']]);
    const more = nats({ subnet_id: SUBNET, private_ip: '10.0.1.7', secondary_private_ip_addresses: ['10.0.1.8'] });
    expect(more.map(({ addresses }) => text(addresses))).toEqual([['10.0.1.7', '10.0.1.8']]);
    const counted = nats({ subnet_id: SUBNET, private_ip: '10.0.1.7', secondary_private_ip_address_count: 2 });
    expect(counted.map(({ addresses }) => text(addresses))).toEqual([
      ['10.0.1.7', 'aws_nat_gateway.out.private_ip in aws_subnet.a of network'],
    ]);
  });

  it('takes an address that an association adds for one that AWS chooses', () => {
    const associated = nats(
      { subnet_id: SUBNET, private_ip: '10.0.1.7' },
      {
        aws_nat_gateway_eip_association: {
          more: { nat_gateway_id: '${aws_nat_gateway.out.id}', allocation_id: 'eipalloc-2' },
        },
      },
    );
    expect(associated.map(({ addresses }) => addresses.unknowns.length)).toEqual([1]);
  });

  it('goes straight to the Internet when it is regional, without any public subnet', () => {
    const [nat] = nats({ availability_mode: 'regional', vpc_id: '${aws_vpc.main.id}' });
    expect(nat).toMatchObject({ subnet: null, isPublic: { holds: true, doubts: [] }, doubts: [] });
    expect(nat?.vpc.origin.name).toBe('aws_vpc.main');
  });

  it('may be in any VPC of its Region when it is regional and a variable names the VPC', () => {
    const { nats: made, subnets } = networkOf(
      {
        ...TWO_ZONES,
        aws_nat_gateway: { out: { availability_mode: 'regional', vpc_id: '${var.vpc}' } },
        aws_route_table: {
          t: {
            vpc_id: '${aws_vpc.main.id}',
            route: [{ cidr_block: '0.0.0.0/0', nat_gateway_id: '${aws_nat_gateway.out.id}' }],
          },
        },
        aws_route_table_association: { t: { subnet_id: SUBNET, route_table_id: '${aws_route_table.t.id}' } },
      },
      { variable: { vpc: {} } },
    );
    expect(made.map(({ vpc, doubts }) => [vpc.origin.name, reasons(doubts)])).toEqual([
      ['VPC var.vpc', ['var.vpc']],
      ['aws_vpc.main', ['var.vpc']],
    ]);
    const routes = subnets[0]?.tables.flatMap(({ item }) => item.routes) ?? [];
    expect(routes.map(({ target }) => (target.kind === 'hidden' ? reasons(target.doubts) : target.kind))).toEqual([
      'local',
      ['var.vpc'],
    ]);
  });

  it('hides where a route to one leads whose subnet is not known', () => {
    const { nats: made, subnets } = networkOf(
      {
        ...TWO_ZONES,
        aws_nat_gateway: { out: { subnet_id: '${var.subnet}' } },
        aws_route_table: {
          t: {
            vpc_id: '${aws_vpc.main.id}',
            route: [{ cidr_block: '0.0.0.0/0', nat_gateway_id: '${aws_nat_gateway.out.id}' }],
          },
        },
        aws_route_table_association: { t: { subnet_id: SUBNET, route_table_id: '${aws_route_table.t.id}' } },
      },
      { variable: { subnet: {} } },
    );
    expect(made).toEqual([]);
    const routes = subnets[0]?.tables.flatMap(({ item }) => item.routes) ?? [];
    expect(routes.map(({ target }) => target.kind)).toEqual(['local', 'hidden']);
  });
});
