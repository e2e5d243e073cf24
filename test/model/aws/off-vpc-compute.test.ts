import { describe, expect, test } from 'vitest';
import { COMPUTE_SUBNETS } from '../../../model/aws/compute-subnets.ts';
import { type Condition, OFF_VPC } from '../../../model/aws/off-vpc-compute.ts';
import { OPENINGS } from '../../../model/aws/public-openings.ts';
import { argumentExists } from '../../support/provider-arguments.ts';

interface Argument {
  readonly type: string;
  readonly path: readonly (string | number)[];
}

function missing(named: readonly Argument[]): readonly string[] {
  return named
    .map(({ type, path }) => ({ type, path: path.join('.') }))
    .filter(({ type, path }) => !argumentExists(type, path))
    .map(({ type, path }) => `${type}.${path}`);
}

function argumentsOf(type: string, condition: Condition): readonly Argument[] {
  if (condition.kind !== 'target-lacks') return [{ type, path: condition.path }];
  return [
    { type, path: condition.argument },
    { type: condition.type, path: condition.path },
  ];
}

describe('the tables of what runs outside a VPC, in subnets and in public', () => {
  test('name only arguments of the provider', () => {
    const off = OFF_VPC.flatMap(({ type, when }) => when.flatMap((condition) => argumentsOf(type, condition)));
    expect(missing(off)).toEqual([]);
    expect(missing(COMPUTE_SUBNETS)).toEqual([]);
    const open = [...OPENINGS].flatMap(([type, openings]) => openings.map(({ path }) => ({ type, path })));
    expect(missing(open)).toEqual([]);
    expect([off.length > 50, COMPUTE_SUBNETS.length > 45, open.length > 40]).toEqual([true, true, true]);
  });

  test('the helper tells an argument from what is none', () => {
    expect(argumentExists('aws_lambda_function', 'vpc_config.subnet_ids')).toBe(true);
    expect(argumentExists('aws_lambda_function', 'vpc_config.subnets')).toBe(false);
    expect(argumentExists('aws_lambda_function', 'subnet_ids')).toBe(false);
  });
});
