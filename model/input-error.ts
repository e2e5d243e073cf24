import { formatLocation, type SourceLocation } from './source.ts';

/** Every way in which input can be refused. The codes are part of the public interface and never reused. */
export const INPUT_ERROR_CODES = [
  'IN-NOTFOUND',
  'IN-READ',
  'IN-NOTREGULAR',
  'IN-ESCAPE',
  'IN-CHANGED',
  'IN-EMPTY',
  'IN-TOOLARGE',
  'IN-DEPTH',
  'IN-BOM',
  'IN-UTF8',
  'IN-UTF16',
  'IN-PARSE',
  'IN-DUPKEY',
  'IN-SCHEMA',
  'IN-ARCHIVE',
  'IN-BINPLAN',
  'IN-UILOG',
  'IN-WRAPPER',
  'IN-PLAN',
  'IN-STATE',
  'IN-ENCRYPTED',
  'IN-SIBLING',
  'IN-OVERRIDE',
  'IN-MANIFEST',
  'IN-DUPSTACK',
  'IN-NOSTACK',
  'PLAN-ERRORED',
  'PLAN-PARTIAL',
  'PLAN-DEFERRED',
  'PLAN-FORMAT',
  'PLAN-ACTION',
  'PLAN-INVOKE',
  'PLAN-INCONSISTENT',
  'PLAN-DUPADDR',
  'PLAN-EMPTY',
] as const;

export type InputErrorCode = (typeof INPUT_ERROR_CODES)[number];

/** What was wrong with an input, in the parts that every output prints. */
export interface InputProblem {
  readonly code: InputErrorCode;
  /** The file or directory; with line and column where one is known. */
  readonly path: string;
  readonly location?: SourceLocation;
  /** What was found, as a clause: `duplicate key "resource" (first at 3:3)`. */
  readonly what: string;
  /** Why it matters: `Terraform merges both blocks, other readers see only the last`. */
  readonly why: string;
  /** What to do, as an imperative sentence. */
  readonly fix: string;
}

/** Input that cannot be judged. The run goes on with the other inputs and ends incomplete (exit 3). */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly problem: InputProblem;

  constructor(problem: InputProblem, cause?: unknown) {
    super(formatProblem(problem), cause === undefined ? undefined : { cause });
    this.problem = problem;
  }
}

export function formatProblem({ code, path, location, what, why, fix }: InputProblem): string {
  return `${code} ${location === undefined ? path : formatLocation(location)} ${what}; ${why}. Fix: ${fix}`;
}
