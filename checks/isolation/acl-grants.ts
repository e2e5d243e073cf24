import type { Estate } from '../../model/estate.ts';
import { nestedArguments } from '../../model/nested-arguments.ts';
import type { Path, Resource } from '../../model/resource.ts';
import { asString, type Hidden, isHidden, type Value } from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';
import { type Grant, grantOf } from './policy-grants.ts';

const GRANT = ['access_control_policy', 'grant', 'grantee'];

/** Types with an access control list, and the arguments of its grantees where it is not one that AWS names. */
const TABLE: Readonly<Record<string, readonly (readonly string[])[]>> = {
  aws_s3_bucket: [
    ['grant', 'uri'],
    ['grant', 'id'],
  ],
  aws_s3_bucket_acl: [
    [...GRANT, 'uri'],
    [...GRANT, 'id'],
    [...GRANT, 'email_address'],
  ],
  aws_s3_bucket_object: [],
  aws_s3_object: [],
  aws_s3_object_copy: [
    ['grant', 'uri'],
    ['grant', 'id'],
    ['grant', 'email'],
  ],
};

export const ACL_LISTED: ReadonlySet<string> = new Set(Object.keys(TABLE));

/** Lists of AWS that let in more than the owners and its services for logs. */
const OPEN_LISTS: ReadonlySet<string> = new Set(['public-read', 'public-read-write', 'authenticated-read']);

/** Of one grant: one word in lists of their own, several where the bucket has the list. */
const PERMISSIONS = ['permission', 'permissions'] as const;

const LOG_DELIVERY = 'http://acs.amazonaws.com/groups/s3/LogDelivery';
const GROUPS = 'http://acs.amazonaws.com/groups/global/';

interface Context {
  readonly estate: Estate;
  readonly policy: Policy;
}

/** A grant of an access control list, and the argument that makes it. */
interface AclGrant {
  readonly path: Path;
  readonly grant: Grant;
}

/** Whom an access control list admits, as far as it says. */
export function aclGrants(resource: Resource, context: Context): readonly AclGrant[] {
  const list = resource.attribute('acl');
  const read = (TABLE[resource.type] ?? []).map((path) => nestedArguments(context.estate, resource, path));
  return [
    { path: ['acl'], grant: listGrant(list) },
    ...read.flatMap(({ items, open }) => [
      ...items.map(({ path, value }) => ({
        path,
        grant: withPermission(granteeGrant(value, context), path, resource),
      })),
      ...open.map((value) => ({ path: [], grant: hidden(value) })),
    ]),
  ].flatMap(({ path, grant }) => (grant === null ? [] : [{ path, grant }]));
}

/** What the grantee may do stands beside it, or beside the block that names it. */
function withPermission(grant: Grant | null, path: Path, resource: Resource): Grant | null {
  if (grant === null || grant.kind === 'hidden') return grant;
  const around = path.slice(0, path.findLastIndex((step) => step === 'grant') + 1);
  const block = typeof path[around.length] === 'number' ? path.slice(0, around.length + 1) : around;
  const terms = PERMISSIONS.map((name) => [name, resource.attribute(...block, name)] as const);
  return { ...grant, terms: Object.fromEntries(terms) };
}

function listGrant(value: Value): Grant | null {
  const text = asString(value);
  if (isHidden(text)) return hidden(text);
  return text !== null && OPEN_LISTS.has(text) ? { kind: 'everyone', principal: text } : null;
}

function granteeGrant(value: Value, context: Context): Grant | null {
  const text = asString(value);
  if (text === null || text === '' || text === LOG_DELIVERY || isOwner(value, context)) return null;
  if (!isHidden(text) && text.startsWith(GROUPS)) return { kind: 'everyone', principal: text };
  return grantOf(value, context);
}

/** `data.aws_canonical_user_id.current.id`: the account of the provider. */
function isOwner(value: Value, { estate }: Context): boolean {
  return value.kind === 'reference' && estate.find(value.target)?.type === 'aws_canonical_user_id';
}

function hidden(value: Hidden): Grant {
  return { kind: 'hidden', value };
}
