import { expect, it } from 'vitest';
import check from '../../../checks/encryption/enc-005-databases.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';

type Body = { readonly [key: string]: unknown };

const KEY = { aws_kms_key: { ledger: {} } };
const ARN = '${aws_kms_key.ledger.arn}';
const west = (body: Body, more: Body = {}) => ({ west: { ...more, resource: { ...KEY, ...body } } });
const one = (type: string, body: Body, more: Body = {}) => west({ [type]: { ledger: body } }, more);
const provider5 = { terraform: { required_providers: { aws: { source: 'aws', version: '5.100.0' } } } };
const eitherProvider = { terraform: { required_providers: { aws: { source: 'aws', version: '>= 5.0' } } } };

const STORED = { storage_encrypted: true, kms_key_id: ARN };

const serverless = (policy: unknown, collection = 'ledger') =>
  west({
    aws_opensearchserverless_collection: { ledger: { name: collection } },
    aws_opensearchserverless_security_policy: {
      ledger: {
        name: 'ledger',
        type: 'encryption',
        policy: typeof policy === 'string' ? policy : JSON.stringify(policy),
      },
      network: { name: 'network', type: 'network', policy: '[]' },
    },
  });
const RULES = [{ ResourceType: 'collection', Resource: ['collection/led*'] }];

testCheck(check, {
  pass: [
    {
      name: 'a collection whose encryption policy names a customer key',
      stacks: serverless({ Rules: RULES, AWSOwnedKey: false, KmsARN: ARN }),
    },
    {
      name: 'an encryption policy written with jsonencode',
      stacks: serverless(
        '${jsonencode({ Rules = [{ ResourceType = "collection", Resource = ["collection/ledger"] }], KmsARN = aws_kms_key.ledger.arn })}',
      ),
    },
    { name: 'a database instance with a customer key', stacks: one('aws_db_instance', STORED) },
    {
      name: 'an Aurora cluster, its members and snapshots',
      stacks: west({
        aws_rds_cluster: { ledger: { engine: 'aurora-postgresql', cluster_identifier: 'ledger', ...STORED } },
        aws_rds_cluster_instance: {
          one: { engine: 'aurora-postgresql', cluster_identifier: '${aws_rds_cluster.ledger.id}' },
          two: { engine: 'aurora-postgresql', cluster_identifier: '${aws_rds_cluster.ledger.cluster_identifier}' },
          three: { engine: 'aurora-postgresql', cluster_identifier: 'ledger' },
        },
        aws_db_cluster_snapshot: { ledger: { db_cluster_identifier: '${aws_rds_cluster.ledger.id}' } },
        aws_rds_cluster_snapshot_copy: {
          ledger: {
            source_db_cluster_snapshot_identifier: '${aws_db_cluster_snapshot.ledger.db_cluster_snapshot_arn}',
          },
        },
      }),
    },
    {
      name: 'a member of a cluster whose name the provider makes',
      stacks: west({
        aws_rds_cluster: { ledger: { engine: 'aurora-mysql', ...STORED } },
        aws_rds_cluster_instance: {
          one: { engine: 'aurora-mysql', cluster_identifier: '${aws_rds_cluster.ledger.cluster_identifier}' },
        },
      }),
    },
    {
      name: 'a replica, which is as its source',
      stacks: west({
        aws_db_instance: {
          ledger: { identifier: 'ledger', ...STORED },
          replica: { replicate_source_db: '${aws_db_instance.ledger.identifier}' },
        },
      }),
    },
    {
      name: 'a node of a replication group, which is as its group',
      stacks: west({
        aws_elasticache_replication_group: { ledger: { at_rest_encryption_enabled: true, kms_key_id: ARN } },
        aws_elasticache_cluster: {
          node: { replication_group_id: '${aws_elasticache_replication_group.ledger.id}' },
        },
      }),
    },
    {
      name: 'a replica that names its own key',
      stacks: one('aws_db_instance', { replicate_source_db: 'arn:aws:rds:eu-north-1:2:db:ledger', kms_key_id: ARN }),
    },
    {
      name: 'Performance Insights with a customer key',
      stacks: one('aws_db_instance', {
        ...STORED,
        performance_insights_enabled: true,
        performance_insights_kms_key_id: ARN,
      }),
    },
    {
      name: 'a cluster from a snapshot with a key of its own',
      stacks: one('aws_rds_cluster', { engine: 'aurora-mysql', snapshot_identifier: 'old', ...STORED }),
    },
    {
      name: 'a table with a customer key',
      stacks: one('aws_dynamodb_table', {
        name: 'ledger',
        server_side_encryption: [{ enabled: 'true', kms_key_arn: ARN }],
        replica: [{ region_name: 'eu-north-1', kms_key_arn: ARN }],
      }),
    },
    {
      name: 'caches with a customer key',
      stacks: west({
        aws_elasticache_replication_group: {
          redis: { at_rest_encryption_enabled: 'true', kms_key_id: ARN },
          valkey: { engine: 'valkey', kms_key_id: ARN },
        },
        aws_elasticache_serverless_cache: { ledger: { engine: 'memcached', kms_key_id: ARN } },
        aws_memorydb_cluster: { ledger: { kms_key_arn: ARN } },
        aws_memorydb_snapshot: { ledger: { cluster_name: '${aws_memorydb_cluster.ledger.name}' } },
        // Keeps everything in memory.
        aws_elasticache_cluster: { ledger: { engine: 'memcached' } },
      }),
    },
    {
      name: 'a warehouse that provider 6 encrypts by default',
      stacks: one('aws_redshift_cluster', { cluster_identifier: 'ledger', kms_key_id: ARN }),
    },
    {
      name: 'search domains',
      stacks: west({
        aws_opensearch_domain: { ledger: { encrypt_at_rest: { enabled: true, kms_key_id: ARN } } },
        aws_elasticsearch_domain: { ledger: { encrypt_at_rest: [{ enabled: true, kms_key_id: ARN }] } },
      }),
    },
    {
      name: 'the other stores',
      stacks: west({
        aws_docdb_cluster: { ledger: STORED },
        aws_docdb_cluster_instance: { ledger: { cluster_identifier: '${aws_docdb_cluster.ledger.id}' } },
        aws_docdbelastic_cluster: { ledger: { kms_key_id: ARN } },
        aws_neptune_cluster: { ledger: { storage_encrypted: true, kms_key_arn: ARN } },
        aws_neptunegraph_graph: { ledger: { kms_key_identifier: ARN } },
        aws_rds_global_cluster: { ledger: { storage_encrypted: true } },
        aws_keyspaces_table: {
          ledger: { encryption_specification: { type: 'CUSTOMER_MANAGED_KMS_KEY', kms_key_identifier: ARN } },
        },
        aws_timestreamwrite_database: { ledger: { kms_key_id: ARN } },
        aws_qldb_ledger: { ledger: { kms_key: ARN } },
        aws_dsql_cluster: { ledger: { kms_encryption_key: ARN } },
        aws_redshiftserverless_namespace: { ledger: { kms_key_id: ARN } },
      }),
    },
  ],
  fail: [
    {
      name: 'a collection under the key that AWS owns',
      stacks: serverless({ Rules: RULES, AWSOwnedKey: true }),
      fails: {
        'aws_opensearchserverless_collection.ledger': 'inherits',
        'aws_opensearchserverless_security_policy.ledger': 'awsManaged',
      },
    },
    {
      name: 'a database that says nothing',
      stacks: one('aws_db_instance', { engine: 'postgres' }),
      fails: { 'aws_db_instance.ledger': 'unencrypted' },
    },
    {
      name: 'a database that says no, as a string',
      stacks: one('aws_db_instance', { storage_encrypted: 'false', kms_key_id: ARN }),
      fails: { 'aws_db_instance.ledger': 'unencrypted' },
    },
    {
      name: 'a database with the key of AWS by default',
      stacks: one('aws_db_instance', { storage_encrypted: true }),
      fails: { 'aws_db_instance.ledger': 'noKey' },
    },
    {
      name: 'a database with the key of AWS by its alias',
      stacks: one('aws_db_instance', { storage_encrypted: true, kms_key_id: 'alias/aws/rds' }),
      fails: { 'aws_db_instance.ledger': 'awsManaged' },
    },
    {
      name: 'Performance Insights with the key of AWS',
      stacks: one('aws_db_instance', { ...STORED, performance_insights_enabled: true }),
      fails: { 'aws_db_instance.ledger': 'noKey' },
    },
    {
      name: 'Performance Insights of DocumentDB with the key of AWS',
      stacks: west({
        aws_docdb_cluster: { ledger: STORED },
        aws_docdb_cluster_instance: {
          ledger: { cluster_identifier: '${aws_docdb_cluster.ledger.id}', enable_performance_insights: true },
        },
      }),
      fails: { 'aws_docdb_cluster_instance.ledger': 'noKey' },
    },
    {
      name: 'members and snapshots of a cluster that fails',
      stacks: west({
        aws_docdb_cluster: { ledger: { kms_key_id: ARN } },
        aws_docdb_cluster_instance: { ledger: { cluster_identifier: '${aws_docdb_cluster.ledger.id}' } },
      }),
      fails: { 'aws_docdb_cluster.ledger': 'unencrypted', 'aws_docdb_cluster_instance.ledger': 'inherits' },
    },
    {
      name: 'a table with the key that AWS owns',
      stacks: one('aws_dynamodb_table', { name: 'ledger' }),
      fails: { 'aws_dynamodb_table.ledger': 'unencrypted' },
    },
    {
      name: 'a table with the key that AWS manages',
      stacks: one('aws_dynamodb_table', { server_side_encryption: { enabled: true } }),
      fails: { 'aws_dynamodb_table.ledger': 'noKey' },
    },
    {
      name: 'one of several replicas of a table',
      stacks: one('aws_dynamodb_table', {
        server_side_encryption: { enabled: true, kms_key_arn: ARN },
        replica: [{ region_name: 'eu-north-1', kms_key_arn: ARN }, { region_name: 'eu-central-1' }],
      }),
      fails: { 'aws_dynamodb_table.ledger': 'noKey' },
    },
    {
      name: 'a replica group as Redis comes',
      stacks: one('aws_elasticache_replication_group', { kms_key_id: ARN }),
      fails: { 'aws_elasticache_replication_group.ledger': 'unencrypted' },
    },
    {
      name: 'types without a customer key',
      stacks: west({
        aws_dax_cluster: { ledger: { server_side_encryption: { enabled: true } } },
        aws_elasticache_cluster: { ledger: { engine: 'redis' } },
        aws_simpledb_domain: { ledger: { name: 'ledger' } },
        aws_timestreaminfluxdb_db_instance: { ledger: {} },
      }),
      fails: {
        'aws_simpledb_domain.ledger': 'keyless',
        'aws_dax_cluster.ledger': 'keyless',
        'aws_elasticache_cluster.ledger': 'keyless',
        'aws_timestreaminfluxdb_db_instance.ledger': 'keyless',
      },
    },
    {
      name: 'a warehouse that provider 5 does not encrypt by default',
      stacks: one('aws_redshift_cluster', { cluster_identifier: 'ledger', kms_key_id: ARN }, provider5),
      fails: { 'aws_redshift_cluster.ledger': 'unencrypted' },
    },
    {
      name: 'a Keyspaces table as it comes',
      stacks: one('aws_keyspaces_table', { keyspace_name: 'ledger' }),
      fails: { 'aws_keyspaces_table.ledger': 'awsManaged' },
    },
    {
      name: 'stores that are always encrypted, with the key of AWS',
      stacks: west({
        aws_memorydb_cluster: { ledger: {} },
        aws_dsql_cluster: { ledger: { kms_encryption_key: 'AWS_OWNED_KMS_KEY' } },
        aws_qldb_ledger: { ledger: { kms_key: 'AWS_OWNED_KMS_KEY' } },
        aws_timestreamwrite_database: { ledger: {} },
        aws_dynamodb_table_replica: { ledger: {} },
      }),
      fails: {
        'aws_memorydb_cluster.ledger': 'noKey',
        'aws_dsql_cluster.ledger': 'awsManaged',
        'aws_qldb_ledger.ledger': 'awsManaged',
        'aws_timestreamwrite_database.ledger': 'noKey',
        'aws_dynamodb_table_replica.ledger': 'noKey',
      },
    },
  ],
  unproven: [
    {
      name: 'a collection whose policy may not exist',
      stacks: west(
        {
          aws_opensearchserverless_collection: { ledger: { name: 'ledger' } },
          aws_opensearchserverless_security_policy: {
            ledger: {
              count: '${var.many}',
              name: 'ledger',
              type: 'encryption',
              policy: `\${jsonencode({ Rules = [{ Resource = ["collection/ledger"] }], KmsARN = aws_kms_key.ledger.arn })}`,
            },
          },
        },
        { variable: { many: {} } },
      ),
      unproven: { 'aws_opensearchserverless_collection.ledger': 'may not exist' },
    },
    {
      name: 'a collection that no policy takes in',
      stacks: serverless({ Rules: RULES, AWSOwnedKey: false, KmsARN: ARN }, 'receipts'),
      unproven: { 'aws_opensearchserverless_collection.ledger': 'no encryption policy of the estate' },
    },
    {
      name: 'a switch from a variable',
      stacks: one('aws_db_instance', { ...STORED, storage_encrypted: '${var.on}' }, { variable: { on: {} } }),
      unproven: { 'aws_db_instance.ledger': 'var.on' },
    },
    {
      name: 'a key from a variable',
      stacks: one('aws_memorydb_cluster', { kms_key_arn: '${var.key}' }, { variable: { key: {} } }),
      unproven: { 'aws_memorydb_cluster.ledger': 'var.key' },
    },
    {
      name: 'a warehouse of which two majors of the provider differ',
      stacks: one('aws_redshift_cluster', { kms_key_id: ARN }, eitherProvider),
      unproven: { 'aws_redshift_cluster.ledger': 'provider 5 and 6 differ' },
    },
    {
      name: 'an instance from a snapshot, whatever it says',
      stacks: one('aws_db_instance', { ...STORED, snapshot_identifier: 'old' }),
      unproven: { 'aws_db_instance.ledger': 'keeps the encryption of "old"' },
    },
    {
      name: 'a cluster from a snapshot without a key of its own',
      stacks: one('aws_rds_cluster', { engine: 'aurora-mysql', snapshot_identifier: 'old' }),
      unproven: { 'aws_rds_cluster.ledger': '"old"' },
    },
    {
      name: 'a cluster that says nothing',
      stacks: one('aws_rds_cluster', { engine: 'aurora-mysql', kms_key_id: ARN }),
      unproven: { 'aws_rds_cluster.ledger': 'AWS decides by engine' },
    },
    {
      name: 'a replica of a database that fails',
      stacks: west({
        aws_db_instance: { replica: { replicate_source_db: 'ledger' } },
      }),
      unproven: { 'aws_db_instance.replica': '"ledger", which is not in the estate' },
    },
    {
      name: 'a member of a cluster outside the estate',
      stacks: one('aws_neptune_cluster_instance', { cluster_identifier: 'ledger' }),
      unproven: { 'aws_neptune_cluster_instance.ledger': 'not in the estate' },
    },
    {
      name: 'a member of a cluster of the same name at another site',
      stacks: {
        ...one('aws_rds_cluster', { cluster_identifier: 'ledger', ...STORED }),
        north: { resource: { aws_rds_cluster_instance: { one: { cluster_identifier: 'ledger' } } } },
      },
      unproven: { 'aws_rds_cluster_instance.one': 'not in the estate' },
    },
    {
      name: 'an instance from a snapshot that is called like an instance',
      stacks: west({
        aws_db_instance: { ledger: { identifier: 'ledger', ...STORED }, copy: { snapshot_identifier: 'ledger' } },
      }),
      unproven: { 'aws_db_instance.copy': 'not in the estate' },
    },
    {
      name: 'an instance from what another one was copied from',
      stacks: west({
        aws_db_snapshot_copy: {
          copy: {
            source_db_snapshot_identifier: 'old',
            target_db_snapshot_identifier: 'new',
            kms_key_id: ARN,
          },
        },
        aws_db_instance: {
          ledger: { snapshot_identifier: '${aws_db_snapshot_copy.copy.source_db_snapshot_identifier}' },
        },
      }),
      unproven: { 'aws_db_instance.ledger': 'not in the estate' },
    },
    {
      name: 'a cluster with a key and an empty name of a snapshot',
      stacks: one('aws_rds_cluster', { snapshot_identifier: '', kms_key_id: ARN }),
      unproven: { 'aws_rds_cluster.ledger': 'storage_encrypted' },
    },
    {
      name: 'a database with a key that may have no source',
      stacks: one(
        'aws_db_instance',
        { replicate_source_db: '${var.source}', kms_key_id: ARN },
        { variable: { source: { default: null } } },
      ),
      unproven: { 'aws_db_instance.ledger': 'storage_encrypted' },
    },
    {
      name: 'a cache of an engine that is not known',
      stacks: one('aws_elasticache_cluster', { engine: '${var.engine}' }, { variable: { engine: {} } }),
      unproven: { 'aws_elasticache_cluster.ledger': 'var.engine' },
    },
    {
      name: 'replicas that only the plan knows',
      stacks: one(
        'aws_dynamodb_table',
        {
          server_side_encryption: { enabled: true, kms_key_arn: ARN },
          dynamic: { replica: { for_each: '${var.places}', content: { kms_key_arn: ARN } } },
        },
        { variable: { places: {} } },
      ),
      unproven: { 'aws_dynamodb_table.ledger': 'dynamic.replica' },
    },
    {
      name: 'replicas of each other',
      stacks: west({
        aws_db_instance: {
          one: { identifier: 'one', replicate_source_db: 'two' },
          two: { identifier: 'two', replicate_source_db: 'one' },
        },
      }),
      unproven: { 'aws_db_instance.one': 'not in the estate', 'aws_db_instance.two': 'not in the estate' },
    },
  ],
});

it.each([
  [
    'a cache in memory that is not encrypted at all',
    one('aws_dax_cluster', { server_side_encryption: { enabled: true } }),
    one('aws_dax_cluster', { server_side_encryption: { enabled: false } }),
  ],
  [
    'a cache of an API that is not encrypted at all',
    one('aws_appsync_api_cache', { at_rest_encryption_enabled: true }),
    one('aws_appsync_api_cache', { at_rest_encryption_enabled: false }),
  ],
  [
    'the replica of another Region',
    one('aws_dynamodb_table', {
      server_side_encryption: { enabled: true, kms_key_arn: ARN },
      replica: [{ region_name: 'eu-north-1' }],
    }),
    one('aws_dynamodb_table', {
      server_side_encryption: { enabled: true, kms_key_arn: ARN },
      replica: [{ region_name: 'us-east-1' }],
    }),
  ],
  [
    'the content of a snapshot',
    one('aws_rds_cluster', { storage_encrypted: false, kms_key_id: ARN }),
    one('aws_rds_cluster', { storage_encrypted: false, kms_key_id: ARN, snapshot_identifier: 'ledger-final' }),
  ],
])('has an exception not cover %s', (_, approved, graver) => {
  expect(isCovered(check, { stacks: approved }, { stacks: graver })).toBe(false);
});
