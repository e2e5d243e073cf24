import { describe, expect, it } from 'vitest';
import type { Context } from '../../checks/check.ts';
import { checks } from '../../checks/index.ts';
import { appendixOf } from '../../report/appendix-of.ts';
import { estateOf, judgeEstate, policyOf } from '../../checks/example-estate.ts';

const EXAMPLE = checks.find(({ id }) => id === 'GTW-001')?.examples.violating[0] ?? { stacks: {} };

describe('the appendix of an estate', () => {
  const estate = estateOf(EXAMPLE);
  const policy = policyOf(EXAMPLE);
  const context: Context = { estate, policy, asOf: '2026-11-01' };
  const report = judgeEstate(checks, estate, policy);

  it('draws the network with the way that fails, the data, and says what was looked at', () => {
    const { network, flows, coverage } = appendixOf(context, report, null);
    expect(network[0]?.ways.map(({ kind, name }) => `${kind} ${name}`)).toContain('fail GTW-001');
    expect(network[0]?.picture?.svg).toContain('✗ fail: ');
    expect(flows.picture?.svg).toContain('where data rests and travels');
    expect(coverage?.resources).toBe(report.population.resources);
  });

  it('counts nothing of a part of the results', () => {
    const filter = { controls: ['GTW-001'], severities: [], sites: [] };
    expect(appendixOf(context, { ...report, filter }, null).coverage).toBeNull();
  });
});
