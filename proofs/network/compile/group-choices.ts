import { GROUP_TYPES } from '../../../model/aws/security-group-rules.ts';
import { vpcOfDefault } from '../../../model/aws/vpc-defaults.ts';
import { asItems, describeHidden, type Hidden, unknown, type Value } from '../../../model/value.ts';
import type { Choice, SecurityGroup, Vpc } from '../topology.ts';
import { CERTAIN, type Compilation, type Draft } from './compilation.ts';
import { nameOfForeign } from './reading.ts';

/**
 * The security groups that an argument gives something in a VPC: the VPC's default group when it gives none. A group that
 * is not seen allows what it may, and may be any of the VPC's.
 */
export function groupsOf(c: Compilation, value: Value, vpc: Vpc): readonly Choice<SecurityGroup>[] {
  const { items, open } = asItems(value);
  if (items.length + open.length === 0) return [{ item: defaultGroupOf(c, vpc), doubts: CERTAIN }];
  const groups: Choice<SecurityGroup>[] = [];
  for (const item of [...items, ...open]) {
    const own = groupNamed(c, item);
    if (own !== null) {
      groups.push({ item: own, doubts: CERTAIN });
      continue;
    }
    const target = c.estate.resolve(item, GROUP_TYPES);
    if (target.kind === 'none') continue;
    const hidden =
      target.kind === 'hidden'
        ? target.value
        : unknown('missing-object', nameOfForeign(item), 'is a security group outside the estate');
    groups.push({ item: unseenGroup(c, hidden), doubts: CERTAIN });
    const candidates = new Set([...(c.groupsOf.get(vpc) ?? []), defaultGroupOf(c, vpc)]);
    for (const candidate of candidates) groups.push({ item: candidate, doubts: [hidden] });
  }
  return groups.length === 0 ? [{ item: defaultGroupOf(c, vpc), doubts: CERTAIN }] : groups;
}

/** The group of the estate that a value names, also one that AWS makes with a VPC or a cluster; null for any other. */
export function groupNamed(c: Compilation, value: Value): SecurityGroup | null {
  const vpc = vpcOfDefault(c.estate, value, 'securityGroup');
  const owner = vpc === null ? undefined : c.vpcs.get(vpc);
  if (owner !== undefined) return defaultGroupOf(c, owner);
  if (value.kind === 'reference' && value.path.at(-1) === 'cluster_security_group_id') {
    const cluster = c.estate.find(value.target);
    return (cluster === null ? undefined : c.clusterGroups.get(cluster)) ?? null;
  }
  const target = c.estate.resolve(value, GROUP_TYPES);
  return target.kind === 'resource' ? (c.securityGroups.get(target.resource) ?? null) : null;
}

/** The group that AWS makes with a VPC. */
export function defaultGroupOf(c: Compilation, vpc: Vpc): Draft<SecurityGroup> {
  const known = c.defaultGroups.get(vpc);
  if (known !== undefined) return known;
  const name = `the default security group of ${vpc.origin.name}`;
  const made: Draft<SecurityGroup> = {
    origin: { name, resource: null, path: [] },
    doubts: CERTAIN,
    ingress: [],
    egress: [],
    open: [unknown('missing-object', name, 'is not seen')],
  };
  c.defaultGroups.set(vpc, made);
  return made;
}

/** A group of whose rules nothing is known. */
export function unseenGroup(c: Compilation, hidden: Hidden): SecurityGroup {
  const name = describeHidden(hidden);
  const known = c.foreignGroups.get(name);
  if (known !== undefined) return known;
  const made: SecurityGroup = {
    origin: { name: `security group ${name}`, resource: null, path: [] },
    doubts: CERTAIN,
    ingress: [],
    egress: [],
    open: [hidden],
  };
  c.foreignGroups.set(name, made);
  return made;
}
