import type { Resource } from '../../model/resource.ts';
import { asString, isHidden, shown } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome, type Remedy, resourcesOf, SITE_KEY } from '../check.ts';
import {
  BUCKET_ENCRYPTION_TYPES,
  bucketEncryption,
  BUCKETS,
  type EncryptionRule,
  hasOwnDefault,
} from './bucket-encryption.ts';
import { judgeCustomerKey } from './customer-key.ts';

const KMS_ALGORITHMS: readonly string[] = ['aws:kms', 'aws:kms:dsse'];

const messages = {
  missing: 'has no encryption configuration, so S3 encrypts with a key of its own (SSE-S3)',
  algorithm: ({ algorithm }: { readonly algorithm: string }) =>
    `encrypts by default with ${algorithm} instead of a customer key`,
  defaultKey: 'encrypts with the AWS managed key aws/s3, because no key is named',
  awsManaged: ({ key }: { readonly key: string }) => `encrypts with ${key}, a key that AWS manages`,
};

/** What a bucket without a word on encryption needs. */
const ADDED: Remedy = {
  of: 'aws_s3_bucket_server_side_encryption_configuration',
  set: [
    { path: ['bucket'], to: 'bucket.id' },
    {
      path: ['rule'],
      to: `[{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: ${SITE_KEY} } }]`,
    },
  ],
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'ENC-001',
  why: 'S3 always encrypts somehow. Only with a customer key does the enclave decide, and see, who may decrypt.',
  fix: 'Add an aws_s3_bucket_server_side_encryption_configuration for the bucket with sse_algorithm = "aws:kms" and kms_master_key_id of a customer key of the site.',
  references: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html',
  ],
  resourceTypes: [...BUCKET_ENCRYPTION_TYPES],

  messages,

  subjects: (context) => resourcesOf(...BUCKETS)(context).filter(({ resource }) => hasOwnDefault(resource)),

  inspect({ resource: bucket }, inspection) {
    const { estate, all, fail, unproven } = inspection;
    const { rules, possible, open } = bucketEncryption(bucket, estate);
    const hidden = [...open, ...possible.map(({ because }) => because)];
    if (rules.length === 0) return hidden.length === 0 ? fail({ remedy: ADDED }, 'missing') : unproven(hidden);
    return all([
      ...rules.map((rule) => judgeRule(rule, bucket, inspection)),
      ...possible.map(({ rule }) => asPossible(judgeRule(rule, bucket, inspection), rule, inspection)),
      ...(open.length === 0 ? [] : [unproven(open)]),
    ]);
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_kms_key: { ledger: {} },
              aws_s3_bucket: { ledger: {} },
              aws_s3_bucket_server_side_encryption_configuration: {
                ledger: {
                  bucket: '${aws_s3_bucket.ledger.id}',
                  rule: [
                    {
                      apply_server_side_encryption_by_default: {
                        sse_algorithm: 'aws:kms',
                        kms_master_key_id: '${aws_kms_key.ledger.arn}',
                      },
                    },
                  ],
                },
              },
            },
          },
        },
      },
    ],
    violating: [{ stacks: { west: { resource: { aws_s3_bucket: { ledger: {} } } } } }],
  },
});

function judgeRule(rule: EncryptionRule, bucket: Resource, inspection: Inspect): Outcome {
  const { fail, unproven } = inspection;
  const { source, path, algorithm, algorithmPath, key, keyPath } = rule;
  const remedy: Remedy = {
    of: source,
    set: [
      { path: algorithmPath, to: "'aws:kms'" },
      { path: keyPath, to: SITE_KEY },
    ],
  };
  const at =
    source === bucket
      ? { path, value: algorithm, remedy }
      : { value: algorithm, related: [source], location: source.locate(...path), remedy };
  const name = asString(algorithm);
  if (isHidden(name)) return unproven(name);
  if (name === null || !KMS_ALGORITHMS.includes(name)) {
    return fail(at, 'algorithm', { algorithm: shown(name ?? 'SSE-S3, the default,', algorithm) });
  }
  return judgeCustomerKey(key, source, inspection, {
    none: () => fail(at, 'defaultKey'),
    awsManaged: (managed) => fail({ ...at, value: key }, 'awsManaged', { key: managed }),
  });
}

/** A companion that may be about this bucket takes a proof away and shows nothing. */
function asPossible(outcome: Outcome, { source }: EncryptionRule, { unproven }: Inspect): Outcome {
  if (outcome.verdict !== 'fail') return outcome;
  return unproven(`${outcome.message}, if ${source.address} is about it`);
}
