import path from 'node:path';
import type { ExampleStack } from './example-plans.ts';
import { type Json, jsonOf, type JsonRecord, recordOf, withoutValue } from './json-tree.ts';
import { initialise, planInitialised, type PlanJson, REQUIREMENTS, writeRoot } from './offline-plan.ts';

/** The changes that Terraform plans for stacks, by digest and address. */
export type Changes = ReadonlyMap<string, ReadonlyMap<string, Json>>;

/**
 * Plans stacks together, as modules under one root for each configuration of the provider: Terraform then reads the
 * schema of the provider a few times and not once for each stack.
 */
export async function planTogether(
  stacks: readonly ExampleStack[],
  directory: string,
  mirror: string,
): Promise<Changes> {
  const groups = new Map<string, Map<string, JsonRecord>>();
  for (const { digest, offline } of stacks) {
    const provider = JSON.stringify(offline['provider']);
    const group = groups.get(provider) ?? new Map<string, JsonRecord>();
    groups.set(provider, group.set(digest, offline));
  }
  const changes = new Map<string, ReadonlyMap<string, Json>>();
  for (const [provider, members] of groups) {
    const root = path.join(directory, String(changes.size));
    const planJson = await planModules(root, members, { provider: JSON.parse(provider), mirror });
    for (const digest of members.keys()) changes.set(digest, changesOf(planJson, moduleAddress(digest)));
  }
  return changes;
}

async function planModules(
  root: string,
  members: ReadonlyMap<string, JsonRecord>,
  { provider, mirror }: { readonly provider: object; readonly mirror: string },
): Promise<PlanJson> {
  for (const [digest, stack] of members) {
    await writeRoot(path.join(root, digest), recordOf(withoutValue(stack, ['provider'])));
  }
  const module = Object.fromEntries(
    Array.from(members.keys(), (digest) => [moduleName(digest), { source: `./${digest}` }]),
  );
  await writeRoot(root, { terraform: REQUIREMENTS, provider, module });
  await initialise(root, mirror);
  const { plan, planJson } = await planInitialised(root);
  if (planJson === null) throw new Error(`the examples are not planned together: ${plan.diagnostics.join('; ')}`);
  return planJson;
}

/** Planned change of each managed resource by its address in the module. */
export function changesOf({ resource_changes: all = [] }: PlanJson, module?: string): ReadonlyMap<string, Json> {
  const own = all.filter(({ mode, module_address }) => mode === 'managed' && module_address === module);
  const prefix = module === undefined ? 0 : module.length + 1;
  return new Map(own.map(({ address, change }) => [address.slice(prefix), jsonOf(change)]));
}

function moduleName(digest: string): string {
  return `stack_${digest}`;
}

function moduleAddress(digest: string): string {
  return `module.${moduleName(digest)}`;
}
