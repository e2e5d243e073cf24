import type { Site } from '../../policy/policy.ts';
import type { Context } from '../check.ts';

/** Names of the stacks that the policy expects (at a site) and the estate lacks: what is missing may be in there. */
export function missingStacks({ estate, policy }: Context, site?: Site): readonly string[] {
  const read = new Set(estate.stacks.map(({ name }) => name));
  return policy.stacks
    .filter(({ name, sites, isOptional }) => {
      return !isOptional && !read.has(name) && (site === undefined || sites.includes(site.id));
    })
    .map(({ name }) => name);
}
