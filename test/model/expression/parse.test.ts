import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlain, parseExpression, parseTemplate } from '../../../model/expression/parse.ts';
import { print } from '../../../model/expression/print.ts';

describe('parseTemplate', () => {
  it('joins text with escaped markers and keeps lone markers', () => {
    expect(parts('a $${b} %%{c} $ 100%')).toEqual([{ kind: 'text', text: 'a ${b} %{c} $ 100%' }]);
  });

  it('keeps backslashes, which escape only in quoted strings', () => {
    expect(parts('a\\n"')).toEqual([{ kind: 'text', text: 'a\\n"' }]);
  });

  it.each([
    ['${aws_x.y["a"].z}', 'aws_x.y["a"].z'],
    ['${tolist(aws_x.y.z).0["a"]}', 'tolist(aws_x.y.z)[0]["a"]'],
    [
      '${data.terraform_remote_state.cross-stack-reference-input-dublin-network.outputs.cross-stack-output-aws_vpcmainid}',
      'data.terraform_remote_state.cross-stack-reference-input-dublin-network.outputs.cross-stack-output-aws_vpcmainid',
    ],
    [
      '${one([for s in aws_networkfirewall_firewall.fw.firewall_status[0].sync_states : s.attachment[0].endpoint_id if s.attachment[0].subnet_id == aws_subnet.gw.id])}',
      'one([for s in aws_networkfirewall_firewall.fw.firewall_status[0].sync_states : s.attachment[0].endpoint_id if s.attachment[0].subnet_id == aws_subnet.gw.id])',
    ],
    ['${"${a.b}"}', 'a.b'],
    ['a ${b.c}!', '"a ${b.c}!"'],
    ['%{ if a.b }x%{ else }y%{ endif }', '"%{ if a.b }x%{ else }y%{ endif }"'],
    ['%{ for k, v in a.b }${k}%{ endfor }', '"%{ for k, v in a.b }${k}%{ endfor }"'],
    ['a  ${~ b.c ~}  d', '"a${b.c}d"'],
    ['${<<-EOT\n    a\n      ${b.c}\n    EOT\n}', '"a\\n  ${b.c}\\n"'],
    ['${<<EOT\n  a\nEOT\n}', '"  a\\n"'],
  ])('reads %s', (text, expected) => {
    const result = parseTemplate(text);
    expect(result.kind === 'parsed' ? print(result.expression) : result).toBe(expected);
  });

  it.each([
    ['${', 2, 'expects an expression'],
    ['${a.b', 5, 'expects "}" to close what "${" or "%{" opened'],
    ['${"a}', 5, 'has a string that is not closed'],
    ['%{ if a }', 0, 'has an "if" directive without its "endif"'],
    ['${a.0.1}', 4, 'has the legacy index ".0.1"; write [n][m] instead'],
    ['${"\\q"}', 3, 'has an invalid escape sequence "\\q"'],
    ['${[for x in y : x => x]}', 2, 'has a key in a "for" that builds a list'],
    ['${{ a.b = 1 }}', 4, 'has an ambiguous key; quote it, or put a reference in parentheses'],
  ])('refuses %s', (text, offset, message) => {
    expect(parseTemplate(text)).toEqual({ kind: 'error', offset, message });
  });

  it.each(['${'.repeat(50_000), `\${${'('.repeat(50_000)}`, `\${${'!'.repeat(50_000)}`, `\${${'1+'.repeat(50_000)}1}`])(
    'refuses depth without exhausting the stack (%#)',
    (text) => {
      expect(parseTemplate(text).kind).toBe('error');
    },
  );

  it('never throws', () => {
    const fragment = fc.constantFrom(
      ...'${ %{ } ~} " \\ [ ] ( ) { for in if else endif a b . .* [*] => ... ? : , = == 1 <<EOT \n EOT'.split(' '),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fragment).map((tokens) => tokens.join(' ')),
        ),
        (text) => {
          expect(['parsed', 'error']).toContain(parseTemplate(text).kind);
          expect(['parsed', 'error']).toContain(parseExpression(text).kind);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('parseExpression', () => {
  it.each([
    ['1 + 2 * 3 == 7 && !a.b || c.d', '(((1 + (2 * 3)) == 7) && (!a.b)) || c.d'],
    ['-a.b + 1', '(-a.b) + 1'],
    ['a.b ? c.d : e.f ? 1 : 2', 'a.b ? c.d : e.f ? 1 : 2'],
    ['a.b.*.c[0]', 'a.b.*.c[0]'],
    ['a.b[*].c[0].d', 'a.b[*].c[0].d'],
    ['provider::aws::arn_parse(a.b,)', 'provider::aws::arn_parse(a.b)'],
    ['max(a.b...)', 'max(a.b...)'],
    ['{a = 1, "b" : 2\n (c.d) = 3 # note\n}', '{a = 1, b = 2, (c.d) = 3}'],
    ['{for k, v in a.b : k => v... if v != null}', '{for k, v in a.b : k => v... if v != null}'],
    ['[\n1,\n/* two */ 2, // three\n]', '[1, 2]'],
    ['"\\u00e9\\U0001F600\\t"', '"é😀\\t"'],
    ['å_ø-1.b', 'å_ø-1.b'],
  ])('reads %s', (text, expected) => {
    const result = parseExpression(text);
    expect(result.kind === 'parsed' ? print(result.expression) : result).toBe(expected);
  });

  it('reports positions of what it reads', () => {
    const result = parseExpression('a.b + c.d');
    expect(
      result.kind === 'parsed' && result.expression.kind === 'binary' ? result.expression.right : null,
    ).toMatchObject({
      start: 6,
      end: 9,
    });
  });

  it.each([
    '',
    '1 2',
    'a.',
    '[1 2]',
    '{ a = 1 b = 2 }',
    '{ a = 1 +\n2 }',
    'f(a',
    '1.2.3',
    '"a\nb"',
    'a ? b',
    '/* open',
  ])('refuses %j', (text) => {
    expect(parseExpression(text).kind).toBe('error');
  });
});

it('tells plain text from templates', () => {
  expect([isPlain('arn:aws:s3:::a/$*'), isPlain('${a.b}'), isPlain('%{ if a }'), isPlain('$${a}')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

function parts(text: string): unknown {
  const result = parseTemplate(text);
  return result.kind === 'parsed' ? result.expression.parts : result;
}
