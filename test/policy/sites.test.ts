import { describe, expect, test } from 'vitest';
import { NULL, string, unknown, type Value } from '../../model/value.ts';
import { countryAllowed, siteOf } from '../../policy/sites.ts';
import { LEDGER_OUTPOST, LEDGER_POLICY, LEDGER_SITE, ledgerPolicy } from '../support/policy.ts';

const HIDDEN = unknown('variable', 'var.account', 'has no value in this run');

function place(values: { account?: Value; region?: Value; outpost?: Value; zoneId?: Value } = {}) {
  return { account: NULL, region: NULL, outpost: NULL, zoneId: NULL, ...values };
}

describe('the site of a place', () => {
  const policy = ledgerPolicy();

  test.each([
    ['in its Region', place({ account: string('111111111111'), region: string('eu-west-1') })],
    ['elsewhere, for the controls to judge', place({ account: string('999999999999'), region: string('us-east-1') })],
    ['hidden', place({ account: HIDDEN, region: HIDDEN })],
  ])('is that of its stack, when the stack has one: %s', (_name, at) => {
    expect(siteOf(at, 'west', policy)).toMatchObject({ kind: 'site', site: { id: 'west' } });
  });

  test('is not assigned in a stack that the policy does not expect', () => {
    expect(siteOf(place(), 'east', policy)).toEqual({
      kind: 'unassigned',
      reason: 'the policy does not expect the stack east',
    });
  });

  test.each([
    ['the account', place({ account: string('222222222222') }), 'north'],
    [
      'the account, whatever the Region',
      place({ account: string('111111111111'), region: string('us-east-1') }),
      'west',
    ],
    ['the Outpost', place({ outpost: string(LEDGER_OUTPOST) }), 'north'],
    ['the Region', place({ region: string('eu-north-1') }), 'north'],
  ])('in a stack of several is told by %s', (_name, at, id) => {
    expect(siteOf(at, 'link', policy)).toMatchObject({ kind: 'site', site: { id } });
  });

  test('in a stack of several is hidden with the account, whatever the Region says', () => {
    const at = place({ account: HIDDEN, region: string('eu-west-1') });
    expect(siteOf(at, 'link', policy)).toEqual({ kind: 'hidden', value: HIDDEN });
  });

  test.each([
    [
      'an account of neither',
      place({ account: string('999999999999') }),
      'no site of the stack has the account 999999999999',
    ],
    ['a Region of neither', place({ region: string('us-east-1') }), 'no site of the stack has the Region us-east-1'],
    ['nothing', place(), 'nothing tells which site of the stack it belongs to: west, north'],
  ])('in a stack of several is not assigned by %s', (_name, at, reason) => {
    expect(siteOf(at, 'link', policy)).toEqual({ kind: 'unassigned', reason });
  });

  test('is hidden when the value that would tell is', () => {
    expect(siteOf(place({ account: HIDDEN }), 'link', policy)).toEqual({ kind: 'hidden', value: HIDDEN });
  });

  describe('when two sites share an account', () => {
    const sites = [...LEDGER_POLICY.sites, { ...LEDGER_SITE, id: 'east', zoneIds: ['euw1-az2'] }];
    const shared = ledgerPolicy({
      sites,
      stacks: [...LEDGER_POLICY.stacks, { name: 'both', sites: ['west', 'east'] }],
    });
    const at = { account: string('111111111111'), region: string('eu-west-1') };

    test('is told by the zone', () => {
      expect(siteOf(place({ ...at, zoneId: string('euw1-az2') }), 'both', shared)).toMatchObject({
        site: { id: 'east' },
      });
    });

    test('is not told by a zone of neither, nor by none', () => {
      const reason = 'nothing tells which site of the stack it belongs to: west, east';
      expect(siteOf(place({ ...at, zoneId: string('euw1-az3') }), 'both', shared)).toEqual({
        kind: 'unassigned',
        reason,
      });
      expect(siteOf(place(at), 'both', shared)).toEqual({ kind: 'unassigned', reason });
    });

    test('is hidden with the zone, and not with the account that both share', () => {
      expect(siteOf(place({ ...at, zoneId: HIDDEN }), 'both', shared)).toEqual({ kind: 'hidden', value: HIDDEN });
      expect(siteOf(place({ ...at, account: HIDDEN }), 'both', shared)).toMatchObject({ kind: 'unassigned' });
    });
  });
});

describe('a country', () => {
  const policy = ledgerPolicy();
  const LISTED = { legalBasis: 'b', decision: 'd', since: '2020-01-01' };

  test('is allowed by a basis in force, its first and last day included', () => {
    expect(countryAllowed('IE', policy, '2026-11-01')).toMatchObject({ kind: 'allowed', basis: { decision: 'GDPR' } });
    expect(countryAllowed('NO', policy, '2018-07-20')).toMatchObject({ kind: 'allowed' });
    expect(countryAllowed('NO', policy, '2030-12-31')).toMatchObject({ kind: 'allowed' });
  });

  test.each([
    ['NO', '2031-01-01', 'the legal basis for Norway (NO) expired on 2030-12-31'],
    ['NO', '2018-07-19', 'the legal basis for Norway (NO) holds only from 2018-07-20'],
    ['DE', '2026-11-01', 'the policy does not allow Germany (DE)'],
    ['US', '2026-11-01', 'United States (US) is outside EEA'],
    ['XX', '2026-11-01', 'XX is outside EEA'],
  ])('%s on %s is refused', (country, asOf, reason) => {
    expect(countryAllowed(country, policy, asOf)).toEqual({ kind: 'refused', reason });
  });

  test('outside the set is refused although it is listed: Norway is not in the EU', () => {
    const eu = ledgerPolicy({ jurisdiction: { ...LEDGER_POLICY.jurisdiction, set: 'EU' } });
    expect(countryAllowed('NO', eu, '2026-11-01')).toEqual({ kind: 'refused', reason: 'Norway (NO) is outside EU' });
  });

  test('with two bases is allowed while either holds', () => {
    const countries = [
      { country: 'IE', ...LISTED, expires: '2021-12-31' },
      { country: 'IE', ...LISTED, since: '2026-01-01' },
    ];
    const both = ledgerPolicy({ jurisdiction: { ...LEDGER_POLICY.jurisdiction, countries } });
    expect(countryAllowed('IE', both, '2021-06-01').kind).toBe('allowed');
    expect(countryAllowed('IE', both, '2023-06-01').kind).toBe('refused');
    expect(countryAllowed('IE', both, '2027-06-01').kind).toBe('allowed');
  });
});
