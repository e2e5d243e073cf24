import { expect, it } from 'vitest';
import check from '../../../checks/isolation/net-005-security-group-peers.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';

const west = (resource: object, rest: object = {}) => ({ stacks: { west: { resource, ...rest } } });
const inline = (rule: object, direction = 'ingress') => ({
  aws_security_group: { ledger: { [direction]: [{ protocol: 'tcp', from_port: 443, to_port: 443, ...rule }] } },
});
const GROUPS = { aws_security_group: { ledger: {}, desk: {} } };
const TCP = { security_group_id: '${aws_security_group.ledger.id}', ip_protocol: 'tcp', from_port: 443, to_port: 443 };
const ingress = (peer: object) => ({ ...GROUPS, aws_vpc_security_group_ingress_rule: { in: { ...TCP, ...peer } } });
const egress = (peer: object) => ({ ...GROUPS, aws_vpc_security_group_egress_rule: { out: { ...TCP, ...peer } } });
const old = (rule: object) => ({
  ...GROUPS,
  aws_security_group_rule: {
    old: {
      security_group_id: '${aws_security_group.ledger.id}',
      type: 'egress',
      protocol: '-1',
      from_port: 0,
      to_port: 0,
      ...rule,
    },
  },
});
const IN = 'aws_vpc_security_group_ingress_rule.in';
const OUT = 'aws_vpc_security_group_egress_rule.out';
const GROUP = 'aws_security_group.ledger';
const OLD = 'aws_security_group_rule.old';
const LIST = '${aws_ec2_managed_prefix_list.offices.id}';
const list = (...cidrs: string[]) => ({
  aws_ec2_managed_prefix_list: {
    offices: { name: 'offices', address_family: 'IPv4', max_entries: 9, entry: cidrs.map((cidr) => ({ cidr })) },
  },
});
const VARIABLE = { variable: { peer: {} } };

testCheck(check, {
  pass: [
    { name: 'a group without rules', ...west({ aws_security_group: { ledger: { ingress: [], egress: [] } } }) },
    { name: 'registered peers, inline', ...west(inline({ cidr_blocks: ['10.1.0.0/16'], self: true })) },
    {
      name: 'a single inline block',
      ...west({ aws_security_group: { ledger: { ingress: { cidr_blocks: '10.1.0.0/16' } } } }),
    },
    { name: 'another group', ...west(ingress({ referenced_security_group_id: '${aws_security_group.desk.id}' })) },
    {
      name: 'the network of a VPC of the estate',
      ...west({
        ...ingress({ cidr_ipv4: '172.16.5.0/24' }),
        aws_vpc: { ledger: { cidr_block: '172.16.0.0/16' } },
      }),
    },
    {
      name: 'the network of a VPC by reference',
      ...west({
        ...ingress({ cidr_ipv4: '${aws_vpc.ledger.cidr_block}' }),
        aws_vpc: { ledger: { cidr_block: '172.16.0.0/16' } },
      }),
    },
    {
      name: 'the network of a VPC that IPAM gives',
      ...west({
        ...ingress({ cidr_ipv4: '${aws_vpc.ledger.cidr_block}' }),
        aws_vpc: { ledger: { ipv4_ipam_pool_id: 'ipam-pool-1' } },
      }),
    },
    {
      name: 'a second network of a VPC',
      ...west({
        ...ingress({ cidr_ipv4: '172.17.0.0/24' }),
        aws_vpc_ipv4_cidr_block_association: { more: { vpc_id: 'vpc-1', cidr_block: '172.17.0.0/16' } },
      }),
    },
    {
      name: 'peers that two registered blocks cover together',
      ...west(egress({ cidr_ipv4: '192.0.2.0/24' })),
      policy: {
        network: {
          approvedPeers: [
            { peer: '192.0.2.0/25', reason: 'a' },
            { peer: '192.0.2.128/25', reason: 'b' },
          ],
        },
      },
    },
    {
      name: 'a registered IPv6 peer in another spelling',
      ...west(egress({ cidr_ipv6: '2001:DB8:0:0::/64' })),
      policy: {
        network: { approvedPeers: [{ peer: '2001:db8::/32', reason: 'Partner.' }] },
      },
    },
    {
      name: 'a registered prefix list',
      ...west(egress({ prefix_list_id: 'pl-0123456789abcdef0' })),
      policy: {
        network: { approvedPeers: [{ peer: 'pl-0123456789abcdef0', reason: 'Partner.' }] },
      },
    },
    {
      name: 'a prefix list of the estate with registered entries',
      ...west({ ...egress({ prefix_list_id: LIST }), ...list('10.2.0.0/16') }),
    },
    {
      name: 'the service behind a gateway endpoint of the estate',
      ...west({
        ...egress({ prefix_list_id: '${aws_vpc_endpoint.s3.prefix_list_id}' }),
        aws_vpc_endpoint: { s3: { vpc_id: 'vpc-1', service_name: 'com.amazonaws.eu-west-1.s3' } },
      }),
    },
    {
      name: 'the default group of a VPC of the estate',
      ...west({
        ...ingress({ referenced_security_group_id: '${aws_vpc.ledger.default_security_group_id}' }),
        aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
      }),
    },
    { name: 'old rules in one style', ...west(old({ source_security_group_id: '${aws_security_group.desk.id}' })) },
    { name: 'an adopted default group', ...west({ aws_default_security_group: { none: { vpc_id: 'vpc-1' } } }) },
  ],
  fail: [
    ...['0.0.0.0/0', '0/0', '::ffff:0:0/96'].map((cidr) => ({
      name: `inline ingress from ${cidr}`,
      ...west(inline({ cidr_blocks: [cidr] })),
      fails: { [GROUP]: 'world' },
    })),
    ...['::/0', '0000::/0', '2000::/3'].map((cidr) => ({
      name: `egress to ${cidr}`,
      ...west(egress({ cidr_ipv6: cidr })),
      fails: { [OUT]: 'world' },
    })),
    { name: 'all egress to everywhere', ...west(old({ cidr_blocks: ['0.0.0.0/0'] })), fails: { [OLD]: 'world' } },
    { name: 'old IPv6 rules', ...west(old({ ipv6_cidr_blocks: ['10.0.0.0/8', '::/0'] })), fails: { [OLD]: 'world' } },
    {
      name: 'an approved world',
      ...west(ingress({ cidr_ipv4: '0.0.0.0/0' })),
      policy: {
        network: { approvedPeers: [{ peer: '0.0.0.0/0', reason: 'Nobody may say so.' }] },
      },
      fails: { [IN]: 'world' },
    },
    {
      name: 'a block wider than registered',
      ...west(ingress({ cidr_ipv4: '10.0.0.1/7' })),
      fails: { [IN]: 'unapproved' },
    },
    {
      name: 'an unregistered partner',
      ...west(egress({ cidr_ipv4: '203.0.113.7/32' })),
      fails: { [OUT]: 'unapproved' },
    },
    {
      name: 'a rule of a group outside the estate',
      ...west(ingress({ security_group_id: 'sg-1', cidr_ipv4: '203.0.113.7/32' })),
      fails: { [IN]: 'unapproved' },
    },
    {
      name: 'a prefix list wider than registered',
      ...west({ ...egress({ prefix_list_id: LIST }), ...list('10.2.0.0/16', '203.0.113.0/24') }),
      fails: { [OUT]: 'unapproved' },
    },
    {
      name: 'a prefix list that holds the world in halves',
      ...west({ ...inline({ prefix_list_ids: [LIST] }), ...list('0.0.0.0/1', '128.0.0.0/1') }),
      policy: {
        network: {
          approvedPeers: [
            { peer: '0.0.0.0/1', reason: 'a' },
            { peer: '128.0.0.0/1', reason: 'b' },
          ],
        },
      },
      fails: { [GROUP]: 'world' },
    },
    {
      name: 'an entry of its own',
      ...west({
        ...egress({ prefix_list_id: LIST }),
        ...list(),
        aws_ec2_managed_prefix_list_entry: { one: { prefix_list_id: LIST, cidr: '203.0.113.0/24' } },
      }),
      fails: { [OUT]: 'unapproved' },
    },
    {
      name: 'the world in halves, each of them registered',
      ...west({
        ...GROUPS,
        aws_vpc_security_group_ingress_rule: {
          low: { ...TCP, cidr_ipv4: '0.0.0.0/1' },
          high: { ...TCP, cidr_ipv4: '128.0.0.0/1' },
        },
      }),
      policy: {
        network: {
          approvedPeers: [
            { peer: '0.0.0.0/1', reason: 'a' },
            { peer: '128.0.0.0/1', reason: 'b' },
          ],
        },
      },
      fails: { [GROUP]: 'split' },
    },
    {
      name: 'inline and separate rules of one group',
      ...west({ ...ingress({ cidr_ipv4: '10.1.0.0/16' }), ...inline({ cidr_blocks: ['10.2.0.0/16'] }) }),
      fails: { [GROUP]: 'mixed' },
    },
    {
      name: 'an empty inline list, which deletes the separate rules',
      ...west({ ...ingress({ cidr_ipv4: '10.1.0.0/16' }), aws_security_group: { ledger: { ingress: [] } } }),
      fails: { [GROUP]: 'mixed' },
    },
    {
      name: 'both kinds of separate rules',
      ...west({ ...ingress({ cidr_ipv4: '10.1.0.0/16' }), ...old({ cidr_blocks: ['10.2.0.0/16'] }) }),
      fails: { [GROUP]: 'mixed' },
    },
    {
      name: 'a rule added to an adopted default group by the name of its VPC',
      ...west({
        aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
        aws_default_security_group: { none: { vpc_id: '${aws_vpc.ledger.id}' } },
        aws_vpc_security_group_ingress_rule: {
          in: { ...TCP, security_group_id: '${aws_vpc.ledger.default_security_group_id}', cidr_ipv4: '10.1.0.0/16' },
        },
      }),
      fails: { 'aws_default_security_group.none': 'mixed' },
    },
  ],
  unproven: [
    {
      name: 'a rule of no group',
      ...west(ingress({ cidr_ipv4: '10.1.0.0/16', security_group_id: '' })),
      unproven: { [IN]: 'names no security group' },
    },
    {
      name: 'a block that is not known',
      ...west(ingress({ cidr_ipv4: '${var.peer}' }), VARIABLE),
      unproven: { [IN]: 'var.peer' },
    },
    {
      name: 'the network of a VPC that may not exist',
      ...west(
        {
          ...ingress({ cidr_ipv4: '172.17.0.0/24' }),
          aws_vpc_ipv4_cidr_block_association: {
            more: { count: '${var.peer}', vpc_id: 'vpc-1', cidr_block: '172.17.0.0/16' },
          },
        },
        VARIABLE,
      ),
      unproven: { [IN]: '"172.17.0.0/24" lies in a network whose count or for_each only the plan knows' },
    },
    {
      name: 'one hidden block of a list',
      ...west(inline({ cidr_blocks: ['10.1.0.0/16', '${var.peer}'] }), VARIABLE),
      unproven: { [GROUP]: 'var.peer' },
    },
    {
      name: 'a hidden list of blocks',
      ...west(inline({ cidr_blocks: '${var.peer}' }), VARIABLE),
      unproven: { [GROUP]: 'var.peer' },
    },
    {
      name: 'hidden rules',
      ...west({ aws_security_group: { ledger: { ingress: '${var.peer}' } } }, VARIABLE),
      unproven: { [GROUP]: 'var.peer' },
    },
    {
      name: 'what is no CIDR block',
      ...west(ingress({ cidr_ipv4: '10.1/16' })),
      unproven: { [IN]: 'is no CIDR block' },
    },
    { name: 'a rule without a peer', ...west(ingress({})), unproven: { [IN]: 'names no peer' } },
    {
      name: 'a rule of one whose self is not known',
      ...west(old({ self: '${var.peer}' }), VARIABLE),
      unproven: { [OLD]: 'var.peer' },
    },
    {
      name: 'a list outside the estate',
      ...west(egress({ prefix_list_id: 'pl-63a5400a' })),
      unproven: { [OUT]: 'outside the estate' },
    },
    {
      name: 'the content of a list that AWS or another account manages',
      ...west(egress({ prefix_list_id: '${data.aws_ec2_managed_prefix_list.s3.id}' }), {
        data: { aws_ec2_managed_prefix_list: { s3: { name: 'com.amazonaws.eu-west-1.s3' } } },
      }),
      unproven: { [OUT]: 'aws_ec2_managed_prefix_list.s3' },
    },
    {
      name: 'a list with hidden entries',
      ...west(
        {
          ...egress({ prefix_list_id: LIST }),
          aws_ec2_managed_prefix_list: { offices: { name: 'offices', entry: '${var.peer}' } },
        },
        VARIABLE,
      ),
      unproven: { [OUT]: 'var.peer' },
    },
    {
      name: 'a list that an entry of unknown list may extend',
      ...west(
        {
          ...egress({ prefix_list_id: LIST }),
          ...list('10.2.0.0/16'),
          aws_ec2_managed_prefix_list_entry: { one: { prefix_list_id: '${var.peer}', cidr: '203.0.113.0/24' } },
        },
        VARIABLE,
      ),
      unproven: { [OUT]: 'var.peer' },
    },
    {
      name: 'a group outside the estate',
      ...west(ingress({ referenced_security_group_id: 'sg-0123456789abcdef0' })),
      unproven: { [IN]: 'outside the estate' },
    },
    {
      name: 'a group of a data source',
      ...west(ingress({ referenced_security_group_id: '${data.aws_security_group.old.id}' }), {
        data: { aws_security_group: { old: { name: 'old' } } },
      }),
      unproven: { [IN]: 'outside the estate' },
    },
    {
      name: 'a rule that may be of an inline group',
      ...west(
        {
          ...inline({ cidr_blocks: ['10.1.0.0/16'] }),
          aws_vpc_security_group_ingress_rule: {
            in: { ...TCP, security_group_id: '${var.peer}', cidr_ipv4: '10.2.0.0/16' },
          },
        },
        VARIABLE,
      ),
      unproven: { [GROUP]: 'may have rules in several styles' },
    },
  ],
});

const listed = (...blocks: readonly string[]) => ({
  ...ingress({ prefix_list_id: '${aws_ec2_managed_prefix_list.others.id}' }),
  aws_ec2_managed_prefix_list: {
    others: { name: 'others', address_family: 'IPv4', max_entries: 9, entry: blocks.map((cidr) => ({ cidr })) },
  },
});

it.each<[what: string, graver: readonly string[]]>([
  ['one more block', ['203.0.113.0/24', '198.51.100.0/24']],
  ['the world after it', ['203.0.113.0/24', '0.0.0.0/0']],
])('has an exception for a prefix list not cover %s', (_, graver) => {
  expect(isCovered(check, west(listed('203.0.113.0/24')), west(listed(...graver)))).toBe(false);
  expect(isCovered(check, west(listed(...graver)), west(listed(...graver.toReversed())))).toBe(true);
});
