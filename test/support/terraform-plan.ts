import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JsonNode } from '../../model/json/json.ts';
import { readJson } from '../../model/json/read.ts';
import type { ModuleFiles } from './terraform-modules.ts';

/** What Terraform makes of a root module: its resources, or why it refuses the module. */
export type PlanResult = { readonly resources: readonly PlannedResource[] } | { readonly refused: readonly string[] };

export interface PlannedResource {
  readonly address: string;
  /** JSON text, so that no digit of a number is lost. */
  readonly input: string;
}

/**
 * Plans modules that need no provider but the built-in one, so that no `terraform init` comes first. Those whose plan
 * leaves something open are applied too: the built-in resource makes nothing but an entry in the state.
 */
export async function planModules(modules: readonly ModuleFiles[]): Promise<readonly PlanResult[]> {
  const root = await mkdtemp(path.join(tmpdir(), 'trefoil-modules-'));
  const results: PlanResult[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < modules.length; index = next++) {
      const directory = path.join(root, String(index));
      results[index] = await planModule(directory, modules[index] ?? {});
    }
  };
  try {
    await Promise.all([work(), work(), work()]);
    return results;
  } finally {
    await rm(root, { recursive: true });
  }
}

async function planModule(directory: string, files: ModuleFiles): Promise<PlanResult> {
  await mkdir(directory);
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(path.join(directory, name), text)));
  const planned = await terraform(['plan', '-json', '-input=false', '-lock=false', '-out=plan.bin'], directory);
  if (!planned.succeeded) return { refused: summaries(planned.output) };
  const shown = await terraform(['show', '-json', 'plan.bin'], directory);
  const changes = itemsOf(parsed(shown.output), 'resource_changes').map((item) => ({
    address: textAt(item, 'address'),
    after: at(at(item, 'change'), 'after'),
    afterUnknown: at(at(item, 'change'), 'after_unknown'),
  }));
  if (!changes.some(({ afterUnknown }) => textOf(at(afterUnknown, 'input')).includes('true'))) {
    return { resources: changes.map(({ address, after }) => ({ address, input: textOf(at(after, 'input')) })) };
  }
  const applied = await terraform(['apply', '-json', '-input=false', '-lock=false', 'plan.bin'], directory);
  if (!applied.succeeded) return { refused: summaries(applied.output) };
  const state = await terraform(['show', '-json'], directory);
  const resources = itemsOf(at(at(parsed(state.output), 'values'), 'root_module'), 'resources');
  return {
    resources: resources.map((resource) => ({
      address: textAt(resource, 'address'),
      input: textOf(at(at(resource, 'values'), 'input')).replaceAll(RANDOM_ID, NO_ID),
    })),
  };
}

/** Terraform makes up identifiers; a recording must not change with them. */
const RANDOM_ID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;
const NO_ID = '00000000-0000-0000-0000-000000000000';

function summaries(output: string): readonly string[] {
  const found = output.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return [];
    const event: { readonly diagnostic?: { readonly severity: string; readonly summary: string } } = JSON.parse(line);
    return event.diagnostic?.severity === 'error' ? [event.diagnostic.summary] : [];
  });
  return found.length > 0 ? found : ['Terraform crashed'];
}

function parsed(output: string): JsonNode {
  return readJson('terraform.json', new TextEncoder().encode(output)).root;
}

function at(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.members.find((member) => member.key === key)?.value : undefined;
}

function itemsOf(node: JsonNode | undefined, key: string): readonly JsonNode[] {
  const items = at(node, key);
  return items?.kind === 'array' ? items.items : [];
}

function textAt(node: JsonNode, key: string): string {
  const text = at(node, key);
  return text?.kind === 'string' ? text.value : '';
}

function textOf(node: JsonNode | undefined): string {
  switch (node?.kind) {
    case undefined:
    case 'null':
      return 'null';
    case 'number':
      return node.text;
    case 'boolean':
    case 'string':
      return JSON.stringify(node.value);
    case 'array':
      return `[${node.items.map(textOf).join(',')}]`;
    case 'object':
      return `{${node.members.map(({ key, value }) => `${JSON.stringify(key)}:${textOf(value)}`).join(',')}}`;
  }
}

interface Output {
  readonly succeeded: boolean;
  readonly output: string;
}

async function terraform(args: readonly string[], cwd: string): Promise<Output> {
  return new Promise((resolve) => {
    execFile('terraform', args, { cwd, env: environment(), maxBuffer: 64 * 2 ** 20 }, (error, stdout) => {
      resolve({ succeeded: error === null, output: stdout });
    });
  });
}

// Nothing of the machine's own configuration or credentials.
function environment(): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    TF_CLI_CONFIG_FILE: '/dev/null',
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
  };
}
