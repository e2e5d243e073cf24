import { CliError, type CliErrorCode } from './errors.ts';
import { refusal } from './gate-refusal.ts';

/** With what the reader of envelopes refuses one; its own words are those of a seal. */
const CODES = ['GATE-FORM', 'GATE-UNSIGNED', 'GATE-KEY', 'GATE-SIGNATURE', 'GATE-TYPE'] as const;
export type EnvelopeCode = (typeof CODES)[number];

/** How each of its refusals is worded for another statement than a seal. */
export type EnvelopeWording = {
  readonly [code in EnvelopeCode]: {
    readonly code: CliErrorCode;
    /** A clause that follows the name of what was read. */
    readonly what: string;
    readonly why: string;
    readonly fix: string;
  };
};

/** Why an envelope was refused; null for an error of any other kind. */
export function envelopeCodeOf(error: unknown): EnvelopeCode | null {
  return error instanceof CliError ? (CODES.find((code) => code === error.code) ?? null) : null;
}

/** A refusal said of `subject`. */
export function worded(wording: EnvelopeWording, subject: string, envelope: EnvelopeCode, cause?: unknown): CliError {
  const { code, what, why, fix } = wording[envelope];
  return refusal(code, { what: `${subject} ${what}`, why, fix }, cause);
}
