import { visible } from '../escape.ts';

/** Text for the content or an attribute of XML, in which every character can be seen. */
export function escapeXml(text: string): string {
  return visible(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/**
 * A quoted string of DOT, on one line. A backslash begins an escape such as `\N`, which would put in another text, and
 * Graphviz reads entities of HTML in every label.
 */
export function quoteDot(text: string): string {
  const shown = visible(text).replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/&/g, '&amp;');
  return `"${shown}"`;
}
