import type { Evidence } from '../policy/policy.ts';
import type { Context } from './check.ts';

/** Evidence in force, else why there is none, as a clause. `about` are the names of one subject. ISO dates compare as text. */
export function evidenceFor(
  kind: Evidence['kind'],
  about: readonly [string, ...string[]],
  { policy, asOf }: Pick<Context, 'policy' | 'asOf'>,
): Evidence | string {
  const entries = policy.evidence.filter((entry) => entry.kind === kind && about.includes(entry.subject));
  const [first] = entries;
  if (first === undefined) return `the policy has no evidence of kind ${kind} for ${about[0]}`;
  const inForce = entries.find(({ issued, expires }) => issued <= asOf && asOf <= expires);
  if (inForce !== undefined) return inForce;
  return asOf < first.issued
    ? `the evidence ${first.id} holds only from ${first.issued}`
    : `the evidence ${first.id} expired on ${first.expires}`;
}
