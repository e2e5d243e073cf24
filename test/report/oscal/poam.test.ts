import { describe, expect, it } from 'vitest';
import type { Report } from '../../../checks/report.ts';
import { oscalPoam } from '../../../report/oscal/poam.ts';
import { hostileReport } from '../../support/hostile-report.ts';
import { HOSTILE_TO_FORMATS } from '../../support/hostile-strings.ts';
import { hasOscalSchema, OSCAL_SKIPPED, oscalPartsValidation } from '../../support/oscal-schema.ts';
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

interface Poam {
  readonly observations?: readonly unknown[];
  readonly findings?: readonly { readonly description: string }[];
  readonly risks?: readonly { readonly status: string; readonly deadline: string }[];
  readonly 'poam-items': readonly {
    readonly title: string;
    readonly description: string;
    readonly 'related-observations'?: readonly unknown[];
    readonly 'related-risks'?: readonly unknown[];
  }[];
}

function poamOf(report: Report): Poam {
  const document: { readonly 'plan-of-action-and-milestones': Poam } = JSON.parse(rendered(oscalPoam, report, PLAIN));
  return document['plan-of-action-and-milestones'];
}

const titlesOf = (report: Report) => poamOf(report)['poam-items'].map(({ title }) => title.replaceAll('\\', ''));
const other = { subject: subjectOf({ address: 'aws_s3_bucket.other' }) };

describe('a plan of action and milestones', () => {
  it('says that nothing is open where all that was judged passes', () => {
    expect(titlesOf(reportOf({ results: [passOf()] }))).toEqual(['Nothing is open']);
    expect(titlesOf(reportOf({ results: [exceptedOf()] }))[0]).toBe('The run');
    expect(titlesOf(reportOf({ controls: [], sites: [], inputs: [] }))[0]).toBe('The run');
  });

  it('has an item for each exception, with the risk that was accepted until its last day', () => {
    const { risks, 'poam-items': items } = poamOf(reportOf({ results: [exceptedOf(), exceptedOf(undefined, other)] }));
    expect(items).toHaveLength(2);
    expect(items[1]?.['related-observations']).toHaveLength(2);
    expect(items[1]?.['related-risks']).toHaveLength(1);
    expect(risks).toMatchObject([{ status: 'deviation-approved' }]);
    expect(risks?.[0]?.deadline).toMatch(/T23:59:59Z$/);
  });

  it('has an item for each control that fails or is not proven, and none for passes', () => {
    const results = [passOf(), failOf(), unprovenOf(BUCKETS_ENCRYPTED, other), unprovenOf(PLACED_IN_SITE)];
    const report = reportOf({ results });
    const [fails, open, placed] = [BUCKETS_ENCRYPTED, BUCKETS_ENCRYPTED, PLACED_IN_SITE].map(({ id }) => id);
    expect(titlesOf(report).slice(1).toSorted()).toEqual(
      [`${fails}: 1 fail`, `${open}: 1 unproven`, `${placed}: 1 unproven`].toSorted(),
    );
    expect(poamOf(report).observations).toHaveLength(3);
    expect(poamOf(report).findings?.map(({ description }) => description.includes('pass'))).toEqual([true, true]);
  });

  it('has an item for what was not looked at', () => {
    const report = reportOf({ results: [passOf()], complete: false, incompleteBecause: ['a stack is missing'] });
    expect(titlesOf(report)).toEqual(['The run', 'Something was not looked at']);
    expect(poamOf(report)['poam-items'][1]?.description).toBe('a stack is missing');
  });
});

describe.skipIf(!hasOscalSchema)(`the definitions of NIST for assessments${OSCAL_SKIPPED}`, () => {
  const validate = oscalPartsValidation('plan-of-action-and-milestones');

  it('refuse what is none', () => {
    const name = 'plan-of-action-and-milestones';
    const document: { readonly [name]: object } = JSON.parse(rendered(oscalPoam, reportOf(), PLAIN));
    expect(validate?.({ [name]: { ...document[name], 'poam-items': [] } })).toHaveLength(1);
    expect(validate?.({ [name]: { ...document[name], uuid: 'x' } })).toHaveLength(1);
    expect(validate?.({ [name]: { ...document[name], more: 1 } })).toHaveLength(1);
  });

  it.each<readonly [string, Report]>([
    ['an empty report', reportOf({ controls: [], sites: [], inputs: [] })],
    ['passes alone', reportOf({ results: [passOf()] })],
    ['one of each verdict', reportOf({ results: [passOf(), failOf(), unprovenOf(PLACED_IN_SITE), exceptedOf()] })],
    [
      'an incomplete run',
      reportOf({ results: [passOf()], complete: false, incompleteBecause: ['a stack is missing'] }),
    ],
    ...HOSTILE_TO_FORMATS.map((name, index) => [`hostile name ${index}`, hostileReport(name)] as const),
  ])('hold for %s', (_, report) => {
    expect(validate?.(JSON.parse(rendered(oscalPoam, report, PLAIN)))).toEqual([]);
  });
});
