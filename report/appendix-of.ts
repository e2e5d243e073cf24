import type { Context } from '../checks/check.ts';
import { coverageOf } from '../checks/coverage.ts';
import { flowMapOf } from '../checks/flow-map.ts';
import { enclaveOf } from '../checks/gateway/enclave.ts';
import { networkWays } from '../checks/network-ways.ts';
import type { Report } from '../checks/report.ts';
import type { Site } from '../policy/policy.ts';
import type { Appendix, Drawing } from './appendix.ts';
import { isFiltered } from './conclusion.ts';
import { flowsDrawing, networkDrawing } from './drawing.ts';
import { drawNetwork } from './graph/draw.ts';
import { withFindings } from './graph/findings.ts';
import { withheldData } from './withheld-data.ts';

/** What documents show beside the report: the same data that `graph`, `flows` and `coverage` print, without secrets. */
export function appendixOf(context: Context, report: Report, toolSha256: string | null): Appendix {
  const { estate, policy } = context;
  const withheld = <Data>(data: Data): Data => withheldData(data, (text) => estate.withhold(text));
  const enclave = enclaveOf(context);
  const networkOf = (site: Site | null): Drawing => {
    const graph = drawNetwork(context, enclave, { site, traces: networkWays(context, site) });
    return networkDrawing(withFindings(withheld(graph), report.results));
  };
  const drawnSites = enclave.sites
    .filter(({ inside, edge, managed }) => inside.length + edge.length + managed.length > 0)
    .map(({ site }) => site);
  const { incompleteBecause } = report;
  return {
    toolSha256,
    policy,
    coverage: isFiltered(report) ? null : withheld(coverageOf(context, report)),
    network: [null, ...(drawnSites.length > 1 ? drawnSites : [])].map(networkOf),
    flows: flowsDrawing(withheld({ ...flowMapOf(context, { site: null, dataClass: null }), incompleteBecause })),
  };
}
