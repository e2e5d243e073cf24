import type { Resource } from '../../model/resource.ts';
import { asBoolean, asNumber, display, isHidden } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { isOmitted, KEY_POLICY, policyAccess, policyBeside } from './key-policy.ts';

/** Keys, and the argument that says whether they are enabled. */
const SWITCHES: ReadonlyMap<string, string> = new Map([
  ['aws_kms_key', 'is_enabled'],
  ['aws_kms_external_key', 'enabled'],
  ['aws_kms_replica_key', 'enabled'],
  ['aws_kms_replica_external_key', 'enabled'],
]);

/** Days that KMS waits where nobody says how many: ScheduleKeyDeletion of its API reference. */
const USUAL_DAYS = 30;

/** What takes a key away from all that it protects, at once or after the wait. */
const ENDINGS = ['kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:DeleteImportedKeyMaterial'];

const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Administration',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111111111111:role/keys' },
      Action: ['kms:Put*', 'kms:ScheduleKeyDeletion', 'kms:DisableKey'],
      Resource: '*',
    },
  ],
});

const messages = {
  short: ({ days, minimum }: { readonly days: string; readonly minimum: number }) =>
    `is gone ${days} days after its deletion is scheduled, not after ${String(minimum)}`,
  bypassed: 'may get a policy that locks everybody out: bypass_policy_lockout_safety_check is true',
  disabled: ({ argument }: { readonly argument: string }) =>
    `is disabled, so what it encrypts cannot be read: ${argument} is false`,
  anybody:
    'has no policy, and by default leaves its deletion to its whole account: whoever writes identity policies there orders it',
  delegated: ({ statement, principal, action }: Ending) =>
    `leaves ${action} in ${statement} to all of ${principal}: whoever writes identity policies there ends the key`,
  outsider: ({ statement, principal, action }: Ending) =>
    `lets ${principal} end the key, by ${action} in ${statement}, which is no principal of the accounts of the policy`,
};

interface Ending {
  readonly statement: string;
  readonly principal: string;
  readonly action: string;
}

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'KEY-005',
  why: 'What a deleted key encrypted is lost for good. The days between the order and the deletion are all the time there is to notice it.',
  fix: 'Set deletion_window_in_days to 30, the longest that KMS knows, leave bypass_policy_lockout_safety_check off, name in the key policy the roles that may schedule the deletion or disable the key, and keep the key enabled as long as anything is encrypted under it.',
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
    'https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html',
  ],
  resourceTypes: [...SWITCHES.keys(), KEY_POLICY],

  messages,

  subjects: resourcesOf(...SWITCHES.keys(), KEY_POLICY),

  inspect({ resource }, inspection) {
    const argument = SWITCHES.get(resource.type);
    if (argument === undefined) {
      return inspection.all([judgeLockout(resource, inspection), judgeEndings(resource, inspection)]);
    }
    return inspection.all([
      judgeWindow(resource, inspection),
      judgeLockout(resource, inspection),
      judgeState(resource, argument, inspection),
      judgeEndings(resource, inspection),
    ]);
  },

  examples: {
    compliant: [
      { stacks: { west: { resource: { aws_kms_key: { ledger: { deletion_window_in_days: 30, policy: POLICY } } } } } },
    ],
    violating: [
      { stacks: { west: { resource: { aws_kms_key: { ledger: { deletion_window_in_days: 7, policy: POLICY } } } } } },
      { stacks: { west: { resource: { aws_kms_key: { ledger: { deletion_window_in_days: 30 } } } } } },
    ],
  },
});

function judgeWindow(key: Resource, { policy, pass, fail, unproven }: Inspect): Outcome {
  const path = ['deletion_window_in_days'];
  const value = key.attribute(...path);
  const days = asNumber(value);
  if (isHidden(days)) return unproven(days);
  const minimum = policy.keys.minimumDeletionDays;
  if ((days ?? USUAL_DAYS) >= minimum) return pass();
  const remedy = { set: [{ path, to: String(minimum) }] };
  return fail({ path, value, remedy }, 'short', { days: display(value), minimum });
}

function judgeLockout(resource: Resource, { pass, fail, unproven }: Inspect): Outcome {
  const path = ['bypass_policy_lockout_safety_check'];
  const value = resource.attribute(...path);
  const isBypassed = asBoolean(value);
  if (isHidden(isBypassed)) return unproven(isBypassed);
  if (isBypassed !== true) return pass();
  return fail({ path, value, remedy: { set: [{ path, to: 'false' }] } }, 'bypassed');
}

function judgeState(key: Resource, argument: string, { pass, fail, unproven }: Inspect): Outcome {
  const path = [argument];
  const value = key.attribute(...path);
  const isOn = asBoolean(value);
  if (isHidden(isOn)) return unproven(isOn);
  if (isOn !== false) return pass();
  return fail({ path, value, remedy: { set: [{ path, to: 'true' }] } }, 'disabled', { argument });
}

/** Who may end the key, by its policy: roles by their names, and nobody outside. */
function judgeEndings(resource: Resource, inspection: Inspect): Outcome {
  const { estate, all, pass, fail, unproven } = inspection;
  const path = ['policy'];
  const value = resource.attribute(...path);
  if (isOmitted(value)) {
    if (resource.type === KEY_POLICY) return unproven('states no policy');
    const beside = policyBeside(resource, inspection);
    if (beside === 'none') return fail({ path }, 'anybody');
    return beside === 'stated' ? pass() : unproven(beside);
  }
  const { access, hidden } = policyAccess(value, inspection);
  const outcomes = access.map((one) => {
    const action = ENDINGS.find((ending) => one.actions.includes(ending));
    if (action === undefined) return pass();
    const { kind, statement, principal, terms } = one;
    if (kind !== 'own' && kind !== 'organisation') {
      return fail({ path, extent: terms }, 'outsider', { statement, principal, action });
    }
    if (!one.isWhole || one.isNarrowed) return pass();
    const [guard] = estate.ofType('aws_organizations_policy');
    if (guard === undefined) return fail({ path, extent: terms }, 'delegated', { statement, principal, action });
    return unproven(
      `leaves ${action} in ${statement} to all of ${principal}, and what ${guard.address} denies is not worked out`,
    );
  });
  return all([...outcomes, ...(hidden === null ? [] : [unproven(hidden)])]);
}
