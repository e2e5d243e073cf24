import { NULL, type Value } from '../value.ts';
import { evaluateChain, stepInto } from './access.ts';
import { asChain } from './chain.ts';
import { evaluateForObject, evaluateForTuple, evaluateSplat } from './comprehension.ts';
import { evaluateConditional } from './conditional.ts';
import { type Context, invalid, isInvalid, MAXIMUM_STEPS, pending, suspended } from './context.ts';
import { convert } from './convert.ts';
import { evaluateCall } from './functions/call.ts';
import { formatNumber, parseNumber } from './number.ts';
import { evaluateBinary, evaluateUnary } from './operators.ts';
import { print } from './print.ts';
import { evaluateTemplateExpression } from './render.ts';
import type { Scope } from './scope.ts';
import type {
  AttributeExpression,
  Expression,
  IndexExpression,
  LiteralExpression,
  ObjectExpression,
  TemplateExpression,
  TupleExpression,
} from './syntax.ts';
import { textValue } from './text.ts';
import { STRING } from './type.ts';

/** The value of a string of `*.tf.json`. A lone `${...}` keeps the type of its value. Never throws. */
export function evaluateTemplate(template: TemplateExpression, scope: Scope): Value {
  return evaluate(template, scope);
}

/**
 * The value of an expression: known, a symbol, or an unknown that says why. It is never another than Terraform's;
 * where Terraform would refuse the expression it is unknown for the reason `invalid`.
 */
export function evaluate(expression: Expression, scope: Scope): Value {
  const context = freshContext(scope);
  const value = evaluateIn(expression, context);
  if (context.budget.steps > 0) return value;
  const detail = `takes more than ${MAXIMUM_STEPS} steps`;
  return suspended('limit', { expression, detail, operands: [value], context: freshContext(scope) });
}

function freshContext(scope: Scope): Context {
  return { scope, variables: new Map(), budget: { steps: MAXIMUM_STEPS }, evaluate: evaluateIn };
}

function evaluateIn(expression: Expression, context: Context): Value {
  if (context.budget.steps <= 0) return exhausted(expression);
  context.budget.steps--;
  switch (expression.kind) {
    case 'literal':
      return evaluateLiteral(expression);
    case 'template':
      return evaluateTemplateExpression(expression, context);
    case 'variable':
    case 'attribute':
    case 'index':
      return evaluateTraversal(expression, context);
    case 'splat':
      return evaluateSplat(expression, context);
    case 'call':
      return evaluateCall(expression, context);
    case 'tuple':
      return evaluateTuple(expression, context);
    case 'object':
      return evaluateObject(expression, context);
    case 'for-tuple':
      return evaluateForTuple(expression, context);
    case 'for-object':
      return evaluateForObject(expression, context);
    case 'conditional':
      return evaluateConditional(expression, context);
    case 'unary':
      return evaluateUnary(expression, context);
    case 'binary':
      return evaluateBinary(expression, context);
  }
}

/** Ends what is left of an evaluation; the whole of it comes out as `limit`, with its references. */
function exhausted(expression: Expression): Value {
  const detail = `takes more than ${MAXIMUM_STEPS} steps`;
  return { kind: 'unknown', reason: 'limit', expression: print(expression), detail, references: [], term: expression };
}

function evaluateLiteral(expression: LiteralExpression): Value {
  const { literal } = expression;
  switch (literal.type) {
    case 'string':
      return textValue(literal.value);
    case 'boolean':
      return { kind: 'boolean', value: literal.value };
    case 'null':
      return NULL;
    case 'number': {
      const number = parseNumber(literal.text);
      if (number !== null && number !== 'unsure') return { kind: 'number', text: formatNumber(number) };
      const detail = 'has more digits than are computed with';
      return { kind: 'unknown', reason: 'limit', expression: literal.text, detail, references: [], term: expression };
    }
  }
}

function evaluateTraversal(
  expression: AttributeExpression | IndexExpression | (Expression & { readonly kind: 'variable' }),
  context: Context,
): Value {
  const chain = asChain(expression);
  if (chain !== null) return evaluateChain(chain, expression, context);
  if (expression.kind === 'variable') return invalid(expression, 'names nothing');
  if (expression.kind === 'attribute') {
    const object = context.evaluate(expression.object, context);
    return stepInto(object, { kind: 'attribute', name: expression.name }, { expression, context });
  }
  const collection = context.evaluate(expression.collection, context);
  const key = context.evaluate(expression.key, context);
  return stepInto(collection, { kind: 'index', key }, { expression, context });
}

function evaluateTuple(expression: TupleExpression, context: Context): Value {
  const items: Value[] = [];
  for (const part of expression.items) {
    const item = context.evaluate(part, context);
    if (isInvalid(item)) return item;
    items.push(item);
  }
  return { kind: 'list', items };
}

function evaluateObject(expression: ObjectExpression, context: Context): Value {
  const entries = new Map<string, Value>();
  let isSensitive = false;
  for (const part of expression.entries) {
    const given = context.evaluate(part.key, context);
    const value = context.evaluate(part.value, context);
    if (isInvalid(given)) return given;
    if (isInvalid(value)) return value;
    if (given.kind === 'null') return invalid(expression, 'has a null key');
    const key = convert(given, STRING);
    if (key === 'invalid') return invalid(expression, `has a ${given.kind} as a key`);
    if (key === 'unsure' || key.kind !== 'string') return pending(expression, [given], context);
    if (given.sensitive) isSensitive = true;
    entries.set(key.value, value);
  }
  return isSensitive ? { kind: 'object', entries, sensitive: true } : { kind: 'object', entries };
}
