import { expect, it } from 'vitest';
import { escapeHatchesOf } from '../../checks/escape-hatches.ts';
import { estateFrom } from '../support/terraform-json.ts';

it('names overrides with their line, ignored arguments, empty blocks and blocks that move or forget', () => {
  const west = {
    '//': {
      metadata: {
        stackName: 'west',
        overrides: { aws_sqs_queue: ['name'], aws_sns_topic: ['tags'] },
        trefoil: { overrides: [{ element: 'west/receipts', path: 'name', at: ['stacks/desk.ts:12:7'] }] },
      },
    },
    resource: {
      aws_sqs_queue: { receipts: { '//': { metadata: { path: 'west/receipts' } }, name: 'r' } },
      aws_sns_topic: { news: { lifecycle: { ignore_changes: ['tags'] } }, none: { count: 0 } },
    },
    moved: [{ from: 'aws_sqs_queue.old', to: 'aws_sqs_queue.receipts' }],
  };
  expect(
    escapeHatchesOf(estateFrom({ west })).map(({ kind, address, what, code }) => ({
      kind,
      address,
      what,
      line: code?.line,
    })),
  ).toEqual([
    { kind: 'override', address: 'aws_sns_topic', what: 'tags', line: undefined },
    { kind: 'ignore_changes', address: 'aws_sns_topic.news', what: 'tags', line: undefined },
    { kind: 'empty', address: 'aws_sns_topic.none', what: 'count or for_each is empty', line: undefined },
    { kind: 'moved', address: 'aws_sqs_queue.old', what: 'moved', line: undefined },
    { kind: 'override', address: 'aws_sqs_queue.receipts', what: 'name', line: 12 },
  ]);
});
