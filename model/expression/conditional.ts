import { isHidden, type Value } from '../value.ts';
import { type Context, invalid, isExternal, isInvalid, holdsOwnDoubt, marked, pending } from './context.ts';
import { type Conversion, convert } from './convert.ts';
import { isEqual } from './equality.ts';
import { operandAs } from './operators.ts';
import type { ConditionalExpression, Expression } from './syntax.ts';
import { BOOLEAN, hasUnsure, type Type, typeOf, UNSURE } from './type.ts';
import { unify } from './unify.ts';

/** The chosen result, in the type that both results share: `true ? 1 : "a"` is `"1"`. */
export function evaluateConditional(expression: ConditionalExpression, context: Context): Value {
  const condition = context.evaluate(expression.condition, context);
  const then = context.evaluate(expression.then, context);
  const otherwise = context.evaluate(expression.otherwise, context);
  const chosen = operandAs(condition, BOOLEAN);
  if (chosen === 'invalid') {
    return isInvalid(condition) ? condition : invalid(expression, 'has a condition that is no boolean');
  }
  if (chosen === 'unsure' || chosen.kind !== 'boolean') {
    return eitherWay({ expression, condition, then, otherwise, context });
  }
  const branch: Branch = chosen.value
    ? { selected: then, other: otherwise, otherExpression: expression.otherwise }
    : { selected: otherwise, other: then, otherExpression: expression.then };
  if (isInvalid(branch.selected)) return branch.selected;
  const result = select(branch);
  if (result === 'invalid') return invalid(expression, 'has results of types that do not go together');
  if (result === 'unsure') return pending(expression, [branch.selected, branch.other], context);
  return marked(
    result,
    [condition].filter(({ sensitive }) => sensitive),
  );
}

interface Branch {
  readonly selected: Value;
  readonly other: Value;
  readonly otherExpression: Expression;
}

function select({ selected, other, otherExpression }: Branch): Conversion {
  if (holdsOwnDoubt(other)) return 'unsure';
  const type = commonType(selected, other, otherExpression);
  if (type === null) return 'invalid';
  // Types that Terraform sees and this evaluator does not keep, of typed nulls and empty lists, may not go together.
  const isLost = hasUnsure(type) || hasUnsure(typeOf(selected)) || (!isInvalid(other) && hasUnsure(typeOf(other)));
  if (isLost && !isExternal(selected) && !isExternal(other)) return 'unsure';
  if (selected.kind === 'null') return type.kind === 'dynamic' ? selected : { ...selected, typed: true };
  if (isHidden(selected) && type.kind === 'unsure') return selected;
  return convert(selected, type);
}

/** The type of both results; `unsure` when one of them hides its own. */
function commonType(selected: Value, other: Value, otherExpression: Expression): Type | null {
  if (isInvalid(other)) return isUntypedWhenInvalid(otherExpression) ? typeOf(selected) : UNSURE;
  const selectedType = typeOf(selected);
  const otherType = typeOf(other);
  if (selectedType.kind === 'dynamic') return otherType;
  return otherType.kind === 'dynamic' ? selectedType : unify([selectedType, otherType]);
}

/** A failed read has no type, so the result that is chosen keeps its own. */
function isUntypedWhenInvalid({ kind }: Expression): boolean {
  return kind === 'attribute' || kind === 'index';
}

/** With a hidden condition, results that are the same decide all the same. */
function eitherWay({
  expression,
  condition,
  then,
  otherwise,
  context,
}: {
  readonly expression: ConditionalExpression;
  readonly condition: Value;
  readonly then: Value;
  readonly otherwise: Value;
  readonly context: Context;
}): Value {
  if (isInvalid(then) && isInvalid(otherwise)) return then;
  const isSame = !isInvalid(then) && !isInvalid(otherwise) && isEqual(then, otherwise) === true;
  if (isSame && then.kind !== 'null') return marked(then, [condition]);
  return pending(expression, [condition, then, otherwise], context);
}
