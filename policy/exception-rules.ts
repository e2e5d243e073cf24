import { quote } from '../model/json/quote.ts';
import { CATALOGUE } from './catalogue.ts';
import { daysOf } from './dates.ts';
import { type ExceptionRules, longestDays, NEVER_EXCEPTED } from './exception-limits.ts';
import type { Part, TextPart } from './part.ts';
import type { PolicyProblem } from './problem.ts';
import { personOf, sharesMail } from './person.ts';
import { checkKnown, checkPeriods, checkUnique } from './reference-rules.ts';
import { suggest } from './suggestion.ts';

/** What a stack outside the enclave breaks as a whole: where it is and which keys it uses. */
const EXCEPTED_BY_STACK: ReadonlySet<string> = new Set(
  CATALOGUE.filter(({ id, family }) => family === 'residency' || id.startsWith('KEY-')).map(({ id }) => id),
);

/** Controls that the policy names as never to be excepted must be there. */
export function checkNeverExcepted(gate: Part, { controlIds }: ExceptionRules): readonly PolicyProblem[] {
  return gate
    .texts('neverExcepted')
    .filter(({ text }) => !controlIds.has(text))
    .map(({ text, part }) => {
      const fix = suggest(text, controlIds, 'see "trefoil list" for the controls.');
      return part.problem('PO-CONTROL', `there is no control ${quote(text)}`, fix);
    });
}

/** What must hold of exceptions beyond their shape: one control, one scope, two people, a bounded time. */
export function checkExceptions(items: readonly Part[], rules: ExceptionRules): readonly PolicyProblem[] {
  return [
    ...checkUnique(items, 'id', 'exception'),
    ...checkPeriods(items, 'created', 'expires'),
    ...checkScopesOnce(items),
    ...items.flatMap((item) => [
      ...checkControl(item.text('control'), rules),
      ...checkKnown(item.text('stack'), 'stack', rules.stacks),
      ...checkScope(item, rules),
      ...checkApprover(item),
      ...checkDuration(item, rules),
    ]),
  ];
}

function checkControl(
  control: TextPart | null,
  { controlIds: ids, neverExcepted }: ExceptionRules,
): readonly PolicyProblem[] {
  if (control === null) return [];
  const { text, part } = control;
  if (NEVER_EXCEPTED.has(text)) {
    return [part.problem('PO-SCOPE', `${text} cannot be excepted`, 'Correct what it reports.')];
  }
  if (neverExcepted.has(text)) {
    return [part.problem('PO-SCOPE', `the policy lets nobody except ${quote(text)}`, 'Correct what it reports.')];
  }
  if (ids.has(text)) return [];
  const fix = suggest(text, ids, 'see "trefoil list" for the controls.');
  return [part.problem('PO-CONTROL', `there is no control ${quote(text)}`, fix)];
}

function checkScope(item: Part, { transitionalStacks }: ExceptionRules): readonly PolicyProblem[] {
  const address = item.text('address');
  const scope = item.text('scope');
  const control = item.text('control')?.text ?? '';
  if (address === null && scope === null) {
    return [item.problem('PO-SCOPE', 'neither "address" nor "scope" is given', 'Name the address of the resource.')];
  }
  if (address !== null && scope !== null) {
    return [scope.part.problem('PO-SCOPE', '"address" and "scope" are both given', 'Keep one of them.')];
  }
  // Brackets and quotes belong to addresses of `count` and `for_each`; Terraform's names hold no asterisk.
  if (address !== null && /[*?]/.test(address.text.replace(/\[".*"\]/g, ''))) {
    const what = `the address ${quote(address.text)} is a pattern`;
    return [address.part.problem('PO-SCOPE', what, 'Name one address; write one exception for each resource.')];
  }
  const fingerprint = item.text('fingerprint');
  if (scope === null) {
    if (fingerprint !== null) return [];
    const fix = 'Take the fingerprint from a report, or the whole draft from "trefoil except".';
    return [item.problem('PO-FINGERPRINT', 'no "fingerprint" is given', fix)];
  }
  if (fingerprint !== null) {
    const what = '"fingerprint" and "scope" are both given';
    return [fingerprint.part.problem('PO-SCOPE', what, 'Name the address of the one failure, or leave it out.')];
  }
  const stack = item.text('stack')?.text ?? '';
  if (!transitionalStacks.has(stack)) {
    const what = `the stack ${quote(stack)} is not one of transitional sites alone, and cannot be excepted as a whole`;
    return [scope.part.problem('PO-SCOPE', what, 'Replace "scope" by the "address" of the resource.')];
  }
  if (EXCEPTED_BY_STACK.has(control)) return [];
  const what = `${control} cannot be excepted for a whole stack`;
  return [scope.part.problem('PO-SCOPE', what, 'Replace "scope" by the "address" of the resource.')];
}

function checkScopesOnce(items: readonly Part[]): readonly PolicyProblem[] {
  const seen = new Set<string>();
  return items.flatMap((item) => {
    const control = item.text('control');
    const stack = item.text('stack');
    if (control === null || stack === null) return [];
    const key = JSON.stringify([control.text, stack.text, item.text('address')?.text ?? '*']);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    const what = `another exception already covers ${control.text} at this place`;
    return [item.problem('PO-DUPID', what, 'Keep one of them.')];
  });
}

function checkApprover(item: Part): readonly PolicyProblem[] {
  const owner = item.text('owner');
  const approver = item.text('approver');
  const nameless = [owner, approver].flatMap((name) =>
    name === null || name.text.trim() === '' || personOf(name.text) !== ''
      ? []
      : [name.part.problem('PO-APPROVER', `${quote(name.text)} names nobody`, 'Name a person.')],
  );
  if (owner === null || approver === null || nameless.length > 0) return nameless;
  if (personOf(owner.text) !== personOf(approver.text) && !sharesMail(owner.text, approver.text)) return [];
  const what = `owner ${quote(owner.text)} and approver ${quote(approver.text)} are the same`;
  return [approver.part.problem('PO-APPROVER', what, 'Have someone else approve it.')];
}

function checkDuration(item: Part, rules: ExceptionRules): readonly PolicyProblem[] {
  const expires = item.text('expires');
  const days = daysOf(item.text('created')?.text ?? '', expires?.text ?? '');
  const isWholeStack = item.text('scope') !== null;
  const longest = longestDays(item.text('control')?.text ?? '', isWholeStack, rules);
  if (expires === null || days === null || days <= longest) return [];
  const fix = 'Let it end earlier, and renew it by a new approval.';
  return [expires.part.problem('PO-PERIOD', `it lasts ${days} days, longer than ${longest}`, fix)];
}
