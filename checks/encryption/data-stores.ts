/** How a type of database or cache is encrypted at rest. Paths are dotted, without indexes. */
export type DataStore =
  | EncryptedStore
  /** Part or copy of another resource, with that one's encryption; `key` names another where the type takes one. */
  | {
      readonly kind: 'member';
      readonly of: string;
      readonly owners: readonly string[];
      readonly key?: string;
      readonly insights?: string;
    }
  /** AWS offers no customer key. */
  | {
      readonly kind: 'keyless';
      /** The argument that switches the encryption with a key of AWS on, where it can be off. */
      readonly switch?: string;
      readonly except?: { readonly path: string; readonly value: string };
      /** Unless it is part of another resource, which this argument names. */
      readonly within?: Membership;
    };

interface Membership {
  readonly of: string;
  readonly owners: readonly string[];
}

export interface EncryptedStore {
  readonly kind: 'store';
  /** The argument that switches encryption on; absent where AWS always encrypts, and only the key matters. */
  readonly switch?: string;
  /** The value of the switch that means a customer key, where it is not a boolean. */
  readonly on?: string;
  /** The arguments that name the key; none where the members of a global cluster name theirs. */
  readonly keys: readonly string[];
  /** Keys of blocks that need not be there. */
  readonly optionalKeys?: readonly string[];
  /** Arguments that name what it is made from, which brings its own encryption where nothing else is said. */
  readonly sources?: readonly string[];
  /** Arguments that name what it is made from, whose encryption it keeps whatever it says. */
  readonly restores?: readonly string[];
  /** The switch of Performance Insights, which keeps queries under a key of its own. */
  readonly insights?: string;
}

const always = (key: string): EncryptedStore => ({ kind: 'store', keys: [key] });
const member = (of: string, ...owners: readonly string[]): DataStore => ({ kind: 'member', of, owners });
const KEYLESS: DataStore = { kind: 'keyless' };

const SEARCH: EncryptedStore = {
  kind: 'store',
  switch: 'encrypt_at_rest.enabled',
  keys: ['encrypt_at_rest.kms_key_id'],
};
const GLOBAL: EncryptedStore = {
  kind: 'store',
  switch: 'storage_encrypted',
  keys: [],
  sources: ['source_db_cluster_identifier'],
};

const ROWS: Readonly<Record<string, DataStore>> = {
  // Amazon RDS and Aurora
  aws_db_instance: {
    kind: 'store',
    switch: 'storage_encrypted',
    keys: ['kms_key_id'],
    sources: ['replicate_source_db'],
    // RestoreDBInstanceFromDBSnapshot and RestoreDBInstanceToPointInTime take no key.
    restores: [
      'snapshot_identifier',
      'restore_to_point_in_time.source_db_instance_identifier',
      'restore_to_point_in_time.source_dbi_resource_id',
      'restore_to_point_in_time.source_db_instance_automated_backups_arn',
    ],
    insights: 'performance_insights_enabled',
  },
  aws_rds_cluster: {
    kind: 'store',
    switch: 'storage_encrypted',
    keys: ['kms_key_id'],
    sources: [
      'replication_source_identifier',
      'snapshot_identifier',
      'restore_to_point_in_time.source_cluster_identifier',
      'restore_to_point_in_time.source_cluster_resource_id',
    ],
    insights: 'performance_insights_enabled',
  },
  aws_rds_cluster_instance: {
    kind: 'member',
    of: 'cluster_identifier',
    owners: ['aws_rds_cluster'],
    insights: 'performance_insights_enabled',
  },
  aws_rds_shard_group: member('db_cluster_identifier', 'aws_rds_cluster'),
  aws_rds_global_cluster: GLOBAL,
  aws_db_snapshot: member('db_instance_identifier', 'aws_db_instance'),
  aws_db_cluster_snapshot: member('db_cluster_identifier', 'aws_rds_cluster'),
  aws_db_snapshot_copy: {
    kind: 'member',
    of: 'source_db_snapshot_identifier',
    owners: ['aws_db_snapshot', 'aws_db_snapshot_copy'],
    key: 'kms_key_id',
  },
  aws_rds_cluster_snapshot_copy: {
    kind: 'member',
    of: 'source_db_cluster_snapshot_identifier',
    owners: ['aws_db_cluster_snapshot', 'aws_rds_cluster_snapshot_copy'],
    key: 'kms_key_id',
  },
  aws_db_instance_automated_backups_replication: always('kms_key_id'),
  aws_rds_export_task: always('kms_key_id'),

  // Amazon DocumentDB and Neptune
  aws_docdb_cluster: {
    kind: 'store',
    switch: 'storage_encrypted',
    keys: ['kms_key_id'],
    sources: ['snapshot_identifier', 'restore_to_point_in_time.source_cluster_identifier'],
  },
  aws_docdb_cluster_instance: {
    kind: 'member',
    of: 'cluster_identifier',
    owners: ['aws_docdb_cluster'],
    insights: 'enable_performance_insights',
  },
  aws_docdb_cluster_snapshot: member('db_cluster_identifier', 'aws_docdb_cluster'),
  aws_docdb_global_cluster: GLOBAL,
  aws_docdbelastic_cluster: always('kms_key_id'),
  aws_neptune_cluster: {
    kind: 'store',
    switch: 'storage_encrypted',
    keys: ['kms_key_arn'],
    sources: ['replication_source_identifier', 'snapshot_identifier'],
  },
  aws_neptune_cluster_instance: member('cluster_identifier', 'aws_neptune_cluster'),
  aws_neptune_cluster_snapshot: member('db_cluster_identifier', 'aws_neptune_cluster'),
  aws_neptune_global_cluster: GLOBAL,
  aws_neptunegraph_graph: always('kms_key_identifier'),

  // Amazon DynamoDB
  aws_dynamodb_table: {
    kind: 'store',
    switch: 'server_side_encryption.enabled',
    keys: ['server_side_encryption.kms_key_arn'],
    optionalKeys: ['replica.kms_key_arn'],
  },
  aws_dynamodb_table_replica: always('kms_key_arn'),
  aws_dax_cluster: { kind: 'keyless', switch: 'server_side_encryption.enabled' },

  // Caches
  aws_elasticache_replication_group: {
    kind: 'store',
    switch: 'at_rest_encryption_enabled',
    keys: ['kms_key_id'],
  },
  aws_elasticache_serverless_cache: always('kms_key_id'),
  aws_memorydb_cluster: always('kms_key_arn'),
  aws_memorydb_snapshot: { kind: 'member', of: 'cluster_name', owners: ['aws_memorydb_cluster'], key: 'kms_key_arn' },
  aws_appsync_api_cache: { kind: 'keyless', switch: 'at_rest_encryption_enabled' },

  // Warehouses and search
  aws_redshift_cluster: {
    kind: 'store',
    switch: 'encrypted',
    keys: ['kms_key_id'],
    sources: ['snapshot_identifier', 'snapshot_arn'],
  },
  aws_redshift_cluster_snapshot: member('cluster_identifier', 'aws_redshift_cluster'),
  aws_redshift_snapshot_copy_grant: always('kms_key_id'),
  aws_redshiftserverless_namespace: always('kms_key_id'),
  aws_redshiftserverless_snapshot: member('namespace_name', 'aws_redshiftserverless_namespace'),
  aws_opensearch_domain: SEARCH,
  aws_elasticsearch_domain: SEARCH,
  aws_cloudsearch_domain: KEYLESS,

  // Others
  aws_keyspaces_table: {
    kind: 'store',
    switch: 'encryption_specification.type',
    on: 'CUSTOMER_MANAGED_KMS_KEY',
    keys: ['encryption_specification.kms_key_identifier'],
  },
  aws_timestreamwrite_database: always('kms_key_id'),
  aws_timestreaminfluxdb_db_instance: KEYLESS,
  aws_timestreaminfluxdb_db_cluster: KEYLESS,
  aws_qldb_ledger: always('kms_key'),
  aws_dsql_cluster: always('kms_encryption_key'),
  aws_finspace_kx_environment: always('kms_key_id'),
  aws_lightsail_database: KEYLESS,
  aws_simpledb_domain: KEYLESS,
};

/** Sources: the Terraform Registry's page of each type, and the guide of each service on encryption at rest. */
export const DATA_STORES: ReadonlyMap<string, DataStore> = new Map<string, DataStore>([
  ...Object.entries(ROWS),
  // A node of Redis OSS or Valkey that stands alone cannot be encrypted; Memcached writes nothing to a disk.
  [
    'aws_elasticache_cluster',
    {
      kind: 'keyless',
      except: { path: 'engine', value: 'memcached' },
      within: { of: 'replication_group_id', owners: ['aws_elasticache_replication_group'] },
    },
  ],
]);
