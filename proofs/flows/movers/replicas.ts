import type { Mover } from '../mover.ts';
import { into, out } from './row.ts';

const replica = out('replica');
const source = into('replica');

const ENABLED = { path: 'rule.status', not: ['Disabled'] };
const OF_BUCKET = { source: 'bucket' };

/** Live copies of stored data: residency-critical, because they follow every write. */
export const REPLICAS: readonly Mover[] = [
  // S3
  replica(
    'aws_s3_bucket_replication_configuration',
    'rule.destination.bucket',
    'bucket',
    'Every object that is written is copied to the destination bucket.',
    { when: [ENABLED], ...OF_BUCKET },
  ),
  replica(
    'aws_s3_bucket_replication_configuration',
    'rule.destination.account',
    'account',
    'The account that owns the copies.',
    { when: [ENABLED], ...OF_BUCKET },
  ),
  replica(
    'aws_s3_bucket_replication_configuration',
    'rule.destination.encryption_configuration.replica_kms_key_id',
    'arn',
    'The key of the copies lies in the Region of the destination bucket.',
    { when: [ENABLED], targets: ['aws_kms_key', 'aws_kms_replica_key', 'aws_kms_alias'], ...OF_BUCKET },
  ),
  replica(
    'aws_s3_bucket',
    'replication_configuration.rules.destination.bucket',
    'bucket',
    'The rule inside a bucket of older configurations copies in the same way.',
    { when: [{ path: 'replication_configuration.rules.status', not: ['Disabled'] }] },
  ),
  replica(
    'aws_s3control_multi_region_access_point',
    'details.region.bucket',
    'bucket',
    'One name in front of buckets in several Regions: requests go to the nearest.',
  ),
  source('aws_s3_object_copy', 'source', 'bucket', 'The object is read from this bucket.'),
  replica('aws_s3_object_copy', 'bucket', 'bucket', 'The copy is written to this bucket.'),
  replica(
    'aws_s3tables_table_bucket_replication aws_s3tables_table_replication',
    'rule.destination.destination_table_bucket_arn',
    'arn',
    'Tables are copied to the table bucket of the destination.',
    { targets: ['aws_s3tables_table_bucket'] },
  ),
  replica(
    'aws_s3_directory_bucket',
    'location.name',
    'zone',
    'The bucket stores in this zone, which may be a Local Zone in another country.',
  ),
  // DynamoDB
  replica(
    'aws_dynamodb_table aws_dynamodb_global_table',
    'replica.region_name',
    'region',
    'Every item is written to the replica.',
  ),
  replica(
    'aws_dynamodb_table',
    'replica.kms_key_arn',
    'arn',
    'The key of the replica lies in the Region of the replica.',
    { targets: ['aws_kms_key', 'aws_kms_replica_key'] },
  ),
  replica(
    'aws_dynamodb_table',
    'global_table_witness.region_name',
    'region',
    'The witness of a strongly consistent global table holds what was written, too.',
  ),
  source(
    'aws_dynamodb_table_replica',
    'global_table_arn',
    'arn',
    'The replica in the Region of this resource holds all that the table of the ARN has.',
    { targets: ['aws_dynamodb_table'] },
  ),
  source('aws_dynamodb_table', 'restore_source_table_arn', 'arn', 'The table begins as a copy of that one.', {
    targets: ['aws_dynamodb_table'],
  }),
  // RDS and Aurora
  source(
    'aws_db_instance',
    'replicate_source_db',
    'local',
    'The instance is a replica of this one, in another Region when named by ARN.',
    { targets: ['aws_db_instance'] },
  ),
  source(
    'aws_rds_cluster aws_neptune_cluster',
    'replication_source_identifier',
    'local',
    'The cluster is a replica of this one.',
    { targets: ['aws_rds_cluster', 'aws_db_instance', 'aws_neptune_cluster'] },
  ),
  source('aws_rds_cluster', 'source_region', 'region', 'The Region of the encrypted cluster that this one replicates.'),
  replica(
    'aws_rds_cluster',
    'global_cluster_identifier',
    'group',
    'All clusters of a global cluster hold the same data.',
    { targets: ['aws_rds_global_cluster'] },
  ),
  replica(
    'aws_docdb_cluster',
    'global_cluster_identifier',
    'group',
    'All clusters of a global cluster hold the same data.',
    { targets: ['aws_docdb_global_cluster'] },
  ),
  replica(
    'aws_neptune_cluster',
    'global_cluster_identifier',
    'group',
    'All clusters of a global cluster hold the same data.',
    { targets: ['aws_neptune_global_cluster'] },
  ),
  source(
    'aws_rds_global_cluster aws_docdb_global_cluster aws_neptune_global_cluster',
    'source_db_cluster_identifier',
    'arn',
    'The cluster that the global cluster begins with.',
    { targets: ['aws_rds_cluster', 'aws_docdb_cluster', 'aws_neptune_cluster'] },
  ),
  replica('aws_rds_integration', 'target_arn', 'arn', 'A zero-ETL integration copies every change to the warehouse.', {
    targets: ['aws_redshift_cluster', 'aws_redshiftserverless_namespace'],
  }),
  source('aws_rds_integration', 'source_arn', 'arn', 'The database whose changes are copied.', {
    targets: ['aws_rds_cluster', 'aws_db_instance', 'aws_dynamodb_table'],
  }),
  // Other databases
  source(
    'aws_elasticache_global_replication_group',
    'primary_replication_group_id',
    'local',
    'The group whose data all members hold.',
    { targets: ['aws_elasticache_replication_group'] },
  ),
  replica(
    'aws_elasticache_replication_group',
    'global_replication_group_id',
    'group',
    'All members of a global group hold the same data.',
    { targets: ['aws_elasticache_global_replication_group'] },
  ),
  replica(
    'aws_memorydb_cluster',
    'multi_region_cluster_name',
    'group',
    'All clusters of a multi-Region cluster hold the same data.',
    { targets: ['aws_memorydb_multi_region_cluster'] },
  ),
  replica('aws_dsql_cluster', 'multi_region_properties.clusters', 'arn', 'Linked clusters hold the same data.', {
    targets: ['aws_dsql_cluster'],
  }),
  replica(
    'aws_dsql_cluster',
    'multi_region_properties.witness_region',
    'region',
    'The witness holds a window of the encrypted transaction log.',
  ),
  replica('aws_dsql_cluster_peering', 'clusters', 'arn', 'Linked clusters hold the same data.', {
    targets: ['aws_dsql_cluster'],
    source: 'identifier',
  }),
  replica(
    'aws_dsql_cluster_peering',
    'witness_region',
    'region',
    'The witness holds a window of the encrypted transaction log.',
    { source: 'identifier' },
  ),
  replica(
    'aws_keyspaces_keyspace',
    'replication_specification.region_list',
    'region',
    'Every table of the keyspace is kept in all of these Regions.',
    { when: [{ path: 'replication_specification.replication_strategy', not: ['SINGLE_REGION'] }] },
  ),
  // Files
  replica(
    'aws_efs_replication_configuration',
    'destination.region',
    'region',
    'The replica lies in this Region, whatever the region argument says.',
    { source: 'source_file_system_id' },
  ),
  replica(
    'aws_efs_replication_configuration',
    'destination.availability_zone_name',
    'zone',
    'A replica of One Zone storage lies in this zone.',
    { source: 'source_file_system_id' },
  ),
  replica(
    'aws_efs_replication_configuration',
    'destination.file_system_id',
    'resource',
    'The file system that receives the copies.',
    { targets: ['aws_efs_file_system'], source: 'source_file_system_id' },
  ),
  // Messages, incidents, directories
  replica(
    'aws_msk_replicator',
    'replication_info_list.target_kafka_cluster_arn',
    'arn',
    'Topics are copied to this cluster.',
    { targets: ['aws_msk_cluster', 'aws_msk_serverless_cluster'] },
  ),
  source(
    'aws_msk_replicator',
    'replication_info_list.source_kafka_cluster_arn',
    'arn',
    'Topics are copied from this cluster.',
    { targets: ['aws_msk_cluster', 'aws_msk_serverless_cluster'] },
  ),
  replica(
    'aws_mq_broker',
    'data_replication_primary_broker_arn',
    'arn',
    'Both brokers of a pair hold the same messages.',
    { targets: ['aws_mq_broker'], when: [{ path: 'data_replication_mode', not: ['NONE'] }] },
  ),
  replica(
    'aws_ssmincidents_replication_set',
    'region.name',
    'region',
    'Incidents with their timelines are kept in all of these Regions.',
  ),
  replica(
    'aws_ssmincidents_replication_set',
    'regions.name',
    'region',
    'Incidents with their timelines are kept in all of these Regions.',
  ),
  replica('aws_directory_service_region', 'region_name', 'region', 'The directory with its users is copied there.'),
];
