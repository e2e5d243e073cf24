import type { Estate, Target } from '../../model/estate.ts';
import type { Block, Resource } from '../../model/resource.ts';
import { type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';

export const FIREWALL = 'aws_networkfirewall_firewall';
export const FIREWALL_POLICY = 'aws_networkfirewall_firewall_policy';
export const RULE_GROUP = 'aws_networkfirewall_rule_group';

/** Arguments of a policy that name its rule groups. */
const GROUP_REFERENCES = ['stateful_rule_group_reference', 'stateless_rule_group_reference'] as const;

/** A rule group that a policy names: of the estate, or what hides it. */
export interface NamedGroup {
  readonly block: Block;
  readonly group: Resource | Hidden;
}

/** The policy of a firewall, where the estate has it. */
export function firewallPolicyOf(firewall: Resource, estate: Estate): Resource | Hidden {
  return ownOf(estate.resolve(firewall.attribute('firewall_policy_arn'), [FIREWALL_POLICY]), FIREWALL_POLICY);
}

/** The firewalls with a policy, and what leaves open whether there are more. */
export function firewallsOf(policy: Resource, estate: Estate) {
  const { items, open } = estate.companions(policy, FIREWALL, 'firewall_policy_arn');
  return { items, open: open.map(({ value }) => value) };
}

/** The rule groups of a policy, and what hides more of them. */
export function groupsOf(policy: Resource, estate: Estate) {
  const read = GROUP_REFERENCES.map((argument) => policy.blocks('firewall_policy', argument));
  const items = read.flatMap((blocks) =>
    blocks.items.map((block): NamedGroup => ({ block, group: groupOf(block, estate) })),
  );
  return { items, open: read.flatMap(({ open }) => open) };
}

interface Users {
  readonly items: readonly Resource[];
  readonly open: readonly Hidden[];
}

interface UserIndex {
  readonly byGroup: ReadonlyMap<Resource, readonly Resource[]>;
  readonly open: readonly Hidden[];
}

const USERS = new WeakMap<Estate, UserIndex>();

/** The policies that name a rule group, and what leaves open whether others do. */
export function policiesOf(group: Resource, estate: Estate): Users {
  const index = USERS.get(estate) ?? indexOf(estate);
  USERS.set(estate, index);
  return { items: index.byGroup.get(group) ?? [], open: index.open };
}

function indexOf(estate: Estate): UserIndex {
  const byGroup = new Map<Resource, Resource[]>();
  const open: Hidden[] = [];
  for (const policy of estate.ofType(FIREWALL_POLICY)) {
    const named = groupsOf(policy, estate);
    open.push(...named.open);
    for (const group of new Set(named.items.map((item) => item.group))) {
      if (!isHidden(group)) byGroup.set(group, [...(byGroup.get(group) ?? []), policy]);
      // A group outside the estate is none of its own.
      else if (group.kind !== 'unknown' || group.reason !== 'missing-object') open.push(group);
    }
  }
  return { byGroup, open };
}

function groupOf(block: Block, estate: Estate): Resource | Hidden {
  const value: Value = block.attribute('resource_arn');
  return ownOf(estate.resolve(value, [RULE_GROUP]), RULE_GROUP);
}

function ownOf(target: Target, type: string): Resource | Hidden {
  switch (target.kind) {
    case 'resource': {
      const { resource } = target;
      if (resource.type === type && resource.init.mode === 'managed') return resource;
      return unknown('missing-object', resource.address, `is no ${nameOf(type)} of the estate`);
    }
    case 'hidden':
      return target.value;
    case 'outside':
      return unknown('missing-object', target.text, `is a ${nameOf(type)} outside the estate`);
    case 'none':
      return unknown('missing-object', `the ${nameOf(type)}`, 'is not named');
  }
}

function nameOf(type: string): string {
  return type === RULE_GROUP ? 'rule group' : 'firewall policy';
}
