import { NetworkfirewallFirewallPolicy } from '@cdktf/provider-aws/lib/networkfirewall-firewall-policy/index.js';
import { NetworkfirewallFirewall } from '@cdktf/provider-aws/lib/networkfirewall-firewall/index.js';
import { NetworkfirewallLoggingConfiguration } from '@cdktf/provider-aws/lib/networkfirewall-logging-configuration/index.js';
import { NetworkfirewallTlsInspectionConfiguration } from '@cdktf/provider-aws/lib/networkfirewall-tls-inspection-configuration/index.js';
import type { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
import { Construct } from 'constructs';
import type { LogArchive } from '../monitor/log-archive.ts';
import { FRONT_DOOR_CLIENTS, PORTS } from '../perimeter.ts';
import { tierTags } from '../tags.ts';
import { FirewallRules, type FirewallNetworks } from './firewall-rules.ts';

interface FirewallConfig extends FirewallNetworks {
  readonly name: string;
  readonly vpcId: string;
  readonly subnets: readonly Subnet[];
  /** Certificate of the front doors, with which the firewall reads what clients send them. */
  readonly certificateArn: string;
  readonly keyArn: string;
  readonly archive: LogArchive;
}

/** The data-transmission gateway: what no rule allows is dropped, and what happens is logged to the monitor. */
export class Firewall extends Construct {
  readonly firewall: NetworkfirewallFirewall;

  constructor(scope: Construct, id: string, config: FirewallConfig) {
    super(scope, id);
    const { name, vpcId, subnets, certificateArn, edgeCidr, keyArn, archive } = config;
    const encryptionConfiguration = { type: 'CUSTOMER_KMS', keyId: keyArn };

    const rules = new FirewallRules(this, 'rules', { name, encryptionConfiguration, networks: config });
    const inspection = new NetworkfirewallTlsInspectionConfiguration(this, 'tls-inspection', {
      name,
      encryptionConfiguration: [encryptionConfiguration],
      tlsInspectionConfiguration: [
        {
          serverCertificateConfiguration: [
            {
              serverCertificate: [{ resourceArn: certificateArn }],
              scope: [
                {
                  protocols: [6],
                  source: FRONT_DOOR_CLIENTS.map((addressDefinition) => ({ addressDefinition })),
                  sourcePorts: [{ fromPort: 0, toPort: 65535 }],
                  destination: [{ addressDefinition: edgeCidr }],
                  destinationPorts: [{ fromPort: PORTS.https, toPort: PORTS.https }],
                },
              ],
            },
          ],
        },
      ],
    });
    const policy = new NetworkfirewallFirewallPolicy(this, 'policy', {
      name,
      encryptionConfiguration,
      firewallPolicy: {
        statelessDefaultActions: ['aws:forward_to_sfe'],
        statelessFragmentDefaultActions: ['aws:forward_to_sfe'],
        statefulDefaultActions: ['aws:drop_strict', 'aws:alert_strict'],
        statefulEngineOptions: { ruleOrder: 'STRICT_ORDER', streamExceptionPolicy: 'DROP' },
        tlsInspectionConfigurationArn: inspection.arn,
        statefulRuleGroupReference: rules.groups.map((group, index) => ({
          resourceArn: group.arn,
          priority: 100 * (index + 1),
        })),
      },
    });

    this.firewall = new NetworkfirewallFirewall(this, 'firewall', {
      name,
      vpcId,
      firewallPolicyArn: policy.arn,
      subnetMapping: subnets.map((subnet) => ({ subnetId: subnet.id })),
      encryptionConfiguration,
      deleteProtection: true,
      firewallPolicyChangeProtection: true,
      subnetChangeProtection: true,
      lifecycle: { preventDestroy: true },
      tags: tierTags('gateway'),
    });
    new NetworkfirewallLoggingConfiguration(this, 'logging', {
      firewallArn: this.firewall.arn,
      loggingConfiguration: {
        logDestinationConfig: ['FLOW', 'ALERT', 'TLS'].map((logType) => ({
          logType,
          logDestinationType: 'S3',
          logDestination: { bucketName: archive.bucket.bucket, prefix: `${name}/${logType.toLowerCase()}` },
        })),
      },
    });
  }

  /**
   * The endpoint that the firewall has in a subnet. Raw, because the typed accessor synthesises an index that Terraform
   * rejects; by subnet, because the states are a set whose order means nothing.
   */
  endpointIn(subnet: Subnet): string {
    const states = `${this.firewall.fqn}.firewall_status[0].sync_states`;
    return `\${one([for s in ${states} : s.attachment[0].endpoint_id if s.attachment[0].subnet_id == ${subnet.fqn}.id])}`;
  }
}
