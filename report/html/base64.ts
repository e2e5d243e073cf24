/** As much as a call takes arguments without trouble. */
const CHUNK = 8_192;

/** Bytes as Base64, as data addresses and content security policies have them. */
export function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + CHUNK)));
  }
  return btoa(parts.join(''));
}
