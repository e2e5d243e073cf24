import check from '../../../checks/encryption/enc-007-messaging.ts';
import { testCheck } from '../../support/check-tester.ts';

type Body = { readonly [key: string]: unknown };

const ARN = '${aws_kms_key.ledger.arn}';
const west = (body: Body, more: Body = {}) => ({
  west: { ...more, resource: { aws_kms_key: { ledger: {} }, ...body } },
});
const one = (type: string, body: Body, more: Body = {}) => west({ [type]: { ledger: body } }, more);

const stream = (body: Body) =>
  one('aws_kinesis_firehose_delivery_stream', { name: 'ledger', destination: 'x', ...body });
const ENCRYPTED = { server_side_encryption: { enabled: true, key_type: 'CUSTOMER_MANAGED_CMK', key_arn: ARN } };
const SFN_ACTIVITY = {
  name: 'ledger',
  encryption_configuration: { type: 'CUSTOMER_MANAGED_KMS_KEY', kms_key_id: ARN },
};

testCheck(check, {
  pass: [
    {
      name: 'queues, topics and streams',
      stacks: west({
        aws_sqs_queue: { ledger: { kms_master_key_id: '${aws_kms_key.ledger.id}' } },
        aws_sns_topic: { ledger: { kms_master_key_id: ARN } },
        aws_kinesis_stream: { ledger: { encryption_type: 'KMS', kms_key_id: ARN } },
        aws_msk_cluster: { ledger: { encryption_info: [{ encryption_at_rest_kms_key_arn: ARN }] } },
        aws_mq_broker: { ledger: { encryption_options: { use_aws_owned_key: false, kms_key_id: ARN } } },
      }),
    },
    {
      name: 'events and workflows',
      stacks: west({
        aws_cloudwatch_event_bus: { ledger: { name: 'ledger', kms_key_identifier: ARN } },
        aws_cloudwatch_event_archive: { ledger: { kms_key_identifier: ARN } },
        aws_sfn_activity: { ledger: SFN_ACTIVITY },
        aws_pipes_pipe: { ledger: { kms_key_identifier: ARN } },
        aws_lambda_event_source_mapping: { ledger: { function_name: 'ledger', filter_criteria: {}, kms_key_arn: ARN } },
      }),
    },
    {
      name: 'a delivery stream that takes records itself',
      stacks: stream({ ...ENCRYPTED, extended_s3_configuration: { bucket_arn: 'arn:aws:s3:::x', kms_key_arn: ARN } }),
    },
    {
      name: 'a delivery stream that reads another, which keeps the records',
      stacks: stream({
        kinesis_source_configuration: { kinesis_stream_arn: 'arn:aws:kinesis:eu-west-1:111111111111:stream/ledger' },
        extended_s3_configuration: { bucket_arn: 'arn:aws:s3:::x', kms_key_arn: ARN },
      }),
    },
  ],

  fail: [
    {
      name: 'a queue with SSE-SQS',
      stacks: one('aws_sqs_queue', { sqs_managed_sse_enabled: true }),
      fails: { 'aws_sqs_queue.ledger': 'noKey' },
    },
    {
      name: 'a topic with a key that AWS manages',
      stacks: one('aws_sns_topic', { kms_master_key_id: 'alias/aws/sns' }),
      fails: { 'aws_sns_topic.ledger': 'awsManaged' },
    },
    {
      name: 'a stream without encryption, which is what omission means',
      stacks: one('aws_kinesis_stream', { name: 'ledger', kms_key_id: ARN }),
      fails: { 'aws_kinesis_stream.ledger': 'unencrypted' },
    },
    {
      name: 'an activity with a key of AWS',
      stacks: one('aws_sfn_activity', { name: 'ledger', encryption_configuration: { type: 'AWS_OWNED_KEY' } }),
      fails: { 'aws_sfn_activity.ledger': 'awsManaged' },
    },
    {
      name: 'a broker whose options are omitted',
      stacks: one('aws_mq_broker', { broker_name: 'ledger' }),
      fails: { 'aws_mq_broker.ledger': 'unencrypted' },
    },
    {
      name: 'a delivery stream that keeps records without encryption',
      stacks: stream({ extended_s3_configuration: { bucket_arn: 'arn:aws:s3:::x', kms_key_arn: ARN } }),
      fails: { 'aws_kinesis_firehose_delivery_stream.ledger': 'unencrypted' },
    },
    {
      name: 'a delivery to a bucket with a key of AWS',
      stacks: west({
        aws_s3_bucket: { ledger: {} },
        aws_kinesis_firehose_delivery_stream: {
          ledger: { ...ENCRYPTED, extended_s3_configuration: { bucket_arn: '${aws_s3_bucket.ledger.arn}' } },
        },
      }),
      fails: { 'aws_kinesis_firehose_delivery_stream.ledger': 'inherits' },
    },
    {
      name: 'a serverless cluster',
      stacks: one('aws_msk_serverless_cluster', { cluster_name: 'ledger' }),
      fails: { 'aws_msk_serverless_cluster.ledger': 'keyless' },
    },
  ],

  unproven: [
    {
      name: 'the alias of a key outside the estate',
      stacks: one('aws_sqs_queue', { kms_master_key_id: 'alias/ledger' }),
      unproven: { 'aws_sqs_queue.ledger': 'alias/ledger' },
    },
    {
      name: 'a kind of key without a value',
      stacks: one(
        'aws_kinesis_stream',
        { encryption_type: '${var.kind}', kms_key_id: ARN },
        { variable: { kind: { type: 'string' } } },
      ),
      unproven: { 'aws_kinesis_stream.ledger': 'var.kind' },
    },
    {
      name: 'a source that may not be there',
      stacks: {
        west: {
          variable: { sources: { type: 'set(string)' } },
          resource: {
            aws_kinesis_firehose_delivery_stream: {
              ledger: {
                name: 'ledger',
                dynamic: {
                  kinesis_source_configuration: {
                    for_each: '${var.sources}',
                    content: { kinesis_stream_arn: '${kinesis_source_configuration.value}' },
                  },
                },
              },
            },
          },
        },
      },
      unproven: { 'aws_kinesis_firehose_delivery_stream.ledger': 'dynamic.kinesis_source_configuration' },
    },
    {
      name: 'mail that goes to a bucket outside the estate',
      stacks: one('aws_ses_receipt_rule', { s3_action: [{ bucket_name: 'elsewhere', position: 1 }] }),
      unproven: { 'aws_ses_receipt_rule.ledger': '"elsewhere"' },
    },
  ],
});
