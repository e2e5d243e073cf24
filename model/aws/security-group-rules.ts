import type { Estate } from '../estate.ts';
import type { Path, Resource } from '../resource.ts';
import { asItems, asString, type Hidden, isHidden, type Value } from '../value.ts';
import { VPC_TYPES, vpcOfDefault } from './vpc-defaults.ts';

export const GROUP_TYPES = ['aws_security_group', 'aws_default_security_group'] as const;

/** Types of rules that are resources of their own; each is a style, and a group takes one style only. */
export const RULE_TYPES = [
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_vpc_security_group_egress_rule',
] as const;

export const DIRECTIONS = ['ingress', 'egress'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** One side that a rule lets in or out. */
export interface Peer {
  readonly kind: 'cidr' | 'prefix-list' | 'group';
  readonly value: Value;
  readonly path: Path;
}

/** What a rule opens to, however it is written. */
export interface Rule {
  readonly direction: Direction | Hidden;
  readonly peers: readonly Peer[];
  /** What hides further peers. */
  readonly open: readonly Hidden[];
  /** The group itself is a peer. */
  readonly isSelf: boolean;
  readonly path: Path;
  readonly resource: Resource;
  attribute(name: string): Value;
}

type Attribute = (name: string) => Value;

/** Arguments that name peers, of every style. */
export const PEER_ARGUMENTS: readonly { readonly name: string; readonly kind: Peer['kind'] }[] = [
  { name: 'cidr_blocks', kind: 'cidr' },
  { name: 'ipv6_cidr_blocks', kind: 'cidr' },
  { name: 'cidr_ipv4', kind: 'cidr' },
  { name: 'cidr_ipv6', kind: 'cidr' },
  { name: 'prefix_list_ids', kind: 'prefix-list' },
  { name: 'prefix_list_id', kind: 'prefix-list' },
  { name: 'security_groups', kind: 'group' },
  { name: 'source_security_group_id', kind: 'group' },
  { name: 'referenced_security_group_id', kind: 'group' },
];

/** The rules written in a group, and what hides more of them. */
export function inlineRules(group: Resource): { readonly rules: readonly Rule[]; readonly open: readonly Hidden[] } {
  const read = DIRECTIONS.map((direction) => ({ direction, ...group.blocks(direction) }));
  return {
    rules: read.flatMap(({ direction, items }) =>
      items.map((block) => ruleOf(direction, block.path, block.resource, (name) => block.attribute(name))),
    ),
    open: read.flatMap(({ open }) => open),
  };
}

/** The rule that a resource of its own is. */
export function separateRule(resource: Resource): Rule {
  return ruleOf(directionOf(resource), [], resource, (name) => resource.attribute(name));
}

/**
 * Whether the group manages its rules itself. An empty list counts: it says that there are none. An adopted default
 * group always does.
 */
export function isInline(group: Resource): boolean {
  return (
    group.type === 'aws_default_security_group' ||
    DIRECTIONS.some((direction) => {
      const rules = group.attribute(direction);
      return rules.kind !== 'null' && !isHidden(rules);
    })
  );
}

/** Whether it is not known if a group states rules inline: a plan shows computed rules and written ones alike. */
export function mayBeInline(group: Resource): boolean {
  return DIRECTIONS.some((direction) => isHidden(group.attribute(direction)));
}

/** Rules of their own that a group has, and those that may be of it. */
export function rulesOf(estate: Estate, group: Resource) {
  const named = RULE_TYPES.map((type) => estate.companions(group, type, 'security_group_id'));
  const items = [...named.flatMap((companions) => companions.items), ...rulesOfDefault(estate, group)];
  const open = named
    .flatMap((companions) => companions.open)
    .filter(({ resource }) => !items.includes(resource))
    .filter(({ resource }) => !namesAnother(estate, resource.attribute('security_group_id'), GROUP_TYPES));
  return { items, open };
}

/** Whether a value is an attribute of a managed resource of another kind, such as the group that a cluster makes for itself. */
export function namesAnother(estate: Estate, value: Value, types: readonly string[]): boolean {
  const resource = value.kind === 'reference' ? estate.find(value.target) : null;
  return resource !== null && resource.init.mode === 'managed' && !types.includes(resource.type);
}

/** Rules that name an adopted default group by the attribute of its VPC. */
function rulesOfDefault(estate: Estate, group: Resource): readonly Resource[] {
  if (group.type !== 'aws_default_security_group') return [];
  const vpc = estate.resolve(group.attribute('vpc_id'), VPC_TYPES);
  return vpc.kind === 'resource' ? (defaultGroupRules(estate).get(vpc.resource) ?? []) : [];
}

const DEFAULT_RULES = new WeakMap<Estate, ReadonlyMap<Resource, readonly Resource[]>>();

/** Rules of the default groups of VPCs; found once for an estate. */
export function defaultGroupRules(estate: Estate): ReadonlyMap<Resource, readonly Resource[]> {
  const known = DEFAULT_RULES.get(estate);
  if (known !== undefined) return known;
  const found = new Map<Resource, Resource[]>();
  for (const rule of estate.ofType(...RULE_TYPES)) {
    const vpc = vpcOfDefault(estate, rule.attribute('security_group_id'), 'securityGroup');
    if (vpc !== null) found.set(vpc, [...(found.get(vpc) ?? []), rule]);
  }
  DEFAULT_RULES.set(estate, found);
  return found;
}

function directionOf(rule: Resource): Direction | Hidden {
  if (rule.type === 'aws_vpc_security_group_ingress_rule') return 'ingress';
  if (rule.type === 'aws_vpc_security_group_egress_rule') return 'egress';
  const type = asString(rule.attribute('type'));
  if (isHidden(type)) return type;
  return type === 'egress' ? 'egress' : 'ingress';
}

function ruleOf(direction: Direction | Hidden, path: Path, resource: Resource, attribute: Attribute): Rule {
  const peers: Peer[] = [];
  const open: Hidden[] = [];
  for (const { name, kind } of PEER_ARGUMENTS) {
    const value = attribute(name);
    const { items, open: hidden } = asItems(value);
    const isList = value.kind === 'list';
    items.forEach((item, index) => {
      if (!isNothing(item)) peers.push({ kind, value: item, path: isList ? [...path, name, index] : [...path, name] });
    });
    for (const item of hidden) peers.push({ kind, value: item, path: [...path, name] });
  }
  const self = attribute('self');
  if (isHidden(self)) open.push(self);
  return { direction, peers, open, isSelf: asString(self) === 'true', path, resource, attribute };
}

function isNothing(value: Value): boolean {
  return value.kind === 'null' || (value.kind === 'string' && value.value === '');
}
