import { describePacket, describePlace } from '../../proofs/network/describe.ts';
import type { Finding } from '../../proofs/network/question.ts';
import type { Doubts } from '../../proofs/network/topology.ts';
import type { Site } from '../../policy/policy.ts';
import type { At, Context } from '../check.ts';
import { egressOf, egressQuestion } from './cut.ts';
import { approvedOn, atPath } from './cut-witness.ts';
import { enclaveOf } from './enclave.ts';

/** Ends of a hairpin, its packet, and the gateways of other sites that it passes. */
export interface HairpinData {
  readonly from: string;
  readonly to: string;
  readonly packet: string;
  readonly gateway: string;
}

/** What leaves a site by gateways of another alone, or may. */
export type Hairpin =
  | { readonly kind: 'found'; readonly at: At; readonly data: HairpinData }
  | { readonly kind: 'unproven'; readonly because: Doubts };

/**
 * What leaves a site past its own gateways: another's judge by the law and the rules of another. What passes no gateway
 * at all is for the control of ways out to say.
 */
export function hairpinsOf(site: Site, context: Context): readonly Hairpin[] {
  const enclave = enclaveOf(context);
  const part = enclave.sites.find((candidate) => candidate.site === site);
  if (part === undefined) return [];
  const past = egressOf(part, enclave, 'all');
  return [...egressOf(part, enclave, 'own')].flatMap(([source, own]): readonly Hairpin[] => {
    const all: Finding | undefined = past.get(source);
    if (own.kind === 'none' || all?.kind === 'path') return [];
    if (own.kind === 'unproven') return [{ kind: 'unproven', because: own.because }];
    if (all?.kind === 'unproven') return [{ kind: 'unproven', because: all.because }];
    const { trace } = own;
    const data = {
      from: describePlace(trace.from),
      to: describePlace(trace.to),
      packet: describePacket(trace.packet),
      gateway: approvedOn(trace, enclave).join(', '),
    };
    return [{ kind: 'found', at: atPath(own, enclave, egressQuestion(part, enclave, 'own')), data }];
  });
}
