import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';
import { keyOf } from '../encryption/key-of.ts';
import { defineCheck, type Inspection, type Outcome } from '../check.ts';
import { appliances } from './declared-gateways.ts';
import { balancerSubnets } from './gateway-networks.ts';
import { exposureOf, SUBNET_TYPES } from '../subnet-tier.ts';

const FIREWALL = 'aws_networkfirewall_firewall';
const BALANCERS = ['aws_lb', 'aws_alb'] as const;

const messages = {
  unprotected: ({ argument, value }: { readonly argument: string; readonly value: string }) =>
    `has ${argument} ${value}, so one call changes or removes it`,
  ownedKey: 'is encrypted with a key that AWS owns (encryption_configuration names no customer key)',
  awsManaged: ({ key }: { readonly key: string }) => `is encrypted with ${key}, a key that AWS manages`,
};

type Inspect = Inspection<typeof messages>;

// prevent_destroy is not asked for: delete_protection refuses the same deletion in AWS, whoever asks for it, and a plan
// does not show lifecycle arguments, so no plan could ever be proved.
export default defineCheck({
  id: 'GTW-008',
  why: 'Who can delete a gateway, exchange its policy or move its endpoints with one call opens the enclave without touching a rule.',
  fix: 'Set delete_protection, firewall_policy_change_protection and subnet_change_protection to true (for a firewall of a transit gateway availability_zone_change_protection), enable_deletion_protection on the load balancers of gateways and disable_api_termination on appliances; encrypt the firewall with type CUSTOMER_KMS and a key_id of the enclave.',
  references: [
    'https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_Firewall.html',
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/kms-encryption-at-rest.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#deletion-protection',
  ],
  resourceTypes: [FIREWALL, ...BALANCERS, 'aws_instance', ...SUBNET_TYPES],

  messages,

  subjects: (context) =>
    [
      ...context.estate.ofType(FIREWALL),
      ...context.estate.ofType(...BALANCERS).filter((balancer) => isOfGateway(balancer, context) !== false),
      ...appliances(context).filter(({ type }) => type === 'aws_instance'),
    ].map((resource) => ({ kind: 'resource', resource })),

  inspect({ resource }, inspection) {
    if (resource.type === FIREWALL) return judgeFirewall(resource, inspection);
    if (resource.type === 'aws_instance') return judgeProtection(resource, 'disable_api_termination', inspection);
    const outcome = judgeProtection(resource, 'enable_deletion_protection', inspection);
    const isGateways = isOfGateway(resource, inspection);
    return outcome.verdict === 'fail' && isHidden(isGateways) ? inspection.unproven(isGateways) : outcome;
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_kms_key: { gateway: {} },
              aws_networkfirewall_firewall: {
                gateway: {
                  delete_protection: true,
                  firewall_policy_change_protection: true,
                  subnet_change_protection: true,
                  encryption_configuration: { type: 'CUSTOMER_KMS', key_id: '${aws_kms_key.gateway.arn}' },
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
              aws_networkfirewall_firewall: {
                gateway: { delete_protection: true, firewall_policy_change_protection: true },
              },
            },
          },
        },
      },
    ],
  },
});

/** Whether a load balancer spreads traffic over gateways, is a front door, or stands beside gateways in their subnets. */
function isOfGateway(
  balancer: Resource,
  { estate, policy }: { readonly estate: Estate; readonly policy: Policy },
): boolean | Hidden {
  const type = asString(estate.effective(balancer, 'load_balancer_type'));
  const isInternal = asBoolean(estate.effective(balancer, 'internal'));
  if (type === 'gateway' || isInternal === false) return true;
  const beside = balancerSubnets(balancer).map((value) => isGatewaySubnet(value, estate, policy));
  if (beside.includes(true)) return true;
  return [type, isInternal, ...beside].find(isHidden) ?? false;
}

function isGatewaySubnet(value: Value, estate: Estate, policy: Policy): boolean | Hidden {
  const target = estate.resolve(value, SUBNET_TYPES);
  switch (target.kind) {
    case 'resource': {
      const exposure = exposureOf(target.resource, policy);
      return isHidden(exposure) ? exposure : exposure === 'gateway';
    }
    case 'hidden':
      return target.value;
    case 'outside':
      return unknown('missing-object', target.text, 'is a subnet outside the estate');
    case 'none':
      return false;
  }
}

function judgeFirewall(firewall: Resource, inspection: Inspect): Outcome {
  const { all } = inspection;
  return all([
    judgeProtection(firewall, 'delete_protection', inspection),
    judgeProtection(firewall, 'firewall_policy_change_protection', inspection),
    ...judgeAttachment(firewall, inspection),
    judgeKey(firewall, inspection),
  ]);
}

/** A firewall of a VPC has subnets that may be changed, one of a transit gateway has zones instead. */
function judgeAttachment(firewall: Resource, inspection: Inspect): readonly Outcome[] {
  const transit = firewall.attribute('transit_gateway_id');
  const subnets = judgeProtection(firewall, 'subnet_change_protection', inspection);
  if (transit.kind === 'null') return [subnets];
  const zones = judgeProtection(firewall, 'availability_zone_change_protection', inspection);
  if (transit.kind !== 'unknown') return [zones];
  // It may be null, so either may be the one that counts.
  const { unproven } = inspection;
  return [zones, subnets].map((outcome) => (outcome.verdict === 'fail' ? unproven(transit) : outcome));
}

function judgeProtection(resource: Resource, argument: string, { estate, pass, fail, unproven }: Inspect): Outcome {
  const value = estate.effective(resource, argument);
  const isOn = asBoolean(value);
  if (isHidden(isOn)) return unproven(isOn);
  if (isOn === true) return pass();
  return fail({ path: [argument], value }, 'unprotected', { argument, value: isOn === null ? 'unset' : 'false' });
}

function judgeKey(firewall: Resource, inspection: Inspect): Outcome {
  const { estate, pass, fail, unproven } = inspection;
  const typePath = ['encryption_configuration', 'type'];
  const keyPath = ['encryption_configuration', 'key_id'];
  const type = asString(estate.effective(firewall, ...typePath));
  if (type === 'AWS_OWNED_KMS_KEY') return fail({ path: typePath, value: firewall.attribute(...typePath) }, 'ownedKey');
  const value = firewall.attribute(...keyPath);
  const target = keyOf(value, firewall, inspection);
  switch (target.kind) {
    case 'aws-managed':
      return fail({ path: keyPath, value }, 'awsManaged', { key: target.name });
    case 'hidden':
      return unproven(target.value);
    case 'outside':
      return unproven(unknown('missing-object', target.arn, 'is a key outside the estate and the register'));
    case 'none':
      return isHidden(type) ? unproven(type) : fail({ path: keyPath, value }, 'ownedKey');
    case 'key':
    case 'registered':
      return isHidden(type) ? unproven(type) : pass();
  }
}
