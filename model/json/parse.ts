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
  type TextSource,
  tooDeep,
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
  /** The text from `offset` on, as much as tells what it is. */
  readonly ahead: string;
}

export type ParseResult = { readonly kind: 'value'; readonly root: JsonNode } | ParseFailure;

/** The text of an object, with the number of members that it and all objects in it have. */
export interface TakenItem {
  readonly text: string;
  readonly members: number;
  readonly offset: number;
}

/** What is done with the items of arrays while a text is read, so that the document need not hold them all. */
export interface ItemTaker {
  /** Whether the items of the array are taken that stands under these keys, whatever arrays stand between them. */
  readonly takes: (keys: readonly string[]) => boolean;
  /** What the document holds in place of an object, of which nothing was read yet; null for nothing. */
  readonly take: (item: TakenItem, keys: readonly string[]) => JsonNode | null;
}

/**
 * Reads one RFC 8259 value with nothing but white space around it. Containers that are still open live on an explicit
 * stack, so depth costs no call stack. Lone surrogates become U+FFFD, which is what Terraform makes of them.
 */
export function parseText(text: string, maxDepth: number): ParseResult {
  return parsePieces(onePiece(text), { maxDepth });
}

/** A text as a source of it. */
export function onePiece(text: string): TextSource {
  let rest: string | null = text;
  return () => {
    const piece = rest;
    rest = null;
    return piece;
  };
}

export interface PiecesOptions {
  readonly maxDepth: number;
  /** Offset of the text in the document that offsets are to be of. */
  readonly base?: number;
  /** Whether what is read outlives the text by far, so that no string may be a part of it. */
  readonly isDetached?: boolean;
  readonly taker?: ItemTaker;
  /** Whether it has gaps for white space. */
  readonly hasGaps?: boolean;
}

/** Reads a value whose text comes in pieces. */
export function parsePieces(source: TextSource, options: PiecesOptions): ParseResult {
  const scanner = new Scanner(source, options);
  const failure = (
    reason: ParseFailure['reason'],
    offset: number,
    what: string,
    root: JsonNode | null,
  ): ParseFailure => ({ kind: 'failure', reason, offset, what, root, ahead: scanner.ahead(AHEAD) });
  try {
    const root = new Parser(scanner, options).value();
    scanner.skipSpace();
    if (scanner.isAtEnd) return { kind: 'value', root };
    return failure('trailing', scanner.offset, `${scanner.found()} after the end of the JSON value`, root);
  } catch (error) {
    if (!(error instanceof SyntaxStop)) throw error;
    return failure(error.reason, error.offset, error.message, null);
  }
}

/** Characters that tell what stands where no JSON does. */
const AHEAD = 100;

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
  readonly #isDetached: boolean;
  readonly #taker: ItemTaker | null;
  readonly #open: OpenContainer[] = [];
  // Children of all open containers. A closing container takes its own off the end in one slice of exact size;
  // growing an array per container would leave most of it unused.
  readonly #members: JsonMember[] = [];
  readonly #items: JsonNode[] = [];
  #depth = 0;
  #memberCount = 0;
  #itemCount = 0;

  constructor(scanner: Scanner, { maxDepth, isDetached = false, taker }: PiecesOptions) {
    this.#scanner = scanner;
    this.#maxDepth = maxDepth;
    this.#isDetached = isDetached;
    this.#taker = taker ?? null;
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
    const { offset } = this.#scanner;
    if (code === QUOTE) return { kind: 'string', offset, value: this.#string() };
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
      const container = this.#push(false, offset, this.#itemCount);
      const keys = this.#taker === null ? null : this.#keysToTake(this.#taker);
      return keys === null ? null : this.#takeItems(container, keys);
    }
    if (code === MINUS || (code >= ZERO && code <= NINE))
      return { kind: 'number', offset, text: this.#scanner.number() };
    if (this.#scanner.takeWord('true')) return { kind: 'boolean', offset, value: true };
    if (this.#scanner.takeWord('false')) return { kind: 'boolean', offset, value: false };
    if (this.#scanner.takeWord('null')) return { kind: 'null', offset };
    return this.#scanner.fail(`expected a JSON value, found ${this.#scanner.found()}`);
  }

  #string(): string {
    const text = this.#scanner.string();
    return this.#isDetached ? detached(text) : text;
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
      this.#scanner.step();
      if (container.isObject) this.#key(container);
      return null;
    }
    if (code === (container.isObject ? CLOSE_BRACE : CLOSE_BRACKET)) {
      this.#scanner.step();
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
      throw tooDeep(this.#scanner.offset, this.#maxDepth);
    }
    this.#scanner.step();
  }

  #leaveEmpty(node: JsonNode): JsonNode {
    this.#scanner.step();
    return node;
  }

  #push(isObject: boolean, offset: number, start: number): OpenContainer {
    let container = this.#open[this.#depth];
    if (container === undefined) {
      container = { isObject, offset, start, key: '', keyOffset: 0 };
      this.#open.push(container);
    } else {
      container.isObject = isObject;
      container.offset = offset;
      container.start = start;
    }
    this.#depth += 1;
    return container;
  }

  /** The keys under which the innermost container stands, if its items are to be taken. */
  #keysToTake({ takes }: ItemTaker): readonly string[] | null {
    const keys = this.#open.slice(0, this.#depth).flatMap(({ isObject, key }) => (isObject ? [key] : []));
    return takes(keys) ? keys : null;
  }

  /** Reads an array to its end, or up to an item that is no object, of which the parser reads on. */
  #takeItems(container: OpenContainer, keys: readonly string[]): JsonNode | null {
    for (;;) {
      if (this.#scanner.skipSpace() !== OPEN_BRACE) return null;
      const { offset } = this.#scanner;
      const item = this.#scanner.value(this.#depth, this.#maxDepth);
      const kept = this.#taker?.take({ ...item, offset }, keys) ?? null;
      if (kept !== null) this.#items[this.#itemCount++] = kept;
      const code = this.#scanner.skipSpace();
      if (code === COMMA) {
        this.#scanner.step();
      } else if (code === CLOSE_BRACKET) {
        this.#scanner.step();
        this.#depth -= 1;
        return this.#close(container);
      } else {
        return this.#scanner.fail(`expected "," or "]", found ${this.#scanner.found()}`);
      }
    }
  }

  #key(container: OpenContainer): void {
    if (this.#scanner.skipSpace() !== QUOTE)
      this.#scanner.fail(`expected a key in double quotes, found ${this.#scanner.found()}`);
    container.keyOffset = this.#scanner.offset;
    container.key = this.#string();
    if (this.#scanner.skipSpace() !== COLON)
      this.#scanner.fail(`expected ":" after a key, found ${this.#scanner.found()}`);
    this.#scanner.step();
  }
}

/** The engine copies shorter parts of a text. */
const SHORTEST_PART = 13;

/** Longer texts are seldom equal. */
const LONGEST_SHARED = 64;

/** Texts that were read lately, each at the place that its characters give: what many objects have is in memory once. */
const RECENT: string[] = Array.from({ length: 4096 }, () => '');

/** An equal text of its own. The engine makes long parts of a text hold on to all of it. */
function detached(text: string): string {
  if (text.length > LONGEST_SHARED) return copied(text);
  const place = placeOf(text);
  const recent = RECENT[place];
  if (recent === text) return recent;
  const own = copied(text);
  RECENT[place] = own;
  return own;
}

function copied(text: string): string {
  return text.length < SHORTEST_PART ? text : ` ${text}`.slice(1);
}

function placeOf(text: string): number {
  let hash = text.length;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash & (RECENT.length - 1);
}
