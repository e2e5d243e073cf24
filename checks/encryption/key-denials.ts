import type { Estate } from '../../model/estate.ts';
import { asItems, asString, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';
import { type Grant, grantOf, IDENTITY_KEYS, isInside, limitValue } from '../isolation/policy-grants.ts';
import { accountOf } from '../isolation/registered-principals.ts';
import type { KeyStatement } from './key-statements.ts';

interface Context {
  readonly estate: Estate;
  readonly policy: Policy;
}

/** Who asks for what. */
interface Asked {
  readonly grant: Exclude<Grant, { kind: 'hidden' }>;
  readonly value: Value;
  /** Whether what remains of the grant is for callers outside. */
  readonly isOutside: boolean;
  readonly action: string;
}

/** Whether denials take back an action for certain, or for none of the callers, or what decides it. */
export function denialOf(denials: readonly KeyStatement[], asked: Asked, context: Context): 'denied' | 'none' | Hidden {
  let hidden: Hidden | null = null;
  for (const denial of denials) {
    const outcome = oneDenial(denial, asked, context);
    if (outcome === 'denied') return 'denied';
    if (outcome !== 'none') hidden ??= outcome;
  }
  return hidden ?? 'none';
}

function oneDenial(denial: KeyStatement, asked: Asked, context: Context): 'denied' | 'none' | Hidden {
  const isNamed = denial.actions.includes(asked.action);
  if (!isNamed && denial.open.length === 0) return 'none';
  const applies = [covers(denial, asked, context), fires(denial, asked, context)];
  if (applies.includes('none')) return 'none';
  const [hidden] = [...denial.open, ...applies.filter((one) => typeof one !== 'string')];
  return hidden ?? 'denied';
}

/** Whether a denial is for the whole of a principal. */
function covers(denial: KeyStatement, asked: Asked, context: Context): 'denied' | 'none' | Hidden {
  const { grant, isOutside, value } = asked;
  if (denial.allBut !== null) {
    if (denial.allBut.some((spared) => isSame(spared, value))) return 'none';
    const spared = denial.allBut.map((item) => grantOf(item, context));
    const unseen = spared.find(({ kind }) => kind === 'hidden');
    if (unseen?.kind === 'hidden') return unseen.value;
    if (isOutside) return spared.every(isInside) ? 'denied' : undecided(denial);
    return undecided(denial);
  }
  if (denial.principals.some((item) => isStar(item) || isSame(item, value) || isAccountOf(item, value)))
    return 'denied';
  const named = denial.principals.map((item) => grantOf(item, context));
  const unseen = named.find(({ kind }) => kind === 'hidden');
  if (unseen?.kind === 'hidden' && grant.kind !== 'everyone') return unseen.value;
  return 'none';
}

function isStar(value: Value): boolean {
  return value.kind === 'string' && value.value === '*';
}

function isSame(left: Value, right: Value): boolean {
  return left.kind === 'string' && right.kind === 'string' && left.value === right.value;
}

/** A denial for an account is one for each of its principals. */
function isAccountOf(denied: Value, principal: Value): boolean {
  if (denied.kind !== 'string' || principal.kind !== 'string') return false;
  const isWhole = /^\d{12}$/.test(denied.value) || denied.value.endsWith(':root');
  const account = accountOf(denied.value);
  return isWhole && account !== null && account === accountOf(principal.value);
}

const NEGATED =
  /^(?:for(?:any|all)values?:)?(?:stringnot(?:equals|like|equalsignorecase)|arnnot(?:equals|like))(?:ifexists)?$/;

/** Keys of a request that a caller can set so that the denial does not fire, whoever calls. */
const AVOIDABLE =
  /^(?:aws:securetransport|aws:multifactorauthpresent|kms:viaservice|kms:encryptioncontext.*|kms:grantisforawsresource)$/;

/** Whether the conditions of a denial hold whenever the principal asks. */
function fires(denial: KeyStatement, asked: Asked, context: Context): 'denied' | 'none' | Hidden {
  const { condition } = denial;
  if (condition.kind === 'null') return 'denied';
  if (isHidden(condition)) return condition;
  if (condition.kind !== 'object') return undecided(denial);
  let hidden: Hidden | null = null;
  for (const [operator, keys] of condition.entries) {
    if (keys.kind !== 'object') {
      hidden ??= isHidden(keys) ? keys : undecided(denial);
      continue;
    }
    for (const [key, value] of keys.entries) {
      const outcome = keyFires(operator.toLowerCase(), key.toLowerCase(), value, asked, denial, context);
      if (outcome === 'none') return 'none';
      if (outcome !== 'denied') hidden ??= outcome;
    }
  }
  return hidden ?? 'denied';
}

function keyFires(
  operator: string,
  key: string,
  value: Value,
  { grant, isOutside }: Asked,
  denial: KeyStatement,
  context: Context,
): 'denied' | 'none' | Hidden {
  if (AVOIDABLE.test(key)) return 'none';
  if (key === 'aws:principalisawsservice' && /^bool(?:ifexists)?$/.test(operator) && asString(value) === 'false') {
    if (grant.kind === 'everyone') return undecided(denial);
    return grant.kind === 'service' ? 'none' : 'denied';
  }
  if (!IDENTITY_KEYS.has(key) || !NEGATED.test(operator) || operator.startsWith('foranyvalue'))
    return undecided(denial);
  const { items, open } = asItems(value);
  const [unseen] = open;
  if (unseen !== undefined) return unseen;
  const spared = items.map((item) => limitValue(item, operator, context));
  const hidden = spared.find(({ kind }) => kind === 'hidden');
  if (hidden?.kind === 'hidden') return hidden.value;
  if (!spared.every(isInside)) return undecided(denial);
  if (isOutside) return 'denied';
  // Of the callers inside, only those that the denial names remain.
  return key === 'aws:principalarn' ? 'denied' : 'none';
}

function undecided({ name }: KeyStatement): Hidden {
  return unknown('operation', name, 'may deny it, to whom is not worked out');
}
