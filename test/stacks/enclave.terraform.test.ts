import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StackJson } from '../support/generated-state.ts';
import { findProviderMirror, OfflineCopies, synthesise, type PlanJson } from '../support/offline-plan.ts';
import { recordedPlan, recordedStacks, recordPlan } from '../support/recorded-plans.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MINUTES = 60_000;

const REGION_SITE = ['baseline', 'data', 'gateway', 'keys', 'network', 'workloads'];
const STACKS = [
  ...['dublin', 'ireland-2', 'norway'].flatMap((site) => REGION_SITE.map((part) => `${site}-${part}`)),
  'link-dublin-ireland-2',
  'link-dublin-norway',
  'link-ireland-2-norway',
  'monitor',
  'monitor-eu-north-1',
  'monitor-eu-west-1',
  'replication-dublin-ireland-2',
  'us-interim',
].toSorted();

const SUCCESS = { validate: { exitCode: 0, diagnostics: [] }, plan: { exitCode: 0, diagnostics: [] } };

const mirror = await findProviderMirror();

let directory = '';
let stacksDir = '';

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'trefoil-stacks-'));
  stacksDir = await synthesise(ROOT, path.join(directory, 'cdktf.out'), {
    transitionalEnclave: true,
    awsProviderMajor: 5,
  });
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

it('synthesises the stacks of the enclave', async () => {
  expect((await readdir(stacksDir)).toSorted()).toEqual(STACKS);
});

describe.skipIf(mirror === null)('the real Terraform', () => {
  let copies: OfflineCopies;

  beforeAll(async () => {
    copies = await OfflineCopies.create(stacksDir, path.join(directory, 'copies'), mirror ?? '');
  });

  it.runIf(process.env['UPDATE_RECORDED'] === '1')(
    'plans each stack on its own, which is recorded',
    async () => {
      for (const stack of STACKS) {
        const { planJson, ...result } = await copies.planOne(stack);
        expect({ stack, ...result }).toEqual({ stack, ...SUCCESS });
        recordPlan(stack, planJson ?? {});
      }
    },
    20 * MINUTES,
  );

  // Where this fails because the stacks changed, UPDATE_RECORDED=1 records them again.
  it(
    'validates and plans every stack as it was recorded',
    async () => {
      const { planJson, ...result } = await copies.planAll();

      expect(result).toEqual(SUCCESS);
      for (const stack of STACKS) {
        const planned = changesOf(planJson ?? {}, `module.${stack}`);
        expect({ stack, planned }).toEqual({ stack, planned: changesOf(readPlan(stack)) });
      }
    },
    10 * MINUTES,
  );

  it(
    'rejects an argument that the provider does not know',
    async () => {
      const misspell = (stack: string): string => stack.replace('enable_key_rotation', 'enable_key_rotations');
      const { validate } = await copies.planEdited('us-interim', misspell);

      expect(validate).toEqual({ exitCode: 1, diagnostics: [expect.stringContaining('enable_key_rotations')] });
    },
    2 * MINUTES,
  );
});

// After the above, which may record.
it('records a plan of every stack', () => {
  expect(recordedStacks()).toEqual(STACKS);
});

it.each(STACKS)('recorded a plan of %s with the resources that it synthesises', async (stack) => {
  expect([...changesOf(readPlan(stack)).keys()].toSorted()).toEqual(await synthesisedAddresses(stack));
});

function readPlan(stack: string): PlanJson {
  const plan: PlanJson = JSON.parse(recordedPlan(stack).toString());
  return plan;
}

/** Planned change of each managed resource by its address inside the module. */
function changesOf(plan: PlanJson, module?: string): Map<string, object> {
  const changes = (plan.resource_changes ?? []).filter(
    (each) => each.mode === 'managed' && each.module_address === module,
  );
  return new Map(
    changes.map(({ address, change }) => [module === undefined ? address : address.slice(module.length + 1), change]),
  );
}

async function synthesisedAddresses(stack: string): Promise<string[]> {
  const json: StackJson = JSON.parse(await readFile(path.join(stacksDir, stack, 'cdk.tf.json'), 'utf8'));
  return Object.entries(json.resource ?? {})
    .flatMap(([type, resources]) => Object.keys(resources).map((name) => `${type}.${name}`))
    .toSorted();
}
