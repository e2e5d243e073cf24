import type { Scope } from '../expression/scope.ts';
import { locationOf } from '../json/location.ts';
import { type Lifecycle, Resource } from '../resource.ts';
import { unknown } from '../value.ts';
import type { MissingBlock } from './partial-plan.ts';
import { PlanBody, type PlanOfBodies } from './plan-body.ts';
import type { PlanProviders } from './plan-providers.ts';

/** Plans do not show `lifecycle` blocks. */
const NOT_SHOWN = unknown('missing-object', 'lifecycle', 'is not shown by plans; name the synthesised stack too');
export const NO_LIFECYCLE: Lifecycle = {
  preventDestroy: NOT_SHOWN,
  ignoreChanges: [],
  location: null,
  hidden: NOT_SHOWN,
};

/** What the expressions of an object mean that has none. */
export const NO_SCOPE: Scope = {
  root: (path) => unknown('missing-object', path.join('.'), 'is not configured any more'),
  attribute: (reference) => reference,
};

const ALL = { kind: 'boolean', offset: 0, value: true } as const;

/** A block whose instances, if there are any, a plan does not show. */
export function symbolicResource(
  { address, node, type, name }: MissingBlock,
  plan: PlanOfBodies,
  providers: PlanProviders,
): Resource {
  const known = { kind: 'object', offset: node.offset, members: [] } as const;
  return new Resource({
    id: { stack: plan.stack, address },
    mode: 'managed',
    type,
    name,
    key: null,
    isSymbolic: true,
    constructPath: null,
    location: locationOf(plan.document, node.offset),
    code: [],
    provider: providers.of(null, type, ''),
    providerMajor: null,
    lifecycle: NO_LIFECYCLE,
    body: new PlanBody(
      { shape: null, known, unknown: ALL, sensitive: null },
      { plan, address, type, configured: null, scope: NO_SCOPE, isNew: true, twin: null },
    ),
    overrides: [],
    provisioner: null,
    change: null,
  });
}
