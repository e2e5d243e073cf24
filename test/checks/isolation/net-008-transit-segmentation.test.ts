import { expect, it } from 'vitest';
import check from '../../../checks/isolation/net-008-transit-segmentation.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';

const CLOSED = { default_route_table_association: 'disable', default_route_table_propagation: 'disable' };
const GATEWAY = '${aws_ec2_transit_gateway.west.id}';
const TABLES = {
  enclave: { transit_gateway_id: GATEWAY },
  outbound: { transit_gateway_id: GATEWAY },
  inbound: { transit_gateway_id: GATEWAY },
};
const attachment = (name: string, rest: object = {}) => ({
  vpc_id: `\${aws_vpc.${name}.id}`,
  subnet_ids: [`\${aws_subnet.${name}.id}`],
  transit_gateway_id: GATEWAY,
  ...rest,
});
const attachmentId = (name: string) => `\${aws_ec2_transit_gateway_vpc_attachment.${name}.id}`;
const LINK = '${aws_ec2_transit_gateway_peering_attachment.north.id}';
const tableId = (name: string) => `\${aws_ec2_transit_gateway_route_table.${name}.id}`;
const entry = (attached: string, table: string, rest: object = {}) => ({
  transit_gateway_attachment_id: attached,
  transit_gateway_route_table_id: tableId(table),
  ...rest,
});
const ASSOCIATIONS = {
  ledger: entry(attachmentId('ledger'), 'enclave'),
  edge: entry(attachmentId('edge'), 'outbound'),
  north: entry(LINK, 'inbound'),
};

/** The network of the enclave, that of its gateway, and a link, each with a table of its own. */
const west = (resource: Record<string, object> = {}, rest: object = {}) => ({
  stacks: {
    west: {
      resource: {
        aws_vpc: { ledger: { cidr_block: '10.1.0.0/16' }, edge: { cidr_block: '10.2.0.0/16' } },
        aws_subnet: {
          ledger: { vpc_id: '${aws_vpc.ledger.id}', tags: { 'ledger:tier': 'workload' } },
          edge: { vpc_id: '${aws_vpc.edge.id}', tags: { 'ledger:tier': 'gateway' } },
          transit: { vpc_id: '${aws_vpc.edge.id}', tags: { 'ledger:tier': 'workload' } },
        },
        aws_ec2_transit_gateway: { west: CLOSED },
        aws_ec2_transit_gateway_route_table: TABLES,
        aws_ec2_transit_gateway_vpc_attachment: { ledger: attachment('ledger'), edge: attachment('edge') },
        aws_ec2_transit_gateway_peering_attachment: {
          north: { transit_gateway_id: GATEWAY, peer_transit_gateway_id: 'tgw-0', peer_region: 'eu-north-1' },
        },
        aws_ec2_transit_gateway_route_table_association: ASSOCIATIONS,
        ...resource,
      },
      ...rest,
    },
  },
});
const routes = (...written: readonly object[]) => ({
  aws_ec2_transit_gateway_route: Object.fromEntries(
    written.map((route, index) => [`r${index}`, { transit_gateway_route_table_id: tableId('outbound'), ...route }]),
  ),
});
const DEFAULT_TO_LINK = { destination_cidr_block: '0.0.0.0/0', transit_gateway_attachment_id: LINK };
const BLACKHOLES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((destination_cidr_block) => ({
  destination_cidr_block,
  blackhole: true,
}));
const propagate = (attached: string, table: string, rest: object = {}) => ({
  aws_ec2_transit_gateway_route_table_propagation: { p: entry(attached, table, rest) },
});
const PROPAGATION = 'aws_ec2_transit_gateway_route_table_propagation.p';
const TABLE = 'aws_ec2_transit_gateway_route_table.outbound';
const open = (gateway: object) => ({ aws_ec2_transit_gateway: { west: gateway } });
const quiet = {
  transit_gateway_default_route_table_association: false,
  transit_gateway_default_route_table_propagation: 'false',
};
const SECOND = {
  aws_vpc: {
    ledger: { cidr_block: '10.1.0.0/16' },
    edge: { cidr_block: '10.2.0.0/16' },
    desk: { cidr_block: '10.3.0.0/16' },
  },
  aws_subnet: {
    ledger: { vpc_id: '${aws_vpc.ledger.id}', tags: { 'ledger:tier': 'workload' } },
    edge: { vpc_id: '${aws_vpc.edge.id}', tags: { 'ledger:tier': 'gateway' } },
    desk: { vpc_id: '${aws_vpc.desk.id}', tags: { 'ledger:tier': 'data' } },
  },
  aws_ec2_transit_gateway_vpc_attachment: {
    ledger: attachment('ledger'),
    edge: attachment('edge'),
    desk: attachment('desk'),
  },
  aws_ec2_transit_gateway_route_table_association: {
    ...ASSOCIATIONS,
    desk: entry(attachmentId('desk'), 'enclave'),
  },
};

testCheck(check, {
  pass: [
    { name: 'a table of its own for each kind of network', ...west() },
    {
      name: 'networks of the enclave in one table, which learns of both',
      ...west({ ...SECOND, ...propagate(attachmentId('desk'), 'enclave') }),
    },
    {
      name: 'the link in a table by the id of its accepter',
      ...west({
        aws_ec2_transit_gateway_peering_attachment_accepter: { north: { transit_gateway_attachment_id: LINK } },
        aws_ec2_transit_gateway_route_table_association: {
          ...ASSOCIATIONS,
          north: entry('${aws_ec2_transit_gateway_peering_attachment_accepter.north.id}', 'inbound'),
        },
      }),
    },
    {
      name: 'a default route to the gateway',
      ...west(routes({ ...DEFAULT_TO_LINK, transit_gateway_attachment_id: attachmentId('edge') })),
    },
    { name: 'a default route to others over blackholes', ...west(routes(DEFAULT_TO_LINK, ...BLACKHOLES)) },
    {
      name: 'blackholes in halves, and a known network in between',
      ...west(
        routes(
          DEFAULT_TO_LINK,
          ...BLACKHOLES.slice(1),
          { destination_cidr_block: '10.0.0.0/9', blackhole: 'true' },
          { destination_cidr_block: '10.128.0.0/9', transit_gateway_attachment_id: LINK },
        ),
      ),
    },
    {
      name: 'a route to the network of another site',
      ...west(routes({ ...DEFAULT_TO_LINK, destination_cidr_block: '10.32.0.0/19' })),
    },
    {
      name: 'a propagation into a table that serves nobody',
      ...west({
        aws_ec2_transit_gateway_route_table: { ...TABLES, spare: { transit_gateway_id: GATEWAY } },
        ...propagate(attachmentId('ledger'), 'spare'),
      }),
    },
  ],

  fail: [
    {
      name: 'defaults that are left out',
      stacks: { west: { resource: { aws_ec2_transit_gateway: { west: {} } } } },
      fails: { 'aws_ec2_transit_gateway.west': 'omitted' },
    },
    {
      name: 'a default that is written',
      stacks: {
        west: {
          resource: { aws_ec2_transit_gateway: { west: { ...CLOSED, default_route_table_propagation: 'enable' } } },
        },
      },
      fails: { 'aws_ec2_transit_gateway.west': 'default' },
    },
    {
      name: 'attachments that go along with the defaults, of which one does not',
      ...west({
        ...open({}),
        aws_ec2_transit_gateway_vpc_attachment: { ledger: attachment('ledger', quiet), edge: attachment('edge') },
      }),
      fails: { 'aws_ec2_transit_gateway.west': 'omitted', 'aws_ec2_transit_gateway_vpc_attachment.edge': 'shares' },
    },
    {
      name: 'a table that is made the default',
      ...west({
        aws_ec2_transit_gateway_default_route_table_propagation: {
          all: { transit_gateway_id: GATEWAY, transit_gateway_route_table_id: tableId('enclave') },
        },
      }),
      fails: { 'aws_ec2_transit_gateway_default_route_table_propagation.all': 'sets' },
    },
    {
      name: 'an attachment without a table',
      ...west({
        aws_ec2_transit_gateway_route_table_association: { ledger: ASSOCIATIONS.ledger, north: ASSOCIATIONS.north },
      }),
      fails: { 'aws_ec2_transit_gateway_vpc_attachment.edge': 'unassociated' },
    },
    {
      name: 'a link without a table',
      ...west({
        aws_ec2_transit_gateway_route_table_association: { ledger: ASSOCIATIONS.ledger, edge: ASSOCIATIONS.edge },
      }),
      fails: { 'aws_ec2_transit_gateway_peering_attachment.north': 'unassociated' },
    },
    {
      name: 'one table for the enclave and the link',
      ...west({ aws_ec2_transit_gateway_route_table_association: { ...ASSOCIATIONS, north: entry(LINK, 'enclave') } }),
      fails: {
        'aws_ec2_transit_gateway_route_table_association.ledger': 'mixed',
        'aws_ec2_transit_gateway_route_table_association.north': 'mixed',
      },
    },
    {
      name: 'the enclave announced to a link',
      ...west(propagate(attachmentId('ledger'), 'inbound')),
      fails: { [PROPAGATION]: 'propagates' },
    },
    {
      name: 'the network of the gateway announced to the enclave',
      ...west(propagate(attachmentId('edge'), 'enclave')),
      fails: { [PROPAGATION]: 'propagates' },
    },
    {
      name: 'a VPN announced to the enclave',
      ...west({
        aws_vpn_connection: { office: { transit_gateway_id: GATEWAY } },
        ...propagate('${aws_vpn_connection.office.transit_gateway_attachment_id}', 'enclave'),
      }),
      fails: { [PROPAGATION]: 'propagates' },
    },
    {
      name: 'a default route to others without blackholes',
      ...west(routes(DEFAULT_TO_LINK)),
      fails: { [TABLE]: 'leftovers' },
    },
    {
      name: 'a default route to others with a gap between blackholes',
      ...west(
        routes(DEFAULT_TO_LINK, ...BLACKHOLES.slice(1), { destination_cidr_block: '10.0.0.0/9', blackhole: true }),
      ),
      fails: { [TABLE]: 'leftovers' },
    },
  ],

  unproven: [
    {
      name: 'a default without a value',
      stacks: {
        west: {
          variable: { default: {} },
          resource: {
            aws_ec2_transit_gateway: { west: { ...CLOSED, default_route_table_association: '${var.default}' } },
          },
        },
      },
      unproven: { 'aws_ec2_transit_gateway.west': 'var.default' },
    },
    {
      name: 'a transit gateway of somebody else',
      ...west({
        aws_ec2_transit_gateway_vpc_attachment: {
          ledger: attachment('ledger'),
          edge: attachment('edge', { transit_gateway_id: 'tgw-0123456789abcdef0' }),
        },
      }),
      unproven: { 'aws_ec2_transit_gateway_vpc_attachment.edge': 'tgw-0123456789abcdef0' },
    },
    {
      name: 'a policy table',
      ...west({
        aws_ec2_transit_gateway_policy_table: { all: { transit_gateway_id: GATEWAY } },
        aws_ec2_transit_gateway_policy_table_association: {
          ledger: {
            transit_gateway_attachment_id: attachmentId('ledger'),
            transit_gateway_policy_table_id: '${aws_ec2_transit_gateway_policy_table.all.id}',
          },
        },
      }),
      unproven: { 'aws_ec2_transit_gateway_vpc_attachment.ledger': 'policy table' },
    },
    {
      name: 'two tables for one attachment',
      ...west({
        aws_ec2_transit_gateway_route_table: { ...TABLES, spare: { transit_gateway_id: GATEWAY } },
        aws_ec2_transit_gateway_route_table_association: {
          ...ASSOCIATIONS,
          again: entry(attachmentId('ledger'), 'spare'),
        },
      }),
      unproven: { 'aws_ec2_transit_gateway_vpc_attachment.ledger': 'several tables' },
    },
    {
      name: 'an association whose attachment is not known',
      ...west(
        {
          aws_ec2_transit_gateway_route_table_association: {
            ledger: ASSOCIATIONS.ledger,
            north: ASSOCIATIONS.north,
            edge: entry('${var.attachment}', 'outbound'),
          },
        },
        { variable: { attachment: {} } },
      ),
      unproven: {
        'aws_ec2_transit_gateway_route_table_association.edge': 'var.attachment',
        'aws_ec2_transit_gateway_vpc_attachment.edge': 'may associate it',
      },
    },
    {
      name: 'subnets without a tier',
      ...west({
        aws_subnet: {
          ledger: { vpc_id: '${aws_vpc.ledger.id}' },
          edge: { vpc_id: '${aws_vpc.edge.id}', tags: { 'ledger:tier': 'gateway' } },
        },
        ...propagate(attachmentId('ledger'), 'inbound'),
      }),
      unproven: { [PROPAGATION]: 'has no subnets that all name a tier' },
    },
    {
      name: 'a blackhole that may be there',
      ...west(routes(DEFAULT_TO_LINK, ...BLACKHOLES.slice(1), { ...BLACKHOLES[0], blackhole: '${var.stop}' }), {
        variable: { stop: {} },
      }),
      unproven: { [TABLE]: 'var.stop' },
    },
    {
      name: 'a blackhole of a count that only the plan knows',
      ...west(routes(DEFAULT_TO_LINK, ...BLACKHOLES.slice(1), { ...BLACKHOLES[0], count: '${var.stops}' }), {
        variable: { stops: {} },
      }),
      unproven: { [TABLE]: 'may stop' },
    },
    {
      name: 'a table whose transit gateway is not known',
      ...west(
        { aws_ec2_transit_gateway_route_table: { ...TABLES, enclave: { transit_gateway_id: '${var.gateway}' } } },
        { variable: { gateway: {} } },
      ),
      unproven: { 'aws_ec2_transit_gateway_vpc_attachment.ledger': 'var.gateway' },
    },
    {
      name: 'subnets for gateways of a count that only the plan knows',
      ...west(
        {
          aws_subnet: {
            ledger: { vpc_id: '${aws_vpc.ledger.id}', tags: { 'ledger:tier': 'workload' } },
            edge: { count: '${var.gates}', vpc_id: '${aws_vpc.edge.id}', tags: { 'ledger:tier': 'gateway' } },
          },
          ...propagate(attachmentId('edge'), 'enclave'),
        },
        { variable: { gates: {} } },
      ),
      unproven: { [PROPAGATION]: 'is for gateways' },
    },
    {
      name: 'a prefix list to others',
      ...west({
        aws_ec2_transit_gateway_prefix_list_reference: {
          all: {
            prefix_list_id: 'pl-0',
            transit_gateway_attachment_id: LINK,
            transit_gateway_route_table_id: tableId('outbound'),
          },
        },
      }),
      unproven: { [TABLE]: 'prefix list' },
    },
    {
      name: 'an attachment that only an accepter knows',
      ...west({
        aws_ec2_transit_gateway_vpc_attachment_accepter: { guest: { transit_gateway_attachment_id: 'tgw-attach-0' } },
      }),
      unproven: { 'aws_ec2_transit_gateway_vpc_attachment_accepter.guest': 'tgw-attach-0' },
    },
  ],
});

it('has an exception for what a table sends to others not cover another private range', () => {
  const stopping = (...blocks: readonly string[]) =>
    west(
      routes(DEFAULT_TO_LINK, ...blocks.map((destination_cidr_block) => ({ destination_cidr_block, blackhole: true }))),
    );
  const approved = stopping('172.16.0.0/12', '192.168.0.0/16');
  expect(isCovered(check, approved, stopping('172.16.0.0/12'))).toBe(false);
  expect(isCovered(check, approved, approved)).toBe(true);
});
