import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RootModule } from '../../cli/terraform-modules.ts';
import { inOrder } from '../../cli/terraform-order.ts';

/** Modules of which each comes after some of those before it in the list; then in any order. */
const modulesInAnyOrder = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 8 })
  .map((rows) =>
    rows.map((after, index): RootModule => {
      const names = index === 0 ? [] : after.map((number) => `stack-${number % index}`);
      return { name: `stack-${index}`, directory: '/ledger', after: names };
    }),
  )
  .chain((modules) => fc.shuffledSubarray(modules, { minLength: modules.length }));

it('begins a module after those that it comes after, never more than allowed, and none after a failure', async () => {
  await fc.assert(
    fc.asyncProperty(
      modulesInAnyOrder,
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.nat({ max: 7 }), { maxLength: 2 }),
      async (modules, parallelism, numbers) => {
        const failing = new Set(numbers.map((number) => `stack-${number}`));
        const running = new Set<string>();
        const done: string[] = [];
        const results = await inOrder(modules, {
          parallelism,
          isFailure: (isGood: boolean) => !isGood,
          work: async ({ name, after }) => {
            expect(after.filter((before) => !done.includes(before) || failing.has(before))).toEqual([]);
            running.add(name);
            expect(running.size).toBeLessThanOrEqual(parallelism);
            await setTimeout(0);
            running.delete(name);
            done.push(name);
            return !failing.has(name);
          },
        });
        expect(results.map(({ module }) => module)).toEqual(modules);
        const good = new Set(results.filter(({ result }) => result === true).map(({ module }) => module.name));
        for (const { module, result } of results) {
          const isHeldBack = module.after.some((before) => !good.has(before));
          expect(result).toBe(isHeldBack ? null : !failing.has(module.name));
        }
      },
    ),
    { numRuns: 200 },
  );
});

it('works on independent modules at the same time', async () => {
  const modules = ['ledger', 'receipts'].map((name): RootModule => ({ name, directory: '/ledger', after: [] }));
  let release = (): void => {};
  const bothRun = new Promise<void>((resolve) => {
    release = resolve;
  });
  let count = 0;
  const work = async (): Promise<string> => {
    count += 1;
    if (count === 2) release();
    await bothRun;
    return 'planned';
  };
  const results = await inOrder(modules, { parallelism: 2, work, isFailure: () => false });
  expect(results.map(({ result }) => result)).toEqual(['planned', 'planned']);
});

it('gives up at an error only when nothing runs any longer', async () => {
  const modules = ['ledger', 'receipts'].map((name): RootModule => ({ name, directory: '/ledger', after: [] }));
  const ended: string[] = [];
  const work = async ({ name }: RootModule): Promise<void> => {
    if (name === 'ledger') throw new Error('disk full');
    await setTimeout(20);
    ended.push(name);
  };
  await expect(inOrder(modules, { parallelism: 2, work, isFailure: () => false })).rejects.toThrow('disk full');
  expect(ended).toEqual(['receipts']);
});
