import type { Resource } from '../../model/resource.ts';
import { asBoolean, asNumber, display, isHidden } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';

/** Keys, and the argument that says whether they are enabled. */
const SWITCHES: ReadonlyMap<string, string> = new Map([
  ['aws_kms_key', 'is_enabled'],
  ['aws_kms_external_key', 'enabled'],
  ['aws_kms_replica_key', 'enabled'],
  ['aws_kms_replica_external_key', 'enabled'],
]);

/** Days that KMS waits where nobody says how many: ScheduleKeyDeletion of its API reference. */
const USUAL_DAYS = 30;

const messages = {
  short: ({ days, minimum }: { readonly days: string; readonly minimum: number }) =>
    `is gone ${days} days after its deletion is scheduled, not after ${String(minimum)}`,
  bypassed: 'may get a policy that locks everybody out: bypass_policy_lockout_safety_check is true',
  disabled: ({ argument }: { readonly argument: string }) =>
    `is disabled, so what it encrypts cannot be read: ${argument} is false`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'KEY-005',
  why: 'What a deleted key encrypted is lost for good. The days between the order and the deletion are all the time there is to notice it.',
  fix: 'Set deletion_window_in_days to 30, the longest that KMS knows, leave bypass_policy_lockout_safety_check off, and keep the key enabled as long as anything is encrypted under it.',
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
    'https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html',
  ],
  resourceTypes: [...SWITCHES.keys(), 'aws_kms_key_policy'],

  messages,

  subjects: resourcesOf(...SWITCHES.keys(), 'aws_kms_key_policy'),

  inspect({ resource }, inspection) {
    const argument = SWITCHES.get(resource.type);
    if (argument === undefined) return judgeLockout(resource, inspection);
    return inspection.all([
      judgeWindow(resource, inspection),
      judgeLockout(resource, inspection),
      judgeState(resource, argument, inspection),
    ]);
  },

  examples: {
    compliant: [{ stacks: { west: { resource: { aws_kms_key: { ledger: { deletion_window_in_days: 30 } } } } } }],
    violating: [{ stacks: { west: { resource: { aws_kms_key: { ledger: { deletion_window_in_days: 7 } } } } } }],
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
