import { expect, test } from 'vitest';
import { keyArguments, typesWithKeyArguments } from '../../../model/aws/key-arguments.ts';
import { isKnownType } from '../../../model/aws/resource-types.ts';

test.each([
  ['aws_ebs_volume', ['kms_key_id']],
  ['aws_ssm_parameter', ['key_id']],
  ['aws_eks_cluster', ['encryption_config.provider.key_arn']],
  ['aws_networkfirewall_firewall_policy', ['encryption_configuration.key_id']],
  ['aws_dynamodb_table', ['replica.kms_key_arn', 'server_side_encryption.kms_key_arn']],
  [
    'aws_s3_bucket_server_side_encryption_configuration',
    ['rule.apply_server_side_encryption_by_default.kms_master_key_id'],
  ],
  ['aws_vpc', []],
  ['constructor', []],
])('%s names its keys in %j', (type, paths) => {
  expect(keyArguments(type)).toEqual(paths);
});

test('covers every store whose key can be chosen', () => {
  const types = typesWithKeyArguments();
  expect(types.filter((type) => !isKnownType(type))).toEqual([]);
  expect(types.length).toBeGreaterThan(170);
  for (const type of types) expect(keyArguments(type).length).toBeGreaterThan(0);
});
