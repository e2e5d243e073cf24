import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNCUTTABLE, Ways } from '../../../proofs/network/cheapest-cut.ts';

interface Way {
  readonly from: number;
  readonly to: number;
  readonly cost: number;
}

function waysOf(list: readonly Way[]): Ways<Way> {
  const ways = new Ways<Way>();
  for (const way of list) ways.add({ ...way, item: way });
  return ways;
}

function leads(list: readonly Way[], start: number, end: number): boolean {
  const seen = new Set([start]);
  for (const point of seen) for (const { from, to } of list) if (from === point) seen.add(to);
  return seen.has(end);
}

describe('the cheapest cut', () => {
  it('is nothing where nothing leads to an end', () => {
    expect(waysOf([{ from: 1, to: 0, cost: 1 }]).cheapestCut(0, new Set([1]))).toEqual([]);
  });

  it('is null where a way cannot be cut', () => {
    const ways = waysOf([
      { from: 0, to: 1, cost: UNCUTTABLE },
      { from: 1, to: 2, cost: UNCUTTABLE },
    ]);
    expect(ways.cheapestCut(0, new Set([2]))).toBeNull();
  });

  it('is null where the start is an end', () => {
    expect(waysOf([]).cheapestCut(0, new Set([0]))).toBeNull();
  });

  it('takes the one arc that many ways share, and of equal ones the nearest to the start', () => {
    const ways = waysOf([
      { from: 0, to: 1, cost: 1 },
      { from: 0, to: 2, cost: 1 },
      { from: 1, to: 3, cost: 1 },
      { from: 2, to: 3, cost: 1 },
      { from: 3, to: 4, cost: 1 },
      { from: 4, to: 5, cost: 1 },
    ]);
    expect(ways.cheapestCut(0, new Set([5]))).toEqual([{ from: 3, to: 4, cost: 1 }]);
  });

  it('takes several cheap arcs before a dear one', () => {
    const ways = waysOf([
      { from: 0, to: 1, cost: 10 },
      { from: 1, to: 2, cost: 1 },
      { from: 1, to: 2, cost: 2 },
    ]);
    expect(ways.cheapestCut(0, new Set([2]))?.map(({ cost }) => cost)).toEqual([1, 2]);
  });

  it('closes every way, and nothing cheaper does', () => {
    const point = fc.integer({ min: 0, max: 5 });
    const way = fc.record({ from: point, to: point, cost: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(fc.array(way, { maxLength: 9 }), (list) => {
        const cut = waysOf(list).cheapestCut(0, new Set([5])) ?? [];
        expect(
          leads(
            list.filter((item) => !cut.includes(item)),
            0,
            5,
          ),
        ).toBe(false);
        const costOf = (some: readonly Way[]) => some.reduce((sum, { cost }) => sum + cost, 0);
        const cheapest = costOf(cut);
        for (let chosen = 0; chosen < 2 ** list.length; chosen++) {
          const taken = list.filter((_way, index) => (chosen >> index) % 2 === 1);
          if (costOf(taken) >= cheapest) continue;
          expect(
            leads(
              list.filter((item) => !taken.includes(item)),
              0,
              5,
            ),
          ).toBe(true);
        }
      }),
    );
  });
});
