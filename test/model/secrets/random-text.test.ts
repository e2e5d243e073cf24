import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isDerPrivateKey, looksRandom } from '../../../model/secrets/random-text.ts';

it('knows keys of 128 bits and more for random', () => {
  const byte = fc.uint8Array({ minLength: 32, maxLength: 64 });
  let missed = 0;
  let tried = 0;
  fc.assert(
    fc.property(byte, (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      // What is drawn may be all of one byte, or end in words, by chance.
      if (new Set(bytes).size < 24) return;
      tried += 1;
      if (!looksRandom(text)) missed += 1;
    }),
    { numRuns: 300 },
  );
  expect(tried).toBeGreaterThan(100);
  expect(missed / tried).toBeLessThan(0.1);
});

it('takes no name that is made of words for random', () => {
  const word = fc.constantFrom('ledger', 'database', 'west', 'Primary', 'API', 'v2', '2024', 'main1', 'AuditTrail');
  const separators = fc.constantFrom('-', '_', '/', '.', ':');
  const taken = fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), separators, (words, separator) => {
    expect(looksRandom(words.join(separator))).toBe(false);
  });
  fc.assert(taken);
});

it('takes no id of AWS for random', () => {
  const id = fc.tuple(
    fc.constantFrom('vpc-', 'subnet-', 'rtb-', 'tgw-attach-', 'vpce-svc-', 'sg-', 'ami-', 'mrk-'),
    fc.stringMatching(/^[0-9a-f]{17}$/),
  );
  fc.assert(
    fc.property(id, fc.uuid(), ([kind, digits], uuid) => {
      expect([looksRandom(kind + digits), looksRandom(uuid)]).toEqual([false, false]);
    }),
  );
});

it('tells a private key in DER by its version', () => {
  expect(isDerPrivateKey(Buffer.from([0x30, 0x2e, 2, 1, 0, ...Buffer.alloc(40)]).toString('base64'))).toBe(true);
  expect(isDerPrivateKey(Buffer.from([0x30, 0x77, 2, 1, 1, ...Buffer.alloc(60)]).toString('base64'))).toBe(true);
  expect(isDerPrivateKey(Buffer.from([0x30, 0x59, 0x30, 0x13, ...Buffer.alloc(60)]).toString('base64'))).toBe(false);
  expect(isDerPrivateKey('MIIB')).toBe(false);
  expect(isDerPrivateKey('M'.repeat(61))).toBe(false);
});
