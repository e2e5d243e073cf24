/** A standard, and which of its requirements each control helps to meet. */
export interface Framework {
  /** Short and without spaces, for options and file formats. */
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly url: string;
  /** Control id to the standard's own ids; a control without an entry maps to nothing in it. */
  readonly mapping: ReadonlyMap<string, readonly string[]>;
}
