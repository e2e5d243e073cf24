import { cut, visible } from './escape.ts';

/**
 * A word that means nothing to Markdown, nor to the services that link mentions, issues, commits and addresses in what
 * Markdown has become: letters and digits, hyphens between letters, and a mark at the end; or a number.
 */
const PLAIN_WORD = /^(?:\(?[A-Za-z][A-Za-z0-9]*(?:[-'][A-Za-z]+)*\)?[,.;:]?|\d{1,6}[,;]?)$/;

/** Hexadecimal digits of which a service makes a link to a commit. */
const COMMIT = /^\(?[0-9a-f]{7,}/i;

/**
 * Text as Markdown: words as they are, everything else as code. Escaping is not enough: `&#64;team` is an `@` again by
 * the time that a service looks for names to notify, and only code is left alone.
 */
export function prose(text: string, longest: number): string {
  const parts: { readonly isCode: boolean; readonly text: string }[] = [];
  for (const word of visible(cut(text, longest)).split(' ')) {
    if (word === '') continue;
    const isCode = !PLAIN_WORD.test(word) || COMMIT.test(word);
    const last = parts.at(-1);
    if (last === undefined || last.isCode !== isCode) parts.push({ isCode, text: word });
    else parts[parts.length - 1] = { isCode, text: `${last.text} ${word}` };
  }
  return parts.map((part) => (part.isCode ? codeBeforeMark(part.text) : part.text)).join(' ');
}

/** The mark that ends a clause belongs to the text and not to the code. */
function codeBeforeMark(text: string): string {
  const mark = /[^,.;:][,.;:]$/.test(text) ? text.slice(-1) : '';
  return `${codeSpan(mark === '' ? text : text.slice(0, -1))}${mark}`;
}

/** Text in backticks, also in a cell of a table. */
export function code(text: string, longest: number): string {
  return codeSpan(visible(cut(text, longest)));
}

/** In a cell a `|` ends the code that it stands in, so it is shown as an escape. */
function codeSpan(text: string): string {
  const shown = text.replaceAll('|', '\\u{7c}');
  const longest = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || shown.startsWith(' ') || shown === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}
