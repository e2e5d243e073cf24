import { describeCountry } from '../../model/aws/countries.ts';
import { regionCountry } from '../../model/aws/jurisdictions.ts';
import { isKnownType, scopeOf } from '../../model/aws/resource-types.ts';
import type { Place } from '../../model/estate.ts';
import type { Path, Resource } from '../../model/resource.ts';
import { asString, isHidden, shown, unknown, type Value } from '../../model/value.ts';
import type { Policy, Site } from '../../policy/policy.ts';
import { countryAllowed, expectedStack, siteOf } from '../../policy/sites.ts';
import { type At, type Context, defineCheck, type Outcome } from '../check.ts';
import { classExtent } from './data-class.ts';
import { supportOf } from './supporting-place.ts';

/** Types whose own arguments name the Regions in which they act, besides the provider's. */
const TARGET_REGIONS: ReadonlyMap<string, readonly Path[]> = new Map<string, readonly Path[]>([
  ['aws_cloudformation_stack_set_instance', [['stack_set_instance_region'], ['region']]],
  ['aws_config_aggregate_authorization', [['authorized_aws_region'], ['region']]],
  ['aws_opsworks_stack', [['region']]],
  ['aws_servicequotas_template', [['aws_region'], ['region']]],
  [
    'aws_ssmincidents_replication_set',
    [
      ['region', 'name'],
      ['regions', 'name'],
    ],
  ],
]);

interface Location {
  readonly region: Value;
  /** What decided it, for people. */
  readonly source: string;
  readonly at: At;
}

export default defineCheck({
  id: 'RES-001',
  why: 'The Region decides the country in which data rests. In provider 6 one region argument moves a single resource to any Region of the world, past the provider block that a reader looks at.',
  fix: 'Remove the region argument, or use a provider whose region is that of the site; what must lie elsewhere needs a supporting place of the site in the policy, for its data class.',
  references: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support'],
  resourceTypes: [],
  messages: {
    outside: ({ region, source, sites }: { region: string; source: string; sites: string }) =>
      `lies in ${region} by ${source}, which is no place of ${sites}`,
    dataClass: ({
      region,
      source,
      dataClass,
      allowed,
    }: {
      region: string;
      source: string;
      dataClass: string;
      allowed: string;
    }) => `lies in ${region} by ${source}, where its site keeps only ${allowed} data, and holds ${dataClass} data`,
    country: ({ region, source, reason }: { region: string; source: string; reason: string }) =>
      `lies in ${region} by ${source}: ${reason}`,
  },

  subjects({ estate, policy }: Context) {
    return estate.resources
      .filter((resource) => hasRegion(resource, policy))
      .map((resource) => ({ kind: 'resource', resource }));
  },

  inspect({ resource }, { estate, policy, asOf, pass, fail, unproven, all }) {
    const place = estate.place(resource);
    const assignment = siteOf(place, resource.stack, policy);
    const candidates = sitesOf(resource.stack, policy);
    return all(locations(resource, place, policy).map(judge));

    function withClass(at: At): At {
      return { ...at, extent: classExtent(policy, resource) };
    }

    function judge({ region, source, at }: Location): Outcome {
      const name = asString(region);
      if (isHidden(name)) return unproven(name);
      if (name === null || name === '') return unproven('has no Region that the input shows');
      const country = regionCountry(name);
      const named = shown(name, region);
      const judgement = country === null ? null : countryAllowed(country, policy, asOf);
      if (judgement?.kind === 'refused') {
        return fail(withClass(at), 'country', { region: named, source, reason: judgement.reason });
      }
      if (candidates.length > 0 && !candidates.some((site) => regionsOf(site).includes(name))) {
        return fail(withClass(at), 'outside', {
          region: named,
          source,
          sites: candidates.map(({ id }) => id).join(' or '),
        });
      }
      if (country === null) return unproven(`lies in ${named}, whose country no table knows`);
      switch (assignment.kind) {
        case 'hidden':
          return unproven(assignment.value);
        case 'unassigned':
          return unproven(`belongs to no site: ${assignment.reason}`);
        case 'site':
          return atSite(assignment.site, { name, named, country }, { source, at });
      }
    }

    function atSite(
      site: Site,
      { name, named: region, country }: { readonly name: string; readonly named: string; readonly country: string },
      { source, at }: Pick<Location, 'source' | 'at'>,
    ) {
      if (name === site.region) return pass();
      const support = supportOf(resource, site, { region: name, country }, policy);
      switch (support.kind) {
        case 'allowed':
          return pass();
        case 'none':
          return fail(withClass(at), 'outside', { region, source, sites: site.id });
        case 'refused': {
          const { dataClass, allowed } = support;
          return fail(withClass(at), 'dataClass', { region, source, dataClass, allowed: allowed.join(', ') });
        }
        case 'unknown':
          return typeof support.because === 'string'
            ? unproven(`lies in ${region} (${describeCountry(country)}) and ${support.because}`)
            : unproven(support.because);
      }
    }
  },

  examples: {
    compliant: [{ stacks: { west: { resource: { aws_kms_key: { ledger: {} } } } } }],
    violating: [
      { stacks: { west: { resource: { aws_kms_key: { ledger: { region: 'us-east-1' } } } } } },
      {
        stacks: {
          west: {
            provider: { aws: [{ region: 'eu-west-2', allowed_account_ids: ['111111111111'] }] },
            resource: { aws_s3_bucket: { receipts: {} } },
          },
        },
      },
    ],
  },
});

/** Global types are judged by RES-009; of a type that no table knows, nobody can say that it has no Region. */
function hasRegion({ type }: Resource, { resourceTypes }: Policy): boolean {
  if (isKnownType(type)) return scopeOf(type) !== 'global';
  return resourceTypes.find((entry) => entry.type === type)?.scope !== 'global';
}

/** Where a resource is, and where its own arguments make it act. */
function locations(resource: Resource, place: Place, { resourceTypes }: Policy): readonly Location[] {
  const { type, address } = resource;
  const argument = resource.attribute('region');
  const byArgument: Location = {
    region: argument,
    source: 'its region argument',
    at: { path: ['region'], value: argument },
  };
  if (!isKnownType(type)) {
    if (argument.kind !== 'null') return [byArgument];
    const isClassified = resourceTypes.some((entry) => entry.type === type);
    const unclear = unknown('environment', address, `is of type ${type}, and no table knows what decides its Region`);
    return isClassified ? [byProvider(place)] : [{ region: unclear, source: type, at: {} }];
  }
  const targets = (TARGET_REGIONS.get(type) ?? []).flatMap((path) => targetRegions(resource, path));
  const isArgument = place.regionSource === byArgument.source;
  return [isArgument ? byArgument : byProvider(place), ...targets];
}

function byProvider({ region, regionSource, regionLocation }: Place): Location {
  return { region, source: `the region of ${regionSource}`, at: { value: region, location: regionLocation } };
}

/** The Regions at a path of arguments; the first name may be a block that repeats. */
function targetRegions(resource: Resource, path: Path): readonly Location[] {
  const located = (region: Value, at: Path): Location => ({
    region,
    source: `its argument ${path.join('.')}`,
    at: { path: at, value: region },
  });
  const [block, name] = path;
  if (name === undefined) {
    const region = resource.attribute(...path);
    return region.kind === 'null' ? [] : [located(region, path)];
  }
  const { items, open } = resource.blocks(block ?? '');
  return [
    ...items.map((item) => located(item.attribute(name), [...item.path, name])),
    ...open.map((hidden) => located(hidden, [block ?? ''])),
  ];
}

function sitesOf(stack: string, policy: Policy): readonly Site[] {
  const ids = expectedStack(policy, stack)?.sites ?? [];
  return policy.sites.filter(({ id }) => ids.includes(id));
}

function regionsOf(site: Site): readonly string[] {
  return [site.region, ...site.supportingPlaces.map(({ region }) => region)];
}
