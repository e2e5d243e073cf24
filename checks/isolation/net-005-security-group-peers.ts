import { coversWorld } from '../../model/aws/cidr.ts';
import {
  type Direction,
  DIRECTIONS,
  GROUP_TYPES,
  inlineRules,
  isInline,
  mayBeInline,
  type Peer,
  type Rule,
  RULE_TYPES,
  rulesOf,
  separateRule,
} from '../../model/aws/security-group-rules.ts';
import type { Resource } from '../../model/resource.ts';
import { isHidden } from '../../model/value.ts';
import { type At, defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { judgePeer, rangesOf } from './approved-peers.ts';

interface Opening {
  readonly direction: string;
  readonly peer: string;
}

const messages = {
  world: ({ direction, peer }: Opening) => `opens ${direction} to the world: ${peer}`,
  unapproved: ({ direction, peer }: Opening) =>
    `opens ${direction} to ${peer}, which is neither a network of the estate nor registered under network.approvedPeers`,
  split: ({ direction }: { readonly direction: Direction }) =>
    `opens ${direction} to the world in pieces, which its rules together cover`,
  mixed: ({ styles }: { readonly styles: string }) =>
    `has rules in several styles that overwrite each other: ${styles}`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'NET-005',
  why: 'A group that is open to the world, or to networks nobody registered, lets traffic in or out past the gateways; rules in two styles overwrite each other at apply.',
  fix: 'Name a security group, a CIDR block of the enclave or a registered peer, and write all rules of a group in one style, best aws_vpc_security_group_ingress_rule and _egress_rule.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group',
  ],
  resourceTypes: [
    ...GROUP_TYPES,
    ...RULE_TYPES,
    'aws_ec2_managed_prefix_list',
    'aws_ec2_managed_prefix_list_entry',
    'aws_vpc',
  ],

  messages,

  subjects: resourcesOf(...GROUP_TYPES, ...RULE_TYPES),

  inspect({ resource }, inspection) {
    if (GROUP_TYPES.some((type) => type === resource.type)) return judgeGroup(resource, inspection);
    const group = inspection.estate.resolve(resource.attribute('security_group_id'), GROUP_TYPES);
    const isOfNone = group.kind === 'none' || (group.kind === 'outside' && group.text === '');
    return inspection.all([
      judgeRule(separateRule(resource), inspection),
      isOfNone ? inspection.unproven('names no security group') : inspection.pass(),
    ]);
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_security_group: { desk: { vpc_id: 'vpc-0123456789abcdef0' }, ledger: {} },
              aws_vpc_security_group_ingress_rule: {
                desk: {
                  security_group_id: '${aws_security_group.ledger.id}',
                  referenced_security_group_id: '${aws_security_group.desk.id}',
                  ip_protocol: 'tcp',
                  from_port: 5432,
                  to_port: 5432,
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
              aws_security_group: {
                ledger: { egress: [{ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }] },
              },
            },
          },
        },
      },
    ],
  },
});

function judgeGroup(group: Resource, inspection: Inspect): Outcome {
  const { all, unproven } = inspection;
  const { rules, open } = inlineRules(group);
  return all([
    ...rules.map((rule) => judgeRule(rule, inspection)),
    ...(open.length === 0 ? [] : [unproven(open)]),
    judgeStyles(group, inspection),
    judgeUnion(group, rules, inspection),
  ]);
}

/** What a rule says of traffic, in each style. */
const TRAFFIC = ['protocol', 'ip_protocol', 'from_port', 'to_port'] as const;

function judgeRule(rule: Rule, inspection: Inspect): Outcome {
  const { all, unproven } = inspection;
  const { direction, peers, open, isSelf } = rule;
  if (peers.length === 0 && open.length === 0 && !isSelf) return unproven('has a rule that names no peer');
  const name = isHidden(direction) ? 'traffic' : direction;
  const extent = Object.fromEntries(TRAFFIC.map((argument) => [argument, rule.attribute(argument)]));
  return all([
    ...peers.map((peer) => judgeOpening(peer, name, extent, inspection)),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}

function judgeOpening(peer: Peer, direction: string, extent: At['extent'], inspection: Inspect): Outcome {
  const { pass, fail, unproven } = inspection;
  const judged = judgePeer(peer, inspection);
  switch (judged.kind) {
    case 'approved':
      return pass();
    case 'hidden':
      return unproven(judged.value);
    case 'refused': {
      const at = {
        path: peer.path,
        value: peer.value,
        related: judged.related,
        extent: { ...extent, entries: judged.entries },
      };
      return fail(at, judged.isWorld ? 'world' : 'unapproved', { direction, peer: judged.peer });
    }
  }
}

/** Inline rules and rules of their own, or the two kinds of those, take turns in deleting each other. */
function judgeStyles(group: Resource, { estate, pass, fail, unproven }: Inspect): Outcome {
  const { items, open } = rulesOf(estate, group);
  const certain = items.filter(({ init }) => !init.isSymbolic);
  const styles = stylesOf(group, certain);
  if (styles.length > 1) return fail({ related: certain }, 'mixed', { styles: styles.join(', ') });
  const possible = [...items, ...open.map(({ resource }) => resource)];
  const hidesInline = !isInline(group) && mayBeInline(group);
  if (stylesOf(group, possible).length + (hidesInline ? 1 : 0) < 2) return pass();
  if (hidesInline)
    return unproven(`may have inline rules beside those of ${possible.map(({ address }) => address).join(', ')}`);
  const names = possible.filter((rule) => !certain.includes(rule)).map(({ address }) => address);
  return unproven(`may have rules in several styles, if ${names.join(', ')} is of this group`);
}

function stylesOf(group: Resource, rules: readonly Resource[]): readonly string[] {
  const separate = new Set(
    rules.map(({ type }) => (type === 'aws_security_group_rule' ? type : 'aws_vpc_security_group_*_rule')),
  );
  return [...(isInline(group) ? ['inline'] : []), ...separate];
}

function judgeUnion(group: Resource, inline: readonly Rule[], inspection: Inspect): Outcome {
  const { estate, all, pass, fail } = inspection;
  const separate = rulesOf(estate, group).items.filter(({ init }) => !init.isSymbolic);
  const rules = [...inline, ...separate.map(separateRule)];
  return all(
    DIRECTIONS.map((direction) => {
      const ranges = rules
        .filter((rule) => rule.direction === direction)
        .flatMap(({ peers }) => peers.flatMap((peer) => rangesOf(peer, inspection)))
        // What is the world by itself is told of its rule.
        .filter((range) => !coversWorld([range]));
      return coversWorld(ranges) ? fail({ related: separate }, 'split', { direction }) : pass();
    }),
  );
}
