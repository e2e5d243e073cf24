import { covers, parseCidr } from '../../model/aws/cidr.ts';
import type { AddressSet } from '../../model/aws/address-set.ts';
import type { Resource } from '../../model/resource.ts';
import { type Hidden, isHidden, string, unknown } from '../../model/value.ts';
import type { Gateway, Policy } from '../../policy/policy.ts';
import { type Context, defineCheck, type Inspection, type Outcome } from '../check.ts';
import { appliances, declarationOf, GATEWAY_TYPES, lackOfEvidence } from './declared-gateways.ts';
import { FIREWALL, FIREWALL_POLICY, firewallPolicyOf, groupsOf, RULE_GROUP } from './firewall-policies.ts';
import type { PassingRule } from './firewall-rule.ts';
import { contentOf } from './passing-rules.ts';
import { tierAddresses } from './tier-addresses.ts';
import { type CrossingFlow, inspectedBy, isInspected, TLS_INSPECTION } from './tls-inspection.ts';

const messages = {
  neither: 'inspects no TLS, and the policy registers no decision not to (tlsInspection: waived with tlsDecision)',
  nothing: ({ configuration }: { readonly configuration: string }) =>
    `inspects TLS by ${configuration}, which has no scope with a certificate`,
  uninspected: ({ flow }: { readonly flow: string }) =>
    `does not inspect the TLS of the declared flow ${flow}, and the policy registers no decision not to`,
  noList: 'inspects not all TLS by a registered decision, and matches no names of servers against a list either',
  unnamed: ({ rule }: { readonly rule: string }) =>
    `inspects not all TLS by a registered decision, and lets connections out without the name of a server: ${rule}`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'GTW-007',
  why: 'What leaves encrypted is invisible to rules that read content; without inspection only the name of the server tells where it goes.',
  fix: 'Give the firewall policy an aws_networkfirewall_tls_inspection_configuration whose scopes cover every declared flow with networks outside; or set tlsInspection: waived with a tlsDecision for the gateway, and pass to networks outside only by names of servers.',
  references: [
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/tls-inspection-configurations.html',
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/stateful-rule-groups-domain-names.html',
  ],
  resourceTypes: [FIREWALL, FIREWALL_POLICY, RULE_GROUP, TLS_INSPECTION, ...GATEWAY_TYPES.appliance],

  messages,

  subjects: (context) =>
    [...context.estate.ofType(FIREWALL), ...appliances(context)].map((resource) => ({ kind: 'resource', resource })),

  inspect({ resource }, inspection) {
    const { policy, pass, unproven } = inspection;
    const gateway = declarationOf(resource, policy);
    if (gateway?.kind === 'appliance') {
      const lack = lackOfEvidence(gateway, inspection);
      return lack === null ? pass() : unproven(lack);
    }
    return judgeFirewall(resource, gateway, inspection);
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_networkfirewall_firewall: {
                gateway: { firewall_policy_arn: '${aws_networkfirewall_firewall_policy.gateway.arn}' },
              },
              aws_networkfirewall_firewall_policy: {
                gateway: {
                  name: 'gateway',
                  firewall_policy: {
                    tls_inspection_configuration_arn:
                      '${aws_networkfirewall_tls_inspection_configuration.front_door.arn}',
                  },
                },
              },
              aws_networkfirewall_tls_inspection_configuration: {
                front_door: {
                  name: 'front-door',
                  tls_inspection_configuration: {
                    server_certificate_configuration: {
                      server_certificate: { resource_arn: '${aws_acm_certificate.front_door.arn}' },
                      scope: { protocols: [6], destination_ports: { from_port: 443, to_port: 443 } },
                    },
                  },
                },
              },
              aws_acm_certificate: { front_door: { domain_name: 'ledger.example' } },
            },
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_networkfirewall_firewall: {
                gateway: { firewall_policy_arn: '${aws_networkfirewall_firewall_policy.gateway.arn}' },
              },
              aws_networkfirewall_firewall_policy: { gateway: { name: 'gateway', firewall_policy: {} } },
            },
          },
        },
      },
    ],
  },
});

function judgeFirewall(firewall: Resource, gateway: Gateway | null, inspection: Inspect): Outcome {
  const { estate, pass, fail, unproven, all } = inspection;
  const rules = firewallPolicyOf(firewall, estate);
  if (isHidden(rules)) return unproven(rules);
  const path = ['firewall_policy', 'tls_inspection_configuration_arn'];
  const isWaived = (gateway?.tlsWaiver ?? null) !== null;
  const at = { related: [rules], location: rules.locate(...path) };
  const configuration = configurationOf(rules, path, inspection);
  if (configuration === null) return isWaived ? judgeNames(rules, inspection) : fail(at, 'neither');
  if (isHidden(configuration)) return isWaived ? judgeNames(rules, inspection) : unproven(configuration);
  const inspected = inspectedBy(configuration);
  if (inspected.scopes.length === 0) {
    if (inspected.open.length > 0) return unproven(inspected.open);
    if (isWaived) return judgeNames(rules, inspection);
    return fail({ related: [configuration] }, 'nothing', { configuration: configuration.address });
  }
  const missing = crossingFlows(gateway, inspection).map((crossing) => ({
    crossing,
    answer: isInspected(crossing, inspected),
  }));
  if (isWaived && missing.some(({ answer }) => answer !== true)) return judgeNames(rules, inspection);
  return all(
    missing.map(({ crossing, answer }) => {
      if (isHidden(answer)) return unproven(answer);
      return answer ? pass() : fail({ related: [configuration] }, 'uninspected', { flow: crossing.flow.id });
    }),
  );
}

/** The configuration that a firewall policy names, what hides it, or null when it names none. */
function configurationOf(rules: Resource, path: readonly string[], { estate }: Inspect): Resource | Hidden | null {
  const target = estate.resolve(rules.attribute(...path), [TLS_INSPECTION]);
  switch (target.kind) {
    case 'none':
      return null;
    case 'hidden':
      return target.value;
    case 'outside':
      return unknown('missing-object', target.text, 'is a TLS inspection configuration outside the estate');
    case 'resource': {
      const { resource } = target;
      if (resource.type === TLS_INSPECTION && resource.init.mode === 'managed') return resource;
      return unknown('missing-object', resource.address, 'is no TLS inspection configuration of the estate');
    }
  }
}

/** Declared TCP connections between the gateway's site and networks outside. */
function crossingFlows(gateway: Gateway | null, context: Context): readonly CrossingFlow[] {
  const { network } = context.policy;
  return network.flows
    .filter(({ protocol }) => protocol === 'tcp')
    .flatMap((flow): readonly CrossingFlow[] => {
      const [inside, far] = flow.from.kind === 'tier' ? [flow.from, flow.to] : [flow.to, flow.from];
      if (inside.kind !== 'tier' || far.kind !== 'outside' || inside.site !== gateway?.site) return [];
      const outside = network.outside.find(({ id }) => id === far.network);
      if (outside === undefined) return [];
      const { items, open } = tierAddresses(inside, context);
      return [{ flow, outside, isInbound: flow.from.kind === 'outside', inside: items, open }];
    });
}

/** Where TLS is not inspected, rules let connections out only by the names of their servers. */
function judgeNames(rules: Resource, inspection: Inspect): Outcome {
  const { estate, fail, unproven, all } = inspection;
  const { items, open } = groupsOf(rules, estate);
  const contents = items.map(({ group }) => (isHidden(group) ? group : contentOf(group, estate)));
  const known = contents.flatMap((content) => (isHidden(content) ? [] : [content]));
  const hidden = [...open, ...contents.filter(isHidden), ...known.flatMap((content) => content.open)];
  const outcomes = known.flatMap(({ passing }) => passing.map((rule) => judgeRule(rule, rules, inspection)));
  const isMatched = known.some(
    ({ passing, lists }) =>
      passing.some(({ hosts }) => hosts.kind === 'hosts') || lists.some(({ type }) => type === 'ALLOWLIST'),
  );
  if (!isMatched && hidden.length === 0) outcomes.push(fail({ related: [rules] }, 'noList'));
  return all(hidden.length === 0 ? outcomes : [...outcomes, unproven(hidden)]);
}

function judgeRule(rule: PassingRule, rules: Resource, inspection: Inspect): Outcome {
  const { policy, pass, fail, unproven } = inspection;
  const { hosts, destination, label } = rule;
  if (rule.isHandshake || hosts.kind === 'hosts') return pass();
  const ends = rule.isBothWays ? [destination, rule.source] : [destination];
  const outward = ends.find((end) => !isHidden(end) && isOutside(end, policy));
  if (outward === undefined) {
    const hidden = ends.find(isHidden);
    return hidden === undefined ? pass() : unproven(hidden);
  }
  if (hosts.kind === 'unclear')
    return unproven(`has a rule with ${hosts.option}, whose effect is not followed: ${label}`);
  return fail({ value: string(label), related: [rules] }, 'unnamed', { rule: label });
}

/** Whether addresses hold some of a network outside, or some that no network of the enclave has. */
function isOutside(addresses: AddressSet, { network }: Policy): boolean {
  const own = network.approvedPeers.flatMap(({ peer }) => parseCidr(peer) ?? []);
  const outside = network.outside.flatMap(({ cidrs }) => cidrs.flatMap((block) => parseCidr(block) ?? []));
  return addresses.some(
    (range) =>
      !covers(own, range) ||
      outside.some(({ family, first, last }) => family === range.family && first <= range.last && range.first <= last),
  );
}
