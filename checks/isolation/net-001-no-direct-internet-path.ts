import { type Route, type RouteTable, routingOf } from '../../model/aws/routing.ts';
import type { Resource } from '../../model/resource.ts';
import { display, isHidden, unknown } from '../../model/value.ts';
import { describePacket } from '../../proofs/network/describe.ts';
import { type Context, defineCheck, type Inspection, type Outcome } from '../check.ts';
import { egressOf, egressQuestion, sourcesOf } from '../gateway/cut.ts';
import { atPath } from '../gateway/cut-witness.ts';
import { enclaveOf } from '../gateway/enclave.ts';
import { tierOf } from '../subnet-tier.ts';
import { occupancyOf } from './gateway-tier.ts';
import { destinationOf, routeTarget } from './internet-route.ts';

interface Path {
  readonly table: string;
  readonly destination: string;
  readonly gateway: string;
}

/** The table that stray routes may be of. */
const NOT_KNOWN: RouteTable = {
  name: 'a route table that is not known',
  resource: null,
  routes: [],
  open: [],
  propagations: [],
};

const messages = {
  direct: ({ table, destination, gateway, tier }: Path & { readonly tier: string }) =>
    `is of tier ${tier}, and ${table} routes ${destination} straight to ${gateway}`,
  occupied: ({ table, destination, gateway, tier, occupants }: Path & Record<'tier' | 'occupants', string>) =>
    `is of tier ${tier} and holds ${occupants}, which is no gateway, and ${table} routes ${destination} straight to ${gateway}`,
  untiered: ({ table, destination, gateway }: Path) =>
    `has no tier that may face the Internet, and ${table} routes ${destination} straight to ${gateway}`,
  proved: ({ packet }: { readonly packet: string }) => `reaches the Internet past every approved gateway (${packet})`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'NET-001',
  why: 'A subnet with a route to an Internet gateway exchanges packets with the world that no security gateway inspects.',
  fix: "Remove the route to the gateway, or route through the site's security gateway, and keep workloads out of the tiers of gateways; associate the subnet with a route table of its own instead of the main one.",
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html',
  ],
  resourceTypes: [
    'aws_subnet',
    'aws_default_subnet',
    'aws_route',
    'aws_route_table',
    'aws_default_route_table',
    'aws_route_table_association',
    'aws_main_route_table_association',
    'aws_vpn_gateway_route_propagation',
    'aws_internet_gateway',
    'aws_egress_only_internet_gateway',
    'aws_ec2_carrier_gateway',
    'aws_nat_gateway',
  ],

  messages,

  subjects: (context) => subnets(context).map((resource) => ({ kind: 'resource', resource })),

  inspect({ resource: subnet }, inspection) {
    const { estate, all, unproven } = inspection;
    const { tables, possible, isExplicit, stray, open } = routingOf(estate, subnet);
    const certain = tables.map((table) => judge(subnet, table, inspection));
    const uncertain = [
      ...possible.map((table) => judge(subnet, table, inspection)),
      judge(subnet, { ...NOT_KNOWN, routes: stray }, inspection),
    ].map((outcome) => asPossible(outcome, inspection));
    const hidden = open.length === 0 ? [] : [unproven(open)];
    // Tables that contradict each other, or that another may replace, show nothing for certain.
    const isCertain = certain.every(({ verdict }) => verdict === 'fail') && (isExplicit || possible.length === 0);
    return all([
      ...(isCertain ? certain : certain.map((o) => asPossible(o, inspection))),
      ...judgeWays(subnet, inspection),
      ...uncertain,
      ...hidden,
    ]);
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
              aws_subnet: {
                data: { vpc_id: '${aws_vpc.ledger.id}', cidr_block: '10.0.0.0/24', tags: { 'ledger:tier': 'data' } },
              },
              aws_ec2_transit_gateway: { sites: {} },
              aws_route_table: {
                data: {
                  vpc_id: '${aws_vpc.ledger.id}',
                  route: [{ cidr_block: '0.0.0.0/0', transit_gateway_id: '${aws_ec2_transit_gateway.sites.id}' }],
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
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_vpc: { ledger: { cidr_block: '10.0.0.0/16', assign_generated_ipv6_cidr_block: true } },
              aws_subnet: {
                data: { vpc_id: '${aws_vpc.ledger.id}', cidr_block: '10.0.0.0/24', tags: { 'ledger:tier': 'data' } },
              },
              aws_egress_only_internet_gateway: { six: { vpc_id: '${aws_vpc.ledger.id}' } },
              // The main route table decides for a subnet without one of its own.
              aws_route: {
                six: {
                  route_table_id: '${aws_vpc.ledger.main_route_table_id}',
                  destination_ipv6_cidr_block: '::/0',
                  egress_only_gateway_id: '${aws_egress_only_internet_gateway.six.id}',
                },
              },
            },
          },
        },
      },
    ],
  },
});

/** All subnets but those that the policy lets face the Internet. A tag does not make a workload a gateway. */
function subnets(context: Context): readonly Resource[] {
  return context.estate.ofType('aws_subnet', 'aws_default_subnet').filter((subnet) => {
    const tier = tierOf(subnet, context.policy);
    const isOfGateways = tier !== null && !isHidden(tier) && tier.exposure === 'gateway';
    const { workloads, possible } = occupancyOf(subnet, context);
    return !isOfGateways || workloads.length + possible.length > 0;
  });
}

function judge(subnet: Resource, table: RouteTable, inspection: Inspect): Outcome {
  const { all, unproven } = inspection;
  return all([
    ...table.routes.map((route) => judgeRoute(subnet, table, route, inspection)),
    ...table.open.map((value) => unproven(value)),
  ]);
}

function judgeRoute(subnet: Resource, table: RouteTable, route: Route, inspection: Inspect): Outcome {
  const { estate, policy, pass, fail, unproven } = inspection;
  const target = routeTarget(estate, route);
  if (target.kind === 'inside') return pass();
  if (target.kind === 'hidden') return unproven(target.value);
  const { resource } = route;
  if (resource.init.isSymbolic) {
    return unproven(unknown('instances', resource.address, 'leads to the Internet if it exists'));
  }
  const tier = tierOf(subnet, policy);
  if (isHidden(tier)) return unproven(tier);
  const at = { value: target.value, related: [resource], location: resource.locate(...route.path, target.argument) };
  const path = { table: table.name, destination: destinationOf(route), gateway: display(target.value) };
  if (tier === null) return fail(at, 'untiered', path);
  if (tier.exposure === 'enclave') return fail(at, 'direct', { ...path, tier: tier.id });
  const { workloads, possible } = occupancyOf(subnet, inspection);
  if (workloads.length === 0) return unproven(possible);
  const occupants = workloads.map(({ address }) => address).join(', ');
  return fail({ ...at, related: [resource, ...workloads] }, 'occupied', { ...path, tier: tier.id, occupants });
}

/** What a table would mean that may not be the subnet's. */
function asPossible(outcome: Outcome, { unproven }: Inspect): Outcome {
  return outcome.verdict === 'fail' ? unproven(`${outcome.message}, if that table is the subnet's`) : outcome;
}

/** What its packets meet after its own routes: NAT gateways, endpoints, networks that others attach. */
function judgeWays(subnet: Resource, inspection: Inspect): readonly Outcome[] {
  const { pass, fail, unproven } = inspection;
  const enclave = enclaveOf(inspection);
  return sourcesOf(subnet, enclave).map(({ site, part }) => {
    const finding = egressOf(site, enclave, 'internet').get(part);
    switch (finding?.kind) {
      case undefined:
      case 'none':
        return pass();
      case 'unproven':
        return unproven(finding.because);
      case 'path': {
        const at = atPath(finding, enclave, egressQuestion(site, enclave, 'internet'));
        return fail(at, 'proved', { packet: describePacket(finding.trace.packet) });
      }
    }
  });
}
