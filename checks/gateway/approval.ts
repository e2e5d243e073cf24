import type { Resource } from '../../model/resource.ts';
import type { Hidden } from '../../model/value.ts';
import type { Gateway } from '../../policy/policy.ts';
import type { Context } from '../check.ts';
import { accessObjections } from './access-objections.ts';
import { applianceObjections } from './appliance-objections.ts';
import { GATEWAY_TYPES, gatewayTarget } from './declared-gateways.ts';
import { firewallObjections } from './firewall-objections.ts';
import type { Objection } from './objection.ts';

/** Whether what a policy declares as a gateway may count as one: only then is passing it an inspection. */
export type Approval =
  | { readonly kind: 'approved'; readonly resource: Resource }
  | { readonly kind: 'refused'; readonly resource: Resource; readonly reasons: readonly string[] }
  | { readonly kind: 'doubtful'; readonly resource: Resource; readonly because: readonly Hidden[] }
  /** Nothing that the input shows is this gateway. */
  | { readonly kind: 'absent' };

/** Judges a declared gateway by everything that makes passing it worth something. */
export function approvalOf(gateway: Gateway, context: Context): Approval {
  const target = gatewayTarget(gateway, context.estate);
  if (target.kind !== 'resource') return { kind: 'absent' };
  const { resource } = target;
  if (!GATEWAY_TYPES[gateway.kind].includes(resource.type)) {
    return { kind: 'refused', resource, reasons: [`is no ${GATEWAY_TYPES[gateway.kind].join(' or ')}`] };
  }
  const objections = objectionsTo(gateway, resource, context);
  const reasons = objections.flatMap((objection) => (objection.kind === 'reason' ? [objection.text] : []));
  if (reasons.length > 0) return { kind: 'refused', resource, reasons };
  const because = objections.flatMap((objection) => (objection.kind === 'doubt' ? [objection.value] : []));
  return because.length > 0 ? { kind: 'doubtful', resource, because } : { kind: 'approved', resource };
}

function objectionsTo(gateway: Gateway, resource: Resource, context: Context): readonly Objection[] {
  switch (gateway.kind) {
    case 'network-firewall':
      return firewallObjections(resource, context);
    case 'appliance':
      return applianceObjections(gateway, resource, context);
    case 'verified-access':
    case 'client-vpn':
      return accessObjections(resource, context);
  }
}
