import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { EXAMPLE_POLICY } from '../checks/example-policy.ts';
import { catalogue, checks } from '../checks/index.ts';
import { run } from '../checks/run.ts';
import { delayOptimisation } from '../cli/engine.ts';
import { readInputs } from '../cli/read-inputs.ts';
import { parseEstate } from '../model/synth/estate.ts';
import { loadStack } from '../model/synth/stack-files.ts';
import { loadPolicy } from '../policy/load.ts';
import { generateEstate, generatePolicy } from './estate.ts';

/**
 * Prints, as JSON, how many milliseconds a whole judgement of a generated estate takes, part by part, and the peak
 * memory of the process. `npm run bench` runs it for estates of several sizes, each in a process of its own.
 */
delayOptimisation();
const resources = Number(process.argv[2] ?? '1000');
const directory = mkdtempSync(join(tmpdir(), 'trefoil-bench-'));
try {
  await measure(directory);
} finally {
  rmSync(directory, { recursive: true });
}

async function measure(root: string): Promise<void> {
  const stacks = generateEstate(resources);
  for (const { name, text } of stacks) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'cdk.tf.json'), text);
  }
  const bytes = stacks.reduce((total, { text }) => total + text.length, 0);
  const policyText = generatePolicy(stacks, EXAMPLE_POLICY);

  const marks: [string, number][] = [];
  let last = performance.now();
  const mark = (part: string): void => {
    const now = performance.now();
    marks.push([part, now - last]);
    last = now;
  };
  const policy = loadPolicy({ path: 'enclave.yaml', text: policyText, controlIds: catalogue.map(({ id }) => id) });
  if (policy.kind === 'refused') throw new TypeError(JSON.stringify(policy.problems));
  mark('policy');
  const found = await readInputs([root], { cwd: root });
  mark('read');
  const loads = found.stacks.map((stack) => loadStack(stack));
  mark('parse');
  const estate = parseEstate({
    stacks: loads.flatMap((load) => (load.kind === 'loaded' ? [load.input] : [])),
    problems: found.problems,
    declaredStacks: found.declaredStacks,
  });
  mark('join');
  for (const resource of estate.resources) for (const name of resource.init.body.names) resource.attribute(name);
  mark('evaluate');
  const report = run({
    checks,
    catalogue,
    estate,
    policy: policy.policy,
    exceptions: [],
    inputs: [],
    policyFile: { path: 'enclave.yaml', sha256: createHash('sha256').update(policyText).digest('hex') },
    exceptionFiles: [],
    asOf: '2026-11-01',
    stage: 'change',
    version: '0.0.0',
    filter: { controls: [], severities: [], sites: [] },
  });
  mark('check');

  const total = marks.reduce((sum, [, time]) => sum + time, 0);
  const row = {
    resources: estate.resources.length,
    'input MB': Number((bytes / 1e6).toFixed(1)),
    ...Object.fromEntries([...marks, ['total', total] as const].map(([part, time]) => [part, Math.round(time)])),
    'peak MB': Math.round(process.resourceUsage().maxRSS / 1024),
    verdicts: report.results.length,
  };
  process.stdout.write(`${JSON.stringify(row)}\n`);
}
