import { describe, expect, it } from 'vitest';
import type { Example } from '../../checks/check.ts';
import { checks } from '../../checks/index.ts';
import { FLOW_FAMILIES, type FlowFamily } from '../../proofs/flows/mover.ts';
import { judge } from '../../checks/example-estate.ts';
import { elsewhere, estateOfRow, estateWithout, rowsOf } from '../support/flow-rows.ts';
import { NAMED_WITHOUT, nameOf, whyWithout } from '../support/flow-rows-without.ts';

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

describe('every row has its three estates, or says why not', () => {
  const rows = rowsOf(...FLOW_FAMILIES);

  it('in the forms of provider 5 and 6', () => {
    const open = rows.flatMap((row) =>
      (['outside', 'inside', 'hidden'] as const).flatMap((end) =>
        ([5, 6] as const).flatMap((form) => {
          const isThere = estateOfRow(row, end, form) !== null;
          const reason = whyWithout(row, end);
          if (isThere === (reason === null)) return [];
          return [`${row.title}, ${end}, provider ${form}: ${isThere ? `has one, though: ${reason}` : 'has none'}`];
        }),
      ),
    );
    expect(open).toEqual([]);
  });

  it('gives reasons for rows of the table only, each once', () => {
    const names = new Set(rows.map(({ type, mover }) => nameOf(type, mover.path)));
    expect(NAMED_WITHOUT.filter((name, index) => !names.has(name) || NAMED_WITHOUT.indexOf(name) !== index)).toEqual(
      [],
    );
  });
});

describe('what has a row and is in another Region itself', () => {
  const placed = checks.filter(({ id }) => id === 'RES-001' || id === 'RES-009');
  const types = [...new Set(rowsOf(...FLOW_FAMILIES).map(({ type }) => type))];

  for (const form of [5, 6] as const) {
    it(`is seen where ${form === 5 ? 'a second provider of 5.x' : 'the region argument of 6.x'} says so`, () => {
      const unseen = types.filter((type) => {
        const { results } = judge(placed, elsewhere(type, form));
        return !results.some(({ subject, verdict }) => subject.address === `${type}.row` && verdict === 'fail');
      });
      // Its argument of that name is a block, which names the Regions of the replicas: a row of RES-005.
      expect(unseen).toEqual(form === 5 ? [] : ['aws_ssmincidents_replication_set']);
    });
  }
});

describe('keys and shares: where every row is compliant, and where it is unproven', () => {
  for (const family of ['key', 'resource-share'] as const) {
    const own = checks.filter((check) => check.id === CONTROLS[family]);
    for (const row of rowsOf(family)) {
      for (const form of [5, 6] as const) {
        it(`${row.title}, provider ${form}`, () => {
          const verdictsOf = (example: Example | null): readonly string[] => {
            if (example === null) throw new Error('every row has such an estate');
            const { results } = judge(own, example);
            return results.filter(({ subject }) => subject.address === `${row.type}.row`).map(({ verdict }) => verdict);
          };
          const isReplicaKey = family === 'key' && row.mover.direction === 'in';
          expect(
            verdictsOf(
              isReplicaKey ? replicaAtHome(row.type) : (estateOfRow(row, 'inside', form) ?? estateWithout(row, form)),
            ),
          ).toEqual(['pass']);
          expect(verdictsOf(estateOfRow(row, 'hidden', form))).toEqual(['unproven']);
        });
      }
    }
  }
});

const PRIMARY = 'arn:aws:kms:eu-west-1:111111111111:key/mrk-0a1b2c3d000040008000000000000001';

/** A replica at the site of its primary, which the policy registers. */
function replicaAtHome(type: string): Example {
  return {
    stacks: { west: { resource: { [type]: { row: { primary_key_arn: PRIMARY } } } } },
    policy: {
      keys: {
        maximumRotationDays: 365,
        register: [{ arn: PRIMARY, site: 'west', owner: 'Keys', reason: 'Made before the stacks.' }],
      },
    },
  };
}
