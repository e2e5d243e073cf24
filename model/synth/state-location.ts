import type { Backend } from '../estate.ts';
import type { Resource } from '../resource.ts';
import { asString, type Hidden, isHidden } from '../value.ts';

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

/** Compares the place that a `terraform_remote_state` reads with those where stacks keep their state. */
export function stateReadBy(source: Resource): (backend: Backend) => Sameness {
  const type = asString(source.attribute('backend'));
  const isType = typeof type === 'string';
  const names = isType ? IDENTITY.get(type) : undefined;
  const wanted = names?.map((name) => ({ name, text: asString(source.attribute('config', name)) }));
  return ({ type: kept, isDeclared, body }) => {
    if (!isType || !isDeclared || body === null) return 'open';
    if (type !== kept) return 'different';
    if (wanted === undefined) return 'open';
    const parts = wanted.map(({ name, text }) => sameText(text, asString(body.value(name))));
    if (parts.includes('different')) return 'different';
    return parts.includes('open') ? 'open' : 'same';
  };
}

/** Another workspace than the one that is selected holds another state of the same stack. */
export function readsOwnWorkspace(source: Resource): boolean {
  const workspace = source.attribute('workspace');
  if (workspace.kind === 'unknown') return workspace.expression === 'terraform.workspace';
  return workspace.kind === 'null' || (workspace.kind === 'string' && workspace.value === 'default');
}

function sameText(first: string | Hidden | null, second: string | Hidden | null): Sameness {
  if (isHidden(first) || isHidden(second)) return 'open';
  // A backend may get the rest of its configuration on the command line.
  if (first === null || second === null) return first === second ? 'same' : 'open';
  return first === second ? 'same' : 'different';
}
