import { strict as assert } from 'node:assert';
import { describe, it } from 'vitest';
import type { Check } from '../../checks/check.ts';
import type { FlowFamily } from '../../proofs/flows/mover.ts';
import { judge } from '../../checks/example-estate.ts';
import { type End, estateOfRow, isSwitchedOff, rowsOf } from './flow-rows.ts';

const VERDICTS: Readonly<Record<End, string>> = { outside: 'fail', inside: 'pass', hidden: 'unproven' };
const ENDS = ['outside', 'inside', 'hidden'] as const;

/** Judges a violating, a compliant and an unproven estate of every row of some families, in the forms of 5.x and 6.x. */
export function testRows(check: Check, ...families: readonly FlowFamily[]): void {
  describe(`${check.id}, every row`, () => {
    for (const row of rowsOf(...families)) {
      for (const end of ENDS) {
        for (const form of [5, 6] as const) {
          const example = estateOfRow(row, end, form);
          if (example === null) continue;
          it(`${row.title}, ${end}, provider ${form}`, () => {
            const { results } = judge([check], example);
            const own = results.filter(({ subject }) => subject.address === `${row.type}.row`);
            assert.deepEqual(
              own.map(({ verdict }) => verdict),
              isSwitchedOff(row, end) ? [] : [VERDICTS[end]],
              own.map(({ message }) => message).join(),
            );
          });
        }
      }
    }
  });
}
