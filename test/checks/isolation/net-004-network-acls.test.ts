import check from '../../../checks/isolation/net-004-network-acls.ts';
import { EXAMPLE_POLICY } from '../../../checks/example-policy.ts';
import { testCheck } from '../../support/check-tester.ts';

const west = (resource: object, rest: object = {}) => ({ stacks: { west: { resource, ...rest } } });
const SUBNET = 'aws_subnet.data';
const VPC = { ledger: { cidr_block: '10.0.0.0/16' } };
const subnet = (tags: object = { 'ledger:tier': 'data' }) => ({
  data: { vpc_id: '${aws_vpc.ledger.id}', cidr_block: '10.0.0.0/24', tags },
});
const DATA = { aws_vpc: VPC, aws_subnet: subnet() };
const rule = (rest: object) => ({
  rule_no: 100,
  action: 'allow',
  protocol: 'tcp',
  from_port: 443,
  to_port: 443,
  ...rest,
});
const OWN = rule({ cidr_block: '10.0.0.0/16' });
const DENY_ALL = { rule_no: 90, action: 'deny', protocol: '-1', from_port: 0, to_port: 0, cidr_block: '0.0.0.0/0' };
const acl = (rest: object) => ({ vpc_id: '${aws_vpc.ledger.id}', subnet_ids: ['${aws_subnet.data.id}'], ...rest });
const withAcl = (rest: object, more: object = {}) => west({ ...DATA, aws_network_acl: { data: acl(rest) }, ...more });
const BARE = { vpc_id: '${aws_vpc.ledger.id}' };
const ASSOCIATION = {
  data: { network_acl_id: '${aws_network_acl.data.id}', subnet_id: '${aws_subnet.data.id}' },
};
const separate = (rest: object) => ({
  aws_network_acl_rule: {
    one: {
      network_acl_id: '${aws_network_acl.data.id}',
      rule_number: 100,
      rule_action: 'allow',
      protocol: '-1',
      ...rest,
    },
  },
});
const ADOPTED = {
  aws_default_network_acl: { none: { default_network_acl_id: '${aws_vpc.ledger.default_network_acl_id}' } },
};
const VARIABLE = { variable: { x: {} } };
const PARTNER = {
  network: {
    approvedPeers: [],
    outside: [{ id: 'desk', kind: 'partner', cidrs: ['198.51.100.0/25'], reason: 'Payments.' }],
  },
};

testCheck(check, {
  pass: [
    { name: 'a network ACL of networks of the enclave', ...withAcl({ ingress: [OWN], egress: [OWN] }) },
    { name: 'a single rule that is no list', ...withAcl({ ingress: OWN, egress: [] }) },
    { name: 'a network ACL without rules', ...withAcl({}) },
    {
      name: 'rules of their own that name the enclave',
      ...withAcl({}, separate({ egress: true, cidr_block: '10.0.0.0/16' })),
    },
    {
      name: 'an association of its own',
      ...west({
        ...DATA,
        aws_network_acl: { data: { ...BARE, ingress: [OWN] } },
        aws_network_acl_association: ASSOCIATION,
      }),
    },
    {
      name: 'a network ACL that is listed and associated',
      ...west({
        ...DATA,
        aws_network_acl: { data: acl({ ingress: [OWN] }) },
        aws_network_acl_association: ASSOCIATION,
      }),
    },
    { name: 'an adopted default that allows nothing', ...west({ ...DATA, ...ADOPTED }) },
    {
      name: 'an association with the adopted default, by the attribute of the VPC',
      ...west({
        ...DATA,
        ...ADOPTED,
        aws_network_acl_association: {
          data: {
            network_acl_id: '${aws_vpc.ledger.default_network_acl_id}',
            subnet_id: '${aws_subnet.data.id}',
          },
        },
      }),
    },
    {
      name: 'a network outside that the policy declares',
      ...withAcl({ egress: [rule({ cidr_block: '198.51.100.0/26' })] }),
      policy: PARTNER,
    },
    {
      name: 'a gateway tier that faces the world',
      ...west({
        aws_vpc: VPC,
        aws_subnet: subnet({ 'ledger:tier': 'gateway' }),
        aws_network_acl: { data: acl({ ingress: [rule({ cidr_block: '0.0.0.0/0' })] }) },
      }),
    },
    {
      name: 'an allowance that an earlier rule denies wholly',
      ...withAcl({ ingress: [DENY_ALL, rule({ cidr_block: '0.0.0.0/0' })] }),
    },
    {
      name: 'a denial of the world',
      ...withAcl({
        ingress: [
          { ...DENY_ALL, rule_no: 200 },
          { ...OWN, rule_no: 10 },
        ],
      }),
    },
  ],
  fail: [
    {
      name: 'a subnet without a tier',
      ...west({ aws_vpc: VPC, aws_subnet: subnet({}), aws_network_acl: { data: acl({}) } }),
      fails: { [SUBNET]: 'untiered' },
    },
    {
      name: 'a tier that the policy does not have',
      ...west({
        aws_vpc: VPC,
        aws_subnet: subnet({ 'ledger:tier': 'Data' }),
        aws_network_acl: { data: acl({}) },
      }),
      fails: { [SUBNET]: 'untiered' },
    },
    { name: 'the default of the VPC', ...west(DATA), fails: { [SUBNET]: 'none' } },
    {
      name: 'a gateway tier with the default of the VPC',
      ...west({ aws_vpc: VPC, aws_subnet: subnet({ 'ledger:tier': 'gateway' }) }),
      fails: { [SUBNET]: 'none' },
    },
    {
      name: 'a network ACL of another subnet only',
      ...west({
        aws_vpc: VPC,
        aws_subnet: { ...subnet(), other: { ...subnet().data, cidr_block: '10.0.1.0/24' } },
        aws_network_acl: { data: { ...BARE, subnet_ids: ['${aws_subnet.other.id}'] } },
      }),
      fails: { [SUBNET]: 'none' },
    },
    {
      name: 'an association with the default that nothing adopts',
      ...west({
        ...DATA,
        aws_network_acl_association: {
          data: {
            network_acl_id: '${aws_vpc.ledger.default_network_acl_id}',
            subnet_id: '${aws_subnet.data.id}',
          },
        },
      }),
      fails: { [SUBNET]: 'none' },
    },
    {
      name: 'two network ACLs, both closed',
      ...west({ ...DATA, aws_network_acl: { data: acl({}), more: acl({}) } }),
      fails: { [SUBNET]: 'several' },
    },
    {
      name: 'a closed network ACL that an association replaces by an open one',
      ...west({
        ...DATA,
        aws_network_acl: { closed: acl({}), data: { ...BARE, ingress: [rule({ cidr_block: '0.0.0.0/0' })] } },
        aws_network_acl_association: ASSOCIATION,
      }),
      fails: { [SUBNET]: 'several' },
    },
    {
      name: 'the world of IPv4',
      ...withAcl({ ingress: [rule({ cidr_block: '0.0.0.0/0' })] }),
      fails: { [SUBNET]: 'world' },
    },
    {
      name: 'the world of IPv6 in a rule of its own',
      ...withAcl({}, separate({ egress: true, ipv6_cidr_block: '::/0' })),
      fails: { [SUBNET]: 'world' },
    },
    {
      name: 'an adopted default that is open',
      ...west({
        ...DATA,
        aws_default_network_acl: {
          open: {
            default_network_acl_id: '${aws_vpc.ledger.default_network_acl_id}',
            ingress: [rule({ protocol: '-1', cidr_block: '0.0.0.0/0' })],
          },
        },
      }),
      fails: { [SUBNET]: 'world' },
    },
    {
      name: 'the world behind a denial of one network',
      ...withAcl({
        ingress: [{ ...DENY_ALL, cidr_block: '192.0.2.0/24' }, rule({ cidr_block: '0.0.0.0/0' })],
      }),
      fails: { [SUBNET]: 'world' },
    },
    {
      name: 'the world before the denial of the world',
      ...withAcl({ ingress: [{ ...DENY_ALL, rule_no: 200 }, rule({ cidr_block: '0.0.0.0/0' })] }),
      fails: { [SUBNET]: 'world' },
    },
    {
      name: 'the world behind a denial of one protocol, and of the other direction',
      ...withAcl({
        ingress: [{ ...DENY_ALL, protocol: 'udp' }, rule({ cidr_block: '0.0.0.0/0' })],
        egress: [DENY_ALL],
      }),
      fails: { [SUBNET]: 'world' },
    },
    {
      name: 'a network that nobody registered',
      ...withAcl({ egress: [rule({ cidr_block: '198.51.100.0/24' })] }),
      policy: PARTNER,
      fails: { [SUBNET]: 'unapproved' },
    },
    {
      name: 'the world in two registered halves',
      ...withAcl({
        ingress: [rule({ cidr_block: '0.0.0.0/1' }), rule({ rule_no: 110, cidr_block: '128.0.0.0/1' })],
      }),
      policy: {
        network: {
          approvedPeers: [
            { peer: '0.0.0.0/1', reason: 'One half.' },
            { peer: '128.0.0.0/1', reason: 'The other half.' },
          ],
        },
      },
      fails: { [SUBNET]: 'split' },
    },
    {
      name: 'rules in and beside the network ACL',
      ...withAcl({ ingress: [OWN] }, separate({ egress: true, cidr_block: '10.0.0.0/16' })),
      fails: { [SUBNET]: 'mixed' },
    },
    {
      name: 'a gateway tier that holds a workload',
      ...west({
        aws_vpc: VPC,
        aws_subnet: subnet({ 'ledger:tier': 'gateway' }),
        aws_network_acl: { data: acl({ ingress: [rule({ cidr_block: '0.0.0.0/0' })] }) },
        aws_instance: { ledger: { subnet_id: '${aws_subnet.data.id}' } },
      }),
      fails: { [SUBNET]: 'world' },
    },
    {
      name: 'a default subnet without a tier',
      ...west({
        aws_default_subnet: { a: { availability_zone: 'eu-west-1a' } },
        aws_network_acl: { data: { ...BARE, vpc_id: 'vpc-1', subnet_ids: ['${aws_default_subnet.a.id}'] } },
      }),
      fails: { 'aws_default_subnet.a': 'untiered' },
    },
  ],
  unproven: [
    {
      name: 'a tier that is a variable',
      ...west(
        {
          aws_vpc: VPC,
          aws_subnet: subnet({ 'ledger:tier': '${var.x}' }),
          aws_network_acl: { data: acl({ ingress: [rule({ cidr_block: '0.0.0.0/0' })] }) },
        },
        VARIABLE,
      ),
      unproven: { [SUBNET]: /var\.x.*if that is how the subnet is filtered/ },
    },
    {
      name: 'a block that is a variable',
      ...west({ ...DATA, aws_network_acl: { data: acl({ ingress: [rule({ cidr_block: '${var.x}' })] }) } }, VARIABLE),
      unproven: { [SUBNET]: 'var.x' },
    },
    {
      name: 'a rule that names no block',
      ...withAcl({ ingress: [rule({})] }),
      unproven: { [SUBNET]: 'names no CIDR block' },
    },
    {
      name: 'an action that is a variable',
      ...west(
        {
          ...DATA,
          aws_network_acl: { data: acl({ ingress: [rule({ action: '${var.x}', cidr_block: '0.0.0.0/0' })] }) },
        },
        VARIABLE,
      ),
      unproven: { [SUBNET]: 'var.x' },
    },
    {
      name: 'an earlier denial that may be of less',
      ...west(
        {
          ...DATA,
          aws_network_acl: {
            data: acl({ ingress: [{ ...DENY_ALL, cidr_block: '${var.x}' }, rule({ cidr_block: '0.0.0.0/0' })] }),
          },
        },
        VARIABLE,
      ),
      unproven: { [SUBNET]: 'may deny' },
    },
    {
      name: 'rules that only the plan knows',
      ...west({ ...DATA, aws_network_acl: { data: acl({ ingress: '${var.x}' }) } }, VARIABLE),
      unproven: { [SUBNET]: 'var.x' },
    },
    {
      name: 'a rule that may not exist',
      ...west(
        {
          ...DATA,
          aws_network_acl: { data: acl({}) },
          ...separate({ count: '${var.x}', egress: true, cidr_block: '0.0.0.0/0' }),
        },
        VARIABLE,
      ),
      unproven: { [SUBNET]: 'is in it' },
    },
    {
      name: 'a network ACL whose subnets are a variable',
      ...west({ ...DATA, aws_network_acl: { data: acl({ subnet_ids: '${var.x}', ingress: [OWN] }) } }, VARIABLE),
      unproven: { [SUBNET]: 'default of aws_vpc.ledger' },
    },
    {
      name: 'an association with a network ACL outside',
      ...west({
        ...DATA,
        aws_network_acl_association: {
          data: { network_acl_id: 'acl-0123456789abcdef0', subnet_id: '${aws_subnet.data.id}' },
        },
      }),
      unproven: { [SUBNET]: 'outside the estate' },
    },
    {
      name: 'an association whose network ACL is a variable',
      ...west(
        {
          ...DATA,
          aws_network_acl_association: { data: { network_acl_id: '${var.x}', subnet_id: '${aws_subnet.data.id}' } },
        },
        VARIABLE,
      ),
      unproven: { [SUBNET]: 'var.x' },
    },
    {
      name: 'an adoption that may be of this VPC',
      ...west({ ...DATA, aws_default_network_acl: { none: { default_network_acl_id: '${var.x}' } } }, VARIABLE),
      unproven: { [SUBNET]: 'may adopt' },
    },
    {
      name: 'a VPC outside the estate',
      ...west({
        aws_subnet: { data: { vpc_id: 'vpc-0123456789abcdef0', tags: { 'ledger:tier': 'data' } } },
      }),
      unproven: { [SUBNET]: 'VPC outside the estate' },
    },
    {
      name: 'a default subnet with the default',
      ...west({
        aws_default_subnet: { a: { availability_zone: 'eu-west-1a', tags: { 'ledger:tier': 'data' } } },
      }),
      unproven: { 'aws_default_subnet.a': 'default VPC' },
    },
    {
      name: 'a network in a stack that declares another peer list',
      ...withAcl({ ingress: [rule({ cidr_block: '${data.aws_vpc.other.cidr_block}' })] }),
      policy: { network: EXAMPLE_POLICY.network },
      unproven: { [SUBNET]: 'data.aws_vpc.other' },
    },
  ],
});
