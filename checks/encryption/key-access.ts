import { KMS_ADMINISTRATION, KMS_USE } from '../../model/aws/kms-actions.ts';
import type { Estate } from '../../model/estate.ts';
import { asItems, type Hidden, isHidden, list, shown, string, type Value } from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';
import { type Grant, grantOf, IDENTITY_KEYS, isInside, limitOf, OPERATORS } from '../isolation/policy-grants.ts';
import { accountOf } from '../isolation/registered-principals.ts';
import { denialOf } from './key-denials.ts';
import type { KeyStatement } from './key-statements.ts';

interface Context {
  readonly estate: Estate;
  readonly policy: Policy;
}

/** What a statement of a key policy gives to one principal, after all denials. */
export interface Access {
  readonly statement: string;
  readonly principal: string;
  /** The account of the principal as a whole, everyone, or an organisation: nobody in particular. */
  readonly isWhole: boolean;
  readonly kind: Exclude<Grant['kind'], 'hidden'>;
  /** What it certainly may, the gravest first. */
  readonly actions: readonly string[];
  /** Whether conditions beyond the account narrow the use: through a service, by some roles, with a context. */
  readonly isNarrowed: boolean;
  /** All that the statement says of what and when: an approval of it covers no other. */
  readonly terms: { readonly [element: string]: Value };
}

/** Whom the statements let do what with their key, and what hides more. */
export function keyAccess(
  statements: readonly KeyStatement[],
  isSensitive: boolean,
  context: Context,
): { readonly access: readonly Access[]; readonly open: readonly Hidden[] } {
  const denials = statements.filter(({ isDenial }) => isDenial);
  const access: Access[] = [];
  const open: Hidden[] = [];
  for (const statement of statements) {
    if (statement.isDenial) continue;
    const mayGrant = statement.actions.length + statement.open.length > 0;
    if (!mayGrant) continue;
    for (const { grant, value } of admitted(statement, context)) {
      if (grant.kind === 'hidden') {
        open.push(grant.value);
        continue;
      }
      const found = accessOf(statement, grant, value, denials, context);
      open.push(...found.open);
      if (found.actions.length === 0) continue;
      access.push({
        statement: statement.name,
        principal: isSensitive ? '(sensitive)' : shown(grant.principal, value),
        kind: found.kind,
        isWhole: isWhole(value, grant, context),
        actions: found.actions,
        isNarrowed: found.isNarrowed,
        terms: {
          Action: list(found.actions.map(string)),
          Condition: isSensitive ? { ...statement.condition, sensitive: true } : statement.condition,
        },
      });
    }
  }
  return { access, open };
}

function admitted(
  { principals, allBut }: KeyStatement,
  context: Context,
): readonly { readonly grant: Grant; readonly value: Value }[] {
  if (allBut !== null) {
    const grant = { kind: 'everyone', principal: 'everyone but those of NotPrincipal' } as const;
    return [{ grant, value: { kind: 'string', value: '*' } }];
  }
  return principals.map((value) => ({ grant: grantOf(value, context), value }));
}

interface Found {
  readonly kind: Access['kind'];
  readonly actions: readonly string[];
  readonly isNarrowed: boolean;
  readonly open: readonly Hidden[];
}

const NOTHING = { actions: [], isNarrowed: false } as const;

function accessOf(
  statement: KeyStatement,
  grant: Exclude<Grant, { kind: 'hidden' }>,
  value: Value,
  denials: readonly KeyStatement[],
  context: Context,
): Found {
  const isService = grant.kind === 'service';
  const limit = limitOf(statement.condition, context, (key) => IDENTITY_KEYS.has(key) || (isService && isContext(key)));
  const kind = limit === 'inside' && !isInside(grant) ? 'organisation' : grant.kind;
  const isOutside = !isInside({ kind, principal: '' });
  const narrowing = narrowingOf(statement.condition);
  // Conditions of which nothing is known may leave nobody, and those of services are for outsiders the only limit.
  if (isOutside && isHidden(limit)) return { kind, ...NOTHING, open: [limit] };
  if (statement.open.length > 0 && isOutside) return { kind, ...NOTHING, open: statement.open };
  const left: string[] = [];
  const open: Hidden[] = [...statement.open];
  for (const action of statement.actions) {
    const outcome = denialOf(denials, { grant, value, isOutside, action }, context);
    if (outcome === 'none') left.push(action);
    else if (outcome !== 'denied') open.push(outcome);
  }
  // What one denial hides of twenty actions is one thing to settle.
  const [first] = open;
  if (isHidden(narrowing)) return { kind, ...NOTHING, open: [narrowing] };
  return {
    kind,
    actions: left,
    isNarrowed: narrowing,
    open: first === undefined || (left.length > 0 && statement.open.length === 0) ? [] : [first],
  };
}

function isContext(key: string): boolean {
  return key.startsWith('kms:encryptioncontext:aws:');
}

const NARROWING =
  /^(?:kms:viaservice|kms:encryptioncontext(?::.*|keys)|kms:grantisforawsresource|kms:granteeprincipal|aws:principaltag\/.*|aws:principalarn|aws:userid|aws:username|aws:source(?:account|arn))$/;

/** Whether a condition leaves less than a whole account: by the service, the role or what is decrypted. */
function narrowingOf(condition: Value): boolean | Hidden {
  if (isHidden(condition)) return condition;
  if (condition.kind !== 'object') return false;
  let hidden: Hidden | null = null;
  for (const [operator, keys] of condition.entries) {
    const isPositive = OPERATORS.has(operator.toLowerCase()) || operator.toLowerCase() === 'bool';
    if (!isPositive || keys.kind !== 'object') continue;
    for (const [key, value] of keys.entries) {
      if (!NARROWING.test(key.toLowerCase())) continue;
      const { items, open } = asItems(value);
      const unseen = [...items, ...open].find((item) => item.kind === 'unknown');
      if (unseen !== undefined) hidden ??= unseen;
      else if (items.length > 0 && !items.some(isAnything)) return true;
    }
  }
  return hidden ?? false;
}

/** `*`, `arn:aws:iam::111111111111:*`, `arn:aws:iam::111111111111:role/*`, `false`: no narrowing at all. */
function isAnything(value: Value): boolean {
  if (value.kind === 'boolean') return !value.value;
  return (
    value.kind === 'string' &&
    /^(?:[*?]+|false|arn:.*:(?:root|(?:role\/|user\/|assumed-role\/)?[*?/]+))$/.test(value.value)
  );
}

/** Whether a principal is a whole account, or more: whoever writes policies there decides. */
function isWhole(value: Value, grant: Grant, { estate }: Context): boolean {
  if (grant.kind === 'everyone' || grant.kind === 'organisation') return true;
  if (value.kind === 'string')
    return /^\d{12}$/.test(value.value) || (accountOf(value.value) !== null && value.value.endsWith(':root'));
  if (value.kind === 'template') {
    const last = value.parts.at(-1);
    return typeof last === 'string' && last.endsWith(':root');
  }
  if (value.kind !== 'reference') return false;
  return value.path.join('.') === 'account_id' || estate.find(value.target)?.type === 'aws_organizations_account';
}

/** Actions of a kind among those that someone has, the gravest of them. */
export function gravest(actions: readonly string[], kind: 'use' | 'administration'): string | null {
  const wanted = kind === 'use' ? KMS_USE : KMS_ADMINISTRATION;
  return actions.find((action) => wanted.has(action)) ?? null;
}
