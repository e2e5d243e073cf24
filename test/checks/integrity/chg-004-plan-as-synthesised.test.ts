import { expect, it } from 'vitest';
import type { Example, StackJson } from '../../../checks/check.ts';
import check from '../../../checks/integrity/chg-004-plan-as-synthesised.ts';
import { readJson } from '../../../model/json/read.ts';
import { withObjects } from '../../../model/estate.ts';
import { JoinedEstate } from '../../../model/joined-estate.ts';
import { Resource } from '../../../model/resource.ts';
import { parseEstate } from '../../../model/synth/estate.ts';
import { testCheck } from '../../support/check-tester.ts';
import { estateOf, judge, judgeEstate, policyOf } from '../../../checks/example-estate.ts';

type Resources = { readonly [type: string]: { readonly [name: string]: unknown } };

const QUEUE: Resources = { aws_sqs_queue: { receipts: { delay_seconds: 5 } } };

function stack(resource: Resources, rest: StackJson = {}): { readonly west: StackJson } {
  return { west: { variable: { count: { type: 'number' } }, resource, ...rest } };
}

/** A plan of `west`, and what was synthesised; nothing is there before unless said. */
function plan(synthesised: Resources, planned: Resources, before: Resources = {}, rest: StackJson = {}): Example {
  return {
    plan: { before: stack(before), synthesised: stack(synthesised, rest) },
    stacks: stack(planned),
  };
}

testCheck(check, {
  pass: [
    { name: 'what was synthesised', ...plan(QUEUE, QUEUE) },
    {
      name: 'what the provider fills in',
      ...plan(QUEUE, { aws_sqs_queue: { receipts: { delay_seconds: 5, max_message_size: 262144 } } }),
    },
    {
      name: 'what an expression has become',
      ...plan(
        { aws_sqs_queue: { receipts: { delay_seconds: '${var.count}' } } },
        { aws_sqs_queue: { receipts: { delay_seconds: 7 } } },
      ),
    },
    {
      name: 'names that the provider adds to a certificate',
      ...plan(
        { aws_acm_certificate: { door: { subject_alternative_names: ['a.example'] } } },
        { aws_acm_certificate: { door: { subject_alternative_names: ['a.example', 'example'] } } },
      ),
    },
    {
      name: 'a resource of a block that stands for several',
      ...plan(
        { aws_sqs_queue: { receipts: { count: '${var.count}', delay_seconds: 5 } } },
        { aws_sqs_queue: { receipts: { count: 1, delay_seconds: 5 } } },
      ),
    },
    {
      name: 'an argument whose changes are ignored',
      ...plan(
        { aws_sqs_queue: { receipts: { delay_seconds: 5, lifecycle: { ignore_changes: ['delay_seconds'] } } } },
        { aws_sqs_queue: { receipts: { delay_seconds: 9 } } },
      ),
    },
  ],
  fail: [
    {
      name: 'a resource that the plan has not',
      ...plan({ ...QUEUE, aws_kms_key: { ledger: {} } }, QUEUE),
      fails: { 'aws_kms_key.ledger': 'notPlanned' },
    },
    {
      name: 'a resource that the plan has besides',
      ...plan(QUEUE, { ...QUEUE, aws_ebs_volume: { copy: { size: 1 } } }),
      fails: { 'aws_ebs_volume.copy': 'notSynthesised' },
    },
    {
      name: 'another constant',
      ...plan(QUEUE, { aws_sqs_queue: { receipts: { delay_seconds: 6 } } }),
      fails: { 'aws_sqs_queue.receipts': 'differs' },
    },
    {
      name: 'another constant in a block that stands for several',
      ...plan(
        { aws_sqs_queue: { receipts: { count: '${var.count}', delay_seconds: 5 } } },
        { aws_sqs_queue: { receipts: { count: 1, delay_seconds: 6 } } },
      ),
      fails: { 'aws_sqs_queue.receipts[0]': 'differs' },
    },
    {
      name: 'a constant that is not there',
      ...plan(QUEUE, { aws_sqs_queue: { receipts: {} } }),
      fails: { 'aws_sqs_queue.receipts': 'differs' },
    },
    {
      name: 'another constant in a block',
      ...plan(
        { aws_s3_bucket_versioning: { ledger: { versioning_configuration: { status: 'Enabled' } } } },
        { aws_s3_bucket_versioning: { ledger: { versioning_configuration: [{ status: 'Suspended' }] } } },
      ),
      fails: { 'aws_s3_bucket_versioning.ledger': 'differs' },
    },
    {
      name: 'a change to another constant',
      ...plan(
        QUEUE,
        { aws_sqs_queue: { receipts: { delay_seconds: 6 } } },
        { aws_sqs_queue: { receipts: { delay_seconds: 4 } } },
      ),
      fails: { 'aws_sqs_queue.receipts': 'differs' },
    },
  ],
  unproven: [
    {
      name: 'a constant that the plan does not show',
      ...plan(QUEUE, { aws_sqs_queue: { receipts: { delay_seconds: '${var.count}' } } }),
      unproven: { 'aws_sqs_queue.receipts': 'var.count' },
    },
    {
      name: 'a value that the plan leaves as it was',
      ...plan(
        QUEUE,
        { aws_sqs_queue: { receipts: { delay_seconds: 4 } } },
        { aws_sqs_queue: { receipts: { delay_seconds: 4 } } },
      ),
      unproven: { 'aws_sqs_queue.receipts': 'keeps delay_seconds = 4 in the plan, and was synthesised with 5' },
    },
  ],
});

it('judges no plan on its own, and no stack without a plan', () => {
  const { plan: _, ...alone } = plan(QUEUE, QUEUE);
  expect(judge([check], alone).results).toEqual([]);
  expect(judge([check], { ...alone, plan: { before: stack({}) } }).results).toEqual([]);
});

it('takes what a synthesised module makes for synthesised, and nothing of another module', () => {
  const example = plan(QUEUE, QUEUE, {}, { module: { archive: { source: './archive' } } });
  const estate = estateOf(example);
  const stacks = estate.stacks.map((own) => {
    const resources = own.resources.flatMap((resource) => [
      resource,
      ...['module.archive.', 'module.archive["a"].module.b.', 'module.other.'].map(
        (module) =>
          new Resource({ ...resource.init, id: { ...resource.init.id, address: `${module}${resource.address}` } }),
      ),
    ]);
    return withObjects(own, { resources });
  });
  const joined = new JoinedEstate(stacks, { problems: [], declaredStacks: ['west'] });
  const { results } = judgeEstate([check], joined, policyOf(example));
  expect(results.map(({ subject, verdict }) => [subject.address, verdict])).toEqual([
    ['aws_sqs_queue.receipts', 'pass'],
    ['module.archive.aws_sqs_queue.receipts', 'pass'],
    ['module.archive["a"].module.b.aws_sqs_queue.receipts', 'pass'],
    ['module.other.aws_sqs_queue.receipts', 'fail'],
  ]);
});

it('is asked wherever a plan and its stack are given', () => {
  const bytesOf = (content: unknown) => new TextEncoder().encode(JSON.stringify(content));
  const planned = {
    format_version: '1.2',
    terraform_version: '1.11.0',
    complete: true,
    errored: false,
    planned_values: {
      root_module: {
        resources: [
          {
            address: 'aws_sqs_queue.receipts',
            mode: 'managed',
            type: 'aws_sqs_queue',
            name: 'receipts',
            values: { delay_seconds: 6 },
          },
        ],
      },
    },
    resource_changes: [
      {
        address: 'aws_sqs_queue.receipts',
        mode: 'managed',
        type: 'aws_sqs_queue',
        name: 'receipts',
        provider_name: 'registry.terraform.io/hashicorp/aws',
        change: {
          actions: ['create'],
          before: null,
          after: { delay_seconds: 6 },
          after_unknown: {},
          after_sensitive: {},
        },
      },
    ],
    configuration: {
      root_module: {
        resources: [
          {
            address: 'aws_sqs_queue.receipts',
            mode: 'managed',
            type: 'aws_sqs_queue',
            name: 'receipts',
            provider_config_key: 'aws',
            expressions: { delay_seconds: { constant_value: 6 } },
          },
        ],
      },
    },
  };
  const estate = parseEstate({
    stacks: [
      {
        name: 'west',
        path: 'west',
        documents: [readJson('west/cdk.tf.json', bytesOf({ resource: QUEUE }))],
        variables: new Map(),
        unreadVariableFiles: [],
        inputs: [],
      },
    ],
    plans: [{ name: 'west', path: 'west/plan.json', chunks: [bytesOf(planned)], sha256: '0'.repeat(64) }],
    problems: [],
    declaredStacks: ['west'],
  });
  expect(estate.problems).toEqual([]);
  expect(judgeEstate([check], estate, policyOf({ stacks: {} })).results).toMatchObject([
    {
      verdict: 'fail',
      message: 'is planned with delay_seconds = 6, and was synthesised with 5',
      subject: { address: 'aws_sqs_queue.receipts' },
    },
  ]);
});

it('does not ask for what the plan forgets', () => {
  const example: Example = {
    plan: {
      before: stack({ ...QUEUE, aws_kms_key: { ledger: {} } }),
      synthesised: stack(QUEUE),
      forgets: ['aws_kms_key.ledger'],
    },
    stacks: stack(QUEUE),
  };
  expect(judge([check], example).results.map(({ subject, verdict }) => [subject.address, verdict])).toEqual([
    ['aws_sqs_queue.receipts', 'pass'],
  ]);
});
