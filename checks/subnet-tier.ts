import type { Resource } from '../model/resource.ts';
import { tagText } from '../model/tags.ts';
import { type Hidden, isHidden } from '../model/value.ts';
import type { Policy, Tier } from '../policy/policy.ts';

export const SUBNET_TYPES = ['aws_subnet', 'aws_default_subnet'] as const;

/** The tier that a subnet's tag names; null when it names none of the policy's. */
export function tierOf(subnet: Resource, { tags, tiers }: Pick<Policy, 'tags' | 'tiers'>): Tier | null | Hidden {
  const tag = tagText(subnet, tags.tier);
  return isHidden(tag) ? tag : (tiers.find(({ id }) => id === tag) ?? null);
}

/** What the tier of a subnet may face; null when its tag names no tier of the policy. */
export function exposureOf(subnet: Resource, policy: Pick<Policy, 'tags' | 'tiers'>): Tier['exposure'] | null | Hidden {
  const tier = tierOf(subnet, policy);
  return tier === null || isHidden(tier) ? tier : tier.exposure;
}
