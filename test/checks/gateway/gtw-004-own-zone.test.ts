import check from '../../../checks/gateway/gtw-004-own-zone.ts';
import { exampleNetwork } from '../../../checks/example-network.ts';
import { testCheck } from '../../support/check-tester.ts';

const VPC = { vpc_id: '${aws_vpc.ledger.id}' };
const FIREWALL = 'aws_networkfirewall_firewall.gateway';
const STATES = `${FIREWALL}.firewall_status[0].sync_states`;
const DATA = 'aws_route_table.data';

type Resources = NonNullable<NonNullable<Parameters<typeof exampleNetwork>[0]>['more']>;

const picked = (condition: string) => `\${one([for s in ${STATES} : s.attachment[0].endpoint_id if ${condition}])}`;
const IN_FIRST = picked('s.attachment[0].subnet_id == aws_subnet.gateway.id');
const IN_SECOND = picked('s.attachment[0].subnet_id == aws_subnet.gateway_2.id');

const subnet = (tier: string, cidr_block: string, availability_zone_id: string | null) => ({
  ...VPC,
  cidr_block,
  availability_zone_id,
  tags: { 'ledger:tier': tier },
});

const table = (...route: readonly object[]) => ({ ...VPC, route });
const all = (vpc_endpoint_id: string) => ({ cidr_block: '0.0.0.0/0', vpc_endpoint_id });

const uses = (name: string, by: string = name) => ({
  subnet_id: `\${aws_subnet.${name}.id}`,
  route_table_id: `\${aws_route_table.${by}.id}`,
});

const west = (more: Resources, rest: object = {}) => ({
  stacks: {
    west: { variable: { given: { type: 'string' }, many: { type: 'number' } }, ...exampleNetwork({ more }), ...rest },
  },
});

/** A second zone, with data and an endpoint of its own. */
const twoZones = (endpoint: string, more: Resources = {}, zone: string | null = 'euw1-az2') =>
  west({
    ...more,
    aws_subnet: {
      data_2: subnet('data', '10.0.11.0/24', zone),
      gateway_2: subnet('gateway', '10.0.12.0/24', 'euw1-az2'),
      ...more['aws_subnet'],
    },
    aws_route_table: { data_2: table(all(endpoint)), ...more['aws_route_table'] },
    aws_route_table_association: { data_2: uses('data_2'), ...more['aws_route_table_association'] },
    aws_networkfirewall_firewall: {
      gateway: {
        name: 'gateway',
        ...VPC,
        firewall_policy_arn: '${aws_networkfirewall_firewall_policy.gateway.arn}',
        subnet_mapping: [{ subnet_id: '${aws_subnet.gateway.id}' }, { subnet_id: '${aws_subnet.gateway_2.id}' }],
      },
    },
  });

const attached = (change: object = {}): Resources => ({
  aws_ec2_transit_gateway: { sites: {} },
  aws_ec2_transit_gateway_vpc_attachment: {
    sites: {
      ...VPC,
      transit_gateway_id: '${aws_ec2_transit_gateway.sites.id}',
      subnet_ids: ['${aws_subnet.data.id}', '${aws_subnet.data_2.id}'],
      ...change,
    },
  },
});
const ATTACHMENT = 'aws_ec2_transit_gateway_vpc_attachment.sites';

/** The table of what comes in by the Internet gateway. */
const arrivals = (...route: readonly object[]): Resources => ({
  aws_route_table: { arrivals: table(...route) },
  aws_route_table_association: {
    arrivals: {
      gateway_id: '${aws_internet_gateway.world.id}',
      route_table_id: '${aws_route_table.arrivals.id}',
    },
  },
});

/** A fleet of appliances with an endpoint in one zone. */
const fleet = (inSubnet: string): Resources => ({
  aws_lb: { fleet: { load_balancer_type: 'gateway', subnets: ['${aws_subnet.gateway.id}'] } },
  aws_vpc_endpoint_service: {
    fleet: { acceptance_required: false, gateway_load_balancer_arns: ['${aws_lb.fleet.arn}'] },
  },
  aws_vpc_endpoint: {
    fleet: {
      ...VPC,
      vpc_endpoint_type: 'GatewayLoadBalancer',
      service_name: '${aws_vpc_endpoint_service.fleet.service_name}',
      subnet_ids: [`\${aws_subnet.${inSubnet}.id}`],
    },
  },
});

testCheck(check, {
  pass: [
    { name: 'routes to the endpoint in the own zone', ...twoZones(IN_SECOND) },
    {
      name: 'a condition that asks for more than the subnet',
      ...twoZones(picked('s.attachment[0].subnet_id == aws_subnet.gateway_2.id && true')),
    },
    {
      name: 'any endpoint of a firewall that has one',
      ...west({ aws_route_table: { data: table(all(`\${tolist(${STATES})[0].attachment[0].endpoint_id}`)) } }),
    },
    {
      name: 'an endpoint of a fleet in the own zone',
      ...twoZones('${aws_vpc_endpoint.fleet.id}', fleet('gateway_2')),
    },
    {
      name: 'a table of the door that leads to each zone by its own endpoint',
      ...twoZones(
        IN_SECOND,
        arrivals(
          { cidr_block: '10.0.1.0/24', vpc_endpoint_id: IN_FIRST },
          { cidr_block: '10.0.11.0/24', vpc_endpoint_id: IN_SECOND },
        ),
      ),
    },
    {
      name: 'an attachment in several zones with appliance mode',
      ...twoZones(IN_SECOND, attached({ appliance_mode_support: 'enable' })),
    },
    {
      name: 'an attachment in one zone',
      ...twoZones(IN_SECOND, attached({ subnet_ids: ['${aws_subnet.data.id}'] })),
    },
    {
      name: 'a table that nobody uses',
      ...twoZones(IN_SECOND, { aws_route_table: { spare: table(all(IN_FIRST)) } }),
    },
  ],
  fail: [
    {
      name: 'a route to the endpoint in another zone',
      ...twoZones(IN_FIRST),
      fails: { 'aws_route_table.data_2': 'zone' },
    },
    {
      name: 'a route of its own to the endpoint in another zone',
      ...twoZones(IN_SECOND, {
        aws_route_table: { data_2: VPC },
        aws_route: {
          out: {
            route_table_id: '${aws_route_table.data_2.id}',
            destination_cidr_block: '0.0.0.0/0',
            vpc_endpoint_id: IN_FIRST,
          },
        },
      }),
      fails: { 'aws_route.out': 'zone' },
    },
    {
      name: 'one table for subnets of two zones',
      ...twoZones(IN_SECOND, {
        aws_subnet: { more: subnet('data', '10.0.13.0/24', 'euw1-az2') },
        aws_route_table_association: { more: uses('more', 'data') },
      }),
      fails: { [DATA]: 'zone' },
    },
    {
      name: 'an endpoint of a fleet in another zone',
      ...twoZones('${aws_vpc_endpoint.fleet.id}', fleet('gateway')),
      fails: { 'aws_route_table.data_2': 'zone' },
    },
    {
      name: 'a table of the door that leads to another zone',
      ...twoZones(IN_SECOND, arrivals({ cidr_block: '10.0.11.0/24', vpc_endpoint_id: IN_FIRST })),
      fails: { 'aws_route_table.arrivals': 'zone' },
    },
    {
      name: 'an index of a set, as the typed accessor writes it',
      ...west({ aws_route_table: { data: table(all(`\${${STATES}[0].attachment[0].endpoint_id}`)) } }),
      fails: { [DATA]: 'invalid' },
    },
    {
      name: 'an index of a set in the older way of writing',
      ...west({ aws_route_table: { data: table(all(`\${${STATES}.0.attachment.0.endpoint_id}`)) } }),
      fails: { [DATA]: 'invalid' },
    },
    {
      name: 'an index of a set inside another expression',
      ...west({
        aws_route_table: { data: table(all(`\${one([for a in ${STATES}[0].attachment : a.endpoint_id])}`)) },
      }),
      fails: { [DATA]: 'invalid' },
    },
    {
      name: 'an attachment in several zones without appliance mode',
      ...twoZones(IN_SECOND, attached()),
      fails: { [ATTACHMENT]: 'applianceMode' },
    },
  ],
  unproven: [
    {
      name: 'whichever endpoint comes first',
      ...twoZones(`\${tolist(${STATES})[0].attachment[0].endpoint_id}`),
      unproven: { 'aws_route_table.data_2': 'sync_states' },
    },
    {
      name: 'an endpoint that is hidden',
      ...west({ aws_route_table: { data: table(all('${var.given}')) } }),
      unproven: { [DATA]: 'var.given' },
    },
    {
      name: 'routes that are hidden, where there is an endpoint',
      ...west({ aws_route_table: { data: { ...VPC, route: '${var.given}' } } }),
      unproven: { [DATA]: 'var.given' },
    },
    {
      name: 'a condition that no endpoint meets',
      ...twoZones(picked('s.attachment[0].subnet_id == aws_subnet.data_2.id')),
      unproven: { 'aws_route_table.data_2': 'sync_states' },
    },
    {
      name: 'a subnet whose zone AWS chooses',
      ...twoZones(IN_SECOND, {}, null),
      unproven: { 'aws_route_table.data_2': 'aws_subnet.data_2.availability_zone' },
    },
    {
      name: 'a table that is not known',
      ...west({
        aws_route: {
          out: { route_table_id: '${var.given}', destination_cidr_block: '192.0.2.0/24', vpc_endpoint_id: IN_FIRST },
        },
      }),
      unproven: { 'aws_route.out': 'var.given' },
    },
    {
      name: 'an attachment whose mode is hidden',
      ...twoZones(IN_SECOND, attached({ appliance_mode_support: '${var.given}' })),
      unproven: { [ATTACHMENT]: 'var.given' },
    },
    {
      name: 'an attachment that may not be there',
      ...twoZones(IN_SECOND, attached({ count: '${var.many}' })),
      unproven: { [ATTACHMENT]: 'count' },
    },
    {
      name: 'an attachment in a second zone if a subnet is there',
      ...twoZones(IN_SECOND, {
        ...attached({ subnet_ids: ['${aws_subnet.data.id}', '${aws_subnet.spare[0].id}'] }),
        aws_subnet: { spare: { ...subnet('data', '10.0.13.0/24', 'euw1-az2'), count: '${var.many}' } },
      }),
      unproven: { [ATTACHMENT]: 'aws_subnet.spare' },
    },
  ],
});
