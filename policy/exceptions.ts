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
  readonly exception: AppliedException | null;
}

/** What of an exception reports tell: until when it holds, why, and who answers for it. */
export interface AppliedException extends Pick<
  Exception,
  'id' | 'reason' | 'owner' | 'approver' | 'ticket' | 'compensatingControls'
> {
  /** The first day on which it applies. */
  readonly starts: string;
  /** The last one. */
  readonly ends: string;
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
  if (active.size === 0) return { findings, problems };
  const used = new Set<Exception>();
  const mismatched = new Map<Exception, string>();
  const judged = findings.map((finding) => {
    const { control, verdict, subject } = finding;
    if (verdict !== 'fail' || subject.stack === null) return finding;
    const exact = active.get(keyOf(control, subject.stack, subject.address));
    const isApproved = exact !== undefined && exact.fingerprint === finding.fingerprint;
    if (exact !== undefined && !isApproved) mismatched.set(exact, finding.fingerprint ?? 'none');
    const exception = isApproved ? exact : active.get(keyOf(control, subject.stack, WHOLE_STACK));
    if (exception === undefined) return finding;
    used.add(exception);
    const { id, created, expires, reason, owner, approver, ticket, compensatingControls } = exception;
    return amend(finding, {
      verdict: 'excepted',
      exception: { id, starts: created, ends: expires, reason, owner, approver, ticket, compensatingControls },
    });
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
  const ids = countOf(exceptions, ({ id }) => id);
  const places = countOf(exceptions, placeOf);
  const seen = new Set<string>();
  for (const exception of exceptions) {
    const { id } = exception;
    const place = placeOf(exception);
    const untimely = outOfTime(exception, asOf);
    if (untimely !== null) problems.push(untimely);
    if (seen.has(id) || seen.has(place)) problems.push(duplicate(exception));
    // Which of several was meant is not for us to say: none of them applies.
    if (untimely === null && ids.get(id) === 1 && places.get(place) === 1) active.set(place, exception);
    seen.add(id).add(place);
  }
  return { active, problems };
}

function countOf(exceptions: readonly Exception[], key: (exception: Exception) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const exception of exceptions) counts.set(key(exception), (counts.get(key(exception)) ?? 0) + 1);
  return counts;
}

function placeOf({ control, stack, address }: Exception): string {
  return keyOf(control, stack, address);
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
