const FIRST_PRIMES = primes(64);

/** The first 32 bits behind the point of the cube roots of the first 64 primes. */
const ROUND_CONSTANTS = Int32Array.from(FIRST_PRIMES, (prime) => fraction(Math.cbrt(prime)));

/** The first 32 bits behind the point of the square roots of the first 8 primes. */
const INITIAL_STATE = Int32Array.from(FIRST_PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

const BLOCK_BYTES = 64;

const ENCODER = new TextEncoder();
/** Room to work in, which each digest writes before it reads it: there are tens of thousands of digests. */
const WORDS = new Int32Array(64);
const STATE = new Int32Array(INITIAL_STATE.length);
/** For messages of most digests; a longer one gets room of its own. */
const ROOM = new Uint8Array(16 * BLOCK_BYTES);

/** Hexadecimal digits of a word. */
const DIGITS_IN_WORD = 8;

/**
 * SHA-256 of a text in UTF-8, as lower-case hex, or the first `digits` of it. For layers that have no `node:crypto`; for
 * short texts. Words are signed: numbers past 31 bits would each be an object of their own.
 */
export function sha256(text: string, digits = 64): string {
  const blocks = paddedBlocks(text);
  STATE.set(INITIAL_STATE);
  for (let start = 0; start < blocks.byteLength; start += BLOCK_BYTES) compress(STATE, blocks, start, WORDS);
  let hex = '';
  for (let index = 0; hex.length < digits; index += 1) {
    hex += (at(STATE, index) >>> 0).toString(16).padStart(DIGITS_IN_WORD, '0');
  }
  return hex.slice(0, digits);
}

/** The message, a one bit, zeros, and its length in bits at the end of the last block. */
function paddedBlocks(text: string): DataView {
  // A code unit takes up to three bytes.
  const room = text.length * 3 + 9 <= ROOM.length ? ROOM : null;
  const message = room === null ? ENCODER.encode(text) : null;
  const length = message === null ? ENCODER.encodeInto(text, ROOM).written : message.length;
  const size = Math.ceil((length + 9) / BLOCK_BYTES) * BLOCK_BYTES;
  const bytes = room ?? new Uint8Array(size);
  if (message !== null) bytes.set(message);
  bytes.fill(0, length, size);
  bytes[length] = 0x80;
  const view = new DataView(bytes.buffer, 0, size);
  view.setUint32(size - 8, Math.floor(length / 2 ** 29));
  view.setUint32(size - 4, (length * 8) >>> 0);
  return view;
}

/** Takes in the block that begins at `start`. `words` is room to work in. */
function compress(state: Int32Array, blocks: DataView, start: number, words: Int32Array): void {
  for (let index = 0; index < 16; index += 1) words[index] = blocks.getInt32(start + index * 4);
  for (let index = 16; index < 64; index += 1) {
    const early = at(words, index - 15);
    const late = at(words, index - 2);
    const sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words[index] = (at(words, index - 16) + sigma0 + at(words, index - 7) + sigma1) | 0;
  }
  // Without arrays: reports may have tens of thousands of failures.
  let a = at(state, 0);
  let b = at(state, 1);
  let c = at(state, 2);
  let d = at(state, 3);
  let e = at(state, 4);
  let f = at(state, 5);
  let g = at(state, 6);
  let h = at(state, 7);
  for (let round = 0; round < 64; round += 1) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const first = (h + sum1 + choice + at(ROUND_CONSTANTS, round) + at(words, round)) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + sum0 + majority) | 0;
  }
  state[0] = (at(state, 0) + a) | 0;
  state[1] = (at(state, 1) + b) | 0;
  state[2] = (at(state, 2) + c) | 0;
  state[3] = (at(state, 3) + d) | 0;
  state[4] = (at(state, 4) + e) | 0;
  state[5] = (at(state, 5) + f) | 0;
  state[6] = (at(state, 6) + g) | 0;
  state[7] = (at(state, 7) + h) | 0;
}

function at(words: Int32Array, index: number): number {
  return words[index] ?? 0;
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

function primes(count: number): readonly number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}
