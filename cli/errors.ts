import type { InputProblem } from '../model/input-error.ts';
import { formatLocation } from '../model/source.ts';
import { formatPolicyProblem, type PolicyProblem } from '../policy/problem.ts';
import { visible } from '../report/escape.ts';
import { EXIT, type ExitCode } from './exit-code.ts';

/** Every way in which a call is refused or its output is lost. Public, never reused. */
export const CLI_ERROR_CODES = [
  'CLI-COMMAND',
  'CLI-FLAG',
  'CLI-TWICE',
  'CLI-ARGUMENT',
  'CLI-VALUE',
  'CLI-FORMAT',
  'CLI-DATE',
  'CLI-CONTROL',
  'CLI-SITE',
  'CLI-CLASS',
  'CLI-FINDING',
  'CLI-PLACE',
  'CLI-REPORT',
  'CLI-BASE',
  'CLI-BASEJSON',
  'CLI-BASEFORMAT',
  'CLI-BASEVERSION',
  'CLI-BASECONTENT',
  'CLI-SIZE',
  'CLI-READ',
  'CLI-EXISTS',
  'CLI-CONFIG',
  'CLI-SYNTH',
  'PLAN-STACK',
  'PLAN-ARGUMENT',
  'PLAN-TERRAFORM',
  'PLAN-FAILED',
  'SEAL-KEY',
  'SEAL-STACK',
  'SEAL-PLAN',
  'SEAL-SHOW',
  'GATE-MISSING',
  'GATE-FORM',
  'GATE-UNSIGNED',
  'GATE-KEY',
  'GATE-SIGNATURE',
  'GATE-TYPE',
  'GATE-STATEMENT',
  'GATE-PREDICATE',
  'GATE-LINK',
  'GATE-TOOL',
  'GATE-PLAN',
  'GATE-STAGE',
  'GATE-VERDICT',
  'GATE-FUTURE',
  'GATE-STALE',
  'GATE-DAY',
  'GATE-POLICY',
  'GATE-EXPIRED',
  'GATE-EXCEPTIONS',
  'EVIDENCE-FORM',
  'EVIDENCE-UNSIGNED',
  'EVIDENCE-KEY',
  'EVIDENCE-SIGNATURE',
  'EVIDENCE-TYPE',
  'EVIDENCE-STATEMENT',
  'BUNDLE-MISSING',
  'BUNDLE-FORM',
  'BUNDLE-LINK',
  'BUNDLE-UNSIGNED',
  'BUNDLE-KEY',
  'BUNDLE-SIGNATURE',
  'BUNDLE-TYPE',
  'BUNDLE-VERSION',
  'BUNDLE-STATEMENT',
  'BUNDLE-EDITED',
  'BUNDLE-ABSENT',
  'BUNDLE-EXTRA',
  'BUNDLE-CHAIN',
  'BUNDLE-TOOL',
  'BUNDLE-INPUT',
  'BUNDLE-REPRODUCE',
  'BUNDLE-UNCOMMITTED',
  'OUT-INPUT',
  'OUT-SYMLINK',
  'OUT-NOTREGULAR',
  'OUT-WRITE',
  'OUT-STDOUT',
] as const;

export type CliErrorCode = (typeof CLI_ERROR_CODES)[number];

interface CliErrorInit {
  readonly code: CliErrorCode;
  /** What happened, as a clause without a full stop. */
  readonly message: string;
  /** What to do, as an imperative sentence. */
  readonly fix: string;
  readonly exitCode?: ExitCode;
  readonly cause?: unknown;
}

/** Something the person at the terminal can put right. Anything else that is thrown is a defect of ours. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: CliErrorCode;
  readonly fix: string;
  readonly exitCode: ExitCode;

  constructor({ code, message, fix, exitCode = EXIT.usage, cause }: CliErrorInit) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.fix = fix;
    this.exitCode = exitCode;
  }
}

/** One line for stderr in which nothing from the input can act on a terminal. */
export function errorLine(code: string, message: string, fix: string | null): string {
  return `${visible(`error[${code}] ${message}${fix === null ? '' : `. Fix: ${fix}`}`)}\n`;
}

export function inputErrorLine({ code, location, path, what, why, fix }: InputProblem): string {
  return errorLine(code, `${location === undefined ? path : formatLocation(location)} ${what}; ${why}`, fix);
}

export function policyErrorLine({ code, location, what, why, fix }: PolicyProblem): string {
  return errorLine(code, `${formatLocation(location)} ${what}; ${why}`, fix);
}

/** The text of the operating system's codes that people meet most; the message of Node names paths twice. */
const SYSTEM_ERRORS = new Map([
  ['ENOENT', 'there is no such file or directory'],
  ['ENOTDIR', 'a part of the path is no directory'],
  ['EISDIR', 'it is a directory'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'operation not permitted'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'no space is left on the device'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EFBIG', 'the file would be too large'],
  ['EIO', 'the device reports an input/output error'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ELOOP', 'it goes through too many symbolic links'],
]);

export function systemReason(error: unknown): string {
  const code = systemCode(error);
  if (code !== null) return SYSTEM_ERRORS.get(code) ?? code;
  return error instanceof Error ? error.message : String(error);
}

export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** A policy or exceptions file with all its errors. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly problems: readonly PolicyProblem[];

  constructor(problems: readonly PolicyProblem[]) {
    super(problems.map(formatPolicyProblem).join('\n'));
    this.problems = problems;
  }
}
