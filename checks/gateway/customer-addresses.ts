import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';

/** Arguments by which a resource takes addresses of the customer's own network, over the local gateway of an Outpost. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_subnet: ['customer_owned_ipv4_pool', 'map_customer_owned_ip_on_launch'],
  aws_default_subnet: ['customer_owned_ipv4_pool', 'map_customer_owned_ip_on_launch'],
  aws_eip: ['customer_owned_ipv4_pool'],
  aws_lb: ['customer_owned_ipv4_pool'],
  aws_alb: ['customer_owned_ipv4_pool'],
  aws_db_instance: ['customer_owned_ip_enabled'],
  aws_s3outposts_endpoint: ['customer_owned_ipv4_pool'],
};

export const CUSTOMER_ADDRESS_TYPES: readonly string[] = Object.keys(ARGUMENTS);

export interface CustomerAddress {
  readonly argument: string;
  readonly value: Value;
}

/** The arguments of a resource that give it such addresses, or may. */
export function customerAddressesOf(resource: Resource): readonly CustomerAddress[] {
  return (ARGUMENTS[resource.type] ?? [])
    .map((argument) => ({ argument, value: resource.attribute(argument) }))
    .filter(({ value }) => !isOff(value));
}

export function withCustomerAddresses(estate: Estate): readonly Resource[] {
  return estate.ofType(...CUSTOMER_ADDRESS_TYPES).filter((resource) => customerAddressesOf(resource).length > 0);
}

function isOff(value: Value): boolean {
  if (value.kind === 'null') return true;
  if (value.kind === 'boolean') return !value.value;
  return value.kind === 'string' && (value.value === '' || value.value === 'false' || value.value === '0');
}
