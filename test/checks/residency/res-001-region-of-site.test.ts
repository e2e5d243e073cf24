import { strict as assert } from 'node:assert';
import { describe, expect, it } from 'vitest';
import check from '../../../checks/residency/res-001-region-of-site.ts';
import { testCheck } from '../../support/check-tester.ts';
import { judge } from '../../../checks/example-estate.ts';
import { isCovered } from '../../support/covered.ts';

const bucket = (body: object) => ({ resource: { aws_s3_bucket: { receipts: body } } });
const west = (region?: unknown) => ({ region, allowed_account_ids: ['111111111111'] });
const north = (region: unknown) => ({ region, allowed_account_ids: ['222222222222'], alias: 'north' });

/** The monitor keeps operational data in a second Region. */
const withSupport = {
  sites: [
    {
      id: 'monitor',
      name: 'Monitor',
      role: 'monitor',
      country: 'DE',
      region: 'eu-central-1',
      account: '333333333333',
      supportingPlaces: [
        { region: 'eu-west-1', country: 'IE', dataClasses: ['operational'], reason: 'Logs are delivered there.' },
      ],
    },
  ],
  stacks: [{ name: 'monitor', sites: ['monitor'] }],
  gateways: [],
  evidence: [],
};
const abroad = { aws: [{ region: 'eu-west-1', allowed_account_ids: ['333333333333'] }] };
const tagged = (dataClass: unknown) => ({ tags: { 'ledger:data-class': dataClass } });

testCheck(check, {
  pass: [
    { name: 'the Region of the provider', stacks: { west: bucket({}) } },
    { name: 'the region argument, equal to the site', stacks: { west: bucket({ region: 'eu-west-1' }) } },
    {
      name: 'a region argument that brings a resource home',
      stacks: { west: { provider: { aws: [west('us-east-1')] }, ...bucket({ region: 'eu-west-1' }) } },
    },
    {
      name: 'a provider alias in a stack of two sites',
      stacks: {
        links: {
          provider: { aws: [west('eu-west-1'), north('eu-north-1')] },
          resource: { aws_sqs_queue: { there: { provider: 'aws.north' }, here: {} } },
        },
      },
    },
    {
      name: 'the Region of a data source',
      stacks: { west: { data: { aws_region: { here: {} } }, ...bucket({ region: '${data.aws_region.here.region}' }) } },
    },
    {
      name: 'a supporting place for the class of the tag',
      stacks: { monitor: { provider: abroad, ...bucket(tagged('operational')) } },
      policy: withSupport,
    },
    {
      name: 'a supporting place for the class of the default tags',
      stacks: {
        monitor: {
          provider: { aws: [{ ...abroad.aws[0], default_tags: [tagged('operational')] }] },
          resource: { aws_s3_bucket_policy: { receipts: { bucket: 'receipts', policy: '{}' } } },
        },
      },
      policy: withSupport,
    },
    {
      name: 'the Regions that a replication set names',
      stacks: { west: { resource: { aws_ssmincidents_replication_set: { all: { region: { name: 'eu-west-1' } } } } } },
    },
    {
      name: 'a type that the policy classifies, by its provider',
      stacks: { west: { resource: { aws_brand_new: { ledger: {} } } } },
      policy: { resourceTypes: [{ type: 'aws_brand_new', scope: 'regional', reason: 'holds no data' }] },
    },
    {
      name: 'a deployed stack instance and an authorization in the Region of the site',
      stacks: {
        west: {
          resource: {
            aws_config_aggregate_authorization: { all: { authorized_aws_region: 'eu-west-1' } },
            aws_cloudformation_stack_set_instance: { one: { stack_set_name: 'x', region: 'eu-west-1' } },
          },
        },
      },
    },
  ],
  fail: [
    {
      name: 'a region argument outside the jurisdiction',
      stacks: { west: { resource: { aws_kms_key: { ledger: { region: 'us-east-1' } } } } },
      fails: { 'aws_kms_key.ledger': 'country' },
    },
    {
      name: 'a European Region of another country',
      stacks: { west: bucket({ region: 'eu-central-2' }) },
      fails: { 'aws_s3_bucket.receipts': 'country' },
    },
    {
      name: 'an allowed country that is not the site',
      stacks: { west: bucket({ region: 'eu-central-1' }) },
      fails: { 'aws_s3_bucket.receipts': 'outside' },
    },
    {
      name: 'a Region that does not exist',
      stacks: { west: bucket({ region: 'eu-west-9' }) },
      fails: { 'aws_s3_bucket.receipts': 'outside' },
    },
    {
      name: 'a provider in another Region, which provider 5 cannot override',
      stacks: {
        west: {
          terraform: { required_providers: { aws: { source: 'aws', version: '5.100.0' } } },
          provider: { aws: [west('us-east-1')] },
          ...bucket({ region: 'eu-west-1' }),
        },
      },
      fails: { 'aws_s3_bucket.receipts': 'country' },
    },
    {
      name: 'the Region of the wrong site by alias',
      stacks: {
        links: {
          provider: { aws: [west('eu-west-1'), north('eu-west-1')] },
          resource: { aws_sqs_queue: { there: { provider: 'aws.north' } } },
        },
      },
      fails: { 'aws_sqs_queue.there': 'outside' },
    },
    {
      name: 'a supporting place for another class',
      stacks: { monitor: { provider: abroad, ...bucket(tagged('restricted')) } },
      policy: withSupport,
      fails: { 'aws_s3_bucket.receipts': 'dataClass' },
    },
    {
      name: 'one instance of several',
      stacks: { west: bucket({ for_each: { a: 'eu-west-1', b: 'us-west-2' }, region: '${each.value}' }) },
      fails: { 'aws_s3_bucket.receipts["b"]': 'country' },
    },
    {
      name: 'a second Region of a replication set',
      stacks: {
        west: {
          resource: {
            aws_ssmincidents_replication_set: { all: { regions: [{ name: 'eu-west-1' }, { name: 'ap-south-1' }] } },
          },
        },
      },
      fails: { 'aws_ssmincidents_replication_set.all': 'country' },
    },
    {
      name: 'a country whose legal basis has expired',
      stacks: { west: bucket({}) },
      policy: {
        jurisdiction: {
          set: 'EEA',
          source: 'GDPR',
          countries: ['IE', 'NO', 'SE', 'DE'].map((country) => ({
            country,
            legalBasis: 'decision',
            decision: 'GDPR',
            since: '2018-05-25',
            expires: '2026-06-30',
          })),
        },
      },
      fails: { 'aws_s3_bucket.receipts': 'country' },
    },
    {
      name: 'a stack set instance elsewhere',
      stacks: {
        west: {
          resource: {
            aws_cloudformation_stack_set_instance: {
              one: { stack_set_name: 'x', stack_set_instance_region: 'eu-central-1' },
            },
          },
        },
      },
      fails: { 'aws_cloudformation_stack_set_instance.one': 'outside' },
    },
  ],
  unproven: [
    {
      name: 'a variable without a value',
      stacks: { west: { variable: { region: { default: 'eu-west-1' } }, ...bucket({ region: '${var.region}' }) } },
      unproven: { 'aws_s3_bucket.receipts': 'var.region' },
    },
    {
      name: 'a provider without region',
      stacks: { west: { provider: { aws: [west()] }, ...bucket({}) } },
      unproven: { 'aws_s3_bucket.receipts': 'environment of the run' },
    },
    {
      name: 'a provider with an empty region',
      stacks: { west: { provider: { aws: [{ ...west(), region: '' }] }, ...bucket({}) } },
      unproven: { 'aws_s3_bucket.receipts': 'environment of the run' },
    },
    {
      name: 'a provider that is not there',
      stacks: { west: { provider: {}, ...bucket({}) } },
      unproven: { 'aws_s3_bucket.receipts': 'environment of the run' },
    },
    {
      name: 'a supporting place without a data class',
      stacks: { monitor: { provider: abroad, ...bucket({}) } },
      policy: withSupport,
      unproven: { 'aws_s3_bucket.receipts': 'has no tag ledger:data-class' },
    },
    {
      name: 'a supporting place with a data class of the run',
      stacks: {
        monitor: { provider: abroad, variable: { class: {} }, ...bucket(tagged('${var.class}')) },
      },
      policy: withSupport,
      unproven: { 'aws_s3_bucket.receipts': 'var.class' },
    },
    {
      name: 'a type that no table knows',
      stacks: { west: { resource: { aws_brand_new: { ledger: {} } } } },
      unproven: { 'aws_brand_new.ledger': 'no table knows' },
    },
    {
      name: 'a stack that the policy does not expect',
      stacks: { annex: { provider: { aws: [west('eu-west-1')] }, ...bucket({}) } },
      unproven: { 'aws_s3_bucket.receipts': 'belongs to no site' },
    },
    {
      name: 'a Region abroad of an unknown number of instances',
      stacks: { west: { variable: { names: {} }, ...bucket({ for_each: '${var.names}', region: 'us-east-1' }) } },
      unproven: { 'aws_s3_bucket.receipts': 'would fail if it exists' },
    },
    {
      name: 'the account that would tell between two sites',
      stacks: {
        links: {
          variable: { account: {} },
          provider: { aws: [{ region: 'eu-west-1', allowed_account_ids: ['${var.account}'] }] },
          resource: { aws_sqs_queue: { there: {} } },
        },
      },
      unproven: { 'aws_sqs_queue.there': 'var.account' },
    },
    {
      name: 'a dynamic block of Regions',
      stacks: {
        west: {
          variable: { regions: {} },
          resource: {
            aws_ssmincidents_replication_set: {
              all: { dynamic: { region: { for_each: '${var.regions}', content: { name: '${region.value}' } } } },
            },
          },
        },
      },
      unproven: { 'aws_ssmincidents_replication_set.all': 'dynamic.region has a for_each' },
    },
  ],
});

describe('RES-001', () => {
  it('shows the argument that decides, else the provider', () => {
    const { results } = judge([check], {
      stacks: {
        west: {
          provider: { aws: [west('us-west-2')] },
          resource: { aws_kms_key: { byArgument: { region: 'us-east-1' }, byProvider: {} } },
        },
      },
    });
    assert.deepEqual(
      results.map(({ message, witness }) => [message, witness?.path]),
      [
        ['lies in us-east-1 by its region argument: United States (US) is outside EEA', 'region'],
        ['lies in us-west-2 by the region of provider aws: United States (US) is outside EEA', ''],
      ],
    );
  });
});

it.each(['us-east-1', 'eu-central-1'])('has an exception not cover data of a graver class in %s', (region) => {
  const approved = { stacks: { west: bucket({ region, ...tagged('operational') }) } };
  const graver = { stacks: { west: bucket({ region, ...tagged('restricted') }) } };
  expect(isCovered(check, approved, graver)).toBe(false);
});

it('has an exception for one Region not cover a second one', () => {
  const set = (...names: readonly string[]) => ({
    west: { resource: { aws_ssmincidents_replication_set: { own: { region: names.map((name) => ({ name })) } } } },
  });
  const approved = { stacks: set('eu-west-1', 'us-east-1') };
  expect(isCovered(check, approved, { stacks: set('us-east-1', 'us-west-2') })).toBe(false);
});
