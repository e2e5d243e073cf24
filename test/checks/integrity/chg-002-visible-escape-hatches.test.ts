import { expect, it } from 'vitest';
import check from '../../../checks/integrity/chg-002-visible-escape-hatches.ts';
import { parseEstate } from '../../../model/synth/estate.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';
import { judgeEstate, policyOf } from '../../../checks/example-estate.ts';
import { planText } from '../../support/plan-text.ts';

const bucket = (body: { readonly [key: string]: unknown }) => ({
  west: { resource: { aws_s3_bucket: { ledger: { bucket: 'ledger', ...body } } } },
});

testCheck(check, {
  pass: [
    { name: 'a bucket without escape hatches', stacks: bucket({}) },
    { name: 'ignored capacity', stacks: bucket({ lifecycle: { ignore_changes: ['desired_count'] } }) },
    { name: 'force_destroy that is off', stacks: bucket({ force_destroy: false }) },
    {
      name: 'a removed block that destroys',
      stacks: { west: { ...bucket({}).west, removed: [{ from: 'aws_s3_bucket.old', lifecycle: { destroy: true } }] } },
    },
  ],
  fail: [
    {
      name: 'an ignored encryption argument',
      stacks: bucket({ lifecycle: [{ ignore_changes: ['server_side_encryption_configuration'] }] }),
      fails: { 'aws_s3_bucket.ledger': 'ignores' },
    },
    {
      name: 'ignored tags, which name the data class',
      stacks: bucket({ lifecycle: { ignore_changes: ['tags'] } }),
      fails: { 'aws_s3_bucket.ledger': 'ignores' },
    },
    {
      name: 'everything ignored',
      stacks: bucket({ lifecycle: { ignore_changes: 'all' } }),
      fails: { 'aws_s3_bucket.ledger': 'ignoresAll' },
    },
    {
      name: 'force_destroy as a string',
      stacks: bucket({ force_destroy: 'true' }),
      fails: { 'aws_s3_bucket.ledger': 'forceDestroy' },
    },
    {
      name: 'skip_destroy',
      stacks: { west: { resource: { aws_cloudwatch_log_group: { receipts: { skip_destroy: true } } } } },
      fails: { 'aws_cloudwatch_log_group.receipts': 'skipDestroy' },
    },
    {
      name: 'a removed block that forgets',
      stacks: { west: { ...bucket({}).west, removed: { from: 'aws_s3_bucket.old', lifecycle: { destroy: false } } } },
      fails: { west: 'forgets' },
    },
  ],
  unproven: [
    {
      name: 'force_destroy from a variable',
      stacks: { west: { variable: { force: {} }, ...bucket({ force_destroy: '${var.force}' }).west } },
      unproven: { 'aws_s3_bucket.ledger': 'var.force' },
    },
  ],
});

const forgets = (...names: readonly string[]) => ({
  stacks: {
    west: {
      ...bucket({}).west,
      removed: names.map((name) => ({ from: `aws_s3_bucket.${name}`, lifecycle: { destroy: false } })),
    },
  },
});

it('has an exception for what is forgotten not cover what else is', () => {
  expect(isCovered(check, forgets('old'), forgets('old', 'ledger'))).toBe(false);
});

it.each([
  ['on its own says once that it shows no lifecycles, and passes nothing', {}, { west: 'unproven' }],
  ['shows a bucket that may be deleted', { force_destroy: true }, { west: 'unproven', 'aws_s3_bucket.ledger': 'fail' }],
])('a plan %s', (_, after, expected) => {
  const plan = planText({ resources: [{ address: 'aws_s3_bucket.ledger', after, expressions: {} }] });
  const plans = [{ name: 'west', path: 'west.json', chunks: [new TextEncoder().encode(plan)], sha256: '' }];
  const estate = parseEstate({ stacks: [], plans, problems: [], declaredStacks: [] });
  const { results } = judgeEstate([check], estate, policyOf({ stacks: {} }));
  expect(Object.fromEntries(results.map(({ subject, verdict }) => [subject.address, verdict]))).toEqual(expected);
});
