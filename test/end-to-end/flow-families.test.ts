import { describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { FLOW_FAMILIES, type FlowFamily } from '../../proofs/flows/mover.ts';
import { judge } from '../support/example-estate.ts';
import { estateOfRow, rowsOf } from '../support/flow-rows.ts';

/** The control over each family of the table of flows; layers without rows are the business of RES-005. */
const CONTROLS: Readonly<Record<Exclude<FlowFamily, 'unlisted'>, string>> = {
  replica: 'RES-005',
  backup: 'RES-006',
  image: 'RES-006',
  edge: 'RES-010',
  stream: 'RES-011',
  transfer: 'RES-011',
  'third-party': 'RES-011',
  sharing: 'RES-011',
  ai: 'RES-013',
  log: 'RES-014',
  key: 'KEY-002',
  'resource-share': 'NET-014',
};

describe('no family of flows is without a control', () => {
  for (const family of FLOW_FAMILIES) {
    if (family === 'unlisted') continue;
    const id = CONTROLS[family];
    const own = checks.filter((check) => check.id === id);
    for (const row of rowsOf(family)) {
      it(`${id} sees ${row.title}`, () => {
        const example = estateOfRow(row, 'outside', 6);
        if (example === null) throw new Error('every row has an estate that violates it');
        const found = judge(own, example).results.filter(({ subject }) => subject.address === `${row.type}.row`);
        // A primary key that nobody registers is of no known site, wherever it lies.
        const isReplicaKey = family === 'key' && row.mover.direction === 'in';
        expect(found.map(({ verdict }) => verdict)).toEqual([isReplicaKey ? 'unproven' : 'fail']);
      });
    }
  }
});
