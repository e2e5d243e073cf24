import { describe, expect, it } from 'vitest';
import type { Report } from '../../../checks/report.ts';
import { oscal } from '../../../report/oscal/assessment-results.ts';
import { hostileReport } from '../../support/hostile-report.ts';
import { HOSTILE_TO_FORMATS } from '../../support/hostile-strings.ts';
import { hasOscalSchema, OSCAL_SKIPPED, oscalResultsValidation } from '../../support/oscal-schema.ts';
import { rendered } from '../../support/rendered.ts';
import {
  BUCKETS_ENCRYPTED,
  exceptedOf,
  failOf,
  passOf,
  PLACED_IN_SITE,
  PLAIN,
  reportOf,
  subjectOf,
  unprovenOf,
} from '../../support/reports.ts';

interface Finding {
  readonly title: string;
  readonly target: {
    readonly 'target-id': string;
    readonly status: { readonly state: string; readonly reason: string };
  };
  readonly 'related-observations'?: readonly { readonly 'observation-uuid': string }[];
  readonly 'related-risks'?: readonly unknown[];
}

interface OscalResult {
  readonly observations?: readonly {
    readonly uuid: string;
    readonly description: string;
    readonly types: readonly string[];
  }[];
  readonly findings?: readonly Finding[];
  readonly risks?: readonly { readonly status: string; readonly deadline: string }[];
  readonly 'reviewed-controls': { readonly 'control-selections': readonly { readonly [kind: string]: unknown }[] };
}

function resultOf(report: Report): OscalResult {
  const document: { readonly 'assessment-results': { readonly results: readonly OscalResult[] } } = JSON.parse(
    rendered(oscal, report, PLAIN),
  );
  const [result] = document['assessment-results'].results;
  if (result === undefined) throw new Error('no result');
  return result;
}

const other = { subject: subjectOf({ address: 'aws_s3_bucket.other' }) };

describe('OSCAL assessment results', () => {
  it.each([
    { name: 'passes', results: [passOf(), passOf(BUCKETS_ENCRYPTED, other)], state: 'satisfied', reason: 'pass' },
    {
      name: 'one failure',
      results: [passOf(), failOf(BUCKETS_ENCRYPTED, other)],
      state: 'not-satisfied',
      reason: 'fail',
    },
    {
      name: 'what is unproven',
      results: [passOf(), unprovenOf(BUCKETS_ENCRYPTED, other)],
      state: 'not-satisfied',
      reason: 'other',
    },
    {
      name: 'an exception',
      results: [passOf(), exceptedOf(BUCKETS_ENCRYPTED, other)],
      state: 'not-satisfied',
      reason: 'fail',
    },
    {
      name: 'a failure beside what is unproven',
      results: [unprovenOf(), failOf(BUCKETS_ENCRYPTED, other)],
      state: 'not-satisfied',
      reason: 'fail',
    },
  ])('call a control with $name $state for the reason $reason', ({ results, state, reason }) => {
    const { findings = [] } = resultOf(reportOf({ results }));
    expect(findings.map(({ target }) => target.status)).toEqual([{ state, reason }]);
  });

  it('show an exception as a risk that was accepted until its last day', () => {
    const { risks = [], findings = [] } = resultOf(reportOf({ results: [exceptedOf()] }));
    expect(risks).toMatchObject([{ status: 'deviation-approved' }]);
    expect(risks[0]?.deadline).toMatch(/^\d{4}-\d\d-\d\dT23:59:59Z$/);
    expect(findings[0]?.['related-risks']).toHaveLength(1);
  });

  it('hold what was not looked at', () => {
    const { observations = [] } = resultOf(
      reportOf({ results: [passOf()], incompleteBecause: ['a stack is missing'] }),
    );
    expect(observations.filter(({ types }) => types.includes('process-issue'))).toMatchObject([
      { description: 'a stack is missing' },
    ]);
  });

  it('name the same things by the same identifiers in another run', () => {
    const [first, second] = [
      reportOf({ results: [passOf(), failOf(PLACED_IN_SITE)] }),
      reportOf({ results: [failOf(PLACED_IN_SITE)] }),
    ];
    const idsOf = (report: Report) => (resultOf(report).observations ?? []).map(({ uuid }) => uuid);
    expect(idsOf(first)).toContain(idsOf(second)[0]);
    expect(new Set(idsOf(first)).size).toBe(2);
  });
});

describe.skipIf(!hasOscalSchema)(`the schema of NIST${OSCAL_SKIPPED}`, () => {
  const validate = oscalResultsValidation();

  it.each<readonly [string, Report]>([
    ['an empty report', reportOf({ controls: [], sites: [], inputs: [] })],
    ['a report without results', reportOf()],
    [
      'one of each verdict',
      reportOf({
        results: [
          passOf(),
          failOf(PLACED_IN_SITE),
          unprovenOf(BUCKETS_ENCRYPTED, other),
          exceptedOf(PLACED_IN_SITE, other),
        ],
      }),
    ],
    [
      'an incomplete run',
      reportOf({ results: [passOf()], complete: false, incompleteBecause: ['a stack is missing'] }),
    ],
    ...HOSTILE_TO_FORMATS.map((name, index) => [`hostile name ${index}`, hostileReport(name)] as const),
  ])('holds for %s', (_, report) => {
    const document: unknown = JSON.parse(rendered(oscal, report, PLAIN));
    expect(validate?.(document)).toEqual([]);
  });
});
