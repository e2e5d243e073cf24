import { describe, expect, it } from 'vitest';
import type { Zone } from '../../../../proofs/network/topology.ts';
import { called, networkOf, reasons, text } from '../../../support/network/compiled.ts';

const MAIN = '${aws_vpc.main.id}';

function zoneText(zone: Zone | undefined): string | undefined {
  return zone?.kind === 'known' ? zone.name : zone?.kind;
}

function zones(subnets: { readonly [name: string]: object }, data: { readonly [type: string]: object } = {}) {
  const network = networkOf(
    {
      aws_vpc: { main: { cidr_block: '10.0.0.0/16' } },
      aws_subnet: Object.fromEntries(
        Object.entries(subnets).map(([name, zone]) => [name, { vpc_id: MAIN, cidr_block: '10.0.1.0/24', ...zone }]),
      ),
    },
    { data: data as never },
  );
  return Object.fromEntries(network.subnets.map(({ origin, zone }) => [origin.name, zoneText(zone)]));
}

describe('VPCs', () => {
  it('have every block that is associated with them', () => {
    const { vpcs } = networkOf({
      aws_vpc: { main: { cidr_block: '10.0.0.0/16', ipv6_cidr_block: '2a05:d018::/56' } },
      aws_vpc_ipv4_cidr_block_association: { more: { vpc_id: MAIN, cidr_block: '10.1.0.0/16' } },
      aws_vpc_ipv6_cidr_block_association: { more: { vpc_id: MAIN, ipv6_cidr_block: '2a05:d019::/56' } },
    });
    expect(
      vpcs.map(({ addresses }) => addresses.ranges.map(({ family, first }) => `${family} ${first.toString(16)}`)),
    ).toEqual([['4 a000000', '6 2a05d018000000000000000000000000', '4 a010000', '6 2a05d019000000000000000000000000']]);
    expect(vpcs[0]?.addresses.doubts).toEqual([]);
  });

  it('may have the block of an association that may not exist, or whose VPC is hidden', () => {
    const symbolic = networkOf(
      {
        aws_vpc: { main: { cidr_block: '10.0.0.0/16' } },
        aws_vpc_ipv4_cidr_block_association: { more: { vpc_id: MAIN, cidr_block: '10.1.0.0/16', count: '${var.n}' } },
      },
      { variable: { n: {} } },
    );
    expect(symbolic.vpcs.map(({ addresses }) => text(addresses))).toEqual([['10.0.0.0-10.0.255.255', '?']]);
    const hidden = networkOf(
      {
        aws_vpc: { main: { cidr_block: '10.0.0.0/16' } },
        aws_vpc_ipv4_cidr_block_association: { more: { vpc_id: '${var.vpc}', cidr_block: '10.1.0.0/16' } },
      },
      { variable: { vpc: {} } },
    );
    expect(called(hidden.vpcs, 'aws_vpc.main').addresses.doubts.map((one) => one.kind)).toEqual(['unknown']);
  });

  it('have a block of their own where AWS or IPAM chooses it', () => {
    const { vpcs, subnets } = networkOf({
      aws_vpc: {
        pool: { ipv4_ipam_pool_id: 'ipam-pool-1', ipv4_netmask_length: 20, assign_generated_ipv6_cidr_block: true },
      },
      aws_subnet: {
        a: {
          vpc_id: '${aws_vpc.pool.id}',
          cidr_block: '${cidrsubnet(aws_vpc.pool.cidr_block, 4, 1)}',
          ipv6_cidr_block: '${cidrsubnet(aws_vpc.pool.ipv6_cidr_block, 8, 1)}',
        },
      },
    });
    const [v4, v6] = vpcs[0]?.addresses.unknowns ?? [];
    expect([v4?.family, v4?.length, v4?.parent]).toEqual([4, 20, null]);
    expect([v6?.family, v6?.length, v6?.within.first]).toEqual([6, 56, 1n << 125n]);
    const [own4, own6] = subnets[0]?.addresses.unknowns ?? [];
    expect(own4?.parent).toBe(v4);
    expect(own6?.parent).toBe(v6);
    expect(subnets[0]?.addresses.doubts).toEqual([]);
  });

  it('may have any block where a variable gives it', () => {
    const { vpcs } = networkOf({ aws_vpc: { main: { cidr_block: '${var.block}' } } }, { variable: { block: {} } });
    expect(vpcs.map(({ addresses }) => [text(addresses), reasons(addresses.doubts)])).toEqual([[['?'], ['var.block']]]);
  });

  it('are parts of which nothing is known where the estate only names them', () => {
    const { vpcs, subnets } = networkOf({
      aws_subnet: {
        a: { vpc_id: 'vpc-1', cidr_block: '10.0.1.0/24' },
        b: { vpc_id: 'vpc-1', cidr_block: '10.0.2.0/24' },
      },
    });
    expect(vpcs.map(({ origin, addresses }) => [origin.name, text(addresses)])).toEqual([['VPC vpc-1', ['?']]]);
    expect(subnets.map(({ vpc }) => vpc === vpcs[0])).toEqual([true, true]);
    expect(subnets.map(({ tables }) => tables[0]?.item.open.length)).toEqual([1, 1]);
  });

  it('have the block of a default VPC, and default subnets within it', () => {
    const { vpcs, subnets, doors } = networkOf({
      aws_default_vpc: { main: {} },
      aws_default_subnet: { a: { availability_zone: 'eu-west-1a' } },
    });
    expect(vpcs.map(({ addresses }) => text(addresses))).toEqual([['172.31.0.0-172.31.255.255']]);
    expect(subnets[0]?.vpc).toBe(vpcs[0]);
    expect(doors.map(({ kind, vpc, doubts }) => [kind, vpc === vpcs[0], doubts.length])).toEqual([
      ['internet', true, 1],
    ]);
    expect(subnets[0]?.addresses.unknowns.map(({ length, within }) => [length, within])).toEqual([
      [20, vpcs[0]?.addresses.ranges[0]],
    ]);
  });
});

describe('zones of subnets', () => {
  it('are compared as they are written', () => {
    expect(zones({ a: { availability_zone: 'eu-west-1a' }, b: { availability_zone: 'eu-west-1b' } })).toEqual({
      'aws_subnet.a': 'eu-west-1a',
      'aws_subnet.b': 'eu-west-1b',
    });
    expect(zones({ a: { availability_zone_id: 'euw1-az1' } })).toEqual({ 'aws_subnet.a': 'euw1-az1' });
  });

  it('are hidden where one is written by name and others by id, because only the account knows which is which', () => {
    expect(
      zones({
        a: { availability_zone_id: 'euw1-az1' },
        b: { availability_zone_id: 'euw1-az2' },
        c: { availability_zone: 'eu-west-1a' },
      }),
    ).toEqual({ 'aws_subnet.a': 'euw1-az1', 'aws_subnet.b': 'euw1-az2', 'aws_subnet.c': 'hidden' });
  });

  it('are hidden where AWS chooses, or a variable', () => {
    expect(zones({ a: {} })).toEqual({ 'aws_subnet.a': 'hidden' });
  });

  it('are two by two indexes of one list of zones', () => {
    const all = { aws_availability_zones: { all: { state: 'available' } } };
    const of = (index: number) => ({ availability_zone: `\${data.aws_availability_zones.all.names[${index}]}` });
    expect(zones({ a: of(0), b: of(1), c: of(0) }, all)).toEqual({
      'aws_subnet.a': 'data.aws_availability_zones.all.names[0]',
      'aws_subnet.b': 'data.aws_availability_zones.all.names[1]',
      'aws_subnet.c': 'data.aws_availability_zones.all.names[0]',
    });
    expect(zones({ a: of(0), b: of(1), c: { availability_zone: 'eu-west-1a' } }, all)['aws_subnet.c']).toBe('hidden');
  });
});
