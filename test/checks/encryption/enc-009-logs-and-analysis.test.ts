import check from '../../../checks/encryption/enc-009-logs-and-analysis.ts';
import { testCheck } from '../../support/check-tester.ts';

type Body = { readonly [key: string]: unknown };

const ARN = '${aws_kms_key.ledger.arn}';
const west = (body: Body, more: Body = {}) => ({
  west: { ...more, resource: { aws_kms_key: { ledger: {} }, ...body } },
});
const one = (type: string, body: Body, more: Body = {}) => west({ [type]: { ledger: body } }, more);

const CATALOG = (key: string) => ({
  aws_glue_data_catalog_encryption_settings: {
    ledger: {
      data_catalog_encryption_settings: {
        encryption_at_rest: { catalog_encryption_mode: 'SSE-KMS', sse_aws_kms_key_id: key },
        connection_password_encryption: { return_connection_password_encrypted: true, aws_kms_key_id: key },
      },
    },
  },
});
const ATHENA = (result: Body, configuration: Body = {}) =>
  one('aws_athena_workgroup', { name: 'ledger', configuration: { ...configuration, result_configuration: result } });
const RESULTS = { encryption_configuration: { encryption_option: 'SSE_KMS', kms_key_arn: ARN } };
const emr = (atRest: unknown, isOn: unknown = true) =>
  one('aws_emr_security_configuration', {
    configuration: JSON.stringify({
      EncryptionConfiguration: { EnableAtRestEncryption: isOn, AtRestEncryptionConfiguration: atRest },
    }),
  });
const S3 = { S3EncryptionConfiguration: { EncryptionMode: 'SSE-KMS', AwsKmsKey: '${aws_kms_key.ledger.arn}' } };
const DISKS = { LocalDiskEncryptionConfiguration: { EncryptionKeyProviderType: 'AwsKms', AwsKmsKey: ARN } };

testCheck(check, {
  pass: [
    {
      name: 'logs and backups',
      stacks: west({
        aws_cloudwatch_log_group: { ledger: { name: 'ledger', kms_key_id: ARN } },
        aws_cloudwatch_log_stream: { ledger: { log_group_name: '${aws_cloudwatch_log_group.ledger.name}' } },
        aws_cloudtrail: { ledger: { kms_key_id: ARN } },
        aws_backup_vault: { ledger: { kms_key_arn: ARN } },
        aws_xray_encryption_config: { ledger: { type: 'KMS', key_id: ARN } },
      }),
    },
    {
      name: 'a catalogue, its tables and the jobs that fill them',
      stacks: west({
        ...CATALOG(ARN),
        aws_glue_catalog_database: { ledger: { name: 'ledger' } },
        aws_glue_catalog_table: { ledger: { name: 'ledger' } },
        aws_glue_security_configuration: {
          ledger: {
            encryption_configuration: {
              cloudwatch_encryption: { cloudwatch_encryption_mode: 'SSE-KMS', kms_key_arn: ARN },
              job_bookmarks_encryption: { job_bookmarks_encryption_mode: 'CSE-KMS', kms_key_arn: ARN },
              s3_encryption: { s3_encryption_mode: 'SSE-KMS', kms_key_arn: ARN },
            },
          },
        },
        aws_glue_job: { ledger: { security_configuration: '${aws_glue_security_configuration.ledger.name}' } },
      }),
    },
    { name: 'results of queries with a customer key', stacks: ATHENA(RESULTS) },
    {
      name: 'results of queries in a bucket with a customer key',
      stacks: west({
        aws_s3_bucket: { ledger: { bucket: 'ledger' } },
        aws_s3_bucket_server_side_encryption_configuration: {
          ledger: {
            bucket: '${aws_s3_bucket.ledger.id}',
            rule: { apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: ARN } },
          },
        },
        aws_athena_workgroup: {
          named: { configuration: { result_configuration: { output_location: 's3://ledger/results/' } } },
          joined: {
            configuration: { result_configuration: { output_location: 's3://${aws_s3_bucket.ledger.id}/results/' } },
          },
        },
      }),
    },
    { name: 'a security configuration of EMR', stacks: emr({ ...S3, ...DISKS }) },
    {
      name: 'models and notebooks',
      stacks: west({
        aws_sagemaker_domain: { ledger: { kms_key_id: ARN } },
        aws_sagemaker_space: { ledger: { domain_id: '${aws_sagemaker_domain.ledger.id}' } },
        aws_bedrockagent_agent: { ledger: { customer_encryption_key_arn: ARN } },
        aws_kendra_index: { ledger: { server_side_encryption_configuration: { kms_key_id: ARN } } },
      }),
    },
  ],

  fail: [
    {
      name: 'a log group without a key',
      stacks: one('aws_cloudwatch_log_group', { name: 'ledger' }),
      fails: { 'aws_cloudwatch_log_group.ledger': 'noKey' },
    },
    {
      name: 'a vault with the key of AWS',
      stacks: one('aws_backup_vault', { kms_key_arn: 'alias/aws/backup' }),
      fails: { 'aws_backup_vault.ledger': 'awsManaged' },
    },
    {
      name: 'a data lake with the word for a key of S3',
      stacks: one('aws_securitylake_data_lake', {
        configuration: { encryption_configuration: [{ kms_key_id: 'S3_MANAGED_KEY' }] },
      }),
      fails: { 'aws_securitylake_data_lake.ledger': 'awsManaged' },
    },
    {
      name: 'a list of objects that chooses SSE-S3',
      stacks: one('aws_s3_bucket_inventory', {
        destination: { bucket: { bucket_arn: 'arn:aws:s3:::x', encryption: { sse_s3: {} } } },
      }),
      fails: { 'aws_s3_bucket_inventory.ledger': 'awsManaged' },
    },
    {
      name: 'results that clients may leave without encryption',
      stacks: ATHENA(RESULTS, { enforce_workgroup_configuration: false }),
      fails: { 'aws_athena_workgroup.ledger': 'unencrypted' },
    },
    {
      name: 'copies of snapshots without encryption',
      stacks: one('aws_dlm_lifecycle_policy', {
        policy_details: { schedule: { cross_region_copy_rule: { target: 'eu-north-1', encrypted: false } } },
      }),
      fails: { 'aws_dlm_lifecycle_policy.ledger': 'unencrypted' },
    },
    {
      name: 'a table of a catalogue with a key of AWS',
      stacks: west({ ...CATALOG('alias/aws/glue'), aws_glue_catalog_table: { ledger: { name: 'ledger' } } }),
      fails: {
        'aws_glue_data_catalog_encryption_settings.ledger': 'awsManaged',
        'aws_glue_catalog_table.ledger': 'inherits',
      },
    },
    {
      name: 'a job without a security configuration',
      stacks: one('aws_glue_job', { name: 'ledger' }),
      fails: { 'aws_glue_job.ledger': 'noKey' },
    },
    {
      name: 'a cluster whose security configuration encrypts nothing',
      stacks: west({
        ...emr({}, false).west.resource,
        aws_emr_cluster: { ledger: { security_configuration: '${aws_emr_security_configuration.ledger.name}' } },
      }),
      fails: { 'aws_emr_security_configuration.ledger': 'unencrypted', 'aws_emr_cluster.ledger': 'inherits' },
    },
    {
      name: 'a security configuration with SSE-S3',
      stacks: emr({ S3EncryptionConfiguration: { EncryptionMode: 'SSE-S3' }, ...DISKS }),
      fails: { 'aws_emr_security_configuration.ledger': 'awsManaged' },
    },
    {
      name: 'a security configuration without a word on disks',
      stacks: emr(S3),
      fails: { 'aws_emr_security_configuration.ledger': 'noKey' },
    },
    {
      name: 'an archive of Glacier',
      stacks: one('aws_glacier_vault', { name: 'ledger' }),
      fails: { 'aws_glacier_vault.ledger': 'keyless' },
    },
  ],

  unproven: [
    {
      name: 'a table of a catalogue that another stack may set',
      stacks: one('aws_glue_catalog_table', { name: 'ledger' }),
      unproven: { 'aws_glue_catalog_table.ledger': 'aws_glue_data_catalog_encryption_settings' },
    },
    {
      name: 'a catalogue of another Region',
      stacks: west({
        ...CATALOG(ARN),
        aws_glue_catalog_table: { ledger: { name: 'ledger', region: 'eu-north-1' } },
      }),
      unproven: { 'aws_glue_catalog_table.ledger': 'its Region and account' },
    },
    {
      name: 'results whose bucket is outside the estate',
      stacks: ATHENA({ output_location: 's3://elsewhere/results/' }),
      unproven: { 'aws_athena_workgroup.ledger': 's3://elsewhere/results/' },
    },
    {
      name: 'a security configuration that takes keys from a program',
      stacks: emr({ S3EncryptionConfiguration: { EncryptionMode: 'CSE-Custom' }, ...DISKS }),
      unproven: { 'aws_emr_security_configuration.ledger': 'a program' },
    },
    {
      name: 'a security configuration that is not known',
      stacks: one(
        'aws_emr_security_configuration',
        { configuration: '${var.security}' },
        { variable: { security: { type: 'string' } } },
      ),
      unproven: { 'aws_emr_security_configuration.ledger': 'var.security' },
    },
    {
      name: 'a list of objects that chooses nothing',
      stacks: one('aws_s3_bucket_inventory', {
        destination: { bucket: { bucket_arn: 'arn:aws:s3:::elsewhere', encryption: { sse_s3: [] } } },
      }),
      unproven: { 'aws_s3_bucket_inventory.ledger': 'arn:aws:s3:::elsewhere' },
    },
    {
      name: 'a list of objects whose choice has no value',
      stacks: one(
        'aws_s3_bucket_inventory',
        { destination: { bucket: { bucket_arn: 'arn:aws:s3:::elsewhere', encryption: { sse_s3: '${var.own}' } } } },
        { variable: { own: { type: 'list(object({}))' } } },
      ),
      unproven: { 'aws_s3_bucket_inventory.ledger': 'var.own' },
    },
    {
      name: 'disks of a recovery that the account decides',
      stacks: one('aws_drs_replication_configuration_template', { ebs_encryption: 'DEFAULT' }),
      unproven: { 'aws_drs_replication_configuration_template.ledger': 'leaves the key' },
    },
  ],
});
