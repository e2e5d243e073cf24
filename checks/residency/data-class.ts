import type { Resource } from '../../model/resource.ts';
import { tagOf } from '../../model/tags.ts';
import { NULL, type Value } from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';

/**
 * Which data there is, by the tag of the first resource that has one: an exception for a failure of one class of data
 * covers no other.
 */
export function classExtent(
  { tags: { dataClass } }: Pick<Policy, 'tags'>,
  ...resources: readonly Resource[]
): { readonly [tag: string]: Value } {
  const found = resources.map((resource) => tagOf(resource, dataClass));
  return { [dataClass]: found.find(({ kind }) => kind !== 'null') ?? NULL };
}
