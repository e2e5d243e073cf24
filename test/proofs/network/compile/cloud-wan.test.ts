import { describe, expect, test } from 'vitest';
import { attachmentsIn, networkOf, unmodelledIn } from '../../../support/network-ways.ts';

const CORE = '${aws_networkmanager_core_network.core.id}';

function vpc(name: string, block: string) {
  return {
    aws_vpc: { [name]: { cidr_block: block } },
    aws_subnet: { [name]: { vpc_id: `\${aws_vpc.${name}.id}`, cidr_block: block, availability_zone: 'eu-west-1a' } },
    attachment: {
      [name]: {
        core_network_id: CORE,
        vpc_arn: `\${aws_vpc.${name}.arn}`,
        subnet_arns: [`\${aws_subnet.${name}.arn}`],
        tags: { segment: name },
      },
    },
  };
}

const SEGMENT = { 'require-attachment-acceptance': false };
const BY_TAG = {
  'rule-number': 100,
  conditions: [{ type: 'tag-exists', key: 'segment' }],
  action: { 'association-method': 'tag', 'tag-value-of-key': 'segment' },
};

/** A core network with VPCs `a` and `b`, each in the segment of its name unless the policy says otherwise. */
function core(policy: unknown, rest: { readonly [type: string]: unknown } = {}) {
  const [a, b] = [vpc('a', '10.1.0.0/16'), vpc('b', '10.2.0.0/16')];
  return networkOf({
    aws_vpc: { ...a.aws_vpc, ...b.aws_vpc },
    aws_subnet: { ...a.aws_subnet, ...b.aws_subnet },
    aws_networkmanager_core_network: { core: { global_network_id: 'global-network-1' } },
    aws_networkmanager_core_network_policy_attachment: {
      core: { core_network_id: CORE, policy_document: typeof policy === 'string' ? policy : JSON.stringify(policy) },
    },
    aws_networkmanager_vpc_attachment: { ...a.attachment, ...b.attachment },
    ...rest,
  });
}

const segments = (...rest: readonly object[]) => [
  { name: 'a', ...SEGMENT, ...rest[0] },
  { name: 'b', ...SEGMENT, ...rest[1] },
];

const A = 'aws_networkmanager_vpc_attachment.a';
const B = 'aws_networkmanager_vpc_attachment.b';
const tableOf = (name: string) => `segment ${name} of aws_networkmanager_core_network.core`;

describe('a core network', () => {
  test('keeps segments apart that nothing shares', () => {
    expect(attachmentsIn(core({ segments: segments(), 'attachment-policies': [BY_TAG] }))).toStrictEqual([
      `${A} to aws_vpc.a: ${tableOf('a')} {10.1.0.0/16 by ${A}}`,
      `${B} to aws_vpc.b: ${tableOf('b')} {10.2.0.0/16 by ${B}}`,
    ]);
  });

  test.each([
    ['*', '*'],
    ['a name', ['b']],
    ['all but others', { except: ['c'] }],
  ])('joins segments that share, by %s', (_, shareWith) => {
    const policy = {
      segments: segments(),
      'attachment-policies': [BY_TAG],
      'segment-actions': [{ action: 'share', mode: 'attachment-route', segment: 'a', 'share-with': shareWith }],
    };
    expect(attachmentsIn(core(policy))).toStrictEqual([
      `${A} to aws_vpc.a: ${tableOf('a')} {10.1.0.0/16 by ${A}, 10.2.0.0/16 by ${B}}`,
      `${B} to aws_vpc.b: ${tableOf('b')} {10.1.0.0/16 by ${A}, 10.2.0.0/16 by ${B}}`,
    ]);
  });

  test('heeds filters of segments, and isolation within one', () => {
    const share = [{ action: 'share', segment: 'a', 'share-with': ['b'] }];
    const policy = {
      segments: segments({ 'deny-filter': ['b'], 'isolate-attachments': true }),
      'attachment-policies': [BY_TAG],
      'segment-actions': share,
    };
    expect(attachmentsIn(core(policy))[0]).toBe(`${A} to aws_vpc.a: ${tableOf('a')} {}`);
  });

  test('sends traffic between segments by network functions', () => {
    const gate = vpc('gate', '10.9.0.0/16');
    const policy = {
      segments: segments(),
      'network-function-groups': [{ name: 'firewalls', 'require-attachment-acceptance': false }],
      'attachment-policies': [
        {
          'rule-number': 50,
          conditions: [{ type: 'tag-value', key: 'segment', operator: 'equals', value: 'gate' }],
          action: { 'add-to-network-function-group': 'firewalls' },
        },
        BY_TAG,
      ],
      'segment-actions': [
        {
          action: 'send-via',
          segment: 'a',
          mode: 'single-hop',
          'when-sent-to': { segments: ['b'] },
          via: { 'network-function-groups': ['firewalls'] },
        },
      ],
    };
    const [a, b] = [vpc('a', '10.1.0.0/16'), vpc('b', '10.2.0.0/16')];
    const topology = core(policy, {
      aws_vpc: { ...a.aws_vpc, ...b.aws_vpc, ...gate.aws_vpc },
      aws_subnet: { ...a.aws_subnet, ...b.aws_subnet, ...gate.aws_subnet },
      aws_networkmanager_vpc_attachment: { ...a.attachment, ...b.attachment, ...gate.attachment },
    });
    const GATE = 'aws_networkmanager_vpc_attachment.gate';
    expect(attachmentsIn(topology)).toStrictEqual([
      `${A} to aws_vpc.a: ${tableOf('a')} {10.1.0.0/16 by ${A}, 10.2.0.0/16 by ${GATE}}`,
      `${B} to aws_vpc.b: ${tableOf('b')} {10.1.0.0/16 by ${GATE}, 10.2.0.0/16 by ${B}}`,
      `${GATE} to aws_vpc.gate: ${tableOf('firewalls')} {10.1.0.0/16 by ${A}, 10.2.0.0/16 by ${B}}`,
    ]);
  });

  test('has the routes that its policy writes', () => {
    const policy = {
      segments: segments(),
      'attachment-policies': [BY_TAG],
      'segment-actions': [
        {
          action: 'create-route',
          segment: 'a',
          'destination-cidr-blocks': ['0.0.0.0/0'],
          destinations: ['attachment-01'],
        },
        {
          action: 'create-route',
          segment: 'a',
          'destination-cidr-blocks': ['10.8.0.0/16'],
          destinations: ['blackhole'],
        },
      ],
    };
    expect(attachmentsIn(core(policy))[0]).toBe(
      `${A} to aws_vpc.a: ${tableOf('a')} {10.1.0.0/16 by ${A}, 0.0.0.0/0 by hidden, 10.8.0.0/16 by blackhole}`,
    );
  });

  test('reads the data source that renders a policy', () => {
    const topology = networkOf(
      {
        aws_networkmanager_core_network: { core: { global_network_id: 'global-network-1' } },
        aws_networkmanager_core_network_policy_attachment: {
          core: {
            core_network_id: CORE,
            policy_document: '${data.aws_networkmanager_core_network_policy_document.core.json}',
          },
        },
        ...(({ attachment, ...rest }) => ({ ...rest, aws_networkmanager_vpc_attachment: attachment }))(
          vpc('a', '10.1.0.0/16'),
        ),
      },
      {
        data: {
          aws_networkmanager_core_network_policy_document: {
            core: {
              segments: [{ name: 'a', require_attachment_acceptance: false }],
              attachment_policies: [
                {
                  rule_number: 1,
                  conditions: [{ type: 'any' }],
                  action: [{ association_method: 'constant', segment: 'a' }],
                },
              ],
            },
          },
        },
      },
    );
    expect(attachmentsIn(topology)).toStrictEqual([`${A} to aws_vpc.a: ${tableOf('a')} {10.1.0.0/16 by ${A}}`]);
  });

  test('attaches only perhaps what nobody accepts, and whatever a rule does not decide', () => {
    const policy = { segments: [{ name: 'a' }, { name: 'b', ...SEGMENT }], 'attachment-policies': [BY_TAG] };
    expect(attachmentsIn(core(policy))[0]).toMatch(/^aws_networkmanager_vpc_attachment.a to aws_vpc.a \? /);
    const byId = { 'rule-number': 1, conditions: [{ type: 'resource-id', value: 'vpc-1' }], action: { segment: 'b' } };
    expect(attachmentsIn(core({ segments: segments(), 'attachment-policies': [byId, BY_TAG] }))[0]).toContain(
      'segment a of aws_networkmanager_core_network.core {',
    );
  });

  test.each([
    '${var.policy}',
    '{',
    JSON.stringify({ segments: [{ name: 'a' }], 'segment-actions': [{ action: 'teleport' }] }),
  ])('joins everything with everything where its policy is not read: %s', (policy) => {
    const [first = ''] = attachmentsIn(core(policy));
    expect(first).toContain(`10.1.0.0/16 by ${A}, 10.2.0.0/16 by ${B}`);
    expect(first).toMatch(/^aws_networkmanager_vpc_attachment.a to aws_vpc.a \? /);
  });

  test('is led to by routes of VPCs', () => {
    const topology = core(
      { segments: segments(), 'attachment-policies': [BY_TAG] },
      {
        aws_route_table: {
          a: {
            vpc_id: '${aws_vpc.a.id}',
            route: [{ cidr_block: '0.0.0.0/0', core_network_arn: '${aws_networkmanager_core_network.core.arn}' }],
          },
        },
        aws_route_table_association: {
          a: { subnet_id: '${aws_subnet.a.id}', route_table_id: '${aws_route_table.a.id}' },
        },
      },
    );
    const subnet = topology.subnets.find(({ origin }) => origin.name === 'aws_subnet.a');
    const targets = subnet?.tables.flatMap(({ item }) => item.routes.map(({ target }) => target.kind));
    expect(targets).toContain('transit');
    expect(unmodelledIn(topology)).toStrictEqual([]);
  });
});
