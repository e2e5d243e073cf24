import { PARTITIONS } from '../../model/aws/jurisdictions.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asNumber, asString, asStrings, type Hidden, isHidden, NULL, unknown, type Value } from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';

/** Where a rule stands in the order in which the rules of a VPC are tried; null where it is not known. */
interface Rank {
  readonly group: number | null;
  readonly rule: number | null;
}

/** One rule of DNS Firewall as it applies to a VPC, or what hides the rules of a group. */
export interface DnsRule {
  readonly resource: Resource;
  readonly rank: Rank;
  /** False for what may be of another VPC, or may not exist. */
  readonly isCertain: boolean;
  readonly action: string | Hidden;
  /** Names that it matches, as it writes them, and what hides more. */
  readonly domains: readonly string[];
  readonly open: readonly Hidden[];
  /** The one type of record that it matches queries for; null for every type. */
  readonly recordType: string | null | Hidden;
  /** The name that a blocked query is answered with. */
  readonly override: Value;
}

export interface VpcDnsFirewall {
  readonly associations: readonly Resource[];
  readonly rules: readonly DnsRule[];
  /** What hides whether there are more associations. */
  readonly open: readonly Hidden[];
}

const ASSOCIATION = 'aws_route53_resolver_firewall_rule_group_association';
const GROUP = 'aws_route53_resolver_firewall_rule_group';
const RULE = 'aws_route53_resolver_firewall_rule';
const LIST = 'aws_route53_resolver_firewall_domain_list';

/** All that DNS Firewall does for a VPC. */
export function dnsFirewallOf(estate: Estate, vpc: Resource): VpcDnsFirewall {
  const { items, open } = estate.companions(vpc, ASSOCIATION, 'vpc_id');
  const possible = open.map(({ resource }) => resource);
  return {
    associations: items.filter(({ init }) => !init.isSymbolic),
    rules: [
      ...items.flatMap((association) => rulesOf(estate, association, !association.init.isSymbolic)),
      ...possible.flatMap((association) => rulesOf(estate, association, false)),
    ],
    open: [
      ...open.map(({ value }) => value),
      ...items
        .filter(({ init }) => init.isSymbolic)
        .map(({ address }) => unknown('instances', address, 'may not exist')),
    ],
  };
}

function rulesOf(estate: Estate, association: Resource, isCertain: boolean): readonly DnsRule[] {
  const group = numberOf(association.attribute('priority'));
  const target = estate.resolve(association.attribute('firewall_rule_group_id'), [GROUP]);
  if (target.kind !== 'resource' || target.resource.init.mode !== 'managed') {
    return [unseenGroup(association, { group, rule: null }, isCertain)];
  }
  const { items, open } = estate.companions(target.resource, RULE, 'firewall_rule_group_id');
  const isThere = isCertain && !target.resource.init.isSymbolic;
  return [
    ...items.map((rule) => readRule(estate, rule, group, isThere && !rule.init.isSymbolic)),
    ...open.map(({ resource }) => readRule(estate, resource, group, false)),
  ];
}

function unseenGroup(resource: Resource, rank: Rank, isCertain: boolean): DnsRule {
  const detail = 'names a rule group outside the estate, whose rules are not seen';
  const unseen = unknown('missing-object', `${resource.address}.firewall_rule_group_id`, detail);
  return { resource, rank, isCertain, action: unseen, domains: [], open: [unseen], recordType: null, override: NULL };
}

function readRule(estate: Estate, rule: Resource, group: number | null, isCertain: boolean): DnsRule {
  const list = estate.resolve(rule.attribute('firewall_domain_list_id'), [LIST]);
  const isOwn = list.kind === 'resource' && list.resource.init.mode === 'managed';
  const { known, hidden } = isOwn ? asStrings(list.resource.attribute('domains')) : { known: [], hidden: [] };
  const unseen = unknown(
    'missing-object',
    `${rule.address}.firewall_domain_list_id`,
    'is a domain list outside the estate',
  );
  const action = asString(rule.attribute('action'));
  return {
    resource: rule,
    rank: { group, rule: numberOf(rule.attribute('priority')) },
    isCertain,
    action: action ?? unknown('invalid', `${rule.address}.action`, 'is omitted'),
    domains: known,
    open: isOwn ? hidden : [unseen],
    recordType: asString(rule.attribute('q_type')),
    override: rule.attribute('block_override_domain'),
  };
}

function numberOf(value: Value): number | null {
  const number = asNumber(value);
  return isHidden(number) ? null : number;
}

/** Whether the rule blocks every query that reaches it. */
export function blocksEverything({ isCertain, action, domains, recordType }: DnsRule): boolean {
  return isCertain && action === 'BLOCK' && recordType === null && domains.some(isEverything);
}

/** What hides whether the rule blocks every query; null when it is known that it does not. */
export function whatMayBlock({ resource, action, domains, open, recordType }: DnsRule): Hidden | null {
  if ((action !== 'BLOCK' && !isHidden(action)) || typeof recordType === 'string') return null;
  const [list] = open;
  if (list === undefined && !domains.some(isEverything)) return null;
  const parts = [action, recordType, list].find(isHidden);
  return parts ?? unknown('instances', resource.address, 'blocks every name, if it is a rule of this VPC');
}

function isEverything(domain: string): boolean {
  return domain === '*' || domain === '*.';
}

/** True when `rule` is tried before all of `others`, false when after one of them; null when their order is not known. */
export function isBefore(rule: DnsRule, others: readonly DnsRule[]): boolean | null {
  const orders = others.map((other) => compare(rule.rank, other.rank));
  if (orders.some((order) => order !== null && order > 0)) return false;
  return orders.some((order) => order === null) ? null : true;
}

function compare(left: Rank, right: Rank): number | null {
  if (left.group === null || right.group === null) return null;
  if (left.group !== right.group) return left.group - right.group;
  return left.rule === null || right.rule === null ? null : left.rule - right.rule;
}

/** Names of AWS itself, which nobody else can answer for. */
const AWS_SUFFIXES = ['.api.aws'];

/** Names that may be resolved: of AWS in the partition, of the estate's own zones, of networks outside. */
export function approvedDomains(estate: Estate, { partition, network }: Policy): readonly string[] {
  const suffix = PARTITIONS.get(partition);
  const zones = estate.ofType('aws_route53_zone').flatMap((zone) => {
    const name = asString(zone.attribute('name'));
    return typeof name === 'string' && zone.blocks('vpc').items.length > 0 ? [`.${name}`] : [];
  });
  return [
    ...AWS_SUFFIXES,
    ...(suffix === undefined ? [] : [`.${suffix}`]),
    ...zones,
    ...network.outside.flatMap(({ domains }) => domains),
  ].map(normal);
}

/** Whether every name that a domain of a list matches is approved: `.example.com` approves what is below it, too. */
export function isApproved(domain: string, approved: readonly string[]): boolean {
  const text = normal(domain);
  const isWild = text.startsWith('*.');
  const name = isWild ? text.slice(2) : text;
  // `*example.com` would match `otherexample.com`.
  if (name === '' || name.includes('*')) return false;
  return approved.some((entry) => {
    if (!entry.startsWith('.')) return !isWild && name === entry;
    return entry.length > 1 && (name === entry.slice(1) || name.endsWith(entry));
  });
}

function normal(domain: string): string {
  return domain.toLowerCase().replace(/\.$/, '');
}
