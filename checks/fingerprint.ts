import { sha256 } from '../model/sha256.ts';
import { compareText } from '../model/text-order.ts';
import type { Result, ResultWitness } from './report.ts';

/** Changes when what goes in below changes, so that no old fingerprint is taken for one of another kind. */
const FORM = 'trefoil-finding-2';

/** Hexadecimal digits of a fingerprint: 96 bits, short enough to be read in a review. */
const DIGITS = 24;

/** One thing that fails, as far as it tells a failure from another. */
export interface FingerprintedFailure extends Pick<Result, 'messageId' | 'message'> {
  readonly witness: ResultWitness;
}

/**
 * The digest of all that fails at a subject: the control, and of each failure the message, the argument, its value, its
 * extent and the objects that it rests on. It tells one failure of a subject from another, from a graver one and from
 * the same with one more, and does not move with lines or formatting. Of a sensitive value it holds what reports show,
 * `(sensitive)`, so that nobody can try secrets against it.
 */
export function fingerprintOf(control: string, failures: readonly FingerprintedFailure[]): string | null {
  if (failures.length === 0) return null;
  // In no order, for a plan has the members of a set in another than the synthesised stack.
  const parts = failures.map((failure) => JSON.stringify(partsOf(failure))).toSorted(compareText);
  return sha256(JSON.stringify([FORM, control, ...parts])).slice(0, DIGITS);
}

/**
 * The digest of each failure, sorted: the fingerprint that it would have alone. By these a comparison tells a failure
 * less from one in place of another, also where a hundred say the same.
 */
export function failureDigestsOf(control: string, failures: readonly FingerprintedFailure[]): readonly string[] {
  return failures.flatMap((failure) => fingerprintOf(control, [failure]) ?? []).toSorted(compareText);
}

function partsOf({ messageId, message, witness }: FingerprintedFailure): readonly unknown[] {
  const { path, value, extent, related, trace } = witness;
  const objects = related.map(({ stack, address }) => JSON.stringify([stack, address])).toSorted(compareText);
  const hops = trace?.hops.map(({ at, what, stack, address }) => [at, what, stack, address]) ?? null;
  const argument = path.replaceAll(/\[\d+\]/g, '[]');
  return [messageId, message, argument, value, extent, objects, trace?.packet ?? null, hops];
}
