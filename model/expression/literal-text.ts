import type { Cursor } from './cursor.ts';

/** Where template text stands: it decides what ends a piece of text and whether backslashes escape. */
export type TextMode = 'bare' | 'quoted' | 'heredoc';

const SPACE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const LEADING_SPACE = new RegExp(`^${SPACE}+`);
const TRAILING_SPACE = new RegExp(`${SPACE}+$`);

/** Unicode white space as Go's `unicode.IsSpace` defines it, which is not quite that of `String.trim`. */
export function trimStart(text: string): string {
  return text.replace(LEADING_SPACE, '');
}

export function trimEnd(text: string): string {
  // A pattern anchored only at the end is quadratic in runs of spaces; this is not.
  let end = text.length;
  while (end > 0 && TRAILING_SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/**
 * One piece of literal text as Terraform's scanner cuts it (the strip marker `~` acts on one piece only):
 * an escape `$${`, a lone `$` or `%`, or a run up to the next of these, in templates at most to the end of the line.
 */
export function takeText(cursor: Cursor, mode: TextMode): string {
  const char = cursor.text[cursor.position];
  if (char === '$' || char === '%') {
    if (cursor.text.startsWith(`${char}${char}{`, cursor.position)) {
      cursor.position += 3;
      return `${char}{`;
    }
    cursor.position++;
    return char;
  }
  return mode === 'quoted' ? takeQuotedRun(cursor) : takeLine(cursor);
}

function takeLine(cursor: Cursor): string {
  const start = cursor.position;
  while (cursor.position < cursor.text.length) {
    const char = cursor.text[cursor.position];
    if (char === '$' || char === '%') break;
    cursor.position++;
    if (char === '\n') break;
  }
  return cursor.text.slice(start, cursor.position);
}

function takeQuotedRun(cursor: Cursor): string {
  let text = '';
  for (;;) {
    const char = cursor.text[cursor.position];
    if (char === undefined) cursor.fail('has a string that is not closed');
    if (char === '\n' || char === '\r') cursor.fail('has a line break in a quoted string');
    if (char === '"' || char === '$' || char === '%') return text;
    if (char === '\\') text += takeEscape(cursor);
    else {
      text += char;
      cursor.position++;
    }
  }
}

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
]);

function takeEscape(cursor: Cursor): string {
  const selector = cursor.text.charAt(cursor.position + 1);
  const simple = SIMPLE_ESCAPES.get(selector);
  if (simple !== undefined) {
    cursor.position += 2;
    return simple;
  }
  const digits = selector === 'u' ? 4 : selector === 'U' ? 8 : 0;
  const hex = cursor.text.slice(cursor.position + 2, cursor.position + 2 + digits);
  if (digits === 0 || hex.length !== digits || !/^[0-9a-fA-F]+$/.test(hex)) {
    cursor.fail(`has an invalid escape sequence "\\${selector}"`);
  }
  const point = Number.parseInt(hex, 16);
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) cursor.fail(`has "\\${selector}${hex}", no character`);
  cursor.position += 2 + digits;
  return String.fromCodePoint(point);
}
