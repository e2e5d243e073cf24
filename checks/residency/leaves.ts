import type { Path, Resource, Step } from '../../model/resource.ts';
import { child, NULL, type Value } from '../../model/value.ts';

/** A list or object on the way to a leaf: the step to it, and what that is taken in. */
interface Trail {
  readonly step: Step;
  readonly above: Trail | null;
  /** The list or object that the step is taken in; null for the arguments of a body. */
  readonly holder: Value | null;
}

/** One value inside a resource that holds no others. Its path is put together when asked for: most never are. */
export class Leaf implements Trail {
  readonly value: Value;
  readonly step: Step;
  readonly above: Trail | null;
  readonly holder: Value | null;

  constructor(value: Value, step: Step, above: Trail | null, holder: Value | null) {
    this.value = value;
    this.step = step;
    this.above = above;
    this.holder = holder;
  }

  get path(): Path {
    return stepsTo(this).toReversed();
  }

  /** The last name on the path that is no index: the argument that the leaf belongs to. */
  get argument(): string {
    return typeof this.step === 'string' ? this.step : (nameOn(this.above, isAny) ?? '');
  }

  /** What stands under a name next to the leaf, in the same block. */
  beside(name: string): Value {
    return this.holder === null ? NULL : child(this.holder, name);
  }

  /** Whether a name on the path fits. */
  isUnder(fits: (name: string) => boolean): boolean {
    return nameOn(this, fits) !== null;
  }

  /** The names on the path that fit, innermost first: arguments, blocks and keys of maps. */
  names(fits: (name: string) => boolean): readonly string[] {
    if (nameOn(this, fits) === null) return NONE;
    return stepsTo(this)
      .filter((step) => typeof step === 'string' && fits(step))
      .map(String);
  }
}

const NONE: readonly string[] = [];

/** Innermost first. */
function stepsTo(leaf: Trail): readonly Step[] {
  const steps: Step[] = [];
  for (let trail: Trail | null = leaf; trail !== null; trail = trail.above) steps.push(trail.step);
  return steps;
}

/** The innermost name that fits. */
function nameOn(innermost: Trail | null, fits: (name: string) => boolean): string | null {
  for (let trail = innermost; trail !== null; trail = trail.above) {
    if (typeof trail.step === 'string' && fits(trail.step)) return trail.step;
  }
  return null;
}

function isAny(): boolean {
  return true;
}

/** Every leaf of a resource's arguments and blocks, at any depth, in the input's order. */
export function leavesOf({ init }: Pick<Resource, 'init'>): readonly Leaf[] {
  const leaves: Leaf[] = [];
  for (const name of init.body.names) collect(new Leaf(init.body.value(name), name, null, null), leaves);
  return leaves;
}

/** Every leaf of a value that stands at a path. */
export function leavesIn(value: Value, path: Path): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const above = path.slice(0, -1).reduce<Trail | null>((trail, step) => ({ step, above: trail, holder: null }), null);
  collect(new Leaf(value, path.at(-1) ?? '', above, null), leaves);
  return leaves;
}

/** Iterative: values are as deep as the input. */
function collect(root: Leaf, leaves: Leaf[]): void {
  if (!holdsOthers(root.value)) {
    leaves.push(root);
    return;
  }
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value } = next;
    const first = open.length;
    // What holds others is looked into before what comes behind it; what only values come behind needs not wait.
    let into = leaves;
    if (value.kind === 'list') {
      for (let index = 0; index < value.items.length; index += 1) {
        const item = value.items[index];
        if (item === undefined) continue;
        if (holdsOthers(item)) into = open;
        into.push(new Leaf(item, index, next, value));
      }
    } else if (value.kind === 'object') {
      for (const [step, item] of value.entries) {
        if (holdsOthers(item)) into = open;
        into.push(new Leaf(item, step, next, value));
      }
    } else leaves.push(next);
    reverseFrom(open, first);
  }
}

function holdsOthers({ kind }: Value): boolean {
  return kind === 'list' || kind === 'object';
}

/** Turns the end of a list round, in place. */
function reverseFrom(items: unknown[], first: number): void {
  for (let low = first, high = items.length - 1; low < high; low += 1, high -= 1) {
    [items[low], items[high]] = [items[high], items[low]];
  }
}
