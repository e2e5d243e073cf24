import { sha256 } from '../../model/sha256.ts';

/**
 * A UUID that names the same thing in every run: the first 122 bits of the SHA-256 of what names it, in the form of version 5,
 * which OSCAL asks for. Version 5 itself is made of SHA-1.
 */
export function uuidOf(...names: readonly string[]): string {
  const digits = sha256(JSON.stringify(['urn:trefoil:oscal', ...names]), 32);
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 3) | 8).toString(16);
  const version = `5${digits.slice(13, 16)}`;
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${version}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
}
