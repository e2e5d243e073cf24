import { describe, expect, it } from 'vitest';
import check from '../../../checks/residency/res-004-outpost-evidence.ts';
import { EXAMPLE_POLICY } from '../../../checks/example-policy.ts';
import type { Attestation } from '../../../policy/policy.ts';
import { testCheck } from '../../support/check-tester.ts';
import { estateOf, policyOf } from '../../../checks/example-estate.ts';

const RACK = 'arn:aws:outposts:eu-north-1:222222222222:outpost/op-0123456789abcdef0';
const OTHER_RACK = 'arn:aws:outposts:eu-north-1:222222222222:outpost/op-0fedcba9876543210';
const KEY = `MCowBQYDK2VwAyEA${'A'.repeat(43)}=`;
const entry = (parts: object = {}) => ({ ...EXAMPLE_POLICY.evidence[0], ...parts });
const evidence = (...entries: readonly object[]) => ({ evidence: entries });
const stacks = { north: { resource: { aws_kms_key: { ledger: {} } } } };
const disk = (outpost: string, rest: object = {}) => ({
  north: {
    resource: { aws_ebs_volume: { ledger: { outpost_arn: outpost, availability_zone: 'eu-north-1a', size: 1 } } },
    ...rest,
  },
});

testCheck(check, {
  pass: [
    { name: 'a rack whose country is attested', stacks },
    { name: 'a disk on it', stacks: disk(RACK) },
    {
      name: 'evidence that follows what has ended',
      stacks,
      policy: evidence(entry({ id: 'old', expires: '2026-06-30' }), entry()),
    },
    { name: 'the first day', stacks: disk(RACK), policy: evidence(entry({ issued: '2026-11-01' })) },
    { name: 'the last day', stacks: disk(RACK), policy: evidence(entry({ expires: '2026-11-01' })) },
  ],
  fail: [
    {
      name: 'evidence of another country',
      stacks,
      policy: evidence(entry({ states: 'SE' })),
      fails: { north: 'country' },
    },
    {
      name: 'contradicting evidence',
      stacks: disk(RACK),
      policy: evidence(entry(), entry({ id: 'second', states: 'TR' })),
      fails: { north: 'country', 'aws_ebs_volume.ledger': 'country' },
    },
  ],
  unproven: [
    { name: 'no evidence', stacks, policy: evidence(), unproven: { north: 'no evidence tells the country' } },
    {
      name: 'evidence that has ended',
      stacks,
      policy: evidence(entry({ expires: '2026-10-31' })),
      unproven: { north: 'ended on 2026-10-31' },
    },
    {
      name: 'evidence to come',
      stacks,
      policy: evidence(entry({ issued: '2026-11-02' })),
      unproven: { north: 'holds only from 2026-11-02' },
    },
    {
      name: 'evidence of another country that has ended',
      stacks,
      policy: evidence(entry({ states: 'SE', expires: '2026-10-31' })),
      unproven: { north: 'ended on' },
    },
    {
      name: 'a signed statement that nobody gave',
      stacks,
      policy: evidence(entry({ key: KEY })),
      unproven: { north: 'pass --evidence' },
    },
    {
      name: 'a rack of no site',
      stacks: disk(OTHER_RACK),
      unproven: { 'aws_ebs_volume.ledger': 'which is of no site' },
    },
    {
      name: 'a rack that a variable names',
      stacks: disk('${var.rack}', { variable: { rack: { default: RACK } } }),
      unproven: { 'aws_ebs_volume.ledger': 'var.rack' },
    },
  ],
});

describe('a signed statement', () => {
  const STATED: Attestation = {
    key: KEY,
    kind: 'outpost-country',
    subject: RACK,
    states: 'NO',
    issuer: 'Watch AS',
    issued: '2026-10-01',
    expires: '2026-12-31',
  };

  function judged(statements: readonly Attestation[], parts: object = {}) {
    const example = { stacks, policy: evidence(entry({ key: KEY, ...parts })) };
    const context = {
      estate: estateOf(example),
      policy: policyOf(example),
      attestations: statements,
      asOf: '2026-11-01',
    };
    const [subject] = check.subjects(context);
    if (subject === undefined) throw new Error('nothing to judge');
    const outcome = check.inspector(context)(subject);
    return outcome.verdict === 'pass' ? 'pass' : `${outcome.verdict}: ${outcome.message}`;
  }

  it('settles what the policy says of the rack', () => {
    expect(judged([STATED])).toBe('pass');
    expect(judged([{ ...STATED, expires: '2026-10-31' }, STATED])).toBe('pass');
  });

  it('fails a rack in another country', () => {
    expect(judged([{ ...STATED, states: 'SE' }], { states: 'SE' })).toMatch(
      /^fail: the Outpost .* is in Sweden \(SE\)/,
    );
  });

  it.each<[string, Partial<Attestation>, string]>([
    ['by another key', { key: KEY.replace('AAAA=', 'AAAE=') }, 'no signed statement'],
    ['about another rack', { subject: OTHER_RACK }, 'no signed statement'],
    ['of another kind', { kind: 'appliance' }, 'no signed statement'],
    ['that has ended', { expires: '2026-10-31' }, 'is not in force on 2026-11-01'],
    ['to come', { issued: '2026-11-02' }, 'is not in force on 2026-11-01'],
    ['of another issuer', { issuer: 'Someone' }, 'its statement of Someone'],
    ['of another country than the policy says', { states: 'SE' }, 'what was signed states SE'],
  ])('does not settle it %s', (_, parts, why) => {
    const verdict = judged([{ ...STATED, ...parts }]);
    expect(verdict).toMatch(/^unproven/);
    expect(verdict).toContain(why);
  });

  it('does not settle it beside one that contradicts it', () => {
    expect(judged([STATED, { ...STATED, states: 'SE' }])).toContain('contradict each other');
  });
});
