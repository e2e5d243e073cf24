import type { Resource } from '../../model/resource.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { grantOf } from '../isolation/policy-grants.ts';
import { judgeKeyPolicy, KEY_POLICY_MESSAGES } from './key-policy.ts';

const KEYS = ['aws_kms_key', 'aws_kms_external_key', 'aws_kms_replica_key', 'aws_kms_replica_external_key'] as const;
const COMPANION = 'aws_kms_key_policy';
const GRANT = 'aws_kms_grant';

const messages = {
  ...KEY_POLICY_MESSAGES,
  byDefault: 'has no policy of its own, and that of KMS leaves it to the IAM policies of the account who may decrypt',
  granted: ({ principal }: { readonly principal: string }) =>
    `grants the use of a key to ${principal}, which is neither of the policy nor registered under network.principals`,
};

type Inspect = Inspection<typeof messages>;

const NARROW = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Administration',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111111111111:role/keys' },
      Action: ['kms:DescribeKey', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'],
      Resource: '*',
    },
    {
      Sid: 'Use',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111111111111:root' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
    },
  ],
});

const FOREIGN = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Partner',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999999999999:role/partner' },
      Action: 'kms:Decrypt',
      Resource: '*',
    },
  ],
});

export default defineCheck({
  id: 'KEY-003',
  why: 'Whoever may decrypt has the data, wherever it lies: a foreign principal in the policy of a key is a transfer. KMS asks the policy of the key first, and a policy that names the account as a whole hands the decision to every IAM policy there.',
  fix: 'Give each key a policy of its own: administration for a role that cannot use the key, use for roles of the enclave or for the account through named services (kms:ViaService), services of AWS only with the account in a condition. Register a principal outside under network.principals where it has to be.',
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html',
  ],
  resourceTypes: [...KEYS, COMPANION, GRANT],

  messages,

  subjects: resourcesOf(...KEYS, COMPANION, GRANT),

  inspect({ resource }, inspection) {
    if (resource.type === GRANT) return judgeGrant(resource, inspection);
    const path = ['policy'];
    const value = resource.attribute(...path);
    if (value.kind === 'null') return judgeDefault(resource, inspection);
    return judgeKeyPolicy(inspection.estate.document(value), { path }, inspection);
  },

  examples: {
    compliant: [{ stacks: { west: { resource: { aws_kms_key: { ledger: { policy: NARROW } } } } } }],
    violating: [
      { stacks: { west: { resource: { aws_kms_key: { ledger: { policy: FOREIGN } } } } } },
      { stacks: { west: { resource: { aws_kms_key: { ledger: {} } } } } },
    ],
  },
});

/** A companion states the policy in place of the argument, and is a subject itself. */
function judgeDefault(key: Resource, { estate, pass, fail, unproven }: Inspect): Outcome {
  if (key.type === COMPANION) return unproven('states no policy');
  const { items, open } = estate.companions(key, COMPANION, 'key_id');
  if (items.some(({ init }) => !init.isSymbolic)) return pass();
  if (items.length > 0) return unproven('has a policy of its own only where a count or for_each makes one');
  if (open.length > 0) return unproven(open.map(({ value }) => value));
  return fail({ path: ['policy'] }, 'byDefault');
}

function judgeGrant(grant: Resource, inspection: Inspect): Outcome {
  const path = ['grantee_principal'];
  const value = grant.attribute(...path);
  const admitted = grantOf(value, inspection);
  switch (admitted.kind) {
    case 'hidden':
      return inspection.unproven(admitted.value);
    case 'own':
    case 'organisation':
    case 'registered':
    case 'service':
      return inspection.pass();
    case 'everyone':
    case 'foreign': {
      const extent = { operations: grant.attribute('operations'), key_id: grant.attribute('key_id') };
      return inspection.fail({ path, value, extent }, 'granted', { principal: admitted.principal });
    }
  }
}
