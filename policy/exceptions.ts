import { quote } from '../model/json/quote.ts';
import { type PolicyProblem, problem } from './problem.ts';
import type { Exception } from './policy.ts';

/** What of a result an exception looks at, and what it writes. */
export interface Exceptable {
  readonly control: string;
  readonly verdict: string;
  /** The stack is null for what is of no stack: a site, the policy. No exception reaches it. */
  readonly subject: { readonly stack: string | null; readonly address: string };
  readonly exception: { readonly id: string; readonly ends: string; readonly reason: string } | null;
}

export interface ExceptionsApplied<Finding> {
  /** The findings in their order, with excepted fails. */
  readonly findings: readonly Finding[];
  /** Exceptions that may not stand: expired, not yet started, duplicate or without a failure. Exit 2. */
  readonly problems: readonly PolicyProblem[];
}

/**
 * Applies exceptions at a date. Only a `fail` becomes `excepted`, and only by the exception for its exact address,
 * or else by one for its whole stack. Give it the findings of every control: an exception that covers none is unused.
 */
export function applyExceptions<Finding extends Exceptable>(
  findings: readonly Finding[],
  exceptions: readonly Exception[],
  asOf: string,
): ExceptionsApplied<Finding> {
  const { active, problems } = inForce(exceptions, asOf);
  const used = new Set<Exception>();
  const judged = findings.map((finding) => {
    const { control, verdict, subject } = finding;
    if (verdict !== 'fail' || subject.stack === null) return finding;
    const exception =
      active.get(keyOf(control, subject.stack, subject.address)) ??
      active.get(keyOf(control, subject.stack, WHOLE_STACK));
    if (exception === undefined) return finding;
    used.add(exception);
    const { id, ends, reason } = exception;
    return { ...finding, verdict: 'excepted', exception: { id, ends, reason } };
  });
  const unused = [...active.values()].filter((exception) => !used.has(exception));
  return { findings: judged, problems: [...problems, ...unused.map(withoutFailure)] };
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

function outOfTime({ id, starts, ends, location }: Exception, asOf: string): PolicyProblem | null {
  if (asOf < starts) {
    const what = `the exception ${quote(id)} starts on ${starts}, after ${asOf}`;
    return problem('PO-NOTSTARTED', location, what, 'Leave the file out until then.');
  }
  if (asOf > ends) {
    const what = `the exception ${quote(id)} ended on ${ends}, before ${asOf}`;
    return problem('PO-EXPIRED', location, what, 'Remove it and correct the failure, or have a new one approved.');
  }
  return null;
}

function duplicate({ id, location }: Exception): PolicyProblem {
  const what = `the exception ${quote(id)} repeats the id or the scope of another`;
  return problem('PO-DUPID', location, what, 'Keep one of them.');
}

function withoutFailure({ id, control, stack, address, location }: Exception): PolicyProblem {
  const scope = address === WHOLE_STACK ? `the stack ${quote(stack)}` : `${quote(address)} of ${quote(stack)}`;
  const what = `the exception ${quote(id)} is unused: ${control} does not fail on ${scope}`;
  return problem('PO-UNUSED', location, what, 'Remove it.');
}
