import type { Resource } from '../../model/resource.ts';
import { type Hidden, isHidden } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome } from '../check.ts';
import { KEY_TYPES } from './key-of.ts';
import { type Protection, protectionsOf } from './key-protects.ts';
import { isShared } from './key-sharing.ts';

interface Shared {
  readonly one: string;
  readonly user: string;
  readonly other: string;
  readonly another: string;
}

const messages = {
  classes: ({ one, user, other, another }: Shared) =>
    `protects ${one} data (${user}) and ${other} data (${another}) alike`,
  sites: ({ one, user, other, another }: Shared) =>
    `protects data of ${one} (${user}) and of ${other} (${another}), and the policy does not share it`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'KEY-007',
  why: 'Whoever gets at a shared key gets at all that it protects, and data can be destroyed by destroying its key only where nothing else has that key.',
  fix: 'Make a key for each data class at each site, and tag what keeps data with its class. A key that sites must share belongs in keys.sharing of the policy.',
  references: ['https://docs.aws.amazon.com/prescriptive-guidance/latest/encryption-best-practices/kms.html'],
  resourceTypes: [...KEY_TYPES],

  messages,

  subjects: (context) =>
    context.estate
      .ofType(...KEY_TYPES)
      .filter((key) => protectionsOf(context).byKey.has(key))
      .map((resource) => ({ kind: 'resource', resource })),

  inspect({ resource: key }, inspection) {
    const { byKey, open } = protectionsOf(inspection);
    const protections = byKey.get(key) ?? [];
    return inspection.all([
      judgeClasses(protections, inspection),
      judgeSites(key, protections, inspection),
      judgeOpen(protections, open, inspection),
    ]);
  },

  examples: {
    compliant: [{ stacks: { west: { resource: exampleStores('restricted') } } }],
    violating: [{ stacks: { west: { resource: exampleStores('operational') } } }],
  },
});

function exampleStores(other: string) {
  const store = (dataClass: string) => ({
    encrypted: true,
    kms_key_id: '${aws_kms_key.ledger.arn}',
    tags: { 'ledger:data-class': dataClass },
  });
  return {
    aws_kms_key: { ledger: { enable_key_rotation: true } },
    aws_ebs_volume: { entries: store('restricted'), receipts: store(other) },
  };
}

function judgeClasses(protections: readonly Protection[], { pass, fail, unproven }: Inspect): Outcome {
  const known = protections.flatMap(({ user, dataClass }) => (isHidden(dataClass) ? [] : [{ user, is: dataClass }]));
  const [first] = known;
  const other = known.find(({ is }) => is !== first?.is);
  if (first !== undefined && other !== undefined) {
    const data = { one: first.is, user: nameOf(first.user), other: other.is, another: nameOf(other.user) };
    return fail({ related: [first.user, other.user] }, 'classes', data);
  }
  const hidden = protections.flatMap(({ dataClass }) => (isHidden(dataClass) ? [dataClass] : []));
  // Of one use, whatever its class is, there is one.
  return hidden.length === 0 || protections.length === 1 ? pass() : unproven(hidden);
}

function judgeSites(
  key: Resource,
  protections: readonly Protection[],
  { policy, pass, fail, unproven }: Inspect,
): Outcome {
  const first = protections.find(({ site }) => site !== null);
  const other = protections.find(({ site }) => site !== null && site !== first?.site);
  const name = `${key.stack}:${key.address}`;
  const sites = protections.flatMap(({ site }) => (site === null ? [] : [site]));
  if (first !== undefined && other !== undefined && !isShared(name, sites, policy)) {
    const data = {
      one: first.site ?? '',
      user: nameOf(first.user),
      other: other.site ?? '',
      another: nameOf(other.user),
    };
    return fail({ related: [first.user, other.user] }, 'sites', data);
  }
  const unplaced = protections.find(({ site }) => site === null);
  return unplaced === undefined || protections.length === 1
    ? pass()
    : unproven(`protects ${nameOf(unplaced.user)}, whose site is not known`);
}

/** A use of a key that is not known may be of this one; it changes nothing where its class and site are the same. */
function judgeOpen(
  protections: readonly Protection[],
  open: readonly (Protection & { readonly value: Hidden })[],
  { pass, unproven }: Inspect,
): Outcome {
  const [first] = protections;
  const others = open.filter(
    ({ dataClass, site }) => isHidden(dataClass) || dataClass !== first?.dataClass || site !== first.site,
  );
  return others.length === 0 ? pass() : unproven(others.map(({ value }) => value));
}

function nameOf({ stack, address }: Resource): string {
  return `${address} of ${stack}`;
}
