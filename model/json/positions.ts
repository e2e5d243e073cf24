/** Finds line and column of offsets of a text that is given piece by piece. */
export class Positions {
  /** Where lines begin; grows by halves, since a text may have millions of them. */
  #starts = new Uint32Array(64);
  #count = 1;
  #length = 0;

  /** Of all pieces so far, in UTF-16 code units. */
  get length(): number {
    return this.#length;
  }

  add(piece: string): void {
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', end + 1)) {
      if (this.#count === this.#starts.length) {
        const longer = new Uint32Array(this.#count + (this.#count >> 1));
        longer.set(this.#starts);
        this.#starts = longer;
      }
      this.#starts[this.#count] = this.#length + end + 1;
      this.#count += 1;
    }
    this.#length += piece.length;
  }

  locate(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}
