import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, isHidden, shown } from '../../model/value.ts';
import type { Site } from '../../policy/policy.ts';
import { defineCheck, type Inspection, type Outcome, SITE_KEY } from '../check.ts';
import { judgeSetting, sitesSeen } from '../site-settings.ts';
import { judgeCustomerKey } from './customer-key.ts';

const DEFAULT_ENCRYPTION = 'aws_ebs_encryption_by_default';
const DEFAULT_KEY = 'aws_ebs_default_kms_key';

/** What blocks the public from snapshots and images, by type: the state that leaves nothing open. */
const BLOCKS: readonly { readonly type: string; readonly what: string; readonly state: string }[] = [
  { type: 'aws_ebs_snapshot_block_public_access', what: 'public snapshots', state: 'block-all-sharing' },
  { type: 'aws_ec2_image_block_public_access', what: 'public images', state: 'block-new-sharing' },
];

type Where = { readonly region: string; readonly account: string };

const messages = {
  noDefault: ({ region, account }: Where) =>
    `does not encrypt EBS volumes by default in ${region} of account ${account}`,
  off: ({ setting }: { readonly setting: string }) => `does not encrypt EBS volumes by default: ${setting} is false`,
  noKey: ({ region, account }: Where) =>
    `encrypts EBS volumes by default with aws/ebs in ${region} of account ${account}, because nothing names a customer key`,
  awsManaged: ({ setting, key }: { readonly setting: string; readonly key: string }) =>
    `encrypts EBS volumes by default with ${key}, which AWS manages (${setting})`,
  open: ({ what, region, account }: Where & { readonly what: string }) =>
    `does not block ${what} in ${region} of account ${account}`,
  weak: ({ what, setting, state }: { readonly what: string; readonly setting: string; readonly state: string }) =>
    `does not block ${what}: ${setting} is "${state}"`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'ENC-004',
  why: 'What is made outside the stacks, by hand or by a service, falls back to what the account says. While that is nothing, its volumes are not encrypted, and a snapshot or an image is one call away from the public.',
  fix: 'In the account and Region of each site add aws_ebs_encryption_by_default, aws_ebs_default_kms_key with a customer key of the site, aws_ebs_snapshot_block_public_access with state = "block-all-sharing" and aws_ec2_image_block_public_access with state = "block-new-sharing".',
  references: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html',
  ],
  resourceTypes: [DEFAULT_ENCRYPTION, DEFAULT_KEY, ...BLOCKS.map(({ type }) => type)],

  messages,

  subjects: sitesSeen,

  inspect: ({ site }, inspection) =>
    inspection.all([
      judgeDefault(site, inspection),
      judgeDefaultKey(site, inspection),
      ...BLOCKS.map((block) => judgeBlock(site, block, inspection)),
    ]),

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_kms_key: { ledger: {} },
              aws_ebs_encryption_by_default: { all: { enabled: true } },
              aws_ebs_default_kms_key: { all: { key_arn: '${aws_kms_key.ledger.arn}' } },
              aws_ebs_snapshot_block_public_access: { all: { state: 'block-all-sharing' } },
              aws_ec2_image_block_public_access: { all: { state: 'block-new-sharing' } },
            },
          },
        },
      },
    ],
    violating: [{ stacks: { west: { resource: { aws_ebs_encryption_by_default: { all: { enabled: false } } } } } }],
  },
});

function judgeDefault(site: Site, inspection: Inspect): Outcome {
  const { estate, pass, fail, unproven } = inspection;
  return judgeSetting(site, DEFAULT_ENCRYPTION, inspection, {
    judge: (setting) => {
      const value = estate.effective(setting, 'enabled');
      const isOn = asBoolean(value);
      if (isHidden(isOn)) return unproven(isOn);
      const remedy = { of: setting, set: [{ path: ['enabled'], to: 'true' }] };
      const at = { value, related: [setting], location: setting.locate('enabled'), remedy };
      return isOn === true ? pass() : fail(at, 'off', { setting: `${setting.address}.enabled` });
    },
    missing: () =>
      fail(
        { remedy: { of: DEFAULT_ENCRYPTION, set: [{ path: ['enabled'], to: 'true' }] } },
        'noDefault',
        whereOf(site),
      ),
  });
}

function judgeDefaultKey(site: Site, inspection: Inspect): Outcome {
  const { fail } = inspection;
  const set = [{ path: ['key_arn'], to: SITE_KEY }];
  const none = (): Outcome => fail({ remedy: { of: DEFAULT_KEY, set } }, 'noKey', whereOf(site));
  return judgeSetting(site, DEFAULT_KEY, inspection, {
    judge: (setting) => {
      const value = setting.attribute('key_arn');
      return judgeCustomerKey(value, setting, inspection, {
        none,
        awsManaged: (key) =>
          fail(
            { value, related: [setting], location: setting.locate('key_arn'), remedy: { of: setting, set } },
            'awsManaged',
            {
              setting: `${setting.address}.key_arn`,
              key,
            },
          ),
      });
    },
    missing: none,
  });
}

function judgeBlock(site: Site, { type, what, state: wanted }: (typeof BLOCKS)[number], inspection: Inspect): Outcome {
  const { pass, fail, unproven } = inspection;
  const set = [{ path: ['state'], to: `'${wanted}'` }];
  return judgeSetting(site, type, inspection, {
    judge: (setting: Resource) => {
      const value = setting.attribute('state');
      const state = asString(value);
      if (isHidden(state)) return unproven(state);
      if (state === null) return unproven(`${setting.address} sets no state`);
      const at = { value, related: [setting], location: setting.locate('state'), remedy: { of: setting, set } };
      if (state === wanted) return pass();
      return fail(at, 'weak', { what, setting: `${setting.address}.state`, state: shown(state, value) });
    },
    missing: () => fail({ remedy: { of: type, set } }, 'open', { what, ...whereOf(site) }),
  });
}

function whereOf({ region, account }: Site): Where {
  return { region, account };
}
