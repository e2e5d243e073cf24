import { describe, expect, it } from 'vitest';
import { catalogue, checks } from '../../../checks/index.ts';
import { oscalPlan } from '../../../report/oscal/assessment-plan.ts';
import { oscal } from '../../../report/oscal/assessment-results.ts';
import { oscalCatalog } from '../../../report/oscal/catalog.ts';
import { oscalPoam } from '../../../report/oscal/poam.ts';
import { judge } from '../../../checks/example-estate.ts';
import { hasOscalSchema, OSCAL_SKIPPED, oscalPartsValidation } from '../../support/oscal-schema.ts';
import { rendered } from '../../support/rendered.ts';
import { PLAIN } from '../../support/reports.ts';

const implemented = new Set(checks.map(({ id }) => id));
const document = oscalCatalog({
  version: '0.0.0',
  asOf: '2026-11-01',
  controls: catalogue.map((control) => ({
    ...control,
    status: implemented.has(control.id) ? ('implemented' as const) : ('planned' as const),
  })),
});
const text = JSON.stringify(document);
const idsIn = (written: string, name: string) =>
  [...written.matchAll(new RegExp(`"${name}":"([^"]*)"`, 'g'))].map(([, id = '']) => id);

describe('the catalogue as OSCAL', () => {
  it('has every control once, with a status', () => {
    const ids = catalogue.map(({ id }) => id);
    expect(
      idsIn(text, 'id')
        .filter((id) => ids.includes(id))
        .toSorted(),
    ).toEqual(ids.toSorted());
    expect(text.match(/"value":"implemented"/g)).toHaveLength(implemented.size);
    expect(text.match(/"value":"planned"/g)).toHaveLength(ids.length - implemented.size);
  });

  it('has an end for each of its links, and no id twice', () => {
    const known = new Set(idsIn(text, 'uuid'));
    expect(idsIn(text, 'href').filter((href) => href.startsWith('#') && !known.has(href.slice(1)))).toEqual([]);
    const ids = idsIn(text, 'id');
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has what the documents of a run name: controls, objectives, and the catalogue itself', () => {
    const report = judge(checks, { stacks: { west: { resource: { aws_s3_bucket: { records: {} } } } } });
    const ids = new Set(idsIn(text, 'id'));
    for (const reporter of [oscal, oscalPlan, oscalPoam]) {
      const written = rendered(reporter, report, PLAIN);
      const named = [...idsIn(written, 'control-id'), ...idsIn(written, 'target-id')];
      expect(named.filter((id) => !ids.has(id))).toEqual([]);
      const known = new Set(idsIn(written, 'uuid'));
      expect(idsIn(written, 'href').filter((href) => href.startsWith('#') && !known.has(href.slice(1)))).toEqual([]);
      expect(written).toContain(
        `"identifier":"${idsIn(JSON.stringify(oscalCatalog({ version: report.tool.version, asOf: report.asOf, controls: [] })), 'uuid')[0] ?? ''}"`,
      );
    }
    const plan = idsIn(rendered(oscalPlan, report, PLAIN), 'uuid')[0] ?? '';
    const results = rendered(oscal, report, PLAIN);
    expect(results).toContain(`"identifier":"${plan}"`);
    expect(rendered(oscalPoam, report, PLAIN)).toContain(`"identifier":"${idsIn(results, 'uuid')[0] ?? ''}"`);
  });

  it.skipIf(!hasOscalSchema)(`holds to the definitions of NIST that all documents share${OSCAL_SKIPPED}`, () => {
    expect(oscalPartsValidation('catalog')?.(document)).toEqual([]);
  });
});
