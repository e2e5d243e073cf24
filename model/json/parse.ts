import type { JsonArray, JsonMember, JsonNode, JsonObject } from './json.ts';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  MINUS,
  NINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  Scanner,
  SyntaxStop,
  ZERO,
} from './scan.ts';

/** Where and why a text is no JSON value. */
export interface ParseFailure {
  readonly kind: 'failure';
  readonly reason: 'syntax' | 'depth' | 'trailing';
  readonly offset: number;
  /** A clause: `expected a value, found "}"`. */
  readonly what: string;
  /** For `trailing`: the value that ended before `offset`. */
  readonly root: JsonNode | null;
}

export type ParseResult = { readonly kind: 'value'; readonly root: JsonNode } | ParseFailure;

/**
 * Reads one RFC 8259 value with nothing but white space around it. Containers that are still open live on an explicit
 * stack, so depth costs no call stack. Lone surrogates become U+FFFD, which is what Terraform makes of them.
 */
export function parseText(text: string, maxDepth: number): ParseResult {
  const scanner = new Scanner(text);
  try {
    const root = new Parser(scanner, maxDepth).value();
    scanner.skipSpace();
    if (scanner.isAtEnd) return { kind: 'value', root };
    const what = `${scanner.found()} after the end of the JSON value`;
    return { kind: 'failure', reason: 'trailing', offset: scanner.position, what, root };
  } catch (error) {
    if (!(error instanceof SyntaxStop)) throw error;
    return { kind: 'failure', reason: error.reason, offset: error.offset, what: error.message, root: null };
  }
}

/** An object or array whose end has not been read; one per depth, reused. */
interface OpenContainer {
  isObject: boolean;
  offset: number;
  /** How much of the pending members or items belonged to the containers around it. */
  start: number;
  key: string;
  keyOffset: number;
}

class Parser {
  readonly #scanner: Scanner;
  readonly #maxDepth: number;
  readonly #open: OpenContainer[] = [];
  // Children of all open containers. A closing container takes its own off the end in one slice of exact size;
  // growing an array per container would leave most of it unused.
  readonly #members: JsonMember[] = [];
  readonly #items: JsonNode[] = [];
  #depth = 0;
  #memberCount = 0;
  #itemCount = 0;

  constructor(scanner: Scanner, maxDepth: number) {
    this.#scanner = scanner;
    this.#maxDepth = maxDepth;
  }

  value(): JsonNode {
    for (;;) {
      let node = this.#scalarOrOpen();
      while (node !== null) {
        const container = this.#open[this.#depth - 1];
        if (container === undefined) return node;
        node = this.#append(container, node);
      }
    }
  }

  /** Reads a scalar or an empty container whole; opens any other container, up to its first value, and gives null. */
  #scalarOrOpen(): JsonNode | null {
    const code = this.#scanner.skipSpace();
    const offset = this.#scanner.position;
    if (code === QUOTE) return { kind: 'string', offset, value: this.#scanner.string() };
    if (code === OPEN_BRACE) {
      this.#enter();
      if (this.#scanner.skipSpace() === CLOSE_BRACE) return this.#leaveEmpty({ kind: 'object', offset, members: [] });
      const container = this.#push(true, offset, this.#memberCount);
      this.#key(container);
      return null;
    }
    if (code === OPEN_BRACKET) {
      this.#enter();
      if (this.#scanner.skipSpace() === CLOSE_BRACKET) return this.#leaveEmpty({ kind: 'array', offset, items: [] });
      this.#push(false, offset, this.#itemCount);
      return null;
    }
    if (code === MINUS || (code >= ZERO && code <= NINE))
      return { kind: 'number', offset, text: this.#scanner.number() };
    if (this.#scanner.takeWord('true')) return { kind: 'boolean', offset, value: true };
    if (this.#scanner.takeWord('false')) return { kind: 'boolean', offset, value: false };
    if (this.#scanner.takeWord('null')) return { kind: 'null', offset };
    return this.#scanner.fail(`expected a JSON value, found ${this.#scanner.found()}`);
  }

  /** Adds a value to the innermost container; gives that container if it ends here, null if another value follows. */
  #append(container: OpenContainer, node: JsonNode): JsonNode | null {
    if (container.isObject) {
      const { key, keyOffset } = container;
      this.#members[this.#memberCount++] = { key, keyOffset, value: node };
    } else {
      this.#items[this.#itemCount++] = node;
    }
    const code = this.#scanner.skipSpace();
    if (code === COMMA) {
      this.#scanner.position += 1;
      if (container.isObject) this.#key(container);
      return null;
    }
    if (code === (container.isObject ? CLOSE_BRACE : CLOSE_BRACKET)) {
      this.#scanner.position += 1;
      this.#depth -= 1;
      return this.#close(container);
    }
    return this.#scanner.fail(`expected "," or "${container.isObject ? '}' : ']'}", found ${this.#scanner.found()}`);
  }

  #close({ isObject, offset, start }: OpenContainer): JsonObject | JsonArray {
    if (isObject) {
      const members = this.#members.slice(start, this.#memberCount);
      this.#memberCount = start;
      return { kind: 'object', offset, members };
    }
    const items = this.#items.slice(start, this.#itemCount);
    this.#itemCount = start;
    return { kind: 'array', offset, items };
  }

  #enter(): void {
    if (this.#depth >= this.#maxDepth) {
      throw new SyntaxStop('depth', this.#scanner.position, `nesting deeper than ${this.#maxDepth} levels`);
    }
    this.#scanner.position += 1;
  }

  #leaveEmpty(node: JsonNode): JsonNode {
    this.#scanner.position += 1;
    return node;
  }

  #push(isObject: boolean, offset: number, start: number): OpenContainer {
    const used = this.#open[this.#depth];
    this.#depth += 1;
    if (used === undefined) {
      const created = { isObject, offset, start, key: '', keyOffset: 0 };
      this.#open.push(created);
      return created;
    }
    used.isObject = isObject;
    used.offset = offset;
    used.start = start;
    return used;
  }

  #key(container: OpenContainer): void {
    if (this.#scanner.skipSpace() !== QUOTE)
      this.#scanner.fail(`expected a key in double quotes, found ${this.#scanner.found()}`);
    container.keyOffset = this.#scanner.position;
    container.key = this.#scanner.string();
    if (this.#scanner.skipSpace() !== COLON)
      this.#scanner.fail(`expected ":" after a key, found ${this.#scanner.found()}`);
    this.#scanner.position += 1;
  }
}
