import { parseKmsArn } from '../../model/aws/arn.ts';
import type { Path, Resource } from '../../model/resource.ts';
import { asString, isHidden, shown, type Value } from '../../model/value.ts';
import type { RegisteredKey, Site } from '../../policy/policy.ts';
import { siteOf, type SiteAssignment } from '../../policy/sites.ts';
import { defineCheck, type Inspection, type Outcome, type Remedy, SITE_KEY } from '../check.ts';
import { keyOf } from './key-of.ts';
import { isShared } from './key-sharing.ts';
import { KEY_USERS, keyUses, type KeyUse } from './key-uses.ts';

const messages = {
  awsManaged: ({ argument, key }: { readonly argument: string; readonly key: string }) =>
    `names ${key} in ${argument}, a key that AWS manages`,
  otherSite: (data: { readonly argument: string; readonly key: string; readonly site: string; readonly own: string }) =>
    `uses ${data.key} of ${data.site} in ${data.argument} but belongs to ${data.own}, and the policy does not share it`,
  elsewhere: (data: {
    readonly argument: string;
    readonly key: string;
    readonly place: string;
    readonly own: string;
  }) => `uses ${data.key} in ${data.argument}, which lies in ${data.place} and not at ${data.own}`,
};

type Inspect = Inspection<typeof messages>;

interface Use extends KeyUse {
  readonly user: Resource;
  readonly argument: string;
  readonly own: Site;
}

export default defineCheck({
  id: 'KEY-001',
  why: 'Encryption keeps data at a site only while the key is held there: whoever holds the key elsewhere can be made to decrypt.',
  fix: 'Name a customer-managed key of the same site. A key that two sites must share belongs in keys.sharing of the policy, one made outside the estate in keys.register.',
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html',
    'https://www.edpb.europa.eu/our-work-tools/our-documents/recommendations/recommendations-012020-measures-supplement-transfer_en',
  ],
  resourceTypes: [...KEY_USERS],

  messages,

  subjects: ({ estate }) =>
    estate
      .ofType(...KEY_USERS)
      .filter((resource) => {
        const { uses, open } = keyUses(resource, estate);
        return uses.length + open.length > 0;
      })
      .map((resource) => ({ kind: 'resource', resource })),

  inspect({ resource: user }, inspection) {
    const { estate, policy, all, unproven } = inspection;
    const { uses, open } = keyUses(user, estate);
    const own = siteOf(estate.place(user), user.stack, policy);
    return all([
      ...uses.map((use) => judgeUse(use, user, own, inspection)),
      ...(open.length === 0 ? [] : [unproven(open)]),
    ]);
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_kms_key: { ledger: {} },
              aws_ebs_volume: { ledger: { encrypted: true, kms_key_id: '${aws_kms_key.ledger.arn}' } },
            },
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_ebs_volume: {
                ledger: {
                  encrypted: true,
                  kms_key_id: 'arn:aws:kms:us-east-1:111111111111:key/00000000-0000-4000-8000-000000000001',
                },
              },
            },
          },
        },
      },
    ],
  },
});

function judgeUse({ path, value }: KeyUse, user: Resource, site: SiteAssignment, inspection: Inspect): Outcome {
  const { pass, fail, unproven } = inspection;
  const target = keyOf(value, user, inspection);
  const argument = path.filter((step) => typeof step === 'string').join('.');
  if (target.kind === 'none') return pass();
  if (target.kind === 'aws-managed')
    return fail({ path, value, remedy: ownKey(path) }, 'awsManaged', { argument, key: target.name });
  if (target.kind === 'hidden') return unproven(target.value);
  if (site.kind === 'hidden') return unproven(site.value);
  if (site.kind === 'unassigned') return unproven(`uses a key, and ${site.reason}`);
  const use = { path, value, user, argument, own: site.site };
  switch (target.kind) {
    case 'key':
      return judgeKey(target.resource, use, inspection);
    case 'registered':
      return judgeRegistered(target.entry, use, inspection);
    case 'outside':
      return judgeOutside(target.arn, use, inspection);
  }
}

function judgeKey(key: Resource, use: Use, inspection: Inspect): Outcome {
  const { estate, policy, all, pass, fail, unproven } = inspection;
  const { path, value, argument, own } = use;
  const place = estate.place(key);
  const assignment = siteOf(place, key.stack, policy);
  if (assignment.kind === 'hidden') return unproven(assignment.value);
  if (assignment.kind === 'unassigned') return unproven(`uses ${key.address}, and ${assignment.reason}`);
  const { site } = assignment;
  const at = { path, value, related: [key], extent: { region: place.region } };
  const isOwn = site.id === own.id || isShared(`${key.stack}:${key.address}`, [own.id, site.id], policy);
  const named = { argument, key: key.address };
  return all([
    isOwn ? pass() : fail({ ...at, remedy: ownKey(path) }, 'otherSite', { ...named, site: site.name, own: own.name }),
    // The site of a stack does not tell where its keys lie: a provider or a region argument may put them anywhere.
    judgePart(place.region, regionsOf(site), (found) => found),
    // One provider is one account, whichever it is.
    isHidden(asString(place.account)) && isOneProvider(key, use.user)
      ? pass()
      : judgePart(place.account, [site.account], (found) => `account ${found}`),
  ]);

  function judgePart(part: Value, allowed: readonly string[], inWords: (found: string) => string): Outcome {
    const found = asString(part);
    if (isHidden(found)) return unproven(found);
    if (found === null || allowed.includes(found)) return pass();
    return fail(at, 'elsewhere', { ...named, own: site.name, place: inWords(shown(found, part)) });
  }
}

function ownKey(path: Path): Remedy {
  return { set: [{ path, to: SITE_KEY }] };
}

function isOneProvider(left: Resource, right: Resource): boolean {
  return left.stack === right.stack && left.init.provider.alias === right.init.provider.alias;
}

function judgeRegistered(entry: RegisteredKey, use: Use, inspection: Inspect): Outcome {
  const { pass, fail, policy } = inspection;
  const { path, value, argument, own } = use;
  if (entry.site === own.id || isShared(entry.arn, [own.id, entry.site], policy)) return pass();
  const site = policy.sites.find(({ id }) => id === entry.site)?.name ?? entry.site;
  const data = { argument, key: entry.arn, site, own: own.name };
  return fail({ path, value, remedy: ownKey(path) }, 'otherSite', data);
}

function judgeOutside(text: string, use: Use, inspection: Inspect): Outcome {
  const { pass, fail, unproven, policy } = inspection;
  const { path, value, argument, own } = use;
  if (isShared(text, [own.id], policy)) return pass();
  const arn = parseKmsArn(text)?.arn;
  const isElsewhere =
    arn !== undefined &&
    (arn.partition !== policy.partition || arn.account !== own.account || !regionsOf(own).includes(arn.region));
  if (isElsewhere) {
    const place = `${arn.region} of account ${arn.account}`;
    return fail({ path, value, remedy: ownKey(path) }, 'elsewhere', { argument, key: text, place, own: own.name });
  }
  return unproven(`names ${text} in ${argument}, which is neither in the estate nor in the register`);
}

function regionsOf(site: Site): readonly string[] {
  return [site.region, ...site.supportingPlaces.map(({ region }) => region)];
}
