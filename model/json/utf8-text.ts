import { InputError, type InputProblem } from '../input-error.ts';
import { type EncodingProblem, findForeignFormat, firstInvalidUtf8 } from './encoding.ts';
import { Positions } from './positions.ts';

/** Bytes that are decoded at a time. */
const PIECE = 4 * 1024 * 1024;

/** Characters of the beginning that tell what a text is. */
const START = 20;

/** The text of a file, piece by piece. */
export class Utf8Text {
  readonly positions = new Positions();
  readonly #file: string;
  readonly #chunks: Iterator<Uint8Array>;
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** What is at hand and not decoded yet. */
  #bytes: Uint8Array = new Uint8Array(0);
  /** Bytes before those. */
  #before = 0;
  #start = '';

  constructor(file: string, chunks: Iterable<Uint8Array>, maxBytes: number) {
    this.#file = file;
    this.#chunks = chunks[Symbol.iterator]();
    this.#maxBytes = maxBytes;
  }

  /** How the text begins, without white space; empty if it holds nothing else. */
  get start(): string {
    return this.#start;
  }

  /**
   * The next piece; null at the end.
   *
   * @throws InputError IN-UTF8, IN-TOOLARGE, or what else the bytes are.
   */
  next(): string | null {
    while (completeLength(this.#bytes) === 0) {
      const next = this.#chunks.next();
      if (next.done === true) return this.#bytes.length === 0 ? null : this.#decode(this.#bytes);
      this.#take(next.value);
    }
    const length = completeLength(this.#bytes.subarray(0, PIECE));
    return this.#decode(this.#bytes.subarray(0, length));
  }

  #take(chunk: Uint8Array): void {
    if (this.#before === 0 && this.#bytes.length === 0) {
      const foreign = findForeignFormat(chunk);
      if (foreign !== null) throw this.#error(foreign, chunk);
    }
    const size = this.#before + this.#bytes.length + chunk.length;
    if (size > this.#maxBytes) throw new InputError({ ...tooLarge(size, this.#maxBytes), path: this.#file });
    this.#bytes = this.#bytes.length === 0 ? chunk : joined(this.#bytes, chunk);
  }

  #decode(bytes: Uint8Array): string {
    let piece;
    try {
      piece = this.#decoder.decode(bytes);
    } catch (error) {
      const at = firstInvalidUtf8(bytes);
      const problem: EncodingProblem = {
        code: 'IN-UTF8',
        what: `byte ${this.#before + at} (0x${(bytes[at] ?? 0).toString(16).padStart(2, '0')}) is not valid UTF-8`,
        why: 'readers would see different text in its place',
        fix: 'Write the file as UTF-8.',
        byteOffset: at,
      };
      throw this.#error(problem, bytes, error);
    }
    this.#bytes = this.#bytes.subarray(bytes.length);
    this.#before += bytes.length;
    this.positions.add(piece);
    if (this.#start === '') this.#start = piece.replace(/^[ \t\r\n]+/, '').slice(0, START);
    return piece;
  }

  /** The offset of the problem is in `bytes`, which stand after all that was decoded. */
  #error({ byteOffset, ...complaint }: EncodingProblem, bytes: Uint8Array, cause?: unknown): InputError {
    if (byteOffset === null) return new InputError({ ...complaint, path: this.#file }, cause);
    this.positions.add(this.#decoder.decode(bytes.subarray(0, byteOffset)));
    const location = { file: this.#file, ...this.positions.locate(this.positions.length) };
    return new InputError({ ...complaint, path: this.#file, location }, cause);
  }
}

export function tooLarge(size: number, limit: number): Pick<InputProblem, 'code' | 'what' | 'why' | 'fix'> {
  return {
    code: 'IN-TOOLARGE',
    what: `the file has ${size} bytes, more than the limit of ${limit}`,
    why: 'reading it could exhaust memory and end the run without a verdict',
    fix: 'Split the stack, or raise the limit.',
  };
}

/** How many bytes end with a whole character. What is not UTF-8 at all is for the decoder to find. */
function completeLength(bytes: Uint8Array): number {
  let at = bytes.length - 1;
  const first = Math.max(0, bytes.length - 3);
  while (at > first && isContinuation(bytes[at] ?? 0)) at -= 1;
  const lead = bytes[at] ?? 0;
  const length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return at + length > bytes.length ? Math.max(at, 0) : bytes.length;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}
