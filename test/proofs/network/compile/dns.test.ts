import { describe, expect, test } from 'vitest';
import { networkOf, ONE_VPC, relaysOf } from '../../../support/network-ways.ts';

const OPEN = 'aws_vpc.main udp/53,tcp/53 -> the Internet';
const GROUP = '${aws_route53_resolver_firewall_rule_group.a.id}';
const list = (name: string) => `\${aws_route53_resolver_firewall_domain_list.${name}.id}`;

function dns(resource: { readonly [type: string]: unknown }) {
  return relaysOf(networkOf({ ...ONE_VPC, ...resource }), 'dns');
}

/** A firewall of a VPC with rules: the action, the list, and what else they say. */
function firewall(...rules: readonly (readonly [action: string, names: string, rest?: object])[]) {
  return {
    aws_route53_resolver_firewall_rule_group: { a: { name: 'a' } },
    aws_route53_resolver_firewall_rule_group_association: {
      a: { firewall_rule_group_id: GROUP, vpc_id: '${aws_vpc.main.id}', priority: 101, name: 'a' },
    },
    aws_route53_resolver_firewall_domain_list: {
      every: { domains: ['*'] },
      partner: { domains: ['partner.example.'] },
    },
    aws_route53_resolver_firewall_rule: Object.fromEntries(
      rules.map(([action, names, rest], index) => [
        `r${index}`,
        { action, firewall_domain_list_id: names, firewall_rule_group_id: GROUP, priority: index + 1, ...rest },
      ]),
    ),
  };
}

describe('the resolver of a VPC', () => {
  test('asks the Internet, past every group and list', () => {
    expect(dns({})).toStrictEqual([OPEN]);
  });

  test('is off without DNS support', () => {
    const aws_vpc = (enable_dns_support: unknown) => ({
      aws_vpc: { main: { cidr_block: '10.0.0.0/16', enable_dns_support } },
    });
    expect(dns(aws_vpc(false))).toStrictEqual([]);
    expect(dns(aws_vpc('false'))).toStrictEqual([]);
    expect(dns(aws_vpc('${var.dns}'))).toStrictEqual([`${OPEN} ? var.dns`]);
  });

  test('is closed by a firewall that ends by blocking every name', () => {
    expect(dns(firewall(['BLOCK', list('every')]))).toStrictEqual([]);
    expect(dns(firewall(['ALLOW', list('partner')], ['BLOCK', list('every')]))).toStrictEqual([]);
    expect(dns(firewall(['BLOCK', '${var.known_bad}'], ['BLOCK', list('every')]))).toStrictEqual([]);
  });

  test.each([
    ['only alerts', firewall(['ALERT', list('every')])],
    ['blocks some names', firewall(['BLOCK', list('partner')])],
    ['allows everything first', firewall(['ALLOW', list('every')], ['BLOCK', list('every')])],
    ['blocks one type of records', firewall(['BLOCK', list('every'), { q_type: 'TXT' }])],
    [
      'has no association',
      { ...firewall(['BLOCK', list('every')]), aws_route53_resolver_firewall_rule_group_association: {} },
    ],
  ])('stays open where the firewall %s', (_, resource) => {
    expect(dns(resource)).toStrictEqual([OPEN]);
  });

  test('looks at the priority of rules, not at their order in the input', () => {
    const rules = firewall(['ALLOW', list('every'), { priority: 9 }], ['BLOCK', list('every'), { priority: 2 }]);
    expect(dns(rules)).toStrictEqual([]);
  });

  test('may be open where something hides what closes it', () => {
    const hidden = firewall(['BLOCK', list('every')]);
    expect(dns(firewall(['${var.action}', list('every')]))).toStrictEqual([`${OPEN} ? var.action`]);
    expect(dns(firewall(['ALLOW', '${var.names}'], ['BLOCK', list('every')]))).toStrictEqual([`${OPEN} ? var.names`]);
    expect(dns(firewall(['BLOCK', '${var.names}']))).toStrictEqual([`${OPEN} ? var.names`]);
    const association = { firewall_rule_group_id: GROUP, vpc_id: '${var.vpc}', priority: 101 };
    expect(dns({ ...hidden, aws_route53_resolver_firewall_rule_group_association: { a: association } })).toStrictEqual([
      `${OPEN} ? var.vpc`,
    ]);
    const config = (firewall_fail_open: string) => ({
      ...hidden,
      aws_route53_resolver_firewall_config: { a: { resource_id: '${aws_vpc.main.id}', firewall_fail_open } },
    });
    expect(dns(config('DISABLED'))).toStrictEqual([]);
    expect(dns(config('ENABLED'))).toStrictEqual([
      `${OPEN} ? aws_route53_resolver_firewall_config.a.firewall_fail_open`,
    ]);
  });

  test('is closed by the rule group of a profile only if its order is known', () => {
    const { aws_route53_resolver_firewall_rule_group_association: _, ...rest } = firewall(['BLOCK', list('every')]);
    expect(
      dns({
        ...rest,
        aws_route53profiles_profile: { a: { name: 'a' } },
        aws_route53profiles_association: {
          a: { profile_id: '${aws_route53profiles_profile.a.id}', resource_id: '${aws_vpc.main.id}', name: 'a' },
        },
        aws_route53profiles_resource_association: {
          a: {
            profile_id: '${aws_route53profiles_profile.a.id}',
            resource_arn: '${aws_route53_resolver_firewall_rule_group.a.arn}',
            name: 'a',
          },
        },
      }),
    ).toStrictEqual([`${OPEN} ? priority`]);
  });
});

describe('resolver endpoints', () => {
  const endpoint = (direction: string) => ({
    aws_security_group: { dns: { vpc_id: '${aws_vpc.main.id}' } },
    aws_route53_resolver_endpoint: {
      a: {
        direction,
        security_group_ids: ['${aws_security_group.dns.id}'],
        ip_address: [{ subnet_id: '${aws_subnet.app.id}' }],
      },
    },
  });
  const rule = {
    aws_route53_resolver_rule: {
      a: {
        domain_name: 'office.example',
        rule_type: 'FORWARD',
        resolver_endpoint_id: '${aws_route53_resolver_endpoint.a.id}',
        target_ip: [{ ip: '192.168.7.7' }],
      },
    },
    aws_route53_resolver_rule_association: {
      a: { resolver_rule_id: '${aws_route53_resolver_rule.a.id}', vpc_id: '${aws_vpc.main.id}' },
    },
  };

  test('forward what a VPC asks to the servers of a rule', () => {
    expect(dns({ ...endpoint('OUTBOUND'), ...rule })).toStrictEqual([
      OPEN,
      'aws_vpc.main udp/53,tcp/53 -> from aws_route53_resolver_endpoint.a to 192.168.7.7/32 udp/53,tcp/53',
    ]);
  });

  test('forward nothing where the firewall blocks every name', () => {
    expect(dns({ ...endpoint('OUTBOUND'), ...rule, ...firewall(['BLOCK', list('every')]) })).toStrictEqual([]);
    expect(
      dns({ ...endpoint('OUTBOUND'), ...rule, ...firewall(['ALLOW', list('partner')], ['BLOCK', list('every')]) }),
    ).toHaveLength(1);
  });

  test('let others ask the resolver from outside the VPC', () => {
    expect(dns(endpoint('INBOUND'))).toStrictEqual([
      'aws_vpc.main udp/53,tcp/53 + aws_route53_resolver_endpoint.a udp/53,tcp/53,tcp/443 -> the Internet',
    ]);
  });

  test('a rule of somebody else forwards to a network that is not seen', () => {
    const association = { resolver_rule_id: 'rslvr-rr-0123456789abcdef0', vpc_id: '${aws_vpc.main.id}' };
    expect(dns({ aws_route53_resolver_rule_association: { a: association } })).toStrictEqual([
      OPEN,
      'aws_vpc.main udp/53,tcp/53 -> the network behind aws_route53_resolver_rule_association.a of west ? "rslvr-rr-0123456789abcdef0"',
    ]);
  });
});
