import type { Companions, Estate, Place, Stack, Target } from './estate.ts';
import type { InputProblem } from './input-error.ts';
import type { Path, Resource } from './resource.ts';
import type { ObjectId, Value } from './value.ts';

/**
 * An estate as another object. What is found once for an estate, such as its network, is kept as long as the object that
 * it was found for: found for a view, it goes with the view.
 */
export class EstateView implements Estate {
  readonly stacks: readonly Stack[];
  readonly resources: readonly Resource[];
  readonly problems: readonly InputProblem[];
  readonly declaredStacks: readonly string[];
  readonly #estate: Estate;

  constructor(estate: Estate) {
    this.stacks = estate.stacks;
    this.resources = estate.resources;
    this.problems = estate.problems;
    this.declaredStacks = estate.declaredStacks;
    this.#estate = estate;
  }

  ofType(...types: readonly string[]): readonly Resource[] {
    return this.#estate.ofType(...types);
  }

  dataOfType(type: string): readonly Resource[] {
    return this.#estate.dataOfType(type);
  }

  find(id: ObjectId): Resource | null {
    return this.#estate.find(id);
  }

  resolve(value: Value, types?: readonly string[], user?: Resource): Target {
    return this.#estate.resolve(value, types, user);
  }

  companions(target: Resource, type: string, ...path: Path): Companions {
    return this.#estate.companions(target, type, ...path);
  }

  place(resource: Resource): Place {
    return this.#estate.place(resource);
  }

  effective(resource: Resource, ...path: Path): Value {
    return this.#estate.effective(resource, ...path);
  }

  document(value: Value): Value {
    return this.#estate.document(value);
  }

  withhold(text: string): string {
    return this.#estate.withhold(text);
  }
}
