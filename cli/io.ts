/** A stream to write to. */
export interface Output {
  readonly isTerminal: boolean;
  /** Columns of the terminal; null when it is none. */
  readonly columns: number | null;
  /** Resolves when the text is out, or when nobody reads any longer; rejects when it cannot be written. */
  write(text: string): Promise<void>;
}

/** The process as the commands see it. Paths are relative to `cwd`. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  /** The file that `trefoil synth` loads into the user's program. */
  readonly preload: string;
}
