import { describeHidden, isHidden, type UnknownReason, type UnknownValue, type Value } from '../value.ts';
import { print } from './print.ts';
import { asChain } from './chain.ts';
import { referencesIn, referencesOf } from './references.ts';
import type { Scope } from './scope.ts';
import type { Expression } from './syntax.ts';

/** What evaluation of one expression carries along. */
export interface Context {
  readonly scope: Scope;
  /** Variables of the `for` and splat expressions around. */
  readonly variables: ReadonlyMap<string, Value>;
  /** Shared by all parts of one expression, so that nested loops cannot multiply beyond it. */
  readonly budget: { steps: number };
  evaluate(expression: Expression, context: Context): Value;
}

/** Expressions evaluated at most, counting each pass of a loop; enough for a few thousand generated rules. */
export const MAXIMUM_STEPS = 200_000;
export const MAXIMUM_ITEMS = 50_000;
export const MAXIMUM_TEXT = 4_000_000;

/** Terraform refuses the expression. It refuses with it all that contains it, so the value spreads. */
export function invalid(expression: Expression, detail: string): UnknownValue {
  return {
    kind: 'unknown',
    reason: 'invalid',
    expression: print(expression),
    detail,
    references: [],
    term: expression,
  };
}

export function isInvalid(value: Value): boolean {
  return value.kind === 'unknown' && value.reason === 'invalid';
}

/**
 * True for an unknown that hangs on nothing outside the expression: it is this evaluator that leaves it to Terraform,
 * which may well refuse it. So it never counts as harmless next to something that decides.
 */
export function holdsOwnDoubt(value: Value): boolean {
  switch (value.kind) {
    case 'unknown':
      return value.references.length === 0 && OWN_REASONS.has(value.reason);
    case 'template':
      return value.parts.some((part) => typeof part !== 'string' && holdsOwnDoubt(part));
    case 'list':
      return value.items.some(holdsOwnDoubt);
    case 'object':
      return [...value.entries.values()].some(holdsOwnDoubt);
    default:
      return false;
  }
}

const OWN_REASONS: ReadonlySet<UnknownReason> = new Set(['function', 'operation', 'limit'] as const);

/** True when the value hangs, in some part, on what an attribute or object outside the expression turns out to be. */
export function isExternal(value: Value): boolean {
  if (value.origin !== undefined) return true;
  switch (value.kind) {
    case 'reference':
      return true;
    case 'unknown':
      return value.reason !== 'invalid' && !holdsOwnDoubt(value);
    case 'template':
      return value.parts.some((part) => typeof part !== 'string' && isExternal(part));
    case 'list':
      return value.items.some(isExternal);
    case 'object':
      return [...value.entries.values()].some(isExternal);
    default:
      return false;
  }
}

/** The expression is sound as far as seen, and depends on what is hidden in its operands. */
export function pending(expression: Expression, operands: readonly Value[], context: Context): UnknownValue {
  const hidden = operands.find((operand) => isHidden(operand));
  const detail = hidden === undefined ? 'is not decided by the input' : `depends on ${describeHidden(hidden)}`;
  return suspended('operation', { expression, detail, operands, context });
}

/** An unknown with everything a proof could bound it by. */
export function suspended(
  reason: UnknownReason,
  parts: {
    readonly expression: Expression;
    readonly detail: string;
    readonly operands: readonly Value[];
    readonly context: Context;
  },
): UnknownValue {
  const { expression, detail, operands, context } = parts;
  // A bare name is what is being evaluated; to ask it for its references would evaluate it again, without end.
  const references =
    asChain(expression) === null ? referencesOf(expression, context) : operands.flatMap((value) => referencesIn(value));
  const term = {
    kind: 'unknown',
    reason,
    expression: print(expression),
    detail,
    references,
    term: expression,
  } as const;
  return operands.some(isSensitive) ? { ...term, sensitive: true } : term;
}

/** True when the value or anything in it must not be shown. */
function isSensitive(value: Value): boolean {
  if (value.sensitive) return true;
  if (value.kind === 'list') return value.items.some(isSensitive);
  if (value.kind === 'object') return [...value.entries.values()].some(isSensitive);
  if (value.kind === 'template') return value.parts.some((part) => typeof part !== 'string' && isSensitive(part));
  return false;
}

/** The value, marked when one of those that it was computed from is. */
export function marked(value: Value, sources: readonly Value[]): Value {
  return value.sensitive || !sources.some(isSensitive) ? value : { ...value, sensitive: true };
}
