import check from '../../../checks/encryption/enc-002-refusal-of-plain-requests.ts';
import { testCheck } from '../../support/check-tester.ts';

type Body = { readonly [key: string]: unknown };

const REFUSAL = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::ledger', 'arn:aws:s3:::ledger/*'],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const west = (resource: Body, more: Body = {}) => ({ west: { ...more, resource } });
const bucketWith = (statements: readonly Body[], more: Body = {}) =>
  west(
    {
      aws_s3_bucket: { ledger: { bucket: 'ledger' } },
      aws_s3_bucket_policy: {
        ledger: { bucket: '${aws_s3_bucket.ledger.id}', policy: JSON.stringify({ Statement: statements }) },
      },
    },
    more,
  );
const refusing = (change: Body) => bucketWith([{ ...REFUSAL, ...change }]);
const PLACED = { aws: { region: 'eu-west-1', allowed_account_ids: ['111111111111'] } };
const queueWith = (arn: string, more: Body = { provider: PLACED }) =>
  west(
    {
      aws_sqs_queue: {
        ledger: {
          name: 'ledger',
          policy: JSON.stringify({ Statement: { ...REFUSAL, Action: 'sqs:*', Resource: arn } }),
        },
      },
    },
    more,
  );
const fails = { 'aws_s3_bucket.ledger': 'plain' };

/** By reference, as CDKTF writes it. */
const rendered = (resources: readonly string[], actions: readonly string[] = ['s3:*']) => ({
  data: {
    aws_iam_policy_document: {
      ledger: {
        statement: [
          {
            effect: 'Deny',
            principals: [{ type: '*', identifiers: ['*'] }],
            actions,
            resources,
            condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
          },
        ],
      },
    },
  },
});
const DOCUMENT = '${data.aws_iam_policy_document.ledger.json}';

/** A bucket of restricted data, with its own key, its policy and what else is said of uploads. */
const OWN_KEY = '${aws_kms_key.own.arn}';
const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const CLIENT = 's3:x-amz-server-side-encryption-customer-algorithm';
const restricted = (conditions: readonly Body[], rule: Body = {}, more: Body = {}, bucket: Body = {}) => ({
  west: {
    ...more,
    resource: {
      aws_kms_key: { own: {}, other: {} },
      aws_s3_bucket: { ledger: { bucket: 'ledger', tags: { 'ledger:data-class': 'restricted' }, ...bucket } },
      aws_s3_bucket_server_side_encryption_configuration: {
        ledger: {
          bucket: '${aws_s3_bucket.ledger.id}',
          rule: {
            apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: OWN_KEY },
            ...rule,
          },
        },
      },
      aws_s3_bucket_policy: {
        ledger: {
          bucket: '${aws_s3_bucket.ledger.id}',
          policy: JSON.stringify({
            Statement: [
              REFUSAL,
              ...conditions.map((Condition) => ({
                Effect: 'Deny',
                Principal: '*',
                Action: 's3:PutObject',
                Resource: 'arn:aws:s3:::ledger/*',
                Condition,
              })),
            ],
          }),
        },
      },
    },
  },
});
const UPLOADS = { keys: { uploads: ['restricted'] } };
const NO_OTHER = { StringNotEqualsIfExists: { [KEY_ID]: OWN_KEY } };
const NO_CLIENT = { Null: { [CLIENT]: 'false' } };
const BLOCKED = { blocked_encryption_types: ['SSE-C'] };

testCheck(check, {
  pass: [
    { name: 'a bucket that refuses everything over plain HTTP', stacks: bucketWith([REFUSAL]) },
    {
      name: 'one for all resources, in other letters',
      stacks: refusing({
        Resource: '*',
        Action: 'S3:*',
        Principal: { AWS: ['*'] },
        Condition: { BoolIfExists: { 'AWS:securetransport': [false] } },
      }),
    },
    {
      name: 'two statements, one for the bucket and one for its objects',
      stacks: bucketWith([
        { ...REFUSAL, Resource: 'arn:aws:s3:::ledger' },
        { ...REFUSAL, Resource: 'arn:aws:s3:::led*' },
      ]),
    },
    {
      name: 'a statement that denies everything but what is of another service',
      stacks: bucketWith([
        { Effect: 'Deny', Principal: '*', NotAction: 'iam:*', Resource: '*', Condition: REFUSAL.Condition },
      ]),
    },
    {
      name: 'a bucket by reference',
      stacks: west(
        {
          aws_s3_bucket: { ledger: {} },
          aws_s3_bucket_policy: { ledger: { bucket: '${aws_s3_bucket.ledger.bucket}', policy: DOCUMENT } },
        },
        rendered(['${aws_s3_bucket.ledger.arn}', '${aws_s3_bucket.ledger.arn}/*']),
      ),
    },
    {
      name: 'a queue by its URL, and one by its own policy',
      stacks: west(
        {
          aws_sqs_queue: {
            ledger: {},
            own: {
              name: 'own',
              policy: JSON.stringify({
                Statement: { ...REFUSAL, Action: 'sqs:*', Resource: 'arn:aws:sqs:eu-west-1:111111111111:own' },
              }),
            },
          },
          aws_sqs_queue_policy: { ledger: { queue_url: '${aws_sqs_queue.ledger.url}', policy: DOCUMENT } },
        },
        {
          ...rendered(['${aws_sqs_queue.ledger.arn}'], ['sqs:SendMessage', 'sqs:ReceiveMessage']),
          provider: PLACED,
        },
      ),
    },
    {
      name: 'a topic, a file system and a bucket of an Outpost',
      stacks: west(
        {
          aws_sns_topic: { ledger: {} },
          aws_sns_topic_policy: { ledger: { arn: '${aws_sns_topic.ledger.arn}', policy: DOCUMENT } },
          aws_efs_file_system: { ledger: {} },
          aws_efs_file_system_policy: {
            ledger: { file_system_id: '${aws_efs_file_system.ledger.id}', policy: DOCUMENT },
          },
          aws_s3control_bucket: { ledger: { bucket: 'ledger' } },
          aws_s3control_bucket_policy: { ledger: { bucket: '${aws_s3control_bucket.ledger.arn}', policy: DOCUMENT } },
        },
        rendered(
          [
            '${aws_sns_topic.ledger.arn}',
            '${aws_efs_file_system.ledger.arn}',
            '${aws_s3control_bucket.ledger.arn}/object/*',
          ],
          ['*'],
        ),
      ),
    },

    { name: 'uploads that no policy speaks of', stacks: restricted([]) },
    { name: 'uploads under no key but its own', stacks: restricted([NO_OTHER]), policy: UPLOADS },
    {
      name: 'the same in two statements, which let requests without headers through',
      stacks: restricted([NO_CLIENT, { StringNotEquals: { [KEY_ID]: OWN_KEY }, Null: { [KEY_ID]: 'false' } }]),
      policy: UPLOADS,
    },
    {
      name: 'keys of clients that the bucket blocks by itself',
      stacks: restricted([{ ArnNotEquals: { [KEY_ID]: OWN_KEY }, Null: { [KEY_ID]: 'false' } }], BLOCKED),
      policy: UPLOADS,
    },
    {
      name: 'keys of clients by the algorithm that they send',
      stacks: restricted([
        { StringEquals: { [CLIENT]: ['AES256', 'other'] } },
        { StringNotLike: { [KEY_ID]: OWN_KEY }, Null: { [KEY_ID]: 'false' } },
      ]),
      policy: UPLOADS,
    },
    {
      name: 'data of another class',
      stacks: restricted([], {}, {}, { tags: { 'ledger:data-class': 'operational' } }),
      policy: UPLOADS,
    },
  ],
  fail: [
    {
      name: 'any upload',
      stacks: restricted([]),
      policy: UPLOADS,
      fails: { 'aws_s3_bucket.ledger': 'clientKeys' },
    },
    {
      name: 'keys of clients, where only other keys of KMS are refused',
      stacks: restricted([{ StringNotEquals: { [KEY_ID]: OWN_KEY }, Null: { [KEY_ID]: 'false' } }]),
      policy: UPLOADS,
      fails: { 'aws_s3_bucket.ledger': 'clientKeys' },
    },
    {
      name: 'other keys of KMS, where only those of clients are refused',
      stacks: restricted([NO_CLIENT]),
      policy: UPLOADS,
      fails: { 'aws_s3_bucket.ledger': 'otherKeys' },
    },
    ...[
      { StringNotEqualsIfExists: { [KEY_ID]: ['${aws_kms_key.other.arn}', OWN_KEY] } },
      { StringNotEqualsIfExists: { [KEY_ID]: '${aws_kms_key.other.arn}' } },
      { StringNotLikeIfExists: { [KEY_ID]: '*' } },
      { StringEquals: { [KEY_ID]: OWN_KEY } },
      { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
      { Null: { [KEY_ID]: 'true' } },
      { StringNotEqualsIfExists: { [KEY_ID]: OWN_KEY }, StringEquals: { 'aws:PrincipalAccount': '111111111111' } },
      { NumericLessThan: { [KEY_ID]: '1' } },
    ].map((condition) => ({
      name: `other keys of KMS under ${JSON.stringify(condition)}`,
      stacks: restricted([condition], BLOCKED),
      policy: UPLOADS,
      fails: { 'aws_s3_bucket.ledger': 'otherKeys' },
    })),
    {
      name: 'a bucket without a policy',
      stacks: west({ aws_s3_bucket: { ledger: { bucket: 'ledger' } } }),
      fails: { 'aws_s3_bucket.ledger': 'noPolicy' },
    },
    {
      name: 'a bucket of which another has the policy',
      stacks: west({
        aws_s3_bucket: { ledger: { bucket: 'ledger' }, other: { bucket: 'other' } },
        aws_s3_bucket_policy: {
          other: {
            bucket: '${aws_s3_bucket.other.id}',
            policy: JSON.stringify({ Statement: { ...REFUSAL, Resource: '*' } }),
          },
        },
      }),
      fails: { 'aws_s3_bucket.ledger': 'noPolicy' },
    },
    { name: 'a permission instead of a refusal', stacks: refusing({ Effect: 'Allow' }), fails },
    {
      name: 'the condition the wrong way round',
      stacks: refusing({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      fails,
    },
    {
      name: 'a negated operator',
      stacks: refusing({ Condition: { StringNotEquals: { 'aws:SecureTransport': 'false' } } }),
      fails,
    },
    {
      name: 'a second condition, which leaves requests out',
      stacks: refusing({
        Condition: { ...REFUSAL.Condition, StringEquals: { 'aws:PrincipalOrgID': 'o-ledger12345' } },
      }),
      fails,
    },
    { name: 'some principals only', stacks: refusing({ Principal: { AWS: 'arn:aws:iam::111111111111:root' } }), fails },
    {
      name: 'a principal that is left out',
      stacks: bucketWith([
        {
          Effect: 'Deny',
          NotPrincipal: { AWS: 'arn:aws:iam::111111111111:root' },
          Action: '*',
          Resource: '*',
          Condition: REFUSAL.Condition,
        },
      ]),
      fails,
    },
    {
      name: 'an action that is left out',
      stacks: bucketWith([
        { Effect: 'Deny', Principal: '*', NotAction: 's3:Get*', Resource: '*', Condition: REFUSAL.Condition },
      ]),
      fails,
    },
    { name: 'the writing of objects only', stacks: refusing({ Action: 's3:PutObject' }), fails },
    { name: 'the bucket without its objects', stacks: refusing({ Resource: 'arn:aws:s3:::ledger' }), fails },
    {
      name: 'objects under one prefix',
      stacks: refusing({ Resource: ['arn:aws:s3:::ledger', 'arn:aws:s3:::ledger/a*'] }),
      fails,
    },
    {
      name: 'the ARN of another bucket',
      stacks: refusing({ Resource: ['arn:aws:s3:::ledgers', 'arn:aws:s3:::ledgers/*'] }),
      fails,
    },
    {
      name: 'the queue of that name in another account',
      stacks: queueWith('arn:aws:sqs:eu-west-1:999999999999:ledger'),
      fails: { 'aws_sqs_queue.ledger': 'plain' },
    },
    {
      name: 'a topic of that name',
      stacks: queueWith('arn:aws:sns:eu-west-1:111111111111:ledger'),
      fails: { 'aws_sqs_queue.ledger': 'plain' },
    },
    { name: 'a document without statements', stacks: bucketWith([]), fails },
  ],

  unproven: [
    {
      name: 'a bucket without a class, where classes decide about uploads',
      stacks: restricted([NO_OTHER], {}, {}, { tags: {} }),
      policy: UPLOADS,
      unproven: { 'aws_s3_bucket.ledger': 'has no data class' },
    },
    {
      name: 'a key of the run',
      stacks: restricted([{ StringNotEqualsIfExists: { [KEY_ID]: '${var.value}' } }], BLOCKED, {
        variable: { value: { type: 'string' } },
      }),
      policy: UPLOADS,
      unproven: { 'aws_s3_bucket.ledger': 'var.value' },
    },
    {
      name: 'blocked kinds of the run',
      stacks: restricted(
        [{ StringNotEquals: { [KEY_ID]: OWN_KEY }, Null: { [KEY_ID]: 'false' } }],
        { blocked_encryption_types: '${var.value}' },
        { variable: { value: { type: 'list(string)' } } },
      ),
      policy: UPLOADS,
      unproven: { 'aws_s3_bucket.ledger': 'var.value' },
    },
    {
      name: 'a policy of the run',
      stacks: west(
        {
          aws_s3_bucket: { ledger: { bucket: 'ledger' } },
          aws_s3_bucket_policy: { ledger: { bucket: 'ledger', policy: '${var.policy}' } },
        },
        { variable: { policy: { type: 'string' } } },
      ),
      unproven: { 'aws_s3_bucket.ledger': 'var.policy' },
    },
    {
      name: 'a literal ARN, where the name of the bucket is not known',
      stacks: west({
        aws_s3_bucket: { ledger: {} },
        aws_s3_bucket_policy: {
          ledger: { bucket: '${aws_s3_bucket.ledger.id}', policy: JSON.stringify({ Statement: REFUSAL }) },
        },
      }),
      unproven: { 'aws_s3_bucket.ledger': 'has a name that is not known' },
    },
    {
      name: 'an ARN with an account, where that of the queue is not known',
      stacks: queueWith('arn:aws:sqs:*:111111111111:ledger', { provider: { aws: { region: 'eu-west-1' } } }),
      unproven: { 'aws_sqs_queue.ledger': 'account' },
    },
    {
      name: 'a refusal of all resources but some',
      stacks: bucketWith([
        {
          Effect: 'Deny',
          Principal: '*',
          Action: '*',
          NotResource: 'arn:aws:s3:::other',
          Condition: REFUSAL.Condition,
        },
      ]),
      unproven: { 'aws_s3_bucket.ledger': 'is not worked out' },
    },
    {
      name: 'a policy that may not be there',
      stacks: west(
        {
          aws_s3_bucket: { ledger: { bucket: 'ledger' } },
          aws_s3_bucket_policy: {
            ledger: { count: '${var.count}', bucket: 'ledger', policy: JSON.stringify({ Statement: REFUSAL }) },
          },
        },
        { variable: { count: { type: 'number' } } },
      ),
      unproven: { 'aws_s3_bucket.ledger': 'count' },
    },
  ],
});
