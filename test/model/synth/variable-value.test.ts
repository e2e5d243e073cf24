import { expect, it } from 'vitest';
import { display } from '../../../model/value.ts';
import { estateFrom, resourceIn } from '../../support/terraform-json.ts';

function argument(variable: object, given: unknown, expression = '${var.given}') {
  const west = { variable: { given: variable }, resource: { aws_sqs_queue: { a: { name: expression } } } };
  return resourceIn(estateFrom({ west }, { given }), 'west', 'aws_sqs_queue.a').attribute('name');
}

const PORTS = 'list(object({ name = string, port = optional(number, 443), note = optional(string) }))';

it.each([
  { type: undefined, given: { a: 1 }, value: '{"a": 1}' },
  { type: 'any', given: [1, 'x'], value: '[1, "x"]' },
  { type: 'number', given: '5', value: '5' },
  { type: 'string', given: 5, value: '"5"' },
  { type: 'bool', given: 'true', value: 'true' },
  { type: ' set( string ) ', given: ['b', 'a', 'b'], value: '["a", "b"]' },
  { type: 'map(any)', given: { a: 1, b: 'x' }, value: '{"a": "1", "b": "x"}' },
  { type: 'list', given: [1, 'x'], value: '["1", "x"]' },
  { type: 'tuple([string, bool])', given: [1, true], value: '["1", true]' },
  { type: 'object({ a = string })', given: { a: 1, more: 2 }, value: '{"a": "1"}' },
  { type: PORTS, given: [{ name: 'x', other: 1 }], value: '[{"name": "x", "note": null, "port": 443}]' },
])('converts what is given to $type', ({ type, given, value }) => {
  expect(display(argument(type === undefined ? {} : { type }, given))).toBe(value);
});

it.each([
  { type: 'number', given: 'many' },
  { type: 'object({ a = string })', given: {} },
  { type: '${string}', given: 'x' },
  { type: 'text', given: 'x' },
  { type: null, given: 'x' },
])('does not know what Terraform refuses for $type', ({ type, given }) => {
  expect(argument({ type }, given)).toMatchObject({ kind: 'unknown', reason: 'invalid' });
});

it('compares in the type of the variable, not of the file', () => {
  expect(display(argument({ type: 'string' }, 5, '${var.given == 5}'))).toBe('false');
  expect(display(argument({ type: 'number' }, '5', '${var.given == 5}'))).toBe('true');
});

it('takes the default for a null only where null is refused', () => {
  expect(display(argument({ default: 'x' }, null))).toBe('null');
  expect(display(argument({ default: 'x', nullable: false }, null))).toBe('"x"');
  expect(display(argument({ default: '${x}', nullable: 'false' }, null))).toBe('"${x}"');
  expect(argument({ nullable: false }, null)).toMatchObject({ reason: 'invalid' });
});

it('normalises text and numbers as Terraform does', () => {
  expect(display(argument({}, { 'A\u030a': 'A\u030a' }))).toBe('{"\u00c5": "\u00c5"}');
  const west = { variable: { n: {} }, resource: { aws_sqs_queue: { a: { name: 'q${var.n}' } } } };
  expect(display(resourceIn(estateFrom({ west }, { n: 1e21 }), 'west', 'aws_sqs_queue.a').attribute('name'))).toBe(
    '"q1000000000000000000000"',
  );
});
