import { strict as assert } from 'node:assert';
import { describe, expect, it } from 'vitest';
import check from '../../../checks/residency/res-015-legal-basis.ts';
import { testCheck } from '../../support/check-tester.ts';
import { judge } from '../../../checks/example-estate.ts';
import { isCovered } from '../../support/covered.ts';

const stacks = { west: { resource: { aws_sqs_queue: { receipts: {} } } } };
const basis = (country: string, dates: object = {}) => ({
  country,
  legalBasis: 'decision',
  decision: 'of the board',
  since: '2018-05-25',
  ...dates,
});
const jurisdiction = (set: string, last: object) => ({
  jurisdiction: { set, source: 'Board', countries: [...['IE', 'NO', 'SE', 'DE'].map((name) => basis(name)), last] },
});

testCheck(check, {
  pass: [
    { name: 'member states and Norway', stacks },
    { name: 'the last day of a basis', stacks, policy: jurisdiction('EEA', basis('FR', { expires: '2026-11-01' })) },
    { name: 'the first day of a basis', stacks, policy: jurisdiction('EEA', basis('FR', { since: '2026-11-01' })) },
    { name: 'the United Kingdom on its decision', stacks, policy: jurisdiction('EEA+UK', basis('GB')) },
    {
      name: 'a decision that succeeds another',
      stacks,
      policy: {
        jurisdiction: {
          ...jurisdiction('EEA', basis('SE')).jurisdiction,
          countries: [
            ...['IE', 'NO', 'SE'].map((name) => basis(name)),
            basis('DE', { expires: '2026-06-30' }),
            basis('DE', { since: '2026-07-01' }),
          ],
        },
      },
    },
    { name: 'Switzerland', stacks, policy: jurisdiction('EEA+UK+CH', basis('CH')) },
  ],
  fail: [
    {
      name: 'the day after the last',
      stacks,
      policy: jurisdiction('EEA', basis('FR', { expires: '2026-10-31' })),
      fails: { '/jurisdiction/countries/4': 'expired' },
    },
    {
      name: 'the day before the first',
      stacks,
      policy: jurisdiction('EEA', basis('FR', { since: '2026-11-02' })),
      fails: { '/jurisdiction/countries/4': 'notYet' },
    },
    {
      name: 'a country outside the set',
      stacks,
      policy: jurisdiction('EEA', basis('GB')),
      fails: { '/jurisdiction/countries/4': 'outside' },
    },
    {
      name: 'Norway in the EU',
      stacks,
      policy: jurisdiction('EU', basis('FR')),
      fails: { '/jurisdiction/countries/1': 'outside' },
    },
  ],
  unproven: [
    {
      name: 'adequacy that the table sees ended',
      stacks,
      policy: jurisdiction('EEA+UK', basis('GB')),
      asOf: '2032-01-01',
      unproven: { '/jurisdiction/countries/4': 'ended on 2031-12-27' },
    },
  ],
});

describe('RES-015', () => {
  it('points to the date in the policy file', () => {
    const policy = jurisdiction('EEA', basis('FR', { expires: '2026-10-31' }));
    const finding = judge([check], { stacks, policy }).results.find(({ verdict }) => verdict === 'fail');
    assert.equal(finding?.witness?.source?.file, 'enclave.yaml');
    assert.equal(finding?.message, 'allows France (FR) on a basis that expired on 2026-10-31');
  });
});

it('has no finding for a country outside stand for a basis that has ended, too', () => {
  const approved = { stacks, policy: jurisdiction('EEA', basis('US')) };
  const graver = { stacks, policy: jurisdiction('EEA', basis('US', { expires: '2026-10-31' })) };
  expect(isCovered(check, approved, graver)).toBe(false);
});
