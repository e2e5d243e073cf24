import { defineCheck } from '../check.ts';
import { storesOf } from './stores/store-encryption.ts';

export default defineCheck({
  id: 'ENC-007',
  why: 'What is on its way rests in queues, streams, archives and the workflows between them, often longer than meant. Without a customer key of the enclave AWS alone decides who may read it there.',
  fix: 'Name a customer key of the site, and switch the encryption of the type to it (KMS, CUSTOMER_MANAGED_KMS_KEY, ...). What is delivered to a bucket without a key of its own takes that of the bucket (ENC-001).',
  references: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html',
    'https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html',
    'https://docs.aws.amazon.com/streams/latest/dev/what-is-sse.html',
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html',
  ],
  ...storesOf('ENC-007'),

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_kms_key: { ledger: {} },
              aws_sqs_queue: { ledger: { kms_master_key_id: '${aws_kms_key.ledger.id}' } },
            },
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_kinesis_stream: {
                ledger: { name: 'ledger', shard_count: 1, encryption_type: 'KMS', kms_key_id: 'alias/aws/kinesis' },
              },
            },
          },
        },
      },
    ],
  },
});
