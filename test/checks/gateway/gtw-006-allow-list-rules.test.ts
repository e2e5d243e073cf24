import check from '../../../checks/gateway/gtw-006-allow-list-rules.ts';
import { testCheck } from '../../support/check-tester.ts';

const GROUP = 'aws_networkfirewall_rule_group.flows';
const POLICY_ADDRESS = 'aws_networkfirewall_firewall_policy.gateway';
const FIREWALL = 'aws_networkfirewall_firewall.gateway';

const NETWORK = {
  approvedPeers: [{ peer: '10.0.0.0/8', reason: 'Addresses of the enclave.' }],
  outside: [
    {
      id: 'partner',
      kind: 'partner',
      cidrs: ['192.0.2.0/24', '2001:db8:1::/48'],
      domains: ['.partner.example', 'mail.other.example'],
      reason: 'Checks ages.',
    },
  ],
};

/** A rule group with this source, and what else the stack holds. */
const group = (rules_source: object | undefined, rest: object = {}, more: object = {}, variable: object = {}) => ({
  stacks: {
    west: {
      variable,
      resource: {
        aws_networkfirewall_rule_group: {
          flows: {
            name: 'flows',
            type: 'STATEFUL',
            capacity: 10,
            rule_group: { ...(rules_source === undefined ? {} : { rules_source }), ...rest },
          },
        },
        ...more,
      },
    },
  },
  policy: { network: NETWORK },
});

const text = (rules_string: string, rest: object = {}, more: object = {}, variable: object = {}) =>
  group({ rules_string }, rest, more, variable);

const stateful = (header: object, change: object = {}, variable: object = {}) =>
  group(
    {
      stateful_rule: [
        {
          action: 'PASS',
          header: {
            protocol: 'TCP',
            direction: 'FORWARD',
            source: '10.0.0.0/16',
            source_port: 'ANY',
            destination: '192.0.2.0/24',
            destination_port: '443',
            ...header,
          },
          rule_option: [{ keyword: 'sid', settings: ['1'] }],
          ...change,
        },
      ],
    },
    {},
    {},
    variable,
  );

const stateless = (match_attributes: unknown, actions: unknown = ['aws:pass'], variable: object = {}) =>
  group(
    {
      stateless_rules_and_custom_actions: {
        stateless_rule: [{ priority: 10, rule_definition: { actions, match_attributes } }],
      },
    },
    {},
    {},
    variable,
  );

const domains = (targets: unknown, generated_rules_type: unknown = 'ALLOWLIST', variable: object = {}) =>
  group(
    { rules_source_list: { generated_rules_type, target_types: ['TLS_SNI', 'HTTP_HOST'], targets } },
    {},
    {},
    variable,
  );

const policyOf = (firewall_policy: object, more: object = {}, variable: object = {}) => ({
  stacks: {
    west: {
      variable,
      resource: { aws_networkfirewall_firewall_policy: { gateway: { name: 'gateway', firewall_policy } }, ...more },
    },
  },
  policy: { network: NETWORK },
});

/** A group with `$HOME_NET`, in the policy of a firewall of a VPC. */
const deployed = (rules: string, cidr_block: unknown, policy: object = {}, rest: object = {}) =>
  text(rules, rest, {
    aws_vpc: { gateway: { cidr_block } },
    aws_networkfirewall_firewall: {
      gateway: {
        vpc_id: '${aws_vpc.gateway.id}',
        firewall_policy_arn: '${aws_networkfirewall_firewall_policy.gateway.arn}',
      },
    },
    aws_networkfirewall_firewall_policy: {
      gateway: {
        firewall_policy: {
          stateful_rule_group_reference: [{ resource_arn: '${aws_networkfirewall_rule_group.flows.arn}', priority: 1 }],
          ...policy,
        },
      },
    },
  });

const ipSet = (key: string, ...definition: readonly string[]) => ({ key, ip_set: { definition } });
const server = (host: string) => `tls.sni; content:"${host}"; startswith; endswith; nocase; sid:1;`;

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
        id: 'north-data',
        site: 'north',
        purpose: 'data-transmission',
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
    { name: 'rules between registered networks', ...text('pass tcp 10.0.0.0/16 any -> 192.0.2.0/25 443 (sid:1;)') },
    {
      name: 'rules in the older argument',
      stacks: {
        west: {
          resource: {
            aws_networkfirewall_rule_group: {
              flows: { rules: 'pass tcp 10.0.0.0/16 any <> 10.1.0.0/16 443 (sid:1;)' },
            },
          },
        },
      },
    },
    {
      name: 'lists, ranges and exclusions within the register',
      ...text(
        'pass ip [10.0.0.0/8, !10.9.0.0/16] any -> [192.0.2.1-192.0.2.9, 2001:db8:1::/64, 192.0.2.77] any (sid:1;)',
      ),
    },
    {
      name: 'a registered server anywhere',
      ...text(`pass tls 10.0.0.0/16 any -> any 443 (${server('api.partner.example')})`),
    },
    {
      name: 'what is below a registered domain',
      ...text(
        'pass tls 10.0.0.0/16 any -> any 443 (ssl_state:client_hello; tls.sni; dotprefix; content:".api.partner.example"; nocase; endswith; msg:"x"; sid:1;)',
      ),
    },
    {
      name: 'a host by the size of its name',
      ...text('pass http 10.0.0.0/16 any -> any 80 (http.host; content:"mail.other.example"; bsize:18; sid:1;)'),
    },
    {
      name: 'a host in the older way of writing',
      ...text('pass http 10.0.0.0/16 any -> any 80 (content:".partner.example"; http_host; endswith; sid:1;)'),
    },
    {
      name: 'rules that refuse everything',
      ...text('drop ip any any -> any any (sid:1;)\nreject tcp any any -> any any (sid:2;)'),
    },
    {
      name: 'a pass rule in a comment',
      ...text('# pass ip any any -> any any (sid:1;)\nalert ip any any -> any any (sid:2;)'),
    },
    {
      name: 'variables of the group',
      ...text('pass tcp $OURS any -> $THEIRS any (sid:1;)', {
        rule_variables: { ip_sets: [ipSet('OURS', '10.0.0.0/9'), ipSet('THEIRS', '192.0.2.0/26', '192.0.2.128/26')] },
      }),
    },
    {
      name: 'the home network of the only firewall',
      ...deployed('pass tcp $HOME_NET any -> 192.0.2.0/24 443 (sid:1;)', '10.1.0.0/16'),
    },
    {
      name: 'a home network that the policy defines',
      ...deployed('pass tcp $HOME_NET any -> 192.0.2.0/24 443 (sid:1;)', '172.16.0.0/16', {
        policy_variables: { rule_variables: [ipSet('HOME_NET', '10.0.0.0/8')] },
      }),
    },
    {
      name: 'a prefix list of the estate',
      ...text(
        'pass tcp 10.0.0.0/16 any -> @THEIRS 443 (sid:1;)',
        {
          reference_sets: {
            ip_set_references: [
              { key: 'THEIRS', ip_set_reference: [{ reference_arn: '${aws_ec2_managed_prefix_list.partner.arn}' }] },
            ],
          },
        },
        {
          aws_ec2_managed_prefix_list: { partner: { entry: [{ cidr: '192.0.2.0/26' }] } },
          aws_ec2_managed_prefix_list_entry: {
            more: { prefix_list_id: '${aws_ec2_managed_prefix_list.partner.id}', cidr: '192.0.2.64/26' },
          },
        },
      ),
    },
    { name: 'a rule of blocks', ...stateful({}) },
    { name: 'a rule of blocks that drops', ...stateful({ destination: 'ANY' }, { action: 'DROP' }) },
    {
      name: 'a rule of blocks with a registered server',
      ...stateful(
        { destination: 'ANY', protocol: 'TLS' },
        {
          rule_option: [
            { keyword: 'tls.sni' },
            { keyword: 'content', settings: ['"api.partner.example"'] },
            { keyword: 'startswith' },
            { keyword: 'endswith' },
            { keyword: 'sid', settings: ['1'] },
          ],
        },
      ),
    },
    {
      name: 'a stateless rule between networks of the enclave',
      ...stateless({
        source: [{ address_definition: '10.0.0.0/16' }],
        destination: [{ address_definition: '10.1.0.0/16' }, { address_definition: '10.2.0.0/16' }],
      }),
    },
    { name: 'a stateless rule that forwards everything', ...stateless({}, ['aws:forward_to_sfe']) },
    {
      name: 'a list of registered domains',
      ...domains(['.partner.example', 'api.partner.example', 'Mail.Other.example']),
    },
    {
      name: 'a policy with groups of the estate only, and an empty one',
      ...policyOf(
        {
          stateful_rule_group_reference: { resource_arn: '${aws_networkfirewall_rule_group.flows.arn}', priority: 1 },
          stateless_rule_group_reference: [
            { resource_arn: '${aws_networkfirewall_rule_group.flows.arn}', priority: 1 },
          ],
        },
        {
          aws_networkfirewall_rule_group: {
            flows: { rule_group: { rules_source: { rules_string: 'drop ip any any -> any any (sid:1;)' } } },
          },
        },
      ),
    },
    {
      name: 'an appliance with evidence in force',
      ...appliance([
        {
          id: 'acceptance',
          kind: 'appliance',
          subject: 'north-data',
          states: 'Allows by list',
          issuer: 'Watch AS',
          issued: '2026-06-01',
          expires: '2027-05-31',
          document: 'WA-7',
        },
      ]),
    },
  ],
  fail: [
    {
      name: 'a rule that passes everything',
      ...text('pass ip any any -> any any (sid:1;)'),
      fails: { [GROUP]: 'everywhere' },
    },
    {
      name: 'a rule that passes everything, behind one that cannot be read',
      ...text('pass ip any\npass ip any any -> any any (sid:1;)'),
      fails: { [GROUP]: 'everywhere' },
    },
    {
      name: 'the world in IPv4 only',
      ...text('pass tcp 10.0.0.0/8 any -> 0.0.0.0/0 443 (sid:1;)'),
      fails: { [GROUP]: 'everywhere' },
    },
    {
      name: 'the world in two pieces',
      ...text('pass tcp 10.0.0.0/8 any -> [0.0.0.0/1,128.0.0.0/1] 443 (sid:1;)'),
      fails: { [GROUP]: 'everywhere' },
    },
    {
      name: 'the world, although the register has it for those who call in',
      ...text('pass tcp 10.0.0.0/8 any -> 0.0.0.0/0 443 (sid:1;)'),
      policy: {
        network: {
          ...NETWORK,
          outside: [
            { id: 'world', kind: 'internet', cidrs: ['0.0.0.0/0', '::/0'], reason: 'Callers of the front door.' },
          ],
        },
      },
      fails: { [GROUP]: 'everywhere' },
    },
    {
      name: 'handshakes with everybody',
      ...text('pass tcp 10.0.0.0/8 any -> any 443 (flow:not_established, to_server; sid:1;)'),
      fails: { [GROUP]: 'everywhere' },
    },
    {
      name: 'a destination that nobody registered',
      ...text('pass tcp 10.0.0.0/8 any -> 198.51.100.0/24 443 (sid:1;)'),
      fails: { [GROUP]: 'beyond' },
    },
    {
      name: 'a destination wider than the register',
      ...text('pass tcp 10.0.0.0/8 any -> 192.0.2.0/23 443 (sid:1;)'),
      fails: { [GROUP]: 'beyond' },
    },
    {
      name: 'an exclusion for a destination',
      ...text('pass tcp 10.0.0.0/8 any -> ![198.51.100.0/24] 443 (sid:1;)'),
      fails: { [GROUP]: 'everywhere' },
    },
    {
      name: 'a source that nobody registered',
      ...text('pass tcp any any -> 10.0.0.0/8 443 (sid:1;)'),
      fails: { [GROUP]: 'beyond' },
    },
    {
      name: 'a registered server that anybody may call inside',
      ...text(`pass tls any any -> any 443 (${server('api.partner.example')})`),
      fails: { [GROUP]: 'beyond' },
    },
    {
      name: 'a registered server in both directions',
      ...text(`pass tls 10.0.0.0/8 any <> any 443 (${server('api.partner.example')})`),
      fails: { [GROUP]: 'everywhere' },
    },
    {
      name: 'a rule that alerts and then stops inspecting',
      ...text('alert ip any any -> any any (bypass; sid:1;)'),
      fails: { [GROUP]: 'everywhere' },
    },
    {
      name: 'what lies outside the home network',
      ...deployed('pass tcp $HOME_NET any -> $EXTERNAL_NET 443 (sid:1;)', '10.1.0.0/16'),
      fails: { [GROUP]: 'everywhere' },
    },
    {
      name: 'a home network beyond the register',
      ...deployed('pass tcp $HOME_NET any -> 192.0.2.0/24 443 (sid:1;)', '172.16.0.0/16'),
      fails: { [GROUP]: 'beyond' },
    },
    {
      name: 'another server',
      ...text(`pass tls 10.0.0.0/8 any -> any 443 (${server('evil.example')})`),
      fails: { [GROUP]: 'domain' },
    },
    {
      name: 'a domain that only ends like a registered one',
      ...text('pass tls 10.0.0.0/8 any -> any 443 (tls.sni; dotprefix; content:".xpartner.example"; endswith; sid:1;)'),
      fails: { [GROUP]: 'domain' },
    },
    {
      name: 'a name that is matched anywhere',
      ...text('pass tls 10.0.0.0/8 any -> any 443 (tls.sni; content:"partner.example"; nocase; sid:1;)'),
      fails: { [GROUP]: 'loose' },
    },
    {
      name: 'a name that is matched without a dot before it',
      ...text('pass tls 10.0.0.0/8 any -> any 443 (tls.sni; content:"partner.example"; endswith; sid:1;)'),
      fails: { [GROUP]: 'loose' },
    },
    {
      name: 'a rule of blocks to any address',
      ...stateful({ destination: 'ANY' }),
      fails: { [GROUP]: 'everywhere' },
    },
    {
      name: 'a rule of blocks in both directions from any address',
      ...stateful({ source: 'ANY', direction: 'ANY' }),
      fails: { [GROUP]: 'beyond' },
    },
    {
      name: 'a stateless rule that passes everything',
      ...stateless({}),
      fails: { [GROUP]: 'everywhere' },
    },
    {
      name: 'a stateless rule beyond the register, with another action hidden',
      ...stateless(
        { source: [{ address_definition: '10.0.0.0/8' }], destination: { address_definition: '198.51.100.0/24' } },
        ['${var.action}', 'aws:pass'],
        { action: {} },
      ),
      fails: { [GROUP]: 'bypass' },
    },
    {
      name: 'a domain that nobody registered',
      ...domains(['.partner.example', '.example']),
      fails: { [GROUP]: 'domain' },
    },
    {
      name: 'more than the one host that is registered',
      ...domains(['.mail.other.example']),
      fails: { [GROUP]: 'domain' },
    },
    { name: 'a list of what is denied', ...domains(['.evil.example'], 'DENYLIST'), fails: { [GROUP]: 'notAllowList' } },
    { name: 'a list that only alerts', ...domains(['.evil.example'], 'ALERTLIST'), fails: { [GROUP]: 'notAllowList' } },
    {
      name: 'a managed group that is made to alert',
      ...policyOf({
        stateful_rule_group_reference: {
          resource_arn:
            'arn:aws:network-firewall:eu-west-1:aws-managed:stateful-rulegroup/AbusedLegitMalwareDomainsStrictOrder',
          override: { action: 'DROP_TO_ALERT' },
        },
      }),
      fails: { [POLICY_ADDRESS]: 'alertOnly' },
    },
  ],
  unproven: [
    {
      name: 'a rule that cannot be read',
      ...text('pass tcp 10.0.0.0/8 any -> 192.0.2.0/24 443 (sid:1;)\npass tcp 10.0.0.0/8 -> any (sid:2;)'),
      unproven: { [GROUP]: 'line 2: pass tcp 10.0.0.0/8 -> any (sid:2;) is a rule that has no destination' },
    },
    {
      name: 'rules of a variable',
      ...text('${var.rules}', {}, {}, { rules: {} }),
      unproven: { [GROUP]: 'var.rules' },
    },
    {
      name: 'an address of a variable',
      ...text('pass tcp 10.0.0.0/8 any -> ${var.partner} 443 (sid:1;)', {}, {}, { partner: {} }),
      unproven: { [GROUP]: 'var.partner' },
    },
    {
      name: 'rules of a file',
      ...text('${file("rules.txt")}'),
      unproven: { [GROUP]: 'file' },
    },
    { name: 'a group without rules', ...group(undefined), unproven: { [GROUP]: 'has no rules that the input shows' } },
    {
      name: 'an option that may narrow the rule',
      ...text('pass tls 10.0.0.0/8 any -> any 443 (tls.sni; pcre:"/^api\\\\.partner\\\\.example$/"; sid:1;)'),
      unproven: { [GROUP]: 'has a rule with pcre, whose effect is not followed' },
    },
    {
      name: 'a content of something else than the host',
      ...text(
        'pass http 10.0.0.0/8 any -> any 80 (http.host; http.uri; content:"api.partner.example"; startswith; endswith; sid:1;)',
      ),
      unproven: { [GROUP]: 'http.uri' },
    },
    {
      name: 'a size of something else than the host',
      ...text(
        'pass http 10.0.0.0/8 any -> any 80 (http.host; content:"api.partner.example"; http.uri; bsize:19; sid:1;)',
      ),
      unproven: { [GROUP]: 'http.uri' },
    },
    {
      name: 'a name that is excluded',
      ...text('pass tls 10.0.0.0/8 any -> any 443 (tls.sni; content:!"evil.example"; startswith; endswith; sid:1;)'),
      unproven: { [GROUP]: 'content' },
    },
    {
      name: 'a source whose rule may be narrower',
      ...text('pass tcp any any -> 10.0.0.0/8 443 (geoip:src,IE; sid:1;)'),
      unproven: { [GROUP]: 'geoip' },
    },
    {
      name: 'a variable that nobody defines',
      ...text('pass tcp 10.0.0.0/8 any -> $THEIRS 443 (sid:1;)'),
      unproven: { [GROUP]: '$THEIRS is defined nowhere' },
    },
    {
      name: 'the home network of no firewall',
      ...text('pass tcp $HOME_NET any -> 192.0.2.0/24 443 (sid:1;)'),
      unproven: { [GROUP]: '$HOME_NET is the network of a firewall' },
    },
    {
      name: 'the home network of a VPC with an address of a pool',
      ...deployed('pass tcp $HOME_NET any -> 192.0.2.0/24 443 (sid:1;)', null),
      unproven: { [GROUP]: 'aws_vpc.gateway.cidr_block is known only after apply' },
    },
    {
      name: 'a home network that policy and group define differently',
      ...deployed(
        'pass tcp $HOME_NET any -> 192.0.2.0/24 443 (sid:1;)',
        '10.1.0.0/16',
        { policy_variables: { rule_variables: ipSet('HOME_NET', '10.0.0.0/8') } },
        { rule_variables: { ip_sets: ipSet('HOME_NET', '10.1.0.0/16') } },
      ),
      unproven: { [GROUP]: '$HOME_NET is defined in several ways' },
    },
    {
      name: 'a variable of a definition that is hidden',
      ...text(
        'pass tcp 10.0.0.0/8 any -> $THEIRS 443 (sid:1;)',
        { rule_variables: { ip_sets: [{ key: 'THEIRS', ip_set: { definition: ['${var.partner}'] } }] } },
        {},
        { partner: {} },
      ),
      unproven: { [GROUP]: 'var.partner' },
    },
    {
      name: 'a set of addresses outside the estate',
      ...text('pass tcp 10.0.0.0/8 any -> @THEIRS 443 (sid:1;)', {
        reference_sets: {
          ip_set_references: {
            key: 'THEIRS',
            ip_set_reference: { reference_arn: 'arn:aws:ec2:eu-west-1:111111111111:prefix-list/pl-0123456789abcdef0' },
          },
        },
      }),
      unproven: { [GROUP]: 'is a set of addresses outside the estate' },
    },
    {
      name: 'a reference that the group lacks',
      ...text('pass tcp 10.0.0.0/8 any -> @THEIRS 443 (sid:1;)'),
      unproven: { [GROUP]: '@THEIRS is not referred to exactly once' },
    },
    {
      name: 'a rule of blocks with a hidden action',
      ...stateful({ destination: 'ANY' }, { action: '${var.action}' }, { action: {} }),
      unproven: { [GROUP]: 'var.action' },
    },
    {
      name: 'a rule of blocks with a hidden destination',
      ...stateful({ destination: '${var.partner}' }, {}, { partner: {} }),
      unproven: { [GROUP]: 'var.partner' },
    },
    {
      name: 'a rule of blocks with a hidden option',
      ...stateful(
        { destination: 'ANY' },
        { rule_option: [{ keyword: 'content', settings: ['${var.host}'] }] },
        { host: {} },
      ),
      unproven: { [GROUP]: 'rule_option' },
    },
    {
      name: 'a rule of blocks with an address that is none',
      ...stateful({ destination: 'partner.example' }),
      unproven: { [GROUP]: 'has partner.example for an address or a port' },
    },
    {
      name: 'a stateless rule with hidden actions',
      ...stateless({}, ['${var.action}'], { action: {} }),
      unproven: { [GROUP]: 'var.action' },
    },
    {
      name: 'a stateless rule with a hidden address',
      ...stateless(
        { source: { address_definition: '10.0.0.0/8' }, destination: { address_definition: '${var.partner}' } },
        ['aws:pass'],
        { partner: {} },
      ),
      unproven: { [GROUP]: 'var.partner' },
    },
    {
      name: 'a list with a hidden domain',
      ...domains(['.partner.example', '${var.domain}'], 'ALLOWLIST', { domain: {} }),
      unproven: { [GROUP]: 'var.domain' },
    },
    {
      name: 'a list of a hidden type',
      ...domains(['.partner.example'], '${var.type}', { type: {} }),
      unproven: { [GROUP]: 'var.type' },
    },
    {
      name: 'a group that AWS manages',
      ...policyOf({
        stateful_rule_group_reference: {
          resource_arn:
            'arn:aws:network-firewall:eu-west-1:aws-managed:stateful-rulegroup/BotNetCommandAndControlDomainsStrictOrder',
        },
      }),
      unproven: { [POLICY_ADDRESS]: 'is a rule group outside the estate' },
    },
    {
      name: 'groups of a dynamic block',
      ...policyOf(
        {
          dynamic: {
            stateful_rule_group_reference: {
              for_each: '${var.groups}',
              content: { resource_arn: '${stateful_rule_group_reference.value}' },
            },
          },
        },
        {},
        { groups: {} },
      ),
      unproven: { [POLICY_ADDRESS]: 'has a for_each that only the plan knows' },
    },
    {
      name: 'an override of a variable',
      ...policyOf(
        {
          stateful_rule_group_reference: {
            resource_arn: '${aws_networkfirewall_rule_group.flows.arn}',
            override: { action: '${var.action}' },
          },
        },
        {
          aws_networkfirewall_rule_group: {
            flows: { rule_group: { rules_source: { rules_string: 'drop ip any any -> any any (sid:1;)' } } },
          },
        },
        { action: {} },
      ),
      unproven: { [POLICY_ADDRESS]: 'var.action' },
    },
    {
      name: 'a firewall whose policy is elsewhere',
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
  ],
});
