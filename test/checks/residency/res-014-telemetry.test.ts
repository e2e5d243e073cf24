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

testRows(check, 'log');

testCheck(check, {
  pass: [
    { name: 'a trail to a bucket of the country', stacks: west(trail({})) },
    {
      name: 'an archive of the monitor that is not in the estate',
      stacks: west(trail({ s3_bucket_name: 'ledger-archive', ...tagged('operational') })),
    },
    {
      name: 'a trail of all Regions whose events may travel',
      stacks: west(trail({ is_multi_region_trail: true, ...tagged('operational') })),
    },
  ],
  fail: [
    {
      name: 'a trail to a bucket in the United States',
      stacks: west(trail({}, { region: 'us-east-1' })),
      fails: { 'aws_cloudtrail.ledger': 'leaves' },
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
