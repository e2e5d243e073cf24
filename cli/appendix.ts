import { coverageOf } from '../checks/coverage.ts';
import { flowMapOf } from '../checks/flow-map.ts';
import { enclaveOf } from '../checks/gateway/enclave.ts';
import { networkWays } from '../checks/network-ways.ts';
import type { Site } from '../policy/policy.ts';
import type { Appendix } from '../report/appendix.ts';
import { isFiltered } from '../report/conclusion.ts';
import { withheldData } from '../report/withheld-data.ts';
import type { Judgement } from './judge.ts';

/** What documents show beside the report: the same data that `graph`, `flows` and `coverage` print, without secrets. */
export async function appendixOf({ context, report }: Judgement): Promise<Appendix> {
  // The layout is loaded for the formats that draw.
  const [{ drawNetwork }, { withFindings }, { flowsDrawing, networkDrawing }] = await Promise.all([
    import('../report/graph/draw.ts'),
    import('../report/graph/findings.ts'),
    import('../report/drawing.ts'),
  ]);
  const { estate, policy } = context;
  const withheld = <Data>(data: Data): Data => withheldData(data, (text) => estate.withhold(text));
  const enclave = enclaveOf(context);
  const networkOf = (site: Site | null) => {
    const graph = drawNetwork(context, enclave, { site, traces: networkWays(context, site) });
    return networkDrawing(withFindings(withheld(graph), report.results));
  };
  const drawnSites = enclave.sites
    .filter(({ inside, edge, managed }) => inside.length + edge.length + managed.length > 0)
    .map(({ site }) => site);
  const { incompleteBecause } = report;
  return {
    policy,
    exceptions: context.exceptions ?? [],
    coverage: isFiltered(report) ? null : withheld(coverageOf(context, report)),
    network: [null, ...(drawnSites.length > 1 ? drawnSites : [])].map(networkOf),
    flows: flowsDrawing(withheld({ ...flowMapOf(context, { site: null, dataClass: null }), incompleteBecause })),
  };
}
