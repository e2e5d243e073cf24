import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { type Hidden, unknown } from '../../model/value.ts';
import type { Gateway, Policy } from '../../policy/policy.ts';
import type { Context } from '../check.ts';
import { evidenceFor } from '../evidence.ts';

/** What the policy's stack and address lead to. */
export type GatewayTarget =
  | { readonly kind: 'resource'; readonly resource: Resource }
  | { readonly kind: 'hidden'; readonly value: Hidden }
  | { readonly kind: 'absent' };

/** Resource types that a gateway of each kind is made of. */
export const GATEWAY_TYPES: Readonly<Record<Gateway['kind'], readonly string[]>> = {
  'network-firewall': ['aws_networkfirewall_firewall'],
  // One instance, or a fleet behind a load balancer of type gateway.
  appliance: ['aws_instance', 'aws_lb', 'aws_alb'],
  'verified-access': ['aws_verifiedaccess_instance'],
  'client-vpn': ['aws_ec2_client_vpn_endpoint'],
};

/** The resource that the policy declares as a gateway. */
export function gatewayTarget({ stack, address }: Gateway, estate: Estate): GatewayTarget {
  const hidden = (detail: string): GatewayTarget => ({
    kind: 'hidden',
    value: unknown('missing-object', `${stack}: ${address}`, detail),
  });
  const holder = estate.stacks.find(({ name }) => name === stack);
  if (holder === undefined) return hidden('is in a stack that the input does not hold');
  const resource = estate.find({ stack, address });
  if (resource === null) {
    const isInModule = address.startsWith('module.') && holder.modules.length > 0;
    return isInModule ? hidden('is in a module, which only the plan shows') : { kind: 'absent' };
  }
  if (resource.init.mode === 'data') return hidden('is read by a data source, so what it is made of is not known');
  if (resource.init.isSymbolic) return hidden('has a count or for_each that only the plan knows');
  return { kind: 'resource', resource };
}

/** The gateways of the policy that are appliances of the estate. */
export function appliances({ estate, policy }: Context): readonly Resource[] {
  return policy.gateways
    .filter(({ kind }) => kind === 'appliance')
    .map((gateway) => gatewayTarget(gateway, estate))
    .flatMap((target) => (target.kind === 'resource' ? [target.resource] : []));
}

/** The gateway that the policy declares a resource to be; null when it declares none. */
export function declarationOf({ stack, address }: Resource, { gateways }: Pick<Policy, 'gateways'>): Gateway | null {
  return gateways.find((gateway) => gateway.stack === stack && gateway.address === address) ?? null;
}

/** Why nothing attests that an appliance inspects as a gateway must, which no Terraform shows; null when evidence does. */
export function lackOfEvidence(gateway: Gateway, context: Pick<Context, 'policy' | 'asOf'>): string | null {
  const evidence = evidenceFor('appliance', [gateway.id], context);
  if (typeof evidence !== 'string') return null;
  return `is an appliance, and what it does only evidence shows: ${evidence}`;
}
