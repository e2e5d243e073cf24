import {
  asItems,
  asString,
  child,
  display,
  type Hidden,
  isHidden,
  list,
  object,
  type Value,
} from '../../model/value.ts';
import type { At, Inspection, Outcome } from '../check.ts';
import { foreignGrants, type Grant, isInside, limitValue } from '../isolation/policy-grants.ts';

export const KEY_POLICY_MESSAGES = {
  everyone: ({ statement }: { readonly statement: string }) => `is open to everyone, by ${statement}`,
  foreign: ({ statement, principal }: { readonly statement: string; readonly principal: string }) =>
    `admits ${principal}, which is neither of the policy nor registered under network.principals, by ${statement}`,
  service: ({ statement, principal }: { readonly statement: string; readonly principal: string }) =>
    `admits ${principal} on behalf of any account, by ${statement}`,
  delegated: ({ statement, principal }: { readonly statement: string; readonly principal: string }) =>
    `leaves it to the IAM policies of an account who may decrypt: ${statement} admits ${principal} without a condition on who calls or through which service`,
  unseparated: ({ principal }: { readonly principal: string }) =>
    `lets ${principal} decrypt and also change the policy of the key`,
};

type Inspect = Inspection<typeof KEY_POLICY_MESSAGES>;

const DECRYPT = 'kms:Decrypt';
const ADMINISTER = 'kms:PutKeyPolicy';

/** Conditions that say which of the callers of an account are meant, or through which service they come. */
const NARROWING = /^(?:kms:viaservice|aws:principalarn|aws:principaltag\/.+|aws:userid|aws:username)$/i;

/** Conditions on the context that a service encrypts with: it names what the service works for. */
const CONTEXT = /^kms:encryptioncontext:/i;

/** Operators that hold only where the key is there and has one of the values. */
const POSITIVE = /^(?:(?:foranyvalue:)?(?:string(?:equals|equalsignorecase|like)|arn(?:equals|like)))$/i;

/** Whether a policy of a key admits the enclave only, and keeps apart who uses the key from who administers it. */
export function judgeKeyPolicy(document: Value, at: At, inspection: Inspect): Outcome {
  const { all, unproven } = inspection;
  if (isHidden(document)) return unproven(document);
  const { items, open } = asItems(child(document, 'Statement'));
  const statements = items.map((value, index): Statement => ({ value, name: nameOf(value, index) }));
  const denies = statements.some(({ value }) => isDenial(value));
  const decided = [
    ...statements.flatMap((statement) => judgeDelegation(statement, at, inspection)),
    ...judgeSeparation(statements, at, inspection),
  ];
  return all([
    ...statements.flatMap((statement) => judgeAdmitted(statement, document, at, inspection)),
    ...decided.map((outcome) =>
      denies && outcome.verdict === 'fail'
        ? unproven(`${outcome.message}, unless a statement that denies takes it back`)
        : outcome,
    ),
    ...open.map((value) => unproven(value)),
  ]);
}

interface Statement {
  readonly value: Value;
  /** `statement UseThroughServices`, else `statement 2`. */
  readonly name: string;
}

function nameOf(statement: Value, index: number): string {
  const sid = statement.kind === 'object' ? asString(child(statement, 'Sid')) : null;
  return typeof sid === 'string' && sid !== '' ? `statement ${sid}` : `statement ${String(index + 1)}`;
}

/** Whom one statement admits beyond the enclave; what others of the document deny is taken into account. */
function judgeAdmitted(
  { value, name: statement }: Statement,
  document: Value,
  at: At,
  inspection: Inspect,
): readonly Outcome[] {
  const { fail, unproven } = inspection;
  if (value.kind !== 'object') return isHidden(value) ? [unproven(value)] : [];
  const denials = asItems(child(document, 'Statement')).items.filter(isDenial);
  const alone = object([['Statement', list([value, ...denials])]]);
  return foreignGrants(alone, inspection).map((grant) => {
    switch (grant.kind) {
      case 'hidden':
        return unproven(grant.value);
      case 'everyone':
        return fail({ ...at, extent: grant.terms }, 'everyone', { statement });
      case 'foreign':
        return fail({ ...at, extent: grant.terms }, 'foreign', { statement, principal: grant.principal });
      case 'service':
        return judgeService(grant, statement, at, inspection);
      case 'own':
      case 'organisation':
      case 'registered':
        return inspection.pass();
    }
  });
}

/** A service that names in its context what of the enclave it works for. */
function judgeService(
  grant: Exclude<Grant, { kind: 'hidden' }>,
  statement: string,
  at: At,
  inspection: Inspect,
): Outcome {
  const condition = grant.terms?.['Condition'];
  const bound = condition === undefined ? [] : conditionsOf(condition, CONTEXT);
  const named = bound.map(({ value, operator }) => limitValue(value, operator, inspection));
  if (named.length > 0 && named.every(isInside)) return inspection.pass();
  const hidden = named.flatMap((one) => (one.kind === 'hidden' ? [one.value] : []));
  if (hidden.length > 0) return inspection.unproven(hidden);
  return inspection.fail({ ...at, extent: grant.terms }, 'service', { statement, principal: grant.principal });
}

/** An account as a principal means whomever its IAM policies admit. */
function judgeDelegation(
  { value, name: statement }: Statement,
  at: At,
  { fail, unproven }: Inspect,
): readonly Outcome[] {
  const may = allows(value, DECRYPT);
  if (may === false) return [];
  const accounts = principalsOf(value).filter(isAccount);
  if (accounts.length === 0) return [];
  const condition = child(value, 'Condition');
  if (isHidden(condition)) return [unproven(condition)];
  if (conditionsOf(condition, NARROWING).length > 0) return [];
  if (may !== true) return [unproven(may)];
  return accounts.map((principal) =>
    fail({ ...at, extent: { Condition: condition } }, 'delegated', { statement, principal }),
  );
}

function judgeSeparation(statements: readonly Statement[], at: At, { fail, unproven }: Inspect): readonly Outcome[] {
  const admitted = (action: string) =>
    statements.flatMap(({ value }) => {
      const may = allows(value, action);
      return may === false ? [] : principalsOf(value).map((principal) => ({ principal, may }));
    });
  const administrators = admitted(ADMINISTER);
  const outcomes = new Map<string, Outcome>();
  for (const { principal, may } of admitted(DECRYPT)) {
    // What an account as a whole may do is judged as a delegation.
    const both = isAccount(principal) ? undefined : administrators.find((other) => other.principal === principal);
    if (both === undefined) continue;
    const hidden = [may, both.may].filter((one) => one !== true);
    outcomes.set(principal, hidden.length > 0 ? unproven(hidden) : fail(at, 'unseparated', { principal }));
  }
  return [...outcomes.values()];
}

/** Whether a statement allows an action, as far as its own elements tell. */
function allows(statement: Value, action: string): boolean | Hidden {
  if (statement.kind !== 'object') return false;
  const effect = asString(child(statement, 'Effect'));
  if (isHidden(effect)) return effect;
  if (effect !== 'Allow') return false;
  const without = child(statement, 'NotAction');
  const isComplement = without.kind !== 'null';
  const { items, open } = asItems(isComplement ? without : child(statement, 'Action'));
  const isNamed = items.some((item) => item.kind === 'string' && matches(item.value, action));
  const [hidden] = [...open, ...items.filter(isHidden)];
  if (isNamed) return !isComplement;
  return hidden ?? isComplement;
}

/** IAM's wildcards, without regard to case. */
function matches(pattern: string, action: string): boolean {
  const source = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${source.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(action);
}

function principalsOf(statement: Value): readonly string[] {
  const principal = child(statement, 'Principal');
  const values = principal.kind === 'object' ? [child(principal, 'AWS')] : [principal];
  return values.flatMap((value) => {
    const { items, open } = asItems(value);
    return [...items, ...open].filter(({ kind }) => kind !== 'null').map(inWords);
  });
}

function inWords(value: Value): string {
  return value.kind === 'string' && value.sensitive !== true ? value.value : display(value);
}

function isAccount(principal: string): boolean {
  return /^\d{12}$/.test(principal) || /^"?arn:[^:]*:iam::[^:]*:root"?$/.test(principal);
}

/** Values of conditions on some keys that narrow whom a statement is for. */
function conditionsOf(condition: Value, keys: RegExp): readonly { readonly value: Value; readonly operator: string }[] {
  if (condition.kind !== 'object') return [];
  return [...condition.entries].flatMap(([operator, tested]) => {
    if (!POSITIVE.test(operator) || tested.kind !== 'object') return [];
    return [...tested.entries].flatMap(([key, value]) => {
      if (!keys.test(key)) return [];
      const { items, open } = asItems(value);
      return [...items, ...open].map((item) => ({ value: item, operator }));
    });
  });
}

function isDenial(statement: Value): boolean {
  return statement.kind === 'object' && asString(child(statement, 'Effect')) === 'Deny';
}
