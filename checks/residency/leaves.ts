import type { Path, Resource, Step } from '../../model/resource.ts';
import { child, NULL, type Value } from '../../model/value.ts';

/** One value inside a resource that holds no others. Its path is put together when asked for: most never are. */
export class Leaf {
  readonly value: Value;
  readonly #trail: Trail;

  constructor(value: Value, trail: Trail) {
    this.value = value;
    this.#trail = trail;
  }

  get path(): Path {
    const steps: Step[] = [];
    for (let trail: Trail | null = this.#trail; trail !== null; trail = trail.above) steps.push(trail.step);
    return steps.toReversed();
  }

  /** The last name on the path that is no index: the argument that the leaf belongs to. */
  get argument(): string {
    for (let trail: Trail | null = this.#trail; trail !== null; trail = trail.above) {
      if (typeof trail.step === 'string') return trail.step;
    }
    return '';
  }

  /** What stands under a name next to the leaf, in the same block. */
  beside(name: string): Value {
    const { holder } = this.#trail;
    return holder === null ? NULL : child(holder, name);
  }

  /** Whether a name on the path fits. */
  isUnder(fits: (name: string) => boolean): boolean {
    for (let trail: Trail | null = this.#trail; trail !== null; trail = trail.above) {
      if (typeof trail.step === 'string' && fits(trail.step)) return true;
    }
    return false;
  }

  /** The names on the path that fit, innermost first: arguments, blocks and keys of maps. */
  names(fits: (name: string) => boolean): readonly string[] {
    const names: string[] = [];
    for (let trail: Trail | null = this.#trail; trail !== null; trail = trail.above) {
      if (typeof trail.step === 'string' && fits(trail.step)) names.push(trail.step);
    }
    return names;
  }
}

interface Trail {
  readonly step: Step;
  readonly above: Trail | null;
  /** The list or object that the step is taken in; null for the arguments of a body. */
  readonly holder: Value | null;
}

/** Every leaf of a resource's arguments and blocks, at any depth, in the input's order. */
export function leavesOf({ init }: Pick<Resource, 'init'>): readonly Leaf[] {
  const leaves: Leaf[] = [];
  for (const name of init.body.names) collect(init.body.value(name), { step: name, above: null, holder: null }, leaves);
  return leaves;
}

/** Every leaf of a value that stands at a path. */
export function leavesIn(value: Value, path: Path): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const trail = path.reduce<Trail | null>((above, step) => ({ step, above, holder: null }), null);
  collect(value, trail ?? { step: '', above: null, holder: null }, leaves);
  return leaves;
}

/** Iterative: values are as deep as the input. */
function collect(value: Value, trail: Trail, leaves: Leaf[]): void {
  if (value.kind !== 'list' && value.kind !== 'object') {
    leaves.push(new Leaf(value, trail));
    return;
  }
  const open: { readonly value: Value; readonly trail: Trail }[] = [{ value, trail }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const above = next.trail;
    const holder = next.value;
    if (next.value.kind === 'list') {
      for (let index = next.value.items.length - 1; index >= 0; index -= 1) {
        const item = next.value.items[index];
        if (item !== undefined) open.push({ value: item, trail: { step: index, above, holder } });
      }
    } else if (next.value.kind === 'object') {
      const first = open.length;
      for (const [step, item] of next.value.entries) open.push({ value: item, trail: { step, above, holder } });
      reverseFrom(open, first);
    } else leaves.push(new Leaf(next.value, above));
  }
}

/** Turns the end of a list round, in place. */
function reverseFrom(items: unknown[], first: number): void {
  for (let low = first, high = items.length - 1; low < high; low += 1, high -= 1) {
    [items[low], items[high]] = [items[high], items[low]];
  }
}
