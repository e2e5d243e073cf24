import type { Charset } from './reporter.ts';

/**
 * What can act on a terminal or hide from a reader: control characters (ESC, C1, newline), bidirectional and
 * zero-width characters, blanks that look like a space, private use, lone surrogates; and what is no character, which XML
 * does not take.
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Me}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]|(?! )\p{Zs}/gu;

/** Most texts are of these alone, which is found out a good deal faster than that none of the others is in it. */
const PLAIN = /^[\x20-\x7e]*$/;
const PLAIN_LINES = /^[\x20-\x7e\n]*$/;

/** Text in which every character can be seen; the others are written as `\u{202e}`. One line. */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replace(HIDDEN, codePoint);
}

/** Text for a terminal or a build log. The runners of CI services obey `##[command]` anywhere in a line. */
export function escapeText(text: string, charset: Charset): string {
  const shown = visible(text).replace(/##(?=\[|vso\[)/g, '#\\u{23}');
  return charset === 'ascii' ? shown.replace(/[^\x20-\x7e]/gu, codePoint) : shown;
}

/** A line of text, so that no runner takes it for a `::command::`; colour codes and blanks before it do not count. */
export function escapeLine(line: string): string {
  // The escape sequences are chalk's own.
  return line.replace(/^((?:\x1b\[[0-9;]*m|\s)*):(?=:)/, '$1\\u{3a}');
}

/** What means nothing to a SARIF message; most texts are of these alone. */
const PLAIN_MESSAGE = /^[\x20-Z^-z|}~]*$/;

/**
 * Text for a SARIF message: `[text](target)` would become a link, `{0}` a placeholder.
 * SARIF 2.1.0, 3.11.5 and 3.11.6.
 */
export function escapeMessage(text: string): string {
  if (PLAIN_MESSAGE.test(text)) return text;
  return visible(text)
    .replace(/[\\[\]]/g, '\\$&')
    .replace(/\{(\d+)\}/g, '{{$1}}');
}

/** Text for Markdown: no markup, no HTML, no link, no mention. */
export function escapeMarkdown(text: string): string {
  const escaped = visible(text).replace(/[\\`*_{}[\]()#+\-.!|~>]/g, '\\$&');
  if (!/[&<@]|:\/\//.test(escaped)) return escaped;
  return escaped
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/@/g, '&#64;')
    .replace(/:(?=\/\/)/g, '&#58;');
}

/** What means nothing to XML; most texts are of these alone. */
const PLAIN_XML = /^[\x20!#-%(-;=?-~]*$/;

/** Text for the content or an attribute of XML, in which every character can be seen. */
export function escapeXml(text: string): string {
  if (PLAIN_XML.test(text)) return text;
  return visible(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** A relative path as a URI reference; null for a path that leaves the directory of the run. */
export function relativeUri(path: string): string | null {
  const relative = relativePath(path);
  if (relative === null) return null;
  return relative
    .split('/')
    .map((segment) => encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd')))
    .join('/');
}

/** A path from the directory of the run, without steps that lead nowhere; null for one that leaves it. */
export function relativePath(path: string): string | null {
  if (/^[/\\]|^[A-Za-z]:[/\\]|^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(path)) return null;
  const segments: string[] = [];
  for (const segment of path.split(/[/\\]/)) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.length === 0 ? null : segments.join('/');
}

/** `JSON.stringify` whose text holds no character that a reader cannot see, and loses none. */
export function stringifyJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  if (PLAIN_LINES.test(text)) return text;
  return text.replace(HIDDEN, (character) => {
    // Strings hold no newline here, so that one is between values.
    if (character === '\n') return character;
    return Array.from({ length: character.length }, (_, index) => unit(character.charCodeAt(index))).join('');
  });
}

/** The first `limit` characters, and how many were cut. */
export function cut(text: string, limit: number, ellipsis = '\u2026'): string {
  if (text.length <= limit) return text;
  // Half of a surrogate pair would be shown as an escape of its own.
  const kept = text.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
  return `${kept}${ellipsis} (+${text.length - kept.length} characters)`;
}

function codePoint(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
