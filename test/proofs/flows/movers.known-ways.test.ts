import { describe, expect, it } from 'vitest';
import { judge } from '../../../checks/example-estate.ts';
import { checks } from '../../../checks/index.ts';
import { MOVERS } from '../../../proofs/flows/movers.ts';

/**
 * Ways by which services are known to move data, from the survey that the table was made of: by area, a type with its
 * arguments on a line. The other tests ask the table which rows there are; this one notices a row that is lost.
 */
const WAYS = `
# S3 replication
s3_bucket_replication_configuration rule.destination.bucket rule.destination.account rule.destination.encryption_configuration.replica_kms_key_id
s3_bucket replication_configuration.rules.destination.bucket logging.target_bucket acceleration_status
# S3 other
s3control_multi_region_access_point details.region.bucket
s3_bucket_accelerate_configuration status
s3_bucket_logging target_bucket
s3_bucket_inventory destination.bucket.bucket_arn
s3_bucket_analytics_configuration storage_class_analysis.data_export.destination.s3_bucket_destination.bucket_arn
s3_bucket_notification topic.topic_arn queue.queue_arn lambda_function.lambda_function_arn
s3_bucket_website_configuration redirect_all_requests_to.host_name routing_rule.redirect.host_name
s3_object_copy source bucket
s3control_storage_lens_configuration storage_lens_configuration.data_export.s3_bucket_destination.arn
s3tables_table_bucket_replication rule.destination.destination_table_bucket_arn
s3tables_table_replication rule.destination.destination_table_bucket_arn
s3_directory_bucket location.name
# S3 batch/grants
s3control_access_grant grantee.grantee_identifier
s3_access_point bucket_account_id
# DynamoDB
dynamodb_table replica.region_name replica.kms_key_arn global_table_witness.region_name restore_source_table_arn import_table.s3_bucket_source.bucket
dynamodb_table_replica global_table_arn
dynamodb_global_table replica.region_name
dynamodb_table_export s3_bucket
dynamodb_kinesis_streaming_destination stream_arn
# RDS/Aurora
db_instance replicate_source_db snapshot_identifier restore_to_point_in_time.source_db_instance_automated_backups_arn s3_import.bucket_name
db_instance_automated_backups_replication source_db_instance_arn
db_snapshot_copy destination_region source_db_snapshot_identifier shared_accounts
rds_cluster_snapshot_copy destination_region source_db_cluster_snapshot_identifier shared_accounts
db_snapshot shared_accounts
db_cluster_snapshot shared_accounts
rds_cluster replication_source_identifier source_region global_cluster_identifier snapshot_identifier s3_import.bucket_name
rds_global_cluster source_db_cluster_identifier
rds_export_task s3_bucket_name
rds_integration target_arn source_arn
# Other DB
elasticache_global_replication_group primary_replication_group_id
elasticache_replication_group global_replication_group_id log_delivery_configuration.destination
docdb_global_cluster source_db_cluster_identifier
neptune_global_cluster source_db_cluster_identifier
memorydb_cluster multi_region_cluster_name
dsql_cluster multi_region_properties.clusters multi_region_properties.witness_region
dsql_cluster_peering clusters witness_region
keyspaces_keyspace replication_specification.region_list
timestreamwrite_table magnetic_store_write_properties.magnetic_store_rejected_data_location.s3_configuration.bucket_name
docdb_cluster global_cluster_identifier snapshot_identifier
neptune_cluster replication_source_identifier global_cluster_identifier snapshot_identifier
# Backup/DR
backup_plan rule.copy_action.destination_vault_arn rule.target_vault_name rule.target_logically_air_gapped_backup_vault_arn
backup_report_plan report_delivery_channel.s3_bucket_name
organizations_policy content.@json.plans.*.rules.*.copy_actions.# content.@json.plans.*.rules.*.copy_actions.*.target_backup_vault_arn.* content.@json.plans.*.rules.*.target_logically_air_gapped_backup_vault_arn.* content.@json.plans.*.regions.*
dlm_lifecycle_policy policy_details.schedule.cross_region_copy_rule.target policy_details.schedule.cross_region_copy_rule.target_region policy_details.action.cross_region_copy.target policy_details.schedule.share_rule.target_accounts
drs_replication_configuration_template staging_area_subnet_id
redshift_snapshot_copy destination_region
# Images
ami_copy source_ami_region
ebs_snapshot_copy source_region
ami_launch_permission account_id group organization_arn organizational_unit_arn
snapshot_create_volume_permission account_id
ebs_snapshot_block_public_access state
ec2_image_block_public_access state
imagebuilder_distribution_configuration distribution.region distribution.ami_distribution_configuration.target_account_ids distribution.s3_export_configuration.s3_bucket
ecr_replication_configuration replication_configuration.rule.destination.region replication_configuration.rule.destination.registry_id
ecr_pull_through_cache_rule upstream_registry_url
ecrpublic_repository (whole)
# Keys/secrets
kms_key multi_region
kms_external_key multi_region
kms_replica_key primary_key_arn
kms_custom_key_store xks_proxy_uri_endpoint
secretsmanager_secret replica.region replica.kms_key_id
cloudhsm_v2_cluster source_backup_identifier
kms_replica_external_key primary_key_arn
# Streams/events
kinesis_firehose_delivery_stream http_endpoint_configuration.url splunk_configuration.hec_endpoint snowflake_configuration.account_url extended_s3_configuration.bucket_arn extended_s3_configuration.s3_backup_configuration.bucket_arn redshift_configuration.s3_backup_configuration.bucket_arn http_endpoint_configuration.s3_configuration.bucket_arn splunk_configuration.s3_configuration.bucket_arn snowflake_configuration.s3_configuration.bucket_arn redshift_configuration.s3_configuration.bucket_arn opensearch_configuration.s3_configuration.bucket_arn elasticsearch_configuration.s3_configuration.bucket_arn opensearchserverless_configuration.s3_configuration.bucket_arn iceberg_configuration.s3_configuration.bucket_arn redshift_configuration.cluster_jdbcurl opensearch_configuration.domain_arn opensearch_configuration.cluster_endpoint elasticsearch_configuration.domain_arn elasticsearch_configuration.cluster_endpoint opensearchserverless_configuration.collection_endpoint iceberg_configuration.catalog_arn extended_s3_configuration.data_format_conversion_configuration.schema_configuration.region kinesis_source_configuration.kinesis_stream_arn
cloudwatch_event_target arn dead_letter_config.arn
cloudwatch_event_endpoint event_bus.event_bus_arn routing_config.failover_config.secondary.route
cloudwatch_event_api_destination invocation_endpoint
cloudwatch_event_connection auth_parameters.oauth.authorization_endpoint
scheduler_schedule target.arn
pipes_pipe target enrichment source log_configuration.s3_log_destination.bucket_name source_parameters.self_managed_kafka_parameters.additional_bootstrap_servers
sns_topic_subscription endpoint
sns_platform_application platform
lambda_event_source_mapping event_source_arn self_managed_event_source.endpoints.* destination_config.on_failure.destination_arn
lambda_function_event_invoke_config destination_config.on_success.destination destination_config.on_failure.destination
msk_replicator replication_info_list.target_kafka_cluster_arn replication_info_list.source_kafka_cluster_arn
mskconnect_connector connector_configuration.{connection.url} connector_configuration.{connection.uri} connector_configuration.{snowflake.url.name} connector_configuration.{splunk.hec.uri} connector_configuration.{bootstrap.servers} connector_configuration.{database.hostname} connector_configuration.{s3.bucket.name} connector_configuration.{s3.region} log_delivery.worker_log_delivery.s3.bucket kafka_cluster.apache_kafka_cluster.bootstrap_servers
mq_broker data_replication_primary_broker_arn ldap_server_metadata.hosts
iot_topic_rule http.url kafka.client_properties.{bootstrap.servers} s3.bucket_name error_action.http.url error_action.kafka.client_properties.{bootstrap.servers} error_action.s3.bucket_name
ses_receipt_rule s3_action.bucket_name lambda_action.function_arn sns_action.topic_arn
cloudwatch_event_permission principal
sesv2_configuration_set_event_destination event_destination.sns_destination.topic_arn event_destination.kinesis_firehose_destination.delivery_stream_arn event_destination.event_bridge_destination.event_bus_arn
ses_event_destination sns_destination.topic_arn kinesis_destination.stream_arn
# Logs/audit
cloudwatch_log_subscription_filter destination_arn
cloudwatch_log_destination target_arn
cloudwatch_log_delivery delivery_destination_arn
cloudwatch_log_account_policy policy_document.@json.DestinationArn
cloudwatch_metric_stream firehose_arn
oam_link sink_identifier
observabilityadmin_centralization_rule_for_organization rule.destination.region rule.destination.account rule.destination.destination_logs_configuration.backup_configuration.region rule.source.regions
cloudtrail s3_bucket_name cloud_watch_logs_group_arn sns_topic_name is_multi_region_trail
cloudtrail_event_data_store (whole)
config_configuration_aggregator account_aggregation_source.regions organization_aggregation_source.regions account_aggregation_source.all_regions organization_aggregation_source.all_regions
config_aggregate_authorization authorized_aws_region account_id
config_delivery_channel s3_bucket_name sns_topic_arn
securityhub_finding_aggregator specified_regions linking_mode
securitylake_data_lake configuration.replication_configuration.regions configuration.region
guardduty_publishing_destination destination_arn
macie2_classification_export_configuration s3_destination.bucket_name
auditmanager_framework_share destination_region destination_account
flow_log log_destination deliver_cross_account_role
lb access_logs.bucket connection_logs.bucket health_check_logs.bucket
elb access_logs.bucket
wafv2_web_acl_logging_configuration log_destination_configs
route53_query_log cloudwatch_log_group_arn
route53_resolver_query_log_config destination_arn
vpclattice_access_log_subscription destination_arn
networkfirewall_logging_configuration logging_configuration.log_destination_config.log_destination.{bucketName} logging_configuration.log_destination_config.log_destination.{logGroup} logging_configuration.log_destination_config.log_destination.{deliveryStream}
api_gateway_stage access_log_settings.destination_arn
sfn_state_machine logging_configuration.log_destination definition.@json.States.*.Parameters.Bucket definition.@json.States.*.Arguments.Bucket
msk_cluster logging_info.broker_logs.s3.bucket logging_info.broker_logs.firehose.delivery_stream logging_info.broker_logs.cloudwatch_logs.log_group
ssm_resource_data_sync s3_destination.bucket_name s3_destination.region
ssm_association output_location.s3_bucket_name output_location.s3_region
cur_report_definition s3_region s3_bucket
bcmdataexports_export export.destination_configurations.s3_destination.s3_region export.destination_configurations.s3_destination.s3_bucket
cloudwatch_log_delivery_destination delivery_destination_configuration.destination_resource_arn
alb access_logs.bucket connection_logs.bucket health_check_logs.bucket
apigatewayv2_stage access_log_settings.destination_arn
# Edge/global
cloudfront_distribution (whole) origin.origin_shield.origin_shield_region logging_config.bucket default_cache_behavior.lambda_function_association.lambda_arn default_cache_behavior.function_association.function_arn ordered_cache_behavior.lambda_function_association.lambda_arn ordered_cache_behavior.function_association.function_arn
cloudfront_key_value_store (whole)
cloudfront_realtime_log_config endpoint.kinesis_stream_config.stream_arn
wafv2_web_acl scope
api_gateway_rest_api (whole)
vpn_connection enable_acceleration
route53_record latency_routing_policy.region geoproximity_routing_policy.aws_region geoproximity_routing_policy.local_zone_group
route53_zone vpc.vpc_region
route53_health_check regions
amplify_app (whole)
lightsail_distribution (whole) origin.region_name
globalaccelerator_accelerator (whole) attributes.flow_logs_s3_bucket
globalaccelerator_custom_routing_accelerator (whole) attributes.flow_logs_s3_bucket
globalaccelerator_endpoint_group endpoint_group_region
globalaccelerator_custom_routing_endpoint_group endpoint_group_region
api_gateway_domain_name (whole)
# AI
bedrock_inference_profile model_source.copy_from
bedrockagent_agent foundation_model
bedrock_guardrail cross_region_config.guardrail_profile_identifier
organizations_policy content.@json.plans.*.rules.*.copy_actions.# content.@json.plans.*.rules.*.copy_actions.*.target_backup_vault_arn.* content.@json.plans.*.rules.*.target_logically_air_gapped_backup_vault_arn.* content.@json.plans.*.regions.*
bedrockagent_knowledge_base knowledge_base_configuration.vector_knowledge_base_configuration.embedding_model_arn storage_configuration.pinecone_configuration.connection_string storage_configuration.redis_enterprise_cloud_configuration.endpoint
bedrockagent_data_source data_source_configuration.web_configuration.source_configuration.url_configuration.seed_urls.url data_source_configuration.confluence_configuration.source_configuration.host_url data_source_configuration.salesforce_configuration.source_configuration.host_url data_source_configuration.share_point_configuration.source_configuration.site_urls
bedrock_model_invocation_logging_configuration logging_config.s3_config.bucket_name logging_config.cloudwatch_config.large_data_delivery_s3_config.bucket_name
# Movers
datasync_task destination_location_arn source_location_arn
dms_endpoint server_name elasticsearch_settings.endpoint_uri kafka_settings.broker kinesis_settings.stream_arn redis_settings.server_name redshift_settings.bucket_name s3_settings.bucket_name
dms_s3_endpoint bucket_name
dms_replication_task target_endpoint_arn source_endpoint_arn
appflow_flow destination_flow_config.destination_connector_properties.s3.bucket_name destination_flow_config.connector_type destination_flow_config.destination_connector_properties.custom_connector.error_handling_config.bucket_name destination_flow_config.destination_connector_properties.event_bridge.error_handling_config.bucket_name destination_flow_config.destination_connector_properties.honeycode.error_handling_config.bucket_name destination_flow_config.destination_connector_properties.marketo.error_handling_config.bucket_name destination_flow_config.destination_connector_properties.redshift.error_handling_config.bucket_name destination_flow_config.destination_connector_properties.salesforce.error_handling_config.bucket_name destination_flow_config.destination_connector_properties.sapo_data.error_handling_config.bucket_name destination_flow_config.destination_connector_properties.snowflake.error_handling_config.bucket_name destination_flow_config.destination_connector_properties.zendesk.error_handling_config.bucket_name destination_flow_config.destination_connector_properties.sapo_data.success_response_handling_config.bucket_name destination_flow_config.destination_connector_properties.redshift.intermediate_bucket_name destination_flow_config.destination_connector_properties.snowflake.intermediate_bucket_name destination_flow_config.destination_connector_properties.upsolver.bucket_name source_flow_config.source_connector_properties.s3.bucket_name
efs_replication_configuration destination.region destination.availability_zone_name destination.file_system_id
fsx_data_repository_association data_repository_path
fsx_lustre_file_system export_path import_path
fsx_file_cache data_repository_association.data_repository_path
fsx_backup file_system_id
opensearch_outbound_connection remote_domain_info.region remote_domain_info.owner_id
redshift_data_share_consumer_association consumer_region
redshift_data_share_authorization consumer_identifier
glue_catalog_database location_uri target_database.region target_database.catalog_id create_table_default_permission.principal.data_lake_principal_identifier
glue_catalog_table storage_descriptor.location target_table.region
glue_connection connection_properties.{JDBC_CONNECTION_URL} connection_properties.{CONNECTION_URL} connection_properties.{KAFKA_BOOTSTRAP_SERVERS} connection_properties.{HOST} connection_properties.{INSTANCE_URL}
athena_workgroup configuration.result_configuration.output_location
athena_data_catalog parameters.{catalog-id} parameters.{function}
lakeformation_permissions principal
appsync_datasource http_config.endpoint dynamodb_config.region elasticsearch_config.region opensearchservice_config.region relational_database_config.http_endpoint_config.region
directory_service_region region_name
codepipeline artifact_store.region artifact_store.location stage.action.region
cloudformation_stack_instances regions
ssmincidents_replication_set region.name regions.name
cognito_user_pool sms_configuration.sns_region
chime_voice_connector aws_region
account_region region_name
networkmanager_core_network base_policy_regions
vpc_ipam operating_regions.region_name
datasync_location_azure_blob container_url
datasync_location_object_storage server_hostname
datasync_location_nfs server_hostname
datasync_location_smb server_hostname
datasync_location_hdfs name_node.hostname
datasync_location_s3 s3_bucket_arn
transfer_connector url
transfer_workflow steps.copy_step_details.destination_file_location.s3_file_location.bucket steps.copy_step_details.destination_file_location.efs_file_location.file_system_id on_exception_steps.copy_step_details.destination_file_location.s3_file_location.bucket on_exception_steps.decrypt_step_details.destination_file_location.s3_file_location.bucket steps.decrypt_step_details.destination_file_location.s3_file_location.bucket
dms_replication_config target_endpoint_arn source_endpoint_arn
storagegateway_nfs_file_share location_arn bucket_region
storagegateway_smb_file_share location_arn bucket_region
cloudformation_stack_set_instance stack_set_instance_region
# Sharing
ram_principal_association principal
ram_resource_share allow_external_principals
`;

/** Ways of the survey that other controls judge: what is allowed by a policy of a resource, and what is no flow. */
const ELSEWHERE: readonly (readonly [type: string, control: string, body: object])[] = [
  ['aws_backup_vault_policy', 'NET-014', { policy: forEverybody('backup:CopyIntoBackupVault') }],
  ['aws_cloudwatch_event_bus_policy', 'NET-014', { policy: forEverybody('events:PutEvents') }],
  ['aws_oam_sink_policy', 'NET-014', { policy: forEverybody('oam:CreateLink') }],
  [
    'aws_s3control_multi_region_access_point_policy',
    'NET-014',
    { details: [{ name: 'a', policy: forEverybody('s3:GetObject') }] },
  ],
];

it('has a row for each', () => {
  const rows = new Set(MOVERS.flatMap(({ types, path }) => types.map((type) => `${type} ${path || '(whole)'}`)));
  const known = WAYS.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const lost = known.flatMap((line) => {
    const [type = '', ...paths] = line.split(' ');
    return paths.map((path) => `aws_${type} ${path}`).filter((name) => !rows.has(name));
  });
  expect(lost).toEqual([]);
});

describe('what is no row', () => {
  it.each(ELSEWHERE)('%s is judged by %s', (type, control, body) => {
    const own = checks.filter(({ id }) => id === control);
    const { results } = judge(own, { stacks: { west: { resource: { [type]: { row: body } } } } });
    expect(results.filter(({ subject }) => subject.address === `${type}.row`).map(({ verdict }) => verdict)).toEqual([
      'fail',
    ]);
  });
});

function forEverybody(action: string): string {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::999999999999:root' },
    Action: action,
    Resource: '*',
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
