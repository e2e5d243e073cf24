import { unknown, type Value } from './value.ts';

/** How deep names may rest on each other; real configurations stay below ten. */
const MAXIMUM_CHAIN = 200;

/** Keeps the evaluation of names that rest on names finite: cycles and endless chains become unknown. */
export class EvaluationGuard {
  readonly #running = new Set<string>();

  evaluate(name: string, evaluation: () => Value): Value {
    if (this.#running.has(name)) return unknown('cycle', name, 'refers to itself');
    if (this.#running.size >= MAXIMUM_CHAIN) return unknown('limit', name, 'rests on too long a chain of names');
    this.#running.add(name);
    try {
      return evaluation();
    } finally {
      this.#running.delete(name);
    }
  }
}
