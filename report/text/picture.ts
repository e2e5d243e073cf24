import type { Verdict } from '../../checks/check.ts';
import type { Cell, Matrix, Row } from '../matrix.ts';
import { clip, columns, pad } from './columns.ts';
import { clean, paintVerdict, type Style } from './style.ts';

const NARROWEST_BOX = 26;
const WIDEST_BOX = 36;
const MOST_DIGITS = 9999;

/** The sites of the enclave side by side, each a box with its verdict in the frame and one line per family. */
export function picture({ rows }: Matrix, style: Style): readonly string[] {
  if (rows.length === 0) return [];
  const fitting = Math.max(1, Math.floor((style.width + 1) / (NARROWEST_BOX + 1)));
  const abreast = Math.min(rows.length, fitting);
  const size = Math.min(WIDEST_BOX, Math.floor((style.width - (abreast - 1)) / abreast));
  const lines: string[] = [];
  for (let first = 0; first < rows.length; first += abreast) {
    const boxes = rows.slice(first, first + abreast).map((row) => box(row, size, style));
    const height = boxes[0]?.length ?? 0;
    for (let line = 0; line < height; line += 1) lines.push(boxes.map((one) => one[line] ?? '').join(' '));
  }
  return lines;
}

function box(row: Row, size: number, style: Style): readonly string[] {
  const { glyphs } = style;
  const inner = size - 2;
  const border = (text: string): string => (row.verdict === 'fail' ? style.colour.red(text) : style.colour.dim(text));
  const verdict = word(row.verdict);
  // Corner, rule, blank, name, blank, rules, blank, verdict, blank, rule, corner.
  const name = clip(clean(style, row.name, 80), inner - verdict.length - 7, glyphs.ellipsis);
  const rules = glyphs.horizontal.repeat(Math.max(1, inner - columns(name) - verdict.length - 6));
  return [
    border(glyphs.topLeft + glyphs.horizontal) +
      ` ${style.colour.bold(name)} ` +
      border(rules) +
      ` ${paintVerdict(style, row.verdict, verdict)} ` +
      border(glyphs.horizontal + glyphs.topRight),
    ...row.cells.map(
      (cell) => `${border(glyphs.vertical)} ${cellLine(cell, inner - 2, style)} ${border(glyphs.vertical)}`,
    ),
    border(glyphs.bottomLeft + glyphs.horizontal.repeat(inner) + glyphs.bottomRight),
  ];
}

function cellLine({ family, verdict, counts }: Cell, room: number, style: Style): string {
  const amount = verdict === 'not-applicable' ? '' : `${shortNumber(counts[verdict])} `;
  const status = amount + word(verdict);
  return pad(family, room - status.length) + paintVerdict(style, verdict, status);
}

function shortNumber(number: number): string {
  return number <= MOST_DIGITS ? String(number) : `${Math.floor(number / 1000)}k`;
}

/** Verdicts as the picture prints them: the grave one also stands out without colour. */
function word(verdict: Verdict): string {
  if (verdict === 'fail') return 'FAIL';
  return verdict === 'not-applicable' ? 'n/a' : verdict;
}
