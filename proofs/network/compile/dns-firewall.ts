import type { Resource } from '../../../model/resource.ts';
import { asItems, asNumber, asString, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type { Doubts } from '../topology.ts';
import { whyUnseen } from './candidates.ts';
import type { Compilation } from './compilation.ts';
import { doubtsOf } from './reading.ts';

/** Whether queries for any name leave a VPC. `open` without doubts: they do; with: they may. */
export type NameFilter =
  | { readonly kind: 'open'; readonly doubts: Doubts }
  /** Only the names that some rule allows, if any. */
  | { readonly kind: 'closed'; readonly allowsSome: boolean };

/** A rule with the order it stands in. Null where that order is hidden. */
interface Rule {
  readonly group: number | null;
  readonly number: number | null;
  readonly action: string | null | Hidden;
  readonly coverage: 'all' | 'some' | Hidden;
  readonly everyType: boolean;
  readonly doubts: Doubts;
}

const GROUP = 'aws_route53_resolver_firewall_rule_group';
const LIST = 'aws_route53_resolver_firewall_domain_list';
const PROFILE = 'aws_route53profiles_profile';

/**
 * What the DNS firewall leaves of the resolver of a VPC: closed is one whose rules, in their order, block every name of
 * every type before anything allows all of them, and that does not pass what the firewall fails to answer.
 */
export function nameFilterOf(c: Compilation, vpc: Resource): NameFilter {
  const { rules, open } = rulesOf(c, vpc);
  /** What may let everything pass before it is blocked, and what may block everything before it passes. */
  const mayOpen: Hidden[] = [...open, ...failsOpen(c, vpc)];
  const mayClose: Hidden[] = [...open];
  let allowsSome = false;
  for (const rule of rules.toSorted(byOrder)) {
    const blocks = rule.action === 'BLOCK';
    allowsSome ||= !blocks;
    if (rule.coverage === 'some') continue;
    const hidden = hiddenIn(rule);
    if (hidden.length > 0) {
      if (!blocks) mayOpen.push(...hidden);
      if ((blocks || isHidden(rule.action)) && rule.everyType) mayClose.push(...hidden);
      continue;
    }
    if (!blocks) return { kind: 'open', doubts: mayClose };
    if (rule.everyType)
      return mayOpen.length === 0 ? { kind: 'closed', allowsSome } : { kind: 'open', doubts: mayOpen };
  }
  return { kind: 'open', doubts: mayClose };
}

function hiddenIn({ action, coverage, group, number, doubts }: Rule): readonly Hidden[] {
  const order = group === null || number === null ? [UNORDERED] : [];
  return [...[action, coverage].filter(isHidden), ...order, ...doubts];
}

const UNORDERED = unknown('operation', 'priority', 'is not known, so that the order of the rules is not');

function byOrder(left: Rule, right: Rule): number {
  return (left.group ?? -1) - (right.group ?? -1) || (left.number ?? -1) - (right.number ?? -1);
}

function rulesOf(c: Compilation, vpc: Resource): { readonly rules: readonly Rule[]; readonly open: readonly Hidden[] } {
  const associations = c.estate.companions(vpc, 'aws_route53_resolver_firewall_rule_group_association', 'vpc_id');
  const open = associations.open.map(({ value }) => value);
  const rules: Rule[] = [];
  for (const association of associations.items) {
    const order = numberOf(association.attribute('priority'));
    const target = c.estate.resolve(association.attribute('firewall_rule_group_id'), [GROUP]);
    const unseen = whyUnseen(target);
    if (unseen !== null) open.push(unseen);
    else if (target.kind === 'resource') {
      rules.push(...rulesOfGroup(c, target.resource, order, doubtsOf(association)));
    }
  }
  for (const { group, doubts } of groupsByProfile(c, vpc)) rules.push(...rulesOfGroup(c, group, null, doubts));
  return { rules, open };
}

/** Rule groups that a Route 53 profile gives a VPC. */
function groupsByProfile(
  c: Compilation,
  vpc: Resource,
): readonly { readonly group: Resource; readonly doubts: Doubts }[] {
  return profileResources(c, vpc).flatMap(({ association, value }) => {
    const target = c.estate.resolve(value, [GROUP]);
    return target.kind === 'resource' && target.resource.type === GROUP
      ? [{ group: target.resource, doubts: doubtsOf(association) }]
      : [];
  });
}

/** What the profiles of a VPC bring: the arguments that name rule groups, resolver rules and zones. */
export function profileResources(
  c: Compilation,
  vpc: Resource,
): readonly { readonly association: Resource; readonly value: Value }[] {
  const { items } = c.estate.companions(vpc, 'aws_route53profiles_association', 'resource_id');
  return items.flatMap((association) => {
    const profile = c.estate.resolve(association.attribute('profile_id'), [PROFILE]);
    if (profile.kind !== 'resource') return [];
    const parts = c.estate.companions(profile.resource, 'aws_route53profiles_resource_association', 'profile_id');
    return parts.items.map((part) => ({ association, value: part.attribute('resource_arn') }));
  });
}

function rulesOfGroup(c: Compilation, group: Resource, order: number | null, doubts: Doubts): readonly Rule[] {
  const { items, open } = c.estate.companions(group, 'aws_route53_resolver_firewall_rule', 'firewall_rule_group_id');
  const unknownRules = open.map(({ value }): Rule => ({
    group: order,
    number: null,
    action: value,
    coverage: value,
    everyType: true,
    doubts,
  }));
  return [...items.map((rule) => ruleOf(c, rule, order, [...doubts, ...doubtsOf(rule)])), ...unknownRules];
}

function ruleOf(c: Compilation, rule: Resource, order: number | null, doubts: Doubts): Rule {
  const action = asString(rule.attribute('action'));
  return {
    group: order,
    number: numberOf(rule.attribute('priority')),
    action: typeof action === 'string' ? action.toUpperCase() : action,
    coverage: coverageOf(c, rule.attribute('firewall_domain_list_id')),
    everyType: rule.attribute('q_type').kind === 'null',
    doubts,
  };
}

/** Whether a list of names has every one. A list that may not exist, or with more names than are seen, may. */
function coverageOf(c: Compilation, value: Value): Rule['coverage'] {
  const target = c.estate.resolve(value, [LIST]);
  const unseen = whyUnseen(target);
  if (unseen !== null) return unseen;
  if (target.kind !== 'resource') return 'some';
  const { items, open } = asItems(target.resource.attribute('domains'));
  const names = items.map(asString);
  const hidden = [...names.filter(isHidden), ...open];
  if (names.some((name) => typeof name === 'string' && name.trim() === '*')) return 'all';
  return hidden[0] ?? 'some';
}

function failsOpen(c: Compilation, vpc: Resource): readonly Hidden[] {
  const { items, open } = c.estate.companions(vpc, 'aws_route53_resolver_firewall_config', 'resource_id');
  return [
    ...open.map(({ value }) => value),
    ...items.flatMap((config) => {
      const mode = asString(config.attribute('firewall_fail_open'));
      if (isHidden(mode)) return [mode];
      const detail = 'passes what the DNS firewall fails to answer';
      return mode === 'ENABLED' ? [unknown('operation', `${config.address}.firewall_fail_open`, detail)] : [];
    }),
  ];
}

function numberOf(value: Value): number | null {
  const number = asNumber(value);
  return typeof number === 'number' ? number : null;
}
