import type { Mover } from '../mover.ts';
import { into, out } from './row.ts';

const transfer = out('transfer');
const source = into('transfer');
const third = out('third-party');

const BUCKET = { targets: ['aws_s3_bucket'] };
const DMS = { targets: ['aws_dms_endpoint', 'aws_dms_s3_endpoint'] };
const LOCATIONS = {
  targets: `s3 efs nfs smb hdfs object_storage azure_blob fsx_lustre_file_system fsx_ontap_file_system
  fsx_openzfs_file_system fsx_windows_file_system`
    .split(/\s+/)
    .map((kind) => `aws_datasync_location_${kind}`),
};

/** Services whose purpose is to carry data from one store to another. */
export const TRANSFERS: readonly Mover[] = [
  transfer('aws_datasync_task', 'destination_location_arn', 'arn', 'The task copies to this location.', LOCATIONS),
  source('aws_datasync_task', 'source_location_arn', 'arn', 'The task copies from this location.', LOCATIONS),
  third('aws_datasync_location_azure_blob', 'container_url', 'url', 'The location is a container of Azure.'),
  third(
    'aws_datasync_location_nfs aws_datasync_location_smb aws_datasync_location_object_storage',
    'server_hostname',
    'host',
    'The location is on this server.',
  ),
  third('aws_datasync_location_hdfs', 'name_node.hostname', 'host', 'The location is on this server.'),
  transfer('aws_datasync_location_s3', 's3_bucket_arn', 'bucket', 'The location is this bucket.', BUCKET),
  third('aws_transfer_connector', 'url', 'url', 'Files are sent to this host.'),
  transfer(
    'aws_transfer_workflow',
    'steps.copy_step_details.destination_file_location.s3_file_location.bucket',
    'bucket',
    'Files that arrive are copied to this bucket.',
    BUCKET,
  ),
  transfer(
    'aws_transfer_workflow',
    'steps.copy_step_details.destination_file_location.efs_file_location.file_system_id',
    'local',
    'Files that arrive are copied to this file system.',
    { targets: ['aws_efs_file_system'] },
  ),
  third('aws_dms_endpoint', 'server_name', 'host', 'Tables are copied from or to this server.'),
  transfer('aws_dms_endpoint', 'elasticsearch_settings.endpoint_uri', 'url', 'Tables are copied to this domain.', {
    targets: ['aws_opensearch_domain', 'aws_elasticsearch_domain'],
  }),
  transfer('aws_dms_endpoint', 'kafka_settings.broker', 'host', 'Tables are copied to these brokers.'),
  transfer('aws_dms_endpoint', 'kinesis_settings.stream_arn', 'arn', 'Tables are copied to this stream.', {
    targets: ['aws_kinesis_stream'],
  }),
  third('aws_dms_endpoint', 'redis_settings.server_name', 'host', 'Tables are copied to this server.'),
  transfer('aws_dms_endpoint', 'redshift_settings.bucket_name', 'bucket', 'Tables pass through this bucket.', BUCKET),
  // Only in provider 5.
  transfer('aws_dms_endpoint', 's3_settings.bucket_name', 'bucket', 'Tables are copied to this bucket.', BUCKET),
  transfer('aws_dms_s3_endpoint', 'bucket_name', 'bucket', 'Tables are copied to this bucket.', BUCKET),
  transfer(
    'aws_dms_replication_task aws_dms_replication_config',
    'target_endpoint_arn',
    'arn',
    'Tables are copied there.',
    DMS,
  ),
  source(
    'aws_dms_replication_task aws_dms_replication_config',
    'source_endpoint_arn',
    'arn',
    'Tables are copied from there.',
    DMS,
  ),
  transfer(
    'aws_appflow_flow',
    'destination_flow_config.destination_connector_properties.s3.bucket_name',
    'bucket',
    'Records are written to this bucket.',
    BUCKET,
  ),
  third(
    'aws_appflow_flow',
    'destination_flow_config.connector_type',
    'recipients',
    'Records are sent to a service outside AWS.',
    {
      when: [
        {
          path: 'destination_flow_config.connector_type',
          not: ['S3', 'Redshift', 'EventBridge', 'LookoutMetrics', 'CustomerProfiles', 'Honeycode'],
        },
      ],
      place: 'a service outside AWS',
    },
  ),
  transfer(
    'aws_fsx_data_repository_association',
    'data_repository_path',
    'url',
    'Files are written to this bucket.',
    BUCKET,
  ),
  transfer('aws_fsx_lustre_file_system', 'export_path', 'url', 'Files are written to this bucket.', BUCKET),
  source('aws_fsx_lustre_file_system', 'import_path', 'url', 'Files are read from this bucket.', BUCKET),
  transfer(
    'aws_fsx_file_cache',
    'data_repository_association.data_repository_path',
    'url',
    'Files are read from and written to this store.',
    BUCKET,
  ),
  transfer(
    'aws_storagegateway_nfs_file_share aws_storagegateway_smb_file_share',
    'location_arn',
    'bucket',
    'Files of the share are kept in this bucket.',
    BUCKET,
  ),
  transfer(
    'aws_storagegateway_nfs_file_share aws_storagegateway_smb_file_share',
    'bucket_region',
    'region',
    'Files of the share are kept in this Region.',
  ),
  transfer(
    'aws_opensearch_outbound_connection',
    'remote_domain_info.region',
    'region',
    'Queries and replication cross to the domain in this Region.',
  ),
  transfer(
    'aws_opensearch_outbound_connection',
    'remote_domain_info.owner_id',
    'account',
    'The domain on the other side is of this account.',
  ),
  transfer(
    'aws_redshift_data_share_consumer_association',
    'consumer_region',
    'region',
    'Shared tables are read in this Region.',
  ),
  transfer('aws_redshift_data_share_authorization', 'consumer_identifier', 'account', 'This account reads the tables.'),
  transfer('aws_glue_catalog_database', 'location_uri', 'url', 'Tables of the database are kept there.', BUCKET),
  transfer('aws_glue_catalog_database', 'target_database.region', 'region', 'The database is one of this Region.'),
  transfer(
    'aws_glue_catalog_database',
    'target_database.catalog_id',
    'account',
    'The database is one of this account.',
  ),
  transfer('aws_glue_catalog_table', 'storage_descriptor.location', 'url', 'The table is kept there.', BUCKET),
  transfer('aws_glue_catalog_table', 'target_table.region', 'region', 'The table is one of this Region.'),
  transfer('aws_glue_connection', 'connection_properties.{JDBC_CONNECTION_URL}', 'url', 'Jobs read and write there.'),
  transfer('aws_glue_connection', 'connection_properties.{CONNECTION_URL}', 'url', 'Jobs read and write there.'),
  transfer(
    'aws_glue_connection',
    'connection_properties.{KAFKA_BOOTSTRAP_SERVERS}',
    'host',
    'Jobs read and write there.',
  ),
  transfer(
    'aws_athena_workgroup',
    'configuration.result_configuration.output_location',
    'url',
    'Results of queries are written there.',
    BUCKET,
  ),
  transfer('aws_athena_data_catalog', 'parameters.{catalog-id}', 'account', 'The catalogue is of this account.'),
  transfer('aws_athena_data_catalog', 'parameters.{function}', 'arn', 'This function answers queries.'),
  third('aws_appsync_datasource', 'http_config.endpoint', 'url', 'Requests are passed on to this host.'),
  ...[
    'dynamodb_config',
    'elasticsearch_config',
    'opensearchservice_config',
    'relational_database_config.http_endpoint_config',
  ].map((block) =>
    transfer('aws_appsync_datasource', `${block}.region`, 'region', 'Requests are answered from this Region.'),
  ),
  transfer('aws_codepipeline', 'artifact_store.region', 'region', 'Artefacts are copied to this Region.'),
  transfer('aws_codepipeline', 'artifact_store.location', 'bucket', 'Artefacts are kept in this bucket.', BUCKET),
  transfer('aws_codepipeline', 'stage.action.region', 'region', 'The action runs in this Region.'),
  transfer('aws_cloudformation_stack_instances', 'regions', 'region', 'Stacks are made in this Region.'),
  transfer(
    'aws_cloudformation_stack_set_instance',
    'stack_set_instance_region',
    'region',
    'A stack is made in this Region.',
  ),
  transfer('aws_cognito_user_pool', 'sms_configuration.sns_region', 'region', 'Messages are sent from this Region.'),
  transfer('aws_chime_voice_connector', 'aws_region', 'region', 'Calls pass through this Region.'),
  transfer('aws_account_region', 'region_name', 'region', 'The Region is switched on or off for the account.', {
    when: [{ path: 'enabled', not: ['false'] }],
  }),
  transfer(
    'aws_networkmanager_core_network',
    'base_policy_regions',
    'region',
    'The core network has an edge in this Region.',
  ),
  transfer('aws_vpc_ipam', 'operating_regions.region_name', 'region', 'Addresses of this Region are discovered.'),
];
