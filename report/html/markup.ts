import { cut, escapeXml } from '../escape.ts';

/** Longer texts are cut, and say so: a name of a megabyte would bury everything else. */
const LONGEST = 2_000;

const PLAIN_TEXT = /^[\w .,:;/()[\]{}=+*@#$%^|~?!-]*$/;

/** HTML that was written here, or made of texts that were escaped. */
class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type { Markup };

export type Content = string | number | Markup | readonly Markup[] | null;

/**
 * HTML in which every text is escaped, between tags and in quoted attributes alike. Nothing else makes HTML of data, and
 * no value may stand anywhere else: in a tag name, an attribute without quotes, a style or a script.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const constants = constantsOf(strings);
  let text = constants[0] ?? '';
  for (const [index, value] of values.entries()) text += textOf(value) + (constants[index + 1] ?? '');
  return new Markup(text);
}

/** `html` of a part that begins or ends in the middle of an element, which no formatter of code must close. */
export function part(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return html(strings, ...values);
}

const KNOWN = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The constant parts of a template, without the indentation that the code gives them. */
function constantsOf(strings: TemplateStringsArray): readonly string[] {
  const known = KNOWN.get(strings);
  if (known !== undefined) return known;
  const constants = strings.map((text) => text.replaceAll(/\s*\n\s*/g, '\n'));
  KNOWN.set(strings, constants);
  return constants;
}

/** HTML, style or script that is a constant of ours. */
export function constant(text: string): Markup {
  return new Markup(text);
}

/** Parts with something between them. */
export function joined(parts: readonly Markup[], between: string): Markup {
  return new Markup(parts.map(({ text }) => text).join(escapeHtml(between)));
}

/** Text in which every character can be seen and none is markup, in full only as long as people read it. */
export function escapeHtml(text: string): string {
  const shown = cut(text, LONGEST);
  return PLAIN_TEXT.test(shown) ? shown : escapeXml(shown);
}

function textOf(value: Content): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return value.map(({ text }) => text).join('');
}
