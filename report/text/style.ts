import type { ChalkInstance } from 'chalk';
import type { Verdict } from '../../checks/check.ts';
import { cut, escapeText } from '../escape.ts';
import type { Charset, ReporterOptions } from '../reporter.ts';
import { wrap } from './columns.ts';

/** How one rendering looks. */
export interface Style {
  readonly colour: ChalkInstance;
  readonly charset: Charset;
  /** Columns to fill: those of the terminal, within what is readable. */
  readonly width: number;
  readonly glyphs: Glyphs;
}

export interface Glyphs {
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomLeft: string;
  readonly bottomRight: string;
  readonly horizontal: string;
  readonly vertical: string;
  readonly ellipsis: string;
  readonly bullet: string;
}

const GLYPHS = {
  unicode: {
    topLeft: '┌',
    topRight: '┐',
    bottomLeft: '└',
    bottomRight: '┘',
    horizontal: '─',
    vertical: '│',
    ellipsis: '…',
    bullet: '•',
  },
  ascii: {
    topLeft: '+',
    topRight: '+',
    bottomLeft: '+',
    bottomRight: '+',
    horizontal: '-',
    vertical: '|',
    ellipsis: '...',
    bullet: '*',
  },
} as const satisfies Record<Charset, Glyphs>;

const NARROWEST = 40;
const WIDEST = 110;
const LONGEST = 2000;

export function styleOf({ colour, charset, width }: ReporterOptions): Style {
  return { colour, charset, width: Math.min(WIDEST, Math.max(NARROWEST, width)), glyphs: GLYPHS[charset] };
}

/** Text of the input or of a check, safe to print on one line. */
export function clean({ charset, glyphs }: Style, text: string, limit = LONGEST): string {
  return escapeText(cut(text, limit, glyphs.ellipsis), charset);
}

export function paintVerdict({ colour }: Style, verdict: Verdict | 'incomplete' | 'refused', text: string): string {
  switch (verdict) {
    case 'fail':
    case 'refused':
      return colour.red.bold(text);
    case 'unproven':
    case 'incomplete':
      return colour.yellow.bold(text);
    case 'excepted':
      return colour.cyan(text);
    case 'pass':
      return colour.green(text);
    case 'not-applicable':
      return colour.dim(text);
  }
}

/**
 * Wrapped text behind an indented label; the lines after the first hang below the text. Labels stand in a column of
 * their own, but for those that bring their space along.
 */
export function paragraph(
  style: Style,
  { indent, label = '', text, paint = (line) => line }: ParagraphOptions,
): readonly string[] {
  const start = ' '.repeat(indent) + (isColumn(label) ? label.padEnd(LABEL) : label);
  const hanging = ' '.repeat(start.length);
  return wrap(clean(style, text), style.width - start.length).map((line, index) =>
    index === 0 ? style.colour.dim(start) + paint(line) : hanging + paint(line),
  );
}

interface ParagraphOptions {
  readonly indent: number;
  readonly label?: string;
  readonly text: string;
  readonly paint?: (line: string) => string;
}

const LABEL = 7;

function isColumn(label: string): boolean {
  return label !== '' && !label.endsWith(' ');
}
