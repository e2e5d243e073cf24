import { expect, it } from 'vitest';
import check from '../../../checks/residency/res-011-sinks.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';
import { testRows } from '../../support/flow-tester.ts';

const west = (resource: object, rest: object = {}) => ({ west: { resource, ...rest } });
const subscription = (protocol: string, endpoint: string, rest: object = {}) => ({
  aws_sns_topic_subscription: {
    ledger: { topic_arn: 'arn:aws:sns:eu-west-1:111111111111:a', protocol, endpoint, ...rest },
  },
});
const registered = (domain: string) => ({
  network: {
    outside: [
      {
        id: 'collector',
        kind: 'partner',
        cidrs: ['192.0.2.0/24'],
        domains: [domain],
        reason: 'Receives the receipts.',
      },
    ],
  },
});
const integration = (rest: object) => ({
  aws_api_gateway_integration: { ledger: { http_method: 'ANY', resource_id: 'a', rest_api_id: 'b', ...rest } },
});
const integration2 = (rest: object) => ({ aws_apigatewayv2_integration: { ledger: { api_id: 'a', ...rest } } });

/** A topic with a class of its own, and a provider that gives another one to what takes tags. */
const copied = (tags: object, topic = '${aws_sns_topic.ledger.arn}') =>
  west(
    {
      aws_sns_topic: { ledger: { name: 'ledger', ...tags } },
      aws_sns_topic_subscription: {
        copy: { topic_arn: topic, protocol: 'sqs', endpoint: 'arn:aws:sqs:eu-central-1:111111111111:copy' },
      },
    },
    {
      provider: {
        aws: [
          {
            region: 'eu-west-1',
            allowed_account_ids: ['111111111111'],
            default_tags: [{ tags: { 'ledger:data-class': 'operational' } }],
          },
        ],
      },
    },
  );
/** Mail that arrives, kept in the country of the monitor; the provider's default tags are given to no rule. */
const mail = (bucket: object) =>
  west(
    {
      aws_s3_bucket: { mail: { provider: 'aws.monitor', ...bucket } },
      aws_ses_receipt_rule: {
        in: {
          name: 'in',
          rule_set_name: 'in',
          s3_action: [{ bucket_name: '${aws_s3_bucket.mail.id}', position: 1 }],
        },
      },
    },
    {
      provider: {
        aws: [
          {
            region: 'eu-west-1',
            allowed_account_ids: ['111111111111'],
            default_tags: [{ tags: { 'ledger:data-class': 'operational' } }],
          },
          { alias: 'monitor', region: 'eu-central-1', allowed_account_ids: ['333333333333'] },
        ],
      },
    },
  );
const ARN = 'arn:aws:sns:eu-west-1:111111111111';

testRows(check, 'third-party', 'stream', 'transfer', 'sharing');

testCheck(check, {
  pass: [
    {
      name: 'a collection that roles and people of the own account read',
      stacks: west({
        aws_opensearchserverless_access_policy: {
          own: {
            name: 'own',
            type: 'data',
            policy: JSON.stringify([
              {
                Rules: [{ ResourceType: 'index', Resource: ['index/*/*'], Permission: ['aoss:ReadDocument'] }],
                Principal: [
                  'arn:aws:iam::111111111111:role/analyst',
                  'saml/111111111111/directory/user/anna',
                  'iamidentitycenter/ssoins-1234567890abcdef/user/anna',
                ],
              },
            ]),
          },
        },
      }),
    },
    {
      name: 'mail in a bucket for what may travel',
      stacks: mail({ tags: { 'ledger:data-class': 'operational' } }),
    },
    {
      name: 'tables that a role of the estate reads',
      stacks: west({
        aws_iam_role: { analyst: { name: 'analyst' } },
        aws_lakeformation_permissions: { own: { principal: '${aws_iam_role.analyst.arn}', permissions: ['SELECT'] } },
      }),
    },
    {
      name: 'tables that are copied between endpoints of the estate',
      stacks: west({
        aws_s3_bucket: { lake: {} },
        aws_dms_s3_endpoint: { lake: { endpoint_id: 'lake', bucket_name: '${aws_s3_bucket.lake.id}' } },
        aws_dms_replication_task: { all: { target_endpoint_arn: '${aws_dms_s3_endpoint.lake.endpoint_arn}' } },
      }),
    },
    {
      name: 'a connector whose settings name a bucket of the estate, classes and topics',
      stacks: west({
        aws_s3_bucket: { lake: {} },
        aws_mskconnect_connector: {
          lake: {
            connector_configuration: {
              'connector.class': 'io.confluent.connect.s3.S3SinkConnector',
              'tasks.max': '2',
              topics: 'orders',
              's3.region': 'eu-west-1',
              's3.bucket.name': '${aws_s3_bucket.lake.id}',
            },
          },
        },
      }),
    },
    { name: 'messages of a topic that is not restricted, in another country of the policy', stacks: copied({}) },
    { name: 'the same of a topic that is named by its ARN', stacks: copied({}, `${ARN}:ledger`) },
    {
      name: 'a host that the policy registers',
      stacks: west(subscription('https', 'https://in.collector.example/receipts')),
      policy: registered('.collector.example'),
    },
    {
      name: 'tables that everybody of the own account reads, and a grant to a person of the directory',
      stacks: west({
        aws_lakeformation_permissions: {
          all: { principal: 'IAM_ALLOWED_PRINCIPALS', permissions: ['ALL'] },
          own: { principal: '111111111111:IAMPrincipals', permissions: ['ALL'] },
        },
        aws_s3control_access_grant: {
          person: {
            grantee: [{ grantee_type: 'DIRECTORY_USER', grantee_identifier: '83d43802-00b1-7054-db02-f1d683aacba5' }],
          },
        },
      }),
    },
    { name: 'a queue of the country', stacks: west(subscription('sqs', 'arn:aws:sqs:eu-west-1:111111111111:ledger')) },
    {
      name: 'a function that answers both kinds of API',
      stacks: west({
        aws_lambda_function: { clerk: { function_name: 'clerk' } },
        ...integration({ type: 'AWS_PROXY', uri: '${aws_lambda_function.clerk.invoke_arn}' }),
        ...integration2({ integration_type: 'AWS_PROXY', integration_uri: '${aws_lambda_function.clerk.arn}' }),
      }),
    },
    {
      name: 'an API that reaches a host over a link of its VPC, beside a topic',
      stacks: west({
        ...integration({ type: 'HTTP_PROXY', connection_type: 'VPC_LINK', uri: 'http://collector.example' }),
        ...subscription('lambda', 'arn:aws:lambda:eu-west-1:111111111111:function:clerk'),
      }),
    },
  ],
  fail: [
    {
      name: 'a collection that people of another account read',
      stacks: west({
        aws_opensearchserverless_access_policy: {
          far: { name: 'far', type: 'data', policy: JSON.stringify([{ Principal: ['saml/999999999999/a/user/b'] }]) },
        },
      }),
      fails: { 'aws_opensearchserverless_access_policy.far': 'leaves' },
    },
    {
      name: 'mail in a bucket for what stays',
      stacks: mail({ tags: { 'ledger:data-class': 'restricted' } }),
      fails: { 'aws_ses_receipt_rule.in': 'leaves' },
    },
    {
      name: 'a connector to a warehouse of others, whatever hides another of its settings',
      stacks: west(
        {
          aws_mskconnect_connector: {
            far: {
              connector_configuration: { topics: '${var.topics}', 'snowflake.url.name': 'a.snowflakecomputing.com' },
            },
          },
        },
        { variable: { topics: { type: 'string' } } },
      ),
      fails: { 'aws_mskconnect_connector.far': 'leaves' },
    },
    {
      name: 'a pipe that a tag calls operational, from a queue that another calls restricted',
      stacks: west({
        aws_sqs_queue: { ledger: { name: 'ledger', tags: { 'ledger:data-class': 'restricted' } } },
        aws_pipes_pipe: {
          copy: {
            source: '${aws_sqs_queue.ledger.arn}',
            target: 'arn:aws:sqs:eu-central-1:111111111111:copy',
            tags: { 'ledger:data-class': 'operational' },
          },
        },
      }),
      fails: { 'aws_pipes_pipe.copy': 'leaves' },
    },
    {
      name: 'messages of a restricted topic in another country, whatever class the provider gives by default',
      stacks: copied({ tags: { 'ledger:data-class': 'restricted' } }),
      fails: { 'aws_sns_topic_subscription.copy': 'leaves' },
    },
    {
      name: 'tables that everybody of a foreign account reads',
      stacks: west({
        aws_lakeformation_permissions: { all: { principal: '999999999999:IAMPrincipals', permissions: ['SELECT'] } },
      }),
      fails: { 'aws_lakeformation_permissions.all': 'leaves' },
    },
    {
      name: 'a host whose end alone is like that of a registered one',
      stacks: west(subscription('https', 'https://evilcollector.example/')),
      policy: registered('.collector.example'),
      fails: { 'aws_sns_topic_subscription.ledger': 'leaves' },
    },
    {
      name: 'a registered name as user of another host',
      stacks: west(subscription('https', 'https://in.collector.example@elsewhere.example/')),
      policy: registered('.collector.example'),
      fails: { 'aws_sns_topic_subscription.ledger': 'leaves' },
    },
    {
      name: 'mail to a registered domain',
      stacks: west(subscription('email', 'desk@in.collector.example')),
      policy: registered('.collector.example'),
      fails: { 'aws_sns_topic_subscription.ledger': 'leaves' },
    },
    {
      name: 'APIs that pass requests on to a host',
      stacks: west({
        ...integration({ type: 'HTTP_PROXY', uri: 'https://elsewhere.example/{proxy}' }),
        ...integration2({ integration_type: 'HTTP_PROXY', integration_uri: 'https://elsewhere.example' }),
      }),
      fails: { 'aws_api_gateway_integration.ledger': 'leaves', 'aws_apigatewayv2_integration.ledger': 'leaves' },
    },
    {
      name: 'a function of another Region behind an API',
      stacks: west(
        integration({
          type: 'AWS_PROXY',
          uri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111111111111:function:a/invocations',
        }),
      ),
      fails: { 'aws_api_gateway_integration.ledger': 'leaves' },
    },
    {
      name: 'a stream to Splunk beside one that stays inside',
      stacks: west({
        aws_s3_bucket: { refused: {} },
        aws_kinesis_firehose_delivery_stream: {
          ledger: {
            splunk_configuration: [
              {
                hec_endpoint: 'https://input.splunkcloud.example:8088',
                s3_configuration: [{ bucket_arn: '${aws_s3_bucket.refused.arn}' }],
              },
            ],
          },
        },
      }),
      fails: { 'aws_kinesis_firehose_delivery_stream.ledger': 'leaves' },
    },
    {
      name: 'records from a stream in the United States',
      stacks: west({
        aws_lambda_event_source_mapping: {
          ledger: { event_source_arn: 'arn:aws:kinesis:us-east-1:111111111111:stream/ledger' },
        },
      }),
      fails: { 'aws_lambda_event_source_mapping.ledger': 'arrives' },
    },
  ],
  unproven: [
    {
      name: 'mail in a bucket of no class',
      stacks: mail({}),
      unproven: { 'aws_ses_receipt_rule.in': 'no tag ledger:data-class of what receives it tells which data leaves' },
    },
    {
      name: 'messages of a topic that the estate does not have, whose class the provider does not tell',
      stacks: copied({}, `${ARN}:elsewhere`),
      unproven: { 'aws_sns_topic_subscription.copy': 'no tag ledger:data-class tells' },
    },
    {
      name: 'a host without a value',
      stacks: west(subscription('https', '${var.host}'), { variable: { host: {} } }),
      unproven: { 'aws_sns_topic_subscription.ledger': 'var.host' },
    },
    {
      name: 'a secret host',
      stacks: west(subscription('https', '${local.host}'), { locals: { host: '${sensitive("https://a.example")}' } }),
      unproven: { 'aws_sns_topic_subscription.ledger': 'sensitive' },
    },
    {
      name: 'a private address',
      stacks: west({
        aws_datasync_location_object_storage: {
          ledger: { server_hostname: '10.0.0.9' },
          named: { server_hostname: 'nas.ledger.internal' },
        },
      }),
      unproven: {
        'aws_datasync_location_object_storage.ledger': '10.0.0.9',
        'aws_datasync_location_object_storage.named': 'nas.ledger.internal',
      },
    },
    {
      name: 'a protocol without a value',
      stacks: west(subscription('${var.protocol}', 'https://elsewhere.example'), { variable: { protocol: {} } }),
      unproven: { 'aws_sns_topic_subscription.ledger': 'var.protocol' },
    },
  ],
});

it.each([
  ['another host', subscription('https', 'https://a.example'), subscription('https', 'https://b.example')],
  [
    'more of the messages',
    subscription('https', 'https://a.example', { filter_policy: '{"kind":["public"]}' }),
    subscription('https', 'https://a.example'),
  ],
  [
    'another topic',
    subscription('https', 'https://a.example', { topic_arn: 'arn:aws:sns:eu-west-1:111111111111:b' }),
    subscription('https', 'https://a.example'),
  ],
])('has an exception not cover %s', (_, approved, graver) => {
  expect(isCovered(check, { stacks: west(approved) }, { stacks: west(graver) })).toBe(false);
});
