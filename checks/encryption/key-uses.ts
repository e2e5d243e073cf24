import { keyArguments, typesWithKeyArguments } from '../../model/aws/key-arguments.ts';
import type { Estate } from '../../model/estate.ts';
import { nestedArguments } from '../../model/nested-arguments.ts';
import type { Path, Resource } from '../../model/resource.ts';
import { asString, type Hidden, type Value } from '../../model/value.ts';
import { EMR_SECURITY, emrKeys } from './stores/emr-security.ts';
import { STORE_KEYS } from './stores/store-table.ts';

/** Arguments that name a key although no store is encrypted by them and their names do not tell. */
const FURTHER_ARGUMENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws_ebs_default_kms_key', ['key_arn']],
  ['aws_kms_ciphertext', ['key_id']],
  ['aws_route53_key_signing_key', ['key_management_service_arn']],
]);

/** Every argument that names a key, by type: by its name, by the tables of stores, and those of above. */
const ARGUMENTS: ReadonlyMap<string, readonly string[]> = new Map(
  [...new Set([...typesWithKeyArguments(), ...STORE_KEYS.keys(), ...FURTHER_ARGUMENTS.keys()])]
    .toSorted()
    .map((type) => [
      type,
      [...new Set([...keyArguments(type), ...(STORE_KEYS.get(type) ?? []), ...(FURTHER_ARGUMENTS.get(type) ?? [])])],
    ]),
);

/** Every type whose resources can be told which key to use. */
export const KEY_USERS: readonly string[] = [...ARGUMENTS.keys(), EMR_SECURITY].toSorted();

export interface KeyUse {
  readonly path: Path;
  readonly value: Value;
}

export interface KeyUses {
  readonly uses: readonly KeyUse[];
  readonly open: readonly Hidden[];
}

/** Several controls ask for the same of every resource that can name a key, and an estate does not change. */
const FOUND = new WeakMap<Estate, Map<Resource, KeyUses>>();
const NONE: KeyUses = { uses: [], open: [] };

/** The arguments of a resource that name a key, and the hidden blocks that may name one. */
export function keyUses(resource: Resource, estate: Estate): KeyUses {
  const found = FOUND.get(estate) ?? new Map<Resource, KeyUses>();
  FOUND.set(estate, found);
  const known = found.get(resource);
  if (known !== undefined) return known;
  const uses = findKeyUses(resource, estate);
  found.set(resource, uses);
  return uses;
}

function findKeyUses(resource: Resource, estate: Estate): KeyUses {
  const uses: KeyUse[] = [];
  const open: Hidden[] = [];
  for (const dotted of ARGUMENTS.get(resource.type) ?? []) {
    const found = nestedArguments(estate, resource, dotted.split('.'));
    open.push(...found.open);
    uses.push(...found.items.map(({ path }) => ({ path, value: resource.attribute(...path) })));
  }
  if (resource.type === EMR_SECURITY) uses.push(...emrKeys(resource, estate));
  const named = uses.filter(namesKey);
  // Exact copies: lists that grew have room for sixteen more, and there is one for each user of a key.
  return named.length + open.length === 0 ? NONE : { uses: named.slice(), open: open.slice() };
}

/** What an omitted argument means is for the controls of encryption; this one judges keys that are named. */
function namesKey({ value }: KeyUse): boolean {
  const text = asString(value);
  return text !== null && text !== '';
}
