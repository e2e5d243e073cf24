import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association/index.js';
import { Wafv2WebAclLoggingConfiguration } from '@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration/index.js';
import { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl/index.js';
import { Construct } from 'constructs';
import type { RegionSite } from '../sites.ts';

const RULE_GROUPS = ['AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet'] as const;

interface WebFirewallConfig {
  readonly site: RegionSite;
  readonly balancerArn: string;
  readonly keyArn: string;
}

/** Inspects requests at the front door, and logs each of them. */
export class WebFirewall extends Construct {
  constructor(scope: Construct, id: string, { site, balancerArn, keyArn }: WebFirewallConfig) {
    super(scope, id);
    const name = `${site.id}-front-door`;
    const acl = new Wafv2WebAcl(this, 'acl', {
      name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rule: RULE_GROUPS.map((group, index) => ({
        name: group,
        priority: index,
        overrideAction: { none: {} },
        statement: { managed_rule_group_statement: { vendor_name: 'AWS', name: group } },
        visibilityConfig: visibility(group),
      })),
      visibilityConfig: visibility(name),
    });
    new Wafv2WebAclAssociation(this, 'association', { resourceArn: balancerArn, webAclArn: acl.arn });

    const requests = new CloudwatchLogGroup(this, 'requests', {
      // The service insists on this prefix.
      name: `aws-waf-logs-${name}`,
      retentionInDays: 400,
      kmsKeyId: keyArn,
    });
    new Wafv2WebAclLoggingConfiguration(this, 'logging', {
      resourceArn: acl.arn,
      logDestinationConfigs: [requests.arn],
      redactedFields: [{ singleHeader: { name: 'authorization' } }, { singleHeader: { name: 'cookie' } }],
    });
  }
}

function visibility(metricName: string) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
