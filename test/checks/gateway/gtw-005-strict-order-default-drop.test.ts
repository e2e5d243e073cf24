import check from '../../../checks/gateway/gtw-005-strict-order-default-drop.ts';
import { testCheck } from '../../support/check-tester.ts';

const STRICT = {
  stateless_default_actions: ['aws:forward_to_sfe'],
  stateless_fragment_default_actions: ['aws:forward_to_sfe'],
  stateful_default_actions: ['aws:drop_strict', 'aws:alert_strict'],
  stateful_engine_options: { rule_order: 'STRICT_ORDER', stream_exception_policy: 'DROP' },
};
const ADDRESS = 'aws_networkfirewall_firewall_policy.gateway';

/** A firewall with a policy that differs from a strict one in some arguments. */
const estate = (change: object, variable?: object) => ({
  stacks: {
    west: {
      resource: {
        aws_networkfirewall_firewall_policy: {
          gateway: { name: 'gateway', firewall_policy: { ...STRICT, ...change } },
        },
        aws_networkfirewall_firewall: {
          gateway: { firewall_policy_arn: '${aws_networkfirewall_firewall_policy.gateway.arn}' },
        },
      },
      ...(variable === undefined ? {} : { variable }),
    },
  },
});

const firewall = (firewall_policy_arn: unknown, rest: object = {}) => ({
  stacks: { west: { resource: { aws_networkfirewall_firewall: { gateway: { firewall_policy_arn } } }, ...rest } },
});

const OUTPOST = 'arn:aws:outposts:eu-north-1:222222222222:outpost/op-0123456789abcdef0';
const APPLIANCE_STACKS = {
  north: {
    resource: {
      aws_subnet: { gateway: { outpost_arn: OUTPOST } },
      aws_instance: { appliance: { subnet_id: '${aws_subnet.gateway.id}', source_dest_check: false } },
    },
  },
};
const APPLIANCE_GATEWAYS = [
  {
    id: 'north-data',
    site: 'north',
    purpose: 'data-transmission',
    kind: 'appliance',
    stack: 'north',
    address: 'aws_instance.appliance',
  },
];
const EVIDENCE = {
  id: 'acceptance',
  kind: 'appliance',
  subject: 'north-data',
  states: 'Drops by default',
  issuer: 'Watch AS',
  issued: '2026-06-01',
  expires: '2027-05-31',
  document: 'WA-7',
};

testCheck(check, {
  pass: [
    { name: 'a policy in strict order that drops', ...estate({}) },
    {
      name: 'a policy whose blocks are lists',
      ...estate({ stateful_engine_options: [STRICT.stateful_engine_options] }),
    },
    { name: 'a policy that drops at once', ...estate({ stateless_default_actions: ['aws:drop'] }) },
    {
      name: 'a custom action beside the forwarding',
      ...estate({ stateless_default_actions: ['aws:forward_to_sfe', 'count'] }),
    },
    {
      name: 'a policy that drops what is established',
      ...estate({ stateful_default_actions: ['aws:drop_established'] }),
    },
    {
      name: 'a policy that leaves the stream exception policy at DROP',
      ...estate({ stateful_engine_options: { rule_order: 'STRICT_ORDER' } }),
    },
    {
      name: 'a policy without a firewall, with REJECT, under provider 5',
      stacks: {
        west: {
          terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '5.100.0' } } },
          resource: {
            aws_networkfirewall_firewall_policy: {
              gateway: [
                {
                  firewall_policy: [
                    {
                      ...STRICT,
                      stateful_engine_options: { rule_order: 'STRICT_ORDER', stream_exception_policy: 'REJECT' },
                    },
                  ],
                },
              ],
            },
          },
        },
      },
    },
    {
      name: 'a dropping action beside one that is not known',
      ...estate({ stateful_default_actions: ['aws:drop_strict', '${var.alert}'] }, { alert: {} }),
    },
    {
      name: 'an appliance with evidence in force',
      stacks: APPLIANCE_STACKS,
      policy: { gateways: APPLIANCE_GATEWAYS, evidence: [EVIDENCE] },
    },
  ],
  fail: [
    {
      name: 'a policy that passes packets',
      ...estate({ stateless_default_actions: ['aws:pass'] }),
      fails: { [ADDRESS]: 'passes' },
    },
    {
      name: 'a policy that passes fragments, with another action hidden',
      ...estate({ stateless_fragment_default_actions: ['${var.action}', 'aws:pass'] }, { action: {} }),
      fails: { [ADDRESS]: 'passes' },
    },
    {
      name: 'a policy without a standard action',
      ...estate({ stateless_default_actions: ['count'] }),
      fails: { [ADDRESS]: 'uninspected' },
    },
    {
      name: 'the action order',
      ...estate({ stateful_engine_options: { rule_order: 'DEFAULT_ACTION_ORDER' } }),
      fails: { [ADDRESS]: 'order' },
    },
    {
      name: 'a policy that only alerts',
      ...estate({ stateful_default_actions: ['aws:alert_strict'] }),
      fails: { [ADDRESS]: 'noDrop' },
    },
    {
      name: 'a policy without default actions, in whichever order',
      ...estate({ stateful_default_actions: null, stateful_engine_options: null }),
      fails: { [ADDRESS]: 'noDrop' },
    },
    {
      name: 'broken streams that go on',
      ...estate({ stateful_engine_options: { rule_order: 'STRICT_ORDER', stream_exception_policy: 'CONTINUE' } }),
      fails: { [ADDRESS]: 'stream' },
    },
  ],
  unproven: [
    {
      name: 'an order that is left out, because AWS documents two defaults',
      ...estate({ stateful_engine_options: { stream_exception_policy: 'DROP' } }),
      unproven: { [ADDRESS]: 'rule_order' },
    },
    {
      name: 'actions from a variable',
      ...estate({ stateless_default_actions: '${var.actions}' }, { actions: {} }),
      unproven: { [ADDRESS]: 'var.actions' },
    },
    {
      name: 'a stateless action from a variable beside one that forwards',
      ...estate({ stateless_default_actions: ['aws:forward_to_sfe', '${var.action}'] }, { action: {} }),
      unproven: { [ADDRESS]: 'var.action' },
    },
    {
      name: 'stateful actions from a variable',
      ...estate({ stateful_default_actions: ['${var.action}'] }, { action: {} }),
      unproven: { [ADDRESS]: 'var.action' },
    },
    {
      name: 'an order from a variable',
      ...estate({ stateful_engine_options: { rule_order: '${var.order}' } }, { order: {} }),
      unproven: { [ADDRESS]: 'var.order' },
    },
    {
      name: 'a stream exception policy from a variable',
      ...estate(
        { stateful_engine_options: { rule_order: 'STRICT_ORDER', stream_exception_policy: '${var.stream}' } },
        { stream: {} },
      ),
      unproven: { [ADDRESS]: 'var.stream' },
    },
    {
      name: 'a dropping action that no table knows',
      ...estate({ stateful_default_actions: ['aws:drop_sometimes'] }),
      unproven: { [ADDRESS]: 'aws:drop_sometimes' },
    },
    {
      name: 'options that a dynamic block makes',
      ...estate(
        {
          stateful_engine_options: undefined,
          dynamic: { stateful_engine_options: { for_each: '${var.options}', content: { rule_order: 'STRICT_ORDER' } } },
        },
        { options: {} },
      ),
      unproven: { [ADDRESS]: 'stateful_engine_options' },
    },
    {
      name: 'a policy block from a dynamic block',
      stacks: {
        west: {
          variable: { policies: {} },
          resource: {
            aws_networkfirewall_firewall_policy: {
              gateway: { dynamic: { firewall_policy: { for_each: '${var.policies}', content: STRICT } } },
            },
          },
        },
      },
      unproven: { [ADDRESS]: 'firewall_policy' },
    },
    {
      name: 'a policy without content',
      stacks: { west: { resource: { aws_networkfirewall_firewall_policy: { gateway: { name: 'gateway' } } } } },
      unproven: { [ADDRESS]: 'no firewall_policy' },
    },
    {
      name: 'a firewall with a policy outside the estate',
      ...firewall('arn:aws:network-firewall:eu-west-1:111111111111:firewall-policy/old'),
      unproven: { 'aws_networkfirewall_firewall.gateway': 'outside the estate' },
    },
    {
      name: 'a firewall with a policy of another stack that is missing',
      ...firewall('${data.terraform_remote_state.policies.outputs.arn}', {
        data: { terraform_remote_state: { policies: { backend: 's3', config: {} } } },
      }),
      unproven: { 'aws_networkfirewall_firewall.gateway': 'terraform_remote_state' },
    },
    {
      name: 'a firewall that reads its policy by a data source',
      ...firewall('${data.aws_networkfirewall_firewall_policy.old.arn}', {
        data: { aws_networkfirewall_firewall_policy: { old: { name: 'old' } } },
      }),
      unproven: { 'aws_networkfirewall_firewall.gateway': 'is no firewall policy of the estate' },
    },
    {
      name: 'a firewall without a policy',
      ...firewall(null),
      unproven: { 'aws_networkfirewall_firewall.gateway': 'names no firewall policy' },
    },
    {
      name: 'an appliance without evidence',
      stacks: APPLIANCE_STACKS,
      policy: { gateways: APPLIANCE_GATEWAYS },
      unproven: { 'aws_instance.appliance': 'the policy has no evidence of kind appliance for north-data' },
    },
    {
      name: 'an appliance whose evidence has expired',
      stacks: APPLIANCE_STACKS,
      policy: { gateways: APPLIANCE_GATEWAYS, evidence: [EVIDENCE] },
      asOf: '2027-06-01',
      unproven: { 'aws_instance.appliance': 'acceptance expired on 2027-05-31' },
    },
    {
      name: 'an appliance whose evidence is not in force yet',
      stacks: APPLIANCE_STACKS,
      policy: { gateways: APPLIANCE_GATEWAYS, evidence: [EVIDENCE] },
      asOf: '2026-05-31',
      unproven: { 'aws_instance.appliance': 'holds only from 2026-06-01' },
    },
  ],
});
