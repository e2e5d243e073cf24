import { describe, expect, it } from 'vitest';
import gtw001 from '../../../checks/gateway/gtw-001-every-way-out-passes-a-gateway.ts';
import { certificatesOf } from '../../../checks/gateway/certificates.ts';
import type { Example } from '../../../checks/check.ts';
import { estateOf, judge, policyOf } from '../../../checks/example-estate.ts';

const AS_OF = '2026-11-01';

function certificatesFor(example: Example) {
  return certificatesOf({ estate: estateOf(example), policy: policyOf(example), asOf: AS_OF });
}

describe('the certificates of an estate', () => {
  it.each(gtw001.examples.compliant)('hold for what the control passes', (example) => {
    const certificates = certificatesFor(example);
    const passed = judge([gtw001], example).results.filter(({ verdict }) => verdict === 'pass');
    expect(passed.length).toBeGreaterThan(0);
    expect(certificates.map(({ broken }) => broken).filter((at) => at !== null)).toEqual([]);
    expect(certificates.filter(({ control, open }) => control === 'GTW-001' && open > 0)).toEqual([]);
    expect(certificates.some(({ control, proved }) => control === 'GTW-001' && proved.length > 0)).toBe(true);
  });

  it.each(gtw001.examples.violating)('leave open what the control fails', (example) => {
    const failed = judge([gtw001], example).results.filter(({ verdict }) => verdict === 'fail');
    const open = certificatesFor(example).filter(
      (certificate) => certificate.control === 'GTW-001' && certificate.open > 0,
    );
    expect(failed.length).toBeGreaterThan(0);
    // What lies at no site fails for the estate, and is asked about by none.
    expect(open.map(({ site }) => site)).toEqual(
      [...new Set(failed.map(({ site }) => site))].filter((site) => site !== 'estate'),
    );
    expect(open.map(({ broken }) => broken)).toEqual(open.map(() => null));
  });
});
