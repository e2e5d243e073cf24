import { expect, it } from 'vitest';
import check from '../../../checks/gateway/gtw-010-only-admin-path.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';

const west = (resource: object, rest: object = {}) => ({ stacks: { west: { resource, ...rest } } });

const gateway = (kind: string, address: string) => ({
  gateways: [{ id: 'west-access', site: 'west', purpose: 'employee-access', kind, stack: 'west', address }],
});

/** A Verified Access gateway before a balancer in an edge subnet. */
const ACCESS = {
  aws_verifiedaccess_instance: { access: {} },
  aws_verifiedaccess_group: { access: { verifiedaccess_instance_id: '${aws_verifiedaccess_instance.access.id}' } },
  aws_verifiedaccess_endpoint: {
    console: {
      verified_access_group_id: '${aws_verifiedaccess_group.access.id}',
      security_group_ids: ['${aws_security_group.people.id}'],
      load_balancer_options: { load_balancer_arn: '${aws_lb.reception.arn}', subnet_ids: ['${aws_subnet.edge.id}'] },
    },
  },
  aws_lb: {
    reception: {
      internal: true,
      security_groups: ['${aws_security_group.reception.id}'],
      subnets: ['${aws_subnet.edge.id}'],
    },
  },
  aws_subnet: { edge: { cidr_block: '10.0.9.0/24' } },
};
const GROUPS = { people: {}, reception: {}, other: {} };
const DECLARED = gateway('verified-access', 'aws_verifiedaccess_instance.access');

interface Ingress {
  readonly from_port?: unknown;
  readonly to_port?: unknown;
  readonly [name: string]: unknown;
}

/** A group with an inline rule, beside the gateway. */
const inline = (rule: Ingress, rest: object = {}) => ({
  ...west(
    {
      ...ACCESS,
      aws_security_group: {
        ...GROUPS,
        host: { ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, ...rule }] },
      },
    },
    rest,
  ),
  policy: DECLARED,
});

/** A rule of its own. */
const separate = (type: string, rule: object, more: object = {}, rest: object = {}) => ({
  ...west(
    {
      ...ACCESS,
      aws_security_group: { ...GROUPS, host: {} },
      [type]: { admin: { security_group_id: '${aws_security_group.host.id}', ...rule } },
      ...more,
    },
    rest,
  ),
  policy: DECLARED,
});
const RULE = 'aws_vpc_security_group_ingress_rule';
const SSH = { ip_protocol: 'tcp', from_port: 22, to_port: 22 };
const HOST = 'aws_security_group.host';

testCheck(check, {
  pass: [
    { name: 'the gateway itself, and its groups', ...inline({ security_groups: ['${aws_security_group.people.id}'] }) },
    { name: 'the balancer behind the gateway', ...inline({ security_groups: ['${aws_security_group.reception.id}'] }) },
    { name: 'the subnet of the gateway', ...inline({ cidr_blocks: ['10.0.9.0/24', '10.0.9.128/25'] }) },
    {
      name: 'other ports from anywhere, and other protocols',
      ...inline({ from_port: 443, to_port: 443, cidr_blocks: ['0.0.0.0/0'], protocol: '6' }),
    },
    { name: 'ICMP of the type 22', ...inline({ protocol: 'icmp', cidr_blocks: ['0.0.0.0/0'] }) },
    {
      name: 'what the gateway itself takes',
      ...west({
        ...ACCESS,
        aws_security_group: {
          ...GROUPS,
          people: { ingress: { protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['192.0.2.0/24'] } },
        },
      }),
      policy: DECLARED,
    },
    {
      name: 'egress to ports of administration',
      ...separate('aws_vpc_security_group_egress_rule', { ...SSH, cidr_ipv4: '10.0.0.0/8' }),
    },
    {
      name: 'a rule of its own from the gateway',
      ...separate(RULE, { ...SSH, referenced_security_group_id: '${aws_security_group.people.id}' }),
    },
    {
      name: 'a prefix list of the subnets of the gateway',
      ...separate(
        RULE,
        { ...SSH, prefix_list_id: '${aws_ec2_managed_prefix_list.edge.id}' },
        { aws_ec2_managed_prefix_list: { edge: { entry: [{ cidr: '10.0.9.0/25' }] } } },
      ),
    },
    {
      name: 'the subnets of a Client VPN',
      ...west({
        aws_ec2_client_vpn_endpoint: { people: { split_tunnel: false } },
        aws_ec2_client_vpn_network_association: {
          edge: {
            client_vpn_endpoint_id: '${aws_ec2_client_vpn_endpoint.people.id}',
            subnet_id: '${aws_subnet.edge.id}',
          },
        },
        aws_subnet: { edge: { cidr_block: '10.0.9.0/24', ipv6_cidr_block: '2001:db8::/64' } },
        aws_security_group: {
          host: {
            ingress: {
              protocol: 'tcp',
              from_port: 0,
              to_port: 65535,
              cidr_blocks: ['10.0.9.0/26'],
              ipv6_cidr_blocks: ['2001:db8::/80'],
            },
          },
        },
      }),
      policy: gateway('client-vpn', 'aws_ec2_client_vpn_endpoint.people'),
    },
    {
      name: 'an appliance of the gateway',
      ...west({
        aws_instance: {
          bastion: { subnet_id: '${aws_subnet.edge.id}', vpc_security_group_ids: ['${aws_security_group.people.id}'] },
        },
        aws_subnet: { edge: { cidr_block: '10.0.9.0/24' } },
        aws_security_group: {
          people: {},
          host: {
            ingress: [
              { protocol: 'tcp', from_port: 22, to_port: 22, security_groups: ['${aws_security_group.people.id}'] },
            ],
          },
        },
      }),
      policy: gateway('appliance', 'aws_instance.bastion'),
    },
    {
      name: 'ports that the policy leaves out',
      ...inline({ cidr_blocks: ['10.0.0.0/8'] }),
      policy: { ...DECLARED, network: { adminPorts: [3389] } },
    },
    {
      name: 'machines, clusters and containers without a way in',
      ...west({
        aws_instance: { host: { key_name: null } },
        aws_launch_template: { host: { key_name: '' } },
        aws_eks_cluster: { ledger: { vpc_config: { endpoint_public_access: false } } },
        aws_eks_node_group: { ledger: {} },
        aws_ecs_service: { ledger: { enable_execute_command: 'false' }, plain: {} },
        aws_ec2_serial_console_access: { off: { enabled: false } },
        aws_spot_fleet_request: { hosts: { launch_specification: [{ ami: 'a' }, { ami: 'b', key_name: null }] } },
      }),
    },
    {
      name: 'the preferences of Session Manager',
      ...west({
        aws_ssm_document: {
          preferences: { name: 'SSM-SessionManagerRunShell', document_type: 'Session', content: '{}' },
        },
      }),
    },
  ],
  fail: [
    {
      name: 'another group',
      ...inline({ security_groups: ['${aws_security_group.other.id}'] }),
      fails: { [HOST]: 'port' },
    },
    { name: 'the whole enclave', ...inline({ cidr_blocks: ['10.0.0.0/8'] }), fails: { [HOST]: 'port' } },
    { name: 'the members of the group', ...inline({ self: true }), fails: { [HOST]: 'port' } },
    {
      name: 'a range that holds the port',
      ...inline({ from_port: '1', to_port: '1024', cidr_blocks: ['10.0.8.0/24'] }),
      fails: { [HOST]: 'port' },
    },
    {
      name: 'every protocol',
      ...inline({ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['10.0.8.0/24'] }),
      fails: { [HOST]: 'port' },
    },
    {
      name: 'ports that only the policy names',
      ...inline({ from_port: 5432, to_port: 5432, cidr_blocks: ['10.0.8.0/24'] }),
      policy: { ...DECLARED, network: { adminPorts: [5432] } },
      fails: { [HOST]: 'port' },
    },
    {
      name: 'rules of their own, in both forms',
      ...west({
        aws_security_group: GROUPS,
        aws_security_group_rule: {
          admin: {
            type: 'ingress',
            security_group_id: '${aws_security_group.other.id}',
            protocol: 'tcp',
            from_port: 3389,
            to_port: 3389,
            cidr_blocks: ['10.0.0.0/8'],
          },
        },
        [RULE]: {
          admin: {
            security_group_id: '${aws_security_group.other.id}',
            ip_protocol: '-1',
            cidr_ipv6: '::/0',
          },
        },
      }),
      fails: { 'aws_security_group_rule.admin': 'port', [`${RULE}.admin`]: 'port' },
    },
    {
      name: 'the group of a gateway that nobody declared, and the gateway',
      ...inline({ security_groups: ['${aws_security_group.people.id}'] }),
      policy: { gateways: [] },
      fails: { [HOST]: 'port', 'aws_verifiedaccess_endpoint.console': 'undeclared' },
    },
    {
      name: 'the default group of a VPC',
      ...separate(
        RULE,
        { ...SSH, referenced_security_group_id: '${aws_vpc.ledger.default_security_group_id}' },
        { aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } } },
      ),
      fails: { [`${RULE}.admin`]: 'port' },
    },
    {
      name: 'a prefix list that is wider than the gateway',
      ...separate(
        RULE,
        { ...SSH, prefix_list_id: '${aws_ec2_managed_prefix_list.edge.id}' },
        { aws_ec2_managed_prefix_list: { edge: { entry: [{ cidr: '10.0.9.0/25' }, { cidr: '10.0.8.0/25' }] } } },
      ),
      fails: { [`${RULE}.admin`]: 'port' },
    },
    {
      name: 'the world, whatever the subnets of the gateway are',
      ...west(
        {
          ...ACCESS,
          aws_subnet: { edge: { cidr_block: '${var.cidr}' } },
          aws_security_group: {
            ...GROUPS,
            host: { ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['0.0.0.0/0'] }] },
          },
        },
        { variable: { cidr: {} } },
      ),
      policy: DECLARED,
      fails: { [HOST]: 'port' },
    },
    {
      name: 'key pairs wherever they are named',
      ...west({
        aws_key_pair: { operators: { key_name: 'operators', public_key: 'ssh-ed25519 AAAA' } },
        aws_instance: { host: { key_name: '${aws_key_pair.operators.key_name}' } },
        aws_launch_template: { host: { key_name: 'operators' } },
        aws_spot_fleet_request: {
          hosts: { launch_specification: [{ ami: 'a' }, { ami: 'b', key_name: 'operators' }] },
        },
        aws_eks_node_group: { ledger: { remote_access: {} } },
        aws_emr_cluster: { ledger: { ec2_attributes: { key_name: 'operators' } } },
        aws_batch_compute_environment: { ledger: { compute_resources: [{ ec2_key_pair: 'operators' }] } },
      }),
      fails: {
        'aws_key_pair.operators': 'way',
        'aws_instance.host': 'argument',
        'aws_launch_template.host': 'argument',
        'aws_spot_fleet_request.hosts': 'argument',
        'aws_eks_node_group.ledger': 'argument',
        'aws_emr_cluster.ledger': 'argument',
        'aws_batch_compute_environment.ledger': 'argument',
      },
    },
    {
      name: 'commands in containers, public clusters and serial consoles',
      ...west({
        aws_ecs_service: { ledger: { enable_execute_command: 'true' } },
        aws_scheduler_schedule: { ledger: { target: { ecs_parameters: { enable_execute_command: true } } } },
        aws_eks_cluster: { ledger: { vpc_config: { endpoint_private_access: true } } },
        aws_ec2_serial_console_access: { on: {} },
      }),
      fails: {
        'aws_ecs_service.ledger': 'argument',
        'aws_scheduler_schedule.ledger': 'argument',
        'aws_eks_cluster.ledger': 'argument',
        'aws_ec2_serial_console_access.on': 'argument',
      },
    },
    {
      name: 'endpoints, activations and environments',
      ...west({
        aws_ec2_instance_connect_endpoint: { back: { subnet_id: 'subnet-0123456789abcdef0' } },
        aws_ssm_activation: { racks: { iam_role: 'racks' } },
        aws_cloud9_environment_ec2: { desk: { name: 'desk' } },
      }),
      fails: {
        'aws_ec2_instance_connect_endpoint.back': 'way',
        'aws_ssm_activation.racks': 'way',
        'aws_cloud9_environment_ec2.desk': 'way',
      },
    },
    {
      name: 'a Client VPN of another purpose',
      ...west({ aws_ec2_client_vpn_endpoint: { people: {} } }),
      policy: { gateways: [] },
      fails: { 'aws_ec2_client_vpn_endpoint.people': 'undeclared' },
    },
    {
      name: 'a split tunnel',
      ...west({ aws_ec2_client_vpn_endpoint: { people: { split_tunnel: true } } }),
      policy: gateway('client-vpn', 'aws_ec2_client_vpn_endpoint.people'),
      fails: { 'aws_ec2_client_vpn_endpoint.people': 'splitTunnel' },
    },
    {
      name: 'sessions of its own kind and instances that all register',
      ...west({
        aws_ssm_document: { tunnel: { name: 'tunnel', document_type: 'Session', content: '{}' } },
        aws_ssm_service_setting: {
          hosts: {
            setting_id: '/ssm/managed-instance/default-ec2-instance-management-role',
            setting_value: 'service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole',
          },
        },
      }),
      fails: { 'aws_ssm_document.tunnel': 'session', 'aws_ssm_service_setting.hosts': 'hostManagement' },
    },
  ],
  unproven: [
    {
      name: 'a peer of a variable',
      ...inline({ security_groups: ['${var.peer}'] }, { variable: { peer: {} } }),
      unproven: { [HOST]: 'var.peer' },
    },
    {
      name: 'a CIDR block of a variable',
      ...inline({ cidr_blocks: ['${var.peer}'] }, { variable: { peer: {} } }),
      unproven: { [HOST]: 'var.peer' },
    },
    {
      name: 'a group outside the estate',
      ...inline({ security_groups: ['sg-0123456789abcdef0'] }),
      unproven: { [HOST]: 'is a security group outside the estate' },
    },
    {
      name: 'a prefix list outside the estate',
      ...inline({ prefix_list_ids: ['pl-0123456789abcdef0'] }),
      unproven: { [HOST]: 'is a set of addresses outside the estate' },
    },
    {
      name: 'a port of a variable',
      ...inline({ from_port: '${var.port}', cidr_blocks: ['10.0.0.0/8'] }, { variable: { port: {} } }),
      unproven: { [HOST]: 'var.port' },
    },
    {
      name: 'a protocol of a variable',
      ...inline({ protocol: '${var.protocol}', cidr_blocks: ['10.0.0.0/8'] }, { variable: { protocol: {} } }),
      unproven: { [HOST]: 'var.protocol' },
    },
    {
      name: 'a rule without ports',
      ...inline({ from_port: null, cidr_blocks: ['10.0.0.0/8'] }),
      unproven: { [HOST]: 'are not both set' },
    },
    {
      name: 'a direction of a variable',
      ...separate(
        'aws_security_group_rule',
        { type: '${var.type}', protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['10.0.0.0/8'] },
        {},
        { variable: { type: {} } },
      ),
      unproven: { 'aws_security_group_rule.admin': 'var.type' },
    },
    {
      name: 'a rule of a group that may be the gateway',
      ...separate(
        RULE,
        { ...SSH, security_group_id: '${var.group}', cidr_ipv4: '10.0.0.0/8' },
        {},
        { variable: { group: {} } },
      ),
      unproven: { [`${RULE}.admin`]: 'var.group' },
    },
    {
      name: 'another group, where those of the gateway are not all known',
      ...west(
        {
          ...ACCESS,
          aws_verifiedaccess_endpoint: {
            console: {
              verified_access_group_id: '${aws_verifiedaccess_group.access.id}',
              security_group_ids: '${var.groups}',
            },
          },
          aws_security_group: {
            other: {},
            host: {
              ingress: [
                { protocol: 'tcp', from_port: 22, to_port: 22, security_groups: ['${aws_security_group.other.id}'] },
              ],
            },
          },
        },
        { variable: { groups: {} } },
      ),
      policy: DECLARED,
      unproven: { [HOST]: 'var.groups' },
    },
    {
      name: 'a CIDR block, where the subnets of the gateway are not all known',
      ...west(
        {
          ...ACCESS,
          aws_subnet: { edge: { cidr_block: '${var.cidr}' } },
          aws_security_group: {
            ...GROUPS,
            host: { ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['10.0.0.0/8'] }] },
          },
        },
        { variable: { cidr: {} } },
      ),
      policy: DECLARED,
      unproven: { [HOST]: 'var.cidr' },
    },
    {
      name: 'arguments of variables',
      ...west(
        {
          aws_instance: { host: { key_name: '${var.key}' } },
          aws_ecs_service: { ledger: { enable_execute_command: '${var.exec}' } },
          aws_security_group: { host: { ingress: '${var.rules}' } },
        },
        { variable: { key: {}, exec: {}, rules: {} } },
      ),
      unproven: { 'aws_instance.host': 'var.key', 'aws_ecs_service.ledger': 'var.exec', [HOST]: 'var.rules' },
    },
    {
      name: 'a Verified Access endpoint of a group elsewhere',
      ...west({ aws_verifiedaccess_endpoint: { console: { verified_access_group_id: 'vagr-0123456789abcdef0' } } }),
      unproven: { 'aws_verifiedaccess_endpoint.console': 'is a group outside the estate' },
    },
    {
      name: 'a split tunnel of a variable',
      ...west(
        { aws_ec2_client_vpn_endpoint: { people: { split_tunnel: '${var.split}' } } },
        { variable: { split: {} } },
      ),
      policy: gateway('client-vpn', 'aws_ec2_client_vpn_endpoint.people'),
      unproven: { 'aws_ec2_client_vpn_endpoint.people': 'var.split' },
    },
    {
      name: 'channels and agents of Systems Manager, and a document of a type that is not known',
      ...west(
        {
          aws_vpc_endpoint: {
            messages: { service_name: 'com.amazonaws.eu-west-1.ssmmessages' },
            keys: { service_name: 'com.amazonaws.eu-west-1.kms' },
          },
          aws_iam_role_policy_attachment: {
            agent: { role: 'host', policy_arn: 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore' },
            reader: { role: 'host', policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
          },
          aws_ssm_document: {
            kind: { name: 'kind', document_type: '${var.type}' },
            run: { name: 'run', document_type: 'Command' },
          },
        },
        { variable: { type: {} } },
      ),
      unproven: {
        'aws_vpc_endpoint.messages': 'who opens them only permissions tell',
        'aws_iam_role_policy_attachment.agent': 'who opens sessions on them only permissions tell',
        'aws_ssm_document.kind': 'var.type',
      },
    },
  ],
});

const shell = (...cidr_blocks: readonly string[]) => ({
  aws_security_group: { hosts: { ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks }] } },
});
const byList = (...blocks: readonly string[]) => ({
  aws_ec2_managed_prefix_list: { others: { entry: blocks.map((cidr) => ({ cidr })) } },
  aws_security_group: {
    hosts: {
      ingress: [
        { protocol: 'tcp', from_port: 22, to_port: 22, prefix_list_ids: ['${aws_ec2_managed_prefix_list.others.id}'] },
      ],
    },
  },
});
const vpn = (split_tunnel: boolean) => ({ aws_ec2_client_vpn_endpoint: { people: { split_tunnel } } });
const connect = (subnet_id: string) => ({ aws_ec2_instance_connect_endpoint: { door: { subnet_id } } });

it.each([
  ['one more peer', shell('203.0.113.0/24'), shell('203.0.113.0/24', '198.51.100.0/24')],
  ['one more block of a list', byList('203.0.113.0/24'), byList('203.0.113.0/24', '198.51.100.0/24')],
  ['a split tunnel', vpn(false), vpn(true)],
  ['an endpoint in another subnet', connect('subnet-0123456789abcdef0'), connect('subnet-0fedcba9876543210')],
])('has an exception not cover %s', (_, approved, graver) => {
  expect(isCovered(check, west(approved), west(graver))).toBe(false);
  expect(isCovered(check, west(graver), west(graver))).toBe(true);
});
