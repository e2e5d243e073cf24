import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leavesIn } from '../../../checks/residency/leaves.ts';
import type { Step } from '../../../model/resource.ts';
import { boolean, list, object, string, type Value } from '../../../model/value.ts';

const name = fc.constantFrom('tags', 'region', 'rule', 'id');
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string().map((text) => string(text)),
    fc.boolean().map((is) => boolean(is)),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => list(items)),
    fc.uniqueArray(fc.tuple(name, tie('value')), { selector: ([key]) => key }).map((entries) => object(entries)),
  ),
}));

describe('the leaves of a value', () => {
  it('are all that hold no others, in the order of the input, each with its path and what is around it', () => {
    fc.assert(
      fc.property(value, fc.array(fc.oneof(name, fc.nat(3)), { minLength: 1, maxLength: 3 }), (root, path) => {
        const leaves = leavesIn(root, path);
        expect(leaves.map((leaf) => [leaf.path, leaf.value])).toEqual(written(root, path));
        for (const leaf of leaves) {
          const names = leaf.path.filter((step) => typeof step === 'string').toReversed();
          expect(leaf.argument).toBe(names[0] ?? '');
          expect(leaf.names((one) => one !== 'rule')).toEqual(names.filter((one) => one !== 'rule'));
          expect(leaf.isUnder((one) => one === 'tags')).toBe(names.includes('tags'));
        }
      }),
    );
  });

  it('know what stands beside them', () => {
    const block = object([
      ['name', string('a')],
      ['values', list([string('b'), object([['id', string('c')]])])],
    ]);
    expect(leavesIn(block, ['rule']).map((leaf) => [leaf.path.join('.'), leaf.beside('name')])).toEqual([
      ['rule.name', string('a')],
      ['rule.values.0', { kind: 'null' }],
      ['rule.values.1.id', { kind: 'null' }],
    ]);
  });

  it('are found as deep as a value may be', () => {
    let deep: Value = string('bottom');
    for (let level = 0; level < 100_000; level += 1) deep = list([deep, string('beside')]);
    const leaves = leavesIn(deep, ['top']);
    expect(leaves).toHaveLength(100_001);
    expect(leaves[0]?.value).toEqual(string('bottom'));
  });
});

function written(root: Value, path: readonly Step[]): readonly (readonly [readonly Step[], Value])[] {
  if (root.kind === 'list') return root.items.flatMap((item, index) => written(item, [...path, index]));
  if (root.kind === 'object') return [...root.entries].flatMap(([key, item]) => written(item, [...path, key]));
  return [[path, root]];
}
