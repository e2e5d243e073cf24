import { describeCountry, isCountry } from '../model/aws/countries.ts';
import { partitionOf, regionCountry, REGIONS, regionOfZone, zoneCountry } from '../model/aws/jurisdictions.ts';
import { quote } from '../model/json/quote.ts';
import type { Part, TextPart } from './part.ts';
import type { PolicyProblem } from './problem.ts';
import { suggest } from './suggestion.ts';

const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;
const OUTPOST = /^arn:([a-z-]+):outposts:([a-z0-9-]+):(\d{12}):outpost\/op-[0-9a-f]{17}$/;

/** What must hold of sites and jurisdictions beyond their shape: places exist, and lie where the policy says. */
export function checkSites(root: Part): readonly PolicyProblem[] {
  const sites = root.items('sites');
  const partition = root.text('partition')?.text ?? 'aws';
  const countries = [
    ...root.at('jurisdiction').items('countries'),
    ...sites,
    ...sites.flatMap((site) => site.items('supportingPlaces')),
  ].flatMap((item) => item.text('country') ?? []);
  return [
    ...countries.flatMap(checkCountry),
    ...sites.flatMap((site) => [
      ...checkRegion(site, partition, site.items('outposts').length > 0),
      ...site.items('supportingPlaces').flatMap((place) => checkRegion(place, partition, false)),
      ...checkZones(site),
      ...checkOutposts(site, partition),
      ...checkPinned(site),
    ]),
    ...checkShared(sites),
  ];
}

export function checkCountry({ text, part }: TextPart): readonly PolicyProblem[] {
  // What is no pair of capitals is the schema's error.
  if (!/^[A-Z]{2}$/.test(text) || isCountry(text)) return [];
  const fix = text === 'UK' ? 'The code of the United Kingdom is GB.' : 'Use a code of ISO 3166-1 alpha-2.';
  return [part.problem('PO-COUNTRY', `there is no country ${quote(text)}`, fix)];
}

/** A Region must exist, in the partition of the policy, and in the stated country unless an Outpost is elsewhere. */
function checkRegion(place: Part, partition: string, mayLieElsewhere: boolean): readonly PolicyProblem[] {
  const region = place.text('region');
  if (region === null || !REGION.test(region.text)) return [];
  const known = partitionOf(region.text);
  if (known === null) {
    const fix = suggest(region.text, REGIONS.keys(), 'use a Region of AWS, such as eu-west-1.');
    return [region.part.problem('PO-REGION', `there is no Region ${quote(region.text)}`, fix)];
  }
  const problems: PolicyProblem[] = [];
  if (known !== partition) {
    const what = `${region.text} is in the partition ${known}, the policy in ${partition}`;
    problems.push(region.part.problem('PO-PARTITION', what, 'Correct the Region, or "partition".'));
  }
  const country = place.text('country');
  const actual = regionCountry(region.text);
  if (country !== null && isCountry(country.text) && actual !== country.text && !mayLieElsewhere) {
    const where = actual === null ? 'in no published country' : `in ${describeCountry(actual)}`;
    const what = `${region.text} is ${where}, not in ${describeCountry(country.text)}`;
    problems.push(country.part.problem('PO-REGIONCOUNTRY', what, 'Correct the country or the Region.'));
  }
  return problems;
}

function checkZones(site: Part): readonly PolicyProblem[] {
  const region = site.text('region')?.text ?? '';
  const country = site.text('country')?.text ?? '';
  if (!REGIONS.has(region)) return [];
  return site.texts('zoneIds').flatMap(({ text, part }) => {
    const parent = regionOfZone(text);
    if (parent !== null && parent !== region) {
      return [part.problem('PO-ZONE', `${quote(text)} is a zone of ${parent}, not of ${region}`, zoneFix(region))];
    }
    const place = zoneCountry(text);
    if (place.kind === 'unknown') return REGIONS.get(region)?.zoneCode === null ? [] : [unknownZone(part, place.why)];
    if (site.items('outposts').length > 0 || !isCountry(country) || place.country === country) return [];
    const what = `${quote(text)} is in ${describeCountry(place.country)}, not in ${describeCountry(country)}`;
    return [part.problem('PO-ZONE', what, zoneFix(region))];
  });
}

function unknownZone(part: Part, why: string): PolicyProblem {
  return part.problem('PO-ZONE', why, 'Use an AZ id such as euw1-az1.');
}

function zoneFix(region: string): string {
  const code = REGIONS.get(region)?.zoneCode ?? null;
  return code === null ? `Use AZ ids of ${region}.` : `Use AZ ids of ${region}: ${code}-az1 and so on.`;
}

/** An Outpost belongs to the Region that it is anchored to and to the account that owns it. */
function checkOutposts(site: Part, partition: string): readonly PolicyProblem[] {
  const region = site.text('region')?.text;
  const account = site.text('account')?.text;
  return site.texts('outposts').flatMap(({ text, part }) => {
    const match = OUTPOST.exec(text);
    if (match === null) return [];
    const wrong = [
      ['partition', match[1], partition],
      ['Region', match[2], region],
      ['account', match[3], account],
    ].flatMap(([what, found, wanted]) =>
      wanted === undefined || found === wanted ? [] : `its ${what} is ${found}, that of the site ${wanted}`,
    );
    return wrong.map((what) => part.problem('PO-OUTPOST', `${quote(text)}: ${what}`, 'Correct the ARN or the site.'));
  });
}

function checkPinned(site: Part): readonly PolicyProblem[] {
  const role = site.text('role')?.text ?? 'data-centre';
  if (role !== 'data-centre' || site.items('zoneIds').length > 0 || site.items('outposts').length > 0) return [];
  const what = `${quote(site.text('id')?.text ?? 'the site')} names neither AZ ids nor Outposts`;
  return [site.problem('PO-PLACE', what, 'Add "zoneIds", or "outposts".')];
}

function checkShared(sites: readonly Part[]): readonly PolicyProblem[] {
  const owners = new Map<string, string>();
  const problems: PolicyProblem[] = [];
  for (const site of sites) {
    const id = site.text('id')?.text ?? site.pointer;
    const account = site.text('account')?.text ?? '';
    const places = [
      ...site.texts('zoneIds').map(({ text, part }) => ({ text, part, what: `account ${account} in zone ${text}` })),
      ...site.texts('outposts').map(({ text, part }) => ({ text, part, what: `the Outpost ${text}` })),
    ];
    for (const { part, what } of places) {
      const owner = owners.get(what);
      if (owner === undefined) owners.set(what, id);
      else if (owner !== id) {
        const clause = `${quote(id)} and ${quote(owner)} share ${what}`;
        problems.push(part.problem('PO-SHARED', clause, 'Give each site its own account or zone.'));
      }
    }
  }
  return problems;
}
