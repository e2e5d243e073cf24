import { parseArn } from '../../model/aws/arn.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, isHidden, type Value } from '../../model/value.ts';

/** Attributes by which databases name each other, each as good as the id. */
const NAMES = /^(?:id|arn|name|identifier|resource_id|\w+_(?:identifier|id|arn|name))$/;

/** The managed resource of one of some types that an argument of `user` names: by any of its names, or by a literal. */
export function ownerOf(value: Value, user: Resource, types: readonly string[], estate: Estate): Resource | null {
  const reference = value.kind === 'reference' ? value : (value.origin ?? null);
  if (reference !== null) {
    const [attribute, ...more] = reference.path;
    const object = estate.find(reference.target);
    const isName = typeof attribute === 'string' && more.length === 0 && NAMES.test(attribute);
    if (object !== null && isName && isOneOf(object, types)) return object;
  }
  const target = estate.resolve(value, types);
  if (target.kind !== 'resource' || !isOneOf(target.resource, types)) return null;
  // A bare name means the one in the Region and account of its user.
  const isBare = value.kind === 'string' && parseArn(value.value) === null;
  return isBare && isElsewhere(target.resource, user, estate) ? null : target.resource;
}

function isElsewhere(owner: Resource, user: Resource, estate: Estate): boolean {
  return (['region', 'account'] as const).some((part) => {
    const own = asString(estate.place(owner)[part]);
    const wanted = asString(estate.place(user)[part]);
    return !isHidden(own) && !isHidden(wanted) && own !== wanted;
  });
}

function isOneOf({ init, type }: Resource, types: readonly string[]): boolean {
  return init.mode === 'managed' && types.includes(type);
}
