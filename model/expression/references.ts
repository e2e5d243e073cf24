import type { ReferenceValue, Value } from '../value.ts';
import { asChain } from './chain.ts';
import { childrenOf } from './children.ts';
import type { Context } from './context.ts';
import { SPLAT_ITEM } from './parse-expression.ts';
import type { Expression } from './syntax.ts';

/** Every reference that an expression mentions, evaluated or not, each once, in the order of mention. */
export function referencesOf(expression: Expression, context: Context): readonly ReferenceValue[] {
  const found = new Map<string, ReferenceValue>();
  collect(expression, context, new Set([SPLAT_ITEM]), found);
  return [...found.values()];
}

function collect(
  expression: Expression,
  context: Context,
  bound: ReadonlySet<string>,
  found: Map<string, ReferenceValue>,
): void {
  const chain = asChain(expression);
  const isBound = chain !== null && bound.has(chain.name) && !context.variables.has(chain.name);
  if (chain !== null && !isBound) {
    for (const reference of referencesIn(context.evaluate(expression, context))) {
      const { target, path } = reference;
      found.set(JSON.stringify([target.stack, target.address, path]), reference);
    }
    return;
  }
  for (const child of childrenOf(expression)) {
    const names = child.bound.length === 0 ? bound : new Set([...bound, ...child.bound]);
    collect(child.expression, context, names, found);
  }
}

/** The references that a value holds or was read through. */
export function referencesIn(value: Value): readonly ReferenceValue[] {
  const own = value.origin === undefined ? [] : [value.origin];
  switch (value.kind) {
    case 'reference':
      return [...own, value];
    case 'unknown':
      return [...own, ...value.references];
    case 'template':
      return [...own, ...value.parts.flatMap((part) => (typeof part === 'string' ? [] : referencesIn(part)))];
    case 'list':
      return own.length > 0 ? own : value.items.flatMap(referencesIn);
    case 'object':
      return own.length > 0 ? own : [...value.entries.values()].flatMap(referencesIn);
    default:
      return own;
  }
}
