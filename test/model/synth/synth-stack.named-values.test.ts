import { expect, it } from 'vitest';
import type { Estate } from '../../../model/estate.ts';
import { parseEstate } from '../../../model/synth/estate.ts';
import { display } from '../../../model/value.ts';
import { planText } from '../../support/plan-text.ts';
import { stackInput } from '../../support/stack-input.ts';

const STACK = {
  resource: { aws_vpc: { main: { cidr_block: '10.0.0.0/16' } } },
  output: { id: { value: '${aws_vpc.main.id}' }, block: { value: '${local.block}' } },
  locals: { block: '${aws_vpc.main.cidr_block}', plain: ['a'] },
  variable: { given: { default: '${not.a.template}' }, open: { type: 'string' } },
};

const PLAN = planText({
  resources: [
    { address: 'aws_vpc.main', after: { cidr_block: '10.0.0.0/16' }, unknown: { id: true }, expressions: {} },
  ],
  outputs: { block: { value: '10.0.0.0/16' } },
  root: {
    outputs: { block: { expression: { references: ['local.block'] } } },
    variables: { given: { default: 'x' }, open: {} },
  },
});

function estateOf(isPlanned: boolean, isSynthesised: boolean): Estate {
  const plans = [{ name: 'west', path: 'west.json', chunks: [new TextEncoder().encode(PLAN)], sha256: '' }];
  const estate = parseEstate({
    stacks: isSynthesised ? [stackInput('west', STACK)] : [],
    plans: isPlanned ? plans : [],
    problems: [],
    declaredStacks: [],
  });
  expect(estate.problems).toEqual([]);
  return estate;
}

function named(estate: Estate): Readonly<Record<string, string>> {
  const values = estate.stacks.flatMap(({ namedValues }) => namedValues);
  return Object.fromEntries(values.map((one) => [`${one.kind} ${one.name}`, display(one.value())]));
}

it('gives the outputs, local values and defaults of a stack, with what they are', () => {
  expect(named(estateOf(false, true))).toEqual({
    'output id': 'aws_vpc.main.id',
    'output block': '"10.0.0.0/16"',
    'local block': '"10.0.0.0/16"',
    'local plain': '["a"]',
    'default given': '"${not.a.template}"',
  });
});

it('gives those of a plan', () => {
  expect(named(estateOf(true, false))).toEqual({ 'output block': 'local.block', 'default given': '"x"' });
});

it('gives those of a plan the local values and the places of what was synthesised', () => {
  const estate = estateOf(true, true);
  expect(Object.keys(named(estate))).toEqual(['output block', 'local block', 'local plain', 'default given']);
  expect(estate.stacks.flatMap(({ namedValues }) => namedValues.map(({ location }) => location.file))).toEqual(
    ['west', 'west', 'west', 'west'].map(() => expect.stringMatching(/cdk\.tf\.json$/)),
  );
});
