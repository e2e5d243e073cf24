import { CliError, type CliErrorCode } from './errors.ts';
import { EXIT } from './exit-code.ts';

interface Refusal {
  /** Clauses: what was found, and why it matters. */
  readonly what: string;
  readonly why: string;
  /** What to do, as an imperative sentence. */
  readonly fix: string;
}

/** A refusal of the gate. Exit 4: the evidence does not verify. */
export function refusal(code: CliErrorCode, { what, why, fix }: Refusal, cause?: unknown): CliError {
  return new CliError({ code, message: `${what}; ${why}`, fix, exitCode: EXIT.evidence, cause });
}
