import { VPC_TYPES } from '../../model/aws/vpc-defaults.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { display, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import type { Context } from '../check.ts';
import { exposureOf } from '../subnet-tier.ts';

export const ATTACHMENT_TYPES = [
  'aws_ec2_transit_gateway_vpc_attachment',
  'aws_ec2_transit_gateway_peering_attachment',
  'aws_ec2_transit_gateway_connect',
] as const;

/** They stand for the attachment that they accept, and have its id. */
const ACCEPTER_TYPES = [
  'aws_ec2_transit_gateway_vpc_attachment_accepter',
  'aws_ec2_transit_gateway_peering_attachment_accepter',
] as const;

/** Resources that bring an attachment of another kind with them: by the attribute with its id. */
const ATTACHED = new Map([
  ['aws_vpn_connection', 'transit_gateway_attachment_id'],
  ['aws_networkfirewall_firewall', 'firewall_status'],
  ['aws_networkfirewall_firewall_transit_gateway_attachment_accepter', 'transit_gateway_attachment_id'],
]);

/** Data sources of attachments that lead outside, whichever they read. */
const READ_OUTSIDE: ReadonlySet<string> = new Set([
  'aws_ec2_transit_gateway_vpn_attachment',
  'aws_ec2_transit_gateway_dx_gateway_attachment',
]);

export const VPC_ACCEPTER = 'aws_ec2_transit_gateway_vpc_attachment_accepter';

/** What is at the far end of an attachment. A network that holds gateways is one of gateways. */
export type Segment = 'enclave' | 'gateway' | 'link' | 'outside';

/** How messages call the attachments of a segment. */
export const SEGMENT_NAMES: Readonly<Record<Segment, string>> = {
  enclave: 'network of the enclave',
  gateway: 'network of gateways',
  link: 'link to another transit gateway',
  outside: 'network outside',
};

/** The attachment whose id a value is; what hides it. */
export function attachmentOf(value: Value, estate: Estate): Resource | Hidden {
  const reference = value.kind === 'reference' ? value : value.origin;
  const target = reference === undefined ? null : estate.find(reference.target);
  if (reference === undefined || target === null) {
    return isHidden(value) ? value : outsideEstate(value);
  }
  const [attribute, ...more] = reference.path;
  if (target.init.mode === 'data') {
    return READ_OUTSIDE.has(target.type) ? target : unknown('data-source', target.address, 'reads an attachment');
  }
  if (ATTACHED.get(target.type) === attribute) return target;
  if (more.length > 0 || (attribute !== 'id' && attribute !== 'transit_gateway_attachment_id')) {
    return isHidden(value) ? value : outsideEstate(value);
  }
  if (isOneOf(ATTACHMENT_TYPES, target)) return target;
  // An accepter names an attachment, never another accepter's accepter: one step leads there.
  const accepted = isOneOf(ACCEPTER_TYPES, target) ? target.attribute('transit_gateway_attachment_id') : null;
  const named = accepted === null ? null : estate.resolve(accepted, ATTACHMENT_TYPES);
  if (named?.kind === 'resource' && isOneOf(ATTACHMENT_TYPES, named.resource)) return named.resource;
  return unknown('missing-object', target.address, 'names no attachment of the estate');
}

/** The segment of an attachment; what hides it. */
export function segmentOf(attachment: Resource, context: Context): Segment | Hidden {
  switch (attachment.type) {
    case 'aws_ec2_transit_gateway_vpc_attachment':
      return segmentOfVpc(attachment, context);
    case 'aws_ec2_transit_gateway_peering_attachment':
      return 'link';
    case 'aws_networkfirewall_firewall':
    case 'aws_networkfirewall_firewall_transit_gateway_attachment_accepter':
      return 'gateway';
    default:
      return 'outside';
  }
}

function segmentOfVpc(attachment: Resource, { estate, policy }: Context): Segment | Hidden {
  const vpc = estate.resolve(attachment.attribute('vpc_id'), VPC_TYPES);
  if (vpc.kind === 'hidden') return vpc.value;
  if (vpc.kind !== 'resource' || vpc.resource.init.mode === 'data') {
    return unknown('missing-object', `${attachment.address}.vpc_id`, 'is a VPC outside the estate');
  }
  const subnets = estate.companions(vpc.resource, 'aws_subnet', 'vpc_id');
  const exposures = subnets.items.map((subnet) => exposureOf(subnet, policy));
  const gateways = subnets.items.filter((subnet) => exposureOf(subnet, policy) === 'gateway');
  const [maybe] = gateways;
  if (gateways.some(({ init }) => !init.isSymbolic)) return 'gateway';
  if (maybe !== undefined) {
    return unknown('instances', maybe.address, 'is for gateways, and has a count or for_each that only the plan knows');
  }
  const [open] = subnets.open;
  const hidden = exposures.find(isHidden) ?? open?.value;
  if (hidden !== undefined) return hidden;
  if (exposures.includes(null) || exposures.length === 0) {
    return unknown('operation', vpc.resource.address, 'has no subnets that all name a tier of the policy');
  }
  return 'enclave';
}

/** An attachment in a route table: what it sends is looked up there. */
export interface Association {
  readonly resource: Resource;
  readonly attachment: Resource | Hidden;
  readonly table: Resource | Hidden;
}

const ASSOCIATIONS = new WeakMap<Estate, Map<string, readonly Association[]>>();

/** Everything of one type that joins an attachment with a table: associations, propagations; found once. */
export function associationsOf(
  estate: Estate,
  type: string = 'aws_ec2_transit_gateway_route_table_association',
  argument: string = 'transit_gateway_route_table_id',
): readonly Association[] {
  const byType = ASSOCIATIONS.get(estate) ?? new Map<string, readonly Association[]>();
  ASSOCIATIONS.set(estate, byType);
  const known = byType.get(type);
  if (known !== undefined) return known;
  const found = estate.ofType(type).map((resource) => ({
    resource,
    attachment: attachmentOf(resource.attribute('transit_gateway_attachment_id'), estate),
    table: tableOf(resource.attribute(argument), estate),
  }));
  byType.set(type, found);
  return found;
}

/** The route table that a value names; what hides it. */
export function tableOf(value: Value, estate: Estate): Resource | Hidden {
  const target = estate.resolve(value, ['aws_ec2_transit_gateway_route_table']);
  if (target.kind === 'hidden') return target.value;
  if (target.kind === 'resource' && target.resource.init.mode === 'managed') return target.resource;
  return unknown('missing-object', 'a transit gateway route table', 'is outside the estate');
}

function isOneOf(types: readonly string[], { type, init }: Resource): boolean {
  return init.mode === 'managed' && types.includes(type);
}

function outsideEstate(value: Value): Hidden {
  const text = value.kind === 'string' ? value.value : 'an attachment';
  return unknown('missing-object', text, 'is an attachment outside the estate');
}

/** The transit gateway that an argument names; what hides it. */
export function gatewayAt(resource: Resource, argument: string, estate: Estate): Resource | Hidden {
  const value = resource.attribute(argument);
  const target = estate.resolve(value, ['aws_ec2_transit_gateway']);
  if (target.kind === 'resource' && target.resource.init.mode === 'managed') return target.resource;
  if (target.kind === 'hidden') return target.value;
  return unknown('missing-object', display(value), 'is a transit gateway outside the estate');
}
