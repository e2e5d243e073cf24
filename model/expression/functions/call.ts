import { isHidden, type Value } from '../../value.ts';
import {
  type Context,
  holdsOwnDoubt,
  invalid,
  isInvalid,
  marked,
  MAXIMUM_ITEMS,
  MAXIMUM_TEXT,
  suspended,
} from '../context.ts';
import { type Conversion, convert } from '../convert.ts';
import { orderedItems } from '../order.ts';
import type { CallExpression } from '../syntax.ts';
import { formatPieces, joinPiecesOf } from './assemble.ts';
import { encodeJson } from './json.ts';
import type { FunctionDefinition, Parameter } from './definition.ts';
import { FUNCTIONS } from './registry.ts';

/**
 * The result of a function. One that is impure (`timestamp`), reads files, or is not evaluated gives an unknown for
 * the reason `function`; so does one whose hidden arguments decide.
 */
export function evaluateCall(expression: CallExpression, context: Context): Value {
  const { name } = expression;
  if (name === 'try' || name === 'can') return evaluateAttempt(expression, context);
  const given = argumentsOf(expression, context);
  if (given.kind === 'settled') return given.value;
  const { values } = given;
  const definition = FUNCTIONS.get(name);
  const assembled = assemble(name, values, expression, context);
  if (assembled !== null) return marked(assembled, values);
  if (definition === undefined) {
    return suspended('function', { expression, detail: `${name}() is not evaluated`, operands: values, context });
  }
  const result = applyTo(definition, values);
  if (result === 'invalid') return invalid(expression, `gives ${name}() arguments that it does not take`);
  if (result === 'unsure' || values.some(holdsOwnDoubt)) return undecided(expression, values, context);
  if (isTooLarge(result)) {
    return suspended('limit', { expression, detail: `makes ${name}() too large`, operands: values, context });
  }
  return marked(result, values);
}

type Arguments =
  { readonly kind: 'given'; readonly values: readonly Value[] } | { readonly kind: 'settled'; readonly value: Value };

function argumentsOf(expression: CallExpression, context: Context): Arguments {
  const values: Value[] = [];
  for (const [index, argument] of expression.arguments.entries()) {
    const value = context.evaluate(argument, context);
    if (isInvalid(value)) return { kind: 'settled', value };
    const isExpanded = expression.expandLast && index === expression.arguments.length - 1;
    if (!isExpanded) {
      values.push(value);
      continue;
    }
    if (isHidden(value)) return { kind: 'settled', value: undecided(expression, [...values, value], context) };
    if (value.kind !== 'list') return { kind: 'settled', value: invalid(expression, 'expands what is no list') };
    const items = orderedItems(value);
    if (items === null) return { kind: 'settled', value: undecided(expression, values, context) };
    values.push(...items);
  }
  return { kind: 'given', values };
}

/** `try` gives the first argument that Terraform accepts, `can` whether it accepts its one. */
function evaluateAttempt(expression: CallExpression, context: Context): Value {
  const { name } = expression;
  if (expression.expandLast || expression.arguments.length === 0) {
    return invalid(expression, `gives ${name}() arguments that it does not take`);
  }
  if (name === 'can' && expression.arguments.length !== 1) return invalid(expression, 'gives can() several arguments');
  for (const argument of expression.arguments) {
    const value = context.evaluate(argument, context);
    if (isInvalid(value)) continue;
    // What a provider computes may turn out to have or lack the part that is tried.
    if (mayFail(value)) return undecided(expression, [value], context);
    return name === 'can' ? { kind: 'boolean', value: true } : value;
  }
  return name === 'can' ? { kind: 'boolean', value: false } : invalid(expression, 'tries nothing that succeeds');
}

/** A top-level attribute is there by its schema; what lies deeper may not be. */
function mayFail(value: Value): boolean {
  switch (value.kind) {
    case 'unknown':
      return true;
    case 'reference':
      return value.path.length > 1;
    case 'template':
      return value.parts.some((part) => typeof part !== 'string' && mayFail(part));
    case 'list':
      return value.items.some(mayFail);
    case 'object':
      return [...value.entries.values()].some(mayFail);
    default:
      return false;
  }
}

/** Functions that build text piece by piece, and so keep symbols as holes in it. */
function assemble(name: string, values: readonly Value[], expression: CallExpression, context: Context): Value | null {
  switch (name) {
    case 'join':
      return joinPiecesOf(values, expression, context);
    case 'format':
      return formatPieces(values, expression, context);
    case 'jsonencode':
      return encodeJson(values, expression, context);
    default:
      return null;
  }
}

/** Converts the arguments as the parameters want and applies the function. */
function applyTo(definition: FunctionDefinition, values: readonly Value[]): Conversion {
  const { parameters, rest, optional = 0 } = definition;
  if (values.length < parameters.length - optional) return 'invalid';
  if (values.length > parameters.length && rest === undefined) return 'invalid';
  const converted: Value[] = [];
  let isUnsure = false;
  for (const [index, value] of values.entries()) {
    const parameter = parameters[index] ?? rest;
    const result = parameter === undefined ? 'invalid' : accept(value, parameter);
    if (result === 'invalid') return 'invalid';
    if (result === 'unsure') isUnsure = true;
    else converted.push(result);
  }
  return isUnsure ? 'unsure' : definition.apply(converted);
}

function accept(value: Value, parameter: Parameter): Conversion {
  if (value.kind === 'null') return parameter.allowsNull ? value : value.origin === undefined ? 'invalid' : 'unsure';
  if (isHidden(value)) return parameter.allowsHidden ? value : 'unsure';
  const converted = convert(value, parameter.type);
  if (typeof converted === 'string' || parameter.allowsHidden) return converted;
  return hasHidden(converted) ? 'unsure' : converted;
}

function hasHidden(value: Value): boolean {
  if (value.kind === 'list') return value.items.some(hasHidden);
  if (value.kind === 'object') return [...value.entries.values()].some(hasHidden);
  return isHidden(value);
}

function undecided(expression: CallExpression, values: readonly Value[], context: Context): Value {
  const detail = `${expression.name}() depends on what is not known before apply`;
  return suspended('function', { expression, detail, operands: values, context });
}

function isTooLarge(value: Value): boolean {
  if (value.kind === 'list') return value.items.length > MAXIMUM_ITEMS;
  return value.kind === 'string' && value.value.length > MAXIMUM_TEXT;
}
