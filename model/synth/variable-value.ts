import { formatNumber, parseNumber } from '../expression/number.ts';
import { textValue } from '../expression/text.ts';
import type { JsonNode, JsonObject } from '../json/json.ts';
import { list, NULL, object, unknown, type Value } from '../value.ts';
import { conform, parseTypeConstraint } from './type-constraint.ts';

/** What a variable is, given a value for it: converted to its type, with its default for a null that it refuses. */
export function variableValue(name: string, declared: JsonObject, given: JsonNode): Value {
  const expression = `var.${name}`;
  const argument = (key: string): JsonNode | undefined =>
    declared.members.findLast((member) => member.key === key)?.value;
  const isNullable = !isFalse(argument('nullable'));
  const chosen = given.kind === 'null' && !isNullable ? argument('default') : given;
  if (chosen === undefined) return unknown('invalid', expression, 'is null and must not be');
  const type = argument('type');
  if (type === undefined) return literalValue(chosen);
  const constraint = type.kind === 'string' ? parseTypeConstraint(type.value) : null;
  if (constraint === null) return unknown('invalid', expression, 'has a type that is none');
  const value = conform(literalValue(chosen), constraint);
  if (value === 'invalid') return unknown('invalid', expression, 'is given a value that is not of its type');
  return value === 'unsure' ? unknown('variable', expression, 'is of a type that is not computed with') : value;
}

/** A value of a variable file or a default, in which strings are no templates. */
export function literalValue(node: JsonNode): Value {
  switch (node.kind) {
    case 'string':
      return textValue(node.value);
    case 'number':
      return { kind: 'number', text: canonicalNumber(node.text) };
    case 'boolean':
      return { kind: 'boolean', value: node.value };
    case 'null':
      return NULL;
    case 'array':
      return list(node.items.map(literalValue));
    case 'object':
      return object(node.members.map(({ key, value }) => [textValue(key).value, literalValue(value)]));
  }
}

/** The number as Terraform prints it: `1.0` is `1`. */
export function canonicalNumber(text: string): string {
  if (/^[1-9]\d{0,14}$|^0$/.test(text)) return text;
  const number = parseNumber(text);
  return number === null || number === 'unsure' ? text : formatNumber(number);
}

function isFalse(node: JsonNode | undefined): boolean {
  return (
    node !== undefined && (node.kind === 'boolean' ? !node.value : node.kind === 'string' && node.value === 'false')
  );
}
