import { describeCountry } from '../../model/aws/countries.ts';
import { regionCountry, zoneCountry } from '../../model/aws/jurisdictions.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, type Hidden, isHidden } from '../../model/value.ts';
import { countryAllowed, expectedStack } from '../../policy/sites.ts';
import type { Context, Subject } from '../check.ts';

/** Whether a stack is of transitional sites alone, so that it may be excepted as a whole. */
export function isTransitional(stack: string, { policy }: Pick<Context, 'policy'>): boolean {
  const sites = expectedStack(policy, stack)?.sites ?? [];
  return (
    sites.length > 0 && sites.every((id) => policy.sites.some((site) => site.id === id && site.role === 'transitional'))
  );
}

/** What of a stack is outside the jurisdiction, and what hides whether more of it is. */
export interface Outside {
  readonly items: readonly OutsideResource[];
  readonly open: readonly Hidden[];
}

export interface OutsideResource {
  readonly resource: Resource;
  /** `us-east-1 (United States (US))`. */
  readonly place: string;
}

export function outsideIn(stack: string, context: Context): Outside {
  const items: OutsideResource[] = [];
  const open: Hidden[] = [];
  const resources = context.estate.stacks.find(({ name }) => name === stack)?.resources ?? [];
  for (const resource of resources) {
    const place = placeOutside(resource, context);
    if (isHidden(place)) open.push(place);
    else if (place !== null) items.push({ resource, place });
  }
  return { items, open };
}

/** A zone may be in another country than its Region: either may be outside. */
function placeOutside(resource: Resource, { estate, policy, asOf }: Context): string | null | Hidden {
  const { region, zone } = estate.place(resource);
  const name = asString(region);
  if (isHidden(name)) return name;
  const zoneName = asString(zone);
  for (const [text, country] of [
    [name, name === null ? null : regionCountry(name)],
    [zoneName, typeof zoneName === 'string' ? countryOfZone(zoneName) : null],
  ] as const) {
    if (typeof text !== 'string' || country === null) continue;
    if (countryAllowed(country, policy, asOf).kind === 'refused') return `${text} (${describeCountry(country)})`;
  }
  return null;
}

function countryOfZone(zone: string): string | null {
  const place = zoneCountry(zone);
  return place.kind === 'known' ? place.country : null;
}

type StackSubject = Extract<Subject, { kind: 'stack' }>;

/** The stacks of transitional sites that are in the estate, one subject each. */
export function transitionalStacks(context: Context): readonly StackSubject[] {
  return context.estate.stacks.filter(({ name }) => isTransitional(name, context)).map(subjectOf);
}

/** The stacks of transitional sites, and those that hold something outside the jurisdiction. */
export function stacksOutside(context: Context): readonly StackSubject[] {
  return context.estate.stacks
    .filter(({ name }) => isTransitional(name, context) || outsideIn(name, context).items.length > 0)
    .map(subjectOf);
}

function subjectOf({ name }: { readonly name: string }): StackSubject {
  return { kind: 'stack', stack: name, location: null };
}
