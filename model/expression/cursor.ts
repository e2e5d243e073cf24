import type { Expression } from './syntax.ts';

/** Why a text is no expression; thrown inside the parser and turned into a value at its edge. */
export class SyntaxFailure extends Error {
  readonly offset: number;

  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
  }
}

/** Deeper syntax than people write; evaluation recurses over the tree, so this bounds its stack too. */
const MAXIMUM_DEPTH = 200;

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
/** The last of the characters that begin what `skip` moves over: space, tab, newline, `#` and `/`. */
const LAST_SKIPPED = 0x2f;

const NUMBER = /\d(?:(?:[\d.]|[eE][+-]?\d)*(?:\d|[eE][+-]?\d))?/y;

/** A position in the text that is parsed, with the token rules that every part of the grammar shares. */
export class Cursor {
  readonly text: string;
  position = 0;
  /** Inside braces a newline separates entries; inside parentheses and brackets it is a space. */
  private newlinesCount = false;
  private depth = 0;
  /** Of nodes that have children; all others are of height 1. */
  private readonly heights = new Map<Expression, number>();

  constructor(text: string) {
    this.text = text;
  }

  fail(reason: string, offset = this.position): never {
    throw new SyntaxFailure(offset, reason);
  }

  /** Runs a part of the grammar one level deeper. */
  nest<T>(parse: () => T): T {
    if (this.depth >= MAXIMUM_DEPTH) this.fail(`is nested more than ${MAXIMUM_DEPTH} levels deep`);
    this.depth++;
    const result = parse();
    this.depth--;
    return result;
  }

  withNewlines<T>(significant: boolean, parse: () => T): T {
    const before = this.newlinesCount;
    this.newlinesCount = significant;
    const result = parse();
    this.newlinesCount = before;
    return result;
  }

  /** Refuses trees whose height, which chains such as `a + b + c` build without nesting, exceeds the limit. */
  node<T extends Expression>(node: T, children: readonly Expression[]): T {
    if (children.length === 0) return node;
    let height = 0;
    for (const child of children) height = Math.max(height, this.heights.get(child) ?? 1);
    if (height >= MAXIMUM_DEPTH) this.fail(`has a chain of more than ${MAXIMUM_DEPTH} operations`);
    this.heights.set(node, height + 1);
    return node;
  }

  /** Moves over spaces, comments and, where they mean nothing, newlines. */
  skip(): void {
    // Nearly always nothing is to be skipped; not so at the end, where the code is NaN.
    while (this.text.charCodeAt(this.position) <= LAST_SKIPPED) {
      const char = this.text[this.position];
      if (char === ' ' || char === '\t') this.position++;
      else if (!this.newlinesCount && this.atNewline()) this.takeNewline();
      else if (char === '#' || this.text.startsWith('//', this.position)) this.skipLineComment();
      else if (this.text.startsWith('/*', this.position)) this.skipBlockComment();
      else return;
    }
  }

  at(token: string): boolean {
    this.skip();
    return this.text.startsWith(token, this.position);
  }

  take(token: string): boolean {
    if (!this.at(token)) return false;
    this.position += token.length;
    return true;
  }

  expect(token: string, context: string): void {
    if (!this.take(token)) this.fail(`expects "${token}" ${context}`);
  }

  /** `=` but neither `==` nor `=>`, `:` but not `::`. */
  takeAssignment(): boolean {
    const isEqual = this.at('=') && !this.at('==') && !this.at('=>');
    const isColon = this.at(':') && !this.at('::');
    if (isEqual || isColon) this.position++;
    return isEqual || isColon;
  }

  takeColon(): boolean {
    return !this.at('::') && this.take(':');
  }

  takeSeparatorLine(): boolean {
    this.skip();
    if (!this.atNewline()) return false;
    this.takeNewline();
    return true;
  }

  takeIdentifier(): string | null {
    this.skip();
    return this.takePattern(IDENTIFIER);
  }

  takeNumber(): string | null {
    this.skip();
    return this.takePattern(NUMBER);
  }

  /** Takes a keyword if it stands alone: `if`, not `iffy`. */
  takeKeyword(word: string): boolean {
    this.skip();
    const start = this.position;
    if (this.takePattern(IDENTIFIER) === word) return true;
    this.position = start;
    return false;
  }

  atEnd(): boolean {
    this.skip();
    return this.position >= this.text.length;
  }

  private takePattern(pattern: RegExp): string | null {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (match === null) return null;
    this.position += match[0].length;
    return match[0];
  }

  private atNewline(): boolean {
    return this.text[this.position] === '\n' || this.text.startsWith('\r\n', this.position);
  }

  private takeNewline(): void {
    this.position += this.text[this.position] === '\n' ? 1 : 2;
  }

  private skipLineComment(): void {
    const end = this.text.indexOf('\n', this.position);
    // Where newlines separate, the one that ends a comment still does.
    this.position = end === -1 ? this.text.length : end;
  }

  private skipBlockComment(): void {
    const end = this.text.indexOf('*/', this.position + 2);
    if (end === -1) this.fail('has a comment that is not closed');
    this.position = end + 2;
  }
}
