import type { Finding, Trace } from '../proofs/network/question.ts';
import type { Site } from '../policy/policy.ts';
import type { Context } from './check.ts';
import { egressOf, ingressOf } from './gateway/cut.ts';
import { enclaveOf } from './gateway/enclave.ts';
import { requestOf } from './gateway/flows.ts';

/** A way of a packet that people want to see: one past the gateways, or the request of a declared flow. */
export interface NetworkWay {
  readonly kind: 'fail' | 'unproven' | 'flow';
  /** The control that fails, or the flow. */
  readonly name: string;
  readonly trace: Trace;
}

/** The ways that the gateway controls find, and those of the declared flows; of one site, or of all when null. */
export function networkWays(context: Context, site: Site | null): readonly NetworkWay[] {
  const enclave = enclaveOf(context);
  const parts = enclave.sites.filter((part) => site === null || part.site === site);
  return [
    ...parts.flatMap((part) => waysIn('GTW-001', [...egressOf(part, enclave, 'all').values()])),
    ...parts.flatMap((part) =>
      waysIn(
        'GTW-002',
        ingressOf(part, enclave).map(({ finding }) => finding),
      ),
    ),
    ...flowsOf(context, site),
  ];
}

function waysIn(name: string, findings: readonly Finding[]): readonly NetworkWay[] {
  return findings.flatMap((finding): readonly NetworkWay[] => {
    if (finding.kind === 'path') return [{ kind: 'fail', name, trace: finding.trace }];
    return finding.kind === 'unproven' && finding.trace !== null
      ? [{ kind: 'unproven', name, trace: finding.trace }]
      : [];
  });
}

function flowsOf(context: Context, site: Site | null): readonly NetworkWay[] {
  return context.policy.network.flows.flatMap((flow): readonly NetworkWay[] => {
    const sites = [flow.from, flow.to].flatMap((end) => (end.kind === 'tier' ? [end.site] : []));
    if (site !== null && !sites.includes(site.id)) return [];
    const connection = requestOf(flow, context);
    return connection.kind === 'works' ? [{ kind: 'flow', name: flow.id, trace: connection.request }] : [];
  });
}
