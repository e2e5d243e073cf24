import { expect, it } from 'vitest';
import check from '../../../checks/residency/res-008-partition.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';

const west = (resource: object, rest: object = {}) => ({ west: { resource, ...rest } });
const role = (policy: unknown) => ({ aws_iam_role: { worker: { assume_role_policy: policy } } });
const provider = (changes: object) => ({
  west: { provider: { aws: [{ region: 'eu-west-1', allowed_account_ids: ['111111111111'], ...changes }] } },
});
const document = (resources: readonly string[]) => ({
  data: { aws_iam_policy_document: { reading: { statement: [{ actions: ['s3:*'], resources }] } } },
});
const statement = (principal: string) => JSON.stringify({ Statement: [{ Principal: { AWS: principal } }] });

testCheck(check, {
  pass: [
    { name: 'ARNs of the partition', stacks: west(role(statement('arn:aws:iam::111111111111:root'))) },
    { name: 'a pattern that takes in the partition', stacks: west(role(statement('arn:aws*:iam::111111111111:root'))) },
    { name: 'what is no ARN', stacks: west({ aws_sqs_queue: { receipts: { name: 'learn:more:aws-cn' } } }) },
    {
      name: 'the partition that a data source tells',
      stacks: west(
        { aws_sns_topic: { receipts: { name: 'arn:${data.aws_partition.own.partition}:x' } } },
        { data: { aws_partition: { own: {} } } },
      ),
    },
    {
      name: 'the ARN of a resource, whole and in a text',
      stacks: west({
        aws_s3_bucket: { ledger: {} },
        aws_s3_object: { one: { bucket: '${aws_s3_bucket.ledger.id}', source: '${aws_s3_bucket.ledger.arn}/*' } },
      }),
    },
    { name: 'a rendered policy document', stacks: west({}, document(['arn:aws:s3:::ledger/*'])) },
    {
      name: 'a text that a function makes of what AWS tells of the account and of an instance',
      stacks: west(
        {
          aws_db_instance: { ledger: { identifier: 'ledger' } },
          aws_ssm_parameter: {
            place: {
              value: '${jsonencode({ host = aws_db_instance.ledger.address, region = data.aws_region.own.name })}',
            },
          },
        },
        { data: { aws_region: { own: {} } } },
      ),
    },
    {
      name: 'an image that AWS publishes in each Region',
      stacks: west(
        { aws_launch_template: { host: { image_id: '${data.aws_ssm_parameter.image.value}' } } },
        {
          data: { aws_ssm_parameter: { image: { name: '/aws/service/ecs/optimized-ami/amazon-linux-2023/image_id' } } },
        },
      ),
    },
    {
      name: 'an endpoint in an allowed country',
      stacks: provider({
        endpoints: [{ s3: 'https://s3.eu-west-1.amazonaws.com', sts: 'sts.eu-north-1.amazonaws.com' }],
      }),
    },
    {
      name: 'the sovereign partition, where it is the policy',
      stacks: {
        west: {
          provider: { aws: [{ region: 'eusc-de-east-1', allowed_account_ids: ['111111111111'] }] },
          resource: role(statement('arn:aws-eusc:iam::111111111111:root')),
        },
      },
      policy: {
        partition: 'aws-eusc',
        sites: [
          {
            id: 'west',
            name: 'West',
            country: 'DE',
            region: 'eusc-de-east-1',
            account: '111111111111',
            zoneIds: ['eusc-de-east-1-az1'],
          },
        ],
        stacks: [{ name: 'west', sites: ['west'] }],
        gateways: [],
        evidence: [],
        monitor: undefined,
      },
    },
  ],
  fail: [
    {
      name: 'an ARN of China in a policy',
      stacks: west(role(statement('arn:aws-cn:iam::111111111111:root'))),
      fails: { 'aws_iam_role.worker': 'arn' },
    },
    {
      name: 'an ARN in the escapes of JSON',
      stacks: west(role(statement('arn:aws-cn:iam::1:root').replace('arn:aws-cn', String.raw`arn:aws\u002dcn`))),
      fails: { 'aws_iam_role.worker': 'arn' },
    },
    {
      name: 'an ARN with a hole behind its partition',
      stacks: west({
        aws_sqs_queue: { receipts: {} },
        aws_sns_topic_subscription: { one: { endpoint: 'arn:aws-us-gov:sqs:x:1:${aws_sqs_queue.receipts.id}' } },
      }),
      fails: { 'aws_sns_topic_subscription.one': 'arn' },
    },
    {
      name: 'a pattern that only China matches',
      stacks: west(role(statement('arn:aws-c?:iam::111111111111:root'))),
      fails: { 'aws_iam_role.worker': 'arn' },
    },
    {
      name: 'a key of a map',
      stacks: west({ aws_ssm_document: { d: { permissions: { 'arn:aws-cn:iam::1:root': 'x' } } } }),
      fails: { 'aws_ssm_document.d': 'arn' },
    },
    {
      name: 'a key of a map of maps',
      stacks: west({ aws_ssm_document: { d: { permissions: { 'arn:aws-cn:iam::1:root': { read: 'x' } } } } }),
      fails: { 'aws_ssm_document.d': 'arn' },
    },
    {
      name: 'a policy document that only a data source holds',
      stacks: west({}, document(['arn:aws:s3:::ledger', 'arn:aws-cn:s3:::ledger'])),
      fails: { 'data.aws_iam_policy_document.reading': 'arn' },
    },
    {
      name: 'a host of China',
      stacks: west({ aws_sns_topic_subscription: { one: { endpoint: 'https://x.cn-north-1.amazonaws.com.cn/path' } } }),
      fails: { 'aws_sns_topic_subscription.one': 'host' },
    },
    {
      name: 'a host of another partition in capitals, behind one that only begins like it',
      stacks: west({
        aws_sns_topic_subscription: { one: { endpoint: 'https://a.amazonaws.com.cnx/?to=B.AMAZONAWS.COM.CN/path' } },
      }),
      fails: { 'aws_sns_topic_subscription.one': 'host' },
    },
    {
      name: 'a Region of China as an argument',
      stacks: west({ aws_dynamodb_table: { ledger: { replica: [{ region_name: 'cn-north-1' }] } } }),
      fails: { 'aws_dynamodb_table.ledger': 'region' },
    },
    {
      name: 'a provider in another partition',
      stacks: provider({ region: 'us-gov-west-1' }),
      fails: { west: 'region' },
    },
    {
      name: 'a role of another partition',
      stacks: provider({ assume_role: [{ role_arn: 'arn:aws-cn:iam::111111111111:role/deploy' }] }),
      fails: { west: 'arn' },
    },
    {
      name: 'an endpoint that is not AWS',
      stacks: provider({ endpoints: [{ s3: 'https://storage.example' }] }),
      fails: { west: 'endpoint' },
    },
    {
      name: 'an endpoint of the provider under another local name',
      stacks: {
        west: {
          terraform: {
            required_providers: {
              aws: { source: 'hashicorp/aws', version: '6.25.0' },
              cloud: { source: 'hashicorp/aws', version: '6.25.0' },
            },
          },
          provider: {
            aws: [{ region: 'eu-west-1' }],
            cloud: [{ region: 'eu-west-1', endpoints: { s3: 'https://storage.example' } }],
          },
          resource: { aws_sqs_queue: { receipts: { provider: 'cloud' } } },
        },
      },
      fails: { west: 'endpoint' },
    },
    {
      name: 'an endpoint of a bucket in the United States that is called like a Region',
      stacks: provider({ endpoints: { s3: 'https://eu-west-1.s3.us-east-1.amazonaws.com' } }),
      fails: { west: 'endpointCountry' },
    },
    {
      name: 'an endpoint in the United States',
      stacks: provider({ endpoints: { sts: 'https://sts.us-east-1.amazonaws.com' } }),
      fails: { west: 'endpointCountry' },
    },
  ],
  unproven: [
    {
      name: 'a parameter that somebody has written',
      stacks: west(
        { aws_launch_template: { host: { image_id: '${data.aws_ssm_parameter.image.value}' } } },
        { data: { aws_ssm_parameter: { image: { name: '/images/host' } } } },
      ),
      unproven: { 'aws_launch_template.host': 'data.aws_ssm_parameter.image.value' },
    },
    {
      name: 'a text that a function makes of what a stack reads of another',
      stacks: west(
        {
          aws_db_instance: { ledger: { identifier: 'ledger' } },
          aws_ssm_parameter: {
            place: {
              value: '${jsonencode({ a = aws_db_instance.ledger.address, b = data.aws_ssm_parameter.b.value })}',
            },
          },
        },
        { data: { aws_ssm_parameter: { b: { name: '/b' } } } },
      ),
      unproven: { 'aws_ssm_parameter.place': 'jsonencode' },
    },
    {
      name: 'a text of the run',
      stacks: west(role('${var.policy}'), { variable: { policy: {} } }),
      unproven: { 'aws_iam_role.worker': 'var.policy' },
    },
    {
      name: 'what a parameter holds',
      stacks: west(role('${data.aws_ssm_parameter.policy.value}'), {
        data: { aws_ssm_parameter: { policy: { name: 'policy' } } },
      }),
      unproven: { 'aws_iam_role.worker': 'data.aws_ssm_parameter.policy.value' },
    },
    {
      name: 'a partition that no table knows',
      stacks: west(role(statement('arn:aws-mars:iam::111111111111:root'))),
      unproven: { 'aws_iam_role.worker': 'aws-mars' },
    },
    {
      name: 'a provider whose Region the run decides',
      stacks: { west: { provider: { aws: [{ allowed_account_ids: ['111111111111'] }] } } },
      unproven: { west: 'environment of the run' },
    },
    {
      name: 'an endpoint in another country than that of the provider, where nothing tells which of them keeps the data',
      stacks: provider({ endpoints: [{ s3: 'https://s3.eu-central-1.amazonaws.com' }] }),
      unproven: { west: 'its Region is another' },
    },
    {
      name: 'a global endpoint',
      stacks: provider({ endpoints: [{ sts: 'https://sts.amazonaws.com' }] }),
      unproven: { west: 'names no Region' },
    },
    {
      name: 'an endpoint of the run',
      stacks: { west: { ...provider({ endpoints: [{ s3: '${var.host}' }] }).west, variable: { host: {} } } },
      unproven: { west: 'var.host' },
    },
  ],
});

const HOST = 'https://aws.example';
const CN = 'arn:aws-cn:iam::111111111111:role/deployer';
const providers = (own: object, other: object) => ({
  west: {
    provider: {
      aws: [
        { region: 'eu-west-1', allowed_account_ids: ['111111111111'], ...own },
        { alias: 'other', region: 'eu-west-1', allowed_account_ids: ['111111111111'], ...other },
      ],
    },
  },
});

it.each([
  [
    'the endpoint of another service',
    provider({ endpoints: [{ s3: HOST }] }),
    provider({ endpoints: [{ kms: HOST }] }),
  ],
  [
    'another address at the host',
    provider({ endpoints: [{ s3: `${HOST}/a` }] }),
    provider({ endpoints: [{ s3: `${HOST}/b` }] }),
  ],
  ['the Region of another provider', providers({}, { region: 'cn-north-1' }), providers({ region: 'cn-north-1' }, {})],
  [
    'a role of another provider',
    providers({}, { assume_role: [{ role_arn: CN }] }),
    providers({ assume_role: [{ role_arn: CN }] }, {}),
  ],
  [
    'a role in place of a tag',
    provider({ default_tags: [{ tags: { a: CN } }] }),
    provider({ assume_role: [{ role_arn: CN }] }),
  ],
  ['a second sign in a text', west(role(statement(CN))), west(role(`${statement(CN)} ${CN}`))],
])('has an exception not cover %s', (_, approved, graver) => {
  expect(isCovered(check, { stacks: approved }, { stacks: graver })).toBe(false);
});
