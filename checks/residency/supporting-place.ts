import type { Resource } from '../../model/resource.ts';
import { tagText } from '../../model/tags.ts';
import { type Hidden, isHidden } from '../../model/value.ts';
import type { Policy, Site, SupportingPlace } from '../../policy/policy.ts';

/** Whether a site may keep a resource in a place outside its own. */
export type Support =
  | { readonly kind: 'allowed' }
  /** The site has no such place. */
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly dataClass: string; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown'; readonly because: Hidden | string };

/**
 * Asks the policy by the data class of the resource. What takes no tag has the class of its provider's default tags:
 * it only configures something else, which is judged for itself.
 */
export function supportOf(
  resource: Resource,
  site: Site,
  place: Pick<SupportingPlace, 'region' | 'country'>,
  { tags }: Pick<Policy, 'tags'>,
): Support {
  const places = site.supportingPlaces.filter(
    ({ region, country }) => region === place.region && country === place.country,
  );
  if (places.length === 0) return { kind: 'none' };
  const allowed = places.flatMap(({ dataClasses }) => dataClasses);
  const dataClass = tagText(resource, tags.dataClass);
  if (isHidden(dataClass)) return { kind: 'unknown', because: dataClass };
  if (dataClass === null) {
    const because = `has no tag ${tags.dataClass}, and ${place.region} is for ${allowed.join(', ')} data only`;
    return { kind: 'unknown', because };
  }
  return allowed.includes(dataClass) ? { kind: 'allowed' } : { kind: 'refused', dataClass, allowed };
}
