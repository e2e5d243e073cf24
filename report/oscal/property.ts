import { cut, escapeMarkdown, visible } from '../escape.ts';

const LONGEST_VALUE = 1000;
const LONGEST_TEXT = 4000;

/** Of the names that this program gives to properties. */
const NAMESPACE = 'urn:trefoil:oscal';

export interface Property {
  readonly name: string;
  readonly ns: string;
  readonly value: string;
}

/** OSCAL takes no empty value and none that begins or ends with a blank. */
export function property(name: string, value: string): Property {
  const shown = cut(visible(value), LONGEST_VALUE).trim();
  return { name, ns: NAMESPACE, value: shown === '' ? '-' : shown };
}

/** A line of Markdown in which nothing of the data is markup. */
export function markup(text: string): string {
  const line = escapeMarkdown(cut(text, LONGEST_TEXT)).trim();
  return line === '' ? '-' : line;
}
