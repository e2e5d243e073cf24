import { describe, expect, it } from 'vitest';
import region from '../../checks/residency/res-001-region-of-site.ts';
import zone from '../../checks/residency/res-002-zone-in-country.ts';
import partition from '../../checks/residency/res-008-partition.ts';
import { countryAllowed } from '../../policy/sites.ts';
import { judge } from '../support/example-estate.ts';

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
