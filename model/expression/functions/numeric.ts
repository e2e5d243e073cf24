import type { Value } from '../../value.ts';
import { type Conversion, convert } from '../convert.ts';
import {
  add,
  type BigNumber,
  compare,
  formatNumber,
  fromInteger,
  negate,
  parseNumber,
  toInteger,
  truncate,
} from '../number.ts';
import { orderedItems } from '../order.ts';
import { NUMBER } from '../type.ts';
import { COUNT, type FunctionTable, integerAt, integerValue, KNOWN, listOf, numberAt, textAt } from './definition.ts';

export const NUMERIC: FunctionTable = {
  abs: { parameters: [COUNT], apply: (values) => withNumber(values, (number) => ({ ...number, isNegative: false })) },
  ceil: {
    parameters: [COUNT],
    apply: (values) => withNumber(values, (number) => fromInteger(-truncate(floor(negate(number))))),
  },
  floor: { parameters: [COUNT], apply: (values) => withNumber(values, floor) },
  max: { parameters: [], rest: COUNT, apply: (values) => extreme(values, 1) },
  min: { parameters: [], rest: COUNT, apply: (values) => extreme(values, -1) },
  parseint: { parameters: [KNOWN, COUNT], apply: parseInteger },
  pow: { parameters: [COUNT, COUNT], apply: power },
  range: { parameters: [COUNT], rest: COUNT, apply: range },
  signum: { parameters: [COUNT], apply: sign },
  sum: { parameters: [KNOWN], apply: sum },
};

function numberValue(number: BigNumber): Value {
  return { kind: 'number', text: formatNumber(number) };
}

function withNumber(values: readonly Value[], apply: (number: BigNumber) => BigNumber): Conversion {
  const number = numberAt(values, 0);
  return number === null ? 'unsure' : numberValue(apply(number));
}

function floor(number: BigNumber): BigNumber {
  const whole = toInteger(number);
  if (whole !== null) return fromInteger(whole);
  const towardsZero = truncate(number);
  return fromInteger(number.isNegative ? towardsZero - 1n : towardsZero);
}

function extreme(values: readonly Value[], direction: 1 | -1): Conversion {
  let best: BigNumber | null = null;
  for (const index of values.keys()) {
    const number = numberAt(values, index);
    if (number === null) return 'unsure';
    if (best === null || compare(number, best) === direction) best = number;
  }
  return best === null ? 'invalid' : numberValue(best);
}

function sign(values: readonly Value[]): Conversion {
  const number = integerAt(values, 0);
  return number === null ? 'unsure' : integerValue(Math.sign(number));
}

function parseInteger(values: readonly Value[]): Conversion {
  const base = integerAt(values, 1);
  if (values[0]?.kind !== 'string') return 'invalid';
  if (base === null || base < 2 || base > 36) return 'unsure';
  const text = textAt(values, 0).toLowerCase();
  const digits = text.replace(/^[+-]/, '');
  if (digits === '' || digits.includes('_')) return digits === '' ? 'invalid' : 'unsure';
  let result = 0n;
  for (const char of digits) {
    const digit = /[0-9a-z]/.test(char) ? Number.parseInt(char, 36) : 36;
    if (digit >= base) return 'invalid';
    result = result * BigInt(base) + BigInt(digit);
  }
  return integerValue(text.startsWith('-') ? -result : result);
}

/** Terraform computes powers with 64-bit floats, which are exact only for whole numbers of moderate size. */
function power(values: readonly Value[]): Conversion {
  const base = integerAt(values, 0);
  const exponent = integerAt(values, 1);
  if (base === null || exponent === null || exponent < 0 || exponent > 60) return 'unsure';
  const result = BigInt(base) ** BigInt(exponent);
  return result > 2n ** 53n || result < -(2n ** 53n) ? 'unsure' : integerValue(result);
}

const MAXIMUM_RANGE = 1024;

function range(values: readonly Value[]): Conversion {
  if (values.length > 3) return 'invalid';
  const numbers = values.map((_, index) => numberAt(values, index));
  const [first, second, third] = numbers;
  if (numbers.includes(null) || first === undefined || first === null) return 'unsure';
  const start = values.length === 1 ? fromInteger(0n) : first;
  const limit = values.length === 1 ? first : second;
  if (limit === undefined || limit === null) return 'unsure';
  const isDown = compare(limit, start) < 0;
  const step = third ?? fromInteger(isDown ? -1n : 1n);
  if (step.mantissa === 0n || (compare(limit, start) !== 0 && step.isNegative !== isDown)) return 'invalid';
  const items: Value[] = [];
  for (let current = start; compare(current, limit) === (isDown ? 1 : -1); current = add(current, step)) {
    if (items.length >= MAXIMUM_RANGE) return 'invalid';
    items.push(numberValue(current));
  }
  return listOf(items);
}

function sum(values: readonly Value[]): Conversion {
  const [list] = values;
  if (list?.kind !== 'list' || list.items.length === 0) return 'invalid';
  const items = orderedItems(list);
  if (items === null) return 'unsure';
  let total = fromInteger(0n);
  for (const item of items) {
    if (item.kind === 'null') return 'invalid';
    const converted = convert(item, NUMBER);
    if (converted === 'invalid' || converted === 'unsure') return converted;
    const number = converted.kind === 'number' ? parseNumber(converted.text) : null;
    if (number === null || number === 'unsure') return 'unsure';
    total = add(total, number);
  }
  return numberValue(total);
}
