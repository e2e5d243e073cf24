import { describe, expect, it } from 'vitest';
import { called, networkOf, reasons, text, TWO_ZONES } from '../../../support/network/compiled.ts';

const VPC = '${aws_vpc.main.id}';

describe('Internet gateways', () => {
  it('joins a VPC to the Internet, whose addresses are public', () => {
    const { doors } = networkOf({ ...TWO_ZONES, aws_internet_gateway: { world: { vpc_id: VPC } } });
    expect(doors).toHaveLength(1);
    const door = called(doors, 'aws_internet_gateway.world');
    expect(door).toMatchObject({ kind: 'internet', doubts: [], tables: [] });
    expect(door.vpc.origin.name).toBe('aws_vpc.main');
    expect(door.outside).toMatchObject({ kind: 'internet', name: 'the Internet' });
    const addresses = text(door.outside.addresses);
    expect(addresses).toContain('11.0.0.0-100.63.255.255');
    expect(addresses.some((range) => range.startsWith('10.'))).toBe(false);
    expect(addresses).toContain(`${(1n << 125n).toString(16)}-${((1n << 126n) - 1n).toString(16)}`);
  });

  it('reads an attachment that is a resource of its own', () => {
    const { doors } = networkOf({
      ...TWO_ZONES,
      aws_internet_gateway: { world: {} },
      aws_internet_gateway_attachment: {
        here: { internet_gateway_id: '${aws_internet_gateway.world.id}', vpc_id: VPC },
      },
    });
    expect(doors.map(({ origin, vpc }) => [origin.name, vpc.origin.name])).toEqual([
      ['aws_internet_gateway.world', 'aws_vpc.main'],
    ]);
  });

  it('sees the door by an attachment of a gateway that somebody else has made', () => {
    const { doors } = networkOf({
      ...TWO_ZONES,
      aws_internet_gateway_attachment: { here: { internet_gateway_id: 'igw-0123', vpc_id: VPC } },
    });
    expect(doors.map(({ origin, kind, doubts }) => [origin.name, kind, doubts])).toEqual([
      ['aws_internet_gateway_attachment.here', 'internet', []],
    ]);
  });

  it('makes no door of a gateway that nothing attaches', () => {
    expect(networkOf({ ...TWO_ZONES, aws_internet_gateway: { world: {} } }).doors).toEqual([]);
  });

  it('takes every VPC of the Region for the one that a variable hides', () => {
    const { doors } = networkOf(
      {
        aws_vpc: { main: { cidr_block: '10.0.0.0/16' }, other: { cidr_block: '10.1.0.0/16' } },
        aws_internet_gateway: { world: { vpc_id: '${var.vpc}' } },
      },
      { variable: { vpc: {} } },
    );
    expect(doors.map(({ vpc, doubts }) => [vpc.origin.name, reasons(doubts)])).toEqual([
      ['VPC var.vpc', ['var.vpc']],
      ['aws_vpc.main', ['var.vpc']],
      ['aws_vpc.other', ['var.vpc']],
    ]);
  });

  it('doubts a gateway whose count is not known', () => {
    const { doors } = networkOf(
      { ...TWO_ZONES, aws_internet_gateway: { world: { count: '${var.world ? 1 : 0}', vpc_id: VPC } } },
      { variable: { world: {} } },
    );
    expect(doors.map(({ doubts }) => doubts.length)).toEqual([1]);
  });
});

describe('gateways that data sources read', () => {
  const reads = (values: readonly string[]) => ({
    data: { aws_internet_gateway: { world: { filter: { name: 'attachment.vpc-id', values } } } },
  });

  it('takes the gateway of a VPC for the one that the estate makes there', () => {
    const { doors } = networkOf({ ...TWO_ZONES, aws_internet_gateway: { own: { vpc_id: VPC } } }, reads([VPC]));
    expect(doors.map(({ origin }) => origin.name)).toEqual(['aws_internet_gateway.own']);
  });

  it('finds the gateway whose id it is given', () => {
    const { doors } = networkOf(
      { ...TWO_ZONES, aws_internet_gateway: { own: { vpc_id: VPC } } },
      { data: { aws_internet_gateway: { world: { internet_gateway_id: '${aws_internet_gateway.own.id}' } } } },
    );
    expect(doors.map(({ origin }) => origin.name)).toEqual(['aws_internet_gateway.own']);
  });

  it('may be of any VPC by another filter, or by a VPC that is not seen', () => {
    const TWO = { aws_vpc: { main: { cidr_block: '10.0.0.0/16' }, other: { cidr_block: '10.1.0.0/16' } } };
    const filters = [
      { name: 'tag:Name', values: [VPC] },
      { name: 'attachment.vpc-id', values: ['vpc-0abc'] },
    ];
    for (const filter of filters) {
      const { doors } = networkOf(TWO, { data: { aws_internet_gateway: { world: { filter: [filter] } } } });
      expect(doors.map(({ vpc, doubts }) => [vpc.origin.name, doubts.length])).toEqual([
        ['aws_vpc.main', 1],
        ['aws_vpc.other', 1],
      ]);
    }
  });

  it('sees a gateway that somebody else has attached, and doubts it', () => {
    const { doors } = networkOf(TWO_ZONES, reads([VPC]));
    expect(doors.map(({ origin, vpc, doubts }) => [origin.name, vpc.origin.name, reasons(doubts)])).toEqual([
      ['data.aws_internet_gateway.world', 'aws_vpc.main', ['data.aws_internet_gateway.world']],
    ]);
  });
});

it('lets IPv6 out by an egress-only gateway, and the carrier in by its own', () => {
  const { doors } = networkOf({
    ...TWO_ZONES,
    aws_egress_only_internet_gateway: { out: { vpc_id: VPC } },
    aws_ec2_carrier_gateway: { phones: { vpc_id: VPC } },
  });
  expect(doors.map(({ kind, outside }) => [kind, outside.kind, outside.name])).toEqual([
    ['egress-only', 'internet', 'the Internet'],
    ['carrier', 'foreign-network', 'the carrier network of eu-west-1'],
  ]);
});

describe('VPN gateways', () => {
  it('attaches one by its argument or by an attachment', () => {
    const { doors } = networkOf({
      ...TWO_ZONES,
      aws_vpn_gateway: { inline: { vpc_id: VPC }, apart: {} },
      aws_vpn_gateway_attachment: { apart: { vpn_gateway_id: '${aws_vpn_gateway.apart.id}', vpc_id: VPC } },
    });
    expect(doors.map(({ origin, kind, outside }) => [origin.name, kind, outside.kind])).toEqual([
      ['aws_vpn_gateway.apart', 'vpn', 'on-premises'],
      ['aws_vpn_gateway.inline', 'vpn', 'on-premises'],
    ]);
  });

  it('is one door where the gateway and its attachment both name the VPC', () => {
    const { doors } = networkOf({
      ...TWO_ZONES,
      aws_vpn_gateway: { line: { vpc_id: VPC } },
      aws_vpn_gateway_attachment: { line: { vpn_gateway_id: '${aws_vpn_gateway.line.id}', vpc_id: VPC } },
    });
    expect(doors.map(({ origin }) => origin.name)).toEqual(['aws_vpn_gateway.line']);
  });

  it('doubts one without a connection, which somebody may add', () => {
    const { doors } = networkOf({ ...TWO_ZONES, aws_vpn_gateway: { line: { vpc_id: VPC } } });
    expect(doors[0]?.doubts[0]).toMatchObject({
      expression: 'aws_vpn_gateway.line',
      detail: 'has no connection in the estate, and may have one that the estate does not show',
    });
  });
});

it('ties a VPC to the local gateway of a rack, which forwards more than the estate shows', () => {
  const { doors } = networkOf(
    {
      ...TWO_ZONES,
      aws_ec2_local_gateway_route_table_vpc_association: {
        here: { local_gateway_route_table_id: '${data.aws_ec2_local_gateway_route_table.rack.id}', vpc_id: VPC },
      },
      aws_ec2_local_gateway_route: {
        office: {
          destination_cidr_block: '192.168.0.0/16',
          local_gateway_route_table_id: '${data.aws_ec2_local_gateway_route_table.rack.id}',
          local_gateway_virtual_interface_group_id: 'lgw-vif-grp-1',
        },
      },
    },
    { data: { aws_ec2_local_gateway_route_table: { rack: {} }, aws_ec2_local_gateway: { rack: {} } } },
  );
  expect(doors).toHaveLength(1);
  expect(doors[0]).toMatchObject({ kind: 'local', doubts: [], outside: { kind: 'on-premises' } });
  expect(doors.flatMap(({ forwards }) => text(forwards))).toEqual(['192.168.0.0-192.168.255.255', '?']);
});
