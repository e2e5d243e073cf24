import type { Path, Resource } from '../../model/resource.ts';
import { asBoolean, display, isHidden, type Value } from '../../model/value.ts';
import {
  type At,
  type Context,
  defineCheck,
  type Inspection,
  type Outcome,
  type Remedy,
  resourcesOf,
  SITE_KEY,
} from '../check.ts';
import { evidenceFor } from '../evidence.ts';
import { judgeCustomerKey } from './customer-key.ts';
import { ebsDefaultAt } from './ebs-account-default.ts';
import { nodesWithoutTemplate, TEMPLATE_USERS, templatesOf } from './ebs-launch-templates.ts';
import { DERIVED, type Volume, VOLUME_TYPES, volumesOf } from './ebs-volumes.ts';

const messages = {
  unencrypted: ({ argument }: { readonly argument: string }) => `has a volume without encryption: ${argument} is false`,
  notByDefault: ({ argument }: { readonly argument: string }) =>
    `has a volume without encryption: ${argument} is not set, and the account does not encrypt by default`,
  awsManaged: ({ key }: { readonly key: string }) => `has a volume encrypted with ${key}, a key that AWS manages`,
  defaultKey: ({ key }: { readonly key: string }) =>
    `has a volume that names no key, so the account's default applies: ${key}, which AWS manages`,
  inherits: ({ source }: { readonly source: string }) =>
    `is made from ${source}, which is not encrypted as it should be`,
};

type Inspect = Inspection<typeof messages>;

const SUBJECTS: readonly string[] = [...new Set([...VOLUME_TYPES, ...TEMPLATE_USERS])];

/** Snapshot, volume, instance, image: longer chains of copies are not followed. */
const LONGEST_CHAIN = 6;

export default defineCheck({
  id: 'ENC-003',
  why: 'A disk, its snapshots and the images made from them can be read by whoever gets hold of them, unless a key of the enclave protects them.',
  fix: 'Set encrypted to true and kms_key_id to a customer key of the site on every volume and block device, also on the root device. Images differ in the name of their root device: take it from root_device_name of the image, or attest it in the evidence of the policy (image-root-device).',
  references: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html',
  ],
  resourceTypes: [...SUBJECTS, 'aws_ebs_encryption_by_default', 'aws_ebs_default_kms_key'],

  messages,

  subjects: (context) =>
    resourcesOf(...SUBJECTS)(context).filter(({ resource }) => {
      const { items, fromImages, open } = volumesOf(resource, (image) => attestedRootDevice(image, context));
      const templates = templatesOf(resource);
      const described = [items, fromImages, open, templates.items, templates.open];
      return described.some(({ length }) => length > 0) || DERIVED.has(resource.type) || nodesWithoutTemplate(resource);
    }),

  inspect: ({ resource }, inspection) => judge(resource, inspection, LONGEST_CHAIN),

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
            resource: { aws_instance: { ledger: { ami: 'ami-0123456789', root_block_device: { encrypted: false } } } },
          },
        },
      },
    ],
  },
});

function judge(resource: Resource, inspection: Inspect, steps: number): Outcome {
  const { all, unproven } = inspection;
  const origin = DERIVED.get(resource.type);
  if (origin !== undefined) return judgeDerived(resource, { path: [origin], types: ORIGINS }, inspection, steps);
  if (nodesWithoutTemplate(resource)) return judgeNodes(resource, inspection);
  const { items, fromImages, open } = volumesOf(resource, (image) => attestedRootDevice(image, inspection));
  const templates = templatesOf(resource);
  const outcomes = [
    ...items.map((volume) => judgeVolume(resource, volume, inspection, steps)),
    ...fromImages.map((image) => judgeSource(resource, image, inspection, steps)),
    ...templates.items.map((path) => judgeTemplate(resource, path, inspection, steps)),
    ...[...open, ...templates.open].map((value) => unproven(value)),
  ];
  return outcomes.length === 0 ? unproven('does not describe its volumes') : all(outcomes);
}

/** The input shows what a template is to become; a version by its number may be an older one. */
function judgeTemplate(resource: Resource, path: Path, inspection: Inspect, steps: number): Outcome {
  const version = resource.attribute(...path.slice(0, -1), 'version');
  if (path.length > 1 && (version.kind === 'number' || (version.kind === 'string' && /^\d+$/.test(version.value)))) {
    return inspection.unproven(`uses version ${display(version)} of a launch template, which may be an older one`);
  }
  return judgeDerived(resource, { path, types: TEMPLATES }, inspection, steps);
}

/** Nodes that no template describes start from an image of AWS, so the account decides. */
function judgeNodes(resource: Resource, inspection: Inspect): Outcome {
  const { estate, fail, unproven } = inspection;
  const { isEncrypted } = ebsDefaultAt(resource, estate);
  if (isEncrypted === null)
    return unproven('has no launch template, and what the account encrypts is not in the estate');
  if (!isEncrypted)
    return fail(
      { remedy: { of: 'aws_ebs_encryption_by_default', set: [{ path: ['enabled'], to: 'true' }] } },
      'notByDefault',
      { argument: 'launch_template' },
    );
  return judgeAccountKey(resource, () => ({}), inspection);
}

function judgeVolume(resource: Resource, volume: Volume, inspection: Inspect, steps: number): Outcome {
  const { estate, fail, unproven } = inspection;
  const { encryptedPath: path, source, extent } = volume;
  const argument = path.filter((step) => typeof step === 'string').join('.');
  const written = resource.attribute(...path);
  const value = estate.effective(resource, ...path);
  const isOn = asBoolean(value);
  if (isOn === false)
    return fail({ path, value, extent: extent(), remedy: remedyOf(volume) }, 'unencrypted', { argument });
  if (isOn !== true) {
    const byDefault = ebsDefaultAt(resource, estate).isEncrypted;
    if (isHidden(isOn) && (written.kind !== 'null' || byDefault === null)) return unproven(isOn);
    if (byDefault === null) return unproven(`does not say whether ${argument} is on`);
    if (!byDefault && source !== null) return judgeSource(resource, source, inspection, steps);
    // A copy of what is encrypted is encrypted too.
    if (!byDefault && COPIES.includes(resource.type)) return unproven('is encrypted as its source is');
    if (!byDefault) return fail({ path, extent: extent(), remedy: remedyOf(volume) }, 'notByDefault', { argument });
  }
  return judgeKey(resource, volume, inspection, steps);
}

const ORIGINS: readonly string[] = [
  'aws_ebs_volume',
  'aws_ebs_snapshot',
  'aws_ebs_snapshot_copy',
  'aws_ebs_snapshot_import',
  'aws_instance',
  'aws_ami',
  'aws_ami_copy',
  'aws_ami_from_instance',
];
const TEMPLATES: readonly string[] = ['aws_launch_template', 'aws_launch_configuration'];
const COPIES: readonly string[] = ['aws_ami_copy', 'aws_ebs_snapshot_copy'];

function judgeKey(resource: Resource, volume: Volume, inspection: Inspect, steps: number): Outcome {
  const { fail } = inspection;
  const { key: value, keyPath: path, source, extent } = volume;
  const none = (): Outcome => {
    // A volume from an encrypted snapshot or image keeps that one's key unless it names its own.
    if (source !== null) return judgeSource(resource, source, inspection, steps);
    const at = () => ({ path: volume.encryptedPath, extent: extent(), remedy: remedyOf(volume) });
    return judgeAccountKey(resource, at, inspection);
  };
  if (value === null) return none();
  const awsManaged = (key: string) =>
    fail({ path, value, extent: extent(), remedy: remedyOf(volume) }, 'awsManaged', { key });
  return judgeCustomerKey(value, resource, inspection, { none, awsManaged });
}

/** Encrypted, with a key of the site where the type takes one. */
function remedyOf({ encryptedPath, keyPath }: Volume): Remedy {
  const key = keyPath.length === 0 ? [] : [{ path: keyPath, to: SITE_KEY }];
  return { set: [{ path: encryptedPath, to: 'true' }, ...key] };
}

/** The key of volumes that name none; `at` is where the resource could name one. */
function judgeAccountKey(resource: Resource, at: () => At, inspection: Inspect): Outcome {
  const { estate, fail, unproven } = inspection;
  const { key: accountKey } = ebsDefaultAt(resource, estate);
  if (accountKey === null) {
    return unproven('has a volume that names no key, and the default key of the account is not in the estate');
  }
  return judgeCustomerKey(accountKey.attribute('key_arn'), accountKey, inspection, {
    none: () => unproven(`has a volume that names no key, and ${accountKey.address} names none`),
    awsManaged: (key) => fail({ ...at(), related: [accountKey] }, 'defaultKey', { key }),
  });
}

/**
 * What is made from a snapshot or image without a key of its own is encrypted as that is: a root volume that nothing
 * describes is what its image is, and an encrypted image keeps its own key.
 */
function judgeSource(user: Resource, value: Value, inspection: Inspect, steps: number): Outcome {
  const { unproven } = inspection;
  if (value.kind === 'null') return unproven('does not describe the root volume of its image');
  const source = sourceOf(value, user, ORIGINS, inspection, steps);
  if (source === null) return unproven(`takes the encryption of ${display(value)}, which is not known`);
  const outcome = judge(source, inspection, steps - 1);
  return outcome.verdict === 'fail' ? unproven(`takes the encryption of ${source.address}, which fails`) : outcome;
}

/** A snapshot, an image or a group of instances is as good as what it is made from. */
function judgeDerived(
  resource: Resource,
  { path, types }: { readonly path: Path; readonly types: readonly string[] },
  inspection: Inspect,
  steps: number,
): Outcome {
  const { fail, unproven } = inspection;
  const value = resource.attribute(...path);
  const source = sourceOf(value, resource, types, inspection, steps);
  if (source === null) return unproven(`takes the encryption of ${display(value)}, which is not known`);
  const outcome = judge(source, inspection, steps - 1);
  if (outcome.verdict !== 'fail' || source.init.isSymbolic) return outcome;
  return fail({ path, value, related: [source] }, 'inherits', { source: source.address });
}

function sourceOf(
  value: Value,
  user: Resource,
  types: readonly string[],
  { estate }: Inspect,
  steps: number,
): Resource | null {
  const target = estate.resolve(value, types, user);
  if (target.kind !== 'resource' || target.resource.init.mode === 'data' || steps === 0) return null;
  return types.includes(target.resource.type) ? target.resource : null;
}

/** The root device of an image by evidence in force; Terraform does not show it before the image is looked up. */
function attestedRootDevice(image: string, context: Context): string | null {
  const evidence = evidenceFor('image-root-device', [image], context);
  return typeof evidence === 'string' ? null : evidence.states;
}
