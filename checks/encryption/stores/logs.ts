import {
  byAccount,
  inBlock,
  is,
  KEYLESS,
  KMS_ALGORITHMS,
  member,
  type Part,
  store,
  type StoreTable,
  switched,
  toBucket,
  typed,
} from './store-form.ts';

/** Tables that S3 keeps about the objects of a bucket. */
function metadata(table: string, ...conditions: NonNullable<Part['when']>): Part {
  const block = `metadata_configuration.${table}`;
  const encryption = `${block}.encryption_configuration`;
  const part = inBlock(block, typed(`${encryption}.sse_algorithm`, KMS_ALGORITHMS, `${encryption}.kms_key_arn`));
  return conditions.length === 0 ? part : { ...part, when: conditions };
}

/** A list of what is in buckets. */
function listing(block: string, bucket: string): Part {
  return inBlock(block, {
    ...toBucket(`${block}.${bucket}`, `${block}.encryption.sse_kms.key_id`),
    ownKey: `${block}.encryption.sse_s3`,
  });
}

const CENTRAL_LOGS = 'rule.destination.destination_logs_configuration';

/** Logs, backups and records of what happened. Sources: the Terraform Registry's page of each type. */
export const LOGS: StoreTable = {
  // Logs
  aws_cloudwatch_log_group: store('kms_key_id'),
  aws_cloudwatch_log_stream: member('log_group_name', 'aws_cloudwatch_log_group'),
  aws_cloudwatch_log_anomaly_detector: store('kms_key_id'),
  aws_cloudtrail: store('kms_key_id'),
  aws_cloudtrail_event_data_store: store('kms_key_id'),
  aws_config_delivery_channel: store(toBucket('s3_bucket_name', 's3_kms_key_arn')),
  aws_observabilityadmin_centralization_rule_for_organization: store(
    inBlock(
      CENTRAL_LOGS,
      typed(
        `${CENTRAL_LOGS}.logs_encryption_configuration.encryption_strategy`,
        'CUSTOMER_MANAGED',
        `${CENTRAL_LOGS}.logs_encryption_configuration.kms_key_arn`,
      ),
    ),
    inBlock(`${CENTRAL_LOGS}.backup_configuration`, `${CENTRAL_LOGS}.backup_configuration.kms_key_arn`),
  ),
  aws_prometheus_workspace: store('kms_key_arn'),
  aws_xray_encryption_config: store(typed('type', 'KMS', 'key_id')),
  aws_guardduty_publishing_destination: store('kms_key_arn'),
  aws_macie2_classification_export_configuration: store('s3_destination.kms_key_arn'),
  aws_ssm_resource_data_sync: store(toBucket('s3_destination.bucket_name', 's3_destination.kms_key_arn')),
  aws_securitylake_data_lake: store('configuration.encryption_configuration.kms_key_id'),
  aws_securitylake_aws_log_source: byAccount('aws_securitylake_data_lake'),
  aws_securitylake_custom_log_source: byAccount('aws_securitylake_data_lake'),
  aws_ssmincidents_replication_set: store(
    { ...inBlock('region', 'region.kms_key_arn'), graver: ['name'] },
    { ...inBlock('regions', 'regions.kms_key_arn'), graver: ['name'] },
  ),
  aws_appfabric_app_bundle: store('customer_managed_key_arn'),
  aws_auditmanager_account_registration: store('kms_key'),
  aws_auditmanager_assessment: byAccount('aws_auditmanager_account_registration'),
  aws_devopsguru_service_integration: store(
    typed('kms_server_side_encryption.type', 'CUSTOMER_MANAGED_KEY', 'kms_server_side_encryption.kms_key_id'),
  ),

  // Backups
  aws_backup_vault: store('kms_key_arn'),
  aws_backup_logically_air_gapped_vault: store('encryption_key_arn'),
  aws_dlm_lifecycle_policy: store(
    {
      ...inBlock(
        'policy_details.action.cross_region_copy',
        switched(
          'policy_details.action.cross_region_copy.encryption_configuration.encrypted',
          'policy_details.action.cross_region_copy.encryption_configuration.cmk_arn',
        ),
      ),
      graver: ['target'],
    },
    {
      ...inBlock(
        'policy_details.schedule.cross_region_copy_rule',
        switched(
          'policy_details.schedule.cross_region_copy_rule.encrypted',
          'policy_details.schedule.cross_region_copy_rule.cmk_arn',
        ),
      ),
      graver: ['target', 'target_region'],
    },
  ),
  aws_drs_replication_configuration_template: store({
    ...typed('ebs_encryption', 'CUSTOM', 'ebs_encryption_key_arn'),
    leaves: ['DEFAULT'],
    unclear: 'leaves the key of its disks to the account',
  }),
  aws_dynamodb_table_export: store(toBucket('s3_bucket', typed('s3_sse_algorithm', 'KMS', 's3_sse_kms_key_id'))),
  aws_glacier_vault: KEYLESS,

  // Lists of objects
  aws_s3_bucket_inventory: store(listing('destination.bucket', 'bucket_arn')),
  aws_s3control_storage_lens_configuration: store(
    listing('storage_lens_configuration.data_export.s3_bucket_destination', 'arn'),
  ),
  aws_s3_bucket_metadata_configuration: store(
    metadata(
      'inventory_table_configuration',
      is('metadata_configuration.inventory_table_configuration.configuration_state', 'ENABLED'),
    ),
    metadata('journal_table_configuration'),
  ),
};
