import type { Recent } from '../recent.ts';
import type { JsonArray, JsonMember, JsonNode, JsonObject } from './json.ts';
import { onePiece, parsePieces } from './parse.ts';
import { BACKSLASH, GAP, QUOTE } from './scan.ts';

/** Bytes that are asked for at once. */
const BLOCK = 1024 * 1024;

/** Bytes of UTF-8 for one UTF-16 code unit, at most. */
const WIDEST = 3;

const NULL_VALUE = ':null';

/** Higher codes are halves of characters. */
const LONGEST_GAP = 0xd800;

/** Where the text of a packed object is. */
export interface Packed {
  readonly texts: PackedTexts;
  readonly block: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Texts of objects of a document, in a tenth of the memory that their nodes take. */
export class PackedTexts {
  readonly recent: Recent;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #block = new Uint8Array(0);
  #used = 0;

  constructor(recent: Recent) {
    this.recent = recent;
  }

  /** `text` is that of an object which was read without error. */
  pack(text: string): Packed {
    return this.#add(text);
  }

  /** As `pack`, for objects in which a member that is null means no more than its absence: it reads as absent. */
  packWithoutNulls(text: string): Packed {
    return this.#add(withoutNulls(text));
  }

  #add(text: string): Packed {
    const longest = text.length * WIDEST;
    if (this.#block.length - this.#used < longest) {
      this.#block = new Uint8Array(Math.max(BLOCK, longest));
      this.#used = 0;
    }
    const start = this.#used;
    const { written } = this.#encoder.encodeInto(text, this.#block.subarray(start));
    this.#used += written;
    return { texts: this, block: this.#block, start, end: this.#used };
  }

  text({ block, start, end }: Packed): string {
    return this.#decoder.decode(block.subarray(start, end));
  }
}

/** Leaves out members that are null, each with one of the commas around it. */
function withoutNulls(text: string): string {
  let kept = '';
  let from = 0;
  for (let start = text.indexOf('"'); start !== -1;) {
    const end = endOfString(text, start);
    if (text.startsWith(NULL_VALUE, end)) {
      const behind = end + NULL_VALUE.length;
      const isFollowed = text[behind] === ',';
      // The comma before is there unless it went with the member before.
      const isLast = text[behind] === '}' && start > from && text[start - 1] === ',';
      if (isFollowed || isLast) {
        const first = isFollowed ? start : start - 1;
        const next = isFollowed ? behind + 1 : behind;
        kept += text.slice(from, first) + gap(next - first);
        from = next;
      }
    }
    start = text.indexOf('"', end);
  }
  return kept + text.slice(from);
}

/** Where a string ends that begins with the quote at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (let code = text.charCodeAt(at); code !== QUOTE && at < text.length; code = text.charCodeAt(at)) {
    at += code === BACKSLASH ? 2 : 1;
  }
  return at + 1;
}

function gap(length: number): string {
  return length < LONGEST_GAP ? String.fromCharCode(GAP, length) : ' '.repeat(length);
}

/**
 * An object of a document that is kept as text. It looks like any other; its nodes are made when they are asked for, and
 * let go when many others were asked for since.
 */
export class PackedObject implements JsonObject {
  readonly kind = 'object';
  readonly offset: number;
  readonly #packed: Packed;
  #members: readonly JsonMember[] | null = null;

  constructor(packed: Packed, offset: number) {
    this.offset = offset;
    this.#packed = packed;
  }

  get members(): readonly JsonMember[] {
    if (this.#members === null) {
      const { texts } = this.#packed;
      this.#members = membersOf(texts.text(this.#packed), this.offset, 2);
      texts.recent.add(this);
    }
    return this.#members;
  }

  forget(): void {
    this.#members = null;
  }
}

/** An object within a packed one, of which nothing is read before it is asked for. */
class NestedObject implements JsonObject {
  readonly kind = 'object';
  readonly offset: number;
  readonly #text: string;
  #members: readonly JsonMember[] | null = null;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.offset = offset;
  }

  get members(): readonly JsonMember[] {
    this.#members ??= membersOf(this.#text, this.offset, 1);
    return this.#members;
  }
}

class NestedArray implements JsonArray {
  readonly kind = 'array';
  readonly offset: number;
  readonly #text: string;
  #items: readonly JsonNode[] | null = null;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.offset = offset;
  }

  get items(): readonly JsonNode[] {
    this.#items ??= itemsOf(this.#text, this.offset);
    return this.#items;
  }
}

function membersOf(text: string, offset: number, levels: number): readonly JsonMember[] {
  const root = shallow(text, offset, levels);
  return root.kind === 'object' ? root.members : [];
}

function itemsOf(text: string, offset: number): readonly JsonNode[] {
  const root = shallow(text, offset, 1);
  return root.kind === 'array' ? root.items : [];
}

/** Reads so many levels. The text was read without error before, so none is expected. */
function shallow(text: string, offset: number, depth: number): JsonNode {
  const result = parsePieces(onePiece(text), {
    maxDepth: depth,
    hasGaps: true,
    base: offset,
    isDetached: true,
    nested: {
      depth,
      make: (kind, part, at) => (kind === 'object' ? new NestedObject(part, at) : new NestedArray(part, at)),
    },
  });
  if (result.kind === 'value') return result.root;
  throw new TypeError(`what was kept as JSON is none: ${result.what} at ${result.offset}`);
}
