import { describe, expect, it } from 'vitest';
import { keyOf, type KeyTarget } from '../../../checks/encryption/key-of.ts';
import type { Example, StackJson } from '../../../checks/check.ts';
import { estateOf, policyOf } from '../../../checks/example-estate.ts';

const KEY_ID = '0a1b2c3d-0000-4000-8000-000000000001';
const REGISTERED = `arn:aws:kms:eu-west-1:111111111111:key/${KEY_ID}`;
const POLICY = { keys: { register: [{ arn: REGISTERED, site: 'west', owner: 'Keys', reason: 'Made by hand.' }] } };

/** What the key argument of `aws_ebs_volume.ledger` in the stack `west` names, as one line. */
function named(key: unknown, west: StackJson = {}, rest: Example['stacks'] = {}): string {
  const { resource, ...others } = west;
  const example: Example = {
    stacks: {
      west: {
        ...others,
        resource: { ...asObject(resource), aws_ebs_volume: { ledger: { encrypted: true, kms_key_id: key } } },
      },
      ...rest,
    },
    policy: POLICY,
  };
  const estate = estateOf(example);
  const volume = estate.find({ stack: 'west', address: 'aws_ebs_volume.ledger' });
  if (volume === null) throw new TypeError('the volume is missing');
  const context = { estate, policy: policyOf(example), asOf: '2026-11-01' };
  return describeTarget(keyOf(volume.attribute('kms_key_id'), volume, context));
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

function describeTarget(target: KeyTarget): string {
  switch (target.kind) {
    case 'key':
      return `${target.resource.stack}:${target.resource.address}`;
    case 'aws-managed':
      return `aws-managed ${target.name}`;
    case 'registered':
      return `registered ${target.entry.site}`;
    case 'outside':
      return `outside ${target.arn}`;
    case 'hidden':
    case 'none':
      return target.kind;
  }
}

const KEY = { aws_kms_key: { ledger: {} } };
const ALIAS = { aws_kms_alias: { ledger: { name: 'alias/ledger', target_key_id: '${aws_kms_key.ledger.key_id}' } } };

describe('keyOf', () => {
  it.each([
    ['its ARN', '${aws_kms_key.ledger.arn}', 'west:aws_kms_key.ledger'],
    ['its id', '${aws_kms_key.ledger.key_id}', 'west:aws_kms_key.ledger'],
    ['its alias', '${aws_kms_alias.ledger.arn}', 'west:aws_kms_key.ledger'],
    ['the target of its alias', '${aws_kms_alias.ledger.target_key_arn}', 'west:aws_kms_key.ledger'],
    ['the configured target of its alias', '${aws_kms_alias.ledger.target_key_id}', 'west:aws_kms_key.ledger'],
    ['the name of its alias', '${aws_kms_alias.ledger.name}', 'west:aws_kms_key.ledger'],
    ['the id of its alias', '${aws_kms_alias.ledger.id}', 'west:aws_kms_key.ledger'],
    ['a literal alias', 'alias/ledger', 'west:aws_kms_key.ledger'],
    ['the ARN of its alias', 'arn:aws:kms:eu-west-1:111111111111:alias/ledger', 'west:aws_kms_key.ledger'],
    [
      'an ARN around its id',
      'arn:aws:kms:eu-west-1:111111111111:key/${aws_kms_key.ledger.key_id}',
      'west:aws_kms_key.ledger',
    ],
  ])('finds a key of the stack by %s', (_, value, expected) => {
    expect(named(value, { resource: { ...KEY, ...ALIAS } })).toBe(expected);
  });

  it.each([
    ['an ARN around its id in another Region', 'arn:aws:kms:us-east-1:111111111111:key/${aws_kms_key.ledger.key_id}'],
    ['another attribute of a key', '${aws_kms_key.ledger.description}x${aws_kms_key.ledger.policy}'],
    ['a variable', '${var.key}'],
    ['a key that is not there', '${aws_kms_key.receipts.arn}'],
  ])('does not know %s', (_, value) => {
    expect(named(value, { variable: { key: {} }, resource: KEY })).toBe('hidden');
  });

  it.each([
    ['an alias of another account', 'arn:aws:kms:eu-west-1:999999999999:alias/ledger'],
    ['an alias in another Region', 'arn:aws:kms:us-east-1:111111111111:alias/ledger'],
    ['a key that nobody registered', 'arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d-0000-4000-8000-00000000000f'],
    ['an alias that the estate does not make', 'alias/receipts'],
  ])('finds %s outside', (_, value) => {
    expect(named(value, { resource: { ...KEY, ...ALIAS } })).toBe(`outside ${value}`);
  });

  it.each(['alias/aws/ebs', 'aws/ebs', 'arn:aws:kms:eu-west-1:111111111111:alias/aws/ebs', 'AWS_OWNED_KMS_KEY'])(
    'tells the key of a service: %s',
    (value) => {
      expect(named(value)).toBe(`aws-managed ${value}`);
    },
  );

  it.each([REGISTERED, KEY_ID])('finds a key of the register by %s', (value) => {
    expect(named(value)).toBe('registered west');
  });

  it.each([null, ''])('takes %j for no key', (value) => {
    expect(named(value)).toBe('none');
  });

  it('does not take an alias of that name in another place', () => {
    const north = { resource: { ...KEY, ...ALIAS } };
    expect(named('alias/ledger', {}, { north })).toBe('outside alias/ledger');
  });

  it('does not take one of several aliases whose place is not known', () => {
    const resource = { ...KEY, aws_kms_alias: { ledger: { ...ALIAS.aws_kms_alias.ledger, name: '${var.name}' } } };
    expect(named('alias/ledger', { variable: { name: {} }, resource })).toBe('hidden');
  });

  it('does not take an alias whose generated name may be the literal', () => {
    const resource = { ...KEY, aws_kms_alias: { ledger: { name_prefix: 'alias/l', target_key_id: 'x' } } };
    expect(named('alias/ledger', { resource })).toBe('hidden');
    expect(named('alias/receipts', { resource })).toBe('outside alias/receipts');
  });

  it('does not take an alias that may not exist', () => {
    const alias = { ...ALIAS.aws_kms_alias.ledger, count: '${var.many}' };
    const west = { variable: { many: {} }, resource: { ...KEY, aws_kms_alias: { ledger: alias } } };
    expect(named('alias/ledger', west)).toBe('hidden');
  });

  it('follows data sources', () => {
    const data = {
      aws_kms_key: { ledger: { key_id: 'alias/ledger' }, service: { key_id: 'alias/aws/ebs' } },
      aws_kms_alias: { ledger: { name: 'alias/ledger' }, service: { name: 'alias/aws/ebs' } },
    };
    const west = { data, resource: { ...KEY, ...ALIAS } };
    expect(named('${data.aws_kms_key.ledger.arn}', west)).toBe('west:aws_kms_key.ledger');
    expect(named('${data.aws_kms_alias.ledger.target_key_arn}', west)).toBe('west:aws_kms_key.ledger');
    expect(named('${data.aws_kms_key.service.arn}', west)).toBe('aws-managed alias/aws/ebs');
    expect(named('${data.aws_kms_alias.service.target_key_arn}', west)).toBe('aws-managed alias/aws/ebs');
  });

  it('follows the default key of EBS', () => {
    const resource = { ...KEY, aws_ebs_default_kms_key: { west: { key_arn: '${aws_kms_key.ledger.arn}' } } };
    expect(named('${aws_ebs_default_kms_key.west.id}', { resource })).toBe('west:aws_kms_key.ledger');
  });

  it('finds replicas and external keys', () => {
    const resource = {
      aws_kms_external_key: { imported: {} },
      aws_kms_replica_key: { copy: { primary_key_arn: REGISTERED } },
    };
    expect(named('${aws_kms_external_key.imported.arn}', { resource })).toBe('west:aws_kms_external_key.imported');
    expect(named('${aws_kms_replica_key.copy.arn}', { resource })).toBe('west:aws_kms_replica_key.copy');
  });

  it('ends where aliases name each other', () => {
    const resource = {
      aws_kms_alias: {
        one: { name: 'alias/one', target_key_id: '${aws_kms_alias.two.arn}' },
        two: { name: 'alias/two', target_key_id: '${aws_kms_alias.one.arn}' },
      },
    };
    expect(named('alias/one', { resource })).toBe('hidden');
  });

  it('follows outputs across stacks', () => {
    const STATE = { bucket: 'ledger-state', key: 'north', region: 'eu-north-1' };
    const output = { 'cross-stack-output-aws_kms_keyledgerarn': { value: '${aws_kms_key.ledger.arn}' } };
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
    const value =
      '${data.terraform_remote_state.cross-stack-reference-input-north.outputs.cross-stack-output-aws_kms_keyledgerarn}';
    expect(named(value, remote, { north: { terraform: { backend: { s3: STATE } }, resource: KEY, output } })).toBe(
      'north:aws_kms_key.ledger',
    );
    expect(named(value, remote)).toBe('hidden');
  });
});
