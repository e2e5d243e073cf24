import type { Route } from '../../model/aws/routing.ts';
import type { Resource } from '../../model/resource.ts';
import { asItems, asString, type Hidden, isHidden, unknown } from '../../model/value.ts';
import { defineCheck, type Outcome } from '../check.ts';
import { destinationOf, routeTarget } from '../isolation/internet-route.ts';
import { SUBNET_TYPES } from '../subnet-tier.ts';
import {
  BALANCER_TYPES,
  ENDPOINT,
  endpointsOf,
  LISTENER_TYPES,
  networksOfEndpoints,
  SCALING_ATTACHMENT,
  SCALING_GROUP,
  SERVICE,
  TARGET_GROUP_TYPES,
  TARGET_TYPES,
  targetGroupsOf,
} from './fleet.ts';
import { type Inspect, messages } from './fleet-messages.ts';
import { guardedTables } from './fleet-tables.ts';
import { judgeTargets, opened } from './fleet-targets.ts';
import { VPC_TYPES } from './gateway-networks.ts';

const ATTACHMENT = 'aws_ec2_transit_gateway_vpc_attachment';

export default defineCheck({
  id: 'GTW-012',
  why: 'A fleet of appliances fails one by one; traffic must then stop or go to another appliance of the site, never around them.',
  fix: 'Check the health of every target, set target_failover, keep targets at the site of the balancer, set appliance_mode_support to enable on the attachment in front of the fleet, and route from networks behind it by its endpoints only.',
  references: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/health-checks.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/edit-target-group-attributes.html',
    'https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-appliance-scenario.html',
  ],
  resourceTypes: [
    ...BALANCER_TYPES,
    ...LISTENER_TYPES,
    ...TARGET_GROUP_TYPES,
    ...TARGET_TYPES,
    SCALING_GROUP,
    SCALING_ATTACHMENT,
    SERVICE,
    ENDPOINT,
    ATTACHMENT,
    ...VPC_TYPES,
    ...SUBNET_TYPES,
    'aws_instance',
    'aws_route',
    'aws_route_table',
    'aws_default_route_table',
    'aws_route_table_association',
    'aws_main_route_table_association',
  ],

  messages,

  subjects: ({ estate }) =>
    estate
      .ofType(...BALANCER_TYPES)
      .filter((balancer) => {
        const type = asString(estate.effective(balancer, 'load_balancer_type'));
        return isHidden(type) || type === 'gateway';
      })
      .map((resource) => ({ kind: 'resource', resource })),

  inspect({ resource }, inspection) {
    const { estate, fail, unproven, all } = inspection;
    const type = asString(estate.effective(resource, 'load_balancer_type'));
    if (isHidden(type)) return unproven(type);
    const groups = targetGroupsOf(resource, estate);
    return all([
      ...groups.items.map((group) => judgeTargets(resource, group, inspection)),
      groups.items.length + groups.open.length === 0 ? fail({}, 'noTargets') : opened(groups.open, inspection),
      judgeWay(resource, inspection),
    ]);
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_lb: { fleet: { load_balancer_type: 'gateway', subnets: ['subnet-0123456789abcdef0'] } },
              aws_lb_listener: {
                fleet: {
                  load_balancer_arn: '${aws_lb.fleet.arn}',
                  default_action: { type: 'forward', target_group_arn: '${aws_lb_target_group.fleet.arn}' },
                },
              },
              aws_lb_target_group: {
                fleet: {
                  protocol: 'GENEVE',
                  port: 6081,
                  health_check: { protocol: 'HTTP', port: 8080, path: '/healthy' },
                  target_failover: { on_deregistration: 'rebalance', on_unhealthy: 'rebalance' },
                },
              },
            },
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_lb: { fleet: { load_balancer_type: 'gateway', subnets: ['subnet-0123456789abcdef0'] } },
              aws_lb_listener: {
                fleet: {
                  load_balancer_arn: '${aws_lb.fleet.arn}',
                  default_action: { type: 'forward', target_group_arn: '${aws_lb_target_group.fleet.arn}' },
                },
              },
              aws_lb_target_group: { fleet: { protocol: 'GENEVE', port: 6081 } },
            },
          },
        },
      },
    ],
  },
});

/** The way to the fleet: no attachment that tears connections apart, no route around it. */
function judgeWay(balancer: Resource, inspection: Inspect): Outcome {
  const { estate, all } = inspection;
  const endpoints = endpointsOf(balancer, estate);
  const networks = networksOfEndpoints(endpoints.items, estate);
  return all([
    ...networks.items.flatMap((vpc) => [
      judgeAttachments(vpc, inspection),
      judgeTables(vpc, endpoints.items, inspection),
    ]),
    opened([...endpoints.open, ...networks.open], inspection),
  ]);
}

function judgeTables(vpc: Resource, endpoints: readonly Resource[], inspection: Inspect): Outcome {
  const { estate, policy, all } = inspection;
  const { tables, stray } = guardedTables(vpc, endpoints, estate, policy);
  const certain = tables.flatMap(({ table, doubts }) =>
    table.routes.map((route) => judgeRoute(route, table.name, doubts, inspection)),
  );
  const possible = stray.map((route) => {
    const doubt = unknown(
      'missing-object',
      `${route.resource.address}.route_table_id`,
      'may be a table before the fleet',
    );
    return judgeRoute(route, 'a route table', [doubt], inspection);
  });
  const open = tables.flatMap(({ table }) => table.open);
  return all([...certain, ...possible, opened(open, inspection)]);
}

function judgeAttachments(vpc: Resource, inspection: Inspect): Outcome {
  const { estate, all } = inspection;
  const { items, open } = estate.companions(vpc, ATTACHMENT, 'vpc_id');
  return all([
    ...items.map((attachment) => judgeAttachment(attachment, null, inspection)),
    ...open.map(({ resource, value }) => judgeAttachment(resource, value, inspection)),
  ]);
}

/** `doubt` hides whether the attachment is of the network of the fleet at all. */
function judgeAttachment(attachment: Resource, doubt: Hidden | null, inspection: Inspect): Outcome {
  const { estate, pass, fail, unproven } = inspection;
  const subnets = asItems(attachment.attribute('subnet_ids'));
  // In one zone both directions meet the same endpoint.
  if (subnets.open.length === 0 && subnets.items.length === 1) return pass();
  const mode = asString(estate.effective(attachment, 'appliance_mode_support'));
  if (mode === 'enable') return pass();
  const hidden = [...(isHidden(mode) ? [mode] : []), ...(doubt === null ? [] : [doubt]), ...maybe(attachment)];
  if (hidden.length > 0) return unproven(hidden);
  const at = { related: [attachment], location: attachment.locate('appliance_mode_support') };
  return fail(at, 'applianceMode', { attachment: attachment.address });
}

/** `doubts` hide whether the route is in the table, or whether the table is before the fleet. */
function judgeRoute(route: Route, table: string, doubts: readonly Hidden[], inspection: Inspect): Outcome {
  const { estate, pass, fail, unproven } = inspection;
  // Wherever an endpoint leads, it is not around the fleet by itself.
  if (route.attribute('vpc_endpoint_id').kind !== 'null') return pass();
  const target = routeTarget(estate, route);
  const isTranslated = route.attribute('nat_gateway_id').kind !== 'null';
  if (target.kind === 'hidden' && !isTranslated) return unproven(target.value);
  if (target.kind !== 'internet' && !isTranslated) return pass();
  const hidden = [...doubts, ...maybe(route.resource)];
  if (hidden.length > 0) return unproven(hidden);
  const by = target.kind === 'internet' ? target.argument : 'nat_gateway_id';
  const at = { related: [route.resource], location: route.resource.locate(...route.path) };
  return fail(at, 'fallback', { table, destination: destinationOf(route), by });
}

/** What hides whether a resource exists at all. */
function maybe({ address, init }: Resource): readonly Hidden[] {
  return init.isSymbolic ? [unknown('instances', address, 'has a count or for_each that only the plan knows')] : [];
}
