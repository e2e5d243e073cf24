import type { AddressSet } from '../../model/aws/address-set.ts';
import { type AddressRange, parseCidr } from '../../model/aws/cidr.ts';
import { asString, display, type Hidden, isHidden, unknown } from '../../model/value.ts';
import { siteOf } from '../../policy/sites.ts';
import type { Context } from '../check.ts';
import { SUBNET_TYPES, tierOf } from '../subnet-tier.ts';

/** The addresses of the subnets of a tier at a site, and what hides more of them. */
export function tierAddresses(
  { site, tier }: { readonly site: string; readonly tier: string },
  { estate, policy }: Context,
): { readonly items: AddressSet; readonly open: readonly Hidden[] } {
  const items: AddressRange[] = [];
  const open: Hidden[] = [];
  for (const subnet of estate.ofType(...SUBNET_TYPES)) {
    const own = tierOf(subnet, policy);
    if (!isHidden(own) && own?.id !== tier) continue;
    const assigned = siteOf(estate.place(subnet), subnet.stack, policy);
    if (assigned.kind === 'site' && assigned.site.id !== site) continue;
    const value = subnet.attribute('cidr_block');
    const text = asString(value);
    const range = typeof text === 'string' ? parseCidr(text) : null;
    if (isHidden(own)) open.push(own);
    else if (assigned.kind === 'hidden') open.push(assigned.value);
    else if (assigned.kind === 'unassigned') open.push(unknown('missing-object', subnet.address, assigned.reason));
    else if (isHidden(text)) open.push(text);
    else if (range !== null) items.push(range);
    else if (text !== null) open.push(unknown('invalid', display(value), 'is no CIDR block'));
  }
  return { items, open };
}
