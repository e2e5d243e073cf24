import type { FlowEnd } from './policy.ts';

/** An end of a flow as it is written: `site/tier`, or the id of a network outside. */
export function flowEnd(text: string): FlowEnd {
  const slash = text.indexOf('/');
  return slash === -1
    ? { kind: 'outside', network: text }
    : { kind: 'tier', site: text.slice(0, slash), tier: text.slice(slash + 1) };
}
