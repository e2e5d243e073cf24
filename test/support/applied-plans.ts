import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanFile } from '../../model/plan/plan-document.ts';
import { recordedPlan } from './recorded-plans.ts';

type Json = { [key: string]: Json } | readonly Json[] | string | number | boolean | null;
type JsonObject = { [key: string]: Json };

const STATE_PREFIX = 'cross-stack-reference-input-';
const LONE_ATTRIBUTE = /^\$\{(?<address>[\w-]+\.[\w-]+)\.(?<attribute>\w+)\}$/;

/**
 * The recorded plans of stacks, put back to what they would be where AWS is: they were made without it, one by one.
 * The account of each provider and the place of each state are those of the synthesised stack, and what another stack
 * read from a state is what the object of that state is called.
 */
export function appliedPlans(stacks: readonly string[], directory: string): readonly PlanFile[] {
  const plans = new Map(stacks.map((stack) => [stack, objectOf(JSON.parse(recordedPlan(stack).toString('utf8')))]));
  for (const [stack, plan] of plans) {
    const synthesised = objectOf(JSON.parse(readFileSync(join(directory, stack, 'cdk.tf.json'), 'utf8')));
    restoreAccounts(plan, synthesised);
    for (const source of remoteStates(plan)) {
      const name = textOf(source['name']);
      const values = at(source, 'values');
      const written = at(synthesised, 'data', 'terraform_remote_state', name);
      values['backend'] = written['backend'] ?? null;
      values['config'] = written['config'] ?? null;
      const producer = plans.get(name.slice(STATE_PREFIX.length));
      if (producer !== undefined) callAsRead(producer, at(values, 'outputs'));
    }
  }
  return Array.from(plans, ([name, plan]) => ({
    name,
    path: `plans/${name}.json`,
    chunks: [Buffer.from(JSON.stringify(plan))],
    sha256: '',
  }));
}

function restoreAccounts(plan: JsonObject, synthesised: JsonObject): void {
  const written = listOf(at(synthesised, 'provider')['aws']);
  for (const provider of Object.values(at(plan, 'configuration', 'provider_config')).map(objectOf)) {
    const own = written.find(({ alias = null }) => alias === (provider['alias'] ?? null));
    if (provider['name'] !== 'aws' || own?.['allowed_account_ids'] === undefined) continue;
    at(provider, 'expressions')['allowed_account_ids'] = { constant_value: own['allowed_account_ids'] };
  }
}

function remoteStates(plan: JsonObject): readonly JsonObject[] {
  if (plan['prior_state'] === undefined) return [];
  const values = at(plan, 'prior_state')['values'];
  if (values === undefined) return [];
  return listOf(at(objectOf(values), 'root_module')['resources'] ?? []).filter(
    ({ type }) => type === 'terraform_remote_state',
  );
}

/** An object whose attribute stands in a state was applied: its plan knows the attribute. */
function callAsRead(producer: JsonObject, outputs: JsonObject): void {
  for (const [name, value] of Object.entries(outputs)) {
    const written = at(producer, 'configuration', 'root_module', 'outputs', name, 'expression')['constant_value'];
    const { address, attribute } = LONE_ATTRIBUTE.exec(textOf(written))?.groups ?? {};
    if (attribute === undefined) continue;
    for (const change of listOf(producer['resource_changes'] ?? [])) {
      const unknown = at(change, 'change', 'after_unknown');
      if (change['address'] !== address || unknown[attribute] !== true) continue;
      delete unknown[attribute];
      at(change, 'change', 'after')[attribute] = value;
    }
  }
}

function at(object: JsonObject, ...path: readonly string[]): JsonObject {
  return path.reduce((inner, key) => objectOf(inner[key]), object);
}

function objectOf(value: Json | undefined): JsonObject {
  if (typeof value !== 'object' || value === null || isList(value)) throw new Error('a recorded plan lacks an object');
  return value;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  if (value === undefined || !isList(value)) throw new Error('a recorded plan lacks a list');
  return value.map(objectOf);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
