import { expect, it } from 'vitest';
import check from '../../../checks/encryption/enc-004-account-defaults.ts';
import { testCheck } from '../../support/check-tester.ts';
import { judge } from '../../../checks/example-estate.ts';

type Body = { readonly [key: string]: unknown };

const ALL = {
  aws_kms_key: { ledger: {} },
  aws_ebs_encryption_by_default: { all: {} },
  aws_ebs_default_kms_key: { all: { key_arn: '${aws_kms_key.ledger.arn}' } },
  aws_ebs_snapshot_block_public_access: { all: { state: 'block-all-sharing' } },
  aws_ec2_image_block_public_access: { all: { state: 'block-new-sharing' } },
};
const west = (body: Body, more: Body = {}) => ({ stacks: { west: { ...more, resource: { ...ALL, ...body } } } });

testCheck(check, {
  pass: [
    { name: 'an account with all four, where omission means that encryption is on', ...west({}) },
    { name: 'sites that each have their own', stacks: { west: { resource: ALL }, north: { resource: ALL } } },
  ],
  fail: [
    {
      name: 'an account without encryption by default',
      ...west({ aws_ebs_encryption_by_default: {} }),
      fails: { west: 'noDefault' },
    },
    {
      name: 'encryption that is switched off',
      ...west({ aws_ebs_encryption_by_default: { all: { enabled: 'false' } } }),
      fails: { west: 'off' },
    },
    { name: 'an account without a key', ...west({ aws_ebs_default_kms_key: {} }), fails: { west: 'noKey' } },
    {
      name: 'the key of AWS',
      ...west({ aws_ebs_default_kms_key: { all: { key_arn: 'alias/aws/ebs' } } }),
      fails: { west: 'awsManaged' },
    },
    {
      name: 'snapshots that may stay public',
      ...west({ aws_ebs_snapshot_block_public_access: { all: { state: 'block-new-sharing' } } }),
      fails: { west: 'weak' },
    },
    {
      name: 'images that nothing blocks',
      ...west({ aws_ec2_image_block_public_access: {} }),
      fails: { west: 'open' },
    },
    {
      name: 'a setting in another Region',
      ...west({ aws_ec2_image_block_public_access: { all: { state: 'block-new-sharing', region: 'eu-central-1' } } }),
      fails: { west: 'open' },
    },
    {
      name: 'one of two settings that is off',
      ...west({ aws_ebs_encryption_by_default: { all: {}, more: { enabled: false } } }),
      fails: { west: 'off' },
    },
    {
      name: 'only the site without them',
      stacks: { west: { resource: ALL }, north: { resource: {} } },
      fails: { north: 'noDefault' },
    },
  ],
  unproven: [
    {
      name: 'a baseline in a stack that is not among the inputs',
      stacks: { west: { resource: {} } },
      policy: {
        stacks: [
          { name: 'west', sites: ['west'] },
          { name: 'west-baseline', sites: ['west'] },
        ],
      },
      unproven: { west: 'the stack west-baseline is not among the inputs' },
    },
    {
      name: 'a switch without a value',
      ...west(
        { aws_ebs_encryption_by_default: { all: { enabled: '${var.encrypt}' } } },
        { variable: { encrypt: { type: 'bool' } } },
      ),
      unproven: { west: 'var.encrypt' },
    },
    {
      name: 'a state without a value',
      ...west(
        { aws_ebs_snapshot_block_public_access: { all: { state: '${var.state}' } } },
        { variable: { state: { type: 'string' } } },
      ),
      unproven: { west: 'var.state' },
    },
    {
      name: 'a key outside the estate',
      ...west({
        aws_ebs_default_kms_key: {
          all: { key_arn: 'arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-4000-8000-000000000001' },
        },
      }),
      unproven: { west: 'neither in the estate nor in the register' },
    },
    {
      name: 'settings that there may be none of',
      ...west(
        { aws_ec2_image_block_public_access: { all: { count: '${var.many}', state: 'block-new-sharing' } } },
        { variable: { many: { type: 'number' } } },
      ),
      unproven: { west: 'count or for_each' },
    },
  ],
});

it('tells everything that an account lacks', () => {
  const [result] = judge([check], { stacks: { west: { resource: {} } } }).results;
  expect([result?.message, ...(result?.also ?? [])]).toEqual([
    'does not encrypt EBS volumes by default in eu-west-1 of account 111111111111',
    'encrypts EBS volumes by default with aws/ebs in eu-west-1 of account 111111111111, because nothing names a customer key',
    'does not block public snapshots in eu-west-1 of account 111111111111',
    'does not block public images in eu-west-1 of account 111111111111',
  ]);
});
