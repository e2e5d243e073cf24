import type { Resource } from '../../model/resource.ts';
import { asString, asStrings, isHidden, shown, string, unknown, type Value } from '../../model/value.ts';
import { type Context, defineCheck, type Inspection, type Outcome } from '../check.ts';
import { appliances, declarationOf, GATEWAY_TYPES, lackOfEvidence } from './declared-gateways.ts';

const FIREWALL = 'aws_networkfirewall_firewall';
const POLICY = 'aws_networkfirewall_firewall_policy';

/** Stateless defaults by which no packet gets past the stateful rules. */
const INSPECTING = ['aws:forward_to_sfe', 'aws:drop'] as const;
const STATELESS = ['stateless_default_actions', 'stateless_fragment_default_actions'] as const;

/** Stateful defaults that drop; `drop_established` lets handshakes pass, which rules on names of servers need. */
const DROPPING = ['aws:drop_strict', 'aws:drop_established'] as const;

const FAILING_CLOSED = ['DROP', 'REJECT'] as const;

const messages = {
  passes: ({ argument }: { readonly argument: string }) =>
    `has aws:pass in ${argument}, so packets get past the stateful rules`,
  uninspected: ({ argument, actions }: { readonly argument: string; readonly actions: string }) =>
    `has ${actions} in ${argument}, which neither drops packets nor forwards them to the stateful rules`,
  order: ({ order }: { readonly order: string }) => `has rule_order ${order}, in which what no rule names passes`,
  noDrop: ({ actions }: { readonly actions: string }) =>
    `has ${actions} in stateful_default_actions, so what no rule names passes`,
  stream: ({ value }: { readonly value: string }) =>
    `has stream_exception_policy ${value}, so connections that break midstream go on without context`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'GTW-005',
  why: 'A gateway that passes what no rule names is a wire: the rules then only decorate it.',
  fix: 'Set stateless_default_actions and stateless_fragment_default_actions to ["aws:forward_to_sfe"], rule_order to STRICT_ORDER, stateful_default_actions to ["aws:drop_strict", "aws:alert_strict"] and stream_exception_policy to DROP or REJECT; let the firewall name a policy of the estate.',
  references: [
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html',
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/stateless-default-actions.html',
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/stream-exception-policy.html',
  ],
  resourceTypes: [POLICY, FIREWALL, ...GATEWAY_TYPES.appliance],

  messages,

  // A firewall whose policy is of the estate is judged with that policy, once.
  subjects: (context) =>
    [
      ...context.estate.ofType(POLICY),
      ...context.estate.ofType(FIREWALL).filter((firewall) => policyOf(firewall, context)?.type !== POLICY),
      ...appliances(context),
    ].map((resource) => ({ kind: 'resource', resource })),

  inspect({ resource }, inspection) {
    const { policy, pass, unproven, all } = inspection;
    const gateway = declarationOf(resource, policy);
    if (gateway?.kind === 'appliance') {
      const lack = lackOfEvidence(gateway, inspection);
      return lack === null ? pass() : unproven(lack);
    }
    if (resource.type === FIREWALL) return judgeForeign(resource, inspection);
    const { items, open } = resource.blocks('firewall_policy');
    const [content] = items;
    if (content === undefined) {
      return unproven(open.length > 0 ? open : 'has no firewall_policy that the input shows');
    }
    return all([
      ...STATELESS.map((argument) => judgeStateless(resource, argument, inspection)),
      judgeOrder(resource, inspection),
      judgeStateful(resource, inspection),
      judgeStream(resource, inspection),
    ]);
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_networkfirewall_firewall_policy: {
                gateway: {
                  name: 'gateway',
                  firewall_policy: {
                    stateless_default_actions: ['aws:forward_to_sfe'],
                    stateless_fragment_default_actions: ['aws:forward_to_sfe'],
                    stateful_default_actions: ['aws:drop_strict', 'aws:alert_strict'],
                    stateful_engine_options: { rule_order: 'STRICT_ORDER', stream_exception_policy: 'REJECT' },
                  },
                },
              },
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
              aws_networkfirewall_firewall_policy: {
                gateway: {
                  name: 'gateway',
                  firewall_policy: {
                    stateless_default_actions: ['aws:pass'],
                    stateless_fragment_default_actions: ['aws:forward_to_sfe'],
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
});

function policyOf(firewall: Resource, { estate }: Pick<Context, 'estate'>): Resource | null {
  const target = estate.resolve(firewall.attribute('firewall_policy_arn'), [POLICY]);
  return target.kind === 'resource' && target.resource.init.mode === 'managed' ? target.resource : null;
}

function judgeForeign(firewall: Resource, { estate, unproven }: Inspect): Outcome {
  const target = estate.resolve(firewall.attribute('firewall_policy_arn'), [POLICY]);
  switch (target.kind) {
    case 'hidden':
      return unproven(target.value);
    case 'outside':
      return unproven(unknown('missing-object', target.text, 'is a firewall policy outside the estate'));
    case 'resource':
      return unproven(unknown('missing-object', target.resource.address, 'is no firewall policy of the estate'));
    case 'none':
      return unproven('names no firewall policy');
  }
}

function judgeStateless(policy: Resource, argument: (typeof STATELESS)[number], inspection: Inspect): Outcome {
  const { pass, fail, unproven } = inspection;
  const path = ['firewall_policy', argument];
  const value = policy.attribute(...path);
  const { known, hidden } = asStrings(value);
  if (known.includes('aws:pass')) return fail({ path, value }, 'passes', { argument });
  if (hidden.length > 0) return unproven(hidden);
  if (INSPECTING.some((action) => known.includes(action))) return pass();
  return fail({ path, value }, 'uninspected', { argument, actions: listed(known, value) });
}

function judgeOrder(policy: Resource, { estate, pass, fail, unproven }: Inspect): Outcome {
  const path = ['firewall_policy', 'stateful_engine_options', 'rule_order'];
  const value = estate.effective(policy, ...path);
  const order = asString(value);
  if (isHidden(order)) return unproven(order);
  if (order === 'STRICT_ORDER') return pass();
  const told = shown(order ?? 'unset', value);
  return fail({ path, value: string(told) }, 'order', { order: told });
}

function judgeStateful(policy: Resource, { pass, fail, unproven }: Inspect): Outcome {
  const path = ['firewall_policy', 'stateful_default_actions'];
  const value = policy.attribute(...path);
  const { known, hidden } = asStrings(value);
  if (DROPPING.some((action) => known.includes(action))) return pass();
  if (hidden.length > 0) return unproven(hidden);
  const other = known.find((action) => action.startsWith('aws:drop'));
  if (other !== undefined) return unproven(unknown('operation', other, 'is no default action whose effect is known'));
  return fail({ path, value }, 'noDrop', { actions: listed(known, value) });
}

function judgeStream(policy: Resource, { estate, pass, fail, unproven }: Inspect): Outcome {
  const path = ['firewall_policy', 'stateful_engine_options', 'stream_exception_policy'];
  const written = estate.effective(policy, ...path);
  const value = asString(written);
  if (isHidden(value)) return unproven(value);
  if (value !== null && FAILING_CLOSED.some((name) => name === value)) return pass();
  const told = shown(value ?? 'unset', written);
  return fail({ path, value: string(told) }, 'stream', { value: told });
}

function listed(actions: readonly string[], value: Value): string {
  return actions.length === 0 ? 'nothing' : shown(actions.join(', '), value);
}
