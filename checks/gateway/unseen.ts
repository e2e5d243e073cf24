import type { LifecycleBlock } from '../../model/estate.ts';
import { type Hidden, unknown } from '../../model/value.ts';
import { trafficClassOf } from '../../proofs/network/compile/unmodelled.ts';
import type { Context } from '../check.ts';
import { missingStacks } from '../isolation/missing-stacks.ts';

/** Where more of the network may be than the input shows: with any of them, that nothing gets through is not proved. */
export function unseenParts(context: Context): readonly Hidden[] {
  return [
    ...missingStacks(context).map((name) => unknown('missing-object', name, 'is a stack that the input does not hold')),
    ...context.estate.stacks.flatMap(({ name, modules, lifecycleBlocks }) => [
      ...modules.map((call) =>
        unknown('module', `module.${call.name} of ${name}`, 'may hold routes, which only the plan shows'),
      ),
      ...lifecycleBlocks
        .filter(isForgotten)
        .map(({ target }) =>
          unknown('missing-object', `${target} of ${name}`, 'stays at AWS when Terraform forgets it'),
        ),
    ]),
  ];
}

/** Whether a block makes Terraform forget what may carry traffic, and leave it in place. */
function isForgotten({ kind, destroys, target }: LifecycleBlock): boolean {
  if (kind !== 'removed' || destroys) return false;
  const [type = ''] = target.split('.');
  return trafficClassOf(type)?.kind !== 'silent';
}
