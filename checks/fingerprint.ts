import { sha256 } from '../model/sha256.ts';
import { compareText } from '../model/text-order.ts';
import type { Result, ResultWitness } from './report.ts';

/** Changes when what goes in below changes, so that no old fingerprint is taken for one of another kind. */
const FORM = 'trefoil-finding-3';

/** Hexadecimal digits of a fingerprint: 96 bits, short enough to be read in a review. */
const DIGITS = 24;

/** One thing that fails or is not known, as far as it tells one from another. */
export interface FingerprintedPart extends Pick<Result, 'messageId' | 'message'> {
  readonly witness: ResultWitness;
}

export interface FingerprintedFinding {
  readonly control: string;
  /** What the tag of the subject says of its data; null without one. */
  readonly dataClass: string | null;
  readonly parts: readonly FingerprintedPart[];
}

/**
 * The digest of all that fails at a subject: the control, the class of the data there, and of each failure the message,
 * the argument, its value, its extent and the objects that it rests on. It tells one failure of a subject from another,
 * from a graver one and from the same with one more, and does not move with lines or formatting. Of a sensitive value
 * it holds what reports show, `(sensitive)`, so that nobody can try secrets against it.
 */
export function fingerprintOf({ control, dataClass, parts }: FingerprintedFinding): string | null {
  if (parts.length === 0) return null;
  // In no order, for a plan has the members of a set in another than the synthesised stack.
  const texts = parts.map((part) => JSON.stringify(contentOf(part))).toSorted(compareText);
  return sha256(JSON.stringify([FORM, control, dataClass, ...texts]), DIGITS);
}

/**
 * The digest of each part, sorted: the fingerprint that it would have alone. By these a comparison tells a failure less
 * from one in place of another, also where a hundred say the same.
 */
export function partDigestsOf({ control, dataClass, parts }: FingerprintedFinding): readonly string[] {
  return parts.flatMap((part) => fingerprintOf({ control, dataClass, parts: [part] }) ?? []).toSorted(compareText);
}

function contentOf({ messageId, message, witness }: FingerprintedPart): readonly unknown[] {
  const { path, value, extent, related, trace } = witness;
  const objects = related.map(({ stack, address }) => JSON.stringify([stack, address])).toSorted(compareText);
  const hops = trace?.hops.map(({ at, what, stack, address }) => [at, what, stack, address]) ?? null;
  const argument = path.replaceAll(/\[\d+\]/g, '[]');
  return [messageId, message, argument, value, extent, objects, trace?.packet ?? null, hops];
}
