import type { Resource } from '../../model/resource.ts';
import { asBoolean, asNumber, asString, display, isHidden, shown } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { evidenceFor } from '../evidence.ts';
import { KEY_TYPES, keyOf } from './key-of.ts';

const messages = {
  off: 'does not rotate: enable_key_rotation is not true',
  slow: ({ days, maximum }: { readonly days: string; readonly maximum: number }) =>
    `rotates every ${days} days, the policy allows ${maximum} at most`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'KEY-004',
  why: 'A key that never changes protects ever more data, and one leak of it uncovers all of that.',
  fix: 'Set enable_key_rotation to true and rotation_period_in_days within the policy. For keys that AWS cannot rotate, rotate by hand and name the proof in the evidence of the policy.',
  references: ['https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html'],
  resourceTypes: [...KEY_TYPES],

  messages,

  subjects: resourcesOf(...KEY_TYPES),

  inspect({ resource: key }, inspection) {
    switch (key.type) {
      case 'aws_kms_key':
        return judgeKey(key, inspection);
      case 'aws_kms_replica_key':
        return judgeReplica(key, inspection);
      default:
        return byEvidence(key, 'has imported material, which AWS does not rotate', inspection);
    }
  },

  examples: {
    compliant: [{ stacks: { west: { resource: { aws_kms_key: { ledger: { enable_key_rotation: true } } } } } }],
    violating: [{ stacks: { west: { resource: { aws_kms_key: { ledger: {} } } } } }],
  },
});

function judgeKey(key: Resource, inspection: Inspect): Outcome {
  const { estate, policy, pass, fail, unproven } = inspection;
  const manual = manualReason(key, inspection);
  if (typeof manual === 'string') return byEvidence(key, manual, inspection);
  if (manual !== null) return manual;
  const path = ['enable_key_rotation'];
  const value = estate.effective(key, ...path);
  const isOn = asBoolean(value);
  if (isHidden(isOn)) return unproven(isOn);
  if (isOn !== true) return fail({ path, value, remedy: { set: [{ path, to: 'true' }] } }, 'off');
  const period = estate.effective(key, 'rotation_period_in_days');
  const days = asNumber(period);
  const maximum = policy.keys.maximumRotationDays;
  if (isHidden(days)) return unproven(days);
  if (days === null) return unproven('has a rotation period that is not known');
  if (days > maximum) {
    const at = ['rotation_period_in_days'];
    const remedy = { set: [{ path: at, to: String(maximum) }] };
    return fail({ path: at, value: period, remedy }, 'slow', { days: display(period), maximum });
  }
  return pass();
}

/** Why AWS does not rotate a key by itself; an outcome when that is not known, null when it does. */
function manualReason(key: Resource, { estate, unproven }: Inspect): string | Outcome | null {
  const store = asString(estate.effective(key, 'custom_key_store_id'));
  if (isHidden(store)) return unproven(store);
  if (store !== null && store !== '') return 'is in a custom key store, where AWS does not rotate';
  const written = estate.effective(key, 'customer_master_key_spec');
  const spec = asString(written);
  if (isHidden(spec)) return unproven(spec);
  return spec === null || spec === 'SYMMETRIC_DEFAULT'
    ? null
    : `is of spec ${shown(spec, written)}, which AWS does not rotate`;
}

/** A replica has the key material of its primary, and follows its rotation. */
function judgeReplica(replica: Resource, inspection: Inspect): Outcome {
  const { unproven } = inspection;
  const primary = keyOf(replica.attribute('primary_key_arn'), replica, inspection);
  if (primary.kind === 'hidden') return unproven(primary.value);
  if (primary.kind !== 'key' || primary.resource.type !== 'aws_kms_key') {
    return byEvidence(replica, 'rotates with its primary key, which is not in the estate', inspection);
  }
  const outcome = judgeKey(primary.resource, inspection);
  // The primary fails as a subject of its own; a replica has no argument that could mend it.
  return outcome.verdict === 'fail' ? unproven(`rotates with ${primary.resource.address}, which fails`) : outcome;
}

function byEvidence(key: Resource, reason: string, inspection: Inspect): Outcome {
  const arn = asString(key.attribute('arn'));
  const arns = typeof arn === 'string' ? [arn] : [];
  const evidence = evidenceFor('key-rotation', [`${key.stack}:${key.address}`, ...arns], inspection);
  return typeof evidence === 'string' ? inspection.unproven(`${reason}, and ${evidence}`) : inspection.pass();
}
