import type { Expression } from './expression/syntax.ts';
import { compareText } from './text-order.ts';

/**
 * What is known of a value before Terraform runs. Three-valued: known (string, number, boolean, null, list, object),
 * symbolic (`reference`, `template`), or `unknown` with the reason. An omitted argument is `null`, as in Terraform.
 */
export type Value = StringValue | NumberValue | BooleanValue | NullValue | ListValue | ObjectValue | Hidden;

/** A value whose content is not in the input. Two equal references are equal; of unknown values nothing is known. */
export type Hidden = ReferenceValue | TemplateValue | UnknownValue;

interface Marks {
  /** Set when the value must never reach an output: a sensitive variable, or what was computed from one. */
  readonly sensitive?: true;
  /** Where the value was read from, when it came through a reference: `aws_s3_bucket.data.bucket`. Links resources. */
  readonly origin?: ReferenceValue;
}

export interface StringValue extends Marks {
  readonly kind: 'string';
  readonly value: string;
}

export interface NumberValue extends Marks {
  readonly kind: 'number';
  /** Canonical decimal text as Terraform prints it, so that no digit is lost. */
  readonly text: string;
}

export interface BooleanValue extends Marks {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface NullValue extends Marks {
  readonly kind: 'null';
  /** Set when Terraform has given the null a type, which then takes part in later conversions. */
  readonly typed?: true;
}

export interface ListValue extends Marks {
  readonly kind: 'list';
  readonly items: readonly Value[];
  /** A set: without order, each item once. */
  readonly set?: true;
  /**
   * `list`: of one item type, as `tolist` gives, which Terraform never finds equal to a literal `[...]`. `declared`:
   * its schema or type constraint, which is not seen, decides between list, tuple and set; so too with `origin`.
   * Absent: a literal.
   */
  readonly collection?: 'list' | 'declared';
}

export interface ObjectValue extends Marks {
  readonly kind: 'object';
  readonly entries: ReadonlyMap<string, Value>;
  /** As for lists: a map of one value type, or of a type that is not seen. Absent: a literal `{...}`. */
  readonly collection?: 'map' | 'declared';
}

/** Names one object of the estate: a resource or data source instance. */
export interface ObjectId {
  readonly stack: string;
  /** `aws_s3_bucket.data`, `data.aws_outposts_outpost.rack`, `aws_subnet.app["a"]`. */
  readonly address: string;
}

/** An attribute that its provider computes: `aws_kms_key.data.arn`. The path is empty for the object itself. */
export interface ReferenceValue extends Marks {
  readonly kind: 'reference';
  readonly target: ObjectId;
  readonly path: readonly (string | number)[];
}

/** A string with symbolic holes: `${aws_s3_bucket.data.arn}/*`. Never two adjacent strings, never a lone hole. */
export interface TemplateValue extends Marks {
  readonly kind: 'template';
  readonly parts: readonly (string | ReferenceValue | UnknownValue)[];
}

/** Why a value is not known; the word that reports and the policy's "settle this" lists use. */
export const UNKNOWN_REASONS = [
  'variable',
  'missing-producer',
  'missing-object',
  'data-source',
  'module',
  'function',
  'operation',
  'instances',
  'cycle',
  'environment',
  'invalid',
  'limit',
  'default',
] as const;

export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

export interface UnknownValue extends Marks {
  readonly kind: 'unknown';
  readonly reason: UnknownReason;
  /** What would settle it, in the words of the input: `var.region`, `timestamp()`, `aws_lb.front.dns_name`. */
  readonly expression: string;
  /** One clause for people: `has no value in this run; pass --var-file`. */
  readonly detail: string;
  /** References that the unevaluated expression mentions, so that a proof can still bound it. */
  readonly references: readonly ReferenceValue[];
  /** The unevaluated expression, for proofs that recognise its form (such as a firewall endpoint picked by subnet). */
  readonly term?: Expression;
}

export const NULL: NullValue = { kind: 'null' };

export function string(value: string): StringValue {
  return { kind: 'string', value };
}

export function boolean(value: boolean): BooleanValue {
  return { kind: 'boolean', value };
}

export function list(items: readonly Value[]): ListValue {
  return { kind: 'list', items };
}

export function object(entries: Iterable<readonly [string, Value]>): ObjectValue {
  return { kind: 'object', entries: new Map(entries) };
}

export function unknown(
  reason: UnknownReason,
  expression: string,
  detail: string,
  references: readonly ReferenceValue[] = [],
): UnknownValue {
  return { kind: 'unknown', reason, expression, detail, references };
}

export function isHidden(value: unknown): value is Hidden {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return value.kind === 'reference' || value.kind === 'template' || value.kind === 'unknown';
}

/**
 * The value as a boolean, with Terraform's conversion of "true", "false", "1" and "0".
 * Null when omitted; the value itself when hidden; an `invalid` unknown when it is of another type.
 */
export function asBoolean(value: Value): boolean | null | Hidden {
  switch (value.kind) {
    case 'boolean':
      return value.value;
    case 'null':
      return null;
    case 'string':
      if (value.value === 'true' || value.value === '1') return true;
      if (value.value === 'false' || value.value === '0') return false;
      return mismatch(value, 'a boolean');
    case 'reference':
    case 'template':
    case 'unknown':
      return value;
    case 'number':
    case 'list':
    case 'object':
      return mismatch(value, 'a boolean');
  }
}

/** The value as a string; numbers and booleans convert as in Terraform. Null when omitted. */
export function asString(value: Value): string | null | Hidden {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'number':
      return value.text;
    case 'boolean':
      return String(value.value);
    case 'null':
      return null;
    case 'reference':
    case 'template':
    case 'unknown':
      return value;
    case 'list':
    case 'object':
      return mismatch(value, 'a string');
  }
}

/** The value as a number. Null when omitted; beyond 2^53 the nearest double. */
export function asNumber(value: Value): number | null | Hidden {
  switch (value.kind) {
    case 'number':
      return Number(value.text);
    case 'string':
      return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value.value) ? Number(value.value) : mismatch(value, 'a number');
    case 'null':
      return null;
    case 'reference':
    case 'template':
    case 'unknown':
      return value;
    case 'boolean':
    case 'list':
    case 'object':
      return mismatch(value, 'a number');
  }
}

/**
 * The items of a list or set, a scalar as its one item (Terraform JSON allows a single block without its array),
 * nothing for null; `open` holds what hides further items.
 */
export function asItems(value: Value): { readonly items: readonly Value[]; readonly open: readonly Hidden[] } {
  switch (value.kind) {
    case 'list':
      return { items: value.items, open: [] };
    case 'null':
      return { items: [], open: [] };
    case 'reference':
    case 'template':
    case 'unknown':
      return { items: [], open: [value] };
    case 'string':
    case 'number':
    case 'boolean':
    case 'object':
      return { items: [value], open: [] };
  }
}

/** The strings of a list, and whatever in it (or instead of it) is hidden. */
export function asStrings(value: Value): { readonly known: readonly string[]; readonly hidden: readonly Hidden[] } {
  const { items, open } = asItems(value);
  const known: string[] = [];
  const hidden: Hidden[] = [...open];
  for (const item of items) {
    const text = asString(item);
    if (isHidden(text)) hidden.push(text);
    else if (text !== null) known.push(text);
  }
  return { known, hidden };
}

/** One key of an object, one index of a list; null where there is none. Hidden containers stay hidden. */
export function child(value: Value, step: string | number): Value {
  switch (value.kind) {
    case 'object':
      return value.entries.get(String(step)) ?? NULL;
    case 'list':
      return typeof step === 'number' ? (value.items[step] ?? NULL) : NULL;
    case 'reference':
      return { ...value, path: value.path.concat(step) };
    case 'template':
    case 'unknown':
      return value;
    case 'null':
    case 'string':
    case 'number':
    case 'boolean':
      return NULL;
  }
}

/** The expression that hides a value, as the person wrote it, for messages. */
export function describeHidden(value: Hidden): string {
  switch (value.kind) {
    case 'reference':
      return describeReference(value);
    case 'template':
      return value.parts.map((part) => (typeof part === 'string' ? part : `\${${describeHidden(part)}}`)).join('');
    case 'unknown':
      return value.expression;
  }
}

export function describeReference({ target, path }: ReferenceValue): string {
  return target.address + path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
}

/** A value as messages and witnesses print it: JSON-like, symbols by name, sensitive content withheld. */
export function display(value: Value): string {
  if (value.sensitive) return '(sensitive)';
  switch (value.kind) {
    case 'string':
      return JSON.stringify(value.value);
    case 'number':
      return value.text;
    case 'boolean':
      return String(value.value);
    case 'null':
      return 'null';
    case 'list':
      return `[${value.items.map(display).join(', ')}]`;
    case 'object':
      return `{${[...value.entries]
        .toSorted(([left], [right]) => compareText(left, right))
        .map(([key, item]) => `${JSON.stringify(key)}: ${display(item)}`)
        .join(', ')}}`;
    case 'reference':
    case 'template':
    case 'unknown':
      return describeHidden(value);
  }
}

/** A text that was taken from a value, as messages print it. */
export function shown(text: string, { sensitive }: Value): string {
  return sensitive ? '(sensitive)' : text;
}

function mismatch(value: Value, wanted: string): UnknownValue {
  return unknown('invalid', display(value), `is not ${wanted}`);
}
