import {
  Composer,
  type CST,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  Parser,
  type YAMLMap,
} from 'yaml';
import { quote } from '../model/json/quote.ts';
import type { SourceLocation } from '../model/source.ts';
import { type PolicyProblem, problem } from './problem.ts';

/** Larger files are refused before they are parsed: the time of the YAML parser grows with the input. */
export const LARGEST_POLICY = 256 * 1024;
const DEEPEST = 16;
const DEEPEST_TOKENS = 64;

/** YAML as plain data (objects without prototype), with the place of each part by JSON pointer. */
export interface PlainDocument {
  readonly root: unknown;
  /** Place of a part; of its nearest written ancestor when the part itself is not written. */
  locate(pointer: string): SourceLocation;
  /** Place of the key of a part rather than of its value. */
  locateKey(pointer: string): SourceLocation;
}

export type DocumentResult =
  | { readonly kind: 'document'; readonly document: PlainDocument; readonly problems: readonly PolicyProblem[] }
  | { readonly kind: 'unreadable'; readonly problems: readonly PolicyProblem[] };

/**
 * Reads the part of YAML that reviewers read as it stands: mappings, sequences and scalars of YAML 1.2.
 * Anchors, aliases, merge keys, tags and duplicate keys are problems; the rest of the file is still read.
 */
export function readDocument(path: string, text: string): DocumentResult {
  const start: SourceLocation = { file: path, line: 1, column: 1 };
  if (text.length > LARGEST_POLICY) {
    const what = `the file has ${text.length} characters, more than ${LARGEST_POLICY}`;
    return unreadable(problem('PO-TOOLARGE', start, what, 'Move what is not policy out of the file.'));
  }
  const lines = new LineCounter();
  const place = (offset: number): SourceLocation => {
    const { line, col } = lines.linePos(offset);
    return { file: path, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const deep = firstDeeperThan(tokens, DEEPEST_TOKENS);
  if (deep !== null) {
    return unreadable(problem('PO-DEPTH', place(deep), 'the file nests too deep to be read', 'Flatten it.'));
  }
  // The library compares each key of a mapping with all others; `Reading` finds duplicates in linear time.
  const composer = new Composer({ version: '1.2', merge: false, uniqueKeys: false, prettyErrors: false });
  const [parsed, another] = [...composer.compose(tokens, true, text.length)];
  const directive = tokens.find(({ type }) => type === 'directive');
  if (directive !== undefined) {
    return unreadable(problem('PO-TAG', place(directive.offset), 'a YAML directive', 'Remove the line.'));
  }
  if (parsed === undefined || another !== undefined) {
    const what = 'the file holds several YAML documents';
    return unreadable(problem('PO-PARSE', place(another?.range[0] ?? 0), what, 'Keep one, without "---" between.'));
  }
  if (parsed.errors.length > 0) {
    return unreadable(
      ...parsed.errors.map(({ message, pos }) => problem('PO-PARSE', place(pos[0]), firstLine(message), PARSE_FIX)),
    );
  }
  const reading = new Reading(place);
  const root = parsed.contents === null ? null : reading.value(parsed.contents, '', 0);
  const isEmpty = root === null || (typeof root === 'object' && Object.keys(root).length === 0);
  if (isEmpty && reading.problems.length === 0) {
    return unreadable(problem('PO-EMPTY', start, 'the file is empty', 'Run "trefoil init" for a commented start.'));
  }
  const locate = (pointer: string): SourceLocation => reading.find(reading.values, pointer) ?? start;
  const locateKey = (pointer: string): SourceLocation => reading.find(reading.keys, pointer) ?? locate(pointer);
  return { kind: 'document', document: { root, locate, locateKey }, problems: reading.problems };
}

const PARSE_FIX = 'Correct the YAML; quote text that holds ": ", " #" or starts with a special character.';

function unreadable(...problems: readonly PolicyProblem[]): DocumentResult {
  return { kind: 'unreadable', problems };
}

/** The offset of the first token that nests deeper than `limit`. The composer recurses, so depth is bounded before it. */
function firstDeeperThan(tokens: readonly CST.Token[], limit: number): number | null {
  const open = tokens.map((token) => ({ token, depth: 0 })).toReversed();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > limit) return token.offset;
    if (token.type === 'document' && token.value !== undefined) open.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key) open.push({ token: key, depth: depth + 1 });
      if (value) open.push({ token: value, depth: depth + 1 });
    }
  }
  return null;
}

function firstLine(message: string): string {
  const [line = ''] = message.split('\n');
  return `invalid YAML: ${line.replace(/[.:]?\s*$/, '')}`;
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

/** Keys and array indices as JSON pointers escape them. */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

class Reading {
  readonly values = new Map<string, number>();
  readonly keys = new Map<string, number>();
  readonly problems: PolicyProblem[] = [];
  readonly place: (offset: number) => SourceLocation;

  constructor(place: (offset: number) => SourceLocation) {
    this.place = place;
  }

  /** Recursion is bounded by `DEEPEST`. */
  value(node: Node, pointer: string, depth: number): unknown {
    const offset = offsetOf(node);
    this.values.set(pointer, offset);
    if (isAlias(node)) {
      return this.refuse('PO-ALIAS', offset, `alias *${node.source}`, 'Write the value out.');
    }
    this.decorations(node, offset);
    if (depth > DEEPEST) {
      return this.refuse('PO-DEPTH', offset, `more than ${DEEPEST} levels of nesting`, 'Flatten it.');
    }
    if (isScalar(node)) return node.value;
    if (isSeq<ParsedNode>(node)) {
      return node.items.map((item, index) => this.value(item, `${pointer}/${index}`, depth + 1));
    }
    return isMap<ParsedNode, ParsedNode | null>(node) ? this.mapping(node, pointer, depth) : null;
  }

  mapping(node: YAMLMap<ParsedNode, ParsedNode | null>, pointer: string, depth: number): object {
    // Without a prototype, so that `__proto__` is a key like any other.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object without properties
    const result = Object.create(null) as { [key: string]: unknown };
    for (const { key, value } of node.items) {
      const offset = offsetOf(key);
      if (!isScalar(key) || typeof key.value !== 'string') {
        this.refuse('PO-KEY', offset, 'a key that is not a string', 'Quote the key.');
        continue;
      }
      const name = key.value;
      if (name === '<<') {
        this.refuse('PO-ALIAS', offset, 'merge key <<', 'Write the keys out.');
        continue;
      }
      const childPointer = `${pointer}/${escapePointer(name)}`;
      if (this.keys.has(childPointer)) {
        const { line, column } = this.place(this.keys.get(childPointer) ?? 0);
        this.refuse('PO-DUPKEY', offset, `duplicate key ${quote(name)} (first at ${line}:${column})`, 'Keep one.');
        continue;
      }
      this.decorations(key, offset);
      this.keys.set(childPointer, offset);
      if (value === null) this.values.set(childPointer, offset);
      result[name] = value === null ? null : this.value(value, childPointer, depth + 1);
    }
    return result;
  }

  decorations(node: Node, offset: number): void {
    if ('anchor' in node && node.anchor !== undefined) {
      this.refuse('PO-ALIAS', offset, `anchor &${node.anchor}`, 'Remove the anchor.');
    }
    if (node.tag !== undefined) {
      this.refuse('PO-TAG', offset, `tag ${quote(node.tag)}`, 'Remove the tag.');
    }
  }

  refuse(
    code: 'PO-ALIAS' | 'PO-TAG' | 'PO-DEPTH' | 'PO-KEY' | 'PO-DUPKEY',
    offset: number,
    what: string,
    fix: string,
  ): null {
    this.problems.push(problem(code, this.place(offset), what, fix));
    return null;
  }

  find(places: ReadonlyMap<string, number>, pointer: string): SourceLocation | null {
    for (let current = pointer; ; current = current.slice(0, current.lastIndexOf('/'))) {
      const offset = places.get(current);
      if (offset !== undefined) return this.place(offset);
      if (current === '') return null;
    }
  }
}
