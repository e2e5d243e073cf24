import {
  ACL_TYPES,
  type AclRule as WrittenRule,
  type AclRules,
  aclsOf,
  defaultAclRules,
  rulesOfAcl,
  separateRule,
  type SubnetAcl,
} from '../../../model/aws/network-acls.ts';
import type { Resource } from '../../../model/resource.ts';
import { describeHidden, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type { AclRule, Choice, Doubts, NetworkAcl, Services } from '../topology.ts';
import { addressesOf } from './addresses.ts';
import { CERTAIN, type Compilation, EVERY_SERVICE, NO_ADDRESSES, originOf } from './compilation.ts';
import { ANY_ADDRESS } from './outsides.ts';
import { bothDoubts, doubtsOf } from './reading.ts';
import { servicesOf } from './services.ts';

const DIRECTIONS = ['ingress', 'egress'] as const;
const UNDERSTOOD = [...ACL_TYPES, 'aws_network_acl_rule', 'aws_network_acl_association'];
const ICMP: ReadonlySet<string> = new Set(['1', '58', 'icmp', 'icmpv6']);

/** The network ACLs of every subnet, those that AWS makes with a VPC included. */
export function compileNetworkAcls(c: Compilation): void {
  for (const type of ACL_TYPES) for (const acl of c.estate.ofType(type)) c.acls.set(acl, compiled(c, acl));
  const unadopted = new Map<Resource, NetworkAcl>();
  for (const [resource, subnet] of c.subnets) {
    const { certain, possible } = aclsOf(c.estate, resource);
    const several = certain.length < 2 ? CERTAIN : [unknown('operation', resource.address, 'has several network ACLs')];
    const others = possible.map((acl) => possibly(resource, acl));
    subnet.acls = [
      ...certain.map((acl) => ({ item: aclOf(c, acl, unadopted), doubts: [...several, ...others] })),
      ...possible.map((acl, index): Choice<NetworkAcl> => ({
        item: aclOf(c, acl, unadopted),
        doubts: others.slice(index, index + 1),
      })),
    ];
  }
  for (const type of UNDERSTOOD) for (const resource of c.estate.ofType(type)) c.understood.add(resource);
}

function aclOf(c: Compilation, acl: SubnetAcl, unadopted: Map<Resource, NetworkAcl>): NetworkAcl {
  switch (acl.kind) {
    case 'acl':
      return c.acls.get(acl.acl) ?? unseenAcl(unknown('missing-object', acl.acl.address, 'is not made by the estate'));
    case 'unadopted': {
      const known = unadopted.get(acl.vpc) ?? openAcl(c, acl.vpc);
      unadopted.set(acl.vpc, known);
      return known;
    }
    case 'hidden':
      return unseenAcl(acl.value);
  }
}

/** As AWS makes it: everything passes, but for what rules of their own add to it. */
function openAcl(c: Compilation, vpc: Resource): NetworkAcl {
  const origin = { name: `the default network ACL of ${vpc.address}`, resource: vpc, path: [] };
  const rule: AclRule = {
    origin,
    doubts: CERTAIN,
    number: 100,
    allows: true,
    addresses: ANY_ADDRESS,
    services: EVERY_SERVICE,
  };
  const added = defaultAclRules(c.estate).flatMap(({ rule: own, of }) => (of === vpc ? [own] : []));
  const rules: AclRules = {
    certain: added.filter(({ init }) => !init.isSymbolic).map(separateRule),
    possible: added.filter(({ init }) => init.isSymbolic).map(separateRule),
    open: [],
  };
  const [ingress, egress] = DIRECTIONS.map((direction) => inOrder([rule, ...rulesIn(c, vpc, rules, direction)]));
  const changed = unknown('default', origin.name, 'is of a default VPC, where somebody may have changed it');
  return {
    origin,
    doubts: CERTAIN,
    ingress: ingress ?? [],
    egress: egress ?? [],
    open: vpc.type === 'aws_default_vpc' ? [changed] : [],
  };
}

function unseenAcl(hidden: Hidden): NetworkAcl {
  const origin = { name: `network ACL ${describeHidden(hidden)}`, resource: null, path: [] };
  return { origin, doubts: CERTAIN, ingress: [], egress: [], open: [hidden] };
}

function compiled(c: Compilation, acl: Resource): NetworkAcl {
  const rules = rulesOfAcl(c.estate, acl);
  const read = DIRECTIONS.map((direction) => rulesIn(c, acl, rules, direction));
  const [ingress = [], egress = []] = read;
  // Of a rule without a number the place is not known, so that it may come before all others.
  const unplaced = [...rules.certain, ...rules.possible].map(({ number }) => number).filter(isHidden);
  return { origin: originOf(acl), doubts: doubtsOf(acl), ingress, egress, open: [...rules.open, ...unplaced] };
}

function rulesIn(
  c: Compilation,
  holder: Resource,
  { certain, possible }: AclRules,
  direction: 'ingress' | 'egress',
): readonly AclRule[] {
  const isListed = holder.type === 'aws_default_network_acl' || holder.attribute(direction).kind !== 'null';
  const removable = isListed
    ? [unknown('operation', holder.address, 'lists its own rules, and so may remove this one')]
    : [];
  const found: AclRule[] = [];
  const add = (rule: WrittenRule, doubts: Doubts) => {
    if (isHidden(rule.direction)) found.push(...aclRule(c, rule, bothDoubts(doubts, [rule.direction])));
    else if (rule.direction === direction) found.push(...aclRule(c, rule, doubts));
  };
  for (const rule of certain) add(rule, rule.isInline ? CERTAIN : removable);
  for (const rule of possible) {
    const why = unknown('operation', rule.resource.address, `may be a rule of ${holder.address}`);
    add(rule, bothDoubts(doubtsOf(rule.resource), [why]));
  }
  return inOrder(found);
}

function inOrder(rules: readonly AclRule[]): readonly AclRule[] {
  return rules.toSorted((left, right) => left.number - right.number);
}

function aclRule(c: Compilation, rule: WrittenRule, doubts: Doubts): readonly AclRule[] {
  // A rule whose place is hidden counts among what may be added anywhere.
  if (isHidden(rule.number)) return [];
  const action = isHidden(rule.action) ? null : rule.action.toLowerCase();
  const shared = {
    origin: originOf(rule.resource, rule.path),
    number: rule.number,
    addresses: rule.block === null ? NO_ADDRESSES : addressesOf(c, rule.block.value),
    services: servicesOfRule(rule),
  };
  if (action !== null) return [{ ...shared, doubts, allows: action === 'allow' }];
  // Whether it allows or denies is hidden: it may do either.
  const hidden = isHidden(rule.action) ? bothDoubts(doubts, [rule.action]) : doubts;
  return [
    { ...shared, doubts: hidden, allows: true },
    { ...shared, doubts: hidden, allows: false },
  ];
}

function servicesOfRule(rule: WrittenRule): Services {
  const { protocol } = rule;
  if (isHidden(protocol)) return { ranges: [], doubts: [protocol] };
  const isIcmp = ICMP.has(protocol.toLowerCase());
  const [from, to] = isIcmp ? ['icmp_type', 'icmp_code'] : ['from_port', 'to_port'];
  return servicesOf({ kind: 'string', value: protocol }, orZero(rule.attribute(from)), orZero(rule.attribute(to)));
}

/** The provider sends 0 for what a rule leaves out. */
function orZero(value: Value): Value {
  return value.kind === 'null' ? { kind: 'number', text: '0' } : value;
}

function possibly(subnet: Resource, acl: SubnetAcl): Hidden {
  if (acl.kind === 'hidden') return acl.value;
  const name = acl.kind === 'acl' ? acl.acl.address : acl.vpc.address;
  return unknown('operation', name, `may be the network ACL of ${subnet.address}`);
}
