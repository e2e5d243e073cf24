import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, isHidden, unknown } from '../../model/value.ts';
import type { Gateway } from '../../policy/policy.ts';
import type { Context } from '../check.ts';
import { lackOfEvidence } from './declared-gateways.ts';
import { interfacesOf } from './gateway-networks.ts';
import failClosedFleet from './gtw-012-fail-closed-fleet.ts';
import { imagesOfFleet, imagesOfInstance } from './machine-images.ts';
import { doubt, judgedBy, type Objection, reason } from './objection.ts';

/** What speaks against an appliance, or a fleet of them, as a gateway. */
export function applianceObjections(gateway: Gateway, resource: Resource, context: Context): readonly Objection[] {
  const lack = lackOfEvidence(gateway, context);
  return [
    ...(lack === null ? [] : [doubt(unknown('missing-object', gateway.id, lack))]),
    ...(resource.type === 'aws_instance' ? ofInstance(resource, context.estate) : ofFleet(resource, context)),
    ...ofImages(gateway, resource, context.estate),
  ];
}

function ofInstance(instance: Resource, estate: Estate): readonly Objection[] {
  const { items, open } = interfacesOf(instance, estate);
  return [
    ...open.map(doubt),
    ...items.flatMap((item): readonly Objection[] => {
      const isChecked = asBoolean(item.attribute('source_dest_check'));
      if (isHidden(isChecked)) return [doubt(isChecked)];
      if (isChecked === false) return [];
      return [reason(`${item.address} forwards nothing (source_dest_check is not false)`)];
    }),
  ];
}

/** Only a load balancer of type gateway hands packets to appliances unchanged. */
function ofFleet(balancer: Resource, context: Context): readonly Objection[] {
  const type = asString(context.estate.effective(balancer, 'load_balancer_type'));
  if (isHidden(type)) return [doubt(type)];
  if (type === 'gateway') return judgedBy(failClosedFleet, balancer, context);
  return [reason(`${balancer.address} is a load balancer of type ${type ?? 'unset'}`)];
}

/** Every machine runs the very image that was inspected. */
function ofImages({ id, image }: Gateway, resource: Resource, estate: Estate): readonly Objection[] {
  if (image === null) return [reason(`the policy registers no image for ${id}`)];
  const { items, open } =
    resource.type === 'aws_instance' ? imagesOfInstance(resource, estate) : imagesOfFleet(resource, estate);
  return [
    ...items.flatMap(({ resource: { address }, value }): readonly Objection[] => {
      const ami = asString(value);
      if (isHidden(ami)) return [doubt(ami)];
      return ami === image ? [] : [reason(`${address} runs ${ami ?? 'no image'}, and ${image} was inspected`)];
    }),
    ...open.map(doubt),
  ];
}
