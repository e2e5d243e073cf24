import { Route53ResolverFirewallConfig } from '@cdktf/provider-aws/lib/route53-resolver-firewall-config/index.js';
import { Route53ResolverFirewallDomainList } from '@cdktf/provider-aws/lib/route53-resolver-firewall-domain-list/index.js';
import { Route53ResolverFirewallRuleGroupAssociation } from '@cdktf/provider-aws/lib/route53-resolver-firewall-rule-group-association/index.js';
import { Route53ResolverFirewallRuleGroup } from '@cdktf/provider-aws/lib/route53-resolver-firewall-rule-group/index.js';
import { Route53ResolverFirewallRule } from '@cdktf/provider-aws/lib/route53-resolver-firewall-rule/index.js';
import { Route53ResolverQueryLogConfigAssociation } from '@cdktf/provider-aws/lib/route53-resolver-query-log-config-association/index.js';
import { Route53ResolverQueryLogConfig } from '@cdktf/provider-aws/lib/route53-resolver-query-log-config/index.js';
import { Construct } from 'constructs';
import type { LogArchive } from '../monitor/log-archive.ts';
import { DESTINATIONS } from '../perimeter.ts';

interface DnsFirewallConfig {
  readonly name: string;
  readonly vpcId: string;
  readonly archive: LogArchive;
}

/** Closes the way out that no route shows: queries to the VPC's resolver never pass a network firewall. */
export class DnsFirewall extends Construct {
  constructor(scope: Construct, id: string, { name, vpcId, archive }: DnsFirewallConfig) {
    super(scope, id);

    const approved = new Route53ResolverFirewallDomainList(this, 'approved', {
      name: `${name}-approved`,
      domains: ['*.amazonaws.com', '*.enclave.example', ...DESTINATIONS.map(({ host }) => host)],
    });
    const everything = new Route53ResolverFirewallDomainList(this, 'everything', {
      name: `${name}-everything`,
      domains: ['*'],
    });

    const group = new Route53ResolverFirewallRuleGroup(this, 'rules', { name });
    new Route53ResolverFirewallRule(this, 'allow-approved', {
      name: 'allow-approved',
      firewallRuleGroupId: group.id,
      firewallDomainListId: approved.id,
      priority: 100,
      action: 'ALLOW',
      // An approved name may not be an alias that leads to an unapproved one.
      firewallDomainRedirectionAction: 'INSPECT_REDIRECTION_DOMAIN',
    });
    new Route53ResolverFirewallRule(this, 'block-everything', {
      name: 'block-everything',
      firewallRuleGroupId: group.id,
      firewallDomainListId: everything.id,
      priority: 200,
      action: 'BLOCK',
      blockResponse: 'NODATA',
    });
    new Route53ResolverFirewallRuleGroupAssociation(this, 'association', {
      name,
      firewallRuleGroupId: group.id,
      vpcId,
      priority: 101,
      mutationProtection: 'ENABLED',
    });
    new Route53ResolverFirewallConfig(this, 'fail-closed', { resourceId: vpcId, firewallFailOpen: 'DISABLED' });

    const queries = new Route53ResolverQueryLogConfig(this, 'queries', { name, destinationArn: archive.bucket.arn });
    new Route53ResolverQueryLogConfigAssociation(this, 'queries-association', {
      resolverQueryLogConfigId: queries.id,
      resourceId: vpcId,
    });
  }
}
