import { describe, expect, it } from 'vitest';
import { compareEngine } from '../../support/network/compare-engine.ts';
import { Dice } from '../../support/network/random-topology.ts';

/** Seeds of random networks, each asked a few questions. Longer runs of other seeds found no difference either. */
const NETWORKS = 60;
const QUESTIONS = 3;

describe('the proof and the simulator', () => {
  it('say the same of every packet that random networks tell apart', { timeout: 120_000 }, () => {
    const differences: string[] = [];
    const answers = { none: 0, path: 0, unproven: 0 };
    let walked = 0;
    for (let seed = 1; seed <= NETWORKS; seed++) {
      const compared = compareEngine(seed, new Dice(seed * 7919), QUESTIONS);
      differences.push(...compared.differences);
      walked += compared.walked;
      for (const kind of compared.kinds) answers[kind]++;
    }
    expect(differences).toEqual([]);
    expect(walked).toBeGreaterThan(200_000);
    // A comparison of networks in which nothing ever arrives would show nothing.
    for (const count of Object.values(answers)) expect(count).toBeGreaterThan(10);
  });
});
