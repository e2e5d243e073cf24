import { assert, json, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LARGEST_POLICY, readDocument } from '../../policy/document.ts';
import { loadPolicy } from '../../policy/load.ts';

function codesOf(text: string): readonly string[] {
  return readDocument('enclave.yaml', text).problems.map(
    ({ code, location, what }) => `${code} ${location.line}:${location.column} ${what}`,
  );
}

describe('YAML', () => {
  test.each([
    [
      'a: [1, b',
      ['PO-PARSE 1:9 invalid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ],
    ['a: 1\n---\nb: 2', ['PO-PARSE 2:1 the file holds several YAML documents']],
    ['', ['PO-EMPTY 1:1 the file is empty']],
    ['# nothing\n', ['PO-EMPTY 1:1 the file is empty']],
    ['{}', ['PO-EMPTY 1:1 the file is empty']],
    ['[]', ['PO-EMPTY 1:1 the file is empty']],
    ['a: &x 1', ['PO-ALIAS 1:7 anchor &x']],
    ['a: &x 1\nb: *x', ['PO-ALIAS 1:7 anchor &x', 'PO-ALIAS 2:4 alias *x']],
    ['<<: {a: 1}\nb: 1', ['PO-ALIAS 1:1 merge key <<']],
    ['a: !!str 1', ['PO-TAG 1:10 tag "tag:yaml.org,2002:str"']],
    ['a: !exec ls', ['PO-TAG 1:10 tag "!exec"']],
    ['!!map {a: 1}', ['PO-TAG 1:7 tag "tag:yaml.org,2002:map"']],
    ['%YAML 1.1\n---\na: yes', ['PO-TAG 1:1 a YAML directive']],
    ['1: a', ['PO-KEY 1:1 a key that is not a string']],
    ['? [a]\n: 1', ['PO-KEY 1:3 a key that is not a string']],
    ['a: 1\nb:\n  c: 1\n  c: 2', ['PO-DUPKEY 4:3 duplicate key "c" (first at 3:3)']],
    ['a: 1\n"\\u0061": 2', ['PO-DUPKEY 2:1 duplicate key "a" (first at 1:1)']],
    ['a/b: 1\na: {b: 2}', []],
    ['a: NO', []],
  ])('%j', (text, codes) => {
    expect(codesOf(text)).toEqual(codes);
  });

  test('keeps __proto__ and its friends as data', () => {
    const result = readDocument('enclave.yaml', '__proto__: {polluted: 1}\nconstructor: 2\ntoString: 3');
    const root = result.kind === 'document' ? result.document.root : null;
    expect(Object.keys(Object(root))).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.getPrototypeOf(root)).toBeNull();
    expect(Reflect.has({}, 'polluted')).toBe(false);
  });

  test('counts columns in UTF-16 units over CRLF and astral characters', () => {
    expect(codesOf('a: "🇳🇴"\r\nb: {c: "🔒", c: 1}')).toEqual(['PO-DUPKEY 2:14 duplicate key "c" (first at 2:5)']);
  });
});

describe('hostile YAML ends in errors, quickly', () => {
  const many = 50_000;
  const LAUGHS = [
    'a: &a [lol]',
    ...'bcdefghij'.split('').map((key, index) => `${key}: &${key} [${`*${'abcdefghi'[index]},`.repeat(9)}]`),
  ];
  test.each([
    ['billion laughs', LAUGHS.join('\n'), 'PO-ALIAS'],
    ['deep flow sequences', '['.repeat(many), 'PO-DEPTH'],
    ['deep block sequences', `${'- '.repeat(many)}a`, 'PO-DEPTH'],
    ['deep keys', '? '.repeat(many), 'PO-DEPTH'],
    ['deep mappings', '{a: '.repeat(many), 'PO-DEPTH'],
    ['nesting that the reader refuses', `${'['.repeat(20)}${']'.repeat(20)}`, 'PO-DEPTH'],
    ['many entries', `sites:\n${'- {id: a}\n'.repeat(many)}`, 'PO-TOOLARGE'],
    ['many small entries', `sites:\n${'- a\n'.repeat(many)}`, 'PO-TYPE'],
    ['many keys', Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join('\n'), 'PO-UNKNOWNKEY'],
    ['many documents', '---\n'.repeat(many), 'PO-PARSE'],
    ['many anchors', `a: ${'&a '.repeat(many)}`, 'PO-PARSE'],
    ['a long line', `name: ${'x'.repeat(LARGEST_POLICY)}`, 'PO-TOOLARGE'],
    ['control characters', 'name: "\\u0000\\u001b[2J"\nnmae: \u202e', 'PO-UNKNOWNKEY'],
  ])('%s', (_name, text, code) => {
    const started = performance.now();
    const result = loadPolicy({ path: 'enclave.yaml', text, controlIds: [] });
    expect(result.kind === 'refused' ? result.problems.map((problem) => problem.code) : []).toContain(code);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('any text is refused or read, and any JSON is read, without a throw', () => {
    assert(property(string({ unit: 'binary' }), (text) => readDocument('p', text).kind !== undefined));
    assert(property(json(), (text) => loadPolicy({ path: 'p', text, controlIds: [] }).kind === 'refused'));
  });
});
