import { parsePolicyTemplate } from '../../model/aws/policy-document.ts';
import type { Step } from '../../model/resource.ts';
import { child, type StringValue, type Value } from '../../model/value.ts';

/** Texts that a machine reads as a document. */
const DOCUMENT = /^\s*[[{]/;

/** Whether a text is read as a document. */
export function isDocument(value: Value): boolean {
  const text = value.kind === 'string' ? value.value : value.kind === 'template' ? value.parts[0] : null;
  return typeof text === 'string' && DOCUMENT.test(text);
}

/** What JSON text holds; anything but an object or a list where it is none, or a hole could hold more. */
export function documentIn(value: Extract<Value, { kind: 'string' | 'template' }>): Value {
  if (!textOf(value).trimStart().startsWith('[')) return parsePolicyTemplate(value);
  // Policies are objects; a list is read inside of one.
  const [before, after] = ['{"list":', '}'];
  const wrapped: Value =
    value.kind === 'string'
      ? { ...value, value: before + value.value + after }
      : { ...value, parts: value.parts.map((part, index) => wrap(part, index, value.parts.length)) };
  return child(parsePolicyTemplate(wrapped), 'list');

  function wrap<Part>(part: Part | string, index: number, count: number): Part | string {
    if (typeof part !== 'string') return part;
    return (index === 0 ? before : '') + part + (index === count - 1 ? after : '');
  }
}

/** What a hole holds may go on with the name beside it, which is then no name. */
export function textOf(value: Extract<Value, { kind: 'string' | 'template' }>): string {
  if (value.kind === 'string') return value.value;
  return value.parts.map((part) => (typeof part === 'string' ? part : '*')).join('');
}

/** Arguments that take base64, or may. */
const ENCODED = /user_data|base64|(?:^|_)b64$/i;

const BASE64 = /^[A-Za-z0-9+/]{16,}={0,2}$/;

/** What base64 of an argument stands for, where that is text. What is compressed is none. */
export function decodedText(value: StringValue, name: Step): StringValue | null {
  if (typeof name !== 'string' || !ENCODED.test(name)) return null;
  const text = value.value.replace(/\s+/g, '');
  if (text.length % 4 !== 0 || !BASE64.test(text)) return null;
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { kind: 'string', value: decoded, ...(value.sensitive === true ? { sensitive: true } : {}) };
  } catch {
    return null;
  }
}
