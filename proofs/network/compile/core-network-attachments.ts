import type { Resource } from '../../../model/resource.ts';
import { asString, child, type Hidden, isHidden, unknown } from '../../../model/value.ts';
import type { TransitAttachment } from '../topology.ts';
import type { Compilation } from './compilation.ts';
import type { AttachmentCondition, AttachmentRule } from './core-network-routing.ts';
import { ANY_ADDRESS, onPremisesBehind } from './outsides.ts';
import { subnetChoices, truthOf, vpcOf } from './reading.ts';

/** Types that attach something, and what conditions of a policy call them. */
export const CORE_ATTACHMENTS: ReadonlyMap<string, string> = new Map([
  ['aws_networkmanager_vpc_attachment', 'vpc'],
  ['aws_networkmanager_connect_attachment', 'connect'],
  ['aws_networkmanager_site_to_site_vpn_attachment', 'site-to-site-vpn'],
  ['aws_networkmanager_dx_gateway_attachment', 'direct-connect-gateway'],
  ['aws_networkmanager_transit_gateway_route_table_attachment', 'transit-gateway-route-table'],
]);

/** What an attachment leads to; null for a network that only its BGP peers know. */
export function endsOf(c: Compilation, resource: Resource): readonly (TransitAttachment['end'] | null)[] {
  switch (resource.type) {
    case 'aws_networkmanager_vpc_attachment': {
      const vpc = vpcOf(c, resource.attribute('vpc_arn'));
      const { items, open } = subnetChoices(c, resource.attribute('subnet_arns'));
      const named = new Set(items.map(({ item }) => item));
      const others = open.length === 0 ? [] : (c.subnetsOf.get(vpc) ?? []).filter((subnet) => !named.has(subnet));
      const subnets = [...items, ...others.map((item) => ({ item, doubts: open }))];
      const applianceMode = truthOf(resource.attribute('options', 'appliance_mode_support'), false);
      return [{ kind: 'vpc', vpc, subnets, applianceMode }];
    }
    case 'aws_networkmanager_site_to_site_vpn_attachment': {
      const connection = c.estate.resolve(resource.attribute('vpn_connection_arn'), ['aws_vpn_connection']);
      const owner = connection.kind === 'resource' ? connection.resource : resource;
      const gateway = c.estate.resolve(owner.attribute('customer_gateway_id'), ['aws_customer_gateway']);
      const beyond = gateway.kind === 'resource' ? gateway.resource : resource;
      return [{ kind: 'outside', outside: onPremisesBehind(c, beyond, ANY_ADDRESS) }];
    }
    case 'aws_networkmanager_dx_gateway_attachment': {
      const gateway = c.estate.resolve(resource.attribute('direct_connect_gateway_arn'), ['aws_dx_gateway']);
      const beyond = gateway.kind === 'resource' ? gateway.resource : resource;
      return [{ kind: 'outside', outside: onPremisesBehind(c, beyond, ANY_ADDRESS) }];
    }
    case 'aws_networkmanager_transit_gateway_route_table_attachment':
      c.unmodelled.push({ resource, reason: 'exchanges routes between a transit gateway and a core network' });
      return [null];
    default:
      return [null];
  }
}

/** Three-valued; conditions joined by `and` unless the rule says `or`. */
export function matches(c: Compilation, resource: Resource, { conditions, isAnyOf }: AttachmentRule): boolean | Hidden {
  const results = conditions.map((condition) => holds(c, resource, condition));
  const decisive = results.some((result) => result === isAnyOf);
  if (decisive) return isAnyOf;
  return results.find(isHidden) ?? !isAnyOf;
}

function holds(c: Compilation, resource: Resource, condition: AttachmentCondition): boolean | Hidden {
  const { type, key, value } = condition;
  const tag = key === null ? null : asString(child(resource.attribute('tags'), key));
  switch (type) {
    case 'any':
      return true;
    case 'attachment-type':
      return compare(CORE_ATTACHMENTS.get(resource.type) ?? '', condition);
    case 'tag-exists':
      return isHidden(tag) ? tag : tag !== null;
    case 'tag-value':
      return isHidden(tag) ? tag : tag !== null && compare(tag, condition);
    case 'account-id':
    case 'region': {
      const place = c.estate.place(resource);
      const own = asString(type === 'region' ? place.region : place.account);
      return isHidden(own) ? own : compare(own ?? '', condition);
    }
    default:
      return unknown(
        'operation',
        `${type} ${value ?? ''}`.trim(),
        'decides the segment, and is known only after apply',
      );
  }
}

function compare(own: string, { operator, value }: AttachmentCondition): boolean | Hidden {
  const wanted = value ?? '';
  switch (operator ?? 'equals') {
    case 'equals':
      return own === wanted;
    case 'not-equals':
      return own !== wanted;
    case 'contains':
      return own.includes(wanted);
    case 'begins-with':
      return own.startsWith(wanted);
    default:
      return unknown('operation', operator ?? '', 'is an operator that is not read');
  }
}
