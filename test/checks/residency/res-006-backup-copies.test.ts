import { expect, it } from 'vitest';
import check from '../../../checks/residency/res-006-backup-copies.ts';
import { testCheck } from '../../support/check-tester.ts';
import { testRows } from '../../support/flow-tester.ts';
import { isCovered } from '../../support/covered.ts';

const west = (resource: object, rest: object = {}) => ({ west: { resource, ...rest } });
const vault = (region: string, account = '111111111111') => `arn:aws:backup:${region}:${account}:backup-vault:far`;
const plan = (copy: object, rest: object = {}) => ({
  aws_backup_plan: { daily: { name: 'daily', rule: [{ target_vault_name: 'daily', copy_action: [copy] }], ...rest } },
});
const tagged = (dataClass: string) => ({ tags: { 'ledger:data-class': dataClass } });
const policy = (type: string, content: object) => ({
  aws_organizations_policy: { backups: { name: 'backups', type, content: JSON.stringify(content) } },
});
const copying = (region: string) => ({
  plans: {
    daily: {
      regions: { '@@assign': ['eu-west-1'] },
      rules: {
        hourly: {
          target_backup_vault_name: { '@@assign': 'daily' },
          copy_actions: {
            [`arn:aws:backup:${region}:$account:backup-vault:far`]: {
              target_backup_vault_arn: { '@@assign': `arn:aws:backup:${region}:$account:backup-vault:far` },
            },
          },
        },
      },
    },
  },
});
/** Copies to a site of another country of the policy what it selects; its own tag says that this is not restricted. */
const selecting = (selections: object) => {
  const { daily } = copying('eu-central-1').plans;
  const text = JSON.stringify({ plans: { daily: { ...daily, selections } } }).replaceAll('$account', '333333333333');
  const { aws_organizations_policy: policies } = policy('BACKUP_POLICY', JSON.parse(text) as object);
  return { aws_organizations_policy: { backups: { ...policies.backups, ...tagged('operational') } } };
};
/** Copies the images of the registry to the country of the monitor. */
const mirrored = (repositories: object, filter: object = {}, rest: object = {}) =>
  west(
    {
      aws_ecr_repository: repositories,
      aws_ecr_replication_configuration: {
        all: {
          replication_configuration: {
            rule: [{ destination: [{ region: 'eu-central-1', registry_id: '333333333333' }], ...filter }],
          },
        },
      },
    },
    rest,
  );
/** What the provider gives to all that takes tags, which no registry does. */
const DEFAULTS = {
  provider: {
    aws: [
      {
        region: 'eu-west-1',
        allowed_account_ids: ['111111111111'],
        default_tags: [{ tags: { 'ledger:data-class': 'operational' } }],
      },
    ],
  },
};
/** The organisation has no Region; its stack is of the site that manages it. */
const managed = { aws_organizations_policy: { other: { name: 'tags', type: 'TAG_POLICY', content: '{"tags":{}}' } } };

testRows(check, 'backup', 'image');

testCheck(check, {
  pass: [
    {
      name: 'images that are not restricted, copied to another country of the policy',
      stacks: mirrored({ app: { name: 'app', ...tagged('operational') } }),
    },
    {
      name: 'restricted images that no rule of the replication is about',
      stacks: mirrored(
        { app: { name: 'app', ...tagged('operational') }, model: { name: 'model', ...tagged('restricted') } },
        { repository_filter: [{ filter: 'app', filter_type: 'PREFIX_MATCH' }] },
      ),
    },
    { name: 'a copy to a vault of the country', stacks: west(plan({ destination_vault_arn: vault('eu-west-1') })) },
    {
      name: 'a copy of what is not restricted to another country of the policy',
      stacks: west(plan({ destination_vault_arn: vault('eu-central-1', '333333333333') }, tagged('operational'))),
    },
    {
      name: 'a policy of the organisation that copies inside',
      stacks: west(policy('BACKUP_POLICY', copying('eu-west-1'))),
    },
    {
      name: 'a copy to another country of the policy of what is selected, none of it restricted',
      stacks: west({
        ...plan({ destination_vault_arn: vault('eu-central-1', '333333333333') }, tagged('operational')),
        aws_dynamodb_table: { meters: tagged('operational') },
        aws_backup_selection: {
          daily: { plan_id: '${aws_backup_plan.daily.id}', resources: ['${aws_dynamodb_table.meters.arn}'] },
        },
      }),
    },
    {
      name: 'a copy by a policy of the organisation that selects what is not restricted',
      stacks: west(
        selecting({
          tags: {
            meters: { tag_key: { '@@assign': 'ledger:data-class' }, tag_value: { '@@assign': ['operational'] } },
          },
        }),
      ),
    },
    {
      name: 'text of another policy that looks like a copy',
      stacks: west({
        ...plan({ destination_vault_arn: vault('eu-west-1') }),
        aws_organizations_policy: {
          ...managed.aws_organizations_policy,
          tags: policy('TAG_POLICY', copying('us-east-1')).aws_organizations_policy.backups,
        },
      }),
    },
    {
      name: 'a description that names a Region',
      stacks: west(plan({ destination_vault_arn: vault('eu-west-1') }, { tags: { note: 'never us-east-1' } })),
    },
  ],
  fail: [
    {
      name: 'restricted images among those that are copied to another country, whatever the default tags say',
      stacks: mirrored({ app: { name: 'app' }, model: { name: 'model', ...tagged('restricted') } }, {}, DEFAULTS),
      fails: { 'aws_ecr_replication_configuration.all': 'leaves' },
    },
    {
      name: 'a copy of restricted data that the plan selects by name, whatever the tag of the plan says',
      stacks: west({
        ...plan({ destination_vault_arn: vault('eu-central-1', '333333333333') }, tagged('operational')),
        aws_dynamodb_table: { ledger: tagged('restricted') },
        aws_backup_selection: {
          daily: { plan_id: '${aws_backup_plan.daily.id}', resources: ['${aws_dynamodb_table.ledger.arn}'] },
        },
      }),
      fails: { 'aws_backup_plan.daily': 'leaves' },
    },
    ...[
      { selection_tag: [{ type: 'STRINGEQUALS', key: 'ledger:data-class', value: 'restricted' }] },
      { condition: [{ string_equals: [{ key: 'aws:ResourceTag/ledger:data-class', value: 'restricted' }] }] },
    ].map((chosen) => ({
      name: `a copy of restricted data that the plan selects by ${Object.keys(chosen).join()}`,
      stacks: west({
        ...plan({ destination_vault_arn: vault('eu-central-1', '333333333333') }, tagged('operational')),
        aws_backup_selection: { daily: { plan_id: '${aws_backup_plan.daily.id}', ...chosen } },
      }),
      fails: { 'aws_backup_plan.daily': 'leaves' },
    })),
    ...[
      {
        tags: { ledgers: { tag_key: { '@@assign': 'ledger:data-class' }, tag_value: { '@@assign': ['restricted'] } } },
      },
      {
        resources: {
          ledgers: {
            conditions: {
              string_equals: {
                one: {
                  condition_key: { '@@assign': 'aws:ResourceTag/ledger:data-class' },
                  condition_value: { '@@assign': 'restricted' },
                },
              },
            },
          },
        },
      },
    ].map((selections) => ({
      name: `a copy of restricted data that a policy of the organisation selects by ${Object.keys(selections).join()}`,
      stacks: west(selecting(selections)),
      fails: { 'aws_organizations_policy.backups': 'leaves' },
    })),
    {
      name: 'copies inside the text of an organisation policy',
      stacks: west(policy('BACKUP_POLICY', copying('us-east-1'))),
      fails: { 'aws_organizations_policy.backups': 'leaves' },
    },
    {
      name: 'a copy of restricted data to another country of the policy',
      stacks: west(plan({ destination_vault_arn: vault('eu-central-1', '333333333333') }, tagged('restricted'))),
      fails: { 'aws_backup_plan.daily': 'leaves' },
    },
    {
      name: 'a copy to the vault of a stranger in the country',
      stacks: west(plan({ destination_vault_arn: vault('eu-west-1', '999999999999') })),
      fails: { 'aws_backup_plan.daily': 'leaves' },
    },
    {
      name: 'the second copy of the second rule',
      stacks: west({
        aws_backup_plan: {
          daily: {
            rule: [
              { target_vault_name: 'a' },
              {
                target_vault_name: 'a',
                copy_action: [
                  { destination_vault_arn: vault('eu-west-1') },
                  { destination_vault_arn: vault('eu-west-2') },
                ],
              },
            ],
          },
        },
      }),
      fails: { 'aws_backup_plan.daily': 'leaves' },
    },
    {
      name: 'a vault that another provider makes',
      stacks: west(
        {
          aws_backup_vault: { far: { name: 'far', provider: 'aws.far' } },
          ...plan({ destination_vault_arn: '${aws_backup_vault.far.arn}' }),
        },
        {
          provider: {
            aws: [
              { region: 'eu-west-1', allowed_account_ids: ['111111111111'] },
              { alias: 'far', region: 'us-east-1', allowed_account_ids: ['111111111111'] },
            ],
          },
        },
      ),
      fails: { 'aws_backup_plan.daily': 'leaves' },
    },
    {
      name: 'an ARN of which only the account is hidden',
      stacks: west(plan({ destination_vault_arn: 'arn:aws:backup:us-east-1:${var.account}:backup-vault:far' }), {
        variable: { account: {} },
      }),
      fails: { 'aws_backup_plan.daily': 'leaves' },
    },
    {
      name: 'a snapshot that everybody may restore',
      stacks: west({ aws_db_snapshot: { ledger: { shared_accounts: ['all'] } } }),
      fails: { 'aws_db_snapshot.ledger': 'leaves' },
    },
    {
      name: 'an image from outside the jurisdiction',
      stacks: west({ aws_ami_copy: { host: { source_ami_region: 'us-east-1', source_ami_id: 'ami-1' } } }),
      fails: { 'aws_ami_copy.host': 'arrives' },
    },
  ],
  unproven: [
    {
      name: 'images of repositories that are not in the estate, though the default tags name a class',
      stacks: mirrored({}, {}, DEFAULTS),
      unproven: { 'aws_ecr_replication_configuration.all': 'no tag ledger:data-class tells which data leaves' },
    },
    {
      name: 'images without a class among those that are copied to another country',
      stacks: mirrored({ app: { name: 'app', ...tagged('operational') }, other: { name: 'other' } }),
      unproven: { 'aws_ecr_replication_configuration.all': 'aws_ecr_repository.other.tags has no ledger:data-class' },
    },
    {
      name: 'images that a filter of the run chooses',
      stacks: mirrored(
        { model: { name: '${var.name}', ...tagged('${var.class}') } },
        {},
        { variable: { name: {}, class: {} } },
      ),
      unproven: { 'aws_ecr_replication_configuration.all': 'var.class' },
    },
    {
      name: 'a copy to another country by a plan that says no class, of which one selection is not restricted',
      stacks: west({
        ...plan({ destination_vault_arn: vault('eu-central-1', '333333333333') }),
        aws_dynamodb_table: { meters: tagged('operational') },
        aws_backup_selection: {
          meters: { plan_id: '${aws_backup_plan.daily.id}', resources: ['${aws_dynamodb_table.meters.arn}'] },
          rest: { plan_id: '${aws_backup_plan.daily.id}', resources: ['*'] },
        },
      }),
      unproven: { 'aws_backup_plan.daily': 'ledger:data-class' },
    },
    {
      name: 'a copy to another country of what is selected by a name that is hidden',
      stacks: west(
        {
          ...plan({ destination_vault_arn: vault('eu-central-1', '333333333333') }, tagged('operational')),
          aws_backup_selection: { daily: { plan_id: '${aws_backup_plan.daily.id}', resources: ['${var.ledger}'] } },
        },
        { variable: { ledger: {} } },
      ),
      unproven: { 'aws_backup_plan.daily': 'var.ledger' },
    },
    {
      name: 'rules that a dynamic block makes of what is not known',
      stacks: west(
        {
          aws_backup_plan: {
            daily: { dynamic: { rule: { for_each: '${var.rules}', content: { target_vault_name: '${rule.value}' } } } },
          },
        },
        { variable: { rules: {} } },
      ),
      unproven: { 'aws_backup_plan.daily': 'for_each' },
    },
    {
      name: 'a policy that may or may not be about backups',
      stacks: west(policy('${var.type}', copying('us-east-1')), { variable: { type: {} } }),
      unproven: { 'aws_organizations_policy.backups': 'var.type' },
    },
    {
      name: 'a copy to another country of what has no data class',
      stacks: west(plan({ destination_vault_arn: vault('eu-central-1', '333333333333') })),
      unproven: { 'aws_backup_plan.daily': 'ledger:data-class' },
    },
    {
      name: 'a Region that does not exist',
      stacks: west({ aws_redshift_snapshot_copy: { far: { destination_region: 'EU-WEST-1' } } }),
      unproven: { 'aws_redshift_snapshot_copy.far': 'no Region that the table knows' },
    },
  ],
});

const lifecycle = (details: object) => ({
  aws_dlm_lifecycle_policy: {
    daily: {
      policy_details: {
        ...details,
        schedule: { cross_region_copy_rule: { target: 'us-east-1', encrypted: true } },
      },
    },
  },
});
const selected = (planned: unknown, ...resources: readonly string[]) => ({
  aws_backup_plan: { ...plan({ destination_vault_arn: vault('us-east-1') }).aws_backup_plan, other: { name: 'other' } },
  aws_backup_selection: { chosen: { plan_id: planned, iam_role_arn: 'x', name: 'chosen', resources } },
});

it.each([
  [
    'snapshots of more volumes',
    lifecycle({ resource_types: ['VOLUME'], target_tags: { use: 'test' } }),
    lifecycle({ resource_types: ['VOLUME'], target_tags: { use: 'ledger' } }),
  ],
  [
    'backups of more resources',
    selected('${aws_backup_plan.daily.id}', 'arn:aws:ec2:*:*:volume/vol-1'),
    selected('${aws_backup_plan.daily.id}', '*'),
  ],
  ['backups of what may be of the plan', selected('${aws_backup_plan.other.id}', '*'), selected('${var.plan}', '*')],
  [
    'another image',
    { aws_ami_launch_permission: { all: { image_id: 'ami-1', group: 'all' } } },
    { aws_ami_launch_permission: { all: { image_id: 'ami-2', group: 'all' } } },
  ],
])('has an exception not cover %s', (_, approved, graver) => {
  const rest = { variable: { plan: {} } };
  expect(isCovered(check, { stacks: west(approved, rest) }, { stacks: west(graver, rest) })).toBe(false);
});
