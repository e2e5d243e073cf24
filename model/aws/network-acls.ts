import type { Estate } from '../estate.ts';
import type { Path, Resource } from '../resource.ts';
import { asNumber, asString, type Hidden, isHidden, unknown, type Value } from '../value.ts';
import { type Direction, DIRECTIONS, namesAnother } from './security-group-rules.ts';
import { VPC_TYPES, vpcOfDefault } from './vpc-defaults.ts';

export const ACL_TYPES = ['aws_network_acl', 'aws_default_network_acl'] as const;

/** One rule of a network ACL, written in it or as a resource of its own. */
export interface AclRule {
  readonly resource: Resource;
  readonly path: Path;
  readonly isInline: boolean;
  readonly direction: Direction | Hidden;
  readonly number: number | Hidden;
  readonly action: string | Hidden;
  readonly protocol: string | Hidden;
  /** The block that it matches, and the argument that says so. */
  readonly block: { readonly argument: string; readonly value: Value } | null;
  /** An argument by its name in `aws_network_acl_rule`. */
  attribute(name: string): Value;
}

/** What decides for a subnet: a network ACL of the estate, or what AWS makes with its VPC. */
export type SubnetAcl =
  | { readonly kind: 'acl'; readonly acl: Resource }
  /** The default of a VPC that nothing adopts, which allows everything. */
  | { readonly kind: 'unadopted'; readonly vpc: Resource }
  | { readonly kind: 'hidden'; readonly value: Hidden };

export interface SubnetAcls {
  /** Of known associations, else the default of the VPC. */
  readonly certain: readonly SubnetAcl[];
  /** What may take its place, because what it is associated with, or whether it exists, is not known. */
  readonly possible: readonly SubnetAcl[];
}

/** The network ACLs of a subnet: those that name it, those associated with it, else the default of its VPC. */
export function aclsOf(estate: Estate, subnet: Resource): SubnetAcls {
  const listed = ACL_TYPES.map((type) => estate.companions(subnet, type, 'subnet_ids'));
  const associated = estate.companions(subnet, 'aws_network_acl_association', 'subnet_id');
  const certain: SubnetAcl[] = [];
  const possible: SubnetAcl[] = [];
  const add = (holder: Resource, acls: readonly SubnetAcl[]) =>
    (holder.init.isSymbolic ? possible : certain).push(...acls);
  for (const { items, open } of listed) {
    for (const acl of items) add(acl, [{ kind: 'acl', acl }]);
    possible.push(...open.map(({ resource }): SubnetAcl => ({ kind: 'acl', acl: resource })));
  }
  for (const holder of associated.items) add(holder, namedAcls(estate, holder));
  possible.push(...associated.open.flatMap(({ resource }) => namedAcls(estate, resource)));
  if (certain.length > 0) return { certain: distinct(certain), possible };
  return { certain: defaultOf(estate, subnet), possible };
}

/** What an association names. */
function namedAcls(estate: Estate, association: Resource): readonly SubnetAcl[] {
  const value = association.attribute('network_acl_id');
  const vpc = vpcOfDefault(estate, value, 'networkAcl');
  if (vpc !== null) return defaultOfVpc(estate, vpc);
  const target = estate.resolve(value, ACL_TYPES);
  switch (target.kind) {
    case 'resource':
      if (target.resource.init.mode === 'managed') return [{ kind: 'acl', acl: target.resource }];
      return [{ kind: 'hidden', value: outside(target.resource.address) }];
    case 'outside':
      return [{ kind: 'hidden', value: outside(target.text) }];
    case 'hidden':
      return [{ kind: 'hidden', value: target.value }];
    case 'none':
      return [{ kind: 'hidden', value: unknown('invalid', association.address, 'names no network ACL') }];
  }
}

function defaultOf(estate: Estate, subnet: Resource): readonly SubnetAcl[] {
  if (subnet.type === 'aws_default_subnet') {
    const detail = 'has the network ACL of the default VPC, which AWS opens to everything';
    return [{ kind: 'hidden', value: unknown('default', subnet.address, detail) }];
  }
  const vpc = estate.resolve(subnet.attribute('vpc_id'), VPC_TYPES);
  if (vpc.kind === 'resource' && vpc.resource.init.mode === 'managed') return defaultOfVpc(estate, vpc.resource);
  const detail = 'is a VPC outside the estate, whose default network ACL decides';
  return [{ kind: 'hidden', value: unknown('missing-object', `${subnet.address}.vpc_id`, detail) }];
}

function defaultOfVpc(estate: Estate, vpc: Resource): readonly SubnetAcl[] {
  const acls = defaultAcls(estate);
  const certain = (acls.get(vpc) ?? []).filter(({ init }) => !init.isSymbolic);
  if (certain.length > 0) return certain.map((acl) => ({ kind: 'acl', acl }));
  const [possible] = [...(acls.get(vpc) ?? []), ...(acls.get(null) ?? [])];
  if (possible === undefined) return [{ kind: 'unadopted', vpc }];
  const detail = `may adopt the default network ACL of ${vpc.address}`;
  return [{ kind: 'hidden', value: unknown('instances', possible.address, detail) }];
}

function outside(expression: string): Hidden {
  return unknown('missing-object', expression, 'is a network ACL outside the estate');
}

/** Each once; a network ACL that is both listed and associated is one. */
function distinct(acls: readonly SubnetAcl[]): readonly SubnetAcl[] {
  const seen = new Set<Resource>();
  return acls.filter((item) => {
    if (item.kind !== 'acl') return true;
    if (seen.has(item.acl)) return false;
    seen.add(item.acl);
    return true;
  });
}

/** The rules of a network ACL; `possible` those that may be of another, or not exist. */
export interface AclRules {
  readonly certain: readonly AclRule[];
  readonly possible: readonly AclRule[];
  readonly open: readonly Hidden[];
}

const RULES = new WeakMap<Resource, AclRules>();

export function rulesOfAcl(estate: Estate, acl: Resource): AclRules {
  const known = RULES.get(acl);
  if (known !== undefined) return known;
  const found = readRules(estate, acl);
  RULES.set(acl, found);
  return found;
}

function readRules(estate: Estate, acl: Resource): AclRules {
  const inline = DIRECTIONS.map((direction) => ({ direction, ...acl.blocks(direction) }));
  const separate = estate.companions(acl, 'aws_network_acl_rule', 'network_acl_id');
  const ofDefault = acl.type === 'aws_default_network_acl' ? rulesOfDefault(estate, acl) : [];
  const items = [...new Set([...separate.items, ...ofDefault])];
  const open = separate.open
    .map(({ resource }) => resource)
    .filter((rule) => !items.includes(rule) && !namesAnother(estate, rule.attribute('network_acl_id'), ACL_TYPES));
  return {
    certain: [
      ...inline.flatMap(({ direction, items: blocks }) =>
        blocks.map((block) =>
          ruleOf(acl, block.path, direction, (name) => block.attribute(INLINE_NAMES.get(name) ?? name)),
        ),
      ),
      ...items.filter(({ init }) => !init.isSymbolic).map(separateRule),
    ],
    possible: [...items.filter(({ init }) => init.isSymbolic), ...open].map(separateRule),
    open: inline.flatMap((blocks) => blocks.open),
  };
}

/** Rules of their own that name an adopted default by the attribute of its VPC. */
function rulesOfDefault(estate: Estate, acl: Resource): readonly Resource[] {
  const vpc = vpcOfDefault(estate, acl.attribute('default_network_acl_id'), 'networkAcl');
  return vpc === null ? [] : defaultAclRules(estate).flatMap(({ rule, of }) => (of === vpc ? [rule] : []));
}

/** Blocks call these otherwise than `aws_network_acl_rule`. */
const INLINE_NAMES: ReadonlyMap<string, string> = new Map([
  ['rule_number', 'rule_no'],
  ['rule_action', 'action'],
]);

/** The rule that a resource of its own is. */
export function separateRule(rule: Resource): AclRule {
  const egress = asString(rule.attribute('egress'));
  const direction = isHidden(egress) ? egress : egress === 'true' ? 'egress' : 'ingress';
  return ruleOf(rule, [], direction, (name) => rule.attribute(name));
}

function ruleOf(
  resource: Resource,
  path: Path,
  direction: AclRule['direction'],
  attribute: (name: string) => Value,
): AclRule {
  const block = ['cidr_block', 'ipv6_cidr_block']
    .map((argument) => ({ argument, value: attribute(argument) }))
    .find(({ value }) => value.kind !== 'null' && !(value.kind === 'string' && value.value === ''));
  return {
    resource,
    path,
    isInline: path.length > 0,
    direction,
    number: asNumber(attribute('rule_number')) ?? unknown('invalid', resource.address, 'has a rule without a number'),
    action: asString(attribute('rule_action')) ?? unknown('invalid', resource.address, 'has a rule without an action'),
    protocol: asString(attribute('protocol')) ?? unknown('invalid', resource.address, 'has a rule without a protocol'),
    block: block ?? null,
    attribute,
  };
}

const ACLS = new WeakMap<Estate, ReadonlyMap<Resource | null, readonly Resource[]>>();

/** Adopted default network ACLs by their VPC; under null where it may be any. Found once for an estate. */
export function defaultAcls(estate: Estate): ReadonlyMap<Resource | null, readonly Resource[]> {
  const known = ACLS.get(estate);
  if (known !== undefined) return known;
  const found = new Map<Resource | null, Resource[]>();
  for (const acl of estate.ofType('aws_default_network_acl')) {
    const owner = vpcOfDefault(estate, acl.attribute('default_network_acl_id'), 'networkAcl');
    const before = found.get(owner);
    if (before === undefined) found.set(owner, [acl]);
    else before.push(acl);
  }
  ACLS.set(estate, found);
  return found;
}

/** A rule of its own of a default network ACL. */
interface DefaultAclRule {
  readonly rule: Resource;
  /** The adopted network ACL, or the VPC that names it; null when it may be that of any. */
  readonly of: Resource | null;
}

const ACL_RULES = new WeakMap<Estate, readonly DefaultAclRule[]>();

/** The rules of their own that are, or may be, of default network ACLs; found once for an estate. */
export function defaultAclRules(estate: Estate): readonly DefaultAclRule[] {
  const known = ACL_RULES.get(estate);
  if (known !== undefined) return known;
  const found = estate.ofType('aws_network_acl_rule').flatMap((rule): readonly DefaultAclRule[] => {
    const value = rule.attribute('network_acl_id');
    const owner = vpcOfDefault(estate, value, 'networkAcl');
    if (owner !== null) return [{ rule, of: owner }];
    const target = estate.resolve(value, ['aws_default_network_acl', 'aws_network_acl']);
    // A literal id, too, may be that of a default.
    if (target.kind !== 'resource') return [{ rule, of: null }];
    return target.resource.type === 'aws_default_network_acl' ? [{ rule, of: target.resource }] : [];
  });
  ACL_RULES.set(estate, found);
  return found;
}
