import check from '../../../checks/isolation/net-013-registered-links.ts';
import { testCheck } from '../../support/check-tester.ts';

const POLICY = {
  network: {
    approvedPeers: [{ peer: '10.0.0.0/8', reason: 'Addresses of the enclave.' }],
    outside: [
      {
        id: 'office',
        kind: 'on-premises',
        cidrs: ['192.168.0.0/16', '198.51.100.0/24'],
        customerGateways: ['198.51.100.7', '2001:db8::7'],
        locations: [
          { code: 'EirCL', country: 'IE' },
          { code: 'EqLD5', country: 'GB' },
        ],
        reason: 'Own office.',
      },
      { id: 'world', kind: 'internet', cidrs: ['203.0.113.0/24'], reason: 'Far away.' },
    ],
    principals: [{ principal: '444444444444', reason: 'The carrier of the line.' }],
  },
};
const west = (resource: object, rest: object = {}) => ({ stacks: { west: { resource, ...rest } }, policy: POLICY });
const VARIABLE = { variable: { x: {} } };
const customer = (rest: object) => ({ aws_customer_gateway: { office: { type: 'ipsec.1', bgp_asn: 65000, ...rest } } });
const OFFICE = customer({ ip_address: '198.51.100.7' });
const connection = (rest: object) => ({
  ...OFFICE,
  aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
  aws_vpn_gateway: { ledger: { vpc_id: '${aws_vpc.ledger.id}' } },
  aws_ec2_transit_gateway: { ledger: {} },
  aws_vpn_connection: {
    office: { type: 'ipsec.1', customer_gateway_id: '${aws_customer_gateway.office.id}', ...rest },
  },
});
const TO_PRIVATE = { vpn_gateway_id: '${aws_vpn_gateway.ledger.id}' };
const LINE = { aws_dx_connection: { office: { name: 'office', bandwidth: '1Gbps', location: 'EirCL' } } };
const line = (rest: object) => ({ aws_dx_connection: { office: { ...LINE.aws_dx_connection.office, ...rest } } });
const virtual = (kind: string, rest: object) => ({
  ...LINE,
  aws_dx_gateway: { office: { name: 'office', amazon_side_asn: '64512' } },
  [`aws_dx_${kind}_virtual_interface`]: {
    office: { connection_id: '${aws_dx_connection.office.id}', name: 'office', vlan: 1, bgp_asn: 65000, ...rest },
  },
});
const announce = (rest: object, type = 'aws_dx_gateway_association') => ({
  aws_vpc: { ledger: { cidr_block: '172.16.0.0/16' } },
  aws_vpn_gateway: { ledger: { vpc_id: '${aws_vpc.ledger.id}' } },
  aws_ec2_transit_gateway: { ledger: {} },
  aws_dx_gateway: { office: { name: 'office', amazon_side_asn: '64512' } },
  [type]: {
    office: {
      ...(type === 'aws_dx_gateway_association' ? { dx_gateway_id: '${aws_dx_gateway.office.id}' } : {}),
      associated_gateway_id: '${aws_vpn_gateway.ledger.id}',
      ...rest,
    },
  },
});
const TRANSIT = { associated_gateway_id: '${aws_ec2_transit_gateway.ledger.id}' };
const network = (tier: string) => ({
  aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
  aws_vpn_gateway: { ledger: { vpc_id: '${aws_vpc.ledger.id}' } },
  aws_subnet: {
    one: { vpc_id: '${aws_vpc.ledger.id}', cidr_block: '10.0.0.0/24', tags: { 'ledger:tier': tier } },
  },
  aws_route_table: { one: { vpc_id: '${aws_vpc.ledger.id}' } },
  aws_route_table_association: {
    one: { subnet_id: '${aws_subnet.one.id}', route_table_id: '${aws_route_table.one.id}' },
  },
});
const learn = (table: string) => ({
  aws_vpn_gateway_route_propagation: {
    one: { vpn_gateway_id: '${aws_vpn_gateway.ledger.id}', route_table_id: table },
  },
});
const PROPAGATION = learn('${aws_route_table.one.id}');
const PROPAGATED = 'aws_vpn_gateway_route_propagation.one';
const MAIN = '${aws_vpc.ledger.default_route_table_id}';
const unassociated = (tier: string) =>
  Object.fromEntries(Object.entries(network(tier)).filter(([type]) => type !== 'aws_route_table_association'));

testCheck(check, {
  pass: [
    { name: 'a registered address', ...west(OFFICE) },
    { name: 'a registered address in another form', ...west(customer({ ip_address: '2001:0DB8:0::7' })) },
    { name: 'a tunnel to a gateway of the estate', ...west(connection(TO_PRIVATE)) },
    {
      name: 'a tunnel that a core network takes',
      ...west({
        ...connection({}),
        aws_networkmanager_site_to_site_vpn_attachment: {
          office: { vpn_connection_arn: '${aws_vpn_connection.office.arn}' },
        },
      }),
    },
    {
      name: 'a route to own premises',
      ...west({
        ...connection(TO_PRIVATE),
        aws_vpn_connection_route: {
          office: { vpn_connection_id: '${aws_vpn_connection.office.id}', destination_cidr_block: '192.168.4.0/24' },
        },
      }),
    },
    { name: 'a line to a registered location', ...west(LINE) },
    {
      name: 'a private interface on an own line',
      ...west(virtual('private', { dx_gateway_id: '${aws_dx_gateway.office.id}', sitelink_enabled: false })),
    },
    {
      name: 'a hosted interface for a registered account',
      ...west(virtual('hosted_transit', { owner_account_id: '444444444444' })),
    },
    {
      name: 'a hosted line for an own account',
      ...west({
        ...LINE,
        aws_dx_hosted_connection: {
          n: { connection_id: '${aws_dx_connection.office.id}', owner_account_id: '222222222222' },
        },
      }),
    },
    {
      name: 'a public interface for own addresses',
      ...west(virtual('public', { route_filter_prefixes: ['198.51.100.0/25'] })),
    },
    { name: 'what a VPC is announced as by itself', ...west(announce({})) },
    {
      name: 'networks of the estate and registered ones, announced',
      ...west(
        announce({ ...TRANSIT, allowed_prefixes: ['172.16.0.0/17', '10.0.0.0/10', '${aws_vpc.ledger.cidr_block}'] }),
      ),
    },
    {
      name: 'learned routes for gateways',
      ...west({ ...network('gateway'), ...PROPAGATION }),
    },
    {
      name: 'learned routes in a table that is no longer main',
      ...west({
        ...unassociated('data'),
        ...learn(MAIN),
        aws_main_route_table_association: {
          one: { vpc_id: '${aws_vpc.ledger.id}', route_table_id: '${aws_route_table.one.id}' },
        },
      }),
    },
  ],
  fail: [
    {
      name: 'an address of a stranger',
      ...west(customer({ ip_address: '198.51.100.8' })),
      fails: { 'aws_customer_gateway.office': 'address' },
    },
    {
      name: 'a certificate in place of an address',
      ...west(customer({ certificate_arn: 'arn:aws:acm:eu-west-1:111111111111:certificate/a' })),
      fails: { 'aws_customer_gateway.office': 'anywhere' },
    },
    {
      name: 'a tunnel over edge locations',
      ...west(connection({ transit_gateway_id: '${aws_ec2_transit_gateway.ledger.id}', enable_acceleration: 'true' })),
      fails: { 'aws_vpn_connection.office': 'accelerated' },
    },
    {
      name: 'a route to the Internet through a tunnel',
      ...west({
        ...connection(TO_PRIVATE),
        aws_vpn_connection_route: {
          office: { vpn_connection_id: '${aws_vpn_connection.office.id}', destination_cidr_block: '203.0.113.0/24' },
        },
      }),
      fails: { 'aws_vpn_connection_route.office': 'destination' },
    },
    {
      name: 'a location nobody registered',
      ...west(line({ location: 'EqDC2' })),
      fails: { 'aws_dx_connection.office': 'location' },
    },
    {
      name: 'a location in a country without a legal basis',
      ...west(line({ location: 'EqLD5' })),
      fails: { 'aws_dx_connection.office': 'country' },
    },
    {
      name: 'a bundle of lines in such a country',
      ...west({ aws_dx_lag: { office: { name: 'office', connections_bandwidth: '1Gbps', location: 'EqLD5' } } }),
      fails: { 'aws_dx_lag.office': 'country' },
    },
    {
      name: 'a hosted line for a stranger',
      ...west({
        ...LINE,
        aws_dx_hosted_connection: {
          n: { connection_id: '${aws_dx_connection.office.id}', owner_account_id: '999999999999' },
        },
      }),
      fails: { 'aws_dx_hosted_connection.n': 'owner' },
    },
    {
      name: 'a proposal to a stranger',
      ...west(announce({ dx_gateway_owner_account_id: '999999999999' }, 'aws_dx_gateway_association_proposal')),
      fails: { 'aws_dx_gateway_association_proposal.office': 'owner' },
    },
    {
      name: 'everything, announced',
      ...west(announce({ allowed_prefixes: ['172.16.0.0/16', '0.0.0.0/0'] })),
      fails: { 'aws_dx_gateway_association.office': 'prefixes' },
    },
    {
      name: 'SiteLink',
      ...west(virtual('transit', { dx_gateway_id: '${aws_dx_gateway.office.id}', sitelink_enabled: true })),
      fails: { 'aws_dx_transit_virtual_interface.office': 'siteLink' },
    },
    {
      name: 'a public interface for foreign addresses',
      ...west(virtual('public', { route_filter_prefixes: ['198.51.100.0/25', '203.0.113.0/24'] })),
      fails: { 'aws_dx_public_virtual_interface.office': 'filter' },
    },
    {
      name: 'learned routes for a tier of the enclave',
      ...west({ ...network('data'), ...PROPAGATION }),
      fails: { [PROPAGATED]: 'propagated' },
    },
    {
      name: 'learned routes for a tier that the policy does not have',
      ...west({ ...network('other'), ...PROPAGATION }),
      fails: { [PROPAGATED]: 'propagated' },
    },
    {
      name: 'learned routes for a workload among gateways',
      ...west({ ...network('gateway'), ...PROPAGATION, aws_instance: { app: { subnet_id: '${aws_subnet.one.id}' } } }),
      fails: { [PROPAGATED]: 'propagated' },
    },
    {
      name: 'learned routes in the main table',
      ...west({ ...unassociated('data'), ...learn(MAIN) }),
      fails: { [PROPAGATED]: 'propagated' },
    },
    {
      name: 'learned routes in a table that was made main',
      ...west({
        ...unassociated('data'),
        ...PROPAGATION,
        aws_main_route_table_association: {
          one: { vpc_id: '${aws_vpc.ledger.id}', route_table_id: '${aws_route_table.one.id}' },
        },
      }),
      fails: { [PROPAGATED]: 'propagated' },
    },
    {
      name: 'learned routes, as an argument of the adopted main table',
      ...west({
        ...unassociated('data'),
        aws_default_route_table: {
          main: { default_route_table_id: MAIN, propagating_vgws: ['${aws_vpn_gateway.ledger.id}'] },
        },
      }),
      fails: { 'aws_default_route_table.main': 'propagated' },
    },
    {
      name: 'what a route server learns',
      ...west({
        ...network('data'),
        aws_vpc_route_server_propagation: {
          one: { route_server_id: 'rs-1', route_table_id: '${aws_route_table.one.id}' },
        },
      }),
      fails: { 'aws_vpc_route_server_propagation.one': 'propagated' },
    },
  ],
  unproven: [
    {
      name: 'a session on an interface, and a bundle, outside the estate',
      ...west({
        ...LINE,
        aws_dx_bgp_peer: { six: { virtual_interface_id: 'dxvif-1', address_family: 'ipv6', bgp_asn: 65000 } },
        aws_dx_connection_association: {
          one: { connection_id: '${aws_dx_connection.office.id}', lag_id: 'dxlag-1' },
        },
      }),
      unproven: { 'aws_dx_bgp_peer.six': 'dxvif-1', 'aws_dx_connection_association.one': 'dxlag-1' },
    },
    {
      name: 'an interface on no line',
      ...west(virtual('private', { connection_id: null })),
      unproven: { 'aws_dx_private_virtual_interface.office': 'connection_id' },
    },
    {
      name: 'an association of nothing',
      ...west(announce({ associated_gateway_id: null, allowed_prefixes: ['10.0.0.0/16'] })),
      unproven: { 'aws_dx_gateway_association.office': 'nor its owner' },
    },
    {
      name: 'an address that is a variable',
      ...west(customer({ ip_address: '${var.x}' }), VARIABLE),
      unproven: { 'aws_customer_gateway.office': 'var.x' },
    },
    {
      name: 'a customer gateway outside the estate',
      ...west(connection({ ...TO_PRIVATE, customer_gateway_id: 'cgw-1' })),
      unproven: { 'aws_vpn_connection.office': 'cgw-1' },
    },
    {
      name: 'a tunnel that ends nowhere',
      ...west(connection({})),
      unproven: { 'aws_vpn_connection.office': 'names no gateway' },
    },
    {
      name: 'a tunnel to a gateway outside the estate',
      ...west(connection({ transit_gateway_id: 'tgw-0123456789abcdef0' })),
      unproven: { 'aws_vpn_connection.office': 'tgw-0123456789abcdef0' },
    },
    {
      name: 'an acceleration that is a variable',
      ...west(connection({ ...TO_PRIVATE, enable_acceleration: '${var.x}' }), VARIABLE),
      unproven: { 'aws_vpn_connection.office': 'var.x' },
    },
    {
      name: 'a route that is a variable',
      ...west(
        {
          ...connection(TO_PRIVATE),
          aws_vpn_connection_route: {
            r: { vpn_connection_id: '${aws_vpn_connection.office.id}', destination_cidr_block: '${var.x}' },
          },
        },
        VARIABLE,
      ),
      unproven: { 'aws_vpn_connection_route.r': 'var.x' },
    },
    {
      name: 'a VPC that a data source reads',
      ...west({ aws_vpn_gateway: { g: { vpc_id: '${data.aws_vpc.other.id}' } } }, { data: { aws_vpc: { other: {} } } }),
      unproven: { 'aws_vpn_gateway.g': 'data.aws_vpc.other' },
    },
    {
      name: 'a location that is a variable',
      ...west(line({ location: '${var.x}' }), VARIABLE),
      unproven: { 'aws_dx_connection.office': 'var.x' },
    },
    {
      name: 'a line that somebody else hosts',
      ...west({ aws_dx_connection_confirmation: { n: { connection_id: 'dxcon-abcd1234' } } }),
      unproven: { 'aws_dx_connection_confirmation.n': 'dxcon-abcd1234' },
    },
    {
      name: 'an interface that somebody else hosts',
      ...west({
        aws_dx_gateway: { g: {} },
        aws_dx_hosted_private_virtual_interface_accepter: {
          n: { virtual_interface_id: 'dxvif-1', dx_gateway_id: '${aws_dx_gateway.g.id}' },
        },
      }),
      unproven: { 'aws_dx_hosted_private_virtual_interface_accepter.n': 'dxvif-1' },
    },
    {
      name: 'an owner that is a variable',
      ...west(virtual('hosted_private', { owner_account_id: '${var.x}' }), VARIABLE),
      unproven: { 'aws_dx_hosted_private_virtual_interface.office': 'var.x' },
    },
    {
      name: 'announcements of a transit gateway that nothing states',
      ...west(announce(TRANSIT)),
      unproven: { 'aws_dx_gateway_association.office': 'allowed_prefixes' },
    },
    {
      name: 'announcements that are a variable',
      ...west(announce({ allowed_prefixes: '${var.x}' }), VARIABLE),
      unproven: { 'aws_dx_gateway_association.office': 'var.x' },
    },
    {
      name: 'an announcement that is a variable',
      ...west(announce({ allowed_prefixes: ['${var.x}'] }), VARIABLE),
      unproven: { 'aws_dx_gateway_association.office': 'var.x' },
    },
    {
      name: 'SiteLink that is a variable',
      ...west(virtual('private', { sitelink_enabled: '${var.x}' }), VARIABLE),
      unproven: { 'aws_dx_private_virtual_interface.office': 'var.x' },
    },
    {
      name: 'a public interface for nobody',
      ...west(virtual('public', { route_filter_prefixes: [] })),
      unproven: { 'aws_dx_public_virtual_interface.office': 'route_filter_prefixes' },
    },
    {
      name: 'addresses of a public interface that are a variable',
      ...west(virtual('public', { route_filter_prefixes: '${var.x}' }), VARIABLE),
      unproven: { 'aws_dx_public_virtual_interface.office': 'var.x' },
    },
    {
      name: 'learned routes in a table outside the estate',
      ...west({ ...network('data'), ...learn('rtb-0123456789abcdef0') }),
      unproven: { [PROPAGATED]: 'rtb-0123456789abcdef0' },
    },
    {
      name: 'learned routes in a table that is a variable',
      ...west({ ...network('data'), ...learn('${var.x}') }, VARIABLE),
      unproven: { [PROPAGATED]: 'var.x' },
    },
    {
      name: 'learned routes for a tier that is a variable',
      ...west({ ...network('${var.x}'), ...PROPAGATION }, VARIABLE),
      unproven: { [PROPAGATED]: 'var.x' },
    },
    {
      name: 'learned routes in a table whose subnet is a variable',
      ...west(
        {
          ...network('data'),
          ...PROPAGATION,
          aws_route_table_association: { one: { subnet_id: '${var.x}', route_table_id: '${aws_route_table.one.id}' } },
        },
        VARIABLE,
      ),
      unproven: { [PROPAGATED]: 'may associate a subnet' },
    },
    {
      name: 'gateways of a table that are a variable',
      ...west(
        {
          ...network('data'),
          aws_route_table: { one: { vpc_id: '${aws_vpc.ledger.id}', propagating_vgws: '${var.x}' } },
        },
        VARIABLE,
      ),
      unproven: { 'aws_route_table.one': 'var.x' },
    },
  ],
});
