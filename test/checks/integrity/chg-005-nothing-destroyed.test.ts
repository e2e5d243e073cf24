import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Example, StackJson } from '../../../checks/check.ts';
import check from '../../../checks/integrity/chg-005-nothing-destroyed.ts';
import { PROTECTED_TYPES } from '../../../checks/integrity/protected-types.ts';
import { withObjects } from '../../../model/estate.ts';
import { JoinedEstate } from '../../../model/joined-estate.ts';
import { Resource } from '../../../model/resource.ts';
import { parseEstate } from '../../../model/synth/estate.ts';
import { testCheck } from '../../support/check-tester.ts';
import { estateOf, judge, judgeEstate, policyOf } from '../../../checks/example-estate.ts';
import { isCovered } from '../../support/covered.ts';

type Arguments = { readonly [argument: string]: unknown };

/** The stack `west` with one resource before and after; null where it is not. A queue keeps the stack from being empty. */
function change(type: string, before: Arguments | null, after: Arguments | null, plan: object = {}): Example {
  const stack = (own: Arguments | null): { readonly west: StackJson } => ({
    west: {
      variable: { days: { type: 'number' }, status: { type: 'string' }, flag: { type: 'bool' } },
      resource: { aws_sqs_queue: { receipts: {} }, ...(own === null ? {} : { [type]: { ledger: own } }) },
    },
  });
  return { plan: { before: stack(before), ...plan }, stacks: stack(after) };
}

const RETENTION = (retention: Arguments) => ({
  object_lock_enabled: 'Enabled',
  rule: { default_retention: retention },
});

testCheck(check, {
  pass: [
    { name: 'a key that stays as it is', ...change('aws_kms_key', {}, {}) },
    { name: 'a longer window', ...change('aws_kms_key', { deletion_window_in_days: 7 }, {}) },
    { name: 'a key whose rotation starts', ...change('aws_kms_key', {}, { enable_key_rotation: true }) },
    {
      name: 'an unknown that cannot be weaker than nothing',
      ...change('aws_kms_key', { enable_key_rotation: false }, { enable_key_rotation: '${var.flag}' }),
    },
    {
      name: 'what is on, whatever it was',
      ...change('aws_kms_key', { enable_key_rotation: '${var.flag}' }, { enable_key_rotation: true }),
    },
    {
      name: 'logs that are kept without end from now on',
      ...change('aws_cloudwatch_log_group', { retention_in_days: 365 }, { retention_in_days: 0 }),
    },
    {
      name: 'the same time in years instead of days',
      ...change(
        'aws_s3_bucket_object_lock_configuration',
        RETENTION({ mode: 'GOVERNANCE', days: 365 }),
        RETENTION({ mode: 'COMPLIANCE', years: 1 }),
      ),
    },
    {
      name: 'an endless retention, whatever it was',
      ...change('aws_cloudwatch_log_group', { retention_in_days: '${var.days}' }, {}),
    },
  ],
  fail: [
    {
      name: 'a key that is destroyed',
      ...change('aws_kms_key', {}, null),
      fails: { 'aws_kms_key.ledger': 'destroys' },
    },
    {
      name: 'a bucket that is made anew',
      ...change('aws_s3_bucket', {}, {}, { replaces: ['aws_s3_bucket.ledger'] }),
      fails: { 'aws_s3_bucket.ledger': 'replaces' },
    },
    {
      name: 'a trail that is forgotten',
      ...change('aws_cloudtrail', {}, null, { forgets: ['aws_cloudtrail.ledger'] }),
      fails: { 'aws_cloudtrail.ledger': 'forgets' },
    },
    {
      name: 'a bucket policy that is destroyed',
      ...change('aws_s3_bucket_policy', {}, null),
      fails: { 'aws_s3_bucket_policy.ledger': 'destroys' },
    },
    {
      name: 'a shorter window',
      ...change('aws_kms_key', {}, { deletion_window_in_days: 7 }),
      fails: { 'aws_kms_key.ledger': 'weakens' },
    },
    {
      name: 'a key whose rotation ends, in words of a string',
      ...change('aws_kms_key', { enable_key_rotation: 'true' }, {}),
      fails: { 'aws_kms_key.ledger': 'weakens' },
    },
    {
      name: 'a bucket that may be emptied',
      ...change('aws_s3_bucket', {}, { force_destroy: true }),
      fails: { 'aws_s3_bucket.ledger': 'weakens' },
    },
    {
      name: 'versions that are no longer kept',
      ...change(
        'aws_s3_bucket_versioning',
        { versioning_configuration: { status: 'Enabled' } },
        { versioning_configuration: [{ status: 'Suspended' }] },
      ),
      fails: { 'aws_s3_bucket_versioning.ledger': 'weakens' },
    },
    {
      name: 'a lock that an administrator may open',
      ...change(
        'aws_s3_bucket_object_lock_configuration',
        RETENTION({ mode: 'COMPLIANCE', days: 30 }),
        RETENTION({ mode: 'GOVERNANCE', days: 30 }),
      ),
      fails: { 'aws_s3_bucket_object_lock_configuration.ledger': 'weakens' },
    },
    {
      name: 'a lock for fewer days than its years',
      ...change(
        'aws_s3_bucket_object_lock_configuration',
        RETENTION({ mode: 'COMPLIANCE', years: 1 }),
        RETENTION({ mode: 'COMPLIANCE', days: 364 }),
      ),
      fails: { 'aws_s3_bucket_object_lock_configuration.ledger': 'weakens' },
    },
    {
      name: 'logs that now end',
      ...change('aws_cloudwatch_log_group', {}, { retention_in_days: 3653 }),
      fails: { 'aws_cloudwatch_log_group.ledger': 'weakens' },
    },
    {
      name: 'a database that may be deleted',
      ...change('aws_db_instance', { deletion_protection: true }, { deletion_protection: false }),
      fails: { 'aws_db_instance.ledger': 'weakens' },
    },
    {
      name: 'a trail that is switched off',
      ...change('aws_cloudtrail', {}, { enable_logging: false }),
      fails: { 'aws_cloudtrail.ledger': 'weakens' },
    },
    {
      name: 'one weakened argument beside an unknown one',
      ...change(
        'aws_kms_key',
        { enable_key_rotation: true, deletion_window_in_days: 30 },
        { enable_key_rotation: false, deletion_window_in_days: '${var.days}' },
      ),
      fails: { 'aws_kms_key.ledger': 'weakens' },
    },
  ],
  unproven: [
    {
      name: 'a window of unknown length',
      ...change('aws_kms_key', {}, { deletion_window_in_days: '${var.days}' }),
      unproven: { 'aws_kms_key.ledger': 'var.days' },
    },
    {
      name: 'a protection that is off after an unknown',
      ...change('aws_db_instance', { deletion_protection: '${var.flag}' }, {}),
      unproven: { 'aws_db_instance.ledger': 'var.flag' },
    },
    {
      name: 'versions that may be suspended',
      ...change(
        'aws_s3_bucket_versioning',
        { versioning_configuration: { status: 'Enabled' } },
        { versioning_configuration: { status: '${var.status}' } },
      ),
      unproven: { 'aws_s3_bucket_versioning.ledger': 'var.status' },
    },
  ],
});

const RULE = (rule: Arguments) => ({ bucket: 'ledger', rule: [rule] });
const EXPIRES = (days: number, status = 'Enabled') => ({ id: 'old', status, expiration: { days } });

describe('weakens, and the way back does not:', () => {
  it.each<[type: string, strong: Arguments, weak: Arguments, argument: string]>([
    ['aws_acmpca_certificate_authority', {}, { permanent_deletion_time_in_days: 7 }, 'permanent_deletion_time_in_days'],
    ['aws_acmpca_certificate_authority', {}, { enabled: false }, 'enabled'],
    ['aws_paymentcryptography_key', {}, { deletion_window_in_days: 3 }, 'deletion_window_in_days'],
    ['aws_secretsmanager_secret', {}, { recovery_window_in_days: 0 }, 'recovery_window_in_days'],
    ['aws_secretsmanager_secret_policy', { block_public_policy: true }, {}, 'block_public_policy'],
    ['aws_s3_bucket', { versioning: { mfa_delete: true } }, {}, 'versioning.mfa_delete'],
    [
      'aws_s3_bucket',
      { object_lock_configuration: { object_lock_enabled: 'Enabled' } },
      {},
      'object_lock_configuration.object_lock_enabled',
    ],
    ['aws_backup_vault_lock_configuration', {}, { max_retention_days: 3 }, 'max_retention_days'],
    ['aws_backup_vault_lock_configuration', { changeable_for_days: 3 }, {}, 'changeable_for_days'],
    [
      'aws_backup_logically_air_gapped_vault',
      { max_retention_days: 30 },
      { max_retention_days: 7 },
      'max_retention_days',
    ],
    [
      'aws_backup_plan',
      { rule: { lifecycle: { delete_after: 365 } } },
      { rule: [{ lifecycle: { delete_after: 7 } }] },
      'rule.lifecycle.delete_after',
    ],
    [
      'aws_backup_plan',
      { rule: [{}, {}] },
      { rule: [{}, { lifecycle: { delete_after: 7 } }] },
      'rule.lifecycle.delete_after',
    ],
    ['aws_s3_bucket_lifecycle_configuration', RULE(EXPIRES(3650)), RULE(EXPIRES(1)), 'rule.expiration.days'],
    ['aws_s3_bucket_lifecycle_configuration', RULE(EXPIRES(1, 'Disabled')), RULE(EXPIRES(1)), 'rule.expiration.days'],
    [
      'aws_s3_bucket_lifecycle_configuration',
      RULE({ expiration: [{ days: 0, expired_object_delete_marker: true }] }),
      RULE({ noncurrent_version_expiration: { noncurrent_days: 1 } }),
      'rule.noncurrent_version_expiration.noncurrent_days',
    ],
    ['aws_ebs_volume', { final_snapshot: true }, {}, 'final_snapshot'],
    [
      'aws_efs_file_system',
      { protection: { replication_overwrite: 'ENABLED' } },
      {},
      'protection.replication_overwrite',
    ],
    [
      'aws_fsx_ontap_volume',
      { snaplock_configuration: { snaplock_type: 'COMPLIANCE' } },
      { snaplock_configuration: { snaplock_type: 'ENTERPRISE' } },
      'snaplock_configuration.snaplock_type',
    ],
    ['aws_redshift_cluster', { logging: { enable: true } }, {}, 'logging.enable'],
    ['aws_lightsail_bucket', {}, { force_delete: true }, 'force_delete'],
    ['aws_lightsail_database', { backup_retention_enabled: true }, {}, 'backup_retention_enabled'],
    ['aws_lightsail_database', {}, { skip_final_snapshot: true }, 'skip_final_snapshot'],
    [
      'aws_storagegateway_tape_pool',
      { retention_lock_type: 'GOVERNANCE' },
      { retention_lock_type: 'NONE' },
      'retention_lock_type',
    ],
    ['aws_storagegateway_tape_pool', { retention_lock_time_in_days: 9 }, {}, 'retention_lock_time_in_days'],
    ['aws_dlm_lifecycle_policy', { state: 'ENABLED' }, { state: 'DISABLED' }, 'state'],
    ['aws_ebs_snapshot_block_public_access', { state: 'block-all-sharing' }, { state: 'unblocked' }, 'state'],
    [
      'aws_rbin_rule',
      { retention_period: { retention_period_value: 30 } },
      { retention_period: { retention_period_value: 1 } },
      'retention_period.retention_period_value',
    ],
    [
      'aws_rbin_rule',
      { lock_configuration: { unlock_delay: { unlock_delay_value: 7 } } },
      {},
      'lock_configuration.unlock_delay',
    ],
    ['aws_glacier_vault_lock', { complete_lock: true }, { complete_lock: false }, 'complete_lock'],
    ['aws_fms_policy', { remediation_enabled: true }, {}, 'remediation_enabled'],
    [
      'aws_vpc_block_public_access_options',
      { internet_gateway_block_mode: 'block-bidirectional' },
      { internet_gateway_block_mode: 'off' },
      'internet_gateway_block_mode',
    ],
    ['aws_cloudwatch_log_group', { kms_key_id: 'arn:aws:kms:eu-west-1:1:key/x' }, {}, 'kms_key_id'],
    ['aws_cloudwatch_event_archive', {}, { retention_days: 1 }, 'retention_days'],
    ['aws_cloudtrail', { kms_key_id: 'arn:aws:kms:eu-west-1:1:key/x' }, {}, 'kms_key_id'],
    ['aws_cloudtrail', { cloud_watch_logs_group_arn: 'arn:x' }, {}, 'cloud_watch_logs_group_arn'],
    ['aws_cloudtrail_event_data_store', {}, { suspend: true }, 'suspend'],
    [
      'aws_config_configuration_recorder',
      {},
      { recording_group: { all_supported: false } },
      'recording_group.all_supported',
    ],
    ['aws_guardduty_detector_feature', { status: 'ENABLED' }, { status: 'DISABLED' }, 'status'],
    [
      'aws_guardduty_organization_configuration',
      { auto_enable_organization_members: 'ALL' },
      { auto_enable_organization_members: 'NONE' },
      'auto_enable_organization_members',
    ],
    ['aws_securityhub_organization_configuration', { auto_enable: true }, { auto_enable: false }, 'auto_enable'],
    ['aws_macie2_account', { status: 'ENABLED' }, { status: 'PAUSED' }, 'status'],
  ])('%s from %j to %j', (type, strong, weak, argument) => {
    const weakened = judge([check], change(type, strong, weak)).results;
    expect(weakened).toMatchObject([{ verdict: 'fail', messageId: 'weakens', witness: { path: argument } }]);
    expect(weakened[0]?.message).toContain(`${argument} goes from `);
    const verdicts = judge([check], change(type, weak, strong)).results.map(({ verdict, witness }) => [
      verdict,
      witness?.path,
    ]);
    expect(verdicts).not.toContainEqual(['fail', argument]);
  });
});

describe('expiry', () => {
  const expiry = (before: object, rule: Arguments): Example => ({
    plan: { before: { west: { resource: { aws_sqs_queue: { receipts: {} }, ...before } } } },
    stacks: {
      west: {
        variable: { days: { type: 'number' } },
        resource: {
          aws_sqs_queue: { receipts: {} },
          aws_s3_bucket: { ledger: { bucket: 'ledger' } },
          aws_s3_bucket_lifecycle_configuration: { ledger: { bucket: '${aws_s3_bucket.ledger.id}', rule } },
        },
      },
    },
  });
  const USED = { aws_s3_bucket: { ledger: { bucket: 'ledger' } } };
  const verdicts = (example: Example) =>
    judge([check], example).results.map(({ subject, verdict, message }) => [subject.address, verdict, message]);

  it('that is made for a bucket in use ends what is in it', () => {
    expect(verdicts(expiry(USED, EXPIRES(1)))).toContainEqual([
      'aws_s3_bucket_lifecycle_configuration.ledger',
      'fail',
      'is the expiry of an archive, and the plan weakens it: rule.expiration.days goes from never to 1',
    ]);
    expect(verdicts(expiry(USED, { ...EXPIRES(1), expiration: { days: '${var.days}' } }))).toContainEqual([
      'aws_s3_bucket_lifecycle_configuration.ledger',
      'unproven',
      expect.stringContaining('var.days'),
    ]);
  });

  it('may be made with its bucket, may only move objects, and may go', () => {
    expect(verdicts(expiry({}, EXPIRES(1)))).toEqual([]);
    expect(verdicts(expiry(USED, { status: 'Enabled', transition: { days: 1 } }))).not.toContainEqual(
      expect.arrayContaining(['fail']),
    );
    const gone = change('aws_s3_bucket_lifecycle_configuration', RULE(EXPIRES(1)), null);
    expect(judge([check], gone).results).toEqual([]);
  });
});

describe('what is judged', () => {
  const judged = (example: Example) => judge([check], example).results.map(({ subject }) => subject.address);

  it('is nothing where there is no plan', () => {
    expect(judged({ stacks: { west: { resource: { aws_kms_key: { ledger: {} } } } } })).toEqual([]);
  });

  it('is nothing that the plan makes', () => {
    expect(judged(change('aws_kms_key', null, {}))).toEqual([]);
  });

  it('is nothing that can be made again', () => {
    expect(judged(change('aws_sns_topic', {}, null))).toEqual([]);
  });

  it('is a gateway of the policy, whatever its type', () => {
    const gateway = {
      id: 'west-appliance',
      site: 'west',
      purpose: 'data-transmission',
      kind: 'appliance',
      stack: 'west',
      address: 'aws_instance.ledger',
      image: 'ami-0123456789abcdef0',
    };
    const example = {
      ...change('aws_instance', { disable_api_termination: true }, {}),
      policy: { gateways: [gateway] },
    };
    expect(judge([check], example).results).toMatchObject([
      {
        verdict: 'fail',
        message:
          'is the gateway "west-appliance" of the policy, and the plan weakens it: ' +
          'disable_api_termination goes from true to not set',
        witness: { path: 'disable_api_termination', value: 'null' },
      },
    ]);
    const { policy: _, ...unregistered } = example;
    expect(judge([check], unregistered).results).toEqual([]);
  });
});

it('does not take for kept what the plan does not say', () => {
  const example = change('aws_kms_key', {}, {});
  const estate = estateOf(example);
  const stacks = estate.stacks.map((stack) => {
    const change = { actions: ['update' as const], before: null };
    const resources = stack.resources.map((resource) => new Resource({ ...resource.init, change }));
    return withObjects(stack, { resources });
  });
  const blind = new JoinedEstate(stacks, { problems: [], declaredStacks: ['west'] });
  expect(judgeEstate([check], blind, policyOf(example)).results).toMatchObject([
    { verdict: 'unproven', message: 'is there before the plan, which does not say how it is' },
  ]);
});

it('judges what the real Terraform plans to change', () => {
  // Terraform 1.11 and provider 5.100.0 over a state that was written by hand, without refresh.
  const bytes = readFileSync(new URL('../../fixtures/changes/west.json', import.meta.url));
  const estate = parseEstate({
    stacks: [],
    plans: [{ name: 'west', path: 'west.json', chunks: [bytes], sha256: '0'.repeat(64) }],
    problems: [],
    declaredStacks: ['west'],
  });
  expect(estate.problems).toEqual([]);
  const { results } = judgeEstate([check], estate, policyOf({ stacks: {} }));
  expect(results.map(({ subject, verdict, message }) => [subject.address, verdict, message])).toEqual([
    ['aws_cloudtrail.trail', 'fail', 'is a log, and the plan forgets it, so that nothing keeps it as it is'],
    ['aws_cloudwatch_log_group.audit', 'fail', 'is a log, and the plan destroys it to make another in its place'],
    ['aws_cloudwatch_log_group.flow', 'fail', 'is a log, and the plan weakens it: retention_in_days goes from 0 to 30'],
    ['aws_kms_key.gone', 'fail', 'is a key, and the plan destroys it'],
    ['aws_kms_key.keep', 'fail', 'is a key, and the plan weakens it: deletion_window_in_days goes from 30 to 7'],
    [
      'aws_s3_bucket_versioning.ledger',
      'fail',
      'is a protection of an archive, and the plan weakens it: versioning_configuration.status goes from "Enabled" to "Suspended"',
    ],
  ]);
});

describe('the table', () => {
  it.each([...PROTECTED_TYPES.keys()])('%s is missed when it is destroyed', (type) => {
    expect(judge([check], change(type, {}, null)).results).toMatchObject([{ verdict: 'fail', messageId: 'destroys' }]);
  });
});

it.each([
  [
    'its end without a last snapshot',
    change('aws_rds_cluster', { skip_final_snapshot: false }, null),
    change('aws_rds_cluster', { skip_final_snapshot: true }, null),
  ],
  [
    'its end after fewer days',
    change('aws_kms_key', { deletion_window_in_days: 30 }, null),
    change('aws_kms_key', { deletion_window_in_days: 7 }, null),
  ],
  [
    'a weaker one in its place',
    change(
      'aws_kms_key',
      { enable_key_rotation: true },
      { enable_key_rotation: true },
      { replaces: ['aws_kms_key.ledger'] },
    ),
    change('aws_kms_key', { enable_key_rotation: true }, {}, { replaces: ['aws_kms_key.ledger'] }),
  ],
  [
    'a second protection less',
    change('aws_kms_key', { enable_key_rotation: true }, {}),
    change('aws_kms_key', { enable_key_rotation: true }, { is_enabled: false }),
  ],
])('has an exception not cover %s', (_, approved, graver) => {
  expect(isCovered(check, approved, graver)).toBe(false);
});
