import { performance } from 'node:perf_hooks';
import { egressOf, egressQuestion, ingressOf, ingressQuestion } from '../checks/gateway/cut.ts';
import { enclaveOf } from '../checks/gateway/enclave.ts';
import { connectionOf } from '../checks/gateway/flows.ts';
import { catalogue } from '../checks/index.ts';
import { delayOptimisation } from '../cli/engine.ts';
import { parseEstate } from '../model/synth/estate.ts';
import { loadStack } from '../model/synth/stack-files.ts';
import { loadPolicy } from '../policy/load.ts';
import { ask } from '../proofs/network/ask.ts';
import { topologyOf } from '../proofs/network/compile/topology-of.ts';
import { compileFlowGraph } from '../proofs/network/flow/compile.ts';
import type { Finding } from '../proofs/network/question.ts';
import type { Origin } from '../proofs/network/topology.ts';
import { verify } from '../proofs/network/verify.ts';
import { type GeneratedNetwork, generateNetwork } from './network-estate.ts';

/**
 * Proves a generated enclave, or finds its planted leak, and prints as JSON how many milliseconds each part of that takes
 * after parsing, and the peak memory of the process before certificates are made. Ends with 1 when the answer is not the one that the network is made
 * for. Arguments: how many resources, and `leak` for one with a leak.
 */
delayOptimisation();
const network = generateNetwork(Number(process.argv[2] ?? '10000'), { leak: process.argv[3] === 'leak' });
const marks = new Map<string, number>();
const problems: string[] = [];
let last = performance.now();

function mark(part: string): void {
  const now = performance.now();
  marks.set(part, now - last);
  last = now;
}

const policy = loadPolicy({ path: 'enclave.yaml', text: network.policy, controlIds: catalogue.map(({ id }) => id) });
if (policy.kind === 'refused') throw new TypeError(JSON.stringify(policy.problems));
const estate = estateOf(network);
const context = { estate, policy: policy.policy, asOf: '2026-11-01' };
mark('parse');
const topology = topologyOf(estate);
mark('compile');
const enclave = enclaveOf(context);
mark('sites');
const graph = compileFlowGraph(topology);
mark('graph');
const findings = new Map<string, Finding>();
for (const site of enclave.sites) {
  for (const [{ origin }, finding] of egressOf(site, enclave, 'all')) findings.set(nameOf(origin), finding);
}
mark('out');
for (const site of enclave.sites) {
  for (const { finding } of ingressOf(site, enclave)) {
    if (finding.kind === 'none') continue;
    const to = finding.kind === 'path' && finding.trace.to.kind === 'subnet' ? finding.trace.to.subnet : null;
    findings.set(`into ${to === null ? site.site.id : nameOf(to.origin)}`, finding);
  }
}
mark('in');
const total = [...marks].reduce((sum, [part, time]) => (part === 'parse' ? sum : sum + time), 0);
for (const flow of policy.policy.network.flows) {
  const connection = connectionOf(flow, context);
  if (connection.kind !== 'works') problems.push(`the flow ${flow.id} does not work: ${JSON.stringify(connection)}`);
}
mark('flows');
const peak = Math.round(process.resourceUsage().maxRSS / 1024);
for (const question of enclave.sites.flatMap((site) => [
  egressQuestion(site, enclave, 'own'),
  ingressQuestion(site, enclave),
])) {
  const answer = ask(topology, question);
  const proved = answer.findings.filter(({ finding }) => finding.kind === 'none').map(({ from }) => from);
  last = performance.now() - (marks.get('certificates') ?? 0);
  const verification = verify(graph, { question, certificate: answer.certificate, proved });
  if (verification.kind !== 'ok') problems.push(`a certificate is broken at ${verification.at}`);
  mark('certificates');
}
problems.push(...wrongIn(findings, network.leak));

const time = (part: string): number => Math.round(marks.get(part) ?? 0);
const row = {
  resources: estate.resources.length,
  leak: network.leak === null ? 'none' : 'found',
  subnets: topology.subnets.length,
  edges: graph.edges.length,
  compile: time('compile'),
  sites: time('sites'),
  graph: time('graph'),
  out: time('out'),
  in: time('in'),
  total: Math.round(total),
  'peak MB': peak,
  flows: time('flows'),
  certificates: time('certificates'),
};
process.stdout.write(`${JSON.stringify(row)}\n`);
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exitCode = 1;

function estateOf({ stacks }: GeneratedNetwork): ReturnType<typeof parseEstate> {
  const encoder = new TextEncoder();
  const loads = stacks.map(({ name, text }) =>
    loadStack({
      name,
      directory: name,
      files: [{ path: `${name}/cdk.tf.json`, bytes: encoder.encode(text), sha256: '' }],
      otherNames: [],
    }),
  );
  return parseEstate({
    stacks: loads.flatMap((load) => (load.kind === 'loaded' ? [load.input] : [])),
    problems: [],
    declaredStacks: stacks.map(({ name }) => name),
  });
}

/** What is found and should not be, and what should be and is not. */
function wrongIn(found: ReadonlyMap<string, Finding>, leak: GeneratedNetwork['leak']): readonly string[] {
  const expected = leak === null ? [] : [leak.subnet, `into ${leak.subnet}`];
  const wrong = [...found].flatMap(([name, finding]) =>
    finding.kind === 'none' || expected.includes(name) ? [] : [`${name}: ${describeFinding(finding)}`],
  );
  for (const name of expected) {
    const finding = found.get(name);
    if (finding?.kind !== 'path') wrong.push(`the leak is not found: ${name}`);
  }
  const out = leak === null ? undefined : found.get(leak.subnet);
  if (out?.kind === 'path' && !out.trace.hops.some(({ by }) => by !== null && nameOf(by) === leak?.route)) {
    wrong.push(`the path does not name the route that leaks: ${describeFinding(out)}`);
  }
  return wrong;
}

function describeFinding(finding: Finding): string {
  if (finding.kind === 'none') return 'nothing';
  if (finding.kind === 'unproven')
    return `unproven because of ${finding.because.map((hidden) => JSON.stringify(hidden)).join('; ')}`;
  return finding.trace.hops.map(({ at, what, by }) => `${at.name} ${what} ${by?.name ?? ''}`).join('; ');
}

/** Sites name their resources alike. */
function nameOf({ name, resource }: Origin): string {
  return resource === null ? name : `${resource.stack}: ${name}`;
}
