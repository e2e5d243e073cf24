/** Bits per character below which a text is words or a pattern. */
const LEAST_BITS = 3;

const SHORTEST = 16;
const LONGEST = 1024;

/** What is as random as a secret and is none: ids, digests with their names, ARNs, hosts, dates, numbers. */
const PUBLIC: readonly RegExp[] = [
  /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  /^(?:mrk|key)-[0-9a-f-]{16,}$/,
  /^[a-z]{1,12}(?:-[a-z]{1,12})*-[0-9a-f]{8,17}$/,
  /^(?:arn:|alias\/|sha\d+[-:]|md5:|ssh-|ecdsa-|vpce?-|urn:|did:|resolve:|ssm:|AQICA)/i,
  /^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}(?::\d+)?(?:\/.*)?$/,
  /^\d[\d.:TZ/+ -]*$/,
  /^\w+:\/\//,
  /^[/.~]/,
  // Keys in the guides of AWS.
  /EXAMPLE(?:KEY)?$/,
  // Ids of Cognito: eu-west-1_AbCdEf123.
  /^[a-z]{2}(?:-[a-z]+)+-\d_\w+$/,
];

/** Certificates, public keys and requests in DER begin so; private keys begin with a version. */
const DER = /^MI[IGHE]/;

/** Whether a text is as random as keys and tokens are, and no form is known by which it is public. */
export function looksRandom(text: string): boolean {
  if (text.length < SHORTEST || text.length > LONGEST) return false;
  if (!/^[\w+/=.~!@#$%^&*:;,?-]+$/.test(text) || !/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
  if (PUBLIC.some((form) => form.test(text)) || DER.test(text) || isMadeOfWords(text)) return false;
  return bitsPerCharacter(text) >= LEAST_BITS;
}

/** Whether base64 holds a private key in DER: a sequence that begins with the version 0 or 1. */
export function isDerPrivateKey(text: string): boolean {
  if (text.length < 48 || !/^M[A-Za-z0-9+/\s]+={0,2}$/.test(text)) return false;
  const bytes = bytesOf(text.replaceAll(/\s/g, '').slice(0, 16));
  if (bytes?.[0] !== 0x30) return false;
  const length = bytes[1] ?? 0;
  const at = length < 0x80 ? 2 : 2 + (length & 0x7f);
  return bytes[at] === 2 && bytes[at + 1] === 1 && (bytes[at + 2] ?? 9) <= 1;
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Names that people make: each part of them a word, a short number, or both. */
function isMadeOfWords(text: string): boolean {
  const parts = text.split(/[^A-Za-z0-9]+/).filter((part) => part !== '');
  return parts.every((part) =>
    /^(?:[A-Z]?[a-z]{0,20}|[A-Z]{1,20}|(?:[A-Z][a-z]{2,15}){1,4}|[a-z]{2,12}(?:[A-Z][a-z]{2,15}){1,4})\d{0,4}$|^\d{1,12}$/.test(
      part,
    ),
  );
}

function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
