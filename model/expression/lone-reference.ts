import type { Expression, TemplateExpression } from './syntax.ts';

/** A reference that is a whole string, `${aws_kms_key.data.arn}`: nearly every expression that CDKTF writes. */
const LONE_REFERENCE = /^\$\{[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*){1,16}\}$/;

/** Words that are values where a name could stand. */
const WORDS = new Set(['true', 'false', 'null']);

/** The tree that the grammar makes of such a string, without its cost; null for any other text. */
export function loneReference(text: string): TemplateExpression | null {
  if (!LONE_REFERENCE.test(text)) return null;
  const start = '${'.length;
  const close = text.length - 1;
  let end = text.indexOf('.', start);
  const root = text.slice(start, end);
  if (WORDS.has(root)) return null;
  let expression: Expression = { kind: 'variable', name: root, start, end };
  while (end < close) {
    const from = end + 1;
    const dot = text.indexOf('.', from);
    end = dot === -1 ? close : dot;
    expression = { kind: 'attribute', object: expression, name: text.slice(from, end), start, end };
  }
  return { kind: 'template', parts: [{ kind: 'interpolation', expression }], start: 0, end: text.length };
}
