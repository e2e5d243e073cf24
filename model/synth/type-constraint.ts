import { type Conversion, convert } from '../expression/convert.ts';
import { evaluate } from '../expression/evaluate.ts';
import { parseExpression } from '../expression/parse.ts';
import type { Scope } from '../expression/scope.ts';
import type { CallExpression, Expression } from '../expression/syntax.ts';
import { BOOLEAN, DYNAMIC, NUMBER, STRING, type Type, UNSURE } from '../expression/type.ts';
import { NULL, unknown, type Value } from '../value.ts';

/** The type of an input variable: `list(object({ name = string, port = optional(number, 443) }))`. */
export type TypeConstraint =
  | { readonly kind: 'plain'; readonly type: Type }
  | { readonly kind: 'list' | 'set' | 'map'; readonly element: TypeConstraint }
  | { readonly kind: 'tuple'; readonly items: readonly TypeConstraint[] }
  | { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, AttributeConstraint> };

interface AttributeConstraint {
  readonly constraint: TypeConstraint;
  readonly isOptional: boolean;
  /** What stands in for an attribute that is absent or null. */
  readonly fallback: Value | null;
}

const PLAIN: ReadonlyMap<string, Type> = new Map([
  ['string', STRING],
  ['number', NUMBER],
  ['bool', BOOLEAN],
  ['any', DYNAMIC],
]);

/** Keywords of Terraform 0.11, which it still takes. */
const LEGACY: ReadonlyMap<string, TypeConstraint> = new Map([
  ['list', { kind: 'list', element: { kind: 'plain', type: DYNAMIC } }],
  ['map', { kind: 'map', element: { kind: 'plain', type: DYNAMIC } }],
]);

const NO_NAMES: Scope = {
  root: (path) => unknown('invalid', path.join('.'), 'is no constant'),
  attribute: (reference) => reference,
};

/** The constraint that a `type` argument states, or null where Terraform refuses it. */
export function parseTypeConstraint(text: string): TypeConstraint | null {
  const parsed = parseExpression(text);
  return parsed.kind === 'error' ? null : constraintOf(parsed.expression);
}

/** The value as Terraform hands it to the expressions of a module: defaults filled in, then converted. */
export function conform(value: Value, constraint: TypeConstraint): Conversion {
  return convert(filled(value, constraint), typeOf(constraint));
}

function constraintOf(expression: Expression): TypeConstraint | null {
  if (expression.kind === 'variable') {
    const type = PLAIN.get(expression.name);
    return type === undefined ? (LEGACY.get(expression.name) ?? null) : { kind: 'plain', type };
  }
  if (expression.kind !== 'call') return null;
  const [argument, ...more] = expression.arguments;
  if (argument === undefined || more.length > 0) return null;
  switch (expression.name) {
    case 'list':
    case 'set':
    case 'map': {
      const element = constraintOf(argument);
      return element === null ? null : { kind: expression.name, element };
    }
    case 'tuple':
      return argument.kind === 'tuple' ? tupleOf(argument.items) : null;
    case 'object':
      return argument.kind === 'object' ? objectOf(argument.entries) : null;
    default:
      return null;
  }
}

function tupleOf(expressions: readonly Expression[]): TypeConstraint | null {
  const items = expressions.map(constraintOf).filter((item) => item !== null);
  return items.length === expressions.length ? { kind: 'tuple', items } : null;
}

function objectOf(entries: readonly { readonly key: Expression; readonly value: Expression }[]): TypeConstraint | null {
  const attributes = new Map<string, AttributeConstraint>();
  for (const { key, value } of entries) {
    const name = evaluate(key, NO_NAMES);
    const attribute = attributeOf(value);
    if (name.kind !== 'string' || attribute === null) return null;
    attributes.set(name.value, attribute);
  }
  return { kind: 'object', attributes };
}

function attributeOf(expression: Expression): AttributeConstraint | null {
  if (!isOptional(expression)) {
    const constraint = constraintOf(expression);
    return constraint === null ? null : { constraint, isOptional: false, fallback: null };
  }
  const [type, fallback] = expression.arguments;
  const constraint = type === undefined ? null : constraintOf(type);
  if (constraint === null) return null;
  return { constraint, isOptional: true, fallback: fallback === undefined ? null : evaluate(fallback, NO_NAMES) };
}

function isOptional(expression: Expression): expression is CallExpression {
  return expression.kind === 'call' && expression.name === 'optional';
}

function filled(value: Value, constraint: TypeConstraint): Value {
  switch (constraint.kind) {
    case 'plain':
      return value;
    case 'list':
    case 'set':
    case 'map': {
      const { element } = constraint;
      if (value.kind === 'list') return { ...value, items: value.items.map((item) => filled(item, element)) };
      if (value.kind !== 'object') return value;
      const entries = Array.from(value.entries, ([key, item]) => [key, filled(item, element)] as const);
      return { ...value, entries: new Map(entries) };
    }
    case 'tuple': {
      if (value.kind !== 'list') return value;
      const { items } = constraint;
      return {
        ...value,
        items: value.items.map((item, index) => filled(item, items[index] ?? { kind: 'plain', type: UNSURE })),
      };
    }
    case 'object':
      return value.kind === 'object'
        ? { ...value, entries: filledEntries(value.entries, constraint.attributes) }
        : value;
  }
}

function filledEntries(
  given: ReadonlyMap<string, Value>,
  attributes: ReadonlyMap<string, AttributeConstraint>,
): ReadonlyMap<string, Value> {
  const entries = new Map<string, Value>();
  for (const [name, { constraint, isOptional: mayBeAbsent, fallback }] of attributes) {
    const own = given.get(name) ?? (mayBeAbsent ? NULL : null);
    if (own === null) continue;
    entries.set(name, filled(own.kind === 'null' ? (fallback ?? own) : own, constraint));
  }
  return entries;
}

function typeOf(constraint: TypeConstraint): Type {
  switch (constraint.kind) {
    case 'plain':
      return constraint.type;
    case 'list':
    case 'set':
    case 'map':
      return constraint.kind === 'map'
        ? { kind: 'map', element: typeOf(constraint.element) }
        : { kind: constraint.kind, element: typeOf(constraint.element) };
    case 'tuple':
      return { kind: 'tuple', items: constraint.items.map(typeOf) };
    case 'object': {
      const attributes = Array.from(constraint.attributes, ([name, { constraint: of }]) => [name, typeOf(of)] as const);
      return { kind: 'object', attributes: new Map(attributes) };
    }
  }
}
