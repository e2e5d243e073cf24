import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check } from '../checks/check.ts';
import { EXAMPLE_POLICY } from '../checks/example-policy.ts';
import { catalogue } from '../checks/index.ts';
import type { Report } from '../checks/report.ts';
import { run } from '../checks/run.ts';
import { readInputs } from '../cli/read-inputs.ts';
import type { Estate } from '../model/estate.ts';
import { parseEstate } from '../model/synth/estate.ts';
import { loadStack } from '../model/synth/stack-files.ts';
import { loadPolicy } from '../policy/load.ts';
import type { Policy } from '../policy/policy.ts';
import { generateEstate, generatePolicy } from './estate.ts';

/** A generated estate as files, and the text of its policy. */
export interface GeneratedFiles {
  readonly bytes: number;
  readonly policyText: string;
}

/** Measures in a new directory, and removes it. */
export async function inBenchDirectory(measure: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'trefoil-bench-'));
  try {
    await measure(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Writes a generated estate below a directory. */
export function writeGenerated(root: string, resources: number): GeneratedFiles {
  const stacks = generateEstate(resources);
  for (const { name, text } of stacks) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'cdk.tf.json'), text);
  }
  const bytes = stacks.reduce((total, { text }) => total + text.length, 0);
  return { bytes, policyText: generatePolicy(stacks, EXAMPLE_POLICY) };
}

export function loadGenerated(policyText: string): Policy {
  const policy = loadPolicy({ path: 'enclave.yaml', text: policyText, controlIds: catalogue.map(({ id }) => id) });
  if (policy.kind === 'refused') throw new TypeError(JSON.stringify(policy.problems));
  return policy.policy;
}

/** Reads what was written, and calls `mark` after each part. */
export async function readGenerated(root: string, mark: (part: string) => void): Promise<Estate> {
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
  return estate;
}

export function judgeGenerated(checks: readonly Check[], estate: Estate, policy: Policy, policyText: string): Report {
  return run({
    checks,
    catalogue,
    estate,
    policy,
    exceptions: [],
    inputs: [],
    policyFile: { path: 'enclave.yaml', sha256: createHash('sha256').update(policyText).digest('hex') },
    exceptionFiles: [],
    asOf: '2026-11-01',
    stage: 'change',
    version: '0.0.0',
    filter: { controls: [], severities: [], sites: [] },
  });
}
