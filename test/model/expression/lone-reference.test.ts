import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loneReference } from '../../../model/expression/lone-reference.ts';
import { parseExpression, parseTemplate } from '../../../model/expression/parse.ts';

const names = fc.oneof(
  fc.constantFrom('data', 'true', 'false', 'null', 'for', 'if', 'in', '_', 'a-b', 'a-', 'cross-stack-output-x1'),
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,8}$/),
);

describe('loneReference', () => {
  test('makes the tree of the grammar', () => {
    fc.assert(
      fc.property(fc.array(names, { minLength: 2, maxLength: 17 }), (path) => {
        const text = `\${${path.join('.')}}`;
        // Two spaces in place of the opening give the same offsets.
        const grammar = parseExpression(`  ${path.join('.')}`);
        expect(grammar.kind).toBe('parsed');
        if (grammar.kind !== 'parsed') return;
        const expected = {
          kind: 'template',
          parts: [{ kind: 'interpolation', expression: grammar.expression }],
          start: 0,
          end: text.length,
        };
        expect(parseTemplate(text)).toEqual({ kind: 'parsed', expression: expected });
        const isWord = ['true', 'false', 'null'].includes(path[0] ?? '');
        expect(loneReference(text)).toEqual(isWord ? null : expected);
      }),
    );
  });

  test.each([
    ['a name alone', '${aws_vpc}'],
    ['an index', '${aws_subnet.app[0].id}'],
    ['a legacy index', '${aws_subnet.app.0.id}'],
    ['a splat', '${aws_subnet.app.*.id}'],
    ['a call', '${upper(var.name)}'],
    ['a space', '${ aws_vpc.main.id }'],
    ['a newline at the end', '${aws_vpc.main.id}\n'],
    ['a strip marker', '${~aws_vpc.main.id}'],
    ['text around it', '${aws_vpc.main.id}/*'],
    ['two references', '${aws_vpc.main.id}${aws_vpc.main.id}'],
    ['an escape', '$${aws_vpc.main.id}'],
    ['letters beyond ASCII', '${aws_vpc.fjørd.id}'],
    ['an empty step', '${aws_vpc..id}'],
  ])('leaves %s to the grammar', (_, text) => {
    expect(loneReference(text)).toBeNull();
  });
});
