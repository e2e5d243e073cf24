import type { Cursor } from './cursor.ts';
import { parseHeredoc, parseQuotedTemplate, takeForNames } from './parse-template.ts';
import type { BinaryExpression, Expression, TemplatePart } from './syntax.ts';

type BinaryOperator = BinaryExpression['operator'];

/** How tightly operators bind. Longer ones stand before their prefixes. */
const PRECEDENCE: ReadonlyMap<BinaryOperator, number> = new Map([
  ['||', 1],
  ['&&', 2],
  ['==', 3],
  ['!=', 3],
  ['>=', 4],
  ['<=', 4],
  ['>', 4],
  ['<', 4],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
  ['%', 6],
]);

const OPERATORS = [...PRECEDENCE];
const FIRST_CHARACTERS = new Set(OPERATORS.map(([operator]) => operator.charAt(0)));

/** The name under which the item of a splat stands in the tree. */
export const SPLAT_ITEM = '*';

export function parseExpressionAt(cursor: Cursor): Expression {
  return cursor.nest(() => {
    const condition = parseBinary(cursor, 1);
    if (!cursor.take('?')) return condition;
    const then = parseExpressionAt(cursor);
    if (!cursor.takeColon()) cursor.fail('expects ":" between the results of a conditional');
    const otherwise = parseExpressionAt(cursor);
    const { start } = condition;
    const { end } = otherwise;
    return cursor.node({ kind: 'conditional', condition, then, otherwise, start, end }, [condition, then, otherwise]);
  });
}

/** Operands joined by operators that bind at least as tightly as `least`. */
function parseBinary(cursor: Cursor, least: number): Expression {
  let left = parseTraversed(cursor);
  for (;;) {
    const found = operatorAt(cursor);
    if (found === null) return left;
    const [operator, precedence] = found;
    if (precedence < least) return left;
    cursor.position += operator.length;
    const right = parseBinary(cursor, precedence + 1);
    left = cursor.node({ kind: 'binary', operator, left, right, start: left.start, end: right.end }, [left, right]);
  }
}

function operatorAt(cursor: Cursor): readonly [BinaryOperator, number] | null {
  cursor.skip();
  if (!FIRST_CHARACTERS.has(cursor.text.charAt(cursor.position))) return null;
  // `<<` can only introduce a heredoc, which is no operator.
  if (cursor.at('<<')) return null;
  return OPERATORS.find(([operator]) => cursor.at(operator)) ?? null;
}

function parseTraversed(cursor: Cursor): Expression {
  return parseTraversals(cursor, parseTerm(cursor));
}

function parseTraversals(cursor: Cursor, from: Expression): Expression {
  let result = from;
  for (;;) {
    if (cursor.at('.') && !cursor.at('...')) {
      cursor.position++;
      result = cursor.take('*') ? parseAttributeSplat(cursor, result) : parseStep(cursor, result);
    } else if (cursor.take('[')) result = parseBracket(cursor, result);
    else return result;
  }
}

/** A name or the legacy index `.0`, after the dot. */
function parseStep(cursor: Cursor, object: Expression): Expression {
  const name = cursor.takeIdentifier();
  const { start } = object;
  if (name !== null) return cursor.node({ kind: 'attribute', object, name, start, end: cursor.position }, [object]);
  cursor.skip();
  const at = cursor.position;
  const number = cursor.takeNumber() ?? cursor.fail('expects a name after the dot');
  if (!/^\d+$/.test(number)) cursor.fail(`has the legacy index ".${number}"; write [n][m] instead`, at);
  const literal = { type: 'number', text: number } as const;
  const key = cursor.node({ kind: 'literal', literal, start: at, end: cursor.position }, []);
  return cursor.node({ kind: 'index', collection: object, key, start, end: cursor.position }, [object]);
}

/** `.*` takes the names and legacy indexes that follow; a bracket after it applies to the whole result. */
function parseAttributeSplat(cursor: Cursor, collection: Expression): Expression {
  let each = splatItem(cursor);
  while (cursor.at('.') && !cursor.at('...')) {
    cursor.position++;
    if (cursor.at('*')) cursor.fail('nests a splat in an attribute splat');
    each = parseStep(cursor, each);
  }
  const { start } = collection;
  return cursor.node({ kind: 'splat', style: 'attribute', collection, each, start, end: cursor.position }, [
    collection,
    each,
  ]);
}

function parseBracket(cursor: Cursor, collection: Expression): Expression {
  const { start } = collection;
  if (cursor.take('*')) {
    cursor.expect(']', 'after the star of a splat');
    const each = cursor.nest(() => parseTraversals(cursor, splatItem(cursor)));
    return cursor.node({ kind: 'splat', style: 'full', collection, each, start, end: cursor.position }, [
      collection,
      each,
    ]);
  }
  const key = cursor.withNewlines(false, () => {
    const inner = parseExpressionAt(cursor);
    cursor.expect(']', 'to close the index');
    return inner;
  });
  return cursor.node({ kind: 'index', collection, key, start, end: cursor.position }, [collection, key]);
}

function splatItem(cursor: Cursor): Expression {
  return cursor.node({ kind: 'variable', name: SPLAT_ITEM, start: cursor.position, end: cursor.position }, []);
}

function parseTerm(cursor: Cursor): Expression {
  cursor.skip();
  const start = cursor.position;
  switch (cursor.text[start]) {
    case '(':
      return parseParentheses(cursor);
    case '"':
      cursor.position++;
      return finishTemplate(cursor, start, parseQuotedTemplate(cursor, parseExpressionAt));
    case '<':
      return finishTemplate(cursor, start, parseHeredoc(cursor, parseExpressionAt));
    case '[':
      return parseTuple(cursor);
    case '{':
      return parseObject(cursor);
    case '-':
    case '!': {
      const operator = cursor.text[start] === '-' ? '-' : '!';
      cursor.position++;
      const operand = cursor.nest(() => parseTraversed(cursor));
      return cursor.node({ kind: 'unary', operator, operand, start, end: operand.end }, [operand]);
    }
    default:
      return parseNameOrNumber(cursor, start);
  }
}

function parseParentheses(cursor: Cursor): Expression {
  cursor.position++;
  return cursor.withNewlines(false, () => {
    const inner = parseExpressionAt(cursor);
    cursor.expect(')', 'to close the parenthesis');
    return inner;
  });
}

function finishTemplate(cursor: Cursor, start: number, parts: readonly TemplatePart[]): Expression {
  const [only, ...more] = parts;
  const end = cursor.position;
  if (only?.kind === 'text' && more.length === 0) {
    return cursor.node({ kind: 'literal', literal: { type: 'string', value: only.text }, start, end }, []);
  }
  return cursor.node({ kind: 'template', parts, start, end }, templateChildren(parts));
}

/** The expressions directly inside a template, for measuring its height. */
export function templateChildren(parts: readonly TemplatePart[]): Expression[] {
  return parts.flatMap((part) => {
    switch (part.kind) {
      case 'text':
        return [];
      case 'interpolation':
        return [part.expression];
      case 'if':
        return [part.condition, ...templateChildren(part.then), ...templateChildren(part.otherwise)];
      case 'for':
        return [part.collection, ...templateChildren(part.body)];
    }
  });
}

function parseNameOrNumber(cursor: Cursor, start: number): Expression {
  const number = cursor.takeNumber();
  if (number !== null) {
    if (!/^\d+(\.\d+)?([eE][+-]?\d+)?$/.test(number)) cursor.fail(`has the malformed number "${number}"`, start);
    return cursor.node({ kind: 'literal', literal: { type: 'number', text: number }, start, end: cursor.position }, []);
  }
  const name = cursor.takeIdentifier();
  if (name === null) return cursor.fail('expects an expression');
  const { position: end } = cursor;
  if (cursor.at('(') || cursor.at('::')) return parseCall(cursor, name, start);
  if (name === 'true' || name === 'false') {
    return cursor.node({ kind: 'literal', literal: { type: 'boolean', value: name === 'true' }, start, end }, []);
  }
  if (name === 'null') return cursor.node({ kind: 'literal', literal: { type: 'null' }, start, end }, []);
  return cursor.node({ kind: 'variable', name, start, end }, []);
}

function parseCall(cursor: Cursor, firstName: string, start: number): Expression {
  let name = firstName;
  while (cursor.take('::')) name += `::${cursor.takeIdentifier() ?? cursor.fail('expects a function name after "::"')}`;
  cursor.expect('(', 'after the name of a function');
  const items: Expression[] = [];
  let expandLast = false;
  cursor.withNewlines(false, () => {
    while (!cursor.take(')')) {
      items.push(parseExpressionAt(cursor));
      if (cursor.take('...')) {
        expandLast = true;
        cursor.expect(')', 'after "..."');
        return;
      }
      if (!cursor.at(')')) cursor.expect(',', 'between the arguments of a function');
    }
  });
  const call = { kind: 'call', name, arguments: items, expandLast, start, end: cursor.position } as const;
  return cursor.node(call, items);
}

function parseTuple(cursor: Cursor): Expression {
  const start = cursor.position;
  cursor.position++;
  return cursor.withNewlines(false, () => {
    if (cursor.takeKeyword('for')) return parseFor(cursor, { start, close: ']' });
    const items: Expression[] = [];
    while (!cursor.take(']')) {
      items.push(parseExpressionAt(cursor));
      if (!cursor.at(']')) cursor.expect(',', 'between the items of a list');
    }
    return cursor.node({ kind: 'tuple', items, start, end: cursor.position }, items);
  });
}

function parseObject(cursor: Cursor): Expression {
  const start = cursor.position;
  cursor.position++;
  if (cursor.withNewlines(false, () => cursor.takeKeyword('for'))) {
    return cursor.withNewlines(false, () => parseFor(cursor, { start, close: '}' }));
  }
  const entries: { readonly key: Expression; readonly value: Expression }[] = [];
  cursor.withNewlines(true, () => {
    for (;;) {
      while (cursor.takeSeparatorLine());
      if (cursor.take('}')) return;
      const key = parseKey(cursor);
      if (!cursor.takeAssignment()) cursor.fail('expects "=" or ":" after the key of an object');
      entries.push({ key, value: parseExpressionAt(cursor) });
      if (cursor.take('}')) return;
      if (!cursor.take(',') && !cursor.takeSeparatorLine()) cursor.fail('expects a comma or newline between entries');
    }
  });
  const children = entries.flatMap(({ key, value }) => [key, value]);
  return cursor.node({ kind: 'object', entries, start, end: cursor.position }, children);
}

/** A bare name is the key itself; in parentheses it is a reference. */
function parseKey(cursor: Cursor): Expression {
  const isParenthesised = cursor.at('(');
  const key = parseExpressionAt(cursor);
  if (isParenthesised) return key;
  const { start, end } = key;
  if (key.kind === 'variable') return literalKey(cursor, key.name, { start, end });
  if (key.kind === 'literal' && key.literal.type === 'boolean') {
    return literalKey(cursor, String(key.literal.value), { start, end });
  }
  if (key.kind === 'literal' && key.literal.type === 'null') return literalKey(cursor, 'null', { start, end });
  if (isTraversal(key)) cursor.fail('has an ambiguous key; quote it, or put a reference in parentheses', start);
  return key;
}

function literalKey(cursor: Cursor, value: string, span: { readonly start: number; readonly end: number }): Expression {
  return cursor.node({ kind: 'literal', literal: { type: 'string', value }, ...span }, []);
}

function isTraversal(expression: Expression): boolean {
  let current = expression;
  for (;;) {
    if (current.kind === 'attribute') current = current.object;
    else if (current.kind === 'index' && current.key.kind === 'literal') current = current.collection;
    else return current.kind === 'variable';
  }
}

function parseFor(cursor: Cursor, { start, close }: { readonly start: number; readonly close: ']' | '}' }): Expression {
  const { keyName, valueName } = takeForNames(cursor);
  const collection = parseExpressionAt(cursor);
  if (!cursor.takeColon()) cursor.fail('expects ":" after the collection of "for"');
  const first = parseExpressionAt(cursor);
  const second = cursor.take('=>') ? parseExpressionAt(cursor) : null;
  const group = cursor.take('...');
  const condition = cursor.takeKeyword('if') ? parseExpressionAt(cursor) : null;
  cursor.expect(close, 'to close "for"');
  const common = { keyName, valueName, collection, condition, start, end: cursor.position };
  const children = [
    collection,
    first,
    ...(second === null ? [] : [second]),
    ...(condition === null ? [] : [condition]),
  ];
  if (close === ']') {
    if (second !== null) cursor.fail('has a key in a "for" that builds a list', start);
    if (group) cursor.fail('groups with "..." in a "for" that builds a list', start);
    return cursor.node({ kind: 'for-tuple', value: first, ...common }, children);
  }
  if (second === null) return cursor.fail('needs "key => value" in a "for" that builds an object', start);
  return cursor.node({ kind: 'for-object', key: first, value: second, group, ...common }, children);
}
