import { strict as assert } from 'node:assert';
import { describe, it } from 'vitest';
import { judgeFlow } from '../../../checks/residency/flow-judgement.ts';
import { FLOW_FAMILIES } from '../../../proofs/flows/mover.ts';
import { flowsOf } from '../../../proofs/flows/flows.ts';
import { estateOf, policyOf } from '../../../checks/example-estate.ts';
import { type End, estateOfRow, isSwitchedOff, rowsOf } from '../../support/flow-rows.ts';

const KINDS: Readonly<Record<End, string>> = { outside: 'fail', inside: 'pass', hidden: 'unproven' };

describe('the judgement of a flow', () => {
  for (const row of rowsOf(...FLOW_FAMILIES)) {
    it(`decides ${row.title}`, () => {
      for (const end of ['outside', 'inside', 'hidden'] as const) {
        for (const form of [5, 6] as const) {
          const example = estateOfRow(row, end, form);
          if (example === null) continue;
          const estate = estateOf(example);
          const kinds = flowsOf(estate)
            .filter(({ from, mover }) => from.address === `${row.type}.row` && mover === row.mover)
            .map((flow) => judgeFlow(flow, { estate, policy: policyOf(example), asOf: '2026-11-01' }).kind);
          assert.deepEqual(
            [...new Set(kinds)],
            isSwitchedOff(row, end) ? [] : [KINDS[end]],
            `${end}, provider ${form}`,
          );
        }
      }
    });
  }
});
