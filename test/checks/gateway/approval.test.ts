import { describe, expect, it } from 'vitest';
import type { StackJson } from '../../../checks/check.ts';
import { exampleNetwork } from '../../../checks/example-network.ts';
import { approvalOf } from '../../../checks/gateway/approval.ts';
import { describeHidden, type Hidden } from '../../../model/value.ts';
import { estateOf, policyOf } from '../../../checks/example-estate.ts';

interface Resources {
  readonly [type: string]: { readonly [name: string]: object };
}

const FIREWALL_POLICY = 'aws_networkfirewall_firewall_policy';
const RULE_GROUP = 'aws_networkfirewall_rule_group';
const IMAGE = 'ami-0123456789abcdef0';

const EVIDENCE = {
  id: 'west-appliance',
  kind: 'appliance',
  subject: 'west-data',
  states: 'Drops by default',
  issuer: 'Watch AS',
  issued: '2026-01-01',
  expires: '2027-12-31',
  document: 'Acceptance test',
};

/** What is thought of the only gateway of a policy, as `approved`, or the kind and its reasons. */
function approval(gateway: object, stack: StackJson, evidence: readonly object[] = [EVIDENCE]): readonly string[] {
  const declared = { id: 'west-data', site: 'west', purpose: 'data-transmission', stack: 'west', ...gateway };
  const example = { stacks: { west: stack }, policy: { gateways: [declared], evidence } };
  const policy = policyOf(example);
  const [only] = policy.gateways;
  if (only === undefined) throw new TypeError('the policy has no gateway');
  const found = approvalOf(only, { estate: estateOf(example), policy, asOf: '2026-11-01' });
  switch (found.kind) {
    case 'approved':
    case 'absent':
      return [found.kind];
    case 'refused':
      return ['refused', ...found.reasons];
    case 'doubtful':
      return ['doubtful', ...found.because.map(told)];
  }
}

function told(value: Hidden): string {
  return value.kind === 'unknown' ? `${value.expression} ${value.detail}` : describeHidden(value);
}

const FIREWALL = { kind: 'network-firewall', address: 'aws_networkfirewall_firewall.gateway' };

/** The firewall of the example network, with other resources instead or besides. */
const firewall = (changes: Resources = {}, rest: object = {}) => {
  const { resource } = exampleNetwork();
  return approval(FIREWALL, { ...rest, resource: { ...(resource as Resources), ...changes } });
};

const policed = (firewall_policy: object, more: Resources = {}, rest: object = {}) =>
  firewall(
    {
      [FIREWALL_POLICY]: {
        gateway: {
          name: 'gateway',
          firewall_policy: {
            stateless_default_actions: ['aws:forward_to_sfe'],
            stateless_fragment_default_actions: ['aws:forward_to_sfe'],
            stateful_default_actions: ['aws:drop_strict'],
            stateful_engine_options: { rule_order: 'STRICT_ORDER', stream_exception_policy: 'DROP' },
            ...firewall_policy,
          },
        },
      },
      ...more,
    },
    rest,
  );

const refers = { resource_arn: '${aws_networkfirewall_rule_group.rules.arn}' };

const ruled = (rule_group: object, type = 'STATEFUL') =>
  policed(
    { [`${type.toLowerCase()}_rule_group_reference`]: { ...refers, priority: 1 } },
    { [RULE_GROUP]: { rules: { name: 'rules', type, capacity: 10, rule_group } } },
  );

const stateless = (destination: string) =>
  ruled(
    {
      rules_source: {
        stateless_rules_and_custom_actions: {
          stateless_rule: {
            priority: 1,
            rule_definition: {
              actions: ['aws:pass'],
              match_attributes: {
                source: { address_definition: '10.0.0.0/16' },
                destination: { address_definition: destination },
              },
            },
          },
        },
      },
    },
    'STATELESS',
  );

describe('a firewall', () => {
  it('is approved when it inspects, drops by default and logs', () => {
    expect(firewall()).toEqual(['approved']);
    expect(policed({ stateful_default_actions: ['aws:drop_established'] })).toEqual(['approved']);
  });

  it('is refused for what lets packets past its stateful rules', () => {
    expect(policed({ stateless_default_actions: ['aws:pass'] })).toEqual([
      'refused',
      `${FIREWALL_POLICY}.gateway has aws:pass in stateless_default_actions, so packets get past the stateful rules (GTW-005)`,
    ]);
    expect(policed({ stateless_fragment_default_actions: ['aws:pass'] })).toEqual([
      'refused',
      `${FIREWALL_POLICY}.gateway has aws:pass in stateless_fragment_default_actions, so packets get past the stateful rules (GTW-005)`,
    ]);
    expect(stateless('192.0.2.0/24')).toEqual([
      'refused',
      expect.stringMatching(
        /^aws_networkfirewall_rule_group\.rules lets packets past the stateful rules: .*\(GTW-006\)$/,
      ),
    ]);
    expect(stateless('10.1.0.0/16')).toEqual(['approved']);
  });

  it('is refused for an order in which, or defaults by which, what no rule names passes', () => {
    expect(
      policed({ stateful_engine_options: { rule_order: 'DEFAULT_ACTION_ORDER' }, stateful_default_actions: [] }),
    ).toEqual([
      'refused',
      `${FIREWALL_POLICY}.gateway has rule_order DEFAULT_ACTION_ORDER, in which what no rule names passes (GTW-005)`,
    ]);
    expect(policed({ stateful_default_actions: ['aws:alert_strict'] })).toEqual([
      'refused',
      `${FIREWALL_POLICY}.gateway has aws:alert_strict in stateful_default_actions, so what no rule names passes (GTW-005)`,
    ]);
  });

  it('is refused for connections that go on without context', () => {
    expect(
      policed({ stateful_engine_options: { rule_order: 'STRICT_ORDER', stream_exception_policy: 'CONTINUE' } }),
    ).toEqual(['refused', expect.stringContaining('has stream_exception_policy CONTINUE')]);
  });

  it('is refused for a rule that passes everything, not for one beyond the register', () => {
    const beyond = 'pass ip 10.0.0.0/16 any -> 192.0.2.0/24 any (sid:1;)';
    const everywhere = 'pass ip 10.0.0.0/16 any -> any any (sid:2;)';
    expect(ruled({ rules_source: { rules_string: beyond } })).toEqual(['approved']);
    // The rule of another fault in front of it does not hide it.
    expect(ruled({ rules_source: { rules_string: `${beyond}\n${everywhere}` } })).toEqual([
      'refused',
      `${RULE_GROUP}.rules passes traffic to the world: pass ip 10.0.0.0/16 any -> any any (GTW-006)`,
    ]);
  });

  it('is refused for a rule group that only alerts', () => {
    const rules = {
      rules: { name: 'rules', type: 'STATEFUL', capacity: 10, rule_group: { rules_source: { rules_string: '' } } },
    };
    expect(
      policed(
        { stateful_rule_group_reference: { ...refers, priority: 1, override: { action: 'DROP_TO_ALERT' } } },
        { [RULE_GROUP]: rules },
      ),
    ).toEqual(['refused', `${FIREWALL_POLICY}.gateway overrides ${RULE_GROUP}.rules with DROP_TO_ALERT (GTW-006)`]);
  });

  it('is refused without its logs', () => {
    expect(firewall({ aws_networkfirewall_logging_configuration: {} })).toEqual([
      'refused',
      expect.stringMatching(/^aws_networkfirewall_firewall\.gateway .*\(GTW-009\)$/),
    ]);
  });

  it('is refused where the two directions of a connection may meet different endpoints', () => {
    expect(zoned({})).toEqual([
      'refused',
      'aws_ec2_transit_gateway_vpc_attachment.sites leads to aws_vpc.ledger in several zones without appliance mode',
    ]);
    expect(zoned({ appliance_mode_support: 'enable' })).toEqual(['approved']);
    expect(zoned({ subnet_ids: ['${aws_subnet.gateway.id}'] })).toEqual(['approved']);
    expect(zoned({ appliance_mode_support: '${var.mode}' })).toEqual([
      'doubtful',
      expect.stringContaining('var.mode has no value in this run'),
    ]);
  });

  it('is in doubt as long as something hides what it does', () => {
    const { resource } = exampleNetwork();
    const { [FIREWALL_POLICY]: _policy, ...others } = resource as Resources;
    const foreign = {
      ...others,
      aws_networkfirewall_firewall: {
        gateway: {
          ...others['aws_networkfirewall_firewall']?.['gateway'],
          firewall_policy_arn: 'arn:aws:network-firewall:eu-west-1:111111111111:firewall-policy/shared',
        },
      },
    };
    expect(approval(FIREWALL, { resource: foreign })).toEqual([
      'doubtful',
      expect.stringContaining('is a firewall policy outside the estate'),
    ]);
    expect(
      policed({ stateless_default_actions: ['${var.action}'] }, {}, { variable: { action: { type: 'string' } } }),
    ).toEqual(['doubtful', expect.stringContaining('var.action')]);
  });

  it('is absent when nothing has its address, and refused when something else has', () => {
    const { resource } = exampleNetwork();
    expect(approval({ ...FIREWALL, address: 'aws_networkfirewall_firewall.other' }, { resource })).toEqual(['absent']);
    expect(approval({ ...FIREWALL, address: 'aws_subnet.gateway' }, { resource })).toEqual([
      'refused',
      'is no aws_networkfirewall_firewall',
    ]);
  });
});

/** The firewall with endpoints in two zones, behind a transit gateway. */
function zoned(attachment: object): readonly string[] {
  const { resource } = exampleNetwork();
  const resources = resource as Resources;
  return firewall(
    {
      aws_subnet: {
        ...resources['aws_subnet'],
        second: {
          vpc_id: '${aws_vpc.ledger.id}',
          cidr_block: '10.0.4.0/24',
          availability_zone_id: 'euw1-az2',
          tags: { 'ledger:tier': 'gateway' },
        },
      },
      aws_networkfirewall_firewall: {
        gateway: {
          ...resources['aws_networkfirewall_firewall']?.['gateway'],
          subnet_mapping: [{ subnet_id: '${aws_subnet.gateway.id}' }, { subnet_id: '${aws_subnet.second.id}' }],
        },
      },
      aws_ec2_transit_gateway: { sites: {} },
      aws_ec2_transit_gateway_vpc_attachment: {
        sites: {
          transit_gateway_id: '${aws_ec2_transit_gateway.sites.id}',
          vpc_id: '${aws_vpc.ledger.id}',
          subnet_ids: ['${aws_subnet.gateway.id}', '${aws_subnet.second.id}'],
          ...attachment,
        },
      },
    },
    { variable: { mode: { type: 'string' } } },
  );
}

const APPLIANCE = { kind: 'appliance', address: 'aws_instance.appliance', image: IMAGE };

const appliance = (
  instance: object,
  gateway: object = {},
  evidence: readonly object[] = [EVIDENCE],
  more: Resources = {},
) =>
  approval(
    { ...APPLIANCE, ...gateway },
    {
      variable: { image: { type: 'string' } },
      resource: { ...more, aws_instance: { appliance: { ami: IMAGE, source_dest_check: false, ...instance } } },
    },
    evidence,
  );

describe('an appliance', () => {
  it('is approved when it forwards, runs the inspected image and somebody attests it', () => {
    expect(appliance({})).toEqual(['approved']);
  });

  it('is refused when it forwards nothing', () => {
    const reason = 'aws_instance.appliance forwards nothing (source_dest_check is not false)';
    expect(appliance({ source_dest_check: true })).toEqual(['refused', reason]);
    expect(appliance({ source_dest_check: null })).toEqual(['refused', reason]);
    expect(
      appliance(
        { network_interface: { device_index: 0, network_interface_id: '${aws_network_interface.own.id}' } },
        {},
        [EVIDENCE],
        {
          aws_network_interface: { own: { subnet_id: 'subnet-0123456789abcdef0' } },
        },
      ),
    ).toEqual(['refused', 'aws_network_interface.own forwards nothing (source_dest_check is not false)']);
  });

  it('is refused when it runs another image than was inspected, or none was', () => {
    expect(appliance({ ami: 'ami-0fedcba9876543210' })).toEqual([
      'refused',
      `aws_instance.appliance runs ami-0fedcba9876543210, and ${IMAGE} was inspected`,
    ]);
    expect(appliance({ ami: null })).toEqual([
      'refused',
      `aws_instance.appliance runs no image, and ${IMAGE} was inspected`,
    ]);
    expect(
      approval(
        { ...APPLIANCE, image: undefined },
        { resource: { aws_instance: { appliance: { ami: IMAGE, source_dest_check: false } } } },
      ),
    ).toEqual(['refused', 'the policy registers no image for west-data']);
  });

  it('takes the image of a launch template', () => {
    const launched = (image_id: string) =>
      appliance({ ami: null, launch_template: { id: '${aws_launch_template.appliance.id}' } }, {}, [EVIDENCE], {
        aws_launch_template: { appliance: { image_id } },
      });
    expect(launched(IMAGE)).toEqual(['approved']);
    expect(launched('ami-0fedcba9876543210')).toEqual([
      'refused',
      `aws_launch_template.appliance runs ami-0fedcba9876543210, and ${IMAGE} was inspected`,
    ]);
  });

  it('is in doubt without evidence in force, or with an image that is hidden', () => {
    const lack = 'west-data is an appliance, and what it does only evidence shows';
    expect(appliance({}, {}, [])).toEqual([
      'doubtful',
      `${lack}: the policy has no evidence of kind appliance for west-data`,
    ]);
    expect(appliance({}, {}, [{ ...EVIDENCE, expires: '2026-10-31' }])).toEqual([
      'doubtful',
      `${lack}: the evidence west-appliance expired on 2026-10-31`,
    ]);
    expect(appliance({}, {}, [{ ...EVIDENCE, issued: '2026-11-02' }])).toEqual([
      'doubtful',
      `${lack}: the evidence west-appliance holds only from 2026-11-02`,
    ]);
    expect(appliance({ ami: '${var.image}' })).toEqual([
      'doubtful',
      expect.stringContaining('var.image has no value in this run'),
    ]);
    expect(appliance({ source_dest_check: '${var.image}' })).toEqual([
      'doubtful',
      expect.stringContaining('var.image has no value in this run'),
    ]);
  });
});

/** A fleet behind a gateway load balancer. */
const fleet = (change: { readonly balancer?: object; readonly group?: object; readonly image?: string }) =>
  approval(
    { kind: 'appliance', address: 'aws_lb.fleet', image: IMAGE },
    {
      resource: {
        aws_lb: { fleet: { load_balancer_type: 'gateway', subnets: ['subnet-0123456789abcdef0'], ...change.balancer } },
        aws_lb_listener: {
          fleet: {
            load_balancer_arn: '${aws_lb.fleet.arn}',
            default_action: { type: 'forward', target_group_arn: '${aws_lb_target_group.fleet.arn}' },
          },
        },
        aws_lb_target_group: {
          fleet: {
            protocol: 'GENEVE',
            port: 6081,
            health_check: { protocol: 'HTTP', port: 8080, path: '/healthy' },
            target_failover: { on_deregistration: 'rebalance', on_unhealthy: 'rebalance' },
            ...change.group,
          },
        },
        aws_autoscaling_group: {
          fleet: {
            target_group_arns: ['${aws_lb_target_group.fleet.arn}'],
            vpc_zone_identifier: ['subnet-0123456789abcdef0'],
            launch_template: { id: '${aws_launch_template.fleet.id}', version: '1' },
          },
        },
        aws_launch_template: { fleet: { image_id: change.image ?? IMAGE } },
      },
    },
  );

describe('a fleet of appliances', () => {
  it('is refused behind a balancer that is none of type gateway', () => {
    expect(fleet({ balancer: { load_balancer_type: 'network' } })).toEqual([
      'refused',
      'aws_lb.fleet is a load balancer of type network',
    ]);
  });

  it('is refused when it does not fail closed', () => {
    expect(fleet({ group: { target_failover: undefined } })).toEqual([
      'refused',
      expect.stringMatching(/^aws_lb\.fleet sends traffic to aws_lb_target_group\.fleet, .*\(GTW-012\)$/),
    ]);
  });

  it('is refused when it scales with another image than was inspected', () => {
    expect(fleet({ image: 'ami-0fedcba9876543210' })).toEqual([
      'refused',
      `aws_launch_template.fleet runs ami-0fedcba9876543210, and ${IMAGE} was inspected`,
    ]);
  });

  it('is in doubt where its machines are hidden', () => {
    expect(fleet({})).toEqual(['doubtful', expect.stringContaining('subnet-0123456789abcdef0')]);
  });
});

const PEOPLE = {
  kind: 'verified-access',
  address: 'aws_verifiedaccess_instance.access',
  purpose: 'employee-access',
};

const POLICY = 'permit(principal, action, resource) when { context.person.id != "" && context.device.risk == "low" };';

const verified = (policy_document: string, more: Resources = {}) =>
  approval(PEOPLE, {
    resource: {
      aws_verifiedaccess_instance: { access: {} },
      aws_verifiedaccess_trust_provider: {
        person: {
          trust_provider_type: 'user',
          user_trust_provider_type: 'iam-identity-center',
          policy_reference_name: 'person',
        },
        device: { trust_provider_type: 'device', device_trust_provider_type: 'jamf', policy_reference_name: 'device' },
      },
      aws_verifiedaccess_instance_trust_provider_attachment: {
        person: attached('person'),
        device: attached('device'),
      },
      aws_verifiedaccess_instance_logging_configuration: {
        access: {
          verifiedaccess_instance_id: '${aws_verifiedaccess_instance.access.id}',
          access_logs: { s3: { enabled: true, bucket_name: 'ledger-archive' } },
        },
      },
      aws_verifiedaccess_group: {
        access: { verifiedaccess_instance_id: '${aws_verifiedaccess_instance.access.id}', policy_document },
      },
      ...more,
    },
  });

function attached(provider: string): object {
  return {
    verifiedaccess_instance_id: '${aws_verifiedaccess_instance.access.id}',
    verifiedaccess_trust_provider_id: `\${aws_verifiedaccess_trust_provider.${provider}.id}`,
  };
}

describe('a gateway for people', () => {
  it('is approved when it asks for person and device, and keeps a record', () => {
    expect(verified(POLICY)).toEqual(['approved']);
  });

  it('is refused for a group that lets everybody in', () => {
    expect(verified('permit(principal, action, resource);')).toEqual([
      'refused',
      expect.stringMatching(/^aws_verifiedaccess_group\.access lets in any person.*\(GTW-011\)$/),
    ]);
  });

  it('is refused without a record of who came in', () => {
    expect(verified(POLICY, { aws_verifiedaccess_instance_logging_configuration: {} })).toEqual([
      'refused',
      'aws_verifiedaccess_instance.access has no access log, so nobody sees who came in (GTW-011)',
    ]);
  });

  it('is refused for a rule of a Client VPN that lets everybody in', () => {
    const vpn = (rule: object) =>
      approval(
        { kind: 'client-vpn', address: 'aws_ec2_client_vpn_endpoint.people', purpose: 'employee-access' },
        {
          resource: {
            aws_ec2_client_vpn_endpoint: {
              people: {
                authentication_options: [
                  {
                    type: 'federated-authentication',
                    saml_provider_arn: 'arn:aws:iam::111111111111:saml-provider/people',
                  },
                  {
                    type: 'certificate-authentication',
                    root_certificate_chain_arn:
                      'arn:aws:acm:eu-west-1:111111111111:certificate/00000000-0000-4000-8000-000000000000',
                  },
                ],
                connection_log_options: { enabled: true, cloudwatch_log_group: 'people' },
                session_timeout_hours: 8,
              },
            },
            aws_ec2_client_vpn_authorization_rule: {
              ledger: {
                client_vpn_endpoint_id: '${aws_ec2_client_vpn_endpoint.people.id}',
                target_network_cidr: '10.0.1.0/24',
                ...rule,
              },
            },
          },
        },
      );
    expect(vpn({ access_group_id: 'operators' })).toEqual(['approved']);
    expect(vpn({ authorize_all_groups: true })).toEqual([
      'refused',
      'aws_ec2_client_vpn_authorization_rule.ledger authorises everybody of the identity provider (authorize_all_groups) (GTW-011)',
    ]);
  });
});
