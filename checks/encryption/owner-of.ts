import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';

/** Attributes by which databases name each other, each as good as the id. */
const NAMES = /^(?:id|arn|name|identifier|resource_id|\w+_(?:identifier|id|arn|name))$/;

/** The managed resource of one of some types that a value names: by any of its names, or by a literal one. */
export function ownerOf(value: Value, types: readonly string[], estate: Estate): Resource | null {
  const reference = value.kind === 'reference' ? value : (value.origin ?? null);
  if (reference !== null) {
    const [attribute, ...more] = reference.path;
    const object = estate.find(reference.target);
    const isName = typeof attribute === 'string' && more.length === 0 && NAMES.test(attribute);
    if (object !== null && isName && isOneOf(object, types)) return object;
  }
  const target = estate.resolve(value, types);
  return target.kind === 'resource' && isOneOf(target.resource, types) ? target.resource : null;
}

function isOneOf({ init, type }: Resource, types: readonly string[]): boolean {
  return init.mode === 'managed' && types.includes(type);
}
