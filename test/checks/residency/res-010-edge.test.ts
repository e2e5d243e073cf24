import { expect, it } from 'vitest';
import check from '../../../checks/residency/res-010-edge.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';
import { testRows } from '../../support/flow-tester.ts';

const west = (resource: object, rest: object = {}) => ({ west: { resource, ...rest } });
const tagged = (dataClass: string) => ({ tags: { 'ledger:data-class': dataClass } });
const record = (policy: object) => ({ aws_route53_record: { ledger: { name: 'ledger', type: 'A', ...policy } } });
const api = (rest: object) => ({ aws_api_gateway_rest_api: { ledger: { name: 'ledger', ...rest } } });

testRows(check, 'edge');

testCheck(check, {
  pass: [
    {
      name: 'an API of the Region',
      stacks: west({
        ...api({ endpoint_configuration: { types: ['REGIONAL'] } }),
        ...record({ latency_routing_policy: { region: 'eu-west-1' } }),
      }),
    },
    {
      name: 'a record of the Region of the site',
      stacks: west(record({ latency_routing_policy: { region: 'eu-west-1' } })),
    },
    {
      name: 'a health check beside an accelerator that is switched off',
      stacks: west({
        aws_globalaccelerator_accelerator: { front: { name: 'front', enabled: false } },
        aws_route53_zone: { own: { name: 'own', vpc: [{ vpc_id: 'vpc-1', vpc_region: 'eu-west-1' }] } },
      }),
    },
  ],
  fail: [
    {
      name: 'a distribution that is switched on by default',
      stacks: west({ aws_cloudfront_distribution: { front: { price_class: 'PriceClass_100' } } }),
      fails: { 'aws_cloudfront_distribution.front': 'leaves' },
    },
    {
      name: 'an API whose type is the default',
      stacks: west(api({})),
      fails: { 'aws_api_gateway_rest_api.ledger': 'leaves' },
    },
    {
      name: 'a record that sends clients to London',
      stacks: west(record({ geoproximity_routing_policy: { aws_region: 'eu-west-2', bias: 10 } })),
      fails: { 'aws_route53_record.ledger': 'leaves' },
    },
    {
      name: 'a record that sends clients to a Local Zone in Istanbul',
      stacks: west(record({ geoproximity_routing_policy: { local_zone_group: 'eu-central-1-ist-1' } })),
      fails: { 'aws_route53_record.ledger': 'leaves' },
    },
    {
      name: 'a distribution of Lightsail with its origin in the United States',
      stacks: west({
        aws_lightsail_distribution: { front: { is_enabled: false, origin: { name: 'a', region_name: 'us-east-1' } } },
      }),
      fails: { 'aws_lightsail_distribution.front': 'leaves' },
    },
    {
      name: 'a group of endpoints in the United States',
      stacks: west({ aws_globalaccelerator_endpoint_group: { far: { endpoint_group_region: 'us-east-1' } } }),
      fails: { 'aws_globalaccelerator_endpoint_group.far': 'leaves' },
    },
  ],
  unproven: [
    {
      name: 'a distribution of which nobody knows whether it is switched on',
      stacks: west(
        { aws_cloudfront_distribution: { front: { enabled: '${var.on}' } } },
        { variable: { on: { type: 'bool' } } },
      ),
      unproven: { 'aws_cloudfront_distribution.front': 'var.on' },
    },
    {
      name: 'a record of a Region without a value',
      stacks: west(record({ latency_routing_policy: { region: '${var.region}' } }), { variable: { region: {} } }),
      unproven: { 'aws_route53_record.ledger': 'var.region' },
    },
  ],
});

it('has an exception not cover another class of data', () => {
  const bucket = (dataClass: string) => ({
    aws_s3_bucket: { ledger: { acceleration_status: 'Enabled', ...tagged(dataClass) } },
  });
  expect(isCovered(check, { stacks: west(bucket('operational')) }, { stacks: west(bucket('restricted')) })).toBe(false);
});
