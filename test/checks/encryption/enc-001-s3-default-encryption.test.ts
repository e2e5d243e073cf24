import check from '../../../checks/encryption/enc-001-s3-default-encryption.ts';
import { testCheck } from '../../support/check-tester.ts';

type Body = { readonly [key: string]: unknown };

const KEY = { aws_kms_key: { ledger: {} } };
const KMS = { sse_algorithm: 'aws:kms', kms_master_key_id: '${aws_kms_key.ledger.arn}' };
const applied = (by: Body) => ({ apply_server_side_encryption_by_default: by });

/** A bucket, its configuration, and whatever else. */
const bucket = (configurations: Body, more: Body = {}, body: Body = {}) => ({
  resource: {
    ...KEY,
    aws_s3_bucket: { ledger: { bucket: 'ledger', ...body } },
    aws_s3_bucket_server_side_encryption_configuration: configurations,
    ...more,
  },
});

const configured = (...rules: readonly Body[]) => ({
  ledger: { bucket: '${aws_s3_bucket.ledger.id}', rule: rules },
});

const REGISTERED = 'arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d-0000-4000-8000-000000000001';
const SSE_S3 = { ledger: { bucket: '${var.bucket}', rule: applied({ sse_algorithm: 'AES256' }) } };

testCheck(check, {
  pass: [
    { name: 'a customer key', stacks: { west: bucket(configured(applied(KMS))) } },
    {
      name: 'a customer key in lists',
      stacks: { west: bucket(configured({ apply_server_side_encryption_by_default: [KMS] })) },
    },
    {
      name: 'one rule as a single block, two layers of encryption, a bucket key',
      stacks: {
        west: bucket({
          ledger: {
            bucket: 'ledger',
            rule: { ...applied({ ...KMS, sse_algorithm: 'aws:kms:dsse' }), bucket_key_enabled: true },
          },
        }),
      },
    },
    {
      name: 'the inline block of old providers',
      stacks: { west: bucket({}, {}, { server_side_encryption_configuration: [{ rule: [applied(KMS)] }] }) },
    },
    {
      name: 'a registered key',
      stacks: { west: bucket(configured(applied({ ...KMS, kms_master_key_id: REGISTERED }))) },
      policy: { keys: { register: [{ arn: REGISTERED, site: 'west', owner: 'Keys', reason: 'Made by hand.' }] } },
    },
    {
      name: 'a configuration in another stack that names the bucket',
      stacks: {
        west: { resource: { aws_s3_bucket: { ledger: { bucket: 'ledger' } } } },
        links: {
          resource: {
            ...KEY,
            aws_s3_bucket_server_side_encryption_configuration: { ledger: { bucket: 'ledger', rule: applied(KMS) } },
          },
        },
      },
    },
    {
      name: 'each bucket of a for_each',
      stacks: {
        west: {
          resource: {
            ...KEY,
            aws_s3_bucket: { ledger: { for_each: { a: 1, b: 2 }, bucket: '${each.key}' } },
            aws_s3_bucket_server_side_encryption_configuration: {
              ledger: {
                for_each: { a: 1, b: 2 },
                bucket: '${aws_s3_bucket.ledger[each.key].id}',
                rule: applied(KMS),
              },
            },
          },
        },
      },
    },
    {
      name: 'a directory bucket',
      stacks: {
        west: {
          resource: {
            ...KEY,
            aws_s3_directory_bucket: { ledger: { bucket: 'ledger--euw1-az1--x-s3' } },
            aws_s3_bucket_server_side_encryption_configuration: {
              ledger: { bucket: '${aws_s3_directory_bucket.ledger.bucket}', rule: applied(KMS) },
            },
          },
        },
      },
    },
    {
      name: 'buckets of tables and vectors',
      stacks: {
        west: {
          resource: {
            ...KEY,
            aws_s3tables_table_bucket: {
              ledger: { encryption_configuration: { sse_algorithm: 'aws:kms', kms_key_arn: KMS.kms_master_key_id } },
            },
            aws_s3vectors_vector_bucket: {
              ledger: { encryption_configuration: [{ sse_type: 'aws:kms', kms_key_arn: KMS.kms_master_key_id }] },
            },
          },
        },
      },
    },
  ],
  fail: [
    {
      name: 'a bucket without a configuration',
      stacks: { west: bucket({}) },
      fails: { 'aws_s3_bucket.ledger': 'missing' },
    },
    {
      name: 'a configuration of another bucket',
      stacks: {
        west: bucket(
          { receipts: { bucket: '${aws_s3_bucket.receipts.id}', rule: applied(KMS) } },
          { aws_s3_bucket: { ledger: { bucket: 'ledger' }, receipts: { bucket: 'receipts' } } },
        ),
      },
      fails: { 'aws_s3_bucket.ledger': 'missing' },
    },
    {
      name: 'SSE-S3',
      stacks: { west: bucket(configured(applied({ sse_algorithm: 'AES256' }))) },
      fails: { 'aws_s3_bucket.ledger': 'algorithm' },
    },
    {
      name: 'a rule that says nothing of the algorithm',
      stacks: { west: bucket(configured({ bucket_key_enabled: true })) },
      fails: { 'aws_s3_bucket.ledger': 'algorithm' },
    },
    {
      name: 'the second of two rules',
      stacks: { west: bucket(configured(applied(KMS), applied({ sse_algorithm: 'AES256' }))) },
      fails: { 'aws_s3_bucket.ledger': 'algorithm' },
    },
    {
      name: 'two configurations that disagree',
      stacks: {
        west: bucket({
          ...configured(applied(KMS)),
          again: { bucket: 'ledger', rule: applied({ sse_algorithm: 'AES256' }) },
        }),
      },
      fails: { 'aws_s3_bucket.ledger': 'algorithm' },
    },
    {
      name: 'an inline block that disagrees with the configuration',
      stacks: {
        west: bucket(
          configured(applied(KMS)),
          {},
          { server_side_encryption_configuration: { rule: applied({ sse_algorithm: 'AES256' }) } },
        ),
      },
      fails: { 'aws_s3_bucket.ledger': 'algorithm' },
    },
    {
      name: 'no key',
      stacks: { west: bucket(configured(applied({ sse_algorithm: 'aws:kms' }))) },
      fails: { 'aws_s3_bucket.ledger': 'defaultKey' },
    },
    {
      name: 'an empty key',
      stacks: { west: bucket(configured(applied({ sse_algorithm: 'aws:kms', kms_master_key_id: '' }))) },
      fails: { 'aws_s3_bucket.ledger': 'defaultKey' },
    },
    {
      name: 'the key that AWS manages, by its alias',
      stacks: { west: bucket(configured(applied({ ...KMS, kms_master_key_id: 'alias/aws/s3' }))) },
      fails: { 'aws_s3_bucket.ledger': 'awsManaged' },
    },
    {
      name: 'directory, table and vector buckets as they come',
      stacks: {
        west: {
          resource: {
            aws_s3_directory_bucket: { ledger: { bucket: 'ledger--euw1-az1--x-s3' } },
            aws_s3tables_table_bucket: { ledger: { name: 'ledger' } },
            aws_s3tables_table: { own: { encryption_configuration: { sse_algorithm: 'AES256' } }, of_bucket: {} },
            aws_s3vectors_vector_bucket: { ledger: { encryption_configuration: [{ sse_type: 'AES256' }] } },
          },
        },
      },
      fails: {
        'aws_s3_directory_bucket.ledger': 'missing',
        'aws_s3tables_table.own': 'algorithm',
        'aws_s3tables_table_bucket.ledger': 'missing',
        'aws_s3vectors_vector_bucket.ledger': 'algorithm',
      },
    },
  ],
  unproven: [
    {
      name: 'a key from a variable',
      stacks: {
        west: { variable: { key: {} }, ...bucket(configured(applied({ ...KMS, kms_master_key_id: '${var.key}' }))) },
      },
      unproven: { 'aws_s3_bucket.ledger': 'var.key' },
    },
    {
      name: 'an algorithm from a variable',
      stacks: {
        west: { variable: { sse: {} }, ...bucket(configured(applied({ ...KMS, sse_algorithm: '${var.sse}' }))) },
      },
      unproven: { 'aws_s3_bucket.ledger': 'var.sse' },
    },
    {
      name: 'a key outside the estate',
      stacks: { west: bucket(configured(applied({ ...KMS, kms_master_key_id: REGISTERED }))) },
      unproven: { 'aws_s3_bucket.ledger': REGISTERED },
    },
    {
      name: 'a configuration of a bucket that is not known',
      stacks: { west: { variable: { bucket: {} }, ...bucket(SSE_S3) } },
      unproven: { 'aws_s3_bucket.ledger': 'var.bucket' },
    },
    {
      name: 'a good configuration beside one that may be its own too',
      stacks: {
        west: { variable: { bucket: {} }, ...bucket({ ...configured(applied(KMS)), again: SSE_S3.ledger }) },
      },
      unproven: { 'aws_s3_bucket.ledger': 'if aws_s3_bucket_server_side_encryption_configuration.again is about it' },
    },
    {
      name: 'a configuration that only the plan counts',
      stacks: {
        west: {
          variable: { many: {} },
          ...bucket({ ledger: { count: '${var.many}', bucket: 'ledger', rule: applied(KMS) } }),
        },
      },
      unproven: { 'aws_s3_bucket.ledger': 'count' },
    },
    {
      name: 'a bucket whose name is a variable, beside a configuration of a literal name',
      stacks: {
        west: {
          variable: { name: {} },
          ...bucket({ ledger: { bucket: 'ledger', rule: applied(KMS) } }, {}, { bucket: '${var.name}' }),
        },
      },
      unproven: { 'aws_s3_bucket.ledger': 'var.name' },
    },
    {
      name: 'rules that only the plan knows',
      stacks: {
        west: {
          variable: { rules: {} },
          ...bucket({
            ledger: {
              bucket: 'ledger',
              dynamic: { rule: { for_each: '${var.rules}', content: applied(KMS) } },
            },
          }),
        },
      },
      unproven: { 'aws_s3_bucket.ledger': 'dynamic.rule' },
    },
  ],
});
