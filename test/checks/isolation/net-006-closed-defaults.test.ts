import { expect, it } from 'vitest';
import check from '../../../checks/isolation/net-006-closed-defaults.ts';
import { EXAMPLE_POLICY } from '../../../checks/example-policy.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';

const west = (resource: object, rest: object = {}) => ({ stacks: { west: { resource, ...rest } } });
const VPC = 'aws_vpc.ledger';
const CLOSED = {
  aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
  aws_default_security_group: { none: { vpc_id: '${aws_vpc.ledger.id}', ingress: [], egress: [] } },
  aws_default_network_acl: {
    none: { default_network_acl_id: '${aws_vpc.ledger.default_network_acl_id}', ingress: [], egress: [] },
  },
  aws_default_route_table: {
    none: { default_route_table_id: '${aws_vpc.ledger.default_route_table_id}', route: [] },
  },
};
const group = (rest: object) => ({
  ...CLOSED,
  aws_default_security_group: { none: { vpc_id: '${aws_vpc.ledger.id}', ...rest } },
});
const acl = (rest: object) => ({
  ...CLOSED,
  aws_default_network_acl: {
    none: { default_network_acl_id: '${aws_vpc.ledger.default_network_acl_id}', ...rest },
  },
});
const second = (rest: object) => ({
  ...CLOSED,
  aws_default_security_group: {
    ...CLOSED.aws_default_security_group,
    some: { ingress: [{ protocol: '-1', self: true }], ...rest },
  },
});
const RULE = { rule_no: 1, protocol: '-1', from_port: 0, to_port: 0, cidr_block: '10.0.0.0/8' };
const ACL_RULE = { rule_number: 1, egress: false, protocol: '-1', cidr_block: '10.0.0.0/8' };
const VARIABLE = { variable: { x: {} } };
const TO_TRANSIT = { destination_cidr_block: '10.0.0.0/8', transit_gateway_id: 'tgw-0123456789abcdef0' };
const DEFAULT_VPC = {
  aws_default_vpc: { home: {} },
  aws_default_security_group: { none: {} },
  aws_default_network_acl: { none: { default_network_acl_id: '${aws_default_vpc.home.default_network_acl_id}' } },
  aws_default_route_table: { none: { default_route_table_id: '${aws_default_vpc.home.default_route_table_id}' } },
};
const STATE = { bucket: 'ledger-state', key: 'west', region: 'eu-west-1' };
const ANOTHER = { aws_default_security_group: { none: { vpc_id: 'vpc-0123456789abcdef0' } } };

testCheck(check, {
  pass: [
    { name: 'a VPC whose defaults are adopted without rules', ...west(CLOSED) },
    {
      name: 'an adopted network ACL that denies',
      ...west(acl({ ingress: { ...RULE, action: 'deny' } })),
    },
    {
      name: 'defaults that another stack adopts',
      stacks: {
        west: {
          terraform: { backend: { s3: STATE } },
          resource: { aws_vpc: CLOSED.aws_vpc },
          output: {
            'cross-stack-output-aws_vpcledgerid': { value: '${aws_vpc.ledger.id}' },
            'cross-stack-output-acl': { value: '${aws_vpc.ledger.default_network_acl_id}' },
          },
        },
        links: {
          data: { terraform_remote_state: { 'cross-stack-reference-input-west': { backend: 's3', config: STATE } } },
          resource: {
            aws_default_security_group: {
              none: {
                vpc_id:
                  '${data.terraform_remote_state.cross-stack-reference-input-west.outputs.cross-stack-output-aws_vpcledgerid}',
              },
            },
            aws_default_network_acl: {
              none: {
                default_network_acl_id:
                  '${data.terraform_remote_state.cross-stack-reference-input-west.outputs.cross-stack-output-acl}',
              },
            },
          },
        },
      },
    },
    { name: 'a default VPC that is adopted, closed and empty', ...west(DEFAULT_VPC) },
    {
      name: 'resources that name their network',
      ...west({
        aws_db_instance: { ledger: { db_subnet_group_name: '${aws_db_subnet_group.data.name}' } },
        aws_db_subnet_group: { data: { subnet_ids: ['subnet-1'] } },
        aws_instance: {
          desk: { subnet_id: 'subnet-1' },
          wired: { network_interface: [{ device_index: 0, network_interface_id: 'eni-1' }] },
        },
        aws_security_group: { desk: { vpc_id: 'vpc-1' } },
        aws_emr_cluster: { ledger: { ec2_attributes: { subnet_ids: ['subnet-1'] } } },
      }),
    },
  ],
  fail: [
    {
      name: 'a default group that nobody adopted',
      ...west({ ...CLOSED, ...ANOTHER }),
      fails: { [VPC]: 'groupNotAdopted' },
    },
    {
      name: 'a default group left open',
      ...west(group({ ingress: [{ protocol: '-1', from_port: 0, to_port: 0, self: true }] })),
      fails: { [VPC]: 'groupRules' },
    },
    {
      name: 'a single egress block',
      ...west(group({ egress: { protocol: '-1', cidr_blocks: ['10.0.0.0/8'] } })),
      fails: { [VPC]: 'groupRules' },
    },
    {
      name: 'a rule added to the adopted group',
      ...west({
        ...CLOSED,
        aws_vpc_security_group_ingress_rule: {
          in: {
            security_group_id: '${aws_default_security_group.none.id}',
            ip_protocol: '-1',
            cidr_ipv4: '10.0.0.0/8',
          },
        },
      }),
      fails: { [VPC]: 'groupRules' },
    },
    {
      name: 'a rule added by the name of the VPC',
      ...west({
        ...CLOSED,
        aws_security_group_rule: {
          in: { security_group_id: '${aws_vpc.ledger.default_security_group_id}', type: 'ingress', self: true },
        },
      }),
      fails: { [VPC]: 'groupRules' },
    },
    {
      name: 'a second adoption that opens the group',
      ...west({
        ...CLOSED,
        aws_default_security_group: {
          none: { vpc_id: '${aws_vpc.ledger.id}' },
          some: { vpc_id: '${aws_vpc.ledger.id}', ingress: [{ protocol: '-1', self: true }] },
        },
      }),
      fails: { [VPC]: 'groupRules' },
    },
    {
      name: 'a default network ACL that nobody adopted',
      ...west({ ...CLOSED, aws_default_network_acl: {} }),
      fails: { [VPC]: 'aclNotAdopted' },
    },
    {
      name: 'a default network ACL that allows',
      ...west(
        acl({
          egress: [
            { ...RULE, action: 'deny' },
            { ...RULE, action: 'allow' },
          ],
        }),
      ),
      fails: { [VPC]: 'aclRules' },
    },
    {
      name: 'a rule added to the default network ACL',
      ...west({
        ...CLOSED,
        aws_network_acl_rule: {
          in: { ...ACL_RULE, network_acl_id: '${aws_default_network_acl.none.id}', rule_action: 'allow' },
        },
      }),
      fails: { [VPC]: 'aclRules' },
    },
    {
      name: 'a rule added to the default network ACL by the name of the VPC',
      ...west({
        ...CLOSED,
        aws_network_acl_rule: {
          in: { ...ACL_RULE, network_acl_id: '${aws_vpc.ledger.default_network_acl_id}', rule_action: 'allow' },
        },
      }),
      fails: { [VPC]: 'aclRules' },
    },
    {
      name: 'routes in the adopted default route table',
      ...west({
        ...CLOSED,
        aws_default_route_table: {
          none: {
            default_route_table_id: '${aws_vpc.ledger.default_route_table_id}',
            route: { cidr_block: '10.0.0.0/8', transit_gateway_id: 'tgw-1' },
          },
        },
      }),
      fails: { [VPC]: 'routes' },
    },
    {
      name: 'a route in the default route table that nobody adopted',
      ...west({
        ...CLOSED,
        aws_default_route_table: {},
        aws_route: { out: { route_table_id: '${aws_vpc.ledger.main_route_table_id}', ...TO_TRANSIT } },
      }),
      fails: { [VPC]: 'routes' },
    },
    {
      name: 'a default VPC as AWS makes it',
      ...west({ aws_default_vpc: { home: {} } }),
      fails: { 'aws_default_vpc.home': 'groupNotAdopted' },
    },
    {
      name: 'what lives in the default VPC and its subnets',
      ...west({
        ...DEFAULT_VPC,
        aws_default_subnet: { a: { availability_zone: 'eu-west-1a' } },
        aws_instance: { desk: { subnet_id: '${aws_default_subnet.a.id}' } },
        aws_security_group: { desk: { vpc_id: '${aws_default_vpc.home.id}' } },
      }),
      fails: { 'aws_default_vpc.home': 'occupied', 'aws_default_subnet.a': 'occupied' },
    },
    {
      name: 'resources that name no network',
      ...west({
        aws_instance: { desk: { ami: 'ami-1' } },
        aws_security_group: { desk: { name: 'desk' } },
        aws_elasticache_cluster: { ledger: { subnet_group_name: 'default' } },
        aws_autoscaling_group: { desk: { availability_zones: ['eu-west-1a'] } },
        aws_mq_broker: { ledger: { subnet_ids: [] } },
      }),
      fails: {
        'aws_instance.desk': 'unplaced',
        'aws_security_group.desk': 'unplaced',
        'aws_elasticache_cluster.ledger': 'unplaced',
        'aws_autoscaling_group.desk': 'unplaced',
        'aws_mq_broker.ledger': 'unplaced',
      },
    },
  ],
  unproven: [
    {
      name: 'a default group of a VPC that is not known',
      ...west(group({ vpc_id: '${var.x}' }), VARIABLE),
      unproven: { [VPC]: 'aws_default_security_group.none may adopt it' },
    },
    {
      name: 'a second adoption of a group of a VPC that a data source reads',
      ...west(second({ vpc_id: '${data.aws_vpc.any.id}' }), { data: { aws_vpc: { any: {} } } }),
      unproven: { [VPC]: 'if aws_default_security_group.some is of this VPC' },
    },
    {
      name: 'a second adoption by the id of a VPC',
      ...west(second({ vpc_id: 'vpc-0123456789abcdef0' })),
      unproven: { [VPC]: 'if aws_default_security_group.some is of this VPC' },
    },
    {
      name: 'a second adoption of a network ACL by its id',
      ...west({
        ...CLOSED,
        aws_default_network_acl: {
          ...CLOSED.aws_default_network_acl,
          some: { default_network_acl_id: 'acl-0123456789abcdef0', ingress: [{ ...RULE, action: 'allow' }] },
        },
      }),
      unproven: { [VPC]: 'if aws_default_network_acl.some is of this VPC' },
    },
    {
      name: 'an adoption that may not happen',
      ...west(group({ count: '${var.x}' }), VARIABLE),
      unproven: { [VPC]: 'aws_default_security_group.none may adopt it' },
    },
    {
      name: 'a route table of the default VPC whose adoption may not happen',
      ...west(
        {
          ...DEFAULT_VPC,
          aws_default_route_table: {
            none: { ...DEFAULT_VPC.aws_default_route_table.none, count: '${var.x}' },
          },
        },
        VARIABLE,
      ),
      unproven: { 'aws_default_vpc.home': 'which AWS opens to the Internet' },
    },
    {
      name: 'hidden rules of the default group',
      ...west(group({ ingress: '${var.x}' }), VARIABLE),
      unproven: { [VPC]: 'var.x' },
    },
    {
      name: 'a rule that may be of the default group',
      ...west(
        { ...CLOSED, aws_security_group_rule: { in: { security_group_id: '${var.x}', type: 'ingress', self: true } } },
        VARIABLE,
      ),
      unproven: { [VPC]: 'aws_security_group_rule.in' },
    },
    {
      name: 'a VPC whose defaults a missing stack may adopt',
      ...west({ ...CLOSED, aws_default_security_group: {} }),
      policy: { stacks: [...EXAMPLE_POLICY.stacks, { name: 'west-closing', sites: ['west'] }] },
      unproven: { [VPC]: 'west-closing' },
    },
    {
      name: 'a default network ACL by its id',
      ...west(acl({ default_network_acl_id: 'acl-0123456789abcdef0' })),
      unproven: { [VPC]: 'aws_default_network_acl.none may adopt it' },
    },
    {
      name: 'an action that is not known',
      ...west(acl({ ingress: [{ ...RULE, action: '${var.x}' }] }), VARIABLE),
      unproven: { [VPC]: 'var.x' },
    },
    {
      name: 'a rule that may be of the default network ACL',
      ...west(
        { ...CLOSED, aws_network_acl_rule: { in: { ...ACL_RULE, network_acl_id: '${var.x}', rule_action: 'allow' } } },
        VARIABLE,
      ),
      unproven: { [VPC]: 'if aws_network_acl_rule.in is in it' },
    },
    {
      name: 'a rule of a network ACL by its id, which may be the default one',
      ...west({
        ...CLOSED,
        aws_network_acl: { data: { vpc_id: '${aws_vpc.ledger.id}' } },
        aws_network_acl_rule: {
          other: { ...ACL_RULE, network_acl_id: '${aws_network_acl.data.id}', rule_action: 'allow' },
          refused: { ...ACL_RULE, network_acl_id: 'acl-0123456789abcdef0', rule_action: 'deny' },
          in: { ...ACL_RULE, network_acl_id: 'acl-0123456789abcdef0', rule_action: 'allow' },
        },
      }),
      unproven: { [VPC]: 'if aws_network_acl_rule.in is in it' },
    },
    {
      name: 'a route that may be in the default route table',
      ...west({ ...CLOSED, aws_route: { out: { route_table_id: '${var.x}', ...TO_TRANSIT } } }, VARIABLE),
      unproven: { [VPC]: 'aws_route.out' },
    },
    {
      name: 'hidden routes of the default route table',
      ...west(
        {
          ...CLOSED,
          aws_default_route_table: {
            none: { default_route_table_id: '${aws_vpc.ledger.default_route_table_id}', route: '${var.x}' },
          },
        },
        VARIABLE,
      ),
      unproven: { [VPC]: 'var.x' },
    },
    {
      name: 'a subnet that is not known, beside a default one',
      ...west(
        {
          aws_default_subnet: { a: { availability_zone: 'eu-west-1a' } },
          aws_instance: { desk: { subnet_id: '${var.x}' } },
        },
        VARIABLE,
      ),
      unproven: { 'aws_default_subnet.a': 'var.x', 'aws_instance.desk': 'var.x' },
    },
    {
      name: 'a network that something else brings',
      ...west({ aws_instance: { desk: { launch_template: { id: 'lt-1' } } } }),
      unproven: { 'aws_instance.desk': 'launch_template' },
    },
    {
      name: 'a route in the default route table that may not exist',
      ...west(
        {
          ...CLOSED,
          aws_route: {
            out: { count: '${var.x}', route_table_id: '${aws_vpc.ledger.main_route_table_id}', ...TO_TRANSIT },
          },
        },
        VARIABLE,
      ),
      unproven: { [VPC]: 'may have routes' },
    },
  ],
});

const OWN_RULE = { security_group_id: '${aws_default_security_group.none.id}', ip_protocol: 'tcp', from_port: 443 };
const separate = (rest: object) => ({
  ...CLOSED,
  aws_vpc_security_group_ingress_rule: { one: { ...OWN_RULE, cidr_ipv4: '10.0.0.0/8', ...rest } },
});
const table = (route: object) => ({
  ...CLOSED,
  aws_default_route_table: {
    none: { default_route_table_id: '${aws_vpc.ledger.default_route_table_id}', route: [route] },
  },
});

it.each<[what: string, approved: object, graver: object]>([
  [
    'an open rule in place of a narrow one',
    group({ ingress: [{ protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: ['10.0.0.0/8'] }] }),
    group({ ingress: [{ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }] }),
  ],
  [
    'one more rule',
    group({ ingress: [{ protocol: '-1', self: true }] }),
    group({
      ingress: [
        { protocol: '-1', self: true },
        { protocol: '-1', cidr_blocks: ['0.0.0.0/0'] },
      ],
    }),
  ],
  ['a wider rule of its own', separate({}), separate({ cidr_ipv4: '0.0.0.0/0' })],
  [
    'a wider rule of the ACL',
    acl({ ingress: [{ ...RULE, action: 'allow' }] }),
    acl({ ingress: [{ ...RULE, action: 'allow', cidr_block: '0.0.0.0/0' }] }),
  ],
  [
    'another route',
    table({ cidr_block: '10.0.0.0/8', transit_gateway_id: 'tgw-0123456789abcdef0' }),
    table({ cidr_block: '0.0.0.0/0', gateway_id: 'igw-0123456789abcdef0' }),
  ],
])('has an exception not cover %s', (_, approved, graver) => {
  expect(isCovered(check, west(approved), west(graver))).toBe(false);
  expect(isCovered(check, west(graver), west(graver))).toBe(true);
});
