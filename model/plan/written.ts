import { evaluate } from '../expression/evaluate.ts';
import { parseExpression } from '../expression/parse.ts';
import type { Scope } from '../expression/scope.ts';
import type { JsonNode, JsonObject } from '../json/json.ts';
import { evaluateNode } from '../synth/synth-body.ts';
import { child, type ReferenceValue, type Value } from '../value.ts';
import { referencesIn } from '../expression/references.ts';
import { fieldOf, textsIn } from './json-fields.ts';

/**
 * What the configuration of a plan says of one argument or block. Of JSON configuration a plan keeps the expression
 * (`exact`); of HCL only what it mentions, not what it does with it (`mentions`).
 */
export type Written =
  | { readonly kind: 'none' }
  /** Something is written that the plan does not show, such as a `dynamic` block. */
  | { readonly kind: 'hidden' }
  | { readonly kind: 'exact'; readonly value: Value }
  | {
      readonly kind: 'mentions';
      readonly text: string;
      readonly values: readonly Value[];
      /** True inside of what mentions it, where it is not known which part does. */
      readonly isPart: boolean;
    }
  | { readonly kind: 'block'; readonly node: JsonObject; readonly scope: Scope }
  | { readonly kind: 'blocks'; readonly items: readonly Written[] };

const NONE: Written = { kind: 'none' };
const HIDDEN: Written = { kind: 'hidden' };

export function writtenAs(node: JsonNode | null, scope: Scope): Written {
  if (node === null) return NONE;
  if (node.kind === 'array') return { kind: 'blocks', items: node.items.map((item) => writtenAs(item, scope)) };
  if (node.kind !== 'object') return HIDDEN;
  if (!isExpression(node)) return { kind: 'block', node, scope };
  const constant = node.members.find(({ key }) => key === 'constant_value')?.value;
  if (constant !== undefined) return { kind: 'exact', value: evaluateNode(constant, scope) };
  const names = longestOf(textsIn(node, 'references'));
  return { kind: 'mentions', text: names.join(', '), values: names.map((name) => valueOf(name, scope)), isPart: false };
}

/** What is written of an argument inside of a block. */
export function writtenAt(written: Written, step: string | number): Written {
  switch (written.kind) {
    case 'none':
    case 'hidden':
      return HIDDEN;
    case 'mentions':
      return { ...written, isPart: true };
    case 'exact': {
      const { value } = written;
      // A block of JSON configuration may stand without its list.
      const [only, ...more] = value.kind === 'list' && typeof step === 'string' ? value.items : [value];
      return only === undefined || more.length > 0 ? HIDDEN : exactChild(only, step);
    }
    case 'block':
      return typeof step === 'string' ? writtenAs(fieldOf(written.node, step), written.scope) : written;
    case 'blocks': {
      if (typeof step === 'number') return written.items[step] ?? HIDDEN;
      const [only, ...more] = written.items;
      return only === undefined || more.length > 0 ? HIDDEN : writtenAt(only, step);
    }
  }
}

function exactChild(value: Value, step: string | number): Written {
  if (value.kind === 'object' && !value.entries.has(String(step))) return NONE;
  if (value.kind === 'null') return NONE;
  return { kind: 'exact', value: child(value, step) };
}

/** The references that something written mentions. */
export function mentionedBy(written: Written): readonly ReferenceValue[] {
  switch (written.kind) {
    case 'none':
    case 'hidden':
      return [];
    case 'exact':
      return referencesIn(written.value);
    case 'mentions':
      return written.values.flatMap(referencesIn);
    case 'block':
      return written.node.members.flatMap(({ value }) => mentionedBy(writtenAs(value, written.scope)));
    case 'blocks':
      return written.items.flatMap(mentionedBy);
  }
}

const MENTIONS = new WeakSet<Value>();

/** A known value that an expression of HCL mentions: what the expression makes of it is not known. */
export function asMention(value: Value): Value {
  const own = { ...value };
  MENTIONS.add(own);
  return own;
}

/** The same value, marked as sensitive, and still as what is only mentioned. */
export function asSensitive(value: Value): Value {
  const own: Value = { ...value, sensitive: true };
  return isMention(value) ? asMention(own) : own;
}

export function isMention(value: Value): boolean {
  return MENTIONS.has(value);
}

/** Terraform names each reference with all that it begins with: `aws_vpc.a.id` and `aws_vpc.a`. */
function longestOf(names: readonly string[]): readonly string[] {
  const unique = [...new Set(names)];
  return unique.filter((name) => !unique.some((other) => other.startsWith(`${name}.`) || other.startsWith(`${name}[`)));
}

function valueOf(name: string, scope: Scope): Value {
  const parsed = parseExpression(name);
  if (parsed.kind === 'error') {
    return {
      kind: 'unknown',
      reason: 'operation',
      expression: name,
      detail: 'is named by the plan in a form that is not understood',
      references: [],
    };
  }
  return evaluate(parsed.expression, scope);
}

/** An expression of no constant and no reference, `timestamp()`, is shown as an empty object. */
function isExpression({ members }: JsonObject): boolean {
  return members.every(
    ({ key, value }) =>
      key === 'constant_value' ||
      (key === 'references' && value.kind === 'array' && value.items.every(({ kind }) => kind === 'string')),
  );
}
