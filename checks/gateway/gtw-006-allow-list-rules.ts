import type { Resource } from '../../model/resource.ts';
import { asString, isHidden, string } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome } from '../check.ts';
import { appliances, declarationOf, GATEWAY_TYPES, lackOfEvidence } from './declared-gateways.ts';
import { FIREWALL, FIREWALL_POLICY, firewallPolicyOf, groupsOf, RULE_GROUP } from './firewall-policies.ts';
import { VPC_TYPES } from './gateway-networks.ts';
import type { DomainList, PassingRule } from './firewall-rule.ts';
import { isWithin } from './host-match.ts';
import { contentOf } from './passing-rules.ts';
import { PREFIX_LIST_TYPES } from './rule-addresses.ts';
import { domainsOf, faultsOf, type RuleFault } from './rule-faults.ts';

interface Named {
  readonly rule: string;
}

const REGISTER = 'network.outside and network.approvedPeers';

const messages = {
  everywhere: ({ rule }: Named) => `passes traffic to the world: ${rule}`,
  beyond: ({ rule, end }: Named & { readonly end: string }) =>
    `passes traffic ${end} addresses beyond ${REGISTER}: ${rule}`,
  bypass: ({ rule, end }: Named & { readonly end: string }) =>
    `lets packets ${end} addresses beyond ${REGISTER} past the stateful rules: ${rule}`,
  loose: ({ rule, text }: Named & { readonly text: string }) =>
    `passes every server whose name holds ${text}, beyond ${REGISTER}: ${rule}`,
  domain: ({ domain }: { readonly domain: string }) => `allows ${domain}, which no network.outside names`,
  notAllowList: ({ type }: { readonly type: string }) =>
    `has a domain list of type ${type}, which says what is refused instead of what is allowed`,
  alertOnly: ({ action }: { readonly action: string }) =>
    `overrides a rule group with ${action}, so what it would drop passes with an alert`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'GTW-006',
  why: 'A gateway is what its rules let through: one pass rule to any address, or to a server nobody registered, is a way out for all data.',
  fix: 'Pass only between networks of network.approvedPeers and network.outside, or to domains of network.outside by ALLOWLIST or by tls.sni with startswith and endswith; keep the rules of every group in the stack, and override no group with DROP_TO_ALERT.',
  references: [
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/stateful-rule-groups-ips.html',
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/stateful-rule-groups-domain-names.html',
    'https://docs.suricata.io/en/suricata-7.0.3/rules/intro.html',
  ],
  resourceTypes: [
    RULE_GROUP,
    FIREWALL_POLICY,
    FIREWALL,
    ...VPC_TYPES,
    ...PREFIX_LIST_TYPES,
    ...GATEWAY_TYPES.appliance,
  ],

  messages,

  // A firewall whose policy is of the estate is judged with that policy, once.
  subjects: (context) =>
    [
      ...context.estate.ofType(RULE_GROUP, FIREWALL_POLICY),
      ...context.estate.ofType(FIREWALL).filter((firewall) => isHidden(firewallPolicyOf(firewall, context.estate))),
      ...appliances(context),
    ].map((resource) => ({ kind: 'resource', resource })),

  inspect({ resource }, inspection) {
    const { estate, policy, pass, unproven } = inspection;
    const gateway = declarationOf(resource, policy);
    if (gateway?.kind === 'appliance') {
      const lack = lackOfEvidence(gateway, inspection);
      return lack === null ? pass() : unproven(lack);
    }
    switch (resource.type) {
      case RULE_GROUP:
        return judgeGroup(resource, inspection);
      case FIREWALL_POLICY:
        return judgePolicy(resource, inspection);
      default: {
        const named = firewallPolicyOf(resource, estate);
        return isHidden(named) ? unproven(named) : pass();
      }
    }
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_networkfirewall_rule_group: {
                partner: {
                  name: 'partner',
                  type: 'STATEFUL',
                  capacity: 10,
                  rule_group: {
                    rules_source: {
                      rules_string:
                        'pass tls 10.0.0.0/16 any -> 192.0.2.0/24 443 (tls.sni; content:"api.partner.example"; startswith; endswith; flow:to_server; sid:1;)',
                    },
                  },
                },
              },
            },
          },
        },
        policy: {
          network: {
            approvedPeers: [{ peer: '10.0.0.0/8', reason: 'Addresses of the enclave.' }],
            outside: [
              {
                id: 'partner',
                kind: 'partner',
                cidrs: ['192.0.2.0/24'],
                domains: ['.partner.example'],
                reason: 'Checks ages.',
              },
            ],
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_networkfirewall_rule_group: {
                everything: {
                  name: 'everything',
                  type: 'STATEFUL',
                  capacity: 10,
                  rule_group: { rules_source: { rules_string: 'pass ip any any -> any any (sid:1;)' } },
                },
              },
            },
          },
        },
      },
    ],
  },
});

/** Rule groups as a policy takes them; those of the estate are judged by themselves. */
function judgePolicy(policy: Resource, inspection: Inspect): Outcome {
  const { estate, pass, fail, unproven, all } = inspection;
  const { items, open } = groupsOf(policy, estate);
  return all([
    ...items.flatMap(({ block, group }) => {
      const path = [...block.path, 'override', 'action'];
      const value = block.attribute('override', 'action');
      const action = asString(value);
      return [
        isHidden(action)
          ? unproven(action)
          : action === null
            ? pass()
            : fail({ path, value, location: block.locate('override', 'action') }, 'alertOnly', { action }),
        isHidden(group) ? unproven(group) : pass(),
      ];
    }),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}

function judgeGroup(group: Resource, inspection: Inspect): Outcome {
  const { estate, unproven, all } = inspection;
  const { passing, lists, open } = contentOf(group, estate);
  return all([
    ...passing.map((rule) => judgeRule(rule, inspection)),
    ...lists.map((list) => judgeList(list, inspection)),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}

function judgeRule(rule: PassingRule, inspection: Inspect): Outcome {
  const { policy, all } = inspection;
  return all(faultsOf(rule, policy).map((fault) => ofFault(rule, fault, inspection)));
}

function ofFault({ label, written, path }: PassingRule, fault: RuleFault, { fail, unproven }: Inspect): Outcome {
  const at = { path, value: string(label), extent: { rule: string(written) } };
  switch (fault.kind) {
    case 'everywhere':
      return fail(at, 'everywhere', { rule: label });
    case 'beyond':
    case 'bypass':
      return fail(at, fault.kind, { rule: label, end: fault.end });
    case 'loose':
      return fail(at, 'loose', { rule: label, text: fault.text });
    case 'domain':
      return fail(at, 'domain', { domain: fault.domain });
    case 'unclear':
      return unproven(fault.because);
  }
}

function judgeList({ path, type, targets, open }: DomainList, inspection: Inspect): Outcome {
  const { policy, pass, fail, unproven, all } = inspection;
  if (isHidden(type)) return unproven(type);
  if (type !== 'ALLOWLIST') return fail({ path }, 'notAllowList', { type: type ?? 'unset' });
  const registered = domainsOf(policy);
  return all([
    ...targets.map(({ domain, isSensitive }) => {
      const shown = isSensitive ? '(sensitive)' : domain;
      return isWithin(domain, registered) ? pass() : fail({ path, value: string(shown) }, 'domain', { domain: shown });
    }),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}
