import type { Value } from '../value.ts';
import { type Context, invalid, isInvalid, marked, pending } from './context.ts';
import { convert } from './convert.ts';
import { iterate } from './iterate.ts';
import { operandAs } from './operators.ts';
import { inherited, orderedItems } from './order.ts';
import { SPLAT_ITEM } from './parse-expression.ts';
import type { ForObjectExpression, ForTupleExpression, SplatExpression } from './syntax.ts';
import { BOOLEAN, listForm, STRING } from './type.ts';

export function evaluateForTuple(expression: ForTupleExpression, context: Context): Value {
  const collection = context.evaluate(expression.collection, context);
  const passes = iterate(collection, { ...expression, expression, context });
  if (passes.contexts === null) return passes.result;
  const refusal = passes.contexts.length === 0 ? refusedCondition(expression, context) : null;
  if (refusal !== null) return refusal;
  const items: Value[] = [];
  const conditions: Value[] = [];
  for (const inner of passes.contexts) {
    const condition = conditionOf(expression, inner);
    conditions.push(condition);
    if (condition.kind !== 'boolean') return withheld(condition, expression, context);
    if (!condition.value) continue;
    const item = context.evaluate(expression.value, inner);
    if (isInvalid(item)) return item;
    items.push(item);
  }
  return markedBy({ kind: 'list', items }, [collection, ...conditions]);
}

export function evaluateForObject(expression: ForObjectExpression, context: Context): Value {
  const collection = context.evaluate(expression.collection, context);
  const passes = iterate(collection, { ...expression, expression, context });
  if (passes.contexts === null) return passes.result;
  const refusal = passes.contexts.length === 0 ? refusedCondition(expression, context) : null;
  if (refusal !== null) return refusal;
  const groups = new Map<string, Value[]>();
  const decisive: Value[] = [collection];
  for (const inner of passes.contexts) {
    const condition = conditionOf(expression, inner);
    decisive.push(condition);
    if (condition.kind !== 'boolean') return withheld(condition, expression, context);
    if (!condition.value) continue;
    const given = context.evaluate(expression.key, inner);
    const key = keyOf(given, expression);
    decisive.push(given);
    if (key.kind !== 'string') return withheld(key, expression, context);
    const value = context.evaluate(expression.value, inner);
    if (isInvalid(value)) return value;
    const group = groups.get(key.value);
    if (group === undefined) groups.set(key.value, [value]);
    else if (expression.group) group.push(value);
    else return invalid(expression, `gives the key "${key.value}" twice`);
  }
  const entries = new Map<string, Value>();
  for (const [key, values] of groups) {
    const [only] = values;
    if (expression.group) entries.set(key, { kind: 'list', items: values });
    else if (only !== undefined) entries.set(key, only);
  }
  return markedBy({ kind: 'object', entries }, decisive);
}

/** Terraform checks the condition once before the loop, so that it refuses a wrong one even over no items. */
function refusedCondition(expression: ForTupleExpression | ForObjectExpression, context: Context): Value | null {
  const { keyName, valueName } = expression;
  const variables = new Map(context.variables);
  const anything = pending(expression, [], context);
  if (keyName !== null) variables.set(keyName, anything);
  variables.set(valueName, anything);
  const condition = conditionOf(expression, { ...context, variables });
  return isInvalid(condition) ? condition : null;
}

/** True where the loop has no condition. */
function conditionOf({ condition }: ForTupleExpression | ForObjectExpression, context: Context): Value {
  if (condition === null) return { kind: 'boolean', value: true };
  const given = context.evaluate(condition, context);
  const converted = operandAs(given, BOOLEAN);
  if (converted === 'invalid')
    return isInvalid(given) ? given : invalid(condition, 'is a condition that is no boolean');
  return converted === 'unsure' ? given : marked(converted, [given]);
}

function keyOf(given: Value, expression: ForObjectExpression): Value {
  if (isInvalid(given)) return given;
  if (given.kind === 'null') return invalid(expression, 'has a null key');
  const key = convert(given, STRING);
  if (key === 'invalid') return invalid(expression, `has a ${given.kind} as a key`);
  return key === 'unsure' ? given : key;
}

/** A loop with a hidden condition or key: which items it has is not known. */
function withheld(cause: Value, expression: ForTupleExpression | ForObjectExpression, context: Context): Value {
  return isInvalid(cause) ? cause : pending(expression, [cause], context);
}

/** Which items there are tells of what chose them; the items carry their own marks. */
function markedBy(value: Value, sources: readonly Value[]): Value {
  return sources.some(({ sensitive }) => sensitive) ? { ...value, sensitive: true } : value;
}

/** `[*]` and `.*`: each item of a list; one that is no list counts as a list of one, null as none. */
export function evaluateSplat(expression: SplatExpression, context: Context): Value {
  const collection = context.evaluate(expression.collection, context);
  if (isInvalid(collection)) return collection;
  if (collection.kind === 'null' && (collection.typed || collection.origin !== undefined)) {
    return pending(expression, [collection], context);
  }
  if (collection.kind === 'null') return { kind: 'list', items: [] };
  if (collection.kind === 'reference' || collection.kind === 'unknown') {
    const isObject = collection.kind === 'reference' && collection.path.length === 0;
    if (!isObject) return pending(expression, [collection], context);
  }
  const items = collection.kind === 'list' ? orderedItems(collection) : [collection];
  if (items === null) return pending(expression, [collection], context);
  // Terraform checks the step against the item type even of an empty list, and that type is not kept.
  const isUntyped = collection.kind === 'list' && listForm(collection) !== 'tuple' && items.length === 0;
  if (isUntyped && expression.each.kind !== 'variable') return pending(expression, [collection], context);
  const results: Value[] = [];
  for (const [index, item] of items.entries()) {
    const variables = new Map(context.variables);
    variables.set(SPLAT_ITEM, collection.kind === 'list' ? inherited(item, collection, index) : item);
    const result = context.evaluate(expression.each, { ...context, variables });
    if (isInvalid(result)) return result;
    results.push(result);
  }
  const list: Value = { kind: 'list', items: results };
  if (collection.kind !== 'list' || listForm(collection) === 'tuple') return markedBy(list, [collection]);
  const form = listForm(collection) === 'declared' ? 'declared' : 'list';
  return markedBy({ ...list, collection: form }, [collection]);
}
