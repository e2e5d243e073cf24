import type { Value } from '../../value.ts';
import { type Context, isInvalid, suspended } from '../context.ts';
import type { CallExpression } from '../syntax.ts';

/** The result of a function, or an unknown that names it. */
export function evaluateCall(expression: CallExpression, context: Context): Value {
  const given = expression.arguments.map((argument) => context.evaluate(argument, context));
  const failed = given.find(isInvalid);
  if (failed !== undefined) return failed;
  const detail = `${expression.name} is not evaluated before the plan`;
  return suspended('function', { expression, detail, operands: given, context });
}
