import { ask } from '../../proofs/network/ask.ts';
import { compileFlowGraph } from '../../proofs/network/flow/compile.ts';
import type { Certificate, Place, Question } from '../../proofs/network/question.ts';
import { verify } from '../../proofs/network/verify.ts';
import type { Context } from '../check.ts';
import { egressQuestion, ingressQuestion } from './cut.ts';
import { enclaveOf } from './enclave.ts';

/** The reason why nothing passes a site's border but by a gateway, in a form that another program can check. */
export interface SiteCertificate {
  readonly control: 'GTW-001' | 'GTW-002';
  readonly site: string;
  /** From where nothing gets through with the gateways taken out, sorted. */
  readonly proved: readonly string[];
  /** Places from which something does, or may. */
  readonly open: number;
  /** Where the checker that shares no code with the engine found it broken; null where it holds. */
  readonly broken: string | null;
  readonly certificate: Certificate;
}

/** Asks the questions of GTW-001 and GTW-002 again, for the certificates of their answers. */
export function certificatesOf(context: Context): readonly SiteCertificate[] {
  const enclave = enclaveOf(context);
  const graph = compileFlowGraph(enclave.topology);
  const certificateFor = (control: SiteCertificate['control'], site: string, question: Question): SiteCertificate => {
    const { findings, certificate } = ask(enclave.topology, question);
    const proved = findings.filter(({ finding }) => finding.kind === 'none').map(({ from }) => from);
    const verification = verify(graph, { question, certificate, proved });
    return {
      control,
      site,
      proved: proved.map(nameOf).toSorted(),
      open: findings.length - proved.length,
      broken: verification.kind === 'ok' ? null : verification.at,
      certificate,
    };
  };
  return enclave.sites.flatMap((site) => [
    certificateFor('GTW-001', site.site.id, egressQuestion(site, enclave, 'all')),
    certificateFor('GTW-002', site.site.id, ingressQuestion(site, enclave)),
  ]);
}

function nameOf(place: Place): string {
  switch (place.kind) {
    case 'subnet':
      return named(place.subnet.origin);
    case 'managed':
      return named(place.managed.origin);
    case 'interface':
      return named(place.interface.origin);
    case 'outside':
      return place.outside.kind;
  }
}

function named({ name, resource }: { readonly name: string; readonly resource: { readonly stack: string } | null }) {
  return resource === null ? name : `${resource.stack}:${name}`;
}
