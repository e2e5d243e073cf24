import { expect, it } from 'vitest';
import check from '../../../checks/encryption/key-001-keys-of-own-site.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';

const REGISTERED = 'arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d-0000-4000-8000-000000000001';

const volume = (key: unknown, more: { readonly [type: string]: unknown } = {}) => ({
  resource: { aws_ebs_volume: { ledger: { encrypted: true, kms_key_id: key } }, ...more },
});

const ledgerKey = (body: { readonly [argument: string]: unknown } = {}) => ({ aws_kms_key: { ledger: body } });

const STATE = { bucket: 'ledger-state', key: 'north', region: 'eu-north-1' };
const OUTPUT = 'cross-stack-output-aws_kms_keyledgerarn';
const northKey = {
  terraform: { backend: { s3: STATE } },
  resource: ledgerKey(),
  output: { [OUTPUT]: { value: '${aws_kms_key.ledger.arn}' } },
};
const remote = {
  data: {
    terraform_remote_state: {
      'cross-stack-reference-input-north': {
        backend: 's3',
        config: STATE,
      },
    },
  },
};
const foreignKey = `\${data.terraform_remote_state.cross-stack-reference-input-north.outputs.${OUTPUT}}`;
const crossSite = { west: { ...remote, ...volume(foreignKey) }, north: northKey };

const register = (site: string) => ({
  keys: { register: [{ arn: REGISTERED, site, owner: 'Keys', reason: 'Made by hand.' }] },
});
const sharing = (key: string, sites: readonly string[]) => ({
  keys: { sharing: [{ key, sites, reason: 'Replicas.' }] },
});

testCheck(check, {
  pass: [
    { name: 'a key of the same stack', stacks: { west: volume('${aws_kms_key.ledger.arn}', ledgerKey()) } },
    {
      name: 'a key by its alias',
      stacks: {
        west: volume('alias/ledger', {
          ...ledgerKey(),
          aws_kms_alias: { ledger: { name: 'alias/ledger', target_key_id: '${aws_kms_key.ledger.id}' } },
        }),
      },
    },
    { name: 'a registered key of the site', stacks: { west: volume(REGISTERED) }, policy: register('west') },
    {
      name: 'a key that the policy shares',
      stacks: crossSite,
      policy: sharing('north:aws_kms_key.ledger', ['west', 'north']),
    },
    {
      name: 'a literal that the policy shares',
      stacks: { west: volume('arn:aws:kms:eu-north-1:222222222222:key/0a1b2c3d-0000-4000-8000-000000000002') },
      policy: sharing('arn:aws:kms:eu-north-1:222222222222:key/0a1b2c3d-0000-4000-8000-000000000002', [
        'west',
        'north',
      ]),
    },
    {
      name: 'keys in a single block and in a list',
      stacks: {
        west: {
          resource: {
            ...ledgerKey(),
            aws_instance: {
              ledger: {
                root_block_device: { kms_key_id: '${aws_kms_key.ledger.arn}' },
                ebs_block_device: [
                  { device_name: '/dev/sdf', kms_key_id: '${aws_kms_key.ledger.arn}' },
                  { device_name: '/dev/sdg' },
                ],
              },
            },
          },
        },
      },
    },
    {
      name: 'a key of the same provider, whose account is not known',
      stacks: {
        west: { provider: { aws: [{ region: 'eu-west-1' }] }, ...volume('${aws_kms_key.ledger.arn}', ledgerKey()) },
      },
    },
  ],
  fail: [
    {
      name: 'a key of another site',
      stacks: crossSite,
      fails: { 'aws_ebs_volume.ledger': 'otherSite' },
    },
    {
      name: 'a key that is shared with other sites only',
      stacks: crossSite,
      policy: sharing('north:aws_kms_key.ledger', ['north', 'monitor']),
      fails: { 'aws_ebs_volume.ledger': 'otherSite' },
    },
    {
      name: 'a registered key of another site',
      stacks: { west: volume(REGISTERED) },
      policy: register('monitor'),
      fails: { 'aws_ebs_volume.ledger': 'otherSite' },
    },
    {
      name: 'a key that AWS manages',
      stacks: { west: volume('alias/aws/ebs') },
      fails: { 'aws_ebs_volume.ledger': 'awsManaged' },
    },
    {
      name: 'a key in a document of EMR',
      stacks: {
        west: {
          resource: {
            aws_emr_security_configuration: {
              ledger: {
                configuration: JSON.stringify({
                  EncryptionConfiguration: {
                    EnableAtRestEncryption: true,
                    AtRestEncryptionConfiguration: {
                      S3EncryptionConfiguration: { EncryptionMode: 'SSE-KMS', AwsKmsKey: REGISTERED },
                    },
                  },
                }),
              },
            },
          },
        },
      },
      policy: register('monitor'),
      fails: { 'aws_emr_security_configuration.ledger': 'otherSite' },
    },
    {
      name: 'a key that AWS manages behind a data source',
      stacks: {
        west: {
          data: { aws_kms_alias: { ebs: { name: 'alias/aws/ebs' } } },
          ...volume('${data.aws_kms_alias.ebs.arn}'),
        },
      },
      fails: { 'aws_ebs_volume.ledger': 'awsManaged' },
    },
    {
      name: 'a literal key in another Region',
      stacks: { west: volume('arn:aws:kms:us-east-1:111111111111:key/0a1b2c3d-0000-4000-8000-000000000002') },
      fails: { 'aws_ebs_volume.ledger': 'elsewhere' },
    },
    {
      name: 'a literal key of another account',
      stacks: { west: volume('arn:aws:kms:eu-west-1:999999999999:key/0a1b2c3d-0000-4000-8000-000000000002') },
      fails: { 'aws_ebs_volume.ledger': 'elsewhere' },
    },
    {
      name: 'a key that its region argument puts elsewhere',
      stacks: { west: volume('${aws_kms_key.ledger.arn}', ledgerKey({ region: 'us-east-1' })) },
      fails: { 'aws_ebs_volume.ledger': 'elsewhere' },
    },
    {
      name: 'a key that its provider puts elsewhere',
      stacks: {
        west: {
          provider: {
            aws: [
              { region: 'eu-west-1', allowed_account_ids: ['111111111111'] },
              { alias: 'america', region: 'us-east-1', allowed_account_ids: ['111111111111'] },
            ],
          },
          ...volume('${aws_kms_key.ledger.arn}', ledgerKey({ provider: 'aws.america' })),
        },
      },
      fails: { 'aws_ebs_volume.ledger': 'elsewhere' },
    },
    {
      name: 'a key of another account of the same stack',
      stacks: {
        west: {
          provider: {
            aws: [
              { region: 'eu-west-1', allowed_account_ids: ['111111111111'] },
              { alias: 'other', region: 'eu-west-1', allowed_account_ids: ['999999999999'] },
            ],
          },
          ...volume('${aws_kms_key.ledger.arn}', ledgerKey({ provider: 'aws.other' })),
        },
      },
      fails: { 'aws_ebs_volume.ledger': 'elsewhere' },
    },
    {
      name: 'one bad device among good ones, as DLM and CodePipeline name keys too',
      stacks: {
        west: {
          resource: {
            ...ledgerKey(),
            aws_codepipeline: {
              release: {
                artifact_store: [
                  { encryption_key: { id: '${aws_kms_key.ledger.arn}', type: 'KMS' } },
                  { encryption_key: { id: 'alias/aws/s3', type: 'KMS' } },
                ],
              },
            },
          },
        },
      },
      fails: { 'aws_codepipeline.release': 'awsManaged' },
    },
  ],
  unproven: [
    {
      name: 'a literal of the site that nobody registered',
      stacks: { west: volume(REGISTERED) },
      unproven: { 'aws_ebs_volume.ledger': 'neither in the estate nor in the register' },
    },
    {
      name: 'a key from a variable',
      stacks: { west: { variable: { key: {} }, ...volume('${var.key}') } },
      unproven: { 'aws_ebs_volume.ledger': 'var.key' },
    },
    {
      name: 'a key of a stack that is missing',
      stacks: { west: crossSite.west },
      unproven: { 'aws_ebs_volume.ledger': 'cross-stack' },
    },
    {
      name: 'a key whose Region is not known',
      stacks: {
        west: {
          variable: { place: {} },
          ...volume('${aws_kms_key.ledger.arn}', ledgerKey({ region: '${var.place}' })),
        },
      },
      unproven: { 'aws_ebs_volume.ledger': 'var.place' },
    },
    {
      name: 'blocks that only the plan knows',
      stacks: {
        west: {
          variable: { disks: {} },
          resource: {
            aws_instance: {
              ledger: {
                dynamic: {
                  ebs_block_device: { for_each: '${var.disks}', content: { kms_key_id: '${ebs_block_device.value}' } },
                },
              },
            },
          },
        },
      },
      unproven: { 'aws_instance.ledger': 'dynamic.ebs_block_device' },
    },
    {
      name: 'a user in a stack that the policy does not expect',
      stacks: { east: volume('${aws_kms_key.ledger.arn}', ledgerKey()) },
      unproven: { 'aws_ebs_volume.ledger': 'does not expect' },
    },
  ],
});

it.each([
  [
    'a key of another site in another Region',
    crossSite,
    { ...crossSite, north: { ...northKey, resource: ledgerKey({ region: 'us-east-1' }) } },
  ],
  [
    'a key of another site in another account',
    crossSite,
    {
      ...crossSite,
      north: { ...northKey, provider: { aws: [{ region: 'eu-north-1', allowed_account_ids: ['999999999999'] }] } },
    },
  ],
  [
    'a key of another Region in another account',
    { west: volume('${aws_kms_key.ledger.arn}', ledgerKey({ region: 'us-east-1' })) },
    {
      west: {
        provider: {
          aws: [
            { region: 'eu-west-1', allowed_account_ids: ['111111111111'] },
            { alias: 'far', region: 'us-east-1', allowed_account_ids: ['999999999999'] },
          ],
        },
        ...volume('${aws_kms_key.ledger.arn}', ledgerKey({ provider: 'aws.far' })),
      },
    },
  ],
])('has an exception not cover %s', (_, approved, graver) => {
  expect(isCovered(check, { stacks: approved }, { stacks: graver })).toBe(false);
});
