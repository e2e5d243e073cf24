import { describe, expect, test } from 'vitest';
import { fingerprintOf } from '../../checks/fingerprint.ts';
import { failOf, TRACE, WITNESS } from '../support/reports.ts';

const FAIL = failOf();
const [RELATED] = WITNESS.related;

describe('the fingerprint of a failure', () => {
  test('is 24 hexadecimal digits that stay the same from version to version', () => {
    expect(fingerprintOf(FAIL)).toBe('9461499083021790a6930c21');
  });

  test('does not move with lines, files, construct paths or the order of the objects', () => {
    const key = RELATED === undefined ? [] : [RELATED];
    const other = key.map((related) => ({ ...related, address: 'aws_kms_key.another' }));
    const placed = { file: 'elsewhere.json', line: 9, column: 9 };
    const moved = key.map((related) => ({ ...related, source: placed, code: placed, constructPath: 'moved' }));
    const before = { ...WITNESS, related: [...key, ...other] };
    const after = { ...WITNESS, source: placed, related: [...other, ...moved] };
    expect(fingerprintOf({ ...FAIL, witness: after })).toBe(fingerprintOf({ ...FAIL, witness: before }));
  });

  test.each([
    ['the control', { control: 'ENC-002' }],
    ['the kind of failure', { messageId: 'notEncrypted' }],
    ['what was found', { message: 'is encrypted with "DES"' }],
    ['the argument', { witness: { ...WITNESS, path: 'rule[1].sse_algorithm' } }],
    ['the value', { witness: { ...WITNESS, value: '"DES"' } }],
    ['the absence of a value', { witness: { ...WITNESS, value: null } }],
    ['the objects that it rests on', { witness: { ...WITNESS, related: [] } }],
    ['the way of a packet', { witness: { ...WITNESS, trace: TRACE } }],
  ])('changes with %s', (_name, parts) => {
    expect(fingerprintOf({ ...FAIL, ...parts })).toMatch(/^[0-9a-f]{24}$/);
    expect(fingerprintOf({ ...FAIL, ...parts })).not.toBe(fingerprintOf(FAIL));
  });

  test('is none of what does not fail', () => {
    expect(fingerprintOf({ ...FAIL, witness: null })).toBeNull();
  });
});
