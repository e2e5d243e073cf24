import { defaultAclRules, defaultAcls } from '../../model/aws/network-acls.ts';
import { defaultRouting } from '../../model/aws/routing.ts';
import { DIRECTIONS, PEER_ARGUMENTS, rulesOf } from '../../model/aws/security-group-rules.ts';
import { isVpc, VPC_TYPES } from '../../model/aws/vpc-defaults.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, isHidden, string, type Value } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { defaultGroups, landingOf, type Network, NETWORKED, occupantsOf } from './default-network.ts';
import { ROUTE_ARGUMENTS } from './internet-route.ts';
import { missingStacks } from './missing-stacks.ts';

const messages = {
  groupNotAdopted: 'leaves its default security group as AWS makes it, open to its members and to every destination',
  groupRules: ({ group }: { readonly group: string }) => `has rules in its default security group ${group}`,
  aclNotAdopted: 'leaves its default network ACL as AWS makes it, which allows everything',
  aclRules: ({ acl }: { readonly acl: string }) => `has a rule that does not deny in its default network ACL ${acl}`,
  routes: ({ table }: { readonly table: string }) => `has routes in its default route table (${table})`,
  occupied: ({ occupants }: { readonly occupants: string }) => `is a default of AWS and holds ${occupants}`,
  unplaced: ({ names }: { readonly names: string }) => `sets no ${names}, so AWS puts it into the default VPC`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'NET-006',
  why: 'What names no network, security group or network ACL gets the defaults of AWS, which are open; closed defaults turn that slip into an outage instead of a leak.',
  fix: 'Adopt the defaults of each VPC without rules (aws_default_security_group, aws_default_network_acl, aws_default_route_table), and name a subnet or subnet group of the enclave on every resource.',
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2',
    'https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html',
  ],
  resourceTypes: [
    'aws_vpc',
    'aws_default_vpc',
    'aws_default_subnet',
    'aws_default_security_group',
    'aws_default_network_acl',
    'aws_default_route_table',
    'aws_network_acl_rule',
    ...NETWORKED.keys(),
  ],

  messages,

  subjects: resourcesOf(...VPC_TYPES, 'aws_default_subnet', ...NETWORKED.keys()),

  inspect({ resource }, inspection) {
    const network = NETWORKED.get(resource.type);
    if (network !== undefined) return judgeLanding(resource, network, inspection);
    return inspection.all([
      ...(isVpc(resource) ? judgeVpc(resource, inspection) : []),
      ...(resource.type === 'aws_vpc' ? [] : [judgeOccupants(resource, inspection)]),
    ]);
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
              aws_default_security_group: { none: { vpc_id: '${aws_vpc.ledger.id}' } },
              aws_default_network_acl: {
                none: { default_network_acl_id: '${aws_vpc.ledger.default_network_acl_id}' },
              },
            },
          },
        },
      },
    ],
    violating: [
      { stacks: { west: { resource: { aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } } } } } },
      { stacks: { west: { resource: { aws_db_instance: { ledger: { instance_class: 'db.m6g.large' } } } } } },
    ],
  },
});

function judgeVpc(vpc: Resource, inspection: Inspect): readonly Outcome[] {
  return [judgeDefaultGroup(vpc, inspection), judgeDefaultAcl(vpc, inspection), judgeDefaultTable(vpc, inspection)];
}

function judgeDefaultGroup(vpc: Resource, inspection: Inspect): Outcome {
  const { estate, all, fail } = inspection;
  const { items, open } = estate.companions(vpc, 'aws_default_security_group', 'vpc_id');
  // Without a VPC, the adopted group is that of the default VPC of the same provider.
  const { unnamed, byId } = defaultGroups(estate);
  const ofProvider = unnamed.filter(({ init }) => init.provider === vpc.init.provider);
  const found = [...items, ...(vpc.type === 'aws_default_vpc' ? ofProvider : [])];
  const certain = found.filter(({ init }) => !init.isSymbolic);
  const possible = [...found.filter(({ init }) => init.isSymbolic), ...open.map(({ resource }) => resource)];
  if (certain.length === 0) return judgeMissing(possible, inspection) ?? fail({}, 'groupNotAdopted');
  // A group that is named by the id of its VPC may be adopted a second time.
  return all([
    ...certain.map((group) => judgeGroup(group, inspection)),
    ...[...possible, ...byId].map((group) => asPossible(judgeGroup(group, inspection), group, inspection)),
  ]);
}

function judgeGroup(group: Resource, { estate, all, fail, unproven }: Inspect): Outcome {
  const written = DIRECTIONS.map((direction) => ({ direction, ...group.blocks(direction) }));
  const separate = rulesOf(estate, group);
  const certain = separate.items.filter(({ init }) => !init.isSymbolic);
  return all([
    ...written.flatMap(({ direction, items, open }) => {
      if (items.length === 0) return open.length === 0 ? [] : [unproven(open)];
      const at = { related: [group], location: group.locate(direction) };
      return items.map((block) => {
        const extent = { direction: string(direction), ...saidBy(block, RULE) };
        return fail({ ...at, extent }, 'groupRules', { group: group.address });
      });
    }),
    ...certain.map((rule) =>
      fail({ related: [group, rule], extent: saidBy(rule, RULE) }, 'groupRules', { group: group.address }),
    ),
    ...[...separate.items.filter(({ init }) => init.isSymbolic), ...separate.open.map(({ resource }) => resource)].map(
      (rule) => unproven(`may have ${rule.address} in its default security group`),
    ),
  ]);
}

function judgeDefaultAcl(vpc: Resource, inspection: Inspect): Outcome {
  const { estate, all, fail } = inspection;
  const acls = defaultAcls(estate);
  const found = acls.get(vpc) ?? [];
  const certain = found.filter(({ init }) => !init.isSymbolic);
  const possible = [...found.filter(({ init }) => init.isSymbolic), ...(acls.get(null) ?? [])];
  if (certain.length === 0) return judgeMissing(possible, inspection) ?? fail({}, 'aclNotAdopted');
  return all([
    ...certain.map((acl) => judgeAcl(vpc, acl, inspection)),
    ...possible.map((acl) => asPossible(judgeAcl(vpc, acl, inspection), acl, inspection)),
  ]);
}

/** What a second adoption would mean that may be of another VPC, or not exist. */
function asPossible(outcome: Outcome, { address }: Resource, { unproven }: Inspect): Outcome {
  return outcome.verdict === 'fail' ? unproven(`${outcome.message}, if ${address} is of this VPC`) : outcome;
}

function judgeAcl(vpc: Resource, acl: Resource, inspection: Inspect): Outcome {
  const { estate, all, unproven } = inspection;
  const blocks = DIRECTIONS.map((direction) => acl.blocks(direction));
  const rules = defaultAclRules(estate)
    .filter(({ of }) => of === vpc || of === acl || of === null)
    .map(({ rule, of }) => ({ rule, isOwn: of !== null && !rule.init.isSymbolic }));
  return all([
    ...blocks.flatMap(({ items, open }) => [
      ...items.map((block) => judgeAclRule(block.attribute('action'), [acl], saidBy(block, ACL_RULE), inspection)),
      ...(open.length === 0 ? [] : [unproven(open)]),
    ]),
    ...rules.map(({ rule, isOwn }) => {
      const outcome = judgeAclRule(rule.attribute('rule_action'), [acl, rule], saidBy(rule, ACL_RULE), inspection);
      return outcome.verdict === 'fail' && !isOwn
        ? unproven(`${outcome.message}, if ${rule.address} is in it`)
        : outcome;
    }),
  ]);
}

/** What rules say of the traffic that they let pass, in each style. */
const RULE = ['from_port', 'to_port', 'protocol', 'ip_protocol', ...PEER_ARGUMENTS.map(({ name }) => name)];
const ACL_RULE = ['from_port', 'to_port', 'protocol', 'icmp_type', 'cidr_block', 'ipv6_cidr_block'];

function saidBy(
  rule: { attribute(name: string): Value },
  names: readonly string[],
): { readonly [argument: string]: Value } {
  return Object.fromEntries(names.map((name) => [name, rule.attribute(name)]));
}

function judgeAclRule(
  action: Value,
  related: readonly [Resource, ...Resource[]],
  extent: { readonly [argument: string]: Value },
  inspection: Inspect,
): Outcome {
  const text = asString(action);
  if (isHidden(text)) return inspection.unproven(text);
  if (text === 'deny') return inspection.pass();
  return inspection.fail({ value: action, related, extent }, 'aclRules', { acl: related[0].address });
}

function judgeDefaultTable(vpc: Resource, { estate, all, pass, fail, unproven }: Inspect): Outcome {
  const { tables, stray } = defaultRouting(estate, vpc);
  return all([
    ...tables.map(({ name, routes, open }) => {
      const certain = routes.filter(({ resource }) => !resource.init.isSymbolic);
      if (certain.length > 0) {
        return all(
          certain.map((route) =>
            fail({ related: [route.resource], extent: saidBy(route, ROUTE_ARGUMENTS) }, 'routes', { table: name }),
          ),
        );
      }
      if (routes.length > 0) return unproven(`may have routes in its default route table (${name})`);
      return open.length > 0 ? unproven(open) : pass();
    }),
    ...stray.map(({ resource }) => unproven(`may have ${resource.address} in its default route table`)),
  ]);
}

/** Unproven when something unseen may adopt the default; null when nothing can. */
function judgeMissing(possible: readonly Resource[], inspection: Inspect): Outcome | null {
  const reasons = [
    ...possible.map(({ address }) => `${address} may adopt it, or not`),
    ...missingStacks(inspection).map((name) => `the stack ${name} is not among the inputs`),
  ];
  return reasons.length === 0 ? null : inspection.unproven(reasons.join('; '));
}

function judgeOccupants(home: Resource, { estate, pass, fail, unproven }: Inspect): Outcome {
  const { items, open } = occupantsOf(estate, home);
  if (items.length === 0) return open.length === 0 ? pass() : unproven(open);
  return fail({ related: items }, 'occupied', { occupants: items.map(({ address }) => address).join(', ') });
}

function judgeLanding(resource: Resource, network: Network, inspection: Inspect): Outcome {
  const { estate, pass, fail, unproven } = inspection;
  const landing = landingOf(estate, resource, network);
  switch (landing.kind) {
    case 'named':
      return pass();
    case 'hidden':
      return unproven(landing.values);
    case 'brought':
      return unproven(`takes its network from ${landing.argument}, which is not followed`);
    case 'default':
      return fail({}, 'unplaced', { names: landing.arguments.join(', ') });
  }
}
