import check from '../../../checks/encryption/key-005-deletion-safety.ts';
import { testCheck } from '../../support/check-tester.ts';

type Body = { readonly [argument: string]: unknown };

/** Who may do what with the key, by statements. */
const document = (...statements: readonly Body[]): string =>
  JSON.stringify({ Statement: statements.map((one) => ({ Effect: 'Allow', Resource: '*', ...one })) });
const ROLE = { AWS: 'arn:aws:iam::111111111111:role/keys' };
const ACCOUNT = { AWS: 'arn:aws:iam::111111111111:root' };
const END = { Action: ['kms:Describe*', 'kms:ScheduleKeyDeletion'] };
const POLICY = document({ Principal: ROLE, ...END });

const of = (type: string, body: Body, more: Body = {}) => ({
  west: { ...more, resource: { [type]: { ledger: { policy: POLICY, ...body } } } },
});
const key = (body: Body, more: Body = {}) => of('aws_kms_key', body, more);
const VARIABLE = { variable: { days: { type: 'number' }, on: { type: 'bool' } } };

testCheck(check, {
  pass: [
    { name: 'a key without a word on it, which waits 30 days', stacks: key({}) },
    { name: 'the longest wait, as a string', stacks: key({ deletion_window_in_days: '30', is_enabled: 'true' }) },
    {
      name: 'a shorter one that the policy accepts',
      stacks: key({ deletion_window_in_days: 14 }),
      policy: { keys: { minimumDeletionDays: 14 } },
    },
    { name: 'a replica', stacks: of('aws_kms_replica_key', { deletion_window_in_days: 30, enabled: true }) },
    { name: 'imported material', stacks: of('aws_kms_external_key', { deletion_window_in_days: 30 }) },
    {
      name: 'a policy that keeps the check against locking everybody out',
      stacks: of('aws_kms_key_policy', { bypass_policy_lockout_safety_check: false }),
    },
    {
      name: 'a key whose policy a resource beside it states',
      stacks: {
        west: {
          resource: {
            aws_kms_key: { ledger: {} },
            aws_kms_key_policy: { ledger: { key_id: '${aws_kms_key.ledger.id}', policy: POLICY } },
          },
        },
      },
    },
    {
      name: 'an account that may only tell about the key',
      stacks: key({ policy: document({ Principal: ACCOUNT, Action: ['kms:Describe*', 'kms:List*'] }) }),
    },
    {
      name: 'an account of which only one role may end it',
      stacks: key({
        policy: document({
          Principal: ACCOUNT,
          Action: 'kms:*',
          Condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111111111111:role/keys' } },
        }),
      }),
    },
    {
      name: 'an account to which the end is denied',
      stacks: key({
        policy: document(
          { Principal: ACCOUNT, Action: 'kms:*' },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: ['kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:DeleteImportedKeyMaterial'],
          },
        ),
      }),
    },
  ],
  fail: [
    {
      name: 'a key without a policy',
      stacks: key({ policy: null }),
      fails: { 'aws_kms_key.ledger': 'anybody' },
    },
    {
      name: 'an account that may do everything',
      stacks: key({ policy: document({ Principal: ACCOUNT, Action: 'kms:*' }) }),
      fails: { 'aws_kms_key.ledger': 'delegated' },
    },
    ...['kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:DeleteImportedKeyMaterial', 'kms:Sched*'].map((action) => ({
      name: `an account that may ${action}`,
      stacks: of('aws_kms_external_key', { policy: document({ Principal: ACCOUNT, Action: action }) }),
      fails: { 'aws_kms_external_key.ledger': 'delegated' },
    })),
    {
      name: 'a denial that leaves one of the ways',
      stacks: key({
        policy: document(
          { Principal: ACCOUNT, Action: 'kms:*' },
          { Effect: 'Deny', Principal: '*', Action: 'kms:ScheduleKeyDeletion' },
        ),
      }),
      fails: { 'aws_kms_key.ledger': 'delegated' },
    },
    {
      name: 'somebody of an account that is not of the policy',
      stacks: of('aws_kms_key_policy', {
        policy: document({ Principal: { AWS: 'arn:aws:iam::999999999999:role/x' }, ...END }),
      }),
      fails: { 'aws_kms_key_policy.ledger': 'outsider' },
    },
    {
      name: 'everyone',
      stacks: key({ policy: document({ Principal: '*', ...END }) }),
      fails: { 'aws_kms_key.ledger': 'outsider' },
    },
    {
      name: 'a week',
      stacks: key({ deletion_window_in_days: 7 }),
      fails: { 'aws_kms_key.ledger': 'short' },
    },
    {
      name: 'a day less than the policy asks for',
      stacks: of('aws_kms_replica_external_key', { deletion_window_in_days: 13 }),
      policy: { keys: { minimumDeletionDays: 14 } },
      fails: { 'aws_kms_replica_external_key.ledger': 'short' },
    },
    {
      name: 'a key that is off',
      stacks: key({ is_enabled: false }),
      fails: { 'aws_kms_key.ledger': 'disabled' },
    },
    {
      name: 'a replica that is off',
      stacks: of('aws_kms_replica_key', { enabled: 'false' }),
      fails: { 'aws_kms_replica_key.ledger': 'disabled' },
    },
    {
      name: 'a policy that may lock everybody out',
      stacks: of('aws_kms_key_policy', { bypass_policy_lockout_safety_check: true }),
      fails: { 'aws_kms_key_policy.ledger': 'bypassed' },
    },
    {
      name: 'a key that may get one',
      stacks: key({ bypass_policy_lockout_safety_check: 'true' }),
      fails: { 'aws_kms_key.ledger': 'bypassed' },
    },
  ],
  unproven: [
    {
      name: 'a policy of the run',
      stacks: key({ policy: '${var.policy}' }, { variable: { policy: { type: 'string' } } }),
      unproven: { 'aws_kms_key.ledger': 'var.policy' },
    },
    {
      name: 'a policy that is not stated',
      stacks: of('aws_kms_key_policy', { policy: null }),
      unproven: { 'aws_kms_key_policy.ledger': 'states no policy' },
    },
    {
      name: 'an account that a policy of the organisation may bind',
      stacks: {
        west: {
          resource: {
            aws_kms_key: { ledger: { policy: document({ Principal: ACCOUNT, Action: 'kms:*' }) } },
            aws_organizations_policy: { guard: { name: 'guard', content: '{}' } },
          },
        },
      },
      unproven: { 'aws_kms_key.ledger': 'aws_organizations_policy.guard' },
    },
    {
      name: 'a wait of the run',
      stacks: key({ deletion_window_in_days: '${var.days}' }, VARIABLE),
      unproven: { 'aws_kms_key.ledger': 'var.days' },
    },
    {
      name: 'a switch of the run',
      stacks: key({ is_enabled: '${var.on}' }, VARIABLE),
      unproven: { 'aws_kms_key.ledger': 'var.on' },
    },
    {
      name: 'a safety check of the run',
      stacks: of('aws_kms_key_policy', { bypass_policy_lockout_safety_check: '${var.on}' }, VARIABLE),
      unproven: { 'aws_kms_key_policy.ledger': 'var.on' },
    },
  ],
});
