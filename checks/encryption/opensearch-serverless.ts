import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, asStrings, child, type Hidden, isHidden, type Value } from '../../model/value.ts';
import type { Outcome } from '../check.ts';
import { type Asking, judgeCustomerKey, type WithoutCustomerKey } from './customer-key.ts';
import { isSamePlace } from './key-of.ts';

const POLICY = 'aws_opensearchserverless_security_policy';
export const COLLECTION = 'aws_opensearchserverless_collection';

/** Policies that may say how collections are encrypted: those of type encryption, and of a type that is not known. */
export function encryptionPolicies(estate: Estate): readonly Resource[] {
  return estate.ofType(POLICY).filter((policy) => {
    const type = asString(policy.attribute('type'));
    return type === 'encryption' || isHidden(type);
  });
}

/** Whether an encryption policy names a customer key. */
export function judgeEncryptionPolicy(policy: Resource, asking: Asking, otherwise: WithoutCustomerKey): Outcome {
  const document = documentOf(policy, asking.estate);
  if (isHidden(document)) return asking.unproven(document);
  const isAwsOwned = asBoolean(child(document, 'AWSOwnedKey'));
  if (isHidden(isAwsOwned)) return asking.unproven(isAwsOwned);
  if (isAwsOwned === true) return otherwise.awsManaged('AWSOwnedKey');
  return judgeCustomerKey(child(document, 'KmsARN'), policy, asking, otherwise);
}

/** Policies whose rules take in a collection, and what hides whether others do. */
export function policiesOf(
  collection: Resource,
  estate: Estate,
): { readonly items: readonly Resource[]; readonly open: readonly Hidden[] } {
  const items: Resource[] = [];
  const open: Hidden[] = [];
  const name = asString(collection.attribute('name'));
  if (isHidden(name)) return { items, open: [name] };
  for (const policy of encryptionPolicies(estate)) {
    if (!isSamePlace(estate.place(policy), estate.place(collection))) continue;
    const document = documentOf(policy, estate);
    const { known, hidden } = isHidden(document) ? { known: [], hidden: [document] } : patternsIn(document);
    if (known.some((pattern) => matches(pattern, `collection/${name ?? ''}`))) items.push(policy);
    else open.push(...hidden);
  }
  return { items, open };
}

function documentOf(policy: Resource, estate: Estate): Value {
  return estate.document(policy.attribute('policy'));
}

function patternsIn(document: Value): { readonly known: readonly string[]; readonly hidden: readonly Hidden[] } {
  const rules = child(document, 'Rules');
  if (isHidden(rules)) return { known: [], hidden: [rules] };
  const resources = (rules.kind === 'list' ? rules.items : []).map((rule) => asStrings(child(rule, 'Resource')));
  return { known: resources.flatMap(({ known }) => known), hidden: resources.flatMap(({ hidden }) => hidden) };
}

/** Patterns of OpenSearch Serverless may end with an asterisk. */
function matches(pattern: string, resource: string): boolean {
  return pattern.endsWith('*') ? resource.startsWith(pattern.slice(0, -1)) : resource === pattern;
}
