import { outpostOfArn } from '../../model/aws/arn.ts';
import { describeCountry } from '../../model/aws/countries.ts';
import { regionCountry, regionOfZone } from '../../model/aws/jurisdictions.ts';
import { scopeOf } from '../../model/aws/resource-types.ts';
import type { Stack } from '../../model/estate.ts';
import { accountOf } from '../../model/place.ts';
import type { ProviderConfig, Resource } from '../../model/resource.ts';
import { asString, isHidden, shown } from '../../model/value.ts';
import type { Site } from '../../policy/policy.ts';
import { siteOf } from '../../policy/sites.ts';
import { type Context, defineCheck, type Outcome, type Subject } from '../check.ts';
import { awsProviders } from './aws-providers.ts';
import { classExtent } from './data-class.ts';
import { canRestOnRack, type Rest, restOf } from './rack.ts';
import { supportOf } from './supporting-place.ts';
import { isZoneId, type ZoneArgument, zonesOf } from './zones.ts';

type Judged = Exclude<Subject, { kind: 'policy' }>;

/* That no two sites share an account with a zone, or an Outpost, is a rule of the policy file: it does not load. */
export default defineCheck({
  id: 'RES-003',
  why: 'AWS has no Region in Norway: calling eu-north-1 Norway would be false to an auditor. And one Region holds several sites only while each keeps to its own account and zones; letters of zones differ between accounts.',
  fix: "Bind the provider to the site's account with allowed_account_ids, pin subnets by availability_zone_id, put the stores and hosts of an Outpost site on its rack with outpost_arn or a subnet on it, and keep evidence of the rack's country in the policy.",
  references: [
    'https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html',
    'https://docs.aws.amazon.com/outposts/latest/userguide/what-is-outposts.html',
  ],
  resourceTypes: [],
  messages: {
    account: ({ provider, account, sites }: { provider: string; account: string; sites: string }) =>
      `has the provider ${provider} for the account ${account}, which is not that of ${sites}`,
    zone: ({ zone, site, zones }: { zone: string; site: string; zones: string }) =>
      `is pinned to ${zone}, and ${site} is in ${zones}`,
    offRack: ({ region, country, site, allowed }: { region: string; country: string; site: string; allowed: string }) =>
      `rests in ${region} in ${country} and not on an Outpost of ${site}, which keeps there ${allowed}`,
    foreignRack: ({ outpost, site }: { outpost: string; site: string }) =>
      `rests on the Outpost ${outpost}, which is none of ${site}`,
    rackCountry: ({ outpost, states, country }: { outpost: string; states: string; country: string }) =>
      `has the Outpost ${outpost} in ${states} by the evidence, and its country is ${country}`,
  },

  subjects({ estate, policy }: Context): readonly Judged[] {
    const onRacks = new Set(policy.sites.filter(({ outposts }) => outposts.length > 0).map(({ id }) => id));
    const ofRackStacks = new Set(
      policy.stacks.filter(({ sites }) => sites.some((site) => onRacks.has(site))).map(({ name }) => name),
    );
    return [
      ...policy.sites.filter(({ id }) => onRacks.has(id)).map((site) => ({ kind: 'site' as const, site })),
      ...estate.stacks.map(({ name }) => ({ kind: 'stack' as const, stack: name, location: null })),
      ...estate.resources
        .filter(
          (resource) =>
            canRestOnRack(resource.type) ||
            (ofRackStacks.has(resource.stack) && scopeOf(resource.type) !== 'global') ||
            zonesOf(resource, estate).some(({ isZone }) => isZone),
        )
        .map((resource) => ({ kind: 'resource' as const, resource })),
    ];
  },

  inspect(subject, { estate, policy, asOf, pass, fail, unproven, all }) {
    switch (subject.kind) {
      case 'site':
        return all(subject.site.outposts.map((outpost) => attested(outpost, subject.site)));
      case 'stack': {
        const stack = estate.stacks.find(({ name }) => name === subject.stack);
        return stack === undefined ? unproven('is not among the inputs that could be read') : boundToAccount(stack);
      }
      case 'resource':
        return bound(subject.resource);
    }

    function attested(outpost: string, { country }: Site): Outcome {
      const inForce = policy.evidence.flatMap((evidence, index) =>
        evidence.kind === 'outpost-country' &&
        evidence.subject === outpost &&
        evidence.issued <= asOf &&
        asOf <= evidence.expires
          ? [{ states: evidence.states, location: policy.locate(`/evidence/${index}/states`) }]
          : [],
      );
      const failures = inForce
        .filter(({ states }) => states !== country)
        .map(({ states, location }) => {
          const data = { outpost, states: describeCountry(states), country: describeCountry(country) };
          return fail({ location }, 'rackCountry', data);
        });
      if (inForce.length > 0) return all(failures);
      return unproven(
        `has no evidence in force on ${asOf} that the Outpost ${outpost} is in ${describeCountry(country)}`,
      );
    }

    function boundToAccount(stack: Stack): Outcome {
      const expected = policy.stacks.find(({ name }) => name === stack.name);
      if (expected === undefined) return unproven('belongs to no site: the policy does not expect the stack');
      const sites = policy.sites.filter(({ id }) => expected.sites.includes(id));
      return all(awsProviders(stack).map((provider) => judgeProvider(provider, sites)));
    }

    function judgeProvider(provider: ProviderConfig, sites: readonly Site[]): Outcome {
      const value = accountOf(provider);
      const account = asString(value);
      if (isHidden(account)) return unproven(account);
      if (account !== null && sites.some((site) => site.account === account)) return pass();
      const at = { value, ...(provider.location === null ? {} : { location: provider.location }) };
      return fail(at, 'account', {
        provider: provider.alias === null ? provider.name : `${provider.name}.${provider.alias}`,
        account: shown(account ?? 'of the run', value),
        sites: sites.map(({ id }) => id).join(' or '),
      });
    }

    function bound(resource: Resource): Outcome {
      const assignment = siteOf(estate.place(resource), resource.stack, policy);
      switch (assignment.kind) {
        case 'hidden':
          return unproven(assignment.value);
        case 'unassigned':
          return unproven(`belongs to no site: ${assignment.reason}`);
        case 'site': {
          const { site } = assignment;
          const zones = zonesOf(resource, estate).filter(({ isZone }) => isZone);
          return all([
            onRack(resource, site),
            ...zones.map((zone) => pinned(zone, resource, site)),
            unpinned(resource, site),
          ]);
        }
      }
    }

    function pinned({ path, value }: ZoneArgument, resource: Resource, site: Site): Outcome {
      if (site.zoneIds.length === 0) return pass();
      const zone = asString(value);
      if (isHidden(zone)) return unproven(zone);
      if (zone === null || site.zoneIds.includes(zone)) return pass();
      const region = regionOfZone(zone);
      // Supporting places are not pinned to zones.
      if (region !== site.region && site.supportingPlaces.some((place) => place.region === region)) return pass();
      const zones = site.zoneIds.join(', ');
      const named = shown(zone, value);
      if (region === null) return unproven(`is in ${named}, a zone that no table knows; ${site.id} is in ${zones}`);
      if (isZoneId(zone) || region !== site.region) {
        return fail({ path, value, extent: classExtent(policy, resource) }, 'zone', {
          zone: named,
          site: site.id,
          zones,
        });
      }
      return unproven(
        `is in ${named}, a letter that stands for another zone in each account; ${site.id} is in ${zones}`,
      );
    }

    /** A subnet that names no zone is where AWS puts it. */
    function unpinned(resource: Resource, site: Site): Outcome {
      if (resource.type !== 'aws_subnet' || site.zoneIds.length === 0) return pass();
      const names = ['availability_zone', 'availability_zone_id'];
      if (names.some((name) => resource.attribute(name).kind !== 'null')) return pass();
      return unproven(`names no zone, so AWS chooses one; ${site.id} is in ${site.zoneIds.join(', ')}`);
    }

    function onRack(resource: Resource, site: Site): Outcome {
      if (scopeOf(resource.type) === 'global') return pass();
      const rest = restOf(resource, estate);
      const racks = site.outposts.map((arn) => outpostOfArn(arn));
      const named = rest.kind === 'hidden' ? [] : new Set(rest.outposts);
      const foreign = [...named]
        .filter((outpost) => !racks.includes(outpost))
        .map((outpost) => fail({ extent: classExtent(policy, resource) }, 'foreignRack', { outpost, site: site.id }));
      return all([...foreign, rest.kind === 'rack' ? pass() : offRack(resource, site, rest)]);
    }

    function offRack(resource: Resource, site: Site, rest: Exclude<Rest, { kind: 'rack' }>): Outcome {
      const isHiddenRack = rest.kind === 'hidden';
      if (site.outposts.length === 0) return isHiddenRack ? unproven(rest.value) : pass();
      const region = asString(estate.place(resource).region);
      if (isHidden(region)) return unproven(region);
      // Another Region is for RES-001.
      if (region === null || region !== site.region) return pass();
      const country = regionCountry(region) ?? '';
      const support = supportOf(resource, site, { region, country }, policy);
      if (support.kind === 'allowed') return pass();
      if (isHiddenRack) return unproven(rest.value);
      if (support.kind === 'unknown') return unproven(support.because);
      const allowed = support.kind === 'refused' ? `${support.allowed.join(', ')} data only` : 'nothing';
      const data = { region, country: describeCountry(country), site: site.id, allowed };
      const { path } = rest;
      const extent = classExtent(policy, resource);
      return fail({ path, value: resource.attribute(...path), extent }, 'offRack', data);
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
      {
        stacks: {
          west: {},
          north: {
            resource: {
              aws_ebs_volume: {
                ledger: { availability_zone: 'eu-north-1a', tags: { 'ledger:data-class': 'restricted' } },
              },
            },
          },
        },
      },
    ],
  },
});
