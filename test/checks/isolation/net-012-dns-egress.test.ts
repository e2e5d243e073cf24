import { expect, it } from 'vitest';
import check from '../../../checks/isolation/net-012-dns-egress.ts';
import { EXAMPLE_POLICY } from '../../../checks/example-policy.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';

type Rest = { readonly [key: string]: unknown };

const west = (resource: object, rest: object = {}) => ({ stacks: { west: { resource, ...rest } } });
const VPC = 'aws_vpc.ledger';
const VARIABLE = { variable: { x: {} } };
const GROUP = '${aws_route53_resolver_firewall_rule_group.ledger.id}';
const lists = (domains: readonly string[]) => ({
  some: { name: 'some', domains },
  all: { name: 'all', domains: ['*'] },
});
const rule = (list: string, rest: object) => ({
  name: list,
  firewall_rule_group_id: GROUP,
  firewall_domain_list_id: `\${aws_route53_resolver_firewall_domain_list.${list}.id}`,
  ...rest,
});
const ALLOW = rule('some', { action: 'ALLOW', priority: 100 });
const BLOCK = rule('all', { action: 'BLOCK', block_response: 'NODATA', priority: 200 });
const ASSOCIATION = {
  name: 'ledger',
  priority: 101,
  mutation_protection: 'ENABLED',
  firewall_rule_group_id: GROUP,
  vpc_id: '${aws_vpc.ledger.id}',
};
const CLOSED = {
  aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
  aws_route53_resolver_firewall_domain_list: lists(['*.amazonaws.com']),
  aws_route53_resolver_firewall_rule_group: { ledger: { name: 'ledger' } },
  aws_route53_resolver_firewall_rule: { allow: ALLOW, block: BLOCK },
  aws_route53_resolver_firewall_rule_group_association: { ledger: ASSOCIATION },
  aws_route53_resolver_query_log_config: { ledger: { name: 'ledger', destination_arn: 'arn:aws:s3:::ledger-archive' } },
  aws_route53_resolver_query_log_config_association: {
    ledger: {
      resolver_query_log_config_id: '${aws_route53_resolver_query_log_config.ledger.id}',
      resource_id: '${aws_vpc.ledger.id}',
    },
  },
};
const rules = (allow: object, block: object = {}, domains: readonly string[] = ['*.amazonaws.com']) => ({
  ...CLOSED,
  aws_route53_resolver_firewall_domain_list: lists(domains),
  aws_route53_resolver_firewall_rule: { allow: { ...ALLOW, ...allow }, block: { ...BLOCK, ...block } },
});
const domains = (...names: readonly string[]) => rules({}, {}, names);
const association = (rest: object) => ({
  ...CLOSED,
  aws_route53_resolver_firewall_rule_group_association: { ledger: { ...ASSOCIATION, ...rest } },
});
const config = (rest: object) => ({
  ...CLOSED,
  aws_route53_resolver_firewall_config: { ledger: { resource_id: '${aws_vpc.ledger.id}', ...rest } },
});
const without = (type: string) => Object.fromEntries(Object.entries(CLOSED).filter(([name]) => name !== type));
const DESK = {
  network: {
    approvedPeers: [],
    outside: [
      {
        id: 'desk',
        kind: 'partner',
        cidrs: ['203.0.113.0/24'],
        domains: ['.Desk.example', 'exact.example'],
        reason: 'Payments.',
      },
      { id: 'office', kind: 'on-premises', cidrs: ['192.0.2.0/24', '2001:db8::/32'], reason: 'Own premises.' },
    ],
  },
};
const endpoint = (direction: string) => ({
  aws_route53_resolver_endpoint: { ledger: { direction, security_group_ids: [], ip_address: [] } },
});
const forward = (rest: Rest) => ({
  aws_vpc: { ledger: { cidr_block: '10.0.0.0/16', enable_dns_support: false } },
  aws_route53_resolver_rule: {
    ledger: { domain_name: 'corp.example', rule_type: 'FORWARD', target_ip: [{ ip: '10.0.0.53' }], ...rest },
  },
});
const options = (...servers: readonly string[]) => ({
  aws_vpc: { ledger: { cidr_block: '10.0.0.0/16', enable_dns_support: false } },
  aws_vpc_dhcp_options: { ledger: { domain_name_servers: servers } },
});
const zone = (rest: object) => ({ aws_route53_zone: { ledger: { name: 'ledger.example', ...rest } } });
const NORTH = {
  ...EXAMPLE_POLICY,
  stacks: [
    { name: 'west', sites: ['west'] },
    { name: 'rules', sites: ['west'] },
  ],
};
const DHCP = { ledger: { vpc_id: '${aws_vpc.ledger.id}', dhcp_options_id: 'dopt-0123456789abcdef0' } };

testCheck(check, {
  pass: [
    { name: 'a list of approved names before the denial of all', ...west(CLOSED) },
    { name: 'a firewall that fails closed', ...west(config({ firewall_fail_open: 'DISABLED' })) },
    {
      name: 'names of networks outside, in any case and below them',
      ...west(domains('*.desk.example.', 'A.B.DESK.example', 'desk.example', 'exact.example', 'api.aws')),
      policy: DESK,
    },
    {
      name: 'names of an own private zone',
      ...west({
        ...domains('*.ledger.internal'),
        aws_route53_zone: { own: { name: 'ledger.internal', vpc: [{ vpc_id: '${aws_vpc.ledger.id}' }] } },
      }),
    },
    { name: 'a foreign name after the denial of all', ...west(rules({ priority: 300 }, {}, ['*.evil.example'])) },
    {
      name: 'a block of other names, by a list of AWS',
      ...west(rules({ action: 'BLOCK', firewall_domain_list_id: 'rslvr-fdl-0123456789abcdef0' })),
    },
    { name: 'a VPC without a resolver', ...west({ aws_vpc: { ledger: { enable_dns_support: 'false' } } }) },
    {
      name: 'an answer to blocked names that is approved',
      ...west(rules({}, { block_response: 'OVERRIDE', block_override_domain: 'sink.amazonaws.com' })),
    },
    { name: 'an inbound endpoint', ...west(endpoint('INBOUND')) },
    {
      name: 'an outbound endpoint to a resolver of the estate',
      ...west({
        ...forward({ resolver_endpoint_id: '${aws_route53_resolver_endpoint.ledger.id}' }),
        ...endpoint('OUTBOUND'),
      }),
    },
    {
      name: 'a forward to own premises',
      ...west(forward({ target_ip: [{ ip: '192.0.2.53' }, { ipv6: '2001:db8::53' }] })),
      policy: DESK,
    },
    {
      name: 'a forward to an instance of the estate',
      ...west({ ...forward({ target_ip: { ip: '${aws_instance.dns.private_ip}' } }), aws_instance: { dns: {} } }),
    },
    { name: 'a rule of the system', ...west(forward({ rule_type: 'SYSTEM', target_ip: [] })) },
    {
      name: 'an association with the resolver of AWS',
      ...west({
        aws_route53_resolver_rule_association: {
          ledger: { resolver_rule_id: 'rslvr-autodefined-rr-internet-resolver', vpc_id: 'vpc-1' },
        },
      }),
    },
    {
      name: 'name servers of AWS and of the estate',
      ...west(options('AmazonProvidedDNS', '169.254.169.253', 'fd00:ec2::253', '10.0.0.2')),
    },
    { name: 'a private zone', ...west({ ...CLOSED, ...zone({ vpc: { vpc_id: '${aws_vpc.ledger.id}' } }) }) },
    {
      name: 'a private zone that a second VPC of the estate sees',
      ...west({ ...CLOSED, aws_route53_zone_association: { more: { zone_id: 'Z1', vpc_id: '${aws_vpc.ledger.id}' } } }),
    },
  ],
  fail: [
    {
      name: 'a VPC without DNS Firewall',
      ...west(without('aws_route53_resolver_firewall_rule_group_association')),
      fails: { [VPC]: 'unassociated' },
    },
    { name: 'a group without rules', ...west(without('aws_route53_resolver_firewall_rule')), fails: { [VPC]: 'open' } },
    {
      name: 'an alert for every name',
      ...west(rules({}, { action: 'ALERT', block_response: null })),
      fails: { [VPC]: 'open' },
    },
    { name: 'a block of one type of record', ...west(rules({}, { q_type: 'TXT' })), fails: { [VPC]: 'open' } },
    {
      name: 'a block of everything below a name',
      ...west(rules({}, { firewall_domain_list_id: '${aws_route53_resolver_firewall_domain_list.some.id}' })),
      fails: { [VPC]: 'open' },
    },
    { name: 'an allowance of every name first', ...west(domains('*')), fails: { [VPC]: 'domain' } },
    {
      name: 'an alert for a foreign name first',
      ...west(rules({ action: 'ALERT' }, {}, ['*.evil.example'])),
      fails: { [VPC]: 'domain' },
    },
    { name: 'a name that ends alike', ...west(domains('*desk.example')), policy: DESK, fails: { [VPC]: 'domain' } },
    {
      name: 'a name that another embeds',
      ...west(domains('evildesk.example')),
      policy: DESK,
      fails: { [VPC]: 'domain' },
    },
    { name: 'names below an exact one', ...west(domains('*.exact.example')), policy: DESK, fails: { [VPC]: 'domain' } },
    { name: 'a domain above an approved one', ...west(domains('*.example')), policy: DESK, fails: { [VPC]: 'domain' } },
    {
      name: 'a name of a public zone',
      ...west({ ...domains('*.ledger.example'), ...zone({}) }),
      fails: { [VPC]: 'domain', 'aws_route53_zone.ledger': 'publicZone' },
    },
    {
      name: 'an answer to blocked names that nobody approved',
      ...west(rules({}, { block_response: 'OVERRIDE', block_override_domain: 'sink.evil.example' })),
      fails: { [VPC]: 'domain' },
    },
    {
      name: 'a group that allows everything before the group that blocks',
      ...west({
        ...CLOSED,
        aws_route53_resolver_firewall_rule_group: { ledger: { name: 'ledger' }, early: { name: 'early' } },
        aws_route53_resolver_firewall_rule: {
          allow: ALLOW,
          block: BLOCK,
          early: rule('all', {
            action: 'ALLOW',
            priority: 900,
            firewall_rule_group_id: '${aws_route53_resolver_firewall_rule_group.early.id}',
          }),
        },
        aws_route53_resolver_firewall_rule_group_association: {
          ledger: { ...ASSOCIATION, priority: 300 },
          early: {
            ...ASSOCIATION,
            priority: 200,
            firewall_rule_group_id: '${aws_route53_resolver_firewall_rule_group.early.id}',
          },
        },
      }),
      fails: { [VPC]: 'domain' },
    },
    {
      name: 'a firewall that fails open',
      ...west(config({ firewall_fail_open: 'ENABLED' })),
      fails: { [VPC]: 'failOpen' },
    },
    {
      name: 'rules that may be taken away',
      ...west(association({ mutation_protection: null })),
      fails: { [VPC]: 'unprotected' },
    },
    {
      name: 'queries without a log',
      ...west(without('aws_route53_resolver_query_log_config_association')),
      fails: { [VPC]: 'unlogged' },
    },
    {
      name: 'the default VPC',
      ...west({ aws_default_vpc: { home: {} } }),
      fails: { 'aws_default_vpc.home': 'unassociated' },
    },
    {
      name: 'a forward to a public resolver',
      ...west(forward({ domain_name: '.', target_ip: [{ ip: '10.0.0.53' }, { ip: '198.51.100.53' }] })),
      fails: { 'aws_route53_resolver_rule.ledger': 'forwards' },
    },
    {
      name: 'a forward to a public resolver over IPv6',
      ...west(forward({ target_ip: { ipv6: '2001:db8::53' } })),
      fails: { 'aws_route53_resolver_rule.ledger': 'forwards' },
    },
    {
      name: 'a foreign name server',
      ...west(options('AmazonProvidedDNS', '198.51.100.53')),
      fails: { 'aws_vpc_dhcp_options.ledger': 'servers' },
    },
    { name: 'a public zone', ...west(zone({})), fails: { 'aws_route53_zone.ledger': 'publicZone' } },
    {
      name: 'a private zone for a VPC in another Region',
      ...west(zone({ vpc: [{ vpc_id: 'vpc-0123456789abcdef0', vpc_region: 'us-east-1' }] })),
      fails: { 'aws_route53_zone.ledger': 'foreignZone' },
    },
    {
      name: 'an authorisation for a VPC in another Region',
      ...west({
        aws_route53_vpc_association_authorization: { far: { zone_id: 'Z1', vpc_id: 'vpc-1', vpc_region: 'us-east-1' } },
      }),
      fails: { 'aws_route53_vpc_association_authorization.far': 'foreignZone' },
    },
  ],
  unproven: [
    {
      name: 'a target without an address',
      ...west(forward({ target_ip: [{ port: 53 }] })),
      unproven: { 'aws_route53_resolver_rule.ledger': 'without an address' },
    },
    {
      name: 'a direction that is no other',
      ...west(endpoint('INBOUND_DELEGATION')),
      unproven: { 'aws_route53_resolver_endpoint.ledger': 'INBOUND_DELEGATION' },
    },
    {
      name: 'a stack that may hold the rules',
      ...west({ aws_vpc: { ledger: {} } }),
      policy: { stacks: NORTH.stacks },
      unproven: { [VPC]: 'rules, not read here' },
    },
    {
      name: 'an association whose VPC is a variable',
      ...west(association({ vpc_id: '${var.x}' }), VARIABLE),
      unproven: { [VPC]: 'var.x' },
    },
    {
      name: 'a rule group outside',
      ...west(association({ firewall_rule_group_id: 'rslvr-frg-0123456789abcdef0' })),
      unproven: { [VPC]: 'rule group outside' },
    },
    {
      name: 'a rule group outside beside the own one',
      ...west({
        ...CLOSED,
        aws_route53_resolver_firewall_rule_group_association: {
          ledger: ASSOCIATION,
          foreign: { ...ASSOCIATION, priority: 100, firewall_rule_group_id: 'rslvr-frg-0123456789abcdef0' },
        },
      }),
      unproven: { [VPC]: 'rule group outside' },
    },
    {
      name: 'an action that is a variable',
      ...west(rules({ action: '${var.x}' }, {}, ['*']), VARIABLE),
      unproven: { [VPC]: 'var.x' },
    },
    {
      name: 'a block that is a variable',
      ...west(rules({}, { action: '${var.x}' }), VARIABLE),
      unproven: { [VPC]: /var\.x/ },
    },
    {
      name: 'a block that may not exist',
      ...west(rules({}, { count: '${var.x}' }), VARIABLE),
      unproven: { [VPC]: 'blocks every name, if' },
    },
    {
      name: 'a foreign name after what may block everything',
      ...west(rules({}, { priority: 50, action: '${var.x}' }, ['*.evil.example']), VARIABLE),
      unproven: { [VPC]: /var\.x.*may resolve/ },
    },
    {
      name: 'a block of a type of record that is a variable',
      ...west(rules({}, { q_type: '${var.x}' }), VARIABLE),
      unproven: { [VPC]: 'var.x' },
    },
    {
      name: 'a block of a list outside',
      ...west(rules({}, { firewall_domain_list_id: 'rslvr-fdl-0123456789abcdef0' })),
      unproven: { [VPC]: 'domain list outside' },
    },
    {
      name: 'an allowance of a list outside',
      ...west(rules({ firewall_domain_list_id: 'rslvr-fdl-0123456789abcdef0' })),
      unproven: { [VPC]: 'domain list outside' },
    },
    {
      name: 'a list that is a variable',
      ...west(
        {
          ...CLOSED,
          aws_route53_resolver_firewall_domain_list: { ...lists([]), some: { name: 'some', domains: '${var.x}' } },
        },
        VARIABLE,
      ),
      unproven: { [VPC]: 'var.x' },
    },
    {
      name: 'an order that is a variable',
      ...west(rules({ priority: '${var.x}' }, {}, ['*.evil.example']), VARIABLE),
      unproven: { [VPC]: 'may resolve' },
    },
    {
      name: 'a protection that is a variable',
      ...west(association({ mutation_protection: '${var.x}' }), VARIABLE),
      unproven: { [VPC]: 'var.x' },
    },
    {
      name: 'a failure mode that is a variable',
      ...west(config({ firewall_fail_open: '${var.x}' }), VARIABLE),
      unproven: { [VPC]: 'var.x' },
    },
    { name: 'a failure mode that is not set', ...west(config({})), unproven: { [VPC]: 'may let queries pass' } },
    {
      name: 'a failure mode of what may be another VPC',
      ...west(config({ resource_id: '${var.x}', firewall_fail_open: 'ENABLED' }), VARIABLE),
      unproven: { [VPC]: 'may let queries pass' },
    },
    {
      name: 'a log outside the estate',
      ...west({
        ...CLOSED,
        aws_route53_resolver_query_log_config_association: {
          ledger: { resource_id: '${aws_vpc.ledger.id}', resolver_query_log_config_id: 'rqlc-1' },
        },
      }),
      unproven: { [VPC]: 'configuration outside' },
    },
    {
      name: 'a log of what may be another VPC',
      ...west(
        {
          ...CLOSED,
          aws_route53_resolver_query_log_config_association: {
            ledger: { resource_id: '${var.x}', resolver_query_log_config_id: 'rqlc-1' },
          },
        },
        VARIABLE,
      ),
      unproven: { [VPC]: 'may have no log' },
    },
    {
      name: 'a resolver that may be off',
      ...west({ aws_vpc: { ledger: { enable_dns_support: '${var.x}' } } }, VARIABLE),
      unproven: { [VPC]: 'has a resolver' },
    },
    {
      name: 'DHCP options outside the estate',
      ...west({ ...CLOSED, aws_vpc_dhcp_options_association: DHCP }),
      unproven: { [VPC]: 'DHCP options outside' },
    },
    {
      name: 'a profile',
      ...west({
        ...CLOSED,
        aws_route53profiles_association: { p: { name: 'p', profile_id: 'rp-1', resource_id: '${aws_vpc.ledger.id}' } },
      }),
      unproven: { [VPC]: 'aws_route53profiles_association.p' },
    },
    {
      name: 'an outbound endpoint without a rule',
      ...west(endpoint('OUTBOUND')),
      unproven: { 'aws_route53_resolver_endpoint.ledger': 'not in the estate' },
    },
    {
      name: 'a target that is a variable',
      ...west(forward({ target_ip: [{ ip: '${var.x}' }] }), VARIABLE),
      unproven: { 'aws_route53_resolver_rule.ledger': 'var.x' },
    },
    {
      name: 'a delegation',
      ...west(forward({ rule_type: 'DELEGATE' })),
      unproven: { 'aws_route53_resolver_rule.ledger': 'DELEGATE' },
    },
    {
      name: 'a forward without a target',
      ...west(forward({ target_ip: [] })),
      unproven: { 'aws_route53_resolver_rule.ledger': 'no target' },
    },
    {
      name: 'a rule outside the estate',
      ...west({
        aws_route53_resolver_rule_association: {
          ledger: { resolver_rule_id: 'rslvr-rr-0123456789abcdef0', vpc_id: 'vpc-1' },
        },
      }),
      unproven: { 'aws_route53_resolver_rule_association.ledger': 'outside the estate' },
    },
    {
      name: 'name servers that are a variable',
      ...west({ aws_vpc_dhcp_options: { ledger: { domain_name_servers: '${var.x}' } } }, VARIABLE),
      unproven: { 'aws_vpc_dhcp_options.ledger': 'var.x' },
    },
    {
      name: 'a private zone for a VPC outside the estate',
      ...west(zone({ vpc: [{ vpc_id: 'vpc-0123456789abcdef0' }] })),
      unproven: { 'aws_route53_zone.ledger': 'outside the estate' },
    },
  ],
});

it('has an exception for a name not cover queries of another type', () => {
  const passing = (rest: object) => west(rules({ ...ALLOW, ...rest }, {}, ['collector.example.com']));
  expect(isCovered(check, passing({ q_type: 'A' }), passing({}))).toBe(false);
  expect(isCovered(check, passing({ q_type: 'A' }), passing({ q_type: 'A' }))).toBe(true);
});
