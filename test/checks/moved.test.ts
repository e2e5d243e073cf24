import { describe, expect, it } from 'vitest';
import { formerAddresses } from '../../checks/moved.ts';
import { parseEstate } from '../../model/synth/estate.ts';
import { planText } from '../support/plan-text.ts';
import { stackInput } from '../support/stack-input.ts';

type Move = readonly [from: string, to: string];

const QUEUES = { a: {}, b: {} };

function former(address: string, moved: readonly Move[], rest: object = {}): string | null {
  const content = {
    resource: { aws_sqs_queue: QUEUES, aws_sns_topic: { a: {} } },
    moved: moved.map(([from, to]) => ({ from, to })),
    ...rest,
  };
  const estate = parseEstate({
    stacks: [stackInput('west', content)],
    problems: [],
    declaredStacks: ['west'],
  });
  expect(estate.problems).toEqual([]);
  return formerAddresses(estate)('west', address);
}

describe('the address before a move', () => {
  it.each<readonly [string, string, readonly Move[], string | null]>([
    ['is that of the block', 'aws_sqs_queue.a', [['aws_sqs_queue.old', 'aws_sqs_queue.a']], 'aws_sqs_queue.old'],
    [
      'follows one block after another',
      'aws_sqs_queue.a',
      [
        ['aws_sqs_queue.old', 'aws_sqs_queue.between'],
        ['aws_sqs_queue.between', 'aws_sqs_queue.a'],
      ],
      'aws_sqs_queue.old',
    ],
    [
      'comes out of a module',
      'aws_sqs_queue.a',
      [['module.m.aws_sqs_queue.a', 'aws_sqs_queue.a']],
      'module.m.aws_sqs_queue.a',
    ],
    ['is none without a block', 'aws_sqs_queue.b', [['aws_sqs_queue.old', 'aws_sqs_queue.a']], null],
    ['is none that grows with each round', 'aws_sqs_queue.a', [['aws_sqs_queue.old', 'aws_sqs_queue']], null],
    ['is none while it is in use', 'aws_sqs_queue.a', [['aws_sqs_queue.b', 'aws_sqs_queue.a']], null],
    ['is none of another type', 'aws_sns_topic.a', [['aws_sqs_queue.old', 'aws_sns_topic.a']], null],
    [
      'is none where two blocks move one address to two',
      'aws_sqs_queue.a',
      [
        ['aws_sqs_queue.old', 'aws_sqs_queue.a'],
        ['aws_sqs_queue.old', 'aws_sqs_queue.b'],
      ],
      null,
    ],
    [
      'is none where two blocks move two addresses to one',
      'aws_sqs_queue.a',
      [
        ['aws_sqs_queue.old', 'aws_sqs_queue.a'],
        ['aws_sqs_queue.older', 'aws_sqs_queue.a'],
      ],
      null,
    ],
    [
      'is none in a circle',
      'aws_sqs_queue.a',
      [
        ['aws_sqs_queue.old', 'aws_sqs_queue.a'],
        ['aws_sqs_queue.a', 'aws_sqs_queue.old'],
      ],
      null,
    ],
  ])('%s', (_, address, moved, expected) => {
    expect(former(address, moved)).toBe(expected);
  });

  it('is none of what the estate does not have', () => {
    expect(former('aws_sqs_queue.none', [['aws_sqs_queue.old', 'aws_sqs_queue.none']])).toBeNull();
  });

  it('is what a plan says, of an instance too', () => {
    const queue = {
      address: 'aws_sqs_queue.q["a"]',
      index: 'a',
      after: {},
      expressions: {},
      repetition: { for_each_expression: {} },
    };
    const plan = JSON.parse(planText({ resources: [queue] })) as { resource_changes: { previous_address?: string }[] };
    const [change] = plan.resource_changes;
    if (change === undefined) throw new Error('the plan has no change');
    change.previous_address = 'aws_sqs_queue.q';
    const estate = parseEstate({
      stacks: [],
      plans: [
        { name: 'west', path: 'west.json', chunks: [new TextEncoder().encode(JSON.stringify(plan))], sha256: '' },
      ],
      problems: [],
      declaredStacks: ['west'],
    });
    expect(estate.problems).toEqual([]);
    expect(formerAddresses(estate)('west', 'aws_sqs_queue.q["a"]')).toBe('aws_sqs_queue.q');
  });
});
