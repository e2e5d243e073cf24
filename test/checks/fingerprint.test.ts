import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import enc003 from '../../checks/encryption/enc-003-ebs-volumes.ts';
import { type FingerprintedPart, fingerprintOf, partDigestsOf } from '../../checks/fingerprint.ts';
import gtw006 from '../../checks/gateway/gtw-006-allow-list-rules.ts';
import { compareText } from '../../model/text-order.ts';
import { judge } from '../../checks/example-estate.ts';
import { TRACE, WITNESS } from '../support/reports.ts';

const FAILURE: FingerprintedPart = {
  messageId: 'notCustomerKey',
  message: 'is encrypted with "AES256", a key of AWS',
  witness: WITNESS,
};
const [RELATED] = WITNESS.related;

function fingerprint(...failures: readonly Partial<FingerprintedPart>[]): string | null {
  const parts = failures.map((part) => ({ ...FAILURE, ...part }));
  return fingerprintOf({ control: 'ENC-001', dataClass: null, parts });
}

function digestsOf(parts: readonly FingerprintedPart[]): readonly string[] {
  return partDigestsOf({ control: 'ENC-001', dataClass: null, parts });
}

const APPROVED = fingerprint({});

describe('the fingerprint of a failure', () => {
  test('is 24 hexadecimal digits that stay the same from version to version', () => {
    expect(APPROVED).toBe('184e0dff05eef4c3bbe6378a');
  });

  test('does not move with lines, files, construct paths, places in a list or the order of the objects', () => {
    const key = RELATED === undefined ? [] : [RELATED];
    const other = key.map((related) => ({ ...related, address: 'aws_kms_key.another' }));
    const placed = { file: 'elsewhere.json', line: 9, column: 9 };
    const moved = key.map((related) => ({ ...related, source: placed, code: placed, constructPath: 'moved' }));
    const before = { ...WITNESS, related: [...key, ...other] };
    const path = WITNESS.path.replace('rule[0]', 'rule[7]');
    const after = { ...WITNESS, path, source: placed, related: [...other, ...moved] };
    expect(fingerprint({ witness: after })).toBe(fingerprint({ witness: before }));
  });

  test.each<[string, Partial<FingerprintedPart>]>([
    ['the kind of failure', { messageId: 'notEncrypted' }],
    ['what was found', { message: 'is encrypted with "DES"' }],
    ['the argument', { witness: { ...WITNESS, path: 'rule[0].kms_key_id' } }],
    ['the value', { witness: { ...WITNESS, value: '"DES"' } }],
    ['the absence of a value', { witness: { ...WITNESS, value: null } }],
    ['the objects that it rests on', { witness: { ...WITNESS, related: [] } }],
    ['the way of a packet', { witness: { ...WITNESS, trace: TRACE } }],
    ['its extent', { witness: { ...WITNESS, extent: 'from_port = 22' } }],
  ])('changes with %s', (_name, parts) => {
    expect(fingerprint(parts)).toMatch(/^[0-9a-f]{24}$/);
    expect(fingerprint(parts)).not.toBe(APPROVED);
  });

  test('changes with the control', () => {
    expect(fingerprintOf({ control: 'ENC-002', dataClass: null, parts: [FAILURE] })).not.toBe(APPROVED);
    expect(fingerprintOf({ control: 'ENC-001', dataClass: '"restricted"', parts: [FAILURE] })).not.toBe(APPROVED);
  });

  test('is of all that fails there, in any order, and of how often', () => {
    const open = { message: 'is open' };
    expect(fingerprint({}, open)).not.toBe(APPROVED);
    expect(fingerprint({}, open)).toBe(fingerprint(open, {}));
    expect(fingerprint({}, open, open)).not.toBe(fingerprint({}, open));
  });

  test('tells a stack and an address from those with the colon elsewhere', () => {
    const at = (stack: string, address: string) => {
      const related = WITNESS.related.map((object) => ({ ...object, stack, address }));
      return fingerprint({ witness: { ...WITNESS, related } });
    };
    expect(at('west', 'a["x:y"]')).not.toBe(at('west:a["x', 'y"]'));
  });

  test('is none of what does not fail', () => {
    expect(fingerprint()).toBeNull();
  });
});

describe('the digests of failures', () => {
  const OPEN = { ...FAILURE, message: 'is open' };

  test('are the fingerprint that each would have alone, as often as it fails, in one order', () => {
    const digests = digestsOf([OPEN, FAILURE, OPEN]);
    expect(digests).toEqual([fingerprint({}), fingerprint(OPEN), fingerprint(OPEN)].map(String).toSorted(compareText));
    expect(digestsOf([FAILURE, OPEN, OPEN])).toEqual(digests);
  });

  test('tell those of the same words by their extent, value and objects', () => {
    const ofWitness = (parts: object) => ({ ...FAILURE, witness: { ...WITNESS, ...parts } });
    const alike = [FAILURE, ofWitness({ extent: 'from_port = 22' }), ofWitness({ value: '"DES"' })];
    expect(new Set(digestsOf([...alike, ofWitness({ related: [] })])).size).toBe(4);
  });

  test('are none of what does not fail', () => {
    expect(digestsOf([])).toEqual([]);
  });
});

describe('rules of a firewall that begin alike have fingerprints of their own', () => {
  const LONG = Array.from({ length: 12 }, (_, index) => `203.0.${index}.0/24`).join(',');

  function ofRule(rule: string): string | null | undefined {
    const content = { rules_source: { rules_string: rule } };
    const group = { name: 'g', type: 'STATEFUL', capacity: 10, rule_group: content };
    const report = judge([gtw006], {
      stacks: { west: { resource: { aws_networkfirewall_rule_group: { g: group } } } },
    });
    return report.results.find(({ verdict }) => verdict === 'fail')?.fingerprint;
  }

  const APPROVED_RULE = `pass tcp [${LONG}] any -> [${LONG}] 443 (msg:"approved"; flow:established; sid:1;)`;

  test.each([
    ['in another port at the end', APPROVED_RULE.replace(' 443 ', ' any ')],
    ['in an option', APPROVED_RULE.replace(' flow:established;', '')],
    ['in the value of an option', APPROVED_RULE.replace('established', 'not_established')],
    ['in one rule more', `${APPROVED_RULE}\n${APPROVED_RULE.replace('sid:1', 'sid:2')}`],
  ])('%s', (_name, rule) => {
    expect(ofRule(APPROVED_RULE)).toMatch(/^[0-9a-f]{24}$/);
    expect(ofRule(rule)).toMatch(/^[0-9a-f]{24}$/);
    expect(ofRule(rule)).not.toBe(ofRule(APPROVED_RULE));
  });
});

test('docs/exceptions.md shows the one of its example', () => {
  const volume = { availability_zone: 'eu-west-1a', size: 8, encrypted: false };
  const report = judge([enc003], { stacks: { west: { resource: { aws_ebs_volume: { ledger: volume } } } } });
  const [shown] = report.results.map((result) => result.fingerprint);
  const page = readFileSync(new URL('../../docs/exceptions.md', import.meta.url), 'utf8');
  expect(page).toContain(`fingerprint: '${shown}'`);
  expect(page).toContain(`id: enc-003-${shown?.slice(0, 12)}`);
});
