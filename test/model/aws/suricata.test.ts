import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { parseOptions, parseSuricata, parseTerm, type Term } from '../../../model/aws/suricata.ts';

const ANY: Term = { kind: 'any', isNegated: false };

describe('parseSuricata', () => {
  it('reads a rule', () => {
    const { rules, unread } = parseSuricata(
      'pass tls $HOME_NET any -> 198.51.100.0/25 443 (msg:"partner"; tls.sni; content:"partner.example"; endswith; sid:1;)',
    );
    assert.deepEqual(unread, []);
    assert.deepEqual(rules, [
      {
        line: 1,
        action: 'pass',
        protocol: 'tls',
        source: { kind: 'variable', name: 'HOME_NET', isNegated: false },
        sourcePort: ANY,
        isBothWays: false,
        destination: { kind: 'literal', text: '198.51.100.0/25', isNegated: false },
        destinationPort: { kind: 'literal', text: '443', isNegated: false },
        options: [
          { name: 'msg', value: { text: 'partner', isNegated: false, isQuoted: true } },
          { name: 'tls.sni', value: null },
          { name: 'content', value: { text: 'partner.example', isNegated: false, isQuoted: true } },
          { name: 'endswith', value: null },
          { name: 'sid', value: { text: '1', isNegated: false, isQuoted: false } },
        ],
        header: 'pass tls $HOME_NET any -> 198.51.100.0/25 443',
      },
    ]);
  });

  it('skips comments and blank lines, and counts them', () => {
    const { rules, unread } = parseSuricata(
      '# pass ip any any -> any any (sid:1;)\n\n   # more\r\ndrop ip any any <> any any (sid:2;)\r\n',
    );
    assert.deepEqual(unread, []);
    assert.deepEqual(
      rules.map(({ line, action, isBothWays }) => ({ line, action, isBothWays })),
      [{ line: 4, action: 'drop', isBothWays: true }],
    );
  });

  it('joins a line that ends in a backslash with the next', () => {
    const { rules, unread } = parseSuricata(
      'pass ip any any \\\n  -> any any \\\n (sid:1;)\nalert ip any any -> any any (sid:2;)',
    );
    assert.deepEqual(unread, []);
    assert.deepEqual(
      rules.map(({ line, header }) => ({ line, header })),
      [
        { line: 1, header: 'pass ip any any -> any any' },
        { line: 4, header: 'alert ip any any -> any any' },
      ],
    );
  });

  it('does not let a comment hide the line after it', () => {
    const { rules } = parseSuricata('# a comment \\\npass ip any any -> any any (sid:1;)');
    assert.deepEqual(
      rules.map(({ line }) => line),
      [2],
    );
  });

  it('takes an action and a protocol in any case', () => {
    const { rules } = parseSuricata('PASS TCP any any -> any any (sid:1;)');
    assert.deepEqual(
      rules.map(({ action, protocol }) => [action, protocol]),
      [['pass', 'tcp']],
    );
  });

  it.each([
    ['permit ip any any -> any any (sid:1;)', 'has the action permit, which no table knows'],
    ['pass ip any any -> any any', 'has no options'],
    ['pass ip any any -> any (sid:1;)', 'has no destination port'],
    ['pass ip any any any -> any any (sid:1;)', 'has too many words before its options'],
    ['pass ip any any <- any any (sid:1;)', 'has the direction <-'],
    ['pass i/p any any -> any any (sid:1;)', 'has the protocol i/p'],
    ['pass ip any any -> any any (sid:1;', 'has options that are not closed'],
    ['pass ip any any -> any any (sid:1)', 'has an option without a semicolon'],
    ['pass ip any any -> any any (msg:"a;b"; sid:1;)', 'has a value of msg that is not closed'],
    ['pass ip any any -> any any (:x;)', 'has the option without a name'],
    ['pass ip example.com any -> any any (sid:1;)', 'has example.com for an address or a port'],
    ['pass ip [10.0.0.0/8 any -> any any (sid:1;)', 'has no options'],
    [';pass ip any any -> any any (sid:1;)', 'has the action ;pass, which no table knows'],
  ])('hands back %s', (text, reason) => {
    assert.deepEqual(parseSuricata(text), { rules: [], unread: [{ line: 1, text, reason }] });
  });

  it('accounts for every line that is neither blank nor a comment', () => {
    const piece = fc.constantFrom('pass', 'ip', 'any', '->', '<>', '(', ')', ';', '[', ']', '!', '$A', '"', 'sid:1;');
    const line = fc.oneof(
      fc.array(piece, { maxLength: 16 }).map((parts) => parts.join(' ')),
      fc.string().map((text) => text.replaceAll(/[\\\n]/g, '')),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { rules, unread } = parseSuricata(lines.join('\n'));
        const seen = [...rules, ...unread].map((rule) => rule.line).toSorted((left, right) => left - right);
        const written = lines.flatMap((text, index) => (/^\s*(#|$)/.test(text) ? [] : [index + 1]));
        assert.deepEqual(seen, written);
      }),
      { numRuns: 2000 },
    );
  });

  it('throws on no text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => assert.ok(parseSuricata(text))));
  });

  it('takes time in proportion to the length', () => {
    const time = (text: string) => {
      const start = performance.now();
      parseSuricata(text);
      return performance.now() - start;
    };
    for (const unit of [
      '[',
      '!',
      '\\\n',
      ' ',
      '"',
      ';',
      'a:"\\";',
      '[1,',
      'pass ip any any -> any any (sid:1;)\n',
      '(',
    ]) {
      const text = `pass ip any any -> any any (${unit.repeat(100_000)}`;
      // Quadratic work on a text of this length takes minutes.
      assert.ok(time(text) < 2000 && time(unit.repeat(100_000)) < 2000, `slow on ${JSON.stringify(unit)}`);
    }
  });
});

describe('parseTerm', () => {
  it.each<[string, Term]>([
    ['any', ANY],
    ['!any', { kind: 'any', isNegated: true }],
    ['!$HOME_NET', { kind: 'variable', name: 'HOME_NET', isNegated: true }],
    ['@LIST', { kind: 'reference', name: 'LIST', isNegated: false }],
    ['1024:', { kind: 'literal', text: '1024:', isNegated: false }],
    ['2001:db8::/32', { kind: 'literal', text: '2001:db8::/32', isNegated: false }],
    [
      '[$A, ![10.0.0.0/8,10.1.0.1]]',
      {
        kind: 'list',
        isNegated: false,
        items: [
          { kind: 'variable', name: 'A', isNegated: false },
          {
            kind: 'list',
            isNegated: true,
            items: [
              { kind: 'literal', text: '10.0.0.0/8', isNegated: false },
              { kind: 'literal', text: '10.1.0.1', isNegated: false },
            ],
          },
        ],
      },
    ],
  ])('reads %s', (text, expected) => {
    assert.deepEqual(parseTerm(text), expected);
  });

  it.each([
    ['', 'lacks an address or a port'],
    ['[]', 'has a misplaced ]'],
    ['[any', 'has a list that is not closed'],
    ['[any,]', 'has a misplaced ]'],
    ['any]', 'has a misplaced ]'],
    ['any,any', 'has a misplaced ,'],
    ['any any', 'has a misplaced a'],
    ['!!any', 'has a misplaced !'],
    ['!', 'lacks an address or a port'],
    ['$', 'has $ for an address or a port'],
    ['[[[[[[[[[[[[[[[[[any]]]]]]]]]]]]]]]]]', 'nests lists deeper than 16'],
  ])('says why it does not understand %j', (text, reason) => {
    assert.equal(parseTerm(text), reason);
  });

  it('reads what it printed', () => {
    const word = fc.oneof(
      fc.constant<Term>(ANY),
      fc.record({ kind: fc.constant('variable' as const), name: fc.constantFrom('A', 'B_1'), isNegated: fc.boolean() }),
      fc.record({
        kind: fc.constant('literal' as const),
        text: fc.constantFrom('10.0.0.0/8', '80:90'),
        isNegated: fc.boolean(),
      }),
    );
    const { term } = fc.letrec<{ term: Term; list: Term }>((tie) => ({
      term: fc.oneof({ maxDepth: 8 }, word, tie('list')),
      list: fc.record({
        kind: fc.constant('list' as const),
        items: fc.array(tie('term'), { minLength: 1, maxLength: 4 }),
        isNegated: fc.boolean(),
      }),
    }));
    fc.assert(fc.property(term, (value) => assert.deepEqual(parseTerm(print(value)), structuredClone(value))));
  });
});

describe('parseOptions', () => {
  it('takes off quotation marks and backslashes', () => {
    assert.deepEqual(parseOptions('content:!"a\\;b\\"c"; flow: established, to_server ;'), [
      { name: 'content', value: { text: 'a;b"c', isNegated: true, isQuoted: true } },
      { name: 'flow', value: { text: 'established, to_server', isNegated: false, isQuoted: false } },
    ]);
  });
});

function print(term: Term): string {
  const sign = term.isNegated ? '!' : '';
  switch (term.kind) {
    case 'any':
      return `${sign}any`;
    case 'variable':
      return `${sign}$${term.name}`;
    case 'reference':
      return `${sign}@${term.name}`;
    case 'literal':
      return `${sign}${term.text}`;
    case 'list':
      return `${sign}[${term.items.map(print).join(', ')}]`;
  }
}
