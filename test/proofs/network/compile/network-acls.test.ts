import { describe, expect, it } from 'vitest';
import type { AclRule, Subnet } from '../../../../proofs/network/topology.ts';
import { called, networkOf, servicesText, text } from '../../../support/network/compiled.ts';

const VPC = '${aws_vpc.main.id}';
const SUBNET = '${aws_subnet.a.id}';
const ACL = '${aws_network_acl.own.id}';

type Blocks = { readonly [type: string]: { readonly [name: string]: object } };

function subnetWith(resources: Blocks, variable: { readonly [name: string]: object } = {}): Subnet {
  const { subnets } = networkOf(
    {
      aws_vpc: { main: { cidr_block: '10.0.0.0/16' } },
      aws_subnet: { a: { vpc_id: VPC, cidr_block: '10.0.1.0/24' } },
      ...resources,
    },
    { variable },
  );
  return called(subnets, 'aws_subnet.a');
}

function ruleText({ number, allows, addresses, services, doubts }: AclRule): string {
  const action = allows ? 'allow' : 'deny';
  return `${number} ${action} ${text(addresses).join(',')} ${servicesText(services).join(',')}${doubts.length > 0 ? ' ?' : ''}`;
}

function lists({ acls }: Subnet) {
  return acls.map(({ item, doubts }) => ({
    name: `${item.origin.name}${doubts.length > 0 ? ' ?' : ''}`,
    ingress: item.ingress.map(ruleText),
    egress: item.egress.map(ruleText),
    isOpen: item.open.length > 0,
  }));
}

const EVERYTHING = [`100 allow 0.0.0.0-255.255.255.255,0-${'f'.repeat(32)} every`];

describe('network ACLs', () => {
  it('let everything pass as AWS makes them with a VPC', () => {
    expect(lists(subnetWith({}))).toEqual([
      { name: 'the default network ACL of aws_vpc.main', ingress: EVERYTHING, egress: EVERYTHING, isOpen: false },
    ]);
  });

  it('lose every rule when the default is adopted without any', () => {
    const adopted = {
      aws_default_network_acl: { main: { default_network_acl_id: '${aws_vpc.main.default_network_acl_id}' } },
    };
    expect(lists(subnetWith(adopted))).toEqual([
      { name: 'aws_default_network_acl.main', ingress: [], egress: [], isOpen: false },
    ]);
  });

  it('are those that list the subnet or are associated with it, with their rules by number', () => {
    const rules = {
      ingress: [
        { rule_no: 200, action: 'deny', protocol: '-1', from_port: 0, to_port: 0, cidr_block: '0.0.0.0/0' },
        {
          rule_no: 100,
          action: 'allow',
          protocol: 'tcp',
          from_port: 443,
          to_port: 443,
          ipv6_cidr_block: 'fd00::1/128',
        },
      ],
    };
    const expected = [
      {
        name: 'aws_network_acl.own',
        ingress: [`100 allow ${'fd'.padEnd(31, '0')}1 6/443`, '200 deny 0.0.0.0-255.255.255.255 every'],
        egress: [],
        isOpen: false,
      },
    ];
    const listed = subnetWith({ aws_network_acl: { own: { vpc_id: VPC, subnet_ids: [SUBNET], ...rules } } });
    expect(lists(listed)).toEqual(expected);
    const associated = subnetWith({
      aws_network_acl: { own: { vpc_id: VPC, ...rules } },
      aws_network_acl_association: { a: { subnet_id: SUBNET, network_acl_id: ACL } },
    });
    expect(lists(associated)).toEqual(expected);
  });

  it('take rules that are resources of their own, in the direction that they say', () => {
    const rule = { network_acl_id: ACL, protocol: 'tcp', rule_action: 'allow', cidr_block: '10.0.0.0/8' };
    const [list] = lists(
      subnetWith({
        aws_network_acl: { own: { vpc_id: VPC, subnet_ids: [SUBNET] } },
        aws_network_acl_rule: {
          in: { ...rule, rule_number: 10, from_port: 1024, to_port: 65535 },
          out: { ...rule, rule_number: 20, egress: true, from_port: 443, to_port: 443 },
          ping: { ...rule, rule_number: 30, protocol: 'icmp', icmp_type: -1, icmp_code: -1 },
          echo: { ...rule, rule_number: 40, protocol: 'icmp' },
          zero: { ...rule, rule_number: 50 },
        },
      }),
    );
    expect(list).toEqual({
      name: 'aws_network_acl.own',
      ingress: [
        '10 allow 10.0.0.0-10.255.255.255 6/1024-65535',
        '30 allow 10.0.0.0-10.255.255.255 1/0-65535',
        '40 allow 10.0.0.0-10.255.255.255 1/0',
        '50 allow 10.0.0.0-10.255.255.255 6/0',
      ],
      egress: ['20 allow 10.0.0.0-10.255.255.255 6/443'],
      isOpen: false,
    });
  });

  it('may allow or deny where the action is hidden, and any where the place of a rule is', () => {
    const rule = { network_acl_id: ACL, protocol: '-1', cidr_block: '10.0.0.0/8' };
    const [list] = lists(
      subnetWith(
        {
          aws_network_acl: { own: { vpc_id: VPC, subnet_ids: [SUBNET] } },
          aws_network_acl_rule: {
            some: { ...rule, rule_number: 10, rule_action: '${var.x}' },
            placed: { ...rule, rule_number: '${var.x}', rule_action: 'allow' },
          },
        },
        { x: {} },
      ),
    );
    expect(list).toEqual({
      name: 'aws_network_acl.own',
      ingress: ['10 allow 10.0.0.0-10.255.255.255 every ?', '10 deny 10.0.0.0-10.255.255.255 every ?'],
      egress: [],
      isOpen: true,
    });
  });

  it('may be another where an association is hidden', () => {
    const names = lists(
      subnetWith(
        {
          aws_network_acl: { own: { vpc_id: VPC } },
          aws_network_acl_association: { a: { subnet_id: '${var.x}', network_acl_id: ACL } },
        },
        { x: {} },
      ),
    ).map(({ name }) => name);
    expect(names).toEqual(['the default network ACL of aws_vpc.main ?', 'aws_network_acl.own ?']);
  });

  it('leave the rules of a default network ACL to it', () => {
    const rule = { protocol: '-1', rule_action: 'allow', cidr_block: '10.0.0.0/8', rule_number: 10 };
    const [list] = lists(
      subnetWith({
        aws_network_acl: { own: { vpc_id: VPC, subnet_ids: [SUBNET] } },
        aws_network_acl_rule: { other: { ...rule, network_acl_id: '${aws_vpc.main.default_network_acl_id}' } },
      }),
    );
    expect(list).toEqual({ name: 'aws_network_acl.own', ingress: [], egress: [], isOpen: false });
  });

  it('have the rules that are added to the default of a VPC', () => {
    const [list] = lists(
      subnetWith({
        aws_network_acl_rule: {
          deny: {
            network_acl_id: '${aws_vpc.main.default_network_acl_id}',
            protocol: '-1',
            rule_action: 'deny',
            cidr_block: '10.0.0.0/8',
            rule_number: 10,
          },
        },
      }),
    );
    expect(list?.ingress).toEqual(['10 deny 10.0.0.0-10.255.255.255 every', ...EVERYTHING]);
    expect(list?.egress).toEqual(EVERYTHING);
  });
});
