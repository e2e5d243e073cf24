import type { Policy } from '../../policy/policy.ts';

/** Whether the policy lets all of some sites use one key, named by ARN or `stack:address`. */
export function isShared(key: string, sites: readonly string[], { keys }: Pick<Policy, 'keys'>): boolean {
  return keys.sharing.some((sharing) => sharing.key === key && sites.every((site) => sharing.sites.includes(site)));
}
