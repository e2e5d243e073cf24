import type { AddressSet } from '../../model/aws/address-set.ts';
import { covers, coversWorld, parseCidr } from '../../model/aws/cidr.ts';
import { type Hidden, isHidden } from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';
import type { PassingRule } from './firewall-rule.ts';
import { isWithin } from './host-match.ts';

/** What is wrong with a rule that passes traffic: where it lets packets to or from that no register names. */
export type RuleFault =
  | { readonly kind: 'everywhere' }
  /** `bypass`: past the stateful rules as well. */
  | { readonly kind: 'beyond' | 'bypass'; readonly end: 'from' | 'to' }
  | { readonly kind: 'loose'; readonly text: string }
  | { readonly kind: 'domain'; readonly domain: string }
  | { readonly kind: 'unclear'; readonly because: Hidden | string };

/** Everything wrong with one rule, or what hides whether something is. */
export function faultsOf(rule: PassingRule, policy: Policy): readonly RuleFault[] {
  const faults = [faultOfDestination(rule, policy), faultOfSource(rule, policy)];
  return faults.filter((fault) => fault !== null);
}

/** A list of servers stands for their addresses, but only for what the enclave opens itself. */
function faultOfDestination(rule: PassingRule, policy: Policy): RuleFault | null {
  const { destination, hosts, isBothWays } = rule;
  if (isHidden(destination)) return { kind: 'unclear', because: destination };
  const isWorld = coversWorld(destination);
  if (!isWorld && isRegistered(destination, policy)) return null;
  const shown = (text: string) => (rule.isSensitive ? '(sensitive)' : text);
  if (hosts.kind === 'hosts' && !isBothWays) {
    const [domain = ''] = hosts.domains;
    if (hosts.domains.some((name) => isWithin(name, domainsOf(policy)))) return null;
    return { kind: 'domain', domain: shown(domain) };
  }
  if (hosts.kind === 'loose' && !isBothWays) return { kind: 'loose', text: shown(hosts.text) };
  if (hosts.kind === 'unclear') return unfollowed(rule, hosts.option);
  return isWorld ? { kind: 'everywhere' } : beyond(rule, 'to');
}

function faultOfSource(rule: PassingRule, policy: Policy): RuleFault | null {
  const { source, hosts } = rule;
  if (isHidden(source)) return { kind: 'unclear', because: source };
  if (isRegistered(source, policy)) return null;
  return hosts.kind === 'unclear' ? unfollowed(rule, hosts.option) : beyond(rule, rule.isBothWays ? 'to' : 'from');
}

function unfollowed({ label }: PassingRule, option: string): RuleFault {
  return { kind: 'unclear', because: `has a rule with ${option}, whose effect is not followed: ${label}` };
}

function beyond({ isStateless }: PassingRule, end: 'from' | 'to'): RuleFault {
  return { kind: isStateless ? 'bypass' : 'beyond', end };
}

/** Names of servers that the policy registers. */
export function domainsOf({ network }: Pick<Policy, 'network'>): readonly string[] {
  return network.outside.flatMap(({ domains }) => domains);
}

/** Whether the policy names every address, of the enclave's own networks or of those outside. */
function isRegistered(addresses: AddressSet, { network }: Pick<Policy, 'network'>): boolean {
  const blocks = [...network.approvedPeers.map(({ peer }) => peer), ...network.outside.flatMap(({ cidrs }) => cidrs)];
  const registered = blocks.flatMap((block) => parseCidr(block) ?? []);
  return addresses.every((range) => covers(registered, range));
}
