import { expect, it } from 'vitest';
import check from '../../../checks/residency/res-009-global-services.ts';
import { testCheck } from '../../support/check-tester.ts';
import { estateOf, policyOf } from '../../../checks/example-estate.ts';
import { isCovered } from '../../support/covered.ts';

const west = (resource: object, rest: object = {}) => ({ west: { resource, ...rest } });
const tagged = (dataClass: string) => ({ tags: { 'ledger:data-class': dataClass } });
const allow = (...types: readonly string[]) => ({
  globalServices: types.map((resourceType) => ({
    resourceType,
    reason: 'needed here',
    metadataExposure: 'names of hosts',
  })),
});
const role = { aws_iam_role: { worker: { name: 'worker' } } };

testCheck(check, {
  pass: [
    { name: 'a type of an allowed group', stacks: west(role) },
    {
      name: 'a policy of a role, which takes none of the tags that the provider gives',
      stacks: west(
        { aws_iam_role_policy: { logs: { role: 'worker', policy: '{}' } } },
        {
          provider: {
            aws: [{ region: 'eu-west-1', allowed_account_ids: ['111111111111'], default_tags: [tagged('restricted')] }],
          },
        },
      ),
    },
    { name: 'an allowed type', stacks: west({ aws_route53_zone: { own: {} } }), policy: allow('aws_route53_zone') },
    {
      name: 'an edge service that is allowed and serves what may travel',
      stacks: west({ aws_cloudfront_distribution: { front: tagged('operational') } }),
      policy: allow('aws_cloudfront_*'),
    },
    {
      name: 'a web ACL of the Region beside a role',
      stacks: west({ ...role, aws_wafv2_web_acl: { front: { scope: 'REGIONAL', ...tagged('restricted') } } }),
    },
    {
      name: 'a type that the policy classifies as global and allows',
      stacks: west({ aws_brand_new: { own: {} } }),
      policy: {
        ...allow('aws_brand_new'),
        resourceTypes: [{ type: 'aws_brand_new', scope: 'global', reason: 'holds no data' }],
      },
    },
  ],
  fail: [
    {
      name: 'a global type that is not allowed',
      stacks: west({ ...role, aws_route53_zone: { own: {} } }),
      fails: { 'aws_route53_zone.own': 'notAllowed' },
    },
    {
      name: 'a type that only begins like an allowed one',
      stacks: west({ aws_route53_record: { own: {} } }),
      policy: allow('aws_route53_zone'),
      fails: { 'aws_route53_record.own': 'notAllowed' },
    },
    {
      name: 'a web ACL and its API key at the edge',
      stacks: west({
        aws_wafv2_web_acl: { front: { scope: 'CLOUDFRONT' } },
        aws_wafv2_api_key: { front: { scope: 'CLOUDFRONT' } },
      }),
      fails: { 'aws_wafv2_api_key.front': 'notAllowed', 'aws_wafv2_web_acl.front': 'notAllowed' },
    },
    {
      name: 'an accelerator for restricted data',
      stacks: west({ aws_globalaccelerator_accelerator: { front: { name: 'front', ...tagged('restricted') } } }),
      policy: allow('aws_globalaccelerator_*'),
      fails: { 'aws_globalaccelerator_accelerator.front': 'edge' },
    },
    {
      name: 'a distribution of a restricted bucket',
      stacks: west({
        aws_s3_bucket: { ledger: tagged('restricted') },
        aws_cloudfront_distribution: {
          front: {
            origin: [{ domain_name: '${aws_s3_bucket.ledger.bucket_regional_domain_name}', origin_id: 'ledger' }],
            ...tagged('operational'),
          },
        },
      }),
      policy: allow('aws_cloudfront_*'),
      fails: { 'aws_cloudfront_distribution.front': 'edgeOf' },
    },
    {
      name: 'a global resource that is marked as restricted',
      stacks: west({ aws_iam_role: { worker: tagged('restricted') } }),
      fails: { 'aws_iam_role.worker': 'restricted' },
    },
  ],
  unproven: [
    {
      name: 'an edge service without a data class',
      stacks: west({ aws_cloudfront_distribution: { front: {} } }),
      policy: allow('aws_cloudfront_*'),
      unproven: { 'aws_cloudfront_distribution.front': 'no tag ledger:data-class' },
    },
    {
      name: 'a web ACL with the scope of the run',
      stacks: west({ aws_wafv2_web_acl: { front: { scope: '${var.scope}' } } }, { variable: { scope: {} } }),
      unproven: { 'aws_wafv2_web_acl.front': 'var.scope' },
    },
    {
      name: 'a type that no table knows',
      stacks: west({ aws_brand_new: { own: {} } }),
      unproven: { 'aws_brand_new.own': 'no table knows' },
    },
    {
      name: 'a distribution of an origin of the run',
      stacks: west(
        {
          aws_cloudfront_distribution: {
            front: { origin: [{ domain_name: '${var.host}', origin_id: 'x' }], ...tagged('operational') },
          },
        },
        { variable: { host: {} } },
      ),
      policy: allow('aws_cloudfront_*'),
      unproven: { 'aws_cloudfront_distribution.front': 'var.host' },
    },
    {
      name: 'a distribution of a bucket whose class the run gives',
      stacks: west(
        {
          aws_s3_bucket: { ledger: tagged('${var.class}') },
          aws_cloudfront_distribution: {
            front: {
              origin: { domain_name: '${aws_s3_bucket.ledger.bucket_domain_name}', origin_id: 'x' },
              ...tagged('operational'),
            },
          },
        },
        { variable: { class: {} } },
      ),
      policy: allow('aws_cloudfront_*'),
      unproven: { 'aws_cloudfront_distribution.front': 'var.class' },
    },
    {
      name: 'a data class of the run',
      stacks: west({ aws_iam_role: { worker: tagged('${var.class}') } }, { variable: { class: {} } }),
      unproven: { 'aws_iam_role.worker': 'var.class' },
    },
  ],
});

const front = (body: object, bucketClass = 'operational') =>
  west({
    aws_s3_bucket: { ledger: tagged(bucketClass) },
    aws_cloudfront_distribution: {
      front: { origin: [{ domain_name: '${aws_s3_bucket.ledger.bucket_regional_domain_name}' }], ...body },
    },
  });

it.each([
  ['an edge service that serves restricted data', front(tagged('operational')), front(tagged('restricted'))],
  ['one that names what is restricted', front(tagged('operational')), front(tagged('operational'), 'restricted')],
  [
    'a global service with restricted data',
    west({ aws_route53_zone: { own: tagged('operational') } }),
    west({ aws_route53_zone: { own: tagged('restricted') } }),
  ],
])('has an exception for a type that is not allowed not cover %s', (_, approved, graver) => {
  expect(isCovered(check, { stacks: approved }, { stacks: graver })).toBe(false);
});

it('does not ask whether a type is global of which the schema of the provider says that it takes a Region', () => {
  const example = { stacks: west({ aws_quantum_vault: { own: {} }, aws_quantum_label: { own: {} } }) };
  const schemaTypes = new Map([
    ['aws_quantum_vault', { provider: 'registry.terraform.io/hashicorp/aws', evidence: null, takesRegion: true }],
    ['aws_quantum_label', { provider: 'registry.terraform.io/hashicorp/aws', evidence: null, takesRegion: false }],
  ]);
  const context = { estate: estateOf(example), policy: policyOf(example), asOf: '2026-11-01' };
  const addressesIn = (subjects: ReturnType<typeof check.subjects>): readonly string[] =>
    subjects.flatMap((subject) => (subject.kind === 'resource' ? [subject.resource.address] : []));
  expect(addressesIn(check.subjects(context))).toEqual(['aws_quantum_label.own', 'aws_quantum_vault.own']);
  expect(addressesIn(check.subjects({ ...context, schemaTypes }))).toEqual(['aws_quantum_label.own']);
});
