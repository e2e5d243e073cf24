import { outpostOfArn } from '../../model/aws/arn.ts';
import { describeCountry } from '../../model/aws/countries.ts';
import { zoneCountry } from '../../model/aws/jurisdictions.ts';
import { asString, isHidden, shown } from '../../model/value.ts';
import type { Site } from '../../policy/policy.ts';
import { countryAllowed, siteOf } from '../../policy/sites.ts';
import { type At, type Context, defineCheck, type Outcome } from '../check.ts';
import { classExtent } from './data-class.ts';
import { restOf } from './rack.ts';
import { supportOf } from './supporting-place.ts';
import { type ZoneArgument, zonesOf } from './zones.ts';

/*
 * Letters count here: which zone `eu-west-1a` is differs between accounts, but all of a Region's own zones are in its
 * country, and Local Zones and Wavelength Zones have other names. Whether it is the site's zone is for RES-003.
 */
export default defineCheck({
  id: 'RES-002',
  why: 'A zone may lie in another country than its Region: eu-central-1-ist-1a is Istanbul, zones of eu-west-3 are in Casablanca and Dakar. The prefix of the name proves nothing.',
  fix: 'Use a zone of the site, by availability_zone_id, and the network border group of its Region.',
  references: ['https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html'],
  resourceTypes: [],
  messages: {
    refused: ({ zone, reason }: { zone: string; reason: string }) => `is placed in ${zone}: ${reason}`,
    otherCountry: ({ zone, country, site, own }: { zone: string; country: string; site: string; own: string }) =>
      `is placed in ${zone} in ${country}, and ${site} is in ${own}`,
  },

  subjects({ estate }: Context) {
    return estate.resources
      .filter((resource) => zonesOf(resource, estate).length > 0)
      .map((resource) => ({ kind: 'resource', resource }));
  },

  inspect({ resource }, { estate, policy, asOf, pass, fail, unproven, all }) {
    const assignment = siteOf(estate.place(resource), resource.stack, policy);
    return all(zonesOf(resource, estate).map(judge));

    function withClass(at: At): At {
      return { ...at, extent: classExtent(policy, resource) };
    }

    function judge({ path, value }: ZoneArgument): Outcome {
      const zone = asString(value);
      if (isHidden(zone)) return unproven(zone);
      if (zone === null || zone === '') return pass();
      const place = zoneCountry(zone);
      const named = shown(zone, value);
      if (place.kind === 'unknown') return unproven(value.sensitive ? 'is in a zone that is sensitive' : place.why);
      const at = { path, value };
      const judgement = countryAllowed(place.country, policy, asOf);
      if (judgement.kind === 'refused')
        return fail(withClass(at), 'refused', { zone: named, reason: judgement.reason });
      switch (assignment.kind) {
        case 'hidden':
          return unproven(assignment.value);
        case 'unassigned':
          return unproven(`belongs to no site: ${assignment.reason}`);
        case 'site':
          return atSite(assignment.site, named, place, at);
      }
    }

    function atSite(site: Site, zone: string, { country, region }: Place, at: At): Outcome {
      if (country === site.country) return pass();
      const rest = restOf(resource, estate);
      const racks = site.outposts.map((arn) => outpostOfArn(arn));
      const isAnchor = region === site.region;
      // The zone of what is on the rack is only its anchor.
      if (isAnchor && rest.kind === 'rack' && rest.outposts.every((outpost) => racks.includes(outpost))) return pass();
      const support = supportOf(resource, site, { region, country }, policy);
      if (support.kind === 'allowed') return pass();
      if (isAnchor && rest.kind === 'hidden' && racks.length > 0) return unproven(rest.value);
      if (support.kind === 'unknown') return unproven(support.because);
      const own = describeCountry(site.country);
      return fail(withClass(at), 'otherCountry', { zone, country: describeCountry(country), site: site.id, own });
    }
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_subnet: { data: { vpc_id: 'vpc-1', cidr_block: '10.0.0.0/24', availability_zone_id: 'euw1-az1' } },
            },
          },
        },
      },
    ],
    violating: [
      { stacks: { west: { resource: { aws_ebs_volume: { ledger: { availability_zone: 'eu-central-1-ist-1a' } } } } } },
      { stacks: { west: { resource: { aws_eip: { door: { network_border_group: 'eu-west-3-wl1-cmn-wlz-1' } } } } } },
    ],
  },
});

interface Place {
  readonly country: string;
  readonly region: string;
}
