import { print } from '../../model/expression/print.ts';
import type { Block, Resource } from '../../model/resource.ts';
import { describeHidden, type Hidden, isHidden, type Value } from '../../model/value.ts';
import { topologyOf } from '../../proofs/network/compile/topology-of.ts';
import type { Choice, Subnet } from '../../proofs/network/topology.ts';
import { type Context, defineCheck, type Inspection, type Outcome } from '../check.ts';
import { exampleNetwork } from '../example-network.ts';
import { type UsedRoute, usedRoutes } from './route-users.ts';
import { crossingsOf } from './zone-crossing.ts';

const ATTACHMENT = 'aws_ec2_transit_gateway_vpc_attachment';
const TABLES = ['aws_route_table', 'aws_default_route_table'] as const;
const ARGUMENT = 'vpc_endpoint_id';

interface Zones {
  readonly subnet: string;
  readonly zone: string;
  readonly endpoint: string;
  readonly other: string;
}

const messages = {
  zone: ({ subnet, zone, endpoint, other }: Zones) =>
    `routes packets of ${subnet} in ${zone} to the endpoint in ${endpoint}, which is in ${other}`,
  invalid: ({ expression }: { readonly expression: string }) =>
    `picks an endpoint by an index of sync_states, which is a set and has none, so Terraform refuses it: ${expression}`,
  applianceMode: ({ vpc }: { readonly vpc: string }) =>
    `leads in several zones to ${vpc} without appliance mode, so the directions of a connection may meet endpoints of different zones`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'GTW-004',
  why: 'An endpoint of another zone takes the traffic of a zone down with its own, and one that sees only one direction of a connection inspects neither.',
  fix: 'Pick the endpoint by subnet or by zone: one([for s in <firewall>.firewall_status[0].sync_states : s.attachment[0].endpoint_id if s.attachment[0].subnet_id == <subnet>.id]), in the zone of the subnets that use the table; set appliance_mode_support to enable.',
  references: [
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/vpc-config.html',
    'https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-appliance-scenario.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/networkfirewall_firewall',
  ],
  resourceTypes: [
    'aws_route',
    ...TABLES,
    'aws_route_table_association',
    'aws_networkfirewall_firewall',
    'aws_networkfirewall_vpc_endpoint_association',
    'aws_vpc_endpoint',
    ATTACHMENT,
  ],

  messages,

  subjects: (context) =>
    [
      ...context.estate
        .ofType('aws_route', ...TABLES)
        .filter((resource) => endpointsIn(resource).length > 0 || hiddenRoutes(resource, context).length > 0),
      ...attachmentsToInspection(context),
    ].map((resource) => ({ kind: 'resource', resource })),

  inspect({ resource }, inspection) {
    return resource.type === ATTACHMENT ? judgeAttachment(resource, inspection) : judgeRoutes(resource, inspection);
  },

  examples: {
    compliant: [{ stacks: { west: exampleNetwork() } }],
    violating: [
      {
        stacks: {
          west: exampleNetwork({
            more: {
              aws_subnet: {
                data: {
                  vpc_id: '${aws_vpc.ledger.id}',
                  cidr_block: '10.0.1.0/24',
                  availability_zone_id: 'euw1-az2',
                  tags: { 'ledger:tier': 'data' },
                },
              },
            },
          }),
        },
      },
    ],
  },
});

/** A route of a resource whose next hop is an endpoint. */
interface EndpointRoute {
  readonly path: readonly (string | number)[];
  readonly value: Value;
}

function endpointsIn(resource: Resource): readonly EndpointRoute[] {
  const routes: readonly (Resource | Block)[] =
    resource.type === 'aws_route' ? [resource] : resource.blocks('route').items;
  return routes.flatMap((route) => {
    const value = route.attribute(ARGUMENT);
    const isSet = value.kind !== 'null' && !(value.kind === 'string' && value.value === '');
    return isSet ? [{ path: [...('path' in route ? route.path : []), ARGUMENT], value }] : [];
  });
}

/** Routes that are not seen, and may lead to an endpoint where there is one. */
function hiddenRoutes(resource: Resource, { estate }: Context): readonly Hidden[] {
  if (resource.type === 'aws_route' || topologyOf(estate).inspections.length === 0) return [];
  return resource.blocks('route').open;
}

function judgeRoutes(resource: Resource, inspection: Inspect): Outcome {
  const { estate, fail, unproven, all } = inspection;
  const endpoints = endpointsIn(resource);
  const invalid = endpoints.filter(({ value }) => isIndexed(value));
  if (invalid.length > 0) {
    return all(
      invalid.map(({ path, value }) => {
        const expression = isHidden(value) ? describeHidden(value) : ARGUMENT;
        return fail({ path, value }, 'invalid', { expression });
      }),
    );
  }
  const hidden = hiddenRoutes(resource, inspection);
  if (hidden.length > 0) return unproven(hidden);
  const used = usedRoutes(resource, topologyOf(estate));
  if (used.length === 0 && resource.type === 'aws_route') {
    const table = estate.resolve(resource.attribute('route_table_id'));
    if (table.kind === 'hidden') return unproven(table.value);
    if (table.kind !== 'resource') return unproven('is of a table outside the estate');
  }
  return all(used.flatMap((entry) => judgeUsed(entry, endpoints, inspection)));
}

/** `sync_states` is a set: an index of it, as typed accessors write it, is no expression of Terraform. */
function isIndexed(value: Value): boolean {
  if (value.kind === 'reference') {
    const at = value.path.indexOf('sync_states');
    return at !== -1 && typeof value.path[at + 1] === 'number';
  }
  if (value.kind !== 'unknown' || value.term === undefined) return false;
  return /\.sync_states(?:\[\d+\]|\.\d+)/.test(print(value.term));
}

function judgeUsed(
  { route, subnets }: UsedRoute,
  endpoints: readonly EndpointRoute[],
  inspection: Inspect,
): readonly Outcome[] {
  const { unproven } = inspection;
  const { target, origin } = route;
  const path = [...origin.path, ARGUMENT];
  const written = endpoints.find((endpoint) => endpoint.path.join('.') === path.join('.'));
  if (written === undefined) return [];
  if (target.kind === 'hidden') return [unproven(target.doubts)];
  if (target.kind !== 'inspection' || target.inspection.subnet === null) return [];
  // Which of several endpoints an expression picks must be seen, not hoped.
  if (route.doubts.length > 0) return [unproven(route.doubts)];
  const endpoint = target.inspection.subnet;
  const hidden = target.inspection.doubts;
  return subnets.map((subnet) => judgeZone(subnet, { endpoint, hidden, path, value: written.value }, inspection));
}

interface Hop extends EndpointRoute {
  readonly endpoint: Subnet;
  readonly hidden: readonly Hidden[];
}

function judgeZone({ item, doubts }: Choice<Subnet>, { endpoint, hidden, ...at }: Hop, inspection: Inspect): Outcome {
  const { pass, fail, unproven } = inspection;
  if (item === endpoint) return pass();
  if (item.zone.kind === 'hidden') return unproven(item.zone.doubts);
  if (endpoint.zone.kind === 'hidden') return unproven(endpoint.zone.doubts);
  if (item.zone.name === endpoint.zone.name) return pass();
  const because = [...doubts, ...item.doubts, ...hidden];
  if (because.length > 0) return unproven(because);
  const related = [item, endpoint].flatMap(({ origin }) => origin.resource ?? []);
  return fail({ ...at, related }, 'zone', {
    subnet: item.origin.name,
    zone: item.zone.name,
    endpoint: endpoint.origin.name,
    other: endpoint.zone.name,
  });
}

/** Attachments of networks in which endpoints inspect. */
function attachmentsToInspection({ estate }: Context): readonly Resource[] {
  const { inspections, attachments } = topologyOf(estate);
  const vpcs = new Set(inspections.map(({ subnet }) => subnet?.vpc));
  const found = attachments.filter(({ end }) => end.kind === 'vpc' && vpcs.has(end.vpc));
  return [...new Set(found.flatMap(({ origin }) => origin.resource ?? []))].filter(({ type }) => type === ATTACHMENT);
}

function judgeAttachment(resource: Resource, { estate, fail, unproven, all }: Inspect): Outcome {
  const topology = topologyOf(estate);
  return all(
    crossingsOf(topology.inspections, topology)
      .filter(({ attachment }) => attachment.origin.resource === resource)
      .map(({ vpc, doubts }) => {
        if (doubts.length > 0) return unproven(doubts);
        const path = ['appliance_mode_support'];
        return fail({ path, value: resource.attribute(...path) }, 'applianceMode', { vpc: vpc.origin.name });
      }),
  );
}
