import { describe, expect, it } from 'vitest';
import type { SecurityGroup, SecurityRule } from '../../../../proofs/network/topology.ts';
import { networkOf, servicesText, text } from '../../../support/network/compiled.ts';

const VPC = '${aws_vpc.main.id}';
const SUBNET = '${aws_subnet.a.id}';
const GROUP = '${aws_security_group.web.id}';

type Blocks = { readonly [type: string]: { readonly [name: string]: object } };

function groupWith(resources: Blocks, variable: { readonly [name: string]: object } = {}): SecurityGroup {
  const { interfaces } = networkOf(
    {
      aws_vpc: { main: { cidr_block: '10.0.0.0/16' } },
      aws_subnet: { a: { vpc_id: VPC, cidr_block: '10.0.1.0/24' } },
      aws_security_group: { web: { vpc_id: VPC, name: 'web' }, app: { vpc_id: VPC, name: 'app' } },
      aws_network_interface: { host: { subnet_id: SUBNET, security_groups: [GROUP] } },
      ...resources,
    },
    { variable },
  );
  const [group] = interfaces.flatMap(({ groups }) => groups.map(({ item }) => item));
  if (group === undefined) throw new TypeError('the interface has no group');
  return group;
}

function ruleText({ peer, services, doubts }: SecurityRule): string {
  const to = peer.kind === 'group' ? peer.group.origin.name : text(peer.addresses).join(',');
  return `${to} ${servicesText(services).join(',')}${doubts.length > 0 ? ' ?' : ''}`;
}

function rules(group: SecurityGroup) {
  return { ingress: group.ingress.map(ruleText), egress: group.egress.map(ruleText), isOpen: group.open.length > 0 };
}

describe('security groups', () => {
  it('allow nothing without a rule, because Terraform removes what AWS puts into a new group', () => {
    expect(rules(groupWith({}))).toEqual({ ingress: [], egress: [], isOpen: false });
  });

  it('read blocks of the group: blocks of addresses, groups, themselves', () => {
    const group = groupWith({
      aws_security_group: {
        web: {
          vpc_id: VPC,
          name: 'web',
          ingress: [
            {
              protocol: 'tcp',
              from_port: 443,
              to_port: 444,
              cidr_blocks: ['10.0.0.0/8', '192.0.2.1/32'],
              ipv6_cidr_blocks: ['fd00::/8'],
              security_groups: ['${aws_security_group.app.id}'],
              self: true,
            },
          ],
          egress: [{ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }],
        },
        app: { vpc_id: VPC, name: 'app' },
      },
    });
    expect(rules(group)).toEqual({
      ingress: [
        'aws_security_group.app 6/443-444',
        `10.0.0.0-10.255.255.255,192.0.2.1,${'fd'.padEnd(32, '0')}-${'fd'.padEnd(32, 'f')} 6/443-444`,
        'aws_security_group.web 6/443-444',
      ],
      egress: ['0.0.0.0-255.255.255.255 every'],
      isOpen: false,
    });
  });

  it('read both kinds of rules that are resources of their own', () => {
    const group = groupWith({
      aws_security_group_rule: {
        old: {
          type: 'egress',
          security_group_id: GROUP,
          protocol: 'udp',
          from_port: 53,
          to_port: 53,
          source_security_group_id: '${aws_security_group.app.id}',
        },
      },
      aws_vpc_security_group_ingress_rule: {
        ping: { security_group_id: GROUP, ip_protocol: 'icmp', from_port: 8, to_port: -1, cidr_ipv4: '10.0.0.0/8' },
        exact: { security_group_id: GROUP, ip_protocol: '1', from_port: 3, to_port: 4, cidr_ipv4: '10.0.0.1/32' },
      },
      aws_vpc_security_group_egress_rule: {
        all: { security_group_id: GROUP, ip_protocol: '-1', cidr_ipv6: '::/0' },
        esp: { security_group_id: GROUP, ip_protocol: '50', cidr_ipv4: '10.0.0.1/32' },
      },
    });
    expect(rules(group)).toEqual({
      ingress: ['10.0.0.1 1/772', '10.0.0.0-10.255.255.255 1/2048-2303'],
      egress: ['aws_security_group.app 17/53', `0-${'f'.repeat(32)} every`, '10.0.0.1 50/0-65535'],
      isOpen: false,
    });
  });

  it('take port 0 of TCP for port 0 alone', () => {
    const group = groupWith({
      aws_vpc_security_group_ingress_rule: {
        zero: { security_group_id: GROUP, ip_protocol: 'tcp', from_port: 0, to_port: 0, cidr_ipv4: '10.0.0.1/32' },
      },
    });
    expect(rules(group).ingress).toEqual(['10.0.0.1 6/0']);
  });

  it('may allow what a hidden peer, port or protocol stands for', () => {
    const group = groupWith(
      {
        aws_vpc_security_group_ingress_rule: {
          peer: { security_group_id: GROUP, ip_protocol: 'tcp', from_port: 1, to_port: 1, cidr_ipv4: '${var.x}' },
          port: {
            security_group_id: GROUP,
            ip_protocol: 'tcp',
            from_port: '${var.x}',
            to_port: 1,
            cidr_ipv4: '10.0.0.1/32',
          },
          proto: { security_group_id: GROUP, ip_protocol: '${var.x}', cidr_ipv4: '10.0.0.1/32' },
          group: {
            security_group_id: GROUP,
            ip_protocol: 'tcp',
            from_port: 1,
            to_port: 1,
            referenced_security_group_id: 'sg-1',
          },
        },
      },
      { x: {} },
    );
    expect(rules(group).ingress.toSorted()).toEqual(['10.0.0.1 ?', '10.0.0.1 ?', '? 6/1', '? 6/1']);
  });

  it('may have a rule that may not exist, or whose group is hidden', () => {
    const group = groupWith(
      {
        aws_vpc_security_group_ingress_rule: {
          some: { security_group_id: GROUP, ip_protocol: '-1', cidr_ipv4: '10.0.0.1/32', count: '${var.x}' },
          any: { security_group_id: '${var.y}', ip_protocol: '-1', cidr_ipv4: '10.0.0.2/32' },
        },
      },
      { x: {}, y: {} },
    );
    expect(rules(group).ingress).toEqual(['10.0.0.1 every ?', '10.0.0.2 every ?']);
  });

  it('doubt a rule of its own of a group that lists its rules, which removes it', () => {
    const group = groupWith({
      aws_security_group: {
        web: {
          vpc_id: VPC,
          name: 'web',
          ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['10.0.0.1/32'] }],
        },
      },
      aws_vpc_security_group_ingress_rule: {
        more: { security_group_id: GROUP, ip_protocol: 'tcp', from_port: 80, to_port: 80, cidr_ipv4: '10.0.0.1/32' },
      },
    });
    expect(rules(group).ingress).toEqual(['10.0.0.1 6/22', '10.0.0.1 6/80 ?']);
  });

  it('may have any rule where their blocks are hidden', () => {
    const group = groupWith(
      { aws_security_group: { web: { vpc_id: VPC, name: 'web', ingress: '${var.rules}' } } },
      { rules: {} },
    );
    expect(group.open.length).toBe(1);
  });

  it('read the prefixes of lists: own entries, and lists of AWS as one set', () => {
    const group = groupWith({
      aws_ec2_managed_prefix_list: {
        offices: { name: 'offices', address_family: 'IPv4', max_entries: 5, entry: [{ cidr: '192.0.2.0/24' }] },
      },
      aws_ec2_managed_prefix_list_entry: {
        more: { prefix_list_id: '${aws_ec2_managed_prefix_list.offices.id}', cidr: '198.51.100.0/24' },
      },
      aws_vpc_endpoint: { s3: { vpc_id: VPC, service_name: 'com.amazonaws.eu-west-1.s3' } },
      aws_vpc_security_group_egress_rule: {
        own: {
          security_group_id: GROUP,
          ip_protocol: '-1',
          prefix_list_id: '${aws_ec2_managed_prefix_list.offices.id}',
        },
        aws: { security_group_id: GROUP, ip_protocol: '-1', prefix_list_id: '${aws_vpc_endpoint.s3.prefix_list_id}' },
        foreign: { security_group_id: GROUP, ip_protocol: '-1', prefix_list_id: 'pl-1' },
      },
    });
    expect(rules(group).egress).toEqual([
      'prefix list com.amazonaws.eu-west-1.s3 every',
      '? every',
      '192.0.2.0-192.0.2.255,198.51.100.0-198.51.100.255 every',
    ]);
  });
});

describe('default security groups', () => {
  const HOST = { aws_network_interface: { host: { subnet_id: SUBNET } } };

  it('let in their members and let out everything, where nobody adopts them', () => {
    const group = groupWith(HOST);
    expect(group.origin.name).toBe('the default security group of aws_vpc.main');
    expect(rules(group)).toEqual({
      ingress: ['the default security group of aws_vpc.main every'],
      egress: [`0.0.0.0-255.255.255.255,0-${'f'.repeat(32)} every`],
      isOpen: false,
    });
  });

  it('have what an adoption lists, and nothing else', () => {
    const group = groupWith({
      ...HOST,
      aws_default_security_group: {
        main: { vpc_id: VPC, ingress: [{ protocol: '-1', from_port: 0, to_port: 0, self: true }] },
      },
    });
    expect(group.origin.name).toBe('aws_default_security_group.main');
    expect(rules(group)).toEqual({ ingress: ['aws_default_security_group.main every'], egress: [], isOpen: false });
  });

  it('may be as AWS makes them, or as an adoption that may not exist makes them', () => {
    const group = groupWith(
      { ...HOST, aws_default_security_group: { main: { vpc_id: VPC, count: '${var.x}' } } },
      { x: {} },
    );
    expect(rules(group)).toEqual({
      ingress: ['the default security group of aws_vpc.main every ?'],
      egress: [`0.0.0.0-255.255.255.255,0-${'f'.repeat(32)} every ?`],
      isOpen: true,
    });
  });

  it('take rules that name them by their VPC, and no other group does', () => {
    const resources = {
      aws_vpc_security_group_ingress_rule: {
        web: {
          security_group_id: '${aws_vpc.main.default_security_group_id}',
          ip_protocol: 'tcp',
          from_port: 443,
          to_port: 443,
          cidr_ipv4: '10.0.0.1/32',
        },
      },
    };
    expect(rules(groupWith({ ...HOST, ...resources })).ingress).toEqual([
      'the default security group of aws_vpc.main every',
      '10.0.0.1 6/443',
    ]);
    expect(rules(groupWith(resources)).ingress).toEqual([]);
  });

  it('may be any of those of a Region whose adoption names a VPC that is hidden', () => {
    const group = groupWith({ ...HOST, aws_default_security_group: { any: { vpc_id: '${var.x}' } } }, { x: {} });
    expect(rules(group).isOpen).toBe(true);
    expect(rules(group).ingress).toEqual(['the default security group of aws_vpc.main every ?']);
  });
});
