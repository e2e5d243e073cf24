import { parseText } from '../../json/parse.ts';
import type { JsonNode } from '../../json/json.ts';
import { NULL, string, type Value } from '../../value.ts';
import { type Context, invalid, suspended } from '../context.ts';
import { type Conversion, convert } from '../convert.ts';
import { formatNumber, parseNumber } from '../number.ts';
import { orderedItems, ownEntries } from '../order.ts';
import { joinPieces } from '../render.ts';
import type { CallExpression } from '../syntax.ts';
import { compareText, textValue } from '../text.ts';
import { objectForm, STRING } from '../type.ts';
import { isTextual } from './collections.ts';
import { type FunctionTable, TEXT, textAt } from './definition.ts';

export const JSON_FUNCTIONS: FunctionTable = { jsondecode: { parameters: [TEXT], apply: decode } };

/** The JSON text that Terraform writes: keys sorted, `<`, `>` and `&` escaped; references stay as holes. */
export function encodeJson(values: readonly Value[], expression: CallExpression, context: Context): Value {
  const [value, ...more] = values;
  if (value === undefined || more.length > 0) return invalid(expression, 'gives jsonencode() other than one argument');
  const pieces: Value[] = [];
  if (encode(value, pieces)) return joinPieces(pieces, expression, context);
  const detail = 'jsonencode() depends on what is not known before apply';
  return suspended('function', { expression, detail, operands: values, context });
}

/** False when the text depends on what is hidden. */
function encode(value: Value, pieces: Value[]): boolean {
  const add = (text: string): void => void pieces.push(string(text));
  switch (value.kind) {
    case 'null':
      add('null');
      return true;
    case 'boolean':
      add(String(value.value));
      return value.origin === undefined;
    case 'number': {
      const number = parseNumber(value.text);
      if (number === null || number === 'unsure') return false;
      add(formatNumber(number));
      return value.origin === undefined;
    }
    case 'string':
      add(quote(value.value));
      return true;
    case 'template':
      if (value.parts.some((part) => typeof part !== 'string' && part.kind === 'unknown')) return false;
      add('"');
      for (const part of value.parts) pieces.push(typeof part === 'string' ? string(quote(part).slice(1, -1)) : part);
      add('"');
      return true;
    case 'reference':
      // Only of text is the form known: numbers and lists are written without quotes.
      if (!isTextual(value.path)) return false;
      pieces.push(string('"'), value, string('"'));
      return true;
    case 'unknown':
      return false;
    case 'list': {
      const items = orderedItems(value);
      if (items === null) return false;
      add('[');
      const isComplete = items.every((item, index) => {
        if (index > 0) add(',');
        return encode(item, pieces);
      });
      add(']');
      return isComplete;
    }
    case 'object': {
      if (objectForm(value) === 'declared') return false;
      add('{');
      const entries = ownEntries(value).toSorted(([left], [right]) => compareText(left, right));
      const isComplete = entries.every(([key, item], index) => {
        add(`${index > 0 ? ',' : ''}${quote(key)}:`);
        return encode(item, pieces);
      });
      add('}');
      return isComplete;
    }
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function quote(text: string): string {
  const escaped = text.replace(/["\\\u0000-\u001f<>&\u2028\u2029]/g, (char) => {
    return ESCAPES.get(char) ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

const MAXIMUM_DEPTH = 100;

function decode(values: readonly Value[]): Conversion {
  const parsed = parseText(textAt(values, 0), MAXIMUM_DEPTH);
  // Readers of JSON differ on what is broken; Terraform's word is not anticipated.
  return parsed.kind === 'value' ? fromJson(parsed.root) : 'unsure';
}

function fromJson(node: JsonNode): Conversion {
  switch (node.kind) {
    case 'null':
      return NULL;
    case 'boolean':
      return { kind: 'boolean', value: node.value };
    case 'string':
      return textValue(node.value);
    case 'number': {
      const number = parseNumber(node.text);
      return number === null || number === 'unsure' ? 'unsure' : { kind: 'number', text: formatNumber(number) };
    }
    case 'array': {
      const items: Value[] = [];
      for (const item of node.items) {
        const value = fromJson(item);
        if (value === 'unsure' || value === 'invalid') return value;
        items.push(value);
      }
      return { kind: 'list', items };
    }
    case 'object': {
      const entries = new Map<string, Value>();
      for (const { key, value: member } of node.members) {
        const value = fromJson(member);
        if (value === 'unsure' || value === 'invalid' || entries.has(key)) return 'unsure';
        entries.set(key, value);
      }
      return { kind: 'object', entries };
    }
  }
}

/** A value as one piece of text, as `%v` writes it: primitives bare, all else as JSON. */
export function encodePieces(value: Value): readonly Value[] | null {
  const bare = value.kind === 'list' || value.kind === 'object' ? 'unsure' : convert(value, STRING);
  if (bare !== 'unsure' && bare !== 'invalid' && bare.kind !== 'null') return [bare];
  const pieces: Value[] = [];
  return encode(value, pieces) ? pieces : null;
}
