import type { Site } from '../../policy/policy.ts';
import type { Context } from '../check.ts';

/** A site is not built where all of its stacks are optional and switched off. */
export function isBuilt(site: Site, { estate, policy }: Pick<Context, 'estate' | 'policy'>): boolean {
  const stacks = policy.stacks.filter(({ sites }) => sites.includes(site.id));
  if (stacks.length === 0 || stacks.some(({ isOptional }) => !isOptional)) return true;
  return estate.stacks.some(({ name }) => stacks.some((stack) => stack.name === name));
}
