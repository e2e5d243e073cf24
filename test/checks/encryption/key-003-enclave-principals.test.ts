import check from '../../../checks/encryption/key-003-enclave-principals.ts';
import { testCheck } from '../../support/check-tester.ts';

type Body = { readonly [argument: string]: unknown };

const ADMIN = 'arn:aws:iam::111111111111:role/keys';
const USER = 'arn:aws:iam::111111111111:role/ledger';
const ROOT = 'arn:aws:iam::111111111111:root';
const FOREIGN = 'arn:aws:iam::999999999999:role/partner';
const THROUGH_S3 = { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } };

const allow = (principal: unknown, actions: string | readonly string[], more: Body = {}) => ({
  Effect: 'Allow',
  Principal: typeof principal === 'string' && principal !== '*' ? { AWS: principal } : principal,
  Action: actions,
  Resource: '*',
  ...more,
});
const policy = (...statements: readonly unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const west = (resource: Body, more: Body = {}) => ({ west: { ...more, resource } });
const key = (...statements: readonly unknown[]) => west({ aws_kms_key: { ledger: { policy: policy(...statements) } } });
const grant = (principal: string, more: Body = {}) =>
  west({ aws_kms_grant: { ledger: { key_id: 'k', grantee_principal: principal, operations: ['Decrypt'] } } }, more);

testCheck(check, {
  pass: [
    {
      name: 'administration and use by different roles',
      stacks: key(allow(ADMIN, ['kms:PutKeyPolicy', 'kms:Describe*']), allow(USER, ['kms:Decrypt', 'kms:Encrypt'])),
    },
    {
      name: 'the account through a service',
      stacks: key(allow(ADMIN, 'kms:Put*'), allow(ROOT, 'kms:Decrypt', { Condition: THROUGH_S3 })),
    },
    {
      name: 'the account for what is no use of the data',
      stacks: key(allow(ROOT, ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'])),
    },
    {
      name: 'everyone that the account of a site is',
      stacks: key(
        allow('*', 'kms:Decrypt', {
          Condition: {
            StringEquals: { 'kms:CallerAccount': '111111111111' },
          },
        }),
      ),
    },
    {
      name: 'a service on behalf of the account, by its source or by the context that it encrypts with',
      stacks: key(
        allow({ Service: 'sns.amazonaws.com' }, 'kms:Decrypt', {
          Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
        }),
        allow({ Service: 'logs.eu-west-1.amazonaws.com' }, 'kms:Decrypt', {
          Condition: {
            ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-west-1:111111111111:log-group:*' },
          },
        }),
      ),
    },
    {
      name: 'a principal that the policy registers',
      stacks: key(allow(FOREIGN, 'kms:Decrypt')),
      policy: { network: { principals: [{ principal: '999999999999', reason: 'Auditor.' }] } },
    },
    {
      name: 'a policy in a companion, from a data source',
      stacks: west(
        {
          aws_kms_key: { ledger: {} },
          aws_kms_key_policy: {
            ledger: { key_id: '${aws_kms_key.ledger.id}', policy: '${data.aws_iam_policy_document.ledger.json}' },
          },
        },
        {
          data: {
            aws_iam_policy_document: {
              ledger: {
                statement: [
                  { actions: ['kms:Decrypt'], resources: ['*'], principals: [{ type: 'AWS', identifiers: [USER] }] },
                ],
              },
            },
          },
        },
      ),
    },
    { name: 'a grant to a role of the site', stacks: grant(USER) },
    {
      name: 'a denial of everything else',
      stacks: key({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }),
    },
  ],
  fail: [
    {
      name: 'everyone',
      stacks: key(allow('*', 'kms:Decrypt')),
      fails: { 'aws_kms_key.ledger': 'everyone' },
    },
    {
      name: 'everyone through a service, whoever that works for',
      stacks: key(allow({ AWS: '*' }, 'kms:Decrypt', { Condition: THROUGH_S3 })),
      fails: { 'aws_kms_key.ledger': 'everyone' },
    },
    {
      name: 'a foreign account beside its own',
      stacks: key(allow({ AWS: [USER, FOREIGN] }, 'kms:Decrypt')),
      fails: { 'aws_kms_key.ledger': 'foreign' },
    },
    {
      name: 'a service on behalf of anybody',
      stacks: key(allow({ Service: 'logs.eu-west-1.amazonaws.com' }, 'kms:Decrypt')),
      fails: { 'aws_kms_key.ledger': 'service' },
    },
    {
      name: 'a service on behalf of a foreign account',
      stacks: key(
        allow({ Service: 'logs.eu-west-1.amazonaws.com' }, 'kms:Decrypt', {
          Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-west-1:999999999999:*' } },
        }),
      ),
      fails: { 'aws_kms_key.ledger': 'service' },
    },
    {
      name: 'the policy that KMS makes, written out',
      stacks: key(allow(ROOT, 'kms:*')),
      fails: { 'aws_kms_key.ledger': 'delegated' },
    },
    {
      name: 'an account by its number, and all actions but some',
      stacks: key({ Effect: 'Allow', Principal: { AWS: '111111111111' }, NotAction: 'kms:Put*', Resource: '*' }),
      fails: { 'aws_kms_key.ledger': 'delegated' },
    },
    {
      name: 'an account under a condition that narrows nobody down',
      stacks: key(allow(ROOT, 'kms:D*', { Condition: { StringNotEquals: { 'kms:ViaService': 's3' } } })),
      fails: { 'aws_kms_key.ledger': 'delegated' },
    },
    {
      name: 'one role for use and administration, in two statements',
      stacks: key(allow(USER, 'kms:Decrypt'), allow(USER, 'kms:putkeypolicy')),
      fails: { 'aws_kms_key.ledger': 'unseparated' },
    },
    {
      name: 'a key without a policy of its own, and a replica',
      stacks: west({ aws_kms_key: { ledger: {} }, aws_kms_replica_key: { copy: { primary_key_arn: 'arn' } } }),
      fails: { 'aws_kms_key.ledger': 'byDefault', 'aws_kms_replica_key.copy': 'byDefault' },
    },
    {
      name: 'a foreign principal in a companion',
      stacks: west({
        aws_kms_key: { ledger: {} },
        aws_kms_key_policy: {
          ledger: { key_id: '${aws_kms_key.ledger.id}', policy: policy(allow(FOREIGN, 'kms:Encrypt')) },
        },
      }),
      fails: { 'aws_kms_key_policy.ledger': 'foreign' },
    },
    {
      name: 'a grant to a foreign role',
      stacks: grant(FOREIGN),
      fails: { 'aws_kms_grant.ledger': 'granted' },
    },
  ],
  unproven: [
    {
      name: 'a policy of the run',
      stacks: west(
        { aws_kms_key: { ledger: { policy: '${var.policy}' } } },
        { variable: { policy: { type: 'string' } } },
      ),
      unproven: { 'aws_kms_key.ledger': 'var.policy' },
    },
    {
      name: 'what is no policy',
      stacks: west({ aws_kms_key: { ledger: { policy: 'everything' } } }),
      unproven: { 'aws_kms_key.ledger': 'is no JSON' },
    },
    {
      name: 'a principal of the run',
      stacks: west(
        { aws_kms_key: { ledger: { policy: policy(allow('${data.aws_iam_role.user.arn}', 'kms:Decrypt')) } } },
        { data: { aws_iam_role: { user: { name: 'user' } } } },
      ),
      unproven: { 'aws_kms_key.ledger': 'data.aws_iam_role.user' },
    },
    {
      name: 'a foreign principal that a denial may take back',
      stacks: key(allow(FOREIGN, 'kms:Decrypt'), { Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*' }),
      unproven: { 'aws_kms_key.ledger': 'may deny it' },
    },
    {
      name: 'an account that a denial may take back',
      stacks: key(allow(ROOT, 'kms:*'), { Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' }),
      unproven: { 'aws_kms_key.ledger': 'takes it back' },
    },
    {
      name: 'a policy that may be made',
      stacks: west(
        {
          aws_kms_key: { ledger: {} },
          aws_kms_key_policy: {
            ledger: {
              count: '${var.many}',
              key_id: '${aws_kms_key.ledger.id}',
              policy: policy(allow(USER, 'kms:Encrypt')),
            },
          },
        },
        { variable: { many: { type: 'number' } } },
      ),
      unproven: { 'aws_kms_key.ledger': 'only where a count or for_each makes one' },
    },
    {
      name: 'a companion without a policy',
      stacks: west({ aws_kms_key_policy: { ledger: { key_id: 'k' } } }),
      unproven: { 'aws_kms_key_policy.ledger': 'states no policy' },
    },
    {
      name: 'a grant of the run',
      stacks: grant('${var.role}', { variable: { role: { type: 'string' } } }),
      unproven: { 'aws_kms_grant.ledger': 'var.role' },
    },
  ],
});
