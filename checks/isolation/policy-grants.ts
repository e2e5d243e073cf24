import type { Estate } from '../../model/estate.ts';
import { asItems, asString, child, display, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';
import { organisationOf, type PrincipalKind, principalKind } from './registered-principals.ts';

/** One principal that a resource admits, or what hides one. */
export type Grant =
  | { readonly kind: PrincipalKind; readonly principal: string; readonly terms?: Terms }
  | { readonly kind: 'hidden'; readonly value: Hidden };

/** What a statement lets its principals do, to what and when. */
type Terms = { readonly [element: string]: Value };

const TERMS = ['Action', 'NotAction', 'Resource', 'NotResource', 'Condition'] as const;

interface Context {
  readonly estate: Estate;
  readonly policy: Policy;
}

/** Kinds of principals that the enclave may share with. */
const INSIDE: ReadonlySet<string> = new Set<PrincipalKind>(['own', 'organisation', 'registered']);

export function isInside({ kind }: Grant): boolean {
  return INSIDE.has(kind);
}

/** Whom one value names: an account, an ARN, a service, an object of the estate. */
export function grantOf(value: Value, { estate, policy }: Context): Grant {
  const text = asString(value);
  if (text === null) return { kind: 'hidden', value: unknown('invalid', display(value), 'names no principal') };
  if (!isHidden(text)) return literalGrant(text, policy);
  const target = estate.resolve(value);
  if (target.kind === 'resource' && target.resource.init.mode === 'managed') {
    return { kind: 'own', principal: target.resource.address };
  }
  if (text.kind === 'template') {
    const account = accountInTemplate(text.parts, estate);
    if (account === 'own') return { kind: 'own', principal: display(value) };
    if (account !== null) return { kind: principalKind(account, policy), principal: display(value) };
  }
  if (isCallerAccount(text, estate)) return { kind: 'own', principal: display(value) };
  // Attributes such as `iam_arn` name what they are of, too.
  if (text.kind === 'reference' && estate.find(text.target)?.init.mode === 'managed') {
    return { kind: 'own', principal: display(value) };
  }
  return { kind: 'hidden', value: text };
}

/** Unique ids of users and roles, and canonical ids of accounts: they do not tell whose they are. */
const OPAQUE = /^(?:A(?:IDA|ROA)[A-Z0-9]{8,}|[0-9a-f]{64})$/;

function literalGrant(text: string, policy: Policy): Grant {
  const kind = principalKind(text, policy);
  if (kind !== 'foreign' || !OPAQUE.test(text)) return { kind, principal: text };
  return { kind: 'hidden', value: unknown('missing-object', text, 'is an id that does not tell its account') };
}

/** The account in `arn:aws:iam::${...}:root`: written, or `own` for that of the provider. */
function accountInTemplate(parts: readonly (string | Hidden)[], estate: Estate): string | null {
  const fields: (string | Hidden)[][] = [[]];
  for (const part of parts) {
    if (typeof part !== 'string') {
      fields.at(-1)?.push(part);
      continue;
    }
    part.split(':').forEach((field, index) => {
      if (index > 0) fields.push([]);
      if (field !== '') fields.at(-1)?.push(field);
    });
  }
  const [start, , service, , account] = fields;
  const isArn = start?.length === 1 && start[0] === 'arn';
  // Organisations' ARNs name the account of their management, not those that they admit.
  if (!isArn || account?.length !== 1 || service?.length !== 1 || service[0] === 'organizations') return null;
  const [only] = account;
  if (typeof only === 'string') return /^\d{12}$/.test(only) ? only : null;
  return only !== undefined && isCallerAccount(only, estate) ? 'own' : null;
}

/** `data.aws_caller_identity.current.account_id`: the account of the provider, which its site has. */
function isCallerAccount(value: Hidden, estate: Estate): boolean {
  if (value.kind !== 'reference' || value.path.join('.') !== 'account_id') return false;
  return estate.find(value.target)?.type === 'aws_caller_identity';
}

/** Whom a policy document admits beyond the enclave, or may. */
export function foreignGrants(document: Value, context: Context): readonly Grant[] {
  if (document.kind === 'null') return [];
  if (isHidden(document)) return [{ kind: 'hidden', value: document }];
  const { items, open } = asItems(child(document, 'Statement'));
  const all = [...items, ...open];
  const grants = all.flatMap((statement) => grantsOf(statement, context));
  const denial = all.find(mayDeny);
  if (denial === undefined) return grants;
  const detail = 'may deny it, in a statement whose effect on principals is not worked out';
  return grants.map((grant) =>
    grant.kind === 'hidden' ? grant : { kind: 'hidden', value: unknown('operation', grant.principal, detail) },
  );
}

function grantsOf(statement: Value, context: Context): readonly Grant[] {
  if (isHidden(statement)) return [{ kind: 'hidden', value: statement }];
  const effect = asString(child(statement, 'Effect'));
  if (effect === 'Deny') return [];
  const limit = limitOf(child(statement, 'Condition'), context);
  if (limit === 'inside') return [];
  const terms = Object.fromEntries(TERMS.map((element) => [element, child(statement, element)]));
  const admitted = principalsOf(statement, context)
    .filter((grant) => !isInside(grant))
    .map((grant) => (grant.kind === 'hidden' ? grant : { ...grant, terms }));
  const hidden = isHidden(effect) ? effect : limit === 'none' ? null : limit;
  return hidden === null
    ? admitted
    : admitted.map((grant) => (grant.kind === 'hidden' ? grant : { kind: 'hidden', value: hidden }));
}

function principalsOf(statement: Value, context: Context): readonly Grant[] {
  if (child(statement, 'NotPrincipal').kind !== 'null') return [{ kind: 'everyone', principal: 'NotPrincipal' }];
  const principal = child(statement, 'Principal');
  if (principal.kind === 'object') {
    return [...principal.entries.values()].flatMap((value) => {
      const { items, open } = asItems(value);
      return [...items, ...open].map((item) => grantOf(item, context));
    });
  }
  return [grantOf(principal, context)];
}

/** Operators that hold only where the key is there and has one of the values. */
export const OPERATORS: ReadonlySet<string> = new Set([
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
  'arnequals',
  'arnlike',
  'foranyvalue:stringequals',
  'foranyvalue:stringlike',
  'foranyvalue:arnlike',
  'foranyvalue:arnequals',
]);

/** Keys that tell who calls, or on whose behalf a service does. */
export const IDENTITY_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourcevpcearn',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
]);

/** Whether conditions hold for callers inside only; what hides it. One condition that does is enough: all must hold. */
export function limitOf(condition: Value, context: Context, isIdentity = isIdentityKey): 'inside' | 'none' | Hidden {
  if (isHidden(condition)) return condition;
  if (condition.kind !== 'object') return 'none';
  let hidden: Hidden | null = null;
  for (const [operator, keys] of condition.entries) {
    if (!OPERATORS.has(operator.toLowerCase())) continue;
    if (isHidden(keys)) hidden ??= keys;
    if (keys.kind !== 'object') continue;
    for (const [key, value] of keys.entries) {
      if (!isIdentity(key.toLowerCase())) continue;
      const { items, open } = asItems(value);
      const named = [...items, ...open].map((item) => limitValue(item, operator, context));
      if (named.length > 0 && named.every(isInside)) return 'inside';
      const [unseen] = named.flatMap((grant) => (grant.kind === 'hidden' ? [grant.value] : []));
      if (unseen !== undefined && named.every((grant) => grant.kind === 'hidden' || isInside(grant))) hidden ??= unseen;
    }
  }
  return hidden ?? 'none';
}

function isIdentityKey(key: string): boolean {
  return IDENTITY_KEYS.has(key);
}

/** Whom the value of a condition means: like a principal, or a path of units, or a pattern of ARNs. */
export function limitValue(value: Value, operator: string, context: Context): Grant {
  if (value.kind !== 'string') return grantOf(value, context);
  const text = value.value;
  const [unit = ''] = text.split('/');
  if (organisationOf(unit) !== null) return { kind: principalKind(unit, context.policy), principal: text };
  const arn = /^arn:([^:]*):([^:]*):([^:]*):(\d{12}):/.exec(text);
  // Outside of ARN operators a wildcard matches colons, too, and the account may be anywhere.
  const hasWildcard = /[*?]/.test(arn?.slice(1, 4).join('') ?? '');
  if (arn?.[4] !== undefined && (!hasWildcard || /arn/i.test(operator))) {
    return { kind: principalKind(arn[4], context.policy), principal: text };
  }
  if (/^vpce?-[0-9a-f]+$/.test(text)) {
    return { kind: 'hidden', value: unknown('missing-object', text, 'is not in the estate') };
  }
  const target = context.estate.resolve(value, ['aws_s3_bucket']);
  if (target.kind === 'resource' && target.resource.init.mode === 'managed') {
    return { kind: 'own', principal: target.resource.address };
  }
  return grantOf(value, context);
}

/** Whether a denial may take back what others allow: one for some callers, or without any condition. */
function mayDeny(statement: Value): boolean {
  if (statement.kind !== 'object' || asString(child(statement, 'Effect')) !== 'Deny') return false;
  if (child(statement, 'NotPrincipal').kind !== 'null') return true;
  const condition = child(statement, 'Condition');
  if (condition.kind !== 'object') return true;
  return [...condition.entries.values()].some((keys) => {
    return keys.kind !== 'object' || [...keys.entries.keys()].some((key) => IDENTITY_KEYS.has(key.toLowerCase()));
  });
}
