import { nestedArguments } from '../../model/nested-arguments.ts';
import type { Path, Resource } from '../../model/resource.ts';
import { asBoolean, asString, display, isHidden, shown, type Value } from '../../model/value.ts';
import { type Context, defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { judgeCustomerKey } from './customer-key.ts';
import { DATA_STORES, type DataStore, type EncryptedStore } from './data-stores.ts';
import { COLLECTION, encryptionPolicies, judgeEncryptionPolicy, policiesOf } from './opensearch-serverless.ts';
import { ownerOf } from './owner-of.ts';
import { contentOf, type Source, sourceIn } from './store-source.ts';

const messages = {
  unencrypted: ({ argument }: { readonly argument: string }) => `is not encrypted at rest: ${argument} is not true`,
  noKey: ({ argument }: { readonly argument: string }) =>
    `is encrypted with a key of AWS, because ${argument} names no customer key`,
  awsManaged: ({ argument, key }: { readonly argument: string; readonly key: string }) =>
    `is encrypted with ${key}, which is of AWS (${argument})`,
  keyless: 'cannot be encrypted at rest with a customer key: the service offers none for this type',
  inherits: ({ owner }: { readonly owner: string }) => `is as ${owner} is, which fails`,
};

type Inspect = Inspection<typeof messages>;

const TYPES: readonly string[] = [...DATA_STORES.keys()];

/** Replica, snapshot, copy, cluster: longer chains are not followed. */
const LONGEST_CHAIN = 6;

export default defineCheck({
  id: 'ENC-005',
  why: 'Databases and caches hold the data of users. Without a customer key of the enclave, AWS alone decides who may decrypt their disks, backups and snapshots.',
  fix: 'Switch encryption at rest on and name a customer key of the site; both mostly need a new database. Types that take no customer key need a replacement.',
  references: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html',
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html',
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-6-upgrade',
  ],
  resourceTypes: [...TYPES, COLLECTION, 'aws_opensearchserverless_security_policy'],

  messages,

  subjects: (context) => [
    ...resourcesOf(...TYPES)(context).filter(({ resource }) => storesAtRest(resource, context)),
    ...resourcesOf(COLLECTION)(context),
    ...encryptionPolicies(context.estate).map((resource) => ({ kind: 'resource', resource }) as const),
  ],

  inspect: ({ resource }, inspection) => judge(resource, inspection, LONGEST_CHAIN),

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_kms_key: { ledger: {} },
              aws_db_instance: {
                ledger: { engine: 'postgres', storage_encrypted: true, kms_key_id: '${aws_kms_key.ledger.arn}' },
              },
            },
          },
        },
      },
    ],
    violating: [{ stacks: { west: { resource: { aws_dynamodb_table: { ledger: { name: 'ledger' } } } } } }],
  },
});

function storesAtRest(resource: Resource, { estate }: Context): boolean {
  const form = DATA_STORES.get(resource.type);
  if (form?.kind !== 'keyless' || form.except === undefined) return true;
  return asString(estate.effective(resource, form.except.path)) !== form.except.value;
}

function judge(resource: Resource, inspection: Inspect, steps: number): Outcome {
  const { estate, all, fail, pass, unproven } = inspection;
  const form = DATA_STORES.get(resource.type);
  switch (form?.kind) {
    case undefined:
      return resource.type === COLLECTION
        ? judgeCollection(resource, inspection)
        : judgeServerlessPolicy(resource, inspection);
    case 'keyless': {
      if (form.within !== undefined && !isOmitted(resource, form.within.of)) {
        return judgeMember(resource, { kind: 'member', ...form.within }, inspection, steps);
      }
      const exempting = form.except === undefined ? null : asString(resource.attribute(form.except.path));
      if (isHidden(exempting)) return unproven(exempting);
      const extent =
        form.switch === undefined ? {} : { [form.switch]: estate.effective(resource, ...form.switch.split('.')) };
      return fail({ extent }, 'keyless');
    }
    case 'member':
      return all([
        judgeMember(resource, form, inspection, steps),
        form.insights === undefined ? pass() : judgeInsights(resource, form.insights, inspection),
      ]);
    case 'store':
      return all([
        judgeStore(resource, form, inspection, steps),
        form.insights === undefined ? pass() : judgeInsights(resource, form.insights, inspection),
      ]);
  }
}

function judgeStore(store: Resource, form: EncryptedStore, inspection: Inspect, steps: number): Outcome {
  const { estate, all, pass, unproven } = inspection;
  const restored = sourceIn(store, form.restores ?? []);
  const origin = restored ?? sourceIn(store, form.sources ?? []);
  const saysNothing = [form.switch ?? '', ...form.keys].every((argument) => isOmitted(store, argument));
  if (origin !== null && saysNothing) return judgeSource(store, origin, inspection, steps);
  // What is made from another store and names a key is encrypted with that key. A value of the run may be null.
  const isImplied = origin !== null && origin.value.kind !== 'unknown' && isOmitted(store, form.switch ?? '');
  const switched = isImplied ? pass() : judgeSwitch(store, form, origin, inspection);
  if (restored !== null) return all([switched, judgeSource(store, restored, inspection, steps)]);
  const keys = form.keys.map((argument) => judgeKeys(store, argument, origin, inspection, steps));
  const optional = (form.optionalKeys ?? []).map((argument) => {
    const [block = ''] = argument.split('.');
    return isOmitted(store, block) ? pass() : judgeKeys(store, argument, null, inspection, steps);
  });
  const { open } = nestedArguments(estate, store, (form.switch ?? '').split('.'));
  return all([switched, ...keys, ...optional, ...open.map((value) => unproven(value))]);
}

function isOmitted(store: Resource, argument: string): boolean {
  const value = store.attribute(...argument.split('.'));
  return value.kind === 'null' || (value.kind === 'list' && value.items.length === 0);
}

function judgeSwitch(
  store: Resource,
  { switch: argument, on }: EncryptedStore,
  origin: Source | null,
  inspection: Inspect,
): Outcome {
  const { estate, all, pass, fail, unproven } = inspection;
  if (argument === undefined) return pass();
  const { items } = nestedArguments(estate, store, argument.split('.'));
  return all(
    items.map(({ path, value }) => {
      const state = on === undefined ? asBoolean(value) : asString(value);
      if (isHidden(state)) return unproven(state);
      if (state === (on ?? true)) return pass();
      const at = { path, value, extent: contentOf(origin) };
      if (typeof state !== 'string') return fail(at, 'unencrypted', { argument });
      return fail(at, 'awsManaged', { argument, key: shown(state, value) });
    }),
  );
}

function judgeKeys(
  store: Resource,
  argument: string,
  source: Source | null,
  inspection: Inspect,
  steps: number,
): Outcome {
  const { estate, all, unproven } = inspection;
  const { items, open } = nestedArguments(estate, store, argument.split('.'));
  return all([
    ...items.map((item) => judgeKey(store, item, source, inspection, steps)),
    ...open.map((value) => unproven(value)),
  ]);
}

function judgeKey(
  store: Resource,
  { path, value }: { readonly path: Path; readonly value: Value },
  source: Source | null,
  inspection: Inspect,
  steps: number,
): Outcome {
  const { fail } = inspection;
  const argument = path.filter((step) => typeof step === 'string').join('.');
  const extent = { ...contentOf(source), region_name: store.attribute(...path.slice(0, -1), 'region_name') };
  return judgeCustomerKey(value, store, inspection, {
    none: () =>
      source === null ? fail({ path, extent }, 'noKey', { argument }) : judgeSource(store, source, inspection, steps),
    awsManaged: (key) => fail({ path, value, extent }, 'awsManaged', { argument, key }),
  });
}

/** Performance Insights keeps the text of queries, under a key of AWS unless it is given one. */
function judgeInsights(store: Resource, argument: string, inspection: Inspect): Outcome {
  const { pass, unproven } = inspection;
  const isOn = asBoolean(store.attribute(argument));
  if (isHidden(isOn)) return unproven(isOn);
  if (isOn !== true) return pass();
  const path = ['performance_insights_kms_key_id'];
  return judgeKey(store, { path, value: store.attribute(...path) }, null, inspection, 0);
}

function judgeMember(
  member: Resource,
  form: Extract<DataStore, { kind: 'member' }>,
  inspection: Inspect,
  steps: number,
): Outcome {
  const { estate, fail, unproven } = inspection;
  if (form.key !== undefined) {
    const path = [form.key];
    const value = member.attribute(...path);
    if (value.kind !== 'null') return judgeKey(member, { path, value }, null, inspection, steps);
  }
  const value = member.attribute(form.of);
  const owner = steps === 0 ? null : ownerOf(value, member, form.owners, estate);
  if (owner === null) return unproven(`has the encryption of ${display(value)}, which is not in the estate`);
  const outcome = judge(owner, inspection, steps - 1);
  if (outcome.verdict !== 'fail' || owner.init.isSymbolic) return outcome;
  return fail({ path: [form.of], value, related: [owner] }, 'inherits', { owner: owner.address });
}

function judgeServerlessPolicy(policy: Resource, inspection: Inspect): Outcome {
  const path = ['policy'];
  const at = { path, value: policy.attribute(...path) };
  return judgeEncryptionPolicy(policy, inspection, {
    none: () => inspection.fail(at, 'noKey', { argument: 'policy' }),
    awsManaged: (key) => inspection.fail(at, 'awsManaged', { argument: 'policy', key }),
  });
}

/** A collection is encrypted as the policies say whose patterns take it in. */
function judgeCollection(collection: Resource, inspection: Inspect): Outcome {
  const { estate, all, fail, unproven } = inspection;
  const { items, open } = policiesOf(collection, estate);
  if (items.length + open.length === 0) return unproven('is named by no encryption policy of the estate');
  return all([
    ...items.map((policy) => {
      if (policy.init.isSymbolic) return unproven(`is encrypted by ${policy.address}, which may not exist`);
      const outcome = judgeServerlessPolicy(policy, inspection);
      if (outcome.verdict !== 'fail') return outcome;
      return fail({ related: [policy] }, 'inherits', { owner: policy.address });
    }),
    ...open.map((value) => unproven(value)),
  ]);
}

function judgeSource(store: Resource, { argument, value }: Source, inspection: Inspect, steps: number): Outcome {
  const { estate, unproven } = inspection;
  // A snapshot may have the name of a database.
  const types = TYPES.filter((type) => type.includes('snapshot') === argument.includes('snapshot'));
  const owner = steps === 0 ? null : ownerOf(value, store, types, estate);
  if (owner === null) return unproven(`keeps the encryption of ${display(value)}, which is not in the estate`);
  const outcome = judge(owner, inspection, steps - 1);
  return outcome.verdict === 'fail' ? unproven(`keeps the encryption of ${owner.address}, which fails`) : outcome;
}
