/** More than any text that AWS takes compressed. */
const LARGEST = 4 * 1024 * 1024;

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A Huffman code: how many symbols each length has, and the symbols in the order of their codes. */
interface Code {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

const FIXED_LITERALS = codeOf(
  Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
);
const FIXED_DISTANCES = codeOf(Array.from({ length: 30 }, () => 5));

/** What stands in a broken stream where its end was not to be. */
class BrokenStream extends Error {}

/** The bytes that a gzip file (RFC 1952) holds; null for what is none, is broken, or is larger than any that is read. */
export function gunzip(bytes: Uint8Array): Uint8Array | null {
  const flags = bytes[3] ?? 0;
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8 || (flags & 0xe0) !== 0) return null;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end === -1) return null;
    at = end + 1;
  }
  if ((flags & 2) !== 0) at += 2;
  try {
    return new Inflation(bytes, at).run();
  } catch (error) {
    if (error instanceof BrokenStream) return null;
    throw error;
  }
}

/** DEFLATE, RFC 1951. */
class Inflation {
  readonly #input: Uint8Array;
  readonly #output: number[] = [];
  #at: number;
  #bits = 0;
  #count = 0;

  constructor(input: Uint8Array, at: number) {
    this.#input = input;
    this.#at = at;
  }

  run(): Uint8Array {
    for (let isLast = false; !isLast;) {
      isLast = this.#read(1) === 1;
      const type = this.#read(2);
      if (type === 0) this.#stored();
      else if (type === 1) this.#compressed(FIXED_LITERALS, FIXED_DISTANCES);
      else if (type === 2) this.#dynamic();
      else throw new BrokenStream();
    }
    return Uint8Array.from(this.#output);
  }

  #read(wanted: number): number {
    while (this.#count < wanted) {
      const byte = this.#input[this.#at];
      if (byte === undefined) throw new BrokenStream();
      this.#at += 1;
      this.#bits |= byte << this.#count;
      this.#count += 8;
    }
    const value = this.#bits & ((1 << wanted) - 1);
    this.#bits >>>= wanted;
    this.#count -= wanted;
    return value;
  }

  #write(byte: number): void {
    if (this.#output.length >= LARGEST) throw new BrokenStream();
    this.#output.push(byte);
  }

  #stored(): void {
    this.#bits = 0;
    this.#count = 0;
    const length = this.#read(16);
    if (length !== (~this.#read(16) & 0xffff)) throw new BrokenStream();
    for (let index = 0; index < length; index += 1) this.#write(this.#read(8));
  }

  #dynamic(): void {
    const literals = this.#read(5) + 257;
    const distances = this.#read(5) + 1;
    const codes = this.#read(4) + 4;
    const lengths = Array.from({ length: 19 }, () => 0);
    for (const symbol of CODE_ORDER.slice(0, codes)) lengths[symbol] = this.#read(3);
    const code = codeOf(lengths);
    const all: number[] = [];
    while (all.length < literals + distances) {
      const symbol = this.#symbol(code);
      if (symbol < 16) {
        all.push(symbol);
        continue;
      }
      const previous = all.at(-1);
      if (symbol === 16 && previous === undefined) throw new BrokenStream();
      const [value, times] =
        symbol === 16
          ? [previous ?? 0, 3 + this.#read(2)]
          : [0, symbol === 17 ? 3 + this.#read(3) : 11 + this.#read(7)];
      for (let index = 0; index < times; index += 1) all.push(value);
    }
    if (all.length > literals + distances) throw new BrokenStream();
    this.#compressed(codeOf(all.slice(0, literals)), codeOf(all.slice(literals)));
  }

  #compressed(literals: Code, distances: Code): void {
    for (;;) {
      const symbol = this.#symbol(literals);
      if (symbol === 256) return;
      if (symbol < 256) {
        this.#write(symbol);
        continue;
      }
      const length = this.#extended(symbol - 257, LENGTH_BASE, LENGTH_EXTRA);
      const distance = this.#extended(this.#symbol(distances), DISTANCE_BASE, DISTANCE_EXTRA);
      for (let index = 0; index < length; index += 1) {
        const byte = this.#output[this.#output.length - distance];
        if (byte === undefined) throw new BrokenStream();
        this.#write(byte);
      }
    }
  }

  #extended(symbol: number, base: readonly number[], extra: readonly number[]): number {
    const [from, bits] = [base[symbol], extra[symbol]];
    if (from === undefined || bits === undefined) throw new BrokenStream();
    return from + this.#read(bits);
  }

  #symbol({ counts, symbols }: Code): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (const count of counts.slice(1)) {
      code |= this.#read(1);
      if (code - count < first) {
        const symbol = symbols[index + code - first];
        if (symbol === undefined) throw new BrokenStream();
        return symbol;
      }
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new BrokenStream();
  }
}

function codeOf(lengths: readonly number[]): Code {
  const counts = Array.from({ length: 16 }, (_, length) => lengths.filter((one) => one === length).length);
  const symbols = lengths
    .map((length, symbol) => ({ length, symbol }))
    .filter(({ length }) => length > 0)
    .toSorted((left, right) => left.length - right.length || left.symbol - right.symbol);
  return { counts, symbols: symbols.map(({ symbol }) => symbol) };
}
