import type { Resource } from '../../model/resource.ts';
import { asString, display, isHidden } from '../../model/value.ts';
import type { Outcome } from '../check.ts';
import {
  approvedDomains,
  blocksEverything,
  type DnsRule,
  dnsFirewallOf,
  isApproved,
  isBefore,
  whatMayBlock,
} from './dns-firewall.ts';
import type { Inspect } from './dns-messages.ts';
import { missingStacks } from './missing-stacks.ts';

/** The resolver that AWS gives a VPC: what it answers, when it fails, and what it records. */
export function judgeVpc(vpc: Resource, inspection: Inspect): Outcome {
  const { all, pass, unproven } = inspection;
  const support = asString(vpc.attribute('enable_dns_support'));
  // Without the resolver, queries are packets like others.
  if (support === 'false') return pass();
  const outcome = all([
    judgeFirewall(vpc, inspection),
    judgeFailOpen(vpc, inspection),
    judgeLog(vpc, inspection),
    judgeOptions(vpc, inspection),
    ...profilesOf(vpc, inspection),
  ]);
  const isCertain = !isHidden(support) && !vpc.init.isSymbolic;
  if (isCertain || outcome.verdict !== 'fail') return outcome;
  return unproven(`${outcome.message}, if ${vpc.address} has a resolver`);
}

function judgeFirewall(vpc: Resource, inspection: Inspect): Outcome {
  const { estate, all, fail, unproven } = inspection;
  const { associations, rules, open } = dnsFirewallOf(estate, vpc);
  if (associations.length === 0) {
    if (open.length > 0) return unproven(open);
    return unlessElsewhere(inspection, 'DNS Firewall rules') ?? fail({}, 'unassociated');
  }
  const blocks = rules.filter(blocksEverything);
  const possible = rules.filter((rule) => whatMayBlock(rule) !== null);
  return all([
    ...associations.map((association) => judgeProtection(association, inspection)),
    ...(blocks.length > 0 ? [] : [judgeUnblocked(associations, rules, inspection)]),
    ...rules.map((rule) => judgeRule(rule, { blocks, possible }, inspection)),
  ]);
}

function judgeUnblocked(
  associations: readonly Resource[],
  rules: readonly DnsRule[],
  { fail, unproven }: Inspect,
): Outcome {
  const [hidden] = rules.flatMap((rule) => whatMayBlock(rule) ?? []);
  return hidden === undefined ? fail({ related: associations }, 'open') : unproven(hidden);
}

function judgeProtection(association: Resource, { pass, fail, unproven }: Inspect): Outcome {
  const value = association.attribute('mutation_protection');
  const text = asString(value);
  if (isHidden(text)) return unproven(text);
  if (text === 'ENABLED') return pass();
  const at = { value, related: [association], location: association.locate('mutation_protection') };
  return fail(at, 'unprotected', { association: association.address });
}

interface Blocks {
  /** Rules that block every name, and those that may. */
  readonly blocks: readonly DnsRule[];
  readonly possible: readonly DnsRule[];
}

/** A rule that answers: what it lets pass must be approved, unless everything is blocked before it. */
function judgeRule(rule: DnsRule, { blocks, possible }: Blocks, inspection: Inspect): Outcome {
  const { estate, policy, all, pass, fail, unproven } = inspection;
  const { resource, action, override } = rule;
  const isBlock = action === 'BLOCK';
  const isOther = (block: DnsRule) => block !== rule;
  if (isBlock && override.kind === 'null') return pass();
  const order = isBefore(rule, blocks.filter(isOther));
  if (order === false) return pass();
  const isCertain = order === true && isBefore(rule, possible.filter(isOther)) === true && rule.isCertain;
  const approved = approvedDomains(estate, policy);
  const text = asString(override);
  const extent = { q_type: resource.attribute('q_type'), action: resource.attribute('action') };
  const answered = isBlock ? (typeof text === 'string' ? [text] : []) : rule.domains;
  const hidden = isBlock ? (isHidden(text) ? [text] : []) : [...(isHidden(action) ? [action] : []), ...rule.open];
  return all([
    ...answered
      .filter((domain) => !isApproved(domain, approved))
      .map((domain) => {
        const data = { rule: resource.address, domain: JSON.stringify(domain) };
        if (isCertain && !isHidden(action)) return fail({ related: [resource], extent }, 'domain', data);
        return unproven(`may resolve ${data.domain} by ${data.rule}, which nothing approves`);
      }),
    ...(hidden.length === 0 ? [] : [unproven(hidden)]),
  ]);
}

function judgeFailOpen(vpc: Resource, inspection: Inspect): Outcome {
  const { estate, all } = inspection;
  const { items, open } = estate.companions(vpc, 'aws_route53_resolver_firewall_config', 'resource_id');
  return all([
    ...items.map((config) => judgeConfig(config, !config.init.isSymbolic, inspection)),
    ...open.map(({ resource }) => judgeConfig(resource, false, inspection)),
  ]);
}

/** AWS fails closed where nothing says otherwise. */
function judgeConfig(config: Resource, isCertain: boolean, { pass, fail, unproven }: Inspect): Outcome {
  const value = config.attribute('firewall_fail_open');
  const text = asString(value);
  if (text === 'DISABLED') return pass();
  if (isHidden(text)) return unproven(text);
  if (text === 'ENABLED' && isCertain) {
    const at = { value, related: [config], location: config.locate('firewall_fail_open') };
    return fail(at, 'failOpen', { config: config.address });
  }
  return unproven(`may let queries pass while DNS Firewall fails (${config.address})`);
}

function judgeLog(vpc: Resource, inspection: Inspect): Outcome {
  const { estate, pass, fail, unproven } = inspection;
  const type = 'aws_route53_resolver_query_log_config_association';
  const { items, open } = estate.companions(vpc, type, 'resource_id');
  const certain = items.filter(({ init }) => !init.isSymbolic);
  const configs = certain.map((association) =>
    estate.resolve(association.attribute('resolver_query_log_config_id'), ['aws_route53_resolver_query_log_config']),
  );
  if (configs.some((target) => target.kind === 'resource' && !target.resource.init.isSymbolic)) return pass();
  if (certain.length > 0) return unproven('is logged by a configuration outside the estate');
  const possible = [...items, ...open.map(({ resource }) => resource)];
  if (possible.length > 0) return unproven(`may have no log of its queries but ${possible[0]?.address}`);
  return unlessElsewhere(inspection, 'query logging') ?? fail({}, 'unlogged');
}

/** A stack that was not read may hold what is missed. */
function unlessElsewhere(inspection: Inspect, what: string): Outcome | null {
  const missing = missingStacks(inspection);
  return missing.length === 0 ? null : inspection.unproven(`may have ${what} in ${missing.join(', ')}, not read here`);
}

function judgeOptions(vpc: Resource, { estate, all, pass, unproven }: Inspect): Outcome {
  const { items, open } = estate.companions(vpc, 'aws_vpc_dhcp_options_association', 'vpc_id');
  const associations = [...items, ...open.map(({ resource }) => resource)];
  return all(
    associations.map((association) => {
      const options = estate.resolve(association.attribute('dhcp_options_id'), ['aws_vpc_dhcp_options']);
      if (options.kind === 'hidden') return unproven(options.value);
      if (options.kind === 'outside' && options.text !== 'default') {
        return unproven(`has DHCP options outside the estate, ${display(association.attribute('dhcp_options_id'))}`);
      }
      return pass();
    }),
  );
}

function profilesOf(vpc: Resource, { estate, unproven }: Inspect): readonly Outcome[] {
  const { items, open } = estate.companions(vpc, 'aws_route53profiles_association', 'resource_id');
  return [...items, ...open.map(({ resource }) => resource)].map(({ address }) =>
    unproven(`takes rules from a Route 53 profile, which is not followed (${address})`),
  );
}
