import type { Backend } from '../estate.ts';
import type { Resource } from '../resource.ts';
import { asString, isHidden, type Value } from '../value.ts';

/**
 * What makes the place of a state, by type of the backend; all else in its configuration says how to reach the place.
 * A type that is not here has places that cannot be compared.
 */
const IDENTITY: ReadonlyMap<string, readonly string[]> = new Map([
  ['s3', ['bucket', 'key']],
  ['gcs', ['bucket', 'prefix']],
  ['azurerm', ['storage_account_name', 'container_name', 'key']],
  ['http', ['address']],
  ['consul', ['address', 'path']],
  ['kubernetes', ['namespace', 'secret_suffix']],
]);

/** Whether two places of state are one: `open` where the input does not tell. */
export type Sameness = 'same' | 'different' | 'open';

/** Compares the place that a `terraform_remote_state` reads with the one where a stack keeps its state. */
export function isStateOf(source: Resource, backend: Backend): Sameness {
  const type = asString(source.attribute('backend'));
  if (isHidden(type) || type === null || !backend.isDeclared || backend.body === null) return 'open';
  if (type !== backend.type) return 'different';
  const names = IDENTITY.get(type);
  if (names === undefined) return 'open';
  const { body } = backend;
  const parts = names.map((name) => sameText(source.attribute('config', name), body.value(name)));
  if (parts.includes('different')) return 'different';
  return parts.includes('open') ? 'open' : 'same';
}

/** Another workspace than the one that is selected holds another state of the same stack. */
export function readsOwnWorkspace(source: Resource): boolean {
  const workspace = source.attribute('workspace');
  if (workspace.kind === 'unknown') return workspace.expression === 'terraform.workspace';
  return workspace.kind === 'null' || (workspace.kind === 'string' && workspace.value === 'default');
}

function sameText(left: Value, right: Value): Sameness {
  const [first, second] = [asString(left), asString(right)];
  if (isHidden(first) || isHidden(second)) return 'open';
  // A backend may get the rest of its configuration on the command line.
  if (first === null || second === null) return first === second ? 'same' : 'open';
  return first === second ? 'same' : 'different';
}
