import check from '../../../checks/gateway/gtw-007-tls-inspection.ts';
import { testCheck } from '../../support/check-tester.ts';

const FIREWALL = 'aws_networkfirewall_firewall.gateway';
const OUTSIDE = [
  { id: 'callers', kind: 'partner', cidrs: ['192.0.2.0/24', '192.0.3.0/24'], reason: 'Call the front door.' },
  { id: 'partner', kind: 'partner', cidrs: ['198.51.100.0/25'], domains: ['.partner.example'], reason: 'Checks ages.' },
];
const flow = (id: string, from: string, to: string, port: number, protocol = 'tcp') => ({
  id,
  from,
  to,
  protocol,
  port,
  reason: 'It is the service.',
});
const CALLS_IN = flow('calls-in', 'callers', 'west/gateway', 443);
const CALLS_OUT = flow('calls-out', 'west/gateway', 'partner', 443);

interface Setting {
  readonly rules?: string;
  readonly policy?: object;
  readonly configuration?: object | null;
  readonly flows?: readonly object[];
  readonly waived?: boolean;
  readonly variable?: object;
  readonly gateways?: readonly object[];
  readonly groups?: readonly object[];
  readonly subnets?: object;
}

const GATEWAY = {
  id: 'west-data',
  site: 'west',
  purpose: 'data-transmission',
  kind: 'network-firewall',
  stack: 'west',
  address: FIREWALL,
};
const WAIVER = { tlsInspection: 'waived', tlsDecision: 'Board, 2026-01-15: partners pin certificates.' };

const scope = (change: object = {}) => ({
  protocols: [6],
  source: [{ address_definition: '192.0.2.0/23' }],
  destination: [{ address_definition: '10.0.0.0/16' }],
  source_ports: [{ from_port: 0, to_port: 65535 }],
  destination_ports: [{ from_port: 443, to_port: 443 }],
  ...change,
});
const INBOUND = { server_certificate: [{ resource_arn: '${aws_acm_certificate.front.arn}' }], scope: [scope()] };
const OUTBOUND = {
  certificate_authority_arn: 'arn:aws:acm:eu-west-1:111111111111:certificate/00000000-0000-4000-8000-000000000000',
  scope: { protocols: ['6'], destination: { address_definition: '198.51.100.0/24' } },
};

const estate = ({
  rules,
  policy = {},
  configuration = null,
  flows = [],
  waived = false,
  variable = {},
  gateways,
  groups,
  subnets = {},
}: Setting) => ({
  stacks: {
    west: {
      variable,
      resource: {
        aws_networkfirewall_firewall: {
          gateway: { firewall_policy_arn: '${aws_networkfirewall_firewall_policy.gateway.arn}' },
        },
        aws_networkfirewall_firewall_policy: {
          gateway: {
            firewall_policy: {
              ...(configuration === null
                ? {}
                : { tls_inspection_configuration_arn: '${aws_networkfirewall_tls_inspection_configuration.tls.arn}' }),
              stateful_rule_group_reference: [
                ...(rules === undefined ? [] : [{ resource_arn: '${aws_networkfirewall_rule_group.flows.arn}' }]),
                ...(groups ?? []),
              ],
              ...policy,
            },
          },
        },
        ...(rules === undefined
          ? {}
          : { aws_networkfirewall_rule_group: { flows: { rule_group: { rules_source: { rules_string: rules } } } } }),
        ...(configuration === null
          ? {}
          : {
              aws_networkfirewall_tls_inspection_configuration: {
                tls: { tls_inspection_configuration: configuration },
              },
            }),
        aws_acm_certificate: { front: { domain_name: 'ledger.example' } },
        aws_subnet: subnets,
      },
    },
  },
  policy: {
    network: { approvedPeers: [{ peer: '10.0.0.0/8', reason: 'Addresses of the enclave.' }], outside: OUTSIDE, flows },
    gateways: gateways ?? [{ ...GATEWAY, ...(waived ? WAIVER : {}) }],
  },
});
const configuration = (...parts: readonly object[]) => ({ server_certificate_configuration: parts });

const NAMED =
  'pass tls 10.0.0.0/16 any -> 198.51.100.0/25 443 (tls.sni; content:"api.partner.example"; startswith; endswith; sid:1;)';
const HANDSHAKE = 'pass tcp 10.0.0.0/16 any -> 198.51.100.0/25 443 (flow:not_established; sid:2;)';
const UNNAMED = 'pass tcp 10.0.0.0/16 any -> 198.51.100.0/25 443 (sid:3;)';
const INWARD = 'pass tcp 192.0.2.0/24 any -> 10.0.0.0/16 443 (sid:4;)';

const OUTPOST = 'arn:aws:outposts:eu-north-1:222222222222:outpost/op-0123456789abcdef0';
const appliance = (evidence: readonly object[]) => ({
  stacks: {
    north: {
      resource: {
        aws_instance: { appliance: { subnet_id: '${aws_subnet.gateway.id}' } },
        aws_subnet: { gateway: { outpost_arn: OUTPOST } },
      },
    },
  },
  policy: {
    gateways: [
      {
        ...GATEWAY,
        id: 'north-data',
        site: 'north',
        kind: 'appliance',
        stack: 'north',
        address: 'aws_instance.appliance',
      },
    ],
    evidence,
  },
});

testCheck(check, {
  pass: [
    { name: 'an inspection of what comes in', ...estate({ configuration: [configuration(INBOUND)] }) },
    {
      name: 'an inspection that covers the declared flows',
      ...estate({ configuration: configuration(INBOUND, OUTBOUND), flows: [CALLS_IN, CALLS_OUT] }),
    },
    {
      name: 'flows of other protocols, of other sites and inside',
      ...estate({
        configuration: configuration(INBOUND),
        flows: [
          flow('names', 'west/gateway', 'partner', 53, 'udp'),
          flow('far', 'north/gateway', 'partner', 443),
          flow('inside', 'west/workload', 'west/data', 443),
        ],
      }),
    },
    {
      name: 'an inspection of the addresses of the tier at the site',
      ...estate({
        configuration: configuration(INBOUND, OUTBOUND),
        flows: [CALLS_IN, CALLS_OUT],
        subnets: {
          door: { cidr_block: '10.0.9.0/24', tags: { 'ledger:tier': 'gateway' } },
          data: { cidr_block: '10.1.0.0/24', tags: { 'ledger:tier': 'data' } },
        },
      }),
    },
    {
      name: 'an inspection of everything, whatever addresses the tier has',
      ...estate({
        configuration: configuration(OUTBOUND),
        flows: [CALLS_OUT],
        variable: { cidr: {} },
        subnets: { door: { cidr_block: '${var.cidr}', tags: { 'ledger:tier': 'gateway' } } },
      }),
    },
    {
      name: 'a decision with names of servers',
      ...estate({ rules: `${HANDSHAKE}\n${NAMED}\n${INWARD}`, waived: true, flows: [CALLS_OUT] }),
    },
    {
      name: 'a decision for what the inspection does not cover',
      ...estate({ rules: NAMED, waived: true, flows: [CALLS_IN, CALLS_OUT], configuration: configuration(INBOUND) }),
    },
    {
      name: 'a decision with an inspection that covers everything, and rules without names',
      ...estate({ rules: UNNAMED, waived: true, flows: [CALLS_OUT], configuration: configuration(OUTBOUND) }),
    },
    {
      name: 'an inspection by a firewall that the policy does not declare',
      ...estate({ configuration: configuration(OUTBOUND), flows: [CALLS_IN], gateways: [] }),
    },
    {
      name: 'a decision with names, and a configuration that is hidden',
      ...estate({
        rules: NAMED,
        waived: true,
        policy: { tls_inspection_configuration_arn: '${var.tls}' },
        variable: { tls: {} },
      }),
    },
    {
      name: 'an appliance with evidence in force',
      ...appliance([
        {
          id: 'acceptance',
          kind: 'appliance',
          subject: 'north-data',
          states: 'Inspects TLS',
          issuer: 'Watch AS',
          issued: '2026-06-01',
          expires: '2027-05-31',
          document: 'WA-7',
        },
      ]),
    },
  ],
  fail: [
    { name: 'no inspection', ...estate({ rules: NAMED }), fails: { [FIREWALL]: 'neither' } },
    {
      name: 'no inspection, with a decision for another gateway',
      ...estate({ rules: NAMED, gateways: [{ ...GATEWAY, ...WAIVER, address: 'aws_networkfirewall_firewall.other' }] }),
      fails: { [FIREWALL]: 'neither' },
    },
    {
      name: 'an inspection without a scope',
      ...estate({ configuration: configuration({ ...INBOUND, scope: [] }) }),
      fails: { [FIREWALL]: 'nothing' },
    },
    {
      name: 'an inspection without a certificate',
      ...estate({ configuration: configuration({ scope: scope() }) }),
      fails: { [FIREWALL]: 'nothing' },
    },
    {
      name: 'a flow out, where only what comes in is inspected',
      ...estate({ configuration: configuration(INBOUND), flows: [CALLS_IN, CALLS_OUT] }),
      fails: { [FIREWALL]: 'uninspected' },
    },
    {
      name: 'a flow in, of which a part is inspected',
      ...estate({
        configuration: configuration({
          ...INBOUND,
          scope: [scope({ source: { address_definition: '192.0.2.0/24' } })],
        }),
        flows: [CALLS_IN],
      }),
      fails: { [FIREWALL]: 'uninspected' },
    },
    {
      name: 'a flow in, to addresses that are not inspected',
      ...estate({
        configuration: configuration(INBOUND),
        flows: [CALLS_IN],
        subnets: { door: { cidr_block: '10.1.0.0/24', tags: { 'ledger:tier': 'gateway' } } },
      }),
      fails: { [FIREWALL]: 'uninspected' },
    },
    {
      name: 'an authority without a name',
      ...estate({
        configuration: configuration(INBOUND, { ...OUTBOUND, certificate_authority_arn: '' }),
        flows: [CALLS_OUT],
      }),
      fails: { [FIREWALL]: 'uninspected' },
    },
    {
      name: 'a flow to another port',
      ...estate({
        configuration: configuration({
          ...INBOUND,
          scope: scope({ destination_ports: { from_port: 8443, to_port: 8443 } }),
        }),
        flows: [CALLS_IN],
      }),
      fails: { [FIREWALL]: 'uninspected' },
    },
    {
      name: 'a decision without names of servers',
      ...estate({ rules: INWARD, waived: true }),
      fails: { [FIREWALL]: 'noList' },
    },
    {
      name: 'a decision with a connection out that names no server',
      ...estate({ rules: `${NAMED}\n${UNNAMED}`, waived: true }),
      fails: { [FIREWALL]: 'unnamed' },
    },
    {
      name: 'a decision with a connection out to nobody registered',
      ...estate({ rules: `${NAMED}\npass tcp 10.0.0.0/16 any -> 203.0.113.0/24 443 (sid:9;)`, waived: true }),
      fails: { [FIREWALL]: 'unnamed' },
    },
    {
      name: 'a decision with connections in both directions, and a group elsewhere',
      ...estate({
        rules: `${NAMED}\npass tcp 198.51.100.0/25 any <> 10.0.0.0/16 443 (sid:9;)`,
        waived: true,
        groups: [{ resource_arn: 'arn:aws:network-firewall:eu-west-1:111111111111:stateful-rulegroup/other' }],
      }),
      fails: { [FIREWALL]: 'unnamed' },
    },
  ],
  unproven: [
    {
      name: 'a configuration of a variable',
      ...estate({ policy: { tls_inspection_configuration_arn: '${var.tls}' }, variable: { tls: {} } }),
      unproven: { [FIREWALL]: 'var.tls' },
    },
    {
      name: 'a configuration elsewhere',
      ...estate({
        policy: {
          tls_inspection_configuration_arn: 'arn:aws:network-firewall:eu-west-1:111111111111:tls-configuration/other',
        },
      }),
      unproven: { [FIREWALL]: 'is a TLS inspection configuration outside the estate' },
    },
    {
      name: 'a scope of a variable',
      ...estate({ configuration: configuration({ ...INBOUND, scope: '${var.scope}' }), variable: { scope: {} } }),
      unproven: { [FIREWALL]: 'var.scope' },
    },
    {
      name: 'a source of a variable',
      ...estate({
        configuration: configuration({
          ...INBOUND,
          scope: scope({ source: { address_definition: '${var.callers}' } }),
        }),
        flows: [CALLS_IN],
        variable: { callers: {} },
      }),
      unproven: { [FIREWALL]: 'var.callers' },
    },
    {
      name: 'a port of a variable',
      ...estate({
        configuration: configuration({
          ...INBOUND,
          scope: scope({ destination_ports: { from_port: '${var.port}', to_port: 443 } }),
        }),
        flows: [CALLS_IN],
        variable: { port: {} },
      }),
      unproven: { [FIREWALL]: 'var.port' },
    },
    {
      name: 'a decision with a group elsewhere',
      ...estate({
        rules: NAMED,
        waived: true,
        groups: [{ resource_arn: 'arn:aws:network-firewall:eu-west-1:111111111111:stateful-rulegroup/other' }],
      }),
      unproven: { [FIREWALL]: 'is a rule group outside the estate' },
    },
    {
      name: 'a decision with an option that may ask for a server',
      ...estate({
        rules: `${NAMED}\npass tls 10.0.0.0/16 any -> 198.51.100.0/25 443 (tls.sni; pcre:"/x/"; sid:9;)`,
        waived: true,
      }),
      unproven: { [FIREWALL]: 'pcre' },
    },
    {
      name: 'a decision with a destination that is not known',
      ...estate({ rules: `${NAMED}\npass tcp 10.0.0.0/16 any -> $THEIRS 443 (sid:9;)`, waived: true }),
      unproven: { [FIREWALL]: '$THEIRS is defined nowhere' },
    },
    {
      name: 'a policy elsewhere',
      stacks: {
        west: {
          resource: {
            aws_networkfirewall_firewall: {
              gateway: {
                firewall_policy_arn: 'arn:aws:network-firewall:eu-west-1:111111111111:firewall-policy/other',
              },
            },
          },
        },
      },
      unproven: { [FIREWALL]: 'is a firewall policy outside the estate' },
    },
    {
      name: 'an appliance without evidence',
      ...appliance([]),
      unproven: { 'aws_instance.appliance': 'the policy has no evidence of kind appliance for north-data' },
    },
    {
      name: 'an inspection of addresses that may not be those of the tier',
      ...estate({
        configuration: configuration(INBOUND),
        flows: [CALLS_IN],
        variable: { cidr: {} },
        subnets: { door: { cidr_block: '${var.cidr}', tags: { 'ledger:tier': 'gateway' } } },
      }),
      unproven: { [FIREWALL]: 'var.cidr' },
    },
    {
      name: 'an inspection for a subnet that may be of the tier',
      ...estate({
        configuration: configuration(INBOUND),
        flows: [CALLS_IN],
        variable: { tier: {} },
        subnets: { door: { cidr_block: '10.0.9.0/24', tags: { 'ledger:tier': '${var.tier}' } } },
      }),
      unproven: { [FIREWALL]: 'var.tier' },
    },
    {
      name: 'an authority of a variable',
      ...estate({
        configuration: configuration({ ...OUTBOUND, certificate_authority_arn: '${var.authority}' }),
        flows: [CALLS_OUT],
        variable: { authority: {} },
      }),
      unproven: { [FIREWALL]: 'var.authority' },
    },
  ],
});
