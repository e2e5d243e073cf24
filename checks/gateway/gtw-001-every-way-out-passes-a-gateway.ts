import type { Resource } from '../../model/resource.ts';
import { isHidden } from '../../model/value.ts';
import { describePlace } from '../../proofs/network/describe.ts';
import type { DeclaredFlow, Site } from '../../policy/policy.ts';
import { type Context, defineCheck, type Inspection, type Outcome, type Subject } from '../check.ts';
import { SUBNET_TYPES } from '../subnet-tier.ts';
import { exampleNetwork, EXAMPLE_FLOWS } from '../example-network.ts';
import { isBuilt } from './built-sites.ts';
import { egressOf, egressQuestion, type Source, sourcesOf } from './cut.ts';
import { atPath, refusedOn } from './cut-witness.ts';
import { type Enclave, enclaveOf, siteOfPart } from './enclave.ts';
import { connectionOf } from './flows.ts';

const messages = {
  leaves: ({ to }: { readonly to: string }) => `reaches ${to} past every approved gateway`,
  refused: ({ to, gateways }: { readonly to: string; readonly gateways: string }) =>
    `reaches ${to} past every approved gateway: what it passes inspects nothing (${gateways})`,
  managed: ({ to }: { readonly to: string }) => `runs outside any VPC, where it reaches ${to} past every gateway`,
  vacuous: ({ flow, reason }: { readonly flow: string; readonly reason: string }) =>
    `is the flow ${flow}, which does not work, so a network that lets nothing pass would prove as much: ${reason}`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'GTW-001',
  why: 'An enclave is one only as long as every way out of it passes an inspection: one route past the gateways, in any stack, undoes all of them.',
  fix: 'Take away what closes the way, or lead it through an approved gateway of the site; declare in policy.network.flows what must work.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
    'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html',
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/architectures.html',
  ],
  resourceTypes: [...SUBNET_TYPES],

  messages,

  subjects: (context): readonly Exclude<Subject, { kind: 'stack' }>[] => {
    const { policy } = context;
    const { sites, hidden } = enclaveOf(context);
    // What may be of a site is judged as well.
    const parts = [...sites.flatMap(({ inside, managed }) => [...inside, ...managed]), ...hidden.keys()];
    return [
      ...[...new Set(parts.flatMap(({ origin }) => origin.resource ?? []))].map(
        (resource) => ({ kind: 'resource', resource }) as const,
      ),
      ...policy.sites
        .filter((site) => site.role === 'data-centre' && isBuilt(site, context))
        .map((site) => ({ kind: 'site', site }) as const),
      ...policy.network.flows.flatMap((flow, index) =>
        endsAreBuilt(flow, context) ? [{ kind: 'policy', pointer: `/network/flows/${index}` } as const] : [],
      ),
    ];
  },

  inspect(subject, inspection) {
    switch (subject.kind) {
      case 'resource':
        return judgeSource(subject.resource, inspection);
      case 'site':
        return judgeSite(subject.site, inspection);
      case 'policy':
        return judgeFlow(subject.pointer, inspection);
    }
  },

  examples: {
    compliant: [{ policy: EXAMPLE_FLOWS, stacks: { west: exampleNetwork() } }],
    violating: [
      {
        policy: EXAMPLE_FLOWS,
        stacks: {
          west: exampleNetwork({
            dataRoutes: [{ cidr_block: '198.51.100.0/24', nat_gateway_id: '${aws_nat_gateway.edge.id}' }],
          }),
        },
      },
    ],
  },
});

function judgeSource(resource: Resource, inspection: Inspect): Outcome {
  const { unproven, all } = inspection;
  const enclave = enclaveOf(inspection);
  const sources = sourcesOf(resource, enclave);
  if (sources.length > 0) return all(sources.map((source) => judgeEgress(source, enclave, inspection)));
  const site = siteOfPart(resource, inspection);
  return unproven(isHidden(site) ? site : 'is in no network that the input shows');
}

function judgeEgress({ site, part }: Source, enclave: Enclave, { pass, fail, unproven }: Inspect): Outcome {
  const finding = egressOf(site, enclave, 'all').get(part);
  switch (finding?.kind) {
    case undefined:
    case 'none':
      return pass();
    case 'unproven':
      return unproven(finding.because);
    case 'path': {
      const { trace } = finding;
      const at = atPath(finding, enclave, egressQuestion(site, enclave, 'all'));
      const to = describePlace(trace.to);
      if (trace.from.kind === 'managed') return fail(at, 'managed', { to });
      const refused = refusedOn(trace, enclave);
      if (refused.length > 0) return fail(at, 'refused', { to, gateways: refused.join('; ') });
      return fail(at, 'leaves', { to });
    }
  }
}

/** What nothing must pass proves nothing: each site has a flow that leaves it or comes in. */
function judgeSite(site: Site, inspection: Inspect): Outcome {
  const { policy, pass, unproven } = inspection;
  const { sites } = enclaveOf(inspection);
  const part = sites.find((candidate) => candidate.site === site);
  if (part === undefined || part.inside.length === 0) return unproven('has no subnet that the input shows');
  const crosses = policy.network.flows.some(({ from, to }) => {
    const ends = [from, to].map((end) => end.kind === 'tier' && end.site === site.id);
    return ends.includes(true) && ends.includes(false);
  });
  if (crosses) return pass();
  return unproven(
    'has no flow in policy.network.flows that must work, so a network without any way would prove the same',
  );
}

/** A flow to a site that is not built has nothing to show. */
function endsAreBuilt({ from, to }: DeclaredFlow, context: Context): boolean {
  return [from, to].every((end) => {
    const site = end.kind === 'tier' ? context.policy.sites.find(({ id }) => id === end.site) : undefined;
    return site === undefined || isBuilt(site, context);
  });
}

function judgeFlow(pointer: string, inspection: Inspect): Outcome {
  const { policy, pass, fail, unproven } = inspection;
  const flow = policy.network.flows[Number(pointer.split('/').at(-1))];
  if (flow === undefined) return pass();
  const connection = connectionOf(flow, inspection);
  switch (connection.kind) {
    case 'works':
      return pass();
    case 'unproven':
      return unproven(connection.because);
    case 'blocked': {
      // What is not seen, or may be of the tier, may carry it.
      const { unseen, hidden } = enclaveOf(inspection);
      const because = [...unseen, ...hidden.values()];
      if (because.length > 0) return unproven(because);
      return fail({ location: policy.locate(pointer) }, 'vacuous', { flow: flow.id, reason: connection.reason });
    }
  }
}
