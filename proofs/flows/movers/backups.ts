import type { Mover } from '../mover.ts';
import { into, out } from './row.ts';

const backup = out('backup');
const source = into('backup');

const VAULTS = ['aws_backup_vault', 'aws_backup_logically_air_gapped_vault'];
const EXPORTED = { targets: ['aws_s3_bucket'] };
const PLAN = 'content.@json.plans.*';
const IS_BACKUP_POLICY = [{ path: 'type', is: ['BACKUP_POLICY'] }];
const DLM_ENABLED = [{ path: 'state', not: ['DISABLED'] }];

/** Copies at a point in time: backups, snapshots, exports. They outlive what they were made of. */
export const BACKUPS: readonly Mover[] = [
  backup(
    'aws_backup_plan',
    'rule.copy_action.destination_vault_arn',
    'arn',
    'Each recovery point is copied to this vault.',
    { targets: VAULTS },
  ),
  backup('aws_backup_plan', 'rule.target_vault_name', 'local', 'Recovery points are kept in this vault.', {
    targets: VAULTS,
  }),
  backup(
    'aws_backup_plan',
    'rule.target_logically_air_gapped_backup_vault_arn',
    'arn',
    'Recovery points are kept in this vault, too.',
    { targets: VAULTS },
  ),
  backup(
    'aws_backup_report_plan',
    'report_delivery_channel.s3_bucket_name',
    'bucket',
    'Reports name resources and accounts.',
    EXPORTED,
  ),
  // Plans inside the text of an organisation's policy act in every account that it is attached to.
  backup(
    'aws_organizations_policy',
    `${PLAN}.rules.*.copy_actions.#`,
    'arn',
    'Each recovery point of every account is copied to this vault.',
    { targets: VAULTS, when: IS_BACKUP_POLICY },
  ),
  backup(
    'aws_organizations_policy',
    `${PLAN}.rules.*.copy_actions.*.target_backup_vault_arn.*`,
    'arn',
    'Each recovery point of every account is copied to this vault.',
    { targets: VAULTS, when: IS_BACKUP_POLICY },
  ),
  backup(
    'aws_organizations_policy',
    `${PLAN}.rules.*.target_logically_air_gapped_backup_vault_arn.*`,
    'arn',
    'Recovery points of every account are kept in this vault, too.',
    { targets: VAULTS, when: IS_BACKUP_POLICY },
  ),
  backup(
    'aws_organizations_policy',
    `${PLAN}.regions.*`,
    'region',
    'The plan keeps backups in the vaults of these Regions.',
    { when: IS_BACKUP_POLICY },
  ),
  // Data Lifecycle Manager
  backup(
    'aws_dlm_lifecycle_policy',
    'policy_details.schedule.cross_region_copy_rule.target',
    'zone',
    'Each snapshot is copied to this Region or Outpost.',
    { when: DLM_ENABLED },
  ),
  backup(
    'aws_dlm_lifecycle_policy',
    'policy_details.schedule.cross_region_copy_rule.target_region',
    'region',
    'Each image is copied to this Region.',
    { when: DLM_ENABLED },
  ),
  backup(
    'aws_dlm_lifecycle_policy',
    'policy_details.action.cross_region_copy.target',
    'region',
    'Each snapshot that is shared with the account is copied to this Region.',
    { when: DLM_ENABLED },
  ),
  backup(
    'aws_dlm_lifecycle_policy',
    'policy_details.schedule.share_rule.target_accounts',
    'account',
    'Each snapshot is shared with these accounts, which may copy it anywhere.',
    { when: DLM_ENABLED },
  ),
  // Databases
  source(
    'aws_db_instance_automated_backups_replication',
    'source_db_instance_arn',
    'arn',
    'Backups of this instance are copied to the Region of the resource.',
    { targets: ['aws_db_instance'] },
  ),
  backup(
    'aws_db_snapshot_copy aws_rds_cluster_snapshot_copy',
    'destination_region',
    'region',
    'The snapshot is copied to this Region.',
  ),
  source(
    'aws_db_snapshot_copy',
    'source_db_snapshot_identifier',
    'local',
    'The snapshot that is copied to the Region of the resource.',
    { targets: ['aws_db_snapshot'] },
  ),
  source(
    'aws_rds_cluster_snapshot_copy',
    'source_db_cluster_snapshot_identifier',
    'local',
    'The snapshot that is copied to the Region of the resource.',
    { targets: ['aws_db_cluster_snapshot'] },
  ),
  backup(
    'aws_db_snapshot aws_db_snapshot_copy aws_db_cluster_snapshot aws_rds_cluster_snapshot_copy',
    'shared_accounts',
    'account',
    'Whoever shares a snapshot may copy it anywhere; `all` is everybody.',
  ),
  source(
    'aws_db_instance aws_rds_cluster aws_docdb_cluster aws_neptune_cluster aws_redshift_cluster',
    'snapshot_identifier',
    'local',
    'The data begins as that of the snapshot.',
    {
      targets: [
        'aws_db_snapshot',
        'aws_db_cluster_snapshot',
        'aws_docdb_cluster_snapshot',
        'aws_neptune_cluster_snapshot',
      ],
    },
  ),
  source(
    'aws_db_instance',
    'restore_to_point_in_time.source_db_instance_automated_backups_arn',
    'arn',
    'The data begins as that of the backups, which may be copies of another Region.',
  ),
  backup('aws_rds_export_task', 's3_bucket_name', 'bucket', 'The snapshot is written to this bucket.', EXPORTED),
  backup('aws_dynamodb_table_export', 's3_bucket', 'bucket', 'The table is written to this bucket.', {
    ...EXPORTED,
    source: 'table_arn',
  }),
  source(
    'aws_dynamodb_table',
    'import_table.s3_bucket_source.bucket',
    'bucket',
    'The table begins with what is in this bucket.',
    EXPORTED,
  ),
  backup('aws_redshift_snapshot_copy', 'destination_region', 'region', 'Each snapshot is copied to this Region.', {
    source: 'cluster_identifier',
  }),
  backup(
    'aws_timestreamwrite_table',
    'magnetic_store_write_properties.magnetic_store_rejected_data_location.s3_configuration.bucket_name',
    'bucket',
    'Records that were refused are written to this bucket.',
    EXPORTED,
  ),
  backup(
    'aws_drs_replication_configuration_template',
    'staging_area_subnet_id',
    'local',
    'Blocks of the servers that are protected are copied to volumes of this subnet.',
    { targets: ['aws_subnet'] },
  ),
  // Volumes and file systems
  source('aws_ebs_snapshot_copy', 'source_region', 'region', 'The snapshot is copied into the Region of the resource.'),
  backup(
    'aws_snapshot_create_volume_permission',
    'account_id',
    'account',
    'The account may make volumes and copies of the snapshot.',
    { source: 'snapshot_id' },
  ),
  source('aws_fsx_backup', 'file_system_id', 'local', 'The backup lies where the file system does.', {
    targets: ['aws_fsx_lustre_file_system', 'aws_fsx_windows_file_system'],
  }),
  source('aws_cloudhsm_v2_cluster', 'source_backup_identifier', 'local', 'The keys begin as those of the backup.'),
];
