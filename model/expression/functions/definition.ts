import type { ListValue, StringValue, Value } from '../../value.ts';
import type { Conversion } from '../convert.ts';
import { type BigNumber, fromInteger, formatNumber, parseNumber } from '../number.ts';
import { DYNAMIC, NUMBER, STRING, type Type } from '../type.ts';

/** What a function takes in one place, and to what it is converted first. */
export interface Parameter {
  readonly type: Type;
  /** Null reaches the function; otherwise Terraform refuses it. */
  readonly allowsNull?: true;
  /** Hidden values reach the function, which may pass them on; otherwise they hide the result. */
  readonly allowsHidden?: true;
}

/** One of Terraform's functions. Its result is Terraform's, `invalid` where Terraform refuses, or `unsure`. */
export interface FunctionDefinition {
  readonly parameters: readonly Parameter[];
  /** For any number of further arguments. */
  readonly rest?: Parameter;
  /** Trailing parameters that may be left out. */
  readonly optional?: number;
  readonly apply: (values: readonly Value[]) => Conversion;
}

export type FunctionTable = Readonly<Record<string, FunctionDefinition>>;

export const TEXT: Parameter = { type: STRING };
export const COUNT: Parameter = { type: NUMBER };
export const TEXT_LIST: Parameter = { type: { kind: 'list', element: STRING } };
/** Anything that is known to its last part. */
export const KNOWN: Parameter = { type: DYNAMIC };
export const ANY: Parameter = { type: DYNAMIC, allowsHidden: true };
export const ANY_OR_NULL: Parameter = { type: DYNAMIC, allowsHidden: true, allowsNull: true };

/** A string argument; arguments have been converted to the types of their parameters. */
export function textAt(values: readonly Value[], index: number): string {
  const value = values[index];
  if (value?.kind !== 'string') throw new Error(`argument ${index} is no string`);
  return value.value;
}

export function listAt(values: readonly Value[], index: number): ListValue {
  const value = values[index];
  if (value?.kind !== 'list') throw new Error(`argument ${index} is no list`);
  return value;
}

/** A number argument; null for one with more digits than are computed with. */
export function numberAt(values: readonly Value[], index: number): BigNumber | null {
  const value = values[index];
  if (value?.kind !== 'number') throw new Error(`argument ${index} is no number`);
  const number = parseNumber(value.text);
  return number === 'unsure' ? null : number;
}

/** A number argument that is a whole number of moderate size. */
export function integerAt(values: readonly Value[], index: number): number | null {
  const value = values[index];
  if (value?.kind !== 'number') throw new Error(`argument ${index} is no number`);
  return /^-?\d{1,15}$/.test(value.text) ? Number(value.text) : null;
}

export function integerValue(value: number | bigint): Value {
  return { kind: 'number', text: formatNumber(fromInteger(BigInt(value))) };
}

export function listOf(items: readonly Value[]): Value {
  return { kind: 'list', items, collection: 'list' };
}

export function tupleOf(items: readonly Value[]): Value {
  return { kind: 'list', items };
}

/** A list of one item type that is not known here; comparing it with a literal stays open. */
export function declaredList(items: readonly Value[]): Value {
  return { kind: 'list', items, collection: 'declared' };
}

/** True for text in which every character is one grapheme: nothing that combines, and no `\r\n`. */
export function isSimpleText(text: string): boolean {
  return /^[^\r\u0300-\uffff]*$/.test(text);
}

/** Text of a `string` value, for lists that were converted to strings. */
export function asTexts(items: readonly Value[]): readonly string[] | null {
  const texts = items.filter((item): item is StringValue => item.kind === 'string').map(({ value }) => value);
  return texts.length === items.length ? texts : null;
}
