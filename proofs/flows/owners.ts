/** What a resource that takes no tags acts for: the argument that names it, and the types that a literal may name. */
export interface Owner {
  readonly argument: string;
  readonly targets: readonly string[];
}

const TABLE = `
ami_launch_permission image_id ami ami_copy ami_from_instance
api_gateway_integration rest_api_id api_gateway_rest_api
apigatewayv2_integration api_id apigatewayv2_api
appsync_datasource api_id appsync_graphql_api
athena_database bucket s3_bucket
bedrockagent_data_source knowledge_base_id bedrockagent_knowledge_base
chime_voice_connector_origination voice_connector_id chime_voice_connector
cloudwatch_event_target rule cloudwatch_event_rule
cloudwatch_log_data_protection_policy log_group_name cloudwatch_log_group
cloudwatch_log_subscription_filter log_group_name cloudwatch_log_group
connect_instance_storage_config instance_id connect_instance
cognito_identity_provider user_pool_id cognito_user_pool
directory_service_radius_settings directory_id directory_service_directory
directory_service_shared_directory directory_id directory_service_directory
dsql_cluster_peering identifier dsql_cluster
dynamodb_global_table name dynamodb_table
dynamodb_kinesis_streaming_destination table_name dynamodb_table
dynamodb_table_export table_arn dynamodb_table
efs_replication_configuration source_file_system_id efs_file_system
elastictranscoder_pipeline input_bucket s3_bucket
glue_catalog_table database_name glue_catalog_database
guardduty_publishing_destination detector_id guardduty_detector
lambda_function_event_invoke_config function_name lambda_function
networkfirewall_logging_configuration firewall_arn networkfirewall_firewall
opensearch_outbound_connection local_domain_info.domain_name opensearch_domain
rds_export_task source_arn db_snapshot db_cluster_snapshot rds_cluster
redshift_logging cluster_identifier redshift_cluster
redshift_partner cluster_identifier redshift_cluster
redshift_snapshot_copy cluster_identifier redshift_cluster
route53_query_log zone_id route53_zone
s3_bucket_accelerate_configuration bucket s3_bucket
s3_bucket_analytics_configuration bucket s3_bucket
s3_bucket_inventory bucket s3_bucket
s3_bucket_logging bucket s3_bucket
s3_bucket_notification bucket s3_bucket
s3_bucket_replication_configuration bucket s3_bucket
s3_bucket_website_configuration bucket s3_bucket
s3tables_table_bucket_replication table_bucket_arn s3tables_table_bucket
s3tables_table_replication table_arn s3tables_table
sesv2_configuration_set_event_destination configuration_set_name sesv2_configuration_set
snapshot_create_volume_permission snapshot_id ebs_snapshot ebs_snapshot_copy
sns_topic_data_protection_policy arn sns_topic
sns_topic_subscription topic_arn sns_topic
ssm_maintenance_window_task window_id ssm_maintenance_window
ssmcontacts_contact_channel contact_id ssmcontacts_contact
transfer_access server_id transfer_server
verifiedaccess_instance_logging_configuration verifiedaccess_instance_id verifiedaccess_instance
wafv2_web_acl_logging_configuration resource_arn wafv2_web_acl
`;

const TAKEN = `
datasync_task source_location_arn
db_snapshot_copy source_db_snapshot_identifier db_snapshot
kinesis_firehose_delivery_stream kinesis_source_configuration.kinesis_stream_arn kinesis_stream
lambda_event_source_mapping event_source_arn sqs_queue kinesis_stream
pipes_pipe source sqs_queue kinesis_stream
rds_cluster_snapshot_copy source_db_cluster_snapshot_identifier db_cluster_snapshot
rds_integration source_arn rds_cluster db_instance dynamodb_table
`;

/**
 * Types that move data of something else and take no tags. The default tags of a provider are given to none of them,
 * and say nothing of the class of what they move.
 */
export const OWNERS: ReadonlyMap<string, Owner> = ownersOf(TABLE);

/** Types that pass on what they take from something else. They have tags, which say less than those of where it is from. */
export const TAKEN_FROM: ReadonlyMap<string, Owner> = ownersOf(TAKEN);

function ownersOf(table: string): ReadonlyMap<string, Owner> {
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  return new Map(
    rows.map(([type = '', argument = '', ...targets]) => [
      `aws_${type}`,
      { argument, targets: targets.map((target) => `aws_${target}`) },
    ]),
  );
}
