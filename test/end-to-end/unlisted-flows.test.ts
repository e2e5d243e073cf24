import { strict as assert } from 'node:assert';
import { describe, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import check from '../../checks/residency/res-005-replication.ts';
import { judge } from '../../checks/example-estate.ts';

describe('the search of every text and reference', () => {
  for (const { id, examples } of checks) {
    it(`raises no alarm on what complies with ${id}`, () => {
      for (const example of examples.compliant) {
        const { results } = judge([check], example);
        const open = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'unproven');
        assert.deepEqual(
          open.map(({ subject, message }) => `${subject.address}: ${message}`),
          [],
        );
      }
    });
  }
});
