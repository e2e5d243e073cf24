import { covers } from '../../model/aws/cidr.ts';
import { VPC_TYPES } from '../../model/aws/vpc-defaults.ts';
import type { Resource } from '../../model/resource.ts';
import { asItems, asString, display, isHidden, type Value } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { addressRange, outsideRanges, ownRanges } from './declared-networks.ts';
import {
  approvedDomains,
  blocksEverything,
  type DnsRule,
  dnsFirewallOf,
  isApproved,
  isBefore,
  whatMayBlock,
} from './dns-firewall.ts';
import { missingStacks } from './missing-stacks.ts';

const messages = {
  unassociated: 'has no DNS Firewall rule group, so its resolver answers for every name',
  open: 'has DNS Firewall rules of which none blocks every name, so what no rule names is answered',
  domain: ({ rule, domain }: { readonly rule: string; readonly domain: string }) =>
    `resolves ${domain} by ${rule}, which is no name of AWS, of the estate or of a network that the policy declares`,
  failOpen: ({ config }: { readonly config: string }) => `lets queries pass while DNS Firewall fails (${config})`,
  unprotected: ({ association }: { readonly association: string }) =>
    `may lose its DNS Firewall rules, because ${association} has no mutation protection`,
  unlogged: 'has no log of its DNS queries',
  forwards: ({ domain, target }: { readonly domain: string; readonly target: string }) =>
    `forwards queries for ${domain} to ${target}, which is no resolver of the enclave or of its own premises`,
  servers: ({ server }: { readonly server: string }) =>
    `hands out the name server ${server}, which is no resolver of the enclave or of its own premises`,
  publicZone: 'is a public zone, which answers everybody',
  foreignZone: ({ vpc, region }: { readonly vpc: string; readonly region: string }) =>
    `gives its names to ${vpc} in ${region}, where no site of the policy is`,
};

type Inspect = Inspection<typeof messages>;

/** Types that give a private zone to VPCs besides its own blocks. */
const ZONE_LINKS = ['aws_route53_zone_association', 'aws_route53_vpc_association_authorization'] as const;

export default defineCheck({
  id: 'NET-012',
  why: 'Queries to the resolver of a VPC pass no route, no security group and no network firewall: without DNS Firewall, data leaves in the names that are asked for.',
  fix: 'Associate each VPC with a rule group that allows approved names and then blocks *, with mutation protection, fail open disabled and query logging; forward only to resolvers of the enclave.',
  references: [
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall.html',
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-vpc-configuration.html',
  ],
  resourceTypes: [
    ...VPC_TYPES,
    'aws_route53_resolver_firewall_rule_group',
    'aws_route53_resolver_firewall_rule_group_association',
    'aws_route53_resolver_firewall_rule',
    'aws_route53_resolver_firewall_domain_list',
    'aws_route53_resolver_firewall_config',
    'aws_route53_resolver_query_log_config',
    'aws_route53_resolver_query_log_config_association',
    'aws_route53_resolver_endpoint',
    'aws_route53_resolver_rule',
    'aws_route53_resolver_rule_association',
    'aws_route53profiles_association',
    'aws_route53_zone',
    ...ZONE_LINKS,
    'aws_vpc_dhcp_options',
    'aws_vpc_dhcp_options_association',
  ],

  messages,

  subjects: resourcesOf(
    ...VPC_TYPES,
    'aws_route53_resolver_endpoint',
    'aws_route53_resolver_rule',
    'aws_route53_resolver_rule_association',
    'aws_route53_zone',
    ...ZONE_LINKS,
    'aws_vpc_dhcp_options',
  ),

  inspect({ resource }, inspection) {
    switch (resource.type) {
      case 'aws_route53_resolver_endpoint':
        return judgeEndpoint(resource, inspection);
      case 'aws_route53_resolver_rule':
        return judgeForwarding(resource, inspection);
      case 'aws_route53_resolver_rule_association':
        return judgeRuleAssociation(resource, inspection);
      case 'aws_route53_zone':
        return judgeZone(resource, inspection);
      case 'aws_route53_zone_association':
      case 'aws_route53_vpc_association_authorization':
        return judgeZoneVpc(resource.attribute('vpc_id'), resource.attribute('vpc_region'), inspection);
      case 'aws_vpc_dhcp_options':
        return judgeServers(resource, inspection);
      default:
        return judgeVpc(resource, inspection);
    }
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
              aws_route53_resolver_firewall_domain_list: {
                aws: { name: 'aws', domains: ['*.amazonaws.com'] },
                all: { name: 'all', domains: ['*'] },
              },
              aws_route53_resolver_firewall_rule_group: { ledger: { name: 'ledger' } },
              aws_route53_resolver_firewall_rule: {
                aws: {
                  name: 'aws',
                  action: 'ALLOW',
                  priority: 100,
                  firewall_rule_group_id: '${aws_route53_resolver_firewall_rule_group.ledger.id}',
                  firewall_domain_list_id: '${aws_route53_resolver_firewall_domain_list.aws.id}',
                },
                all: {
                  name: 'all',
                  action: 'BLOCK',
                  block_response: 'NXDOMAIN',
                  priority: 200,
                  firewall_rule_group_id: '${aws_route53_resolver_firewall_rule_group.ledger.id}',
                  firewall_domain_list_id: '${aws_route53_resolver_firewall_domain_list.all.id}',
                },
              },
              aws_route53_resolver_firewall_rule_group_association: {
                ledger: {
                  name: 'ledger',
                  priority: 101,
                  mutation_protection: 'ENABLED',
                  firewall_rule_group_id: '${aws_route53_resolver_firewall_rule_group.ledger.id}',
                  vpc_id: '${aws_vpc.ledger.id}',
                },
              },
              aws_route53_resolver_query_log_config: {
                ledger: { name: 'ledger', destination_arn: 'arn:aws:s3:::ledger-archive' },
              },
              aws_route53_resolver_query_log_config_association: {
                ledger: {
                  resolver_query_log_config_id: '${aws_route53_resolver_query_log_config.ledger.id}',
                  resource_id: '${aws_vpc.ledger.id}',
                },
              },
            },
          },
        },
      },
    ],
    violating: [
      { stacks: { west: { resource: { aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } } } } } },
      {
        stacks: {
          west: {
            resource: {
              aws_vpc_dhcp_options: { ledger: { domain_name_servers: ['198.51.100.53'] } },
            },
          },
        },
      },
    ],
  },
});

function judgeVpc(vpc: Resource, inspection: Inspect): Outcome {
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
  const answered = isBlock ? (typeof text === 'string' ? [text] : []) : rule.domains;
  const hidden = isBlock ? (isHidden(text) ? [text] : []) : [...(isHidden(action) ? [action] : []), ...rule.open];
  return all([
    ...answered
      .filter((domain) => !isApproved(domain, approved))
      .map((domain) => {
        const data = { rule: resource.address, domain: JSON.stringify(domain) };
        if (isCertain && !isHidden(action)) return fail({ related: [resource] }, 'domain', data);
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

/** What an outbound endpoint forwards, its rules say. */
function judgeEndpoint(endpoint: Resource, { estate, pass, unproven }: Inspect): Outcome {
  const direction = asString(endpoint.attribute('direction'));
  if (isHidden(direction)) return unproven(direction);
  if (direction === 'INBOUND') return pass();
  const { items } = estate.companions(endpoint, 'aws_route53_resolver_rule', 'resolver_endpoint_id');
  return items.length > 0 ? pass() : unproven('forwards by rules that are not in the estate');
}

function judgeForwarding(rule: Resource, inspection: Inspect): Outcome {
  const { all, pass, fail, unproven } = inspection;
  const type = asString(rule.attribute('rule_type'));
  if (isHidden(type)) return unproven(type);
  if (type === 'SYSTEM' || type === 'RECURSIVE') return pass();
  if (type !== 'FORWARD')
    return unproven(`is of the type ${display(rule.attribute('rule_type'))}, which is not followed`);
  const { items, open } = rule.blocks('target_ip');
  if (items.length === 0 && open.length === 0) return unproven('names no target');
  return all([
    ...items.flatMap((block) =>
      ['ip', 'ipv6']
        .map((name) => ({ path: [...block.path, name], value: block.attribute(name) }))
        .filter(({ value }) => value.kind !== 'null')
        .map(({ path, value }) => {
          const judged = isOwnResolver(value, inspection);
          if (isHidden(judged)) return unproven(judged);
          if (judged) return pass();
          const data = { domain: display(rule.attribute('domain_name')), target: display(value) };
          return fail({ path, value }, 'forwards', data);
        }),
    ),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}

const PRIVATE_ADDRESSES: ReadonlySet<string | number> = new Set(['ip', 'ipv6', 'private_ip']);

/** Whether an address is of the estate's networks or of its own premises; what hides it. */
function isOwnResolver(value: Value, { estate, policy }: Inspect) {
  if (value.kind === 'reference') {
    const owner = estate.find(value.target);
    if (owner?.init.mode === 'managed' && PRIVATE_ADDRESSES.has(value.path.at(-1) ?? '')) return true;
  }
  const text = asString(value);
  if (isHidden(text)) return text;
  const range = addressRange(text ?? '');
  return range !== null && covers([...ownRanges(estate), ...outsideRanges(policy, 'on-premises')], range);
}

/** The rule that AWS makes in every VPC. */
const INTERNET_RESOLVER = 'rslvr-autodefined-rr-internet-resolver';

function judgeRuleAssociation(association: Resource, { estate, pass, unproven }: Inspect): Outcome {
  const value = association.attribute('resolver_rule_id');
  const rule = estate.resolve(value, ['aws_route53_resolver_rule']);
  if (rule.kind === 'hidden') return unproven(rule.value);
  if (rule.kind === 'resource' && rule.resource.init.mode === 'managed') return pass();
  if (rule.kind === 'outside' && rule.text === INTERNET_RESOLVER) return pass();
  return unproven(`follows a rule outside the estate, ${display(value)}`);
}

/** Name servers that are the resolver of the VPC itself. */
const AMAZON_SERVERS: ReadonlySet<string> = new Set(['amazonprovideddns', '169.254.169.253', 'fd00:ec2::253']);

function judgeServers(options: Resource, inspection: Inspect): Outcome {
  const { all, pass, fail, unproven } = inspection;
  const { items, open } = asItems(options.attribute('domain_name_servers'));
  return all([
    ...items.map((value, index) => {
      if (value.kind === 'string' && AMAZON_SERVERS.has(value.value.toLowerCase())) return pass();
      const judged = isOwnResolver(value, inspection);
      if (isHidden(judged)) return unproven(judged);
      if (judged) return pass();
      return fail({ path: ['domain_name_servers', index], value }, 'servers', { server: display(value) });
    }),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}

function judgeZone(zone: Resource, inspection: Inspect): Outcome {
  const { all, fail, unproven } = inspection;
  const { items, open } = zone.blocks('vpc');
  // A zone that no VPC is given when it is made is public for ever.
  if (items.length === 0 && open.length === 0) return fail({}, 'publicZone');
  return all([
    ...items.map((block) => judgeZoneVpc(block.attribute('vpc_id'), block.attribute('vpc_region'), inspection)),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}

function judgeZoneVpc(vpc: Value, region: Value, { estate, policy, pass, fail, unproven }: Inspect): Outcome {
  const target = estate.resolve(vpc, VPC_TYPES);
  if (target.kind === 'resource' && target.resource.init.mode === 'managed') return pass();
  const name = asString(region);
  const isOfSite = policy.sites.some((site) => {
    return site.region === name || site.supportingPlaces.some((place) => place.region === name);
  });
  if (typeof name === 'string' && !isOfSite) {
    return fail({ value: region }, 'foreignZone', { vpc: display(vpc), region: name });
  }
  if (target.kind === 'hidden') return unproven(target.value);
  return unproven(`gives its names to ${display(vpc)}, a VPC outside the estate`);
}
