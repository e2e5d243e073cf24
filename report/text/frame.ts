import type { SourceLocation } from '../../model/source.ts';
import { clip, columns } from './columns.ts';
import { clean, type Style } from './style.ts';

const AROUND = 1;
const AFTER_CARET = 24;
/** More than any terminal shows; generated files have lines of megabytes. */
const LONGEST = 400;

/** The line of a location with one line around it and a caret under the column; nothing when the text has no such line. */
export function codeFrame(text: string, location: SourceLocation, indent: number, style: Style): readonly string[] {
  const first = Math.max(1, location.line - AROUND);
  const lines = linesOf(text, first, location.line + AROUND);
  const target = lines[location.line - first];
  if (target === undefined) return [];

  const digits = String(first + lines.length - 1).length;
  const gutter = (label: string, mark: string): string =>
    `${' '.repeat(indent - 2)}${mark} ${style.colour.dim(`${label.padStart(digits)} ${style.glyphs.vertical}`)} `;
  const room = style.width - indent - digits - 3;
  const pointed = point(target, location.column, room, style);

  return lines.flatMap((line, index) => {
    const number = first + index;
    if (number !== location.line) return [(gutter(String(number), ' ') + shown(line, room, style)).trimEnd()];
    return [
      gutter(String(number), style.colour.red('>')) + pointed.text,
      `${gutter('', ' ')}${' '.repeat(pointed.caret)}${style.colour.red('^')}`,
    ];
  });
}

/** Lines `from` to `to`, counted from 1, without splitting the rest of a large file. */
function linesOf(text: string, from: number, to: number): readonly string[] {
  const lines: string[] = [];
  let start = 0;
  for (let number = 1; number <= to; number += 1) {
    const end = text.indexOf('\n', start);
    if (number >= from) lines.push(text.slice(start, end === -1 ? undefined : end).replace(/\r$/, ''));
    if (end === -1) break;
    start = end + 1;
  }
  return lines;
}

/** The line as printed and the column of its caret; the start of a long line gives way to the place pointed at. */
function point(line: string, column: number, room: number, style: Style): { text: string; caret: number } {
  const { ellipsis } = style.glyphs;
  const before = printable(line.slice(Math.max(0, column - 1 - LONGEST), column - 1), style);
  const after = printable(line.slice(column - 1), style);
  const most = Math.max(0, room - AFTER_CARET);
  const start = columns(before) > most ? ellipsis + before.slice(before.length - most + ellipsis.length) : before;
  return { text: clip(start + after, room, ellipsis), caret: columns(start) };
}

function shown(line: string, room: number, style: Style): string {
  return clip(printable(line, style), room, style.glyphs.ellipsis);
}

function printable(text: string, style: Style): string {
  return clean(style, text.slice(0, LONGEST).replaceAll('\t', '  '));
}
