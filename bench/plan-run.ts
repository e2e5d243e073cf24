import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { EXAMPLE_POLICY } from '../checks/example-policy.ts';
import { catalogue, checks } from '../checks/index.ts';
import { run } from '../checks/run.ts';
import { delayOptimisation } from '../cli/engine.ts';
import type { Io } from '../cli/io.ts';
import { readEstate } from '../cli/read-estate.ts';
import { loadPolicy } from '../policy/load.ts';
import { generatePolicy } from './estate.ts';
import { inBenchDirectory } from './generated.ts';
import { writePlan } from './plan.ts';

/**
 * Prints, as JSON, how many milliseconds reading and judging one generated plan take, and the peak memory of the process
 * after each. Argument: how many resources.
 */
delayOptimisation();
const resources = Number(process.argv[2] ?? '10000');
await inBenchDirectory(measure);

async function measure(directory: string): Promise<void> {
  const path = join(directory, 'west.json');
  writePlan(path, resources);
  const policyText = generatePolicy([{ name: 'west', text: '' }], EXAMPLE_POLICY);
  const loaded = loadPolicy({ path: 'enclave.yaml', text: policyText, controlIds: catalogue.map(({ id }) => id) });
  if (loaded.kind === 'refused') throw new TypeError(JSON.stringify(loaded.problems));

  const start = performance.now();
  const { estate, digests } = await readEstate({ paths: [path], variables: [] }, silentIn(directory), () =>
    Promise.resolve(),
  );
  const read = performance.now();
  const peakRead = peak();
  if (estate.problems.length > 0) throw new TypeError(JSON.stringify(estate.problems));
  const report = run({
    checks,
    catalogue,
    estate,
    policy: loaded.policy,
    exceptions: [],
    inputs: digests,
    policyFile: { path: 'enclave.yaml', sha256: createHash('sha256').update(policyText).digest('hex') },
    exceptionFiles: [],
    asOf: '2026-11-01',
    stage: 'apply',
    version: '0.0.0',
    filter: { controls: [], severities: [], sites: [] },
  });
  const checked = performance.now();
  const row = {
    resources: estate.resources.length,
    'plan MB': Math.round(statSync(path).size / 1e6),
    read: Math.round(read - start),
    'read peak MB': peakRead,
    check: Math.round(checked - read),
    total: Math.round(checked - start),
    'peak MB': peak(),
    verdicts: report.results.length,
  };
  process.stdout.write(`${JSON.stringify(row)}\n`);
}

function peak(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

function silentIn(cwd: string): Io {
  const nowhere = { isTerminal: false, columns: null, write: () => Promise.resolve() };
  return { stdout: nowhere, stderr: nowhere, cwd, environment: {}, now: () => new Date(0), preload: '' };
}
