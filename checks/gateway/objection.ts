import type { Resource } from '../../model/resource.ts';
import { type Hidden, unknown } from '../../model/value.ts';
import type { Check, Context } from '../check.ts';

/** What speaks against a gateway: a reason for which it does not count, or what hides whether there is one. */
export type Objection =
  { readonly kind: 'reason'; readonly text: string } | { readonly kind: 'doubt'; readonly value: Hidden };

export function reason(text: string): Objection {
  return { kind: 'reason', text };
}

export function doubt(value: Hidden): Objection {
  return { kind: 'doubt', value };
}

/** The conditions of a gateway are controls of their own; each fail of one is a reason. */
export function judgedBy(check: Check, resource: Resource, context: Context): readonly Objection[] {
  const { address, init } = resource;
  const outcome = check.inspector(context)({ kind: 'resource', resource });
  switch (outcome.verdict) {
    case 'pass':
      return [];
    case 'fail':
      // What may not exist at all speaks against nothing for certain.
      return init.isSymbolic
        ? [doubt(unknown('instances', address, `if it exists, ${outcome.message} (${check.id})`))]
        : [reason(`${address} ${outcome.message} (${check.id})`)];
    case 'unproven':
      return [doubt(unknown('operation', address, `is not proved to inspect (${check.id}): ${outcome.message}`))];
  }
}
