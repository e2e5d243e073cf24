import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Estate } from '../../../model/estate.ts';
import { display } from '../../../model/value.ts';
import { estateFrom } from '../../support/terraform-json.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const STACKS = ['east', 'north', 'west'];

/** Names that rest on each other at random, within a stack and across, often in circles. */
const expression = fc.oneof(
  fc.constantFrom('plain', '${[local.a, "first"][1]}', '${length([local.b, local.c])}'),
  fc.constantFrom(...NAMES).map((name) => `\${local.${name}}`),
  fc.constantFrom(...NAMES).map((name) => `\${aws_sqs_queue.${name}.name}`),
  fc.tuple(fc.constantFrom(...STACKS), fc.constantFrom(...NAMES)).map(([stack, name]) => outputOf(stack, name)),
  fc
    .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES))
    .map(([one, other]) => `\${try(local.${one}, local.${other})}`),
);

function outputOf(stack: string, name: string): string {
  return `\${data.terraform_remote_state.cross-stack-reference-input-${stack}.outputs.${name}}`;
}

const stack = fc
  .record({ locals: named(expression), outputs: named(expression), queues: named(expression) })
  .map(({ locals, outputs, queues }) => ({
    locals,
    output: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }])),
    data: {
      terraform_remote_state: Object.fromEntries(
        STACKS.map((name) => [`cross-stack-reference-input-${name}`, { backend: 's3', config: {} }]),
      ),
    },
    resource: {
      aws_sqs_queue: Object.fromEntries(Object.entries(queues).map(([name, text]) => [name, { name: text }])),
    },
  }));

function named(item: fc.Arbitrary<string>): fc.Arbitrary<Record<string, string>> {
  return fc
    .tuple(...NAMES.map(() => item))
    .map((items) => Object.fromEntries(NAMES.map((name, index) => [name, items[index] ?? 'x'])));
}

/** What is known of each name, whichever order it is asked in. A name in a circle is unknown, in whatever words. */
function knowledge(estate: Estate, order: readonly number[]): Map<string, string> {
  const resources = order.flatMap((index) => estate.resources[index] ?? []);
  return new Map(
    resources.map((resource) => {
      const value = resource.attribute('name');
      return [`${resource.stack} ${resource.address}`, value.kind === 'unknown' ? value.reason : display(value)];
    }),
  );
}

it('knows the same of every name in whatever order they are evaluated', () => {
  fc.assert(
    fc.property(
      fc.record({ east: stack, north: stack, west: stack }),
      fc.shuffledSubarray(
        Array.from({ length: 18 }, (_, index) => index),
        { minLength: 18 },
      ),
      (stacks, order) => {
        const straight = knowledge(estateFrom(stacks), Array.from(order.keys()));
        const shuffled = knowledge(estateFrom(stacks), order);
        for (const [name, known] of straight) expect([name, shuffled.get(name)]).toEqual([name, known]);
      },
    ),
    { numRuns: 400 },
  );
});

it('knows a long chain from either end', () => {
  const chain = Array.from({ length: 600 }, (_, index) => [
    `l${index}`,
    index === 599 ? 'end' : `\${local.l${index + 1}}`,
  ]);
  const west = {
    locals: Object.fromEntries(chain),
    resource: {
      aws_sqs_queue: { a: { name: '${local.l0}' }, b: { name: '${local.l300}' }, c: { name: '${local.l450}' } },
    },
  };
  const forwards = knowledge(estateFrom({ west }), [0, 1, 2]);
  const backwards = knowledge(estateFrom({ west }), [2, 1, 0]);
  expect([...new Set(forwards.values())]).toEqual(['"end"']);
  expect(forwards).toEqual(new Map([...backwards].toReversed()));
});
