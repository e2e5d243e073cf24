/** A place in a text file; line and column count from 1, columns in UTF-16 code units. */
export interface SourceLocation {
  /** Relative to the directory the run was started for, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Renders `file:line:column`, the form editors and terminals make clickable. */
export function formatLocation({ file, line, column }: SourceLocation): string {
  return `${file}:${line}:${column}`;
}
