/** What kinds of personal data a text may show. */
export type PersonalKind =
  'e-mail address' | 'telephone number' | 'public IP address' | 'national identity number' | 'account number';

export interface PersonalData {
  readonly kind: PersonalKind;
  readonly count: number;
}

const NOTHING: readonly PersonalData[] = [];

interface Pattern {
  readonly kind: PersonalKind;
  readonly form: RegExp;
  readonly isReal: (found: string) => boolean;
}

/** Mailboxes of a function and of nobody in particular, by RFC 2142. */
const ROLES = new Set(
  'abuse ftp hostmaster info marketing news noc postmaster sales security support usenet uucp webmaster www'.split(' '),
);

/** Each form is bounded on both sides, so that a part of a longer id is none. */
const PATTERNS: readonly Pattern[] = [
  {
    kind: 'e-mail address',
    form: /(?<![\w.%+-])[\w.%+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![\w@-])/gi,
    isReal: (found) => !ROLES.has((found.split('@')[0] ?? '').toLowerCase()),
  },
  // With its country: digits alone are an id more often than a number that somebody answers.
  {
    kind: 'telephone number',
    form: /(?<![\w+])\+[1-9](?:[ ().-]{0,2}\d){7,13}(?!\w)/g,
    isReal: () => true,
  },
  { kind: 'public IP address', form: /(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w.-]|\/\d)/g, isReal: isPublicAddress },
  { kind: 'national identity number', form: /(?<![\w-])\d{6}[ -]?\d{5}(?![\w-])/g, isReal: isNorwegian },
  { kind: 'national identity number', form: /(?<![\w-])\d{7}[A-W][A-IW]?(?![\w-])/g, isReal: isIrish },
  // National Insurance of the United Kingdom, which has no check digit.
  {
    kind: 'national identity number',
    form: /(?<![\w-])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D](?![\w-])/g,
    isReal: () => true,
  },
  {
    kind: 'account number',
    form: /(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\w)/g,
    isReal: isIban,
  },
];

/** What every form has in it: most texts have none of these, and are not searched. */
const HINTS = /@|\d\.\d{1,3}\.\d|\d(?:[ ().-]{0,2}\d){5}|[A-Z]{2}\d{2} ?[A-Z0-9]{4}/;

/** The kinds of personal data that a text shows, and how much of each; never the data itself, for reports are read by many. */
export function personalDataIn(text: string): readonly PersonalData[] {
  if (!HINTS.test(text)) return NOTHING;
  return PATTERNS.flatMap(({ kind, form, isReal }) => {
    const count = [...text.matchAll(form)].filter(([match]) => isReal(match)).length;
    return count === 0 ? [] : [{ kind, count }];
  });
}

/** Addresses that a line to the Internet may have; those of networks of one's own tell of nobody. */
function isPublicAddress(text: string): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number);
  if ([a, b, c, d].some((part) => part > 255)) return false;
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
  if ((a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168)) return false;
  if ((a === 169 && b === 254) || (a === 100 && b >= 64 && b <= 127)) return false;
  // Documentation and benchmarks.
  return !(
    (a === 192 && b === 0 && (c === 2 || c === 0)) ||
    (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
    (a === 203 && b === 0 && c === 113)
  );
}

/** Fødselsnummer: a date, of which the day may have 40 added, and two check digits. */
function isNorwegian(text: string): boolean {
  const digits = digitsOf(text);
  const day = Number(digits.slice(0, 2).join('')) % 40;
  const month = Number(digits.slice(2, 4).join(''));
  if (day < 1 || day > 31 || month < 1 || month > 12) return false;
  const first = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
  const second = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
  return weighed(digits, first) % 11 === 0 && weighed(digits, second) % 11 === 0;
}

/** PPS number: seven digits and a check letter; a second letter counts nine times. */
function isIrish(text: string): boolean {
  const extra = text.at(8);
  const second = extra === undefined || extra === 'W' ? 0 : extra.charCodeAt(0) - 64;
  const sum = weighed(digitsOf(text.slice(0, 7)), [8, 7, 6, 5, 4, 3, 2]) + second * 9;
  return 'WABCDEFGHIJKLMNOPQRSTUV'.charAt(sum % 23) === text.charAt(7);
}

/** IBAN: the remainder of 97 is one. */
function isIban(text: string): boolean {
  const plain = text.replaceAll(' ', '');
  if (plain.length < 15 || plain.length > 34) return false;
  const signs = Array.from(plain.slice(4) + plain.slice(0, 4), (sign) => Number.parseInt(sign, 36));
  return signs.reduce((rest, sign) => (rest * (sign > 9 ? 100 : 10) + sign) % 97, 0) === 1;
}

function digitsOf(text: string): readonly number[] {
  return Array.from(text.replaceAll(/\D/g, ''), Number);
}

function weighed(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0);
}
