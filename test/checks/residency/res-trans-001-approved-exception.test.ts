import { describe, expect, it } from 'vitest';
import type { Example } from '../../../checks/check.ts';
import { INTERIM_BASE } from '../../../checks/residency/example-transition.ts';
import check from '../../../checks/residency/res-trans-001-approved-exception.ts';
import { judge } from '../../../checks/example-estate.ts';
import { BOTH, codes, judged, of, permission, wordsOf } from '../../support/transition.ts';
import { isCovered } from '../../support/covered.ts';

describe('the promise of the interim enclave', () => {
  it('is excepted on 2023-09-05, and passes nowhere', () => {
    const report = judged({ exceptions: BOTH });
    expect(of(report, 'RES-001')).toEqual(['aws_s3_bucket.waiting excepted country']);
    expect(of(report, 'RES-TRANS-001')).toEqual(['interim excepted outside']);
    expect(codes(report)).toEqual([]);
  });

  it('fails on 2025-01-01, and the exceptions that ended are errors', () => {
    const report = judged({ exceptions: BOTH, asOf: '2025-01-01' });
    expect(of(report, 'RES-001')).toEqual(['aws_s3_bucket.waiting fail country']);
    expect(of(report, 'RES-TRANS-001')).toEqual(['interim fail outside']);
    expect(of(report, 'RES-TRANS-002')).toEqual(['interim fail ended']);
    expect(codes(report)).toEqual(['PO-EXPIRED', 'PO-EXPIRED']);
  });

  it.each([
    ['2023-08-31', 'fail outside', ['PO-NOTSTARTED', 'PO-NOTSTARTED']],
    ['2023-09-01', 'excepted outside', []],
    ['2024-08-31', 'excepted outside', []],
    ['2024-09-01', 'fail outside', ['PO-EXPIRED', 'PO-EXPIRED']],
  ])('on %s it is %s', (asOf, verdict, problems) => {
    const report = judged({ exceptions: BOTH, asOf });
    expect(of(report, 'RES-TRANS-001')).toEqual([`interim ${verdict}`]);
    expect(codes(report)).toEqual(problems);
  });
});

describe('RES-TRANS-001', () => {
  it('fails without an exception of its own, though RES-001 has one', () => {
    const report = judged({ exceptions: [permission('RES-001')] });
    expect(of(report, 'RES-TRANS-001')).toEqual(['interim fail outside']);
    expect(wordsOf(report, 'RES-TRANS-001')[0]).toBe(
      'is transitional and keeps one resource outside EEA, in us-east-1 (United States (US))',
    );
  });

  it('fails in a stack of a site that is not transitional', () => {
    const stacks = { west: { resource: { aws_s3_bucket: { stray: { region: 'us-east-1' } } } } };
    expect(of(judged({ stacks }), 'RES-TRANS-001')).toEqual(['west fail elsewhere']);
  });

  it.each([
    ['by the region argument alone', { aws_s3_bucket: { stray: { region: 'us-west-2' } } }],
    [
      'in a Local Zone of an allowed Region',
      { aws_ebs_volume: { stray: { availability_zone: 'eu-central-1-ist-1a', region: 'eu-central-1' } } },
    ],
    ['in the United Kingdom', { aws_s3_bucket: { stray: { region: 'eu-west-2' } } }],
  ])('finds what lies outside %s', (_, resource) => {
    expect(of(judged({ stacks: { west: { resource } } }), 'RES-TRANS-001')).toEqual(['west fail elsewhere']);
  });

  it('is of no subject where nothing lies outside', () => {
    const stacks = { west: { resource: { aws_s3_bucket: { own: {} } } } };
    expect(of(judged({ stacks }), 'RES-TRANS-001')).toEqual([]);
  });

  it('passes a transitional stack that has moved inside', () => {
    const stacks = {
      interim: {
        ...INTERIM_BASE,
        provider: { aws: [{ region: 'eu-west-1' }] },
        resource: { aws_s3_bucket: { own: {} } },
      },
    };
    expect(of(judged({ stacks }), 'RES-TRANS-001')).toEqual(['interim pass']);
  });

  it('cannot prove it where a variable hides the Region', () => {
    const stacks = {
      interim: {
        ...INTERIM_BASE,
        variable: { region: { default: 'eu-west-1' } },
        provider: { aws: [{ region: '${var.region}' }] },
        resource: { aws_s3_bucket: { own: {} } },
      },
    };
    expect(of(judged({ stacks }), 'RES-TRANS-001')).toEqual(['interim unproven']);
  });

  it.each([
    ['nobody but the owner approved it', 'PO-APPROVER', { approver: 'Head of infrastructure' }],
    ['it has no reason', 'PO-VALUE', { reason: 'short' }],
    ['it has no owner', 'PO-VALUE', { owner: ' ' }],
    ['nothing reduces the risk', 'PO-MISSING', { compensatingControls: [] }],
    ['it lasts too long', 'PO-PERIOD', { expires: '2025-08-31' }],
    ['it ends before it starts', 'PO-PERIOD', { expires: '2023-08-31' }],
  ])('takes no exception when %s', (_, code, parts) => {
    expect(() => judged({ exceptions: [permission('RES-TRANS-001', parts)] })).toThrow(code);
  });

  it('lets no other stack be excepted as a whole', () => {
    expect(() => judged({ exceptions: [permission('RES-TRANS-001', { stack: 'west' })] })).toThrow('PO-SCOPE');
  });
});

describe('its examples', () => {
  it('are what they say', () => {
    const verdicts = (example: Example) => judge([check], example).results.map(({ verdict }) => verdict);
    for (const example of check.examples.violating) expect(verdicts(example)).toContain('fail');
    for (const example of check.examples.compliant) expect(verdicts(example)).toEqual(['pass']);
  });
});

it.each([
  [
    'a second resource',
    { stray: { region: 'us-east-1' } },
    { stray: { region: 'us-east-1' }, more: { region: 'us-west-2' } },
  ],
  [
    'another class of data',
    { stray: { region: 'us-east-1' } },
    { stray: { region: 'us-east-1', tags: { 'ledger:data-class': 'restricted' } } },
  ],
])('has an exception for what a site keeps outside not cover %s', (_, approved, graver) => {
  const stray = (buckets: object) => ({ stacks: { west: { resource: { aws_s3_bucket: buckets } } } });
  expect(isCovered(check, stray(approved), stray(graver))).toBe(false);
});
