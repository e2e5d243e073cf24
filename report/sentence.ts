import type { Report, Result, ResultSubject } from '../checks/report.ts';
import type { AppliedException } from '../policy/exceptions.ts';
import { conclude, countVerdicts, isFiltered } from './conclusion.ts';

/** `aws_s3_bucket.records in dublin-data`. */
export function subjectName({ stack, address }: Pick<ResultSubject, 'stack' | 'address'>): string {
  return stack === null || stack === address ? address : `${address} in ${stack}`;
}

/** What a result says, as sentences that begin with the address of its subject. */
export function sentence({ subject: { address }, verdict, message, fix, exception }: Result): string {
  switch (verdict) {
    case 'pass':
      return `${address}: ${message}.`;
    case 'fail':
      return `${address} ${message}. ${fix}`;
    case 'unproven':
      return `${address} is unproven: ${message}.`;
    case 'excepted':
      return `${address} ${message}. Excepted by ${exception?.id ?? 'the policy'}.`;
  }
}

/** The sentence with who has approved it, for formats that have no place of their own for an exception. */
export function fullSentence(result: Result): string {
  const { subject, message, exception } = result;
  if (exception === null) return sentence(result);
  return `${subject.address} ${message}. Excepted by ${justification(exception)}.`;
}

export function justification({ id, ends, reason, owner, approver, ticket }: AppliedException): string {
  return `${id} until ${ends}: ${reason} (owner: ${owner}; approved by: ${approver}; ticket: ${ticket})`;
}

/** `FAIL: 2 failures that no exception covers (exit 1)`. */
export function verdictLine(report: Report): string {
  const { verdict, because, exitCode } = conclude(report);
  return `${verdict.toUpperCase()}: ${because} (exit ${exitCode})`;
}

/** `1 fail, 0 unproven, 2 excepted, 40 pass, 3 not applicable`. */
export function countsLine({ results, summary }: Report): string {
  const { fail, unproven, excepted, pass } = countVerdicts(results);
  const { 'not-applicable': notApplicable } = summary;
  return `${fail} fail, ${unproven} unproven, ${excepted} excepted, ${pass} pass, ${notApplicable} not applicable`;
}

/** `control ENC-001, site dublin`: the part that was asked for; null for a report of everything. */
export function askedFor(report: Report): string | null {
  if (!isFiltered(report)) return null;
  const { controls, severities, sites } = report.filter;
  return [
    ...controls.map((control) => `control ${control}`),
    ...severities.map((severity) => `severity ${severity}`),
    ...sites.map((site) => `site ${site}`),
  ].join(', ');
}

/** `trefoil 0.1.0, policy enclave, stage change, judged as of 2026-01-31`. */
export function originLine({ tool, policy, stage, asOf }: Report): string {
  return `trefoil ${tool.version}, policy ${policy.name}, stage ${stage}, judged as of ${asOf}`;
}
