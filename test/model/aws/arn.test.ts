import { assert, constant, constantFrom, oneof, property, record, string, stringMatching } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatArn, outpostOfArn, parseArn, parseKmsArn, parseS3Arn } from '../../../model/aws/arn.ts';
import { PARTITIONS, REGIONS } from '../../../model/aws/jurisdictions.ts';

describe('ARNs', () => {
  test('splits the six fields and leaves the colons of the resource', () => {
    expect(parseArn('arn:aws:logs:eu-west-1:111122223333:log-group:/trefoil/flow:*')).toEqual({
      partition: 'aws',
      service: 'logs',
      region: 'eu-west-1',
      account: '111122223333',
      resource: 'log-group:/trefoil/flow:*',
    });
    expect(parseArn('arn:aws:iam::aws:policy/ReadOnlyAccess')?.account).toBe('aws');
    expect(parseArn('arn:aws-cn:s3:::ledger')?.partition).toBe('aws-cn');
  });

  test.each([
    '',
    'arn',
    'arn:aws:s3:::',
    'arn:aws:s3::ledger',
    'ARN:aws:s3:::ledger',
    ' arn:aws:s3:::ledger',
    'arn:aws:s3:::ledger\n',
    'arn:mars:s3:::ledger',
    'arn:constructor:s3:::ledger',
    'arn:*:s3:::ledger',
    'arn:aws:kms:*:111122223333:key/a',
    'arn:aws:kms:eu-west-1:*:key/a',
    'arn:aws:kms:eu-west-1:1111:key/a',
    'arn:aws:kms:Ireland:111122223333:key/a',
  ])('refuses %j', (text) => {
    expect(parseArn(text)).toBeNull();
  });

  test('formats what it parsed', () => {
    const arn = record({
      partition: constantFrom(...PARTITIONS.keys()),
      service: stringMatching(/^[a-z0-9-]{1,12}$/),
      region: constantFrom('', ...REGIONS.keys()),
      account: oneof(constant(''), stringMatching(/^\d{12}$/)),
      resource: stringMatching(/^[ -~]{1,40}$/),
    });
    assert(
      property(arn, (value) => {
        expect(parseArn(formatArn(value))).toEqual(value);
      }),
    );
    assert(
      property(string(), (text) => {
        const parsed = parseArn(text);
        return parsed === null || formatArn(parsed) === text;
      }),
    );
  });
});

test('a KMS ARN is a key or an alias, with its Region and account', () => {
  expect(parseKmsArn('arn:aws:kms:eu-west-1:111122223333:key/mrk-0a')).toMatchObject({
    kind: 'key',
    id: 'mrk-0a',
    isMultiRegion: true,
  });
  expect(parseKmsArn('arn:aws:kms:eu-west-1:111122223333:key/0a-1b')).toMatchObject({
    kind: 'key',
    isMultiRegion: false,
  });
  expect(parseKmsArn('arn:aws:kms:eu-west-1:111122223333:alias/ledger')).toMatchObject({
    kind: 'alias',
    id: 'alias/ledger',
    isAwsManaged: false,
  });
  expect(parseKmsArn('arn:aws:kms:eu-west-1:111122223333:alias/aws/s3')).toMatchObject({
    kind: 'alias',
    isAwsManaged: true,
  });
  expect(parseKmsArn('arn:aws:kms::111122223333:key/0a')).toBeNull();
  expect(parseKmsArn('arn:aws:kms:eu-west-1:111122223333:key/*')).toBeNull();
  expect(parseKmsArn('arn:aws:s3:::ledger')).toBeNull();
});

test('an S3 ARN is a bucket, an access point, or one of them on an Outpost', () => {
  expect(parseS3Arn('arn:aws:s3:::ledger')).toMatchObject({ kind: 'bucket', bucket: 'ledger', key: null });
  expect(parseS3Arn('arn:aws:s3:::ledger/2026/*')).toMatchObject({ kind: 'bucket', bucket: 'ledger', key: '2026/*' });
  expect(parseS3Arn('arn:aws:s3:eu-west-1:111122223333:accesspoint/audit')).toMatchObject({
    kind: 'access-point',
    name: 'audit',
  });
  expect(parseS3Arn('arn:aws:s3express:eu-west-1:111122223333:bucket/ledger--euw1-az1--x-s3')).toMatchObject({
    bucket: 'ledger--euw1-az1--x-s3',
  });
  expect(parseS3Arn('arn:aws:s3-outposts:eu-north-1:111122223333:outpost/op-0a1b/bucket/ledger')).toMatchObject({
    kind: 'outpost-bucket',
    outpost: 'op-0a1b',
    bucket: 'ledger',
  });
  expect(parseS3Arn('arn:aws:s3-outposts:eu-north-1:111122223333:outpost/op-0a1b/accesspoint/audit')).toMatchObject({
    kind: 'outpost-access-point',
    name: 'audit',
  });
  expect(parseS3Arn('arn:aws:s3-outposts:eu-north-1:111122223333:bucket/ledger')).toBeNull();
  expect(parseS3Arn('arn:aws:s3:::*')).toBeNull();
});

test('an Outpost is found in its own ARN and in those of what lies on it', () => {
  expect(outpostOfArn('arn:aws:outposts:eu-north-1:111122223333:outpost/op-0a1b2c3d')).toBe('op-0a1b2c3d');
  expect(outpostOfArn('arn:aws:s3-outposts:eu-north-1:111122223333:outpost/op-0a1b/bucket/ledger')).toBe('op-0a1b');
  expect(outpostOfArn('arn:aws:outposts:eu-north-1:111122223333:site/os-0a1b')).toBeNull();
  expect(outpostOfArn('arn:aws:s3:::outpost/op-0a1b')).toBeNull();
});
