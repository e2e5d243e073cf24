import { describe, expect, it } from 'vitest';
import type { Report } from '../../../checks/report.ts';
import { oscalPlan } from '../../../report/oscal/assessment-plan.ts';
import { hostileReport } from '../../support/hostile-report.ts';
import { HOSTILE_TO_FORMATS } from '../../support/hostile-strings.ts';
import { hasOscalSchema, OSCAL_SKIPPED, oscalPartsValidation } from '../../support/oscal-schema.ts';
import { rendered } from '../../support/rendered.ts';
import {
  BUCKETS_ENCRYPTED,
  controlOf,
  failOf,
  passOf,
  PLACED_IN_SITE,
  PLAIN,
  reportOf,
} from '../../support/reports.ts';

interface Selected {
  readonly 'control-selections': readonly { readonly 'include-controls'?: readonly { 'control-id': string }[] }[];
}

interface Plan {
  readonly 'reviewed-controls': Selected;
  readonly 'local-definitions'?: { readonly activities?: readonly { readonly 'related-controls': Selected }[] };
}

function planOf(report: Report): Plan {
  const document: { readonly 'assessment-plan': Plan } = JSON.parse(rendered(oscalPlan, report, PLAIN));
  return document['assessment-plan'];
}

const idsOf = (selected: Selected) =>
  selected['control-selections'].flatMap((one) => one['include-controls'] ?? []).map((one) => one['control-id']);

describe('an assessment plan', () => {
  const planned = controlOf({ id: 'ACC-001', status: 'planned' });
  const report = reportOf({ results: [passOf()], controls: [BUCKETS_ENCRYPTED, PLACED_IN_SITE, planned] });

  it('reviews the controls that are implemented, each in the activity of its family, and no planned one', () => {
    const plan = planOf(report);
    const wanted = [BUCKETS_ENCRYPTED.id, PLACED_IN_SITE.id];
    expect(idsOf(plan['reviewed-controls'])).toEqual(wanted);
    const activities = plan['local-definitions']?.activities ?? [];
    expect(activities.flatMap((one) => idsOf(one['related-controls'])).toSorted()).toEqual(wanted.toSorted());
  });

  it('says the same whatever the verdicts are', () => {
    const failed = reportOf({ ...report, results: [failOf()] });
    expect(rendered(oscalPlan, failed, PLAIN)).toBe(rendered(oscalPlan, report, PLAIN));
  });
});

describe.skipIf(!hasOscalSchema)(`the definitions of NIST for assessments${OSCAL_SKIPPED}`, () => {
  const validate = oscalPartsValidation('assessment-plan');

  it.each<readonly [string, Report]>([
    ['an empty report', reportOf({ controls: [], sites: [], inputs: [] })],
    ['a run', reportOf({ results: [passOf(), failOf(PLACED_IN_SITE)] })],
    ...HOSTILE_TO_FORMATS.map((name, index) => [`hostile name ${index}`, hostileReport(name)] as const),
  ])('hold for %s', (_, report) => {
    expect(validate?.(JSON.parse(rendered(oscalPlan, report, PLAIN)))).toEqual([]);
  });
});
