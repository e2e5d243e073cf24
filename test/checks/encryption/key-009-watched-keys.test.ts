import check from '../../../checks/encryption/key-009-watched-keys.ts';
import { testCheck } from '../../support/check-tester.ts';

type Body = { readonly [key: string]: unknown };

const KEY = { aws_kms_key: { ledger: { enable_key_rotation: true } } };
const ALL = ['CreateGrant', 'DisableKey', 'PutKeyPolicy', 'ScheduleKeyDeletion'];
const MONITOR = 'arn:aws:events:eu-west-1:333333333333:event-bus/keys';
const OWN = 'arn:aws:events:eu-west-1:111111111111:event-bus/keys';

const pattern = (detail: Body, more: Body = {}) =>
  JSON.stringify({ source: ['aws.kms'], detail: { eventSource: ['kms.amazonaws.com'], ...detail }, ...more });
const rule = (body: Body = {}, target: Body = {}, name = 'keys') => ({
  aws_cloudwatch_event_rule: { [name]: { event_pattern: pattern({ eventName: ALL }), ...body } },
  aws_cloudwatch_event_target: {
    [name]: { rule: `\${aws_cloudwatch_event_rule.${name}.name}`, arn: MONITOR, ...target },
  },
});
const trail = (body: Body = {}) => ({ aws_cloudtrail: { ledger: { name: 'ledger', ...body } } });
const west = (...parts: readonly Body[]) => ({ west: { resource: Object.assign({}, KEY, ...parts) as Body } });
const hidden = (...parts: readonly Body[]) => ({
  west: { variable: { value: { type: 'string' } }, resource: Object.assign({}, KEY, ...parts) as Body },
});
const fails = { 'aws_kms_key.ledger': 'unwatched' };
const open = (part: string | RegExp) => ({ 'aws_kms_key.ledger': part });

const MANAGEMENT = { field_selector: [{ field: 'eventCategory', equals: ['Management'] }] };
const DATA = { field_selector: [{ field: 'eventCategory', equals: ['Data'] }] };

testCheck(check, {
  pass: [
    { name: 'a key whose events go to the monitor', stacks: west(trail(), rule()) },
    {
      name: 'a key whose events two rules share, by filters',
      stacks: west(trail({ event_selector: { include_management_events: true } }), {
        aws_cloudwatch_event_rule: {
          first: { event_pattern: pattern({ eventName: [{ prefix: 'Schedule' }, { suffix: 'Key' }] }) },
          second: {
            event_pattern: pattern(
              { eventName: [{ 'equals-ignore-case': 'putkeypolicy' }, { 'anything-but': ['DisableKey', 'Decrypt'] }] },
              { account: ['111111111111'], region: [{ exists: true }] },
            ),
            event_bus_name: 'default',
            state: 'ENABLED',
          },
        },
        aws_cloudwatch_event_target: {
          first: { rule: '${aws_cloudwatch_event_rule.first.name}', arn: MONITOR },
          second: { rule: '${aws_cloudwatch_event_rule.second.name}', arn: MONITOR },
        },
      }),
    },
    {
      name: 'a key that a trail of the organisation in another account sees',
      stacks: {
        ...west(rule()),
        monitor: {
          resource: {
            aws_cloudtrail: {
              all: {
                is_multi_region_trail: true,
                is_organization_trail: true,
                advanced_event_selector: [DATA, MANAGEMENT],
              },
            },
          },
        },
      },
    },
    {
      name: 'a key whose events go anywhere, where the policy has no monitor',
      stacks: west(trail(), rule({}, { arn: OWN })),
      policy: { monitor: undefined },
    },
  ],

  fail: [
    { name: 'a key without any rule', stacks: west(trail()), fails },
    {
      name: 'a key with a rule for some events',
      stacks: west(trail(), rule({ event_pattern: pattern({ eventName: ['DisableKey'] }) })),
      fails,
    },
    {
      name: 'a key with a rule about another service',
      stacks: west(trail(), rule({ event_pattern: JSON.stringify({ source: ['aws.s3'] }) })),
      fails,
    },
    {
      name: 'a key with a rule about another account',
      stacks: west(trail(), rule({ event_pattern: pattern({ eventName: ALL }, { account: ['999999999999'] }) })),
      fails,
    },
    {
      name: 'a key with a rule about what does not exist',
      stacks: west(trail(), rule({ event_pattern: pattern({ eventName: [{ exists: false }] }) })),
      fails,
    },
    {
      name: 'a key with a rule on a schedule',
      stacks: west(trail(), rule({ event_pattern: null, schedule_expression: 'rate(1 day)' })),
      fails,
    },
    { name: 'a key with a rule that is off', stacks: west(trail(), rule({ state: 'DISABLED' })), fails },
    {
      name: 'a key with a rule that is off as it was said before',
      stacks: west(trail(), rule({ is_enabled: false })),
      fails,
    },
    { name: 'a key with a rule on another bus', stacks: west(trail(), rule({ event_bus_name: 'ledger' })), fails },
    {
      name: 'a key with a rule on a bus of the estate',
      stacks: west(trail(), rule({ event_bus_name: '${aws_cloudwatch_event_bus.ledger.name}' }), {
        aws_cloudwatch_event_bus: { ledger: { name: 'ledger' } },
      }),
      fails,
    },
    { name: 'a key whose events stay with who changes it', stacks: west(trail(), rule({}, { arn: OWN })), fails },
    {
      name: 'a key with a rule without a target',
      stacks: west(trail(), { aws_cloudwatch_event_rule: rule().aws_cloudwatch_event_rule }),
      fails,
    },
    { name: 'a key with a rule in another Region', stacks: west(trail(), rule({ region: 'eu-north-1' })), fails },
  ],

  unproven: [
    { name: 'a key that no trail sees', stacks: west(rule()), unproven: open('is seen by no trail of the estate') },
    ...[
      { enable_logging: false },
      { event_selector: { include_management_events: false } },
      { event_selector: { exclude_management_event_sources: ['kms.amazonaws.com'] } },
      { event_selector: { read_write_type: 'ReadOnly' } },
      { advanced_event_selector: [DATA] },
      { region: 'eu-north-1' },
    ].map((body) => ({
      name: `a key whose trail hears nothing: ${JSON.stringify(body)}`,
      stacks: west(trail(body), rule()),
      unproven: open('is seen by no trail of the estate'),
    })),
    {
      name: 'a key whose trail selects some events',
      stacks: west(
        trail({
          advanced_event_selector: [
            {
              field_selector: [
                ...MANAGEMENT.field_selector,
                { field: 'eventSource', not_equals: ['kms.amazonaws.com'] },
              ],
            },
          ],
        }),
        rule(),
      ),
      unproven: open('selects some of what is done'),
    },
    {
      name: 'a key whose trail is not known to log',
      stacks: hidden(trail({ enable_logging: '${var.value}' }), rule()),
      unproven: open('may not log'),
    },
    {
      name: 'a key whose trail has selectors that are not known',
      stacks: hidden(trail({ event_selector: { read_write_type: '${var.value}' } }), rule()),
      unproven: open('selectors that are not known'),
    },
    {
      name: 'a key whose rule has a pattern that is not known',
      stacks: hidden(trail(), rule({ event_pattern: '${var.value}' })),
      unproven: open('has a pattern that is not known'),
    },
    {
      name: 'a key whose rule has a filter that is not worked out',
      stacks: west(trail(), rule({ event_pattern: pattern({ eventName: [{ wildcard: '*Key*' }] }) })),
      unproven: open('is not worked out'),
    },
    {
      name: 'a key whose rule asks for one key only',
      stacks: west(
        trail(),
        rule({ event_pattern: pattern({ eventName: ALL, requestParameters: { keyId: ['one'] } }) }),
      ),
      unproven: open('asks for detail.requestParameters.keyId'),
    },
    {
      name: 'a key whose rule may be off',
      stacks: hidden(trail(), rule({ state: '${var.value}' })),
      unproven: open('may be off, or on another bus'),
    },
    {
      name: 'a key whose rule may send to anybody',
      stacks: hidden(trail(), rule({}, { arn: '${var.value}' })),
      unproven: open('has a target that is not known'),
    },
    {
      name: 'a key beside a target of which it is not known whose it is',
      stacks: hidden(trail(), rule({}, { rule: '${var.value}' })),
      unproven: open('may have a target that is not known'),
    },
    {
      name: 'a key with rules of which there may be none',
      stacks: {
        west: {
          variable: { value: { type: 'number' } },
          resource: { ...KEY, ...trail(), ...rule({ count: '${var.value}' }) },
        },
      },
      unproven: open('may have a target that is not known'),
    },
    {
      name: 'a key with a target of which there may be none',
      stacks: {
        west: {
          variable: { value: { type: 'number' } },
          resource: { ...KEY, ...trail(), ...rule({}, { count: '${var.value}' }) },
        },
      },
      unproven: open('may have a target or none'),
    },
    {
      name: 'a key with a filter of metrics that names the events',
      stacks: west(trail(), {
        aws_cloudwatch_log_metric_filter: {
          keys: { pattern: ALL.map((event) => `$.eventName = ${event}`).join(' || ') },
        },
      }),
      unproven: open('aws_cloudwatch_log_metric_filter.keys names the events'),
    },
    {
      name: 'a key in a Region that is not known',
      stacks: {
        west: {
          variable: { value: { type: 'string' } },
          provider: { aws: [{ region: '${var.value}', allowed_account_ids: ['111111111111'] }] },
          resource: { ...KEY, ...trail(), ...rule() },
        },
      },
      unproven: open('is in a Region or account that is not known'),
    },
  ],
});
