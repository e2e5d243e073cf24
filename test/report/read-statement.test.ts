import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStatement } from '../../report/read-statement.ts';
import { type Seal, statementText } from '../../report/statement.ts';
import { anyText } from '../support/hostile-strings.ts';
import { exampleSeal } from '../support/seals.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const TEXT = statementText(exampleSeal());

const SHA256 = fc.stringMatching(/^[\da-f]{64}$/);
const NATURAL = fc.nat();
/** Text that UTF-8 can hold. */
const NAME = anyText.map((text) => text.replace(/\p{Cs}/gu, ''));
const FILE = fc.record({ path: NAME, sha256: SHA256 });

const SEAL: fc.Arbitrary<Seal> = fc.record({
  plans: fc.array(fc.record({ stack: NAME, path: NAME, sha256: SHA256, jsonSha256: SHA256 }), {
    minLength: 1,
    maxLength: 3,
  }),
  tool: fc.record({ name: NAME, version: NAME, sha256: fc.option(SHA256) }),
  sealedAt: fc.constantFrom('2026-03-01T12:00:00Z', '2024-02-29T23:59:59Z'),
  asOf: NAME,
  stage: NAME,
  verdict: fc.constantFrom('pass', 'fail', 'unproven', 'incomplete', 'refused'),
  exitCode: NATURAL,
  because: NAME,
  complete: fc.boolean(),
  counts: fc.record({ pass: NATURAL, fail: NATURAL, unproven: NATURAL, excepted: NATURAL, 'not-applicable': NATURAL }),
  population: fc.record({ stacks: NATURAL, resources: NATURAL }),
  controls: fc.array(fc.record({ id: NAME, population: NATURAL }), { maxLength: 3 }),
  policy: fc.record({ name: NAME, path: NAME, sha256: SHA256 }),
  exceptionFiles: fc.array(FILE, { maxLength: 2 }),
  exceptions: fc.array(fc.record({ id: NAME, ends: fc.constantFrom('2026-03-01', '2024-02-29') }), { maxLength: 2 }),
  inputs: fc.array(FILE, { maxLength: 2 }),
});

describe('reading a statement', () => {
  it('gives back every seal that was written', () => {
    fc.assert(
      fc.property(SEAL, (seal) => {
        expect(readStatement(bytesOf(statementText(seal)))).toEqual({ kind: 'seal', seal });
      }),
    );
  });

  it('says which kind of statement it does not know, and reads nothing of it', () => {
    const text = TEXT.replace('urn:trefoil:seal:1', 'urn:trefoil:seal:2').replace('"verdict":"pass"', '"verdict":0');
    expect(readStatement(bytesOf(text))).toEqual({ kind: 'foreign', predicateType: 'urn:trefoil:seal:2' });
  });

  it('refuses a statement without any one of its members', () => {
    const members = Array.from(TEXT.matchAll(/"([\w-]+)":/g), ([, name]) => name ?? '');
    expect(members.length).toBeGreaterThan(35);
    const taken = members.filter(
      (name) => readStatement(bytesOf(TEXT.replace(`"${name}":`, `"${name}s":`))).kind !== 'malformed',
    );
    expect(taken).toEqual([]);
  });

  it('refuses a statement with any one value of another type', () => {
    const values = Array.from(TEXT.matchAll(/:("[^"]*"|\d+|true|null)/g));
    expect(values.length).toBeGreaterThan(25);
    const others = [':[]', ':-1', ':1.5', ':{"toString":1}'];
    const texts = values.flatMap(({ 0: value, index }) =>
      others.map((other) => TEXT.slice(0, index) + other + TEXT.slice(index + value.length)),
    );
    expect(texts.filter((text) => readStatement(bytesOf(text)).kind === 'seal')).toEqual([]);
  });

  it.each([
    { what: 'a digest in capitals', from: /"sha256":"(?=[\da-f])/, to: '"sha256":"A', because: 'is no SHA-256' },
    { what: 'an instant with an offset', from: '12:00:00Z', to: '12:00:00+01:00', because: 'is no instant in UTC' },
    { what: 'a day that does not exist', from: '2026-03-01T', to: '2026-02-29T', because: 'is no date' },
    { what: 'a verdict that does not exist', from: '"pass"', to: '"passed"', because: 'verdict is none' },
    {
      what: 'a number beyond what is exact',
      from: '"pass":12',
      to: '"pass":9007199254740993',
      because: 'whole number',
    },
    { what: '__proto__ for a member', from: '"stage":', to: '"__proto__":{},"stage":', because: '__proto__' },
  ])('refuses $what', ({ from, to, because }) => {
    const text = TEXT.replace(from, to);
    expect(text).not.toBe(TEXT);
    expect(readStatement(bytesOf(text))).toEqual({ kind: 'malformed', what: expect.stringContaining(because) });
  });
});
