/** What can be made again, and so need not be kept. */
export interface Remade {
  /** Lets go of what was made. */
  forget(): void;
}

/** Bounds how much of what can be made again is kept at a time. */
export class Recent {
  readonly #made: (Remade | undefined)[];
  #next = 0;

  constructor(size: number) {
    this.#made = Array.from({ length: size }, () => undefined);
  }

  /** To be told of everything when it is made; what was made longest ago is forgotten. */
  add(made: Remade): void {
    this.#made[this.#next]?.forget();
    this.#made[this.#next] = made;
    this.#next = (this.#next + 1) % this.#made.length;
  }
}
