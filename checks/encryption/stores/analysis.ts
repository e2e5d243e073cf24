import {
  byAccount,
  inBlock,
  is,
  isGiven,
  isOmitted,
  member,
  type Part,
  store,
  type StoreTable,
  switched,
  toBucket,
  typed,
  when,
} from './store-form.ts';

const RESULTS = 'configuration.result_configuration';
const MANAGED_RESULTS = 'configuration.managed_query_results_configuration';
const GLUE = 'encryption_configuration';
const CATALOG = 'data_catalog_encryption_settings';
const REJECTED_ROWS = 'magnetic_store_write_properties.magnetic_store_rejected_data_location.s3_configuration';
const EMR_MONITORING = 'monitoring_configuration';

/** Settings of people who work in a domain: what they share, and what the canvas keeps. */
function workspaces(settings: string): readonly Part[] {
  const canvas = `${settings}.canvas_app_settings.workspace_settings`;
  const sharing = `${settings}.sharing_settings`;
  return [
    inBlock(canvas, toBucket(`${canvas}.s3_artifact_path`, `${canvas}.s3_kms_key_id`)),
    when(
      is(`${sharing}.notebook_output_option`, 'Allowed'),
      inBlock(sharing, toBucket(`${sharing}.s3_output_path`, `${sharing}.s3_kms_key_id`)),
    ),
  ];
}

/** Analytics, search and machine learning. Sources: the Terraform Registry's page of each type. */
export const ANALYSIS: StoreTable = {
  // Queries and catalogues
  aws_athena_workgroup: store(
    { ...switched('configuration.enforce_workgroup_configuration'), off: 'overridable' },
    // Results that Athena keeps itself go to no bucket.
    when(
      { argument: `${MANAGED_RESULTS}.enabled`, is: false },
      toBucket(
        `${RESULTS}.output_location`,
        typed(
          `${RESULTS}.encryption_configuration.encryption_option`,
          ['SSE_KMS', 'CSE_KMS'],
          `${RESULTS}.encryption_configuration.kms_key_arn`,
        ),
      ),
    ),
    when(is(`${MANAGED_RESULTS}.enabled`), `${MANAGED_RESULTS}.encryption_configuration.kms_key`),
  ),
  aws_athena_database: store(
    toBucket(
      'bucket',
      typed('encryption_configuration.encryption_option', ['SSE_KMS', 'CSE_KMS'], 'encryption_configuration.kms_key'),
    ),
  ),
  aws_glue_data_catalog_encryption_settings: store(
    typed(
      `${CATALOG}.encryption_at_rest.catalog_encryption_mode`,
      ['SSE-KMS', 'SSE-KMS-WITH-SERVICE-ROLE'],
      `${CATALOG}.encryption_at_rest.sse_aws_kms_key_id`,
    ),
    switched(
      `${CATALOG}.connection_password_encryption.return_connection_password_encrypted`,
      `${CATALOG}.connection_password_encryption.aws_kms_key_id`,
    ),
  ),
  aws_glue_catalog_database: byAccount('aws_glue_data_catalog_encryption_settings'),
  aws_glue_catalog_table: byAccount('aws_glue_data_catalog_encryption_settings'),
  aws_glue_connection: byAccount('aws_glue_data_catalog_encryption_settings'),
  aws_glue_security_configuration: store(
    typed(
      `${GLUE}.cloudwatch_encryption.cloudwatch_encryption_mode`,
      'SSE-KMS',
      `${GLUE}.cloudwatch_encryption.kms_key_arn`,
    ),
    typed(
      `${GLUE}.job_bookmarks_encryption.job_bookmarks_encryption_mode`,
      'CSE-KMS',
      `${GLUE}.job_bookmarks_encryption.kms_key_arn`,
    ),
    typed(`${GLUE}.s3_encryption.s3_encryption_mode`, 'SSE-KMS', `${GLUE}.s3_encryption.kms_key_arn`),
  ),
  aws_glue_crawler: { ...member('security_configuration', 'aws_glue_security_configuration'), isRequired: true },
  aws_glue_dev_endpoint: { ...member('security_configuration', 'aws_glue_security_configuration'), isRequired: true },
  aws_glue_job: { ...member('security_configuration', 'aws_glue_security_configuration'), isRequired: true },
  aws_datazone_domain: store('kms_key_identifier'),
  aws_quicksight_key_registration: store(inBlock('key_registration', 'key_registration.key_arn')),
  aws_timestreamquery_scheduled_query: store(
    'kms_key_id',
    inBlock('error_report_configuration.s3_configuration', {
      switch: 'error_report_configuration.s3_configuration.encryption_option',
      on: ['SSE_KMS'],
    }),
  ),
  aws_timestreamwrite_table: store(
    inBlock(REJECTED_ROWS, typed(`${REJECTED_ROWS}.encryption_option`, 'SSE_KMS', `${REJECTED_ROWS}.kms_key_id`)),
  ),

  // Amazon EMR
  aws_emr_security_configuration: { kind: 'emr' },
  aws_emr_cluster: {
    ...member('security_configuration', 'aws_emr_security_configuration'),
    isRequired: true,
    parts: [when(isGiven('log_uri'), toBucket('log_uri', 'log_encryption_kms_key_id'))],
  },
  aws_emr_studio: store(toBucket('default_s3_location', 'encryption_key_arn')),
  aws_emrcontainers_job_template: store('kms_key_arn'),
  aws_emrserverless_application: store(
    when(
      is(`${EMR_MONITORING}.managed_persistence_monitoring_configuration.enabled`),
      `${EMR_MONITORING}.managed_persistence_monitoring_configuration.encryption_key_arn`,
    ),
    inBlock(
      `${EMR_MONITORING}.s3_monitoring_configuration`,
      toBucket(
        `${EMR_MONITORING}.s3_monitoring_configuration.log_uri`,
        `${EMR_MONITORING}.s3_monitoring_configuration.encryption_key_arn`,
      ),
    ),
    when(
      is(`${EMR_MONITORING}.cloudwatch_logging_configuration.enabled`),
      inBlock(
        `${EMR_MONITORING}.cloudwatch_logging_configuration`,
        `${EMR_MONITORING}.cloudwatch_logging_configuration.encryption_key_arn`,
      ),
    ),
  ),

  // Amazon SageMaker
  aws_sagemaker_domain: store('kms_key_id', ...workspaces('default_user_settings')),
  aws_sagemaker_user_profile: store(...workspaces('user_settings')),
  aws_sagemaker_app: member('domain_id', 'aws_sagemaker_domain'),
  aws_sagemaker_space: member('domain_id', 'aws_sagemaker_domain'),
  aws_sagemaker_notebook_instance: store('kms_key_id'),
  aws_sagemaker_endpoint_configuration: store(
    'kms_key_arn',
    inBlock(
      'async_inference_config.output_config',
      toBucket(
        'async_inference_config.output_config.s3_output_path',
        'async_inference_config.output_config.kms_key_id',
      ),
    ),
    inBlock(
      'data_capture_config',
      toBucket('data_capture_config.destination_s3_uri', 'data_capture_config.kms_key_id'),
    ),
    ...['production_variants', 'shadow_production_variants'].map((variants) =>
      inBlock(
        `${variants}.core_dump_config`,
        toBucket(`${variants}.core_dump_config.destination_s3_uri`, `${variants}.core_dump_config.kms_key_id`),
      ),
    ),
  ),
  aws_sagemaker_feature_group: store(
    when(
      is('online_store_config.enable_online_store'),
      inBlock('online_store_config', 'online_store_config.security_config.kms_key_id'),
    ),
    inBlock(
      'offline_store_config.s3_storage_config',
      toBucket('offline_store_config.s3_storage_config.s3_uri', 'offline_store_config.s3_storage_config.kms_key_id'),
    ),
  ),
  aws_sagemaker_data_quality_job_definition: store(
    'job_resources.cluster_config.volume_kms_key_id',
    toBucket(
      'data_quality_job_output_config.monitoring_outputs.s3_output.s3_uri',
      'data_quality_job_output_config.kms_key_id',
    ),
  ),
  aws_sagemaker_device_fleet: store(toBucket('output_config.s3_output_location', 'output_config.kms_key_id')),
  aws_sagemaker_flow_definition: store(toBucket('output_config.s3_output_path', 'output_config.kms_key_id')),

  // Language and pictures
  aws_bedrock_custom_model: store('custom_model_kms_key_id'),
  aws_bedrock_guardrail: store('kms_key_arn'),
  aws_bedrockagent_agent: store('customer_encryption_key_arn'),
  aws_bedrockagent_data_source: store('server_side_encryption_configuration.kms_key_arn'),
  aws_bedrockagent_flow: store('customer_encryption_key_arn'),
  aws_bedrockagent_prompt: store('customer_encryption_key_arn'),
  aws_bedrockagentcore_gateway: store('kms_key_arn'),
  aws_bedrockagentcore_memory: store('encryption_key_arn'),
  aws_bedrockagentcore_memory_strategy: member('memory_id', 'aws_bedrockagentcore_memory'),
  aws_comprehend_document_classifier: store(
    'model_kms_key_id',
    'volume_kms_key_id',
    inBlock('output_data_config', toBucket('output_data_config.s3_uri', 'output_data_config.kms_key_id')),
  ),
  aws_comprehend_entity_recognizer: store('model_kms_key_id', 'volume_kms_key_id'),
  aws_kendra_index: store('server_side_encryption_configuration.kms_key_id'),
  aws_kendra_data_source: member('index_id', 'aws_kendra_index'),
  aws_kendra_faq: member('index_id', 'aws_kendra_index'),
  aws_kendra_query_suggestions_block_list: member('index_id', 'aws_kendra_index'),
  aws_kendra_thesaurus: member('index_id', 'aws_kendra_index'),
  aws_lex_bot_alias: store(
    when(
      is('conversation_logs.log_settings.destination', 'S3'),
      inBlock(
        'conversation_logs.log_settings',
        toBucket('conversation_logs.log_settings.resource_arn', 'conversation_logs.log_settings.kms_key_arn'),
      ),
    ),
  ),
  aws_lexv2models_slot_type: store(
    inBlock(
      'external_source_setting.grammar_slot_type_setting.source',
      'external_source_setting.grammar_slot_type_setting.source.kms_key_arn',
    ),
  ),
  aws_qbusiness_application: store('encryption_configuration.kms_key_id'),
  aws_rekognition_stream_processor: store(
    // What goes to a stream is encrypted as the stream says.
    when(isOmitted('output.kinesis_data_stream'), toBucket('output.s3_destination.bucket', 'kms_key_id')),
  ),
};
