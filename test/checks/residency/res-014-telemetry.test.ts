import { expect, it } from 'vitest';
import check from '../../../checks/residency/res-014-telemetry.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';
import { testRows } from '../../support/flow-tester.ts';

const west = (resource: object, rest: object = {}) => ({ west: { resource, ...rest } });
const tagged = (dataClass: string) => ({ tags: { 'ledger:data-class': dataClass } });
const trail = (rest: object, bucket: object = {}) => ({
  aws_s3_bucket: { trail: bucket },
  aws_cloudtrail: { ledger: { name: 'ledger', s3_bucket_name: '${aws_s3_bucket.trail.id}', ...rest } },
});
const aggregator = (source: object, rest: object = {}) => ({
  aws_config_configuration_aggregator: { all: { name: 'all', account_aggregation_source: [source], ...rest } },
});

/** Records of configuration that go to a bucket of the monitor, in another country of the policy. */
const DEFAULTS = {
  region: 'eu-west-1',
  allowed_account_ids: ['111111111111'],
  default_tags: [{ tags: { 'ledger:data-class': 'operational' } }],
};
const delivered = (bucket: object, s3_bucket_name = '${aws_s3_bucket.archive.id}') =>
  west(
    {
      aws_s3_bucket: { archive: { provider: 'aws.monitor', ...bucket } },
      aws_config_delivery_channel: { records: { s3_bucket_name } },
    },
    {
      provider: {
        aws: [DEFAULTS, { alias: 'monitor', region: 'eu-central-1', allowed_account_ids: ['333333333333'] }],
      },
    },
  );
/** Every event of every log of the account, sent to the country of the monitor. */
const logsOf = (groups: object, other: object = {}) =>
  west(
    {
      aws_cloudwatch_log_group: groups,
      aws_cloudwatch_log_account_policy: {
        all: {
          policy_name: 'all',
          policy_type: 'SUBSCRIPTION_FILTER_POLICY',
          policy_document: JSON.stringify({ DestinationArn: 'arn:aws:logs:eu-central-1:333333333333:destination:all' }),
        },
      },
      ...other,
    },
    { provider: { aws: [DEFAULTS] } },
  );

testRows(check, 'log');

testCheck(check, {
  pass: [
    {
      name: 'findings of a service of AWS',
      stacks: west({
        aws_securityhub_product_subscription: {
          own: { product_arn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty' },
        },
      }),
    },
    { name: 'a trail to a bucket of the country', stacks: west(trail({})) },
    {
      name: 'an archive of the monitor that is not in the estate',
      stacks: west(trail({ s3_bucket_name: 'ledger-archive', ...tagged('operational') })),
    },
    { name: 'records of configuration in a bucket for what may travel', stacks: delivered(tagged('operational')) },
    {
      name: 'every log of an account, none of which is restricted',
      stacks: logsOf({ app: tagged('operational'), db: {} }),
    },
    {
      name: 'a trail of all Regions whose events may travel',
      stacks: west(trail({ is_multi_region_trail: true, ...tagged('operational') })),
    },
  ],
  fail: [
    {
      name: 'findings that a partner of AWS is given',
      stacks: west({
        aws_securityhub_product_subscription: {
          partner: { product_arn: 'arn:aws:securityhub:eu-west-1:999999999999:product/partner/product' },
        },
      }),
      fails: { 'aws_securityhub_product_subscription.partner': 'leaves' },
    },
    {
      name: 'a trail to a bucket in the United States',
      stacks: west(trail({}, { region: 'us-east-1' })),
      fails: { 'aws_cloudtrail.ledger': 'leaves' },
    },
    {
      name: 'records of configuration in a bucket for what stays',
      stacks: delivered(tagged('restricted')),
      fails: { 'aws_config_delivery_channel.records': 'leaves' },
    },
    {
      name: 'every log of an account, one of which is restricted',
      stacks: logsOf({ app: tagged('operational'), db: tagged('restricted') }),
      fails: { 'aws_cloudwatch_log_account_policy.all': 'leaves' },
    },
    {
      name: 'records of London',
      stacks: west(aggregator({ account_ids: ['111111111111'], regions: ['eu-west-1', 'eu-west-2'] })),
      fails: { 'aws_config_configuration_aggregator.all': 'arrives' },
    },
    {
      name: 'restricted records of all Regions',
      stacks: west(aggregator({ account_ids: ['111111111111'], all_regions: true }, tagged('restricted'))),
      fails: { 'aws_config_configuration_aggregator.all': 'arrives' },
    },
    {
      name: 'logs of the organisation that are kept in the United States',
      stacks: west({
        aws_observabilityadmin_centralization_rule_for_organization: {
          all: { rule: [{ destination: [{ region: 'us-east-1', account: '111111111111' }] }] },
        },
      }),
      fails: { 'aws_observabilityadmin_centralization_rule_for_organization.all': 'leaves' },
    },
    {
      name: 'a sink in another account and Region',
      stacks: west({
        aws_oam_link: {
          far: {
            sink_identifier: 'arn:aws:oam:us-east-1:999999999999:sink/a',
            resource_types: ['AWS::Logs::LogGroup'],
          },
        },
      }),
      fails: { 'aws_oam_link.far': 'leaves' },
    },
  ],
  unproven: [
    {
      name: 'a bucket that is known only by its name',
      stacks: west(trail({ s3_bucket_name: 'somewhere' })),
      unproven: { 'aws_cloudtrail.ledger': 'tells neither Region nor account' },
    },
    {
      name: 'records of configuration in a bucket of no class, whatever the default tags of their provider say',
      stacks: delivered({}),
      unproven: {
        'aws_config_delivery_channel.records': 'no tag ledger:data-class of what receives it tells which data leaves',
      },
    },
    {
      name: 'records of configuration in an archive of which only the name is known',
      stacks: delivered({}, 'ledger-archive'),
      unproven: {
        'aws_config_delivery_channel.records': 'no tag ledger:data-class of what receives it tells which data leaves',
      },
    },
    {
      name: 'every log of an account that has none in the estate',
      stacks: logsOf({}),
      unproven: {
        'aws_cloudwatch_log_account_policy.all': 'no tag ledger:data-class of a log group tells which data leaves',
      },
    },
    {
      name: 'every log of an account, one of which has no class',
      stacks: logsOf(
        { app: tagged('operational') },
        { aws_cloudwatch_log_group: { app: tagged('operational'), db: tagged('') } },
      ),
      unproven: {
        'aws_cloudwatch_log_account_policy.all': 'aws_cloudwatch_log_group.db.tags has no ledger:data-class',
      },
    },
    {
      name: 'a trail of all Regions without a class of data',
      stacks: west(trail({ is_multi_region_trail: true })),
      unproven: { 'aws_cloudtrail.ledger': 'ledger:data-class' },
    },
    {
      name: 'a destination without a value',
      stacks: west(
        { aws_flow_log: { all: { log_destination: '${var.destination}' } } },
        { variable: { destination: {} } },
      ),
      unproven: { 'aws_flow_log.all': 'var.destination' },
    },
  ],
});

it('has an exception not cover another Region or a graver class', () => {
  const approved = trail(tagged('operational'), { region: 'us-east-1' });
  for (const graver of [
    trail(tagged('restricted'), { region: 'us-east-1' }),
    trail({ ...tagged('operational'), s3_bucket_name: 'arn:aws:s3:us-east-2:111111111111:accesspoint/a' }, {}),
  ]) {
    expect(isCovered(check, { stacks: west(approved) }, { stacks: west(graver) })).toBe(false);
  }
});
