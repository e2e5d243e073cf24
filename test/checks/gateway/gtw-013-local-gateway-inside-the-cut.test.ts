import check from '../../../checks/gateway/gtw-013-local-gateway-inside-the-cut.ts';
import { testCheck } from '../../support/check-tester.ts';

const DATA = 'aws_subnet.data';
const ROUTE = 'aws_ec2_local_gateway_route.plant';
const ASSOCIATION = 'aws_ec2_local_gateway_route_table_vpc_association.ledger';
const VPC = { vpc_id: '${aws_vpc.ledger.id}' };
const OUTSIDE = {
  network: {
    outside: [
      { id: 'plant', kind: 'on-premises', cidrs: ['172.16.0.0/16', '2001:db8::/32'], reason: 'Machines of the plant' },
      { id: 'partner', kind: 'partner', cidrs: ['192.0.2.0/24'], reason: 'Settles payments' },
    ],
  },
};

const north = (resource: object, policy: object = {}) => ({
  policy: { ...OUTSIDE, ...policy },
  stacks: {
    north: {
      variable: { given: { type: 'string' }, many: { type: 'number' } },
      data: { aws_ec2_local_gateway: { rack: {} }, aws_ec2_local_gateway_route_table: { rack: {} } },
      resource,
    },
  },
});

const beyond = (destination_cidr_block: unknown, more: object = {}) =>
  north({
    aws_ec2_local_gateway_route: {
      plant: {
        local_gateway_route_table_id: '${data.aws_ec2_local_gateway_route_table.rack.id}',
        destination_cidr_block,
        local_gateway_virtual_interface_group_id: 'lgw-vif-grp-0123456789abcdef0',
        ...more,
      },
    },
  });

const subnet = (tier: string, change: object = {}) => ({
  ...VPC,
  cidr_block: '10.0.1.0/24',
  tags: { 'ledger:tier': tier },
  ...change,
});

const TO_ROOM = { cidr_block: '172.16.0.0/16', local_gateway_id: '${data.aws_ec2_local_gateway.rack.id}' };

/** A subnet, and a route of its table. */
const routed = (tier: string, route: object = TO_ROOM, more: object = {}) =>
  north({
    aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
    aws_subnet: { data: subnet(tier) },
    aws_route_table: { data: { ...VPC, route: [route] } },
    aws_route_table_association: {
      data: { subnet_id: '${aws_subnet.data.id}', route_table_id: '${aws_route_table.data.id}' },
    },
    ...more,
  });

const associated = (subnets: object, vpc_id: string = VPC.vpc_id) =>
  north({
    aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
    aws_subnet: subnets,
    aws_ec2_local_gateway_route_table_vpc_association: {
      ledger: { local_gateway_route_table_id: '${data.aws_ec2_local_gateway_route_table.rack.id}', vpc_id },
    },
  });

testCheck(check, {
  pass: [
    { name: 'a route to a part of a network of the policy', ...beyond('172.16.4.0/24') },
    { name: 'the way of the appliance to the room', ...routed('gateway') },
    { name: 'a VPC of gateways alone', ...associated({ gateway: subnet('gateway') }) },
    {
      name: 'an address of the room that the policy registers',
      ...north(
        { aws_eip: { appliance: { customer_owned_ipv4_pool: 'ipv4pool-coip-0123456789abcdef0' } } },
        {
          network: {
            publicAddresses: [{ stack: 'north', address: 'aws_eip.appliance', reason: 'Address of the appliance' }],
          },
        },
      ),
    },
  ],
  fail: [
    { name: 'a route to everywhere', ...beyond('0.0.0.0/0'), fails: { [ROUTE]: 'beyond' } },
    {
      name: 'a route to more than the network of the policy',
      ...beyond('172.16.0.0/12'),
      fails: { [ROUTE]: 'beyond' },
    },
    {
      name: 'a route to a network that is not on the premises',
      ...beyond('192.0.2.0/24'),
      fails: { [ROUTE]: 'beyond' },
    },
    { name: 'a subnet of data with its own way to the room', ...routed('data'), fails: { [DATA]: 'direct' } },
    {
      name: 'a way to the room in a route of its own',
      ...routed(
        'data',
        { cidr_block: '192.0.2.0/24', network_interface_id: 'eni-0123456789abcdef0' },
        {
          aws_route_table: { data: VPC },
          aws_route: {
            room: {
              route_table_id: '${aws_route_table.data.id}',
              destination_cidr_block: '0.0.0.0/0',
              local_gateway_id: 'lgw-0123456789abcdef0',
            },
          },
        },
      ),
      fails: { [DATA]: 'direct' },
    },
    {
      name: 'a workload among the gateways',
      ...routed('gateway', TO_ROOM, { aws_instance: { desk: { subnet_id: '${aws_subnet.data.id}' } } }),
      fails: { [DATA]: 'direct' },
    },
    {
      name: 'addresses of the room for what starts in a subnet',
      ...north({
        aws_subnet: {
          data: subnet('data', {
            map_customer_owned_ip_on_launch: 'true',
            customer_owned_ipv4_pool: 'ipv4pool-coip-0123456789abcdef0',
          }),
          closed: subnet('data', { map_customer_owned_ip_on_launch: false }),
        },
      }),
      fails: { [DATA]: 'address' },
    },
    {
      name: 'a database with an address of the room',
      ...north({
        aws_db_instance: { ledger: { customer_owned_ip_enabled: true }, closed: { customer_owned_ip_enabled: false } },
      }),
      fails: { 'aws_db_instance.ledger': 'address' },
    },
    {
      name: 'a balancer with an address of the room',
      ...north({ aws_lb: { front: { customer_owned_ipv4_pool: 'ipv4pool-coip-0123456789abcdef0' } } }),
      fails: { 'aws_lb.front': 'address' },
    },
  ],
  unproven: [
    { name: 'a route to who knows where', ...beyond('${var.given}'), unproven: { [ROUTE]: 'var.given' } },
    { name: 'a route to no block', ...beyond('the plant'), unproven: { [ROUTE]: 'no destination that is a block' } },
    {
      name: 'a route that may not be there',
      ...beyond('0.0.0.0/0', { count: '${var.many}' }),
      unproven: { [ROUTE]: 'if it exists' },
    },
    {
      name: 'a local gateway that may be null',
      ...routed('data', { ...TO_ROOM, local_gateway_id: '${var.given}' }),
      unproven: { [DATA]: 'var.given' },
    },
    { name: 'a subnet whose tier is hidden', ...routed('${var.given}'), unproven: { [DATA]: 'var.given' } },
    {
      name: 'a table that may be that of the subnet',
      ...routed('data', TO_ROOM, {
        aws_route_table_association: {
          data: { subnet_id: '${var.given}', route_table_id: '${aws_route_table.data.id}' },
        },
      }),
      unproven: { [DATA]: "if that table is the subnet's" },
    },
    {
      name: 'a VPC with data, which what comes in from the room reaches',
      ...associated({ data: subnet('data') }),
      unproven: { [ASSOCIATION]: 'aws_subnet.data is reached from the room without the gateway' },
    },
    {
      name: 'a VPC that is not known',
      ...associated({ data: subnet('data') }, '${var.given}'),
      unproven: { [ASSOCIATION]: 'var.given' },
    },
    {
      name: 'a VPC outside the estate',
      ...associated({}, 'vpc-0123456789abcdef0'),
      unproven: { [ASSOCIATION]: 'a VPC outside the estate' },
    },
    {
      name: 'a pool that may be null',
      ...north({ aws_eip: { appliance: { customer_owned_ipv4_pool: '${var.given}' } } }),
      unproven: { 'aws_eip.appliance': 'var.given' },
    },
    {
      name: 'an address that may not be there',
      ...north({
        aws_eip: { appliance: { count: '${var.many}', customer_owned_ipv4_pool: 'ipv4pool-coip-0123456789abcdef0' } },
      }),
      unproven: { 'aws_eip.appliance': 'if it exists' },
    },
  ],
});
