import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check } from '../../checks/check.ts';
import { checks } from '../../checks/index.ts';
import type { Result } from '../../checks/report.ts';
import type { PlanFile } from '../../model/plan/plan-document.ts';
import { parseEstate } from '../../model/synth/estate.ts';
import type { StackInput } from '../../model/synth/stack-declarations.ts';
import { judge, judgeEstate, policyOf } from '../../checks/example-estate.ts';
import {
  asApplied,
  type ExampleStack,
  plannableExamples,
  type PlannableExample,
  type Recorded,
  recordedExamples,
  recordExamples,
} from '../support/example-plans.ts';
import type { JsonRecord } from '../support/json-tree.ts';
import { findProviderMirror } from '../support/offline-plan.ts';
import { changesOf, planTogether } from '../support/plans-together.ts';
import { stackInput } from '../support/stack-input.ts';

const MINUTES = 60_000;
const RECORD = 'UPDATE_RECORDED=1 with TREFOIL_TERRAFORM_MIRROR plans what is not recorded yet, in this test';

/** Stacks of examples that make no plan, and what Terraform, or the reader of plans, says. */
const UNPLANNED: Readonly<Record<string, string>> = {
  'CHG-001 violating 1 annex': 'error: invalid AWS Region:',
  // The type and the argument are of provider 6, as that of RES-001 below.
  'ENC-012 compliant 1 west':
    'error: Extraneous JSON object property (No argument or block type is named "encryption_support".); error: Invalid resource type (The provider hashicorp/aws does not support resource type "aws_vpc_encryption_control".)',
  'GTW-013 compliant 1 north':
    'error: reading EC2 Local Gateway Route Table: operation error EC2: DescribeLocalGatewayRouteTables, https response error StatusCode: 0, RequestID: , request send failed',
  'GTW-013 violating 1 north':
    'error: reading EC2 Local Gateway: operation error EC2: DescribeLocalGateways, https response error StatusCode: 0, RequestID: , request send failed',
  // The argument is of provider 6; the one at hand is older.
  'RES-001 violating 1 west': 'error: Extraneous JSON object property (No argument or block type is named "region".)',
  'RES-003 violating 1 west': 'PLAN-EMPTY: the plan has no resource',
};

/** Where a plan, the synthesised stack beside it, is judged otherwise than the stack on its own; each with its cause. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  'CHG-004 no subject -> pass': 'what is applied is compared with what was synthesised where there are both',
};

const LIFECYCLE = 'plans do not show lifecycle blocks, which the stack says once for all of its resources';
const BACKEND = 'plans do not show the backend';
const BLOCKS = 'plans show no blocks that dynamic makes, so a collection that nothing writes may hold some';
const INTERFACES = `${BLOCKS}: network_interface of instances, which decides where they are`;

/** The same of a plan on its own. With the stack beside it there is none of these: each is for what plans leave out. */
const DIFFERENCES_ALONE: Readonly<Record<string, string>> = {
  'CHG-002 fail -> no subject': LIFECYCLE,
  'CHG-002 pass -> no subject': LIFECYCLE,
  'CHG-002 pass -> unproven': LIFECYCLE,
  'ENC-001 fail -> unproven': BLOCKS,
  'ENC-001 pass -> unproven': BLOCKS,
  'ENC-005 fail -> unproven': BLOCKS,
  'ENC-006 fail -> unproven': BLOCKS,
  'ENC-006 no subject -> unproven': `${BLOCKS}, which may encrypt replicas`,
  'ENC-008 fail -> unproven': BLOCKS,
  'ENC-008 pass -> unproven': BLOCKS,
  'GTW-001 pass -> unproven': INTERFACES,
  'GTW-002 fail -> unproven': INTERFACES,
  'GTW-002 pass -> unproven': INTERFACES,
  'GTW-010 pass -> unproven': `${BLOCKS}: rules of security groups`,
  'GTW-012 fail -> unproven': BLOCKS,
  'KEY-001 no subject -> unproven': `${BLOCKS}, which may name a key`,
  'KEY-001 pass -> unproven': `${BLOCKS}, which may name another key`,
  'KEY-007 pass -> unproven': `${BLOCKS}, which may use this key for data of another class`,
  'NET-001 pass -> unproven': INTERFACES,
  'NET-003 pass -> unproven': `${BLOCKS}: connectivity_info of brokers, which may make them public`,
  'NET-005 pass -> unproven': `${BLOCKS}: rules of security groups`,
  'NET-006 fail -> unproven': INTERFACES,
  'NET-006 pass -> unproven': `${BLOCKS}: rules of the default security group`,
  'NET-011 fail -> unproven': BLOCKS,
  'NET-014 no subject -> unproven': `${BLOCKS}, which may grant access`,
  'RES-003 pass -> unproven': INTERFACES,
  'RES-005 no subject -> unproven': `${BLOCKS}, which may replicate`,
  'RES-008 pass -> unproven': `${BLOCKS}, which may name another partition`,
  'RES-010 fail -> unproven': `${BLOCKS}: endpoint_configuration, which tells the type of an endpoint`,
  'RES-012 fail -> unproven': BACKEND,
  'RES-012 pass -> unproven': BACKEND,
  'RES-014 no subject -> unproven': `${BLOCKS}, which may deliver logs`,
};

const all = plannableExamples(checks);
const examples = all.filter(({ example }) => example.plan === undefined);
const stacks = examples.flatMap((example) => example.stacks);
const mirror = await findProviderMirror();

let directory = '';
let recorded: ReadonlyMap<string, Recorded> = new Map();
const asSynthesised = new Map<string, Results>();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'trefoil-examples-'));
  if (mirror !== null && process.env['UPDATE_RECORDED'] === '1') {
    await recordExamples(stacks, join(directory, 'alone'), mirror);
  }
  recorded = recordedExamples();
}, 30 * MINUTES);

afterAll(async () => {
  await rm(directory, { recursive: true });
});

describe('the plans of the examples', () => {
  it('are recorded of every stack as it is, and of no other', () => {
    const changed = examples.flatMap(({ name, stacks: own }) =>
      own.filter(({ digest }) => !recorded.has(digest)).map((stack) => `${name} ${stack.name}`),
    );
    expect(changed, `no plan of these is recorded; ${RECORD}`).toEqual([]);
    const digests = new Set(stacks.map(({ digest }) => digest));
    const stale = [...recorded.keys()].filter((digest) => !digests.has(digest));
    expect(stale, `these are recorded of no stack; ${RECORD}`).toEqual([]);
  });

  it('are there but for what is listed with its reason', () => {
    const unplanned = examples.flatMap(({ name, stacks: own }) =>
      own.flatMap((stack) => {
        const reason = refusalOf(stack);
        return reason === null ? [] : [[`${name} ${stack.name}`, reason]];
      }),
    );
    expect(Object.fromEntries(unplanned)).toEqual(UNPLANNED);
  });

  it.skipIf(mirror === null)(
    'are what the real Terraform plans now',
    async () => {
      const planned = stacks.filter((stack) => planOf(stack) !== null);
      const changes = await planTogether(planned, join(directory, 'together'), mirror ?? '');
      const known = new Map(planned.map((stack) => [stack.digest, changesOf(planOf(stack) ?? {})]));
      expect(changes).toEqual(known);
    },
    10 * MINUTES,
  );
});

describe('the examples', () => {
  it('are judged by their control with what completes them as they are without', () => {
    for (const example of examples) {
      const own = checks.filter(({ id }) => id === example.control);
      const verdictsOf = (inputs: readonly StackInput[]) =>
        Array.from(judgedAs(example, { stacks: inputs, plans: [] }, own), ([key, { verdict }]) => [key, verdict]);
      const written = example.stacks.map((stack) => stackInput(stack.name, stack.written));
      expect([example.name, verdictsOf(written)]).toEqual([example.name, verdictsOf(inputsOf(example))]);
    }
  });

  it.each([
    ['with the stacks beside them', beside, DIFFERENCES],
    ['on their own', alone, DIFFERENCES_ALONE],
  ])('have the same verdicts as their plans %s, but for what is explained', (_, asPlanned, explained) => {
    const changes = examples.flatMap((example) => changesIn(example, asPlanned));
    const turned = changes.filter(
      ({ before, after }) => (after === 'fail' && before !== 'unproven') || (before === 'fail' && after === 'pass'),
    );
    expect(turned, 'a pass is no failure of the plan, and a failure no pass').toEqual([]);
    const differences = changes.map(({ control, before, after }) => `${control} ${before} -> ${after}`);
    expect([...new Set(differences)].toSorted()).toEqual(Object.keys(explained));
  });

  it('that are plans are judged as plans', () => {
    const plans = all.filter(({ example }) => example.plan !== undefined);
    expect([...new Set(plans.map(({ control }) => control))]).toEqual(['CHG-004', 'CHG-005']);
    for (const { name, control, example } of plans) {
      const own = checks.filter(({ id }) => id === control);
      const fails = judge(own, example).results.some(({ verdict }) => verdict === 'fail');
      expect([name, fails]).toEqual([name, name.includes('violating')]);
    }
  });
});

type Results = ReadonlyMap<string, Result>;

function planOf({ digest }: ExampleStack): JsonRecord | null {
  const found = recorded.get(digest);
  return found === undefined || 'refused' in found ? null : found.plan;
}

/** Why a stack has no plan that is judged; null where it has. */
function refusalOf(stack: ExampleStack): string | null {
  const found = recorded.get(stack.digest);
  if (found === undefined) return null;
  if ('refused' in found) return found.refused.join('; ');
  const [problem] = parseEstate({
    stacks: [],
    plans: [planFile(stack, found.plan)],
    problems: [],
    declaredStacks: [],
  }).problems;
  return problem === undefined ? null : `${problem.code}: ${problem.what}`;
}

function planFile(stack: ExampleStack, plan: JsonRecord): PlanFile {
  const text = JSON.stringify(asApplied(plan, stack));
  return { name: stack.name, path: `plans/${stack.name}.json`, chunks: [Buffer.from(text)], sha256: '' };
}

/** The plans of an example that are judged. */
function plansOf(example: PlannableExample): readonly PlanFile[] {
  return example.stacks.flatMap((stack) => {
    const plan = refusalOf(stack) === null ? planOf(stack) : null;
    return plan === null ? [] : [planFile(stack, plan)];
  });
}

function inputsOf({ stacks: own }: PlannableExample): readonly StackInput[] {
  return own.map((stack) => stackInput(stack.name, stack.synthesised));
}

function synthesised(example: PlannableExample): Results {
  const results = asSynthesised.get(example.name) ?? judgedAs(example, { stacks: inputsOf(example), plans: [] });
  asSynthesised.set(example.name, results);
  return results;
}

function beside(example: PlannableExample): Results {
  return judgedAs(example, { stacks: inputsOf(example), plans: plansOf(example) });
}

/** Stacks without a plan stay as they are. */
function alone(example: PlannableExample): Results {
  const plans = plansOf(example);
  const planned = new Set(plans.map(({ name }) => name));
  return judgedAs(example, { stacks: inputsOf(example).filter(({ name }) => !planned.has(name)), plans });
}

function judgedAs(
  { name, example }: PlannableExample,
  input: { readonly stacks: readonly StackInput[]; readonly plans: readonly PlanFile[] },
  by: readonly Check[] = checks,
): Results {
  const estate = parseEstate({ ...input, problems: [], declaredStacks: [] });
  expect([name, estate.problems]).toEqual([name, []]);
  return new Map(
    judgeEstate(by, estate, policyOf(example)).results.map((result) => [
      JSON.stringify([result.control, result.subject.stack, result.subject.address, result.subject.kind, result.site]),
      result,
    ]),
  );
}

interface Change {
  readonly example: string;
  readonly control: string;
  readonly address: string;
  readonly before: string;
  readonly after: string;
}

function changesIn(example: PlannableExample, asPlanned: (example: PlannableExample) => Results): readonly Change[] {
  const before = synthesised(example);
  const after = asPlanned(example);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    const of = was ?? is;
    if (of === undefined || was?.verdict === is?.verdict) return [];
    return {
      example: example.name,
      control: of.control,
      address: of.subject.address,
      before: was?.verdict ?? 'no subject',
      after: is?.verdict ?? 'no subject',
    };
  });
}
