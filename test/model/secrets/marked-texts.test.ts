import { expect, it } from 'vitest';
import { parseEstate } from '../../../model/synth/estate.ts';
import { stackInput } from '../../support/stack-input.ts';

const SECRET = 'hunter2-of-the-database';

function told(stacks: { readonly [name: string]: object }): string {
  const inputs = Object.entries(stacks).map(([name, document]) => stackInput(name, document));
  const estate = parseEstate({ stacks: inputs, plans: [], problems: [], declaredStacks: [] });
  return estate.withhold(`is ${SECRET}`);
}

const resource = (value: string) => ({ resource: { aws_ssm_parameter: { p: { value } } } });
const KEPT = { bucket: 'state', key: 'west', region: 'eu-west-1' };

it.each([
  ['a function', { west: resource(`\${sensitive("${SECRET}")}`) }],
  ['a part of a text', { west: resource(`\${"user:\${sensitive("${SECRET}")}"}`) }],
  [
    'an argument of a provider',
    { west: { provider: { aws: { region: `\${sensitive("${SECRET}")}` } }, ...resource('-') } },
  ],
  ['an item of a list', { west: { resource: { aws_vpc: { v: { tags: { a: [`\${sensitive("${SECRET}")}`] } } } } } }],
])('is withheld, marked by %s', (_, stacks) => {
  expect(told(stacks)).toBe('is (sensitive)');
});

it('is withheld where another stack reads it', () => {
  const west = {
    terraform: { backend: { s3: KEPT } },
    output: { secret: { sensitive: true, value: '${sensitive("hunter2")}' } },
  };
  const east = {
    data: { terraform_remote_state: { other: { backend: 's3', config: KEPT } } },
    ...resource('${data.terraform_remote_state.other.outputs.secret}-of-the-database'),
  };
  expect(told({ west, east })).toBe('is (sensitive)');
});

it('is told where nothing is marked', () => {
  expect(told({ west: resource(SECRET) })).toBe(`is ${SECRET}`);
});
