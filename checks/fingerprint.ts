import { sha256 } from '../model/sha256.ts';
import { compareText } from '../model/text-order.ts';
import type { Result } from './report.ts';

/** Changes when what goes in below changes, so that no old fingerprint is taken for one of another kind. */
const FORM = 'trefoil-finding-1';

/** Hexadecimal digits of a fingerprint: 96 bits, short enough to be read in a review. */
const DIGITS = 24;

/**
 * The digest of what fails: the control, the message, the argument, its value, and the objects that it rests on. It
 * tells one failure of a subject from another and from a graver one, and does not move with lines or formatting. Of a
 * sensitive value it holds what reports show, `(sensitive)`, so that nobody can try secrets against it.
 */
export function fingerprintOf({
  control,
  messageId,
  message,
  witness,
}: Pick<Result, 'control' | 'messageId' | 'message' | 'witness'>): string | null {
  if (witness === null) return null;
  const { path, value, related, trace } = witness;
  const objects = related.map(({ stack, address }) => `${stack}:${address}`).toSorted(compareText);
  const hops = trace?.hops.map(({ at, what, stack, address }) => [at, what, stack, address]) ?? null;
  const parts = [FORM, control, messageId, message, path, value, objects, trace?.packet ?? null, hops];
  return sha256(JSON.stringify(parts)).slice(0, DIGITS);
}
