import { describePlace } from '../../proofs/network/describe.ts';
import type { Finding } from '../../proofs/network/question.ts';
import { defineCheck, type Inspection, type Outcome } from '../check.ts';
import { SUBNET_TYPES } from '../subnet-tier.ts';
import { EXAMPLE_FLOWS, exampleNetwork } from '../example-network.ts';
import { isBuilt } from './built-sites.ts';
import { ingressOf, ingressQuestion } from './cut.ts';
import { atPath, refusedOn } from './cut-witness.ts';
import { type Enclave, enclaveOf, type EnclaveSite } from './enclave.ts';

const messages = {
  enters: ({ from, to }: { readonly from: string; readonly to: string }) =>
    `lets ${from} reach ${to} past every approved gateway`,
  refused: ({ from, to, gateways }: { readonly from: string; readonly to: string; readonly gateways: string }) =>
    `lets ${from} reach ${to} past every approved gateway: what it passes inspects nothing (${gateways})`,
};

type Inspect = Inspection<typeof messages>;

const PUBLIC_HOST = {
  aws_instance: { ledger: { subnet_id: '${aws_subnet.data.id}', associate_public_ip_address: true } },
} as const;

export default defineCheck({
  id: 'GTW-002',
  why: 'What comes in takes another way than what goes out: by the table of the door itself, which sends it straight to its subnet unless an edge association leads it through the gateway first.',
  fix: 'Associate the door (gateway_id of aws_route_table_association) with a route table whose routes to the subnets lead to the gateway of their zone, or take away what the finding names.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html',
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/arch-igw-ngw.html',
  ],
  resourceTypes: [...SUBNET_TYPES],

  messages,

  subjects: (context) =>
    context.policy.sites
      .filter((site) => site.role === 'data-centre' && isBuilt(site, context))
      .map((site) => ({ kind: 'site', site })),

  inspect({ site }, inspection) {
    const { unproven, all } = inspection;
    const enclave = enclaveOf(inspection);
    const part = enclave.sites.find((candidate) => candidate.site === site);
    if (part === undefined || part.inside.length === 0) return unproven('has no subnet that the input shows');
    return all(ingressOf(part, enclave).map(({ finding }) => judgeIngress(finding, part, enclave, inspection)));
  },

  examples: {
    compliant: [
      { policy: EXAMPLE_FLOWS, stacks: { west: exampleNetwork({ more: { ...PUBLIC_HOST, ...arrivals() } }) } },
    ],
    violating: [{ policy: EXAMPLE_FLOWS, stacks: { west: exampleNetwork({ more: PUBLIC_HOST }) } }],
  },
});

function judgeIngress(
  finding: Finding,
  site: EnclaveSite,
  enclave: Enclave,
  { pass, fail, unproven }: Inspect,
): Outcome {
  switch (finding.kind) {
    case 'none':
      return pass();
    case 'unproven':
      return unproven(finding.because);
    case 'path': {
      const { trace } = finding;
      const at = atPath(finding, enclave, ingressQuestion(site, enclave));
      const ends = { from: describePlace(trace.from), to: describePlace(trace.to) };
      const refused = refusedOn(trace, enclave);
      return refused.length > 0
        ? fail(at, 'refused', { ...ends, gateways: refused.join('; ') })
        : fail(at, 'enters', ends);
    }
  }
}

/** The table of what comes in by the Internet gateway: it leads to the data by way of the firewall. */
function arrivals() {
  const endpoint =
    '${one([for s in aws_networkfirewall_firewall.gateway.firewall_status[0].sync_states : s.attachment[0].endpoint_id])}';
  return {
    aws_route_table: {
      arrivals: { vpc_id: '${aws_vpc.ledger.id}', route: [{ cidr_block: '10.0.1.0/24', vpc_endpoint_id: endpoint }] },
    },
    aws_route_table_association: {
      arrivals: {
        gateway_id: '${aws_internet_gateway.world.id}',
        route_table_id: '${aws_route_table.arrivals.id}',
      },
    },
  };
}
