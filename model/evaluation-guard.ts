import { unknown, type Value } from './value.ts';

/** How deep names are evaluated within each other; deeper ones are evaluated first, on a stack of their own. */
const MAXIMUM_DEPTH = 200;

interface Task {
  readonly name: string;
  readonly evaluation: () => Value;
}

/** Thrown to leave a deep evaluation, which begins again when what it rests on is known. */
class TooDeep extends Error {
  readonly task: Task;

  constructor(task: Task) {
    super(task.name);
    this.task = task;
  }
}

/** Where the values of names are kept. */
export interface Memo {
  get(name: string): Value | undefined;
  set(name: string, value: Value): unknown;
}

/**
 * Keeps the evaluation of names that rest on names finite, and its results the same in whatever order they are asked
 * for: every name that rests on itself is unknown, not only the one that closed the circle, and depth costs no stack.
 */
export class EvaluationGuard {
  /** Outermost first. They are few, and a map of them would hash every name that is ever evaluated. */
  readonly #running: string[] = [];
  /** For each running name, the lowest one that it was found to rest on. */
  readonly #lowest: number[] = [];
  /** Finished names of a circle whose first name is still running, with the place of that name. */
  readonly #tangled = new Map<string, number>();
  /** Names that were evaluated on a stack of their own. */
  readonly #settled = new Map<string, Value>();
  #hasCircle = false;
  #isComplete = false;

  /** To be called when all stacks are joined, so that what they hold changes no more. */
  complete(): void {
    this.#isComplete = true;
  }

  /** Whether values may be evaluated that nobody has asked for yet: nothing is open, neither a stack nor a name. */
  get isReady(): boolean {
    return this.#isComplete && this.#running.length === 0;
  }

  evaluate(name: string, evaluation: () => Value): Value {
    const settled = this.#settled.size === 0 ? undefined : this.#settled.get(name);
    if (settled !== undefined) return settled;
    if (this.#running.length === 0) return this.#evaluateFirst({ name, evaluation });
    const at = this.#running.indexOf(name);
    if (at !== -1) {
      this.#hasCircle = true;
      this.#restOn(at);
      return circle(name);
    }
    if (this.#running.length >= MAXIMUM_DEPTH) throw new TooDeep({ name, evaluation });
    return this.#run({ name, evaluation });
  }

  /** The value that is kept of a name, evaluated when there is none. `label` names it among all names of the estate. */
  once(memo: Memo, name: string, label: () => string, evaluation: () => Value): Value {
    const known = memo.get(name);
    if (known !== undefined) {
      if (this.#hasCircle) this.recall(label());
      return known;
    }
    const value = this.evaluate(label(), evaluation);
    memo.set(name, value);
    return value;
  }

  /** To be told when a result is taken from where the caller keeps it: its name may be part of an open circle. */
  recall(name: string): void {
    const running = this.#running.indexOf(name);
    const at = running === -1 ? this.#tangled.get(name) : running;
    if (at !== undefined) this.#restOn(at);
  }

  /** True while a circle may be open, so that results kept by callers have to be recalled. */
  get isTangled(): boolean {
    return this.#hasCircle;
  }

  #evaluateFirst(first: Task): Value {
    const tasks = [first];
    for (;;) {
      const task = tasks.at(-1) ?? first;
      try {
        const value = this.#run(task);
        this.#hasCircle = false;
        tasks.pop();
        if (tasks.length === 0) return value;
        this.#settled.set(task.name, value);
      } catch (error) {
        if (!(error instanceof TooDeep)) throw error;
        this.#tangled.clear();
        const isOpen = tasks.some(({ name }) => name === error.task.name);
        if (isOpen) this.#settled.set(error.task.name, circle(error.task.name));
        else tasks.push(error.task);
      }
    }
  }

  #run({ name, evaluation }: Task): Value {
    const own = this.#running.length;
    this.#running.push(name);
    this.#lowest[own] = Infinity;
    try {
      const value = evaluation();
      const lowest = this.#lowest[own] ?? Infinity;
      if (lowest > own) return value;
      if (lowest === own) this.#untangle(own);
      else this.#tangle(name, own, lowest);
      return circle(name);
    } finally {
      this.#running.pop();
      const lowest = this.#lowest.pop() ?? Infinity;
      if (lowest < own) this.#restOn(lowest);
    }
  }

  #restOn(at: number): void {
    const top = this.#running.length - 1;
    this.#lowest[top] = Math.min(this.#lowest[top] ?? Infinity, at);
  }

  /** What began here is part of a circle that began lower, and with it all circles that were found in it. */
  #tangle(name: string, own: number, lowest: number): void {
    for (const [other, at] of this.#tangled) if (at >= own) this.#tangled.set(other, lowest);
    this.#tangled.set(name, lowest);
  }

  /** The circle that began here is closed. */
  #untangle(first: number): void {
    for (const [name, at] of this.#tangled) if (at >= first) this.#tangled.delete(name);
  }
}

function circle(name: string): Value {
  return unknown('cycle', name, 'refers to itself');
}
