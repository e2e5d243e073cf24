import { describe, expect, it } from 'vitest';
import { holdAgainst, holdConnectionsAgainst } from '../support/network/hold-against.ts';
import { drawScenario } from '../support/network/scenario.ts';

/** Seeds of the networks, drawn anew in every run: the same seed is the same network. */
const FIRST_SEED = 1;
const BATCH = 130;
const BATCHES = 4;

describe('the network proof', () => {
  let queries = 0;
  let reached = 0;

  it.each(Array.from({ length: BATCHES }, (_, index) => FIRST_SEED + index * BATCH))(
    'says of every packet what a walk by hand says (seeds from %i)',
    (first) => {
      const mismatches: string[] = [];
      for (let seed = first; seed < first + BATCH; seed++) {
        const comparison = holdAgainst(drawScenario(seed));
        queries += comparison.queries;
        reached += comparison.reached;
        mismatches.push(...comparison.mismatches);
      }
      expect(mismatches).toEqual([]);
    },
    60_000,
  );

  it('was asked enough, of networks that let enough through', () => {
    expect(queries).toBeGreaterThan(200_000);
    expect(reached).toBeGreaterThan(10_000);
  });
});

describe('the answer to whether a connection works', () => {
  it('is what a walk of the request and of its reply by hand gives', () => {
    let queries = 0;
    let works = 0;
    const mismatches: string[] = [];
    for (let seed = FIRST_SEED; seed < FIRST_SEED + 60; seed++) {
      const comparison = holdConnectionsAgainst(drawScenario(seed));
      queries += comparison.queries;
      works += comparison.reached;
      mismatches.push(...comparison.mismatches);
    }
    expect(mismatches).toEqual([]);
    expect(queries).toBeGreaterThan(5_000);
    expect(works).toBeGreaterThan(400);
  }, 60_000);
});
