import type { Resource } from '../../model/resource.ts';
import { defineCheck, type Outcome, resourcesOf } from '../check.ts';
import { COLLECTION, encryptionPolicies, judgeEncryptionPolicy, policiesOf } from './opensearch-serverless.ts';
import { judgeStore, storesOf } from './stores/store-encryption.ts';
import type { StoreInspection } from './stores/store-messages.ts';

const { resourceTypes, messages, subjects } = storesOf('ENC-005');

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
  resourceTypes: [...resourceTypes, COLLECTION, 'aws_opensearchserverless_security_policy'],

  messages,

  subjects: (context) => [
    ...subjects(context),
    ...resourcesOf(COLLECTION)(context),
    ...encryptionPolicies(context.estate).map((resource) => ({ kind: 'resource', resource }) as const),
  ],

  inspect({ resource }, inspection) {
    if (resource.type === COLLECTION) return judgeCollection(resource, inspection);
    if (resource.type === 'aws_opensearchserverless_security_policy')
      return judgeServerlessPolicy(resource, inspection);
    return judgeStore(resource, 'ENC-005', inspection);
  },

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

function judgeServerlessPolicy(policy: Resource, inspection: StoreInspection): Outcome {
  const path = ['policy'];
  const at = { path, value: policy.attribute(...path) };
  return judgeEncryptionPolicy(policy, inspection, {
    none: () => inspection.fail(at, 'noKey', { argument: 'policy' }),
    awsManaged: (key) => inspection.fail(at, 'awsManaged', { argument: 'policy', key }),
  });
}

/** A collection is encrypted as the policies say whose patterns take it in. */
function judgeCollection(collection: Resource, inspection: StoreInspection): Outcome {
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
