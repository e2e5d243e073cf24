import type { Path, Resource, Step } from '../../model/resource.ts';
import { type Hidden, isHidden, type Value } from '../../model/value.ts';

/** One value inside a resource that holds no others. */
export interface Leaf {
  readonly path: Path;
  readonly value: Value;
}

/** Every leaf of a resource's arguments and blocks, at any depth, in the input's order. */
export function leavesOf({ init }: Pick<Resource, 'init'>): readonly Leaf[] {
  return init.body.names.flatMap((name) => leavesIn(init.body.value(name), [name]));
}

/** Every leaf of a value. Iterative: values are as deep as the input. */
export function leavesIn(value: Value, path: Path): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const open: Leaf[] = [{ path, value }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const children = childrenOf(next.value);
    if (children === null) leaves.push(next);
    else for (const [step, child] of children.toReversed()) open.push({ path: [...next.path, step], value: child });
  }
  return leaves;
}

function childrenOf(value: Value): readonly (readonly [Step, Value])[] | null {
  switch (value.kind) {
    case 'list':
      return value.items.map((item, index) => [index, item]);
    case 'object':
      return [...value.entries];
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
    case 'reference':
    case 'template':
    case 'unknown':
      return null;
  }
}

/** The last name on a path that is no index: the argument that a leaf belongs to. */
export function argumentOf(path: Path): string {
  return path.findLast((step) => typeof step === 'string') ?? '';
}

/** What of a leaf is not known. */
export function hiddenOf({ value }: Leaf): readonly Hidden[] {
  return isHidden(value) ? [value] : [];
}
