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
const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
const LOWER_E = 0x65;
const LOWER_U = 0x75;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** Indexed by character code: whether the character may follow a backslash by itself. */
const IS_SHORT_ESCAPE = Array.from({ length: 128 }, (_, code) => '"\\/bfnrt'.includes(String.fromCharCode(code)));
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

/** Reads the tokens of a JSON text from `position` on, and moves it behind them. */
export class Scanner {
  readonly #text: string;
  position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.position >= this.#text.length;
  }

  /** Reads a string from its opening quote. */
  string(): string {
    const text = this.#text;
    const start = this.position + 1;
    let end = start;
    let code = text.charCodeAt(end);
    while (code !== QUOTE && code !== BACKSLASH && code >= SPACE) code = text.charCodeAt(++end);
    this.position = end;
    if (code === QUOTE) {
      this.position += 1;
      return text.slice(start, end);
    }
    return this.#stringWithEscapes(start);
  }

  #stringWithEscapes(start: number): string {
    const text = this.#text;
    let hasSurrogate = false;
    let position = this.position;
    let code = text.charCodeAt(position);
    while (code !== QUOTE) {
      if (code === BACKSLASH) {
        this.position = position;
        hasSurrogate = this.#escape() || hasSurrogate;
        position = this.position;
      } else if (code >= SPACE) {
        position += 1;
      } else {
        this.position = position;
        if (position < text.length) this.fail(`raw control character ${this.found()} in a string`);
        this.fail('the end of the input inside a string');
      }
      code = text.charCodeAt(position);
    }
    this.position = position + 1;
    // Every escape has been checked, so the platform's parser only decodes.
    const decoded: unknown = JSON.parse(text.slice(start - 1, this.position));
    const value = String(decoded);
    return hasSurrogate ? value.replace(LONE_SURROGATE, '\ufffd') : value;
  }

  /** Reads one escape and tells whether it is half of a surrogate pair. */
  #escape(): boolean {
    const code = this.#text.charCodeAt(this.position + 1);
    if (IS_SHORT_ESCAPE[code] === true) {
      this.position += 2;
      return false;
    }
    FOUR_HEX_DIGITS.lastIndex = this.position + 2;
    if (code !== LOWER_U || !FOUR_HEX_DIGITS.test(this.#text)) this.fail('an invalid escape in a string');
    const unit = Number.parseInt(this.#text.slice(this.position + 2, this.position + 6), 16);
    this.position += 6;
    return unit >= 0xd800 && unit <= 0xdfff;
  }

  number(): string {
    const start = this.position;
    if (this.#text.charCodeAt(this.position) === MINUS) this.position += 1;
    if (this.#text.charCodeAt(this.position) === ZERO) this.position += 1;
    else this.#digits();
    if (this.#text.charCodeAt(this.position) === POINT) {
      this.position += 1;
      this.#digits();
    }
    const exponent = this.#text.charCodeAt(this.position);
    if (exponent === LOWER_E || exponent === UPPER_E) {
      this.position += 1;
      const sign = this.#text.charCodeAt(this.position);
      if (sign === PLUS || sign === MINUS) this.position += 1;
      this.#digits();
    }
    return this.#text.slice(start, this.position);
  }

  #digits(): void {
    const start = this.position;
    let code = this.#text.charCodeAt(this.position);
    while (code >= ZERO && code <= NINE) code = this.#text.charCodeAt(++this.position);
    if (this.position === start) this.fail(`expected a digit, found ${this.found()}`);
  }

  /** Steps over a word if it stands at the position. */
  takeWord(word: string): boolean {
    if (!this.#text.startsWith(word, this.position)) return false;
    this.position += word.length;
    return true;
  }

  /** The code of the next character that is not white space; NaN at the end of the text. */
  skipSpace(): number {
    const text = this.#text;
    let position = this.position;
    let code = text.charCodeAt(position);
    while (code <= SPACE && (code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB)) {
      code = text.charCodeAt(++position);
    }
    this.position = position;
    return code;
  }

  /** What stands at the position, for a message. */
  found(): string {
    const point = this.#text.codePointAt(this.position);
    if (point === undefined) return 'the end of the input';
    if (point > SPACE && point < 0x7f) return `"${String.fromCodePoint(point)}"`;
    return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  }

  fail(what: string): never {
    throw new SyntaxStop('syntax', this.position, what);
  }
}
