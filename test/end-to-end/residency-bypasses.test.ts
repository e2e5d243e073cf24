import { describe, expect, it } from 'vitest';
import type { Example, StackJson } from '../../checks/check.ts';
import { checks } from '../../checks/index.ts';
import { judge } from '../../checks/example-estate.ts';

const ACCOUNT = '111111111111';
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/00000000-0000-4000-8000-000000000000`;
const FAR = 'us-east-1';

interface Bypass {
  readonly name: string;
  /** The control that sees it, and of what. */
  readonly control: string;
  readonly subject: string;
  readonly verdict: 'fail' | 'unproven';
  readonly west: StackJson;
  readonly policy?: Example['policy'];
}

const restricted = { tags: { 'ledger:data-class': 'restricted' } };
const operational = { tags: { 'ledger:data-class': 'operational' } };

function provider(version: '5.100.0' | '6.25.0', ...others: readonly object[]): StackJson {
  return {
    terraform: { required_providers: { aws: { source: 'aws', version } }, ...backend('eu-west-1') },
    provider: { aws: [{ region: 'eu-west-1', allowed_account_ids: [ACCOUNT] }, ...others] },
  };
}

function backend(region: string): object {
  const s3 = { bucket: 'ledger-state', key: 'west', region, encrypt: true, kms_key_id: KEY, use_lockfile: true };
  return { backend: { s3 } };
}

const bucket = (body: object): StackJson => ({ resource: { aws_s3_bucket: { ledger: { ...restricted, ...body } } } });
const volume = (zone: string): StackJson => ({
  resource: { aws_ebs_volume: { disk: { availability_zone: zone, size: 1, ...restricted } } },
});
const table = (region: string, tags: object = restricted): StackJson => ({
  resource: { aws_dynamodb_table: { ledger: { name: 'ledger', replica: [{ region_name: region }], ...tags } } },
});
const agent = (model: string): StackJson => ({
  resource: { aws_bedrockagent_agent: { clerk: { agent_name: 'clerk', foundation_model: model, ...restricted } } },
});
const state = (region: string): StackJson => ({ terraform: backend(region) });

/** An alias whose name says nothing of its Region, which two locals lead to. */
const aliases = (version: '5.100.0' | '6.25.0'): StackJson =>
  provider(version, { alias: 'home', region: '${local.second}', allowed_account_ids: [ACCOUNT] });
const CHAIN = { locals: { first: FAR, second: '${local.first}' } };

const backupPolicy = {
  plans: {
    daily: {
      regions: { '@@assign': ['eu-west-1'] },
      rules: {
        daily: {
          target_backup_vault_name: { '@@assign': 'home' },
          copy_actions: { [`arn:aws:backup:${FAR}:$account:backup-vault:far`]: { target_backup_vault_arn: {} } },
        },
      },
    },
  },
};

const BYPASSES: readonly Bypass[] = [
  {
    name: 'the region argument of a resource, in provider 6',
    control: 'RES-001',
    subject: 'aws_s3_bucket.ledger',
    verdict: 'fail',
    west: { ...provider('6.25.0'), ...bucket({ region: FAR }) },
  },
  ...(['5.100.0', '6.25.0'] as const).flatMap((version): readonly Bypass[] => [
    {
      name: `an alias whose Region is the end of a chain of locals, in provider ${version}`,
      control: 'RES-001',
      subject: 'aws_s3_bucket.ledger',
      verdict: 'fail',
      west: { ...aliases(version), ...CHAIN, ...bucket({ provider: 'aws.home' }) },
    },
    {
      name: `the provider written as an expression, in provider ${version}`,
      control: 'RES-001',
      subject: 'aws_s3_bucket.ledger',
      verdict: 'unproven',
      west: { ...aliases(version), ...CHAIN, ...bucket({ provider: '${aws.home}' }) },
    },
    {
      name: `a provider that nobody declares, in provider ${version}`,
      control: 'RES-001',
      subject: 'aws_s3_bucket.ledger',
      verdict: 'unproven',
      west: { ...provider(version), ...bucket({ provider: 'aws.elsewhere' }) },
    },
    {
      name: `the Region of the provider from the default of a variable, in provider ${version}`,
      control: 'RES-001',
      subject: 'aws_s3_bucket.ledger',
      verdict: 'unproven',
      west: {
        ...provider(version),
        variable: { region: { type: 'string', default: 'eu-west-1' } },
        provider: { aws: [{ region: '${var.region}', allowed_account_ids: [ACCOUNT] }] },
        ...bucket({}),
      },
    },
    {
      name: `London, under a set without the United Kingdom, in provider ${version}`,
      control: 'RES-001',
      subject: 'aws_s3_bucket.ledger',
      verdict: 'fail',
      west: {
        ...provider(version, { alias: 'london', region: 'eu-west-2', allowed_account_ids: [ACCOUNT] }),
        ...bucket({ provider: 'aws.london' }),
      },
    },
  ]),
  {
    name: 'the region argument from the default of a variable',
    control: 'RES-001',
    subject: 'aws_s3_bucket.ledger',
    verdict: 'unproven',
    west: { variable: { region: { default: 'eu-west-1' } }, ...bucket({ region: '${var.region}' }) },
  },
  {
    name: 'a Local Zone in Istanbul, of a Region in Frankfurt',
    control: 'RES-002',
    subject: 'aws_ebs_volume.disk',
    verdict: 'fail',
    west: volume('eu-central-1-ist-1a'),
  },
  {
    name: 'a Region with a Cyrillic letter',
    control: 'RES-001',
    subject: 'aws_s3_bucket.ledger',
    verdict: 'fail',
    west: bucket({ region: '\u0435u-west-1' }),
  },
  {
    name: 'a Region in capitals',
    control: 'RES-001',
    subject: 'aws_s3_bucket.ledger',
    verdict: 'fail',
    west: bucket({ region: 'EU-WEST-1' }),
  },
  {
    name: 'a replica in a Region with a Cyrillic letter',
    control: 'RES-005',
    subject: 'aws_dynamodb_table.ledger',
    verdict: 'unproven',
    west: table('\u0435u-west-1'),
  },
  {
    name: 'a replica in a Region in capitals',
    control: 'RES-005',
    subject: 'aws_dynamodb_table.ledger',
    verdict: 'unproven',
    west: table('EU-WEST-1'),
  },
  {
    name: 'a replica in London',
    control: 'RES-005',
    subject: 'aws_dynamodb_table.ledger',
    verdict: 'fail',
    west: table('eu-west-2', operational),
  },
  {
    name: 'copies in the JSON of a backup policy of the organisation',
    control: 'RES-006',
    subject: 'aws_organizations_policy.backups',
    verdict: 'fail',
    west: {
      resource: {
        aws_organizations_policy: {
          backups: { name: 'backups', type: 'BACKUP_POLICY', content: JSON.stringify(backupPolicy) },
        },
      },
    },
  },
  ...['global.anthropic.claude-sonnet-4-20250514-v1:0', 'us.amazon.nova-pro-v1:0'].map((model): Bypass => ({
    name: `the profile ${model}`,
    control: 'RES-013',
    subject: 'aws_bedrockagent_agent.clerk',
    verdict: 'fail',
    west: agent(model),
  })),
  {
    name: 'S3 Transfer Acceleration',
    control: 'RES-010',
    subject: 'aws_s3_bucket_accelerate_configuration.ledger',
    verdict: 'fail',
    west: {
      resource: {
        aws_s3_bucket: { ledger: restricted },
        aws_s3_bucket_accelerate_configuration: {
          ledger: { bucket: '${aws_s3_bucket.ledger.id}', status: 'Enabled' },
        },
      },
    },
  },
  {
    name: 'an API whose type is not set, which is EDGE',
    control: 'RES-010',
    subject: 'aws_api_gateway_rest_api.ledger',
    verdict: 'fail',
    west: { resource: { aws_api_gateway_rest_api: { ledger: { name: 'ledger', ...restricted } } } },
  },
  {
    name: 'an API of the type EDGE',
    control: 'RES-010',
    subject: 'aws_api_gateway_rest_api.ledger',
    verdict: 'fail',
    west: {
      resource: {
        aws_api_gateway_rest_api: {
          ledger: { name: 'ledger', endpoint_configuration: [{ types: ['EDGE'] }], ...restricted },
        },
      },
    },
  },
  {
    name: 'a replica of a secret',
    control: 'RES-005',
    subject: 'aws_secretsmanager_secret.ledger',
    verdict: 'fail',
    west: { resource: { aws_secretsmanager_secret: { ledger: { replica: [{ region: FAR }], ...restricted } } } },
  },
  {
    name: 'a store of keys at a host outside AWS',
    control: 'RES-011',
    subject: 'aws_kms_custom_key_store.ledger',
    verdict: 'fail',
    west: {
      resource: {
        aws_kms_custom_key_store: {
          ledger: {
            custom_key_store_name: 'ledger',
            custom_key_store_type: 'EXTERNAL_KEY_STORE',
            xks_proxy_uri_endpoint: 'https://keys.example',
          },
        },
      },
    },
  },
  {
    name: 'a multi-Region key without a replica',
    control: 'KEY-002',
    subject: 'aws_kms_key.ledger',
    verdict: 'fail',
    west: { resource: { aws_kms_key: { ledger: { multi_region: true } } } },
  },
  {
    name: 'a trail that writes to a bucket in another Region',
    control: 'RES-014',
    subject: 'aws_cloudtrail.all',
    verdict: 'fail',
    west: {
      resource: {
        aws_s3_bucket: { far: { region: FAR } },
        aws_cloudtrail: { all: { name: 'all', s3_bucket_name: '${aws_s3_bucket.far.id}' } },
      },
    },
  },
  {
    name: 'a trail that writes to a bucket known only by its name',
    control: 'RES-014',
    subject: 'aws_cloudtrail.all',
    verdict: 'unproven',
    west: { resource: { aws_cloudtrail: { all: { name: 'all', s3_bucket_name: 'somewhere' } } } },
  },
  { name: 'state in another Region', control: 'RES-012', subject: 'west', verdict: 'fail', west: state(FAR) },
];

describe('a bypass of residency', () => {
  it.each(BYPASSES)('$name is seen by $control: $verdict', ({ control, subject, verdict, west, policy = {} }) => {
    const { results } = judge(checks, { stacks: { west }, policy });
    const found = results.filter((result) => result.control === control && result.subject.address === subject);
    expect(found.map((result) => result.verdict)).toEqual([verdict]);
  });
});

/** What all residency controls say, without the messages. */
function verdicts(west: StackJson): readonly string[] {
  const { results } = judge(
    checks.filter(({ id }) => id.startsWith('RES-') || id === 'KEY-002'),
    { stacks: { west } },
  );
  return results
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'unproven')
    .map(({ control, subject, message }) => `${control} ${subject.address}: ${message}`);
}

describe('no false alarm', () => {
  const mentions = 'Nothing of this is replicated to us-east-1 or arn:aws:s3:us-east-1:999999999999:accesspoint/x';

  it.each<[string, StackJson]>([
    ['a description', { resource: { aws_kms_key: { ledger: { description: mentions } } } }],
    ['a comment', { resource: { aws_wafv2_ip_set: { ledger: { scope: 'REGIONAL', description: mentions } } } }],
    ['a tag', { resource: { aws_sqs_queue: { ledger: { tags: { ...restricted.tags, note: 'not in us-east-1' } } } } }],
    ['a name', { resource: { aws_sqs_queue: { ledger: { name: 'us-east-1', ...restricted } } } }],
    ['a name of the construct', { resource: { aws_sqs_queue: { 'us-east-1': restricted } } }],
    [
      'the Region that a policy of the organisation denies',
      {
        resource: {
          aws_sqs_queue_policy: {
            ledger: {
              queue_url: 'https://sqs.eu-west-1.amazonaws.com/111111111111/ledger',
              policy: JSON.stringify({
                Version: '2012-10-17',
                Statement: [
                  {
                    Effect: 'Deny',
                    Principal: '*',
                    Action: '*',
                    Resource: '*',
                    Condition: { StringEquals: { 'aws:RequestedRegion': FAR } },
                  },
                ],
              }),
            },
          },
        },
      },
    ],
    [
      'an API of the Region',
      {
        resource: {
          aws_api_gateway_rest_api: {
            ledger: { name: 'ledger', endpoint_configuration: [{ types: ['REGIONAL'] }], ...restricted },
          },
        },
      },
    ],
    [
      'an alias of the own Region',
      {
        ...provider('5.100.0', { alias: 'home', region: 'eu-west-1', allowed_account_ids: [ACCOUNT] }),
        ...bucket({ provider: 'aws.home' }),
      },
    ],
    [
      'a trail with a bucket of the Region',
      {
        resource: {
          aws_s3_bucket: { near: {} },
          aws_cloudtrail: { all: { name: 'all', s3_bucket_name: '${aws_s3_bucket.near.id}' } },
        },
      },
    ],
    ['state in the Region', state('eu-west-1')],
  ])('%s', (_, west) => {
    expect(verdicts(west)).toEqual([]);
  });
});
