import { expect, it } from 'vitest';
import { parseEstate } from '../../../model/synth/estate.ts';
import { planText } from '../../support/plan-text.ts';

const PARAMETER = { address: 'aws_ssm_parameter.p', expressions: {} };

it.each([
  ['what is marked at the top', { after: { value: 'hunter2', name: 'open' }, sensitive: { value: true } }, ['hunter2']],
  [
    'what is marked in depth, with its numbers',
    { after: { tags: [{ a: 'hunter2', b: 'open', c: 8443.0 }] }, sensitive: { tags: [{ a: true, c: true }] } },
    ['hunter2', '8443'],
  ],
  [
    'everything below a mark',
    { after: { tags: { a: 'hunter2', b: ['x'] } }, sensitive: { tags: true } },
    ['hunter2', 'x'],
  ],
  ['nothing where nothing is marked', { after: { value: 'open' }, sensitive: { tags: [{ a: false }] } }, null],
])('holds %s', (_, change, expected) => {
  const secrets = secretsIn(planText({ resources: [{ ...PARAMETER, ...change }] }));
  expect(secrets).toEqual(expected);
});

it('holds variables that are declared as sensitive, and no output, which CDKTF marks whatever it is', () => {
  const text = planText({
    resources: [{ ...PARAMETER, after: { value: 'open' } }],
    variables: { secret: { value: 'hunter2' }, region: { value: 'eu-west-1' } },
    root: { variables: { secret: { sensitive: true }, region: {} } },
    outputs: { shared: { sensitive: true, expression: { constant_value: 'open' } } },
  });
  expect(secretsIn(text)).toEqual(['hunter2']);
});

function secretsIn(text: string): readonly string[] | null {
  const plans = [{ name: 'west', path: 'west.json', chunks: [Buffer.from(text)], sha256: '' }];
  const estate = parseEstate({ stacks: [], plans, problems: [], declaredStacks: [] });
  expect(estate.problems).toEqual([]);
  const secrets = estate.stacks[0]?.secrets ?? null;
  return secrets === null ? null : [...secrets];
}
