import path from 'node:path';
import type { ExampleStack } from './example-plans.ts';
import { isArray, type Json, jsonOf, type JsonRecord, recordOf } from './json-tree.ts';
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
    const planJson = await planModules(root, members, { provider: recordOf(jsonOf(JSON.parse(provider))), mirror });
    for (const digest of members.keys()) changes.set(digest, changesOf(planJson, moduleAddress(digest)));
  }
  return changes;
}

async function planModules(
  root: string,
  members: ReadonlyMap<string, JsonRecord>,
  { provider, mirror }: { readonly provider: JsonRecord; readonly mirror: string },
): Promise<PlanJson> {
  const names = namesOf(provider);
  const aws = { ...REQUIREMENTS.required_providers.aws, configuration_aliases: names.filter((name) => name !== 'aws') };
  for (const [digest, stack] of members) {
    const { provider: _, ...module } = stack;
    await writeRoot(path.join(root, digest), { ...module, terraform: { required_providers: { aws } } });
  }
  const providers = Object.fromEntries(names.map((name) => [name, name]));
  const module = Object.fromEntries(
    Array.from(members.keys(), (digest) => [moduleName(digest), { source: `./${digest}`, providers }]),
  );
  await writeRoot(root, { terraform: REQUIREMENTS, provider, module });
  await initialise(root, mirror);
  const { plan, planJson } = await planInitialised(root);
  if (planJson === null) throw new Error(`the examples are not planned together: ${plan.diagnostics.join('; ')}`);
  return planJson;
}

/** `aws`, `aws.home`: the configurations of the provider, which modules are handed. */
function namesOf(provider: JsonRecord): readonly string[] {
  const blocks = isArray(provider['aws']) ? provider['aws'].map(recordOf) : [];
  return blocks.map(({ alias }) => (typeof alias === 'string' ? `aws.${alias}` : 'aws'));
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
