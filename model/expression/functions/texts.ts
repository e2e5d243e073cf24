import { boolean, type Value } from '../../value.ts';
import type { Conversion } from '../convert.ts';
import { textValue } from '../text.ts';
import { trimEnd, trimStart } from '../literal-text.ts';
import { COUNT, type FunctionTable, integerAt, isSimpleText, listOf, TEXT, textAt } from './definition.ts';
import { replacePattern } from './pattern.ts';

export const TEXTS: FunctionTable = {
  chomp: { parameters: [TEXT], apply: (values) => textValue(textAt(values, 0).replace(/(?:\r\n|\n|\r)+$/, '')) },
  endswith: { parameters: [TEXT, TEXT], apply: (values) => boolean(textAt(values, 0).endsWith(textAt(values, 1))) },
  indent: { parameters: [COUNT, TEXT], apply: indent },
  lower: { parameters: [TEXT], apply: (values) => changeCase(textAt(values, 0), (char) => char.toLowerCase()) },
  replace: { parameters: [TEXT, TEXT, TEXT], apply: replace },
  split: { parameters: [TEXT, TEXT], apply: split },
  startswith: { parameters: [TEXT, TEXT], apply: (values) => boolean(textAt(values, 0).startsWith(textAt(values, 1))) },
  strcontains: { parameters: [TEXT, TEXT], apply: (values) => boolean(textAt(values, 0).includes(textAt(values, 1))) },
  strrev: { parameters: [TEXT], apply: reverse },
  substr: { parameters: [TEXT, COUNT, COUNT], apply: substring },
  title: { parameters: [TEXT], apply: title },
  trim: { parameters: [TEXT, TEXT], apply: trim },
  trimprefix: { parameters: [TEXT, TEXT], apply: trimPrefix },
  trimspace: { parameters: [TEXT], apply: (values) => textValue(trimStart(trimEnd(textAt(values, 0)))) },
  trimsuffix: { parameters: [TEXT, TEXT], apply: trimSuffix },
  upper: { parameters: [TEXT], apply: (values) => changeCase(textAt(values, 0), (char) => char.toUpperCase()) },
};

/** Beyond Latin letters Go and JavaScript map cases differently; within them only characters that stay single agree. */
function changeCase(text: string, change: (char: string) => string): Conversion {
  if (!/^[\u0000-\u017f]*$/.test(text) || /[\u0130\u0131\u0149\u017f]/.test(text)) return 'unsure';
  const changed = Array.from(text, (char) => (change(char).length === 1 ? change(char) : char)).join('');
  return textValue(changed);
}

function indent(values: readonly Value[]): Conversion {
  const count = integerAt(values, 0);
  if (count === null || count > 1000) return 'unsure';
  if (count < 0) return 'invalid';
  return textValue(textAt(values, 1).replaceAll('\n', `\n${' '.repeat(count)}`));
}

function replace(values: readonly Value[]): Conversion {
  const [text, search, replacement] = [textAt(values, 0), textAt(values, 1), textAt(values, 2)];
  if (search.length > 1 && search.startsWith('/') && search.endsWith('/')) {
    return replacePattern(text, search.slice(1, -1), replacement);
  }
  if (search === '') {
    const chars = Array.from(text);
    return textValue(replacement + chars.map((char) => char + replacement).join(''));
  }
  return textValue(text.split(search).join(replacement));
}

function split(values: readonly Value[]): Conversion {
  const [separator, text] = [textAt(values, 0), textAt(values, 1)];
  const parts = separator === '' ? Array.from(text) : text.split(separator);
  return listOf(parts.map(textValue));
}

function reverse(values: readonly Value[]): Conversion {
  const text = textAt(values, 0);
  return isSimpleText(text) ? textValue(Array.from(text).toReversed().join('')) : 'unsure';
}

function substring(values: readonly Value[]): Conversion {
  const text = textAt(values, 0);
  const offset = integerAt(values, 1);
  const length = integerAt(values, 2);
  if (offset === null || length === null || !isSimpleText(text)) return 'unsure';
  const start = offset < 0 ? offset + text.length : offset;
  if (start < 0 || length < -1 || (offset < 0 && length === 0)) return 'unsure';
  return textValue(length === -1 ? text.slice(start) : text.slice(start, start + length));
}

function title(values: readonly Value[]): Conversion {
  const text = textAt(values, 0);
  if (!/^[\u0000-\u007f]*$/.test(text)) return 'unsure';
  return textValue(
    text.replace(/(^|[^A-Za-z0-9_])([a-z])/g, (_, before: string, char: string) => before + char.toUpperCase()),
  );
}

function trim(values: readonly Value[]): Conversion {
  const chars = Array.from(textAt(values, 0));
  const set = new Set(textAt(values, 1));
  const start = chars.findIndex((char) => !set.has(char));
  const end = chars.findLastIndex((char) => !set.has(char));
  return textValue(start === -1 ? '' : chars.slice(start, end + 1).join(''));
}

function trimPrefix(values: readonly Value[]): Conversion {
  const [text, prefix] = [textAt(values, 0), textAt(values, 1)];
  return textValue(text.startsWith(prefix) ? text.slice(prefix.length) : text);
}

function trimSuffix(values: readonly Value[]): Conversion {
  const [text, suffix] = [textAt(values, 0), textAt(values, 1)];
  return textValue(suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text);
}
