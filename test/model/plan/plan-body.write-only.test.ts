import { describe, expect, it } from 'vitest';
import { parseEstate } from '../../../model/synth/estate.ts';
import type { Value } from '../../../model/value.ts';
import { planText, type PlannedStack } from '../../support/plan-text.ts';
import { stackInput } from '../../support/stack-input.ts';

const SECRET = 'hunter2-of-db7.example';

/** What a plan has of a write-only argument: it is in no value of the object, known or not. */
function writeOnly(expression: object | null, rest: Partial<PlannedStack> = {}): Value {
  const text = planText({
    resources: [
      {
        address: 'aws_ssm_parameter.p',
        after: { name: 'p', value_wo: null, value_wo_version: 1 },
        unknown: { id: true },
        sensitive: { value_wo: true },
        expressions: { name: { constant_value: 'p' }, ...(expression === null ? {} : { value_wo: expression }) },
      },
    ],
    ...rest,
  });
  const plans = [{ name: 'west', path: 'west.json', chunks: [Buffer.from(text)], sha256: '' }];
  const estate = parseEstate({ stacks: [], plans, problems: [], declaredStacks: [] });
  expect(estate.problems).toEqual([]);
  const [resource] = estate.ofType('aws_ssm_parameter');
  expect(resource?.init.body.names.includes('value_wo')).toBe(expression !== null);
  return resource?.attribute('value_wo') ?? { kind: 'null' };
}

describe('a write-only argument of a plan', () => {
  it('has the value that is written, and never tells it', () => {
    expect(writeOnly({ constant_value: SECRET })).toEqual({ kind: 'string', value: SECRET, sensitive: true });
  });

  it.each([
    ['a variable, whose value may be ephemeral', { references: ['var.secret'] }],
    ['an ephemeral resource', { references: ['ephemeral.aws_secretsmanager_secret_version.db.secret_string'] }],
    ['a function', {}],
  ])('is not known where it is made of %s', (_, expression) => {
    const variables = { variables: { secret: { value: SECRET } }, root: { variables: { secret: {} } } };
    const value = writeOnly(expression, variables);
    expect(value.kind).toBe('unknown');
    expect(value.sensitive).toBe(true);
    expect(JSON.stringify(value)).not.toContain(SECRET);
  });

  it.each([
    ['it is not written', null],
    ['null is written', { constant_value: null }],
  ])('is omitted where %s', (_, expression) => {
    expect(writeOnly(expression)).toEqual({ kind: 'null' });
  });

  it('is not known of itself', () => {
    expect(writeOnly({ references: ['aws_ssm_parameter.p.value_wo', 'aws_ssm_parameter.p'] }).kind).toBe('unknown');
  });
});

it('is known in the synthesised stack as it is written', () => {
  const stack = stackInput('west', { resource: { aws_ssm_parameter: { p: { value_wo: SECRET } } } });
  const estate = parseEstate({ stacks: [stack], plans: [], problems: [], declaredStacks: [] });
  expect(estate.ofType('aws_ssm_parameter')[0]?.attribute('value_wo')).toEqual({ kind: 'string', value: SECRET });
});
