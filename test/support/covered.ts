import { expect } from 'vitest';
import type { Check, Example } from '../../checks/check.ts';
import { judge } from './example-estate.ts';

/**
 * Asserts that an exception for what fails in one estate would not cover what fails in another: some subject of the
 * second fails, and none as in the first.
 */
export function expectNotCovered(check: Check, approved: Example, graver: Example): void {
  const before = failuresOf(check, approved);
  const after = failuresOf(check, graver);
  expect(before.size, 'what was approved fails').toBeGreaterThan(0);
  const addresses = [...after.keys()].filter((address) => before.has(address));
  expect(addresses, 'what is graver fails at the same place').not.toEqual([]);
  for (const address of addresses) expect(after.get(address), address).not.toBe(before.get(address));
}

function failuresOf(check: Check, example: Example): ReadonlyMap<string, string | null> {
  const failed = judge([check], example).results.filter(({ verdict }) => verdict === 'fail');
  return new Map(failed.map(({ subject, fingerprint }) => [`${subject.stack} ${subject.address}`, fingerprint]));
}
