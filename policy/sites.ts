import { describeCountry } from '../model/aws/countries.ts';
import { JURISDICTION_SETS } from '../model/aws/jurisdictions.ts';
import type { Place } from '../model/estate.ts';
import { asString, type Hidden, isHidden } from '../model/value.ts';
import type { AllowedCountry, Policy, Site } from './policy.ts';

export type SiteAssignment =
  | { readonly kind: 'site'; readonly site: Site }
  /** No site of the policy claims the place. */
  | { readonly kind: 'unassigned'; readonly reason: string }
  /** The value that would tell between the sites of the stack is not in the input. */
  | { readonly kind: 'hidden'; readonly value: Hidden };

/**
 * The site that answers for a place. A stack of one site is of that site, wherever its resources lie: whether they lie
 * there is for the residency controls to judge. In a stack of several sites the account decides, then the Outpost,
 * the Region and the zone; what is hidden is not made up for by a weaker clue, which may be the fault to find.
 */
export function siteOf(
  place: Pick<Place, 'account' | 'region' | 'outpost' | 'zoneId'>,
  stack: string,
  policy: Pick<Policy, 'sites' | 'stacks'>,
): SiteAssignment {
  const expected = expectedStack(policy, stack);
  if (expected === undefined) return { kind: 'unassigned', reason: `the policy does not expect the stack ${stack}` };
  let candidates = policy.sites.filter(({ id }) => expected.sites.includes(id));
  const hidden: Hidden[] = [];
  for (const { name, matches } of CLUES) {
    const [only, ...others] = candidates;
    if (only !== undefined && others.length === 0) break;
    const text = asString(place[name]);
    if (text === null) continue;
    if (isHidden(text)) {
      // It matters only when the sites that are left differ in it.
      if (new Set(candidates.map((site) => matches.values(site).join())).size > 1) hidden.push(text);
      continue;
    }
    const fitting = candidates.filter((site) => matches.values(site).includes(text));
    if (fitting.length === 0 && matches.isDecisive) {
      return { kind: 'unassigned', reason: `no site of the stack has the ${matches.word} ${text}` };
    }
    if (fitting.length > 0) candidates = fitting;
  }
  const [value] = hidden;
  if (value !== undefined) return { kind: 'hidden', value };
  const [site, another] = candidates;
  if (site !== undefined && another === undefined) return { kind: 'site', site };
  const names = candidates.map(({ id }) => id).join(', ');
  return { kind: 'unassigned', reason: `nothing tells which site of the stack it belongs to: ${names}` };
}

type ExpectedStack = Policy['stacks'][number];

const STACKS = new WeakMap<Policy['stacks'], ReadonlyMap<string, ExpectedStack>>();

/** What the policy says of a stack. Found by name at once: it is asked several times for each resource. */
export function expectedStack({ stacks }: Pick<Policy, 'stacks'>, name: string): ExpectedStack | undefined {
  const known = STACKS.get(stacks) ?? new Map(stacks.map((stack) => [stack.name, stack]));
  STACKS.set(stacks, known);
  return known.get(name);
}

/** What tells sites apart, the strongest first. */
const CLUES = [
  { name: 'account', matches: { word: 'account', isDecisive: true, values: (site: Site) => [site.account] } },
  { name: 'outpost', matches: { word: 'Outpost', isDecisive: true, values: (site: Site) => site.outposts } },
  {
    name: 'region',
    matches: {
      word: 'Region',
      isDecisive: true,
      values: (site: Site) => [site.region, ...site.supportingPlaces.map(({ region }) => region)],
    },
  },
  { name: 'zoneId', matches: { word: 'zone', isDecisive: false, values: (site: Site) => site.zoneIds } },
] as const satisfies readonly {
  readonly name: keyof Place;
  readonly matches: { readonly word: string; readonly isDecisive: boolean; values(site: Site): readonly string[] };
}[];

export type CountryJudgement =
  { readonly kind: 'allowed'; readonly basis: AllowedCountry } | { readonly kind: 'refused'; readonly reason: string };

/** Whether data may be in a country on a day, and by which basis; ISO dates compare as text. */
export function countryAllowed(
  country: string,
  { jurisdiction }: Pick<Policy, 'jurisdiction'>,
  asOf: string,
): CountryJudgement {
  const name = describeCountry(country);
  if (!(JURISDICTION_SETS.get(jurisdiction.set)?.has(country) ?? false)) {
    return { kind: 'refused', reason: `${name} is outside ${jurisdiction.set}` };
  }
  const entries = jurisdiction.countries.filter((entry) => entry.country === country);
  const basis = entries.find(({ since, expires }) => since <= asOf && (expires === null || asOf <= expires));
  if (basis !== undefined) return { kind: 'allowed', basis };
  const [entry] = entries;
  if (entry === undefined) return { kind: 'refused', reason: `the policy does not allow ${name}` };
  const when = asOf < entry.since ? `holds only from ${entry.since}` : `expired on ${entry.expires}`;
  return { kind: 'refused', reason: `the legal basis for ${name} ${when}` };
}
