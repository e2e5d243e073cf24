import { describe, expect, test } from 'vitest';
import type { Topology } from '../../../../proofs/network/topology.ts';
import { attachmentsIn, describeAddresses, networkOf, ONE_VPC, unmodelledIn } from '../../../support/network-ways.ts';

const CUSTOMER = { aws_customer_gateway: { office: { bgp_asn: 65000, ip_address: '198.51.100.7', type: 'ipsec.1' } } };
const OFFICE = '${aws_customer_gateway.office.id}';
const VPN_GATEWAY = { aws_vpn_gateway: { office: { vpc_id: '${aws_vpc.main.id}' } } };
const TRANSIT = { aws_ec2_transit_gateway: { hub: {} } };

function forwarded({ doors }: Topology): readonly string[] {
  return doors.filter(({ kind }) => kind === 'vpn').map(({ forwards }) => describeAddresses(forwards));
}

describe('a VPN gateway', () => {
  const connection = (rest: object) => ({
    aws_vpn_connection: {
      office: { customer_gateway_id: OFFICE, vpn_gateway_id: '${aws_vpn_gateway.office.id}', type: 'ipsec.1', ...rest },
    },
  });
  const routes = {
    aws_vpn_connection_route: {
      a: { vpn_connection_id: '${aws_vpn_connection.office.id}', destination_cidr_block: '192.168.0.0/16' },
    },
  };
  const network = (rest: object) => networkOf({ ...ONE_VPC, ...CUSTOMER, ...VPN_GATEWAY, ...rest });

  test('forwards the static routes of its connections, and no more', () => {
    const topology = network({ ...connection({ static_routes_only: true }), ...routes });
    expect(forwarded(topology)).toStrictEqual(['192.168.0.0/16']);
    expect(topology.doors.map(({ doubts }) => doubts.length)).toStrictEqual([0]);
  });

  test('forwards what it learns by BGP, which nobody sees', () => {
    expect(forwarded(network(connection({})))).toStrictEqual(['?']);
    expect(forwarded(network(connection({ static_routes_only: '${var.static}' })))).toStrictEqual(['?']);
  });

  test('forwards what lines of Direct Connect bring, from any Region', () => {
    const direct = {
      aws_dx_gateway: { line: { name: 'line', amazon_side_asn: 64512 } },
      aws_dx_gateway_association: {
        a: { dx_gateway_id: '${aws_dx_gateway.line.id}', associated_gateway_id: '${aws_vpn_gateway.office.id}' },
      },
    };
    const topology = network({ ...connection({ static_routes_only: true }), ...routes, ...direct });
    expect(forwarded(topology)).toStrictEqual(['192.168.0.0/16 ?']);
    expect(unmodelledIn(topology)).toStrictEqual([]);
  });

  test('may forward a route whose connection is hidden', () => {
    const stray = {
      aws_vpn_connection_route: { a: { vpn_connection_id: '${var.c}', destination_cidr_block: '10.7.0.0/16' } },
    };
    expect(forwarded(network({ ...connection({ static_routes_only: true }), ...stray }))).toStrictEqual(['?']);
  });
});

describe('a transit gateway', () => {
  test('is joined to the network behind a customer gateway', () => {
    const topology = networkOf({
      ...CUSTOMER,
      ...TRANSIT,
      aws_vpn_connection: {
        office: {
          customer_gateway_id: OFFICE,
          transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}',
          type: 'ipsec.1',
        },
      },
    });
    const [attachment, ...more] = topology.attachments;
    expect(more).toStrictEqual([]);
    expect(attachment?.end).toMatchObject({
      kind: 'outside',
      outside: { kind: 'on-premises', name: 'the network behind aws_customer_gateway.office of west' },
    });
    expect(attachmentsIn(topology).join()).toContain('any by aws_vpn_connection.office ? aws_vpn_connection.office');
  });

  test('is joined to lines of Direct Connect, by an offer only perhaps', () => {
    const direct = {
      ...TRANSIT,
      aws_dx_gateway: { line: { name: 'line', amazon_side_asn: 64512 } },
    };
    const argument = {
      dx_gateway_id: '${aws_dx_gateway.line.id}',
      associated_gateway_id: '${aws_ec2_transit_gateway.hub.id}',
    };
    const doubtsIn = ({ attachments }: Topology) => attachments.map(({ doubts }) => doubts.length);
    expect(doubtsIn(networkOf({ ...direct, aws_dx_gateway_association: { a: argument } }))).toStrictEqual([0]);
    expect(doubtsIn(networkOf({ ...direct, aws_dx_gateway_association_proposal: { a: argument } }))).toStrictEqual([1]);
  });

  test('is joined to the network behind an appliance that it connects to', () => {
    const topology = networkOf({
      ...TRANSIT,
      aws_ec2_transit_gateway_connect: { a: { transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}' } },
      aws_ec2_transit_gateway_connect_peer: {
        a: { peer_address: '10.0.0.9', inside_cidr_blocks: ['169.254.100.0/29'] },
      },
    });
    expect(topology.attachments).toMatchObject([{ end: { kind: 'outside', outside: { kind: 'on-premises' } } }]);
    expect(unmodelledIn(topology)).toStrictEqual([]);
  });

  test('is joined to the sites of a VPN concentrator', () => {
    const topology = networkOf({
      ...TRANSIT,
      aws_vpn_concentrator: { a: { transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}', type: 'ipsec.1' } },
    });
    expect(topology.attachments.map(({ end }) => end.kind)).toStrictEqual(['outside']);
    expect(unmodelledIn(topology)).toStrictEqual([]);
  });
});

test('interfaces of Direct Connect are read with their gateway, SiteLink and public ones included', () => {
  const topology = networkOf({
    aws_dx_gateway: { line: { name: 'line', amazon_side_asn: 64512 } },
    aws_dx_private_virtual_interface: { a: { dx_gateway_id: '${aws_dx_gateway.line.id}', sitelink_enabled: true } },
    aws_dx_transit_virtual_interface: { a: { dx_gateway_id: '${aws_dx_gateway.line.id}' } },
    aws_dx_public_virtual_interface: { a: { route_filter_prefixes: ['198.51.100.0/24'] } },
  });
  expect(unmodelledIn(topology)).toStrictEqual([]);
});
