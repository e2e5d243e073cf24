import { NetworkfirewallRuleGroup } from '@cdktf/provider-aws/lib/networkfirewall-rule-group/index.js';
import { Construct } from 'constructs';
import { DESTINATIONS, ENCLAVE_CIDR, FRONT_DOOR_CLIENTS, PORTS } from '../perimeter.ts';

/** Networks that the rules speak of. */
export interface FirewallNetworks {
  /** Network of the front doors and of address translation. */
  readonly edgeCidr: string;
}

interface FirewallRulesConfig {
  readonly name: string;
  readonly encryptionConfiguration: { readonly type: string; readonly keyId: string };
  readonly networks: FirewallNetworks;
}

/** What the firewall lets through. The policy drops everything else. */
export class FirewallRules extends Construct {
  readonly groups: readonly NetworkfirewallRuleGroup[];
  private readonly config: FirewallRulesConfig;

  constructor(scope: Construct, id: string, config: FirewallRulesConfig) {
    super(scope, id);
    this.config = config;
    const { edgeCidr } = config.networks;
    this.groups = [
      this.egress(edgeCidr),
      this.passes(
        'ingress',
        FRONT_DOOR_CLIENTS.map((source) => ({ source, destination: edgeCidr, port: PORTS.https })),
      ),
      this.passes('sites', [{ source: ENCLAVE_CIDR, destination: ENCLAVE_CIDR, port: PORTS.service }]),
    ];
  }

  // Each destination twice: its handshake by address, the rest only if the client names the approved server.
  private egress(edgeCidr: string): NetworkfirewallRuleGroup {
    const rules = DESTINATIONS.flatMap(({ cidr, host }, index) => {
      const sid = 1000 + index * 10;
      const flow = `${edgeCidr} any -> ${cidr} ${PORTS.https}`;
      const server = `tls.sni; content:"${host}"; startswith; endswith; nocase`;
      return [
        `pass tcp ${flow} (msg:"handshake with ${host}"; flow:not_established; sid:${sid}; rev:1;)`,
        `pass tls ${flow} (msg:"${host}"; ${server}; flow:to_server,established; sid:${sid + 1}; rev:1;)`,
      ];
    });
    return this.group('egress', { rulesString: rules.join('\n') });
  }

  private passes(
    name: string,
    flows: readonly { readonly source: string; readonly destination: string; readonly port: number }[],
  ): NetworkfirewallRuleGroup {
    return this.group(name, {
      statefulRule: flows.map(({ source, destination, port }, index) => ({
        action: 'PASS',
        header: {
          protocol: 'TCP',
          direction: 'FORWARD',
          source,
          sourcePort: 'ANY',
          destination,
          destinationPort: String(port),
        },
        ruleOption: [{ keyword: 'sid', settings: [String(index + 1)] }],
      })),
    });
  }

  private group(name: string, rulesSource: Record<string, unknown>): NetworkfirewallRuleGroup {
    return new NetworkfirewallRuleGroup(this, name, {
      name: `${this.config.name}-${name}`,
      type: 'STATEFUL',
      capacity: 100,
      encryptionConfiguration: this.config.encryptionConfiguration,
      ruleGroup: { rulesSource, statefulRuleOptions: { ruleOrder: 'STRICT_ORDER' } },
    });
  }
}
