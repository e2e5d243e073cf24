import { describe, expect, it } from 'vitest';
import type { Example } from '../../../checks/check.ts';
import check from '../../../checks/residency/res-trans-002-exception-end.ts';
import { judge } from '../../../checks/example-estate.ts';
import { BOTH, judged, of, permission } from '../../support/transition.ts';

describe('RES-TRANS-002', () => {
  const base = judged({ exceptions: BOTH });

  it('cannot prove without an earlier report that nothing was renewed', () => {
    expect(of(judged({ exceptions: BOTH }), 'RES-TRANS-002')).toEqual(['interim unproven']);
  });

  it('passes what ends as it did', () => {
    expect(of(judged({ exceptions: BOTH, base, asOf: '2023-10-01' }), 'RES-TRANS-002')).toEqual(['interim pass']);
  });

  it('passes what ends later by a new approval', () => {
    const renewed = { created: '2024-01-01', expires: '2024-12-31', ticket: 'Decision 9' };
    const exceptions = [permission('RES-001', renewed), permission('RES-TRANS-001', renewed)];
    expect(of(judged({ exceptions, base, asOf: '2024-02-01' }), 'RES-TRANS-002')).toEqual(['interim pass']);
  });

  it.each([
    ['under its own id', {}],
    ['under another id', { id: 'interim-again' }],
    ['with another owner and approver', { owner: 'Somebody', approver: 'Somebody else' }],
  ])('fails what ends later by the same approval %s', (_, parts) => {
    const rolled = { created: '2024-01-01', expires: '2024-12-31', ...parts };
    const exceptions = [permission('RES-001', rolled), permission('RES-TRANS-001')];
    const report = judged({ exceptions, base, asOf: '2024-02-01' });
    expect(of(report, 'RES-TRANS-002')).toEqual(['interim fail rolled']);
  });

  it('cannot prove it by a report that is later', () => {
    const later = judged({ exceptions: BOTH, asOf: '2024-01-01' });
    expect(of(judged({ exceptions: BOTH, base: later }), 'RES-TRANS-002')).toEqual(['interim unproven']);
  });

  it('cannot prove it by stacks that are judged with the exceptions of today', () => {
    const report = judged({ exceptions: BOTH, base, exceptionsOf: 'run', asOf: '2023-10-01' });
    expect(of(report, 'RES-TRANS-002')).toEqual(['interim unproven']);
  });

  it('fails before the first day', () => {
    expect(of(judged({ exceptions: BOTH, asOf: '2023-08-01' }), 'RES-TRANS-002')).toEqual(['interim fail early']);
  });

  it('cannot be excepted', () => {
    expect(() => judged({ exceptions: [permission('RES-TRANS-002')] })).toThrow('PO-SCOPE');
  });
});

describe('its examples', () => {
  it('are what they say', () => {
    const verdicts = (example: Example) => judge([check], example).results.map(({ verdict }) => verdict);
    for (const example of check.examples.violating) expect(verdicts(example)).toContain('fail');
    for (const example of check.examples.compliant) expect(verdicts(example)).toEqual(['pass']);
  });
});
