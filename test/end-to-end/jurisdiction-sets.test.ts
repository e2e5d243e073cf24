import { describe, expect, it } from 'vitest';
import region from '../../checks/residency/res-001-region-of-site.ts';
import zone from '../../checks/residency/res-002-zone-in-country.ts';
import replication from '../../checks/residency/res-005-replication.ts';
import backup from '../../checks/residency/res-006-backup-copies.ts';
import partition from '../../checks/residency/res-008-partition.ts';
import state from '../../checks/residency/res-012-state.ts';
import { countryAllowed } from '../../policy/sites.ts';
import { judge } from '../../checks/example-estate.ts';

const ALL = ['IE', 'NO', 'GB', 'CH', 'US', 'TR', 'JP'];
const country = (code: string) => ({
  country: code,
  legalBasis: 'a basis',
  decision: 'a decision',
  since: '2018-05-25',
  expires: null,
});

describe('a set of countries', () => {
  it.each([
    ['EU', ['IE']],
    ['EEA', ['IE', 'NO']],
    ['EEA+UK', ['IE', 'NO', 'GB']],
    ['EEA+UK+CH', ['IE', 'NO', 'GB', 'CH']],
  ])('%s bounds what the policy may allow', (set, allowed) => {
    const jurisdiction = { set, source: 'Decision', countries: ALL.map(country) };
    const verdicts = ALL.filter((code) => countryAllowed(code, { jurisdiction }, '2026-11-01').kind === 'allowed');
    expect(verdicts).toEqual(allowed);
  });
});

describe('a way out in a text', () => {
  const copies = {
    plans: {
      daily: {
        rules: {
          daily: {
            copy_actions: { 'arn:aws:backup:us-east-1:$account:backup-vault:far': { target_backup_vault_arn: {} } },
          },
        },
      },
    },
  };
  const variables = (entries: object) => ({ aws_lambda_function: { app: { environment: [{ variables: entries }] } } });

  it.each<[string, string, { readonly [key: string]: unknown }]>([
    [
      'copies in the JSON of a backup policy',
      'RES-006',
      { resource: { aws_organizations_policy: { all: { type: 'BACKUP_POLICY', content: JSON.stringify(copies) } } } },
    ],
    [
      'a global profile of inference',
      'RES-005',
      { resource: variables({ MODEL: 'global.anthropic.claude-sonnet-4-20250514-v1:0' }) },
    ],
    ['a profile of the United States', 'RES-005', { resource: variables({ MODEL: 'us.amazon.nova-pro-v1:0' }) }],
    ['a zone in Istanbul', 'RES-005', { resource: variables({ ZONE: 'eu-central-1-ist-1a' }) }],
    ['London', 'RES-005', { resource: variables({ STORE: 'https://sqs.eu-west-2.amazonaws.com/1/q' }) }],
    [
      'a Region in the template of a stack',
      'RES-005',
      {
        resource: {
          aws_cloudformation_stack: {
            far: {
              name: 'far',
              template_body: JSON.stringify({ Resources: { q: { Properties: { Where: 'us-east-1' } } } }),
            },
          },
        },
      },
    ],
    [
      'the state elsewhere',
      'RES-012',
      { terraform: { backend: { s3: { bucket: 's', key: 'k', region: 'us-east-1' } } } },
    ],
  ])('%s fails %s', (_, control, west) => {
    const { results } = judge([replication, backup, state], { stacks: { west } });
    const failed = results.filter(({ verdict }) => verdict === 'fail').map((result) => result.control);
    expect(failed).toContain(control);
  });
});

describe('a way around the jurisdiction', () => {
  const provider = (body: object) => ({ provider: { aws: [{ allowed_account_ids: ['111111111111'], ...body }] } });
  const bucket = { resource: { aws_s3_bucket: { ledger: {} } } };

  it.each<[string, { readonly [key: string]: unknown }]>([
    ['London under the EEA', { ...provider({ region: 'eu-west-2' }), ...bucket }],
    ['Zurich under the EEA', { ...provider({ region: 'eu-central-2' }), ...bucket }],
    ['a Region argument', { resource: { aws_s3_bucket: { ledger: { region: 'us-east-1' } } } }],
    ['a Region in capitals', { ...provider({ region: 'EU-WEST-1' }), ...bucket }],
    ['a Region with a Cyrillic letter', { ...provider({ region: 'еu-west-1' }), ...bucket }],
    [
      'a Region by default of a variable',
      { variable: { r: { default: 'eu-west-1' } }, ...provider({ region: '${var.r}' }), ...bucket },
    ],
    ['no Region at all', { ...provider({}), ...bucket }],
    ['China', { ...provider({ region: 'cn-north-1' }), ...bucket }],
    ['GovCloud', { ...provider({ region: 'us-gov-west-1' }), ...bucket }],
    ['the sovereign partition', { ...provider({ region: 'eusc-de-east-1' }), ...bucket }],
    [
      'a zone in Istanbul',
      {
        resource: {
          aws_ebs_volume: { ledger: { size: 8, region: 'eu-central-1', availability_zone: 'eu-central-1-ist-1a' } },
        },
      },
    ],
    [
      'an alias by expression',
      {
        provider: {
          aws: [
            { region: 'eu-west-1', allowed_account_ids: ['111111111111'] },
            { alias: 'far', region: 'us-east-1', allowed_account_ids: ['111111111111'] },
          ],
        },
        resource: { aws_s3_bucket: { ledger: { provider: '${aws.far}' } } },
      },
    ],
  ])('by %s never passes', (_, west) => {
    const { results, problems } = judge([region, zone, partition], { stacks: { west } });
    const open = results.filter(({ verdict }) => verdict !== 'pass');
    expect(open.length + problems.length).toBeGreaterThan(0);
  });

  it('is not what a bucket at its site takes', () => {
    const west = { ...provider({ region: 'eu-west-1' }), ...bucket };
    const { results, problems } = judge([region, zone, partition], { stacks: { west } });
    expect([...results.filter(({ verdict }) => verdict !== 'pass'), ...problems]).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
  });
});
