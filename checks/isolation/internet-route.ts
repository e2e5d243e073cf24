import type { Route } from '../../model/aws/routing.ts';
import type { Estate } from '../../model/estate.ts';
import { asString, display, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';

/** Where a route leads, as far as leaving the VPC for the Internet goes. */
export type RouteTarget =
  | { readonly kind: 'internet'; readonly argument: string; readonly value: Value }
  | { readonly kind: 'hidden'; readonly value: Hidden }
  | { readonly kind: 'inside' };

/** Gateways that a packet leaves the VPC by without passing anything else, and how AWS begins their ids. */
const INTERNET_TYPES: ReadonlySet<string> = new Set([
  'aws_internet_gateway',
  'aws_egress_only_internet_gateway',
  'aws_ec2_carrier_gateway',
]);
const INTERNET_IDS = /^(igw|eigw|cagw)-/;
const INSIDE_IDS = /^(local$|vgw-|vpce-)/;

/** Arguments that can only name such a gateway; whatever they name is one. */
const INTERNET_ARGUMENTS = ['egress_only_gateway_id', 'carrier_gateway_id'] as const;

const OTHER_ARGUMENTS = [
  'core_network_arn',
  'local_gateway_id',
  'nat_gateway_id',
  'network_interface_id',
  'odb_network_arn',
  'transit_gateway_id',
  'vpc_endpoint_id',
  'vpc_peering_connection_id',
] as const;

const DESTINATIONS = [
  'cidr_block',
  'ipv6_cidr_block',
  'destination_cidr_block',
  'destination_ipv6_cidr_block',
  'destination_prefix_list_id',
] as const;

/** All that routes, in tables or of their own, say. */
export const ROUTE_ARGUMENTS: readonly string[] = [
  ...DESTINATIONS,
  'gateway_id',
  ...INTERNET_ARGUMENTS,
  ...OTHER_ARGUMENTS,
];

export function routeTarget(estate: Estate, route: Route): RouteTarget {
  const gateway = route.attribute('gateway_id');
  const target = estate.resolve(gateway, [...INTERNET_TYPES]);
  const to = (argument: string, value: Value): RouteTarget => ({ kind: 'internet', argument, value });
  switch (target.kind) {
    case 'resource':
      return INTERNET_TYPES.has(target.resource.type) ? to('gateway_id', gateway) : { kind: 'inside' };
    case 'hidden':
      return { kind: 'hidden', value: target.value };
    case 'outside':
      if (INTERNET_IDS.test(target.text)) return to('gateway_id', gateway);
      if (INSIDE_IDS.test(target.text)) return { kind: 'inside' };
      if (target.text !== '') return hidden(display(gateway), 'is a gateway outside the estate');
      break;
    case 'none':
      break;
  }
  for (const argument of INTERNET_ARGUMENTS) {
    const value = route.attribute(argument);
    if (isUnset(value)) continue;
    if (value.kind === 'unknown' || value.kind === 'template') return { kind: 'hidden', value };
    return to(argument, value);
  }
  return isRegionalNat(estate, route) ?? otherTarget(route);
}

/** Destination as the route states it. */
export function destinationOf(route: Route): string {
  const value = DESTINATIONS.map((name) => route.attribute(name)).find((candidate) => candidate.kind !== 'null');
  return value === undefined ? 'traffic' : (knownText(value) ?? display(value));
}

/** A regional NAT gateway brings a route table of its own, which AWS opens to the Internet. */
function isRegionalNat(estate: Estate, route: Route): RouteTarget | null {
  const target = estate.resolve(route.attribute('nat_gateway_id'), ['aws_nat_gateway']);
  if (target.kind !== 'resource' || target.resource.type !== 'aws_nat_gateway') return null;
  const mode = asString(target.resource.attribute('availability_mode'));
  if (isHidden(mode)) return { kind: 'hidden', value: mode };
  if (mode !== 'regional') return null;
  return hidden(target.resource.address, 'is a regional NAT gateway, with a route table of its own to the Internet');
}

function otherTarget(route: Route): RouteTarget {
  return OTHER_ARGUMENTS.some((name) => !isUnset(route.attribute(name)))
    ? { kind: 'inside' }
    : hidden(`the route to ${destinationOf(route)} in ${route.resource.address}`, 'names no target');
}

function hidden(expression: string, detail: string): RouteTarget {
  return { kind: 'hidden', value: unknown('missing-object', expression, detail) };
}

function isUnset(value: Value): boolean {
  return value.kind === 'null' || (value.kind === 'string' && value.value === '');
}

function knownText(value: Value): string | null {
  const text = asString(value);
  return isHidden(text) || value.sensitive ? null : text;
}
