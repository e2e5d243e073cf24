import type { Cursor } from './cursor.ts';
import { takeText, type TextMode, trimEnd, trimStart } from './literal-text.ts';
import type { Expression, TemplatePart } from './syntax.ts';

/** The expression grammar, given by its owner so that the two grammars need not import each other. */
type ParseInner = (cursor: Cursor) => Expression;

/** A template before its directives are paired. */
type Token =
  | { readonly kind: 'text'; text: string }
  | { readonly kind: 'interpolation'; readonly expression: Expression }
  | { readonly kind: 'if'; readonly condition: Expression; readonly offset: number }
  | {
      readonly kind: 'for';
      readonly keyName: string | null;
      readonly valueName: string;
      readonly collection: Expression;
      readonly offset: number;
    }
  | { readonly kind: 'else'; readonly offset: number }
  | { readonly kind: 'endif'; readonly offset: number }
  | { readonly kind: 'endfor'; readonly offset: number };

/** A template up to the end of the text. */
export function parseBareTemplate(cursor: Cursor, inner: ParseInner): readonly TemplatePart[] {
  const tokens = takeTokens(cursor, inner, 'bare', () => cursor.position >= cursor.text.length);
  return pair(tokens, cursor);
}

/** A quoted string whose opening quote is taken; takes the closing one. */
export function parseQuotedTemplate(cursor: Cursor, inner: ParseInner): readonly TemplatePart[] {
  const tokens = takeTokens(cursor, inner, 'quoted', () => {
    if (cursor.text[cursor.position] !== '"') return false;
    cursor.position++;
    return true;
  });
  return pair(tokens, cursor);
}

const HEREDOC = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;

/** A heredoc, `<<EOT` or `<<-EOT`, from its introducer to its closing marker. */
export function parseHeredoc(cursor: Cursor, inner: ParseInner): readonly TemplatePart[] {
  HEREDOC.lastIndex = cursor.position;
  const [introducer, dash, marker] = HEREDOC.exec(cursor.text) ?? cursor.fail('has an invalid heredoc introducer');
  cursor.position += introducer.length;
  const tokens = takeTokens(cursor, inner, 'heredoc', () => atMarker(cursor, marker ?? ''));
  if (dash === '-') removeIndentation(tokens);
  return pair(tokens, cursor);
}

/** A line that holds nothing but the marker, and ends, closes the heredoc; its newline is not part of it. */
function atMarker(cursor: Cursor, marker: string): boolean {
  if (cursor.position >= cursor.text.length) cursor.fail(`has a heredoc that no line "${marker}" closes`);
  if (cursor.text[cursor.position - 1] !== '\n') return false;
  const lineEnd = cursor.text.indexOf('\n', cursor.position);
  if (lineEnd === -1) return false;
  const line = cursor.text.slice(cursor.position, lineEnd);
  if (trimStart(trimEnd(line)) !== marker) return false;
  cursor.position = line.endsWith('\r') ? lineEnd - 1 : lineEnd;
  return true;
}

function takeTokens(cursor: Cursor, inner: ParseInner, mode: TextMode, takeEnd: () => boolean): Token[] {
  const tokens: Token[] = [];
  let stripNext = false;
  while (!takeEnd()) {
    const opener = cursor.text.slice(cursor.position, cursor.position + 2);
    if (opener !== '${' && opener !== '%{') {
      const text = takeText(cursor, mode);
      tokens.push({ kind: 'text', text: stripNext ? trimStart(text) : text });
      stripNext = false;
      continue;
    }
    const offset = cursor.position;
    cursor.position += 2;
    if (cursor.text[cursor.position] === '~') {
      cursor.position++;
      const previous = tokens.at(-1);
      if (previous?.kind === 'text') previous.text = trimEnd(previous.text);
    }
    cursor.nest(() =>
      cursor.withNewlines(false, () => {
        tokens.push(
          opener === '${' ? { kind: 'interpolation', expression: inner(cursor) } : takeDirective(cursor, inner, offset),
        );
        stripNext = cursor.take('~}');
        if (!stripNext) cursor.expect('}', 'to close what "${" or "%{" opened');
      }),
    );
  }
  return tokens;
}

function takeDirective(cursor: Cursor, inner: ParseInner, offset: number): Token {
  const keyword = cursor.takeIdentifier();
  switch (keyword) {
    case 'if':
      return { kind: 'if', condition: inner(cursor), offset };
    case 'for': {
      const { keyName, valueName } = takeForNames(cursor);
      return { kind: 'for', keyName, valueName, collection: inner(cursor), offset };
    }
    case 'else':
    case 'endif':
    case 'endfor':
      return { kind: keyword, offset };
    default:
      return cursor.fail('has an unknown template directive', offset);
  }
}

/** `value in` or `key, value in`, after the word `for`. */
export function takeForNames(cursor: Cursor): { readonly keyName: string | null; readonly valueName: string } {
  const first = cursor.takeIdentifier() ?? cursor.fail('expects a variable name after "for"');
  const second = cursor.take(',')
    ? (cursor.takeIdentifier() ?? cursor.fail('expects a variable name after the comma'))
    : null;
  if (!cursor.takeKeyword('in')) cursor.fail('expects "in" after the names of "for"');
  return second === null ? { keyName: null, valueName: first } : { keyName: first, valueName: second };
}

/** `<<-`: every line loses the indentation of the least indented; lines of spaces only do not count. */
function removeIndentation(tokens: readonly Token[]): void {
  const leading: (Token & { kind: 'text' })[] = [];
  let least = Number.POSITIVE_INFINITY;
  let atLineStart = true;
  for (const token of tokens) {
    if (atLineStart) {
      atLineStart = false;
      if (token.kind !== 'text') least = 0;
      else {
        const trimmed = trimStart(token.text);
        if (trimmed !== '' || !token.text.endsWith('\n')) {
          least = Math.min(least, token.text.length - trimmed.length);
          leading.push(token);
        }
      }
    }
    if (token.kind === 'text' && token.text.endsWith('\n')) atLineStart = true;
  }
  for (const token of leading) token.text = token.text.slice(least);
}

/** Pairs the directives and joins adjacent text. */
function pair(tokens: readonly Token[], cursor: Cursor): readonly TemplatePart[] {
  const reader = new TokenReader(tokens, cursor);
  const parts = reader.parts();
  const rest = reader.peek();
  if (rest !== undefined) cursor.fail(`has an unexpected "${rest.kind}" directive`);
  return parts.length === 0 ? [{ kind: 'text', text: '' }] : parts;
}

class TokenReader {
  private readonly tokens: readonly Token[];
  private readonly cursor: Cursor;
  private index = 0;

  constructor(tokens: readonly Token[], cursor: Cursor) {
    this.tokens = tokens;
    this.cursor = cursor;
  }

  peek(): Token | undefined {
    return this.tokens[this.index];
  }

  /** Parts up to the end or a directive that closes. */
  parts(): TemplatePart[] {
    const parts: TemplatePart[] = [];
    for (;;) {
      const token = this.peek();
      if (token === undefined) return parts;
      if (token.kind === 'else' || token.kind === 'endif' || token.kind === 'endfor') return parts;
      this.index++;
      const previous = parts.at(-1);
      if (token.kind === 'text' && previous?.kind === 'text') {
        parts[parts.length - 1] = { kind: 'text', text: previous.text + token.text };
      } else if (token.kind === 'if') parts.push(this.cursor.nest(() => this.finishIf(token)));
      else if (token.kind === 'for') parts.push(this.cursor.nest(() => this.finishFor(token)));
      else parts.push(token);
    }
  }

  private finishIf({ condition, offset }: Token & { kind: 'if' }): TemplatePart {
    const then = this.parts();
    const otherwise = this.takeClosing('else') ? this.parts() : [];
    if (!this.takeClosing('endif')) this.cursor.fail('has an "if" directive without its "endif"', offset);
    return { kind: 'if', condition, then, otherwise };
  }

  private finishFor({ keyName, valueName, collection, offset }: Token & { kind: 'for' }): TemplatePart {
    const body = this.parts();
    if (!this.takeClosing('endfor')) this.cursor.fail('has a "for" directive without its "endfor"', offset);
    return { kind: 'for', keyName, valueName, collection, body };
  }

  private takeClosing(kind: 'else' | 'endif' | 'endfor'): boolean {
    if (this.peek()?.kind !== kind) return false;
    this.index++;
    return true;
  }
}
