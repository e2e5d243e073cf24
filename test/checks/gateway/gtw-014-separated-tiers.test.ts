import check from '../../../checks/gateway/gtw-014-separated-tiers.ts';
import { exampleNetwork } from '../../../checks/example-network.ts';
import { testCheck } from '../../support/check-tester.ts';

const PAIR = '/network/separatedTiers/0';
const VPC = { vpc_id: '${aws_vpc.ledger.id}' };
const VARIABLE = { variable: { given: { type: 'string' } } };
const ENDPOINT =
  '${one([for s in aws_networkfirewall_firewall.gateway.firewall_status[0].sync_states : s.attachment[0].endpoint_id])}';
const TO_WORKLOAD = { cidr_block: '10.0.4.0/24', vpc_endpoint_id: ENDPOINT };
const TO_DATA = { cidr_block: '10.0.1.0/24', vpc_endpoint_id: ENDPOINT };

type Resources = NonNullable<NonNullable<Parameters<typeof exampleNetwork>[0]>['more']>;

interface Changes {
  readonly dataRoutes?: readonly object[];
  readonly workloadRoutes?: readonly object[];
  readonly tier?: string;
  readonly more?: Resources;
  readonly policy?: object;
}

/** Workloads beside the data, and the routes between them. */
const network = ({
  dataRoutes = [],
  workloadRoutes = [],
  tier = 'workload',
  more = {},
  policy = {},
}: Changes = {}) => ({
  policy: {
    network: { separatedTiers: [{ tiers: ['data', 'workload'], reason: 'Records are kept apart.' }] },
    ...policy,
  },
  stacks: {
    west: {
      ...VARIABLE,
      ...exampleNetwork({
        dataRoutes,
        more: {
          ...more,
          aws_subnet: {
            workload: {
              ...VPC,
              cidr_block: '10.0.4.0/24',
              availability_zone_id: 'euw1-az1',
              tags: { 'ledger:tier': tier },
            },
          },
          aws_route_table: { workload: { ...VPC, route: workloadRoutes } },
          aws_route_table_association: {
            workload: { subnet_id: '${aws_subnet.workload.id}', route_table_id: '${aws_route_table.workload.id}' },
          },
        },
      }),
    },
  },
});

const BOTH = { dataRoutes: [TO_WORKLOAD], workloadRoutes: [TO_DATA] };

testCheck(check, {
  pass: [
    { name: 'tiers between which routes of both lead through the firewall', ...network(BOTH) },
    {
      name: 'tiers that lists keep apart altogether',
      ...network({
        more: {
          aws_network_acl: {
            data: {
              ...VPC,
              subnet_ids: ['${aws_subnet.data.id}'],
              ingress: [],
              egress: [],
            },
          },
        },
      }),
    },
  ],
  fail: [
    { name: 'tiers with the local route between them', ...network(), fails: { [PAIR]: 'passes' } },
    {
      name: 'tiers of which only one sends its packets through the firewall',
      ...network({ dataRoutes: [TO_WORKLOAD] }),
      fails: { [PAIR]: 'passes' },
    },
    {
      name: 'a route for a part of the other tier',
      ...network({ ...BOTH, workloadRoutes: [{ ...TO_DATA, cidr_block: '10.0.1.0/25' }] }),
      fails: { [PAIR]: 'passes' },
    },
    {
      name: 'a firewall without records',
      ...network({
        ...BOTH,
        more: { aws_networkfirewall_logging_configuration: { gateway: {} } },
      }),
      fails: { [PAIR]: 'refused' },
    },
  ],
  unproven: [
    {
      name: 'a route whose next hop is hidden',
      ...network({ ...BOTH, dataRoutes: [{ ...TO_WORKLOAD, vpc_endpoint_id: '${var.given}' }] }),
      unproven: { [PAIR]: 'var.given' },
    },
    {
      name: 'a subnet whose tier is hidden',
      ...network({ tier: '${var.given}' }),
      unproven: { [PAIR]: 'var.given' },
    },
    {
      name: 'tiers of which no site has both',
      ...network({ tier: 'data' }),
      unproven: { [PAIR]: 'names tiers that no site has side by side' },
    },
    {
      name: 'what carries traffic and is not modelled',
      ...network({ ...BOTH, more: { aws_vpc_route_server: { bgp: { amazon_side_asn: 64512 } } } }),
      unproven: { [PAIR]: 'aws_vpc_route_server.bgp' },
    },
    {
      name: 'a stack that is missing',
      ...network({
        ...BOTH,
        policy: {
          stacks: [
            { name: 'west', sites: ['west'] },
            { name: 'north', sites: ['north'] },
          ],
        },
      }),
      unproven: { [PAIR]: 'north is a stack that the input does not hold' },
    },
  ],
});
