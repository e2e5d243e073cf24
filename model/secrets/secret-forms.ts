import { type AddressRange, parseCidr } from '../aws/cidr.ts';
import { parseArn } from '../aws/arn.ts';

/** Shorter texts are flags and numbers, which stand everywhere. */
export const SHORTEST_SECRET = 4;

/** Terraform's constants, which tell nothing. */
const CONSTANTS = new Set(['true', 'false', 'null']);

const NUMBER = /^\d+$/;
const REGION_OR_ZONE = /^[a-z]{2,4}(?:-[a-z]+){1,2}-\d+[a-z]?$/;
const SEPARATORS = /[\s"'`,;()[\]{}<>|=]+/;
const WITHIN_NAMES = /[/:@]+/;
const AT_THE_ENDS = /^[.:*!-]+|[.:*!?-]+$/g;

/** How secrets may be told by a text. */
export interface SecretForms {
  /** Texts that stand for a secret: itself, as JSON writes it, and what of it tells one thing from another. */
  readonly texts: ReadonlySet<string>;
  /** Addresses of secret blocks, and those next to them, which tell where a block ends. */
  readonly ranges: readonly AddressRange[];
  /** Secret numbers, which a packet tells as its port. */
  readonly numbers: ReadonlySet<number>;
}

/** What must not be printed so that nobody learns these texts, the whole of them or the parts that controls take out. */
export function formsOf(secrets: Iterable<string>): SecretForms {
  const texts = new Set<string>();
  const ranges: AddressRange[] = [];
  const numbers = new Set<number>();
  for (const secret of secrets) {
    if (NUMBER.test(secret)) numbers.add(Number(secret));
    if (secret.length < SHORTEST_SECRET || CONSTANTS.has(secret)) continue;
    for (const text of [secret, JSON.stringify(secret).slice(1, -1), ...partsOf(secret)]) {
      texts.add(text);
      // Names of hosts are compared, and so told, in lower case.
      if (text.includes('.')) texts.add(text.toLowerCase());
      const range = rangeOf(text);
      if (range !== null) ranges.push(range);
    }
  }
  return { texts, ranges, numbers };
}

/** The parts of a secret that could be told alone: accounts, hosts, addresses, names with digits in them. */
function partsOf(secret: string): readonly string[] {
  const words = secret.split(SEPARATORS);
  const name = parseArn(secret)?.resource.split(WITHIN_NAMES).at(-1) ?? '';
  const parts = [...words, ...words.flatMap((word) => word.split(WITHIN_NAMES)), name];
  return parts.map((part) => part.replaceAll(AT_THE_ENDS, '')).filter((part) => part === name || isTelling(part));
}

/** Words of a language and Regions stand everywhere, whatever is secret. */
function isTelling(part: string): boolean {
  return part.length >= SHORTEST_SECRET && /[\d.@/:]/.test(part) && !REGION_OR_ZONE.test(part);
}

function rangeOf(text: string): AddressRange | null {
  const range = parseCidr(text) ?? parseCidr(`${text}/${text.includes(':') ? 128 : 32}`);
  if (range === null) return null;
  const { family, first, last } = range;
  const end = (1n << (family === 4 ? 32n : 128n)) - 1n;
  // That everything is meant tells of no address.
  if (first === 0n && last === end) return null;
  return { family, first: first === 0n ? first : first - 1n, last: last === end ? last : last + 1n };
}
