import { visible } from '../escape.ts';

/**
 * A quoted string of DOT, on one line. A backslash begins an escape such as `\N`, which would put in another text, and
 * Graphviz reads entities of HTML in every label.
 */
export function quoteDot(text: string): string {
  const shown = visible(text).replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/&/g, '&amp;');
  return `"${shown}"`;
}
