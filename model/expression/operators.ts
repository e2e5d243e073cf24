import { boolean, type Value } from '../value.ts';
import { type Context, invalid, isInvalid, holdsOwnDoubt, marked, pending } from './context.ts';
import { convert } from './convert.ts';
import { isEqual } from './equality.ts';
import {
  add,
  type BigNumber,
  compare,
  formatNumber,
  fromInteger,
  multiply,
  negate,
  parseNumber,
  quotient,
  toInteger,
  truncate,
} from './number.ts';
import type { BinaryExpression, UnaryExpression } from './syntax.ts';
import { BOOLEAN, NUMBER, type Type } from './type.ts';

export function evaluateUnary(expression: UnaryExpression, context: Context): Value {
  const operand = context.evaluate(expression.operand, context);
  const converted = operandAs(operand, expression.operator === '!' ? BOOLEAN : NUMBER);
  if (converted === 'invalid') return refused(expression, [operand]);
  if (converted === 'unsure') return pending(expression, [operand], context);
  if (converted.kind === 'boolean') return marked(boolean(!converted.value), [operand]);
  const number = converted.kind === 'number' ? parseNumber(converted.text) : null;
  if (number === null || number === 'unsure') return pending(expression, [operand], context);
  return marked(numberValue(negate(number)), [operand]);
}

export function evaluateBinary(expression: BinaryExpression, context: Context): Value {
  const left = context.evaluate(expression.left, context);
  const right = context.evaluate(expression.right, context);
  if (isInvalid(left)) return left;
  if (isInvalid(right)) return right;
  const result = operate(expression, left, right);
  if (result === 'invalid') return refused(expression, [left, right]);
  const isOpen = result === 'unsure' || holdsOwnDoubt(left) || holdsOwnDoubt(right);
  return isOpen ? pending(expression, [left, right], context) : marked(result, [left, right]);
}

type Outcome = Value | 'invalid' | 'unsure';

function operate({ operator }: BinaryExpression, left: Value, right: Value): Outcome {
  switch (operator) {
    case '==':
    case '!=': {
      const equal = isEqual(left, right);
      return equal === null ? 'unsure' : boolean(equal === (operator === '=='));
    }
    case '&&':
    case '||':
      return connect(operator, left, right);
    default:
      return calculate(operator, left, right);
  }
}

/** One operand that decides is enough, whatever the other turns out to be. */
function connect(operator: '&&' | '||', left: Value, right: Value): Outcome {
  const first = operandAs(left, BOOLEAN);
  const second = operandAs(right, BOOLEAN);
  if (first === 'invalid' || second === 'invalid') return 'invalid';
  const deciding = operator === '||';
  const values = [first, second].map((value) => (value !== 'unsure' && value.kind === 'boolean' ? value.value : null));
  if (values.includes(deciding)) return boolean(deciding);
  return values.includes(null) ? 'unsure' : boolean(!deciding);
}

type NumericOperator = Exclude<BinaryExpression['operator'], '==' | '!=' | '&&' | '||'>;

function calculate(operator: NumericOperator, left: Value, right: Value): Outcome {
  const first = asNumeric(left);
  const second = asNumeric(right);
  if (first === 'invalid' || second === 'invalid') return 'invalid';
  if (first === 'unsure' || second === 'unsure') return 'unsure';
  switch (operator) {
    case '+':
      return numberValue(add(first, second));
    case '-':
      return numberValue(add(first, negate(second)));
    case '*':
      return numberValue(multiply(first, second));
    case '/':
      return divide(first, second);
    case '%':
      return remainder(first, second);
    case '<':
      return boolean(compare(first, second) < 0);
    case '<=':
      return boolean(compare(first, second) <= 0);
    case '>':
      return boolean(compare(first, second) > 0);
    case '>=':
      return boolean(compare(first, second) >= 0);
  }
}

function asNumeric(value: Value): BigNumber | 'invalid' | 'unsure' {
  const converted = operandAs(value, NUMBER);
  if (typeof converted === 'string') return converted;
  const number = converted.kind === 'number' ? parseNumber(converted.text) : null;
  return number ?? 'unsure';
}

/** Terraform counts with 64 bits what it made itself (`length`), so only quotients that end early are sure. */
function divide(left: BigNumber, right: BigNumber): Outcome {
  if (right.mantissa === 0n) return left.mantissa === 0n ? 'invalid' : 'unsure';
  const result = quotient(left, right);
  if (toInteger(result) !== null) return numberValue(result);
  const text = formatNumber(result);
  return text.replace(/[-.]/g, '').length > 18 ? 'unsure' : { kind: 'number', text };
}

/** Exact for numbers of few binary digits; elsewhere Terraform's own rounding shows. The dividend gives the sign. */
function remainder(left: BigNumber, right: BigNumber): Outcome {
  if (right.mantissa === 0n) return numberValue(left);
  if ([left, right].some(({ mantissa, exponent }) => mantissa >= 2n ** 64n || Math.abs(exponent) > 64)) return 'unsure';
  const whole = truncate(quotient(left, right));
  return numberValue(add(left, negate(multiply(right, fromInteger(whole)))));
}

function numberValue(number: BigNumber): Value {
  return { kind: 'number', text: formatNumber(number) };
}

/** An operand in the type that the operator wants. Null is refused; what is hidden stays hidden. */
export function operandAs(value: Value, type: Type): Outcome {
  if (isInvalid(value) || value.kind === 'null') return 'invalid';
  if (value.kind === 'reference' || value.kind === 'unknown' || value.kind === 'template') return 'unsure';
  return convert(value, type);
}

function refused(expression: UnaryExpression | BinaryExpression, operands: readonly Value[]): Value {
  return operands.find(isInvalid) ?? invalid(expression, `has an operand that does not suit "${expression.operator}"`);
}
