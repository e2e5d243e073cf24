import type { Resource } from '../../model/resource.ts';
import { tagText } from '../../model/tags.ts';
import { type Hidden, isHidden } from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';

export const SUBNET_TYPES = ['aws_subnet', 'aws_default_subnet'] as const;

/** What the tier of a subnet may face; null when its tag names no tier of the policy. */
export function exposureOf(
  subnet: Resource,
  { tags, tiers }: Pick<Policy, 'tags' | 'tiers'>,
): 'enclave' | 'gateway' | null | Hidden {
  const tag = tagText(subnet, tags.tier);
  return isHidden(tag) ? tag : (tiers.find(({ id }) => id === tag)?.exposure ?? null);
}
