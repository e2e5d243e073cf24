/** No JSON has it, outside of a string or in one. */
export const GAP = 0x01;
const GAP_LENGTH = 2;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
export const QUOTE = 0x22;
const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
const POINT = 0x2e;
export const ZERO = 0x30;
export const NINE = 0x39;
export const COLON = 0x3a;
const UPPER_E = 0x45;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
const LOWER_E = 0x65;
const LOWER_U = 0x75;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** Indexed by character code: whether the character may follow a backslash by itself. */
const IS_SHORT_ESCAPE = Array.from({ length: 128 }, (_, code) => '"\\/bfnrt'.includes(String.fromCharCode(code)));
/** Less than the longest string of any JavaScript engine in use. */
const LONGEST_KEPT = 0x10000000;

/** `\\u` and four digits. */
const LONGEST_ESCAPE = 6;
const FOUR_HEX_DIGITS = /[0-9a-fA-F]{4}/y;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Where a text stops being JSON, and how; thrown by the scanner and caught by the parser. */
export class SyntaxStop extends Error {
  readonly reason: 'syntax' | 'depth';
  readonly offset: number;

  constructor(reason: 'syntax' | 'depth', offset: number, what: string) {
    super(what);
    this.reason = reason;
    this.offset = offset;
  }
}

export function tooDeep(offset: number, maxDepth: number): SyntaxStop {
  return new SyntaxStop('depth', offset, `nesting deeper than ${maxDepth} levels`);
}

/** Gives the next piece of a text, none of them empty; null at its end. */
export type TextSource = () => string | null;

/** Reads the tokens of a JSON text one after the other, and keeps no more of the text than the token at hand needs. */
export class Scanner {
  readonly #source: TextSource;
  readonly #hasGaps: boolean;
  /** What is kept of the text. */
  #text: string;
  /** Where in the whole text that begins. */
  #base: number;
  #position = 0;
  /** Where the token at hand begins. */
  #token = 0;

  /**
   * `base` is the offset of the text in the one that errors are about. In a text with gaps, `GAP` and a character stand
   * for as much white space as the code of the character says.
   */
  constructor(
    source: TextSource,
    { base = 0, hasGaps = false }: { readonly base?: number; readonly hasGaps?: boolean },
  ) {
    this.#source = source;
    this.#hasGaps = hasGaps;
    this.#text = source() ?? '';
    this.#base = base;
  }

  /** Of the next character, in the whole text. */
  get offset(): number {
    return this.#base + this.#position;
  }

  get isAtEnd(): boolean {
    return Number.isNaN(this.#code());
  }

  /** Steps over one character. */
  step(): void {
    this.#position += 1;
  }

  /** Reads a string from its opening quote. */
  string(): string {
    this.#token = this.#position;
    let text = this.#text;
    let end = this.#position + 1;
    for (;;) {
      let code = text.charCodeAt(end);
      while (code !== QUOTE && code !== BACKSLASH && code >= SPACE) code = text.charCodeAt(++end);
      this.#position = end;
      if (code === QUOTE) {
        this.#position += 1;
        return text.slice(this.#token + 1, end);
      }
      if (!Number.isNaN(code) || !this.#more()) return this.#stringWithEscapes();
      text = this.#text;
      end = this.#position;
    }
  }

  #stringWithEscapes(): string {
    let hasSurrogate = false;
    for (let code = this.#code(); code !== QUOTE; code = this.#code()) {
      if (code === BACKSLASH) hasSurrogate = this.#escape() || hasSurrogate;
      else if (code >= SPACE) this.#position += 1;
      else if (Number.isNaN(code)) this.fail('the end of the input inside a string');
      else this.fail(`raw control character ${this.found()} in a string`);
    }
    this.#position += 1;
    // Every escape has been checked, so the platform's parser only decodes.
    const decoded: unknown = JSON.parse(this.#text.slice(this.#token, this.#position));
    const value = String(decoded);
    return hasSurrogate ? value.replace(LONE_SURROGATE, '\ufffd') : value;
  }

  /** Reads one escape and tells whether it is half of a surrogate pair. */
  #escape(): boolean {
    this.#ensure(LONGEST_ESCAPE);
    const code = this.#text.charCodeAt(this.#position + 1);
    if (IS_SHORT_ESCAPE[code] === true) {
      this.#position += 2;
      return false;
    }
    FOUR_HEX_DIGITS.lastIndex = this.#position + 2;
    if (code !== LOWER_U || !FOUR_HEX_DIGITS.test(this.#text)) this.fail('an invalid escape in a string');
    const unit = Number.parseInt(this.#text.slice(this.#position + 2, this.#position + LONGEST_ESCAPE), 16);
    this.#position += LONGEST_ESCAPE;
    return unit >= 0xd800 && unit <= 0xdfff;
  }

  /**
   * The text of an object or array from its opening bracket to the one that closes it, with the number of members of all
   * objects in it. Nothing but its depth is checked, to which those around it count.
   */
  value(around: number, maxDepth: number): { readonly text: string; readonly members: number } {
    this.#token = this.#position;
    let members = 0;
    let text = this.#text;
    let at = this.#position;
    let depth = around;
    let gaps = 0;
    do {
      if (at >= text.length) {
        at = this.#moreAt(at, 'an object or array');
        text = this.#text;
      }
      const code = text.charCodeAt(at);
      at += 1;
      if (code === QUOTE) {
        for (;;) {
          if (at >= text.length) {
            at = this.#moreAt(at, 'a string');
            text = this.#text;
          }
          const inner = text.charCodeAt(at);
          at += 1;
          if (inner === QUOTE) break;
          if (inner === BACKSLASH) at += 1;
        }
      } else if (code === COLON) {
        members += 1;
      } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
        depth += 1;
        if (depth > maxDepth) throw tooDeep(this.#base + at - 1, maxDepth);
      } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
        depth -= 1;
      } else if (code === GAP && this.#hasGaps) {
        gaps += text.charCodeAt(at) - GAP_LENGTH;
        at += 1;
      }
    } while (depth > around);
    this.#position = at;
    this.#base += gaps;
    return { text: text.slice(this.#token, at), members };
  }

  number(): string {
    this.#token = this.#position;
    if (this.#code() === MINUS) this.#position += 1;
    if (this.#code() === ZERO) this.#position += 1;
    else this.#digits();
    if (this.#code() === POINT) {
      this.#position += 1;
      this.#digits();
    }
    const exponent = this.#code();
    if (exponent === LOWER_E || exponent === UPPER_E) {
      this.#position += 1;
      const sign = this.#code();
      if (sign === PLUS || sign === MINUS) this.#position += 1;
      this.#digits();
    }
    return this.#text.slice(this.#token, this.#position);
  }

  #digits(): void {
    let count = 0;
    for (let code = this.#code(); code >= ZERO && code <= NINE; code = this.#code()) {
      this.#position += 1;
      count += 1;
    }
    if (count === 0) this.fail(`expected a digit, found ${this.found()}`);
  }

  /** Steps over a word if it stands at the position. */
  takeWord(word: string): boolean {
    this.#ensure(word.length);
    if (!this.#text.startsWith(word, this.#position)) return false;
    this.#position += word.length;
    return true;
  }

  /** The code of the next character that is not white space; NaN at the end of the text. */
  skipSpace(): number {
    for (;;) {
      const text = this.#text;
      let position = this.#position;
      let code = text.charCodeAt(position);
      while (code <= SPACE && (code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB)) {
        code = text.charCodeAt(++position);
      }
      this.#position = position;
      this.#token = position;
      if (code === GAP && this.#hasGaps) {
        this.#base += text.charCodeAt(position + 1) - GAP_LENGTH;
        this.#position += GAP_LENGTH;
      } else if (!Number.isNaN(code) || !this.#more()) {
        return code;
      }
    }
  }

  /** What stands at the position, for a message. */
  found(): string {
    const point = this.#text.codePointAt(this.#position);
    if (point === undefined) return 'the end of the input';
    if (point > SPACE && point < 0x7f) return `"${String.fromCodePoint(point)}"`;
    return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  }

  /** Up to `length` characters from the position on, for a message; fewer at the end of a piece. */
  ahead(length: number): string {
    return this.#text.slice(this.#position, this.#position + length);
  }

  fail(what: string): never {
    throw new SyntaxStop('syntax', this.offset, what);
  }

  /** The code at the position; NaN at the end of the text. */
  #code(): number {
    const code = this.#text.charCodeAt(this.#position);
    return Number.isNaN(code) && this.#more() ? this.#text.charCodeAt(this.#position) : code;
  }

  /** Has so many characters at hand, if there are as many. */
  #ensure(length: number): void {
    while (this.#text.length - this.#position < length && this.#more());
  }

  /** Takes up the next piece of the text behind `position`, and gives that place in what is kept then. */
  #moreAt(position: number, within: string): number {
    this.#position = position;
    if (!this.#more()) this.fail(`the end of the input inside ${within}`);
    return this.#position;
  }

  /** Takes up the next piece of the text, and lets go of what was read; false at the end. */
  #more(): boolean {
    const piece = this.#source();
    if (piece === null) return false;
    const keep = Math.min(this.#token, this.#position);
    if (this.#text.length - keep + piece.length > LONGEST_KEPT) {
      this.fail(`a value of more than ${LONGEST_KEPT} characters`);
    }
    // Joined, it is one text to the engine, and not two to be asked for each character.
    this.#text = [this.#text.slice(keep), piece].join('');
    this.#base += keep;
    this.#position -= keep;
    this.#token -= keep;
    return true;
  }
}
