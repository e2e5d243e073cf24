import { describe, expect, it } from 'vitest';
import { defineCheck, resourcesOf } from '../../checks/check.ts';
import key008 from '../../checks/encryption/key-008-no-secrets.ts';
import type { Path } from '../../model/resource.ts';
import { judge, judgeEstate, policyOf } from '../../checks/example-estate.ts';
import { estateFrom, resourceIn } from '../support/terraform-json.ts';

const made = (path: string, line: number) => ({
  '//': { metadata: { path, uniqueId: path, stackTrace: [`stacks/data.ts:${line}:5`] } },
});
const estate = estateFrom({
  west: {
    '//': {
      metadata: {
        stackName: 'west',
        trefoil: {
          stack: [],
          backend: [],
          overrides: [{ element: 'west/encryption', path: 'rule.0.algorithm', at: ['stacks/data.ts:30:5'] }],
        },
      },
    },
    resource: {
      aws_s3_bucket: { ledger: { ...made('west/bucket', 10), bucket: 'ledger' } },
      aws_s3_bucket_server_side_encryption_configuration: {
        ledger: { ...made('west/encryption', 20), bucket: 'ledger', rule: [{ algorithm: 'AES256', key: 'none' }] },
      },
    },
  },
});
const configuration = resourceIn(estate, 'west', 'aws_s3_bucket_server_side_encryption_configuration.ledger');

/** Where the report sends the reader when a bucket fails for what stands at a path of its configuration. */
function lineFor(path: Path | null): number | undefined {
  const check = defineCheck({
    id: 'ENC-001',
    why: '',
    fix: '',
    references: [],
    resourceTypes: ['aws_s3_bucket'],
    messages: { wrong: 'is wrong' },
    subjects: resourcesOf('aws_s3_bucket'),
    inspect: (_subject, { fail }) =>
      fail(
        path === null
          ? { related: [configuration] }
          : { related: [configuration], location: configuration.locate(...path) },
        'wrong',
      ),
    examples: { compliant: [], violating: [] },
  });
  return judgeEstate([check], estate, policyOf({ stacks: {} })).results[0]?.subject.code?.line;
}

describe('the line to change', () => {
  it('is that of the subject when the witness is in no other resource', () => {
    expect(lineFor(null)).toBe(10);
  });

  it('is that of the resource that holds the witness', () => {
    expect(lineFor(['rule', 0, 'key'])).toBe(20);
    expect(lineFor([])).toBe(20);
  });

  it('is that of the override that wrote the witness', () => {
    expect(lineFor(['rule', 0, 'algorithm'])).toBe(30);
  });
});

it.each([
  ['links', 'estate'],
  ['west', 'west'],
])('has what Terraform itself reads in the stack %s be of %s', (stack, site) => {
  const config = { bucket: 'states', key: 'keys', region: 'eu-west-1' };
  const { results } = judge([key008], {
    stacks: { west: {}, [stack]: { data: { terraform_remote_state: { keys: { backend: 's3', config } } } } },
  });
  const found = results.filter(({ subject }) => subject.address === 'data.terraform_remote_state.keys');
  expect(found.map((result) => result.site)).toEqual([site]);
});
