import check from '../../../checks/encryption/key-005-deletion-safety.ts';
import { testCheck } from '../../support/check-tester.ts';

type Body = { readonly [argument: string]: unknown };

const of = (type: string, body: Body, more: Body = {}) => ({
  west: { ...more, resource: { [type]: { ledger: body } } },
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
  ],
  fail: [
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
