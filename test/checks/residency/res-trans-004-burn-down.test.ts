import { describe, expect, it } from 'vitest';
import type { Example } from '../../../checks/check.ts';
import type { Base } from '../../../checks/compare.ts';
import { INTERIM_BASE } from '../../../checks/residency/example-transition.ts';
import check from '../../../checks/residency/res-trans-004-burn-down.ts';
import type { Report } from '../../../checks/report.ts';
import { judge } from '../../../checks/example-estate.ts';
import { ALL, BOTH, judged, keeps, of, wordsOf, type Setting } from '../../support/transition.ts';

describe('RES-TRANS-004', () => {
  const base = judged({ exceptions: BOTH, stacks: keeps('first', 'second') });
  const after = (stacks: Setting['stacks'], earlier: Base = base) =>
    of(judged({ exceptions: BOTH, base: earlier, asOf: '2023-10-01', ...(stacks && { stacks }) }), 'RES-TRANS-004');

  it('cannot prove without an earlier report that it shrinks', () => {
    expect(of(judged({ exceptions: BOTH }), 'RES-TRANS-004')).toEqual(['interim unproven']);
  });

  it.each([
    ['what is as it was', ['first', 'second']],
    ['what has shrunk', ['second']],
  ])('passes %s', (_, buckets) => {
    expect(after(keeps(...buckets))).toEqual(['interim pass']);
  });

  it.each([
    ['one more', ['first', 'second', 'third']],
    ['another in place of one that went', ['first', 'third']],
    ['others only', ['third', 'fourth']],
  ])('fails %s', (_, buckets) => {
    expect(after(keeps(...buckets))).toEqual(['interim fail grown']);
  });

  it('passes what has moved inside altogether', () => {
    const stacks = {
      interim: {
        ...INTERIM_BASE,
        provider: { aws: [{ region: 'eu-west-1' }] },
        resource: { aws_s3_bucket: { new: {} } },
      },
    };
    expect(after(stacks)).toEqual(['interim pass']);
  });

  it.each<[string, Partial<Report>, string]>([
    ['that is later', { asOf: '2024-01-01' }, 'it is of 2024-01-01, after 2023-10-01'],
    ['that is incomplete', { complete: false }, 'it is not complete'],
    ['of some controls', { filter: { ...ALL, controls: ['RES-002'] } }, 'it holds a part of the findings'],
    ['of some sites', { filter: { ...ALL, sites: ['west'] } }, 'it holds a part of the findings'],
    ['that did not judge places', { controls: [] }, 'RES-001 was not judged'],
    ['without the stack', { results: [] }, 'it holds nothing of the stack interim'],
  ])('cannot prove it by a report %s', (_, parts, why) => {
    const report = judged({ exceptions: BOTH, base: { ...base, ...parts }, asOf: '2023-10-01' });
    expect(of(report, 'RES-TRANS-004')).toEqual(['interim unproven']);
    expect(wordsOf(report, 'RES-TRANS-004')[0]).toContain(why);
  });
});

describe('the data that moves', () => {
  const replication = (from: string, to: string, provider?: string) => ({
    interim: {
      ...INTERIM_BASE,
      provider: {
        aws: [
          { region: 'us-east-1', allowed_account_ids: ['777777777777'] },
          { alias: 'home', region: 'eu-west-1', allowed_account_ids: ['777777777777'] },
        ],
      },
      resource: {
        aws_s3_bucket: { waiting: {}, first: {}, moved: { provider: 'aws.home' } },
        aws_s3_bucket_replication_configuration: {
          run: {
            ...(provider === undefined ? {} : { provider }),
            bucket: `\${aws_s3_bucket.${from}.id}`,
            role: 'arn:aws:iam::777777777777:role/replication',
            rule: [{ status: 'Enabled', destination: [{ bucket: `\${aws_s3_bucket.${to}.arn}` }] }],
          },
        },
      },
    },
  });

  it.each<[string, string, string, string | undefined, string]>([
    ['goes out of the enclave fails', 'moved', 'waiting', 'aws.home', 'interim fail returns'],
    ['goes into the enclave does not fail', 'waiting', 'moved', undefined, 'interim unproven'],
    ['stays outside does not fail', 'waiting', 'first', undefined, 'interim unproven'],
  ])('what %s', (_, from, to, provider, verdict) => {
    const report = judged({ stacks: replication(from, to, provider) });
    expect(of(report, 'RES-TRANS-004')).toEqual([verdict]);
  });
});

describe('its examples', () => {
  it('are what they say', () => {
    const verdicts = (example: Example) => judge([check], example).results.map(({ verdict }) => verdict);
    for (const example of check.examples.violating) expect(verdicts(example)).toContain('fail');
    for (const example of check.examples.compliant) expect(verdicts(example)).toEqual(['pass']);
  });
});
