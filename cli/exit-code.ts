import type { Report } from '../checks/report.ts';
import { conclude } from '../report/conclusion.ts';

/** What the program tells its caller. Part of the public interface: a code never changes its meaning. */
export const EXIT = {
  /** Everything was evaluated and nothing failed. */
  ok: 0,
  /** A failure that no exception covers. */
  failure: 1,
  /** A mistake in the call, the policy or an exception. */
  usage: 2,
  /** Something was not looked at, or is unproven at a severity that blocks. */
  incomplete: 3,
  /** A seal, or the plan that it is said to be of, does not verify. */
  evidence: 4,
  /** A defect of trefoil. */
  crash: 70,
  /** A report could not be written. */
  output: 74,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_CODES: readonly { readonly code: ExitCode; readonly meaning: string }[] = [
  { code: EXIT.ok, meaning: 'everything was evaluated and nothing failed' },
  { code: EXIT.failure, meaning: 'a failure that no exception covers' },
  { code: EXIT.usage, meaning: 'a mistake in the call, the policy or an exception' },
  { code: EXIT.incomplete, meaning: 'incomplete: not all was looked at, or unproven at a severity that blocks' },
  { code: EXIT.evidence, meaning: 'the evidence does not verify, and the plan must not be applied' },
  { code: EXIT.crash, meaning: 'trefoil crashed, and there is no verdict' },
  { code: EXIT.output, meaning: 'a report could not be written' },
];

/** When several hold, the one that says most about how far the verdict can be trusted. */
const PRECEDENCE: readonly ExitCode[] = [
  EXIT.crash,
  EXIT.output,
  EXIT.usage,
  EXIT.evidence,
  EXIT.failure,
  EXIT.incomplete,
  EXIT.ok,
];

export function worstExit(...codes: readonly ExitCode[]): ExitCode {
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.crash;
}

/** The exit code that a report stands for, before it is written anywhere. */
export function exitCodeOf(report: Report): ExitCode {
  return conclude(report).exitCode;
}
