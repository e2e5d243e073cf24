import type { Path, Resource } from '../../model/resource.ts';
import { tagText } from '../../model/tags.ts';
import { asString, type Hidden, isHidden } from '../../model/value.ts';
import type { CustodyRule, KeyHolder } from '../../policy/policy.ts';
import { countryAllowed, siteOf } from '../../policy/sites.ts';
import { type Context, defineCheck, type Inspection, type Outcome } from '../check.ts';
import { evidenceFor } from '../evidence.ts';
import { keyOf } from './key-of.ts';
import { KEY_USERS, keyUses, type KeyUse } from './key-uses.ts';

const KEY_STORE = 'aws_kms_custom_key_store';
const IMPORTED: ReadonlySet<string> = new Set(['aws_kms_external_key', 'aws_kms_replica_external_key']);

const HELD_BY: { readonly [holder in KeyHolder]: string } = {
  cloudhsm: 'a CloudHSM cluster',
  external: 'a key manager outside AWS',
  imported: 'AWS, of imported material',
};

const messages = {
  held: (data: { readonly argument: string; readonly key: string; readonly holder: string; readonly wanted: string }) =>
    `uses ${data.key} in ${data.argument}, which is held by ${data.holder}; the policy demands ${data.wanted}`,
  publicProxy: ({ key, store }: { readonly key: string; readonly store: string }) =>
    `uses ${key}, whose ${store} reaches its key manager over the internet`,
  outside: ({ key, reason }: { readonly key: string; readonly reason: string }) =>
    `uses ${key}, whose key manager is outside: ${reason}`,
};

type Inspect = Inspection<typeof messages>;

interface Use extends KeyUse {
  readonly user: Resource;
  readonly argument: string;
  readonly rule: CustodyRule;
}

export default defineCheck({
  id: 'KEY-006',
  why: 'AWS can be ordered to decrypt with what it holds alone. Where the policy excludes that, the key must be where the customer can refuse.',
  fix: 'Make the key in a custom key store that keys.custody of the policy allows, reach an external key manager through a VPC endpoint service, and name the proof of its country in the evidence of the policy.',
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/keystore-external.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/keystore-cloudhsm.html',
    'https://www.edpb.europa.eu/our-work-tools/our-documents/recommendations/recommendations-012020-measures-supplement-transfer_en',
  ],
  resourceTypes: [...KEY_USERS, KEY_STORE],

  messages,

  subjects: (context) =>
    context.policy.keys.custody.length === 0
      ? []
      : context.estate
          .ofType(...KEY_USERS)
          .filter((resource) => mayNeedCustody(resource, context))
          .map((resource) => ({ kind: 'resource', resource })),

  inspect({ resource: user }, inspection) {
    const { all, estate, pass, unproven } = inspection;
    const rule = ruleFor(user, inspection);
    if (rule === null) return pass();
    if (isHidden(rule)) return unproven(rule);
    if (typeof rule === 'string') return unproven(rule);
    const { uses, open } = keyUses(user, estate);
    return all([
      ...uses.map((use) => {
        const argument = use.path.filter((step) => typeof step === 'string').join('.');
        return judgeUse({ ...use, user, argument, rule }, inspection);
      }),
      ...(open.length > 0 ? [unproven(open)] : []),
    ]);
  },

  examples: {
    compliant: [
      { policy: custodyOf(['imported']), stacks: { west: { resource: exampleVolume('aws_kms_external_key') } } },
    ],
    violating: [{ policy: custodyOf(['imported']), stacks: { west: { resource: exampleVolume('aws_kms_key') } } }],
  },
});

function custodyOf(holders: readonly KeyHolder[]) {
  const rule = { site: 'west', dataClasses: ['restricted'], holders, reason: 'The customer must be able to refuse.' };
  return { keys: { custody: [rule] } };
}

function exampleVolume(type: string) {
  return {
    [type]: { ledger: { description: 'ledger' } },
    aws_ebs_volume: {
      ledger: { encrypted: true, kms_key_id: `\${${type}.ledger.arn}`, tags: { 'ledger:data-class': 'restricted' } },
    },
  };
}

function mayNeedCustody(resource: Resource, context: Context): boolean {
  const { uses, open } = keyUses(resource, context.estate);
  return uses.length + open.length > 0 && ruleFor(resource, context) !== null;
}

/** The rule for what a resource keeps where it is; null where the policy has none, else why that is not known. */
function ruleFor(resource: Resource, { estate, policy }: Context): CustodyRule | null | Hidden | string {
  const dataClass = tagText(resource, policy.tags.dataClass);
  const site = siteOf(estate.place(resource), resource.stack, policy);
  const rule = policy.keys.custody.find(
    (rule) =>
      (isHidden(dataClass) || dataClass === null || rule.dataClasses.includes(dataClass)) &&
      (site.kind !== 'site' || rule.site === site.site.id),
  );
  if (rule === undefined) return null;
  if (isHidden(dataClass)) return dataClass;
  if (dataClass === null) return `has no tag ${policy.tags.dataClass}, which tells who may hold its key`;
  if (site.kind === 'hidden') return site.value;
  return site.kind === 'unassigned' ? site.reason : rule;
}

function judgeUse(use: Use, inspection: Inspect): Outcome {
  const { pass, unproven } = inspection;
  const target = keyOf(use.value, use.user, inspection);
  switch (target.kind) {
    case 'none':
      return pass();
    case 'aws-managed':
      return heldBy('AWS', target.name, use, inspection);
    case 'hidden':
      return unproven(target.value);
    case 'registered':
      return judgeCountry(target.entry.arn, [target.entry.arn], use, inspection);
    case 'outside':
      return unproven(`uses ${target.arn} in ${use.argument}, which is neither in the estate nor in the register`);
    case 'key':
      return judgeKey(target.resource, use, inspection);
  }
}

function judgeKey(key: Resource, use: Use, inspection: Inspect): Outcome {
  const { estate, unproven } = inspection;
  if (IMPORTED.has(key.type)) return heldBy('imported', key.address, use, inspection);
  const value = key.attribute('custom_key_store_id');
  const text = asString(value);
  if (text === null || text === '') return heldBy('AWS', key.address, use, inspection);
  const found = estate.resolve(value, [KEY_STORE], key);
  if (found.kind === 'hidden') return unproven(found.value);
  if (found.kind !== 'resource' || found.resource.type !== KEY_STORE || found.resource.init.mode !== 'managed')
    return unproven(`uses ${key.address}, whose custom key store is not in the estate`);
  return judgeStore(key, found.resource, use, inspection);
}

function judgeStore(key: Resource, store: Resource, use: Use, inspection: Inspect): Outcome {
  const { fail, unproven, all } = inspection;
  const type = asString(store.attribute('custom_key_store_type'));
  if (isHidden(type)) return unproven(type);
  // Without a type, a store is a CloudHSM cluster.
  if (type === null || type === 'AWS_CLOUDHSM') return heldBy('cloudhsm', key.address, use, inspection);
  if (type !== 'EXTERNAL_KEY_STORE') return unproven(`uses ${key.address}, whose key store is of a type not known`);
  const held = heldBy('external', key.address, use, inspection);
  if (held.verdict !== 'pass') return held;
  const connectivity = asString(store.attribute('xks_proxy_connectivity'));
  if (isHidden(connectivity)) return unproven(connectivity);
  const related = { path: use.path, value: use.value, related: [key, store] };
  const country = judgeCountry(key.address, [`${store.stack}:${store.address}`], use, inspection);
  if (connectivity === 'VPC_ENDPOINT_SERVICE') return country;
  return all([fail(related, 'publicProxy', { key: key.address, store: store.address }), country]);
}

function heldBy(holder: KeyHolder | 'AWS', key: string, use: Use, { pass, fail }: Inspect): Outcome {
  const { path, value, argument, rule } = use;
  if (holder !== 'AWS' && rule.holders.includes(holder)) return pass();
  const wanted = rule.holders.map((one) => HELD_BY[one]).join(' or ');
  const words = holder === 'AWS' ? 'AWS alone' : HELD_BY[holder];
  return fail({ path, value }, 'held', { argument, key, holder: words, wanted });
}

/** Where a key manager is, Terraform does not show. */
function judgeCountry(key: string, about: readonly [string, ...string[]], use: Use, inspection: Inspect): Outcome {
  const { policy, asOf, pass, fail, unproven } = inspection;
  const evidence = evidenceFor('key-custody', about, inspection);
  if (typeof evidence === 'string') return unproven(`uses ${key}, whose holder Terraform does not show: ${evidence}`);
  const judgement = countryAllowed(evidence.states, policy, asOf);
  if (judgement.kind === 'allowed') return pass();
  const path: Path = use.path;
  return fail({ path, value: use.value }, 'outside', { key, reason: judgement.reason });
}
