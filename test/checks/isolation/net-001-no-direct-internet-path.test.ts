import check from '../../../checks/isolation/net-001-no-direct-internet-path.ts';
import { testCheck } from '../../support/check-tester.ts';

const VPC = { cidr_block: '10.0.0.0/16' };
const DATA = { vpc_id: '${aws_vpc.ledger.id}', cidr_block: '10.0.0.0/24', tags: { 'ledger:tier': 'data' } };
const BASE = {
  aws_ec2_transit_gateway: { sites: {} },
  aws_vpc: { ledger: VPC },
  aws_subnet: { data: DATA },
  aws_internet_gateway: { world: { vpc_id: '${aws_vpc.ledger.id}' } },
};
const OWN_TABLE = {
  aws_route_table_association: {
    data: { subnet_id: '${aws_subnet.data.id}', route_table_id: '${aws_route_table.data.id}' },
  },
};
const table = (...route: object[]) => ({ data: { vpc_id: '${aws_vpc.ledger.id}', route } });
const TO_WORLD = { cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.world.id}' };
const ROUTE_TO_WORLD = { destination_cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.world.id}' };
const TO_TRANSIT = { cidr_block: '10.0.0.0/8', transit_gateway_id: '${aws_ec2_transit_gateway.sites.id}' };

const west = (resource: object, rest: object = {}) => ({ stacks: { west: { resource, ...rest } } });

/** An enclave subnet beside one of gateways that faces the Internet. */
const OPEN_GATEWAY = {
  ...BASE,
  aws_subnet: { data: DATA, gateway: { ...DATA, tags: { 'ledger:tier': 'gateway' } } },
  aws_route_table: { gateway: { vpc_id: '${aws_vpc.ledger.id}', route: [TO_WORLD] } },
  aws_route_table_association: {
    gateway: { subnet_id: '${aws_subnet.gateway.id}', route_table_id: '${aws_route_table.gateway.id}' },
  },
};
const APPLIANCE = {
  id: 'west-data',
  site: 'west',
  purpose: 'data-transmission',
  kind: 'appliance',
  stack: 'west',
  address: 'aws_instance.appliance',
};
/** A fleet of appliances, but for what runs them. */
const FLEET = {
  aws_lb: { fleet: { load_balancer_type: 'gateway', subnets: ['${aws_subnet.gateway.id}'] } },
  aws_lb_target_group: { fleet: { protocol: 'GENEVE', port: 6081, vpc_id: '${aws_vpc.ledger.id}' } },
  aws_lb_listener: {
    fleet: {
      load_balancer_arn: '${aws_lb.fleet.arn}',
      default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.fleet.arn}' }],
    },
  },
};

testCheck(check, {
  pass: [
    { name: 'a subnet with an inside table', ...west({ ...BASE, ...OWN_TABLE, aws_route_table: table(TO_TRANSIT) }) },
    { name: 'a subnet whose VPC has nothing but its own main table', ...west(BASE) },
    {
      name: 'gateways, their NAT and front doors in a subnet that faces the Internet',
      ...west({
        ...OPEN_GATEWAY,
        aws_nat_gateway: { out: { subnet_id: '${aws_subnet.gateway.id}' } },
        aws_lb: { front: { subnets: ['${aws_subnet.gateway.id}'] } },
        aws_instance: { appliance: { subnet_id: '${aws_subnet.gateway.id}' } },
      }),
      policy: { gateways: [APPLIANCE] },
    },
    {
      name: 'the parts of a fleet of appliances in a subnet that faces the Internet',
      ...west({
        ...OPEN_GATEWAY,
        ...FLEET,
        aws_autoscaling_group: {
          fleet: {
            vpc_zone_identifier: ['${aws_subnet.gateway.id}'],
            target_group_arns: ['${aws_lb_target_group.fleet.arn}'],
          },
        },
      }),
      policy: { gateways: [{ ...APPLIANCE, address: 'aws_lb.fleet' }] },
    },
    {
      name: 'a workload in a tier of gateways without a way out',
      ...west({
        ...BASE,
        aws_subnet: { gateway: { ...DATA, tags: { 'ledger:tier': 'gateway' } } },
        aws_lambda_function: { ledger: { vpc_config: { subnet_ids: ['${aws_subnet.gateway.id}'] } } },
      }),
    },
    {
      name: 'the own table of a subnet, although the main one leads out',
      ...west({
        ...BASE,
        ...OWN_TABLE,
        aws_route_table: table({ cidr_block: '10.0.0.0/16', gateway_id: 'local' }),
        aws_route: { main: { route_table_id: '${aws_vpc.ledger.default_route_table_id}', ...ROUTE_TO_WORLD } },
      }),
    },
    {
      name: 'an edge association of the Internet gateway',
      ...west({
        ...BASE,
        aws_route_table: table(),
        aws_route_table_association: {
          edge: { gateway_id: '${aws_internet_gateway.world.id}', route_table_id: '${aws_route_table.data.id}' },
        },
      }),
    },
    {
      name: 'a main route table that somebody replaced by a closed one',
      ...west({
        ...BASE,
        aws_route_table: table(TO_TRANSIT),
        aws_main_route_table_association: {
          main: { vpc_id: '${aws_vpc.ledger.id}', route_table_id: '${aws_route_table.data.id}' },
        },
        aws_route: { main: { route_table_id: '${aws_vpc.ledger.default_route_table_id}', ...ROUTE_TO_WORLD } },
      }),
    },
    {
      name: 'a route to a VPN gateway and one through a NAT gateway without a way out, which other controls follow',
      ...west({
        ...BASE,
        ...OWN_TABLE,
        aws_vpn_gateway: { office: { vpc_id: '${aws_vpc.ledger.id}' } },
        aws_nat_gateway: { out: { subnet_id: '${aws_subnet.data.id}', connectivity_type: 'private' } },
        aws_route_table: table(
          { cidr_block: '192.168.0.0/16', gateway_id: '${aws_vpn_gateway.office.id}', egress_only_gateway_id: '' },
          { cidr_block: '192.0.2.0/24', nat_gateway_id: '${aws_nat_gateway.out.id}' },
        ),
      }),
    },
    {
      name: 'names that the resolver of the VPC takes to the world, which another control follows',
      ...west({ ...BASE, aws_vpc: { ledger: { ...VPC, enable_dns_support: true } } }),
    },
    {
      name: 'an untagged subnet that leads nowhere',
      ...west({ ...BASE, aws_subnet: { data: { vpc_id: '${aws_vpc.ledger.id}' } } }),
    },
  ],
  fail: [
    {
      name: 'a regional NAT gateway, which has its own way to the Internet',
      ...west({
        ...BASE,
        ...OWN_TABLE,
        aws_nat_gateway: { out: { vpc_id: '${aws_vpc.ledger.id}', availability_mode: 'regional' } },
        aws_route_table: table({ cidr_block: '0.0.0.0/0', nat_gateway_id: '${aws_nat_gateway.out.id}' }),
      }),
      fails: { 'aws_subnet.data': 'proved' },
    },
    {
      name: 'a NAT gateway in a subnet that faces the Internet',
      ...west({
        ...OPEN_GATEWAY,
        aws_subnet: {
          data: DATA,
          gateway: { ...DATA, cidr_block: '10.0.1.0/24', tags: { 'ledger:tier': 'gateway' } },
        },
        aws_eip: { out: { domain: 'vpc' } },
        aws_nat_gateway: { out: { subnet_id: '${aws_subnet.gateway.id}', allocation_id: '${aws_eip.out.id}' } },
        aws_route_table: {
          ...OPEN_GATEWAY.aws_route_table,
          ...table({ cidr_block: '0.0.0.0/0', nat_gateway_id: '${aws_nat_gateway.out.id}' }),
        },
        aws_route_table_association: {
          ...OPEN_GATEWAY.aws_route_table_association,
          ...OWN_TABLE.aws_route_table_association,
        },
      }),
      fails: { 'aws_subnet.data': 'proved' },
    },
    {
      name: 'a database in a subnet that is tagged as one of gateways',
      ...west({
        ...OPEN_GATEWAY,
        aws_db_subnet_group: { ledger: { subnet_ids: ['${aws_subnet.gateway.id}'] } },
      }),
      fails: { 'aws_subnet.gateway': 'occupied' },
    },
    {
      name: 'an instance that the policy does not declare in a subnet of gateways',
      ...west({ ...OPEN_GATEWAY, aws_instance: { desk: { subnet_id: '${aws_subnet.gateway.id}' } } }),
      fails: { 'aws_subnet.gateway': 'occupied' },
    },
    {
      name: 'machines beside a fleet of appliances that are no targets of it',
      ...west({
        ...OPEN_GATEWAY,
        ...FLEET,
        aws_autoscaling_group: { desks: { vpc_zone_identifier: ['${aws_subnet.gateway.id}'] } },
      }),
      policy: { gateways: [{ ...APPLIANCE, address: 'aws_lb.fleet' }] },
      fails: { 'aws_subnet.gateway': 'occupied' },
    },
    {
      name: 'an inline route to an Internet gateway',
      ...west({ ...BASE, ...OWN_TABLE, aws_route_table: table(TO_TRANSIT, TO_WORLD) }),
      fails: { 'aws_subnet.data': 'direct' },
    },
    {
      name: 'a single route block without its list',
      ...west({
        ...BASE,
        ...OWN_TABLE,
        aws_route_table: { data: { vpc_id: '${aws_vpc.ledger.id}', route: TO_WORLD } },
      }),
      fails: { 'aws_subnet.data': 'direct' },
    },
    {
      name: 'a separate route, even to one address',
      ...west({
        ...BASE,
        ...OWN_TABLE,
        aws_route_table: table(),
        aws_route: {
          out: {
            route_table_id: '${aws_route_table.data.id}',
            destination_cidr_block: '192.0.2.1/32',
            gateway_id: 'igw-0123456789abcdef0',
          },
        },
      }),
      fails: { 'aws_subnet.data': 'direct' },
    },
    {
      name: 'a route of the main table',
      ...west({
        ...BASE,
        aws_route: { main: { route_table_id: '${aws_vpc.ledger.main_route_table_id}', ...ROUTE_TO_WORLD } },
      }),
      fails: { 'aws_subnet.data': 'direct' },
    },
    {
      name: 'an adopted default table',
      ...west({
        ...BASE,
        aws_default_route_table: {
          main: { default_route_table_id: '${aws_vpc.ledger.default_route_table_id}', route: [TO_WORLD] },
        },
      }),
      fails: { 'aws_subnet.data': 'direct' },
    },
    {
      name: 'a route added to an adopted default table by its own id',
      ...west({
        ...BASE,
        aws_default_route_table: {
          main: { default_route_table_id: '${aws_vpc.ledger.default_route_table_id}', route: [] },
        },
        aws_route: { out: { route_table_id: '${aws_default_route_table.main.id}', ...ROUTE_TO_WORLD } },
      }),
      fails: { 'aws_subnet.data': 'direct' },
    },
    {
      name: 'a table made the main one',
      ...west({
        ...BASE,
        aws_route_table: table(TO_WORLD),
        aws_main_route_table_association: {
          main: { vpc_id: '${aws_vpc.ledger.id}', route_table_id: '${aws_route_table.data.id}' },
        },
      }),
      fails: { 'aws_subnet.data': 'direct' },
    },
    {
      name: 'IPv6 through an egress-only gateway',
      ...west({
        ...BASE,
        ...OWN_TABLE,
        aws_egress_only_internet_gateway: { six: { vpc_id: '${aws_vpc.ledger.id}' } },
        aws_route_table: table({
          ipv6_cidr_block: '::/0',
          egress_only_gateway_id: '${aws_egress_only_internet_gateway.six.id}',
        }),
      }),
      fails: { 'aws_subnet.data': 'direct' },
    },
    {
      name: 'a carrier gateway',
      ...west({
        ...BASE,
        ...OWN_TABLE,
        aws_route_table: table({ cidr_block: '0.0.0.0/0', carrier_gateway_id: 'cagw-0123456789abcdef0' }),
      }),
      fails: { 'aws_subnet.data': 'direct' },
    },
    {
      name: 'the tier that the provider gives by default',
      ...west(
        { ...BASE, ...OWN_TABLE, aws_subnet: { data: { ...DATA, tags: {} } }, aws_route_table: table(TO_WORLD) },
        { provider: { aws: [{ region: 'eu-west-1', default_tags: [{ tags: { 'ledger:tier': 'workload' } }] }] } },
      ),
      fails: { 'aws_subnet.data': 'direct' },
    },
    {
      name: 'a subnet without a tier',
      ...west({ ...BASE, ...OWN_TABLE, aws_subnet: { data: { ...DATA, tags: {} } }, aws_route_table: table(TO_WORLD) }),
      fails: { 'aws_subnet.data': 'untiered' },
    },
    {
      name: 'a tier that the policy does not know',
      ...west({
        ...BASE,
        ...OWN_TABLE,
        aws_subnet: { data: { ...DATA, tags: { 'ledger:tier': 'Gateway' } } },
        aws_route_table: table(TO_WORLD),
      }),
      fails: { 'aws_subnet.data': 'untiered' },
    },
    {
      name: 'every instance of for_each',
      ...west({
        ...BASE,
        aws_subnet: { data: { ...DATA, for_each: { a: 'a', b: 'b' } } },
        aws_route: { main: { route_table_id: '${aws_vpc.ledger.main_route_table_id}', ...ROUTE_TO_WORLD } },
      }),
      fails: { 'aws_subnet.data["a"]': 'direct', 'aws_subnet.data["b"]': 'direct' },
    },
  ],
  unproven: [
    {
      name: 'an instance that may be in a subnet of gateways',
      policy: {},
      stacks: {
        west: {
          variable: { many: { type: 'number' } },
          resource: {
            ...OPEN_GATEWAY,
            aws_instance: { desk: { count: '${var.many}', subnet_id: '${aws_subnet.gateway.id}' } },
          },
        },
      },
      unproven: { 'aws_subnet.gateway': 'aws_instance.desk' },
    },
    {
      name: 'machines beside a fleet of appliances whose targets are hidden',
      policy: { gateways: [{ ...APPLIANCE, address: 'aws_lb.fleet' }] },
      stacks: {
        west: {
          variable: { group: { type: 'string' } },
          resource: {
            ...OPEN_GATEWAY,
            ...FLEET,
            aws_lb_listener: {
              fleet: {
                load_balancer_arn: '${aws_lb.fleet.arn}',
                default_action: [{ type: 'forward', target_group_arn: '${var.group}' }],
              },
            },
            aws_autoscaling_group: { fleet: { vpc_zone_identifier: ['${aws_subnet.gateway.id}'] } },
          },
        },
      },
      unproven: { 'aws_subnet.gateway': 'var.group' },
    },
    {
      name: 'a route whose gateway is not known',
      ...west(
        {
          ...BASE,
          ...OWN_TABLE,
          aws_route_table: table({ cidr_block: '0.0.0.0/0', gateway_id: '${var.gateway}' }),
        },
        { variable: { gateway: {} } },
      ),
      unproven: { 'aws_subnet.data': 'var.gateway' },
    },
    {
      name: 'an egress-only gateway that may be null',
      ...west(
        {
          ...BASE,
          ...OWN_TABLE,
          aws_route_table: table({ ipv6_cidr_block: '::/0', egress_only_gateway_id: '${var.gateway}' }),
        },
        { variable: { gateway: {} } },
      ),
      unproven: { 'aws_subnet.data': 'var.gateway' },
    },
    {
      name: 'a route without a target',
      ...west({ ...BASE, ...OWN_TABLE, aws_route_table: table({ cidr_block: '0.0.0.0/0' }) }),
      unproven: { 'aws_subnet.data': 'names no target' },
    },
    {
      name: 'a route to the Internet in a table that is not known',
      ...west(
        { ...BASE, aws_route: { out: { route_table_id: '${var.table}', ...ROUTE_TO_WORLD } } },
        { variable: { table: {} } },
      ),
      unproven: { 'aws_subnet.data': "if that table is the subnet's" },
    },
    {
      name: 'a route to the Internet in the main table, read by a data source',
      ...west(
        { ...BASE, aws_route: { out: { route_table_id: '${data.aws_route_table.main.id}', ...ROUTE_TO_WORLD } } },
        { data: { aws_route_table: { main: { vpc_id: '${aws_vpc.ledger.id}' } } } },
      ),
      unproven: { 'aws_subnet.data': "if that table is the subnet's" },
    },
    {
      name: 'an open table associated with a subnet that a data source reads',
      ...west(
        {
          ...BASE,
          aws_route_table: { open: { vpc_id: '${aws_vpc.ledger.id}', route: [TO_WORLD] } },
          aws_route_table_association: {
            open: { subnet_id: '${data.aws_subnet.any.id}', route_table_id: '${aws_route_table.open.id}' },
          },
        },
        { data: { aws_subnet: { any: { cidr_block: '10.0.0.0/24' } } } },
      ),
      unproven: { 'aws_subnet.data': "if that table is the subnet's" },
    },
    {
      name: 'an open table made the main one of a VPC that a data source reads',
      ...west(
        {
          ...BASE,
          aws_route_table: { open: { vpc_id: '${aws_vpc.ledger.id}', route: [TO_WORLD] } },
          aws_main_route_table_association: {
            open: { vpc_id: '${data.aws_vpc.any.id}', route_table_id: '${aws_route_table.open.id}' },
          },
        },
        { data: { aws_vpc: { any: { cidr_block: '10.0.0.0/16' } } } },
      ),
      unproven: { 'aws_subnet.data': "if that table is the subnet's" },
    },
    {
      name: 'a route in the main table, which is another one after the first apply',
      ...west({
        ...BASE,
        aws_route_table: table(TO_TRANSIT),
        aws_main_route_table_association: {
          closed: { vpc_id: '${aws_vpc.ledger.id}', route_table_id: '${aws_route_table.data.id}' },
        },
        aws_route: { out: { route_table_id: '${aws_vpc.ledger.main_route_table_id}', ...ROUTE_TO_WORLD } },
      }),
      unproven: { 'aws_subnet.data': "if that table is the subnet's" },
    },
    {
      name: 'an open table associated with a subnet that is not known',
      ...west(
        {
          ...BASE,
          aws_route_table: table(TO_WORLD),
          aws_route_table_association: {
            data: { subnet_id: '${var.subnet}', route_table_id: '${aws_route_table.data.id}' },
          },
        },
        { variable: { subnet: {} } },
      ),
      unproven: { 'aws_subnet.data': "if that table is the subnet's" },
    },
    {
      name: 'an open main table that a hidden association may replace',
      ...west(
        {
          ...BASE,
          aws_route_table: table(TO_TRANSIT),
          aws_route: { main: { route_table_id: '${aws_vpc.ledger.main_route_table_id}', ...ROUTE_TO_WORLD } },
          aws_route_table_association: {
            data: { subnet_id: '${var.subnet}', route_table_id: '${aws_route_table.data.id}' },
          },
        },
        { variable: { subnet: {} } },
      ),
      unproven: { 'aws_subnet.data': "if that table is the subnet's" },
    },
    {
      name: 'two tables of one subnet that disagree',
      ...west({
        ...BASE,
        aws_route_table: {
          data: { vpc_id: '${aws_vpc.ledger.id}', route: [TO_WORLD] },
          other: { vpc_id: '${aws_vpc.ledger.id}', route: [TO_TRANSIT] },
        },
        aws_route_table_association: {
          data: { subnet_id: '${aws_subnet.data.id}', route_table_id: '${aws_route_table.data.id}' },
          other: { subnet_id: '${aws_subnet.data.id}', route_table_id: '${aws_route_table.other.id}' },
        },
      }),
      unproven: { 'aws_subnet.data': "if that table is the subnet's" },
    },
    {
      name: 'routes that a VPN gateway propagates',
      ...west({
        ...BASE,
        ...OWN_TABLE,
        aws_vpn_gateway: { office: {} },
        aws_route_table: {
          data: { vpc_id: '${aws_vpc.ledger.id}', propagating_vgws: ['${aws_vpn_gateway.office.id}'] },
        },
      }),
      unproven: { 'aws_subnet.data': 'VPN gateway learns' },
    },
    {
      name: 'a propagation of its own',
      ...west({
        ...BASE,
        ...OWN_TABLE,
        aws_route_table: table(),
        aws_vpn_gateway_route_propagation: {
          office: { route_table_id: '${aws_route_table.data.id}', vpn_gateway_id: 'vgw-0123456789abcdef0' },
        },
      }),
      unproven: { 'aws_subnet.data': 'VPN gateway learns' },
    },
    {
      name: 'a propagation into a table that is not known',
      ...west(
        {
          ...BASE,
          aws_vpn_gateway_route_propagation: {
            office: { route_table_id: '${var.table}', vpn_gateway_id: 'vgw-0123456789abcdef0' },
          },
        },
        { variable: { table: {} } },
      ),
      unproven: { 'aws_subnet.data': 'aws_vpn_gateway_route_propagation.office' },
    },
    {
      name: 'a subnet in a VPC of another stack that is missing',
      ...west(
        { aws_subnet: { data: { ...DATA, vpc_id: '${data.terraform_remote_state.x.outputs.vpc}' } } },
        { data: { terraform_remote_state: { x: { backend: 'local' } } } },
      ),
      unproven: { 'aws_subnet.data': 'outside the estate' },
    },
    {
      name: 'a table outside the estate',
      ...west({
        ...BASE,
        aws_route_table_association: {
          data: { subnet_id: '${aws_subnet.data.id}', route_table_id: 'rtb-0123456789abcdef0' },
        },
      }),
      unproven: { 'aws_subnet.data': 'rtb-0123456789abcdef0' },
    },
    {
      name: 'a subnet of the default VPC',
      ...west({ aws_default_subnet: { a: { availability_zone: 'eu-west-1a' } } }),
      unproven: { 'aws_default_subnet.a': 'default VPC' },
    },
    {
      name: 'a NAT gateway in a subnet outside the estate',
      ...west({
        ...BASE,
        ...OWN_TABLE,
        aws_nat_gateway: { out: { subnet_id: 'subnet-0123456789abcdef0' } },
        aws_route_table: table({ cidr_block: '0.0.0.0/0', nat_gateway_id: '${aws_nat_gateway.out.id}' }),
      }),
      unproven: { 'aws_subnet.data': 'subnet-0123456789abcdef0' },
    },
    {
      name: 'a transit gateway outside the estate',
      ...west({
        ...BASE,
        ...OWN_TABLE,
        aws_route_table: table({ cidr_block: '10.0.0.0/8', transit_gateway_id: 'tgw-0123456789abcdef0' }),
      }),
      unproven: { 'aws_subnet.data': 'tgw-0123456789abcdef0' },
    },
    {
      name: 'a tier that is not known',
      ...west(
        {
          ...BASE,
          ...OWN_TABLE,
          aws_subnet: { data: { ...DATA, tags: { 'ledger:tier': '${var.tier}' } } },
          aws_route_table: table(TO_WORLD),
        },
        { variable: { tier: {} } },
      ),
      unproven: { 'aws_subnet.data': 'var.tier' },
    },
    {
      name: 'an adopted default table by its id, which may be the main one',
      ...west({
        ...BASE,
        aws_default_route_table: { main: { default_route_table_id: 'rtb-0123456789abcdef0', route: [TO_WORLD] } },
      }),
      unproven: { 'aws_subnet.data': "if that table is the subnet's" },
    },
    {
      name: 'a route to the Internet in a table by its id, which may be that of any',
      ...west({
        ...BASE,
        ...OWN_TABLE,
        aws_route_table: table(),
        aws_route: { out: { route_table_id: 'rtb-0123456789abcdef0', ...ROUTE_TO_WORLD } },
      }),
      unproven: { 'aws_subnet.data': "if that table is the subnet's" },
    },
    {
      name: 'an open table made the main one of a VPC that is not known',
      ...west(
        {
          ...BASE,
          aws_route_table: table(TO_WORLD),
          aws_main_route_table_association: {
            main: { vpc_id: '${var.vpc}', route_table_id: '${aws_route_table.data.id}' },
          },
        },
        { variable: { vpc: {} } },
      ),
      unproven: { 'aws_subnet.data': "if that table is the subnet's" },
    },
    {
      name: 'a route that may not exist',
      ...west(
        {
          ...BASE,
          aws_route: {
            main: {
              count: '${var.routes}',
              route_table_id: '${aws_vpc.ledger.main_route_table_id}',
              ...ROUTE_TO_WORLD,
            },
          },
        },
        { variable: { routes: {} } },
      ),
      unproven: { 'aws_subnet.data': 'if it exists' },
    },
    {
      name: 'routes that a dynamic block makes',
      ...west(
        {
          ...BASE,
          ...OWN_TABLE,
          aws_route_table: {
            data: {
              vpc_id: '${aws_vpc.ledger.id}',
              dynamic: { route: { for_each: '${var.routes}', content: { cidr_block: '${route.value}' } } },
            },
          },
        },
        { variable: { routes: {} } },
      ),
      unproven: { 'aws_subnet.data': 'dynamic.route' },
    },
  ],
});
