import { UNTAGGED_STORES } from '../../model/aws/untagged-stores.ts';
import type { Resource } from '../../model/resource.ts';
import { tagText } from '../../model/tags.ts';
import type { Hidden } from '../../model/value.ts';
import type { Flow } from '../../proofs/flows/flow.ts';
import { OWNERS } from '../../proofs/flows/owners.ts';
import type { Context } from '../check.ts';
import { deliveredClass, isDeliverer } from './delivered-class.ts';
import { selectedClass } from './selected-class.ts';

/**
 * The data class by the tag of the resource whose data moves, else of that which moves it, else of what that selects;
 * null without one. What a plan of backups selects may be of a graver class than the plan. What takes no tags has none of
 * its provider's either; what of that delivers records of an account has the class of what receives them.
 */
export function classOf(
  movement: Pick<Flow, 'source' | 'from'> & {
    readonly mover?: { readonly direction: Flow['mover']['direction'] | 'rest' };
    readonly end?: Flow['end'];
  },
  context: Context,
): string | null | Hidden {
  const { source, from, mover } = movement;
  if (source === from && isDeliverer(from)) return deliveredClass(movement, context);
  const isUntagged = ({ type }: Resource): boolean =>
    OWNERS.has(type) || (mover?.direction === 'in' && UNTAGGED_STORES.has(type));
  const own = source === from || isUntagged(source) ? null : tagText(source, context.policy.tags.dataClass);
  return own ?? (isUntagged(from) ? null : selectedClass(from, context));
}
