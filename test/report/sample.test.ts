import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BaseResult } from '../../checks/compare.ts';
import { drawSample, sampleJson, sampleText } from '../../report/sample.ts';
import { anyText } from '../support/hostile-strings.ts';

function resultOf(address: string): BaseResult {
  return {
    id: `ENC-001:west:${address}`,
    control: 'ENC-001',
    family: 'encryption',
    severity: 'high',
    verdict: 'fail',
    site: 'west',
    message: `${address} is open`,
    parts: [],
    subject: { kind: 'resource', stack: 'west', address, constructPath: null },
    exception: null,
  };
}

const RESULTS = fc.uniqueArray(anyText, { maxLength: 30 }).map((addresses) => addresses.map(resultOf));

describe('a sample', () => {
  it('does not depend on the order of the results, and a larger one begins with it', () => {
    fc.assert(
      fc.property(RESULTS, fc.string(), fc.nat({ max: 30 }), (results, seed, size) => {
        const { drawn, population } = drawSample(results, seed, size);
        expect(population).toBe(results.length);
        expect(drawn.length).toBe(Math.min(size, results.length));
        expect(drawSample(results.toReversed(), seed, size).drawn).toEqual(drawn);
        expect(drawSample(results, seed, size + 5).drawn.slice(0, drawn.length)).toEqual(drawn);
      }),
    );
  });

  it('is printed with nothing that acts on a terminal, and as JSON that is read back', () => {
    fc.assert(
      fc.property(RESULTS, fc.string(), (results, seed) => {
        const sample = drawSample(results, seed, 10);
        expect(sampleText(sample)).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u);
        const read: { readonly drawn: readonly { readonly id: string }[] } = JSON.parse(sampleJson(sample));
        expect(read.drawn.map(({ id }) => id)).toEqual(sample.drawn.map(({ result }) => result.id));
      }),
    );
  });
});
