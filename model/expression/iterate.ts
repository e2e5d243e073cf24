import type { Value } from '../value.ts';
import { type Context, invalid, isInvalid, MAXIMUM_ITEMS, pending, suspended } from './context.ts';
import { inherited, orderedItems } from './order.ts';
import { compareText, textValue } from './text.ts';
import type { Expression } from './syntax.ts';
import { objectForm } from './type.ts';

/** A loop over a collection: its variables, and the expression that it belongs to. */
interface Loop {
  readonly keyName: string | null;
  readonly valueName: string;
  readonly expression: Expression;
  readonly context: Context;
}

/** A context for each pass of a loop, in Terraform's order; or what the whole loop comes to without any. */
type Passes = { readonly contexts: readonly Context[] } | { readonly contexts: null; readonly result: Value };

export function iterate(collection: Value, loop: Loop): Passes {
  const pairs = pairsFor(collection, loop);
  if (!Array.isArray(pairs)) return { contexts: null, result: pairs };
  const { context } = loop;
  const contexts = pairs.map(([key, value]) => {
    const variables = new Map(context.variables);
    if (loop.keyName !== null) variables.set(loop.keyName, collection.sensitive ? { ...key, sensitive: true } : key);
    variables.set(loop.valueName, collection.sensitive ? { ...value, sensitive: true } : value);
    return { ...context, variables };
  });
  return { contexts };
}

type Pair = readonly [Value, Value];

function pairsFor(collection: Value, loop: Loop): Pair[] | Value {
  const { expression, context } = loop;
  if (isInvalid(collection)) return collection;
  const pairs = pairsOf(collection);
  if (pairs === 'invalid')
    return invalid(expression, `runs over ${collection.kind === 'null' ? 'null' : `a ${collection.kind}`}`);
  if (pairs === 'unsure') return pending(expression, [collection], context);
  // Each pass costs before it is made, so that loops within loops end as soon as the budget does.
  context.budget.steps -= pairs.length;
  if (pairs.length > MAXIMUM_ITEMS || context.budget.steps <= 0) {
    return suspended('limit', {
      expression,
      detail: `runs more than ${MAXIMUM_ITEMS} times`,
      operands: [collection],
      context,
    });
  }
  return pairs;
}

function pairsOf(collection: Value): Pair[] | 'invalid' | 'unsure' {
  switch (collection.kind) {
    case 'list': {
      const items = orderedItems(collection);
      if (items === null) return 'unsure';
      return items.map((item, index): Pair => {
        const value = inherited(item, collection, index);
        return [collection.set ? value : { kind: 'number', text: String(index) }, value];
      });
    }
    case 'object': {
      // Either a map, or a block that stands without its list.
      if (objectForm(collection) === 'declared') return 'unsure';
      const keys = [...collection.entries.keys()].toSorted(compareText);
      return keys.flatMap((key): Pair[] => {
        const item = collection.entries.get(key);
        return item === undefined ? [] : [[textValue(key), inherited(item, collection, key)]];
      });
    }
    case 'reference':
    case 'unknown':
      return 'unsure';
    default:
      return collection.origin === undefined ? 'invalid' : 'unsure';
  }
}
