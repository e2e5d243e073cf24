import { performance } from 'node:perf_hooks';
import { decide } from '../proofs/network/decide.ts';
import { compileFlowGraph } from '../proofs/network/flow/compile.ts';
import type { Question } from '../proofs/network/question.ts';
import type { Subnet } from '../proofs/network/topology.ts';
import { between } from '../test/support/network/topology.ts';
import { generateEnclave } from './network-topology.ts';

/**
 * Prints, as JSON, how many milliseconds the flow graph and each kind of question take on a generated enclave, and the
 * peak memory of the process. Arguments: VPCs per site, and `leak` to plant a way out.
 */
const perSite = Number(process.argv[2] ?? '20');
const leak = process.argv[3] === 'leak';
const { topology, resources, sites } = generateEnclave(perSite, { leak });
const subnets = sites.flatMap((site) => site.subnets);
const hosts = topology.interfaces.filter(({ subnet }) => subnets.includes(subnet));
const without = { certain: new Set(sites.map(({ firewall }) => firewall)), doubtful: new Map() };
const marks: Record<string, number> = {};
let last = performance.now();

function mark(part: string): void {
  const now = performance.now();
  marks[part] = Math.round(now - last);
  last = now;
}

function measure(part: string, question: Question): void {
  const { decisions } = decide(topology, question);
  mark(part);
  const counts = new Map<string, number>();
  for (const { kind } of decisions) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  process.stderr.write(`${part}: ${JSON.stringify(Object.fromEntries(counts))}\n`);
}

mark('start');
const graph = compileFlowGraph(topology);
mark('graph');
measure('out', between([...subnets, ...hosts], topology.outsides, { without }));
measure('in', between(topology.outsides, [...subnets, ...hosts], { without }));
for (const [from, to] of [
  [0, 1],
  [1, 2],
  [2, 0],
] as const) {
  const ends = (site: number): readonly Subnet[] => sites[site]?.subnets ?? [];
  measure(`site ${from} to ${to}`, between(ends(from), ends(to), { without }));
}
measure('out with gateways', between([...subnets, ...hosts], topology.outsides));
measure('in with gateways', between(topology.outsides, [...subnets, ...hosts]));
const row = {
  resources,
  nodes: graph.nodes.length,
  edges: graph.edges.length,
  ...marks,
  total: Object.values(marks).reduce((sum, time) => sum + time, 0),
  'peak MB': Math.round(process.resourceUsage().maxRSS / 1024),
};
process.stdout.write(`${JSON.stringify(row)}\n`);
