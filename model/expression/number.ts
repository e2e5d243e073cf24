/**
 * Terraform's numbers: binary floating point of 512 bits, rounded to the nearest, ties to even. Computing the same
 * way gives the same last digit; JavaScript's 53 bits would not.
 */
export interface BigNumber {
  /** Zero has a sign: Terraform prints `-0`. */
  readonly isNegative: boolean;
  readonly mantissa: bigint;
  readonly exponent: number;
}

const PRECISION = 512;
/** Beyond these Terraform's own parser rounds twice; results there are not reproduced. */
const MAXIMUM_DIGITS = 150;
const MAXIMUM_EXPONENT = 240;

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Reads what Terraform reads as a number; `unsure` for forms that this module does not compute with. */
export function parseNumber(text: string): BigNumber | 'unsure' | null {
  if (/^(?:0|[1-9]\d{0,14})$/.test(text)) return reduced({ isNegative: false, mantissa: BigInt(text), exponent: 0 });
  const match = DECIMAL.exec(text);
  if (match === null) return /^[+-]?(inf|[\d.]+p)/i.test(text) ? 'unsure' : null;
  const [, sign, whole = '', fraction = '', exponentText = '0'] = match;
  if (whole === '' && fraction === '') return null;
  const digits = (whole + fraction).replace(/^0+/, '');
  const exponent = Number(exponentText) - fraction.length;
  if (digits.length > MAXIMUM_DIGITS || Math.abs(exponent) > MAXIMUM_EXPONENT) return 'unsure';
  const isNegative = sign === '-';
  const value = BigInt(digits === '' ? '0' : digits);
  if (exponent >= 0) return rounded({ isNegative, mantissa: value * 10n ** BigInt(exponent), exponent: 0 });
  return quotient({ isNegative, mantissa: value, exponent: 0 }, { ...ONE, mantissa: 10n ** BigInt(-exponent) });
}

const ONE: BigNumber = { isNegative: false, mantissa: 1n, exponent: 0 };

export function fromInteger(value: bigint): BigNumber {
  return rounded({ isNegative: value < 0n, mantissa: value < 0n ? -value : value, exponent: 0 });
}

/** The integer that a number is, or null. */
export function toInteger({ isNegative, mantissa, exponent }: BigNumber): bigint | null {
  const magnitude = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa >> BigInt(-exponent);
  if (exponent < 0 && magnitude << BigInt(-exponent) !== mantissa) return null;
  return isNegative ? -magnitude : magnitude;
}

/** Towards zero. */
export function truncate({ isNegative, mantissa, exponent }: BigNumber): bigint {
  const magnitude = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa >> BigInt(-exponent);
  return isNegative ? -magnitude : magnitude;
}

export function negate(value: BigNumber): BigNumber {
  return { ...value, isNegative: !value.isNegative };
}

export function add(left: BigNumber, right: BigNumber): BigNumber {
  const exponent = Math.min(left.exponent, right.exponent);
  const sum = signedAt(left, exponent) + signedAt(right, exponent);
  // As IEEE 754: a sum of zero is positive unless both are negative zeros.
  const isNegative = sum === 0n ? left.isNegative && right.isNegative : sum < 0n;
  return rounded({ isNegative, mantissa: sum < 0n ? -sum : sum, exponent });
}

export function multiply(left: BigNumber, right: BigNumber): BigNumber {
  return rounded({
    isNegative: left.isNegative !== right.isNegative,
    mantissa: left.mantissa * right.mantissa,
    exponent: left.exponent + right.exponent,
  });
}

/** The divisor must not be zero. */
export function quotient(left: BigNumber, right: BigNumber): BigNumber {
  const isNegative = left.isNegative !== right.isNegative;
  if (left.mantissa === 0n) return { isNegative, mantissa: 0n, exponent: 0 };
  const shift = Math.max(0, PRECISION + 2 + bitLength(right.mantissa) - bitLength(left.mantissa));
  const dividend = left.mantissa << BigInt(shift);
  const whole = dividend / right.mantissa;
  // A sticky bit below the rounding bit stands for the rest, so that rounding sees the exact quotient.
  const sticky = whole * right.mantissa === dividend ? 0n : 1n;
  return rounded({
    isNegative,
    mantissa: (whole << 1n) | sticky,
    exponent: left.exponent - right.exponent - shift - 1,
  });
}

export function compare(left: BigNumber, right: BigNumber): -1 | 0 | 1 {
  const exponent = Math.min(left.exponent, right.exponent);
  const difference = signedAt(left, exponent) - signedAt(right, exponent);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** The shortest decimal that no other number of this precision is nearer to, without an exponent. */
export function formatNumber(value: BigNumber): string {
  const sign = value.isNegative ? '-' : '';
  if (value.mantissa === 0n) return `${sign}0`;
  // A whole number within the precision has no neighbour that a shorter text could stand for.
  if (value.exponent >= 0 && value.exponent < PRECISION) {
    const whole = value.mantissa << BigInt(value.exponent);
    if (bitLength(whole) <= PRECISION) return sign + String(whole);
  }
  const { digits, point } = shortestDigits(value);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function shortestDigits({ mantissa, exponent }: BigNumber): { readonly digits: string; readonly point: number } {
  const exact = decimal(mantissa, exponent);
  const halves = mantissa << BigInt(PRECISION + 1 - bitLength(mantissa));
  const halfExponent = exponent + bitLength(mantissa) - PRECISION - 1;
  const lower = decimal(halves - 1n, halfExponent).digits;
  const upper = decimal(halves + 1n, halfExponent).digits;
  const isInclusive = (halves & 2n) === 0n;
  const { digits, point } = exact;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[index]);
    const below = Number(lower[index] ?? '0');
    const above = Number(upper[index] ?? '0');
    const mayRoundDown = below !== digit || (isInclusive && index + 1 === lower.length);
    const mayRoundUp = digit !== above && (isInclusive || digit + 1 < above || index + 1 < upper.length);
    if (!mayRoundDown && !mayRoundUp) continue;
    const isUp = mayRoundDown && mayRoundUp ? roundsUp(digits, index + 1) : mayRoundUp;
    return cutAt(exact, index + 1, isUp);
  }
  return { digits, point };
}

function roundsUp(digits: string, length: number): boolean {
  const next = Number(digits[length] ?? '0');
  if (next === 5 && length + 1 === digits.length) return Number(digits[length - 1]) % 2 === 1;
  return next >= 5;
}

function cutAt(
  { digits, point }: { readonly digits: string; readonly point: number },
  length: number,
  isUp: boolean,
): { readonly digits: string; readonly point: number } {
  const kept = digits.slice(0, length);
  if (!isUp) return { digits: withoutEndZeros(kept), point };
  const raised = String(BigInt(kept) + 1n);
  return { digits: withoutEndZeros(raised), point: point + raised.length - kept.length };
}

/** All digits of `mantissa * 2^exponent`, without zeros at either end, and where the decimal point stands in them. */
function decimal(mantissa: bigint, exponent: number): { readonly digits: string; readonly point: number } {
  const scale = exponent < 0 ? -exponent : 0;
  const whole = exponent < 0 ? mantissa * 5n ** BigInt(scale) : mantissa << BigInt(exponent);
  const digits = String(whole);
  return { digits: withoutEndZeros(digits), point: digits.length - scale };
}

function withoutEndZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

function signedAt({ isNegative, mantissa, exponent }: BigNumber, target: number): bigint {
  const magnitude = mantissa << BigInt(exponent - target);
  return isNegative ? -magnitude : magnitude;
}

function rounded({ isNegative, mantissa, exponent }: BigNumber): BigNumber {
  const excess = bitLength(mantissa) - PRECISION;
  if (excess <= 0) return reduced({ isNegative, mantissa, exponent });
  const shift = BigInt(excess);
  const kept = mantissa >> shift;
  const rest = mantissa - (kept << shift);
  const half = 1n << (shift - 1n);
  const isUp = rest > half || (rest === half && (kept & 1n) === 1n);
  return reduced({ isNegative, mantissa: isUp ? kept + 1n : kept, exponent: exponent + excess });
}

/** Without trailing zero bits, so that exponents stay small. */
function reduced({ isNegative, mantissa, exponent }: BigNumber): BigNumber {
  if (mantissa === 0n) return { isNegative, mantissa, exponent: 0 };
  const text = mantissa.toString(2);
  const zeros = text.length - text.lastIndexOf('1') - 1;
  return { isNegative, mantissa: mantissa >> BigInt(zeros), exponent: exponent + zeros };
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}
