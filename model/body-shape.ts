import type { Memo } from './evaluation-guard.ts';
import type { Value } from './value.ts';

/** The names in a body, which nearly all bodies of one type share, with their places. */
export interface BodyShape {
  readonly names: readonly string[];
  readonly places: ReadonlyMap<string, number>;
}

/** Makes one shape for all bodies of the same names, so that a body keeps no names and no map of its own. */
export class BodyShapes {
  readonly #known = new Map<string, BodyShape>();

  of(names: readonly string[]): BodyShape {
    const joined = names.join('\n');
    const known = this.#known.get(joined);
    // A name may hold what joins them.
    if (known?.names.length === names.length && known.names.every((name, index) => name === names[index])) return known;
    const shape = { names, places: new Map(names.map((name, index) => [name, index])) };
    this.#known.set(joined, shape);
    return shape;
  }
}

/** Values of a body by name, each at the place of its name. */
export class BodyValues implements Memo {
  readonly shape: BodyShape;
  readonly #kept: (Value | undefined)[];

  constructor(shape: BodyShape) {
    this.shape = shape;
    this.#kept = Array.from({ length: shape.names.length });
  }

  get(name: string): Value | undefined {
    return this.at(this.shape.places.get(name) ?? -1);
  }

  at(place: number): Value | undefined {
    return this.#kept[place];
  }

  set(name: string, value: Value): void {
    const place = this.shape.places.get(name);
    if (place !== undefined) this.#kept[place] = value;
  }
}
