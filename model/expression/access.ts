import { type ListValue, type ObjectValue, type ReferenceValue, type Value } from '../value.ts';
import type { Chain, Step } from './chain.ts';
import { type Context, invalid, isInvalid, marked, pending } from './context.ts';
import { convert } from './convert.ts';
import { parseNumber, toInteger } from './number.ts';
import { inherited } from './order.ts';
import type { Expression } from './syntax.ts';
import { listForm, NUMBER, objectForm, STRING } from './type.ts';

/** Where a step is taken, for what is said about it when it fails. */
export interface Site {
  readonly expression: Expression;
  readonly context: Context;
}

/** How many names after the root one identify what the root holds. Any other root is a resource type, and takes one. */
const ROOT_NAMES: ReadonlyMap<string, number> = new Map([
  ['self', 0],
  ['data', 2],
  ['ephemeral', 2],
]);

export function evaluateChain(chain: Chain, expression: Expression, context: Context): Value {
  const { name, steps } = chain;
  const local = context.variables.get(name);
  const rootLength = local === undefined ? (ROOT_NAMES.get(name) ?? 1) : 0;
  const path = [name];
  for (const step of steps.slice(0, rootLength)) {
    if (step.kind === 'attribute') path.push(step.name);
  }
  if (path.length !== rootLength + 1) return invalid(expression, `names no object: "${name}" needs a name after it`);
  let value = local ?? context.scope.root(path);
  for (const step of steps.slice(rootLength)) value = stepInto(value, step, { expression, context });
  return value;
}

/** One attribute or index of a value. */
export function stepInto(value: Value, step: Step, site: Site): Value {
  const { expression, context } = site;
  if (isInvalid(value)) return value;
  if (step.kind === 'index' && isInvalid(step.key)) return step.key;
  switch (value.kind) {
    case 'null':
      return invalid(expression, 'reads a part of null');
    case 'string':
    case 'number':
    case 'boolean':
    case 'template':
      return value.origin === undefined
        ? invalid(expression, `reads a part of a ${value.kind}`)
        : pending(expression, [value], context);
    case 'unknown':
      return deeper(value, step, site);
    case 'reference':
      return ofReference(value, step, site);
    case 'list':
      return ofList(value, step, site);
    case 'object':
      return ofObject(value, step, site);
  }
}

/** A part of something unknown is unknown for the same reason. */
function deeper(value: Value & { readonly kind: 'unknown' }, step: Step, { expression, context }: Site): Value {
  if (step.kind === 'attribute') return { ...value, expression: `${value.expression}.${step.name}`, term: expression };
  const { key } = step;
  if (key.kind === 'string')
    return { ...value, expression: `${value.expression}[${JSON.stringify(key.value)}]`, term: expression };
  if (key.kind === 'number') return { ...value, expression: `${value.expression}[${key.text}]`, term: expression };
  return key.kind === 'null' ? invalid(expression, 'has a null index') : pending(expression, [value, key], context);
}

function ofReference(reference: ReferenceValue, step: Step, site: Site): Value {
  const { expression, context } = site;
  if (step.kind === 'attribute') return marked(context.scope.attribute(reference, step.name), [reference]);
  const { key } = step;
  switch (key.kind) {
    case 'string':
      return marked(context.scope.attribute(reference, key.value), [reference, key]);
    case 'number': {
      const index = asIndex(key);
      if (index === null) return invalid(expression, `has the index ${key.text}, which is no position`);
      return marked(context.scope.attribute(reference, index), [reference, key]);
    }
    case 'reference':
    case 'template':
    case 'unknown':
      return pending(expression, [reference, key], context);
    default:
      return invalid(expression, `has an index that is a ${key.kind}`);
  }
}

function ofList(value: ListValue, step: Step, { expression, context }: Site): Value {
  if (step.kind === 'attribute') {
    if (listForm(value) !== 'declared') return invalid(expression, `reads "${step.name}" of a list`);
    return pending(expression, [value], context);
  }
  if (listForm(value) === 'set') return invalid(expression, 'has an index on a set');
  const key = convert(step.key, NUMBER);
  if (key === 'unsure') return pending(expression, [step.key, value], context);
  if (key === 'invalid' || key.kind !== 'number') return invalid(expression, 'has an index that is no number');
  const index = asIndex(key);
  const item = index === null ? undefined : value.items[index];
  if (index === null || item === undefined) {
    return invalid(expression, `has the index ${key.text} into a list of ${value.items.length}`);
  }
  return marked(inherited(item, value, index), [{ ...value, items: [] }, step.key]);
}

function ofObject(value: ObjectValue, step: Step, { expression, context }: Site): Value {
  const key = step.kind === 'attribute' ? ({ kind: 'string', value: step.name } as const) : convert(step.key, STRING);
  if (key === 'unsure') return pending(expression, [value], context);
  if (key === 'invalid' || key.kind === 'null') return invalid(expression, 'has a key that is no string');
  if (key.kind !== 'string') return pending(expression, [key, value], context);
  // A block that occurs once may stand without its list.
  const isDeclared = objectForm(value) === 'declared';
  if (isDeclared && step.kind === 'index' && key.value === '0' && !value.entries.has('0')) return value;
  const item = value.entries.get(key.value);
  if (item !== undefined) {
    const source = { ...value, entries: new Map() };
    return marked(inherited(item, value, key.value), step.kind === 'index' ? [source, step.key] : [source]);
  }
  if (!isDeclared) return invalid(expression, `reads "${key.value}", which the object does not have`);
  // What is not configured may be computed by the provider.
  if (value.origin === undefined) return pending(expression, [value], context);
  return marked({ ...value.origin, path: [...value.origin.path, key.value] }, [{ ...value, entries: new Map() }]);
}

/** A number as a position in a list. */
function asIndex(value: Value & { readonly kind: 'number' }): number | null {
  const number = parseNumber(value.text);
  if (number === null || number === 'unsure') return null;
  const integer = toInteger(number);
  return integer === null || integer < 0n || integer > 1_000_000n ? null : Number(integer);
}
