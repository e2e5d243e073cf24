import { strict as assert } from 'node:assert';
import type { Check, Example } from '../../checks/check.ts';
import { judge } from '../../checks/example-estate.ts';

/**
 * Whether exceptions for all that fails in one estate would cover what fails at the same places in another. What fails
 * in neither tests nothing.
 */
export function isCovered(check: Check, approved: Example, graver: Example): boolean {
  const before = failuresOf(check, approved);
  const after = [...failuresOf(check, graver)].filter(([address]) => before.has(address));
  assert.ok(before.size > 0, 'nothing fails that could be approved');
  assert.ok(after.length > 0, 'nothing fails where something was approved');
  return after.every(([address, fingerprint]) => before.get(address) === fingerprint);
}

function failuresOf(check: Check, example: Example): ReadonlyMap<string, string | null> {
  const failed = judge([check], example).results.filter(({ verdict }) => verdict === 'fail');
  return new Map(failed.map(({ subject, fingerprint }) => [`${subject.stack} ${subject.address}`, fingerprint]));
}
