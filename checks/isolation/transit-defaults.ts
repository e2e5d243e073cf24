import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, describeHidden, display, type Hidden, isHidden } from '../../model/value.ts';
import type { Outcome } from '../check.ts';
import { attachmentOf, gatewayAt, tableOf, VPC_ACCEPTER } from './transit-attachments.ts';
import type { Inspect } from './transit-messages.ts';

/** By setting of the transit gateway, the argument of an attachment that goes along with it or not. */
export const SETTINGS = [
  {
    setting: 'default_route_table_association',
    argument: 'transit_gateway_default_route_table_association',
    effect: 'is looked up in',
  },
  {
    setting: 'default_route_table_propagation',
    argument: 'transit_gateway_default_route_table_propagation',
    effect: 'is reached from',
  },
] as const;

export function judgeSetting(gateway: Resource, argument: string, { estate, pass, fail, unproven }: Inspect): Outcome {
  const value = estate.effective(gateway, argument);
  const text = asString(value);
  if (isHidden(text)) return unproven(text);
  if (text === 'disable') return pass();
  const isOmitted = gateway.attribute(argument).kind === 'null';
  return fail({ path: [argument], value }, isOmitted ? 'omitted' : 'default', { argument, value: display(value) });
}

/** An attachment goes along with the defaults of its gateway unless both, or it, say no. */
export function judgeDefault(
  attachment: Resource,
  { setting, argument, effect }: (typeof SETTINGS)[number],
  { estate, pass, fail, unproven }: Inspect,
): Outcome {
  const own = asBoolean(estate.effective(attachment, argument));
  if (own === false) return pass();
  const gateway = gatewayOf(attachment, estate);
  if (isHidden(gateway))
    return unproven(`${argument} is not false, and ${describeHidden(gateway)} is not in the estate`);
  const theirs = asString(estate.effective(gateway, setting));
  if (theirs === 'disable') return pass();
  if (isHidden(theirs)) return unproven(theirs);
  if (isHidden(own)) return unproven(own);
  return fail({ path: [argument], related: [gateway] }, 'shares', { effect, gateway: gateway.address });
}

function gatewayOf(attachment: Resource, estate: Inspect['estate']): Resource | Hidden {
  const named =
    attachment.type === VPC_ACCEPTER
      ? attachmentOf(attachment.attribute('transit_gateway_attachment_id'), estate)
      : attachment;
  if (isHidden(named)) return named;
  return gatewayAt(named, 'transit_gateway_id', estate);
}

export function judgeNewDefault(resource: Resource, { estate, fail }: Inspect): Outcome {
  const value = resource.attribute('transit_gateway_route_table_id');
  const table = tableOf(value, estate);
  return fail({ path: ['transit_gateway_route_table_id'], value, related: isHidden(table) ? [] : [table] }, 'sets', {
    table: isHidden(table) ? describeHidden(table) : table.address,
  });
}
