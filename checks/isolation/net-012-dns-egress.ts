import { VPC_TYPES } from '../../model/aws/vpc-defaults.ts';
import { defineCheck, resourcesOf } from '../check.ts';
import {
  judgeEndpoint,
  judgeForwarding,
  judgeRuleAssociation,
  judgeServers,
  judgeZone,
  judgeZoneVpc,
} from './dns-forwarding.ts';
import { messages } from './dns-messages.ts';
import { judgeVpc } from './dns-of-vpc.ts';

/** Types that give a private zone to VPCs besides its own blocks. */
const ZONE_LINKS = ['aws_route53_zone_association', 'aws_route53_vpc_association_authorization'] as const;

export default defineCheck({
  id: 'NET-012',
  why: 'Queries to the resolver of a VPC pass no route, no security group and no network firewall: without DNS Firewall, data leaves in the names that are asked for.',
  fix: 'Associate each VPC with a rule group that allows approved names and then blocks *, with mutation protection, fail open disabled and query logging; forward only to resolvers of the enclave.',
  references: [
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall.html',
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-vpc-configuration.html',
  ],
  resourceTypes: [
    ...VPC_TYPES,
    'aws_route53_resolver_firewall_rule_group',
    'aws_route53_resolver_firewall_rule_group_association',
    'aws_route53_resolver_firewall_rule',
    'aws_route53_resolver_firewall_domain_list',
    'aws_route53_resolver_firewall_config',
    'aws_route53_resolver_query_log_config',
    'aws_route53_resolver_query_log_config_association',
    'aws_route53_resolver_endpoint',
    'aws_route53_resolver_rule',
    'aws_route53_resolver_rule_association',
    'aws_route53profiles_association',
    'aws_route53_zone',
    ...ZONE_LINKS,
    'aws_vpc_dhcp_options',
    'aws_vpc_dhcp_options_association',
  ],

  messages,

  subjects: resourcesOf(
    ...VPC_TYPES,
    'aws_route53_resolver_endpoint',
    'aws_route53_resolver_rule',
    'aws_route53_resolver_rule_association',
    'aws_route53_zone',
    ...ZONE_LINKS,
    'aws_vpc_dhcp_options',
  ),

  inspect({ resource }, inspection) {
    switch (resource.type) {
      case 'aws_route53_resolver_endpoint':
        return judgeEndpoint(resource, inspection);
      case 'aws_route53_resolver_rule':
        return judgeForwarding(resource, inspection);
      case 'aws_route53_resolver_rule_association':
        return judgeRuleAssociation(resource, inspection);
      case 'aws_route53_zone':
        return judgeZone(resource, inspection);
      case 'aws_route53_zone_association':
      case 'aws_route53_vpc_association_authorization':
        return judgeZoneVpc(resource.attribute('vpc_id'), resource.attribute('vpc_region'), inspection);
      case 'aws_vpc_dhcp_options':
        return judgeServers(resource, inspection);
      default:
        return judgeVpc(resource, inspection);
    }
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
              aws_route53_resolver_firewall_domain_list: {
                aws: { name: 'aws', domains: ['*.amazonaws.com'] },
                all: { name: 'all', domains: ['*'] },
              },
              aws_route53_resolver_firewall_rule_group: { ledger: { name: 'ledger' } },
              aws_route53_resolver_firewall_rule: {
                aws: {
                  name: 'aws',
                  action: 'ALLOW',
                  priority: 100,
                  firewall_rule_group_id: '${aws_route53_resolver_firewall_rule_group.ledger.id}',
                  firewall_domain_list_id: '${aws_route53_resolver_firewall_domain_list.aws.id}',
                },
                all: {
                  name: 'all',
                  action: 'BLOCK',
                  block_response: 'NXDOMAIN',
                  priority: 200,
                  firewall_rule_group_id: '${aws_route53_resolver_firewall_rule_group.ledger.id}',
                  firewall_domain_list_id: '${aws_route53_resolver_firewall_domain_list.all.id}',
                },
              },
              aws_route53_resolver_firewall_rule_group_association: {
                ledger: {
                  name: 'ledger',
                  priority: 101,
                  mutation_protection: 'ENABLED',
                  firewall_rule_group_id: '${aws_route53_resolver_firewall_rule_group.ledger.id}',
                  vpc_id: '${aws_vpc.ledger.id}',
                },
              },
              aws_route53_resolver_query_log_config: {
                ledger: { name: 'ledger', destination_arn: 'arn:aws:s3:::ledger-archive' },
              },
              aws_route53_resolver_query_log_config_association: {
                ledger: {
                  resolver_query_log_config_id: '${aws_route53_resolver_query_log_config.ledger.id}',
                  resource_id: '${aws_vpc.ledger.id}',
                },
              },
            },
          },
        },
      },
    ],
    violating: [
      { stacks: { west: { resource: { aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } } } } } },
      {
        stacks: {
          west: {
            resource: {
              aws_vpc_dhcp_options: { ledger: { domain_name_servers: ['198.51.100.53'] } },
            },
          },
        },
      },
    ],
  },
});
