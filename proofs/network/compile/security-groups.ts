import {
  defaultGroupRules,
  type Direction,
  DIRECTIONS,
  inlineRules,
  isInline,
  RULE_TYPES,
  rulesOf,
  type Rule,
  separateRule,
} from '../../../model/aws/security-group-rules.ts';
import { VPC_TYPES } from '../../../model/aws/vpc-defaults.ts';
import type { Resource } from '../../../model/resource.ts';
import { display, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type { Addresses, Doubts, SecurityGroup, SecurityRule, Services, Vpc } from '../topology.ts';
import { addressesOf, joinAddresses } from './addresses.ts';
import { CERTAIN, type Compilation, type Draft, EVERY_SERVICE, NO_ADDRESSES, originOf } from './compilation.ts';
import { defaultVpcOf } from './default-vpcs.ts';
import { defaultGroupOf, groupNamed } from './group-choices.ts';
import { ANY_ADDRESS } from './outsides.ts';
import { prefixesOf } from './prefix-lists.ts';
import { bothDoubts, doubtsOf, vpcOf } from './reading.ts';
import { servicesOf } from './services.ts';

/** The security groups of every VPC, the default ones included, with all of their rules. */
export function compileSecurityGroups(c: Compilation): void {
  for (const resource of c.estate.ofType('aws_security_group')) {
    c.understood.add(resource);
    addGroup(c, resource, vpcOf(c, resource.attribute('vpc_id')));
  }
  const defaults = addDefaultGroups(c);
  addClusterGroups(c);
  for (const type of RULE_TYPES) for (const rule of c.estate.ofType(type)) c.understood.add(rule);
  for (const association of c.estate.ofType('aws_vpc_security_group_vpc_association')) c.understood.add(association);
  // Rules name groups, so that all groups come first.
  for (const [resource, group] of c.securityGroups) fill(c, resource, group);
  for (const { vpc, group, doubts } of defaults) fillDefault(c, vpc, group, doubts);
  for (const type of RULE_TYPES) for (const rule of c.estate.ofType(type)) addToClusterGroup(c, rule);
}

/** A Kubernetes cluster makes a group for itself and its nodes, which lets in its members and lets out everything. */
function addClusterGroups(c: Compilation): void {
  for (const cluster of c.estate.ofType('aws_eks_cluster')) {
    const origin = { name: `the cluster security group of ${cluster.address}`, resource: cluster, path: [] };
    const group: Draft<SecurityGroup> = { origin, doubts: doubtsOf(cluster), ingress: [], egress: [], open: [] };
    const made = rulesMadeByAws(group);
    group.ingress = made.ingress;
    group.egress = made.egress;
    c.clusterGroups.set(cluster, group);
  }
}

function addToClusterGroup(c: Compilation, resource: Resource): void {
  const value = resource.attribute('security_group_id');
  const cluster = value.kind === 'reference' ? c.estate.find(value.target) : null;
  const group = cluster === null ? undefined : c.clusterGroups.get(cluster);
  if (group === undefined || groupNamed(c, value) !== group) return;
  const rules: Drafts = { ingress: [...group.ingress], egress: [...group.egress] };
  addRule(c, rules, { rule: separateRule(resource), group, doubts: doubtsOf(resource) });
  group.ingress = rules.ingress;
  group.egress = rules.egress;
}

function addGroup(c: Compilation, resource: Resource, vpc: Vpc): Draft<SecurityGroup> {
  const group: Draft<SecurityGroup> = {
    origin: originOf(resource),
    doubts: doubtsOf(resource),
    ingress: [],
    egress: [],
    open: [],
  };
  c.securityGroups.set(resource, group);
  const siblings = c.groupsOf.get(vpc);
  if (siblings === undefined) c.groupsOf.set(vpc, [group]);
  else siblings.push(group);
  return group;
}

interface DefaultGroup {
  readonly vpc: Resource;
  readonly group: Draft<SecurityGroup>;
  /** What may have changed it, so that it is not as AWS makes it. */
  readonly doubts: Doubts;
}

/** Makes the default group of every VPC; gives back those that nothing certainly adopts. */
function addDefaultGroups(c: Compilation): readonly DefaultGroup[] {
  const maybe = new Map<Vpc, Hidden[]>();
  const anywhere: Hidden[] = [];
  for (const resource of c.estate.ofType('aws_default_security_group')) {
    c.understood.add(resource);
    const named = resource.attribute('vpc_id');
    const target = c.estate.resolve(named, VPC_TYPES);
    const own = target.kind === 'resource' ? c.vpcs.get(target.resource) : undefined;
    const vpc = named.kind === 'null' ? defaultVpcOf(c, resource) : own;
    if (vpc === undefined) {
      anywhere.push(isHidden(named) ? named : unknown('missing-object', display(named), 'may be any VPC'));
      addGroup(c, resource, vpcOf(c, named));
      continue;
    }
    const group = addGroup(c, resource, vpc);
    const doubts = doubtsOf(resource);
    if (doubts.length === 0) c.defaultGroups.set(vpc, group);
    else maybe.set(vpc, [...(maybe.get(vpc) ?? []), ...doubts]);
  }
  const left: DefaultGroup[] = [];
  for (const [resource, vpc] of c.vpcs) {
    if (c.defaultGroups.has(vpc)) continue;
    left.push({ vpc: resource, group: defaultGroupOf(c, vpc), doubts: [...anywhere, ...(maybe.get(vpc) ?? [])] });
  }
  return left;
}

function fill(c: Compilation, resource: Resource, group: Draft<SecurityGroup>): void {
  const inline = inlineRules(resource);
  const separate = rulesOf(c.estate, resource);
  // A group that lists its rules removes those that are resources of their own, whenever it is applied.
  const removable = isInline(resource)
    ? [unknown('operation', resource.address, 'lists its own rules, and so may remove this one')]
    : CERTAIN;
  const rules: Drafts = { ingress: [], egress: [] };
  for (const rule of inline.rules) addRule(c, rules, { rule, group, doubts: CERTAIN });
  for (const item of separate.items) {
    addRule(c, rules, { rule: separateRule(item), group, doubts: bothDoubts(doubtsOf(item), removable) });
  }
  for (const { resource: item, value } of separate.open) {
    addRule(c, rules, { rule: separateRule(item), group, doubts: bothDoubts(doubtsOf(item), [value]) });
  }
  group.ingress = rules.ingress;
  group.egress = rules.egress;
  group.open = inline.open;
}

/** What AWS puts into a default group: everything from its members, everything to everybody. */
function fillDefault(c: Compilation, vpc: Resource, group: Draft<SecurityGroup>, doubts: Doubts): void {
  const { origin } = group;
  const rules = rulesMadeByAws(group, doubts);
  for (const item of defaultGroupRules(c.estate).get(vpc) ?? []) {
    addRule(c, rules, { rule: separateRule(item), group, doubts: bothDoubts(doubtsOf(item), doubts) });
  }
  group.ingress = rules.ingress;
  group.egress = rules.egress;
  const detail = 'is the default group of a default VPC, whose rules somebody may have changed';
  group.open = vpc.type === 'aws_default_vpc' ? [...doubts, unknown('default', origin.name, detail)] : doubts;
}

/** Everything from the members of a group, everything to everybody. */
function rulesMadeByAws(group: SecurityGroup, doubts: Doubts = CERTAIN): Drafts {
  const shared = { origin: group.origin, doubts, services: EVERY_SERVICE };
  return {
    ingress: [{ ...shared, peer: { kind: 'group', group } }],
    egress: [{ ...shared, peer: { kind: 'addresses', addresses: ANY_ADDRESS } }],
  };
}

type Drafts = Record<Direction, SecurityRule[]>;

interface RuleOfGroup {
  readonly rule: Rule;
  readonly group: SecurityGroup;
  readonly doubts: Doubts;
}

function addRule(c: Compilation, rules: Drafts, { rule, group, doubts }: RuleOfGroup): void {
  const directions = isHidden(rule.direction) ? DIRECTIONS : [rule.direction];
  const read = securityRules(c, rule, group, isHidden(rule.direction) ? bothDoubts(doubts, [rule.direction]) : doubts);
  for (const direction of directions) rules[direction].push(...read);
}

/** One rule for the addresses that a written rule names, and one for each group. */
function securityRules(c: Compilation, rule: Rule, group: SecurityGroup, doubts: Doubts): readonly SecurityRule[] {
  const shared = { origin: originOf(rule.resource, rule.path), services: servicesOfRule(rule) };
  const made: SecurityRule[] = [];
  const addresses: Addresses[] = [];
  for (const { kind, value } of rule.peers) {
    if (kind === 'cidr') addresses.push(addressesOf(c, value));
    else if (kind === 'prefix-list') addresses.push(prefixesOf(c, value).addresses);
    else {
      const peer = groupNamed(c, value);
      if (peer === null) addresses.push({ ...NO_ADDRESSES, doubts: [membersOf(value)] });
      else made.push({ ...shared, doubts, peer: { kind: 'group', group: peer } });
    }
  }
  if (addresses.length > 0) {
    made.push({ ...shared, doubts, peer: { kind: 'addresses', addresses: joinAddresses(addresses) } });
  }
  if (rule.isSelf) made.push({ ...shared, doubts, peer: { kind: 'group', group } });
  // Of a hidden `self` it is not known whether the group is meant at all.
  if (rule.open.length > 0)
    made.push({ ...shared, doubts: bothDoubts(doubts, rule.open), peer: { kind: 'group', group } });
  return made;
}

function servicesOfRule(rule: Rule): Services {
  const protocol = rule.attribute('protocol');
  const own = protocol.kind === 'null' ? rule.attribute('ip_protocol') : protocol;
  return servicesOf(own, rule.attribute('from_port'), rule.attribute('to_port'));
}

function membersOf(value: Value): Hidden {
  return isHidden(value)
    ? value
    : unknown('missing-object', display(value), 'is a security group outside the estate, whose members are not seen');
}
