import {
  copyable,
  inBlock,
  is,
  KEYLESS,
  member,
  type Part,
  store,
  type StoreTable,
  switched,
  typed,
  when,
} from './store-form.ts';

const STORED = switched('storage_encrypted', 'kms_key_id');
const SEARCH = store(switched('encrypt_at_rest.enabled', 'encrypt_at_rest.kms_key_id'));
/** The members of a global cluster name their keys. */
const GLOBAL = copyable(['source_db_cluster_identifier'], switched('storage_encrypted'));

/** Performance Insights keeps the text of queries, under a key of AWS unless it is given one. */
const INSIGHTS = insights('performance_insights_enabled');

function insights(switchedOn: string): Part {
  return when(is(switchedOn), 'performance_insights_kms_key_id');
}

/** Databases, caches, their copies and snapshots. Sources: the Terraform Registry's page of each type. */
export const DATABASES: StoreTable = {
  // Amazon RDS and Aurora
  aws_db_instance: {
    ...copyable(['replicate_source_db'], STORED, INSIGHTS),
    // RestoreDBInstanceFromDBSnapshot and RestoreDBInstanceToPointInTime take no key.
    restores: [
      'snapshot_identifier',
      'restore_to_point_in_time.source_db_instance_identifier',
      'restore_to_point_in_time.source_dbi_resource_id',
      'restore_to_point_in_time.source_db_instance_automated_backups_arn',
    ],
  },
  aws_rds_cluster: copyable(
    [
      'replication_source_identifier',
      'snapshot_identifier',
      'restore_to_point_in_time.source_cluster_identifier',
      'restore_to_point_in_time.source_cluster_resource_id',
    ],
    STORED,
    INSIGHTS,
  ),
  aws_rds_cluster_instance: { ...member('cluster_identifier', 'aws_rds_cluster'), parts: [INSIGHTS] },
  aws_rds_shard_group: member('db_cluster_identifier', 'aws_rds_cluster'),
  aws_rds_global_cluster: GLOBAL,
  aws_db_snapshot: member('db_instance_identifier', 'aws_db_instance'),
  aws_db_cluster_snapshot: member('db_cluster_identifier', 'aws_rds_cluster'),
  aws_db_snapshot_copy: {
    ...member('source_db_snapshot_identifier', 'aws_db_snapshot', 'aws_db_snapshot_copy'),
    key: 'kms_key_id',
  },
  aws_rds_cluster_snapshot_copy: {
    ...member('source_db_cluster_snapshot_identifier', 'aws_db_cluster_snapshot', 'aws_rds_cluster_snapshot_copy'),
    key: 'kms_key_id',
  },
  aws_db_instance_automated_backups_replication: store('kms_key_id'),
  aws_rds_export_task: store('kms_key_id'),

  // Amazon DocumentDB and Neptune
  aws_docdb_cluster: copyable(['snapshot_identifier', 'restore_to_point_in_time.source_cluster_identifier'], STORED),
  aws_docdb_cluster_instance: {
    ...member('cluster_identifier', 'aws_docdb_cluster'),
    parts: [insights('enable_performance_insights')],
  },
  aws_docdb_cluster_snapshot: member('db_cluster_identifier', 'aws_docdb_cluster'),
  aws_docdb_global_cluster: GLOBAL,
  aws_docdbelastic_cluster: store('kms_key_id'),
  aws_neptune_cluster: copyable(
    ['replication_source_identifier', 'snapshot_identifier'],
    switched('storage_encrypted', 'kms_key_arn'),
  ),
  aws_neptune_cluster_instance: member('cluster_identifier', 'aws_neptune_cluster'),
  aws_neptune_cluster_snapshot: member('db_cluster_identifier', 'aws_neptune_cluster'),
  aws_neptune_global_cluster: GLOBAL,
  aws_neptunegraph_graph: store('kms_key_identifier'),

  // Amazon DynamoDB
  aws_dynamodb_table: store(switched('server_side_encryption.enabled', 'server_side_encryption.kms_key_arn'), {
    ...inBlock('replica', 'replica.kms_key_arn'),
    graver: ['region_name'],
  }),
  aws_dynamodb_table_replica: store('kms_key_arn'),
  aws_dax_cluster: { kind: 'keyless', switch: 'server_side_encryption.enabled' },

  // Caches
  aws_elasticache_replication_group: store(switched('at_rest_encryption_enabled', 'kms_key_id')),
  aws_elasticache_serverless_cache: store('kms_key_id'),
  aws_memorydb_cluster: store('kms_key_arn'),
  aws_memorydb_snapshot: { ...member('cluster_name', 'aws_memorydb_cluster'), key: 'kms_key_arn' },
  aws_appsync_api_cache: { kind: 'keyless', switch: 'at_rest_encryption_enabled' },
  // Answers that a stage keeps.
  aws_api_gateway_stage: store(when(is('cache_cluster_enabled'), {})),

  // Warehouses and search
  aws_redshift_cluster: copyable(['snapshot_identifier', 'snapshot_arn'], switched('encrypted', 'kms_key_id')),
  aws_redshift_cluster_snapshot: member('cluster_identifier', 'aws_redshift_cluster'),
  aws_redshift_snapshot_copy_grant: store('kms_key_id'),
  aws_redshiftserverless_namespace: store('kms_key_id'),
  aws_redshiftserverless_snapshot: member('namespace_name', 'aws_redshiftserverless_namespace'),
  aws_opensearch_domain: SEARCH,
  aws_elasticsearch_domain: SEARCH,
  aws_cloudsearch_domain: KEYLESS,

  // Others
  aws_keyspaces_table: store(
    typed('encryption_specification.type', 'CUSTOMER_MANAGED_KMS_KEY', 'encryption_specification.kms_key_identifier'),
  ),
  aws_timestreamwrite_database: store('kms_key_id'),
  aws_timestreaminfluxdb_db_instance: KEYLESS,
  aws_timestreaminfluxdb_db_cluster: KEYLESS,
  aws_qldb_ledger: store('kms_key'),
  aws_dsql_cluster: store('kms_encryption_key'),
  aws_finspace_kx_environment: store('kms_key_id'),
  aws_lightsail_database: KEYLESS,
  aws_simpledb_domain: KEYLESS,
  // A node of Redis OSS or Valkey that stands alone cannot be encrypted; Memcached writes nothing to a disk.
  aws_elasticache_cluster: {
    kind: 'keyless',
    except: { path: 'engine', value: 'memcached' },
    within: { of: 'replication_group_id', owners: ['aws_elasticache_replication_group'] },
  },
};
