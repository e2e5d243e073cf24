import { readJson } from '../model/json/read.ts';
import type { Estate } from '../model/estate.ts';
import { parseEstate } from '../model/synth/estate.ts';
import { CATALOGUE } from '../policy/catalogue.ts';
import { loadPolicy } from '../policy/load.ts';
import type { Policy } from '../policy/policy.ts';
import type { Check, Example } from './check.ts';
import { EXAMPLE_POLICY, EXAMPLE_STACK_BASE } from './example-policy.ts';
import { plannedEstate } from './planned-estate.ts';
import type { Report } from './report.ts';
import { run } from './run.ts';

/** The estate of an example: its stacks over the base that every example stack has. */
export function estateOf({ stacks, plan }: Example): Estate {
  return afterPlan(synthesised(stacks), plan);
}

/** What the plan of an example shows that makes an estate; the estate itself where the example has none. */
export function afterPlan(after: Estate, plan: Example['plan']): Estate {
  if (plan === undefined) return after;
  const twin = plan.synthesised === undefined ? null : synthesised(plan.synthesised);
  return plannedEstate({ before: synthesised(plan.before), after, twin }, plan);
}

function synthesised(stacks: Example['stacks']): Estate {
  return parseEstate({
    stacks: Object.entries(stacks).map(([name, json]) => {
      const file = `${name}/cdk.tf.json`;
      const text = JSON.stringify({ ...EXAMPLE_STACK_BASE[name], ...json }, null, 2);
      return {
        name,
        path: name,
        documents: [readJson(file, new TextEncoder().encode(text))],
        variables: new Map(),
        unreadVariableFiles: [],
        inputs: [{ path: file, sha256: '0'.repeat(64) }],
      };
    }),
    problems: [],
    declaredStacks: Object.keys(stacks),
  });
}

export function policyOf({ policy }: Example): Policy {
  const text = JSON.stringify({ ...EXAMPLE_POLICY, ...policy }, null, 2);
  const result = loadPolicy({ path: 'enclave.yaml', text, controlIds: CATALOGUE.map(({ id }) => id) });
  if (result.kind !== 'policy') throw new TypeError(`the example's policy is wrong: ${JSON.stringify(result)}`);
  return result.policy;
}

/** Judges an example by some checks, as of a date on which everything in the base policy is in force. */
export function judge(checks: readonly Check[], example: Example, asOf?: string): Report {
  return judgeEstate(checks, estateOf(example), policyOf(example), asOf);
}

export function judgeEstate(
  checks: readonly Check[],
  estate: Estate,
  policy: Policy,
  asOf: string = '2026-11-01',
): Report {
  return run({
    checks,
    catalogue: checks,
    estate,
    policy,
    exceptions: [],
    inputs: [],
    policyFile: { path: 'enclave.yaml', sha256: '0'.repeat(64) },
    exceptionFiles: [],
    asOf,
    stage: 'change',
    version: '0.0.0',
    filter: { controls: [], severities: [], sites: [] },
  });
}
