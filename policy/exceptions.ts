import { quote } from '../model/json/quote.ts';
import { type PolicyProblem, problem } from './problem.ts';
import type { Exception } from './policy.ts';

/** What of a result an exception looks at, and what it writes. */
export interface Exceptable {
  readonly control: string;
  readonly verdict: string;
  /** The stack is null for what is of no stack: a site, the policy. No exception reaches it. */
  readonly subject: { readonly stack: string | null; readonly address: string };
  /** Of what fails; null for what does not fail. */
  readonly fingerprint: string | null;
  readonly exception: { readonly id: string; readonly ends: string; readonly reason: string } | null;
}

export interface ExceptionsApplied<Finding> {
  /** The findings in their order, with excepted fails. */
  readonly findings: readonly Finding[];
  /** Exceptions that may not stand: expired, not yet started, duplicate, of another failure or of none. Exit 2. */
  readonly problems: readonly PolicyProblem[];
}

/** When and where exceptions are applied. */
export interface ExceptionsScope {
  readonly asOf: string;
  /** The stacks that were judged. An exception for another one is not unused: a run may be of a part of the estate. */
  readonly stacks: ReadonlySet<string>;
}

/**
 * Applies exceptions at a date. Only a `fail` becomes `excepted`, and only by the exception for its exact address and
 * fingerprint, or else by one for its whole stack. Give it the findings of every control: an exception that covers none
 * is unused. `amend` gives a finding with its other verdict.
 */
export function applyExceptions<Finding extends Exceptable>(
  findings: readonly Finding[],
  exceptions: readonly Exception[],
  { asOf, stacks }: ExceptionsScope,
  amend: (finding: Finding, change: Pick<Exceptable, 'exception'> & { readonly verdict: 'excepted' }) => Finding,
): ExceptionsApplied<Finding> {
  const { active, problems } = inForce(exceptions, asOf);
  const used = new Set<Exception>();
  const mismatched = new Map<Exception, string>();
  const judged = findings.map((finding) => {
    const { control, verdict, subject, fingerprint } = finding;
    if (verdict !== 'fail' || subject.stack === null) return finding;
    const exact = active.get(keyOf(control, subject.stack, subject.address));
    const isApproved = exact !== undefined && exact.fingerprint === fingerprint;
    if (exact !== undefined && !isApproved) mismatched.set(exact, fingerprint ?? 'none');
    const exception = isApproved ? exact : active.get(keyOf(control, subject.stack, WHOLE_STACK));
    if (exception === undefined) return finding;
    used.add(exception);
    const { id, expires, reason } = exception;
    return amend(finding, { verdict: 'excepted', exception: { id, ends: expires, reason } });
  });
  const idle = [...active.values()].flatMap((exception) => {
    if (used.has(exception)) return [];
    const found = mismatched.get(exception);
    if (found !== undefined) return [ofAnotherFailure(exception, found)];
    return stacks.has(exception.stack) ? [withoutFailure(exception)] : [];
  });
  return { findings: judged, problems: [...problems, ...idle] };
}

function inForce(exceptions: readonly Exception[], asOf: string) {
  const problems: PolicyProblem[] = [];
  const active = new Map<string, Exception>();
  const ids = new Set<string>();
  for (const exception of exceptions) {
    const key = keyOf(exception.control, exception.stack, exception.address);
    const untimely = outOfTime(exception, asOf);
    if (ids.has(exception.id) || active.has(key)) problems.push(duplicate(exception));
    else if (untimely === null) active.set(key, exception);
    else problems.push(untimely);
    ids.add(exception.id);
  }
  return { active, problems };
}

/** The address of an exception for every subject of its stack. */
export const WHOLE_STACK = '*';

function keyOf(control: string, stack: string, address: string): string {
  return JSON.stringify([control, stack, address]);
}

function outOfTime({ id, created, expires, location }: Exception, asOf: string): PolicyProblem | null {
  if (asOf < created) {
    const what = `the exception ${quote(id)} starts on ${created}, after ${asOf}`;
    return problem('PO-NOTSTARTED', location, what, 'Leave the file out until then.');
  }
  if (asOf > expires) {
    const what = `the exception ${quote(id)} ended on ${expires}, before ${asOf}`;
    return problem('PO-EXPIRED', location, what, 'Remove it and correct the failure, or have a new one approved.');
  }
  return null;
}

function duplicate({ id, location }: Exception): PolicyProblem {
  const what = `the exception ${quote(id)} repeats the id or the scope of another`;
  return problem('PO-DUPID', location, what, 'Keep one of them.');
}

function ofAnotherFailure({ id, control, stack, address, fingerprint, location }: Exception, found: string) {
  const subject = `${control} at ${quote(address)} of ${quote(stack)}`;
  const what = `the exception ${quote(id)} is for the failure ${fingerprint} of ${subject}, which is now ${found}`;
  const fix = 'Correct the failure, or have what fails now approved: "trefoil except" drafts it.';
  return problem('PO-FINGERPRINT', location, what, fix);
}

function withoutFailure({ id, control, stack, address, location }: Exception): PolicyProblem {
  const scope = address === WHOLE_STACK ? `the stack ${quote(stack)}` : `${quote(address)} of ${quote(stack)}`;
  const what = `the exception ${quote(id)} is unused: ${control} does not fail on ${scope}`;
  return problem('PO-UNUSED', location, what, 'Remove it.');
}
