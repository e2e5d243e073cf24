import { Cursor, SyntaxFailure } from './cursor.ts';
import { loneReference } from './lone-reference.ts';
import { parseExpressionAt, templateChildren } from './parse-expression.ts';
import { parseBareTemplate } from './parse-template.ts';
import type { Expression, TemplateExpression } from './syntax.ts';

/** What a text parses to, or where and why it does not. The message continues "the expression ...". */
export type ParseResult<T extends Expression = Expression> =
  | { readonly kind: 'parsed'; readonly expression: T }
  | { readonly kind: 'error'; readonly offset: number; readonly message: string };

/** True when the text means itself: nothing in it is evaluated or unescaped. */
export function isPlain(text: string): boolean {
  return !text.includes('${') && !text.includes('%{');
}

/** Parses a string of `*.tf.json`: literal text with `${...}` and `%{...}`. Never throws. */
export function parseTemplate(text: string): ParseResult<TemplateExpression> {
  const lone = loneReference(text);
  if (lone !== null) return { kind: 'parsed', expression: lone };
  return settle(() => {
    const cursor = new Cursor(text);
    const parts = parseBareTemplate(cursor, parseExpressionAt);
    return cursor.node({ kind: 'template', parts, start: 0, end: text.length }, templateChildren(parts));
  });
}

/** Parses a text that is an expression as a whole, as between `${` and `}`. Never throws. */
export function parseExpression(text: string): ParseResult {
  return settle(() => {
    const cursor = new Cursor(text);
    const expression = parseExpressionAt(cursor);
    if (!cursor.atEnd()) cursor.fail('goes on after its end');
    return expression;
  });
}

function settle<T extends Expression>(parse: () => T): ParseResult<T> {
  try {
    return { kind: 'parsed', expression: parse() };
  } catch (error) {
    if (error instanceof SyntaxFailure) return { kind: 'error', offset: error.offset, message: error.message };
    throw error;
  }
}
