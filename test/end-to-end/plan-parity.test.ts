import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue, checks } from '../../checks/index.ts';
import type { Result } from '../../checks/report.ts';
import { run } from '../../checks/run.ts';
import type { Estate } from '../../model/estate.ts';
import type { PlanFile } from '../../model/plan/plan-document.ts';
import type { StackInput } from '../../model/synth/stack-declarations.ts';
import { parseEstate } from '../../model/synth/estate.ts';
import { loadPolicy } from '../../policy/load.ts';
import { appliedPlans } from '../support/applied-plans.ts';
import { synthesise } from '../support/offline-plan.ts';
import { recordedStacks } from '../support/recorded-plans.ts';
import { stackInput } from '../support/stack-input.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Where a plan, the synthesised stacks beside it, says less than they do on their own; each with its cause. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  'ENC-002 pass -> unproven 9':
    'as RES-008: the policy of the bucket is a document that the recorded plan had yet to read when the bucket is put back',
  'RES-003 pass -> unproven 2':
    'the zone of a rack was a reference to another stack; the state has it as a letter, which is of an account',
  'RES-008 pass -> unproven 11':
    'the recorded plans were made before their buckets and topics; put back, the names are known and the policy documents are not yet read',
};

/** Controls about what a plan makes of what there is, which have no subject where there is no plan. */
const OF_PLANS = ['CHG-004', 'CHG-005'];

const work = mkdtempSync(join(tmpdir(), 'trefoil-parity-'));
let inputs: readonly StackInput[] = [];
let plans: readonly PlanFile[] = [];
let synthesised: ReadonlyMap<string, Result> = new Map();

beforeAll(async () => {
  // As they were planned: the provider in the mirror is of version 5.
  const directory = await synthesise(ROOT, work, { awsProviderMajor: 5 });
  const stacks = readdirSync(directory).toSorted();
  inputs = stacks.map((stack) =>
    stackInput(stack, JSON.parse(readFileSync(join(directory, stack, 'cdk.tf.json'), 'utf8'))),
  );
  const recorded = new Set(recordedStacks());
  plans = appliedPlans(
    stacks.filter((stack) => recorded.has(stack)),
    directory,
  );
  synthesised = verdictsOf(parseEstate({ stacks: inputs, problems: [], declaredStacks: stacks }));
}, 120_000);

afterAll(() => {
  rmSync(work, { recursive: true });
});

describe('the plans of the reference enclave', () => {
  it('are of all its stacks', () => {
    expect(plans.map(({ name }) => name)).toEqual(inputs.map(({ name }) => name));
    expect(new Set(Array.from(synthesised.values(), ({ verdict }) => verdict))).toEqual(new Set(['pass']));
  });

  it('give the verdicts of the stacks where both are named, but for what is explained', () => {
    const planned = verdictsOf(parseEstate({ stacks: inputs, plans, problems: [], declaredStacks: [] }));
    const changes = [...synthesised].flatMap(([key, { control, verdict }]) => {
      const now = planned.get(key)?.verdict ?? 'no subject';
      return now === verdict ? [] : [`${control} ${verdict} -> ${now}`];
    });
    const counted = [...new Set(changes)].map(
      (change) => `${change} ${changes.filter((other) => other === change).length}`,
    );
    expect(counted.toSorted()).toEqual(Object.keys(DIFFERENCES));
    const others = [...planned].filter(([key, { control }]) => !synthesised.has(key) && !OF_PLANS.includes(control));
    expect(others).toEqual([]);
  });

  it('fail nothing on their own that the stacks pass, and say what they do not show', () => {
    const planned = verdictsOf(parseEstate({ stacks: [], plans, problems: [], declaredStacks: [] }));
    expect([...planned.values()].filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    const unproven = [...planned.values()].filter(({ verdict }) => verdict === 'unproven');
    expect(unproven.some(({ control }) => control === 'RES-012')).toBe(true);
  });

  it.each([['each'], ['other']])('join with stacks that are only synthesised, %s second one', (which) => {
    const names = new Set(
      inputs.map(({ name }) => name).filter((_, index) => (index % 2 === 0) === (which === 'each')),
    );
    const planned = verdictsOf(
      parseEstate({
        stacks: inputs.filter(({ name }) => !names.has(name)),
        plans: plans.filter(({ name }) => names.has(name)),
        problems: [],
        declaredStacks: [],
      }),
    );
    expect([...planned.values()].filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  });
});

function verdictsOf(estate: Estate): ReadonlyMap<string, Result> {
  expect(estate.problems).toEqual([]);
  const text = readFileSync(join(ROOT, 'enclave.yaml'), 'utf8');
  const loaded = loadPolicy({ path: 'enclave.yaml', text, controlIds: catalogue.map(({ id }) => id) });
  if (loaded.kind === 'refused') throw new Error('the policy of the enclave is refused');
  const report = run({
    checks,
    catalogue,
    estate,
    policy: loaded.policy,
    exceptions: [],
    inputs: [],
    policyFile: { path: 'enclave.yaml', sha256: '' },
    exceptionFiles: [],
    asOf: '2026-11-01',
    stage: 'change',
    version: '0',
    filter: { controls: [], severities: [], sites: [] },
  });
  return new Map(
    report.results.map((result) => [
      JSON.stringify([result.control, result.subject.stack, result.subject.address, result.subject.kind, result.site]),
      result,
    ]),
  );
}
