import { type ReferenceValue, type TemplateValue, type UnknownValue, type Value } from '../value.ts';
import { type Context, invalid, isInvalid, marked, MAXIMUM_TEXT, pending, suspended } from './context.ts';
import { convert } from './convert.ts';
import { iterate } from './iterate.ts';
import { operandAs } from './operators.ts';
import type { Expression, TemplateExpression, TemplatePart } from './syntax.ts';
import { textValue } from './text.ts';
import { BOOLEAN, STRING } from './type.ts';

export function evaluateTemplateExpression(expression: TemplateExpression, context: Context): Value {
  const [only, ...more] = expression.parts;
  if (only?.kind === 'interpolation' && more.length === 0) return context.evaluate(only.expression, context);
  return renderParts(expression.parts, expression, context);
}

function renderParts(parts: readonly TemplatePart[], expression: Expression, context: Context): Value {
  const pieces = parts.map((part) => renderPart(part, expression, context));
  return joinPieces(pieces, expression, context);
}

function renderPart(part: TemplatePart, expression: Expression, context: Context): Value {
  switch (part.kind) {
    case 'text':
      return textValue(part.text);
    case 'interpolation':
      return context.evaluate(part.expression, context);
    case 'if':
      return renderIf(part, expression, context);
    case 'for':
      return renderFor(part, expression, context);
  }
}

type IfPart = TemplatePart & { readonly kind: 'if' };

function renderIf(part: IfPart, expression: Expression, context: Context): Value {
  const condition = context.evaluate(part.condition, context);
  const chosen = operandAs(condition, BOOLEAN);
  if (chosen === 'invalid') {
    return isInvalid(condition) ? condition : invalid(expression, 'has an "if" whose condition is no boolean');
  }
  if (chosen === 'unsure' || chosen.kind !== 'boolean') return pending(expression, [condition], context);
  return marked(renderParts(chosen.value ? part.then : part.otherwise, expression, context), [condition]);
}

type ForPart = TemplatePart & { readonly kind: 'for' };

function renderFor(part: ForPart, expression: Expression, context: Context): Value {
  const collection = context.evaluate(part.collection, context);
  const passes = iterate(collection, { ...part, expression, context });
  if (passes.contexts === null) return passes.result;
  const pieces = passes.contexts.map((inner) => renderParts(part.body, expression, inner));
  const text = joinPieces(pieces, expression, context);
  return collection.sensitive ? { ...text, sensitive: true } : text;
}

/** Texts and symbols joined to one string; adjacent texts merge, and a string without symbols is plain. */
export function joinPieces(pieces: readonly Value[], expression: Expression, context: Context): Value {
  const parts: (string | ReferenceValue | UnknownValue)[] = [];
  let isHiddenSensitive = false;
  for (const piece of pieces) {
    if (isInvalid(piece)) return piece;
    if (piece.kind === 'null') return invalid(expression, 'puts null into a string');
    const text = convert(piece, STRING);
    if (text === 'invalid') return invalid(expression, `puts a ${piece.kind} into a string`);
    if (text === 'unsure') return pending(expression, [piece], context);
    if (text.sensitive) isHiddenSensitive = true;
    if (text.kind === 'string') append(parts, text.value);
    else if (text.kind === 'template') for (const part of text.parts) append(parts, part);
    else if (text.kind === 'reference' || text.kind === 'unknown') append(parts, text);
  }
  const length = parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
  if (length > MAXIMUM_TEXT) {
    return suspended('limit', {
      expression,
      detail: `is longer than ${MAXIMUM_TEXT} characters`,
      operands: pieces,
      context,
    });
  }
  const value = templateOf(parts);
  return isHiddenSensitive ? { ...value, sensitive: true } : value;
}

function append(parts: (string | ReferenceValue | UnknownValue)[], part: string | ReferenceValue | UnknownValue): void {
  const last = parts.at(-1);
  if (part === '') return;
  if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
  else parts.push(part);
}

/** Never a lone symbol as a template: joined with nothing, a symbol stands for its own text. */
function templateOf(parts: readonly (string | ReferenceValue | UnknownValue)[]): Value {
  const [only = '', ...more] = parts;
  if (more.length > 0) return { kind: 'template', parts } satisfies TemplateValue;
  return typeof only === 'string' ? textValue(only) : only;
}
