import { covers, coversWorld } from '../../model/aws/cidr.ts';
import { type AclRule, type AclRules, aclsOf, rulesOfAcl, type SubnetAcl } from '../../model/aws/network-acls.ts';
import { DIRECTIONS } from '../../model/aws/security-group-rules.ts';
import type { Resource } from '../../model/resource.ts';
import { display, isHidden } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { exposureOf, SUBNET_TYPES, tierOf } from '../subnet-tier.ts';
import { judgePeer } from './approved-peers.ts';
import { outsideRanges } from './declared-networks.ts';
import { workloadsIn } from './gateway-tier.ts';
import { isShadowed, rangeOf } from './network-acls.ts';

interface Opening {
  readonly acl: string;
  readonly direction: string;
  readonly peer: string;
}

const messages = {
  untiered: ({ tag }: { readonly tag: string }) => `has no tag ${tag} that names a tier of the policy`,
  none: ({ vpc }: { readonly vpc: string }) =>
    `has no network ACL but the default of ${vpc}, which nothing adopts and which allows everything`,
  several: ({ acls }: { readonly acls: string }) =>
    `is given to several network ACLs, which take it from each other: ${acls}`,
  world: ({ acl, direction, peer }: Opening) => `is open for ${direction} to the world in ${acl}: ${peer}`,
  unapproved: ({ acl, direction, peer }: Opening) =>
    `is open for ${direction} in ${acl} to ${peer}, which is neither a network of the estate nor registered in the policy`,
  split: ({ acl, direction }: Omit<Opening, 'peer'>) =>
    `is open for ${direction} to the world in pieces, which the rules of ${acl} together cover`,
  mixed: ({ acl }: { readonly acl: string }) => `has rules both in ${acl} and beside it, which overwrite each other`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'NET-004',
  why: 'A network ACL is the only filter that a mistake in a security group cannot undo; the one that AWS makes with a VPC allows everything, and a subnet without a tier is judged by nobody.',
  fix: 'Tag the subnet with its tier, associate it with one network ACL that allows only networks of the enclave and registered ones, and adopt the default network ACL of the VPC without rules.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21',
  ],
  resourceTypes: [
    ...SUBNET_TYPES,
    'aws_network_acl',
    'aws_network_acl_rule',
    'aws_network_acl_association',
    'aws_default_network_acl',
    'aws_vpc',
  ],

  messages,

  subjects: resourcesOf(...SUBNET_TYPES),

  inspect({ resource: subnet }, inspection) {
    const { estate, all } = inspection;
    const { certain, possible } = aclsOf(estate, subnet);
    const isSettled = possible.length === 0;
    return all([
      judgeTier(subnet, inspection),
      judgeNumber(certain, inspection),
      ...certain
        .map((acl) => judgeAcl(subnet, acl, inspection))
        .map((outcome) => (isSettled && certain.length === 1 ? outcome : asPossible(outcome, inspection))),
      ...possible.map((acl) => asPossible(judgeAcl(subnet, acl, inspection), inspection)),
    ]);
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
              aws_subnet: {
                data: { vpc_id: '${aws_vpc.ledger.id}', cidr_block: '10.0.0.0/24', tags: { 'ledger:tier': 'data' } },
              },
              aws_network_acl: {
                data: {
                  vpc_id: '${aws_vpc.ledger.id}',
                  subnet_ids: ['${aws_subnet.data.id}'],
                  ingress: [
                    {
                      rule_no: 100,
                      action: 'allow',
                      protocol: 'tcp',
                      cidr_block: '10.0.0.0/16',
                      from_port: 5432,
                      to_port: 5432,
                    },
                  ],
                  egress: [
                    {
                      rule_no: 100,
                      action: 'allow',
                      protocol: 'tcp',
                      cidr_block: '10.0.0.0/16',
                      from_port: 1024,
                      to_port: 65535,
                    },
                  ],
                },
              },
            },
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
              // What nothing associates with a network ACL has the default, which allows everything.
              aws_subnet: {
                data: { vpc_id: '${aws_vpc.ledger.id}', cidr_block: '10.0.0.0/24', tags: { 'ledger:tier': 'data' } },
              },
            },
          },
        },
      },
    ],
  },
});

function judgeTier(subnet: Resource, { policy, pass, fail, unproven }: Inspect): Outcome {
  const tier = tierOf(subnet, policy);
  if (isHidden(tier)) return unproven(tier);
  return tier === null ? fail({ path: ['tags'] }, 'untiered', { tag: policy.tags.tier }) : pass();
}

/** AWS gives a subnet to the network ACL that claimed it last. */
function judgeNumber(certain: readonly SubnetAcl[], { pass, fail }: Inspect): Outcome {
  const acls = certain.flatMap((item) => (item.kind === 'acl' ? [item.acl] : []));
  if (acls.length < 2) return pass();
  return fail({ related: acls }, 'several', { acls: acls.map(({ address }) => address).join(', ') });
}

function judgeAcl(subnet: Resource, item: SubnetAcl, inspection: Inspect): Outcome {
  switch (item.kind) {
    case 'hidden':
      return inspection.unproven(item.value);
    case 'unadopted':
      return inspection.fail({ related: [item.vpc] }, 'none', { vpc: item.vpc.address });
    case 'acl':
      return judgeRules(subnet, item.acl, inspection);
  }
}

function judgeRules(subnet: Resource, acl: Resource, inspection: Inspect): Outcome {
  const { estate, policy, all, pass, fail, unproven } = inspection;
  const exposure = exposureOf(subnet, policy);
  // A tag does not make a workload a gateway.
  if (exposure === 'gateway' && workloadsIn(subnet, inspection).length === 0) return pass();
  const rules = rulesOfAcl(estate, acl);
  const outcome = all([
    ...rules.certain.map((rule) => judgeRule(rule, acl, rules, inspection)),
    judgeUnion(acl, rules, inspection),
    judgeStyles(acl, rules, { pass, fail, unproven }),
    ...rules.possible.map((rule) => {
      const judged = judgeRule(rule, acl, rules, inspection);
      return judged.verdict === 'fail' ? unproven(`${judged.message}, if ${rule.resource.address} is in it`) : judged;
    }),
    ...(rules.open.length === 0 ? [] : [unproven(rules.open)]),
  ]);
  return isHidden(exposure) ? asPossible(outcome, inspection) : outcome;
}

/** What a rule says of traffic. */
const TRAFFIC = ['protocol', 'from_port', 'to_port', 'icmp_type'] as const;

function judgeRule(rule: AclRule, acl: Resource, rules: AclRules, inspection: Inspect): Outcome {
  const { pass, fail, unproven } = inspection;
  const { resource, path, action, block, direction } = rule;
  if (typeof action === 'string' && action.toLowerCase() === 'deny') return pass();
  if (block === null) return unproven(`has a rule in ${acl.address} that names no CIDR block`);
  const judged = judgePeer({ kind: 'cidr', value: block.value, path }, inspection);
  if (judged.kind === 'approved' || isOutside(rule, inspection)) return pass();
  if (judged.kind === 'hidden') return unproven(judged.value);
  if (isHidden(action)) return unproven(action);
  const shadow = isShadowed(rule, rules);
  if (shadow === true) return pass();
  if (shadow === 'hidden') return unproven(`a rule of ${acl.address} that is not known may deny ${judged.peer} first`);
  const extent = Object.fromEntries(TRAFFIC.map((name) => [name, resource.attribute(...path, name)]));
  return fail(
    {
      value: block.value,
      related: [...new Set([acl, resource])],
      location: resource.locate(...path, block.argument),
      extent,
    },
    judged.isWorld ? 'world' : 'unapproved',
    { acl: acl.address, direction: isHidden(direction) ? 'traffic' : direction, peer: display(block.value) },
  );
}

/** Networks outside with which the policy lets the enclave exchange packets, through its gateways. */
function isOutside(rule: AclRule, { policy }: Inspect): boolean {
  const range = rangeOf(rule);
  if (range === null || coversWorld([range])) return false;
  return covers(outsideRanges(policy), range);
}

function isAllow({ action }: AclRule): boolean {
  return typeof action === 'string' && action.toLowerCase() === 'allow';
}

/** What is the world by itself is told of its rule. */
function judgeUnion(acl: Resource, rules: AclRules, { all, pass, fail }: Inspect): Outcome {
  return all(
    DIRECTIONS.map((direction) => {
      const ranges = rules.certain
        .filter((rule) => rule.direction === direction && isAllow(rule) && isShadowed(rule, rules) === false)
        .flatMap((rule) => rangeOf(rule) ?? [])
        .filter((range) => !coversWorld([range]));
      return coversWorld(ranges) ? fail({ related: [acl] }, 'split', { acl: acl.address, direction }) : pass();
    }),
  );
}

/** Each apply removes the rules of the other style. An adopted default always manages its rules itself. */
function judgeStyles(
  acl: Resource,
  { certain }: AclRules,
  { pass, fail, unproven }: Pick<Inspect, 'pass' | 'fail' | 'unproven'>,
): Outcome {
  const inline = DIRECTIONS.map((name) => acl.attribute(name)).filter(({ kind }) => kind !== 'null');
  const isInline = acl.type === 'aws_default_network_acl' || inline.some((rules) => !isHidden(rules));
  const separate = certain.filter((rule) => !rule.isInline).map(({ resource }) => resource);
  const hidden = inline.find(isHidden);
  if (separate.length > 0 && !isInline && hidden !== undefined) return unproven(hidden);
  if (!isInline || separate.length === 0) return pass();
  return fail({ related: [acl, ...separate] }, 'mixed', { acl: acl.address });
}

/** What a network ACL would mean that may not be the subnet's. */
function asPossible(outcome: Outcome, { unproven }: Inspect): Outcome {
  return outcome.verdict === 'fail' ? unproven(`${outcome.message}, if that is how the subnet is filtered`) : outcome;
}
