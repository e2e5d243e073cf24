import type { Mover } from '../mover.ts';
import { into, out } from './row.ts';

const log = out('log');
const source = into('log');

const BUCKET = { targets: ['aws_s3_bucket'] };
const GROUP = { targets: ['aws_cloudwatch_log_group'] };
const WRITTEN = 'Logs are written to this bucket.';
const KEPT = 'Logs are kept in this log group.';
const OF_BUCKET = { ...BUCKET, source: 'bucket' };
const FOUND = '@json.Statement.Operation.Audit.FindingsDestination.S3.Bucket';
const FINDINGS = 'What was found in the data is written to this bucket.';
const CENTRAL = 'aws_observabilityadmin_centralization_rule_for_organization';

/** Logs, metrics, findings and records of configuration. */
export const LOGS: readonly Mover[] = [
  log('aws_cloudwatch_log_subscription_filter', 'destination_arn', 'arn', 'Each event of the log is sent there.'),
  log('aws_cloudwatch_log_destination', 'target_arn', 'arn', 'Logs of other accounts are passed on to this stream.'),
  log(
    'aws_cloudwatch_log_delivery_destination',
    'delivery_destination_configuration.destination_resource_arn',
    'arn',
    'Logs are delivered there.',
  ),
  log('aws_cloudwatch_log_delivery', 'delivery_destination_arn', 'arn', 'Logs are delivered there.', {
    targets: ['aws_cloudwatch_log_delivery_destination'],
  }),
  log(
    'aws_cloudwatch_log_account_policy',
    'policy_document.@json.DestinationArn',
    'arn',
    'Each event of every log of the account is sent there.',
    { when: [{ path: 'policy_type', is: ['SUBSCRIPTION_FILTER_POLICY'] }] },
  ),
  // What was found in messages and in logs, as policies of data protection say.
  log('aws_sns_topic_data_protection_policy', `policy.${FOUND}`, 'bucket', FINDINGS, { ...BUCKET, source: 'arn' }),
  log('aws_cloudwatch_log_data_protection_policy', `policy_document.${FOUND}`, 'bucket', FINDINGS, {
    ...BUCKET,
    source: 'log_group_name',
  }),
  log('aws_cloudwatch_log_account_policy', `policy_document.${FOUND}`, 'bucket', FINDINGS, {
    ...BUCKET,
    when: [{ path: 'policy_type', is: ['DATA_PROTECTION_POLICY'] }],
  }),
  log('aws_cloudwatch_metric_stream', 'firehose_arn', 'arn', 'Every metric is sent to this stream.', {
    targets: ['aws_kinesis_firehose_delivery_stream'],
  }),
  log('aws_oam_link', 'sink_identifier', 'arn', 'The account of the sink reads metrics, logs and traces.', {
    targets: ['aws_oam_sink'],
  }),
  log(CENTRAL, 'rule.destination.region', 'region', 'Logs of every account of the organisation are copied there.'),
  log(CENTRAL, 'rule.destination.account', 'account', 'Logs of every account are copied to this account.'),
  log(
    CENTRAL,
    'rule.destination.destination_logs_configuration.backup_configuration.region',
    'region',
    'A second copy of all logs is kept there.',
  ),
  source(CENTRAL, 'rule.source.regions', 'region', 'Logs are copied out of these Regions.'),
  log('aws_cloudtrail', 's3_bucket_name', 'bucket', 'Events of every Region that the trail covers land there.', BUCKET),
  log('aws_cloudtrail', 'cloud_watch_logs_group_arn', 'arn', KEPT, GROUP),
  log('aws_cloudtrail', 'sns_topic_name', 'local', 'The topic is told of each file.', { targets: ['aws_sns_topic'] }),
  source(
    'aws_cloudtrail',
    'is_multi_region_trail',
    'world',
    'A trail of all Regions brings their events, and those of global services from us-east-1, to its bucket.',
    { when: [{ path: 'is_multi_region_trail', is: ['true'] }], place: 'all Regions' },
  ),
  source(
    'aws_cloudtrail_event_data_store',
    '',
    'world',
    'The store brings events of all Regions to its own; it does so unless that is turned off.',
    { when: [{ path: 'multi_region_enabled', not: ['false'] }], place: 'all Regions' },
  ),
  source(
    'aws_resourceexplorer2_index',
    'type',
    'world',
    'Names and tags of resources of all Regions are copied here.',
    {
      when: [{ path: 'type', is: ['AGGREGATOR'] }],
      place: 'all Regions',
    },
  ),
  source(
    'aws_config_configuration_aggregator',
    'account_aggregation_source.regions',
    'region',
    'Records of configuration are copied out of these Regions.',
  ),
  source(
    'aws_config_configuration_aggregator',
    'organization_aggregation_source.regions',
    'region',
    'Records of configuration are copied out of these Regions.',
  ),
  source(
    'aws_config_configuration_aggregator',
    'account_aggregation_source.all_regions',
    'world',
    'Records of configuration are copied out of all Regions.',
    { when: [{ path: 'account_aggregation_source.all_regions', is: ['true'] }], place: 'all Regions' },
  ),
  source(
    'aws_config_configuration_aggregator',
    'organization_aggregation_source.all_regions',
    'world',
    'Records of configuration are copied out of all Regions.',
    { when: [{ path: 'organization_aggregation_source.all_regions', is: ['true'] }], place: 'all Regions' },
  ),
  log(
    'aws_config_aggregate_authorization',
    'authorized_aws_region',
    'region',
    'An aggregator there may copy the records of configuration.',
  ),
  log(
    'aws_config_aggregate_authorization',
    'account_id',
    'account',
    'An aggregator of this account may copy the records of configuration.',
  ),
  log('aws_config_delivery_channel', 's3_bucket_name', 'bucket', 'Records of configuration are written there.', BUCKET),
  log('aws_config_delivery_channel', 'sns_topic_arn', 'arn', 'Changes of configuration are sent there.'),
  source(
    'aws_securityhub_finding_aggregator',
    'specified_regions',
    'region',
    'Findings of these Regions are copied to the home Region.',
    { when: [{ path: 'linking_mode', not: ['ALL_REGIONS_EXCEPT_SPECIFIED'] }] },
  ),
  source(
    'aws_securityhub_finding_aggregator',
    'linking_mode',
    'world',
    'Findings of all Regions are copied to the home Region.',
    {
      when: [{ path: 'linking_mode', is: ['ALL_REGIONS', 'ALL_REGIONS_EXCEPT_SPECIFIED'] }],
      place: 'all Regions',
    },
  ),
  log(
    'aws_securitylake_data_lake',
    'configuration.replication_configuration.regions',
    'region',
    'The lake is copied to these Regions.',
  ),
  log('aws_securitylake_data_lake', 'configuration.region', 'region', 'The lake keeps the logs of this Region there.'),
  log(
    'aws_guardduty_publishing_destination',
    'destination_arn',
    'bucket',
    'Findings are written to this bucket.',
    BUCKET,
  ),
  log(
    'aws_macie2_classification_export_configuration',
    's3_destination.bucket_name',
    'bucket',
    'What was found in the data is written to this bucket.',
    BUCKET,
  ),
  log('aws_auditmanager_framework_share', 'destination_region', 'region', 'The framework is shared with this Region.'),
  log(
    'aws_auditmanager_framework_share',
    'destination_account',
    'account',
    'The framework is shared with this account.',
  ),
  log('aws_flow_log', 'log_destination', 'arn', 'Records of connections are delivered there.'),
  log('aws_flow_log', 'deliver_cross_account_role', 'principal', 'The role delivers to another account.'),
  log('aws_s3_bucket_logging', 'target_bucket', 'bucket', WRITTEN, OF_BUCKET),
  log('aws_s3_bucket', 'logging.target_bucket', 'bucket', WRITTEN, BUCKET),
  log(
    'aws_s3_bucket_inventory',
    'destination.bucket.bucket_arn',
    'bucket',
    'Names of all objects are written to this bucket.',
    OF_BUCKET,
  ),
  log(
    'aws_s3_bucket_analytics_configuration',
    'storage_class_analysis.data_export.destination.s3_bucket_destination.bucket_arn',
    'bucket',
    'Figures about the objects are written to this bucket.',
    OF_BUCKET,
  ),
  log(
    'aws_s3control_storage_lens_configuration',
    'storage_lens_configuration.data_export.s3_bucket_destination.arn',
    'bucket',
    'Figures of all Regions are written to this bucket.',
    BUCKET,
  ),
  ...['access_logs', 'connection_logs', 'health_check_logs'].map((block) =>
    log('aws_lb aws_alb', `${block}.bucket`, 'bucket', WRITTEN, {
      ...BUCKET,
      when: [{ path: `${block}.enabled`, is: ['true'] }],
    }),
  ),
  log('aws_elb', 'access_logs.bucket', 'bucket', WRITTEN, {
    ...BUCKET,
    when: [{ path: 'access_logs.enabled', not: ['false'] }],
  }),
  log('aws_wafv2_web_acl_logging_configuration', 'log_destination_configs', 'arn', 'Requests are recorded there.'),
  log('aws_route53_query_log', 'cloudwatch_log_group_arn', 'arn', 'Queries are recorded there.', GROUP),
  log('aws_route53_resolver_query_log_config', 'destination_arn', 'arn', 'Queries are recorded there.'),
  log('aws_vpclattice_access_log_subscription', 'destination_arn', 'arn', 'Requests are recorded there.'),
  log(
    'aws_networkfirewall_logging_configuration',
    'logging_configuration.log_destination_config.log_destination.{bucketName}',
    'bucket',
    WRITTEN,
    BUCKET,
  ),
  log(
    'aws_networkfirewall_logging_configuration',
    'logging_configuration.log_destination_config.log_destination.{logGroup}',
    'local',
    KEPT,
    GROUP,
  ),
  log(
    'aws_networkfirewall_logging_configuration',
    'logging_configuration.log_destination_config.log_destination.{deliveryStream}',
    'local',
    'Logs are delivered by this stream.',
    { targets: ['aws_kinesis_firehose_delivery_stream'] },
  ),
  log(
    'aws_api_gateway_stage aws_apigatewayv2_stage',
    'access_log_settings.destination_arn',
    'arn',
    'Requests are recorded there.',
  ),
  log('aws_sfn_state_machine', 'logging_configuration.log_destination', 'arn', 'Executions are recorded there.', GROUP),
  log('aws_msk_cluster', 'logging_info.broker_logs.s3.bucket', 'bucket', WRITTEN, BUCKET),
  log(
    'aws_msk_cluster',
    'logging_info.broker_logs.firehose.delivery_stream',
    'local',
    'Logs are delivered by this stream.',
    {
      targets: ['aws_kinesis_firehose_delivery_stream'],
    },
  ),
  log('aws_msk_cluster', 'logging_info.broker_logs.cloudwatch_logs.log_group', 'local', KEPT, GROUP),
  log(
    'aws_elasticache_replication_group',
    'log_delivery_configuration.destination',
    'local',
    'Logs are delivered there.',
    {
      targets: ['aws_cloudwatch_log_group', 'aws_kinesis_firehose_delivery_stream'],
    },
  ),
  log('aws_ssm_resource_data_sync', 's3_destination.bucket_name', 'bucket', 'The inventory is written there.', BUCKET),
  log('aws_ssm_resource_data_sync', 's3_destination.region', 'region', 'The inventory is written there.'),
  log(
    'aws_ssm_association',
    'output_location.s3_bucket_name',
    'bucket',
    'What commands print is written there.',
    BUCKET,
  ),
  log('aws_ssm_association', 'output_location.s3_region', 'region', 'What commands print is written there.'),
  log('aws_cur_report_definition', 's3_region', 'region', 'The bill names resources.'),
  log('aws_cur_report_definition', 's3_bucket', 'bucket', 'The bill names resources.', BUCKET),
  log(
    'aws_bcmdataexports_export',
    'export.destination_configurations.s3_destination.s3_region',
    'region',
    'The bill names resources.',
  ),
  log(
    'aws_bcmdataexports_export',
    'export.destination_configurations.s3_destination.s3_bucket',
    'bucket',
    'The bill names resources.',
    BUCKET,
  ),
];
