import {
  inBlock,
  is,
  isGiven,
  isOmitted,
  KEYLESS,
  type Part,
  store,
  type StoreTable,
  switched,
  toBucket,
  typed,
  when,
} from './store-form.ts';

/** Destinations of Firehose with a block that says what goes to a bucket. */
const FIREHOSE_BLOCKS: readonly string[] = [
  'elasticsearch_configuration.s3_configuration',
  'extended_s3_configuration',
  'extended_s3_configuration.s3_backup_configuration',
  'http_endpoint_configuration.s3_configuration',
  'iceberg_configuration.s3_configuration',
  'opensearch_configuration.s3_configuration',
  'opensearchserverless_configuration.s3_configuration',
  'redshift_configuration.s3_configuration',
  'redshift_configuration.s3_backup_configuration',
  'snowflake_configuration.s3_configuration',
  'splunk_configuration.s3_configuration',
];

/** A stream that reads from another cannot be encrypted itself: its records stay in that one until they are delivered. */
const TAKES_RECORDS = [isOmitted('kinesis_source_configuration'), isOmitted('msk_source_configuration')];

const SFN = typed('encryption_configuration.type', 'CUSTOMER_MANAGED_KMS_KEY', 'encryption_configuration.kms_key_id');

function recordings(block: string): Part {
  const config = `storage_config.${block}.encryption_config`;
  return inBlock(`storage_config.${block}`, typed(`${config}.encryption_type`, 'KMS', `${config}.key_id`));
}

/** Queues, topics, streams and what carries data between systems. Sources: the Terraform Registry's page of each type. */
export const MESSAGING: StoreTable = {
  // Queues, topics and streams. SSE-SQS, which queues have without a key, is a key of AWS.
  aws_sqs_queue: store('kms_master_key_id'),
  aws_sns_topic: store('kms_master_key_id'),
  aws_kinesis_stream: store(typed('encryption_type', 'KMS', 'kms_key_id')),
  aws_kinesis_video_stream: store('kms_key_id'),
  aws_kinesis_firehose_delivery_stream: store(
    when(TAKES_RECORDS, switched('server_side_encryption.enabled')),
    when(
      is('server_side_encryption.enabled'),
      inBlock(
        'server_side_encryption',
        typed('server_side_encryption.key_type', 'CUSTOMER_MANAGED_CMK', 'server_side_encryption.key_arn'),
      ),
    ),
    ...FIREHOSE_BLOCKS.map((block) => inBlock(block, toBucket(`${block}.bucket_arn`, `${block}.kms_key_arn`))),
  ),
  aws_msk_cluster: store('encryption_info.encryption_at_rest_kms_key_arn'),
  aws_msk_serverless_cluster: KEYLESS,
  aws_mq_broker: store({
    switch: 'encryption_options.use_aws_owned_key',
    on: false,
    key: 'encryption_options.kms_key_id',
  }),

  // Events, schedules and workflows
  aws_cloudwatch_event_bus: store('kms_key_identifier'),
  aws_cloudwatch_event_archive: store('kms_key_identifier'),
  aws_cloudwatch_event_connection: store('kms_key_identifier'),
  aws_pipes_pipe: store('kms_key_identifier'),
  aws_scheduler_schedule: store('kms_key_arn'),
  aws_sfn_state_machine: store(SFN),
  aws_sfn_activity: store(SFN),
  // Only the criteria by which events are chosen are kept.
  aws_lambda_event_source_mapping: store(when(isGiven('filter_criteria'), 'kms_key_arn')),
  aws_swf_domain: KEYLESS,

  // Integration of systems
  aws_appflow_flow: store('kms_arn'),
  aws_appflow_connector_profile: store('kms_arn'),
  aws_appintegrations_data_integration: store('kms_key'),
  aws_customerprofiles_domain: store('default_encryption_key'),
  aws_dataexchange_event_action: store(
    inBlock(
      'action.export_revision_to_s3',
      toBucket(
        'action.export_revision_to_s3.revision_destination.bucket',
        typed(
          'action.export_revision_to_s3.encryption.type',
          'aws:kms',
          'action.export_revision_to_s3.encryption.kms_key_arn',
        ),
      ),
    ),
  ),
  aws_dms_endpoint: store(
    'kms_key_arn',
    inBlock(
      'redshift_settings',
      typed('redshift_settings.encryption_mode', 'SSE_KMS', 'redshift_settings.server_side_encryption_kms_key_id'),
    ),
  ),
  aws_dms_s3_endpoint: store(
    'kms_key_arn',
    when(is('endpoint_type', 'target'), typed('encryption_mode', 'SSE_KMS', 'server_side_encryption_kms_key_id')),
  ),
  aws_dms_replication_config: store('compute_config.kms_key_id'),
  aws_dms_replication_instance: store('kms_key_arn'),
  aws_osis_pipeline: store('encryption_at_rest_options.kms_key_arn'),
  aws_rds_cluster_activity_stream: store('kms_key_id'),
  aws_rds_integration: store('kms_key_id'),
  aws_redshift_integration: store('kms_key_id'),

  // Voice, mail, media and places
  aws_chimesdkmediapipelines_media_insights_pipeline_configuration: store(
    inBlock(
      'elements.amazon_transcribe_call_analytics_processor_configuration.post_call_analytics_settings',
      toBucket(
        'elements.amazon_transcribe_call_analytics_processor_configuration.post_call_analytics_settings.output_location',
        'elements.amazon_transcribe_call_analytics_processor_configuration.post_call_analytics_settings.output_encryption_kms_key_id',
      ),
    ),
  ),
  aws_chimesdkvoice_voice_profile_domain: store('server_side_encryption_configuration.kms_key_arn'),
  aws_connect_instance_storage_config: store(
    toBucket('storage_config.s3_config.bucket_name', recordings('s3_config')),
    recordings('kinesis_video_stream_config'),
  ),
  aws_elastictranscoder_pipeline: store('aws_kms_key_arn'),
  aws_location_geofence_collection: store('kms_key_id'),
  aws_location_tracker: store('kms_key_id'),
  aws_ses_receipt_rule: store(inBlock('s3_action', toBucket('s3_action.bucket_name', 's3_action.kms_key_arn'))),
};
