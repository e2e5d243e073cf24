import type { Resource } from '../../model/resource.ts';
import { type Hidden, unknown, type Value } from '../../model/value.ts';
import type { Context } from '../check.ts';
import { type Access, keyAccess } from './key-access.ts';
import { keyOf } from './key-of.ts';
import { keyStatements } from './key-statements.ts';

/** The resource that states a policy beside its key. */
export const KEY_POLICY = 'aws_kms_key_policy';

/** The provider takes an empty text for an omitted argument. */
export function isOmitted(value: Value): boolean {
  return value.kind === 'null' || (value.kind === 'string' && value.value === '');
}

/** What a key policy gives to whom, and why that may not be all; nothing of a sensitive policy is repeated. */
export function policyAccess(
  value: Value,
  context: Context,
): { readonly access: readonly Access[]; readonly hidden: readonly Hidden[] | string | null } {
  const document = context.estate.document(value);
  const { statements, open } = keyStatements(document);
  const isSensitive = document.sensitive === true || value.sensitive === true;
  const found = keyAccess(statements, isSensitive, context);
  const hidden = [...open, ...found.open];
  if (hidden.length === 0) return { access: found.access, hidden: null };
  return { access: found.access, hidden: isSensitive ? 'has a sensitive policy of which not all is known' : hidden };
}

/** Whether a resource beside a key states its policy, or what hides that. */
export function policyBeside(key: Resource, context: Context): 'stated' | 'none' | readonly Hidden[] {
  const open: Hidden[] = [];
  for (const policy of context.estate.ofType(KEY_POLICY)) {
    const target = keyOf(policy.attribute('key_id'), policy, context);
    if (target.kind === 'hidden') open.push(target.value);
    if (target.kind !== 'key' || target.resource !== key) continue;
    if (!policy.init.isSymbolic) return 'stated';
    open.push(unknown('instances', policy.address, 'has a count or for_each that only the plan knows'));
  }
  return open.length > 0 ? open : 'none';
}
