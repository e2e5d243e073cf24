import type { Path, Resource } from '../../model/resource.ts';
import { asStrings, type Value } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { grantOf, isInside } from '../isolation/policy-grants.ts';
import { type Access, gravest } from './key-access.ts';
import { KEY_TYPES } from './key-of.ts';
import { isOmitted, KEY_POLICY, policyAccess, policyBeside } from './key-policy.ts';

const GRANT = 'aws_kms_grant';

interface Granted {
  readonly statement: string;
  readonly principal: string;
  readonly action: string;
}

const messages = {
  everyone: ({ statement, principal, action }: Granted) =>
    `gives ${action} in ${statement} to everyone (${principal}), in whatever account`,
  foreign: ({ statement, principal, action }: Granted) =>
    `gives ${action} in ${statement} to ${principal}, which is neither of the policy nor registered under network.principals`,
  service: ({ statement, principal, action }: Granted) =>
    `gives ${action} in ${statement} to ${principal} on behalf of any account, without a condition on the source`,
  delegated: ({ statement, principal, action }: Granted) =>
    `leaves ${action} in ${statement} to all of ${principal}: whoever writes identity policies there uses the key`,
  byDefault:
    'has no policy, and by default leaves the key to its whole account: whoever writes identity policies there uses it',
  unseparated: ({ principal, use, using, rule, ruling }: Joined) =>
    `lets ${principal} use the key (${use} in ${using}) and change it (${rule} in ${ruling})`,
  granted: ({ principal, role }: { readonly principal: string; readonly role: string }) =>
    `names ${principal} as ${role}, which is no principal of the policy and not registered under network.principals`,
};

interface Joined {
  readonly principal: string;
  readonly use: string;
  readonly using: string;
  readonly rule: string;
  readonly ruling: string;
}

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'KEY-003',
  why: 'Where data lies matters little once a principal outside may decrypt it: its access is a transfer.',
  fix: 'Name roles of the accounts of the policy, apart for use and for administration. Limit a whole account by kms:ViaService or aws:PrincipalArn, a service by aws:SourceAccount or the encryption context it sets; register principals outside under network.principals.',
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/policy-conditions.html',
  ],
  resourceTypes: [...KEY_TYPES, KEY_POLICY, GRANT],

  messages,

  subjects: resourcesOf(...KEY_TYPES, KEY_POLICY, GRANT),

  inspect({ resource }, inspection) {
    if (resource.type === GRANT) return judgeGrant(resource, inspection);
    const value = resource.attribute('policy');
    if (!isOmitted(value)) return judgePolicy(value, ['policy'], inspection);
    if (resource.type === KEY_POLICY) return inspection.unproven('states no policy');
    return judgeWithout(resource, inspection);
  },

  examples: {
    compliant: [{ stacks: { west: { resource: { aws_kms_key: { ledger: { policy: policyFor('111111111111') } } } } } }],
    violating: [
      { stacks: { west: { resource: { aws_kms_key: { ledger: { policy: policyFor('999999999999') } } } } } },
      { stacks: { west: { resource: { aws_kms_key: { ledger: {} } } } } },
    ],
  },
});

function policyFor(account: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Administration',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111111111111:role/keys' },
        Action: ['kms:Describe*', 'kms:Put*', 'kms:ScheduleKeyDeletion'],
        Resource: '*',
      },
      {
        Sid: 'Use',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Resource: '*',
        Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      },
    ],
  });
}

/** A key without a policy of its own may have one of a resource beside it, which is judged there. */
function judgeWithout(key: Resource, inspection: Inspect): Outcome {
  const { pass, fail, unproven } = inspection;
  const beside = policyBeside(key, inspection);
  if (beside === 'none') return fail({ path: ['policy'] }, 'byDefault');
  return beside === 'stated' ? pass() : unproven(beside);
}

function judgePolicy(value: Value, path: Path, inspection: Inspect): Outcome {
  const { access, hidden } = policyAccess(value, inspection);
  return inspection.all([
    ...access.map((one) => judgeAccess(one, path, inspection)),
    ...joinedOf(access).map((joined) => inspection.fail({ path }, 'unseparated', joined)),
    ...(hidden === null ? [] : [inspection.unproven(hidden)]),
  ]);
}

function judgeAccess(access: Access, path: Path, inspection: Inspect): Outcome {
  const { pass, fail, estate, unproven } = inspection;
  const { kind, statement, principal, actions } = access;
  const [action = ''] = actions;
  switch (kind) {
    case 'everyone':
    case 'foreign':
    case 'service':
      return fail({ path, extent: access.terms }, kind, { statement, principal, action });
    case 'registered':
      return pass();
    case 'own':
    case 'organisation': {
      const use = gravest(actions, 'use');
      if (!access.isWhole || access.isNarrowed || use === null) return pass();
      const [guard] = estate.ofType('aws_organizations_policy');
      if (guard === undefined)
        return fail({ path, extent: access.terms }, 'delegated', { statement, principal, action: use });
      return unproven(
        `leaves ${use} in ${statement} to all of ${principal}, and what ${guard.address} denies is not worked out`,
      );
    }
  }
}

/** Principals that may both use a key and change it, in whichever statements. */
function joinedOf(access: readonly Access[]): readonly Joined[] {
  const byPrincipal = new Map<string, Access[]>();
  for (const one of access) {
    if (one.kind !== 'own' || one.isWhole || one.principal === '(sensitive)') continue;
    byPrincipal.set(one.principal, [...(byPrincipal.get(one.principal) ?? []), one]);
  }
  return [...byPrincipal].flatMap(([principal, rights]) => {
    const [use] = rights.flatMap((one) => named(one, 'use'));
    const [rule] = rights.flatMap((one) => named(one, 'administration'));
    if (use === undefined || rule === undefined) return [];
    return [{ principal, use: use.action, using: use.statement, rule: rule.action, ruling: rule.statement }];
  });
}

function named({ actions, statement, isNarrowed }: Access, kind: 'use' | 'administration') {
  // Who lets a service make grants for itself does not use the key by that.
  const counted = isNarrowed ? actions.filter((action) => action !== 'kms:CreateGrant') : actions;
  const action = gravest(counted, kind);
  return action === null ? [] : [{ action, statement }];
}

function judgeGrant(grant: Resource, inspection: Inspect): Outcome {
  const { all, pass, fail, unproven } = inspection;
  const roles = [
    ['grantee_principal', 'grantee'],
    ['retiring_principal', 'who retires the grant'],
  ] as const;
  const operations = { operations: grant.attribute('operations'), constraints: grant.attribute('constraints') };
  return all(
    roles.map(([argument, role]) => {
      const value = grant.attribute(argument);
      if (isOmitted(value) && argument === 'retiring_principal') return pass();
      const whom = grantOf(value, inspection);
      if (whom.kind === 'hidden') return unproven(whom.value);
      if (isInside(whom)) return pass();
      const [principal = ''] = asStrings(value).known;
      const shownPrincipal = value.sensitive === true ? '(sensitive)' : principal;
      return fail({ path: [argument], value, extent: operations }, 'granted', { principal: shownPrincipal, role });
    }),
  );
}
