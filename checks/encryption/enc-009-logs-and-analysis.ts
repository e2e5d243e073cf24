import { defineCheck } from '../check.ts';
import { storesOf } from './stores/store-encryption.ts';

export default defineCheck({
  id: 'ENC-009',
  why: 'Logs, backups, results of queries and models hold what was in the data that they were made from, long after it. Without a customer key of the enclave AWS alone decides who may read them.',
  fix: 'Name a customer key of the site. Where one resource decides for an account (Glue catalogue, Security Lake, Audit Manager), set it in the Region of every site; results that go to a bucket take the key of the bucket unless they name one.',
  references: [
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html',
    'https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html',
    'https://docs.aws.amazon.com/athena/latest/ug/encryption.html',
    'https://docs.aws.amazon.com/glue/latest/dg/encryption-at-rest.html',
  ],
  ...storesOf('ENC-009'),

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_kms_key: { ledger: {} },
              aws_cloudwatch_log_group: { ledger: { kms_key_id: '${aws_kms_key.ledger.arn}' } },
            },
          },
        },
      },
    ],
    violating: [{ stacks: { west: { resource: { aws_backup_vault: { ledger: { name: 'ledger' } } } } } }],
  },
});
