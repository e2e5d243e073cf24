import { type DefaultRow, fixed, inBlock, open } from './default-rules.ts';

const REGISTRY = 'Terraform Registry, hashicorp/aws resource documentation';
const ATHENA = 'Amazon Athena API reference: without an option results are encrypted as their bucket is';
const OBJECT = 'Amazon S3 guide: an object without a word on encryption is encrypted as its bucket says';
const SFN = 'AWS Step Functions API reference: AWS_OWNED_KEY unless said';
const TIMESTREAM = 'Amazon Timestream API reference: SSE_S3 unless said';

const EXECUTE_LOGS = 'configuration.execute_command_configuration.log_configuration';

/** Switches of encryption that decide nothing while they are omitted: the key does, or the bucket. */
const BY_KEY = (source: string): DefaultRow => fixed(null, source);

/** What omitted switches of encryption at rest mean, of stores other than databases. As `DEFAULT_ROWS`. */
export const ENCRYPTION_ROWS: Readonly<Record<string, Readonly<Record<string, DefaultRow>>>> = {
  // File systems and objects
  aws_storagegateway_nfs_file_share: { kms_encrypted: fixed(false, REGISTRY) },
  aws_storagegateway_smb_file_share: { kms_encrypted: fixed(false, REGISTRY) },
  aws_storagegateway_cached_iscsi_volume: { kms_encrypted: fixed(false, REGISTRY) },
  aws_storagegateway_stored_iscsi_volume: { kms_encrypted: fixed(false, REGISTRY) },
  aws_s3_object: { server_side_encryption: BY_KEY(OBJECT) },
  aws_s3_bucket_object: { server_side_encryption: BY_KEY(OBJECT) },
  aws_s3_object_copy: { server_side_encryption: BY_KEY(OBJECT) },

  // Messaging, streams and integration
  aws_kinesis_firehose_delivery_stream: {
    'server_side_encryption.enabled': fixed(false, REGISTRY),
    'server_side_encryption.key_type': fixed('AWS_OWNED_CMK', REGISTRY),
  },
  aws_mq_broker: { 'encryption_options.use_aws_owned_key': fixed(true, REGISTRY) },
  aws_sfn_activity: { 'encryption_configuration.type': fixed('AWS_OWNED_KEY', SFN) },
  aws_sfn_state_machine: { 'encryption_configuration.type': fixed('AWS_OWNED_KEY', SFN) },
  aws_dataexchange_event_action: {
    'action.export_revision_to_s3.encryption.type': BY_KEY('AWS Data Exchange API reference'),
  },
  aws_dms_endpoint: { 'redshift_settings.encryption_mode': fixed('SSE_S3', REGISTRY) },
  aws_dms_s3_endpoint: { encryption_mode: fixed('SSE_S3', REGISTRY) },

  // Environments, code and settings
  aws_lambda_function: { package_type: fixed('Zip', REGISTRY) },
  aws_ecs_cluster: {
    [`${EXECUTE_LOGS}.cloud_watch_encryption_enabled`]: fixed(false, REGISTRY),
    [`${EXECUTE_LOGS}.s3_bucket_encryption_enabled`]: fixed(false, REGISTRY),
  },
  aws_synthetics_canary: {
    'artifact_config.s3_encryption.encryption_mode': BY_KEY('Amazon CloudWatch guide: an AWS managed key unless said'),
  },
  aws_ecr_repository_creation_template: { 'encryption_configuration.encryption_type': fixed('AES256', REGISTRY) },
  aws_codebuild_project: {
    'artifacts.encryption_disabled': fixed(false, REGISTRY),
    'secondary_artifacts.encryption_disabled': fixed(false, REGISTRY),
    'logs_config.s3_logs.encryption_disabled': fixed(false, REGISTRY),
    'logs_config.s3_logs.status': fixed('DISABLED', REGISTRY),
  },
  aws_codebuild_report_group: { 'export_config.s3_destination.encryption_disabled': fixed(false, REGISTRY) },
  aws_codegurureviewer_repository_association: {
    'kms_key_details.encryption_option': fixed('AWS_OWNED_CMK', 'Amazon CodeGuru Reviewer API reference'),
  },
  aws_networkfirewall_tls_inspection_configuration: {
    'encryption_configuration.type': fixed('AWS_OWNED_KMS_KEY', 'AWS Network Firewall guide: a key of AWS unless said'),
  },
  aws_verifiedaccess_endpoint: { 'sse_specification.customer_managed_key_enabled': fixed(false, REGISTRY) },
  aws_verifiedaccess_group: { 'sse_configuration.customer_managed_key_enabled': fixed(false, REGISTRY) },
  aws_verifiedaccess_trust_provider: { 'sse_specification.customer_managed_key_enabled': fixed(false, REGISTRY) },

  // Logs and backups
  aws_observabilityadmin_centralization_rule_for_organization: {
    'rule.destination.destination_logs_configuration.logs_encryption_configuration.encryption_strategy': fixed(
      'AWS_OWNED',
      'Amazon CloudWatch guide, log centralisation: AWS_OWNED unless said',
    ),
  },
  aws_devopsguru_service_integration: {
    'kms_server_side_encryption.type': fixed('AWS_OWNED_KMS_KEY', 'Amazon DevOps Guru API reference'),
  },
  aws_dlm_lifecycle_policy: {
    'policy_details.action.cross_region_copy.encryption_configuration.encrypted': fixed(false, REGISTRY),
  },
  aws_dynamodb_table_export: { s3_sse_algorithm: BY_KEY('Amazon DynamoDB API reference: the bucket decides') },
  aws_s3_bucket_metadata_configuration: {
    'metadata_configuration.inventory_table_configuration.encryption_configuration.sse_algorithm': fixed(
      'AES256',
      'Amazon S3 guide, metadata tables: SSE-S3 unless said',
    ),
    'metadata_configuration.journal_table_configuration.encryption_configuration.sse_algorithm': fixed(
      'AES256',
      'Amazon S3 guide, metadata tables: SSE-S3 unless said',
    ),
  },

  // Analysis
  aws_athena_database: { 'encryption_configuration.encryption_option': BY_KEY(ATHENA) },
  aws_athena_workgroup: {
    'configuration.enforce_workgroup_configuration': inBlock(
      'configuration',
      fixed(true, REGISTRY),
      open('the block configuration is not written, and Athena documents no default'),
    ),
    'configuration.result_configuration.encryption_configuration.encryption_option': BY_KEY(ATHENA),
    'configuration.managed_query_results_configuration.enabled': fixed(false, REGISTRY),
  },
  aws_glue_security_configuration: {
    'encryption_configuration.cloudwatch_encryption.cloudwatch_encryption_mode': fixed('DISABLED', REGISTRY),
    'encryption_configuration.job_bookmarks_encryption.job_bookmarks_encryption_mode': fixed('DISABLED', REGISTRY),
    'encryption_configuration.s3_encryption.s3_encryption_mode': fixed('DISABLED', REGISTRY),
  },
  aws_timestreamquery_scheduled_query: {
    'error_report_configuration.s3_configuration.encryption_option': fixed('SSE_S3', TIMESTREAM),
  },
  aws_timestreamwrite_table: {
    'magnetic_store_write_properties.magnetic_store_rejected_data_location.s3_configuration.encryption_option': fixed(
      'SSE_S3',
      TIMESTREAM,
    ),
  },
  aws_emrserverless_application: {
    'monitoring_configuration.managed_persistence_monitoring_configuration.enabled': fixed(true, REGISTRY),
  },
  aws_sagemaker_domain: {
    'default_user_settings.sharing_settings.notebook_output_option': fixed('Disabled', REGISTRY),
  },
  aws_sagemaker_user_profile: { 'user_settings.sharing_settings.notebook_output_option': fixed('Disabled', REGISTRY) },
  aws_sagemaker_feature_group: { 'online_store_config.enable_online_store': fixed(false, REGISTRY) },
};
