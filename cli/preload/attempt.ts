let hasNoted = false;

/** Runs what only adds source lines. When it throws, the user's synth goes on without them, after one note on stderr. */
export function attempt<T>(add: () => T): T | undefined {
  try {
    return add();
  } catch (error) {
    if (!hasNoted) {
      hasNoted = true;
      const reason = error instanceof Error ? error.message : String(error);
      process.stderr.write(`trefoil: some source lines are not recorded: ${reason}\n`);
    }
    return undefined;
  }
}
