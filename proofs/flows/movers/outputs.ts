import type { Mover } from '../mover.ts';
import { into, out } from './row.ts';

const log = out('log');
const output = out('transfer');
const input = into('transfer');
const answer = out('ai');
const backup = into('backup');
const image = into('image');

const BUCKET = { targets: ['aws_s3_bucket'] };
const OF_BUCKET = { ...BUCKET, source: 'bucket' };
const OF_INSTANCE = { ...BUCKET, source: 'instance_id' };
const LOGS = 'Logs are written to this bucket.';
const RESULTS = 'Results are written to this bucket.';
const READ = 'What is searched or transformed is read from this bucket.';
const FLOW = 'destination_flow_config.destination_connector_properties';
const PROFILE = 'connector_profile_config.connector_profile_properties';
const FLOW_LOGS = { ...BUCKET, when: [{ path: 'attributes.flow_logs_enabled', is: ['true'] }] };
const STORED = { ...BUCKET, when: [{ path: 'artifacts.type', not: ['CODEPIPELINE', 'NO_ARTIFACTS'] }] };
const STORED_TOO = { ...BUCKET, when: [{ path: 'secondary_artifacts.type', not: ['CODEPIPELINE', 'NO_ARTIFACTS'] }] };

/** Buckets that services write to and read from beside their purpose. Each is named, and its name tells no Region. */
export const OUTPUTS: readonly Mover[] = [
  // Logs and reports
  log(
    'aws_acmpca_certificate_authority',
    'revocation_configuration.crl_configuration.s3_bucket_name',
    'bucket',
    'Certificates that are revoked are listed in this bucket.',
    { ...BUCKET, when: [{ path: 'revocation_configuration.crl_configuration.enabled', is: ['true'] }] },
  ),
  log('aws_chimesdkvoice_global_settings', 'voice_connector.cdr_bucket', 'bucket', 'Every call is recorded there.', {
    ...BUCKET,
  }),
  log('aws_codebuild_project', 'logs_config.s3_logs.location', 'bucket', LOGS, {
    ...BUCKET,
    when: [{ path: 'logs_config.s3_logs.status', is: ['ENABLED'] }],
  }),
  log(
    'aws_config_conformance_pack aws_config_organization_conformance_pack',
    'delivery_s3_bucket',
    'bucket',
    'Results of the rules are kept in this bucket.',
    BUCKET,
  ),
  log(
    'aws_ecs_cluster',
    'configuration.execute_command_configuration.log_configuration.s3_bucket_name',
    'bucket',
    'What is typed and printed in containers is written to this bucket.',
    BUCKET,
  ),
  log(
    'aws_evidently_project',
    'data_delivery.s3_destination.bucket',
    'bucket',
    'What people were shown and did is written to this bucket.',
    BUCKET,
  ),
  ...['experiment_report_configuration.outputs', 'log_configuration'].map((block) =>
    log('aws_fis_experiment_template', `${block}.s3_configuration.bucket_name`, 'bucket', LOGS, BUCKET),
  ),
  log(
    'aws_globalaccelerator_accelerator aws_globalaccelerator_custom_routing_accelerator',
    'attributes.flow_logs_s3_bucket',
    'bucket',
    'Records of connections are written to this bucket.',
    FLOW_LOGS,
  ),
  log('aws_imagebuilder_infrastructure_configuration', 'logging.s3_logs.s3_bucket_name', 'bucket', LOGS, BUCKET),
  log(
    'aws_internetmonitor_monitor',
    'internet_measurements_log_delivery.s3_config.bucket_name',
    'bucket',
    'Measurements name the networks of clients.',
    {
      ...BUCKET,
      when: [{ path: 'internet_measurements_log_delivery.s3_config.log_delivery_status', not: ['DISABLED'] }],
    },
  ),
  log(
    'aws_ivschat_logging_configuration',
    'destination_configuration.s3.bucket_name',
    'bucket',
    'What people write is kept in this bucket.',
    BUCKET,
  ),
  log('aws_mskconnect_connector', 'log_delivery.worker_log_delivery.s3.bucket', 'bucket', LOGS, {
    ...BUCKET,
    when: [{ path: 'log_delivery.worker_log_delivery.s3.enabled', not: ['false'] }],
  }),
  log('aws_pipes_pipe', 'log_configuration.s3_log_destination.bucket_name', 'bucket', LOGS, BUCKET),
  log('aws_redshift_logging', 'bucket_name', 'bucket', LOGS, { ...BUCKET, source: 'cluster_identifier' }),
  // Only in provider 5.
  log('aws_redshift_cluster', 'logging.bucket_name', 'bucket', LOGS, {
    ...BUCKET,
    when: [{ path: 'logging.enable', not: ['false'] }],
  }),
  log(
    'aws_shield_drt_access_log_bucket_association',
    'log_bucket',
    'recipients',
    'The response team of AWS, which works around the world, reads the logs in this bucket.',
    { place: 'the response team of AWS' },
  ),
  log(
    'aws_sns_sms_preferences',
    'usage_report_s3_bucket',
    'bucket',
    'Reports name the telephones that messages were sent to.',
    BUCKET,
  ),
  log('aws_spot_datafeed_subscription', 'bucket', 'bucket', 'Use of spot instances is written there.', BUCKET),
  log(
    'aws_ssm_maintenance_window_task',
    'task_invocation_parameters.run_command_parameters.output_s3_bucket',
    'bucket',
    'What commands print is written there.',
    { ...BUCKET, source: 'window_id' },
  ),
  log(
    'aws_timestreaminfluxdb_db_cluster aws_timestreaminfluxdb_db_instance',
    'log_delivery_configuration.s3_configuration.bucket_name',
    'bucket',
    LOGS,
    { ...BUCKET, when: [{ path: 'log_delivery_configuration.s3_configuration.enabled', not: ['false'] }] },
  ),
  log(
    'aws_timestreamquery_scheduled_query',
    'error_report_configuration.s3_configuration.bucket_name',
    'bucket',
    'Reports of errors hold what was queried.',
    BUCKET,
  ),
  log('aws_verifiedaccess_instance_logging_configuration', 'access_logs.s3.bucket_name', 'bucket', LOGS, {
    ...BUCKET,
    source: 'verifiedaccess_instance_id',
    when: [{ path: 'access_logs.s3.enabled', not: ['false'] }],
  }),
  log(
    'aws_workspacesweb_session_logger',
    'log_configuration.s3.bucket',
    'bucket',
    'What people do in their browsers is written to this bucket.',
    BUCKET,
  ),
  // Results, recordings and exports
  output(
    'aws_appfabric_ingestion_destination',
    'destination_configuration.audit_log.destination.s3_bucket.bucket_name',
    'bucket',
    'What people did in applications is written to this bucket.',
    BUCKET,
  ),
  ...[
    ...'custom_connector event_bridge honeycode marketo redshift salesforce sapo_data snowflake zendesk'
      .split(' ')
      .map((service) => `${FLOW}.${service}.error_handling_config.bucket_name`),
    `${FLOW}.sapo_data.success_response_handling_config.bucket_name`,
    `${FLOW}.redshift.intermediate_bucket_name`,
    `${FLOW}.snowflake.intermediate_bucket_name`,
    `${FLOW}.upsolver.bucket_name`,
  ].map((path) => output('aws_appflow_flow', path, 'bucket', 'Records pass through or end in this bucket.', BUCKET)),
  input(
    'aws_appflow_flow',
    'source_flow_config.source_connector_properties.s3.bucket_name',
    'bucket',
    'Records come from this bucket.',
    BUCKET,
  ),
  ...['redshift', 'snowflake'].map((service) =>
    output(
      'aws_appflow_connector_profile',
      `${PROFILE}.${service}.bucket_name`,
      'bucket',
      'Records pass through this bucket.',
      BUCKET,
    ),
  ),
  output('aws_athena_database', 'bucket', 'bucket', 'Results of queries are written to this bucket.', OF_BUCKET),
  output(
    'aws_cleanrooms_membership',
    'default_result_configuration.output_configuration.s3.bucket',
    'bucket',
    RESULTS,
    BUCKET,
  ),
  output('aws_codebuild_project', 'artifacts.location', 'bucket', 'What is built is kept in this bucket.', STORED),
  output(
    'aws_codebuild_project',
    'secondary_artifacts.location',
    'bucket',
    'What is built is kept in this bucket.',
    STORED_TOO,
  ),
  output('aws_codebuild_project', 'cache.location', 'bucket', 'What is built with is kept in this bucket.', {
    ...BUCKET,
    when: [{ path: 'cache.type', is: ['S3'] }],
  }),
  output('aws_codebuild_report_group', 'export_config.s3_destination.bucket', 'bucket', RESULTS, BUCKET),
  output(
    'aws_connect_instance_storage_config',
    'storage_config.s3_config.bucket_name',
    'bucket',
    'Recordings and transcripts of conversations are kept in this bucket.',
    OF_INSTANCE,
  ),
  output(
    'aws_connect_instance_storage_config',
    'storage_config.kinesis_stream_config.stream_arn',
    'arn',
    'Records of conversations are sent to this stream.',
    { targets: ['aws_kinesis_stream'], source: 'instance_id' },
  ),
  output(
    'aws_connect_instance_storage_config',
    'storage_config.kinesis_firehose_config.firehose_arn',
    'arn',
    'Records of conversations are sent to this stream.',
    { targets: ['aws_kinesis_firehose_delivery_stream'], source: 'instance_id' },
  ),
  ...['matching', 'rule_based_matching'].map((block) =>
    output(
      'aws_customerprofiles_domain',
      `${block}.exporting_config.s3_exporting.s3_bucket_name`,
      'bucket',
      'Profiles of customers are written to this bucket.',
      BUCKET,
    ),
  ),
  output(
    'aws_dataexchange_event_action',
    'action.export_revision_to_s3.revision_destination.bucket',
    'bucket',
    'Data sets are written to this bucket.',
    BUCKET,
  ),
  ...['output_bucket', 'content_config.bucket', 'thumbnail_config.bucket'].map((path) =>
    output('aws_elastictranscoder_pipeline', path, 'bucket', 'Media are written to this bucket.', {
      ...BUCKET,
      source: 'input_bucket',
    }),
  ),
  output(
    'aws_ivs_recording_configuration',
    'destination_configuration.s3.bucket_name',
    'bucket',
    'Recordings are kept in this bucket.',
    BUCKET,
  ),
  output(
    'aws_rekognition_stream_processor',
    'output.s3_destination.bucket',
    'bucket',
    'Pictures of what was recognised are written to this bucket.',
    BUCKET,
  ),
  ...[
    'on_exception_steps.copy_step_details',
    'on_exception_steps.decrypt_step_details',
    'steps.decrypt_step_details',
  ].map((step) =>
    output(
      'aws_transfer_workflow',
      `${step}.destination_file_location.s3_file_location.bucket`,
      'bucket',
      'Files that arrive are copied to this bucket.',
      BUCKET,
    ),
  ),
  output(
    'aws_transfer_user aws_transfer_access',
    'home_directory',
    'bucket',
    'Files that arrive are kept in this bucket.',
    { targets: ['aws_s3_bucket', 'aws_efs_file_system'] },
  ),
  output(
    'aws_transfer_user aws_transfer_access',
    'home_directory_mappings.target',
    'bucket',
    'Files that arrive are kept in this bucket.',
    { targets: ['aws_s3_bucket', 'aws_efs_file_system'] },
  ),
  output('aws_transfer_agreement', 'base_directory', 'bucket', 'Files that arrive are kept in this bucket.', {
    targets: ['aws_s3_bucket', 'aws_efs_file_system'],
  }),
  answer(
    'aws_bedrockagent_flow',
    'definition.node.configuration.storage.service_configuration.s3.bucket_name',
    'bucket',
    'What the flow is given or has made is written to this bucket.',
    BUCKET,
  ),
  answer(
    'aws_bedrockagentcore_browser',
    'recording.s3_location.bucket',
    'bucket',
    'What the agent sees is recorded in this bucket.',
    { ...BUCKET, when: [{ path: 'recording.enabled', not: ['false'] }] },
  ),
  out('stream')(
    'aws_ec2_traffic_mirror_target',
    'network_load_balancer_arn',
    'arn',
    'Packets are copied to this load balancer.',
    { targets: ['aws_lb', 'aws_alb'] },
  ),
  ...['Parameters', 'Arguments'].map((block) =>
    output(
      'aws_sfn_state_machine',
      `definition.@json.States.*.${block}.Bucket`,
      'bucket',
      'The state reads or writes objects of this bucket.',
      BUCKET,
    ),
  ),
  // What services read
  into('ai')(
    'aws_bedrockagent_flow',
    'definition.node.configuration.retrieval.service_configuration.s3.bucket_name',
    'bucket',
    'What the flow is given comes from this bucket.',
    BUCKET,
  ),
  input('aws_kendra_data_source', 'configuration.s3_configuration.bucket_name', 'bucket', READ, BUCKET),
  ...['pre', 'post'].map((moment) =>
    output(
      'aws_kendra_data_source',
      `custom_document_enrichment_configuration.${moment}_extraction_hook_configuration.s3_bucket`,
      'bucket',
      'Documents are written to this bucket before and after they are changed.',
      BUCKET,
    ),
  ),
  input('aws_elastictranscoder_pipeline', 'input_bucket', 'bucket', READ, BUCKET),
  input('aws_kendra_faq', 's3_path.bucket', 'bucket', READ, BUCKET),
  input(
    'aws_kendra_query_suggestions_block_list aws_kendra_thesaurus',
    'source_s3_path.bucket',
    'bucket',
    READ,
    BUCKET,
  ),
  input('aws_quicksight_data_source', 'parameters.s3.manifest_file_location.bucket', 'bucket', READ, BUCKET),
  backup(
    'aws_db_instance aws_rds_cluster',
    's3_import.bucket_name',
    'bucket',
    'The database begins with the backup in this bucket.',
    BUCKET,
  ),
  image(
    'aws_ebs_snapshot_import',
    'disk_container.user_bucket.s3_bucket',
    'bucket',
    'The disk comes from this bucket.',
    BUCKET,
  ),
];
