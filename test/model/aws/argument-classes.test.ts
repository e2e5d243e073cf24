import { describe, expect, test } from 'vitest';
import { classifyArguments, describeEvidence, reasonFromArguments } from '../../../model/aws/argument-classes.ts';
import { typesOfBindings } from '../../../scripts/provider-arguments.ts';

const BINDINGS = typesOfBindings();

describe('arguments show', () => {
  test.each([
    [['name', 'kms_key_id'], ['stores']],
    [['storage.encryption_key_arn'], ['stores']],
    [['rule.destination.bucket'], ['moves']],
    [
      ['log_destination', 'vpc_id'],
      ['moves', 'network'],
    ],
    [
      ['instance_type', 'subnet_ids'],
      ['computes', 'network'],
    ],
    [['bucket', 'policy'], ['identity']],
    [
      ['key_usage', 'policy'],
      ['identity', 'key'],
    ],
    [['log_group_name'], ['log']],
  ])('%j that the classes are %j', (paths, classes) => {
    expect(classifyArguments(paths)?.classes).toEqual(classes);
  });

  test.each([
    [[]],
    [['name', 'tags', 'description', 'region', 'id']],
    // What an argument sets, and where a packet goes, is no destination of data.
    [['bucket']],
    [['destination_port', 'destination_pool_name']],
    [['my_kms', 'unencrypted', 'vpc_identifier']],
  ])('nothing: %j', (paths) => {
    expect(classifyArguments(paths)).toBeNull();
  });

  test('never that a type is inert', () => {
    const shown = Array.from(BINDINGS.values(), (paths) => classifyArguments(paths)?.classes ?? []);
    expect(shown.flat().includes('inert')).toBe(false);
    expect(shown.filter((classes) => classes.length > 0).length).toBeGreaterThan(500);
  });
});

test('evidence is told in words', () => {
  const evidence = classifyArguments(['subnet_ids', 'kms_key_id']);
  expect(evidence && describeEvidence(evidence)).toBe('stores data, network, by the arguments kms_key_id, subnet_ids');
  expect(reasonFromArguments(['vpc_id'])).toBe('has the argument vpc_id');
});

test('the bindings give the arguments that can be set, nested ones by their path', () => {
  expect(BINDINGS.size).toBe(1581);
  expect(BINDINGS.get('kms_key')).toEqual(expect.arrayContaining(['multi_region', 'policy']));
  expect(BINDINGS.get('s3_bucket_replication_configuration')).toContain('rule.destination.bucket');
  expect(BINDINGS.get('kms_key')).not.toContain('arn');
});
