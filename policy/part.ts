import { escapePointer, type PlainDocument } from './document.ts';
import { type PolicyErrorCode, type PolicyProblem, problem } from './problem.ts';

/**
 * A part of a document that may have any shape. The rules read through it what has the right shape and leave the rest
 * to the schema, so that one pass reports the errors of both.
 */
export class Part {
  readonly value: unknown;
  readonly pointer: string;
  readonly document: PlainDocument;

  /** The whole document, or a part of it; the value of a part that is not there is undefined. */
  constructor(document: PlainDocument, part: Pick<Part, 'value' | 'pointer'> = { value: document.root, pointer: '' }) {
    this.document = document;
    this.value = part.value;
    this.pointer = part.pointer;
  }

  at(key: string): Part {
    const value = isRecord(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined;
    return new Part(this.document, { value, pointer: `${this.pointer}/${escapePointer(key)}` });
  }

  /** The items of a list under a key; nothing when it is no list. */
  items(key: string): readonly Part[] {
    const list = this.at(key);
    if (!Array.isArray(list.value)) return [];
    return list.value.map((value: unknown, index) => {
      return new Part(this.document, { value, pointer: `${list.pointer}/${index}` });
    });
  }

  /** The strings of a list under a key. */
  texts(key: string): readonly TextPart[] {
    return this.items(key).flatMap((item) => item.asText() ?? []);
  }

  /** The string under a key; null when it is not written or no string. */
  text(key: string): TextPart | null {
    return this.at(key).asText();
  }

  asText(): TextPart | null {
    return typeof this.value === 'string' ? { text: this.value, part: this } : null;
  }

  problem(code: PolicyErrorCode, what: string, fix: string): PolicyProblem {
    return problem(code, this.document.locate(this.pointer), what, fix);
  }
}

export interface TextPart {
  readonly text: string;
  readonly part: Part;
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
