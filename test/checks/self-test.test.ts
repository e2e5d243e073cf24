import { describe, expect, it } from 'vitest';
import { type Check, defineCheck, resourcesOf } from '../../checks/check.ts';
import { checks } from '../../checks/index.ts';
import { selfTest } from '../../checks/self-test.ts';

const BUCKET = { stacks: { west: { resource: { aws_s3_bucket: { ledger: { bucket: 'ledger' } } } } } };
const NOTHING = { stacks: { west: { resource: { aws_sqs_queue: { ledger: { name: 'ledger' } } } } } };

function checkThat(verdict: 'passes' | 'fails', examples: Check['examples']): Check {
  return defineCheck({
    id: 'ENC-001',
    why: 'Buckets keep what is written to them.',
    fix: 'Encrypt them.',
    references: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingEncryption.html'],
    resourceTypes: ['aws_s3_bucket'],
    messages: { open: () => 'is open' },
    subjects: resourcesOf('aws_s3_bucket'),
    inspect: (_, { pass, fail }) => (verdict === 'passes' ? pass() : fail({}, 'open', {})),
    examples,
  });
}

describe('the self-test', () => {
  it('finds nothing wrong with any control', () => {
    const tested = selfTest(checks);
    expect(tested.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
    expect(tested.map(({ control }) => control)).toEqual(checks.map(({ id }) => id));
    expect(tested.filter(({ compliant, violating }) => compliant === 0 || violating === 0)).toEqual([]);
  });

  it('finds a control that passes everything', () => {
    const blind = checkThat('passes', { compliant: [BUCKET], violating: [BUCKET, BUCKET] });
    expect(selfTest([blind])).toEqual([
      { control: 'ENC-001', compliant: 1, violating: 2, wrong: ['violating 1', 'violating 2'] },
    ]);
  });

  it('finds a control that fails everything, and one that judges nothing', () => {
    const strict = checkThat('fails', { compliant: [BUCKET, NOTHING], violating: [BUCKET, NOTHING] });
    expect(selfTest([strict])[0]?.wrong).toEqual(['compliant 1', 'compliant 2', 'violating 2']);
  });
});
