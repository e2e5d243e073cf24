import type { Estate } from '../model/estate.ts';
import type { Policy } from '../policy/policy.ts';
import type { Population } from './report.ts';

/** What was there to judge, counted. */
export function populationOf(estate: Estate, policy: Policy): Population {
  const expected = new Map(policy.stacks.map(({ name, sites }) => [name, sites]));
  const types = new Map<string, number>();
  for (const { type } of estate.resources) types.set(type, (types.get(type) ?? 0) + 1);
  return {
    stacks: estate.stacks.map(({ name, resources }) => ({
      name,
      sites: expected.get(name) ?? [],
      resources: resources.length,
    })),
    resources: estate.resources.length,
    types: Array.from(types, ([type, resources]) => ({ type, resources })).toSorted((left, right) =>
      left.type < right.type ? -1 : 1,
    ),
  };
}
