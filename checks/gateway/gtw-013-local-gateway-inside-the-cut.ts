import { covers, parseCidr } from '../../model/aws/cidr.ts';
import { type Route, type RouteTable, routingOf } from '../../model/aws/routing.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, display, isHidden, unknown } from '../../model/value.ts';
import { type Context, defineCheck, type Inspection, type Outcome } from '../check.ts';
import { destinationOf } from '../isolation/internet-route.ts';
import { SUBNET_TYPES } from '../subnet-tier.ts';
import { CUSTOMER_ADDRESS_TYPES, customerAddressesOf, withCustomerAddresses } from './customer-addresses.ts';
import { doubtOfEdge, isEdge } from './enclave.ts';
import { VPC_TYPES } from './gateway-networks.ts';

const ROUTE = 'aws_ec2_local_gateway_route';
const ASSOCIATION = 'aws_ec2_local_gateway_route_table_vpc_association';

const messages = {
  beyond: ({ destination }: { readonly destination: string }) =>
    `routes ${destination} beyond the local gateway, which no network.outside of kind on-premises holds`,
  direct: ({ table, destination }: { readonly table: string; readonly destination: string }) =>
    `is no subnet of gateways, and ${table} routes ${destination} straight to the local gateway`,
  address: ({ argument, value }: { readonly argument: string; readonly value: string }) =>
    `takes addresses of the customer's network (${argument} is ${value}), which network.publicAddresses does not register`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'GTW-013',
  why: 'The local gateway of an Outpost is a second door, to the network in the room and whatever that leads to, and rules about Internet gateways do not see it.',
  fix: 'Route to the local gateway from the subnet of the appliance alone, and from the others to its interface; route beyond it only to networks of network.outside of kind on-premises; register customer-owned addresses in network.publicAddresses; associate it with a VPC that holds gateways only.',
  references: [
    'https://docs.aws.amazon.com/outposts/latest/userguide/outposts-local-gateways.html',
    'https://docs.aws.amazon.com/outposts/latest/userguide/routing.html',
  ],
  resourceTypes: [
    ...new Set([
      ROUTE,
      ASSOCIATION,
      'aws_route',
      'aws_route_table',
      'aws_default_route_table',
      ...SUBNET_TYPES,
      ...CUSTOMER_ADDRESS_TYPES,
    ]),
  ],

  messages,

  subjects: (context) =>
    [
      ...new Set([
        ...context.estate.ofType(ROUTE, ASSOCIATION),
        ...withCustomerAddresses(context.estate),
        ...(hasLocalRoute(context) ? context.estate.ofType(...SUBNET_TYPES) : []).filter((subnet) =>
          tablesOf(subnet, context).some(({ routes }) => routes.some(isLocal)),
        ),
      ]),
    ].map((resource) => ({ kind: 'resource', resource })),

  inspect({ resource }, inspection) {
    switch (resource.type) {
      case ROUTE:
        return judgeGatewayRoute(resource, inspection);
      case ASSOCIATION:
        return judgeAssociation(resource, inspection);
      case 'aws_subnet':
      case 'aws_default_subnet':
        return inspection.all([judgeSubnet(resource, inspection), judgeAddresses(resource, inspection)]);
      default:
        return judgeAddresses(resource, inspection);
    }
  },

  examples: {
    compliant: [
      {
        policy: {
          network: {
            outside: [{ id: 'plant', kind: 'on-premises', cidrs: ['172.16.0.0/16'], reason: 'Machines of the plant' }],
          },
        },
        stacks: {
          north: {
            data: { aws_ec2_local_gateway_route_table: { rack: {} } },
            resource: {
              aws_ec2_local_gateway_route: {
                plant: {
                  local_gateway_route_table_id: '${data.aws_ec2_local_gateway_route_table.rack.id}',
                  destination_cidr_block: '172.16.4.0/24',
                  local_gateway_virtual_interface_group_id: 'lgw-vif-grp-0123456789abcdef0',
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
          north: {
            data: { aws_ec2_local_gateway: { rack: {} } },
            resource: {
              aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
              aws_subnet: {
                data: { vpc_id: '${aws_vpc.ledger.id}', cidr_block: '10.0.1.0/24', tags: { 'ledger:tier': 'data' } },
              },
              aws_route_table: {
                data: {
                  vpc_id: '${aws_vpc.ledger.id}',
                  route: [{ cidr_block: '0.0.0.0/0', local_gateway_id: '${data.aws_ec2_local_gateway.rack.id}' }],
                },
              },
              aws_route_table_association: {
                data: { subnet_id: '${aws_subnet.data.id}', route_table_id: '${aws_route_table.data.id}' },
              },
            },
          },
        },
      },
    ],
  },
});

/** Spares the routing of every subnet where nothing speaks of a local gateway. */
function hasLocalRoute({ estate }: Context): boolean {
  return estate
    .ofType('aws_route', 'aws_route_table', 'aws_default_route_table')
    .some(
      (resource) =>
        resource.attribute('local_gateway_id').kind !== 'null' ||
        resource.blocks('route').items.some((block) => block.attribute('local_gateway_id').kind !== 'null'),
    );
}

function isLocal(route: Route): boolean {
  const value = route.attribute('local_gateway_id');
  return value.kind !== 'null' && !(value.kind === 'string' && value.value === '');
}

function tablesOf(subnet: Resource, { estate }: Context): readonly Pick<RouteTable, 'name' | 'routes'>[] {
  const { tables, possible, stray } = routingOf(estate, subnet);
  return [...tables, ...possible, { name: 'a route table that is not known', routes: stray }];
}

/** A way to the room from where workloads are. */
function judgeSubnet(subnet: Resource, inspection: Inspect): Outcome {
  const { estate, pass, unproven, all } = inspection;
  if (isEdge(subnet, inspection)) return pass();
  const { tables, possible, isExplicit, stray } = routingOf(estate, subnet);
  const outcomesOf = ({ name, routes }: Pick<RouteTable, 'name' | 'routes'>) =>
    all(routes.filter(isLocal).map((route) => judgeRoute(route, name, inspection)));
  const certain = tables.map(outcomesOf);
  const uncertain = [...possible, { name: 'a route table that is not known', routes: stray }].map(outcomesOf);
  const isCertain = certain.every(({ verdict }) => verdict === 'fail') && (isExplicit || possible.length === 0);
  const doubt = doubtOfEdge(subnet, inspection);
  const worst = all([
    ...(isCertain ? certain : certain.map((outcome) => asPossible(outcome, inspection))),
    ...uncertain.map((outcome) => asPossible(outcome, inspection)),
  ]);
  return worst.verdict === 'fail' && doubt !== null ? unproven(doubt) : worst;
}

function judgeRoute(route: Route, table: string, { fail, unproven }: Inspect): Outcome {
  const value = route.attribute('local_gateway_id');
  const { resource } = route;
  if (value.kind === 'unknown') return unproven(value);
  if (resource.init.isSymbolic) {
    return unproven(unknown('instances', resource.address, 'leads to the local gateway if it exists'));
  }
  const at = { value, related: [resource], location: resource.locate(...route.path, 'local_gateway_id') };
  return fail(at, 'direct', { table, destination: destinationOf(route) });
}

function asPossible(outcome: Outcome, { unproven }: Inspect): Outcome {
  return outcome.verdict === 'fail' ? unproven(`${outcome.message}, if that table is the subnet's`) : outcome;
}

/** What lies beyond the gateway is what the policy names, and nothing that leads further. */
function judgeGatewayRoute(route: Resource, { policy, pass, fail, unproven }: Inspect): Outcome {
  const path = ['destination_cidr_block'];
  const value = route.attribute(...path);
  const destination = asString(value);
  if (isHidden(destination)) return unproven(destination);
  const range = destination === null ? null : parseCidr(destination);
  if (destination === null || range === null) return unproven('has no destination that is a block of addresses');
  const registered = policy.network.outside
    .filter(({ kind }) => kind === 'on-premises')
    .flatMap(({ cidrs }) => cidrs.flatMap((cidr) => parseCidr(cidr) ?? []));
  if (covers(registered, range)) return pass();
  if (route.init.isSymbolic) {
    return unproven(unknown('instances', route.address, 'leads beyond the networks of the policy if it exists'));
  }
  return fail({ path, value }, 'beyond', { destination: display(value) });
}

/**
 * What comes in by a local gateway goes straight to its subnet: no route of it can lead to an interface, so that only a
 * VPC without workloads is known to be entered by its gateways.
 */
function judgeAssociation(association: Resource, inspection: Inspect): Outcome {
  const { estate, pass, unproven } = inspection;
  const value = association.attribute('vpc_id');
  const target = estate.resolve(value, VPC_TYPES);
  if (target.kind === 'hidden') return unproven(target.value);
  if (target.kind !== 'resource' || target.resource.init.mode === 'data') {
    return unproven('is of a VPC outside the estate');
  }
  const found = SUBNET_TYPES.map((type) => estate.companions(target.resource, type, 'vpc_id'));
  const open = found.flatMap((companions) => companions.open.map((companion) => companion.value));
  if (open.length > 0) return unproven(open);
  const inside = found.flatMap(({ items }) => items).find((subnet) => !isEdge(subnet, inspection));
  if (inside === undefined) return pass();
  return unproven(
    unknown(
      'operation',
      inside.address,
      'is reached from the room without the gateway: nothing can route what comes in',
    ),
  );
}

function judgeAddresses(resource: Resource, { policy, pass, fail, unproven, all }: Inspect): Outcome {
  const { stack, address, init } = resource;
  if (policy.network.publicAddresses.some((entry) => entry.stack === stack && entry.address === address)) return pass();
  return all(
    customerAddressesOf(resource).map(({ argument, value }) => {
      if (value.kind === 'unknown') return unproven(value);
      if (init.isSymbolic) {
        return unproven(unknown('instances', address, "takes addresses of the customer's network if it exists"));
      }
      return fail({ path: [argument], value }, 'address', { argument, value: display(value) });
    }),
  );
}
