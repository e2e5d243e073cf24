import type { Recent } from '../recent.ts';
import type { JsonMember, JsonObject } from './json.ts';
import { onePiece, parsePieces } from './parse.ts';
import { BACKSLASH, CLOSE_BRACE, COLON, COMMA, GAP, NINE, OPEN_BRACE, QUOTE, ZERO } from './scan.ts';

/** Bytes that are asked for at once. */
const BLOCK = 1024 * 1024;

/** Bytes of UTF-8 for one UTF-16 code unit, at most. */
const WIDEST = 3;

const NULL_VALUE = ':null';

const UNDERSCORE = 0x5f;
const LOWER_A = 0x61;
const LOWER_Z = 0x7a;

/** The engine reads and writes texts of ASCII alone many times faster, and keeps them in a byte for a character. */
const LONGEST_GAP = 0x7f;

/** Bytes of many texts, and who reads them. */
interface Block {
  readonly texts: PackedTexts;
  readonly bytes: Uint8Array;
}

/** Where the text of a packed object is. */
export interface Packed {
  readonly block: Block;
  readonly start: number;
  readonly end: number;
}

/** Texts of objects of a document, in a tenth of the memory that their nodes take. */
export class PackedTexts {
  readonly recent: Recent;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #block: Block = { texts: this, bytes: new Uint8Array(0) };
  #used = 0;

  constructor(recent: Recent) {
    this.recent = recent;
  }

  /** `text` is that of an object which was read without error, perhaps with gaps. */
  pack(text: string): Packed {
    const longest = text.length * WIDEST;
    if (this.#block.bytes.length - this.#used < longest) {
      this.#block = { texts: this, bytes: new Uint8Array(Math.max(BLOCK, longest)) };
      this.#used = 0;
    }
    const start = this.#used;
    const { written } = this.#encoder.encodeInto(text, this.#block.bytes.subarray(start));
    this.#used += written;
    return { block: this.#block, start, end: this.#used };
  }

  text({ block, start, end }: Packed): string {
    return this.#decoder.decode(block.bytes.subarray(start, end));
  }
}

/**
 * The text of an object with a gap for its first members, up to one that is no string: they read as absent. Gaps that
 * it has already end them.
 */
export function withoutHead(text: string): string {
  let from = 1;
  while (text.charCodeAt(from) === QUOTE) {
    const value = endOfString(text, from) + 1;
    if (text.charCodeAt(value - 1) !== COLON || text.charCodeAt(value) !== QUOTE) break;
    const end = endOfString(text, value);
    // The last one stays, for what follows the comma that goes with a member is another.
    if (text.charCodeAt(end) !== COMMA) break;
    from = end + 1;
  }
  return from === 1 ? text : `{${gap(from - 1)}${text.slice(from)}`;
}

/**
 * A text without gaps with one for each member that is null and has a name of small letters, digits and underscores, and
 * for one of the commas around it: it reads as absent.
 */
export function withoutNulls(text: string): string {
  let kept = '';
  let from = 0;
  // Of the gap that ends at `from`: mostly many members in a row are null.
  let skipped = 0;
  for (let colon = text.indexOf(NULL_VALUE); colon !== -1; colon = text.indexOf(NULL_VALUE, colon + 1)) {
    const start = startOfName(text, colon);
    if (start === null) continue;
    const behind = colon + NULL_VALUE.length;
    const isFollowed = text.charCodeAt(behind) === COMMA;
    // The comma before is there unless it went with the member before.
    const isLast = text.charCodeAt(behind) === CLOSE_BRACE && start > from && text.charCodeAt(start - 1) === COMMA;
    if (!isFollowed && !isLast) continue;
    const first = isFollowed ? start : start - 1;
    const next = isFollowed ? behind + 1 : behind;
    if (first > from) {
      kept += gap(skipped) + text.slice(from, first);
      skipped = 0;
    }
    skipped += next - first;
    from = next;
  }
  return kept + gap(skipped) + text.slice(from);
}

/**
 * Where the name begins that a colon stands behind; null for a name of other characters, or for a colon inside a string.
 * Two quotes with nothing but a name between them are those of one string: else something would stand between two strings.
 */
function startOfName(text: string, colon: number): number | null {
  if (text.charCodeAt(colon - 1) !== QUOTE) return null;
  let at = colon - 2;
  while (isOfName(text.charCodeAt(at))) at -= 1;
  if (at === colon - 2 || text.charCodeAt(at) !== QUOTE) return null;
  const before = text.charCodeAt(at - 1);
  return before === COMMA || before === OPEN_BRACE ? at : null;
}

function isOfName(code: number): boolean {
  return (code >= LOWER_A && code <= LOWER_Z) || code === UNDERSCORE || (code >= ZERO && code <= NINE);
}

/**
 * The text of an object with a gap for the last members of the object that ends it, where `members` matches them all from
 * their comma on: they read as absent.
 */
export function withoutTail(text: string, members: RegExp): string {
  const end = text.length - '}}'.length;
  const [tail = ''] = text.endsWith('}}') ? (members.exec(text.slice(0, end)) ?? []) : [];
  return tail === '' ? text : text.slice(0, end - tail.length) + gap(tail.length) + text.slice(end);
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
  const rest = length % LONGEST_GAP;
  const whole = String.fromCharCode(GAP, LONGEST_GAP).repeat((length - rest) / LONGEST_GAP);
  return rest === 0 ? whole : whole + String.fromCharCode(GAP, rest);
}

/**
 * An object of a document that is kept as text. It looks like any other; its nodes are made when they are asked for, and
 * let go when many others were asked for since.
 */
export class PackedObject implements JsonObject {
  readonly offset: number;
  // In place of what is `Packed`, since there are as many as a plan has resources.
  readonly #block: Block;
  readonly #start: number;
  readonly #end: number;
  #members: readonly JsonMember[] | null = null;

  constructor({ block, start, end }: Packed, offset: number) {
    this.offset = offset;
    this.#block = block;
    this.#start = start;
    this.#end = end;
  }

  // No member of each, since there are two for each resource of a plan.
  get kind(): 'object' {
    return 'object';
  }

  get members(): readonly JsonMember[] {
    if (this.#members === null) {
      const { texts } = this.#block;
      const text = texts.text({ block: this.#block, start: this.#start, end: this.#end });
      this.#members = membersOf(text, this.offset);
      texts.recent.add(this);
    }
    return this.#members;
  }

  forget(): void {
    this.#members = null;
  }
}

/** The text was read without error before, so none is expected. */
function membersOf(text: string, offset: number): readonly JsonMember[] {
  const result = parsePieces(onePiece(text), { maxDepth: Infinity, hasGaps: true, base: offset, isDetached: true });
  if (result.kind === 'value' && result.root.kind === 'object') return result.root.members;
  throw new TypeError(`what was kept as a JSON object is none, at ${offset}`);
}
