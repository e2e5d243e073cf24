import { parseKmsArn } from '../../model/aws/arn.ts';
import type { Place } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import {
  asString,
  type Hidden,
  isHidden,
  type ReferenceValue,
  string,
  unknown,
  type Value,
} from '../../model/value.ts';
import type { RegisteredKey } from '../../policy/policy.ts';
import type { Context } from '../check.ts';
import { aliasesNamed } from './key-aliases.ts';

/** The KMS key that an argument names. */
export type KeyTarget =
  /** A customer-managed key of the estate: `aws_kms_key`, an external key or a replica. */
  | { readonly kind: 'key'; readonly resource: Resource }
  /** A key that an AWS service manages or owns, by the name that the input gives it. */
  | { readonly kind: 'aws-managed'; readonly name: string }
  | { readonly kind: 'registered'; readonly entry: RegisteredKey }
  /** A literal that neither the estate nor the register answers to. */
  | { readonly kind: 'outside'; readonly arn: string }
  | { readonly kind: 'hidden'; readonly value: Hidden }
  | { readonly kind: 'none' };

export const KEY_TYPES = ['aws_kms_key', 'aws_kms_external_key', 'aws_kms_replica_key', 'aws_kms_replica_external_key'];

const IS_KEY: ReadonlySet<string> = new Set(KEY_TYPES);
const KEY_ATTRIBUTES: ReadonlySet<string> = new Set(['arn', 'key_id', 'id']);

/** What of an alias stands for its key, and what for its name, which means a key only in its own Region. */
const ALIAS_ATTRIBUTES: ReadonlySet<string> = new Set(['arn', 'target_key_arn', 'target_key_id']);
const ALIAS_NAMES: ReadonlySet<string> = new Set(['id', 'name']);

/** `alias/aws/s3`, `aws/ebs`, and what some services call the key that they own. */
const AWS_MANAGED = /^(?:(?:alias\/)?aws\/.*|AWS_OWNED(?:_KMS)?_KEY|S3_MANAGED_KEY)$/;

/** Alias, data source, default key, key: more steps mean that something names itself. */
const MAXIMUM_STEPS = 8;

/** The key that `value`, an argument of `user`, names. A bare alias or key id is one of the user's Region and account. */
export function keyOf(value: Value, user: Resource, context: Context): KeyTarget {
  let current = value;
  let from = user;
  for (let step = 0; step < MAXIMUM_STEPS; step += 1) {
    const found = stepTo(current, from, context);
    if (found.kind !== 'next') return found;
    current = found.value;
    from = found.from;
  }
  return { kind: 'hidden', value: unknown('cycle', 'the key', 'is named by a chain that does not end') };
}

type Step = KeyTarget | { readonly kind: 'next'; readonly value: Value; readonly from: Resource };

function stepTo(value: Value, user: Resource, context: Context): Step {
  if (value.kind === 'reference') return byReference(value, user, context);
  if (value.kind === 'template') return byTemplate(value.parts, value, context);
  const text = asString(value);
  if (text === null) return { kind: 'none' };
  if (isHidden(text)) return { kind: 'hidden', value: text };
  return byText(text, value.sensitive === true, user, context);
}

function byReference(value: ReferenceValue, user: Resource, { estate }: Context): Step {
  const hidden = { kind: 'hidden', value } as const;
  const object = estate.find(value.target);
  const [attribute, ...more] = value.path;
  if (object === null || typeof attribute !== 'string' || more.length > 0) return hidden;
  if (IS_KEY.has(object.type)) {
    if (!KEY_ATTRIBUTES.has(attribute)) return hidden;
    // A data source looks a key up by what it is given: a key, an alias, an ARN.
    if (object.init.mode === 'data') return { kind: 'next', value: object.attribute('key_id'), from: object };
    return { kind: 'key', resource: object };
  }
  switch (object.type) {
    case 'aws_kms_alias': {
      const isOfUser = ALIAS_NAMES.has(attribute) && isSamePlace(estate.place(object), estate.place(user));
      if (!isOfUser && !ALIAS_ATTRIBUTES.has(attribute)) return hidden;
      // The data source of an alias shares its type; it has a name only.
      return object.init.mode === 'data' ? named(object) : aliased(object);
    }
    case 'aws_ebs_default_kms_key':
      if (object.init.mode === 'data' || (attribute !== 'id' && attribute !== 'key_arn')) return hidden;
      return { kind: 'next', value: object.attribute('key_arn'), from: object };
    default:
      return hidden;
  }
}

function aliased(alias: Resource): Step {
  return { kind: 'next', value: alias.attribute('target_key_id'), from: alias };
}

function named(alias: Resource): Step {
  return { kind: 'next', value: alias.attribute('name'), from: alias };
}

/** `arn:aws:kms:eu-west-1:111111111111:key/${aws_kms_key.ledger.key_id}`, when that is where the key is. */
function byTemplate(
  parts: readonly (string | Hidden)[],
  value: Extract<Value, { kind: 'template' }>,
  { estate }: Context,
): Step {
  const [prefix, hole, ...rest] = parts;
  const hidden = { kind: 'hidden', value } as const;
  if (typeof prefix !== 'string' || typeof hole !== 'object' || hole.kind !== 'reference' || rest.length > 0) {
    return hidden;
  }
  const [, region, account] = /^arn:[a-z-]+:kms:([a-z0-9-]+):(\d{12}):key\/$/.exec(prefix) ?? [];
  if (region === undefined || account === undefined) return hidden;
  const key = estate.find(hole.target);
  const [attribute, ...more] = hole.path;
  if (key === null || key.init.mode === 'data' || !IS_KEY.has(key.type) || more.length > 0) return hidden;
  if (attribute !== 'key_id' && attribute !== 'id') return hidden;
  const place = estate.place(key);
  // The ARN of another Region would be that of a replica.
  const isThere = asString(place.region) === region && asString(place.account) === account;
  return isThere ? { kind: 'key', resource: key } : hidden;
}

function byText(text: string, isSensitive: boolean, user: Resource, { estate, policy }: Context): Step {
  // The provider takes an empty string for an omitted argument.
  if (text === '') return { kind: 'none' };
  const named = isSensitive ? '(sensitive)' : text;
  if (AWS_MANAGED.test(text)) return { kind: 'aws-managed', name: named };
  const outside = { kind: 'outside', arn: named } as const;
  const parsed = parseKmsArn(text);
  if (parsed?.isAwsManaged === true) return { kind: 'aws-managed', name: named };
  const place =
    parsed === null ? estate.place(user) : { region: string(parsed.arn.region), account: string(parsed.arn.account) };
  if (parsed?.kind === 'alias' || text.startsWith('alias/')) {
    const alias = aliasesNamed(parsed?.id ?? text, place, estate);
    if (alias.kind === 'alias') return aliased(alias.resource);
    return alias.kind === 'hidden' ? alias : outside;
  }
  const entry = policy.keys.register.find(({ arn }) => arn === text || isKeyIdAt(arn, text, place));
  if (entry !== undefined) return { kind: 'registered', entry };
  // A plan knows the ARNs of keys that exist already.
  const key = estate.ofType(...KEY_TYPES).find((candidate) => asString(candidate.attribute('arn')) === text);
  return key === undefined ? outside : { kind: 'key', resource: key };
}

function isKeyIdAt(arn: string, id: string, place: Pick<Place, 'region' | 'account'>): boolean {
  const key = parseKmsArn(arn);
  if (key === null || key.id !== id) return false;
  return asString(place.region) === key.arn.region && asString(place.account) === key.arn.account;
}

/** Whether two places are known to be of one Region and account. */
export function isSamePlace(
  left: Pick<Place, 'region' | 'account'>,
  right: Pick<Place, 'region' | 'account'>,
): boolean {
  return (['region', 'account'] as const).every((part) => {
    const text = asString(left[part]);
    return typeof text === 'string' && text === asString(right[part]);
  });
}
