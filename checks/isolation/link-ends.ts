import { parseArn } from '../../model/aws/arn.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, type Hidden, unknown, type Value } from '../../model/value.ts';
import type { Policy, Site } from '../../policy/policy.ts';
import { siteOf } from '../../policy/sites.ts';
import type { Context } from '../check.ts';

/** Whose network one side of a link is. */
export type LinkEnd =
  | { readonly kind: 'site'; readonly site: Site; readonly resource: Resource }
  /** No site of the policy is there. */
  | { readonly kind: 'undeclared'; readonly where: string; readonly resource: Resource | null }
  | { readonly kind: 'hidden'; readonly value: Hidden };

/** The site whose network an argument names: by a resource of the estate, or not at all. */
export function endOf(value: Value, types: readonly string[], context: Context): LinkEnd {
  const target = context.estate.resolve(value, types);
  switch (target.kind) {
    case 'resource':
      return target.resource.init.mode === 'managed'
        ? ownEnd(target.resource, context)
        : hidden(target.resource.address, 'is read by a data source, so whose it is the input does not show');
    case 'outside': {
      const arn = parseArn(target.text);
      const where = arn === null ? null : undeclaredPlace(context.policy, { account: arn.account, region: arn.region });
      if (where !== null) return { kind: 'undeclared', where, resource: null };
      return hidden(JSON.stringify(target.text), 'names nothing in the estate');
    }
    case 'hidden':
      return { kind: 'hidden', value: target.value };
    case 'none':
      return hidden(types[0] ?? 'its other end', 'is not named');
  }
}

/** The site at which a resource is: of its account and Region, else the one that its stack is of. */
export function ownEnd(resource: Resource, { estate, policy }: Context): LinkEnd {
  const place = estate.place(resource);
  const account = asString(place.account);
  const region = asString(place.region);
  const where = undeclaredPlace(policy, { account, region });
  if (where !== null) return { kind: 'undeclared', where, resource };
  const [only, ...more] = sitesAt(policy, { account, region });
  if (only !== undefined && more.length === 0 && isKnown(account)) return { kind: 'site', site: only, resource };
  const assigned = siteOf(place, resource.stack, policy);
  switch (assigned.kind) {
    case 'site':
      return { kind: 'site', site: assigned.site, resource };
    case 'hidden':
      return assigned;
    case 'unassigned':
      return hidden(`${resource.stack}:${resource.address}`, `is of no site: ${assigned.reason}`);
  }
}

interface LinkPlace {
  /** Null or empty where the place does not say. */
  readonly account: string | null | Hidden;
  readonly region: string | null | Hidden;
}

/** What is known of a place that no site of the policy has; null when one has it, or may have it. */
export function undeclaredPlace(policy: Pick<Policy, 'sites'>, place: LinkPlace): string | null {
  if (sitesAt(policy, place).length > 0) return null;
  const parts = [
    ...(isKnown(place.account) ? [`account ${place.account}`] : []),
    ...(isKnown(place.region) ? [`Region ${place.region}`] : []),
  ];
  return parts.join(', ');
}

/** Whether the networks of two sites may be linked: those of one site always, others as the policy declares. */
export function areLinked(first: Site, second: Site, { network }: Pick<Policy, 'network'>): boolean {
  return (
    first.id === second.id || network.links.some(({ sites }) => [first, second].every(({ id }) => sites.includes(id)))
  );
}

/** Regions in which a site has something. */
export function regionsOf({ region, supportingPlaces }: Site): readonly string[] {
  return [region, ...supportingPlaces.map((place) => place.region)];
}

function sitesAt({ sites }: Pick<Policy, 'sites'>, { account, region }: LinkPlace): readonly Site[] {
  return sites.filter(
    (site) => (!isKnown(account) || account === site.account) && (!isKnown(region) || regionsOf(site).includes(region)),
  );
}

function isKnown(text: string | null | Hidden): text is string {
  return typeof text === 'string' && text !== '';
}

function hidden(expression: string, detail: string): LinkEnd {
  return { kind: 'hidden', value: unknown('missing-object', expression, detail) };
}
