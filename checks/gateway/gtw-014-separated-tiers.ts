import { isHidden } from '../../model/value.ts';
import { describePlace } from '../../proofs/network/describe.ts';
import type { Finding, Question } from '../../proofs/network/question.ts';
import type { Subnet } from '../../proofs/network/topology.ts';
import type { Policy } from '../../policy/policy.ts';
import { defineCheck, type Inspection, type Outcome } from '../check.ts';
import { exampleNetwork } from '../example-network.ts';
import { SUBNET_TYPES, tierOf } from '../subnet-tier.ts';
import { isBuilt } from './built-sites.ts';
import { answer, removalOf, subnetPlaces } from './cut.ts';
import { atPath, refusedOn } from './cut-witness.ts';
import { type Enclave, enclaveOf, type EnclaveSite } from './enclave.ts';

interface Ends {
  readonly site: string;
  readonly from: string;
  readonly to: string;
}

const messages = {
  passes: ({ site, from, to }: Ends) => `separates tiers, and at ${site} ${from} reaches ${to} past every gateway`,
  refused: ({ site, from, to, gateways }: Ends & { readonly gateways: string }) =>
    `separates tiers, and at ${site} ${from} reaches ${to}: what it passes inspects nothing (${gateways})`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'GTW-014',
  why: 'What has got into one tier goes on to the next by the local route, which no gateway sees, unless more specific routes lead it through one.',
  fix: 'Give the subnets of each tier routes to the CIDR blocks of the other whose next hop is an endpoint of the gateway in their zone, in both directions, and inspect what transit gateways carry between them.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html',
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/vpc-config.html',
  ],
  resourceTypes: [...SUBNET_TYPES],

  messages,

  subjects: ({ policy }) =>
    policy.network.separatedTiers.map((_pair, index) => ({
      kind: 'policy',
      pointer: `/network/separatedTiers/${index}`,
    })),

  inspect({ pointer }, inspection) {
    const { policy, unproven, all } = inspection;
    const [first, second] = policy.network.separatedTiers[Number(pointer.split('/').at(-1))]?.tiers ?? [];
    if (first === undefined || second === undefined) return unproven('names no two tiers');
    const enclave = enclaveOf(inspection);
    const outcomes = enclave.sites
      .filter(({ site }) => site.role === 'data-centre' && isBuilt(site, inspection))
      .flatMap((site) => {
        const [one, other] = [first, second].map((tier) => subnetPlaces(subnetsOf(tier, site, enclave, policy)));
        if (one === undefined || other === undefined || one.length * other.length === 0) return [];
        return [
          { from: one, to: other },
          { from: other, to: one },
        ].flatMap((ends) => judgeWays({ ...ends, ...EVERYTHING, without: removalOf(enclave, null) }, site, inspection));
      });
    if (outcomes.length > 0) return all(outcomes);
    return unproven(enclave.unseen.length > 0 ? enclave.unseen : 'names tiers that no site has side by side');
  },

  examples: {
    compliant: [
      {
        policy: { network: { separatedTiers: [{ tiers: ['data', 'workload'], reason: 'Records are kept apart.' }] } },
        stacks: {
          west: exampleNetwork({
            dataRoutes: [{ cidr_block: '10.0.4.0/24', vpc_endpoint_id: endpoint() }],
            more: workload({ cidr_block: '10.0.1.0/24', vpc_endpoint_id: endpoint() }),
          }),
        },
      },
    ],
    violating: [
      {
        policy: { network: { separatedTiers: [{ tiers: ['data', 'workload'], reason: 'Records are kept apart.' }] } },
        stacks: { west: exampleNetwork({ more: workload() }) },
      },
    ],
  },
});

const EVERYTHING = { destinations: null, services: null } as const;

/** The subnets of a tier at a site, and those that may be. */
function subnetsOf(
  tier: string,
  { inside, edge }: EnclaveSite,
  { strangers, hidden }: Enclave,
  policy: Policy,
): readonly Subnet[] {
  const unsure = strangers.filter((subnet) => hidden.has(subnet));
  return [...inside, ...edge, ...unsure].filter(({ origin: { resource } }) => {
    if (resource === null) return false;
    const own = tierOf(resource, policy);
    return isHidden(own) || own?.id === tier;
  });
}

function judgeWays(question: Question, site: EnclaveSite, inspection: Inspect): readonly Outcome[] {
  const enclave = enclaveOf(inspection);
  return answer(question, enclave).map(({ finding }) => judgeWay(finding, question, site, inspection));
}

function judgeWay(finding: Finding, question: Question, { site }: EnclaveSite, inspection: Inspect): Outcome {
  const { pass, fail, unproven } = inspection;
  switch (finding.kind) {
    case 'none':
      return pass();
    case 'unproven':
      return unproven(finding.because);
    case 'path': {
      const { trace } = finding;
      const enclave = enclaveOf(inspection);
      const at = atPath(finding, enclave, question);
      const ends = { site: site.id, from: describePlace(trace.from), to: describePlace(trace.to) };
      const refused = refusedOn(trace, enclave);
      return refused.length > 0
        ? fail(at, 'refused', { ...ends, gateways: refused.join('; ') })
        : fail(at, 'passes', ends);
    }
  }
}

/** The endpoint of the firewall of the example. */
function endpoint(): string {
  return '${one([for s in aws_networkfirewall_firewall.gateway.firewall_status[0].sync_states : s.attachment[0].endpoint_id if s.attachment[0].subnet_id == aws_subnet.gateway.id])}';
}

/** A subnet of workloads beside the data of the example. */
function workload(...route: readonly object[]) {
  const vpc = { vpc_id: '${aws_vpc.ledger.id}' };
  return {
    aws_subnet: {
      workload: {
        ...vpc,
        cidr_block: '10.0.4.0/24',
        availability_zone_id: 'euw1-az1',
        tags: { 'ledger:tier': 'workload' },
      },
    },
    aws_route_table: { workload: { ...vpc, route } },
    aws_route_table_association: {
      workload: { subnet_id: '${aws_subnet.workload.id}', route_table_id: '${aws_route_table.workload.id}' },
    },
  };
}
