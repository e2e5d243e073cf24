import { expect, it } from 'vitest';
import { MOVERS } from '../../../proofs/flows/movers.ts';
import { typesOfBindings } from '../../../scripts/provider-arguments.ts';

/** Why arguments with a bucket in their name are of no row: by type, or by type and the end of the path. */
const REASONS: readonly { readonly reason: string; readonly of: readonly string[] }[] = [
  {
    reason: 'The resource is a bucket, or says something about the one that it names, and moves nothing.',
    of: `s3_access_point s3_bucket s3_bucket_abac s3_bucket_accelerate_configuration
      s3_bucket_acl s3_bucket_analytics_configuration s3_bucket_cors_configuration
      s3_bucket_intelligent_tiering_configuration s3_bucket_inventory s3_bucket_lifecycle_configuration
      s3_bucket_logging s3_bucket_metadata_configuration s3_bucket_metric s3_bucket_notification s3_bucket_object
      s3_bucket_object_lock_configuration s3_bucket_ownership_controls s3_bucket_policy s3_bucket_public_access_block
      s3_bucket_replication_configuration s3_bucket_request_payment_configuration
      s3_bucket_server_side_encryption_configuration s3_bucket_versioning s3_bucket_website_configuration
      s3_directory_bucket s3_object s3control_bucket s3control_bucket_lifecycle_configuration s3control_bucket_policy
      s3tables_namespace s3tables_table s3tables_table_bucket_policy s3tables_table_policy
      s3tables_table_bucket_replication s3vectors_index s3vectors_vector_bucket s3vectors_vector_bucket_policy
      lightsail_bucket_access_key lightsail_bucket_resource_access s3control_storage_lens_configuration`.split(/\s+/),
  },
  {
    reason: 'Code, a schema or a certificate is read from the bucket, and no data.',
    of: `bedrockagent_agent_action_group bedrockagentcore_agent_runtime
      codegurureviewer_repository_association elastic_beanstalk_application_version finspace_kx_cluster gamelift_build
      gamelift_script lambda_function lambda_layer_version lb_trust_store lb_trust_store_revocation
      lexv2models_slot_type mskconnect_custom_plugin mwaa_environment opensearch_package rds_custom_db_engine_version
      sagemaker_pipeline signer_signing_job synthetics_canary kinesisanalyticsv2_application`.split(/\s+/),
  },
  {
    reason: 'The bucket is looked into where it is.',
    of: ['guardduty_malware_protection_plan', 'macie2_classification_job'],
  },
  {
    reason: 'The argument takes an ARN, by the form of which the search of every text finds the bucket.',
    of: [
      'bedrockagent_data_source data_source_configuration.s3_configuration.bucket_arn',
      'datasync_task task_report_config.s3_destination.s3_bucket_arn',
      'cognito_log_delivery_configuration log_configurations.s3_configuration.bucket_arn',
      'kinesis_analytics_application reference_data_sources.s3.bucket_arn',
    ],
  },
  { reason: 'The bucket is of a server outside AWS, which has a row.', of: ['datasync_location_object_storage'] },
  { reason: 'What InfluxDB calls a bucket is in its database.', of: ['timestreaminfluxdb_db_'] },
  {
    reason: 'Data sets of others are brought in.',
    of: ['dataexchange_revision_assets'],
  },
];

/** What has a bucket in its name and is none: owners, prefixes, keys of encryption, columns. */
const NO_BUCKET =
  /(?:bucket_owner\w*|expected_\w+|bucket_(?:prefix|folder|columns|key_enabled|account_id|access_role_arn)|number_of_buckets|s3_bucket_(?:owner|encryption_enabled)|restrict_public_buckets)$/;

it('every argument that names a bucket has a row, or a reason to have none', () => {
  const rows = new Set(MOVERS.flatMap(({ types, path }) => types.map((type) => `${type} ${path}`)));
  const open = argumentsWithBuckets().filter((name) => !rows.has(`aws_${name}`) && reasonOf(name) === undefined);
  expect(open).toEqual([]);
});

it('every reason is of an argument without a row', () => {
  const rows = new Set(MOVERS.flatMap(({ types, path }) => types.map((type) => `${type} ${path}`)));
  const without = argumentsWithBuckets().filter((name) => !rows.has(`aws_${name}`));
  const stale = REASONS.flatMap(({ of }) => of).filter((wanted) => !without.some((name) => isOf(name, wanted)));
  expect(stale).toEqual([]);
});

function argumentsWithBuckets(): readonly string[] {
  return [...typesOfBindings()].flatMap(([type, paths]) =>
    paths
      .filter((path) => /bucket/.test(path.split('.').at(-1) ?? '') && !NO_BUCKET.test(path))
      .map((path) => `${type} ${path}`),
  );
}

function reasonOf(name: string): string | undefined {
  return REASONS.find(({ of }) => of.some((wanted) => isOf(name, wanted)))?.reason;
}

function isOf(name: string, wanted: string): boolean {
  return wanted.includes(' ') || wanted.endsWith('_') ? name.startsWith(wanted) : name.startsWith(`${wanted} `);
}
