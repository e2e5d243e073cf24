import { UNTAGGED_STORES } from '../../model/aws/untagged-stores.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { tagText } from '../../model/tags.ts';
import { asString, child, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';
import { siteOf } from '../../policy/sites.ts';
import type { Context } from '../check.ts';
import { keyOf } from './key-of.ts';
import { KEY_USERS, keyUses } from './key-uses.ts';

/** A use of a key for data of one class at one site. */
export interface Protection {
  readonly user: Resource;
  readonly dataClass: string | Hidden;
  /** Null where nothing tells it. */
  readonly site: string | null;
}

/** What every key of an estate protects, and the uses of keys that are not known. */
interface Protections {
  readonly byKey: ReadonlyMap<Resource, readonly Protection[]>;
  readonly open: readonly (Protection & { readonly value: Hidden })[];
}

/** What names a key and keeps no data by itself: what it encrypts says of which class it is. */
const CLASSLESS: ReadonlySet<string> = new Set([
  'aws_ebs_default_kms_key',
  'aws_kms_alias',
  'aws_kms_grant',
  'aws_kms_key_policy',
  'aws_kms_replica_external_key',
  'aws_kms_replica_key',
  'aws_route53_key_signing_key',
  // Names the key of the other end, whose store is judged itself.
  'aws_s3_bucket_replication_configuration',
]);

const PROTECTIONS = new WeakMap<Policy, WeakMap<Estate, Protections>>();

/** Found once for all keys: who is encrypted by a key is told by the others. */
export function protectionsOf(context: Context): Protections {
  const { estate, policy } = context;
  const byEstate = PROTECTIONS.get(policy) ?? new WeakMap<Estate, Protections>();
  PROTECTIONS.set(policy, byEstate);
  const found = byEstate.get(estate) ?? findProtections(context);
  byEstate.set(estate, found);
  return found;
}

function findProtections(context: Context): Protections {
  const { estate, policy } = context;
  const byKey = new Map<Resource, Protection[]>();
  const open: (Protection & { value: Hidden })[] = [];
  for (const user of estate.ofType(...KEY_USERS)) {
    if (CLASSLESS.has(user.type)) continue;
    const uses = keyUses(user, estate);
    if (uses.uses.length + uses.open.length === 0) continue;
    const assigned = siteOf(estate.place(user), user.stack, policy);
    const protection: Protection = {
      user,
      dataClass: classOf(user, context),
      site: assigned.kind === 'site' ? assigned.site.id : null,
    };
    open.push(...uses.open.map((value) => ({ ...protection, value })));
    for (const { value } of uses.uses) {
      const key = keyOf(value, user, context);
      if (key.kind === 'hidden') open.push({ ...protection, value: key.value });
      if (key.kind !== 'key') continue;
      const known = byKey.get(key.resource) ?? [];
      if (!known.some((one) => one.user === user)) known.push(protection);
      byKey.set(key.resource, known);
    }
  }
  return { byKey, open };
}

function classOf(user: Resource, { estate, policy }: Context): string | Hidden {
  const tag = policy.tags.dataClass;
  const owner = ownerOf(user, estate);
  if (isHidden(owner)) return owner;
  const dataClass = volumeClass(user, tag) ?? tagText(owner, tag);
  return dataClass ?? unknown('missing-object', `${owner.address}.tags`, `has no tag ${tag}`);
}

/** A launch template has the class of the volumes that it makes, where it tags them. */
function volumeClass(user: Resource, tag: string): string | null | Hidden {
  if (user.type !== 'aws_launch_template') return null;
  const { items, open } = user.blocks('tag_specifications');
  const [hidden] = open;
  if (hidden !== undefined) return hidden;
  for (const block of items) {
    const type = asString(block.attribute('resource_type'));
    if (isHidden(type)) return type;
    const dataClass = asString(child(block.attribute('tags'), tag));
    if (type === 'volume' && dataClass !== null) return dataClass;
  }
  return null;
}

/** Types without tags are of the class of what they belong to. */
function ownerOf(user: Resource, estate: Estate): Resource | Hidden {
  const argument = user.type.startsWith('aws_s3_bucket_') ? 'bucket' : (UNTAGGED_STORES.get(user.type) ?? null);
  if (argument === null) return user;
  const value: Value = user.attribute(argument);
  const found = estate.resolve(value, undefined, user);
  if (found.kind === 'resource') return found.resource;
  const text = asString(value);
  if (isHidden(text)) return text;
  return unknown('missing-object', `${user.address}.${argument}`, 'names nothing of the estate');
}
