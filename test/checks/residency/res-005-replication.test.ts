import { expect, it } from 'vitest';
import check from '../../../checks/residency/res-005-replication.ts';
import { testCheck } from '../../support/check-tester.ts';
import { testRows } from '../../support/flow-tester.ts';
import { isCovered } from '../../support/covered.ts';

const west = (resource: object, rest: object = {}) => ({ west: { resource, ...rest } });
const table = (region: string, rest: object = {}) => ({
  aws_dynamodb_table: { ledger: { name: 'ledger', replica: [{ region_name: region }], ...rest } },
});
const variables = (entries: object) => ({ environment: [{ variables: entries }] });
const tagged = (dataClass: string) => ({ tags: { 'ledger:data-class': dataClass } });
const replication = (destination: object, rest: object = {}) => ({
  aws_s3_bucket_replication_configuration: {
    ledger: {
      bucket: '${aws_s3_bucket.ledger.id}',
      role: 'arn:aws:iam::111111111111:role/copier',
      rule: [{ status: 'Enabled', destination, ...rest }],
    },
  },
});
const transitional = {
  sites: [
    { id: 'west', name: 'West', country: 'IE', region: 'eu-west-1', account: '111111111111', zoneIds: ['euw1-az1'] },
    {
      id: 'interim',
      name: 'Interim',
      role: 'transitional',
      country: 'US',
      region: 'us-east-1',
      account: '444444444444',
    },
    {
      id: 'monitor',
      name: 'Monitor',
      role: 'monitor',
      country: 'DE',
      region: 'eu-central-1',
      account: '333333333333',
      zoneIds: ['euc1-az1'],
    },
  ],
  stacks: [{ name: 'west', sites: ['west'] }],
  evidence: [],
};

testRows(check, 'replica');

testCheck(check, {
  pass: [
    { name: 'a replica of what is not restricted', stacks: west(table('eu-central-1', tagged('operational'))) },
    {
      name: 'a bucket whose Region a literal name finds in the estate',
      stacks: west({
        aws_s3_bucket: { ledger: {}, copy: { bucket: 'ledger-copy' } },
        ...replication({ bucket: 'arn:aws:s3:::ledger-copy' }),
      }),
    },
    {
      name: 'a rule that is switched off beside one that stays inside',
      stacks: west({
        aws_s3_bucket: { ledger: {}, copy: {}, far: { region: 'us-east-1' } },
        aws_s3_bucket_replication_configuration: {
          ledger: {
            bucket: '${aws_s3_bucket.ledger.id}',
            rule: [
              { status: 'Disabled', destination: { bucket: '${aws_s3_bucket.far.arn}' } },
              { status: 'Enabled', destination: { bucket: '${aws_s3_bucket.copy.arn}' } },
            ],
          },
        },
      }),
    },
    {
      name: 'the migration of a transitional site into the enclave',
      stacks: west({
        aws_db_instance: { ledger: { replicate_source_db: 'arn:aws:rds:us-east-1:444444444444:db:ledger' } },
      }),
      policy: transitional,
    },
    {
      name: 'a text that names a place of another country beside one of the own, in words, names and refusals',
      stacks: west({
        ...table('eu-central-1', tagged('operational')),
        aws_security_group: { sg: { description: 'nothing goes to us-east-1', name: 'us-east-1-backup' } },
        aws_lambda_function: { app: variables({ TARGET: 'https://sqs.eu-west-1.amazonaws.com/111111111111/near' }) },
      }),
    },
  ],
  fail: [
    {
      name: 'a global table of the first kind, whose table is restricted and named by its name',
      stacks: {
        west: {
          provider: {
            aws: [
              {
                region: 'eu-west-1',
                allowed_account_ids: ['111111111111'],
                default_tags: [{ tags: { 'ledger:data-class': 'operational' } }],
              },
            ],
          },
          resource: {
            aws_dynamodb_table: { ledger: { name: 'ledger', tags: { 'ledger:data-class': 'restricted' } } },
            aws_dynamodb_global_table: { all: { name: 'ledger', replica: [{ region_name: 'eu-central-1' }] } },
          },
        },
      },
      fails: { 'aws_dynamodb_global_table.all': 'leaves' },
    },
    {
      name: 'a replica that a tag calls operational, of a database that another calls restricted',
      stacks: {
        ...west({ aws_db_instance: { ledger: { identifier: 'ledger', ...tagged('restricted') } } }),
        monitor: {
          resource: {
            aws_db_instance: {
              copy: {
                replicate_source_db: 'arn:aws:rds:eu-west-1:111111111111:db:ledger',
                ...tagged('operational'),
              },
            },
          },
        },
      },
      fails: { 'aws_db_instance.copy': 'arrives' },
    },
    {
      name: 'a Region in the environment of a function, which no row of the table knows',
      stacks: west({ aws_lambda_function: { app: variables({ STORE_REGION: 'us-east-1' }) } }),
      fails: { 'aws_lambda_function.app': 'names' },
    },
    {
      name: 'an ARN in an argument that only a later provider has',
      stacks: west({ aws_new_store: { ledger: { mirror: [{ arn: 'arn:aws:sqs:us-east-1:111111111111:far' }] } } }),
      fails: { 'aws_new_store.ledger': 'names' },
    },
    {
      name: 'a profile of inference in the settings of a service',
      stacks: west({
        aws_lambda_function: { app: variables({ MODEL: 'global.anthropic.claude-sonnet-4-20250514-v1:0' }) },
      }),
      fails: { 'aws_lambda_function.app': 'names' },
    },
    {
      name: 'a replica of restricted data in another country of the policy',
      stacks: west(table('eu-central-1', tagged('restricted'))),
      fails: { 'aws_dynamodb_table.ledger': 'leaves' },
    },
    {
      name: 'the United Kingdom under a set of the EEA',
      stacks: west(table('eu-west-2', tagged('operational'))),
      fails: { 'aws_dynamodb_table.ledger': 'leaves' },
    },
    {
      name: 'a bucket that its own argument moves, by the class of the bucket that is copied',
      stacks: west({
        aws_s3_bucket: { ledger: tagged('restricted'), copy: { region: 'eu-north-1', ...tagged('operational') } },
        ...replication({ bucket: '${aws_s3_bucket.copy.arn}' }),
      }),
      fails: { 'aws_s3_bucket_replication_configuration.ledger': 'leaves' },
    },
    {
      name: 'a Local Zone in Istanbul',
      stacks: west({ aws_s3_directory_bucket: { ledger: { location: { name: 'euc1-ist1-az1' } } } }),
      fails: { 'aws_s3_directory_bucket.ledger': 'leaves' },
    },
    {
      name: 'a replica of a database in the United States',
      stacks: west({
        aws_db_instance: { ledger: { replicate_source_db: 'arn:aws:rds:us-east-1:111111111111:db:ledger' } },
      }),
      fails: { 'aws_db_instance.ledger': 'arrives' },
    },
  ],
  unproven: [
    {
      name: 'a bucket that is known only by its name',
      stacks: west({ aws_s3_bucket: { ledger: {} }, ...replication({ bucket: 'arn:aws:s3:::elsewhere' }) }),
      unproven: { 'aws_s3_bucket_replication_configuration.ledger': 'tells neither Region nor account' },
    },
    {
      name: 'a bucket that a data source reads',
      stacks: west(
        { aws_s3_bucket: { ledger: {} }, ...replication({ bucket: '${data.aws_s3_bucket.copy.arn}' }) },
        { data: { aws_s3_bucket: { copy: { bucket: 'copy' } } } },
      ),
      unproven: { 'aws_s3_bucket_replication_configuration.ledger': 'data.aws_s3_bucket.copy' },
    },
    {
      name: 'a script that sets a Region',
      stacks: west({ aws_instance: { host: { user_data: 'export AWS_DEFAULT_REGION=us-east-1' } } }),
      unproven: { 'aws_instance.host': 'user_data naming' },
    },
    {
      name: 'a reference to a store in another country',
      stacks: west({
        aws_s3_bucket: { far: { region: 'us-east-1' } },
        aws_lambda_function: { app: variables({ STORE: '${aws_s3_bucket.far.arn}' }) },
      }),
      unproven: { 'aws_lambda_function.app': 'aws_s3_bucket.far' },
    },
    {
      name: 'a bucket of which only the name is known, in a text that nothing else tells',
      stacks: west({ aws_lambda_function: { app: variables({ STORE: 's3://ledger-copy/in' }) } }),
      unproven: { 'aws_lambda_function.app': 'ledger-copy' },
    },
    {
      name: 'a host outside AWS that the policy does not name',
      stacks: west({ aws_lambda_function: { app: variables({ HOOK: 'https://hooks.example/in' }) } }),
      unproven: { 'aws_lambda_function.app': 'hooks.example' },
    },
    {
      name: 'a rule of which nobody knows whether it is switched on',
      stacks: west(
        {
          aws_s3_bucket: { ledger: {}, far: { region: 'us-east-1' } },
          ...replication({ bucket: '${aws_s3_bucket.far.arn}' }, { status: '${var.status}' }),
        },
        { variable: { status: {} } },
      ),
      unproven: { 'aws_s3_bucket_replication_configuration.ledger': 'var.status' },
    },
    {
      name: 'a Region in Cyrillic letters',
      stacks: west(table('еu-west-1')),
      unproven: { 'aws_dynamodb_table.ledger': 'no Region that the table knows' },
    },
    {
      name: 'a Region that is the default of a variable',
      stacks: west(table('${var.region}'), { variable: { region: { default: 'eu-west-1' } } }),
      unproven: { 'aws_dynamodb_table.ledger': 'var.region' },
    },
    {
      name: 'a global cluster that is not in the estate',
      stacks: west({ aws_rds_cluster: { ledger: { global_cluster_identifier: 'ledger-world' } } }),
      unproven: { 'aws_rds_cluster.ledger': 'ledger-world' },
    },
  ],
});

const bucket = (tags: object = {}) => ({ aws_s3_bucket: { ledger: tags, other: {} } });
const far = { bucket: 'arn:aws:s3:us-east-1:999999999999:accesspoint/far' };

it.each([
  [
    'the whole bucket',
    { ...bucket(), ...replication(far, { filter: { prefix: 'public/' } }) },
    { ...bucket(), ...replication(far, { filter: { prefix: '' } }) },
  ],
  [
    'the bucket without a prefix',
    { ...bucket(), ...replication(far, { prefix: 'a' }) },
    { ...bucket(), ...replication(far) },
  ],
  ['another class of data', table('us-east-1', tagged('operational')), table('us-east-1', tagged('restricted'))],
  [
    'another class of data of the bucket',
    { ...bucket(), ...replication(far) },
    { ...bucket(tagged('restricted')), ...replication(far) },
  ],
  [
    'another file system',
    {
      aws_efs_replication_configuration: {
        copy: { source_file_system_id: 'fs-1', destination: { region: 'us-east-1' } },
      },
    },
    {
      aws_efs_replication_configuration: {
        copy: { source_file_system_id: 'fs-2', destination: { region: 'us-east-1' } },
      },
    },
  ],
  [
    'a second replica',
    table('us-east-1'),
    table('us-east-1', { replica: [{ region_name: 'us-east-1' }, { region_name: 'us-west-2' }] }),
  ],
])('has an exception not cover %s', (_, approved, graver) => {
  expect(isCovered(check, { stacks: west(approved) }, { stacks: west(graver) })).toBe(false);
});
