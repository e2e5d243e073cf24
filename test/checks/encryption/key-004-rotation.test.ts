import check from '../../../checks/encryption/key-004-rotation.ts';
import { testCheck } from '../../support/check-tester.ts';

const key = (body: { readonly [argument: string]: unknown }) => ({
  west: { resource: { aws_kms_key: { ledger: body } } },
});

const imported = { west: { resource: { aws_kms_external_key: { ledger: {} } } } };

const evidence = (subject: string, expires = '2027-06-30') => ({
  evidence: [
    {
      id: 'ledger-rotation',
      kind: 'key-rotation',
      subject,
      states: 'Rotated on 2026-06-30',
      issuer: 'Key custodian',
      issued: '2026-07-01',
      expires,
      document: 'vault/rotation.pdf',
    },
  ],
});

const replica = (primary: { readonly [argument: string]: unknown }) => ({
  west: {
    resource: {
      aws_kms_key: { ledger: { multi_region: true, ...primary } },
      aws_kms_replica_key: { copy: { primary_key_arn: '${aws_kms_key.ledger.arn}' } },
    },
  },
});

testCheck(check, {
  pass: [
    { name: 'rotation once a year, the default', stacks: key({ enable_key_rotation: true }) },
    {
      name: 'a shorter period, as strings',
      stacks: key({ enable_key_rotation: 'true', rotation_period_in_days: '90' }),
    },
    {
      name: 'a spelt-out symmetric key',
      stacks: key({ enable_key_rotation: true, customer_master_key_spec: 'SYMMETRIC_DEFAULT' }),
    },
    {
      name: 'an asymmetric key with evidence',
      stacks: key({ customer_master_key_spec: 'RSA_4096', key_usage: 'SIGN_VERIFY' }),
      policy: evidence('west:aws_kms_key.ledger'),
    },
    {
      name: 'an imported key with evidence',
      stacks: imported,
      policy: evidence('west:aws_kms_external_key.ledger'),
    },
    { name: 'a replica of a key that rotates', stacks: replica({ enable_key_rotation: true }) },
    {
      name: 'a longer period that the policy allows',
      stacks: key({ enable_key_rotation: true, rotation_period_in_days: 730 }),
      policy: { keys: { maximumRotationDays: 730 } },
    },
  ],
  fail: [
    { name: 'a key without rotation', stacks: key({}), fails: { 'aws_kms_key.ledger': 'off' } },
    {
      name: 'rotation that is off as a string',
      stacks: key({ enable_key_rotation: 'false' }),
      fails: { 'aws_kms_key.ledger': 'off' },
    },
    {
      name: 'rotation that is null',
      stacks: key({ enable_key_rotation: null }),
      fails: { 'aws_kms_key.ledger': 'off' },
    },
    {
      name: 'too long a period',
      stacks: key({ enable_key_rotation: true, rotation_period_in_days: 366 }),
      fails: { 'aws_kms_key.ledger': 'slow' },
    },
    {
      name: 'the default period where the policy wants a shorter one',
      stacks: key({ enable_key_rotation: true }),
      policy: { keys: { maximumRotationDays: 90 } },
      fails: { 'aws_kms_key.ledger': 'slow' },
    },
  ],
  unproven: [
    {
      name: 'rotation from a variable',
      stacks: { west: { variable: { rotate: {} }, ...key({ enable_key_rotation: '${var.rotate}' }).west } },
      unproven: { 'aws_kms_key.ledger': 'var.rotate' },
    },
    {
      name: 'a spec from a variable',
      stacks: { west: { variable: { spec: {} }, ...key({ customer_master_key_spec: '${var.spec}' }).west } },
      unproven: { 'aws_kms_key.ledger': 'var.spec' },
    },
    {
      name: 'an HMAC key without evidence',
      stacks: key({ customer_master_key_spec: 'HMAC_256', key_usage: 'GENERATE_VERIFY_MAC' }),
      unproven: { 'aws_kms_key.ledger': 'no evidence' },
    },
    {
      name: 'a key in a custom key store, whatever its rotation says',
      stacks: key({ enable_key_rotation: true, custom_key_store_id: 'cks-1234567890abcdef0' }),
      unproven: { 'aws_kms_key.ledger': 'custom key store' },
    },
    {
      name: 'an imported key with evidence of another',
      stacks: imported,
      policy: evidence('north:aws_kms_external_key.ledger'),
      unproven: { 'aws_kms_external_key.ledger': 'no evidence' },
    },
    {
      name: 'an imported key with evidence that has expired',
      stacks: imported,
      policy: evidence('west:aws_kms_external_key.ledger', '2026-10-31'),
      unproven: { 'aws_kms_external_key.ledger': 'expired on 2026-10-31' },
    },
    {
      name: 'an imported key before its evidence holds',
      stacks: imported,
      policy: evidence('west:aws_kms_external_key.ledger'),
      asOf: '2026-06-30',
      unproven: { 'aws_kms_external_key.ledger': 'holds only from 2026-07-01' },
    },
    {
      name: 'a replica of a key whose rotation is not known',
      stacks: { west: { variable: { rotate: {} }, ...replica({ enable_key_rotation: '${var.rotate}' }).west } },
      unproven: { 'aws_kms_key.ledger': 'var.rotate', 'aws_kms_replica_key.copy': 'var.rotate' },
    },
    {
      name: 'a replica of a key outside the estate',
      stacks: {
        west: {
          resource: {
            aws_kms_replica_key: {
              copy: { primary_key_arn: 'arn:aws:kms:eu-west-1:111111111111:key/mrk-0a1b2c3d000040008000000000000001' },
            },
          },
        },
      },
      unproven: { 'aws_kms_replica_key.copy': 'not in the estate' },
    },
  ],
});
