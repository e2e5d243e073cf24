import check from '../../../checks/gateway/gtw-012-fail-closed-fleet.ts';
import { testCheck } from '../../support/check-tester.ts';

const FLEET = 'aws_lb.fleet';
const FAILOVER = { on_deregistration: 'rebalance', on_unhealthy: 'rebalance' };
const TAG = 'ledger:tier';

interface Setting {
  readonly balancer?: object;
  readonly group?: object;
  readonly listener?: object | null;
  readonly more?: object;
  readonly rest?: object;
  readonly stacks?: object;
}

const fleet = ({ balancer = {}, group = {}, listener = {}, more = {}, rest = {}, stacks = {} }: Setting) => ({
  stacks: {
    west: {
      resource: {
        aws_lb: { fleet: { load_balancer_type: 'gateway', subnets: ['subnet-0123456789abcdef0'], ...balancer } },
        ...(listener === null
          ? {}
          : {
              aws_lb_listener: {
                fleet: {
                  load_balancer_arn: '${aws_lb.fleet.arn}',
                  default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.fleet.arn}' }],
                  ...listener,
                },
              },
            }),
        aws_lb_target_group: {
          fleet: {
            protocol: 'GENEVE',
            port: 6081,
            health_check: { protocol: 'TCP', port: 80 },
            target_failover: [FAILOVER],
            ...group,
          },
        },
        ...more,
      },
      ...rest,
    },
    ...stacks,
  },
});

/** The network of the fleet: a subnet of an attachment, one of the endpoint, one of address translation. */
const network = (change: object = {}) => ({
  aws_vpc_endpoint_service: { fleet: { gateway_load_balancer_arns: ['${aws_lb.fleet.arn}'] } },
  aws_vpc_endpoint: {
    fleet: {
      vpc_endpoint_type: 'GatewayLoadBalancer',
      service_name: '${aws_vpc_endpoint_service.fleet.service_name}',
      vpc_id: '${aws_vpc.gateway.id}',
      subnet_ids: ['${aws_subnet.inspection.id}'],
    },
  },
  aws_vpc: { gateway: { cidr_block: '10.1.0.0/16' } },
  aws_subnet: {
    transit: { vpc_id: '${aws_vpc.gateway.id}', tags: { [TAG]: 'gateway' } },
    inspection: { vpc_id: '${aws_vpc.gateway.id}', tags: { [TAG]: 'gateway' } },
    translation: { vpc_id: '${aws_vpc.gateway.id}', tags: { [TAG]: 'gateway' } },
    workload: { vpc_id: '${aws_vpc.gateway.id}', tags: { [TAG]: 'workload' } },
  },
  aws_route_table: {
    transit: { vpc_id: '${aws_vpc.gateway.id}', route: [TO_FLEET] },
    inspection: { vpc_id: '${aws_vpc.gateway.id}', route: [TO_NAT] },
    translation: { vpc_id: '${aws_vpc.gateway.id}', route: [TO_IGW, { ...TO_FLEET, cidr_block: '10.0.0.0/8' }] },
    workload: { vpc_id: '${aws_vpc.gateway.id}', route: [{ ...TO_FLEET, cidr_block: '192.0.2.0/24' }] },
  },
  aws_route_table_association: Object.fromEntries(
    ['transit', 'inspection', 'translation', 'workload'].map((name) => [
      name,
      { subnet_id: `\${aws_subnet.${name}.id}`, route_table_id: `\${aws_route_table.${name}.id}` },
    ]),
  ),
  aws_internet_gateway: { world: { vpc_id: '${aws_vpc.gateway.id}' } },
  aws_nat_gateway: { out: { subnet_id: '${aws_subnet.translation.id}' } },
  aws_ec2_transit_gateway: { hub: {} },
  aws_ec2_transit_gateway_vpc_attachment: { gateway: { ...ATTACHMENT, appliance_mode_support: 'enable' } },
  ...change,
});
const TO_FLEET = { cidr_block: '0.0.0.0/0', vpc_endpoint_id: '${aws_vpc_endpoint.fleet.id}' };
const TO_NAT = { cidr_block: '0.0.0.0/0', nat_gateway_id: '${aws_nat_gateway.out.id}' };
const TO_IGW = { cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.world.id}' };
const ATTACHMENT = {
  vpc_id: '${aws_vpc.gateway.id}',
  transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}',
  subnet_ids: ['${aws_subnet.transit.id}', 'subnet-0123456789abcdef0'],
};

const route = (body: object) => ({ aws_route: { extra: body } });
const AROUND = route({
  route_table_id: '${aws_route_table.workload.id}',
  destination_cidr_block: '0.0.0.0/0',
  nat_gateway_id: '${aws_nat_gateway.out.id}',
});
const OF_WORKLOAD = { subnet_id: '${aws_subnet.workload.id}', route_table_id: '${aws_route_table.workload.id}' };
const ACROSS = { enable_cross_zone_load_balancing: true };
const TARGET = {
  aws_instance: { appliance: { ami: 'ami-0123456789abcdef0' } },
  aws_lb_target_group_attachment: {
    appliance: { target_group_arn: '${aws_lb_target_group.fleet.arn}', target_id: '${aws_instance.appliance.id}' },
  },
};

testCheck(check, {
  pass: [
    { name: 'a fleet with checks and failover', ...fleet({}) },
    {
      name: 'a fleet of the older type, with weights and the default health check',
      stacks: {
        west: {
          resource: {
            aws_alb: { fleet: { load_balancer_type: 'gateway' } },
            aws_alb_listener: {
              fleet: {
                load_balancer_arn: '${aws_alb.fleet.arn}',
                default_action: {
                  type: 'forward',
                  forward: { target_group: [{ arn: '${aws_alb_target_group.fleet.arn}', weight: 1 }] },
                },
              },
            },
            aws_alb_target_group: {
              fleet: {
                protocol: 'GENEVE',
                target_failover: { on_deregistration: 'no_rebalance', on_unhealthy: 'no_rebalance' },
              },
            },
          },
        },
      },
    },
    { name: 'a network with the fleet between attachment and translation', ...fleet({ more: network() }) },
    {
      name: 'an attachment in one zone',
      ...fleet({
        more: network({
          aws_ec2_transit_gateway_vpc_attachment: {
            gateway: { ...ATTACHMENT, subnet_ids: ['${aws_subnet.transit.id}'] },
          },
        }),
      }),
    },
    { name: 'targets of the site, across zones', ...fleet({ balancer: ACROSS, more: TARGET }) },
    {
      name: 'targets that scale in subnets of the site, across zones',
      ...fleet({
        group: { load_balancing_cross_zone_enabled: 'true' },
        more: {
          aws_autoscaling_group: {
            fleet: {
              target_group_arns: ['${aws_lb_target_group.fleet.arn}'],
              vpc_zone_identifier: ['${aws_subnet.a.id}'],
            },
            other: { vpc_zone_identifier: ['${aws_subnet.a.id}'] },
          },
          aws_autoscaling_attachment: {
            other: {
              lb_target_group_arn: '${aws_lb_target_group.fleet.arn}',
              autoscaling_group_name: '${aws_autoscaling_group.other.name}',
            },
          },
          aws_subnet: { a: { availability_zone_id: 'euw1-az1' } },
        },
      }),
    },
    {
      name: 'targets elsewhere, in the zones of the balancer only',
      ...fleet({
        balancer: ACROSS,
        group: { load_balancing_cross_zone_enabled: 'false' },
        more: {
          aws_lb_target_group_attachment: {
            appliance: { target_group_arn: '${aws_lb_target_group.fleet.arn}', target_id: '192.0.2.7' },
          },
        },
      }),
    },
  ],
  fail: [
    { name: 'a fleet that nothing forwards to', ...fleet({ listener: null }), fails: { [FLEET]: 'noTargets' } },
    {
      name: 'targets that nobody checks',
      ...fleet({ group: { health_check: { enabled: false } } }),
      fails: { [FLEET]: 'noHealthCheck' },
    },
    { name: 'no failover', ...fleet({ group: { target_failover: null } }), fails: { [FLEET]: 'noFailover' } },
    {
      name: 'half a failover',
      ...fleet({ group: { target_failover: { on_unhealthy: 'rebalance' } } }),
      fails: { [FLEET]: 'noFailover' },
    },
    {
      name: 'targets of another site, across zones',
      ...fleet({
        balancer: ACROSS,
        more: {
          aws_lb_target_group_attachment: {
            appliance: {
              target_group_arn: '${aws_lb_target_group.fleet.arn}',
              target_id:
                '${data.terraform_remote_state.cross-stack-reference-input-north.outputs.cross-stack-output-appliance}',
            },
          },
        },
        rest: {
          data: {
            terraform_remote_state: {
              'cross-stack-reference-input-north': {
                backend: 's3',
                config: { bucket: 'ledger-state', key: 'north.tfstate', region: 'eu-north-1' },
              },
            },
          },
        },
        stacks: {
          north: {
            resource: { aws_instance: { appliance: { ami: 'ami-0123456789abcdef0' } } },
            output: { 'cross-stack-output-appliance': { value: '${aws_instance.appliance.id}', sensitive: true } },
          },
        },
      }),
      fails: { [FLEET]: 'otherSite' },
    },
    {
      name: 'an attachment without appliance mode',
      ...fleet({ more: network({ aws_ec2_transit_gateway_vpc_attachment: { gateway: ATTACHMENT } }) }),
      fails: { [FLEET]: 'applianceMode' },
    },
    {
      name: 'a more specific route to the Internet',
      ...fleet({
        more: network(
          route({
            route_table_id: '${aws_route_table.transit.id}',
            destination_cidr_block: '192.0.2.0/24',
            gateway_id: '${aws_internet_gateway.world.id}',
          }),
        ),
      }),
      fails: { [FLEET]: 'fallback' },
    },
    {
      name: 'the other half of the world by address translation',
      ...fleet({
        more: network(
          route({
            route_table_id: '${aws_route_table.transit.id}',
            destination_cidr_block: '128.0.0.0/1',
            nat_gateway_id: '${aws_nat_gateway.out.id}',
          }),
        ),
      }),
      fails: { [FLEET]: 'fallback' },
    },
    {
      name: 'IPv6 around the fleet',
      ...fleet({
        more: network({
          ...route({
            route_table_id: '${aws_route_table.transit.id}',
            destination_ipv6_cidr_block: '::/0',
            egress_only_gateway_id: '${aws_egress_only_internet_gateway.out.id}',
          }),
          aws_egress_only_internet_gateway: { out: { vpc_id: '${aws_vpc.gateway.id}' } },
        }),
      }),
      fails: { [FLEET]: 'fallback' },
    },
    {
      name: 'a subnet of the enclave that uses the fleet for some addresses only',
      ...fleet({
        more: network(
          route({
            route_table_id: '${aws_route_table.workload.id}',
            destination_cidr_block: '0.0.0.0/0',
            nat_gateway_id: '${aws_nat_gateway.out.id}',
          }),
        ),
      }),
      fails: { [FLEET]: 'fallback' },
    },
  ],
  unproven: [
    {
      name: 'a balancer of a type that is not known',
      ...fleet({ balancer: { load_balancer_type: '${var.type}' }, rest: { variable: { type: {} } } }),
      unproven: { [FLEET]: 'var.type' },
    },
    {
      name: 'a target group of a variable',
      ...fleet({
        listener: { default_action: { type: 'forward', target_group_arn: '${var.group}' } },
        rest: { variable: { group: {} } },
      }),
      unproven: { [FLEET]: 'var.group' },
    },
    {
      name: 'a target group outside the estate',
      ...fleet({
        listener: {
          default_action: {
            type: 'forward',
            target_group_arn: 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/other/0123456789abcdef',
          },
        },
      }),
      unproven: { [FLEET]: 'is a target group outside the estate' },
    },
    {
      name: 'a health check and a failover of variables',
      ...fleet({
        group: {
          health_check: { enabled: '${var.check}' },
          target_failover: { ...FAILOVER, on_unhealthy: '${var.failover}' },
        },
        rest: { variable: { check: {}, failover: {} } },
      }),
      unproven: { [FLEET]: /var\.check.*var\.failover/ },
    },
    {
      name: 'targets by address, across zones',
      ...fleet({
        balancer: ACROSS,
        more: {
          aws_lb_target_group_attachment: {
            appliance: { target_group_arn: '${aws_lb_target_group.fleet.arn}', target_id: '10.0.0.7' },
          },
        },
      }),
      unproven: { [FLEET]: '10.0.0.7 is a target outside the estate' },
    },
    {
      name: 'zones that may be crossed',
      ...fleet({ balancer: { enable_cross_zone_load_balancing: '${var.across}' }, rest: { variable: { across: {} } } }),
      unproven: { [FLEET]: 'var.across' },
    },
    {
      name: 'an attachment whose mode is not known',
      ...fleet({
        more: network({
          aws_ec2_transit_gateway_vpc_attachment: { gateway: { ...ATTACHMENT, appliance_mode_support: '${var.mode}' } },
        }),
        rest: { variable: { mode: {} } },
      }),
      unproven: { [FLEET]: 'var.mode' },
    },
    {
      name: 'an attachment that may be of the network',
      ...fleet({
        more: network({
          aws_ec2_transit_gateway_vpc_attachment: { gateway: { ...ATTACHMENT, vpc_id: '${var.vpc}' } },
        }),
        rest: { variable: { vpc: {} } },
      }),
      unproven: { [FLEET]: 'var.vpc' },
    },
    {
      name: 'a route that may be in a table before the fleet',
      ...fleet({
        more: network(
          route({
            route_table_id: '${var.table}',
            destination_cidr_block: '192.0.2.0/24',
            gateway_id: '${aws_internet_gateway.world.id}',
          }),
        ),
        rest: { variable: { table: {} } },
      }),
      unproven: { [FLEET]: 'aws_route.extra.route_table_id may be a table before the fleet' },
    },
    {
      name: 'a gateway of a variable beside the fleet',
      ...fleet({
        more: network(
          route({
            route_table_id: '${aws_route_table.transit.id}',
            destination_cidr_block: '192.0.2.0/24',
            gateway_id: '${var.gateway}',
          }),
        ),
        rest: { variable: { gateway: {} } },
      }),
      unproven: { [FLEET]: 'var.gateway' },
    },
    {
      name: 'an endpoint of a service that only its name tells',
      ...fleet({
        more: {
          aws_vpc_endpoint: {
            fleet: {
              vpc_endpoint_type: 'GatewayLoadBalancer',
              service_name: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0',
              vpc_id: '${aws_vpc.gateway.id}',
            },
          },
          aws_vpc: { gateway: { cidr_block: '10.1.0.0/16' } },
        },
      }),
      unproven: { [FLEET]: 'may be the service of the fleet' },
    },
    {
      name: 'an endpoint of a service that a data source reads',
      ...fleet({
        more: {
          aws_vpc_endpoint: {
            fleet: {
              vpc_endpoint_type: 'GatewayLoadBalancer',
              service_name: '${data.aws_vpc_endpoint_service.fleet.service_name}',
              vpc_id: '${aws_vpc.gateway.id}',
            },
          },
          aws_vpc: { gateway: { cidr_block: '10.1.0.0/16' } },
        },
        rest: { data: { aws_vpc_endpoint_service: { fleet: {} } } },
      }),
      unproven: { [FLEET]: 'data.aws_vpc_endpoint_service.fleet' },
    },
    {
      name: 'an endpoint in a network outside the estate',
      ...fleet({
        more: {
          aws_vpc_endpoint_service: { fleet: { gateway_load_balancer_arns: ['${aws_lb.fleet.arn}'] } },
          aws_vpc_endpoint: {
            fleet: {
              vpc_endpoint_type: 'GatewayLoadBalancer',
              service_name: '${aws_vpc_endpoint_service.fleet.service_name}',
              vpc_id: 'vpc-0123456789abcdef0',
            },
          },
        },
      }),
      unproven: { [FLEET]: 'is a VPC outside the estate' },
    },
    {
      name: 'a listener that may not be there',
      ...fleet({ listener: { count: '${var.listeners}' }, rest: { variable: { listeners: {} } } }),
      unproven: { [FLEET]: 'aws_lb_listener.fleet has a count or for_each' },
    },
    {
      name: 'a table before the fleet, if a variable names its endpoint',
      ...fleet({
        more: network({
          ...AROUND,
          aws_route_table: {
            workload: {
              vpc_id: '${aws_vpc.gateway.id}',
              route: [{ cidr_block: '192.0.2.0/24', vpc_endpoint_id: '${var.endpoint}' }],
            },
          },
          aws_route_table_association: { workload: OF_WORKLOAD },
        }),
        rest: { variable: { endpoint: {} } },
      }),
      unproven: { [FLEET]: 'var.endpoint' },
    },
    {
      name: 'routes of a variable',
      ...fleet({
        more: network({
          aws_route_table: { workload: { vpc_id: '${aws_vpc.gateway.id}', route: '${var.routes}' } },
          aws_route_table_association: { workload: OF_WORKLOAD },
        }),
        rest: { variable: { routes: {} } },
      }),
      unproven: { [FLEET]: 'var.routes' },
    },
    {
      name: 'a subnet that may be of the enclave, with a way around the fleet',
      ...fleet({
        more: network({
          ...AROUND,
          aws_subnet: { workload: { vpc_id: '${aws_vpc.gateway.id}', tags: { [TAG]: '${var.tier}' } } },
          aws_route_table_association: { workload: OF_WORKLOAD },
        }),
        rest: { variable: { tier: {} } },
      }),
      unproven: { [FLEET]: 'var.tier' },
    },
    {
      name: 'a subnet that may be of the network, with a way around the fleet',
      ...fleet({
        more: network({
          ...AROUND,
          aws_subnet: { workload: { vpc_id: '${var.vpc}', tags: { [TAG]: 'workload' } } },
          aws_route_table_association: { workload: OF_WORKLOAD },
        }),
        rest: { variable: { vpc: {} } },
      }),
      unproven: { [FLEET]: 'var.vpc' },
    },
    {
      name: 'a table with a way around the fleet that may be of a subnet of the enclave',
      ...fleet({
        more: network({
          ...AROUND,
          aws_route_table_association: { workload: { ...OF_WORKLOAD, subnet_id: '${var.subnet}' } },
        }),
        rest: { variable: { subnet: {} } },
      }),
      unproven: { [FLEET]: 'may be the route table of aws_subnet.workload' },
    },
  ],
});
