import type { Resource } from '../../model/resource.ts';
import type { Context } from '../check.ts';
import { ACCESS_GROUP, ACCESS_INSTANCE } from './access-gateway.ts';
import peopleAndDevices from './gtw-011-people-and-devices.ts';
import { doubt, judgedBy, type Objection } from './objection.ts';

const AUTHORIZATION = 'aws_ec2_client_vpn_authorization_rule';

/** What speaks against a Verified Access instance or a Client VPN endpoint: whom it, its groups or its rules let in. */
export function accessObjections(gateway: Resource, context: Context): readonly Objection[] {
  const { items, open } =
    gateway.type === ACCESS_INSTANCE
      ? context.estate.companions(gateway, ACCESS_GROUP, 'verifiedaccess_instance_id')
      : context.estate.companions(gateway, AUTHORIZATION, 'client_vpn_endpoint_id');
  return [
    ...[gateway, ...items].flatMap((part) => judgedBy(peopleAndDevices, part, context)),
    // What may be a part of it speaks against it only if it is.
    ...open.flatMap(({ resource, value }) =>
      judgedBy(peopleAndDevices, resource, context).length === 0 ? [] : [doubt(value)],
    ),
  ];
}
