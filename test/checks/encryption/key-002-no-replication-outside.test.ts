import { expect, it } from 'vitest';
import check from '../../../checks/encryption/key-002-no-replication-outside.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';

const REGISTERED = 'arn:aws:kms:eu-west-1:111111111111:key/mrk-0a1b2c3d000040008000000000000001';

const key = (body: { readonly [argument: string]: unknown }) => ({ resource: { aws_kms_key: { ledger: body } } });

const replica = (body: { readonly [argument: string]: unknown }) => ({
  resource: { aws_kms_replica_key: { ledger: { primary_key_arn: REGISTERED, ...body } } },
});

const keys = (site: string, sharing: readonly object[] = []) => ({
  keys: { register: [{ arn: REGISTERED, site, owner: 'Keys', reason: 'Made by hand.' }], sharing },
});

testCheck(check, {
  pass: [
    { name: 'a key of one Region by default', stacks: { west: key({}) } },
    { name: 'multi_region that is off as a string', stacks: { west: key({ multi_region: 'false' }) } },
    { name: 'an imported key of one Region', stacks: { west: { resource: { aws_kms_external_key: { ledger: {} } } } } },
    { name: 'a replica at the site of its primary', stacks: { west: replica({}) }, policy: keys('west') },
    {
      name: 'a replica at a site that the policy shares the key with',
      stacks: { west: { resource: {} }, north: replica({}) },
      policy: keys('west', [{ key: REGISTERED, sites: ['west', 'north'], reason: 'Backups.' }]),
    },
    {
      name: 'a replica of an imported key',
      stacks: {
        west: {
          resource: {
            aws_kms_external_key: { ledger: { multi_region: false } },
            aws_kms_replica_external_key: { copy: { primary_key_arn: '${aws_kms_external_key.ledger.arn}' } },
          },
        },
      },
    },
  ],
  fail: [
    {
      name: 'a multi-Region key',
      stacks: { west: key({ multi_region: true }) },
      fails: { 'aws_kms_key.ledger': 'multiRegion' },
    },
    {
      name: 'a multi-Region imported key, as a string',
      stacks: { west: { resource: { aws_kms_external_key: { ledger: { multi_region: 'true' } } } } },
      fails: { 'aws_kms_external_key.ledger': 'multiRegion' },
    },
    {
      name: 'a replica whose region argument leads outside',
      stacks: { west: replica({ region: 'us-east-1' }) },
      policy: keys('west'),
      fails: { 'aws_kms_replica_key.ledger': 'outside' },
    },
    {
      name: 'a replica whose provider leads outside',
      stacks: {
        west: {
          provider: {
            aws: [
              { region: 'eu-west-1', allowed_account_ids: ['111111111111'] },
              { alias: 'london', region: 'eu-west-2', allowed_account_ids: ['111111111111'] },
            ],
          },
          ...replica({ provider: 'aws.london' }),
        },
      },
      policy: keys('west'),
      fails: { 'aws_kms_replica_key.ledger': 'outside' },
    },
    {
      name: 'a replica at a site that the policy does not share the key with',
      stacks: { west: { resource: {} }, north: replica({}) },
      policy: keys('west'),
      fails: { 'aws_kms_replica_key.ledger': 'otherSite' },
    },
    {
      name: 'the primary, and its replica at another site',
      stacks: {
        links: {
          provider: {
            aws: [
              { region: 'eu-west-1', allowed_account_ids: ['111111111111'] },
              { alias: 'north', region: 'eu-north-1', allowed_account_ids: ['222222222222'] },
            ],
          },
          resource: {
            aws_kms_key: { ledger: { multi_region: true } },
            aws_kms_replica_key: { copy: { provider: 'aws.north', primary_key_arn: '${aws_kms_key.ledger.arn}' } },
          },
        },
      },
      fails: { 'aws_kms_key.ledger': 'multiRegion', 'aws_kms_replica_key.copy': 'otherSite' },
    },
  ],
  unproven: [
    {
      name: 'multi_region from a variable',
      stacks: { west: { variable: { many: {} }, ...key({ multi_region: '${var.many}' }) } },
      unproven: { 'aws_kms_key.ledger': 'var.many' },
    },
    {
      name: 'a replica of a key that is not known',
      stacks: { west: replica({}) },
      unproven: { 'aws_kms_replica_key.ledger': 'neither in the estate nor in the register' },
    },
    {
      name: 'a replica in a Region that is not known',
      stacks: { west: { variable: { place: {} }, ...replica({ region: '${var.place}' }) } },
      policy: keys('west'),
      unproven: { 'aws_kms_replica_key.ledger': 'var.place' },
    },
    {
      name: 'a replica without a primary',
      stacks: { west: replica({ primary_key_arn: null }) },
      unproven: { 'aws_kms_replica_key.ledger': 'does not name' },
    },
    {
      name: 'a replica in a stack that the policy does not expect',
      stacks: { east: { provider: { aws: [{ region: 'eu-west-1' }] }, ...replica({}) } },
      policy: keys('west'),
      unproven: { 'aws_kms_replica_key.ledger': 'does not expect' },
    },
  ],
});

it('has an exception for a replica at another site not cover one in another Region', () => {
  const policy = keys('west');
  const near = { stacks: { west: { resource: {} }, north: replica({}) }, policy };
  const far = { stacks: { west: { resource: {} }, north: replica({ region: 'eu-central-1' }) }, policy };
  expect(isCovered(check, near, far)).toBe(false);
});
