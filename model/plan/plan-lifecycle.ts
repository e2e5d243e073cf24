import type { LifecycleBlock } from '../estate.ts';
import { locationOf } from '../json/location.ts';
import type { PlanDocument } from './plan-document.ts';

/** What a plan shows of `moved`, `import`, `removed` and `check` blocks. */
export function lifecycleBlocksOf({ objects, checks, input }: PlanDocument): readonly LifecycleBlock[] {
  const { document } = input;
  const blocks = objects.flatMap((object): readonly LifecycleBlock[] => {
    const { address, previousAddress, isImported, actions, offset } = object;
    const at = { location: locationOf(document, offset), destroys: false };
    return [
      ...(previousAddress === null ? [] : [{ ...at, kind: 'moved' as const, target: previousAddress, to: address }]),
      ...(isImported ? [{ ...at, kind: 'import' as const, target: address }] : []),
      ...(actions.includes('forget') ? [{ ...at, kind: 'removed' as const, target: address }] : []),
    ];
  });
  return [
    ...blocks,
    ...checks.map(({ target, offset }): LifecycleBlock => ({
      kind: 'check',
      target,
      location: locationOf(document, offset),
      destroys: false,
    })),
  ];
}
