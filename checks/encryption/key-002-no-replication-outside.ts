import { regionCountry } from '../../model/aws/jurisdictions.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, display, isHidden, shown } from '../../model/value.ts';
import { countryAllowed, siteOf } from '../../policy/sites.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { KEY_TYPES, keyOf } from './key-of.ts';
import { isShared } from './key-sharing.ts';

const PRIMARIES: readonly string[] = ['aws_kms_key', 'aws_kms_external_key'];

const messages = {
  multiRegion: 'is a multi-Region key, which one API call outside Terraform replicates to any Region',
  outside: ({ region, reason }: { readonly region: string; readonly reason: string }) =>
    `is a replica in ${region}, and ${reason}`,
  otherSite: ({ primary, site, own }: { readonly primary: string; readonly site: string; readonly own: string }) =>
    `replicates ${primary} of ${site} to ${own}, which the policy does not share it with`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'KEY-002',
  why: 'A replica holds the same key material: data of a site can then be decrypted in the Region of the replica, under the law that rules there.',
  fix: 'Set multi_region to false and give each site a key of its own; remove replicas outside the jurisdiction. A key cannot be changed: make a new one and encrypt the data again.',
  references: ['https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html'],
  resourceTypes: [...KEY_TYPES],

  messages,

  subjects: resourcesOf(...KEY_TYPES),

  inspect({ resource: key }, inspection) {
    return PRIMARIES.includes(key.type) ? judgePrimary(key, inspection) : judgeReplica(key, inspection);
  },

  examples: {
    compliant: [{ stacks: { west: { resource: { aws_kms_key: { ledger: { enable_key_rotation: true } } } } } }],
    violating: [{ stacks: { west: { resource: { aws_kms_key: { ledger: { multi_region: true } } } } } }],
  },
});

function judgePrimary(key: Resource, { estate, pass, fail, unproven }: Inspect): Outcome {
  const path = ['multi_region'];
  const value = estate.effective(key, ...path);
  const isMultiRegion = asBoolean(value);
  if (isHidden(isMultiRegion)) return unproven(isMultiRegion);
  if (isMultiRegion !== true) return pass();
  return fail({ path, value, remedy: { set: [{ path, to: 'false' }] } }, 'multiRegion');
}

function judgeReplica(replica: Resource, inspection: Inspect): Outcome {
  return inspection.all([judgePlace(replica, inspection), judgeSites(replica, inspection)]);
}

function judgePlace(replica: Resource, { estate, policy, asOf, pass, fail, unproven }: Inspect): Outcome {
  const { region: value, regionLocation: location } = estate.place(replica);
  const region = asString(value);
  if (isHidden(region)) return unproven(region);
  const country = region === null ? null : regionCountry(region);
  if (region === null || country === null) return unproven(`is in ${display(value)}, whose country is not known`);
  const judgement = countryAllowed(country, policy, asOf);
  if (judgement.kind === 'allowed') return pass();
  return fail({ path: ['region'], value, location }, 'outside', {
    region: shown(region, value),
    reason: judgement.reason,
  });
}

/** A replica inside the jurisdiction is still a second holder of the key: the policy must share the key with its site. */
function judgeSites(replica: Resource, inspection: Inspect): Outcome {
  const { estate, policy, pass, fail, unproven } = inspection;
  const path = ['primary_key_arn'];
  const value = replica.attribute(...path);
  const primary = keyOf(value, replica, inspection);
  const place = estate.place(replica);
  const at = { path, value, extent: { region: place.region } };
  const own = siteOf(place, replica.stack, policy);
  if (own.kind === 'hidden') return unproven(own.value);
  if (own.kind === 'unassigned') return unproven(`is a replica, and ${own.reason}`);
  switch (primary.kind) {
    case 'key': {
      const site = siteOf(estate.place(primary.resource), primary.resource.stack, policy);
      if (site.kind === 'hidden') return unproven(site.value);
      if (site.kind === 'unassigned') return unproven(`replicates ${primary.resource.address}, and ${site.reason}`);
      const name = `${primary.resource.stack}:${primary.resource.address}`;
      if (site.site.id === own.site.id || isShared(name, [site.site.id, own.site.id], policy)) return pass();
      const data = { primary: primary.resource.address, site: site.site.name, own: own.site.name };
      return fail({ ...at, related: [primary.resource] }, 'otherSite', data);
    }
    case 'registered': {
      const { arn, site } = primary.entry;
      if (site === own.site.id || isShared(arn, [site, own.site.id], policy)) return pass();
      return fail(at, 'otherSite', { primary: arn, site, own: own.site.name });
    }
    case 'outside':
      return unproven(`replicates ${primary.arn}, which is neither in the estate nor in the register`);
    case 'hidden':
      return unproven(primary.value);
    case 'aws-managed':
    case 'none':
      return unproven('replicates a key that its primary_key_arn does not name');
  }
}
